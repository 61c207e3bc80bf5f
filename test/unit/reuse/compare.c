/* Two articles: wholes, passages, and what is neither. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "reuse/compare.h"

static hsy_heap *heap;

/* Quotation marks are told by ASCII quotes, which is enough for these texts. */
static hsy_article article(hsy_arena *arena, hsy_key key, hsy_str text) {
  hsy_span quoted[64];
  ptrdiff_t count = 0;
  for (int32_t i = 0, open = -1; i < text.len; i++) {
    if (text.data[i] != '"') continue;
    if (open >= 0) quoted[count++] = (hsy_span){open + 1, i};
    open = open < 0 ? i : -1;
  }
  hsy_article a = {.key = key};
  hsy_article_init(&a, text, NULL, 0, quoted, count, arena);
  return a;
}

static hsy_comparison compare(const char *x, const char *y) {
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_arena scratch = hsy_arena_split(&arena, (size_t)256 << 20);
  hsy_article a = article(&arena, 1, hsy_str_of(x)), b = article(&arena, 2, hsy_str_of(y));
  hsy_comparison c;
  assert_true(hsy_compare(&a, &b, &c, &arena, scratch, NULL));
  return c;
}

#define SHARED_ONE                                                                                                     \
  "Police would neither confirm nor deny that a suspect had been questioned in the port district on Friday.\n"         \
  "The intruders had been inside the network since the last week of August and had used the password of a "            \
  "retired radiologist.\n"
#define OWN_ONE                                                                                                        \
  "The minister spoke for an hour in a hall that smelt of wet coats and cheap coffee.\n"                               \
  "Nobody in the gallery seemed to follow the figures that he read from a crumpled sheet of paper.\n"                  \
  "A woman at the back sold apples from her orchard, three for a coin, and did good business.\n"
#define OWN_TWO                                                                                                        \
  "Trains to the coast were late again on Monday because of a cow on the line near the old mill.\n"                    \
  "The operator said that it was sorry and that the cow was well, which some passengers doubted.\n"                    \
  "By noon the platform had run out of tea, and the stationmaster read aloud from a novel.\n"

static void a_cut_down_is_a_whole(void **state) {
  (void)state;
  hsy_comparison c = compare(OWN_ONE SHARED_ONE OWN_TWO, SHARED_ONE OWN_TWO);
  assert_true(c.whole);
  assert_false(c.part);
  assert_true(c.containment == 1);
  assert_int_equal(c.passage_count, 1);
  assert_int_equal(c.passages[0].b.start, 0);
}

static void a_shared_passage_is_a_part(void **state) {
  (void)state;
  const char *x = OWN_ONE SHARED_ONE, *y = SHARED_ONE OWN_TWO;
  hsy_comparison c = compare(x, y);
  assert_true(c.part && !c.whole);
  assert_int_equal(c.passage_count, 1);
  hsy_span a = c.passages[0].a, b = c.passages[0].b;
  assert_true(a.end - a.start == b.end - b.start);
  assert_memory_equal(x + a.start, y + b.start, (size_t)(a.end - a.start));
  assert_memory_equal(y + b.start, "Police would", 12);
}

static void a_shared_quotation_is_none(void **state) {
  (void)state;
  hsy_comparison c = compare(
      OWN_ONE "\"We came to a meeting and we brought songs and bread and they brought guns.\n"
              "We shall come again tomorrow and the day after until somebody listens to us,\" she said.",
      OWN_TWO "\"We came to a meeting and we brought songs and bread and they brought guns.\n"
              "We shall come again tomorrow and the day after until somebody listens to us,\" she told the crowd.");
  assert_false(c.part || c.whole);
}

static void one_cited_sentence_is_none(void **state) {
  (void)state;
  hsy_comparison c = compare(
      OWN_ONE "Asked about it 46 in a hundred voters said yes and 23 said that using a private server was improper "
              "but not illegal. ",
      OWN_TWO "In a poll asked about it 46 in a hundred voters said yes and 23 said that using a private server was "
              "improper but not illegal. ");
  assert_false(c.part || c.whole);
}

static void furniture_does_not_count(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_arena scratch = hsy_arena_split(&arena, (size_t)256 << 20);
  const char *offer = "You have read three of your four free articles this month and it is time to say yes to the "
                      "Herald for one pound a week, cancel when you like, no questions asked, terms apply to all "
                      "readers at home and abroad, and to their cats and dogs and other animals of the house.\n"
                      "Read more: ten bridges that changed hands, and the people who crossed them with carts full "
                      "of turnips in the dark while the guards of both countries were busy with their cards.\n";
  hsy_str x = hsy_str_printf(&arena, "%s%s", offer, OWN_ONE), y = hsy_str_printf(&arena, "%s%s", offer, OWN_TWO);
  hsy_article a = article(&arena, 1, x), b = article(&arena, 2, y);
  hsy_comparison c;
  assert_true(hsy_compare(&a, &b, &c, &arena, scratch, NULL));
  assert_true(c.containment > 0.5 && c.part + c.whole);
  hsy_article *both[] = {&a, &b};
  for (int k = 0; k < 2; k++) {
    uint8_t flags[256] = {0};
    for (ptrdiff_t i = 0; i < both[k]->pick_count; i++)
      if (both[k]->words.data[both[k]->picks[i]].line < 2) flags[i] = HSY_IS_FURNITURE;
    hsy_article_flag(both[k], flags);
    assert_true(both[k]->own < both[k]->distinct);
  }
  assert_true(hsy_compare(&a, &b, &c, &arena, scratch, NULL));
  assert_true(c.containment < 0.2);
  assert_false(c.part || c.whole);
}

static void one_word_a_million_times(void **state) {
  (void)state;
  static char many[4000001], some[40001], pairs[4000001];
  for (int i = 0; i < 1000000; i++) memcpy(many + i * 4, "dam ", 4), memcpy(pairs + i * 4, i % 2 ? "dam " : "bus ", 4);
  for (int i = 0; i < 10000; i++) memcpy(some + i * 4, "dam ", 4);
  const char *texts[] = {many, some, pairs, "dam", ""};
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++) compare(texts[i], texts[j]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_cut_down_is_a_whole),      cmocka_unit_test(a_shared_passage_is_a_part),
      cmocka_unit_test(a_shared_quotation_is_none), cmocka_unit_test(one_cited_sentence_is_none),
      cmocka_unit_test(furniture_does_not_count),   cmocka_unit_test(one_word_a_million_times),
  };
  heap = hsy_heap_new((size_t)1 << 30, NULL);
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  hsy_heap_free(heap);
  return failed;
}
