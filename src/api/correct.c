#include "api/give.h"
#include "export/corrections.h"
#include "record/correct.h"
#include "record/relink.h"

enum { HEAP_BYTES = 256 << 20 }; /* addresses */

static bool give_kept(const hsy_stored_correction_vec *kept, hsy_store *store, hearsay_row_fn on_row, void *user,
                      hsy_arena scratch, hsy_error *err) {
  for (ptrdiff_t i = 0; on_row && i < kept->len; i++) {
    hsy_json json = {0};
    json_t *row = hsy_export_correction(&json, &kept->data[i], scratch);
    hsy_export_correction_known(&json, row, store, &kept->data[i], scratch, err);
    if (!hsy_give_row(&json, row, on_row, user, err)) return false;
  }
  return true;
}

HEARSAY_API bool hearsay_correct(hearsay_store *store, hearsay_correction kind, const char *a, const char *b,
                                 hearsay_row_fn on_row, void *user, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_correction what = {(hsy_correction_kind)kind, hsy_str_of(a), hsy_str_of(b)};
  bool known = (unsigned)kind <= HEARSAY_ALIAS;
  if (!known) hsy_fail(&inner, HSY_USAGE, "api", -1, "there is no correction %d", (int)kind);
  hsy_heap *heap = known ? hsy_heap_new(HEAP_BYTES, &inner) : NULL;
  if (heap) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_stored_correction_vec kept = {0};
    if (hsy_correct((hsy_store *)store, &what, &kept, &arena, &inner))
      give_kept(&kept, (hsy_store *)store, on_row, user, arena, &inner);
  }
  hsy_heap_free(heap);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_correct_back(hearsay_store *store, int64_t number, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_correct_back((hsy_store *)store, number, &inner);
  return hsy_give_error(&inner, err);
}

/* ---- doubles ---- */

static bool find_entity(hsy_store *store, const char *id, hsy_str *name, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT name FROM entities WHERE id = ?", err);
  hsy_bind_text(&query, hsy_str_of(id));
  bool found = hsy_query_next(&query);
  if (found) *name = hsy_str_copy(arena, hsy_column_str(&query, 0));
  hsy_query_end(&query);
  return found || (err->code == HSY_OK &&
                   hsy_fail(err, HSY_NOT_FOUND, "api", -1, "%.60s: there is no such entity (any more)", id ? id : ""));
}

static bool answer(hsy_store *store, const char *one, const char *other, bool same, hearsay_row_fn on_row, void *user,
                   hsy_arena arena, hsy_error *err) {
  hsy_correction what = {.kind = same ? HSY_CORRECT_MERGE : HSY_CORRECT_SPLIT};
  hsy_stored_correction_vec kept = {0};
  if (!find_entity(store, one, &what.a, &arena, err) || !find_entity(store, other, &what.b, &arena, err)) return false;
  return hsy_correct_keep(store, &what, &kept, &arena, err) && give_kept(&kept, store, on_row, user, arena, err);
}

HEARSAY_API bool hearsay_answer_double(hearsay_store *store, const char *one, const char *other, bool same,
                                       hearsay_row_fn on_row, void *user, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, &inner);
  if (heap) answer((hsy_store *)store, one, other, same, on_row, user, hsy_heap_reset(heap), &inner);
  hsy_heap_free(heap);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_answer_back(hearsay_store *store, int64_t number, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_correct_forget((hsy_store *)store, number, &inner);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_settle(hearsay_store *store, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_relink((hsy_store *)store, &inner);
  return hsy_give_error(&inner, err);
}
