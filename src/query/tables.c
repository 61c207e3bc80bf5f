#include "query/query.h"

#include "base/utf8.h"
#include "query/disputes.h"
#include "store/figures.h"

/* What is not filtered was counted when it was linked; the rest, and what came
 * since, is counted now, in the same columns. */
static bool is_filtered(const hsy_ask *ask) {
  return hsy_ask_of_attributions(ask) || ask->outlet.len || ask->since.len || ask->until.len || ask->thoughts;
}

static bool counts_now(hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  return is_filtered(ask) || !hsy_figures_are_fresh(store, err);
}

typedef struct a_column {
  const char *name; /* NULL: not shown */
  enum { TEXT, COUNT, RATE, JSON, HIDDEN } kind;
} a_column;

typedef struct a_table {
  const char *type;
  const a_column *columns;
  const hsy_order *orders;
  const char *const *usual;
} a_table;

static hsy_field field_of(const a_column *column, const hsy_query *row, int at, hsy_arena *arena) {
  hsy_field field = {.name = column->name};
  if (column->kind == COUNT) {
    field.kind = HSY_FIELD_COUNT;
    field.count = hsy_column_int(row, at);
  } else if (column->kind == RATE) {
    field.kind = HSY_FIELD_RATE;
    field.rate = hsy_column_real(row, at);
  } else {
    field.kind = column->kind == JSON ? HSY_FIELD_JSON : HSY_FIELD_TEXT;
    field.text = hsy_str_copy(arena, hsy_column_str(row, at));
  }
  return field;
}

static bool give_row(hsy_dispute *d, const a_table *table, const hsy_query *row, hsy_arena arena) {
  hsy_field_vec fields = {0};
  hsy_field_text(&fields, "type", hsy_str_of(table->type), &arena);
  for (int i = 0; table->columns[i].name || table->columns[i].kind == HIDDEN; i++)
    if (table->columns[i].kind != HIDDEN) *hsy_push(&fields, &arena) = field_of(&table->columns[i], row, i, &arena);
  hsy_field_text(&fields, "cursor", hsy_cursor_write((hsy_str){0}, (hsy_str){0}, ++d->passed, &arena), &arena);
  return hsy_dispute_open(d, &fields, arena) && hsy_dispute_close(d, arena);
}

/* The rows of the SQL so far, in their order; pages go by how many were passed. */
static bool give_rows(hsy_clauses *clauses, hsy_store *store, const a_table *table, const hsy_ask *ask,
                      hsy_answer_fn fn, void *user, hsy_arena arena, hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  if (hsy_clauses_counted(clauses, store, ask, fn, user, arena, err)) return err->code == HSY_OK;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, clauses->arena, err);
  d.passed = cursor.n;
  if (!hsy_clauses_order(clauses, ask, table->orders, table->usual, cursor.n, err)) return false;
  hsy_query query = hsy_clauses_query(clauses, store, err);
  while (hsy_query_next(&query) && give_row(&d, table, &query, arena)) continue;
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}

/* "%…%" of the words, for LIKE. */
static hsy_str pattern_of(hsy_str words, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  hsy_buf_byte(&out, '%');
  for (ptrdiff_t i = 0; i < words.len; i++) {
    if (words.data[i] == '%' || words.data[i] == '_' || words.data[i] == '\\') hsy_buf_byte(&out, '\\');
    hsy_buf_byte(&out, words.data[i]);
  }
  hsy_buf_byte(&out, '%');
  return hsy_buf_str(&out);
}

/* ---- speakers ---- */

static const a_column SPEAKER_COLUMNS[] = {
    {NULL, HIDDEN},        {"name", TEXT},         {"kind", TEXT},      {"entity", TEXT},       {"attributions", COUNT},
    {"statements", COUNT}, {"articles", COUNT},    {"outlets", COUNT},  {"first", TEXT},        {"last", TEXT},
    {"direct", COUNT},     {"mixed", COUNT},       {"indirect", COUNT}, {"share_direct", RATE}, {"stances", JSON},
    {"gender", TEXT},      {"gender_basis", TEXT}, {NULL, TEXT}};
static const hsy_order SPEAKER_ORDERS[] = {{"attributions", "attributions", true},
                                           {"statements", "statements", true},
                                           {"articles", "articles", true},
                                           {"outlets", "outlets", true},
                                           {"name", "name COLLATE NOCASE", false},
                                           {"first", "first", false},
                                           {"last", "last", true},
                                           {"share_direct", "share_direct", true},
                                           {NULL, NULL, false}};
static const char *const SPEAKER_USUAL[] = {"-attributions", "bearer", NULL};
static const a_table SPEAKERS = {"speaker", SPEAKER_COLUMNS, SPEAKER_ORDERS, SPEAKER_USUAL};

#define BEARER "coalesce(l.entity, -(l.document << 24 | l.n))"
/* " AS name, …" of who bears figures g, whose other columns are named. */
#define WHO                                                                                                            \
  "SELECT g.bearer AS bearer, coalesce(e.name, l.name) AS name, coalesce(e.kind, l.kind) AS kind, e.id AS entity,"     \
  " g.attributions AS attributions, g.statements AS statements, g.articles AS articles, g.outlets AS outlets,"         \
  " g.first AS first, g.last AS last, g.direct AS direct, g.mixed AS mixed, g.indirect AS indirect,"                   \
  " 1.0 * g.direct / max(g.attributions, 1) AS share_direct, g.stances AS stances, w.gender AS gender,"                \
  " w.gender_basis AS gender_basis FROM "
#define BORNE                                                                                                          \
  " g LEFT JOIN entities e ON e.key = g.bearer LEFT JOIN local_entities l ON g.bearer < 0"                             \
  " AND l.document = (-g.bearer) >> 24 AND l.n = (-g.bearer) & 16777215"                                               \
  " LEFT JOIN (SELECT bearer AS whose, gender, gender_basis FROM speaker_figures) w ON w.whose = g.bearer WHERE 1"

static bool count_speakers(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_clauses_add(clauses, "WITH f AS MATERIALIZED (SELECT DISTINCT " BEARER " AS bearer, x.attribution AS attribution,"
                           " x.document AS document, x.kind AS kind, x.stance AS stance, x.outlet AS outlet,"
                           " x.day AS day FROM (SELECT a.key AS attribution, a.document AS document, a.n AS n,"
                           " a.kind AS kind, a.stance AS stance, d.outlet AS outlet, d.day AS day");
  if (!hsy_clauses_from(clauses, store, ask, err)) return false;
  hsy_clauses_add(clauses, ") x CROSS JOIN speakers s ON s.document = x.document AND s.attribution = x.n"
                           " CROSS JOIN local_entities l ON l.document = s.document AND l.n = s.entity),"
                           " g(bearer, attributions, statements, articles, outlets, first, last, direct, mixed,"
                           " indirect, stances) AS (" HSY_SPEAKER_FIGURES ") " WHO "g" BORNE);
  return true;
}

bool hsy_query_speakers(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err) {
  hsy_clauses clauses = hsy_clauses_in(&arena);
  if (counts_now(store, ask, err)) {
    if (!count_speakers(&clauses, store, ask, err)) return false;
  } else {
    hsy_clauses_add(&clauses, WHO "speaker_figures" BORNE);
  }
  if (ask->words.len)
    hsy_clauses_text(&clauses, " AND coalesce(e.name, l.name) LIKE ? ESCAPE '\\'",
                     pattern_of(hsy_str_trim(ask->words), &arena));
  return give_rows(&clauses, store, &SPEAKERS, ask, fn, user, arena, err);
}

/* ---- outlets ---- */

static const a_column OUTLET_COLUMNS[] = {
    {"outlet", TEXT},       {"articles", COUNT},   {"attributions", COUNT}, {"statements", COUNT}, {"speakers", COUNT},
    {"first", TEXT},        {"last", TEXT},        {"direct", COUNT},       {"mixed", COUNT},      {"indirect", COUNT},
    {"share_direct", RATE}, {"share_named", RATE}, {"stances", JSON},       {NULL, TEXT}};
static const hsy_order OUTLET_ORDERS[] = {{"articles", "articles", true},
                                          {"attributions", "attributions", true},
                                          {"statements", "statements", true},
                                          {"speakers", "speakers", true},
                                          {"outlet", "outlet COLLATE NOCASE", false},
                                          {"first", "first", false},
                                          {"last", "last", true},
                                          {"share_direct", "share_direct", true},
                                          {"share_named", "share_named", true},
                                          {NULL, NULL, false}};
static const char *const OUTLET_USUAL[] = {"-articles", "outlet", NULL};
static const a_table OUTLETS = {"outlet", OUTLET_COLUMNS, OUTLET_ORDERS, OUTLET_USUAL};

#define OF_OUTLET                                                                                                      \
  "SELECT nullif(g.outlet, '') AS outlet, g.articles AS articles, g.attributions AS attributions,"                     \
  " g.statements AS statements, g.speakers AS speakers, g.first AS first, g.last AS last, g.direct AS direct,"         \
  " g.mixed AS mixed, g.indirect AS indirect, 1.0 * g.direct / max(g.attributions, 1) AS share_direct,"                \
  " 1.0 * g.named / max(g.attributions, 1) AS share_named, g.stances AS stances FROM "

static bool count_outlets(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  bool of_attributions = hsy_ask_of_attributions(ask);
  hsy_clauses_add(clauses, "WITH f AS MATERIALIZED (SELECT ifnull(d.outlet, '') AS outlet, a.key AS attribution,"
                           " a.document AS document, a.n AS n, a.kind AS kind, a.stance AS stance,"
                           " a.speaker IS NOT NULL AS named");
  if (!hsy_clauses_from(clauses, store, ask, err)) return false;
  hsy_clauses_add(clauses, "), d AS MATERIALIZED (SELECT d.key AS key, ifnull(d.outlet, '') AS outlet, d.day AS day"
                           " FROM documents d INDEXED BY documents_brief WHERE 1");
  if (of_attributions)
    hsy_clauses_add(clauses, " AND d.key IN (SELECT document FROM f)");
  else
    hsy_clauses_document(clauses, ask, err);
  hsy_clauses_add(clauses,
                  "), p AS MATERIALIZED (SELECT DISTINCT f.outlet AS outlet, " BEARER " AS bearer FROM f"
                  " CROSS JOIN speakers s ON s.document = f.document AND s.attribution = f.n"
                  " CROSS JOIN local_entities l ON l.document = s.document AND l.n = s.entity),"
                  " g(outlet, articles, attributions, statements, speakers, first, last, direct, mixed, indirect,"
                  " named, stances) AS (" HSY_OUTLET_FIGURES ") " OF_OUTLET "g WHERE 1");
  return err->code == HSY_OK;
}

bool hsy_query_outlets(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err) {
  hsy_clauses clauses = hsy_clauses_in(&arena);
  if (counts_now(store, ask, err)) {
    if (!count_outlets(&clauses, store, ask, err)) return false;
  } else {
    hsy_clauses_add(&clauses, OF_OUTLET "outlet_figures g WHERE 1");
  }
  if (ask->words.len)
    hsy_clauses_text(&clauses, " AND g.outlet LIKE ? ESCAPE '\\'", pattern_of(hsy_str_trim(ask->words), &arena));
  return give_rows(&clauses, store, &OUTLETS, ask, fn, user, arena, err);
}
