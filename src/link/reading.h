/* A content read as propositions: what happened, to whom, how many, or not.
 *
 * In. Rows of link/link.h, in the order of documents and characters.
 * Out. Words of each content; propositions: an event class with the words that
 * take part in it and a sign (+1: it is put forward that it is so, -1: that it
 * is not), a quantity, or the content as a whole.
 * Owns. Everything lies in the arena given.
 * Method. No parser: events are words of a lexicon, participants the words of
 * the same clause, negation what stands in front of the event there.
 */
#ifndef HSY_LINK_READING_H
#define HSY_LINK_READING_H

#include "link/link.h"
#include "link/rarity.h"
#include "link/score.h"
#include "segment/lemma.h"

enum { HSY_EVENTS_A_WORD = 4, HSY_PROP_KEYS = 14 };

struct hsy_link_lists {
  hsy_lemmas lemmas;
  hsy_lexicon events, synonyms, stops, quantities, negation, denials, nouns, places, offices;
  hsy_rarity rarity;
  hsy_pair_model model;
};

typedef enum hsy_word_kind {
  HSY_WORD_PLAIN,
  HSY_WORD_STOP,
  HSY_WORD_NAME,
  HSY_WORD_FIGURE,
  HSY_WORD_MARK
} hsy_word_kind;

typedef struct hsy_event_use {
  uint64_t event;    /* hash of the class */
  int8_t sign;       /* -1: the word says the opposite */
  bool negated_only; /* it takes part only where it is negated, and sweeps then */
  bool light;        /* a word of many uses, that tells little alone */
} hsy_event_use;

/* Small: all words of a record are there at once. */
typedef struct hsy_link_word {
  hsy_str text;
  uint64_t key;                /* of its lemma or synonym class, or of its event class */
  uint64_t lemma;              /* of its lemma or synonym class, also of an event */
  double value;                /* of a figure */
  const hsy_event_use *events; /* [event_count], in the arena */
  int16_t clause;
  uint8_t kind;
  int8_t event_count;
  char meant; /* of a figure: 0, 'l' at least, 'm' at most, 'a' about, 't' "the true number" */
  bool negates : 1, flips : 1, is_false : 1, is_weak : 1, is_noun : 1, is_claim : 1, is_speaker : 1, is_ordinal : 1,
      is_time : 1, capital : 1, asks : 1;
} hsy_link_word;

typedef HSY_VEC(hsy_link_word) hsy_link_word_vec;

typedef enum hsy_prop_kind { HSY_PROP_EVENT, HSY_PROP_FIGURE, HSY_PROP_WHOLE } hsy_prop_kind;

typedef struct hsy_prop {
  int32_t row;  /* in the order of reading */
  int32_t from; /* the row it was taken over from, or NONE */
  uint8_t kind;
  int8_t sign;   /* of the content alone, without stance */
  int8_t side;   /* with stance; 0: takes no side */
  char tense;    /* 'f' to come, 'p' past, 'n' neither told; 'w' wished for, 'q' asked for,
                    's' that should be, 'm' that may be */
  bool plain;    /* worded without negation */
  bool disputes; /* says itself that another says otherwise */
  bool sweeps;   /* "we help neither side" */
  bool light;    /* event of a word of many uses */
  char meant;
  uint64_t event; /* 0: none */
  double value;
  uint64_t ordinal; /* "first", "third" in the clause: another one is another event */
  uint64_t unit;    /* of a figure: what is counted; 0: not told */
  int keys;
  uint64_t key[HSY_PROP_KEYS];  /* ascending */
  bool name[HSY_PROP_KEYS];     /* of a key: of a name, not of a thing */
  uint8_t share[HSY_PROP_KEYS]; /* of a key: 100 where the clause says it, less where it is only near */
  /* How rare each is in the story, once that is known (hsy_story_weigh_props);
   * of a key its share of that. */
  double weight[HSY_PROP_KEYS], event_weight, unit_weight;
} hsy_prop;

typedef HSY_VEC(hsy_prop) hsy_prop_vec;

typedef struct hsy_reading {
  hsy_link_word *words; /* of the content */
  int32_t count;
  int32_t first_prop, prop_count;
  bool refers;        /* points at what was said before: "that a lie" */
  bool own;           /* … by the speaker: "our announcement" */
  int32_t noun;       /* the word that points, or NONE */
  int32_t referent;   /* the row it was found to point at, or NONE */
  int8_t refer_sign;  /* +1: it holds what that says, -1: that it is not so */
  int8_t stance_side; /* +1, -1, 0 */
  bool content_false; /* the content calls itself false: "… was inaccurate" */
  bool no_such;       /* "no such promise", "nothing of the kind" */
  int speaker_keys;   /* of the words of the speaker's name, and of the body's */
  uint64_t speaker_key[8];
  int title_keys; /* of the article's title: names and things */
  uint64_t title_key[8];
} hsy_reading;

/* The key that all forms of a word have; of a name also its demonym. */
uint64_t hsy_link_key(const hsy_link_lists *lists, hsy_str word, bool capital);
/* The next word of a text behind *at, without 's; false at the end. */
bool hsy_link_next_word(hsy_str text, ptrdiff_t *at, hsy_str *word, bool *capital);

/* +1 or -1: negation in front of word `at` in its clause, or "nothing" behind. */
int hsy_reading_sign(const hsy_reading *reading, int32_t at);

/* Reads one content. Words lie in the arena. */
void hsy_read_words(const hsy_link_input *input, const hsy_link_row *row, const hsy_link_lists *lists,
                    hsy_reading *reading, hsy_arena *arena);
/* Appends the propositions that the words make; at: the row, as props name it. */
void hsy_read_props(const hsy_link_row *row, int32_t at, hsy_reading *reading, hsy_prop_vec *props, hsy_arena *arena);

enum { HSY_SHARE_OWN = 100, HSY_SHARE_NEAR = 60, HSY_SHARE_SPEAKER = 50, HSY_SHARE_TIME = 40, HSY_SHARE_TITLE = 30 };
/* A key that is there keeps the greater share. */
void hsy_prop_add_key(hsy_prop *prop, uint64_t key, int share, bool name);
bool hsy_prop_has_key(const hsy_prop *prop, uint64_t key);

#endif
