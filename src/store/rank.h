/* How well a row fits words that are looked for: FTS5's bm25(), with weights of
 * the words that are given to it.
 *
 * In. `hearsay_rank(TABLE, weight of each phrase…)` in a full-text query; 1
 * where a weight is missing.
 * Out. A number, the lower the better.
 * Owns. Nothing.
 * Fails when. SQLite has no FTS5.
 * Method. BM25 with k1 = 1.2 and b = 0.75. bm25() itself counts all rows of
 * each word before it ranks the first, however few are ranked.
 */
#ifndef HSY_STORE_RANK_H
#define HSY_STORE_RANK_H

#include "store/db.h"

bool hsy_rank_register(hsy_db *db, hsy_error *err);

#endif
