/* Statements with their reports and wordings, and groups of copies, as the
 * JSON objects of docs/format.md.
 *
 * In. What query/ and store/ found; scratch for the documents that rows need.
 * Out. One jansson value a call, built with `json`, whose failure sticks.
 * Owns. The value is the caller's.
 * Fails when. There is no memory, or a document cannot be read (*err).
 */
#ifndef HSY_EXPORT_SPREAD_H
#define HSY_EXPORT_SPREAD_H

#include "export/json.h"
#include "query/spread.h"
#include "store/index.h"

/* The row of the export, without `variants`. */
json_t *hsy_export_statement(hsy_json *json, const hsy_stored_statement *statement);
json_t *hsy_export_variants(hsy_json *json, const hsy_stored_report_vec *reports, const hsy_variants *variants);
/* The statement with its attributions as rows, each with its role. */
json_t *hsy_export_spread(hsy_json *json, const hsy_spread *spread, hsy_arena scratch, hsy_error *err);

/* articles: with what a person wants to read of each document. */
json_t *hsy_export_copy(hsy_json *json, hsy_store *store, const hsy_copy_group *group, bool articles, hsy_arena scratch,
                        hsy_error *err);

#endif
