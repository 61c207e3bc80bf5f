/* Links across the record: entities, statements, claims, shifts. What they are
 * does not depend on how the record came about.
 *
 * In. A store in which documents came or went since the last time.
 * Out. Its tables of links, in one transaction; nothing where nothing changed.
 * Owns. Nothing that outlives the call.
 * Fails when. The store does, or there is no memory for the rows of all
 * attributions; the links then are as they were, and made at the next call.
 */
#ifndef HSY_RECORD_RELINK_H
#define HSY_RECORD_RELINK_H

#include "store/store.h"

/* Inside the batch that changes documents or corrections. */
bool hsy_relink_note(hsy_store *store, hsy_error *err);
bool hsy_relink(hsy_store *store, hsy_error *err);

#endif
