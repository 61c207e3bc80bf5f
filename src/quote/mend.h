/* Mends what the taggers are wont to get wrong, by rule.
 *
 * In. doc->attributions as tagged.
 * Out. The same rows: idioms that report nothing dropped, words that belong to
 * the reporting ("as baseless", "for the first time") moved from the content to
 * the cue.
 * Owns. Nothing.
 */
#ifndef HSY_QUOTE_MEND_H
#define HSY_QUOTE_MEND_H

#include "quote/models.h"

/* Whether the cue lies in an idiom that reports nothing. */
bool hsy_quote_in_idiom(const hsy_doc *doc, const hsy_lexicon *idioms, hsy_span cue);

/* The rows from `from` on; those that report nothing are taken out. */
void hsy_quote_mend(hsy_doc *doc, const hsy_quote_models *models, ptrdiff_t from);

#endif
