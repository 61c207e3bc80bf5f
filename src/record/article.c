#include "record/article.h"

#include "doc/identity.h"
#include "store/addresses.h"

static bool is_better(const hsy_meta *a, hsy_str a_id, const hsy_meta *b, hsy_str b_id) {
  if (a->detours != b->detours) return a->detours < b->detours;
  if (a->url.len != b->url.len) return a->url.len < b->url.len;
  int order = hsy_str_cmp(a->url, b->url);
  return (order ? order : hsy_str_cmp(a_id, b_id)) < 0;
}

static void take(const hsy_address *from, hsy_str id, hsy_doc *to) {
  hsy_arena *arena = to->arena;
  *hsy_push(&to->meta.addresses, arena) = (hsy_address){.id = hsy_str_copy(arena, from->id.len ? from->id : id),
                                                        .url = hsy_str_copy(arena, from->url),
                                                        .path = hsy_str_copy(arena, from->path),
                                                        .item = hsy_str_copy(arena, from->item)};
}

/* Addresses from which others than the one itself came. */
static void take_others(const hsy_meta *from, hsy_str id, hsy_doc *to) {
  for (ptrdiff_t i = 0; i < from->addresses.len; i++)
    if (!hsy_str_eq(from->addresses.data[i].id, id)) take(&from->addresses.data[i], id, to);
}

/* All addresses of the one, and the one itself, become addresses of the other. */
static void join(const hsy_meta *from, hsy_str id, hsy_doc *to) {
  for (ptrdiff_t i = 0; i < from->addresses.len; i++) take(&from->addresses.data[i], id, to);
  take(&(hsy_address){id, from->url, from->path, from->item}, id, to);
}

static bool put_addresses(hsy_store *store, int64_t key, const hsy_doc *doc, hsy_error *err) {
  for (ptrdiff_t i = 0; i < doc->meta.addresses.len; i++)
    if (!hsy_store_put_address(hsy_store_db(store), key, &doc->meta.addresses.data[i], err)) return false;
  return true;
}

/* The stored document's own words of itself, with its id. */
static bool load(hsy_store *store, int64_t key, hsy_doc *doc, hsy_str *id, hsy_error *err) {
  return hsy_store_load(store, key, 0, doc, err) && hsy_store_id(store, key, id, doc->arena, err);
}

bool hsy_article_meet(hsy_change *change, hsy_doc *doc, hsy_str id, bool *stands, hsy_error *err) {
  *stands = false;
  if (!hsy_change_open(change, err)) return false;
  int64_t key = hsy_store_article(change->store, doc->meta.article, err);
  if (!key) return err->code == HSY_OK;
  hsy_doc there, both;
  hsy_str there_id;
  hsy_doc_init(&there, doc->arena);
  hsy_doc_init(&both, doc->arena);
  if (!load(change->store, key, &there, &there_id, err)) return false;
  *stands = hsy_str_eq(there_id, id) || is_better(&there.meta, there_id, &doc->meta, id);
  if (*stands) {
    join(&doc->meta, id, &both);
    both.meta.addresses.len -= hsy_str_eq(there_id, id); /* itself */
    return hsy_arena_check(*doc->arena, "record", err) && put_addresses(change->store, key, &both, err);
  }
  join(&there.meta, there_id, doc);
  return hsy_arena_check(*doc->arena, "record", err) && hsy_change_drop(change, key, err);
}

bool hsy_article_drop_versions(hsy_change *change, hsy_doc *doc, hsy_str id, bool *any, hsy_error *err) {
  hsy_key_vec keys = {0};
  *any = false;
  if (!hsy_change_open(change, err) || !hsy_store_drop_address(change->store, doc->meta.url, doc->meta.article, err))
    return false;
  hsy_store_versions(change->store, hsy_doc_origin(doc, doc->arena), &keys, doc->arena, err);
  for (ptrdiff_t i = 0; i < keys.len; i++) {
    hsy_doc there;
    hsy_str there_id;
    hsy_doc_init(&there, doc->arena);
    if (!load(change->store, keys.data[i], &there, &there_id, err)) return false;
    bool same = doc->meta.article.len && hsy_str_eq(there.meta.article, doc->meta.article);
    if (same && !hsy_str_eq(there_id, id)) continue;
    take_others(&there.meta, there_id, doc);
    *any = true;
    if (!hsy_change_drop(change, keys.data[i], err)) return false;
  }
  return hsy_arena_check(*doc->arena, "record", err);
}
