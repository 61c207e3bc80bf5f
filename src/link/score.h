/* Chances of pairs, from features of them and the trained model.
 *
 * In. data/model/claims.bin; candidates.
 * Out. For each pair the chances that the two hold one proposition on one side,
 * on opposite sides, or neither, and that they are one utterance.
 * Owns. The model lies in the arena.
 * Fails when. The file is damaged, or made for other features.
 */
#ifndef HSY_LINK_SCORE_H
#define HSY_LINK_SCORE_H

#include "base/str.h"
#include "model/trees.h"

/* Thresholds, calibrated with the model on stories that it was not trained on. */
typedef enum hsy_bar {
  HSY_BAR_UTTERANCE, /* mean log-odds of being one utterance */
  HSY_BAR_RELATED,   /* mean log-odds of being about one proposition */
  HSY_BAR_ALSO,      /* the same, for a second claim of a statement */
  HSY_BAR_MISSING,   /* log-odds of a pair that was not compared */
  HSY_BAR_OPPOSED,   /* confidence of a claim with two sides */
  HSY_BAR_HELD,      /* … with one */
  HSY_BAR_SHIFT,     /* confidence of a shift */
  HSY_BAR_COUNT
} hsy_bar;

typedef struct hsy_pair_model {
  hsy_trees claim;     /* classes: same, opposite, neither */
  hsy_trees utterance; /* one class */
  float bars[HSY_BAR_COUNT];
} hsy_pair_model;

typedef struct hsy_pair_score {
  int32_t one, other;              /* rows by place, one < other */
  float same, opposite, utterance; /* chances */
} hsy_pair_score;

typedef HSY_VEC(hsy_pair_score) hsy_pair_score_vec;

/* file: a model file; empty: the one built into the program. */
bool hsy_pair_model_load(hsy_pair_model *model, hsy_str file, int features, hsy_arena *arena, hsy_error *err);

/* Whether the pair says more than one that was not compared: only such are kept. */
bool hsy_pair_counts(const hsy_pair_model *model, const hsy_pair_score *score);

/* Log-odds of a chance, within what a mean can bear. */
float hsy_log_odds(float chance);

#endif
