#include "query/query.h"

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
