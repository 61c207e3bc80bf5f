/* Time expressions: the table of times.md, and input that is no good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "article.h"

static hsy_str table;
static char *table_bytes;

static int setup(void **state) {
  FILE *file = fopen("test/unit/temporal/times.md", "rb");
  if (!file) return -1;
  table_bytes = malloc(1 << 20);
  table = (hsy_str){table_bytes, (ptrdiff_t)fread(table_bytes, 1, 1 << 20, file)};
  fclose(file);
  return article_setup(state);
}

static int teardown(void **state) {
  free(table_bytes);
  return article_teardown(state);
}

/* "expression = value ; …" as the table writes it. */
static hsy_str told(const hsy_doc *doc) {
  hsy_buf out = hsy_buf_in(doc->arena);
  for (ptrdiff_t i = 0; i < doc->times.len; i++) {
    if (i) hsy_buf_add(&out, HSY_S(" ; "));
    hsy_buf_add(&out, hsy_doc_span(doc, doc->times.data[i].span));
    hsy_buf_add(&out, HSY_S(" = "));
    hsy_buf_add(&out, doc->times.data[i].value);
  }
  return hsy_str_trim(hsy_buf_str(&out));
}

static bool row_holds(hsy_str published, hsy_str text, hsy_str want) {
  hsy_doc doc;
  hsy_error err = {0};
  if (hsy_str_eq(published, HSY_S("-"))) published = (hsy_str){0};
  assert_true(article_read(&doc, text, published, &err));
  hsy_str got = told(&doc);
  if (hsy_str_eq(got, want)) return true;
  print_error("%.*s (%.*s)\n  want %.*s\n  got  %.*s\n", HSY_FMT(text), HSY_FMT(published), HSY_FMT(want),
              HSY_FMT(got));
  return false;
}

static void the_table_holds(void **state) {
  (void)state;
  int rows = 0, failed = 0;
  for (hsy_str rest = table; rest.len;) {
    hsy_str line = hsy_str_cut(rest, '\n', &rest), cells;
    if (!hsy_str_starts(line, HSY_S("| "))) continue;
    hsy_str_cut(line, '|', &cells);
    hsy_str published = hsy_str_trim(hsy_str_cut(cells, '|', &cells));
    hsy_str text = hsy_str_trim(hsy_str_cut(cells, '|', &cells));
    hsy_str want = hsy_str_trim(hsy_str_cut(cells, '|', &cells));
    if (hsy_str_eq(published, HSY_S("published")) || hsy_str_starts(published, HSY_S("---"))) continue;
    rows++;
    failed += !row_holds(published, text, want);
  }
  assert_true(rows > 100);
  assert_int_equal(failed, 0);
}

static hsy_str value_at(const char *text, const char *published, ptrdiff_t n) {
  static hsy_doc doc;
  hsy_error err = {0};
  assert_true(article_read(&doc, hsy_str_of(text), hsy_str_of(published), &err));
  assert_true(n < doc.times.len);
  return doc.times.data[n].value;
}

static void a_day_of_publication_that_is_none_is_ignored(void **state) {
  (void)state;
  static const char *const days[] = {"",           "soon", "2024-02-31", "2024-13-01",
                                     "0000-01-01", "2024", "2024-3-1",   "20240311-99"};
  for (size_t i = 0; i < sizeof days / sizeof *days; i++)
    assert_int_equal(value_at("It closed yesterday.", days[i], 0).len, 0);
  assert_true(hsy_str_eq(value_at("It closed yesterday.", "2024-03-11T10:00:00+01:00", 0), HSY_S("2024-03-10")));
}

static void the_ends_of_time_are_plain_arithmetic(void **state) {
  (void)state;
  assert_true(hsy_str_eq(value_at("It closed yesterday.", "0001-01-02", 0), HSY_S("0001-01-01")));
  assert_int_equal(value_at("It closed yesterday.", "0001-01-01", 0).len, 0);
  assert_int_equal(value_at("They left 3,000 years ago.", "2024-03-13", 0).len, 0);
  assert_int_equal(value_at("They left 999,999,999 days ago.", "2024-03-13", 0).len, 0);
  assert_true(hsy_str_eq(value_at("It opens tomorrow.", "9999-12-30", 0), HSY_S("9999-12-31")));
  assert_int_equal(value_at("It opens tomorrow.", "9999-12-31", 0).len, 0);
  assert_int_equal(value_at("They come next year.", "9999-12-31", 0).len, 0);
}

static void types_are_those_of_timex3(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  hsy_str text = HSY_S("On Monday at 5 p.m. they waited two hours, as they do every day.");
  static const char *const types[] = {"DATE", "TIME", "DURATION", "SET"};
  assert_true(article_read(&doc, text, HSY_S("2024-03-13"), &err));
  assert_int_equal(doc.times.len, 4);
  for (int i = 0; i < 4; i++) assert_string_equal(doc.times.data[i].type, types[i]);
}

static void times_are_in_order_and_apart(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  assert_true(article_read(&doc, table, HSY_S("2024-03-13"), &err));
  assert_true(doc.times.len > 100);
  for (ptrdiff_t i = 0; i < doc.times.len; i++) {
    assert_true(doc.times.data[i].span.start < doc.times.data[i].span.end);
    if (i) assert_true(doc.times.data[i - 1].span.end <= doc.times.data[i].span.start);
  }
}

static void endless_runs_end(void **state) {
  (void)state;
  enum { SIZE = 1 << 20 };
  static const char *const words[] = {"the last ", "twenty ", "a year or two or ", "early ", "Monday, ",
                                      "1-2-3-4-",  "five-"};
  char *text = malloc(SIZE);
  for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
    size_t length = strlen(words[w]);
    for (size_t i = 0; i < SIZE; i++) text[i] = words[w][i % length];
    hsy_doc doc;
    hsy_error err = {0};
    assert_true(article_read(&doc, (hsy_str){text, SIZE}, HSY_S("2024-03-13"), &err));
  }
  free(text);
}

static void a_full_arena_is_an_error(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  assert_true(article_read(&doc, HSY_S("It closed yesterday."), HSY_S("2024-03-13"), &err));
  doc.times.len = doc.times.cap = 0;
  doc.times.data = NULL;
  hsy_heap_fail_at(doc_heap, 1);
  assert_false(hsy_temporal_tag(&doc, temporal_lists, scratch, &err));
  assert_int_equal(err.code, HSY_NO_MEMORY);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_table_holds),
      cmocka_unit_test(a_day_of_publication_that_is_none_is_ignored),
      cmocka_unit_test(the_ends_of_time_are_plain_arithmetic),
      cmocka_unit_test(types_are_those_of_timex3),
      cmocka_unit_test(times_are_in_order_and_apart),
      cmocka_unit_test(endless_runs_end),
      cmocka_unit_test(a_full_arena_is_an_error),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
