/* A claim while it is made: a cluster of propositions and the rows on its sides.
 * Shared by claims.c, which makes it, and wording.c, which tells of it.
 * Owns. Nothing; all lies in the story's arena.
 */
#ifndef HSY_LINK_DRAFT_H
#define HSY_LINK_DRAFT_H

#include "link/story.h"

enum { HSY_SAMPLE = 12 }; /* members of a cluster that are looked at */

/* Clusters as linked lists: `next` leads through the members of a root. */
typedef struct hsy_clusters {
  int32_t *parent, *next, *last, *size;
} hsy_clusters;

typedef struct hsy_draft {
  hsy_index_vec pro, con; /* rows by place, ascending */
  int32_t cluster;        /* a prop of it */
  bool figures;
  double value, alike;
} hsy_draft;

/* What was matched: the event, the words that most members share, the figure,
 * and what was read of what stood before it. */
hsy_str hsy_draft_reasons(const hsy_story *story, const hsy_clusters *c, const hsy_draft *d, hsy_arena *arena);
/* The clearest wording, in plain words. */
hsy_str hsy_draft_gloss(const hsy_story *story, const hsy_clusters *c, const hsy_draft *d, hsy_arena *arena);

#endif
