#include "query/clauses.h"

#include "base/utf8.h"
#include "query/cursor.h"
#include "query/lacks.h"

#include <stdio.h>

hsy_clauses hsy_clauses_in(hsy_arena *arena) { return (hsy_clauses){.arena = arena, .sql = hsy_buf_in(arena)}; }

void hsy_clauses_add(hsy_clauses *clauses, const char *sql) { hsy_buf_add(&clauses->sql, hsy_str_of(sql)); }

static void add_value(hsy_clauses *clauses, const char *sql, hsy_value value) {
  hsy_clauses_add(clauses, sql);
  *hsy_push(&clauses->values, clauses->arena) = value;
}

void hsy_clauses_text(hsy_clauses *clauses, const char *sql, hsy_str value) {
  add_value(clauses, sql, (hsy_value){.kind = HSY_VALUE_TEXT, .text = value});
}

void hsy_clauses_int(hsy_clauses *clauses, const char *sql, int64_t value) {
  add_value(clauses, sql, (hsy_value){.kind = HSY_VALUE_INT, .number = value});
}

void hsy_clauses_real(hsy_clauses *clauses, const char *sql, double value) {
  add_value(clauses, sql, (hsy_value){.kind = HSY_VALUE_REAL, .real = value});
}

void hsy_clauses_append(hsy_clauses *clauses, const hsy_clauses *more) {
  hsy_buf_add(&clauses->sql, hsy_buf_str(&more->sql));
  for (ptrdiff_t i = 0; i < more->values.len; i++) *hsy_push(&clauses->values, clauses->arena) = more->values.data[i];
}

hsy_query hsy_clauses_query(hsy_clauses *clauses, hsy_store *store, hsy_error *err) {
  hsy_str sql = hsy_buf_str(&clauses->sql);
  char *text = hsy_str_z(clauses->arena, sql);
  hsy_arena_check(*clauses->arena, "query", err);
  hsy_query query = hsy_db_query_once(hsy_store_db(store), text, err);
  for (ptrdiff_t i = 0; i < clauses->values.len; i++) {
    const hsy_value *value = &clauses->values.data[i];
    if (value->kind == HSY_VALUE_TEXT) hsy_bind_text(&query, value->text);
    if (value->kind == HSY_VALUE_INT) hsy_bind_int(&query, value->number);
    if (value->kind == HSY_VALUE_REAL) hsy_bind_real(&query, value->real);
  }
  return query;
}

/* ---- filters ---- */

/* "2024", "2024-03", "2024-03-11", and what may stand behind a day. */
static bool is_day(hsy_str s) {
  static const char SHAPE[] = "dddd-dd-dd";
  enum { YEAR = 4, MONTH = 7, DAY = 10 };
  for (ptrdiff_t i = 0; i < s.len && i < DAY; i++) {
    bool digit = s.data[i] >= '0' && s.data[i] <= '9';
    if (SHAPE[i] == 'd' ? !digit : s.data[i] != SHAPE[i]) return false;
  }
  return s.len == YEAR || s.len == MONTH || s.len == DAY || (s.len > DAY && s.data[DAY] == 'T');
}

static bool check_day(hsy_str s, hsy_error *err) {
  if (s.len == 0 || is_day(s)) return true;
  return hsy_fail(err, HSY_USAGE, "query", -1, "\"%.*s\" is no day (YYYY-MM-DD, YYYY-MM or YYYY)",
                  (int)(s.len < 40 ? s.len : 40), s.data);
}

/* What stands between two ORs is looked for beside all the others. */
static bool check_words(hsy_str words, hsy_error *err) {
  enum { MOST_CHOICES = 256 };
  int count = 0;
  for (ptrdiff_t at; (at = hsy_str_find(words, HSY_S(" OR "))) >= 0; words = hsy_str_slice(words, at + 4, words.len))
    count++;
  return count < MOST_CHOICES ||
         hsy_fail(err, HSY_USAGE, "query", -1, "these are %d words to choose from; a question may have %d", count + 1,
                  MOST_CHOICES);
}

bool hsy_ask_check(const hsy_ask *ask, hsy_error *err) {
  if (!check_words(ask->words, err)) return false;
  return check_day(ask->since, err) && check_day(ask->until, err);
}

bool hsy_is_several(hsy_str lines) {
  hsy_str rest;
  hsy_str_cut(lines, '\n', &rest);
  return rest.data != NULL;
}

void hsy_clauses_any(hsy_clauses *clauses, const char *column, hsy_str lines) {
  hsy_clauses_add(clauses, " AND ");
  hsy_clauses_add(clauses, column);
  const char *before = " IN (?";
  for (hsy_str rest = lines; rest.data; before = ", ?")
    hsy_clauses_text(clauses, before, hsy_str_cut(rest, '\n', &rest));
  hsy_clauses_add(clauses, ")");
}

/* What an article may lack. */
static bool add_without(hsy_clauses *clauses, hsy_str what, hsy_error *err) {
  static const struct {
    const char *name, *sql;
  } LACKS[] = {
      {"date", " AND " HSY_LACKS_DATE},
      {"outlet", " AND " HSY_LACKS_OUTLET},
      {"speech", " AND " HSY_LACKS_SPEECH},
      {"text", " AND " HSY_LACKS_TEXT},
  };
  for (size_t i = 0; what.len && i < sizeof LACKS / sizeof *LACKS; i++)
    if (hsy_str_eq(what, hsy_str_of(LACKS[i].name))) return hsy_clauses_add(clauses, LACKS[i].sql), true;
  return what.len == 0 ||
         hsy_fail(err, HSY_USAGE, "query", -1, "\"%.*s\" is nothing that is asked for: date, outlet, speech or text",
                  HSY_FMT(what));
}

bool hsy_clauses_document(hsy_clauses *clauses, const hsy_ask *ask, hsy_error *err) {
  if (!hsy_ask_check(ask, err) || !add_without(clauses, ask->without, err)) return false;
  bool days = ask->since.len || ask->until.len;
  if (days) hsy_clauses_add(clauses, " AND d.day <> '~'");
  if (ask->since.len) hsy_clauses_text(clauses, " AND d.day >= ?", ask->since);
  if (ask->until.len) hsy_clauses_text(clauses, " AND d.day < ? || '~'", ask->until);
  if (ask->outlet.len) hsy_clauses_any(clauses, "d.outlet COLLATE NOCASE", ask->outlet);
  return true;
}

void hsy_clauses_attribution(hsy_clauses *clauses, const hsy_ask *ask) {
  hsy_clauses_add(clauses, ask->thoughts ? " AND a.mode <> 'rejected'" : " AND a.mode = 'speech'");
  /* +: nobody is to be found by a stance; where one is rare enough for that, hsy_clauses_from does it. */
  if (ask->stance.len) hsy_clauses_any(clauses, "+a.stance", ask->stance);
  if (ask->min_confidence > 0) hsy_clauses_real(clauses, " AND a.confidence >= ?", ask->min_confidence);
}

bool hsy_ask_of_attributions(const hsy_ask *ask) {
  return ask->speaker.len || ask->stance.len || ask->min_confidence > 0;
}

/* By name to all who bear it, and to what they said. */
#define SAID_BY                                                                                                        \
  "SELECT DISTINCT s.attribution AS key FROM spoken s WHERE s.bearer IN (SELECT n.bearer FROM names n"                 \
  " WHERE n.role <> 'title' AND "

static bool is_called(hsy_store *store, hsy_str folded, hsy_error *err) {
  hsy_query query =
      hsy_db_query(hsy_store_db(store), "SELECT 1 FROM names WHERE folded = ? AND role <> 'title' LIMIT 1", err);
  hsy_bind_text(&query, folded);
  bool known = hsy_query_next(&query);
  hsy_query_end(&query);
  return known;
}

/* An alias that a person gave and no article has: whose it is. */
static hsy_str bearer_of(hsy_store *store, hsy_str folded, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT a_folded FROM corrections WHERE b_folded = ? AND kind = 'alias' LIMIT 1", err);
  hsy_bind_text(&query, folded);
  hsy_str bearer = hsy_query_next(&query) ? hsy_str_copy(arena, hsy_column_str(&query, 0)) : folded;
  hsy_query_end(&query);
  return bearer;
}

/* The words stand in a longer name: of the names that have the first, by it. */
static void said_by_longer(hsy_clauses *clauses, hsy_str folded) {
  hsy_str rest;
  char *parted = hsy_str_z(clauses->arena, folded);
  for (char *c = parted; c && *c; c++)
    if (*c == '-') *c = ' '; /* as the parts of double names lie there */
  folded = hsy_str_of(parted);
  hsy_clauses_text(clauses, SAID_BY "n.folded IN (SELECT w.folded FROM name_words w WHERE w.word = ?",
                   hsy_str_cut(folded, ' ', &rest));
  hsy_clauses_text(clauses, " AND instr(' ' || replace(w.folded, '-', ' ') || ' ', ' ' || ? || ' ')))", folded);
}

static void said_by_one(hsy_clauses *clauses, hsy_store *store, hsy_str name, hsy_error *err) {
  hsy_str folded = hsy_utf8_fold(clauses->arena, hsy_str_trim(name));
  bool known = is_called(store, folded, err);
  if (!known) {
    folded = bearer_of(store, folded, clauses->arena, err);
    known = is_called(store, folded, err);
  }
  if (known)
    hsy_clauses_text(clauses, SAID_BY "n.folded = ?)", folded);
  else
    said_by_longer(clauses, folded);
}

void hsy_clauses_said_by(hsy_clauses *clauses, hsy_store *store, hsy_str name, hsy_error *err) {
  const char *before = "";
  for (hsy_str rest = name; rest.data; before = " UNION ") {
    hsy_clauses_add(clauses, before);
    said_by_one(clauses, store, hsy_str_cut(rest, '\n', &rest), err);
  }
}

void hsy_clauses_called(hsy_clauses *clauses, hsy_store *store, hsy_str name, hsy_error *err) {
  hsy_clauses_add(clauses, " AND a.key IN (");
  hsy_clauses_said_by(clauses, store, name, err);
  hsy_clauses_add(clauses, ")");
}

/* ---- what is filtered ---- */

static const char BRIEF[] = " CROSS JOIN attributions a INDEXED BY attributions_brief ON a.key = s.key"
                            " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document";

void hsy_clauses_brief(hsy_clauses *clauses) { hsy_clauses_add(clauses, BRIEF); }

/* How many attributions have the stance, as the store counts them. */
static int64_t count_stance(hsy_store *store, hsy_str stance, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT n FROM counts WHERE kind = 'stances' AND name = ?", err);
  hsy_bind_text(&query, stance);
  int64_t count = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return count;
}

/* Documents that fit the filter, up to `most`. */
static int64_t count_documents(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, int64_t most,
                               hsy_error *err) {
  hsy_clauses counted = hsy_clauses_in(clauses->arena);
  hsy_clauses_add(&counted, "SELECT count(*) FROM (SELECT 1 FROM documents d WHERE 1");
  if (!hsy_clauses_document(&counted, ask, err)) return 0;
  hsy_clauses_int(&counted, " LIMIT ?)", most);
  hsy_query query = hsy_clauses_query(&counted, store, err);
  int64_t count = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return count;
}

bool hsy_clauses_narrow(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  enum { FEW = 20000, FEW_DOCUMENTS = 1000 }; /* fewer are sorted sooner than met on the way through all */
  bool of_documents = ask->outlet.len || ask->since.len || ask->until.len;
  if (ask->speaker.len) {
    hsy_clauses_add(clauses, "(");
    hsy_clauses_said_by(clauses, store, ask->speaker, err);
  } else if (of_documents && count_documents(clauses, store, ask, FEW_DOCUMENTS, err) < FEW_DOCUMENTS) {
    hsy_clauses_add(clauses, "(SELECT a.key AS key FROM documents d CROSS JOIN attributions a ON a.document = d.key"
                             " WHERE 1");
    hsy_clauses_document(clauses, ask, err);
  } else if (ask->stance.len && !hsy_is_several(ask->stance) && count_stance(store, ask->stance, err) < FEW) {
    hsy_clauses_text(clauses, "(SELECT key FROM attributions INDEXED BY attributions_by_stance WHERE stance = ?",
                     ask->stance);
  } else {
    return false;
  }
  hsy_clauses_add(clauses, ") s");
  return true;
}

bool hsy_clauses_from(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_clauses_add(clauses, " FROM ");
  if (hsy_clauses_narrow(clauses, store, ask, err))
    hsy_clauses_brief(clauses);
  else
    hsy_clauses_add(clauses, "documents d CROSS JOIN attributions a ON a.document = d.key");
  hsy_clauses_add(clauses, " WHERE 1");
  hsy_clauses_attribution(clauses, ask);
  return hsy_clauses_document(clauses, ask, err);
}

void hsy_clauses_limit(hsy_clauses *clauses, const hsy_ask *ask) {
  if (ask->limit) hsy_clauses_int(clauses, " LIMIT ?", ask->limit < INT64_MAX ? (int64_t)ask->limit : INT64_MAX);
}

/* ---- orders and counts ---- */

bool hsy_ask_ordered(const hsy_ask *ask) { return ask->sort.len || ask->reverse; }

static bool no_order(const hsy_ask *ask, const hsy_order *orders, hsy_error *err) {
  char names[160] = "";
  size_t len = 0;
  for (int i = 0; orders[i].name && len < sizeof names - 32; i++)
    len += (size_t)snprintf(names + len, sizeof names - len, "%s%s", i ? ", " : "", orders[i].name);
  return hsy_fail(err, HSY_USAGE, "query", -1, "this is not sorted by \"%.*s\" (%s)",
                  (int)(ask->sort.len < 40 ? ask->sort.len : 40), ask->sort.data, names);
}

static void add_column(hsy_clauses *clauses, const char *sql, bool first, bool down) {
  hsy_clauses_add(clauses, first ? " ORDER BY " : ", ");
  hsy_clauses_add(clauses, sql);
  if (down) hsy_clauses_add(clauses, " DESC");
}

bool hsy_clauses_order(hsy_clauses *clauses, const hsy_ask *ask, const hsy_order *orders, const char *const *usual,
                       int64_t passed, hsy_error *err) {
  const hsy_order *order = NULL;
  for (int i = 0; ask->sort.len && orders[i].name && !order; i++)
    if (hsy_str_eq(ask->sort, hsy_str_of(orders[i].name))) order = &orders[i];
  if (ask->sort.len && !order) return no_order(ask, orders, err);
  if (order) add_column(clauses, order->sql, true, order->most != ask->reverse);
  for (int i = 0; usual[i]; i++) add_column(clauses, usual[i], !order && i == 0, ask->reverse);
  int64_t limit = ask->limit && ask->limit < INT64_MAX ? (int64_t)ask->limit : -1;
  if (limit >= 0 || passed) hsy_clauses_int(clauses, " LIMIT ?", limit);
  if (passed) hsy_clauses_int(clauses, " OFFSET ?", passed);
  return true;
}

hsy_str hsy_ask_cursor(const hsy_ask *ask, int64_t *passed, hsy_str usual, hsy_arena *arena) {
  return hsy_ask_ordered(ask) ? hsy_cursor_write((hsy_str){0}, (hsy_str){0}, ++*passed, arena) : usual;
}

bool hsy_clauses_counted(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user,
                         hsy_arena arena, hsy_error *err) {
  if (!ask->count) return false;
  hsy_clauses counted = hsy_clauses_in(clauses->arena);
  hsy_clauses_add(&counted, "SELECT count(*) FROM (");
  hsy_clauses_append(&counted, clauses);
  hsy_clauses_add(&counted, ")");
  hsy_query query = hsy_clauses_query(&counted, store, err);
  hsy_count count = {.name = HSY_S("rows"), .count = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0};
  hsy_query_end(&query);
  hsy_answer answer = {.kind = HSY_ANSWER_COUNTS, .counts = &count, .count_count = 1};
  if (err->code == HSY_OK) fn(user, &answer, arena, err);
  return true;
}
