/* Rows that are to be weighed, told by what stays the same in every store.
 *
 * In. Pairs of rows of documents that are there.
 * Out. Their chances, kept in the store where they count; their rows touched.
 * Owns. Nothing. Fails when. The store does, or there is no memory.
 */
#ifndef HSY_RECORD_MEET_H
#define HSY_RECORD_MEET_H

#include "record/linking.h"

/* A row: number of its document, number of the attribution in it. */
typedef struct hsy_place {
  int64_t document;
  int32_t n;
} hsy_place;

typedef struct hsy_place_pair {
  hsy_place one, other;
} hsy_place_pair;

typedef HSY_VEC(hsy_place_pair) hsy_place_pair_vec;

int hsy_place_pair_compare(const void *a, const void *b);

/* Pairs in the order of hsy_place_pair_compare, each once. */
bool hsy_linking_weigh(hsy_linking *l, const hsy_place_pair_vec *pairs);

#endif
