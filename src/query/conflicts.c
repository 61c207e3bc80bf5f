#include "query/query.h"

#include "base/utf8.h"
#include "query/disputes.h"
#include "query/match.h"

/* ---- conflicts ---- */

/* Columns: claim's id, about, number, one, other, relation, confidence. */
static bool give_conflict(hsy_dispute *d, const hsy_query *row, hsy_arena arena) {
  hsy_field_vec fields = {0};
  hsy_str claim = hsy_str_copy(&arena, hsy_column_str(row, 0));
  int64_t n = hsy_column_int(row, 2);
  hsy_field_text(&fields, "type", HSY_S("conflict"), &arena);
  hsy_field_text(&fields, "id", hsy_str_printf(&arena, "%.*s.%lld", HSY_FMT(claim), (long long)n + 1), &arena);
  hsy_field_text(&fields, "claim", claim, &arena);
  hsy_field_text(&fields, "about", hsy_column_str(row, 1), &arena);
  hsy_field_text(&fields, "relation", hsy_column_str(row, 5), &arena);
  hsy_field_rate(&fields, "confidence", hsy_column_real(row, 6), &arena);
  hsy_field_part(&fields, "attributions", false, &arena);
  hsy_field_text(&fields, "cursor", hsy_sure_cursor(hsy_column_real(row, 6), claim, n, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) &&
         hsy_dispute_put(d, "attributions", hsy_column_int(row, 3), NULL, arena) &&
         hsy_dispute_put(d, "attributions", hsy_column_int(row, 4), NULL, arena) && hsy_dispute_close(d, arena);
}

bool hsy_query_conflicts(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                         hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT c.id, c.about, f.n, f.one, f.other, f.relation, f.confidence FROM conflicts f"
                            " JOIN claims c ON c.key = f.claim WHERE 1");
  if (ask->claim.len && !hsy_clauses_claim(&clauses, &d, ask->claim)) return false;
  if (ask->min_confidence > 0) hsy_clauses_real(&clauses, " AND f.confidence >= ?", ask->min_confidence);
  hsy_clauses_about(&clauses, ask->words);
  if (!hsy_clauses_among(&clauses, &d, "a.key IN (f.one, f.other)") ||
      !hsy_clauses_behind_sure(&clauses, &cursor, "f.confidence", "c.id", "f.n", err))
    return false;
  hsy_clauses_add(&clauses, " ORDER BY -f.confidence, c.id, f.n");
  hsy_clauses_limit(&clauses, ask);
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query) && give_conflict(&d, &query, arena)) continue;
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}

/* ---- shifts ---- */

/* Columns: id, claim's id, about, speaker, its id, before, after, why, confidence. */
static bool give_shift(hsy_dispute *d, const hsy_query *row, hsy_arena arena) {
  hsy_field_vec fields = {0};
  hsy_str id = hsy_str_copy(&arena, hsy_column_str(row, 0));
  hsy_field_text(&fields, "type", HSY_S("shift"), &arena);
  hsy_field_text(&fields, "id", id, &arena);
  hsy_field_text(&fields, "speaker", hsy_column_str(row, 3), &arena);
  hsy_field_text(&fields, "entity", hsy_column_str(row, 4), &arena);
  hsy_field_text(&fields, "claim", hsy_column_str(row, 1), &arena);
  hsy_field_text(&fields, "about", hsy_column_str(row, 2), &arena);
  hsy_field_text(&fields, "why", hsy_column_str(row, 7), &arena);
  hsy_field_rate(&fields, "confidence", hsy_column_real(row, 8), &arena);
  hsy_field_part(&fields, "before", true, &arena);
  hsy_field_part(&fields, "after", true, &arena);
  hsy_field_text(&fields, "cursor", hsy_sure_cursor(hsy_column_real(row, 8), id, 0, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) && hsy_dispute_put(d, "before", hsy_column_int(row, 5), NULL, arena) &&
         hsy_dispute_put(d, "after", hsy_column_int(row, 6), NULL, arena) && hsy_dispute_close(d, arena);
}

/* The speaker of the shift is called so, or who spoke on one of its sides. */
static void called(hsy_clauses *clauses, hsy_dispute *d, hsy_str name) {
  hsy_str folded = hsy_utf8_fold(clauses->arena, hsy_str_trim(name));
  hsy_clauses_text(clauses,
                   " AND (h.speaker IN (SELECT l.entity FROM names m JOIN local_entities l ON l.document = m.document"
                   " AND l.n = m.entity WHERE m.role <> 'title' AND m.folded = ?)",
                   folded);
  hsy_clauses_add(clauses, " OR EXISTS (SELECT 1 FROM attributions a WHERE a.key IN (h.before, h.after)");
  hsy_clauses_called(clauses, d->store, name, d->err);
  hsy_clauses_add(clauses, "))");
}

bool hsy_query_shifts(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_ask rest = *ask;
  rest.speaker = (hsy_str){0}; /* is asked of the shift, not of one of its sides */
  hsy_dispute d = hsy_dispute_begin(store, &rest, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT h.id, c.id, c.about, e.name, e.id, h.before, h.after, h.why, h.confidence"
                            " FROM shifts h JOIN claims c ON c.key = h.claim"
                            " LEFT JOIN entities e ON e.key = h.speaker WHERE 1");
  if (ask->claim.len && !hsy_clauses_claim(&clauses, &d, ask->claim)) return false;
  if (ask->min_confidence > 0) hsy_clauses_real(&clauses, " AND h.confidence >= ?", ask->min_confidence);
  if (ask->words.len) called(&clauses, &d, ask->words);
  if (ask->speaker.len) called(&clauses, &d, ask->speaker);
  if (!hsy_clauses_among(&clauses, &d, "a.key IN (h.before, h.after)") ||
      !hsy_clauses_behind_sure(&clauses, &cursor, "h.confidence", "h.id", "0", err))
    return false;
  hsy_clauses_add(&clauses, " ORDER BY -h.confidence, h.id");
  hsy_clauses_limit(&clauses, ask);
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query) && give_shift(&d, &query, arena)) continue;
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}

/* ---- timeline ---- */

/* Columns: id, said_on, day, attribution, reports, independent. */
static bool give_statement(hsy_dispute *d, const hsy_query *row, hsy_arena arena) {
  hsy_field_vec fields = {0};
  hsy_str id = hsy_str_copy(&arena, hsy_column_str(row, 0)), day = hsy_str_copy(&arena, hsy_column_str(row, 2));
  bool known = !hsy_str_eq(day, HSY_S("~"));
  hsy_field_text(&fields, "type", HSY_S("statement"), &arena);
  hsy_field_text(&fields, "id", id, &arena);
  hsy_field_text(&fields, "day", known ? day : (hsy_str){0}, &arena);
  hsy_field_text(&fields, "said_on", hsy_column_str(row, 1), &arena);
  hsy_field_count(&fields, "reports", hsy_column_int(row, 4), &arena);
  hsy_field_count(&fields, "independent_reports", hsy_column_int(row, 5), &arena);
  hsy_field_part(&fields, "attribution", true, &arena);
  hsy_field_text(&fields, "cursor", hsy_cursor_write(day, id, 0, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) &&
         hsy_dispute_put(d, "attribution", hsy_column_int(row, 3), NULL, arena) && hsy_dispute_close(d, arena);
}

/* Of the reports that fit, the first stands for the statement: of bare columns
 * SQLite takes those of the row with the min(). */
static void collect(hsy_clauses *clauses, hsy_dispute *d, hsy_str match) {
  hsy_clauses_add(clauses, "SELECT * FROM (SELECT t.id AS id, t.said_on AS said,"
                           " coalesce(t.said_on, substr(d.day, 1, 10)) AS at, a.key AS attribution,"
                           " (SELECT count(*) FROM reports o WHERE o.statement = t.key) AS reports,"
                           " t.independent AS independent, min(r.n) AS least FROM ");
  if (match.len) hsy_clauses_add(clauses, "attributions_words w JOIN attributions a ON a.key = w.rowid");
  if (!match.len) hsy_clauses_add(clauses, "attributions a");
  hsy_clauses_add(clauses, " JOIN documents d ON d.key = a.document JOIN reports r ON r.attribution = a.key"
                           " JOIN statements t ON t.key = r.statement WHERE 1");
  if (match.len) hsy_clauses_text(clauses, " AND attributions_words MATCH ?", match);
  hsy_clauses_attribution(clauses, d->ask);
  if (d->ask->speaker.len) hsy_clauses_called(clauses, d->store, d->ask->speaker, d->err);
  hsy_clauses_document(clauses, d->ask, d->err);
  hsy_clauses_add(clauses, " GROUP BY t.key) WHERE 1");
}

bool hsy_query_timeline(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_str match = hsy_match_all(ask->words, &arena);
  if (ask->words.len && !match.len) return hsy_arena_check(arena, "query", err);
  collect(&clauses, &d, match);
  if (cursor.set) {
    hsy_clauses_text(&clauses, " AND (at, id) > (?", cursor.day);
    hsy_clauses_text(&clauses, ", ?)", cursor.id);
  }
  hsy_clauses_add(&clauses, " ORDER BY at, id");
  hsy_clauses_limit(&clauses, ask);
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query)) {
    bool on = give_statement(&d, &query, arena);
    if (!on) break;
  }
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}
