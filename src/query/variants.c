#include "query/query.h"

#include "query/clauses.h"
#include "query/cursor.h"
#include "query/spread.h"

/* Statements that two reports quote at least, by the day of the first; those
 * whose words differ, as far as linking has compared them. */
static const char QUOTED[] = "SELECT t.key, t.id, t.day FROM statements t WHERE t.quoted > 1";
static const char DIFFER[] = " AND ifnull(varies, 2) = 2", COMPARED[] = " AND ifnull(varies, 2) > 0";

static bool filter_statements(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_ask rest = *ask;
  if (!rest.speaker.len) rest.speaker = ask->words;
  if (rest.speaker.len) {
    hsy_clauses_add(clauses, " AND t.key IN (SELECT r.statement FROM (");
    hsy_clauses_said_by(clauses, store, rest.speaker, err);
    hsy_clauses_add(clauses, ") s");
    hsy_clauses_brief(clauses);
    hsy_clauses_add(clauses, " CROSS JOIN reports r ON r.attribution = a.key WHERE 1");
  } else {
    hsy_clauses_add(clauses, " AND EXISTS (SELECT 1 FROM reports r CROSS JOIN attributions a INDEXED BY"
                             " attributions_brief ON a.key = r.attribution CROSS JOIN documents d INDEXED BY"
                             " documents_brief ON d.key = a.document WHERE r.statement = t.key");
  }
  if (ask->words.len && ask->speaker.len) hsy_clauses_called(clauses, store, ask->words, err);
  hsy_clauses_attribution(clauses, ask);
  bool ok = hsy_clauses_document(clauses, ask, err);
  hsy_clauses_add(clauses, ")");
  return ok;
}

static const hsy_order ORDERS[] = {{"day", "t.day", false},
                                   {"reports", "(SELECT count(*) FROM reports o WHERE o.statement = t.key)", true},
                                   {"independent_reports", "t.independent", true},
                                   {NULL, NULL, false}};
static const char *const USUAL[] = {"t.day", "t.id", NULL};

/* *given: it was one that is looked for. */
static bool give_statement(hsy_store *store, const hsy_query *row, const hsy_ask *ask, int64_t *passed,
                           hsy_answer_fn fn, void *user, hsy_arena arena, bool *given, hsy_error *err) {
  hsy_arena scratch = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  hsy_spread spread;
  if (!hsy_spread_load(store, hsy_column_int(row, 0), &spread, &arena, scratch, err)) return false;
  hsy_str next = hsy_cursor_write(hsy_column_str(row, 2), hsy_column_str(row, 1), 0, &arena);
  next = hsy_ask_cursor(ask, passed, next, &arena);
  *given = ask->all ? spread.variants.list.len > 0 : spread.variants.differs;
  if (!*given) return true;
  hsy_answer answer = {.kind = HSY_ANSWER_SPREAD, .spread = &spread, .cursor = next};
  return hsy_arena_check(arena, "query", err) && fn(user, &answer, scratch, err);
}

bool hsy_query_variants(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                        hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, QUOTED);
  hsy_clauses_add(&clauses, ask->all ? COMPARED : DIFFER);
  if (!filter_statements(&clauses, store, ask, err)) return false;
  if (cursor.set && !hsy_ask_ordered(ask)) {
    hsy_clauses_text(&clauses, " AND (t.day, t.id) > (?", cursor.day);
    hsy_clauses_text(&clauses, ", ?)", cursor.id);
  }
  int64_t passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  hsy_ask unlimited = *ask; /* some are left out below */
  unlimited.limit = 0;
  if (!hsy_clauses_order(&clauses, &unlimited, ORDERS, USUAL, passed, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  uint64_t given = 0;
  while ((!ask->limit || given < ask->limit) && hsy_query_next(&query)) {
    bool one = false;
    if (!give_statement(store, &query, ask, &passed, fn, user, arena, &one, err)) break;
    given += one;
  }
  hsy_query_end(&query);
  return err->code == HSY_OK;
}
