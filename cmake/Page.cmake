# Builds the page's files into the server: an assembler file that includes
# their bytes, and the C table that names them by their base names.
function(hearsay_page out_files)
  set(files ${ARGN})
  set(asm "        .section .rodata\n")
  set(decl "")
  set(rows "")
  set(n 0)
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME)
    string(APPEND asm
      "        .globl hsy_page_${n}_start\n        .hidden hsy_page_${n}_start\n"
      "        .globl hsy_page_${n}_end\n        .hidden hsy_page_${n}_end\n"
      "hsy_page_${n}_start:\n        .incbin \"${file}\"\nhsy_page_${n}_end:\n        .byte 0\n")
    string(APPEND decl "extern const char hsy_page_${n}_start[], hsy_page_${n}_end[];\n")
    string(APPEND rows "  {\"${name}\", hsy_page_${n}_start, hsy_page_${n}_end},\n")
    math(EXPR n "${n} + 1")
  endforeach()
  string(APPEND asm "        .section .note.GNU-stack,\"\",%progbits\n")
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/generated")
  file(CONFIGURE OUTPUT "${dir}/page.S" CONTENT "${asm}")
  file(CONFIGURE OUTPUT "${dir}/page.c" CONTENT
    "#include \"server/files.h\"\n${decl}\nconst hsy_file hsy_files_table[] = {\n${rows}  {0, 0, 0},\n};\n")
  set_source_files_properties("${dir}/page.S" PROPERTIES OBJECT_DEPENDS "${files}")
  set(${out_files} "${dir}/page.S" "${dir}/page.c" PARENT_SCOPE)
endfunction()
