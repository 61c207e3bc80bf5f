/* The word lists of speaker/, merged so that a token is looked up once.
 *
 * In. data/lexicon/en/: phrase_words, name_stops, pronouns, honorifics, roles,
 * groups, bodies, documents, nouns, outlet_words, given_names, surnames,
 * addressing_verbs (words, folded); roles, outlets, places, cities (phrases, as written).
 * Out. For a folded word its classes; for a phrase its entry.
 * Owns. Everything lies in the arena; immutable after loading.
 * (data/model/speakers.bin beside them.)
 * Fails when. A list is missing, or names a class that is not known.
 */
#ifndef HSY_SPEAKER_LISTS_H
#define HSY_SPEAKER_LISTS_H

#include "base/lexicon.h"
#include "model/ranker.h"
#include "segment/lemma.h"

/* Classes of a word, one bit each. */
#define HSY_W_STOP (UINT64_C(1) << 0)      /* begins no name */
#define HSY_W_DAY (UINT64_C(1) << 1)       /* a day, a month: in no name */
#define HSY_W_HONORIFIC (UINT64_C(1) << 2) /* Mr, Dr, Colonel */
#define HSY_W_ROLE (UINT64_C(1) << 3)      /* noun for one person */
#define HSY_W_GROUP (UINT64_C(1) << 4)     /* noun for several */
#define HSY_W_BODY (UINT64_C(1) << 5)      /* noun for a body */
#define HSY_W_OUTLET (UINT64_C(1) << 6)    /* makes an outlet's name */
#define HSY_W_OUTLETISH (UINT64_C(1) << 7) /* may stand in one */
#define HSY_W_GIVEN (UINT64_C(1) << 8)     /* given name */
#define HSY_W_PRONOUN (UINT64_C(1) << 9)
#define HSY_W_ADDRESS (UINT64_C(1) << 10) /* verb whose object is the addressee */
#define HSY_W_DEMONYM (UINT64_C(1) << 11) /* Iranian */
#define HSY_W_THE (UINT64_C(1) << 12)     /* definite determiner */
#define HSY_W_A (UINT64_C(1) << 13)       /* indefinite determiner, number */
#define HSY_W_PREP (UINT64_C(1) << 14)
#define HSY_W_END (UINT64_C(1) << 15)  /* ends a noun phrase */
#define HSY_W_LINK (UINT64_C(1) << 16) /* may stand inside a name */
#define HSY_W_AND (UINT64_C(1) << 17)
#define HSY_W_AUX (UINT64_C(1) << 18)
#define HSY_W_CALLED (UINT64_C(1) << 19) /* "a group called" */
#define HSY_W_QUOTE (UINT64_C(1) << 20)  /* verb of quoting */
#define HSY_W_QUOTED (UINT64_C(1) << 21) /* its participle */
#define HSY_W_BY (UINT64_C(1) << 22)
#define HSY_W_WITH (UINT64_C(1) << 23)
#define HSY_W_SAYING (UINT64_C(1) << 24) /* what follows "quoted as" */
#define HSY_W_TALK (UINT64_C(1) << 25)   /* interview */
#define HSY_W_REPORT (UINT64_C(1) << 26)
#define HSY_W_STATED (UINT64_C(1) << 27) /* an outlet reported */
#define HSY_W_SELF (UINT64_C(1) << 28)
#define HSY_W_CAPITAL (UINT64_C(1) << 29)   /* noun for a seat of government */
#define HSY_W_STATE (UINT64_C(1) << 30)     /* noun for a government */
#define HSY_W_LOCATIVE (UINT64_C(1) << 31)  /* preposition of place */
#define HSY_W_MESSAGE (UINT64_C(1) << 32)   /* message, letter: "to" its reader */
#define HSY_W_BE (UINT64_C(1) << 34)        /* form of "be" */
#define HSY_W_ACCORDING (UINT64_C(1) << 33) /* according */
#define HSY_W_SURNAME (UINT64_C(1) << 35)
#define HSY_W_DOCUMENT (UINT64_C(1) << 36) /* poll, lawsuit, letter: says something, and is nobody */
#define HSY_W_THIS (UINT64_C(1) << 37)     /* this: whoever writes, before "newspaper" */
#define HSY_W_CALLING (UINT64_C(1) << 38)  /* call: on somebody to do something */
#define HSY_W_THROUGH (UINT64_C(1) << 39)  /* through: whoever speaks for another */
#define HSY_W_VOICE (UINT64_C(1) << 40)    /* interpreter: adds nothing, passes nothing on */
#define HSY_W_SHOWN (UINT64_C(1) << 41)    /* participle not in -ed of what an outlet brings: seen, leaked */
/* Nouns that can head a description. */
#define HSY_W_NOUN (HSY_W_ROLE | HSY_W_GROUP | HSY_W_BODY | HSY_W_DOCUMENT)

typedef enum hsy_speaker_gender { HSY_GENDER_UNKNOWN, HSY_MALE, HSY_FEMALE } hsy_speaker_gender;

/* 'm','f','n','p','i','w','r','y' of pronouns.txt; case 's','o','p'. */
typedef struct hsy_speaker_word {
  hsy_str word; /* folded */
  uint64_t bits;
  uint8_t gender;        /* of a role, honorific or given name */
  char pronoun, casus;   /* 0 where it is none */
  char manner;           /* of an addressing verb: 't', 'p', 'a', 'u' */
  uint8_t role, body;    /* classes of roles.txt and bodies.txt, from 1; 0: none */
  bool anonymous, media; /* groups.txt */
  bool any;              /* of bodies.txt: stands for its whole class */
  hsy_str office;        /* of an honorific: the offices that it stands for, between blanks */
  bool authored;         /* of documents.txt: one person's or body's words ("letter") */
} hsy_speaker_word;

typedef struct hsy_speaker_lists {
  hsy_lexicon roles, outlets, places, cities, turns;
  hsy_lexicon reporting; /* reporting_verbs.txt: lemmas */
  hsy_lemmas lemmas;
  hsy_ranker ranker; /* data/model/speakers.bin: whom pronouns and descriptions mean */
  hsy_speaker_word *words;
  int32_t count;
  uint32_t *slots; /* [1 << bits], index + 1, 0 where free */
  int bits;
  uint8_t media_class;              /* of bodies.txt: newspapers and stations */
  uint8_t head_class, spokes_class; /* of roles.txt: who leads a body, who speaks for one */
} hsy_speaker_lists;

bool hsy_speaker_load(hsy_speaker_lists *lists, hsy_arena *arena, hsy_error *err);
/* The ranker: that of `model_dir` where it has one, else the one built in. */
bool hsy_speaker_load_model(hsy_speaker_lists *lists, hsy_str model_dir, hsy_arena *arena, hsy_error *err);
/* The classes of a folded word with that hash (hsy_hash), NULL where it has none. */
const hsy_speaker_word *hsy_speaker_word_find(const hsy_speaker_lists *lists, hsy_str folded, uint64_t hash);

#endif
