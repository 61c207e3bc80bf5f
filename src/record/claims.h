/* What a person puts right of claims: kept, and the links made anew.
 *
 * In. Attributions by their ids, or by the ten digits behind the stop where one
 * alone has them; a claim by its id or the start of one.
 * Out. The store with the correction and with links that follow it.
 * Owns. Nothing that outlives the call.
 * Fails when. What is named is not there, or is several; the store does. The
 * correction then is not kept.
 */
#ifndef HSY_RECORD_CLAIMS_H
#define HSY_RECORD_CLAIMS_H

#include "store/claim_corrections.h"

/* The two are not about one claim; `same`: forgets that somebody said so. */
bool hsy_claims_keep_apart(hsy_store *store, hsy_str one, hsy_str other, bool same, hsy_error *err);
/* claim: 0 where the attribution is in one claim alone. */
bool hsy_claims_set_side(hsy_store *store, int64_t claim, hsy_str attribution, hsy_claim_side side, hsy_error *err);
/* Forgets what was said of its side. */
bool hsy_claims_forget_side(hsy_store *store, int64_t claim, hsy_str attribution, hsy_error *err);

#endif
