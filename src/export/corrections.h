/* What people put right, as rows: of names and of claims, and marks of reviewers.
 *
 * In. Corrections as stored.
 * Out. One jansson value a call, built with `json`, whose failure sticks.
 * Owns. The value is the caller's.
 * Fails when. There is no memory, or the store cannot be read (*err).
 */
#ifndef HSY_EXPORT_CORRECTIONS_H
#define HSY_EXPORT_CORRECTIONS_H

#include "export/json.h"
#include "store/claim_corrections.h"
#include "store/corrections.h"
#include "store/reviews.h"

/* The row of the export: without its number, which is the store's own. */
json_t *hsy_export_correction(hsy_json *json, const hsy_stored_correction *correction, hsy_arena scratch);
/* Its number, whether b is an article, and which of the names nobody in the record bears. */
void hsy_export_correction_known(hsy_json *json, json_t *row, hsy_store *store, const hsy_stored_correction *correction,
                                 hsy_arena scratch, hsy_error *err);

json_t *hsy_export_claim_correction(hsy_json *json, const hsy_claim_correction *correction, hsy_arena scratch);
/* The row of the export: without its number, which is the store's own. */
json_t *hsy_export_review(hsy_json *json, const hsy_review *review, hsy_arena scratch);

#endif
