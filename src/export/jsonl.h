/* The whole record as lines of JSON.
 *
 * In. A store.
 * Out. One row a call: by the documents' ids each document, its entities, its
 * attributions; then what works across articles (export/links.h). The rows and their order are the same whatever the
 * order in which the articles came in. Owns. Nothing that outlives the call. Fails when. The store cannot be read, or
 * the function that gets the rows says so.
 */
#ifndef HSY_EXPORT_JSONL_H
#define HSY_EXPORT_JSONL_H

#include "export/json.h"
#include "export/view.h"
#include "store/store.h"

/* Takes the row over. */
typedef bool (*hsy_export_fn)(void *user, hsy_json *json, json_t *row, hsy_error *err);

/* One document with what was found in it: its row with layers, its entities, its
 * attributions. */
bool hsy_export_article(const hsy_view *view, hsy_export_fn fn, void *user, hsy_error *err);

bool hsy_export_jsonl(hsy_store *store, hsy_export_fn fn, void *user, hsy_error *err);

#endif
