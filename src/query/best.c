#include "query/best.h"

#include <stdlib.h>

enum { LEAST_CUT = 4096 };

static int by_rank(const void *a, const void *b) {
  double x = ((const hsy_best_match *)a)->rank, y = ((const hsy_best_match *)b)->rank;
  return (x > y) - (x < y);
}

/* To the best `most` and their ties; the rank of the last, or a bound that all
 * pass where there are fewer. */
static double cut(hsy_best_matches *matches, int64_t most) {
  if (matches->len == 0) return 0;
  qsort(matches->data, (size_t)matches->len, sizeof *matches->data, by_rank);
  if (matches->len < most) return matches->data[matches->len - 1].rank;
  double last = matches->data[most - 1].rank;
  ptrdiff_t kept = most;
  while (kept < matches->len && matches->data[kept].rank <= last) kept++;
  matches->len = kept;
  return last;
}

bool hsy_best_read(hsy_query *query, int64_t most, hsy_best_matches *matches, hsy_arena *arena, hsy_error *err) {
  ptrdiff_t next_cut = LEAST_CUT;
  double bound = 0;
  bool bounded = false;
  while (hsy_query_next(query)) {
    double rank = hsy_column_real(query, 1);
    if (bounded && rank > bound) continue;
    *hsy_push(matches, arena) = (hsy_best_match){hsy_column_int(query, 0), rank};
    if (matches->len < next_cut || matches->len <= most) continue;
    bound = cut(matches, most);
    bounded = true;
    next_cut = 2 * matches->len > LEAST_CUT ? 2 * matches->len : LEAST_CUT;
  }
  cut(matches, most);
  return err->code == HSY_OK && hsy_arena_check(*arena, "query", err);
}
