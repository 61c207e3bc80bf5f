/* Which of those named around a pronoun, a description or a cue without a
 * source is meant.
 *
 * In. What the names, titles and sources so far tell; a question.
 * Out. An actor, or nobody here named; and the chance that it is right.
 * Method. A conditional logit over the clues of each candidate (clues.c), as in
 * the ranking of antecedents for speakers (O'Keefe et al. 2012; Muzny et al.
 * 2017). "Nobody here named" is a candidate like any other. The weights are
 * trained (train/speakers) and lie in data/model/speakers.bin.
 */
#ifndef HSY_SPEAKER_RANK_H
#define HSY_SPEAKER_RANK_H

#include "speaker/state.h"

/* What is asked for; each has weights of its own beside those that all share. */
typedef enum hsy_query_form {
  HSY_QUERY_ANY, /* shared */
  HSY_QUERY_PERSON_PRONOUN,
  HSY_QUERY_IT,
  HSY_QUERY_THEY,
  HSY_QUERY_ROLE,
  HSY_QUERY_BODY,
  HSY_QUERY_CUE,  /* a cue without a source */
  HSY_QUERY_BARE, /* a quotation without cue and source */
  HSY_QUERY_FORMS
} hsy_query_form;

/* Rows of the model: HSY_CLUES a form, HSY_CLUE_VALUES a clue. */
enum { HSY_CLUES = 64, HSY_CLUE_VALUES = 64, HSY_RANK_BITS = 15, HSY_MOST_CLUES = 96 };

typedef struct hsy_clues {
  uint32_t rows[HSY_MOST_CLUES];
  int count;
} hsy_clues;

typedef struct hsy_candidate {
  int32_t actor;
  int32_t token; /* where it was last seen */
  bool possessive, subject, quoted, after;
  int8_t spoke;     /* times */
  int8_t since;     /* speakers since it spoke last; -1: it did not */
  int8_t recency;   /* of the candidates named nearer */
  int8_t same_kind; /* candidates before it that agree as well */
} hsy_candidate;

typedef struct hsy_speaker_query {
  hsy_query_form form;
  const hsy_speaker_phrase *phrase; /* NULL: a cue, a bare quotation */
  int32_t token, last;              /* where it stands; the end of what is said, of a bare quotation */
  int32_t attribution;              /* whose source or addressee it is */
  int32_t not_actor;                /* who it cannot be, or NONE */
  int32_t not_owner;                /* nor it: whose he or it is, or NONE */
  int32_t next_source;              /* name of the next source in the text, or NONE */
  int32_t before;                   /* speaker of the attribution before, or NONE */
  int32_t like_actor;               /* who it is likely to be: the speaker around it; or NONE */
  int32_t subject;                  /* whom the words before the cue name, or NONE */
  bool somebody;                    /* nobody is no answer: "its", "his" */
  bool watched;                     /* a source's, whose speaker a reader may have written down */
} hsy_speaker_query;

/* The actor, or NONE for nobody here named. */
int32_t hsy_speaker_rank(const hsy_speaker_state *s, const hsy_speaker_query *query, float *chance);

/* clues.c: what speaks for a candidate; for nobody. */
void hsy_clues_of(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out);
void hsy_clues_of_nobody(const hsy_speaker_state *s, const hsy_speaker_query *q, int candidates, int near,
                         hsy_clues *out);

#endif
