/* What people said of the program's rows, kept for ever: facts of their own, that
 * no adding, removing or reading anew of articles touches.
 *
 * In. Marks, checked already (ingest/review.h).
 * Out. The same, in the order in which they were made.
 * Owns. Nothing; what is read lies in the arena.
 * Fails when. SQLite does.
 */
#ifndef HSY_STORE_REVIEWS_H
#define HSY_STORE_REVIEWS_H

#include "store/store.h"

typedef struct hsy_review {
  int64_t number;  /* of this store; never given twice */
  hsy_str kind;    /* of the row: "attribution", "statement", "side", "shift", "name" */
  hsy_str target;  /* its id, as the program made it */
  hsy_str verdict; /* "right", "wrong", "corrected" */
  /* Of a correction: what it puts right ("speaker", "stance", "content"; "mode" of
   * what is wrong altogether), to what, and what the program had said. */
  hsy_str field, value, was;
  hsy_str now;           /* the id of the row as it is corrected */
  hsy_str origin, words; /* by which an attribution is found again that has another id */
  hsy_str reviewer, at;  /* who, and when (ISO 8601) */
  bool pending;          /* not yet in the rows */
} hsy_review;

typedef HSY_VEC(hsy_review) hsy_review_vec;

/* Which of them: empty and 0 are all. */
typedef struct hsy_review_which {
  int64_t number;
  hsy_str origin; /* corrections of attributions of this article alone */
  hsy_str target; /* of this row alone, by either id */
  bool pending;
} hsy_review_which;

bool hsy_store_reviews(hsy_store *store, const hsy_review_which *which, hsy_review_vec *rows, hsy_arena *arena,
                       hsy_error *err);

/* In the place of what the same reviewer said of it before. All inside a batch. */
bool hsy_store_put_review(hsy_store *store, const hsy_review *review, int64_t *number, hsy_error *err);
bool hsy_store_drop_review(hsy_store *store, int64_t number, hsy_error *err);
/* It is in the rows; the attribution now has this id. */
bool hsy_store_review_done(hsy_store *store, int64_t number, hsy_str now, hsy_error *err);

#endif
