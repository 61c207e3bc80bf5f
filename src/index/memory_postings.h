/* Postings in compact tables: fingerprint → members, for index/memory.
 *
 * In. Fingerprints, and rows that say which member.
 * Out. The rows of a fingerprint, by ascending key.
 * Owns. The tables; rows handed out are borrowed until the next call.
 * Fails when. Memory runs out: the call returns false and nothing changed.
 */
#ifndef HSY_INDEX_MEMORY_POSTINGS_H
#define HSY_INDEX_MEMORY_POSTINGS_H

#include "index/index.h"

typedef struct hsy_postings hsy_postings;

typedef struct hsy_posting_row {
  hsy_key key;
  uint32_t number; /* the member's, below 2^31 */
  uint32_t mark;
} hsy_posting_row;

typedef HSY_VEC(hsy_posting_row) hsy_posting_rows;

hsy_postings *hsy_postings_new(void);
void hsy_postings_free(hsy_postings *postings);

/* Hints that this fingerprint is asked for soon: its slot is far from the cache. */
void hsy_postings_prefetch(const hsy_postings *postings, uint64_t fingerprint);
bool hsy_postings_put(hsy_postings *postings, uint64_t fingerprint, hsy_posting_row row);
void hsy_postings_drop(hsy_postings *postings, uint64_t fingerprint, uint32_t number);
/* The first `limit` rows; *rows is the postings' own buffer. */
bool hsy_postings_least(hsy_postings *postings, uint64_t fingerprint, ptrdiff_t limit, hsy_posting_rows *rows);

#endif
