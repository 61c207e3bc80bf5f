/* A field of an attribution as text, and back: what reviews put right.
 *
 * In. A document, a number of an attribution, "speaker", "stance", "content" or
 * "mode".
 * Out. Its value as text; or the field set to it.
 * Owns. All lies in the document's arena.
 * Fails when. There is no such field or value.
 *
 * speaker: a name a line; behind two or more, the first is how they are worded
 * together. content: code points, "120-168;190-204". stance: a label. mode:
 * speech, thought or rejected.
 */
#ifndef HSY_INGEST_REVIEW_FIELDS_H
#define HSY_INGEST_REVIEW_FIELDS_H

#include "doc/doc.h"

bool hsy_review_field_get(const hsy_doc *doc, int32_t attribution, hsy_str field, hsy_str *value, hsy_error *err);
/* person: what somebody is that the article does not name. */
bool hsy_review_field_set(hsy_doc *doc, int32_t attribution, hsy_str field, hsy_str value, hsy_entity_kind kind,
                          hsy_error *err);

#endif
