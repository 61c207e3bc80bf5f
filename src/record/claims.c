#include "record/claims.h"

#include "record/relink.h"

enum { HEAP_BYTES = 64 << 20, MARKS_A_SIDE = 12 };

typedef struct correcting {
  hsy_store *store;
  hsy_heap *heap;
  hsy_arena arena;
  hsy_error *err;
} correcting;

/* ---- what is named ---- */

static bool not_found(correcting *c, hsy_str name, const char *what) {
  return hsy_fail(c->err, HSY_NOT_FOUND, "record", -1, "%.*s: %s", (int)(name.len < 60 ? name.len : 60), name.data,
                  what);
}

/* The mark of an attribution, and its key. */
static bool find(correcting *c, hsy_str name, hsy_claim_mark *mark, int64_t *key) {
  if (hsy_str_starts(name, HSY_S("#"))) name = hsy_str_slice(name, 1, name.len);
  int count = 0;
  hsy_query query = hsy_db_query(hsy_store_db(c->store),
                                 "SELECT a.key, a.id, d.id, replace(a.content, char(10), ' … ')"
                                 " FROM attributions a JOIN documents d ON d.key = a.document"
                                 " JOIN reports r ON r.attribution = a.key"
                                 " WHERE a.id = ?1 OR substr(a.id, instr(a.id, '.') + 1) = ?1 LIMIT 2",
                                 c->err);
  hsy_bind_text(&query, name);
  while (hsy_query_next(&query)) {
    *key = hsy_column_int(&query, 0);
    *mark = (hsy_claim_mark){.id = hsy_str_copy(&c->arena, hsy_column_str(&query, 1)),
                             .document = hsy_str_copy(&c->arena, hsy_column_str(&query, 2)),
                             .words = hsy_str_copy(&c->arena, hsy_column_str(&query, 3))};
    count++;
  }
  if (c->err->code != HSY_OK) return false;
  if (count == 0) return not_found(c, name, "no statement has that id; `hearsay claim` prints them behind #");
  if (count > 1) return not_found(c, name, "several statements have it; give the whole id");
  return hsy_arena_check(c->arena, "record", c->err);
}

/* The one claim that the attribution is in. */
static bool only_claim(correcting *c, hsy_str name, int64_t attribution, int64_t *claim) {
  int count = 0;
  hsy_query query = hsy_db_query(
      hsy_store_db(c->store), "SELECT DISTINCT claim FROM sides WHERE attribution = ? ORDER BY claim LIMIT 2", c->err);
  hsy_bind_int(&query, attribution);
  while (hsy_query_next(&query)) {
    *claim = hsy_column_int(&query, 0);
    count++;
  }
  if (c->err->code != HSY_OK) return false;
  if (count == 0) return not_found(c, name, "is in no claim; name the claim that it belongs to as well");
  return count == 1 || not_found(c, name, "is in several claims; name the one that is meant as well");
}

/* By what the claim is known again: some statements of each side. */
static void add_members(correcting *c, int64_t claim, int64_t attribution, hsy_claim_side side, hsy_claim_mark *marks,
                        int32_t *count) {
  hsy_query query = hsy_db_query(hsy_store_db(c->store),
                                 "SELECT a.id, d.id, replace(a.content, char(10), ' … ') FROM sides s"
                                 " JOIN attributions a ON a.key = s.attribution JOIN documents d ON d.key = a.document"
                                 " LEFT JOIN reports r ON r.attribution = a.key WHERE s.claim = ? AND s.side = ?"
                                 " AND r.statement NOT IN (SELECT statement FROM reports WHERE attribution = ?)"
                                 " ORDER BY s.n LIMIT ?",
                                 c->err);
  hsy_bind_int(&query, claim);
  hsy_bind_text(&query, side == HSY_SIDE_FOR ? HSY_S("for") : HSY_S("against"));
  hsy_bind_int(&query, attribution);
  hsy_bind_int(&query, MARKS_A_SIDE);
  while (hsy_query_next(&query))
    marks[(*count)++] = (hsy_claim_mark){.id = hsy_str_copy(&c->arena, hsy_column_str(&query, 0)),
                                         .document = hsy_str_copy(&c->arena, hsy_column_str(&query, 1)),
                                         .words = hsy_str_copy(&c->arena, hsy_column_str(&query, 2)),
                                         .side = side};
}

/* ---- kept, and followed ---- */

static bool begin(correcting *c, hsy_store *store, hsy_error *err) {
  *c = (correcting){.store = store, .heap = hsy_heap_new(HEAP_BYTES, err), .err = err};
  if (c->heap) c->arena = hsy_heap_reset(c->heap);
  return c->heap && hsy_store_begin(store, err);
}

/* Also where begin failed. */
static bool end(correcting *c, bool ok) {
  ok = ok && hsy_relink_note(c->store, c->err) && hsy_store_commit(c->store, c->err);
  if (!ok) hsy_store_rollback(c->store);
  hsy_heap_free(c->heap);
  return ok && hsy_relink(c->store, c->err);
}

bool hsy_claims_keep_apart(hsy_store *store, hsy_str one, hsy_str other, bool same, hsy_error *err) {
  correcting c;
  hsy_claim_mark marks[2];
  int64_t keys[2] = {0}, count = 0;
  bool ok = begin(&c, store, err) && find(&c, one, &marks[0], &keys[0]) && find(&c, other, &marks[1], &keys[1]);
  if (ok && keys[0] == keys[1]) ok = hsy_fail(err, HSY_USAGE, "record", -1, "these are one statement; two are wanted");
  ok = ok && hsy_store_forget_not_same(store, marks[0].id, marks[1].id, &count, err);
  if (ok && same && count == 0)
    ok = hsy_fail(err, HSY_NOT_FOUND, "record", -1, "nobody said that these two are not about one claim");
  hsy_claim_correction correction = {.kind = HSY_CLAIM_NOT_SAME, .marks = marks, .mark_count = 2};
  ok = ok && (same || hsy_store_put_claim_correction(store, &correction, err));
  return end(&c, ok);
}

bool hsy_claims_set_side(hsy_store *store, int64_t claim, hsy_str attribution, hsy_claim_side side, hsy_error *err) {
  correcting c;
  hsy_claim_mark marks[1 + 2 * MARKS_A_SIDE] = {0};
  int64_t key = 0, count = 0;
  int32_t mark_count = 1;
  bool ok = begin(&c, store, err) && find(&c, attribution, &marks[0], &key) &&
            (claim || only_claim(&c, attribution, key, &claim)) &&
            hsy_store_forget_side(store, marks[0].id, claim, &count, err);
  if (ok) {
    add_members(&c, claim, key, HSY_SIDE_FOR, marks, &mark_count);
    add_members(&c, claim, key, HSY_SIDE_AGAINST, marks, &mark_count);
    hsy_claim_correction correction = {HSY_CLAIM_SIDE, side, marks, mark_count};
    ok = hsy_arena_check(c.arena, "record", err) && hsy_store_put_claim_correction(store, &correction, err);
  }
  return end(&c, ok);
}

bool hsy_claims_forget_side(hsy_store *store, int64_t claim, hsy_str attribution, hsy_error *err) {
  correcting c;
  hsy_claim_mark mark = {0};
  int64_t key = 0, count = 0;
  bool ok = begin(&c, store, err) && find(&c, attribution, &mark, &key) &&
            hsy_store_forget_side(store, mark.id, claim, &count, err);
  if (ok && count == 0) ok = not_found(&c, attribution, "nobody said on which side it stands");
  return end(&c, ok);
}
