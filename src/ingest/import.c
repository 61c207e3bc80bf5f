#include "ingest/import.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "doc/identity.h"
#include "ingest/facts.h"
#include "ingest/review.h"
#include "ingest/rows.h"
#include "record/article.h"

enum { BATCH_ARTICLES = 256, HEAP_BYTES = 1 << 30 };

static bool problem(hsy_importing *i, const char *where) {
  hsy_error what = *i->err;
  if (what.code != HSY_BAD_INPUT && what.code != HSY_LIMIT) return false;
  *i->err = (hsy_error){.offset = -1};
  ++*i->failed;
  if (i->plan->problem) i->plan->problem(i->plan->user, where, &what);
  return true;
}

static bool commit(hsy_importing *i) {
  i->waiting = 0;
  return hsy_restore_commit(&i->restore, i->err);
}

static bool give_receipt(hsy_importing *i, const hsy_doc *doc, hsy_str id, const char *state) {
  hsy_receipt receipt = {
      .id = id, .path = hsy_doc_place(doc, doc->arena), .state = state, .attributions = doc->attributions.len};
  bool on = !i->how->receipt || i->how->receipt(i->plan->user, &receipt);
  return on || hsy_fail(i->err, HSY_STOPPED, "import", -1, "stopped");
}

bool hsy_import_document(hsy_importing *i, hsy_doc *doc) {
  hsy_str id = hsy_doc_id(doc, doc->arena);
  bool there = hsy_store_has(i->store, id, i->err), stands = false;
  if (i->err->code != HSY_OK) return false;
  ptrdiff_t addresses = doc->meta.addresses.len;
  /* One that is there may have addresses that are not. */
  if ((!there || addresses) && !hsy_article_meet(&i->restore.change, doc, id, &stands, i->err)) return false;
  bool moved = stands || doc->meta.addresses.len > addresses;
  if (!there && !stands && !hsy_restore_put(&i->restore, doc, 0, i->err)) return false;
  if (!give_receipt(i, doc, id, there ? "same" : moved ? "address" : "added")) return false;
  return ++i->waiting < BATCH_ARTICLES || commit(i);
}

bool hsy_import_rows(hsy_importing *i, const json_t *document, const json_t *attributions, const char *where) {
  hsy_arena arena = hsy_heap_reset(i->heap);
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  if (!hsy_rows_read(document, attributions, &doc, i->err)) return problem(i, where);
  return hsy_import_document(i, &doc);
}

bool hsy_import_fact(hsy_importing *i, const json_t *row, const char *where) {
  return commit(i) && (hsy_facts_take(i->store, row, i->err) || problem(i, where));
}

/* ---- what a file is ---- */

static bool is_store(const char *path) {
  static const char MAGIC[] = "SQLite format 3";
  char head[sizeof MAGIC] = "";
  FILE *file = fopen(path, "rb");
  size_t len = file ? fread(head, 1, sizeof head, file) : 0;
  if (file) fclose(file);
  return len == sizeof head && !memcmp(head, MAGIC, sizeof head);
}

static bool import_one(hsy_importing *i, const char *path) {
  struct stat what;
  if (!strcmp(path, "-")) return hsy_import_lines(i, path) && commit(i);
  if (stat(path, &what) != 0) {
    hsy_fail(i->err, HSY_BAD_INPUT, "import", -1, "there is no such file");
    return problem(i, path);
  }
  bool ok = S_ISDIR(what.st_mode) ? hsy_import_brat(i, path)
            : is_store(path)      ? hsy_import_store(i, path)
                                  : hsy_import_lines(i, path);
  return ok && commit(i);
}

bool hsy_import(hsy_store *store, const hsy_ingest_plan *plan, const hsy_add *how, const char *const *paths,
                size_t count, uint64_t *failed, hsy_error *err) {
  uint64_t ignored = 0;
  hsy_importing i = {.store = store, .plan = plan, .how = how, .failed = failed ? failed : &ignored, .err = err};
  i.heap = hsy_heap_new(HEAP_BYTES, err);
  bool ok = i.heap && hsy_restore_init(&i.restore, store, err);
  if (ok) hsy_follow_log(&i.restore.change.follow, plan->note, plan->user);
  for (size_t k = 0; ok && k < count; k++) ok = import_one(&i, paths[k]);
  hsy_restore_reset(&i.restore);
  hsy_heap_free(i.heap);
  return ok && hsy_review_settle(store, err);
}
