/* One relinking at work: what its steps share.
 *
 * Steps, in their order: entities.c (who is who), meet.c (which rows are
 * compared with which), weigh.c (their chances), components.c (what may belong
 * together), cluster.c (statements, claims and shifts of that).
 * Owns. Heaps; made and freed by relink.c.
 * Fails when. *err holds it: the batch is rolled back, and all is as it was.
 */
#ifndef HSY_RECORD_LINKING_H
#define HSY_RECORD_LINKING_H

#include "link/link.h"
#include "record/keymap.h"
#include "speaker/lists.h"
#include "store/linking.h"

typedef struct hsy_linking {
  hsy_store *store;
  const hsy_link_lists *lists;
  const hsy_speaker_lists *words;
  hsy_arena kept;      /* for the whole of it */
  hsy_heap *gathered;  /* rows and their readings, some at a time */
  hsy_heap *scratch;   /* beside them */
  hsy_heap *reading;   /* one document at a time */
  hsy_key_vec touched; /* attributions that are to be put together anew */
  hsy_keymap is_touched;
  hsy_error *err;
} hsy_linking;

enum { HSY_LINKING_ROWS = 6000 }; /* gathered at a time, where one document has no more */

/* Who is who: groups all entities anew, and unlinks the documents of which a
 * speaker has changed. */
bool hsy_linking_entities(hsy_linking *l);
/* Brings keys, pages and kept pairs up to the documents that are unlinked. */
bool hsy_linking_meet(hsy_linking *l);
/* Puts together anew what the touched rows belong to. */
bool hsy_linking_cluster(hsy_linking *l);

/* Notes a row that is to be put together anew. */
void hsy_linking_touch(hsy_linking *l, int64_t attribution);

#endif
