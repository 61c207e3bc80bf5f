/* What linking reads of the store, gathered document by document.
 *
 * In. A store and keys of its documents.
 * Out. Rows as link/ wants them: documents, attributions that report speech,
 * and the entities that speak or are linked. Rows of the documents gathered
 * first stand first.
 * Owns. Nothing; all lies in the arena given.
 * Fails when. The store does, or the arena is full.
 */
#ifndef HSY_RECORD_GATHER_H
#define HSY_RECORD_GATHER_H

#include "link/entities.h"
#include "link/link.h"
#include "store/store.h"

typedef struct hsy_gathering {
  hsy_store *store;
  hsy_arena *arena;  /* for what is kept */
  hsy_heap *reading; /* for one document at a time */
  hsy_error *err;
  HSY_VEC(hsy_link_document) documents;
  HSY_VEC(hsy_link_row) rows;
  HSY_VEC(int64_t) attributions; /* [rows] keys */
  HSY_VEC(hsy_entity_row) entities;
  HSY_VEC(int64_t) entity_documents; /* [entities] */
  HSY_VEC(int32_t) entity_numbers;   /* [entities] */
} hsy_gathering;

/* keep: which of its attributions, by key; NULL: all of them. */
bool hsy_gather_document(hsy_gathering *g, int64_t key, bool (*keep)(void *user, int64_t attribution), void *user);

/* The groups as speakers, without bodies. NULL: the arena is full. */
hsy_link_speaker *hsy_gather_speakers(const hsy_gathering *g, const hsy_entity_groups *groups, hsy_arena *arena);
/* Rows name entities of documents; from here on they name groups, each once. */
void hsy_gather_name_groups(hsy_gathering *g, const int32_t *group_of);

#endif
