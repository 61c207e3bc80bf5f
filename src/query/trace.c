#include "query/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "query/clauses.h"
#include "query/cursor.h"
#include "query/spread.h"
#include "reuse/words.h"
#include "segment/lemma.h"

/* A remembered sentence is nobody's exact words: any statement that shares a
 * telling word is a candidate, the index ranks them, and of the first ones the
 * overlap of words decides. */
enum { CANDIDATES = 200, WORDS_ASKED = 32 };
static const double COMMON = 0.15; /* weight of a word that says little */
static const double RECALL = 0.7;  /* of the words remembered; the rest is for those of the statement */
static const double LEAST = 0.35;  /* recall below which nothing is near */

typedef struct bag_word {
  uint64_t key;
  double weight;
} bag_word;

typedef HSY_VEC(bag_word) bag;

typedef struct candidate {
  int64_t statement;
  double score;
  int32_t rank;
} candidate;

typedef HSY_VEC(candidate) candidate_vec;

typedef struct tracing {
  hsy_store *store;
  const hsy_ask *ask;
  hsy_lemmas lemmas;
  hsy_lexicon stops;
  bag asked;
  candidate_vec found; /* each statement once, the nearest first */
  hsy_arena *arena;
  hsy_error *err;
} tracing;

/* ---- words ---- */

static int by_key(const void *a, const void *b) {
  const bag_word *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->weight < y->weight) - (x->weight > y->weight);
}

static void add_words(const tracing *t, hsy_str text, double share, bag *to, hsy_arena *arena) {
  hsy_words words = hsy_words_of(text, NULL, 0, NULL, 0, arena);
  for (ptrdiff_t i = 0; i < words.len; i++) {
    char room[HSY_LEMMA_ROOM];
    hsy_str word = hsy_utf8_fold(arena, hsy_str_slice(text, words.data[i].start, words.data[i].end));
    double weight = hsy_lexicon_find(&t->stops, word) ? COMMON : 1;
    hsy_str key = hsy_lemma_key(&t->lemmas, word, room);
    *hsy_push(to, arena) = (bag_word){hsy_hash(key.len ? key : word), weight * share};
  }
}

/* Sorted, each word once. */
static void close_bag(bag *words) {
  ptrdiff_t kept = 0;
  if (words->len) qsort(words->data, (size_t)words->len, sizeof *words->data, by_key);
  for (ptrdiff_t i = 0; i < words->len; i++)
    if (!kept || words->data[kept - 1].key != words->data[i].key) words->data[kept++] = words->data[i];
  words->len = kept;
}

static double weight_of(const bag *words) {
  double sum = 0;
  for (ptrdiff_t i = 0; i < words->len; i++) sum += words->data[i].weight;
  return sum;
}

/* Weight of the words of a that are in b too. */
static double shared(const bag *a, const bag *b) {
  double sum = 0;
  for (ptrdiff_t i = 0, j = 0; i < a->len; i++) {
    while (j < b->len && b->data[j].key < a->data[i].key) j++;
    if (j < b->len && b->data[j].key == a->data[i].key) sum += a->data[i].weight;
  }
  return sum;
}

/* The speaker's name may be remembered with the words, and costs nothing where it is not. */
static double score(const tracing *t, hsy_str content, hsy_str speaker, hsy_arena scratch) {
  bag words = {0};
  add_words(t, content, 1, &words, &scratch);
  add_words(t, speaker, 0, &words, &scratch);
  close_bag(&words);
  double asked = weight_of(&t->asked), said = weight_of(&words);
  double recall = asked > 0 ? shared(&t->asked, &words) / asked : 0;
  if (hsy_arena_failed(scratch) || recall < LEAST) return 0;
  return RECALL * recall + (1 - RECALL) * (said > 0 ? shared(&words, &t->asked) / said : 0);
}

/* Telling words, any of which may be there; where all are common, all of them. */
static hsy_str match_any(const tracing *t, hsy_str text, hsy_arena *arena) {
  hsy_buf telling = hsy_buf_in(arena);
  hsy_words words = hsy_words_of(text, NULL, 0, NULL, 0, arena);
  for (int common = 0; common < 2 && telling.len == 0; common++) {
    int asked = 0;
    for (ptrdiff_t i = 0; i < words.len && asked < WORDS_ASKED; i++) {
      hsy_str word = hsy_str_slice(text, words.data[i].start, words.data[i].end);
      if (!common && hsy_lexicon_find(&t->stops, hsy_utf8_fold(arena, word))) continue;
      hsy_buf_add(&telling, asked++ ? HSY_S(" OR \"") : HSY_S("\""));
      hsy_buf_add(&telling, word); /* letters and digits alone */
      hsy_buf_byte(&telling, '"');
    }
  }
  return hsy_buf_str(&telling);
}

/* ---- candidates ---- */

static void keep_candidate(tracing *t, int64_t statement, double points) {
  for (ptrdiff_t i = 0; i < t->found.len; i++) {
    candidate *old = &t->found.data[i];
    if (old->statement != statement) continue;
    if (points > old->score) old->score = points;
    return;
  }
  *hsy_push(&t->found, t->arena) = (candidate){statement, points, (int32_t)t->found.len};
}

static int nearest_first(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  return x->rank - y->rank;
}

static bool find_by_words(tracing *t) {
  hsy_arena *arena = t->arena;
  hsy_str match = match_any(t, t->ask->words, arena);
  if (match.len == 0) return true;
  add_words(t, t->ask->words, 1, &t->asked, arena);
  close_bag(&t->asked);
  hsy_clauses clauses = hsy_clauses_in(arena);
  hsy_clauses_text(&clauses,
                   "SELECT r.statement, a.content, a.speaker FROM attributions_words w"
                   " JOIN attributions a ON a.key = w.rowid JOIN reports r ON r.attribution = a.key"
                   " JOIN documents d ON d.key = a.document WHERE attributions_words MATCH ?",
                   match);
  hsy_clauses_attribution(&clauses, t->ask);
  if (t->ask->speaker.len) hsy_clauses_called(&clauses, t->store, t->ask->speaker, t->err);
  if (!hsy_clauses_document(&clauses, t->ask, t->err)) return false;
  hsy_clauses_add(&clauses, " ORDER BY w.rank, a.id");
  hsy_clauses_int(&clauses, " LIMIT ?", CANDIDATES);
  hsy_query query = hsy_clauses_query(&clauses, t->store, t->err);
  hsy_arena scratch = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 2);
  while (hsy_query_next(&query)) {
    double points = score(t, hsy_column_str(&query, 1), hsy_column_str(&query, 2), scratch);
    if (points > 0) keep_candidate(t, hsy_column_int(&query, 0), points);
  }
  if (t->found.len) qsort(t->found.data, (size_t)t->found.len, sizeof *t->found.data, nearest_first);
  return t->err->code == HSY_OK && hsy_arena_check(*arena, "query", t->err);
}

/* ---- by id ---- */

static ptrdiff_t hex_digits(hsy_str text, ptrdiff_t from) {
  ptrdiff_t at = from;
  while (at < text.len && memchr("0123456789abcdef", text.data[at], 16)) at++;
  return at - from;
}

/* "0123456789abcdef" is a statement's, with ".0123456789" behind it an
 * attribution's; either may end in "-2". */
static bool is_id(hsy_str text) {
  enum { STATEMENT = 16, BEHIND = 10 };
  if (hex_digits(text, 0) != STATEMENT) return false;
  ptrdiff_t end = STATEMENT;
  if (end < text.len && text.data[end] == '.') end += 1 + hex_digits(text, end + 1);
  if (end != STATEMENT && end != STATEMENT + 1 + BEHIND) return false;
  return end == text.len || text.data[end] == '-';
}

static bool find_by_id(tracing *t) {
  hsy_str id = t->ask->words, behind, document = hsy_str_cut(id, '.', &behind);
  hsy_query query =
      hsy_db_query(hsy_store_db(t->store),
                   behind.data ? "SELECT r.statement FROM documents d JOIN attributions a ON a.document = d.key"
                                 " JOIN reports r ON r.attribution = a.key WHERE d.id = ? AND a.id = ?"
                               : "SELECT key FROM statements WHERE id = ?",
                   t->err);
  if (behind.data) hsy_bind_text(&query, document);
  hsy_bind_text(&query, id);
  bool found = hsy_query_next(&query);
  if (found) keep_candidate(t, hsy_column_int(&query, 0), -1);
  hsy_query_end(&query);
  if (t->err->code != HSY_OK || found) return found;
  return hsy_fail(t->err, HSY_NOT_FOUND, "query", -1, "%.*s: %s", (int)(id.len < 60 ? id.len : 60), id.data,
                  behind.data ? "no attribution that belongs to a statement has that id"
                              : "there is no statement with that id");
}

/* ---- the answer ---- */

static bool give(tracing *t, const candidate *what, int64_t passed, hsy_answer_fn fn, void *user) {
  hsy_arena arena = *t->arena, scratch = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  hsy_spread spread;
  if (!hsy_spread_load(t->store, what->statement, &spread, &arena, scratch, t->err)) return false;
  spread.match = what->score;
  hsy_answer answer = {.kind = HSY_ANSWER_SPREAD,
                       .spread = &spread,
                       .cursor = hsy_cursor_write(HSY_S(""), spread.statement.id, passed, &arena)};
  return hsy_arena_check(arena, "query", t->err) && fn(user, &answer, scratch, t->err);
}

bool hsy_query_trace(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  tracing t = {.store = store, .ask = ask, .arena = &arena, .err = err};
  if (!hsy_lemma_load(&t.lemmas, &arena, err) || !hsy_lexicon_load(&t.stops, "lexicon/en/stop_words.txt", &arena, err))
    return false;
  bool by_id = is_id(ask->words);
  if (!(by_id ? find_by_id(&t) : find_by_words(&t))) return false;
  int64_t first = cursor.n, most = ask->limit > CANDIDATES ? CANDIDATES : ask->limit ? (int64_t)ask->limit : 1;
  for (int64_t i = first; i < t.found.len && i - first < most; i++)
    if (!give(&t, &t.found.data[i], i + 1, fn, user)) break;
  return err->code == HSY_OK;
}
