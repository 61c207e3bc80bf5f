/* What was put right about names, as rows.
 *
 * In. Corrections as stored.
 * Out. One jansson value a call, built with `json`, whose failure sticks.
 * Owns. The value is the caller's.
 * Fails when. There is no memory, or the store cannot be read (*err).
 */
#ifndef HSY_EXPORT_CORRECTIONS_H
#define HSY_EXPORT_CORRECTIONS_H

#include "export/json.h"
#include "store/corrections.h"

/* The row of the export: without its number, which is the store's own. */
json_t *hsy_export_correction(hsy_json *json, const hsy_stored_correction *correction, hsy_arena scratch);
/* Its number, whether b is an article, and which of the names nobody in the record bears. */
void hsy_export_correction_known(hsy_json *json, json_t *row, hsy_store *store, const hsy_stored_correction *correction,
                                 hsy_arena scratch, hsy_error *err);

#endif
