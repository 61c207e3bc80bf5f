/* Rows of an export → a document with its layers.
 *
 * In. A document row with its `layers`, and its attribution rows (docs/format.md).
 * Out. The document as it lay in the store that was exported.
 * Owns. The document's arena; the rows are borrowed until the call returns.
 * Fails when. A row lacks what it has to have, or names what is not there: a span
 * outside the text, an entity that is none.
 */
#ifndef HSY_INGEST_ROWS_H
#define HSY_INGEST_ROWS_H

#include "doc/doc.h"

#include <jansson.h>

/* doc is hsy_doc_init'ed. */
bool hsy_rows_read(const json_t *document, const json_t *attributions, hsy_doc *doc, hsy_error *err);

#endif
