/* Plain text, JSON lines and encodings, through sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/format.h"

typedef struct fixture {
  hsy_heap *heap;
  hsy_arena arena, scratch;
  char path[64];
  hsy_source *source;
  hsy_record record;
  hsy_error err;
  hsy_doc doc;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  f->heap = hsy_heap_new((size_t)256 << 20, NULL);
  strcpy(f->path, "/tmp/hearsay-text-XXXXXX");
  close(mkstemp(f->path));
  *state = f;
  return f->heap ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_record_free(&f->record);
  hsy_source_close(f->source);
  unlink(f->path);
  hsy_heap_free(f->heap);
  free(f);
  return 0;
}

static void write_file(fixture *f, const char *bytes, size_t len) {
  FILE *out = fopen(f->path, "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(bytes, 1, len, out), len);
  fclose(out);
}

static void open_source(fixture *f, ptrdiff_t max_text) {
  hsy_format_options options = {.max_text = max_text};
  f->err = (hsy_error){0};
  f->source = hsy_source_open(f->path, &options, &f->err);
  assert_non_null(f->source);
}

static hsy_next next(fixture *f) {
  hsy_record_free(&f->record);
  f->err = (hsy_error){0};
  return hsy_source_next(f->source, &f->record, &f->err);
}

static bool read_doc(fixture *f) {
  hsy_format_options options = {0};
  f->arena = hsy_heap_reset(f->heap);
  f->scratch = hsy_arena_split(&f->arena, (size_t)128 << 20);
  hsy_doc_init(&f->doc, &f->arena);
  f->err = (hsy_error){0};
  return hsy_format_read_text(&f->record, &options, &f->doc, f->scratch, &f->err);
}

static void read_whole(fixture *f, const char *bytes, size_t len) {
  write_file(f, bytes, len);
  open_source(f, 0);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  if (!read_doc(f)) fail_msg("%s", f->err.message);
}

static void same(hsy_str got, const char *want) {
  if (!hsy_str_eq(got, hsy_str_of(want))) fail_msg("\"%.*s\" is not \"%s\"", HSY_FMT(got), want);
}

static hsy_str block_text(const fixture *f, ptrdiff_t i) { return hsy_doc_span(&f->doc, f->doc.blocks.data[i].text); }

static void marks_headers(void **state) {
  fixture *f = *state;
  static const char TEXT[] = "Title: The bridge is shut\nDate: 2024-03-11\nOutlet: Wire\nByline: Ilona Vasko\n\n"
                             "OSTREV (CWS) - Guards closed the bridge on Monday, the ministry said.\n\n"
                             "A talk at the river\n\n"
                             "The envoy said that the talks would be held at the river before the end of the week, and "
                             "that both sides had agreed to come.\n\n"
                             "Photo: guards at the river\n";
  read_whole(f, TEXT, sizeof TEXT - 1);
  same(f->doc.text, TEXT);
  same(f->doc.meta.title, "The bridge is shut");
  same(f->doc.meta.published, "2024-03-11");
  same(f->doc.meta.outlet, "Wire");
  same(f->doc.meta.place, "OSTREV");
  same(f->doc.meta.agency, "CWS");
  assert_int_equal(f->doc.meta.authors.len, 1);
  assert_int_equal(f->doc.blocks.len, 9);
  same(block_text(f, 0), "Title:");
  same(block_text(f, 1), "The bridge is shut");
  assert_int_equal(f->doc.blocks.data[1].kind, HSY_BLOCK_HEADLINE);
  assert_true(f->doc.blocks.data[1].tagged);
  assert_false(f->doc.blocks.data[2].tagged);
  assert_int_equal(f->doc.blocks.data[5].lead, 15);
  assert_int_equal(f->doc.blocks.data[6].kind, HSY_BLOCK_SUBHEADING);
  assert_false(f->doc.blocks.data[6].tagged);
  assert_int_equal(f->doc.blocks.data[7].kind, HSY_BLOCK_PARAGRAPH);
  assert_int_equal(f->doc.blocks.data[8].kind, HSY_BLOCK_FURNITURE);
}

static void joins_wrapped_lines(void **state) {
  fixture *f = *state;
  static const char TEXT[] = "The guards had closed the bridge in the night and let nobody\n"
                             "over it until the morning, when the envoy came and spoke to\n"
                             "them for an hour, the ministry said.\n\n"
                             "A second paragraph follows and is wrapped at the same width,\n"
                             "as mail programs used to do it, until it comes to an\n"
                             "end.\n";
  read_whole(f, TEXT, sizeof TEXT - 1);
  assert_int_equal(f->doc.blocks.len, 2);
}

static void keeps_lines_as_paragraphs(void **state) {
  fixture *f = *state;
  static const char TEXT[] = "The guards closed the bridge.\nThe envoy came by car.\nNobody crossed before noon.\n";
  read_whole(f, TEXT, sizeof TEXT - 1);
  assert_int_equal(f->doc.blocks.len, 3);
}

static void decodes(void **state) {
  fixture *f = *state;
  static const char LATIN[] = "Die Br\xfc"
                              "cke \xfc"
                              "ber den Flu\xdf ist gesperrt, sagte M\xfcller am Montag. F\xfcr die W\xe4"
                              "chter.\n";
  read_whole(f, LATIN, sizeof LATIN - 1);
  assert_true(hsy_str_find(f->doc.text, HSY_S("Br\xc3\xbc"
                                              "cke")) >= 0);
  ptrdiff_t at = hsy_str_find(f->doc.text, HSY_S("Flu"));
  const char *found = strstr(LATIN, "Flu");
  assert_int_equal(hsy_doc_source(&f->doc, (int32_t)at), found - LATIN);
}

static void decodes_utf16(void **state) {
  fixture *f = *state;
  static const char WIDE[] = "\xff\xfeH\0\xe9\0l\0l\0o\0 \0t\0h\0e\0r\0e\0.\0";
  read_whole(f, WIDE, sizeof WIDE - 1);
  same(f->doc.text, "H\xc3\xa9llo there.");
  assert_int_equal(hsy_doc_source(&f->doc, 1), 4);
}

static void keeps_the_mark_of_utf8(void **state) {
  fixture *f = *state;
  static const char TEXT[] = "\xef\xbb\xbfThe bridge is shut, they said.\n";
  read_whole(f, TEXT, sizeof TEXT - 1);
  same(f->doc.text, TEXT);
  assert_int_equal(f->doc.blocks.data[0].text.start, 3);
}

static void refuses_broken_utf8(void **state) {
  fixture *f = *state;
  static const char TEXT[] = "Caf\xc3\xa9 and caf\xc3\xa9 and caf\xc3\xa9 and caf\xc3\xa9 and caf\xc3\xa9 \xff end";
  write_file(f, TEXT, sizeof TEXT - 1);
  open_source(f, 0);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_false(read_doc(f));
  assert_int_equal(f->err.code, HSY_BAD_INPUT);
  assert_int_equal(f->err.offset, strchr(TEXT, '\xff') - TEXT);
}

static void refuses(fixture *f, const char *bytes, size_t len, const char *message) {
  write_file(f, bytes, len);
  open_source(f, 0);
  assert_int_equal(next(f), HSY_NEXT_PROBLEM);
  if (!strstr(f->err.message, message)) fail_msg("%s", f->err.message);
  assert_int_equal(next(f), HSY_NEXT_END);
  hsy_source_close(f->source);
  f->source = NULL;
}

static void refuses_what_is_no_text(void **state) {
  fixture *f = *state;
  refuses(f, "", 0, "empty");
  refuses(f, "\x89PNG\r\n\x1a\n", 8, "PNG");
  refuses(f, "a\0b\0\0\0c", 7, "not text");
}

static void refuses_paths(void **state) {
  fixture *f = *state;
  hsy_format_options options = {0};
  assert_null(hsy_source_open("/nowhere/at/all", &options, &f->err));
  assert_int_equal(f->err.code, HSY_IO);
  f->err = (hsy_error){0};
  assert_null(hsy_source_open("/tmp", &options, &f->err));
  assert_int_equal(f->err.code, HSY_IO);
}

static void reads_json_lines(void **state) {
  fixture *f = *state;
  static const char LINES[] = "{\"id\":\"a\",\"title\":\"T\",\"text\":\"He said \\u201cno\\u201d.\\nShe "
                              "left.\",\"date\":\"2024-01-02\",\"publisher\":{\"name\":\"Wire\"}}\n"
                              "not json\n"
                              "\n"
                              "{\"id\":7,\"body\":\"Second text.\"}\n";
  write_file(f, LINES, sizeof LINES - 1);
  open_source(f, 0);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_true(read_doc(f));
  same(f->doc.text, "He said \xe2\x80\x9cno\xe2\x80\x9d.\nShe left.");
  same(f->doc.meta.source_id, "a");
  same(f->doc.meta.outlet, "Wire");
  same(f->doc.meta.published, "2024-01-02");
  assert_int_equal(hsy_doc_source(&f->doc, (int32_t)hsy_str_find(f->doc.text, HSY_S("She"))),
                   strstr(LINES, "She") - LINES);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_false(read_doc(f));
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.item, "4");
  assert_true(read_doc(f));
  same(f->doc.meta.source_id, "7");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void steps_over_a_long_line(void **state) {
  fixture *f = *state;
  FILE *out = fopen(f->path, "wb");
  fputs("{\"id\":1,\"text\":\"First one.\"}\n{\"id\":2,\"text\":\"", out);
  for (int i = 0; i < 200000; i++) fputs("words ", out);
  fputs("\"}\n{\"id\":3,\"text\":\"Third one.\"}\n", out);
  fclose(out);
  open_source(f, 10000);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_int_equal(next(f), HSY_NEXT_PROBLEM);
  assert_int_equal(f->err.code, HSY_LIMIT);
  assert_string_equal(f->record.item, "2");
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_true(read_doc(f));
  same(f->doc.meta.source_id, "3");
  assert_int_equal(next(f), HSY_NEXT_END);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(marks_headers),           TEST(joins_wrapped_lines),    TEST(keeps_lines_as_paragraphs), TEST(decodes),
      TEST(decodes_utf16),           TEST(keeps_the_mark_of_utf8), TEST(refuses_broken_utf8),       TEST(refuses_paths),
      TEST(refuses_what_is_no_text), TEST(reads_json_lines),       TEST(steps_over_a_long_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
