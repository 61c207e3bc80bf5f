/* Log-linear ranking: which of several candidates, by hashed features.
 *
 * In. For each candidate the hashes of its features; a model.
 * Out. A score a candidate; their softmax is the chance of each.
 * Owns. Nothing; weights are borrowed from the model file.
 * Method. p(i) = exp(s_i) / sum_j exp(s_j),  s_i = scale * sum_f w[f & mask]
 * (conditional logit, McFadden 1974), weights in 8 bits.
 */
#ifndef HSY_MODEL_RANKER_H
#define HSY_MODEL_RANKER_H

#include "base/error.h"
#include "base/str.h"

typedef struct hsy_ranker {
  uint32_t mask;
  float scale;
  const int8_t *weights; // [mask + 1]
} hsy_ranker;

float hsy_ranker_score(const hsy_ranker *ranker, const uint32_t *features, int count);
/* Turns scores into chances, in place; returns the index of the largest. */
int hsy_ranker_softmax(float *scores, int count);

/* Layout, little-endian: bits of the row count (uint32), scale (float), weights. */
bool hsy_ranker_open(hsy_ranker *ranker, hsy_str bytes, hsy_error *err);

#endif
