/* Links of what came to a record, beside what it may meet there.
 *
 * In. A store with documents that wait to be linked.
 * Out. Their statements, claims and shifts, in transactions of a few documents.
 * Owns. Nothing that outlives the call.
 * Fails when. The store does; what is done stays, the rest waits.
 * Method. The documents that say most of the same rare words are gathered with
 * each new one, and link/ reads these alone, with the words weighed by the
 * whole record. What it costs does not grow with the record; what it finds may
 * fall short of linking all of it (docs/decisions/013).
 */
#ifndef HSY_INGEST_NEAR_H
#define HSY_INGEST_NEAR_H

#include "store/store.h"

/* all: also the last few, that later ones would have been linked together with. */
bool hsy_link_near(hsy_store *store, bool all, hsy_error *err);

#endif
