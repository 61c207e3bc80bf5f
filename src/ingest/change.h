/* One batch of changes to a store, and what follows from it.
 *
 * In. Documents that come and go.
 * Out. The store with them, and with what the followers (copies, links across
 * articles) make of them: all in one transaction.
 * Owns. A heap for its own lists.
 * Fails when. The store or a follower does; then the batch is rolled back.
 *
 * A follower is a line in the table in change.c. It is told of a document
 * before its rows go, and of the batch's new documents once before it ends.
 */
#ifndef HSY_INGEST_CHANGE_H
#define HSY_INGEST_CHANGE_H

#include "store/store.h"

typedef struct hsy_change {
  hsy_store *store;
  hsy_heap *heap;
  hsy_arena arena;
  hsy_key_vec added;
  bool open;
} hsy_change;

bool hsy_change_init(hsy_change *change, hsy_store *store, hsy_error *err);
/* Rolls back what was not committed. */
void hsy_change_reset(hsy_change *change);

/* Both open a batch where none is. The document must not be there. */
bool hsy_change_put(hsy_change *change, const hsy_doc *doc, hsy_str id, hsy_error *err);
bool hsy_change_drop(hsy_change *change, int64_t key, hsy_error *err);
/* Lets the followers follow, and commits. Nothing to do: true. */
bool hsy_change_commit(hsy_change *change, hsy_error *err);

#endif
