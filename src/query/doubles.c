#include "query/query.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "link/doubles.h"
#include "query/disputes.h"
#include "store/corrections.h"

/* Entities that may be one, less the pairs of which somebody said what they are. */

typedef struct asking {
  hsy_store *store;
  hsy_arena *arena;
  hsy_error *err;
  hsy_double_entity_vec entities; /* by id */
  HSY_VEC(int64_t) keys;
  HSY_VEC(int64_t) counts; /* attributions */
  hsy_double_utterance_vec utterances;
} asking;

/* ---- what is there ---- */

typedef struct by_key {
  int64_t key;
  int32_t place;
} by_key;

static int compare_keys(const void *a, const void *b) {
  const by_key *x = a, *y = b;
  return (x->key > y->key) - (x->key < y->key);
}

static by_key *sort_keys(const asking *a) {
  by_key *order = hsy_new(a->arena, by_key, a->keys.len + 1);
  for (ptrdiff_t i = 0; order && i < a->keys.len; i++) order[i] = (by_key){a->keys.data[i], (int32_t)i};
  if (order) qsort(order, (size_t)a->keys.len, sizeof *order, compare_keys);
  return order;
}

static int32_t place_of(const asking *a, const by_key *order, int64_t key) {
  by_key want = {key, 0};
  const by_key *found = bsearch(&want, order, (size_t)a->keys.len, sizeof *order, compare_keys);
  return found ? found->place : HSY_NONE;
}

static hsy_entity_kind kind_named(hsy_str name) {
  hsy_entity_kind kind = HSY_PERSON;
  while (kind < HSY_UNNAMED && !hsy_str_eq(name, hsy_str_of(hsy_entity_kind_name(kind)))) kind++;
  return kind;
}

static void load_entities(asking *a) {
  hsy_query query = hsy_db_query(hsy_store_db(a->store),
                                 "SELECT e.key, e.id, e.name, e.kind, ifnull(g.gender, ''), ifnull(g.attributions, 0)"
                                 " FROM entities e LEFT JOIN speaker_figures g ON g.bearer = e.key ORDER BY e.id",
                                 a->err);
  while (hsy_query_next(&query)) {
    hsy_str gender = hsy_column_str(&query, 4);
    *hsy_push(&a->keys, a->arena) = hsy_column_int(&query, 0);
    *hsy_push(&a->counts, a->arena) = hsy_column_int(&query, 5);
    *hsy_push(&a->entities, a->arena) = (hsy_double_entity){.id = hsy_str_copy(a->arena, hsy_column_str(&query, 1)),
                                                            .name = hsy_str_copy(a->arena, hsy_column_str(&query, 2)),
                                                            .kind = kind_named(hsy_column_str(&query, 3)),
                                                            .gender = (char)(gender.len ? gender.data[0] : 0)};
  }
}

static void load_titles(asking *a, const by_key *order) {
  hsy_query query = hsy_db_query(hsy_store_db(a->store),
                                 "SELECT bearer, name FROM names WHERE role = 'title' AND bearer > 0"
                                 " GROUP BY bearer, folded ORDER BY bearer, -count(*), folded",
                                 a->err);
  while (hsy_query_next(&query)) {
    int32_t place = place_of(a, order, hsy_column_int(&query, 0));
    if (place != HSY_NONE)
      *hsy_push(&a->entities.data[place].titles, a->arena) = hsy_str_copy(a->arena, hsy_column_str(&query, 1));
  }
}

static void load_documents(asking *a, const by_key *order) {
  hsy_query query = hsy_db_query(hsy_store_db(a->store),
                                 "SELECT DISTINCT entity, document FROM local_entities WHERE entity IS NOT NULL"
                                 " ORDER BY entity, document",
                                 a->err);
  while (hsy_query_next(&query)) {
    int32_t place = place_of(a, order, hsy_column_int(&query, 0));
    if (place != HSY_NONE) *hsy_push(&a->entities.data[place].documents, a->arena) = hsy_column_int(&query, 1);
  }
}

/* Reports of one statement that name two; numbers of copies' documents are their
 * ids with the first bit turned over (store/schema.c). */
static void load_utterances(asking *a, const by_key *order) {
  static const char SQL[] =
      "WITH g AS MATERIALIZED (SELECT d.key AS document, m.copy AS copy FROM copy_documents m JOIN copies c"
      " ON c.id = m.copy AND c.whole JOIN documents d ON d.id = printf('%016llx', CASE WHEN m.document < 0"
      " THEN m.document & 9223372036854775807 ELSE m.document | (-9223372036854775807 - 1) END)),"
      " p AS MATERIALIZED (SELECT r.statement AS statement, a.key AS attribution, a.document AS document,"
      " min(s.bearer) AS bearer FROM reports r JOIN attributions a ON a.key = r.attribution JOIN spoken s"
      " ON s.attribution = a.key AND s.bearer > 0 GROUP BY a.key HAVING count(*) = 1)"
      " SELECT DISTINCT x.bearer, y.bearer, EXISTS (SELECT 1 FROM g h JOIN g k ON k.copy = h.copy"
      " WHERE h.document = x.document AND k.document = y.document) FROM p x JOIN p y ON y.statement = x.statement"
      " AND y.bearer > x.bearer AND y.document <> x.document";
  hsy_query query = hsy_db_query(hsy_store_db(a->store), SQL, a->err);
  while (hsy_query_next(&query)) {
    int32_t one = place_of(a, order, hsy_column_int(&query, 0)), other = place_of(a, order, hsy_column_int(&query, 1));
    if (one != HSY_NONE && other != HSY_NONE)
      *hsy_push(&a->utterances, a->arena) = (hsy_double_utterance){one, other, hsy_column_int(&query, 2) != 0};
  }
}

/* ---- what was answered ---- */

typedef struct answered {
  int32_t one, other;
} answered;

typedef HSY_VEC(answered) answered_vec;

static int compare_answered(const void *a, const void *b) {
  const answered *x = a, *y = b;
  return x->one != y->one ? x->one - y->one : x->other - y->other;
}

/* Who is called so, by whatever name but a title. */
static void find_called(const asking *a, const by_key *order, hsy_str name, hsy_index_vec *places, hsy_arena *arena) {
  hsy_query query = hsy_db_query(hsy_store_db(a->store),
                                 "SELECT bearer FROM names WHERE folded = ?1 AND role <> 'title' AND bearer > 0"
                                 " UNION SELECT key FROM entities WHERE name = ?2",
                                 a->err);
  hsy_bind_text(&query, hsy_utf8_fold(arena, name));
  hsy_bind_text(&query, name);
  while (hsy_query_next(&query)) {
    int32_t place = place_of(a, order, hsy_column_int(&query, 0));
    if (place != HSY_NONE) *hsy_push(places, arena) = place;
  }
}

static void load_answers(const asking *a, const by_key *order, answered_vec *out) {
  hsy_stored_correction_vec stored = {0};
  if (!hsy_store_corrections(a->store, &stored, a->arena, a->err)) return;
  for (ptrdiff_t i = 0; i < stored.len && a->err->code == HSY_OK; i++) {
    hsy_arena *arena = a->arena;
    hsy_index_vec ones = {0}, others = {0};
    find_called(a, order, stored.data[i].what.a, &ones, arena);
    find_called(a, order, stored.data[i].what.b, &others, arena);
    for (ptrdiff_t x = 0; x < ones.len; x++)
      for (ptrdiff_t y = 0; y < others.len; y++) {
        int32_t one = ones.data[x], other = others.data[y];
        *hsy_push(out, arena) = one < other ? (answered){one, other} : (answered){other, one};
      }
  }
  if (out->len) qsort(out->data, (size_t)out->len, sizeof *out->data, compare_answered);
}

/* ---- rows ---- */

static void put_end(const asking *a, hsy_field_vec *fields, const char *const *names, int32_t place, hsy_arena *arena) {
  enum { TITLES = 4 };
  const hsy_double_entity *entity = &a->entities.data[place];
  hsy_field_text(fields, names[0], entity->id, arena);
  hsy_field_text(fields, names[1], entity->name, arena);
  hsy_field_text(fields, names[2], hsy_str_of(hsy_entity_kind_name(entity->kind)), arena);
  hsy_field_count(fields, names[3], a->counts.data[place], arena);
  hsy_field_count(fields, names[4], entity->documents.len, arena);
  hsy_field *titles = hsy_push(fields, arena);
  *titles = (hsy_field){.name = names[5], .kind = HSY_FIELD_LIST};
  for (ptrdiff_t i = 0; i < entity->titles.len && i < TITLES; i++)
    *hsy_push(&titles->list, arena) = entity->titles.data[i];
}

static void put_signs(hsy_field_vec *fields, const hsy_double *pair, hsy_arena *arena) {
  static const char *const LISTS[] = {"against", "evidence"};
  hsy_buf signs = hsy_buf_in(arena);
  for (int list = 1; list >= 0; list--) {
    hsy_field field = {.name = LISTS[list], .kind = HSY_FIELD_LIST};
    for (int i = 0; i < HSY_DOUBLE_SIGNS; i++) {
      hsy_str words = hsy_double_sign_words(pair, (hsy_double_sign)i);
      if (words.len && hsy_double_sign_speaks_for((hsy_double_sign)i) == (list == 1))
        *hsy_push(&field.list, arena) = words;
    }
    *hsy_push(fields, arena) = field;
  }
  for (int i = 0; i < HSY_DOUBLE_SIGNS; i++)
    if (pair->signs[i] != 0)
      hsy_buf_add(&signs, hsy_str_printf(arena, "%s\"%s\": %.4g", signs.len ? ", " : "{",
                                         hsy_double_sign_name((hsy_double_sign)i), (double)pair->signs[i]));
  hsy_buf_add(&signs, signs.len ? HSY_S("}") : HSY_S("{}"));
  *hsy_push(fields, arena) = (hsy_field){.name = "signs", .kind = HSY_FIELD_JSON, .text = hsy_buf_str(&signs)};
}

/* The latest that each said, to judge by. */
static bool put_said(hsy_dispute *d, const asking *a, const char *part, int32_t place, hsy_arena arena) {
  int64_t key = 0;
  hsy_query query = hsy_db_query(hsy_store_db(a->store),
                                 "SELECT max(s.attribution) FROM spoken s JOIN attributions a ON a.key = s.attribution"
                                 " AND a.mode = 'speech' WHERE s.bearer = ?",
                                 a->err);
  hsy_bind_int(&query, a->keys.data[place]);
  if (hsy_query_next(&query)) key = hsy_column_int(&query, 0);
  hsy_query_end(&query);
  return !key || hsy_dispute_put(d, part, key, NULL, arena);
}

static bool give(hsy_dispute *d, const asking *a, const hsy_double *pair, hsy_arena arena) {
  static const char *const
      ONE[] = {"one", "name_of_one", "kind_of_one", "attributions_of_one", "articles_of_one", "titles_of_one"},
      *const OTHER[] = {
          "other", "name_of_other", "kind_of_other", "attributions_of_other", "articles_of_other", "titles_of_other"};
  hsy_field_vec fields = {0};
  hsy_field_text(&fields, "type", HSY_S("double"), &arena);
  hsy_field_text(&fields, "id",
                 hsy_str_printf(&arena, "%.*s %.*s", HSY_FMT(a->entities.data[pair->one].id),
                                HSY_FMT(a->entities.data[pair->other].id)),
                 &arena);
  put_end(a, &fields, ONE, pair->one, &arena);
  put_end(a, &fields, OTHER, pair->other, &arena);
  hsy_field_rate(&fields, "chance", (double)pair->chance, &arena);
  put_signs(&fields, pair, &arena);
  hsy_field_part(&fields, "said_by_one", true, &arena);
  hsy_field_part(&fields, "said_by_other", true, &arena);
  hsy_field_text(&fields, "cursor", hsy_cursor_write((hsy_str){0}, (hsy_str){0}, d->passed, &arena), &arena);
  if (d->ask->count) return hsy_dispute_open(d, &fields, arena) && hsy_dispute_close(d, arena);
  return hsy_dispute_open(d, &fields, arena) && put_said(d, a, "said_by_one", pair->one, arena) &&
         put_said(d, a, "said_by_other", pair->other, arena) && hsy_dispute_close(d, arena);
}

/* ---- the question ---- */

static bool holds(const asking *a, int32_t place, hsy_str folded, hsy_arena scratch) {
  return hsy_str_find(hsy_utf8_fold(&scratch, a->entities.data[place].name), folded) >= 0;
}

static bool fits(const asking *a, const hsy_double *pair, const hsy_ask *ask, hsy_str words, float bar,
                 const answered_vec *answers) {
  answered want = pair->one < pair->other ? (answered){pair->one, pair->other} : (answered){pair->other, pair->one};
  double least = ask->min_confidence > 0 ? ask->min_confidence : ask->all ? 0 : (double)bar;
  if ((double)pair->chance < least) return false;
  if (words.len && !holds(a, pair->one, words, *a->arena) && !holds(a, pair->other, words, *a->arena)) return false;
  return !answers->len || !bsearch(&want, answers->data, (size_t)answers->len, sizeof want, compare_answered);
}

static bool find(asking *a, hsy_double_vec *pairs, answered_vec *answers, float *bar) {
  hsy_speaker_lists lists;
  load_entities(a);
  by_key *order = sort_keys(a);
  if (!order || !hsy_arena_check(*a->arena, "query", a->err)) return false;
  load_titles(a, order);
  load_documents(a, order);
  load_utterances(a, order);
  load_answers(a, order, answers);
  return a->err->code == HSY_OK && hsy_speaker_load(&lists, a->arena, a->err) &&
         hsy_doubles_find(&a->entities, &a->utterances, &lists, pairs, bar, a->arena, a->err);
}

bool hsy_query_doubles(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                       hsy_error *err) {
  asking a = {.store = store, .arena = &arena, .err = err};
  hsy_double_vec pairs = {0};
  answered_vec answers = {0};
  hsy_cursor cursor;
  float bar = 0;
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  if (hsy_ask_ordered(ask)) return hsy_fail(err, HSY_USAGE, "query", -1, "doubles come the surest first");
  if (!find(&a, &pairs, &answers, &bar)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_str words = hsy_utf8_fold(&arena, hsy_str_trim(ask->words));
  uint64_t given = 0;
  for (ptrdiff_t i = 0; i < pairs.len && (!ask->limit || given < ask->limit); i++) {
    if (!fits(&a, &pairs.data[i], ask, words, bar, &answers)) continue;
    if (++d.passed <= cursor.n) continue;
    given++;
    if (!give(&d, &a, &pairs.data[i], arena)) break;
  }
  return hsy_dispute_end(&d);
}
