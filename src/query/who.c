#include "query/query.h"

#include "query/clauses.h"
#include "query/cursor.h"
#include "query/answers.h"

static const hsy_order ORDERS[] = {{"day", "d.day", false},
                                   {"speaker", "a.speaker COLLATE NOCASE", false},
                                   {"outlet", "d.outlet COLLATE NOCASE", false},
                                   {"stance", "a.stance", false},
                                   {"kind", "a.kind", false},
                                   {"said_on", "a.said_on", false},
                                   {"confidence", "a.confidence", true},
                                   {NULL, NULL, false}};
static const char *const USUAL[] = {"d.day", "d.id", "a.n", NULL};

bool hsy_query_who(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                   hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_ask rest = *ask;
  if (!rest.speaker.len) rest.speaker = ask->words;
  hsy_clauses_add(&clauses, "SELECT a.document, a.n, d.id, d.day");
  if (!hsy_clauses_from(&clauses, store, &rest, err)) return false;
  if (ask->words.len && ask->speaker.len) hsy_clauses_called(&clauses, store, ask->words, err);
  if (cursor.set && !hsy_ask_ordered(ask)) {
    hsy_clauses_text(&clauses, " AND (d.day, d.id, a.n) > (?", cursor.day);
    hsy_clauses_text(&clauses, ", ?", cursor.id);
    hsy_clauses_int(&clauses, ", ?)", cursor.n);
  }
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return err->code == HSY_OK;
  int64_t passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, ORDERS, USUAL, passed, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  hsy_answers answers = {.store = store, .fn = fn, .user = user};
  while (hsy_query_next(&query)) {
    hsy_str id = hsy_column_str(&query, 2);
    int64_t n = hsy_column_int(&query, 1);
    hsy_arena scratch = arena;
    hsy_str next = hsy_ask_cursor(ask, &passed, hsy_cursor_write(hsy_column_str(&query, 3), id, n, &scratch), &scratch);
    if (!hsy_answers_attribution(&answers, hsy_column_int(&query, 0), n, id, next, scratch, err)) break;
  }
  hsy_query_end(&query);
  hsy_answers_reset(&answers);
  return err->code == HSY_OK;
}
