/* Chances of many pairs at once: the one place where pairs are weighed.
 *
 * In. A story, read and resolved, with views of its rows; pairs of its rows by
 * place, one < other, each once.
 * Out. For each pair, in their order, its chances.
 * Owns. Nothing; scratch is given back.
 * Fails when. The scratch is full. What a pair scores depends on the two rows,
 * their articles and speakers alone, so that it can be kept.
 */
#ifndef HSY_LINK_PAIR_SCORES_H
#define HSY_LINK_PAIR_SCORES_H

#include "link/candidates.h"

bool hsy_pairs_score(const hsy_story *story, const hsy_candidate *pairs, ptrdiff_t count, hsy_pair_score *out,
                     hsy_arena scratch);

#endif
