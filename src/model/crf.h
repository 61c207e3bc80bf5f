/* Linear-chain conditional random fields: inference, for two that are stacked.
 *
 * In. For each token its features (hashes, feature hashing as in Weinberger et
 * al. 2009) and the class of its transition; a model.
 * Out. The best tag sequence, or the probability of each tag at each token.
 * Owns. Nothing; weights are borrowed from the model file.
 * Method. score(y|x) = sum_t  e_t[y_t] + A_{c_t}[y_{t-1}][y_t],
 *   e_t[y] = scale * sum_f W[f & mask][y]  (W in 8 bits),
 *   A_c = a transition matrix a class c (what kind of token t is).
 * Viterbi; forward-backward in probabilities scaled a token (Rabiner 1989).
 */
#ifndef HSY_MODEL_CRF_H
#define HSY_MODEL_CRF_H

#include "base/arena.h"
#include "base/str.h"

enum { HSY_CRF_TAGS = 8, HSY_CRF_CLASSES = 16 }; /* room a row has; fewer may be in use */

/* Weights of hashed features, [mask + 1][width], rounded to 8 bits. */
typedef struct hsy_crf_table {
  uint32_t mask;
  int width; /* HSY_CRF_TAGS, or twice that: two models that see the same features share a row */
  const int8_t *weights;
} hsy_crf_table;

typedef struct hsy_crf {
  int tags;                                                      /* in use, at most HSY_CRF_TAGS */
  float scale;                                                   /* of its weights, in every table */
  float transition[HSY_CRF_CLASSES][HSY_CRF_TAGS][HSY_CRF_TAGS]; /* [class][from][to] */
  float edge[HSY_CRF_CLASSES][HSY_CRF_TAGS][HSY_CRF_TAGS];       /* exp(transition) */
  float edge_back[HSY_CRF_CLASSES][HSY_CRF_TAGS][HSY_CRF_TAGS];  /* the same, [class][to][from] */
  float start[HSY_CRF_TAGS];
} hsy_crf;

/* Adds the rows of the features: sums[y] += W[f & mask][y], y < table->width.
 * At most 256 features before a sum has to be read. */
void hsy_crf_fetch(const hsy_crf_table *table, const uint32_t *features, int count); /* asks for the rows ahead */
void hsy_crf_sum(const hsy_crf_table *table, const uint32_t *features, int count, int16_t *sums);

/* Both over emissions [length][HSY_CRF_TAGS] and classes [length]; false when
 * the scratch is full. tags: [length]; marginals: [length][HSY_CRF_TAGS]. */
bool hsy_crf_decode(const hsy_crf *crf, const float *emissions, const uint8_t *classes, int32_t length, uint8_t *tags,
                    hsy_arena scratch);
bool hsy_crf_marginals(const hsy_crf *crf, const float *emissions, const uint8_t *classes, int32_t length,
                       float *marginals, hsy_arena scratch);

/* Bytes of a model and of a table as the trainer writes them: see crf.c. A
 * table borrows the bytes. */
/* Fills edge and edge_back from the transitions. */
void hsy_crf_exponentiate(hsy_crf *crf);
bool hsy_crf_open(hsy_crf *crf, hsy_str bytes, hsy_error *err);
bool hsy_crf_open_table(hsy_crf_table *table, hsy_str bytes, hsy_error *err);

#endif
