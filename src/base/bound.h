/* Where a sorted table parts: a search by halves.
 *
 * In. A table whose rows that come before what is looked for stand first.
 * Out. `low`: how many of them there are, so the first row that does not.
 *
 *     hsy_bound half = {.high = count};
 *     while (hsy_bound_open(&half)) hsy_bound_cut(&half, rows[half.middle].key < key);
 *     return half.low;
 */
#ifndef HSY_BASE_BOUND_H
#define HSY_BASE_BOUND_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hsy_bound {
  ptrdiff_t low, high, middle;
} hsy_bound;

/* Whether a row is left to look at: `middle`. */
static inline bool hsy_bound_open(hsy_bound *half) {
  half->middle = half->low + (half->high - half->low) / 2;
  return half->low < half->high;
}

/* before: the row `middle` comes before what is looked for. */
static inline void hsy_bound_cut(hsy_bound *half, bool before) {
  if (before)
    half->low = half->middle + 1;
  else
    half->high = half->middle;
}

#endif
