#include "api/give.h"
#include "export/corrections.h"
#include "ingest/review.h"

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

HEARSAY_API bool hearsay_review(hearsay_store *store, const hearsay_mark *mark, hearsay_row_fn on_row, void *user,
                                hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, &inner);
  if (heap) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_review kept, said = {.kind = hsy_str_of(mark->kind),
                             .target = hsy_str_of(mark->target),
                             .verdict = hsy_str_of(mark->verdict),
                             .field = hsy_str_of(mark->field),
                             .value = hsy_str_of(mark->value),
                             .reviewer = hsy_str_of(mark->reviewer)};
    if (hsy_review_say((hsy_store *)store, &said, &kept, &arena, &inner)) {
      hsy_json json = {0};
      json_t *row = hsy_export_review(&json, &kept, arena);
      hsy_json_set(&json, row, "number", hsy_json_int(&json, kept.number));
      hsy_give_row(&json, row, on_row, user, &inner);
    }
  }
  hsy_heap_free(heap);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_review_back(hearsay_store *store, int64_t number, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_review_back((hsy_store *)store, number, &inner);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_review_settle(hearsay_store *store, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_review_settle((hsy_store *)store, &inner);
  return hsy_give_error(&inner, err);
}
