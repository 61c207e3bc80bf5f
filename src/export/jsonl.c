#include "export/jsonl.h"

#include "export/record.h"
#include "store/index.h"

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

static bool give_document(hsy_store *store, int64_t key, hsy_arena arena, hsy_export_fn fn, void *user,
                          hsy_error *err) {
  hsy_doc doc;
  hsy_view view;
  hsy_doc_init(&doc, &arena);
  if (!hsy_store_load(store, key, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS, &doc, err)) return false;
  if (!hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, err)) return false;
  hsy_json json = {0};
  json_t *row = hsy_export_document(&json, &view, true);
  return fn(user, &json, row, err) && give_rows(&view, doc.entities.len, hsy_export_entity, fn, user, err) &&
         give_rows(&view, doc.attributions.len, hsy_export_attribution, fn, user, err);
}

/* ---- copies ---- */

typedef struct copying {
  hsy_store *store;
  hsy_arena arena;
  hsy_export_fn fn;
  void *user;
  hsy_error *err;
} copying;

static json_t *id_value(hsy_json *json, hsy_key key, hsy_arena scratch) {
  return hsy_json_str(json, hsy_store_id_of(key, &scratch));
}

/* Passages are told in bytes; the text says how many code points they are. */
static bool add_passages(copying *c, hsy_json *json, json_t *list, const hsy_copy_group *group) {
  hsy_arena arena = c->arena;
  hsy_doc doc;
  hsy_view view;
  for (ptrdiff_t i = 0; i < group->passage_count; i++) {
    const hsy_passage *passage = &group->passages[i];
    if (i == 0 || group->passages[i - 1].document != passage->document) {
      arena = c->arena;
      hsy_doc_init(&doc, &arena);
      int64_t key = hsy_store_key(c->store, hsy_store_id_of(passage->document, &arena), c->err);
      if (!hsy_store_load(c->store, key, HSY_LOAD_TEXT, &doc, c->err)) return false;
      if (!hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, c->err)) return false;
    }
    json_t *row = hsy_json_array(json);
    hsy_json_add(json, row, id_value(json, passage->document, arena));
    hsy_json_add(json, row, hsy_json_int(json, hsy_view_point(&view, passage->start)));
    hsy_json_add(json, row, hsy_json_int(json, hsy_view_point(&view, passage->end)));
    hsy_json_add(json, list, row);
  }
  return true;
}

static bool give_copy(void *user, const hsy_copy_group *group) {
  copying *c = user;
  hsy_json json = {0};
  json_t *row = hsy_json_object(&json), *documents = hsy_json_array(&json), *passages = hsy_json_array(&json);
  for (ptrdiff_t i = 0; i < group->document_count; i++)
    hsy_json_add(&json, documents, id_value(&json, group->documents[i], c->arena));
  hsy_json_set(&json, row, "type", hsy_json_z(&json, "copy"));
  hsy_json_set(&json, row, "id", id_value(&json, group->id, c->arena));
  hsy_json_set(&json, row, "documents", documents);
  hsy_json_set(&json, row, "whole", hsy_json_bool(&json, group->whole));
  add_passages(c, &json, passages, group);
  hsy_json_set(&json, row, "passages", passages);
  hsy_json_set(&json, row, "containment", hsy_json_rate(&json, group->containment));
  hsy_json_set(&json, row, "original", id_value(&json, group->original, c->arena));
  hsy_json_set(&json, row, "because", hsy_json_str(&json, group->because));
  return c->fn(c->user, &json, row, c->err) && c->err->code == HSY_OK;
}

/* Groups' lists and documents' texts lie side by side. */
static void give_copies(hsy_store *store, hsy_arena arena, hsy_export_fn fn, void *user, hsy_error *err) {
  hsy_arena texts = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  copying c = {.store = store, .arena = texts, .fn = fn, .user = user, .err = err};
  hsy_store_copies(store, give_copy, &c, arena, err);
}

bool hsy_export_jsonl(hsy_store *store, hsy_export_fn fn, void *user, hsy_error *err) {
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, err);
  if (!heap) return false;
  hsy_db_exec(hsy_store_db(store), "BEGIN", err); /* all that is read is of one moment */
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT key FROM documents ORDER BY id", err);
  while (hsy_query_next(&query))
    if (!give_document(store, hsy_column_int(&query, 0), hsy_heap_reset(heap), fn, user, err)) break;
  hsy_query_end(&query);
  if (err->code == HSY_OK) give_copies(store, hsy_heap_reset(heap), fn, user, err);
  hsy_error ignored = {0};
  hsy_db_exec(hsy_store_db(store), "COMMIT", &ignored);
  hsy_heap_free(heap);
  return err->code == HSY_OK;
}
