/* Links across the record: entities, statements, claims, shifts. Of a record of
 * up to HSY_LINKED_WHOLE documents all are made anew, so that they do not depend
 * on how it came about; to a larger one those of the news are added
 * (ingest/near.h).
 *
 * In. A store in which documents came or went since the last time.
 * Out. Its tables of links, in one transaction; nothing where nothing changed.
 * Owns. Nothing that outlives the call.
 * Fails when. The store does, or there is no memory for the rows of all
 * attributions; the links then are as they were, and made at the next call.
 */
#ifndef HSY_INGEST_RELINK_H
#define HSY_INGEST_RELINK_H

#include "store/store.h"

enum { HSY_LINKED_WHOLE = 1000 };

/* Inside the batch that changes the documents. */
bool hsy_relink_note(hsy_store *store, hsy_error *err);
/* Inside the batch in which a person puts right who goes by a name, or the
 * claims of an attribution: of a large record what that touches is linked again. */
bool hsy_relink_note_name(hsy_store *store, hsy_str name, hsy_arena scratch, hsy_error *err);
bool hsy_relink_note_claims(hsy_store *store, int64_t attribution, hsy_arena scratch, hsy_error *err);
bool hsy_relink(hsy_store *store, hsy_error *err);
/* Between the batches of a long run: of a large record what can be linked
 * already. It does not matter to the links when it is done. */
bool hsy_relink_meanwhile(hsy_store *store, hsy_error *err);

#endif
