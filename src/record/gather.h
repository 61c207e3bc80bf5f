/* What linking reads of the store, gathered document by document.
 *
 * In. A store in which speakers are known (record/entities.h), keys of its
 * documents.
 * Out. Rows as link/ wants them: documents, attributions that report speech,
 * and who speaks, by what they are across documents.
 * Owns. Nothing; all lies in the arena given.
 * Fails when. The store does, or the arena is full.
 */
#ifndef HSY_RECORD_GATHER_H
#define HSY_RECORD_GATHER_H

#include "link/link.h"
#include "record/keymap.h"
#include "store/store.h"

typedef struct hsy_gathering {
  hsy_store *store;
  hsy_arena *arena;  /* for what is kept */
  hsy_heap *reading; /* for one document at a time */
  hsy_error *err;
  HSY_VEC(hsy_link_document) documents;
  hsy_key_vec keys; /* [documents] */
  HSY_VEC(hsy_link_row) rows;
  hsy_key_vec attributions; /* [rows] keys */
  hsy_index_vec numbers;    /* [rows] of the attribution in its document */
  HSY_VEC(hsy_link_speaker) speakers;
  hsy_key_vec entities;  /* [speakers] keys */
  hsy_keymap speaker_of; /* entity → speaker */
} hsy_gathering;

bool hsy_gather_document(hsy_gathering *g, int64_t key);

/* Without corrections; borrows. */
hsy_link_input hsy_gather_input(const hsy_gathering *g);

#endif
