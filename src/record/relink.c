#include "record/relink.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/resource.h"
#include "record/linking.h"
#include "store/figures.h"

/* Addresses. */
static const size_t HEAP_BYTES = (size_t)16 << 30, READING_BYTES = (size_t)1 << 30;

void hsy_linking_touch(hsy_linking *l, int64_t attribution) {
  int32_t *at = hsy_keymap_at(&l->is_touched, attribution, &l->kept);
  if (*at != HSY_NONE) return;
  *at = 1;
  *hsy_push(&l->touched, &l->kept) = attribution;
}

/* What chances rest on beside the rows: another model or list of words, or
 * another way to read (VERSION), makes them anew. */
static int64_t what_links(void) {
  enum { VERSION = 1 };
  uint64_t all = VERSION;
  for (const hsy_resource *r = hsy_resource_table; r->name; r++) {
    hsy_str bytes, name = hsy_str_of(r->name);
    bool counts = hsy_str_eq(name, HSY_S("model/claims.bin")) || hsy_str_starts(name, HSY_S("lexicon/"));
    if (counts && hsy_resource_find(name, &bytes)) all = hsy_hash_mix(all, hsy_hash(bytes));
  }
  return (int64_t)(all >> 1);
}

static bool begin(hsy_linking *l) {
  int64_t before, now = what_links();
  if (!hsy_store_begin(l->store, l->err) || !hsy_store_linked_by(l->store, &before, l->err)) return false;
  if (before == now) return true;
  return hsy_store_forget_linking(l->store, l->err) && hsy_store_unlink_all(l->store, l->err) &&
         hsy_store_set_linked_by(l->store, now, l->err);
}

static bool link_all(hsy_linking *l) {
  hsy_speaker_lists words;
  l->lists = hsy_link_load(&l->kept, l->err);
  l->words = &words;
  return l->lists && hsy_speaker_load(&words, &l->kept, l->err) && begin(l) && hsy_linking_entities(l) &&
         hsy_linking_meet(l) && hsy_linking_cluster(l) && hsy_arena_check(l->kept, "record", l->err) &&
         hsy_store_all_linked(l->store, l->err) && hsy_store_commit(l->store, l->err);
}

static bool relink(hsy_store *store, hsy_error *err) {
  hsy_heap *kept = hsy_heap_new(HEAP_BYTES, err);
  hsy_linking l = {.store = store, .err = err};
  l.gathered = kept ? hsy_heap_new(HEAP_BYTES, err) : NULL;
  l.scratch = l.gathered ? hsy_heap_new(HEAP_BYTES, err) : NULL;
  l.reading = l.scratch ? hsy_heap_new(READING_BYTES, err) : NULL;
  bool ok = false;
  if (l.reading) {
    l.kept = hsy_heap_reset(kept);
    ok = link_all(&l);
    if (!ok) hsy_store_rollback(store);
  }
  if (err->code == HSY_NO_MEMORY)
    snprintf(err->message, sizeof err->message, "the articles are in, but there is no memory to link them");
  hsy_heap_free(kept);
  hsy_heap_free(l.gathered);
  hsy_heap_free(l.scratch);
  hsy_heap_free(l.reading);
  return ok;
}

bool hsy_relink_note(hsy_store *store, hsy_error *err) { return hsy_store_set_unlinked(store, err); }

bool hsy_relink(hsy_store *store, hsy_error *err) {
  bool waits = false;
  return hsy_store_waits_for_links(store, &waits, err) && (!waits || relink(store, err)) &&
         hsy_figures_refresh(store, err);
}
