/* How words are used in the training data: cue or part of a source.
 *
 * Counts are kept a document, so that a training document sees the counts of
 * all the others only: its own annotation must not leak into its features.
 */
#ifndef HSY_TRAIN_WORDS_H
#define HSY_TRAIN_WORDS_H

#include "corpus.h"
#include "quote/view.h"

typedef struct word_count {
  uint32_t word;
  int32_t all, cue, source;
} word_count;

typedef struct word_counts {
  word_count *rows; /* open addressing */
  int bits;
  int32_t used;
} word_counts;

void words_count(word_counts *counts, const corpus *from);
/* Takes one document's own counts out (sign -1) or puts them back (+1). */
void words_adjust(word_counts *counts, const gold_doc *gold, int sign);
/* Buckets of every word seen twice or more; rows are malloc, [1 << bits]. */
hsy_word_uses words_buckets(const word_counts *counts);
/* Buckets of the words of one document only: what its features look up. */
hsy_word_uses words_buckets_without(word_counts *counts, const gold_doc *gold);

#endif
