/* Two wordings of one utterance, word by word.
 *
 * In. A base wording and another, in any script.
 * Out. Operations in order: what the other leaves out, adds or changes, as
 * bytes of either; and whether they differ in more than spelling, punctuation,
 * bracketed insertions and ellipses, which is what a person should look at.
 * Owns. Operations lie in the arena.
 * Fails when. The arena is full. Wordings of more than HSY_ALIGN_WORDS words
 * are compared by what they share at both ends; the middle is one change.
 * Method: Needleman and Wunsch (1970) over words, with a price that falls with
 * the likeness of two words, so that "programme" pairs with "program".
 */
#ifndef HSY_REUSE_ALIGN_H
#define HSY_REUSE_ALIGN_H

#include "doc/doc.h"

enum { HSY_ALIGN_WORDS = 1000 };

typedef enum hsy_align_kind { HSY_LEFT_OUT, HSY_ADDED, HSY_CHANGED } hsy_align_kind;

typedef struct hsy_align_op {
  hsy_align_kind kind;
  hsy_span base, other; /* bytes; empty, at the place, where one side has none */
  bool slight;          /* spelling, or words in brackets, or what an ellipsis stands for */
} hsy_align_op;

typedef HSY_VEC(hsy_align_op) hsy_align_ops;

typedef struct hsy_alignment {
  hsy_align_ops ops;
  int32_t same; /* words that agree */
  bool differs; /* some op that is not slight lies between words both have: the words were altered */
  bool is_cut;  /* one is the other with words gone at its ends only */
} hsy_alignment;

bool hsy_align(hsy_str base, hsy_str other, hsy_alignment *out, hsy_arena *arena, hsy_arena scratch, hsy_error *err);

const char *hsy_align_name(hsy_align_kind kind); /* "left out", "added", "changed" */

#endif
