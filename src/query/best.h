/* The best matches of a full-text query, without reading what the others
 * belong to.
 *
 * In. A query that gives (key, rank) of each match; how many are wanted.
 * Out. The keys of the best, and of all that tie with the last of them; by
 * rank, ties in no order.
 * Owns. Nothing; the list lies in the arena.
 * Fails when. The query does, or memory runs out.
 * Method. A list that is cut to the best whenever it has doubled: sorting all
 * matches in SQL needs the day and id of each, which costs more than its rank.
 */
#ifndef HSY_QUERY_BEST_H
#define HSY_QUERY_BEST_H

#include "store/db.h"

typedef struct hsy_best_match {
  int64_t key;
  double rank; /* the lower the better, as FTS5 has it */
} hsy_best_match;

typedef HSY_VEC(hsy_best_match) hsy_best_matches;

/* Steps through to the end; most: at least 1. */
bool hsy_best_read(hsy_query *query, int64_t most, hsy_best_matches *matches, hsy_arena *arena, hsy_error *err);

#endif
