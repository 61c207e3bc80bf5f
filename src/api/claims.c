#include "api/give.h"
#include "record/claims.h"
#include "query/disputes.h"

HEARSAY_API bool hearsay_claim_side(hearsay_store *store, const char *claim, const char *attribution, hearsay_side side,
                                    hearsay_error *err) {
  static const hsy_claim_side SIDES[] = {[HEARSAY_SIDE_FOR] = HSY_SIDE_FOR,
                                         [HEARSAY_SIDE_AGAINST] = HSY_SIDE_AGAINST,
                                         [HEARSAY_SIDE_NONE] = HSY_SIDE_NONE};
  hsy_error inner = {.offset = -1};
  hsy_store *opened = (hsy_store *)store;
  int64_t key = claim ? hsy_dispute_claim(opened, hsy_str_of(claim), &inner) : 0;
  if (inner.code == HSY_OK && side == HEARSAY_SIDE_AUTO)
    hsy_claims_forget_side(opened, key, hsy_str_of(attribution), &inner);
  else if (inner.code == HSY_OK && (unsigned)side <= HEARSAY_SIDE_NONE)
    hsy_claims_set_side(opened, key, hsy_str_of(attribution), SIDES[side], &inner);
  else
    hsy_fail(&inner, HSY_USAGE, "api", -1, "there is no side %d", (int)side);
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_claim_same(hearsay_store *store, const char *one, const char *other, bool same,
                                    hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_claims_keep_apart((hsy_store *)store, hsy_str_of(one), hsy_str_of(other), same, &inner);
  return hsy_give_error(&inner, err);
}
