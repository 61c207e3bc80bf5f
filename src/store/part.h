/* What linking a part of a record asks of the rest of it, and writes.
 *
 * In. Keys of documents and attributions, words.
 * Out. Documents that wait to be linked, those that may be about the same, the
 * entities of a name, in how many rows a word stands.
 * Owns. Nothing; lists lie in the arenas given.
 * Fails when. SQLite does.
 */
#ifndef HSY_STORE_PART_H
#define HSY_STORE_PART_H

#include "link/entities.h"
#include "store/links.h"

/* Documents that came since the last linking, oldest first. */
bool hsy_part_unlinked(hsy_store *store, hsy_key_vec *documents, hsy_arena *arena, hsy_error *err);
/* They are linked now. */
bool hsy_part_done(hsy_store *store, const int64_t *documents, ptrdiff_t count, hsy_error *err);

/* A document's links go, and it waits to be linked again. */
bool hsy_part_unlink(hsy_store *store, int64_t document, hsy_error *err);
/* The same with all documents in which somebody goes by the name (folded), or by
 * another name of theirs. */
bool hsy_part_unlink_named(hsy_store *store, hsy_str folded, hsy_arena scratch, hsy_error *err);
/* The same with all documents that take a side on a claim on which the
 * attribution does, and its own. */
bool hsy_part_unlink_beside(hsy_store *store, int64_t attribution, hsy_arena scratch, hsy_error *err);
/* The key of the newest document that does not wait; 0 where none is. */
int64_t hsy_part_newest_linked(hsy_store *store, hsy_error *err);

/* In how many rows a word of link/ stands; 0 where it was never counted. */
int32_t hsy_part_count(hsy_store *store, uint64_t word, hsy_error *err);
/* So many rows more; in how many it stands now. */
int32_t hsy_part_count_more(hsy_store *store, uint64_t word, int32_t more, hsy_error *err);
/* Nothing was counted yet, or counting begins anew. */
bool hsy_part_is_counted(hsy_store *store, hsy_error *err);
bool hsy_part_forget(hsy_store *store, hsy_error *err);

/* Shows what was said in documents that do not wait, to count it. */
bool hsy_part_said(hsy_store *store, bool (*visit)(void *user, hsy_str content), void *user, hsy_error *err);

/* A row of a document. */
typedef struct hsy_said_row {
  int64_t document, attribution; /* keys */
} hsy_said_row;

typedef HSY_VEC(hsy_said_row) hsy_said_row_vec;

/* Appends the latest rows with keys below `before` that say the word, at most
 * `most`. */
bool hsy_part_saying(hsy_store *store, hsy_str word, int64_t before, int most, hsy_said_row_vec *rows, hsy_arena *arena,
                     hsy_error *err);

/* An entity of one document. */
typedef struct hsy_local_entity {
  int64_t document, entity; /* keys; entity 0: not linked yet */
  int32_t number;
} hsy_local_entity;

typedef HSY_VEC(hsy_local_entity) hsy_local_entity_vec;

/* Appends entities that go by a folded name: for each bearer, at most `most` of
 * them, one document's. */
bool hsy_part_named(hsy_store *store, hsy_str folded, int most, hsy_local_entity_vec *out, hsy_arena *arena,
                    hsy_error *err);
/* What it is called there, in the arena. */
bool hsy_part_entity(hsy_store *store, const hsy_local_entity *which, hsy_entity_row *row, hsy_arena *arena,
                     hsy_error *err);
/* The entity it is linked to, 0: none. */
int64_t hsy_part_linked(hsy_store *store, int64_t document, int32_t number, hsy_error *err);

/* Links of a part: the first `fresh` rows and entity rows of `linked` are new,
 * the rest is context that is in the store already. */
typedef struct hsy_record_part {
  hsy_linked linked;
  const int64_t *known; /* [speakers] keys of entities, 0 where new */
  int32_t fresh_rows, fresh_entities;
} hsy_record_part;

/* Adds what the new rows bring: to the statements and claims that hold a row
 * they were found with, else as new ones. Inside a batch. */
bool hsy_part_put(hsy_store *store, const hsy_record_part *part, hsy_arena scratch, hsy_error *err);
/* Puts in order what lost a report since: counts and days of statements, claims
 * that have one side left. Inside a batch. */
bool hsy_part_tighten(hsy_store *store, hsy_arena scratch, hsy_error *err);

#endif
