#include "query/query.h"

#include "query/clauses.h"
#include "query/cursor.h"
#include "query/answers.h"
#include "query/match.h"
#include "query/matches.h"

#include <stdlib.h>

/* What was said comes first, then the articles that hold the words without
 * anybody in them saying so. A cursor counts what was passed in the part that
 * its id names. */
static const char SAID[] = "said", ARTICLES[] = "articles";

/* ---- the two parts ---- */

/* A match with what orders it among those of its rank. */
typedef struct found {
  double rank;
  int64_t document, n;
  hsy_str day, id;
} found;

typedef HSY_VEC(found) found_vec;

typedef struct search {
  hsy_store *store;
  const hsy_ask *ask;
  hsy_str match;
  hsy_answer_fn fn;
  void *user;
  hsy_arena arena;
  uint64_t left;   /* answers that may still be given */
  found_vec said;  /* what was found of that part */
  bool said_known; /* and that it is all */
  hsy_error *err;
} search;

/* ---- what was said ---- */

static int by_place(const void *x, const void *y) {
  const found *a = x, *b = y;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  int order = hsy_str_cmp(a->day, b->day);
  if (order == 0) order = hsy_str_cmp(a->id, b->id);
  return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

/* Where the matches are read from, and what of them fits. */
typedef struct part {
  /* "(SELECT … key, rank …) s" by the words alone. */
  void (*matches)(search *s, hsy_clauses *clauses);
  /* Tables from s on to what is ordered by; " WHERE …" of all that is asked. */
  bool (*fitting)(search *s, hsy_clauses *clauses);
  const char *columns; /* document, n, day, id */
} part;

static void said_matches(search *s, hsy_clauses *clauses) {
  hsy_clauses_matches(clauses, s->store, s->ask, s->ask->words, true, s->err);
}

static bool said_fitting(search *s, hsy_clauses *clauses) {
  hsy_clauses_brief(clauses);
  hsy_clauses_add(clauses, " WHERE 1");
  hsy_clauses_attribution(clauses, s->ask);
  return hsy_clauses_document(clauses, s->ask, s->err);
}

static const part SAID_PART = {said_matches, said_fitting, "a.document, a.n, d.day, d.id"};

typedef struct match {
  int64_t key;
  double rank; /* the lower the better */
} match;

typedef HSY_VEC(match) match_vec;

static int by_rank(const void *x, const void *y) {
  const match *a = x, *b = y;
  if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
  return (a->key > b->key) - (a->key < b->key);
}

/* By the words alone, the best first. */
static bool read_matches(search *s, const part *of, match_vec *matches, hsy_arena *arena) {
  hsy_clauses clauses = hsy_clauses_in(arena);
  hsy_clauses_add(&clauses, "SELECT s.key, s.rank FROM ");
  of->matches(s, &clauses);
  hsy_query query = hsy_clauses_query(&clauses, s->store, s->err);
  while (hsy_query_next(&query))
    *hsy_push(matches, arena) = (match){hsy_column_int(&query, 0), hsy_column_real(&query, 1)};
  if (matches->len) qsort(matches->data, (size_t)matches->len, sizeof *matches->data, by_rank);
  return s->err->code == HSY_OK && hsy_arena_check(*arena, "query", s->err);
}

/* "[key,…]" */
static hsy_str list_keys(const match *matches, ptrdiff_t count, hsy_arena *arena) {
  hsy_buf keys = hsy_buf_in(arena);
  hsy_buf_byte(&keys, '[');
  for (ptrdiff_t i = 0; i < count; i++) {
    if (i) hsy_buf_byte(&keys, ',');
    hsy_buf_add(&keys, hsy_str_printf(arena, "%lld", (long long)matches[i].key));
  }
  hsy_buf_byte(&keys, ']');
  return hsy_buf_str(&keys);
}

/* Those of the matches that fit, in their places, behind what is there. */
static bool place(search *s, const part *of, const match *matches, ptrdiff_t count, found_vec *list, hsy_arena *arena) {
  ptrdiff_t before = list->len;
  hsy_clauses clauses = hsy_clauses_in(arena);
  hsy_clauses_add(&clauses, "SELECT s.place, ");
  hsy_clauses_add(&clauses, of->columns);
  hsy_clauses_text(&clauses, " FROM (SELECT j.key AS place, j.value AS key FROM json_each(?) j) s",
                   list_keys(matches, count, arena));
  if (!of->fitting(s, &clauses)) return false;
  hsy_query query = hsy_clauses_query(&clauses, s->store, s->err);
  while (hsy_query_next(&query))
    *hsy_push(list, arena) =
        (found){matches[hsy_column_int(&query, 0)].rank, hsy_column_int(&query, 1), hsy_column_int(&query, 2),
                hsy_str_copy(arena, hsy_column_str(&query, 3)), hsy_str_copy(arena, hsy_column_str(&query, 4))};
  if (s->err->code != HSY_OK || !hsy_arena_check(*arena, "query", s->err)) return false;
  if (list->len > before) qsort(list->data + before, (size_t)(list->len - before), sizeof *list->data, by_place);
  return true;
}

/* The best that fit, `most` at least where there are so many: a part of the
 * matches after the other, none ending between two that rank alike. */
static bool find(search *s, const part *of, int64_t most, found_vec *list, hsy_arena *arena) {
  enum { SPARE = 32 };
  match_vec matches = {0};
  if (!read_matches(s, of, &matches, arena)) return false;
  int64_t share = most < HSY_MATCHES_MOST ? 2 * most + SPARE : HSY_MATCHES_MOST;
  for (ptrdiff_t from = 0, to; from < matches.len && list->len < most; from = to, share *= 4) {
    to = share < matches.len - from ? from + (ptrdiff_t)share : matches.len;
    while (to < matches.len && matches.data[to].rank <= matches.data[to - 1].rank) to++;
    if (!place(s, of, &matches.data[from], to - from, list, arena)) return false;
  }
  return true;
}

/* How many have to be known to give what is left behind those that were passed. */
static int64_t most_of(const search *s, int64_t passed) {
  int64_t left = s->left < INT64_MAX ? (int64_t)s->left : INT64_MAX;
  return left < INT64_MAX - passed ? left + passed : INT64_MAX;
}

static void search_said(search *s, int64_t passed) {
  hsy_arena *arena = &s->arena;
  if (!find(s, &SAID_PART, most_of(s, passed), &s->said, arena)) return;
  found_vec list = s->said;
  s->said_known = list.len < most_of(s, passed);
  hsy_answers answers = {.store = s->store, .fn = s->fn, .user = s->user};
  for (ptrdiff_t i = passed; i < list.len && s->left; i++) {
    hsy_arena scratch = *arena;
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

static void article_matches(search *s, hsy_clauses *clauses) {
  hsy_clauses_matching_documents(clauses, s->store, s->ask->words, s->err);
}

static hsy_str list_documents(const found_vec *list, hsy_arena *arena) {
  match_vec documents = {0};
  for (ptrdiff_t i = 0; i < list->len; i++) *hsy_push(&documents, arena) = (match){list->data[i].document, 0};
  return list_keys(documents.data, documents.len, arena);
}

/* Articles in which nobody says so: who does is known where that part was given
 * just before. */
static bool article_fitting(search *s, hsy_clauses *clauses) {
  hsy_ask any = {.thoughts = s->ask->thoughts};
  hsy_clauses_add(clauses, " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = s.key WHERE 1");
  if (s->said_known) {
    hsy_clauses_text(clauses, " AND d.key NOT IN (SELECT j.value FROM json_each(?) j)",
                     list_documents(&s->said, clauses->arena));
  } else {
    hsy_clauses_add(clauses, " AND d.key NOT IN (SELECT a.document FROM ");
    hsy_clauses_matches(clauses, s->store, &any, s->ask->words, false, s->err);
    hsy_clauses_add(clauses, " CROSS JOIN attributions a INDEXED BY attributions_brief ON a.key = s.key WHERE 1");
    hsy_clauses_attribution(clauses, s->ask);
    hsy_clauses_add(clauses, ")");
  }
  return hsy_clauses_document(clauses, s->ask, s->err);
}

static const part ARTICLE_PART = {article_matches, article_fitting, "d.key, 0, d.day, d.id"};

static void search_articles(search *s, int64_t passed) {
  hsy_arena arena = s->arena;
  found_vec list = {0};
  if (!find(s, &ARTICLE_PART, most_of(s, passed), &list, &arena)) return;
  for (ptrdiff_t i = passed; i < list.len && s->left; i++, s->left--)
    if (!give_article(s, &list.data[i], i + 1, arena)) break;
}

bool hsy_query_search(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  if (hsy_ask_ordered(ask))
    return hsy_fail(err, HSY_USAGE, "query", -1, "a search is sorted by how well its words fit");
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
