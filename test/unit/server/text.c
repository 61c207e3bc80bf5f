/* Text that grows; UTF-8; JSON strings. */
#include "server/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void grows(void **state) {
  (void)state;
  hsy_text text = {0};
  for (int i = 0; i < 1000; i++) hsy_text_printf(&text, "%d,", i);
  assert_int_equal(text.len, 10 * 2 + 90 * 3 + 900 * 4);
  assert_int_equal(strlen(text.data), text.len);
  assert_memory_equal(text.data + text.len - 4, "999,", 4);
  hsy_text_free(&text);
  assert_null(text.data);
}

static void json(void **state) {
  (void)state;
  hsy_text text = {0};
  hsy_text_json(&text, "a\"b\\c\n\x1b\x7f é \xF0\x9F\x90\x9F \xFF\xC0\x80\xED\xA0\x80");
  assert_string_equal(text.data, "\"a\\\"b\\\\c\\u000a\\u001b\\u007f é \xF0\x9F\x90\x9F "
                                 "\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\"");
  hsy_text_free(&text);
}

static void utf8(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool sound;
  } CASES[] = {
      {"", true},
      {"plain", true},
      {"\xC3\xA9", true},
      {"\xF4\x8F\xBF\xBF", true},
      {"\xC3", false},
      {"\xC1\xBF", false},
      {"\xE0\x80\x80", false},
      {"\xED\xA0\x80", false},
      {"\x80", false},
      {"\xF4\x90\x80\x80", false},
      {"\xF8\x88\x80\x80\x80", false},
      {"a\xE2\x82", false},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
    if (hsy_text_is_utf8(CASES[i].text, strlen(CASES[i].text)) != CASES[i].sound) fail_msg("case %zu", i);
  assert_true(hsy_text_is_utf8("a\0b", 3));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(grows), cmocka_unit_test(json), cmocka_unit_test(utf8)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
