/* Words, grams and the picks of winnowing. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "reuse/words.h"

static hsy_heap *heap;

static hsy_words words_of(hsy_arena *arena, const char *text) {
  return hsy_words_of(hsy_str_of(text), NULL, 0, NULL, 0, arena);
}

static void case_and_punctuation_do_not_count(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_words a = words_of(&arena, "The dam, they said, will NOT be built: \xC3\x89tat 4.1");
  hsy_words b = words_of(&arena, "\"the dam they said\" - will not be built. \xC3\xA9tat 4,1");
  assert_int_equal(a.len, 11);
  assert_int_equal(b.len, 11);
  for (int i = 0; i < 11; i++) assert_int_equal(a.data[i].hash, b.data[i].hash);
  assert_int_equal(a.data[1].start, 4);
  assert_int_equal(a.data[1].end, 7);
  assert_true(a.data[0].hash != a.data[1].hash);
}

static void scripts_without_blanks_have_a_word_a_letter(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_words w = words_of(&arena, "\xE5\xA4\xA7\xE5\x9D\x9D abc \xD0\xBC\xD0\xB8\xD1\x80");
  assert_int_equal(w.len, 4);
  assert_int_equal(w.data[1].start, 3);
  assert_int_equal(words_of(&arena, "\xFF\xFE broken \xE5").len, 1);
  assert_int_equal(words_of(&arena, "").len, 0);
}

static void skipped_and_quoted(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_str text = HSY_S("Title: x\n\nHe said \"never again\" twice.\nRead more here");
  hsy_span skip[] = {{0, 10}, {39, 53}}, quoted[] = {{19, 30}};
  hsy_words w = hsy_words_of(text, skip, 2, quoted, 1, &arena);
  assert_int_equal(w.len, 5);
  int is_quoted[] = {0, 0, 1, 1, 0};
  for (int i = 0; i < 5; i++) assert_int_equal(w.data[i].quoted, is_quoted[i]);
}

/* Words of two letters out of a small random stream. */
static hsy_str random_text(hsy_arena *arena, uint32_t seed, int count) {
  hsy_buf out = hsy_buf_in(arena);
  for (int i = 0; i < count; i++) {
    seed = seed * 1664525 + 1013904223;
    hsy_buf_byte(&out, (char)('a' + (seed >> 24) % 26));
    hsy_buf_byte(&out, (char)('a' + (seed >> 16) % 26));
    hsy_buf_byte(&out, ' ');
  }
  return hsy_buf_str(&out);
}

/* The promise of winnowing, at every length from the one that it holds for. */
static void a_shared_passage_shares_a_pick(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed < 200; seed++) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_str shared = random_text(&arena, seed * 77, HSY_WINDOW + HSY_GRAM - 1);
    uint64_t *grams[2];
    int32_t *picks[2];
    ptrdiff_t picked[2];
    for (int k = 0; k < 2; k++) {
      hsy_buf text = hsy_buf_in(&arena);
      hsy_buf_add(&text, random_text(&arena, seed * 2 + (uint32_t)k + 90001, 20 + k * 7));
      hsy_buf_add(&text, shared);
      hsy_buf_add(&text, random_text(&arena, seed * 3 + (uint32_t)k + 70001, 30));
      ptrdiff_t count;
      grams[k] = hsy_words_grams(hsy_words_of(hsy_buf_str(&text), NULL, 0, NULL, 0, &arena), HSY_GRAM, &arena, &count);
      picks[k] = hsy_words_pick(grams[k], count, &arena, &picked[k]);
      assert_true(picked[k] > 0 && picked[k] <= count);
    }
    int common = 0;
    for (ptrdiff_t i = 0; i < picked[0]; i++)
      for (ptrdiff_t j = 0; j < picked[1]; j++) common += grams[0][picks[0][i]] == grams[1][picks[1][j]];
    assert_true(common > 0);
  }
}

static void one_word_many_times(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_buf text = hsy_buf_in(&arena);
  for (int i = 0; i < 1000000; i++) hsy_buf_add(&text, HSY_S("dam "));
  hsy_words w = hsy_words_of(hsy_buf_str(&text), NULL, 0, NULL, 0, &arena);
  ptrdiff_t count, picked;
  uint64_t *grams = hsy_words_grams(w, HSY_GRAM, &arena, &count);
  hsy_words_pick(grams, count, &arena, &picked);
  assert_int_equal(w.len, 1000000);
  assert_int_equal(count, 1000000 - HSY_GRAM + 1);
  assert_true(picked <= count / HSY_WINDOW + 2);
  assert_true(grams[0] == grams[count - 1]);
  w = words_of(&arena, "dam");
  grams = hsy_words_grams(w, HSY_GRAM, &arena, &count);
  hsy_words_pick(grams, count, &arena, &picked);
  assert_int_equal(count, 0);
  assert_int_equal(picked, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(case_and_punctuation_do_not_count),
      cmocka_unit_test(scripts_without_blanks_have_a_word_a_letter),
      cmocka_unit_test(skipped_and_quoted),
      cmocka_unit_test(a_shared_passage_shares_a_pick),
      cmocka_unit_test(one_word_many_times),
  };
  heap = hsy_heap_new((size_t)1 << 30, NULL);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  hsy_heap_free(heap);
  return failed;
}
