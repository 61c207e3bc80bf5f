#include <string.h>

#include "api/give.h"
#include "api/runs.h"
#include "ingest/add.h"
#include "ingest/import.h"

HEARSAY_API hearsay_store *hearsay_store_open(const char *path, bool create, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_store *store = hsy_store_open(path, create, &inner);
  hsy_give_error(&inner, err);
  return (hearsay_store *)store;
}

HEARSAY_API void hearsay_store_close(hearsay_store *store) { hsy_store_close((hsy_store *)store); }

/* What the article lacks, or that its language is not read. */
static json_t *lacks(hsy_json *json, const hsy_receipt *receipt) {
  const struct {
    bool is;
    const char *name;
  } LACKS[] = {{receipt->no_day, "date"}, {receipt->no_outlet, "outlet"}, {receipt->no_text, "text"}};
  json_t *list = hsy_json_array(json);
  for (size_t i = 0; i < sizeof LACKS / sizeof *LACKS; i++)
    if (LACKS[i].is) hsy_json_add(json, list, hsy_json_z(json, LACKS[i].name));
  return list;
}

static bool give_receipt(void *user, const hsy_receipt *receipt) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  hsy_json json = {0};
  hsy_error ignored = {0};
  json_t *row = hsy_json_object(&json);
  hsy_json_set(&json, row, "id", hsy_json_str(&json, receipt->id));
  hsy_json_set(&json, row, "path", hsy_json_str(&json, receipt->path));
  hsy_json_set(&json, row, "state", hsy_json_z(&json, receipt->state));
  hsy_json_set(&json, row, "attributions", hsy_json_int(&json, receipt->attributions));
  if (receipt->language.len) {
    hsy_json_set(&json, row, "language", hsy_json_str(&json, receipt->language));
    hsy_json_set(&json, row, "read", json_boolean(receipt->read));
    hsy_json_set(&json, row, "without", lacks(&json, receipt));
  }
  return hsy_give_row(&json, row, run->on_row, run->user, &ignored);
}

HEARSAY_API bool hearsay_add(hearsay_store *store, const hearsay_engine *engine, const char *const *paths, size_t count,
                             const hearsay_run *run, uint64_t *failed, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_runs runs = {.run = run};
  hsy_ingest_plan plan;
  hsy_add how = {.replace = run->replace, .receipt = give_receipt};
  if (failed) *failed = 0;
  if (hsy_runs_plan(&plan, engine, &runs, &inner))
    hsy_ingest_add((hsy_store *)store, &plan, &how, paths, count, failed, &inner);
  hsy_runs_reset(&runs);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_import(hearsay_store *store, const char *const *paths, size_t count, const hearsay_run *run,
                                uint64_t *failed, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_runs runs = {.run = run};
  hsy_ingest_plan plan;
  hsy_add how = {.receipt = run->on_row ? give_receipt : NULL};
  if (failed) *failed = 0;
  if (hsy_runs_plan(&plan, NULL, &runs, &inner)) {
    plan.user = &runs;
    hsy_import((hsy_store *)store, &plan, &how, paths, count, failed, &inner);
  }
  hsy_runs_reset(&runs);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_remove(hearsay_store *store, const char *const *names, size_t count, uint64_t *removed,
                                hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  uint64_t gone = 0;
  hsy_ingest_remove((hsy_store *)store, names, count, &gone, &inner);
  if (removed) *removed = gone;
  return hsy_give_error(&inner, err);
}
