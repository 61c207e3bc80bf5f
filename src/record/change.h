/* One batch of changes to a store, and what follows from it.
 *
 * In. Documents that come and go.
 * Out. The store with them, and with what follows (record/follow.h): all in
 * one transaction.
 * Owns. A heap for scratch, and the follower.
 * Fails when. The store does; then the batch is rolled back by
 * hsy_change_reset, and the change is at its end.
 */
#ifndef HSY_RECORD_CHANGE_H
#define HSY_RECORD_CHANGE_H

#include "record/follow.h"
#include "store/store.h"

typedef struct hsy_change {
  hsy_store *store;
  hsy_follow follow;
  hsy_heap *heap;
  bool open; /* a batch has begun */
} hsy_change;

bool hsy_change_init(hsy_change *change, hsy_store *store, hsy_error *err);
/* Rolls back what was not committed. */
void hsy_change_reset(hsy_change *change);

/* Opens a batch where none is: from here on nobody else writes. */
bool hsy_change_open(hsy_change *change, hsy_error *err);
/* Both open a batch where none is. The document must not be there. */
bool hsy_change_put(hsy_change *change, const hsy_doc *doc, hsy_str id, const hsy_reuse_document *reuse,
                    hsy_error *err);
bool hsy_change_drop(hsy_change *change, int64_t key, hsy_error *err);
/* Lets the rest follow, and commits. Nothing to do: true. */
bool hsy_change_commit(hsy_change *change, hsy_error *err);

#endif
