/* Quotations that go on without a cue.
 *
 * In. doc->attributions of the article as a whole, doc->quotations.
 * Out. A quotation that runs over paragraphs becomes one attribution; one that
 * follows another without a cue names it (same_run).
 */
#ifndef HSY_QUOTE_RUNS_H
#define HSY_QUOTE_RUNS_H

#include "doc/doc.h"

bool hsy_quote_join_runs(hsy_doc *doc, hsy_arena scratch);

#endif
