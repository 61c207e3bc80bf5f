#include "query/query.h"

#include "query/clauses.h"
#include "query/cursor.h"
#include "query/lacks.h"

/* ---- the documents of the record, by day ---- */

/* " FROM … WHERE …"; where few attributions fit the filter, by way of them. */
static void list_from(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_clauses from = hsy_clauses_in(clauses->arena);
  bool of_attributions = hsy_ask_of_attributions(ask);
  bool narrow = of_attributions && hsy_clauses_narrow(&from, store, ask, err);
  hsy_clauses_add(clauses, " FROM documents d");
  if (narrow) hsy_clauses_add(clauses, " INDEXED BY documents_brief");
  hsy_clauses_add(clauses, " WHERE 1");
  hsy_clauses_document(clauses, ask, err);
  if (!of_attributions) return;
  if (narrow) {
    hsy_clauses_add(clauses, " AND d.key IN (SELECT a.document FROM ");
    hsy_clauses_append(clauses, &from);
    hsy_clauses_add(clauses, " CROSS JOIN attributions a INDEXED BY attributions_brief ON a.key = s.key WHERE 1");
  } else {
    hsy_clauses_add(clauses, " AND EXISTS (SELECT 1 FROM attributions a WHERE a.document = d.key");
  }
  hsy_clauses_attribution(clauses, ask);
  hsy_clauses_add(clauses, ")");
}

static const hsy_order ORDERS[] = {
    {"day", "d.day", false},
    {"title", "d.title COLLATE NOCASE", false},
    {"outlet", "d.outlet COLLATE NOCASE", false},
    {"path", "d.path", false},
    {"language", "d.language", false},
    {"attributions", "(SELECT count(*) FROM attributions c WHERE c.document = d.key)", true},
    {NULL, NULL, false}};
static const char *const USUAL[] = {"d.day", "d.id", NULL};

static bool give_document(hsy_store *store, const hsy_query *row, hsy_str next, hsy_answer_fn fn, void *user,
                          hsy_arena arena, hsy_error *err) {
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  if (!hsy_store_load(store, hsy_column_int(row, 0), 0, &doc, err)) return false;
  hsy_str id = hsy_column_str(row, 1);
  hsy_answer answer = {.kind = HSY_ANSWER_DOCUMENT,
                       .doc = &doc,
                       .id = id,
                       .attributions = hsy_column_int(row, 3),
                       .cursor = next.len ? next : hsy_cursor_write(hsy_column_str(row, 2), id, 0, &arena)};
  return hsy_arena_check(arena, "query", err) && fn(user, &answer, arena, err);
}

bool hsy_query_list(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                    hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses rows = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT d.key AS key, d.id AS id, d.day AS day");
  list_from(&clauses, store, ask, err);
  if (cursor.set && !hsy_ask_ordered(ask)) {
    hsy_clauses_text(&clauses, " AND (d.day, d.id) > (?", cursor.day);
    hsy_clauses_text(&clauses, ", ?)", cursor.id);
  }
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return err->code == HSY_OK;
  int64_t passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, ORDERS, USUAL, passed, err)) return false;
  hsy_clauses_add(&rows, "SELECT key, id, day, (SELECT count(*) FROM attributions c WHERE c.document = f.key) FROM (");
  hsy_clauses_append(&rows, &clauses);
  hsy_clauses_add(&rows, ") f");
  hsy_query query = hsy_clauses_query(&rows, store, err);
  while (hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    hsy_str next = hsy_ask_cursor(ask, &passed, (hsy_str){0}, &scratch);
    if (!give_document(store, &query, next, fn, user, scratch, err)) break;
  }
  hsy_query_end(&query);
  return err->code == HSY_OK;
}

/* ---- one document with everything ---- */

static bool too_many(hsy_str name, ptrdiff_t count, hsy_error *err) {
  return hsy_fail(err, HSY_USAGE, "query", -1, "%.*s: %td articles have it; name one by its id or its number (#1)",
                  (int)(name.len < 120 ? name.len : 120), name.data, count);
}

bool hsy_query_show(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                    hsy_error *err) {
  hsy_key_vec keys = {0};
  hsy_store_find(store, ask->words, &keys, &arena, err);
  if (err->code != HSY_OK) return false;
  if (keys.len == 0)
    return hsy_fail(err, HSY_NOT_FOUND, "query", -1, "%.*s: there is no such document",
                    (int)(ask->words.len < 200 ? ask->words.len : 200), ask->words.data);
  if (keys.len > 1) return too_many(ask->words, keys.len, err);
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  if (!hsy_store_load(store, keys.data[0], HSY_LOAD_ALL, &doc, err)) return false;
  hsy_answer answer = {.kind = HSY_ANSWER_ARTICLE, .doc = &doc, .attributions = doc.attributions.len};
  return fn(user, &answer, arena, err);
}

/* ---- counts ---- */

typedef HSY_VEC(hsy_count) count_vec;

/* One count a row, or rows of (name, count) in a group; most are kept by the
 * store as rows come and go (store/schema.c). */
#define ONE(kind) "SELECT '', ifnull((SELECT n FROM counts WHERE kind = '" kind "' AND name = ''), 0)"
#define EACH(kind) "SELECT name, n FROM counts WHERE kind = '" kind "' ORDER BY name"
/* Of what reviewers looked at: how many were right as the program had them, wrong
 * altogether, or wrong in a field. */
#define REVIEWED(which)                                                                                                \
  "SELECT '', n FROM (SELECT count(DISTINCT w.target) AS n FROM reviews w WHERE w.kind = 'attribution' AND " which     \
  ") WHERE EXISTS (SELECT 1 FROM reviews)"
#define ALL_RIGHT                                                                                                      \
  "NOT EXISTS (SELECT 1 FROM reviews o WHERE o.kind = w.kind AND o.target = w.target AND o.verdict <> 'right')"
/* Right altogether, of all that was reviewed. */
#define PRECISION                                                                                                      \
  "SELECT printf('%.2f', 1.0 * sum(ok) / count(*)), 0 FROM (SELECT min(" ALL_RIGHT ") AS ok FROM reviews w"            \
  " WHERE w.kind = 'attribution' GROUP BY w.target) HAVING count(*) > 0"
/* Of another kind: how many were looked at, and how many of them were right. */
#define LOOKED_AT(kind)                                                                                                \
  "SELECT '', count(*) FROM (SELECT DISTINCT target FROM reviews WHERE kind = '" kind "') HAVING count(*) > 0"
#define PRECISION_OF(kind)                                                                                             \
  "SELECT printf('%.2f', 1.0 * sum(ok) / count(*)), 0 FROM (SELECT min(verdict = 'right') AS ok FROM reviews"          \
  " WHERE kind = '" kind "' GROUP BY target) HAVING count(*) > 0"
/* What articles lack; nothing where none does. Without language: in one that is not read. */
#define LACKING(what) "SELECT '', n FROM (SELECT count(*) AS n FROM documents d WHERE " what ") WHERE n > 0"
static const struct figure {
  const char *group, *name, *sql;
  bool text;
} FIGURES[] = {
    {NULL, "documents", ONE("documents"), false},
    {NULL, "attributions", ONE("attributions"), false},
    {NULL, "thoughts", ONE("thoughts"), false},
    {NULL, "speakers", "SELECT '', count(*) FROM speaker_figures", false},
    {NULL, "statements", ONE("statements"), false},
    {NULL, "claims", ONE("claims"), false},
    {NULL, "shifts", ONE("shifts"), false},
    {NULL, "copies", ONE("copies"), false},
    {NULL, "outlets", "SELECT '', count(DISTINCT name COLLATE NOCASE) FROM counts WHERE kind = 'outlets'", false},
    {NULL, "first", "SELECT min(day), 0 FROM documents WHERE day < '~'", true},
    {NULL, "last", "SELECT max(day), 0 FROM documents WHERE day < '~'", true},
    {"reviewed", "attributions", REVIEWED("1"), false},
    {"reviewed", "right", REVIEWED(ALL_RIGHT), false},
    {"reviewed", "precision", PRECISION, true},
    {"reviewed", "wrong", REVIEWED("w.verdict = 'wrong'"), false},
    {"reviewed", "speaker", REVIEWED("w.field = 'speaker'"), false},
    {"reviewed", "stance", REVIEWED("w.field = 'stance'"), false},
    {"reviewed", "content", REVIEWED("w.field = 'content'"), false},
    {"reviewed", "statements", LOOKED_AT("statement"), false},
    {"reviewed", "precision_of_statements", PRECISION_OF("statement"), true},
    {"reviewed", "sides", LOOKED_AT("side"), false},
    {"reviewed", "precision_of_sides", PRECISION_OF("side"), true},
    {"reviewed", "shifts", LOOKED_AT("shift"), false},
    {"reviewed", "precision_of_shifts", PRECISION_OF("shift"), true},
    {"reviewed", "names", LOOKED_AT("name"), false},
    {"reviewed", "precision_of_names", PRECISION_OF("name"), true},
    {"without", "date", LACKING(HSY_LACKS_DATE), false},
    {"without", "outlet", LACKING(HSY_LACKS_OUTLET), false},
    {"without", "text", LACKING(HSY_LACKS_TEXT), false},
    {"without", "language",
     "SELECT '', n FROM (SELECT sum(n) AS n FROM counts WHERE kind = 'languages' AND name NOT LIKE 'en%'"
     " AND name <> 'und') WHERE n > 0",
     false},
    {"kinds", NULL, EACH("kinds"), false},
    {"stances", NULL, EACH("stances"), false},
    {"languages", NULL, EACH("languages"), false},
    {"formats", NULL, EACH("formats"), false},
};

static void count_figure(hsy_store *store, const struct figure *figure, count_vec *counts, hsy_arena *arena,
                         hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), figure->sql, err);
  while (hsy_query_next(&query)) {
    hsy_str label = hsy_str_copy(arena, hsy_column_str(&query, 0));
    hsy_str name = figure->name ? hsy_str_of(figure->name) : label;
    if (figure->text && label.len == 0) continue;
    *hsy_push(counts, arena) =
        (hsy_count){figure->group, name, hsy_column_int(&query, 1), figure->text ? label : (hsy_str){0}};
  }
}

bool hsy_query_stats(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err) {
  (void)ask;
  count_vec counts = {0};
  for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++) count_figure(store, &FIGURES[i], &counts, &arena, err);
  if (!hsy_arena_check(arena, "query", err) || err->code != HSY_OK) return false;
  hsy_answer answer = {.kind = HSY_ANSWER_COUNTS, .counts = counts.data, .count_count = counts.len};
  return fn(user, &answer, arena, err);
}
