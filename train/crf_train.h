/* Training a linear-chain CRF: stochastic gradient with AdaGrad.
 *
 * In. Sequences: rows of weights (hashed features), transition classes and gold
 * tags of each token.
 * Out. Weights, averaged over the later epochs (Collins 2002 for the idea).
 * Method. Log-likelihood with an L2 penalty on the rows that a step touches
 * (Lafferty et al. 2001; Duchi, Hazan and Singer 2011). One thread, a fixed
 * order of shuffling: the same data give the same bytes.
 */
#ifndef HSY_TRAIN_CRF_TRAIN_H
#define HSY_TRAIN_CRF_TRAIN_H

#include "model/crf.h"

typedef struct crf_sequence {
  int32_t length;
  const uint32_t *starts;        // [length + 1] into features
  const uint32_t *features;      /* rows, below options.rows */
  const uint8_t *classes, *tags; // [length]
} crf_sequence;

typedef struct crf_options {
  uint32_t rows;
  int tags;
  int epochs;
  float rate, l2;
  float dropout; /* share of features left out of a step */
} crf_options;

typedef struct crf_weights {
  crf_options options;
  float *rows; // [options.rows][HSY_CRF_TAGS]
  hsy_crf crf; /* transitions and start */
} crf_weights;

void crf_train(crf_weights *w, const crf_sequence *sequences, int32_t count, crf_options options);
void crf_weights_free(crf_weights *w);
/* Best tags and marginals of a sequence, as hsy_crf_decode and _marginals;
 * `bold` is taken off the score of tag 0. */
void crf_predict(const crf_weights *w, const crf_sequence *s, float bold, uint8_t *tags, float *marginals,
                 hsy_arena scratch);

/* The weight that 127 stands for when they are rounded to 8 bits, over 127. */
float crf_scale(const crf_weights *w);
/* The rounded row: out[HSY_CRF_TAGS]. */
void crf_round(const crf_weights *w, float scale, uint32_t row, int8_t *out);
/* Bytes of the model without its tables (src/model/crf.c), malloc. */
char *crf_write(const crf_weights *w, float scale, size_t *size);

#endif
