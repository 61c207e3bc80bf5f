/* What people said, from another record: corrections of names and of claims, marks
 * of reviewers.
 *
 * In. Rows of an export, or another store.
 * Out. The same facts here; those that stand already are left.
 * Owns. Nothing.
 * Fails when. A row is not as docs/format.md has it; the store cannot be written.
 */
#ifndef HSY_INGEST_FACTS_H
#define HSY_INGEST_FACTS_H

#include "store/store.h"

#include <jansson.h>

/* Both in batches of their own; linking follows with hsy_relink. */
bool hsy_facts_take(hsy_store *store, const json_t *row, hsy_error *err);
bool hsy_facts_copy(hsy_store *store, hsy_store *from, hsy_arena arena, hsy_error *err);

#endif
