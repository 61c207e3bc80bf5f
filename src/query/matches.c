#include "query/matches.h"

/* Whether there are more matches than are looked at. */
static bool too_many(hsy_store *store, hsy_str match, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT count(*) FROM (SELECT 1 FROM attributions_words"
                                 " WHERE attributions_words MATCH ? LIMIT ?)",
                                 err);
  hsy_bind_text(&query, match);
  hsy_bind_int(&query, HSY_MATCHES_MOST + 1);
  bool many = hsy_query_next(&query) && hsy_column_int(&query, 0) > HSY_MATCHES_MOST;
  hsy_query_end(&query);
  return many;
}

static int64_t key_at(hsy_store *store, const char *sql, int64_t document, int64_t otherwise, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), sql, err);
  hsy_bind_int(&query, document);
  int64_t key = hsy_query_next(&query) ? hsy_column_int(&query, 0) : otherwise;
  hsy_query_end(&query);
  return key;
}

/* A record is mostly added in the order of its days: between which keys lie the
 * attributions of the documents asked for. */
static void hold_keys(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_clauses among = hsy_clauses_in(clauses->arena);
  hsy_clauses_add(&among, "SELECT min(d.key), max(d.key) FROM documents d WHERE 1");
  if (!hsy_clauses_document(&among, ask, err)) return;
  hsy_query query = hsy_clauses_query(&among, store, err);
  bool some = hsy_query_next(&query) && !hsy_column_null(&query, 0);
  int64_t first = some ? hsy_column_int(&query, 0) : 1, last = some ? hsy_column_int(&query, 1) : 0;
  hsy_query_end(&query);
  int64_t from = key_at(store, "SELECT key FROM attributions WHERE document >= ? ORDER BY document, n LIMIT 1", first,
                        INT64_MAX, err);
  int64_t to = key_at(store, "SELECT key FROM attributions WHERE document <= ? ORDER BY document DESC, n DESC LIMIT 1",
                      last, 0, err);
  hsy_clauses_int(clauses, " AND w.rowid >= ?", from);
  hsy_clauses_int(clauses, " AND w.rowid <= ?", to);
}

void hsy_clauses_matches(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_str match, bool ranked,
                         hsy_error *err) {
  hsy_clauses_add(clauses, "(SELECT w.rowid AS key");
  if (ranked) hsy_clauses_add(clauses, ", w.rank AS rank");
  hsy_clauses_text(clauses, " FROM attributions_words w WHERE attributions_words MATCH ?", match);
  bool of_documents = ask->outlet.len || ask->since.len || ask->until.len;
  if (of_documents && too_many(store, match, err)) hold_keys(clauses, store, ask, err);
  if (ask->speaker.len) {
    hsy_clauses_add(clauses, " AND +w.rowid IN (");
    hsy_clauses_said_by(clauses, store, ask->speaker, err);
    hsy_clauses_add(clauses, ")");
  }
  hsy_clauses_int(clauses, " ORDER BY w.rowid DESC LIMIT ?", HSY_MATCHES_MOST);
  hsy_clauses_add(clauses, ") s");
}

void hsy_clauses_matching_documents(hsy_clauses *clauses, hsy_str match) {
  hsy_clauses_text(
      clauses, "(SELECT w.rowid AS key, w.rank AS rank FROM documents_words w WHERE documents_words MATCH ?", match);
  hsy_clauses_int(clauses, " ORDER BY w.rowid DESC LIMIT ?", HSY_MATCHES_MOST);
  hsy_clauses_add(clauses, ") f");
}
