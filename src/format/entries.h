/* Entries: articles that come as fields of a larger document, rewritten as one
 * JSON object each with the names that fields.c knows: id, url, title, date,
 * modified, byline, outlet, language, text or html, and "summary" where the
 * text is no more than that.
 *
 * In. A feed, a NITF or NewsML-G2 document (mark-up), or a JSON value.
 * Out. A list of objects.
 * Owns. The list is the caller's (json_decref).
 * Fails when. The document is not well formed, is past the limits, or memory
 * runs out; NULL and *err.
 */
#ifndef HSY_FORMAT_ENTRIES_H
#define HSY_FORMAT_ENTRIES_H

#include <jansson.h>

#include "base/error.h"
#include "base/str.h"
#include "format/limits.h"

/* What was mended so that it could be read, in words; empty where nothing was. */
typedef struct hsy_entries_note {
  char message[200];
} hsy_entries_note;

json_t *hsy_entries_of_xml(hsy_str bytes, const hsy_limits *limits, hsy_entries_note *note, hsy_error *err);
/* JSON Feed, ninjs, an object, a list of objects, or one of those under "items" or the like. */
json_t *hsy_entries_of_json(hsy_str bytes, const hsy_limits *limits, hsy_entries_note *note, hsy_error *err);
/* true of the first bytes of an object that holds such a list. */
bool hsy_entries_json_lists(hsy_str head);

#endif
