#include "query/query.h"

#include "query/answers.h"
#include "query/clauses.h"
#include "query/cursor.h"
#include "store/reviews.h"

bool hsy_query_reviews(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err) {
  hsy_cursor cursor;
  hsy_review_vec rows = {0};
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  if (!hsy_store_reviews(store, &(hsy_review_which){.target = ask->words}, &rows, &arena, err)) return false;
  uint64_t given = 0;
  for (ptrdiff_t i = 0; i < rows.len && (!ask->limit || given < ask->limit); i++) {
    hsy_arena scratch = arena;
    if (cursor.set && rows.data[i].number <= cursor.n) continue;
    hsy_answer answer = {.kind = HSY_ANSWER_REVIEW,
                         .review = &rows.data[i],
                         .cursor = hsy_cursor_write(HSY_S(""), HSY_S(""), rows.data[i].number, &scratch)};
    given++;
    if (!hsy_arena_check(scratch, "query", err) || !fn(user, &answer, scratch, err)) return false;
  }
  return true;
}

static const hsy_order ORDERS[] = {{"confidence", "a.confidence", false}, {"day", "d.day", false}, {NULL, NULL, false}};
static const char *const USUAL[] = {"a.confidence", "d.id", "a.n", NULL};

/* What is marked is among them no more: who marks asks for the first page again. */
bool hsy_query_unreviewed(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
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
