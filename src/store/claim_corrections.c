#include "store/claim_corrections.h"

static const char *const KINDS[] = {"not-same", "side"}, *const SIDES[] = {"none", "for", "against"};

static int number_of(const char *const *names, int count, hsy_str name) {
  for (int i = 0; i < count; i++)
    if (hsy_str_eq(hsy_str_of(names[i]), name)) return i;
  return 0;
}

bool hsy_store_put_claim_correction(hsy_store *store, const hsy_claim_correction *correction, hsy_error *err) {
  hsy_db *db = hsy_store_db(store);
  hsy_query query = hsy_db_query(db, "INSERT INTO claim_corrections(kind, side) VALUES (?,?)", err);
  hsy_bind_text(&query, hsy_str_of(KINDS[correction->kind]));
  hsy_bind_text(&query, hsy_str_of(SIDES[correction->side]));
  int64_t key = hsy_query_run(&query) ? sqlite3_last_insert_rowid(db->handle) : 0;
  for (int32_t i = 0; i < correction->mark_count; i++) {
    const hsy_claim_mark *mark = &correction->marks[i];
    query = hsy_db_query(
        db,
        "INSERT INTO claim_correction_marks(correction, n, attribution, document, words, side) VALUES (?,?,?,?,?,?)",
        err);
    hsy_bind_int(&query, key);
    hsy_bind_int(&query, i);
    hsy_bind_text(&query, mark->id);
    hsy_bind_text(&query, mark->document);
    hsy_bind_text(&query, mark->words);
    hsy_bind_text(&query, hsy_str_of(SIDES[mark->side]));
    hsy_query_run(&query);
  }
  return err->code == HSY_OK;
}

static hsy_str text(const hsy_query *query, int column, hsy_arena *arena) {
  return hsy_str_copy(arena, hsy_column_str(query, column));
}

static void read_marks(hsy_store *store, int64_t key, hsy_claim_correction *to, hsy_arena *arena, hsy_error *err) {
  HSY_VEC(hsy_claim_mark) marks = {0};
  hsy_query query = hsy_db_query(
      hsy_store_db(store),
      "SELECT attribution, document, words, side FROM claim_correction_marks WHERE correction = ? ORDER BY n", err);
  hsy_bind_int(&query, key);
  while (hsy_query_next(&query)) {
    hsy_claim_mark mark = {text(&query, 0, arena), text(&query, 1, arena), text(&query, 2, arena),
                           (hsy_claim_side)number_of(SIDES, 3, hsy_column_str(&query, 3))};
    *hsy_push(&marks, arena) = mark;
  }
  to->marks = marks.data;
  to->mark_count = (int32_t)marks.len;
}

bool hsy_store_claim_corrections(hsy_store *store, hsy_claim_correction_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query =
      hsy_db_query(hsy_store_db(store), "SELECT key, kind, side FROM claim_corrections ORDER BY key", err);
  while (hsy_query_next(&query)) {
    hsy_claim_correction row = {
        .kind = (hsy_claim_correction_kind)number_of(KINDS, 2, hsy_column_str(&query, 1)),
        .side = (hsy_claim_side)number_of(SIDES, 3, hsy_column_str(&query, 2)),
    };
    read_marks(store, hsy_column_int(&query, 0), &row, arena, err);
    *hsy_push(out, arena) = row;
  }
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

static bool run_counted(hsy_store *store, hsy_query *query, int64_t *count) {
  bool ok = hsy_query_run(query);
  *count = ok ? sqlite3_changes(hsy_store_db(store)->handle) : 0;
  return ok;
}

bool hsy_store_forget_not_same(hsy_store *store, hsy_str one, hsy_str other, int64_t *count, hsy_error *err) {
  hsy_query query = hsy_db_query(
      hsy_store_db(store),
      "DELETE FROM claim_corrections WHERE kind = 'not-same' AND key IN (SELECT a.correction"
      " FROM claim_correction_marks a JOIN claim_correction_marks b ON b.correction = a.correction AND b.n <> a.n"
      " WHERE a.attribution = ? AND b.attribution = ?)",
      err);
  hsy_bind_text(&query, one);
  hsy_bind_text(&query, other);
  return run_counted(store, &query, count);
}

bool hsy_store_forget_side(hsy_store *store, hsy_str attribution, int64_t claim, int64_t *count, hsy_error *err) {
  hsy_query query = hsy_db_query(
      hsy_store_db(store),
      "DELETE FROM claim_corrections WHERE kind = 'side' AND key IN (SELECT correction FROM claim_correction_marks"
      " WHERE n = 0 AND attribution = ?1) AND (?2 = 0 OR key IN (SELECT m.correction FROM claim_correction_marks m"
      " JOIN attributions a ON a.id = m.attribution JOIN sides s ON s.attribution = a.key"
      " WHERE m.n > 0 AND s.claim = ?2))",
      err);
  hsy_bind_text(&query, attribution);
  hsy_bind_int(&query, claim);
  return run_counted(store, &query, count);
}
