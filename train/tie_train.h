/* Training the rankers that tie spans, and the confidence.
 *
 * In. Documents with spans as the taggers find them on text that they were not
 * trained on, and the annotated attributions.
 * Out. Rankers for content → cue and cue → source; weights of the confidence.
 * Method. Stochastic gradient with AdaGrad on the conditional log-likelihood;
 * gradient descent for the logistic regression. Deterministic.
 */
#ifndef HSY_TRAIN_TIE_TRAIN_H
#define HSY_TRAIN_TIE_TRAIN_H

#include "corpus.h"
#include "quote/find.h"

/* What a tie's chooser should have chosen: index into its candidates, or -1
 * where the annotation does not tell. */
int tie_gold(const gold_doc *gold, const hsy_quote_span_vec *spans, const hsy_tie *tie);

typedef struct tie_examples {
  HSY_VEC(hsy_tie) ties;
  HSY_VEC(int) gold;
} tie_examples;

/* Every choice of `role` in a document. */
void tie_collect(tie_examples *out, const gold_doc *gold, const hsy_quote_view *view, const hsy_first_pass *tagged,
                 int role, hsy_arena *arena, hsy_arena scratch);

/* Bytes of a ranker (src/model/ranker.c), malloc. */
char *tie_train(const tie_examples *examples, size_t *size);

typedef struct confidence_example {
  float features[HSY_CONFIDENCE_FEATURES];
  int right;
} confidence_example;
typedef HSY_VEC(confidence_example) confidence_examples;

/* Every attribution found in a document, and whether its content and source
 * are those of an annotated one (intersection over union of 0.5 or more). */
void confidence_collect(confidence_examples *out, const gold_doc *gold, const hsy_quote_view *view,
                        const hsy_quote_span_vec *spans, const int32_t *starts, hsy_arena *arena);
void confidence_train(const confidence_examples *examples, float weights[HSY_CONFIDENCE_FEATURES]);

#endif
