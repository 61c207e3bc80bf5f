/* How sure an attribution is.
 *
 * In. Its spans with their marginals and ties.
 * Out. The chance that its content and its source are right.
 * Method. Logistic regression over the logits of those chances (Platt 1999),
 * fitted on documents that the taggers and rankers were not trained on.
 */
#ifndef HSY_QUOTE_CONFIDENCE_H
#define HSY_QUOTE_CONFIDENCE_H

#include "quote/spans.h"

enum { HSY_CONFIDENCE_FEATURES = 14 };

/* An attribution as the ties give it: spans of one cue. */
typedef struct hsy_quote_group {
  int32_t cue, source;             /* spans, or NONE */
  int32_t first_content, contents; /* rows of a list of spans */
} hsy_quote_group;

/* quoted: its content begins in quotation marks. */
void hsy_confidence_features(bool quoted, const hsy_quote_span_vec *spans, const hsy_quote_group *group,
                             const int32_t *contents, float out[HSY_CONFIDENCE_FEATURES]);
float hsy_confidence(const float weights[HSY_CONFIDENCE_FEATURES], const float features[HSY_CONFIDENCE_FEATURES]);

#endif
