#include "ingest/add.h"

#include <time.h>

#include "doc/copy.h"
#include "doc/identity.h"
#include "ingest/review.h"
#include "record/article.h"
#include "record/relink.h"
#include "segment/segment.h"
#include "store/index.h"

enum {
  BATCH_ARTICLES = 256, /* one commit costs about as much as a few articles */
  BATCH_TEXT = 8 << 20,
  BATCH_SECONDS = 5,     /* another program may wait to write */
  HEAP_FLOOR = 64 << 20, /* addresses for what is kept of an article */
  HEAP_PER_BYTE = 64,
  LIST_BYTES = 256 << 20
};

typedef struct adding {
  hsy_store *store;
  const hsy_ingest_plan *plan;
  const hsy_add *how;
  hsy_change change;
  hsy_heap *heap; /* the batch's receipts lie in it */
  hsy_arena arena;
  HSY_VEC(hsy_receipt) receipts;
  ptrdiff_t text; /* bytes in the batch */
  time_t began;   /* the batch */
} adding;

/* ---- on a worker's thread ---- */

static bool open_heap(const adding *a, hsy_ingest_job *job, hsy_error *err) {
  if (!job->heap) job->heap = hsy_heap_new(HEAP_FLOOR + HEAP_PER_BYTE * (size_t)a->plan->format.max_text, err);
  if (!job->heap) return false;
  job->arena = hsy_heap_reset(job->heap);
  return true;
}

static bool wanted(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch) {
  const adding *a = user;
  (void)scratch;
  hsy_error none = {.offset = -1};
  if (!open_heap(a, job, &none)) return true; /* keep says so */
  job->id = hsy_doc_id(doc, &job->arena);
  job->known = !a->how->replace && hsy_store_has(a->store, job->id, &none);
  return !job->known;
}

/* Read off the tagged document, which knows its quotations; borrows from the
 * copy, which outlives it. */
static void describe(hsy_ingest_job *job, const hsy_doc *doc) {
  const hsy_meta *meta = &job->doc.meta;
  job->reuse = hsy_reuse_describe(doc, hsy_store_key_of(job->id), &job->arena);
  job->reuse.text = job->doc.text;
  job->reuse.outlet = meta->outlet;
  job->reuse.published = meta->published;
  job->reuse.agency = meta->agency;
}

static bool keep(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  (void)scratch;
  if (!open_heap(user, job, err)) return false;
  hsy_doc_copy(doc, &job->doc, &job->arena);
  job->id = hsy_doc_id(doc, &job->arena);
  describe(job, doc);
  return hsy_arena_check(job->arena, "ingest", err);
}

/* ---- on the caller's thread ---- */

static void forget_batch(adding *a) {
  a->arena = hsy_heap_reset(a->heap);
  a->receipts.data = NULL;
  a->receipts.len = a->receipts.cap = 0;
  a->text = 0;
  a->began = time(NULL);
}

/* Commits, and only then says what was added. */
static bool finish_batch(adding *a, hsy_error *err) {
  if (!hsy_change_commit(&a->change, err)) return false;
  bool on = true;
  for (ptrdiff_t i = 0; on && a->how->receipt && i < a->receipts.len; i++)
    on = a->how->receipt(a->plan->user, &a->receipts.data[i]);
  forget_batch(a);
  return on || hsy_fail(err, HSY_STOPPED, "ingest", -1, "stopped");
}

/* A headline, labels and furniture are no text. */
static bool has_text(const hsy_doc *doc) {
  for (ptrdiff_t i = 0; i < doc->blocks.len; i++)
    if (doc->blocks.data[i].kind == HSY_BLOCK_PARAGRAPH) return true;
  return doc->blocks.len == 0;
}

static void note_lacks(adding *a, const hsy_doc *doc, hsy_receipt *receipt) {
  receipt->language = hsy_str_copy(&a->arena, doc->meta.language);
  receipt->read = hsy_segment_reads(doc->meta.language);
  receipt->no_day = doc->meta.published.len == 0;
  receipt->no_outlet = doc->meta.outlet.len == 0;
  receipt->no_text = !has_text(doc);
}

/* Of an article that is there: under this address, or now under it, too. */
static bool is_there(adding *a, const char *state, hsy_receipt *receipt, hsy_error *err) {
  hsy_query query = hsy_db_query(
      hsy_store_db(a->store),
      "SELECT d.id, (SELECT count(*) FROM attributions WHERE document = d.key) FROM documents d WHERE d.key ="
      " (SELECT key FROM documents WHERE id = ?1 UNION ALL"
      " SELECT document FROM addresses WHERE id = ?1 LIMIT 1)",
      err);
  hsy_bind_text(&query, receipt->id);
  receipt->state = state;
  if (hsy_query_next(&query)) {
    receipt->id = hsy_str_copy(&a->arena, hsy_column_str(&query, 0));
    receipt->attributions = hsy_column_int(&query, 1);
  }
  hsy_query_end(&query);
  return err->code == HSY_OK;
}

static bool put_article(adding *a, hsy_ingest_job *job, hsy_receipt *receipt, hsy_error *err) {
  /* Looked for again once nobody else writes: another program may be adding the same. */
  bool fresh = !job->known && hsy_change_open(&a->change, err);
  bool known = !fresh || hsy_store_has(a->store, job->id, err), replaced = false, stands;
  if (err->code != HSY_OK) return false;
  if (!fresh || (!a->how->replace && known)) return is_there(a, "same", receipt, err);
  if (a->how->replace && !hsy_article_drop_versions(&a->change, &job->doc, job->id, &replaced, err)) return false;
  ptrdiff_t addresses = job->doc.meta.addresses.len;
  if (!hsy_article_meet(&a->change, &job->doc, job->id, &stands, err)) return false;
  if (stands) return is_there(a, known ? "same" : "address", receipt, err);
  bool moved = job->doc.meta.addresses.len > addresses;
  receipt->state = replaced ? "replaced" : moved ? "address" : "added";
  receipt->attributions = job->doc.attributions.len;
  if (!hsy_change_open(&a->change, err) || !hsy_review_apply(a->store, &job->doc, a->arena, err)) return false;
  note_lacks(a, &job->doc, receipt);
  a->text += job->doc.text.len;
  return hsy_change_put(&a->change, &job->doc, job->id, &job->reuse, err);
}

static hsy_str place_of(const hsy_record *record, hsy_arena *arena) {
  const char *path = record->path ? record->path : "";
  if (!record->item) return hsy_str_copy(arena, hsy_str_of(path));
  return hsy_str_printf(arena, "%s#%s", path, record->item);
}

static bool emit(void *user, hsy_ingest_job *job, hsy_error *err) {
  adding *a = user;
  hsy_receipt receipt = {.id = hsy_str_copy(&a->arena, job->id), .path = place_of(&job->record, &a->arena)};
  if (!put_article(a, job, &receipt, err)) return false;
  *hsy_push(&a->receipts, &a->arena) = receipt;
  if (!hsy_arena_check(a->arena, "ingest", err)) return false;
  bool full = a->receipts.len >= BATCH_ARTICLES || a->text >= BATCH_TEXT || time(NULL) - a->began >= BATCH_SECONDS;
  return !full || finish_batch(a, err);
}

static void problem(void *user, const char *where, const hsy_error *what) {
  const adding *a = user;
  if (a->plan->problem) a->plan->problem(a->plan->user, where, what);
}

static void progress(void *user, uint64_t articles, uint64_t bytes, uint64_t total_bytes) {
  const adding *a = user;
  a->plan->progress(a->plan->user, articles, bytes, total_bytes);
}

static bool run_batches(adding *a, const char *const *paths, size_t count, uint64_t *failed, hsy_error *err) {
  hsy_ingest_plan plan = *a->plan;
  plan.tag = true;
  plan.wanted = wanted;
  plan.shape = keep;
  plan.emit = emit;
  plan.problem = problem;
  plan.progress = a->plan->progress ? progress : NULL;
  plan.user = a;
  return hsy_ingest_run(&plan, paths, count, failed, err) && finish_batch(a, err) && hsy_relink(a->store, err);
}

bool hsy_ingest_add(hsy_store *store, const hsy_ingest_plan *plan, const hsy_add *how, const char *const *paths,
                    size_t count, uint64_t *failed, hsy_error *err) {
  adding a = {.store = store, .plan = plan, .how = how, .heap = hsy_heap_new(LIST_BYTES, err)};
  if (!a.heap || !hsy_change_init(&a.change, store, err)) {
    hsy_heap_free(a.heap);
    return false;
  }
  hsy_follow_log(&a.change.follow, plan->note, plan->user);
  forget_batch(&a);
  bool ok = run_batches(&a, paths, count, failed, err);
  hsy_change_reset(&a.change);
  hsy_heap_free(a.heap);
  return ok;
}

/* ---- and out again ---- */

static bool find_all(hsy_store *store, const char *const *names, size_t count, hsy_key_vec *all, hsy_arena *arena,
                     hsy_error *err) {
  for (size_t i = 0; i < count; i++) {
    hsy_key_vec keys = {0};
    hsy_store_find(store, hsy_str_of(names[i]), &keys, arena, err);
    if (err->code == HSY_OK && keys.len == 0)
      hsy_fail(err, HSY_NOT_FOUND, "ingest", -1, "%.200s: there is no such document", names[i]);
    if (err->code != HSY_OK) return false;
    for (ptrdiff_t k = 0; k < keys.len; k++) *hsy_push(all, arena) = keys.data[k];
  }
  return hsy_arena_check(*arena, "ingest", err);
}

/* A document may be meant by two names: the second finds it gone. */
static bool drop_all(hsy_change *change, const hsy_key_vec *keys, uint64_t *removed, hsy_error *err) {
  sqlite3 *handle = hsy_store_db(change->store)->handle;
  for (ptrdiff_t i = 0; i < keys->len; i++) {
    if (!hsy_change_drop(change, keys->data[i], err)) return false;
    *removed += sqlite3_changes(handle) > 0;
  }
  return hsy_change_commit(change, err) && hsy_relink(change->store, err);
}

bool hsy_ingest_remove(hsy_store *store, const char *const *names, size_t count, uint64_t *removed, hsy_error *err) {
  hsy_change change;
  hsy_heap *heap = hsy_heap_new(LIST_BYTES, err);
  if (!heap || !hsy_change_init(&change, store, err)) {
    hsy_heap_free(heap);
    return false;
  }
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_key_vec keys = {0};
  *removed = 0;
  bool ok = find_all(store, names, count, &keys, &arena, err) && drop_all(&change, &keys, removed, err);
  if (!ok) *removed = 0;
  hsy_change_reset(&change);
  hsy_heap_free(heap);
  return ok;
}
