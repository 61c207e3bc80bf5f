/* The quotation stage's inner steps, as the trainer needs them too.
 *
 * tag: both passes over all paragraphs. tie: spans and their choices. group:
 * attributions as the ties give them.
 */
#ifndef HSY_QUOTE_FIND_H
#define HSY_QUOTE_FIND_H

#include "quote/models.h"
#include "quote/spans.h"

/* Both passes over all paragraphs; the result lies in the arena. */
bool hsy_quote_passes(const hsy_quote_models *models, const hsy_quote_view *view, hsy_first_pass *first,
                      hsy_first_pass *second, hsy_arena *arena, hsy_arena scratch);

/* Spans of every paragraph, tied by the rankers. starts[p] is the first span of
 * paragraph p, [paragraphs + 1]. */
bool hsy_quote_tied_spans(const hsy_ranker *content, const hsy_ranker *cue, const hsy_quote_view *view,
                          const hsy_first_pass *tagged, hsy_quote_span_vec *spans, int32_t **starts, hsy_arena *arena,
                          hsy_arena scratch);

/* One group a cue that owns a content, then one a content without a cue. The
 * contents of a group are rows of *contents. */
typedef HSY_VEC(hsy_quote_group) hsy_quote_group_vec;
void hsy_quote_groups(const hsy_quote_view *view, const hsy_quote_span_vec *spans, int32_t first, int32_t end,
                      hsy_quote_group_vec *groups, hsy_index_vec *contents, hsy_arena *arena);

#endif
