/* Likely doubles: entities of the record that may be one.
 *
 * In. Entities with all that tells about them; pairs that report one utterance.
 * Out. Pairs with the chance that they are one, the surest first, and what speaks
 * for it and against it. A pure function of the set of entities: their order does
 * not count.
 * Owns. What it returns lies in the arena; strings of the input are borrowed.
 * Fails when. The arena is full; the model is damaged.
 * Method. Blocks of names that share a skeleton of consonants, of offices, and of
 * utterances give the candidates; their chance is a logistic regression over what
 * is seen of the pair (data/model/doubles.txt, made by train/doubles.py).
 */
#ifndef HSY_LINK_DOUBLES_H
#define HSY_LINK_DOUBLES_H

#include "link/entity_forms.h"

/* What is seen of a pair. */
typedef enum hsy_double_sign {
  HSY_DOUBLE_LAST,        /* the last words of two people's names are one */
  HSY_DOUBLE_LAST_NEAR,   /* … spelled much alike */
  HSY_DOUBLE_GIVEN,       /* the first words are one */
  HSY_DOUBLE_INITIAL,     /* … one the initial of the other */
  HSY_DOUBLE_NICKNAME,    /* … one a short form of the other */
  HSY_DOUBLE_GIVEN_NEAR,  /* … spelled much alike */
  HSY_DOUBLE_GIVEN_OTHER, /* … two given names */
  HSY_DOUBLE_SHORT_LAST,  /* a single word that is the other's last */
  HSY_DOUBLE_SHORT_FIRST, /* … its first */
  HSY_DOUBLE_ACRONYM,
  HSY_DOUBLE_WORDS,       /* share of the words that two bodies' names have in common */
  HSY_DOUBLE_SPELLING,    /* nearness of the whole names, 0 to 1 */
  HSY_DOUBLE_TITLE,       /* articles call both by one office or title */
  HSY_DOUBLE_TITLE_OTHER, /* by two, with no word in common */
  HSY_DOUBLE_OFFICE,      /* one has no name, and the other goes by its words */
  HSY_DOUBLE_KINDS,       /* a person and a body, a body and a place */
  HSY_DOUBLE_UNNAMED,     /* one has no name */
  HSY_DOUBLE_GENDER,
  HSY_DOUBLE_GENDER_OTHER,
  HSY_DOUBLE_ARTICLE,   /* one article speaks of both */
  HSY_DOUBLE_UTTERANCE, /* one utterance is reported as either's */
  HSY_DOUBLE_COPY,      /* … in articles that copy one another */
  HSY_DOUBLE_COMMON,    /* log2 of how many have the rarest word that they share */
  HSY_DOUBLE_SIGNS
} hsy_double_sign;

typedef HSY_VEC(int64_t) hsy_place_vec;

typedef struct hsy_double_entity {
  hsy_str id, name;
  hsy_entity_kind kind;
  char gender; /* 'm', 'f', 0 */
  hsy_str_vec titles;
  hsy_place_vec documents; /* keys, ascending */
} hsy_double_entity;

typedef HSY_VEC(hsy_double_entity) hsy_double_entity_vec;

/* An utterance that articles report as one's and as the other's, by place. */
typedef struct hsy_double_utterance {
  int32_t one, other;
  bool copied;
} hsy_double_utterance;

typedef HSY_VEC(hsy_double_utterance) hsy_double_utterance_vec;

typedef struct hsy_double {
  int32_t one, other; /* places; the id of one is the less */
  float chance;
  float signs[HSY_DOUBLE_SIGNS];
} hsy_double;

typedef HSY_VEC(hsy_double) hsy_double_vec;

/* *bar: the chance below which a pair is hardly worth a question. */
bool hsy_doubles_find(const hsy_double_entity_vec *entities, const hsy_double_utterance_vec *utterances,
                      const hsy_speaker_lists *lists, hsy_double_vec *pairs, float *bar, hsy_arena *arena,
                      hsy_error *err);

/* The sign's name ("surname"). */
const char *hsy_double_sign_name(hsy_double_sign sign);
/* What a reader is told of it, where it is seen clearly; empty where it is not. */
hsy_str hsy_double_sign_words(const hsy_double *pair, hsy_double_sign sign);
/* Whether it speaks for the two being one. */
bool hsy_double_sign_speaks_for(hsy_double_sign sign);

#endif
