#include "api/give.h"
#include "export/corrections.h"
#include "record/correct.h"

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
