#include "store/reviews.h"

#define COLUMNS "key, kind, target, verdict, field, value, was, now, origin, words, reviewer, at, pending"

static hsy_review row_of(const hsy_query *query, hsy_arena *arena) {
  hsy_review row = {.number = hsy_column_int(query, 0), .pending = hsy_column_int(query, 12)};
  hsy_str *texts[] = {&row.kind, &row.target, &row.verdict, &row.field,    &row.value, &row.was,
                      &row.now,  &row.origin, &row.words,   &row.reviewer, &row.at};
  for (int i = 0; i < 11; i++) *texts[i] = hsy_str_copy(arena, hsy_column_str(query, i + 1));
  return row;
}

bool hsy_store_reviews(hsy_store *store, const hsy_review_which *which, hsy_review_vec *rows, hsy_arena *arena,
                       hsy_error *err) {
  hsy_query query =
      hsy_db_query(hsy_store_db(store),
                   "SELECT " COLUMNS " FROM reviews WHERE (?1 = 0 OR key = ?1)"
                   " AND (?2 = '' OR (origin = ?2 AND field <> '')) AND (?3 = '' OR target = ?3 OR now = ?3)"
                   " AND (?4 = 0 OR pending) ORDER BY key",
                   err);
  hsy_bind_int(&query, which->number);
  hsy_bind_text(&query, which->origin);
  hsy_bind_text(&query, which->target);
  hsy_bind_int(&query, which->pending);
  while (hsy_query_next(&query)) *hsy_push(rows, arena) = row_of(&query, arena);
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

/* A verdict takes the place of another by the same person. */
static bool drop_older(hsy_store *store, const hsy_review *review, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "DELETE FROM reviews WHERE kind = ? AND target = ? AND reviewer = ? AND (field = ?"
                                 " OR (verdict <> 'corrected' AND ? <> 'corrected'))",
                                 err);
  hsy_bind_text(&query, review->kind);
  hsy_bind_text(&query, review->target);
  hsy_bind_text(&query, review->reviewer);
  hsy_bind_text(&query, review->field);
  hsy_bind_text(&query, review->verdict);
  return hsy_query_run(&query);
}

bool hsy_store_put_review(hsy_store *store, const hsy_review *review, int64_t *number, hsy_error *err) {
  if (!drop_older(store, review, err)) return false;
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "INSERT INTO reviews(kind, target, verdict, field, value, was, now, origin, words,"
                                 " reviewer, at, pending) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                                 err);
  const hsy_str texts[] = {review->kind, review->target, review->verdict, review->field,    review->value, review->was,
                           review->now,  review->origin, review->words,   review->reviewer, review->at};
  for (int i = 0; i < 11; i++) hsy_bind_text(&query, texts[i]);
  hsy_bind_int(&query, review->pending);
  bool ok = hsy_query_run(&query);
  *number = ok ? sqlite3_last_insert_rowid(hsy_store_db(store)->handle) : 0;
  return ok;
}

bool hsy_store_drop_review(hsy_store *store, int64_t number, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "DELETE FROM reviews WHERE key = ?", err);
  hsy_bind_int(&query, number);
  return hsy_query_run(&query);
}

bool hsy_store_review_done(hsy_store *store, int64_t number, hsy_str now, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "UPDATE reviews SET now = ?, pending = 0 WHERE key = ?", err);
  hsy_bind_text(&query, now);
  hsy_bind_int(&query, number);
  return hsy_query_run(&query);
}
