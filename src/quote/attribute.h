/* Groups of spans to rows of the document.
 *
 * In. The document and groups of tied spans.
 * Out. One hsy_attribution a group, with parts, kind, mode and confidence.
 */
#ifndef HSY_QUOTE_ATTRIBUTE_H
#define HSY_QUOTE_ATTRIBUTE_H

#include "quote/find.h"

typedef HSY_VEC(hsy_attribution) hsy_attribution_vec;

/* Token ranges of an attribution; offset is added to each (for tokens of a
 * piece of the article that was tagged on its own). */
hsy_attribution *hsy_quote_attribute(hsy_doc *doc, const hsy_quote_models *models, const hsy_quote_view *view,
                                     const hsy_quote_span_vec *spans, const hsy_quote_group *group,
                                     const int32_t *contents, int32_t offset);

/* How the words between quotation marks relate to all of the content. */
hsy_kind hsy_quote_kind(const hsy_doc *doc, hsy_part content);
/* Speech or thought, by the cue's verb; clause: the content is a proposition. */
hsy_mode hsy_quote_mode(const hsy_doc *doc, const hsy_quote_models *models, hsy_part cue, hsy_kind kind, bool clause);

/* Takes out the rows without a content, and what is nested in them goes to row
 * into[i], or has no parent any more where into is NULL. False: scratch is full. */
bool hsy_quote_drop_empty(hsy_doc *doc, const int32_t *into, hsy_arena scratch);

/* The first byte of an attribution's parts. */
int32_t hsy_quote_start(const hsy_doc *doc, const hsy_attribution *row);

#endif
