/* Spans of one role, and the learned step that ties them into attributions.
 *
 * In. The tags of a paragraph's tokens with their marginals.
 * Out. Spans in the order of the text; for each content the cue that owns it,
 * for each cue its source, with the chance of each choice.
 * Owns. Nothing; tables lie in the arena that is given.
 * Method. A ranker over candidates in the manner of source attribution by
 * ranking (Pareti et al. 2013; Newell, Margolin and Ruths 2018): a content
 * chooses among the cues around it or none, a cue among the sources or none.
 */
#ifndef HSY_QUOTE_SPANS_H
#define HSY_QUOTE_SPANS_H

#include "model/ranker.h"
#include "quote/features.h"

typedef struct hsy_quote_span {
  int32_t first, end; /* tokens */
  uint8_t role;
  float chance;  /* mean marginal of its role over its tokens */
  float weakest; /* the least */
  int32_t tied;  /* content: span of its cue; cue: span of its source; or NONE */
  float tie;     /* chance of that choice */
} hsy_quote_span;

typedef HSY_VEC(hsy_quote_span) hsy_quote_span_vec;

/* Appends the spans of one paragraph. */
void hsy_quote_spans(const hsy_paragraph *paragraph, const hsy_first_pass *tagged, hsy_quote_span_vec *spans,
                     hsy_arena *arena);

enum {
  HSY_TIE_FEATURES = 64,
  HSY_TIE_CANDIDATES = 13, /* six on either side, and none */
  HSY_TIE_REACH = 64       /* spans on either side that are looked at: a paragraph may have any number */
};

/* One choice: candidates[i] is a span or NONE, always last. */
typedef struct hsy_tie {
  int32_t span; /* who chooses */
  int32_t candidates[HSY_TIE_CANDIDATES];
  int count;
  int features[HSY_TIE_CANDIDATES]; /* how many each has */
  uint32_t feature[HSY_TIE_CANDIDATES][HSY_TIE_FEATURES];
} hsy_tie;

/* The spans [first, end) of one paragraph, and how many of each role. */
typedef struct hsy_quote_row {
  int32_t first, end;
  int32_t count[HSY_ROLES];
} hsy_quote_row;

hsy_quote_row hsy_quote_row_of(const hsy_quote_span_vec *spans, int32_t first, int32_t end);

/* The choice of spans[span] (a content or a cue) among those of its paragraph. */
void hsy_quote_tie(const hsy_quote_view *view, const hsy_paragraph *paragraph, const hsy_quote_span_vec *spans,
                   const hsy_quote_row *row, int32_t span, hsy_tie *tie);

#endif
