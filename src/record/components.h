/* Rows that may belong together: what has to be put together as a whole.
 *
 * In. Touched rows; kept pairs.
 * Out. Components: sets of rows in the least keys' order, that hold all touched
 * rows and all rows that stood with one of them, or stand with one now.
 * Owns. Nothing; they lie in the arena given.
 * Fails when. The store does, or the arena is full.
 * Method. Rows are joined by pairs that clustering may join (link/score.h). A
 * component of more than HSY_COMPONENT_MOST rows is taken apart: its pairs have
 * to be ever surer, and in the end of rows that stand ever nearer to one another in
 * time. Each row stands in the first of these that is small enough: so it is
 * found from any of its rows, at a bounded cost.
 */
#ifndef HSY_RECORD_COMPONENTS_H
#define HSY_RECORD_COMPONENTS_H

#include "record/linking.h"

enum { HSY_COMPONENT_MOST = 256 };

typedef struct hsy_component {
  int32_t first, count; /* into rows */
} hsy_component;

typedef struct hsy_components {
  hsy_key_vec rows; /* attributions, ascending in each */
  HSY_VEC(hsy_component) list;
} hsy_components;

/* Writes of each row what it stands with. */
bool hsy_components_find(hsy_linking *l, hsy_components *out, hsy_arena *arena);

#endif
