#include "query/query.h"

#include "query/disputes.h"

/* What nobody has marked: of each kind the rows that most want it, each with the
 * words it rests on. What is marked is among them no more: who marks asks for the
 * first page again. */

/* ---- attributions, the least sure first ---- */

static const hsy_order ORDERS[] = {{"confidence", "a.confidence", false}, {"day", "d.day", false}, {NULL, NULL, false}};
static const char *const USUAL[] = {"a.confidence", "d.id", "a.n", NULL};

static bool give_attributions(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                              hsy_error *err) {
  hsy_cursor cursor;
  hsy_ask rest = *ask;
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_clauses clauses = hsy_clauses_in(&arena);
  rest.speaker = (hsy_str){0};
  hsy_clauses_add(&clauses, "SELECT a.document, a.n, d.id FROM attributions a INDEXED BY attributions_unsure"
                            " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document"
                            " WHERE a.mode = 'speech' AND NOT EXISTS (SELECT 1 FROM reviews w WHERE w.kind ="
                            " 'attribution' AND (w.target = a.id OR w.now = a.id))");
  hsy_clauses_attribution(&clauses, &rest);
  if (!hsy_clauses_document(&clauses, ask, err)) return false;
  if (ask->speaker.len) hsy_clauses_called(&clauses, store, ask->speaker, err);
  if (ask->words.len) hsy_clauses_called(&clauses, store, ask->words, err);
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return err->code == HSY_OK;
  int64_t passed = cursor.n;
  if (!hsy_clauses_order(&clauses, ask, ORDERS, USUAL, passed, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  hsy_answers answers = {.store = store, .fn = fn, .user = user};
  while (hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    hsy_str next = hsy_cursor_write(HSY_S(""), HSY_S(""), ++passed, &scratch);
    if (!hsy_answers_attribution(&answers, hsy_column_int(&query, 0), hsy_column_int(&query, 1),
                                 hsy_column_str(&query, 2), next, scratch, err))
      break;
  }
  hsy_query_end(&query);
  hsy_answers_reset(&answers);
  return err->code == HSY_OK;
}

/* ---- the other kinds ---- */

typedef struct a_kind {
  const char *name, *sql; /* its first column is the id by which a mark names the row */
  const char *const *order;
  void (*fill)(hsy_dispute *d, const hsy_query *row, hsy_field_vec *fields, hsy_arena *arena);
  /* Parts that hold attributions, and the columns of their keys. */
  struct {
    const char *name;
    int column;
  } parts[2];
} a_kind;

/* Marks hold for ids, and where these have changed for the words. */
#define NOBODY_MARKED(kind, id, words)                                                                                 \
  " WHERE " id " NOT IN (SELECT target FROM reviews WHERE kind = '" kind "') AND " words                               \
  " NOT IN (SELECT words FROM reviews WHERE kind = '" kind "')"

static void fill_statement(hsy_dispute *d, const hsy_query *row, hsy_field_vec *fields, hsy_arena *arena) {
  hsy_field_count(fields, "reports", hsy_column_int(row, 1), arena);
  hsy_field_count(fields, "independent_reports", hsy_column_int(row, 2), arena);
  hsy_field_list(fields, "wordings", d,
                 "SELECT DISTINCT a.content FROM reports r JOIN attributions a ON a.key = r.attribution"
                 " WHERE r.statement = ? ORDER BY r.n LIMIT 8",
                 hsy_column_int(row, 4), arena);
}

static void fill_side(hsy_dispute *d, const hsy_query *row, hsy_field_vec *fields, hsy_arena *arena) {
  (void)d;
  hsy_field_text(fields, "claim", hsy_column_str(row, 1), arena);
  hsy_field_text(fields, "about", hsy_column_str(row, 2), arena);
  hsy_field_text(fields, "side", hsy_column_str(row, 3), arena);
  hsy_field_rate(fields, "confidence", hsy_column_real(row, 4), arena);
}

static void fill_shift(hsy_dispute *d, const hsy_query *row, hsy_field_vec *fields, hsy_arena *arena) {
  (void)d;
  hsy_field_text(fields, "speaker", hsy_column_str(row, 1), arena);
  hsy_field_text(fields, "claim", hsy_column_str(row, 2), arena);
  hsy_field_text(fields, "about", hsy_column_str(row, 3), arena);
  hsy_field_rate(fields, "confidence", hsy_column_real(row, 4), arena);
}

static void fill_name(hsy_dispute *d, const hsy_query *row, hsy_field_vec *fields, hsy_arena *arena) {
  hsy_field_text(fields, "name", hsy_column_str(row, 1), arena);
  hsy_field_text(fields, "kind", hsy_column_str(row, 2), arena);
  hsy_field_count(fields, "attributions", hsy_column_int(row, 3), arena);
  hsy_field_list(
      fields, "called", d,
      "SELECT DISTINCT n.name FROM local_entities l JOIN names n ON n.document = l.document AND n.entity = l.n"
      " AND n.role IN ('name', 'alias') WHERE l.entity = ? ORDER BY length(n.name) DESC, n.name LIMIT 12",
      hsy_column_int(row, 4), arena);
  hsy_field_list(
      fields, "titles", d,
      "SELECT DISTINCT n.name FROM local_entities l JOIN names n ON n.document = l.document AND n.entity = l.n"
      " AND n.role = 'title' WHERE l.entity = ? ORDER BY n.name LIMIT 6",
      hsy_column_int(row, 4), arena);
}

static const char *const BY_REPORTS[] = {"-ifnull(t.varies, 0)", "-q.n", "t.id", NULL};
static const char *const BY_SURE_SIDE[] = {"c.confidence", "c.id", "i.side", "i.n", NULL};
static const char *const BY_SURE[] = {"h.confidence", "h.id", NULL};
static const char *const BY_NUMBER[] = {"-g.attributions", "g.bearer", NULL};

static const a_kind KINDS[] = {
    {"statement",
     "SELECT t.id, q.n, t.independent, t.clearest, t.key FROM (SELECT statement, count(*) AS n FROM reports"
     " GROUP BY statement HAVING count(*) > 1) q CROSS JOIN statements t ON t.key = q.statement"
     " JOIN attributions a ON a.key = t.clearest" NOBODY_MARKED("statement", "t.id", "a.content"),
     BY_REPORTS,
     fill_statement,
     {{"attribution", 3}, {NULL, 0}}},
    {"side",
     "SELECT c.id || ' ' || a.id, c.id, c.about, i.side, c.confidence, a.key, (SELECT o.attribution FROM sides o"
     " WHERE o.claim = c.key AND o.side <> i.side ORDER BY o.n LIMIT 1) FROM claims c CROSS JOIN sides i"
     " ON i.claim = c.key JOIN reports r ON r.attribution = i.attribution JOIN statements t ON t.key = r.statement"
     " AND t.first = i.attribution JOIN attributions a ON a.key = i.attribution"
     " WHERE a.id NOT IN (SELECT substr(target, instr(target, ' ') + 1) FROM reviews WHERE kind = 'side')",
     BY_SURE_SIDE,
     fill_side,
     {{"attribution", 5}, {"opposite", 6}}},
    {"shift",
     "SELECT h.id, ifnull(e.name, ''), c.id, c.about, h.confidence, h.before, h.after FROM shifts h"
     " JOIN claims c ON c.key = h.claim LEFT JOIN entities e ON e.key = h.speaker"
     " WHERE h.id NOT IN (SELECT target FROM reviews WHERE kind = 'shift')",
     BY_SURE,
     fill_shift,
     {{"before", 5}, {"after", 6}}},
    {"name",
     "SELECT e.id, e.name, e.kind, g.attributions, e.key, (SELECT max(s.attribution) FROM spoken s"
     " JOIN attributions a ON a.key = s.attribution AND a.mode = 'speech' WHERE s.bearer = e.key)"
     " FROM speaker_figures g JOIN entities e ON e.key = g.bearer" NOBODY_MARKED("name", "e.id", "e.name"),
     BY_NUMBER,
     fill_name,
     {{"attribution", 5}, {NULL, 0}}},
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static bool give_row(hsy_dispute *d, const a_kind *kind, const hsy_query *row, hsy_arena arena) {
  hsy_field_vec fields = {0};
  hsy_field_text(&fields, "type", hsy_str_of(kind->name), &arena);
  hsy_field_text(&fields, "id", hsy_column_str(row, 0), &arena);
  kind->fill(d, row, &fields, &arena);
  for (int i = 0; i < 2 && kind->parts[i].name; i++) hsy_field_part(&fields, kind->parts[i].name, true, &arena);
  hsy_field_text(&fields, "cursor", hsy_cursor_write((hsy_str){0}, (hsy_str){0}, ++d->passed, &arena), &arena);
  if (!hsy_dispute_open(d, &fields, arena)) return false;
  for (int i = 0; i < 2 && kind->parts[i].name; i++) {
    int64_t key = hsy_column_int(row, kind->parts[i].column);
    if (key && !hsy_dispute_put(d, kind->parts[i].name, key, NULL, arena)) return false;
  }
  return hsy_dispute_close(d, arena);
}

static bool give_kind(const a_kind *kind, hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user,
                      hsy_arena arena, hsy_error *err) {
  static const hsy_order NO_OTHERS[] = {{NULL, NULL, false}};
  hsy_cursor cursor;
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  if (hsy_ask_of_attributions(ask) || ask->outlet.len || ask->since.len || ask->until.len || ask->words.len)
    return hsy_fail(err, HSY_USAGE, "query", -1, "a filter is of attributions alone");
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, kind->sql);
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return err->code == HSY_OK;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  d.passed = cursor.n;
  if (!hsy_clauses_order(&clauses, ask, NO_OTHERS, kind->order, cursor.n, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query) && give_row(&d, kind, &query, arena)) continue;
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}

bool hsy_query_unreviewed(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                          hsy_error *err) {
  if (!ask->kind.len || hsy_str_eq(ask->kind, HSY_S("attribution")))
    return give_attributions(store, ask, fn, user, arena, err);
  for (int i = 0; i < KIND_COUNT; i++)
    if (hsy_str_eq(ask->kind, hsy_str_of(KINDS[i].name))) return give_kind(&KINDS[i], store, ask, fn, user, arena, err);
  return hsy_fail(err, HSY_USAGE, "query", -1, "%.*s cannot be reviewed (attribution, statement, side, shift, name)",
                  (int)(ask->kind.len < 40 ? ask->kind.len : 40), ask->kind.data);
}
