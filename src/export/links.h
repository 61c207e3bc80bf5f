/* What works across articles as rows: entities, statements, claims, conflicts,
 * shifts, copies, each kind by its ids.
 *
 * In. A store; an arena.
 * Out. Rows, as docs/format.md has them.
 * Owns. Nothing that outlives the call.
 * Fails when. The store cannot be read, or the function that gets the rows
 * says so.
 */
#ifndef HSY_EXPORT_LINKS_H
#define HSY_EXPORT_LINKS_H

#include "export/jsonl.h"

bool hsy_export_links(hsy_store *store, hsy_arena arena, hsy_export_fn fn, void *user, hsy_error *err);

#endif
