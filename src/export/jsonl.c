#include "export/jsonl.h"

#include "export/layers.h"
#include "export/links.h"
#include "export/record.h"

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

typedef json_t *(*row_fn)(hsy_json *json, const hsy_view *view, int32_t row);

static bool give_rows(const hsy_view *view, ptrdiff_t count, row_fn row, hsy_export_fn fn, void *user, hsy_error *err) {
  for (int32_t i = 0; i < count; i++) {
    hsy_json json = {0};
    json_t *value = row(&json, view, i);
    if (!fn(user, &json, value, err)) return false;
  }
  return true;
}

/* Entities of this document alone; those known across documents come later, once. */
static bool give_entities(const hsy_view *view, hsy_export_fn fn, void *user, hsy_error *err) {
  for (int32_t i = 0; i < view->doc->entities.len; i++) {
    hsy_json json = {0};
    if (view->doc->entities.data[i].known_id.len) continue;
    json_t *row = hsy_export_entity(&json, view, i);
    if (!fn(user, &json, row, err)) return false;
  }
  return true;
}

bool hsy_export_article(const hsy_view *view, hsy_export_fn fn, void *user, hsy_error *err) {
  hsy_json json = {0};
  json_t *row = hsy_export_document(&json, view, true);
  hsy_json_set(&json, row, "layers", hsy_export_layers(&json, view));
  return fn(user, &json, row, err) && give_entities(view, fn, user, err) &&
         give_rows(view, view->doc->attributions.len, hsy_export_attribution, fn, user, err);
}

static bool give_document(hsy_store *store, int64_t key, hsy_arena arena, hsy_export_fn fn, void *user,
                          hsy_error *err) {
  hsy_doc doc;
  hsy_view view;
  hsy_doc_init(&doc, &arena);
  if (!hsy_store_load(store, key, HSY_LOAD_ALL, &doc, err)) return false;
  return hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, err) && hsy_export_article(&view, fn, user, err);
}

bool hsy_export_jsonl(hsy_store *store, hsy_export_fn fn, void *user, hsy_error *err) {
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, err);
  if (!heap) return false;
  hsy_db_exec(hsy_store_db(store), "BEGIN", err); /* all that is read is of one moment */
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT key FROM documents ORDER BY id", err);
  while (hsy_query_next(&query))
    if (!give_document(store, hsy_column_int(&query, 0), hsy_heap_reset(heap), fn, user, err)) break;
  hsy_query_end(&query);
  if (err->code == HSY_OK) hsy_export_links(store, hsy_heap_reset(heap), fn, user, err);
  hsy_error ignored = {0};
  hsy_db_exec(hsy_store_db(store), "COMMIT", &ignored);
  hsy_heap_free(heap);
  return err->code == HSY_OK;
}
