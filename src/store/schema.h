/* The shape of the store, version by version.
 *
 * In. A connection to a file whose version is known.
 * Out. The same file at a later version, in one transaction.
 * Owns. Nothing.
 * Fails when. The file cannot be written; it is then as it was.
 *
 * A released version is never edited: what changes is a further step at the
 * end of the list in schema.c. PRAGMA user_version holds the version,
 * PRAGMA application_id says that the file is a store.
 */
#ifndef HSY_STORE_SCHEMA_H
#define HSY_STORE_SCHEMA_H

#include "store/db.h"

enum { HSY_SCHEMA_APPLICATION = 0x48536179 }; /* "HSay" */

/* The version that this program writes. */
int hsy_schema_latest(void);
/* From the file's version to `version`. */
bool hsy_schema_migrate(hsy_db *db, int version, hsy_error *err);

#endif
