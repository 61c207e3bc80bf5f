# Builds the files below data/ into the library: an assembler file that
# includes their bytes, and the C table that names them; but for the models that
# are left out.
function(hearsay_resources data_dir left_out out_files)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS "${data_dir}/lexicon/*.txt" "${data_dir}/model/*.bin" "${data_dir}/model/*.txt" "${data_dir}/export/*.tsv")
  if(NOT HEARSAY_MEANING)
    list(FILTER files EXCLUDE REGEX "/meaning.bin$")
  endif()
  list(SORT files)
  foreach(name IN LISTS left_out)
    list(REMOVE_ITEM files "${data_dir}/model/${name}.bin")
  endforeach()
  set(asm "        .section .rodata\n")
  set(decl "")
  set(rows "")
  set(n 0)
  foreach(file IN LISTS files)
    file(RELATIVE_PATH name "${data_dir}" "${file}")
    string(APPEND asm
      "        .balign 64\n        .globl hsy_resource_${n}_start\n        .hidden hsy_resource_${n}_start\n"
      "        .globl hsy_resource_${n}_end\n        .hidden hsy_resource_${n}_end\n"
      "hsy_resource_${n}_start:\n        .incbin \"${file}\"\nhsy_resource_${n}_end:\n        .byte 0\n")
    string(APPEND decl "extern const char hsy_resource_${n}_start[], hsy_resource_${n}_end[];\n")
    string(APPEND rows "  {\"${name}\", hsy_resource_${n}_start, hsy_resource_${n}_end},\n")
    math(EXPR n "${n} + 1")
  endforeach()
  string(APPEND asm "        .section .note.GNU-stack,\"\",%progbits\n")
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/generated")
  file(CONFIGURE OUTPUT "${dir}/resources.S" CONTENT "${asm}")
  file(CONFIGURE OUTPUT "${dir}/resources.c" CONTENT
    "#include \"base/resource.h\"\n${decl}\nconst hsy_resource hsy_resource_table[] = {\n${rows}  {0, 0, 0},\n};\n")
  set_source_files_properties("${dir}/resources.S" PROPERTIES OBJECT_DEPENDS "${files}")
  set(${out_files} "${dir}/resources.S" "${dir}/resources.c" PARENT_SCOPE)
endfunction()
