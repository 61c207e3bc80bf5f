#include "query/query.h"

#include "query/clauses.h"
#include "query/cursor.h"
#include "query/answers.h"
#include "query/best.h"
#include "query/match.h"
#include "query/matches.h"

#include <stdlib.h>

/* What was said comes first, then the articles that hold the words without
 * anybody in them saying so. A cursor counts what was passed in the part that
 * its id names. */
static const char SAID[] = "said", ARTICLES[] = "articles";

/* ---- the two parts ---- */

typedef struct search {
  hsy_store *store;
  const hsy_ask *ask;
  hsy_str match;
  hsy_answer_fn fn;
  void *user;
  hsy_arena arena;
  uint64_t left; /* answers that may still be given */
  hsy_error *err;
} search;

/* ---- what was said ---- */

/* A match with what orders it among those of its rank. */
typedef struct found {
  double rank;
  int64_t document, n;
  hsy_str day, id;
} found;

typedef HSY_VEC(found) found_vec;

static int by_place(const void *x, const void *y) {
  const found *a = x, *b = y;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  int order = hsy_str_cmp(a->day, b->day);
  if (order == 0) order = hsy_str_cmp(a->id, b->id);
  return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

static bool best_said(search *s, int64_t most, hsy_best_matches *matches, hsy_arena *arena) {
  bool of_documents = s->ask->outlet.len || s->ask->since.len || s->ask->until.len;
  hsy_clauses clauses = hsy_clauses_in(arena);
  hsy_clauses_add(&clauses, "SELECT a.key, s.rank FROM ");
  hsy_clauses_matches(&clauses, s->store, s->ask, s->match, true, s->err);
  hsy_clauses_add(&clauses, " CROSS JOIN attributions a INDEXED BY attributions_brief ON a.key = s.key");
  if (of_documents)
    hsy_clauses_add(&clauses, " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document");
  hsy_clauses_add(&clauses, " WHERE 1");
  hsy_clauses_attribution(&clauses, s->ask);
  if (!hsy_clauses_document(&clauses, s->ask, s->err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, s->store, s->err);
  return hsy_best_read(&query, most, matches, arena, s->err);
}

/* sql: document, n, day and id of a key. */
static bool place(search *s, const char *sql, const hsy_best_matches *matches, found_vec *list, hsy_arena *arena) {
  for (ptrdiff_t i = 0; i < matches->len; i++) {
    hsy_query query = hsy_db_query(hsy_store_db(s->store), sql, s->err);
    hsy_bind_int(&query, matches->data[i].key);
    if (!hsy_query_next(&query)) continue; /* an error sticks, and is looked at below */
    *hsy_push(list, arena) =
        (found){matches->data[i].rank, hsy_column_int(&query, 0), hsy_column_int(&query, 1),
                hsy_str_copy(arena, hsy_column_str(&query, 2)), hsy_str_copy(arena, hsy_column_str(&query, 3))};
    hsy_query_end(&query);
  }
  if (s->err->code != HSY_OK || !hsy_arena_check(*arena, "query", s->err)) return false;
  if (list->len) qsort(list->data, (size_t)list->len, sizeof *list->data, by_place);
  return true;
}

/* How many have to be known to give what is left behind those that were passed. */
static int64_t most_of(const search *s, int64_t passed) {
  int64_t left = s->left < INT64_MAX ? (int64_t)s->left : INT64_MAX;
  return left < INT64_MAX - passed ? left + passed : INT64_MAX;
}

static void search_said(search *s, int64_t passed) {
  hsy_arena arena = s->arena;
  hsy_best_matches matches = {0};
  found_vec list = {0};
  static const char PLACE[] = "SELECT a.document, a.n, d.day, d.id"
                              " FROM attributions a INDEXED BY attributions_brief"
                              " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document"
                              " WHERE a.key = ?";
  if (!best_said(s, most_of(s, passed), &matches, &arena) || !place(s, PLACE, &matches, &list, &arena)) return;
  hsy_answers answers = {.store = s->store, .fn = s->fn, .user = s->user};
  for (ptrdiff_t i = passed; i < list.len && s->left; i++) {
    hsy_arena scratch = arena;
    hsy_str next = hsy_cursor_write(HSY_S(""), hsy_str_of(SAID), i + 1, &scratch);
    s->left--;
    if (!hsy_answers_attribution(&answers, list.data[i].document, list.data[i].n, list.data[i].id, next, scratch,
                                 s->err))
      break;
  }
  hsy_answers_reset(&answers);
}

/* ---- articles besides ---- */

static bool give_article(search *s, const found *article, int64_t passed, hsy_arena arena) {
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  if (!hsy_store_load(s->store, article->document, 0, &doc, s->err)) return false;
  hsy_query query = hsy_db_query(hsy_store_db(s->store),
                                 "SELECT snippet(documents_words, 1, '', '', '…', 24) FROM documents_words"
                                 " WHERE documents_words MATCH ? AND rowid = ?",
                                 s->err);
  hsy_bind_text(&query, s->match);
  hsy_bind_int(&query, article->document);
  if (!hsy_query_next(&query)) return s->err->code == HSY_OK;
  hsy_answer answer = {.kind = HSY_ANSWER_DOCUMENT,
                       .doc = &doc,
                       .id = article->id,
                       .attributions = -1,
                       .snippet = hsy_column_str(&query, 0),
                       .cursor = hsy_cursor_write(HSY_S(""), hsy_str_of(ARTICLES), passed, &arena)};
  bool on = hsy_arena_check(arena, "query", s->err) && s->fn(s->user, &answer, arena, s->err);
  hsy_query_end(&query);
  return on;
}

static bool best_articles(search *s, int64_t most, hsy_best_matches *matches, hsy_arena *arena) {
  bool of_documents = s->ask->outlet.len || s->ask->since.len || s->ask->until.len;
  hsy_ask any = {.thoughts = s->ask->thoughts};
  hsy_clauses clauses = hsy_clauses_in(arena);
  hsy_clauses_add(&clauses, "SELECT f.key, f.rank FROM ");
  hsy_clauses_matching_documents(&clauses, s->match);
  if (of_documents) hsy_clauses_add(&clauses, " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = f.key");
  hsy_clauses_add(&clauses, " WHERE f.key NOT IN (SELECT a.document FROM ");
  hsy_clauses_matches(&clauses, s->store, &any, s->match, false, s->err);
  hsy_clauses_add(&clauses, " CROSS JOIN attributions a INDEXED BY attributions_brief ON a.key = s.key WHERE 1");
  hsy_clauses_attribution(&clauses, s->ask);
  hsy_clauses_add(&clauses, ")");
  if (!hsy_clauses_document(&clauses, s->ask, s->err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, s->store, s->err);
  return hsy_best_read(&query, most, matches, arena, s->err);
}

static void search_articles(search *s, int64_t passed) {
  static const char PLACE[] = "SELECT d.key, 0, d.day, d.id"
                              " FROM documents d INDEXED BY documents_brief WHERE d.key = ?";
  hsy_arena arena = s->arena;
  hsy_best_matches matches = {0};
  found_vec list = {0};
  if (!best_articles(s, most_of(s, passed), &matches, &arena) || !place(s, PLACE, &matches, &list, &arena)) return;
  for (ptrdiff_t i = passed; i < list.len && s->left; i++, s->left--)
    if (!give_article(s, &list.data[i], i + 1, arena)) break;
}

bool hsy_query_search(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  search s = {.store = store, .ask = ask, .fn = fn, .user = user, .err = err};
  s.match = hsy_match_all(ask->words, &arena);
  s.arena = arena;
  s.left = ask->limit ? ask->limit : INT64_MAX;
  bool behind = cursor.set && hsy_str_eq(cursor.id, hsy_str_of(ARTICLES));
  if (s.match.len == 0) return hsy_arena_check(arena, "query", err);
  if (!behind) search_said(&s, cursor.n);
  if (err->code == HSY_OK && s.left && !hsy_ask_of_attributions(ask)) search_articles(&s, behind ? cursor.n : 0);
  return err->code == HSY_OK;
}
