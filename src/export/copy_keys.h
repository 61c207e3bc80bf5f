/* By what an article's copies are known, for programs that keep the articles
 * themselves (Spark): written as a row, and read from one.
 *
 * In. A tagged document, which knows its quotations; a row and the article's text.
 * Out. {"type": "copy_keys", "document", "mark", "outlet", "published", "agency",
 * "fingerprints" (64 bits, as signed numbers), "skip", "quoted" (code points)}; the
 * same document as reuse/ wants it.
 * Owns. Nothing; what is read lies in the arena and borrows the row's strings.
 * Fails when. The arena is full; the row is not as above.
 */
#ifndef HSY_EXPORT_COPY_KEYS_H
#define HSY_EXPORT_COPY_KEYS_H

#include "export/json.h"
#include "export/view.h"
#include "reuse/reuse.h"

json_t *hsy_export_copy_keys(hsy_json *json, const hsy_view *view, hsy_arena scratch, hsy_error *err);
bool hsy_copy_keys_read(const json_t *row, hsy_reuse_document *out, hsy_arena *arena, hsy_error *err);

#endif
