/* The working state of one linking: rows in a canonical order, their readings,
 * the propositions, and how rare each word is. Shared by the parts of link/.
 *
 * In. link.h's input. Out. A story. Owns. Everything lies in the arena given.
 * Fails when. The arena is full.
 */
#ifndef HSY_LINK_STORY_H
#define HSY_LINK_STORY_H

#include "link/reading.h"

/* What of a row is compared again and again, laid out for it. */
typedef struct hsy_view {
  int32_t count; /* words, each once, by lemma */
  const uint64_t *key;
  const float *weight;
  const int8_t *sign;
  const bool *name;
  float norm, sum; /* root of the squares; sum of weights */
  int8_t negations;
} hsy_view;

typedef struct hsy_story {
  const hsy_link_input *input;
  const hsy_link_lists *lists;
  hsy_arena *arena; /* of the working state, gone after the linking */
  int32_t count;
  int32_t *order;        /* [count] row of the input, by document's day, id, start, id */
  int32_t *place;        /* [count] the reverse */
  hsy_reading *readings; /* [count] in that order */
  hsy_prop_vec props;
  hsy_arena props_arena;     /* a part of the arena for them alone: they grow where they stand */
  const hsy_view *views;     /* [count] in that order, once all is resolved */
  hsy_pair_score_vec scores; /* by one, then other */
  int32_t *statement;        /* [count] in that order: number of the statement */
} hsy_story;

bool hsy_story_read(hsy_story *story, const hsy_link_input *input, const hsy_link_lists *lists, hsy_arena *arena,
                    hsy_error *err);
/* Readings that point at others in their document take their propositions over. */
void hsy_story_refer(hsy_story *story);
/* Lays out what is compared. */
void hsy_story_view(hsy_story *story);
/* Weighs all candidates. */
bool hsy_story_score(hsy_story *story);
/* NULL where the two were not compared. */
const hsy_pair_score *hsy_story_pair(const hsy_story *story, int32_t a, int32_t b);
/* Notes the weights in the propositions; again after these have changed. */
void hsy_story_weigh_props(hsy_story *story);
double hsy_story_weight(const hsy_story *story, uint64_t key); /* 0.1 (everywhere) to 1 */

const hsy_link_row *hsy_story_row(const hsy_story *story, int32_t at);
/* One speaker of both, by entity. */
bool hsy_story_same_speaker(const hsy_story *story, int32_t a, int32_t b);
/* The day it was said, or that the article appeared: "2024-03-11", may be empty. */
hsy_str hsy_story_day(const hsy_story *story, int32_t at);

/* link.c: all of the above, up to what is compared. */
bool hsy_link_read(hsy_story *story, const hsy_link_input *input, const hsy_link_lists *lists, hsy_arena *arena,
                   hsy_error *err);

/* link.c: the rest, of what the scores say. */
bool hsy_link_together(hsy_story *story, hsy_links *links, hsy_arena *arena, hsy_error *err);

/* statements.c, claims.c, shifts.c: the parts of hsy_link_together. */
void hsy_statements_find(hsy_story *story, hsy_links *links, hsy_arena *arena);
void hsy_claims_find(hsy_story *story, hsy_links *links, hsy_arena *arena);
/* claim_corrections.c: what a person put right, applied to the claims. */
void hsy_claims_correct(hsy_story *story, hsy_links *links, hsy_arena *arena);
void hsy_shifts_find(hsy_story *story, hsy_links *links, hsy_arena *arena);

/* Days between what two rows say was said or printed; -1 where not known. */
int32_t hsy_story_days_apart(const hsy_story *story, int32_t a, int32_t b);

/* compare.c: shared words, weighted, over a mean of both (leaning to the
 * shorter), and over the shorter alone (*contained); *both is their weight. */
double hsy_props_overlap(const hsy_story *story, const hsy_prop *p, const hsy_prop *q, double *contained, double *both);

#endif
