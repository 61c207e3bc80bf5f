/* The word lists of speaker/, merged so that a token is looked up once.
 *
 * In. data/lexicon/en/: phrase_words, name_stops, pronouns, honorifics, roles,
 * groups, bodies, outlet_words, given_names, addressing_verbs (words, folded);
 * roles, outlets, places (phrases, as written).
 * Out. For a folded word its classes; for a phrase its entry.
 * Owns. Everything lies in the arena; immutable after loading.
 * Fails when. A list is missing, or names a class that is not known.
 */
#ifndef HSY_SPEAKER_LISTS_H
#define HSY_SPEAKER_LISTS_H

#include "base/lexicon.h"

enum {
  HSY_W_STOP = 1 << 0,      /* begins no name */
  HSY_W_DAY = 1 << 1,       /* a day, a month: in no name */
  HSY_W_HONORIFIC = 1 << 2, /* Mr, Dr, Colonel */
  HSY_W_ROLE = 1 << 3,      /* noun for one person */
  HSY_W_GROUP = 1 << 4,     /* noun for several */
  HSY_W_BODY = 1 << 5,      /* noun for a body */
  HSY_W_OUTLET = 1 << 6,    /* makes an outlet's name */
  HSY_W_OUTLETISH = 1 << 7, /* may stand in one */
  HSY_W_GIVEN = 1 << 8,     /* given name */
  HSY_W_PRONOUN = 1 << 9,
  HSY_W_ADDRESS = 1 << 10, /* verb whose object is the addressee */
  HSY_W_DEMONYM = 1 << 11, /* Iranian */
  HSY_W_THE = 1 << 12,
  HSY_W_A = 1 << 13,
  HSY_W_PREP = 1 << 14,
  HSY_W_END = 1 << 15, /* ends a noun phrase */
  HSY_W_LINK = 1 << 16,
  HSY_W_AND = 1 << 17,
  HSY_W_AUX = 1 << 18,
  HSY_W_CALLED = 1 << 19,
  HSY_W_QUOTE = 1 << 20,
  HSY_W_QUOTED = 1 << 21,
  HSY_W_BY = 1 << 22,
  HSY_W_WITH = 1 << 23,
  HSY_W_SAYING = 1 << 24,
  HSY_W_TALK = 1 << 25,
  HSY_W_REPORT = 1 << 26,
  HSY_W_STATED = 1 << 27,
  HSY_W_SELF = 1 << 28,
  HSY_W_CAPITAL = 1 << 29,
  HSY_W_STATE = 1 << 30 /* noun for a government */
};
/* Nouns that can head a description. */
#define HSY_W_NOUN (HSY_W_ROLE | HSY_W_GROUP | HSY_W_BODY)

typedef enum hsy_speaker_gender { HSY_GENDER_UNKNOWN, HSY_MALE, HSY_FEMALE } hsy_speaker_gender;

/* 'm','f','n','p','i','w','r','y' of pronouns.txt; case 's','o','p'. */
typedef struct hsy_speaker_word {
  hsy_str word; /* folded */
  uint32_t bits;
  uint8_t gender;        /* of a role, honorific or given name */
  char pronoun, casus;   /* 0 where it is none */
  char manner;           /* of an addressing verb: 't', 'p', 'a', 'u' */
  uint8_t role, body;    /* classes of roles.txt and bodies.txt, from 1; 0: none */
  bool anonymous, media; /* groups.txt */
} hsy_speaker_word;

typedef struct hsy_speaker_lists {
  hsy_lexicon roles, outlets, places;
  hsy_speaker_word *words;
  int32_t count;
  int32_t *slots; /* [1 << bits], index + 1, 0 where free */
  int bits;
} hsy_speaker_lists;

bool hsy_speaker_load(hsy_speaker_lists *lists, hsy_arena *arena, hsy_error *err);
/* The classes of a folded word with that hash (hsy_hash), NULL where it has none. */
const hsy_speaker_word *hsy_speaker_word_find(const hsy_speaker_lists *lists, hsy_str folded, uint64_t hash);

#endif
