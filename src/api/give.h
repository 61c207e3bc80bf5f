/* Between the public header's types and the library's own.
 *
 * In. hsy_error; JSON values.
 * Out. hearsay_error; rows handed to the caller's function.
 * Owns. Nothing.
 * Fails when. A row cannot be made, or the caller's function says stop.
 */
#ifndef HSY_API_GIVE_H
#define HSY_API_GIVE_H

#include "base/error.h"
#include "export/json.h"
#include "hearsay.h"

/* Returns whether err holds no failure; to may be NULL. */
bool hsy_give_error(const hsy_error *err, hearsay_error *to);
/* Gives the value back, whatever comes of it. A NULL on_row takes every row. */
bool hsy_give_row(hsy_json *json, json_t *row, hearsay_row_fn on_row, void *user, hsy_error *err);

#endif
