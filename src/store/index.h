/* The look-ups across articles (index/index.h), kept in the store.
 *
 * In. A store.
 * Out. The interface over its tables; all of it within the store's batches.
 * Owns. Nothing; borrows the store.
 * Fails when. SQLite does.
 *
 * A document's key is its id read as a number. Keys are kept with their first
 * bit turned over, so that SQLite's signed order is theirs.
 */
#ifndef HSY_STORE_INDEX_H
#define HSY_STORE_INDEX_H

#include "index/index.h"
#include "store/store.h"

hsy_index hsy_store_index(hsy_store *store);

hsy_key hsy_store_key_of(hsy_str id);
hsy_str hsy_store_id_of(hsy_key key, hsy_arena *arena); /* 16 hexadecimal digits */

/* One group of copies by its id; *found is false where there is none. */
bool hsy_store_copy(hsy_store *store, uint64_t id, hsy_copy_group *group, bool *found, hsy_arena *arena,
                    hsy_error *err);
/* The group in which a document is copied as a whole: *group and *original are
 * 0 where it is in none. */
bool hsy_store_copy_of(hsy_store *store, hsy_key document, uint64_t *group, hsy_key *original, hsy_error *err);
/* All groups of copies, by id; false where visit said so or *err is set. */
bool hsy_store_copies(hsy_store *store, bool (*visit)(void *user, const hsy_copy_group *group), void *user,
                      hsy_arena arena, hsy_error *err);

#endif
