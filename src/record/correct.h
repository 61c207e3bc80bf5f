/* Putting right who is who.
 *
 * In. A correction of names (link/entities.h); of a split, b may also be an
 * article (id, path or address): then a of that article is another than a of
 * the others, also when the article is read anew. Without b a split takes every
 * other name off the entity.
 * Out. The store with the correction, its links made anew.
 * Owns. Nothing that outlives the call.
 * Fails when. A name is empty or too long, the correction says nothing, stands
 * already, or contradicts one that stands (HSY_USAGE); the store fails. Nothing
 * is changed then.
 */
#ifndef HSY_RECORD_CORRECT_H
#define HSY_RECORD_CORRECT_H

#include "store/corrections.h"

/* What was kept: one row, or of a split without b one a name. */
bool hsy_correct(hsy_store *store, const hsy_correction *what, hsy_stored_correction_vec *kept, hsy_arena *arena,
                 hsy_error *err);
/* HSY_NOT_FOUND where no correction has the number. */
bool hsy_correct_back(hsy_store *store, int64_t number, hsy_error *err);
/* The same, without the links: for many at once. hsy_relink follows. */
bool hsy_correct_keep(hsy_store *store, const hsy_correction *what, hsy_stored_correction_vec *kept, hsy_arena *arena,
                      hsy_error *err);
bool hsy_correct_forget(hsy_store *store, int64_t number, hsy_error *err);

#endif
