/* Whom a speaker speaks for (link/link.h): from titles, "Iranian foreign
 * minister", "police commissioner", "the hospital's spokeswoman". */
#include <stdlib.h>

#include "link/reading.h"

#include "base/bound.h"

enum { NAME_WORDS = 6, TITLE_WORDS = 32, LOOK = 64 };

typedef struct word_keys {
  uint64_t key[TITLE_WORDS];
  int count;
  bool body, state, past; /* what the offices among the words say */
} word_keys;

static void read_keys(word_keys *out, const hsy_link_lists *lists, hsy_str text, int most) {
  ptrdiff_t at = 0;
  hsy_str word;
  bool capital;
  *out = (word_keys){0};
  while (out->count < most && hsy_link_next_word(text, &at, &word, &capital)) {
    const hsy_lexicon_entry *office = hsy_lemma_find(&lists->offices, &lists->lemmas, word);
    hsy_str what = office ? hsy_lexicon_field(office, 0) : (hsy_str){0};
    bool both = hsy_str_eq(what, HSY_S("both"));
    out->body = out->body || both || hsy_str_eq(what, HSY_S("body"));
    out->state = out->state || both || hsy_str_eq(what, HSY_S("state"));
    out->past = out->past || hsy_str_eq(what, HSY_S("past"));
    if (hsy_lexicon_find(&lists->stops, word)) continue;
    out->key[out->count++] = hsy_link_key(lists, word, capital);
  }
}

static bool holds_all(const word_keys *all, const word_keys *some) {
  for (int i = 0; i < some->count; i++) {
    bool found = false;
    for (int k = 0; k < all->count && !found; k++) found = all->key[k] == some->key[i];
    if (!found) return false;
  }
  return some->count > 0;
}

typedef struct name_entry {
  uint64_t key; /* of the name's first word */
  int32_t speaker;
} name_entry;

static int compare_entries(const void *a, const void *b) {
  const name_entry *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->speaker > y->speaker) - (x->speaker < y->speaker);
}

static int32_t first_with(const name_entry *names, int32_t count, uint64_t key) {
  hsy_bound half = {.high = count};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, names[half.middle].key < key);
  return (int32_t)half.low;
}

/* The body with the longest name of those that the titles hold; of two as long
 * the first by name. */
static int32_t best_body(const hsy_link_input *input, const hsy_link_lists *lists, const word_keys *titles,
                         int32_t self, const name_entry *names, int32_t count) {
  int32_t best = HSY_NONE;
  int longest = 0;
  for (int k = 0; k < titles->count; k++) {
    int32_t first = first_with(names, count, titles->key[k]);
    for (int32_t i = first; i < count && i < first + LOOK && names[i].key == titles->key[k]; i++) {
      const hsy_link_speaker *s = &input->speakers[names[i].speaker];
      word_keys name;
      read_keys(&name, lists, s->name, NAME_WORDS);
      bool fits = s->kind == HSY_PLACE ? titles->state : titles->body || titles->state;
      if (names[i].speaker == self || !fits || !holds_all(titles, &name) || name.count < longest) continue;
      if (name.count == longest && hsy_str_cmp(s->name, input->speakers[best].name) >= 0) continue;
      longest = name.count;
      best = names[i].speaker;
    }
  }
  return best;
}

bool hsy_link_bodies(const hsy_link_input *input, const hsy_link_lists *lists, int32_t *bodies, hsy_arena scratch,
                     hsy_error *err) {
  name_entry *names = hsy_new(&scratch, name_entry, input->speaker_count + 1);
  if (!names) return hsy_arena_check(scratch, "link", err);
  int32_t count = 0;
  for (int32_t i = 0; i < input->speaker_count; i++) {
    const hsy_link_speaker *s = &input->speakers[i];
    bodies[i] = HSY_NONE;
    if (s->kind == HSY_PERSON || s->kind == HSY_UNNAMED) continue;
    word_keys name;
    read_keys(&name, lists, s->name, NAME_WORDS);
    if (name.count > 0) names[count++] = (name_entry){name.key[0], i};
  }
  qsort(names, (size_t)count, sizeof *names, compare_entries);
  for (int32_t i = 0; i < input->speaker_count; i++) {
    const hsy_link_speaker *s = &input->speakers[i];
    /* who is never named is called by an office: "the head of Corran Dyes" */
    hsy_str office = s->kind == HSY_UNNAMED ? s->name : s->titles;
    if ((s->kind != HSY_PERSON && s->kind != HSY_UNNAMED) || office.len == 0) continue;
    word_keys titles;
    read_keys(&titles, lists, office, TITLE_WORDS);
    if (!titles.past) bodies[i] = best_body(input, lists, &titles, i, names, count);
  }
  return true;
}
