#include "ingest/facts.h"

#include <string.h>

#include "base/utf8.h"
#include "record/relink.h"
#include "store/claim_corrections.h"
#include "store/corrections.h"
#include "store/reviews.h"

enum { HEAP_BYTES = 64 << 20 };

/* ---- one fact ---- */

static bool stands(hsy_store *store, const hsy_correction *what, hsy_arena scratch, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT 1 FROM corrections WHERE kind = ? AND a_folded = ? AND b_folded = ?", err);
  hsy_bind_text(&query, hsy_str_of(hsy_correction_kind_name(what->kind)));
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, what->a));
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, what->b));
  bool found = hsy_query_next(&query);
  hsy_query_end(&query);
  return found;
}

static bool put_correction(hsy_store *store, const hsy_correction *what, hsy_arena scratch, hsy_error *err) {
  int64_t number;
  return stands(store, what, scratch, err) ||
         (hsy_store_put_correction(store, what, &number, scratch, err) && hsy_relink_note(store, err));
}

static bool same_claim_correction(const hsy_claim_correction *x, const hsy_claim_correction *y) {
  bool same = x->kind == y->kind && x->side == y->side && x->mark_count == y->mark_count;
  for (int32_t i = 0; same && i < x->mark_count; i++)
    same = hsy_str_eq(x->marks[i].id, y->marks[i].id) && x->marks[i].side == y->marks[i].side;
  return same;
}

static bool put_claim_correction(hsy_store *store, const hsy_claim_correction *what, hsy_arena scratch,
                                 hsy_error *err) {
  hsy_claim_correction_vec standing = {0};
  if (!hsy_store_claim_corrections(store, &standing, &scratch, err)) return false;
  for (ptrdiff_t i = 0; i < standing.len; i++)
    if (same_claim_correction(&standing.data[i], what)) return true;
  return hsy_store_put_claim_correction(store, what, err) && hsy_relink_note(store, err);
}

static bool put_review(hsy_store *store, const hsy_review *review, hsy_arena scratch, hsy_error *err) {
  hsy_review_vec standing = {0};
  int64_t number;
  if (!hsy_store_reviews(store, &(hsy_review_which){.target = review->target}, &standing, &scratch, err)) return false;
  for (ptrdiff_t i = 0; i < standing.len; i++) { /* the later word of the same person stands */
    const hsy_review *other = &standing.data[i];
    bool same = hsy_str_eq(other->kind, review->kind) && hsy_str_eq(other->field, review->field) &&
                hsy_str_eq(other->reviewer, review->reviewer);
    if (same && hsy_str_cmp(other->at, review->at) >= 0) return true;
  }
  hsy_review waiting = *review;
  waiting.pending = review->field.len > 0; /* the article may have been here before: its rows follow */
  return hsy_store_put_review(store, &waiting, &number, err);
}

static bool close_batch(hsy_store *store, bool ok, hsy_error *err) {
  ok = ok && hsy_store_commit(store, err);
  if (!ok) hsy_store_rollback(store);
  return ok;
}

/* ---- rows of an export ---- */

static hsy_str text(const json_t *row, const char *key) {
  const json_t *value = json_object_get(row, key);
  return (hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)};
}

static int number_of(const char *const *names, int count, hsy_str name) {
  for (int i = 0; i < count; i++)
    if (hsy_str_eq(hsy_str_of(names[i]), name)) return i;
  return -1;
}

static bool bad(hsy_error *err, const char *what) {
  return hsy_fail(err, HSY_BAD_INPUT, "import", -1, "a row has no sound \"%s\" (docs/format.md)", what);
}

static bool take_correction(hsy_store *store, const json_t *row, hsy_arena scratch, hsy_error *err) {
  hsy_correction what = {.a = text(row, "a"), .b = text(row, "b")};
  for (int kind = HSY_CORRECT_MERGE; kind <= HSY_CORRECT_ALIAS; kind++) {
    what.kind = (hsy_correction_kind)kind;
    if (hsy_str_eq(text(row, "kind"), hsy_str_of(hsy_correction_kind_name(what.kind))) && what.a.len && what.b.len)
      return put_correction(store, &what, scratch, err);
  }
  return bad(err, "kind");
}

static bool take_claim_correction(hsy_store *store, const json_t *row, hsy_arena scratch, hsy_error *err) {
  static const char *const KINDS[] = {"not-same", "side"}, *const SIDES[] = {"none", "for", "against"};
  int kind = number_of(KINDS, 2, text(row, "kind")), side = number_of(SIDES, 3, text(row, "side"));
  const json_t *list = json_object_get(row, "marks");
  size_t count = json_array_size(list);
  hsy_claim_mark *marks = hsy_new(&scratch, hsy_claim_mark, (ptrdiff_t)count + 1);
  if (kind < 0 || side < 0 || !marks || !count) return bad(err, "marks");
  for (size_t i = 0; i < count; i++) {
    const json_t *mark = json_array_get(list, i);
    int of_mark = number_of(SIDES, 3, text(mark, "side"));
    if (of_mark < 0) return bad(err, "marks");
    marks[i] = (hsy_claim_mark){text(mark, "attribution"), text(mark, "document"), text(mark, "words"),
                                (hsy_claim_side)of_mark};
  }
  hsy_claim_correction what = {.kind = (hsy_claim_correction_kind)kind,
                               .side = (hsy_claim_side)side,
                               .marks = marks,
                               .mark_count = (int32_t)count};
  return put_claim_correction(store, &what, scratch, err);
}

static bool take_review(hsy_store *store, const json_t *row, hsy_arena scratch, hsy_error *err) {
  hsy_review review = {.kind = text(row, "kind"),
                       .target = text(row, "target"),
                       .verdict = text(row, "verdict"),
                       .field = text(row, "field"),
                       .value = text(row, "value"),
                       .was = text(row, "was"),
                       .now = text(row, "now"),
                       .origin = text(row, "origin"),
                       .words = text(row, "words"),
                       .reviewer = text(row, "reviewer"),
                       .at = text(row, "at")};
  if (!review.kind.len || !review.target.len || !review.verdict.len || !review.reviewer.len || !review.at.len)
    return bad(err, "target");
  return put_review(store, &review, scratch, err);
}

bool hsy_facts_take(hsy_store *store, const json_t *row, hsy_error *err) {
  static const struct {
    const char *type;
    bool (*take)(hsy_store *store, const json_t *row, hsy_arena scratch, hsy_error *err);
  } TYPES[] = {{"correction", take_correction}, {"claim_correction", take_claim_correction}, {"review", take_review}};
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, err);
  bool ok = heap && hsy_store_begin(store, err);
  for (size_t i = 0; ok && i < sizeof TYPES / sizeof *TYPES; i++)
    if (hsy_str_eq(text(row, "type"), hsy_str_of(TYPES[i].type)))
      ok = TYPES[i].take(store, row, hsy_heap_reset(heap), err);
  if (heap) ok = close_batch(store, ok, err);
  hsy_heap_free(heap);
  return ok;
}

/* ---- another store ---- */

static bool copy_all(hsy_store *store, hsy_store *from, hsy_arena arena, hsy_error *err) {
  hsy_stored_correction_vec names = {0};
  hsy_claim_correction_vec claims = {0};
  hsy_review_vec reviews = {0};
  if (!hsy_store_corrections(from, &names, &arena, err) || !hsy_store_claim_corrections(from, &claims, &arena, err) ||
      !hsy_store_reviews(from, &(hsy_review_which){0}, &reviews, &arena, err))
    return false;
  for (ptrdiff_t i = 0; i < names.len; i++)
    if (!put_correction(store, &names.data[i].what, arena, err)) return false;
  for (ptrdiff_t i = 0; i < claims.len; i++)
    if (!put_claim_correction(store, &claims.data[i], arena, err)) return false;
  for (ptrdiff_t i = 0; i < reviews.len; i++)
    if (!put_review(store, &reviews.data[i], arena, err)) return false;
  return true;
}

bool hsy_facts_copy(hsy_store *store, hsy_store *from, hsy_arena arena, hsy_error *err) {
  return hsy_store_begin(store, err) && close_batch(store, copy_all(store, from, arena, err), err);
}
