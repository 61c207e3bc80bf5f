/* Who is who across documents, kept in the store.
 *
 * In. Entities as documents know them; what linking made of them.
 * Out. The same rows again. The entity of a document that neither speaks nor
 * is linked stands alone and is no row here.
 * Owns. Nothing; what is read lies in the arena given.
 * Fails when. SQLite does, or the arena is full.
 */
#ifndef HSY_STORE_ENTITIES_H
#define HSY_STORE_ENTITIES_H

#include "link/entities.h"
#include "link/link.h"
#include "store/store.h"

/* Where a row of hsy_entity_row stands, and what it is linked to (0: nothing). */
typedef struct hsy_entity_place {
  int64_t document;
  int32_t number;
  int64_t entity;
} hsy_entity_place;

typedef struct hsy_entity_list {
  HSY_VEC(hsy_entity_row) rows;
  HSY_VEC(hsy_entity_place) places; /* [rows] */
} hsy_entity_list;

/* All that speak or are linked, by document, then number. */
bool hsy_store_entity_list(hsy_store *store, hsy_entity_list *out, hsy_arena *arena, hsy_error *err);

typedef struct hsy_known_entity {
  int64_t key, body; /* body: key of whom it speaks for; 0: nobody */
  hsy_str id, name;
  hsy_entity_kind kind;
} hsy_known_entity;

typedef HSY_VEC(hsy_known_entity) hsy_known_entity_vec;

/* All, by id; and one by its key (key 0 where there is none). */
bool hsy_store_known_entities(hsy_store *store, hsy_known_entity_vec *out, hsy_arena *arena, hsy_error *err);
bool hsy_store_known_entity(hsy_store *store, int64_t key, hsy_known_entity *out, hsy_arena *arena, hsy_error *err);
/* With key 0 a new one; fills in its key. */
bool hsy_store_put_entity(hsy_store *store, hsy_known_entity *row, hsy_error *err);
/* Deletes those that no document has. */
bool hsy_store_drop_entity(hsy_store *store, int64_t key, hsy_error *err);
bool hsy_store_link_entity(hsy_store *store, const hsy_entity_place *place, int64_t entity, hsy_error *err);
/* Of each entity of a document what it is linked to (0: nothing), by number. */
bool hsy_store_linked_entities(hsy_store *store, int64_t document, hsy_key_vec *out, hsy_arena *arena, hsy_error *err);

#endif
