/* A claim while it is made: the rows on its sides. Shared by claims.c, which
 * makes it, and wording.c, which tells of it.
 * Owns. Nothing; all lies in the story's arena.
 */
#ifndef HSY_LINK_DRAFT_H
#define HSY_LINK_DRAFT_H

#include "link/cluster.h"
#include "link/story.h"

typedef struct hsy_draft {
  hsy_index_vec pro, con; /* rows by place, ascending */
  float sure;
} hsy_draft;

typedef HSY_VEC(hsy_draft) hsy_draft_vec;

/* What was matched: the words that most share, the figures, what was read of
 * what stood before it, and how sure the model is. */
hsy_str hsy_draft_reasons(const hsy_story *story, const hsy_draft *d, hsy_arena *arena);
/* The clearest wording, in plain words. */
hsy_str hsy_draft_gloss(const hsy_story *story, const hsy_draft *d, hsy_arena *arena);
/* The sides give other figures of one thing. */
bool hsy_draft_of_figures(const hsy_story *story, const hsy_draft *d);

#endif
