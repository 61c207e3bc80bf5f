/* Members that stand near one another under a key (link/story.h): what is
 * compared with what.
 *
 * In. Postings: a key and a member's number; members in ascending order.
 * Out. For a member those before it under one of its keys, each once: the
 * `back` nearest by number of each key.
 * Owns. Everything lies in the arena given; the postings are put in order where
 * they stand.
 * Fails when. The arena is full.
 * Method. Postings of one key are brought together by counting over the key's
 * first bits; pairs are never listed as a whole, so that memory stays in
 * proportion to the postings.
 */
#ifndef HSY_LINK_NEAR_H
#define HSY_LINK_NEAR_H

#include "base/arena.h"

typedef struct hsy_near_posting {
  uint64_t key;
  int32_t member;
} hsy_near_posting;

typedef struct hsy_near {
  hsy_near_posting *postings; /* by key, then member */
  int32_t count;
  int32_t *group;  /* [count] first posting of the key */
  int32_t *first;  /* [members + 1] into places */
  int32_t *places; /* [count] where each member's postings stand */
  int32_t *seen;   /* [members] the last member that it was shown to, + 1 */
} hsy_near;

bool hsy_near_init(hsy_near *near, hsy_near_posting *postings, int32_t count, int32_t members, hsy_arena *arena);
/* Whether more than `most` members stand under the key of the posting. */
bool hsy_near_is_long(const hsy_near *near, int32_t posting, int32_t most);
/* The members near the member's posting at `place` that no earlier call for the
 * member has shown; returns how many of out[back]. */
int32_t hsy_near_before(hsy_near *near, int32_t place, int32_t back, int32_t *out);

#endif
