/* Attributions inside the content of another.
 *
 * In. doc->attributions as found in the article as a whole.
 * Out. More rows, each with its parent.
 * Method. The training data mark no report inside a report. So each content is
 * tagged again as if it were a text of its own.
 */
#ifndef HSY_QUOTE_NESTED_H
#define HSY_QUOTE_NESTED_H

#include "quote/models.h"

/* Tags all of `doc` and adds what it finds to `into`, tokens moved by offset. */
bool hsy_quote_find_all(hsy_doc *into, const hsy_doc *doc, const hsy_quote_models *models, int32_t offset,
                        hsy_verb_memory *memory, hsy_arena scratch);
/* Whether a report holds a proposition: a clause, or the object of a verb that
 * takes a side ("called for deeper ties"). A subject that was only talked about
 * ("discussed the weather") is none. */
bool hsy_quote_proposes(const hsy_doc *doc, const hsy_quote_models *models, const hsy_attribution *row);
bool hsy_quote_nest(hsy_doc *doc, const hsy_quote_models *models, hsy_verb_memory *memory, hsy_arena scratch);

#endif
