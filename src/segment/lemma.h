/* Inflected English words to their lemmas.
 *
 * In. A word (any case), and the list of irregular forms.
 * Out. Candidates for its lemma, in lower case, the likeliest first: "denied"
 * gives "deny" and "denie", "moved" gives "move" and "mov". Who has a list of
 * lemmas tries them in turn (hsy_lemma_find); who has none takes the key.
 * Owns. Nothing: candidates lie in the caller's struct or in the list.
 * Fails when. Never; a word too long has itself for a lemma.
 * Method: rules for -s, -ed, -ing, and a list for the rest.
 */
#ifndef HSY_SEGMENT_LEMMA_H
#define HSY_SEGMENT_LEMMA_H

#include "base/lexicon.h"

enum { HSY_LEMMA_MAX = 8, HSY_LEMMA_ROOM = 48 };

typedef struct hsy_lemmas {
  hsy_lexicon irregular; /* data/lexicon/en/irregular_forms.txt */
} hsy_lemmas;

typedef struct hsy_lemma_set {
  char text[HSY_LEMMA_MAX][HSY_LEMMA_ROOM];
  hsy_str lemma[HSY_LEMMA_MAX]; /* borrow from `text` */
  uint64_t hash[HSY_LEMMA_MAX]; /* hsy_hash of each, since several lists are asked for it */
  int count;
} hsy_lemma_set;

bool hsy_lemma_load(hsy_lemmas *lemmas, hsy_arena *arena, hsy_error *err);

/* Fills *set; lemma[0] is always there unless the word is longer than the room. */
void hsy_lemma_candidates(hsy_lemma_set *set, const hsy_lemmas *lemmas, hsy_str word);

/* The entry of the first candidate that the lexicon lists, or NULL. */
const hsy_lexicon_entry *hsy_lemma_find(const hsy_lexicon *lexicon, const hsy_lemmas *lemmas, hsy_str word);
/* The same for a word whose candidates are known. */
const hsy_lexicon_entry *hsy_lemma_find_in(const hsy_lexicon *lexicon, const hsy_lemma_set *set);

/* One key for all forms of a word, for comparing: "moves", "moved", "moving"
 * and "move" have one. Lower case, no dictionary form. Writes at most
 * HSY_LEMMA_ROOM bytes to out. */
hsy_str hsy_lemma_key(const hsy_lemmas *lemmas, hsy_str word, char out[HSY_LEMMA_ROOM]);

#endif
