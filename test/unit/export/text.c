#include "export/text.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* Written as json_dumps writes it; takes the value over. */
static void assert_same(json_t *value) {
  assert_non_null(value);
  size_t len;
  char *got = hsy_json_text(value, &len);
  char *want = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(8) | JSON_ENCODE_ANY);
  assert_non_null(got);
  assert_string_equal(got, want);
  assert_int_equal(len, strlen(want));
  free(got);
  free(want);
  json_decref(value);
}

static void scalars(void **state) {
  (void)state;
  assert_same(json_null());
  assert_same(json_true());
  assert_same(json_false());
  assert_same(json_real(0.0));
  assert_same(json_real(0.8731));
  assert_same(json_real(-12345678.25));
}

static void whole_numbers(void **state) {
  (void)state;
  static const json_int_t NUMBERS[] = {0, 9, 10, -1, -10, 4096, INT64_MAX, INT64_MIN, INT64_MIN + 1};
  for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) assert_same(json_integer(NUMBERS[i]));
}

static void strings_with_and_without_escapes(void **state) {
  (void)state;
  static const char *const TEXTS[] = {
      "",    "plain",           "a \"quotation\"", "back\\slash", "two\nlines\ttab", "\x01\x1f\x7f",
      "a/b", "Žižek said “no”", "\xF0\x9F\x9A\xA2"};
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) assert_same(json_string(TEXTS[i]));
  assert_same(json_stringn("a\0b", 3));
  for (char c = 0; c < 0x7F; c++) assert_same(json_stringn((char[]){'a', c, c, 'b'}, 4));
}

static void containers(void **state) {
  (void)state;
  assert_same(json_object());
  assert_same(json_array());
  assert_same(json_pack("{s:[[i,i],[i,i]],s:{s:s,s:n},s:[],s:{}}", "spans", 3, 17, 20, 41, "evidence", "basis",
                        "explicit", "none", "empty", "nothing"));
  assert_same(json_pack("{s:i,s:i}", "a \"key\"", 1, "line\nbreak", 2));
}

/* Longer than the first room, by many small pieces and by one that needs escapes. */
static void long_texts(void **state) {
  (void)state;
  json_t *list = json_array();
  for (int i = 0; i < 20000; i++) json_array_append_new(list, json_pack("[i,i]", i, 3 * i));
  assert_same(list);
  char *text = malloc(100001);
  for (int i = 0; i < 100000; i++) text[i] = i % 7 ? 'x' : '"';
  text[100000] = '\0';
  assert_same(json_string(text));
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scalars),    cmocka_unit_test(whole_numbers), cmocka_unit_test(strings_with_and_without_escapes),
      cmocka_unit_test(containers), cmocka_unit_test(long_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
