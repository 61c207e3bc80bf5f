#include "link/variants.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static hsy_heap *heap, *other;

static int set_up(void **state) {
  hsy_error err = {0};
  (void)state;
  heap = hsy_heap_new(64 << 20, &err);
  other = hsy_heap_new(64 << 20, &err);
  return heap && other ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  hsy_heap_free(heap);
  hsy_heap_free(other);
  return 0;
}

static hsy_variants find(const hsy_wording *wordings, int32_t count) {
  static hsy_arena arena;
  hsy_error err = {0};
  hsy_variants out;
  arena = hsy_heap_reset(heap);
  assert_true(hsy_variants_find(wordings, count, &out, &arena, hsy_heap_reset(other), &err));
  return out;
}

#define TEXT(words) HSY_S(words)

static void a_changed_word_is_flagged(void **state) {
  const hsy_wording wordings[] = {{TEXT("\"We never opened the valve at night,\""), HSY_DIRECT},
                                  {TEXT("\"We rarely opened the valve at night.\""), HSY_DIRECT}};
  (void)state;
  hsy_variants v = find(wordings, 2);
  assert_int_equal(v.base, 0);
  assert_true(v.differs);
  assert_int_equal(v.list.len, 1);
  assert_int_equal(v.list.data[0].ops.len, 1);
  hsy_align_op op = v.list.data[0].ops.data[0];
  assert_int_equal(op.kind, HSY_CHANGED);
  assert_memory_equal(wordings[0].text.data + op.base.start, "never", 5);
  assert_memory_equal(wordings[1].text.data + op.other.start, "rarely", 6);
}

static void spelling_marks_and_ends_are_not(void **state) {
  const hsy_wording wordings[] = {
      {TEXT("\"The programme was never closed, and the harbour stayed open for all ships.\""), HSY_DIRECT},
      {TEXT("“The program was never closed – and the harbour stayed open,”"), HSY_DIRECT},
      {TEXT("\"The programme [of dredging] was never closed … the harbour stayed open\""), HSY_DIRECT}};
  (void)state;
  hsy_variants v = find(wordings, 3);
  assert_int_equal(v.list.len, 2);
  assert_false(v.differs);
}

static void where_a_quotation_breaks_off_words_may_be_missing(void **state) {
  const hsy_wording wordings[] = {{TEXT("\"We checked it in March with two divers and it was sound.\""), HSY_DIRECT},
                                  {TEXT("\"We checked it in March,\"\n\"and it was sound.\""), HSY_DIRECT}};
  (void)state;
  hsy_variants v = find(wordings, 2);
  assert_int_equal(v.list.len, 1);
  assert_false(v.differs);
  assert_int_equal(v.list.data[0].ops.data[0].kind, HSY_LEFT_OUT);
}

static void of_mixed_contents_the_quoted_words_count(void **state) {
  const hsy_wording wordings[] = {
      {TEXT("\"This is a guess dressed up as evidence, and nothing more.\""), HSY_DIRECT},
      {TEXT("the fishermen's claim \"a guess dressed up as evidence\" by men who saw nothing"), HSY_MIXED},
      {TEXT("the claim was “a guess decked out as evidence”"), HSY_MIXED},
      {TEXT("that this was a guess"), HSY_INDIRECT}};
  (void)state;
  hsy_variants v = find(wordings, 4);
  assert_int_equal(v.base, 0);
  assert_int_equal(v.list.len, 2);
  assert_false(v.list.data[0].differs);
  assert_true(v.list.data[0].is_cut);
  assert_true(v.list.data[1].differs);
}

static void other_parts_of_an_utterance_are_no_variants(void **state) {
  const hsy_wording wordings[] = {{TEXT("\"The bridge is sound and will stay open.\""), HSY_DIRECT},
                                  {TEXT("\"Nobody asked us before the vote.\""), HSY_DIRECT}};
  (void)state;
  assert_int_equal(find(wordings, 2).list.len, 0);
}

static void one_quoted_wording_has_none(void **state) {
  const hsy_wording wordings[] = {{TEXT("\"It is sound.\""), HSY_DIRECT},
                                  {TEXT("it is sound"), HSY_INDIRECT},
                                  {TEXT("!?"), HSY_DIRECT},
                                  {{0}, HSY_DIRECT}};
  (void)state;
  assert_int_equal(find(wordings, 4).base, HSY_NONE);
  assert_int_equal(find(wordings, 0).base, HSY_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_changed_word_is_flagged),
      cmocka_unit_test(spelling_marks_and_ends_are_not),
      cmocka_unit_test(where_a_quotation_breaks_off_words_may_be_missing),
      cmocka_unit_test(of_mixed_contents_the_quoted_words_count),
      cmocka_unit_test(other_parts_of_an_utterance_are_no_variants),
      cmocka_unit_test(one_quoted_wording_has_none),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
