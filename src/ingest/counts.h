/* In how many rows of the record words stand, as far as a batch asks.
 *
 * In. Keys of words (link/link.h), a store that keeps their counts.
 * Out. Counts; each is read from the store once, or written once.
 * Owns. Nothing; the table lies in the arena given.
 * Fails when. The store does, or the arena is full: counts are 0 then.
 */
#ifndef HSY_INGEST_COUNTS_H
#define HSY_INGEST_COUNTS_H

#include "base/arena.h"
#include "store/store.h"

typedef struct hsy_counts {
  hsy_store *store;
  hsy_arena *arena;
  hsy_error *err;
  struct hsy_count {
    uint64_t key;
    int32_t here, all; /* rows of the batch; of the record, -1: not asked yet */
  } * slots;           /* open addressing, [1 << bits]; here 0 and all 0: free */
  int bits;
  int32_t used;
} hsy_counts;

/* A row of the batch has the word. */
void hsy_counts_add(hsy_counts *counts, uint64_t key);
/* Adds the batch's rows to the store's counts. */
bool hsy_counts_write(hsy_counts *counts);
int32_t hsy_counts_of(hsy_counts *counts, uint64_t key);

#endif
