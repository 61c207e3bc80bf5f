/* From the spans that the deep reader tagged to attributions.
 *
 * In. The spans of a stretch on both levels, and the states of its tokens.
 * Out. Rows: a content goes to the cue it belongs with most, a cue takes its best
 * source; a row of the inner level gets the outer one around it for parent and is
 * left out where there is none.
 * Owns. Rows lie in doc->arena.
 */
#ifndef HSY_QUOTE_DEEP_ROWS_H
#define HSY_QUOTE_DEEP_ROWS_H

#include "quote/heads.h"
#include "quote/spans.h"

typedef struct hsy_deep_spans {
  const struct hsy_deep_models *models;
  int32_t first;       /* token of the document that the spans count from */
  const float *states; // [tokens][width]
  hsy_quote_span_vec spans[HSY_READ_LEVELS];
} hsy_deep_spans;

bool hsy_deep_rows(hsy_doc *doc, hsy_deep_spans *found, hsy_arena scratch);

#endif
