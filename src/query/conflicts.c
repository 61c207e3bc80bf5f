#include "query/query.h"

#include "base/utf8.h"
#include "query/disputes.h"
#include "query/match.h"
#include "query/matches.h"

/* ---- conflicts ---- */

/* The later day of the articles; unknown ones tell nothing. */
#define DAY_OF(two)                                                                                                    \
  "(SELECT max(d.day) FROM attributions a JOIN documents d ON d.key = a.document WHERE a.key IN (" two ")"             \
  " AND d.day <> '~')"

/* Columns: claim's id, about, number, one, other, relation, confidence. */
static const hsy_order CONFLICT_ORDERS[] = {{"confidence", "f.confidence", true},
                                            {"relation", "f.relation", false},
                                            {"about", "c.about COLLATE NOCASE", false},
                                            {"day", DAY_OF("f.one, f.other"), true},
                                            {NULL, NULL, false}};
static const char *const CONFLICT_USUAL[] = {"-f.confidence", "f.claim_id", "f.n", NULL};

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
  hsy_str cursor = hsy_sure_cursor(hsy_column_real(row, 6), claim, n, &arena);
  hsy_field_text(&fields, "cursor", hsy_ask_cursor(d->ask, &d->passed, cursor, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) &&
         hsy_dispute_put(d, "attributions", hsy_column_int(row, 3), NULL, arena) &&
         hsy_dispute_put(d, "attributions", hsy_column_int(row, 4), NULL, arena) && hsy_dispute_close(d, arena);
}

static const hsy_among BETWEEN = {.rows = "conflicts f",
                                  .columns = "x.claim AS claim, x.n AS n",
                                  .on = "f.claim = g.claim AND f.n = g.n",
                                  .tables = {"conflicts x ON x.one = a.key", "conflicts x ON x.other = a.key"},
                                  .correlated = "a.key IN (f.one, f.other)"};

bool hsy_query_conflicts(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                         hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT c.id, c.about, f.n, f.one, f.other, f.relation, f.confidence");
  if (!hsy_clauses_rows(&clauses, &d, &BETWEEN)) return false;
  hsy_clauses_add(&clauses, " CROSS JOIN claims c ON c.key = f.claim WHERE 1");
  if (ask->claim.len && !hsy_clauses_claim(&clauses, &d, ask->claim)) return false;
  if (ask->min_confidence > 0) hsy_clauses_real(&clauses, " AND f.confidence >= ?", ask->min_confidence);
  hsy_clauses_about(&clauses, &d, ask->words);
  if (!hsy_clauses_among(&clauses, &d, &BETWEEN) ||
      (!hsy_ask_ordered(ask) && !hsy_clauses_behind_sure(&clauses, &cursor, "f.confidence", "f.claim_id", "f.n", err)))
    return false;
  hsy_clauses_each_speaker(&clauses, &d, "(f.one IN (?) OR f.other IN (?))");
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return hsy_dispute_end(&d);
  d.passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, CONFLICT_ORDERS, CONFLICT_USUAL, d.passed, err)) return false;
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
  hsy_str cursor = hsy_sure_cursor(hsy_column_real(row, 8), id, 0, &arena);
  hsy_field_text(&fields, "cursor", hsy_ask_cursor(d->ask, &d->passed, cursor, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) && hsy_dispute_put(d, "before", hsy_column_int(row, 5), NULL, arena) &&
         hsy_dispute_put(d, "after", hsy_column_int(row, 6), NULL, arena) && hsy_dispute_close(d, arena);
}

/* The speaker of the shift is called so, or who spoke on one of its sides. */
static void called(hsy_clauses *clauses, hsy_dispute *d, hsy_str name) {
  hsy_str folded = hsy_utf8_fold(clauses->arena, hsy_str_trim(name));
  hsy_clauses_text(clauses,
                   " AND h.key IN (SELECT x.key FROM shifts x WHERE x.speaker IN"
                   " (SELECT n.bearer FROM names n WHERE n.role <> 'title' AND n.folded = ?)",
                   folded);
  hsy_clauses_add(clauses, " UNION SELECT x.key FROM (");
  hsy_clauses_said_by(clauses, d->store, name, d->err);
  hsy_clauses_add(clauses, ") s CROSS JOIN shifts x ON x.before = s.key UNION SELECT x.key FROM (");
  hsy_clauses_said_by(clauses, d->store, name, d->err);
  hsy_clauses_add(clauses, ") s CROSS JOIN shifts x ON x.after = s.key)");
}

static const hsy_among SIDES = {.rows = "shifts h",
                                .columns = "x.key AS key",
                                .on = "h.key = g.key",
                                .tables = {"shifts x ON x.before = a.key", "shifts x ON x.after = a.key"},
                                .correlated = "a.key IN (h.before, h.after)"};

static const hsy_order SHIFT_ORDERS[] = {{"confidence", "h.confidence", true},
                                         {"speaker", "e.name COLLATE NOCASE", false},
                                         {"about", "c.about COLLATE NOCASE", false},
                                         {"day", DAY_OF("h.after"), true},
                                         {NULL, NULL, false}};
static const char *const SHIFT_USUAL[] = {"-h.confidence", "h.id", NULL};

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
                            " LEFT JOIN entities e ON e.key = h.speaker WHERE h.id NOT IN"
                            " (SELECT target FROM reviews WHERE kind = 'shift' AND verdict = 'wrong')");
  if (ask->claim.len && !hsy_clauses_claim(&clauses, &d, ask->claim)) return false;
  if (ask->min_confidence > 0) hsy_clauses_real(&clauses, " AND h.confidence >= ?", ask->min_confidence);
  if (ask->words.len) called(&clauses, &d, ask->words);
  if (ask->speaker.len) called(&clauses, &d, ask->speaker);
  if (!hsy_clauses_among(&clauses, &d, &SIDES) ||
      (!hsy_ask_ordered(ask) && !hsy_clauses_behind_sure(&clauses, &cursor, "h.confidence", "h.id", "0", err)))
    return false;
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return hsy_dispute_end(&d);
  d.passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, SHIFT_ORDERS, SHIFT_USUAL, d.passed, err)) return false;
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
  hsy_str cursor = hsy_ask_cursor(d->ask, &d->passed, hsy_cursor_write(day, id, 0, &arena), &arena);
  hsy_field_text(&fields, "cursor", cursor, &arena);
  return hsy_dispute_open(d, &fields, arena) &&
         hsy_dispute_put(d, "attribution", hsy_column_int(row, 3), NULL, arena) && hsy_dispute_close(d, arena);
}

#define TIME "coalesce(t.said_on, substr(d.day, 1, 10))"
#define REPORTED " CROSS JOIN reports r ON r.attribution = a.key CROSS JOIN statements t ON t.key = r.statement WHERE 1"

static bool filter(hsy_clauses *clauses, hsy_dispute *d) {
  hsy_clauses_attribution(clauses, d->ask);
  return hsy_clauses_document(clauses, d->ask, d->err);
}

/* Of what has the words, or of the few that fit the filter. Of the reports that fit,
 * the first stands for the statement: of bare columns SQLite takes those of the
 * row with the min(). Reports are no thoughts. */
static bool collect_named(hsy_clauses *clauses, hsy_dispute *d, bool words, bool *named) {
  const hsy_ask *ask = d->ask;
  hsy_clauses from = hsy_clauses_in(clauses->arena);
  *named = words || hsy_clauses_narrow(&from, d->store, ask, d->err);
  if (!*named) return true;
  if (words) hsy_clauses_matches(&from, d->store, ask, ask->words, false, d->err);
  hsy_clauses_add(clauses, "SELECT t.key AS statement, t.id AS id, t.said_on AS said, coalesce(t.said_on, substr("
                           "CASE WHEN g.least = 0 THEN t.day ELSE (SELECT d.day FROM attributions a INDEXED BY"
                           " attributions_brief CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document"
                           " WHERE a.key = g.attribution) END, 1, 10)) AS at, g.attribution AS attribution,"
                           " t.independent AS independent FROM"
                           " (SELECT r.statement AS statement, s.key AS attribution, min(r.n) AS least FROM ");
  hsy_clauses_append(clauses, &from);
  bool filtered = hsy_ask_of_attributions(ask) || ask->outlet.len || ask->since.len || ask->until.len;
  if (filtered) hsy_clauses_brief(clauses);
  hsy_clauses_add(clauses, " CROSS JOIN reports r ON r.attribution = s.key WHERE 1");
  bool ok = !filtered || filter(clauses, d);
  hsy_clauses_add(clauses, " GROUP BY r.statement) g CROSS JOIN statements t ON t.key = g.statement");
  return ok;
}

/* " AND …" that no report of the statement fits that stands before this one. */
static bool none_before(hsy_clauses *clauses, hsy_dispute *d) {
  hsy_clauses_add(clauses, " AND NOT EXISTS (SELECT 1 FROM reports o CROSS JOIN attributions a INDEXED BY"
                           " attributions_brief ON a.key = o.attribution CROSS JOIN documents d INDEXED BY"
                           " documents_brief ON d.key = a.document WHERE o.statement = t.key AND o.n < r.n");
  bool ok = filter(clauses, d);
  hsy_clauses_add(clauses, ")");
  return ok;
}

/* " AND …" that it is behind the cursor, " ORDER BY … LIMIT …". */
static void page_of(hsy_clauses *clauses, hsy_dispute *d, const hsy_cursor *cursor, const char *day) {
  if (hsy_ask_ordered(d->ask) || d->ask->count) return;
  if (cursor->set) {
    hsy_clauses_add(clauses, hsy_str_z(clauses->arena, hsy_str_printf(clauses->arena, " AND %s >= ", day)));
    hsy_clauses_text(clauses, "?", cursor->day);
    hsy_clauses_add(clauses, hsy_str_z(clauses->arena, hsy_str_printf(clauses->arena, " AND (%s, t.id) > (", day)));
    hsy_clauses_text(clauses, "?", cursor->day);
    hsy_clauses_text(clauses, ", ?)", cursor->id);
  }
  hsy_clauses_add(clauses, hsy_str_z(clauses->arena, hsy_str_printf(clauses->arena, " ORDER BY %s, t.id", day)));
  hsy_clauses_int(clauses, " LIMIT ?", d->ask->limit && d->ask->limit < INT64_MAX ? (int64_t)d->ask->limit : -1);
}

#define COLUMNS                                                                                                        \
  " t.key AS statement, t.id AS id, t.said_on AS said, " TIME " AS at, a.key AS attribution, t.independent AS"         \
  " independent, r.n AS least FROM "

/* Of all: what was said on a known day comes in the order of that, the rest in
 * that of the articles. Two ways through the record, each in its order and with
 * a limit of its own. */
static bool collect_all(hsy_clauses *clauses, hsy_dispute *d, const hsy_cursor *cursor) {
  hsy_clauses_add(clauses, "SELECT * FROM (SELECT" COLUMNS "documents d INDEXED BY documents_by_date"
                           " CROSS JOIN attributions a ON a.document = d.key" REPORTED " AND t.said_on IS NULL");
  if (d->ask->since.len) hsy_clauses_text(clauses, " AND substr(d.day, 1, 10) >= substr(?, 1, 10)", d->ask->since);
  bool ok = filter(clauses, d) && none_before(clauses, d);
  page_of(clauses, d, cursor, "substr(d.day, 1, 10)");
  hsy_clauses_add(clauses, ") UNION ALL SELECT * FROM (SELECT" COLUMNS
                           "statements t INDEXED BY statements_by_said_on CROSS JOIN reports r ON r.statement = t.key"
                           " CROSS JOIN attributions a INDEXED BY attributions_brief ON a.key = r.attribution"
                           " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document"
                           " WHERE t.said_on IS NOT NULL");
  if (d->ask->since.len) hsy_clauses_text(clauses, " AND t.last >= ?", d->ask->since);
  ok = ok && filter(clauses, d) && none_before(clauses, d);
  page_of(clauses, d, cursor, "t.said_on");
  hsy_clauses_add(clauses, ")");
  return ok;
}

static const hsy_order MOMENT_ORDERS[] = {{"day", "at", false},
                                          {"reports", "reports", true},
                                          {"independent_reports", "independent", true},
                                          {NULL, NULL, false}};
static const char *const MOMENT_USUAL[] = {"at", "id", NULL};

bool hsy_query_timeline(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_str match = hsy_match_all(ask->words, &arena);
  if (ask->words.len && !match.len) return hsy_arena_check(arena, "query", err);
  hsy_clauses_add(&clauses,
                  "SELECT id, said, at, attribution,"
                  " (SELECT count(*) FROM reports o WHERE o.statement = f.statement) AS reports, independent FROM (");
  bool named = false;
  if (!collect_named(&clauses, &d, match.len > 0, &named) || (!named && !collect_all(&clauses, &d, &cursor)))
    return false;
  hsy_clauses_add(&clauses, ") f WHERE 1");
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return hsy_dispute_end(&d);
  if (named && cursor.set && !hsy_ask_ordered(ask)) {
    hsy_clauses_text(&clauses, " AND (at, id) > (?", cursor.day);
    hsy_clauses_text(&clauses, ", ?)", cursor.id);
  }
  d.passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, MOMENT_ORDERS, MOMENT_USUAL, d.passed, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query)) {
    bool on = give_statement(&d, &query, arena);
    if (!on) break;
  }
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}
