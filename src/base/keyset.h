/* A set of keys in an arena.
 *
 * In. Keys. Out. Whether a key is in, and all keys in the order they came.
 * Owns. Nothing; the arena's. Fails when. The arena is full: keys get lost,
 * and the arena says so.
 */
#ifndef HSY_BASE_KEYSET_H
#define HSY_BASE_KEYSET_H

#include "base/arena.h"

typedef struct hsy_keyset {
  HSY_VEC(uint64_t) keys;
  uint32_t *slots; /* [mask + 1], row + 1 */
  uint64_t mask;
} hsy_keyset;

/* True where the key is new. */
bool hsy_keyset_add(hsy_keyset *set, uint64_t key, hsy_arena *arena);
/* Its row in `keys`, or -1. */
ptrdiff_t hsy_keyset_find(const hsy_keyset *set, uint64_t key);
/* Ascending, for qsort over keys. */
int hsy_key_cmp(const void *a, const void *b);

#endif
