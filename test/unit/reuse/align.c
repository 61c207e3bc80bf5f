/* Wordings word by word, and which of them a person should look at. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "reuse/align.h"

static hsy_heap *heap;
static const char *base, *other;

static hsy_alignment align(const char *a, const char *b) {
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_arena scratch = hsy_arena_split(&arena, 1 << 20);
  hsy_alignment out;
  base = a, other = b;
  assert_true(hsy_align(hsy_str_of(a), hsy_str_of(b), &out, &arena, scratch, NULL));
  return out;
}

static void expect_op(const hsy_alignment *al, int n, const char *kind, const char *left, const char *right) {
  assert_true(n < al->ops.len);
  hsy_align_op op = al->ops.data[n];
  hsy_str a = hsy_str_slice(hsy_str_of(base), op.base.start, op.base.end);
  hsy_str b = hsy_str_slice(hsy_str_of(other), op.other.start, op.other.end);
  assert_string_equal(hsy_align_name(op.kind), kind);
  assert_true(hsy_str_eq(a, hsy_str_of(left)));
  assert_true(hsy_str_eq(b, hsy_str_of(right)));
}

static void the_same_words(void **state) {
  (void)state;
  hsy_alignment al = align("We do not know, yet.", "\"we do not know \xE2\x80\x93 yet\"");
  assert_int_equal(al.ops.len, 0);
  assert_int_equal(al.same, 5);
  assert_false(al.differs || al.is_cut);
}

static void a_word_turned_round(void **state) {
  (void)state;
  hsy_alignment al = align("We will not pay the ransom", "We will now pay the ransom");
  assert_int_equal(al.ops.len, 1);
  expect_op(&al, 0, "changed", "not", "now");
  assert_true(al.differs);
  al = align("We will not pay the ransom", "We will pay the ransom");
  expect_op(&al, 0, "left out", "not", "");
  assert_true(al.differs);
  assert_false(al.is_cut);
  al = align("We gave them 40 drones", "We gave them 400 drones");
  expect_op(&al, 0, "changed", "40", "400");
  assert_true(al.differs);
}

static void cut_at_the_ends(void **state) {
  (void)state;
  hsy_alignment al = align("Frankly, the bridge is ours and always was", "the bridge is ours");
  assert_int_equal(al.ops.len, 2);
  expect_op(&al, 0, "left out", "Frankly", "");
  expect_op(&al, 1, "left out", "and always was", "");
  assert_false(al.differs);
  assert_true(al.is_cut);
}

static void slight_differences(void **state) {
  (void)state;
  hsy_alignment al = align("The programme honours our neighbours", "The program honors our neighbors");
  assert_int_equal(al.ops.len, 2);
  assert_false(al.differs);
  al = align("not helping either side in the conflict today",
             "not helping either side in the [Ukrainian] conflict today");
  expect_op(&al, 0, "added", "", "Ukrainian");
  assert_true(al.ops.data[0].slight);
  assert_false(al.differs);
  al = align("It was foggy and they were tired and it was wrong", "It was foggy ... and it was wrong");
  assert_int_equal(al.ops.len, 1);
  assert_false(al.differs);
  al = align("It was foggy and they were tired and it was wrong", "It was foggy and it was wrong");
  assert_true(al.differs);
  al = align("I will resign", "[He] will resign");
  assert_false(al.differs);
}

static void apostrophes_are_letters(void **state) {
  (void)state;
  hsy_alignment al = align("It won't do", "It won\xE2\x80\x99t do");
  assert_int_equal(al.ops.len, 0);
  assert_int_equal(al.same, 3);
}

static void empty_and_long(void **state) {
  (void)state;
  hsy_alignment al = align("", "");
  assert_false(al.differs || al.is_cut);
  al = align("", "one two");
  expect_op(&al, 0, "added", "", "one two");
  static char a[60000], b[60000];
  for (int i = 0; i < 5000; i++) {
    memcpy(a + i * 10, "aaaaaaaaa ", 10);
    memcpy(b + i * 10, i % 2 ? "aaaaaaaaa " : "bbbbbbbbb ", 10);
  }
  memcpy(a, "zzzzzzzzz ", 10);
  memcpy(b, "zzzzzzzzz ", 10);
  al = align(a, b); /* past the table: one op, no quadratic time */
  assert_int_equal(al.ops.len, 1);
  assert_true(al.same >= 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_same_words),          cmocka_unit_test(a_word_turned_round),
      cmocka_unit_test(cut_at_the_ends),         cmocka_unit_test(slight_differences),
      cmocka_unit_test(apostrophes_are_letters), cmocka_unit_test(empty_and_long),
  };
  heap = hsy_heap_new((size_t)64 << 20, NULL);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  hsy_heap_free(heap);
  return failed;
}
