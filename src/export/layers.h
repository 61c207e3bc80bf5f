/* What a document row needs besides, so that the article can be read back from it
 * as it lies in the store: `layers`, and the same as rows of a document.
 *
 * In. A view of a document; or a document row and attribution rows.
 * Out. A JSON object; or a document with its layers.
 * Owns. The value is the caller's; the document lies in its arena.
 * Fails when. There is no memory; a row is not as docs/format.md has it.
 */
#ifndef HSY_EXPORT_LAYERS_H
#define HSY_EXPORT_LAYERS_H

#include "export/json.h"
#include "export/view.h"

json_t *hsy_export_layers(hsy_json *json, const hsy_view *view);

#endif
