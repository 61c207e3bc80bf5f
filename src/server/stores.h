/* The store, opened once a thread that asks.
 *
 * In. A path.
 * Out. A handle that is the caller's alone until it is given back.
 * Owns. The handles; all are back before hsy_stores_free.
 * Fails when. The file is not there or is no store. A file that was deleted or
 * replaced while we served is noticed at the next question: old handles are
 * closed and the new file, if there is one, opened.
 */
#ifndef HSY_SERVER_STORES_H
#define HSY_SERVER_STORES_H

#include "hearsay.h"

typedef struct hsy_stores hsy_stores;
typedef struct hsy_stores_handle hsy_stores_handle;

hsy_stores *hsy_stores_new(const char *path); /* NULL: no memory */
void hsy_stores_free(hsy_stores *stores);
const char *hsy_stores_path(const hsy_stores *stores);

/* NULL and *err on failure. */
hsy_stores_handle *hsy_stores_take(hsy_stores *stores, hearsay_error *err);
void hsy_stores_give(hsy_stores *stores, hsy_stores_handle *handle);
hearsay_store *hsy_stores_store(const hsy_stores_handle *handle);

#endif
