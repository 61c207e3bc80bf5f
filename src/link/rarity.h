/* How rare words are in news at large, whatever the record at hand holds: from
 * data/lexicon/en/word_counts.txt, so that nothing moves as a record grows.
 *
 * In. Keys of words (link/reading.h).
 * Out. Weights, 0.1 (everywhere) to 1 (in no sentence that was counted).
 * Owns. The table lies in the arena.
 * Fails when. The resource is not there, or the arena is full.
 * Method. log(N / n) / log N: N sentences, n of them with any form of the key.
 */
#ifndef HSY_LINK_RARITY_H
#define HSY_LINK_RARITY_H

#include "base/lexicon.h"

typedef struct hsy_key_count {
  uint64_t key;
  int32_t count;
} hsy_key_count;

typedef struct hsy_rarity {
  hsy_key_count *slots; /* [1 << bits], open addressing; count 0: free */
  int bits;
  double sentences, log_sentences;
} hsy_rarity;

/* key_of: of a word as the list writes it. */
bool hsy_rarity_load(hsy_rarity *rarity, uint64_t (*key_of)(const void *user, hsy_str word), const void *user,
                     hsy_arena *arena, hsy_error *err);
double hsy_rarity_weight(const hsy_rarity *rarity, uint64_t key);

#endif
