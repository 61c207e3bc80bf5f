/* A document as rows are written from it: ids, code points, and what hangs on
 * each attribution, made once.
 *
 * In. A document with its layers; tokens are not needed.
 * Out. Look-ups.
 * Owns. Nothing; all lies in the arena, the document is borrowed.
 * Fails when. The arena is full.
 * Method. Code points are counted once at every 64th byte; a look-up counts
 * on from there.
 */
#ifndef HSY_EXPORT_VIEW_H
#define HSY_EXPORT_VIEW_H

#include "doc/doc.h"

typedef enum hsy_view_ids {
  HSY_IDS_LOCAL, /* a1, a2 …: a document that stands alone */
  HSY_IDS_GLOBAL /* derived from content: a document of a record */
} hsy_view_ids;

typedef struct hsy_view {
  const hsy_doc *doc;
  hsy_view_ids ids;
  hsy_str id;               /* the document's, global */
  hsy_str place;            /* its path as people write it, "wire.jsonl#12" */
  hsy_str *attribution_ids; // [attributions]
  hsy_str *entity_ids;      // [entities]
  int32_t *points;          // [text.len / 64 + 1] code points before byte 64 k
  /* Rows of an attribution as lists: the first, and behind each row the next;
   * HSY_NONE ends. */
  int32_t *first_link, *next_link;         // [attributions], [links]
  int32_t *first_evidence, *next_evidence; // [attributions], [evidence]
} hsy_view;

bool hsy_view_init(hsy_view *view, const hsy_doc *doc, hsy_view_ids ids, hsy_arena *arena, hsy_error *err);
/* Code points before the byte. */
int32_t hsy_view_point(const hsy_view *view, int32_t byte);

#endif
