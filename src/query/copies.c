#include "query/query.h"

#include "query/clauses.h"
#include "query/cursor.h"
#include "store/index.h"

/* The number by which copies name a document is its id with the first bit
 * turned over; SQLite knows no exclusive or. */
#define ID_OF(number)                                                                                                  \
  "printf('%016llx', CASE WHEN " number " < 0 THEN " number " & 9223372036854775807"                                   \
  " ELSE " number " | (-9223372036854775807 - 1) END)"

#define MEMBERS " FROM copy_documents m JOIN documents d ON d.id = " ID_OF("m.document") " WHERE m.copy = c.id"

/* The documents that the words name: an id, a path or an address. */
static bool find_documents(hsy_store *store, hsy_str words, hsy_str_vec *ids, hsy_arena *arena, hsy_error *err) {
  hsy_key_vec keys = {0};
  hsy_store_find(store, words, &keys, arena, err);
  if (err->code == HSY_OK && keys.len == 0)
    return hsy_fail(err, HSY_NOT_FOUND, "query", -1, "%.*s: there is no such document",
                    (int)(words.len < 200 ? words.len : 200), words.data);
  for (ptrdiff_t i = 0; i < keys.len && err->code == HSY_OK; i++)
    hsy_store_id(store, keys.data[i], hsy_push(ids, arena), arena, err);
  return err->code == HSY_OK;
}

/* "(number, …)" of documents. */
static void list_numbers(hsy_clauses *clauses, const hsy_str_vec *ids) {
  for (ptrdiff_t i = 0; i < ids->len; i++)
    hsy_clauses_int(clauses, i ? ", ?" : "(?", (int64_t)(hsy_store_key_of(ids->data[i]) ^ UINT64_C(1) << 63));
  hsy_clauses_add(clauses, ")");
}

static bool filter_groups(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err) {
  hsy_str_vec ids = {0};
  if (ask->words.len) {
    if (!find_documents(store, ask->words, &ids, clauses->arena, err)) return false;
    hsy_clauses_add(clauses, " AND c.id IN (SELECT m.copy FROM copy_documents m WHERE m.document IN ");
    list_numbers(clauses, &ids);
    hsy_clauses_add(clauses, ")");
  }
  if (!ask->outlet.len && !ask->since.len && !ask->until.len) return true;
  hsy_clauses_add(clauses, " AND EXISTS (SELECT 1" MEMBERS);
  if (ids.len) {
    hsy_clauses_add(clauses, " AND m.document IN ");
    list_numbers(clauses, &ids);
  }
  bool ok = hsy_clauses_document(clauses, ask, err);
  hsy_clauses_add(clauses, ")");
  return ok;
}

static const hsy_order ORDERS[] = {{"day", "c.day", false},
                                   {"documents", "(SELECT count(*) FROM copy_documents m WHERE m.copy = c.id)", true},
                                   {"containment", "c.containment", true},
                                   {NULL, NULL, false}};
static const char *const USUAL[] = {"c.day", "c.id", NULL};

static bool give_group(hsy_store *store, const hsy_query *row, hsy_str next, hsy_answer_fn fn, void *user,
                       hsy_arena arena, hsy_error *err) {
  hsy_copy_group group;
  bool found;
  uint64_t id = (uint64_t)hsy_column_int(row, 0) ^ UINT64_C(1) << 63;
  if (!hsy_store_copy(store, id, &group, &found, &arena, err)) return false;
  if (!found) return hsy_fail(err, HSY_STORE, "query", -1, "the store is damaged: a group of copies is missing");
  if (!next.len) next = hsy_cursor_write(hsy_column_str(row, 1), hsy_store_id_of(id, &arena), 0, &arena);
  hsy_answer answer = {.kind = HSY_ANSWER_COPY, .store = store, .copy = &group, .cursor = next};
  return hsy_arena_check(arena, "query", err) && fn(user, &answer, arena, err);
}

/* By the day of the earliest article. */
bool hsy_query_copies(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT c.id, c.day FROM copies c WHERE 1");
  if (!filter_groups(&clauses, store, ask, err)) return false;
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return err->code == HSY_OK;
  if (cursor.set && !hsy_ask_ordered(ask)) {
    hsy_clauses_text(&clauses, " AND (c.day, c.id) > (?", cursor.day);
    hsy_clauses_int(&clauses, ", ?)", (int64_t)(hsy_store_key_of(cursor.id) ^ UINT64_C(1) << 63));
  }
  int64_t passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, ORDERS, USUAL, passed, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    hsy_str next = hsy_ask_cursor(ask, &passed, (hsy_str){0}, &scratch);
    if (!give_group(store, &query, next, fn, user, scratch, err)) break;
  }
  hsy_query_end(&query);
  return err->code == HSY_OK;
}
