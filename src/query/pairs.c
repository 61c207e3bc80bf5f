#include "query/query.h"

#include "query/disputes.h"

/* Columns: claim's id, about, side of one, of the other, statements of one, of the
 * other, first report of one, of the other, confidence. */
static bool give_pair(hsy_dispute *d, const hsy_query *row, hsy_str one, hsy_str other, hsy_arena arena) {
  hsy_field_vec fields = {0};
  bool same = hsy_str_eq(hsy_column_str(row, 2), hsy_column_str(row, 3));
  hsy_field_text(&fields, "type", HSY_S("pair"), &arena);
  hsy_field_text(&fields, "claim", hsy_column_str(row, 0), &arena);
  hsy_field_text(&fields, "about", hsy_column_str(row, 1), &arena);
  hsy_field_text(&fields, "relation", same ? HSY_S("with") : HSY_S("against"), &arena);
  hsy_field_text(&fields, "one", one, &arena);
  hsy_field_text(&fields, "other", other, &arena);
  hsy_field_text(&fields, "side_of_one", hsy_column_str(row, 2), &arena);
  hsy_field_text(&fields, "side_of_other", hsy_column_str(row, 3), &arena);
  hsy_field_count(&fields, "statements_of_one", hsy_column_int(row, 4), &arena);
  hsy_field_count(&fields, "statements_of_other", hsy_column_int(row, 5), &arena);
  hsy_field_rate(&fields, "confidence", hsy_column_real(row, 8), &arena);
  hsy_field_part(&fields, "first_of_one", true, &arena);
  hsy_field_part(&fields, "first_of_other", true, &arena);
  hsy_field_text(&fields, "cursor", hsy_cursor_write((hsy_str){0}, (hsy_str){0}, ++d->passed, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) &&
         hsy_dispute_put(d, "first_of_one", hsy_column_int(row, 6), NULL, arena) &&
         hsy_dispute_put(d, "first_of_other", hsy_column_int(row, 7), NULL, arena) && hsy_dispute_close(d, arena);
}

static const hsy_order ORDERS[] = {{"relation", "relation", false},
                                   {"about", "about COLLATE NOCASE", false},
                                   {"confidence", "confidence", true},
                                   {NULL, NULL, false}};
static const char *const USUAL[] = {"relation", "-confidence", "id", "x_side", "y_side", NULL};

/* "(SELECT claim, side, …)" of what one of them said, as far as it fits the filter.
 * Of bare columns SQLite takes those of the row with the min(). */
static bool sides_of(hsy_clauses *clauses, hsy_dispute *d, hsy_str name) {
  hsy_clauses_add(clauses, "(SELECT i.claim AS claim, i.side AS side, i.attribution AS attribution, min(i.n) AS least,"
                           " count(DISTINCT r.statement) AS statements FROM (");
  hsy_clauses_said_by(clauses, d->store, name, d->err);
  hsy_clauses_add(clauses, ") s");
  hsy_clauses_brief(clauses);
  hsy_clauses_add(clauses, " CROSS JOIN sides i ON i.attribution = a.key LEFT JOIN reports r ON r.attribution = a.key"
                           " WHERE 1");
  hsy_clauses_attribution(clauses, d->ask);
  bool ok = hsy_clauses_document(clauses, d->ask, d->err);
  hsy_clauses_add(clauses, " GROUP BY 1, 2)");
  return ok;
}

bool hsy_query_pairs(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err) {
  hsy_cursor cursor;
  hsy_str other, one = hsy_str_trim(hsy_str_cut(ask->words, '\n', &other));
  other = hsy_str_trim(other);
  if (!one.len || !other.len || hsy_is_several(other))
    return hsy_fail(err, HSY_USAGE, "query", -1, "two names are wanted");
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT c.id AS id, c.about AS about, x.side AS x_side, y.side AS y_side, x.statements,"
                            " y.statements, x.attribution, y.attribution, c.confidence AS confidence,"
                            " CASE WHEN x.side = y.side THEN 'with' ELSE 'against' END AS relation FROM ");
  if (!sides_of(&clauses, &d, one)) return false;
  hsy_clauses_add(&clauses, " x JOIN ");
  if (!sides_of(&clauses, &d, other)) return false;
  hsy_clauses_add(&clauses, " y ON y.claim = x.claim AND y.attribution <> x.attribution"
                            " JOIN claims c ON c.key = x.claim WHERE 1");
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return hsy_dispute_end(&d);
  d.passed = cursor.n;
  if (!hsy_clauses_order(&clauses, ask, ORDERS, USUAL, cursor.n, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query) && give_pair(&d, &query, one, other, arena)) continue;
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}
