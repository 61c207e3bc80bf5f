/* Which document of a group is likely the original, and why.
 *
 * In. The documents' notes. Out. One row, and a text for a person.
 * Owns. The text lies in the arena.
 * Method: in order of weight: the outlet is the agency that the text credits;
 * the earliest day; no credit to an agency; the fullest text; the least key.
 */
#ifndef HSY_REUSE_ORIGINAL_H
#define HSY_REUSE_ORIGINAL_H

#include "reuse/note.h"

typedef struct hsy_candidate {
  hsy_key key;
  hsy_str outlet, agency, published;
  ptrdiff_t words;
} hsy_candidate;

ptrdiff_t hsy_original_of(const hsy_candidate *documents, ptrdiff_t count, hsy_str *because, hsy_arena *arena);

#endif
