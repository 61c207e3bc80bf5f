/* Items that belong together, by pairs that speak for it or against it.
 *
 * In. Items 0 … count-1; edges, each pair once, with a score (log-odds that the
 * two belong together); what a pair without an edge scores.
 * Out. A cluster's number an item: the least of its items.
 * Owns. Nothing; scratch is given back.
 * Fails when. The arena is full.
 * Method. Average link: the two clusters with the greatest mean of scores over
 * all their pairs are joined, while that mean is at least the bar; of equal
 * means the least numbers. Components of more than HSY_CLUSTER_MOST items are
 * first taken apart by their weakest edges, so that work is bounded.
 */
#ifndef HSY_LINK_CLUSTER_H
#define HSY_LINK_CLUSTER_H

#include "base/arena.h"

enum { HSY_CLUSTER_MOST = 256 };

typedef struct hsy_edge {
  int32_t a, b; /* a < b */
  float score;
} hsy_edge;

typedef HSY_VEC(hsy_edge) hsy_edge_vec;

bool hsy_cluster(int32_t count, const hsy_edge_vec *edges, float missing, float bar, int32_t *cluster,
                 hsy_arena scratch);

#endif
