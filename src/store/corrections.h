/* What people put right about names, kept for ever: facts of their own, that
 * no adding or removing of articles touches.
 *
 * In. Corrections, checked already (record/correct.h).
 * Out. The same, in the order in which they were made.
 * Owns. Nothing; what is read lies in the arena.
 * Fails when. SQLite does.
 */
#ifndef HSY_STORE_CORRECTIONS_H
#define HSY_STORE_CORRECTIONS_H

#include "link/entities.h"
#include "store/store.h"

typedef struct hsy_stored_correction {
  int64_t number; /* of this store; never given twice */
  hsy_correction what;
} hsy_stored_correction;

typedef HSY_VEC(hsy_stored_correction) hsy_stored_correction_vec;
typedef HSY_VEC(hsy_correction) hsy_correction_vec;

bool hsy_store_corrections(hsy_store *store, hsy_stored_correction_vec *rows, hsy_arena *arena, hsy_error *err);
/* As grouping wants them: a split by an article (b is its origin) is one of
 * each version of it that is there. */
bool hsy_store_corrections_apply(hsy_store *store, hsy_correction_vec *rows, hsy_arena *arena, hsy_error *err);

/* *number gets the new row's. Both inside a batch. */
bool hsy_store_put_correction(hsy_store *store, const hsy_correction *what, int64_t *number, hsy_arena scratch,
                              hsy_error *err);
bool hsy_store_drop_correction(hsy_store *store, int64_t number, bool *found, hsy_error *err);

/* Whether an article names somebody so. */
bool hsy_store_name_known(hsy_store *store, hsy_str name, bool *known, hsy_arena scratch, hsy_error *err);
/* Whether both are names, and nobody goes by either. */
bool hsy_store_names_apart(hsy_store *store, hsy_str a, hsy_str b, hsy_arena scratch, hsy_error *err);
/* All names that articles give to whom they call so. */
bool hsy_store_names_beside(hsy_store *store, hsy_str name, hsy_str_vec *names, hsy_arena *arena, hsy_error *err);

const char *hsy_correction_kind_name(hsy_correction_kind kind); /* "merge", "split", "alias" */

#endif
