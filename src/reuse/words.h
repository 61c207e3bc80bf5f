/* An article as words and as fingerprints.
 *
 * In. A text, and spans of it to leave out or to know as quoted.
 * Out. Words: lower-cased runs of letters, marks and digits, as hashes with
 * their bytes. In scripts that put no blanks between words every letter is
 * one. Grams: hashes of HSY_GRAM words in a row. Picks: the grams that stand
 * for the text in an index, such that any passage of HSY_WINDOW + HSY_GRAM - 1
 * words that two texts share gives both at least one pick in common.
 * Owns. Nothing; all lies in the arena.
 * Fails when. The arena is full.
 * Method: winnowing (Schleimer, Wilkerson and Aiken, 2003), robust form: of
 * equal least hashes in a window the one picked before stays, so that one word
 * a million times is picked seldom.
 */
#ifndef HSY_REUSE_WORDS_H
#define HSY_REUSE_WORDS_H

#include "doc/doc.h"

enum {
  HSY_GRAM = 8,   /* words of a gram: what "8-word containment" counts */
  HSY_WINDOW = 8, /* grams of a window, of which one is picked */
  HSY_SEED = 5    /* words of a seed, from which passages are grown */
};

typedef struct hsy_word {
  uint32_t hash;
  int32_t start, end; /* bytes */
  uint32_t line : 31; /* lines are what newlines part */
  uint32_t quoted : 1;
} hsy_word;

typedef struct hsy_words {
  hsy_word *data;
  ptrdiff_t len;
} hsy_words;

/* Spans ascend and do not overlap. A word is quoted where its first byte is. */
hsy_words hsy_words_of(hsy_str text, const hsy_span *skip, ptrdiff_t skip_count, const hsy_span *quoted,
                       ptrdiff_t quoted_count, hsy_arena *arena);

/* Hashes of `size` words in a row, [len - size + 1]; *count is 0 where the
 * text is shorter. */
uint64_t *hsy_words_grams(hsy_words words, int size, hsy_arena *arena, ptrdiff_t *count);

/* Positions of the picked grams, ascending; at least one where there is a gram. */
int32_t *hsy_words_pick(const uint64_t *grams, ptrdiff_t count, hsy_arena *arena, ptrdiff_t *picked);

#endif
