#include "export/files.h"

#include <stdlib.h>
#include <string.h>

enum { HEAP_BYTES = 1 << 30 }; /* addresses */

static const struct format {
  const char *name;
  hsy_format_fn give;
  bool several;
} FORMATS[] = {
    {"csv", hsy_files_csv, true},        {"xlsx", hsy_files_xlsx, false},
    {"jsonld", hsy_files_jsonld, false}, {"webannotation", hsy_files_webannotation, false},
    {"brat", hsy_files_brat, true},      {"conll", hsy_files_conll, false},
    {"citron", hsy_files_citron, true},
};

hsy_format_fn hsy_files_format(const char *name, bool *several) {
  for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
    if (strcmp(FORMATS[i].name, name) != 0) continue;
    *several = FORMATS[i].several;
    return FORMATS[i].give;
  }
  return NULL;
}

const char *hsy_files_formats(void) { return "jsonl, csv, xlsx, jsonld, webannotation, brat, conll, citron"; }

bool hsy_files_put(const hsy_files *files, const char *name, hsy_str piece) {
  if (files->err->code != HSY_OK) return false;
  return files->fn(files->user, name, piece, files->err) || hsy_fail(files->err, HSY_STOPPED, "export", -1, "stopped");
}

bool hsy_files_put_json(const hsy_files *files, const char *name, hsy_json *json, json_t *value, const char *behind) {
  size_t len;
  char *text = hsy_json_finish(json, value, &len, files->err);
  if (!text) return false;
  bool ok =
      hsy_files_put(files, name, (hsy_str){text, (ptrdiff_t)len}) && hsy_files_put(files, name, hsy_str_of(behind));
  free(text);
  return ok;
}

static bool give_article(const hsy_files *files, int64_t key, hsy_arena arena, hsy_article_fn fn, void *user) {
  hsy_doc doc;
  hsy_view view;
  hsy_arena scratch = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  hsy_doc_init(&doc, &arena);
  return hsy_store_load(files->store, key, HSY_LOAD_ALL, &doc, files->err) &&
         hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, files->err) && fn(files, user, &view, scratch) &&
         hsy_arena_check(scratch, "export", files->err);
}

bool hsy_files_articles(const hsy_files *files, hsy_article_fn fn, void *user) {
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, files->err);
  if (!heap) return false;
  hsy_db *db = hsy_store_db(files->store);
  hsy_db_exec(db, "BEGIN", files->err);
  hsy_query query = hsy_db_query(db, "SELECT key FROM documents ORDER BY id", files->err);
  while (hsy_query_next(&query))
    if (!give_article(files, hsy_column_int(&query, 0), hsy_heap_reset(heap), fn, user)) break;
  hsy_query_end(&query);
  hsy_error ignored = {0};
  hsy_db_exec(db, "COMMIT", &ignored);
  hsy_heap_free(heap);
  return files->err->code == HSY_OK;
}
