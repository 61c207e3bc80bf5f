/* The index in memory does what the interface says. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "index/memory.h"

typedef struct seen {
  hsy_key keys[4096];
  uint32_t marks[4096];
  int count;
} seen;

static bool see_posting(void *user, ptrdiff_t query, hsy_key member, uint32_t mark) {
  seen *s = user;
  assert_int_equal(query, 0);
  s->keys[s->count] = member;
  s->marks[s->count++] = mark;
  return true;
}

static bool see_pair(void *user, const hsy_pair *pair) {
  seen *s = user;
  s->keys[s->count] = pair->a;
  s->marks[s->count++] = (uint32_t)pair->note.len;
  return true;
}

static bool see_key(void *user, hsy_key key) {
  seen *s = user;
  s->keys[s->count++] = key;
  return true;
}

static void put(hsy_index *index, uint64_t fingerprint, hsy_key member) {
  hsy_posting row = {fingerprint, member, (uint32_t)member};
  assert_true(index->put(index->context, &row, 1, NULL));
}

static seen least(hsy_index *index, uint64_t fingerprint, ptrdiff_t limit) {
  seen s = {.count = 0};
  assert_true(index->least(index->context, &fingerprint, 1, limit, see_posting, &s, NULL));
  return s;
}

/* 2000 members in a scrambled order: 17 i mod 2003 runs through all of them. */
static void least_keys_come_first(void **state) {
  (void)state;
  hsy_memory *memory = hsy_memory_new(NULL, NULL, NULL);
  hsy_index index = hsy_memory_index(memory);
  for (hsy_key i = 1; i <= 2000; i++) {
    put(&index, 7, i * 17 % 2003 * 1000);
    put(&index, 0x7000000000000000 + i, 1000);
  }
  seen s = least(&index, 7, 64);
  assert_int_equal(s.count, 64);
  hsy_key expect = 0;
  for (int i = 0, k = 1; i < 64; i++, k++) {
    while (s.keys[i] > (hsy_key)k * 1000) k++; /* three numbers below 2003 are missing */
    assert_true(s.keys[i] == (hsy_key)k * 1000);
    assert_true(s.keys[i] > expect);
    expect = s.keys[i];
  }
  assert_int_equal(least(&index, 7, 4096).count, 2000);
  assert_int_equal(least(&index, 0x7000000000000000 + 5, 64).count, 1);
  assert_int_equal(least(&index, 8, 64).count, 0);
  hsy_memory_free(memory);
}

static void dropping_undoes(void **state) {
  (void)state;
  hsy_memory *memory = hsy_memory_new(NULL, NULL, NULL);
  hsy_index index = hsy_memory_index(memory);
  for (hsy_key i = 1; i <= 300; i++) put(&index, 9, i);
  for (hsy_key i = 1; i <= 300; i++) {
    hsy_posting row = {9, i, 0};
    if (i % 3) assert_true(index.drop(index.context, &row, 1, NULL));
  }
  seen s = least(&index, 9, 4096);
  assert_int_equal(s.count, 100);
  for (int i = 0; i < 100; i++) assert_true(s.keys[i] == (hsy_key)(i + 1) * 3);
  put(&index, 10, 1);
  hsy_posting row = {10, 1, 0};
  assert_true(index.drop(index.context, &row, 1, NULL));
  assert_true(index.drop(index.context, &row, 1, NULL));
  assert_int_equal(least(&index, 10, 9).count, 0);
  hsy_memory_free(memory);
}

static void notes_and_texts(void **state) {
  (void)state;
  hsy_memory *memory = hsy_memory_new(NULL, NULL, NULL);
  hsy_index index = hsy_memory_index(memory);
  hsy_heap *heap = hsy_heap_new(1 << 20, NULL);
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_str out;
  bool found = true;
  assert_true(index.get_note(index.context, 5, &arena, &out, &found, NULL));
  assert_false(found);
  assert_true(index.put_note(index.context, 5, HSY_S("old"), NULL));
  assert_true(index.put_note(index.context, 5, HSY_S("new one"), NULL));
  assert_true(hsy_memory_put_text(memory, 5, HSY_S("text"), NULL));
  assert_true(index.get_note(index.context, 5, &arena, &out, &found, NULL));
  assert_true(found && hsy_str_eq(out, HSY_S("new one")));
  assert_true(index.get_text(index.context, 5, &arena, &out, &found, NULL));
  assert_true(found && hsy_str_eq(out, HSY_S("text")));
  assert_true(index.drop_note(index.context, 5, NULL));
  assert_true(index.get_note(index.context, 5, &arena, &out, &found, NULL));
  assert_false(found);
  hsy_heap_free(heap);
  hsy_memory_free(memory);
}

static void pairs_from_both_sides(void **state) {
  (void)state;
  hsy_memory *memory = hsy_memory_new(NULL, NULL, NULL);
  hsy_index index = hsy_memory_index(memory);
  hsy_pair pairs[] = {{1, 2, HSY_S("x")}, {2, 3, HSY_S("xx")}, {1, 2, HSY_S("xxxx")}};
  assert_true(index.put_pairs(index.context, pairs, 3, NULL));
  seen s = {.count = 0};
  assert_true(index.pairs(index.context, 2, see_pair, &s, NULL));
  assert_int_equal(s.count, 2);
  assert_int_equal(s.marks[0] + s.marks[1], 6); /* replaced, not added */
  assert_true(index.drop_pairs(index.context, 1, NULL));
  s.count = 0;
  assert_true(index.pairs(index.context, 2, see_pair, &s, NULL));
  assert_int_equal(s.count, 1);
  assert_true(s.keys[0] == 2);
  hsy_memory_free(memory);
}

static bool count_group(void *user, const hsy_copy_group *group) {
  *(int *)user += group->whole ? 100 : 1;
  return true;
}

static void groups_leave_as_wholes(void **state) {
  (void)state;
  hsy_memory *memory = hsy_memory_new(NULL, NULL, NULL);
  hsy_index index = hsy_memory_index(memory);
  hsy_key one[] = {1, 2, 3}, two[] = {3, 4};
  hsy_copy_group a = {.id = 11, .documents = one, .document_count = 3, .because = HSY_S("a")};
  hsy_copy_group b = {.id = 12, .documents = two, .document_count = 2, .whole = true};
  assert_true(index.put_group(index.context, &a, NULL));
  assert_true(index.put_group(index.context, &b, NULL));
  assert_true(index.put_group(index.context, &a, NULL)); /* replaces itself */
  int count = 0;
  assert_true(hsy_memory_groups(memory, count_group, &count));
  assert_int_equal(count, 101);
  seen s = {.count = 0};
  assert_true(index.drop_groups(index.context, 1, see_key, &s, NULL));
  assert_int_equal(s.count, 3);
  count = 0;
  assert_true(hsy_memory_groups(memory, count_group, &count));
  assert_int_equal(count, 100);
  hsy_memory_free(memory);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(least_keys_come_first),  cmocka_unit_test(dropping_undoes),
      cmocka_unit_test(notes_and_texts),        cmocka_unit_test(pairs_from_both_sides),
      cmocka_unit_test(groups_leave_as_wholes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
