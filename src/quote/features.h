/* Features of the quotation taggers, computed here alone: tagger and trainer
 * both call these functions.
 *
 * In. A view of the document (quote/view.h), and for the second pass what the
 * first pass found.
 * Out. Hashes of (template, values), at most HSY_QUOTE_FEATURES of them.
 */
#ifndef HSY_QUOTE_FEATURES_H
#define HSY_QUOTE_FEATURES_H

#include "quote/view.h"

enum { HSY_QUOTE_FEATURES = 128 };

/* Tags of both passes: outside, and beginning and inside of the three roles. */
enum hsy_quote_tag {
  HSY_TAG_O,
  HSY_TAG_B_SOURCE,
  HSY_TAG_I_SOURCE,
  HSY_TAG_B_CUE,
  HSY_TAG_I_CUE,
  HSY_TAG_B_CONTENT,
  HSY_TAG_I_CONTENT,
  HSY_TAGS
};

/* The role of a tag, or HSY_NONE; and whether it begins a span. */
static inline int hsy_quote_tag_role(int tag) { return tag == HSY_TAG_O ? HSY_NONE : (tag - 1) / 2; }
static inline bool hsy_quote_tag_begins(int tag) { return tag & 1; }

/* Tokens of one tag's span, both ends included; outside all spans, of what parts two. */
typedef struct hsy_tag_run {
  int32_t first, last;
} hsy_tag_run;

/* What the first pass says of each token, for the second. */
typedef struct hsy_first_pass {
  const uint8_t *tags;                             // [tokens]
  const float *marginals;                          // [tokens][HSY_CRF_TAGS]
  int32_t (*left)[HSY_ROLES], (*right)[HSY_ROLES]; // [tokens]: nearest token of the role, itself included, or NONE
  hsy_tag_run *runs;                               // [tokens]: the run that holds it
} hsy_first_pass;

/* Fills left, right and runs of a paragraph from its tags. */
void hsy_quote_nearest(const hsy_first_pass *first, const hsy_paragraph *paragraph);

/* The class of the transition into this token: what kind of token it is. */
int hsy_quote_class(const hsy_quote_view *view, int32_t token, const hsy_paragraph *paragraph);

/* Features of one token; both return how many they wrote. The second pass uses
 * those of the first as well, with weights of its own. */
int hsy_quote_features(const hsy_quote_view *view, int32_t token, const hsy_paragraph *paragraph,
                       uint32_t out[HSY_QUOTE_FEATURES]);
int hsy_quote_features_context(const hsy_quote_view *view, int32_t token, const hsy_paragraph *paragraph,
                               const hsy_first_pass *first, uint32_t out[HSY_QUOTE_FEATURES]);

#endif
