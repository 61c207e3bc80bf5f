/* Documents with their layers into the store, without being tagged again: from
 * another record, or changed by a person.
 *
 * In. A document with its layers, but without tokens.
 * Out. The store with it, and with what follows.
 * Owns. A heap with the word lists of segmentation.
 * Fails when. The store does.
 */
#ifndef HSY_INGEST_RESTORE_H
#define HSY_INGEST_RESTORE_H

#include "record/change.h"
#include "segment/segment.h"

typedef struct hsy_restore {
  hsy_change change;
  hsy_segment_lists lists;
  hsy_heap *heap;
} hsy_restore;

bool hsy_restore_init(hsy_restore *restore, hsy_store *store, hsy_error *err);
/* Rolls back what was not committed. */
void hsy_restore_reset(hsy_restore *restore);

/* Puts it in the place of the version with that key; 0: it must not be there. */
bool hsy_restore_put(hsy_restore *restore, hsy_doc *doc, int64_t instead, hsy_error *err);
/* Commits, without linking. */
bool hsy_restore_commit(hsy_restore *restore, hsy_error *err);

#endif
