#include "ingest/restore.h"

#include "doc/identity.h"
#include "store/index.h"

bool hsy_restore_init(hsy_restore *restore, hsy_store *store, hsy_error *err) {
  enum { LIST_BYTES = 64 << 20 };
  *restore = (hsy_restore){.heap = hsy_heap_new(LIST_BYTES, err)};
  if (!restore->heap) return false;
  hsy_arena arena = hsy_heap_reset(restore->heap);
  bool ok = hsy_segment_load(&restore->lists, &arena, err) && hsy_change_init(&restore->change, store, err);
  if (!ok) hsy_restore_reset(restore);
  return ok;
}

void hsy_restore_reset(hsy_restore *restore) {
  if (restore->change.store) hsy_change_reset(&restore->change);
  hsy_heap_free(restore->heap);
  *restore = (hsy_restore){0};
}

bool hsy_restore_put(hsy_restore *restore, hsy_doc *doc, int64_t instead, hsy_error *err) {
  if (instead && !hsy_change_drop(&restore->change, instead, err)) return false;
  if (!doc->tokens.len && !hsy_segment_tokenize(doc, &restore->lists, err)) return false;
  hsy_str id = hsy_doc_id(doc, doc->arena);
  hsy_reuse_document reuse = hsy_reuse_describe(doc, hsy_store_key_of(id), doc->arena);
  return hsy_arena_check(*doc->arena, "ingest", err) && hsy_change_put(&restore->change, doc, id, &reuse, err);
}

bool hsy_restore_commit(hsy_restore *restore, hsy_error *err) { return hsy_change_commit(&restore->change, err); }
