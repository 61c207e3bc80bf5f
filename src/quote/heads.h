/* What the deep reader has learned on top of its encoder.
 *
 * In. A model file (model/tensors.h) as train/encoder writes it: the encoder,
 * its vocabulary, and the tensors named below, laid out as PyTorch lays them.
 *   chain.L.{emit.weight,emit.bias,trans,begin}   tags of level L
 *   cue_in, other_in, role, gap, between, join, score   which cue a span belongs with
 *   row_in, no_cue, row_out                       whether a record keeps the row, as speech
 *   confidence                                    see confidence.h
 * Out. Tags, scores of pairs and rows.
 * Owns. Nothing outside the arena; weights are borrowed from the file.
 * Fails when. The file is damaged, or a tensor is missing or of another shape.
 * Method. A linear-chain CRF over the states of words; a bilinear-like score of
 * two spans from their first and last states (as in Lee et al. 2017).
 */
#ifndef HSY_QUOTE_HEADS_H
#define HSY_QUOTE_HEADS_H

#include "model/crf.h"
#include "model/encoder.h"
#include "model/wordpiece.h"
#include "quote/confidence.h"

enum { HSY_READ_LEVELS = 2, HSY_READ_STANCES = 7, HSY_READ_HIDDEN = 160 };

typedef struct hsy_dense {
  const float *weight, *bias; // [out][in], [out]
  int in, out;
} hsy_dense;

struct hsy_deep_models {
  hsy_str mapped; /* the file, where it is none that was built in */
  const hsy_encoder *encoder;
  hsy_wordpiece wordpiece;
  int width;
  hsy_dense emit[HSY_READ_LEVELS];
  hsy_crf chain[HSY_READ_LEVELS]; /* its emissions come from `emit` */
  hsy_dense cue_in, other_in, join, score, row_in, row_out;
  const float *role, *gap, *between, *no_cue; // [3][H], [16][H], [16][H], [2 * width]
  const float *confidence;                    // [HSY_CONFIDENCE_FEATURES]
  /* Shown each row and what its confidence is told from; set by the trainer that fits those weights. */
  void (*watch)(void *user, const hsy_doc *doc, const hsy_attribution *row, const float *features);
  void *user;
};

/* A span by the states of its first and last token. */
typedef struct hsy_ends {
  const float *first, *last; // [width]
} hsy_ends;

bool hsy_heads_open(struct hsy_deep_models *heads, hsy_str file, hsy_arena *arena, hsy_error *err);

/* What of a span goes into each of its pairs: of a cue, or of another with its role. */
void hsy_heads_cue(const struct hsy_deep_models *heads, hsy_ends cue, float out[HSY_READ_HIDDEN]);
void hsy_heads_other(const struct hsy_deep_models *heads, hsy_ends other, int role, float out[HSY_READ_HIDDEN]);
/* Whether the two belong together, as a logit. gap, between: rows of the tables (deep_rows.c says of what). */
float hsy_heads_pair(const struct hsy_deep_models *heads, const float *cue, const float *other, int gap, int between);

/* Whether a record keeps the attribution, as speech, as a logit. cue.first NULL:
 * it has none. (The file's row_out scores stances as well; on stories left out the
 * frames of stance/ tell these better.) */
float hsy_heads_kept(const struct hsy_deep_models *heads, hsy_ends cue, hsy_ends content);

#endif
