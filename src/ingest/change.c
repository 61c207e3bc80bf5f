#include "ingest/change.h"

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

static const struct follower {
  const char *name;
  bool (*leaves)(hsy_store *store, int64_t key, hsy_arena scratch, hsy_error *err);
  bool (*joined)(hsy_store *store, const int64_t *keys, ptrdiff_t count, hsy_arena scratch, hsy_error *err);
} FOLLOWERS[] = {
    {NULL, NULL, NULL}, /* closes the table */
};

static void forget(hsy_change *change) {
  change->arena = hsy_heap_reset(change->heap);
  change->added = (hsy_key_vec){0};
  change->open = false;
}

bool hsy_change_init(hsy_change *change, hsy_store *store, hsy_error *err) {
  *change = (hsy_change){.store = store, .heap = hsy_heap_new(HEAP_BYTES, err)};
  if (!change->heap) return false;
  forget(change);
  return true;
}

void hsy_change_reset(hsy_change *change) {
  if (change->open) hsy_store_rollback(change->store);
  hsy_heap_free(change->heap);
  *change = (hsy_change){0};
}

static bool open_batch(hsy_change *change, hsy_error *err) {
  if (!change->open) change->open = hsy_store_begin(change->store, err);
  return change->open && err->code == HSY_OK;
}

bool hsy_change_put(hsy_change *change, const hsy_doc *doc, hsy_str id, hsy_error *err) {
  int64_t key;
  if (!open_batch(change, err) || !hsy_store_put(change->store, doc, id, change->arena, &key, err)) return false;
  *hsy_push(&change->added, &change->arena) = key;
  return hsy_arena_check(change->arena, "ingest", err);
}

static void take_out(hsy_key_vec *keys, int64_t key) {
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < keys->len; i++)
    if (keys->data[i] != key) keys->data[kept++] = keys->data[i];
  keys->len = kept;
}

bool hsy_change_drop(hsy_change *change, int64_t key, hsy_error *err) {
  if (!open_batch(change, err)) return false;
  for (const struct follower *f = FOLLOWERS; f->name; f++)
    if (!f->leaves(change->store, key, change->arena, err)) return false;
  take_out(&change->added, key);
  return hsy_store_drop(change->store, key, err);
}

bool hsy_change_commit(hsy_change *change, hsy_error *err) {
  if (!change->open) return true;
  for (const struct follower *f = FOLLOWERS; f->name; f++)
    if (!f->joined(change->store, change->added.data, change->added.len, change->arena, err)) return false;
  if (!hsy_store_commit(change->store, err)) return false;
  forget(change);
  return true;
}
