#include "query/page.h"

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

static bool turn_to(hsy_page *page, int64_t document, hsy_error *err) {
  if (page->key == document) return true;
  if (!page->heap) page->heap = hsy_heap_new(HEAP_BYTES, err);
  if (!page->heap) return false;
  page->arena = hsy_heap_reset(page->heap);
  page->key = 0;
  hsy_doc_init(&page->doc, &page->arena);
  if (!hsy_store_load(page->store, document, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS, &page->doc, err)) return false;
  page->key = document;
  return true;
}

bool hsy_page_attribution(hsy_page *page, int64_t document, int64_t n, hsy_str id, hsy_str cursor, hsy_arena scratch,
                          hsy_error *err) {
  if (!hsy_arena_check(scratch, "query", err) || !turn_to(page, document, err)) return false;
  if (n < 0 || n >= page->doc.attributions.len)
    return hsy_fail(err, HSY_STORE, "query", -1, "the store is damaged: an attribution is missing");
  hsy_answer answer = {
      .kind = HSY_ANSWER_ATTRIBUTION, .doc = &page->doc, .id = id, .attribution = (int32_t)n, .cursor = cursor};
  return page->fn(page->user, &answer, scratch, err);
}

void hsy_page_reset(hsy_page *page) {
  hsy_heap_free(page->heap);
  page->heap = NULL;
}
