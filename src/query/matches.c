#include "query/matches.h"

#include <math.h>

#include "query/match.h"

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

/* A record is mostly added in the order of its days: not behind the key of the
 * last attribution of the documents asked for. */
static void hold_keys(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_clauses among = hsy_clauses_in(clauses->arena);
  hsy_clauses_add(&among, "SELECT key FROM attributions WHERE document <= (SELECT d.key FROM documents d"
                          " INDEXED BY documents_brief WHERE 1");
  if (!hsy_clauses_document(&among, ask, err)) return;
  hsy_clauses_add(&among, " ORDER BY d.key DESC LIMIT 1) ORDER BY document DESC, n DESC LIMIT 1");
  hsy_query query = hsy_clauses_query(&among, store, err);
  int64_t last = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  hsy_clauses_int(clauses, " AND w.rowid <= ?", last);
}

/* ---- what words weigh ---- */

static const struct index {
  const char *table, *rows, *sample; /* sample: of the rows with a phrase those added last */
} SAID = {"attributions_words", "SELECT sum(n) FROM counts WHERE kind IN ('attributions', 'thoughts')",
          "SELECT count(*), min(rowid), (SELECT max(key) FROM attributions) FROM (SELECT rowid FROM attributions_words"
          " WHERE attributions_words MATCH ? ORDER BY rowid DESC LIMIT ?)"},
  ARTICLES = {"documents_words", "SELECT sum(n) FROM counts WHERE kind = 'documents'",
              "SELECT count(*), min(rowid), (SELECT max(key) FROM documents) FROM (SELECT rowid FROM documents_words"
              " WHERE documents_words MATCH ? ORDER BY rowid DESC LIMIT ?)"};

/* How many rows have the phrase; of many, as many as there would be if all of
 * the record had it as often as its last part. */
static double count_rows(hsy_store *store, const struct index *index, hsy_str phrase, hsy_error *err) {
  enum { COUNTED = 1000 };
  hsy_query query = hsy_db_query(hsy_store_db(store), index->sample, err);
  hsy_bind_text(&query, phrase);
  hsy_bind_int(&query, COUNTED);
  double count = 0, from = 0, to = 0;
  if (hsy_query_next(&query)) {
    count = (double)hsy_column_int(&query, 0);
    from = (double)hsy_column_int(&query, 1);
    to = (double)hsy_column_int(&query, 2);
  }
  hsy_query_end(&query);
  return count < COUNTED || to < from ? count : count * to / (to - from + 1);
}

/* ", weight" of each phrase, as bm25() has it; one alone need not be weighed, and
 * what stands behind many has the least say. */
static void weigh(hsy_clauses *clauses, hsy_store *store, const struct index *index, const hsy_str_vec *phrases,
                  hsy_error *err) {
  enum { MOST_WEIGHED = 64 };
  static const double LEAST = 1e-6;
  if (phrases->len < 2) return;
  double rows = (double)hsy_db_number(hsy_store_db(store), index->rows, err);
  for (ptrdiff_t i = 0; i < phrases->len && i < MOST_WEIGHED; i++) {
    double count = count_rows(store, index, phrases->data[i], err);
    double weight = log((rows - count + 0.5) / (count + 0.5));
    hsy_clauses_real(clauses, ", ?", weight > LEAST ? weight : LEAST);
  }
}

/* ---- matches ---- */

static void select_matches(hsy_clauses *clauses, hsy_store *store, const struct index *index, hsy_str words,
                           bool ranked, hsy_error *err) {
  hsy_str_vec phrases = hsy_match_phrases(words, clauses->arena);
  hsy_clauses_add(clauses, "(SELECT w.rowid AS key");
  if (ranked) {
    hsy_clauses_add(clauses, ", hearsay_rank(");
    hsy_clauses_add(clauses, index->table);
    weigh(clauses, store, index, &phrases, err);
    hsy_clauses_add(clauses, ") AS rank");
  }
  hsy_clauses_add(clauses, " FROM ");
  hsy_clauses_add(clauses, index->table);
  hsy_clauses_add(clauses, " w WHERE ");
  hsy_clauses_add(clauses, index->table);
  hsy_clauses_text(clauses, " MATCH ?", hsy_match_all(words, clauses->arena));
}

void hsy_clauses_matches(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_str words, bool ranked,
                         hsy_error *err) {
  select_matches(clauses, store, &SAID, words, ranked, err);
  if ((ask->outlet.len || ask->until.len) && too_many(store, hsy_match_all(words, clauses->arena), err))
    hold_keys(clauses, store, ask, err);
  if (ask->speaker.len) {
    hsy_clauses_add(clauses, " AND +w.rowid IN (");
    hsy_clauses_said_by(clauses, store, ask->speaker, err);
    hsy_clauses_add(clauses, ")");
  }
  hsy_clauses_int(clauses, " ORDER BY w.rowid DESC LIMIT ?", HSY_MATCHES_MOST);
  hsy_clauses_add(clauses, ") s");
}

void hsy_clauses_matching_documents(hsy_clauses *clauses, hsy_store *store, hsy_str words, hsy_error *err) {
  select_matches(clauses, store, &ARTICLES, words, true, err);
  hsy_clauses_int(clauses, " ORDER BY w.rowid DESC LIMIT ?", HSY_MATCHES_MOST);
  hsy_clauses_add(clauses, ") s");
}
