/* Which pairs of rows are compared.
 *
 * In. A story, read and resolved, with views of its rows.
 * Out. Pairs (one < other, by place), each once, ascending.
 * Owns. The pairs lie in the arena.
 * Fails when. The arena is full. Work is bounded: a document has HSY_NEIGHBOURS
 * others that it is likest to, drawn from HSY_LOOK documents before and behind
 * under each of its HSY_DOCUMENT_WORDS rarest words; a row meets HSY_LOOK rows
 * before it under each of its keys.
 * Method. Two rows can be about one thing without a word in common, but then
 * their articles have some: rows of one article, and of articles that are alike
 * (cosine of rare words), are all compared; others where they share a key, that
 * is two rare words or all words. What is "before" is told by the story's order
 * (day, document, place), so that the choice does not depend on the order in
 * which articles came.
 */
#ifndef HSY_LINK_CANDIDATES_H
#define HSY_LINK_CANDIDATES_H

#include "link/story.h"

enum { HSY_NEIGHBOURS = 10, HSY_LOOK = 32, HSY_DOCUMENT_WORDS = 48, HSY_ROW_KEYS = 32 };

typedef struct hsy_candidate {
  int32_t one, other;
} hsy_candidate;

typedef HSY_VEC(hsy_candidate) hsy_candidate_vec;

bool hsy_candidates_find(const hsy_story *story, hsy_candidate_vec *out, hsy_arena *arena);

#endif
