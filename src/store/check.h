/* Whether a store is whole: what it holds against what it says of itself.
 *
 * In. A store.
 * Out. One row a check: how many things are wrong. With repair, what can be made
 * anew from the rest (the full text, the counts) is.
 * Owns. Nothing.
 * Fails when. The store cannot be read at all; or `fn` says stop. A store that is
 * damaged is no failure but what the rows tell.
 */
#ifndef HSY_STORE_CHECK_H
#define HSY_STORE_CHECK_H

#include "store/store.h"

typedef struct hsy_store_check_row {
  const char *name, *about; /* static */
  int64_t wrong;
  bool repaired;
} hsy_store_check_row;

typedef bool (*hsy_store_check_fn)(void *user, const hsy_store_check_row *row);

bool hsy_store_check(hsy_store *store, bool repair, hsy_store_check_fn fn, void *user, hsy_error *err);

/* The whole store as it stands, into a new file, while others read and write.
 * Written beside and renamed: whole or not there. */
bool hsy_store_backup(hsy_store *store, const char *path, hsy_error *err);

#endif
