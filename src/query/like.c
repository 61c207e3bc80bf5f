#include "query/query.h"

#include "query/answers.h"
#include "query/clauses.h"
#include "query/cursor.h"
#include "store/meanings.h"

enum { USUAL = 10 }; /* answers where no limit is said: the farther, the less they say */

/* "[key,…]" */
static hsy_str list_keys(const hsy_near_vec *near, hsy_arena *arena) {
  hsy_buf keys = hsy_buf_in(arena);
  hsy_buf_byte(&keys, '[');
  for (ptrdiff_t i = 0; i < near->len; i++)
    hsy_buf_add(&keys, hsy_str_printf(arena, "%s%lld", i ? "," : "", (long long)near->data[i].attribution));
  hsy_buf_byte(&keys, ']');
  return hsy_buf_str(&keys);
}

bool hsy_query_like(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                    hsy_error *err) {
  hsy_near_vec near = {0};
  hsy_cursor cursor;
  if (!ask->like) return hsy_fail(err, HSY_USAGE, "query", -1, "nothing is said that it should be like");
  if (!hsy_ask_check(ask, err) || !hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  if (hsy_ask_ordered(ask)) return hsy_fail(err, HSY_USAGE, "query", -1, "what is like comes the nearest first");
  if (!hsy_store_near(hsy_store_db(store), ask->like, &near, &arena, err)) return false;
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_text(&clauses,
                   "SELECT a.document, a.n, d.id FROM (SELECT j.key AS place, j.value AS key FROM json_each(?) j) s",
                   list_keys(&near, &arena));
  hsy_clauses_brief(&clauses);
  hsy_clauses_add(&clauses, " WHERE 1");
  hsy_clauses_attribution(&clauses, ask);
  if (ask->speaker.len) hsy_clauses_called(&clauses, store, ask->speaker, err);
  if (!hsy_clauses_document(&clauses, ask, err)) return false;
  hsy_clauses_add(&clauses, " ORDER BY s.place");
  hsy_clauses_int(&clauses, " LIMIT ?", ask->limit ? (int64_t)ask->limit : USUAL);
  hsy_clauses_int(&clauses, " OFFSET ?", cursor.n);
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  hsy_answers answers = {.store = store, .fn = fn, .user = user};
  for (int64_t passed = cursor.n + 1; hsy_query_next(&query); passed++) {
    hsy_arena scratch = arena;
    hsy_str id = hsy_str_copy(&scratch, hsy_column_str(&query, 2));
    hsy_str next = hsy_cursor_write(HSY_S(""), HSY_S("like"), passed, &scratch);
    if (!hsy_answers_attribution(&answers, hsy_column_int(&query, 0), hsy_column_int(&query, 1), id, next, scratch,
                                 err))
      break;
  }
  hsy_query_end(&query);
  hsy_answers_reset(&answers);
  return err->code == HSY_OK;
}
