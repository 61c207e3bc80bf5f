/* What is known of an article beside its text, as people put it right: its title,
 * outlet, day and authors.
 *
 * In. A document, a field ("title", "outlet", "date", "author") and a value: a day
 * in any usual form; authors parted by ";". An empty value takes the field away.
 * Out. The document with the field; where its day changed, the times of its text
 * and the days on which things were said, read anew.
 * Owns. Nothing; all lies in the document's arena.
 * Fails when. There is no such field, the value is no day (HSY_USAGE).
 */
#ifndef HSY_INGEST_DOCUMENT_FIELDS_H
#define HSY_INGEST_DOCUMENT_FIELDS_H

#include "doc/doc.h"

bool hsy_document_field_get(const hsy_doc *doc, hsy_str field, hsy_str *value, hsy_arena *arena, hsy_error *err);
bool hsy_document_field_set(hsy_doc *doc, hsy_str field, hsy_str value, hsy_error *err);
/* By the day that the document now has. */
bool hsy_document_redate(hsy_doc *doc, hsy_arena scratch, hsy_error *err);

#endif
