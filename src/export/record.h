/* The rows of the record: a document and what was found in it, as the JSON
 * objects of docs/format.md.
 *
 * In. A view of a document (export/view.h).
 * Out. One jansson value a call, built with `json`, whose failure sticks.
 * Owns. The value is the caller's.
 * Fails when. There is no memory.
 */
#ifndef HSY_EXPORT_RECORD_H
#define HSY_EXPORT_RECORD_H

#include "export/json.h"
#include "export/view.h"

/* What `hearsay read` prints. explain: with blocks, and where fields were found. */
json_t *hsy_export_page(hsy_json *json, const hsy_view *view, bool explain, hsy_arena scratch);
/* What `hearsay extract` and `hearsay show` print: a document with its attributions. */
typedef struct hsy_extract_how {
  bool times;    /* with time expressions */
  bool thoughts; /* with attributions of mode "thought" */
} hsy_extract_how;

json_t *hsy_export_extract(hsy_json *json, const hsy_view *view, hsy_extract_how how);

/* What a page of the article needs besides: entities, and blocks. */
void hsy_export_details(hsy_json *json, json_t *row, const hsy_view *view);

json_t *hsy_export_document(hsy_json *json, const hsy_view *view, bool text);
json_t *hsy_export_entity(hsy_json *json, const hsy_view *view, int32_t entity);
json_t *hsy_export_attribution(hsy_json *json, const hsy_view *view, int32_t attribution);
/* What a row of an answer carries besides: words of source and cue, and the
 * fields of its article that it is printed with. */
void hsy_export_attribution_context(hsy_json *json, json_t *row, const hsy_view *view, int32_t attribution);

#endif
