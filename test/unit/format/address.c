/* Addresses without what tells only how a reader came there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/address.h"

static void takes_marks_off(void **state) {
  (void)state;
  static const struct {
    const char *url, *plain;
    int detours;
  } CASES[] = {
      {"https://www.example.com/a/b", "example.com/a/b", 0},
      {"HTTP://WWW.Example.com:80/a/B/", "example.com/a/B", 1},
      {"https://m.example.com/a?utm_source=x&id=3&fbclid=y#end", "example.com/a?id=3", 3},
      {"https://mobile.www.example.com/", "example.com", 1},
      {"https://m.uk/a", "m.uk/a", 0},
      {"https://amp.example.com/amp/a.amp.html", "example.com/a.html", 3},
      {"https://example.com/a/amp/", "example.com/a", 1},
      {"https://example.com/a?outputType=amp", "example.com/a", 1},
      {"https://example.com/a?view=all&amp;share=1", "example.com/a?view=all", 1},
      {"https://www.google.com/amp/s/www.example.com/a", "example.com/a", 1},
      {"https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a", "example.com/a", 1},
      {"https://example.com/stamp", "example.com/stamp", 0},
      {"https://example.com/amplifier?story=2", "example.com/amplifier?story=2", 0},
      {"https://example.com", "example.com", 0},
      {"urn:newsml:1", "", 0},
      {"https://", "", 0},
      {"", "", 0},
  };
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)16 << 20, &err);
  assert_non_null(heap);
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_lexicon marks;
  assert_true(hsy_lexicon_load(&marks, "lexicon/addresses.txt", &arena, &err));
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    int detours = -1;
    hsy_str got = hsy_address_plain(&marks, hsy_str_of(CASES[i].url), &detours, &arena);
    if (!hsy_str_eq(got, hsy_str_of(CASES[i].plain)) || detours != CASES[i].detours)
      fail_msg("%s: \"%.*s\" and %d detours", CASES[i].url, HSY_FMT(got), detours);
  }
  hsy_heap_free(heap);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(takes_marks_off)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
