#include "record/change.h"

#include "record/relink.h"

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

bool hsy_change_init(hsy_change *change, hsy_store *store, hsy_error *err) {
  *change = (hsy_change){.store = store, .heap = hsy_heap_new(HEAP_BYTES, err)};
  hsy_follow_init(&change->follow, store);
  return change->heap;
}

void hsy_change_reset(hsy_change *change) {
  if (change->open) hsy_store_rollback(change->store);
  hsy_follow_reset(&change->follow);
  hsy_heap_free(change->heap);
  *change = (hsy_change){0};
}

bool hsy_change_open(hsy_change *change, hsy_error *err) {
  if (!change->open) change->open = hsy_store_begin(change->store, err);
  return change->open && err->code == HSY_OK;
}

bool hsy_change_put(hsy_change *change, const hsy_doc *doc, hsy_str id, const hsy_reuse_document *reuse,
                    hsy_error *err) {
  int64_t key;
  return hsy_change_open(change, err) &&
         hsy_store_put(change->store, doc, id, hsy_heap_reset(change->heap), &key, err) &&
         hsy_follow_come(&change->follow, reuse, err);
}

bool hsy_change_drop(hsy_change *change, int64_t key, hsy_error *err) {
  hsy_arena arena = hsy_heap_reset(change->heap);
  hsy_str id;
  return hsy_change_open(change, err) && hsy_store_id(change->store, key, &id, &arena, err) &&
         (id.len == 0 || hsy_follow_leave(&change->follow, id, err)) && hsy_store_drop(change->store, key, err);
}

bool hsy_change_commit(hsy_change *change, hsy_error *err) {
  if (!change->open) return true;
  if (!hsy_relink_note(change->store, err) || !hsy_follow_finish(&change->follow, err) ||
      !hsy_store_commit(change->store, err))
    return false;
  change->open = false;
  return true;
}
