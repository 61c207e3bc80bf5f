/* What people put right of claims, as facts of their own: they name statements
 * by the ids and words of their reports, and stay when those go.
 *
 * In. Corrections, inside a batch.
 * Out. All of them, oldest first, as link/ takes them.
 * Owns. Nothing; what is read lies in the arena.
 * Fails when. The store does.
 */
#ifndef HSY_STORE_CLAIM_CORRECTIONS_H
#define HSY_STORE_CLAIM_CORRECTIONS_H

#include "link/link.h"
#include "store/store.h"

typedef HSY_VEC(hsy_claim_correction) hsy_claim_correction_vec;

bool hsy_store_put_claim_correction(hsy_store *store, const hsy_claim_correction *correction, hsy_error *err);
bool hsy_store_claim_corrections(hsy_store *store, hsy_claim_correction_vec *out, hsy_arena *arena, hsy_error *err);

/* Takes out what says the two are not about one claim; *count of those. */
bool hsy_store_forget_not_same(hsy_store *store, hsy_str one, hsy_str other, int64_t *count, hsy_error *err);
/* Takes out what says on which side the attribution stands of the claim with
 * that key; of any where it is 0. */
bool hsy_store_forget_side(hsy_store *store, hsy_str attribution, int64_t claim, int64_t *count, hsy_error *err);

#endif
