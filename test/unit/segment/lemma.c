/* Inflected words and their lemmas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/lemma.h"

static hsy_heap *heap;
static hsy_arena arena;
static hsy_lemmas lemmas;
static hsy_lexicon verbs;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  heap = hsy_heap_new((size_t)64 << 20, &err);
  arena = hsy_heap_reset(heap);
  return hsy_lemma_load(&lemmas, &arena, &err) &&
                 hsy_lexicon_load(&verbs, "lexicon/en/reporting_verbs.txt", &arena, &err)
             ? 0
             : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

static void forms_lead_to_the_listed_verb(void **state) {
  (void)state;
  static const char *const PAIRS[][2] = {
      {"said", "say"},
      {"denied", "deny"},
      {"denies", "deny"},
      {"Denying", "deny"},
      {"accused", "accuse"},
      {"accusing", "accuse"},
      {"alleges", "allege"},
      {"stressed", "stress"},
      {"stresses", "stress"},
      {"insisted", "insist"},
      {"vowed", "vow"},
      {"pledging", "pledge"},
      {"begged", "beg"},
      {"urges", "urge"},
      {"told", "tell"},
      {"wrote", "write"},
      {"tweeting", "tweet"},
      {"refuted", "refute"},
      {"dismissed", "dismiss"},
      {"dismisses", "dismiss"},
      {"agreed", "agree"},
      {"swore", "swear"},
      {"withdrew", "withdraw"},
      {"conceded", "concede"},
      {"quipped", "quip"},
      {"called", "call"},
      {"scoffs", "scoff"},
      {"challenged", "challenge"},
      {"replied", "reply"},
      {"declared", "declare"},
      {"announcing", "announce"},
      {"lied", "lie"},
      {"admitted", "admit"},
      {"acknowledging", "acknowledge"},
      {"demanding", "demand"},
      {"thought", "think"},
  };
  for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
    const hsy_lexicon_entry *entry = hsy_lemma_find(&verbs, &lemmas, hsy_str_of(PAIRS[i][0]));
    assert_non_null(entry);
    assert_true(hsy_str_eq(entry->word, hsy_str_of(PAIRS[i][1])));
  }
}

static void other_words_lead_nowhere(void **state) {
  (void)state;
  static const char *const WORDS[] = {"bridge", "sing-song", "news", "bus", "the", "red", "Wednesday"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    assert_null(hsy_lemma_find(&verbs, &lemmas, hsy_str_of(WORDS[i])));
}

static void all_forms_have_one_key(void **state) {
  (void)state;
  static const char *const FORMS[][4] = {
      {"move", "moves", "moved", "moving"},       {"supply", "supplies", "supplied", "supplying"},
      {"fire", "fires", "fired", "firing"},       {"kill", "kills", "killed", "killing"},
      {"stop", "stops", "stopped", "stopping"},   {"steal", "steals", "stole", "stealing"},
      {"cross", "crosses", "crossed", "crossing"}};
  for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
    char one[HSY_LEMMA_ROOM], two[HSY_LEMMA_ROOM];
    hsy_str first = hsy_lemma_key(&lemmas, hsy_str_of(FORMS[i][0]), one);
    for (int j = 1; j < 4; j++) assert_true(hsy_str_eq(first, hsy_lemma_key(&lemmas, hsy_str_of(FORMS[i][j]), two)));
  }
}

static void long_words_are_left_alone(void **state) {
  (void)state;
  char word[300], out[HSY_LEMMA_ROOM];
  for (size_t i = 0; i < sizeof word; i++) word[i] = 'a';
  hsy_lemma_set set;
  hsy_lemma_candidates(&set, &lemmas, (hsy_str){word, sizeof word});
  assert_int_equal(set.count, 0);
  assert_int_equal(hsy_lemma_key(&lemmas, (hsy_str){word, sizeof word}, out).len, HSY_LEMMA_ROOM);
  hsy_lemma_candidates(&set, &lemmas, (hsy_str){word, 0});
  assert_int_equal(set.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms_lead_to_the_listed_verb),
      cmocka_unit_test(other_words_lead_nowhere),
      cmocka_unit_test(all_forms_have_one_key),
      cmocka_unit_test(long_words_are_left_alone),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
