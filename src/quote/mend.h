/* Mends what the taggers are wont to get wrong, by rule.
 *
 * In. doc->attributions as tagged.
 * Out. The same rows: idioms that report nothing dropped, words that belong to
 * the reporting ("as baseless", "for the first time") moved from the content to
 * the cue, a sentence that ends in a quoted phrase taken whole.
 * Owns. Nothing.
 */
#ifndef HSY_QUOTE_MEND_H
#define HSY_QUOTE_MEND_H

#include "quote/models.h"

/* Rows from `from` on. */
void hsy_quote_mend(hsy_doc *doc, const hsy_quote_models *models, ptrdiff_t from);
/* The last of these, over the article as a whole. */
bool hsy_quote_widen(hsy_doc *doc, hsy_arena scratch);

#endif
