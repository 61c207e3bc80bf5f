/* What attributions mean, and which mean about the same.
 *
 * In. Rows of meaning (doc/doc.h), the keys of their attributions.
 * Out. Their vectors again; of a vector the attributions nearest to it.
 * Owns. Nothing that outlives the call.
 * Fails when. The store does, or the arena is full.
 * Method. Sketches of all rows are read, 48 bytes each; of those from which the
 * fewest bits differ (Charikar 2002) the whole vectors are compared.
 */
#ifndef HSY_STORE_MEANINGS_H
#define HSY_STORE_MEANINGS_H

#include "store/store.h"

bool hsy_store_put_meaning(hsy_db *db, const hsy_meaning_row *row, int64_t attribution, hsy_error *err);
/* An attribution's vector; empty where no engine told one. */
bool hsy_store_vector(hsy_db *db, int64_t attribution, hsy_str *vector, hsy_arena *arena, hsy_error *err);

typedef struct hsy_near {
  int64_t attribution;
  float cosine;
} hsy_near;

typedef HSY_VEC(hsy_near) hsy_near_vec;

/* The nearest first, HSY_NEAR_MOST at most. */
enum { HSY_NEAR_MOST = 1000 };
bool hsy_store_near(hsy_db *db, const hsy_meaning_row *to, hsy_near_vec *near, hsy_arena *arena, hsy_error *err);

#endif
