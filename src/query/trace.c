#include "query/query.h"

#include <math.h>
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
 * telling word is a candidate. The rarest words say most, so theirs are taken
 * first, until there are enough; those that share the most are read, and the
 * overlap of words decides. */
enum {
  CANDIDATES = 200, /* read of those that share words; and of those that share as much as the last */
  READ_MOST = 400,  /* with these */
  WORDS_ASKED = 32,
  SHARERS_WORD = 2000, /* of one word; of a commoner one those that were added last */
  SHARERS_MOST = 6000  /* of all words: no commoner word is looked up when there are so many */
};
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
  hsy_str id; /* of the statement */
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

/* Telling words as phrases; where all are common, all of them. */
static hsy_str_vec words_to_ask(const tracing *t, hsy_str text, hsy_arena *arena) {
  hsy_str_vec asked = {0};
  hsy_words words = hsy_words_of(text, NULL, 0, NULL, 0, arena);
  for (int common = 0; common < 2 && asked.len == 0; common++)
    for (ptrdiff_t i = 0; i < words.len && asked.len < WORDS_ASKED; i++) {
      hsy_str word = hsy_str_slice(text, words.data[i].start, words.data[i].end); /* letters and digits alone */
      if (!common && hsy_lexicon_find(&t->stops, hsy_utf8_fold(arena, word))) continue;
      *hsy_push(&asked, arena) = hsy_str_printf(arena, "\"%.*s\"", HSY_FMT(word));
    }
  return asked;
}

/* ---- who shares words ---- */

typedef struct asked_word {
  hsy_str phrase;
  int64_t sharers; /* up to SHARERS_WORD + 1 */
} asked_word;

typedef struct sharer {
  int64_t attribution;
  double weight; /* of the words shared */
} sharer;

typedef HSY_VEC(sharer) sharer_vec;

static int64_t count_sharers(tracing *t, hsy_str phrase) {
  hsy_query query = hsy_db_query(hsy_store_db(t->store),
                                 "SELECT count(*) FROM (SELECT 1 FROM attributions_words"
                                 " WHERE attributions_words MATCH ? LIMIT ?)",
                                 t->err);
  hsy_bind_text(&query, phrase);
  hsy_bind_int(&query, SHARERS_WORD + 1);
  int64_t count = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return count;
}

static int rarest_first(const void *a, const void *b) {
  const asked_word *x = a, *y = b;
  return x->sharers != y->sharers ? (x->sharers > y->sharers) - (x->sharers < y->sharers)
                                  : hsy_str_cmp(x->phrase, y->phrase);
}

static void add_sharers(tracing *t, const asked_word *word, double weight, sharer_vec *sharers, hsy_arena *arena) {
  hsy_query query = hsy_db_query(hsy_store_db(t->store),
                                 "SELECT rowid FROM attributions_words WHERE attributions_words MATCH ?"
                                 " ORDER BY rowid DESC LIMIT ?",
                                 t->err);
  hsy_bind_text(&query, word->phrase);
  hsy_bind_int(&query, SHARERS_WORD);
  while (hsy_query_next(&query)) *hsy_push(sharers, arena) = (sharer){hsy_column_int(&query, 0), weight};
}

static int by_attribution(const void *a, const void *b) {
  int64_t x = ((const sharer *)a)->attribution, y = ((const sharer *)b)->attribution;
  return (x > y) - (x < y);
}

static int most_shared_first(const void *a, const void *b) {
  const sharer *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return by_attribution(a, b);
}

/* Each once, with the weight of all that it shares, the most first. */
static void merge_sharers(sharer_vec *sharers) {
  if (sharers->len == 0) return;
  ptrdiff_t kept = 0;
  qsort(sharers->data, (size_t)sharers->len, sizeof *sharers->data, by_attribution);
  for (ptrdiff_t i = 0; i < sharers->len; i++) {
    if (kept && sharers->data[kept - 1].attribution == sharers->data[i].attribution)
      sharers->data[kept - 1].weight += sharers->data[i].weight;
    else
      sharers->data[kept++] = sharers->data[i];
  }
  sharers->len = kept;
  qsort(sharers->data, (size_t)sharers->len, sizeof *sharers->data, most_shared_first);
}

/* A word that n of N statements hold weighs log(1 + N / n). */
static sharer_vec find_sharers(tracing *t, hsy_arena *arena) {
  sharer_vec sharers = {0};
  hsy_str_vec phrases = words_to_ask(t, t->ask->words, arena);
  asked_word *words = hsy_new(arena, asked_word, phrases.len + 1);
  if (!words) return sharers;
  for (ptrdiff_t i = 0; i < phrases.len; i++)
    words[i] = (asked_word){phrases.data[i], count_sharers(t, phrases.data[i])};
  qsort(words, (size_t)phrases.len, sizeof *words, rarest_first);
  double all = (double)hsy_db_number(hsy_store_db(t->store), "SELECT max(key) FROM attributions", t->err);
  for (ptrdiff_t i = 0; i < phrases.len && sharers.len < SHARERS_MOST; i++) {
    bool again = i > 0 && hsy_str_eq(words[i].phrase, words[i - 1].phrase);
    if (words[i].sharers && !again) add_sharers(t, &words[i], log(1 + all / (double)words[i].sharers), &sharers, arena);
  }
  merge_sharers(&sharers);
  return sharers;
}

/* ---- candidates ---- */

static void keep_candidate(tracing *t, int64_t statement, double points, hsy_str id) {
  for (ptrdiff_t i = 0; i < t->found.len; i++) {
    candidate *old = &t->found.data[i];
    if (old->statement != statement) continue;
    if (points > old->score) old->score = points;
    return;
  }
  *hsy_push(&t->found, t->arena) = (candidate){statement, points, hsy_str_copy(t->arena, id)};
}

static int nearest_first(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  return hsy_str_cmp(x->id, y->id);
}

static bool is_filtered(const hsy_ask *ask) {
  return hsy_ask_of_attributions(ask) || ask->outlet.len || ask->since.len || ask->until.len;
}

/* "[key,…]", in their order; as many as may be read where nothing is filtered. */
static hsy_str list_keys(const tracing *t, const sharer_vec *sharers, hsy_arena *arena) {
  ptrdiff_t most = is_filtered(t->ask) || sharers->len < 2 * READ_MOST ? sharers->len : 2 * READ_MOST;
  hsy_buf keys = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < most; i++) {
    hsy_buf_byte(&keys, i ? ',' : '[');
    hsy_buf_add(&keys, hsy_str_printf(arena, "%lld", (long long)sharers->data[i].attribution));
  }
  hsy_buf_byte(&keys, ']');
  return hsy_buf_str(&keys);
}

/* Columns: place among the sharers, statement, content, speaker, statement's id. */
static bool ask_sharers(tracing *t, const sharer_vec *sharers, hsy_query *query) {
  hsy_clauses clauses = hsy_clauses_in(t->arena);
  hsy_clauses_text(&clauses,
                   "SELECT j.key, r.statement, a.content, a.speaker, t.id FROM json_each(?) j"
                   " CROSS JOIN attributions a ON a.key = j.value CROSS JOIN reports r ON r.attribution = a.key"
                   " CROSS JOIN statements t ON t.key = r.statement",
                   list_keys(t, sharers, t->arena));
  if (is_filtered(t->ask))
    hsy_clauses_add(&clauses, " CROSS JOIN documents d INDEXED BY documents_brief ON d.key = a.document");
  hsy_clauses_add(&clauses, " WHERE 1");
  hsy_clauses_attribution(&clauses, t->ask);
  if (t->ask->speaker.len) hsy_clauses_called(&clauses, t->store, t->ask->speaker, t->err);
  if (!hsy_clauses_document(&clauses, t->ask, t->err)) return false;
  *query = hsy_clauses_query(&clauses, t->store, t->err);
  return true;
}

static bool find_by_words(tracing *t) {
  hsy_arena *arena = t->arena;
  hsy_query query;
  add_words(t, t->ask->words, 1, &t->asked, arena);
  close_bag(&t->asked);
  sharer_vec sharers = find_sharers(t, arena);
  if (sharers.len == 0) return t->err->code == HSY_OK && hsy_arena_check(*arena, "query", t->err);
  if (!ask_sharers(t, &sharers, &query)) return false;
  hsy_arena scratch = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 2);
  double least = 0;
  for (int read = 0; read < READ_MOST && hsy_query_next(&query); read++) {
    double weight = sharers.data[hsy_column_int(&query, 0)].weight;
    if (read >= CANDIDATES && weight < least) break;
    least = weight;
    double points = score(t, hsy_column_str(&query, 2), hsy_column_str(&query, 3), scratch);
    if (points > 0) keep_candidate(t, hsy_column_int(&query, 1), points, hsy_column_str(&query, 4));
  }
  hsy_query_end(&query);
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
  if (found) keep_candidate(t, hsy_column_int(&query, 0), -1, id);
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
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
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
