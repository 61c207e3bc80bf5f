/* What the parts of speaker/ share while they read one article.
 *
 * Words carry ids: two tokens have one id when they are one word once folded.
 * A name is a run of capitalised words; an actor is who or what names,
 * pronouns and descriptions stand for, one row of doc->entities each.
 * Owns. Everything but doc's own tables lies in the scratch arena.
 */
#ifndef HSY_SPEAKER_STATE_H
#define HSY_SPEAKER_STATE_H

#include "doc/doc.h"
#include "speaker/lists.h"

/* Seen in lower case; capitalised inside a sentence; looked up among the places. */
enum { HSY_ID_LOWER = 1, HSY_ID_CAPITAL = 2, HSY_ID_LOOKED_UP = 4 };

typedef struct hsy_speaker_id {
  hsy_str text; /* folded */
  uint64_t hash;
  uint64_t letters;             /* a bit for each that is in it; two may share one */
  const hsy_speaker_word *word; /* its classes, or NULL */
  int32_t stands_for;           /* id of the place that it stands for: its people's name, its capital; or NONE */
  int32_t actor;                /* whose whole name it is, or NONE */
  hsy_index_vec actors;         /* that have it in their name */
  uint8_t seen;
} hsy_speaker_id;

typedef enum hsy_name_kind {
  HSY_NAME_UNKNOWN,
  HSY_NAME_PERSON,
  HSY_NAME_BODY,
  HSY_NAME_OUTLET,
  HSY_NAME_PLACE
} hsy_name_kind;

typedef struct hsy_speaker_name {
  int32_t first, end;             /* tokens */
  int32_t from;                   /* where its title begins; `first` where it has none */
  int32_t title_first, title_end; /* an apposition that gives an office; empty where none */
  int32_t word_first, words;      /* ids of its words in name_words, hyphens parted */
  int32_t actor;
  const hsy_lexicon_entry *place; /* of places.txt, or NULL */
  hsy_name_kind kind;
  bool sure; /* of its kind */
  bool possessive, headline;
  uint8_t gender;
} hsy_speaker_name;

/* One row of doc->entities as this stage sees it. */
typedef struct hsy_speaker_actor {
  hsy_name_kind kind;
  bool sure, plural, named;
  uint8_t gender;
  int32_t located;           /* times it stands behind "in", "at", "on" */
  hsy_index_vec words;       /* ids of the fullest name */
  hsy_index_vec heads, mods; /* ids of nouns that it is called by, and what modifies them */
  int32_t mentions;
  int32_t first_seen; /* token of its first name outside headlines, or NONE */
  int32_t order;      /* actors named before it in the article */
  const hsy_lexicon_entry *place;
} hsy_speaker_actor;

/* A place in the text where an actor is meant, in the order of the text. */
typedef struct hsy_speaker_sight {
  int32_t token, actor;
  bool possessive, quoted, subject, source;
} hsy_speaker_sight;

struct hsy_speaker_watch;

/* What an encoder makes of each token, where one has read the article. */
typedef struct hsy_speaker_vectors {
  const float *rows; /* [tokens][width] */
  int width;
} hsy_speaker_vectors;

typedef struct hsy_speaker_state {
  hsy_doc *doc;
  const hsy_speaker_lists *lists;
  hsy_arena *scratch;
  HSY_VEC(hsy_speaker_id) ids;
  int32_t *id_slots;
  int id_bits;
  int32_t *id;                        /* [tokens] */
  uint64_t *bits;                     /* [tokens] classes of lists.h */
  int32_t *name_at;                   /* [tokens] the name that covers it, or NONE */
  int32_t *sentence_of;               /* [tokens] */
  bool *in_source;                    /* [tokens] stands in some attribution's source */
  int32_t *title_at;                  /* [tokens] the name whose title it heads, or NONE */
  int32_t *content_of;                /* [tokens] the innermost attribution whose content holds it, or NONE */
  int32_t *place_actor;               /* [places] actor + 1 */
  int32_t order;                      /* actors seen so far */
  int32_t topic;                      /* the actor named most, or NONE */
  const hsy_speaker_vectors *vectors; /* or NULL */
  HSY_VEC(hsy_speaker_name) names;
  hsy_index_vec name_words;
  HSY_VEC(hsy_speaker_actor) actors;
  HSY_VEC(hsy_speaker_sight) sights;     /* names, in the order of the text */
  HSY_VEC(hsy_speaker_sight) sources;    /* sources resolved so far, in the order of their attributions */
  uint8_t *progress;                     /* [attributions] of resolve.c */
  const struct hsy_speaker_watch *watch; /* or NULL */
} hsy_speaker_state;

/* words.c: ids, classes and sentences of the tokens. */
void hsy_speaker_words(hsy_speaker_state *s);
int32_t hsy_speaker_id_of(hsy_speaker_state *s, hsy_str text);
int32_t hsy_speaker_id_find(const hsy_speaker_state *s, hsy_str folded);              /* or NONE */
const hsy_speaker_word *hsy_speaker_class(const hsy_speaker_state *s, int32_t token); /* or NULL */
bool hsy_speaker_is(const hsy_speaker_state *s, int32_t token, char mark);            /* one byte of punctuation */
bool hsy_speaker_headline(const hsy_speaker_state *s, int32_t token);
/* Whether a sentence Has Each Long Word Like This: it says nothing of what is a name. */
bool hsy_speaker_title_case(const hsy_speaker_state *s, const hsy_sentence *sentence);
/* One word in two spellings: equal, or a letter or two apart in a long word. */
bool hsy_speaker_alike(const hsy_speaker_state *s, int32_t a, int32_t b);

/* names.c: runs of capitalised words, their titles and appositions. */
void hsy_speaker_names(hsy_speaker_state *s);
/* Tokens of the office that starts here ("prime minister" is 2), 0 for none. */
int32_t hsy_speaker_office(const hsy_speaker_state *s, int32_t token);

/* actors.c: names to actors. */
void hsy_speaker_actors(hsy_speaker_state *s);
int32_t hsy_speaker_new_actor(hsy_speaker_state *s, hsy_str name, hsy_name_kind kind);
/* The actor of a country that places.txt lists, made where it is not there. */
int32_t hsy_speaker_country(hsy_speaker_state *s, const hsy_lexicon_entry *place);
void hsy_speaker_add_index(hsy_speaker_state *s, hsy_index_vec *vec, int32_t value);
bool hsy_speaker_has(const hsy_index_vec *vec, int32_t value);
/* Adds the text to the list unless it is there. */
void hsy_speaker_add_text(hsy_speaker_state *s, hsy_str_vec *vec, hsy_str text);

/* phrase.c: what a noun phrase is made of. */
typedef enum hsy_phrase_form {
  HSY_PHRASE_NONE,
  HSY_PHRASE_NAME,
  HSY_PHRASE_PRONOUN,
  HSY_PHRASE_NOUN,  /* "the minister", "two villagers", "police" */
  HSY_PHRASE_PEOPLE /* a demonym by itself: "the Iranians" */
} hsy_phrase_form;

typedef struct hsy_speaker_phrase {
  hsy_phrase_form form;
  int32_t first, end; /* tokens, without what an inserted clause adds */
  int32_t head;       /* its noun, pronoun or the name's first word */
  int32_t name;       /* of a name, and of an apposition that names; else NONE */
  int32_t owner;      /* token of the possessive pronoun or of the name that owns, or NONE */
  int32_t next;       /* where a second one begins behind "and", or NONE */
  bool definite, indefinite, plural;
} hsy_speaker_phrase;

hsy_speaker_phrase hsy_speaker_parse(const hsy_speaker_state *s, int32_t first, int32_t end);
hsy_str hsy_speaker_phrase_text(const hsy_speaker_state *s, const hsy_speaker_phrase *p);

/* subject.c: whose the cue is, where no source was tagged. */
bool hsy_speaker_subject(const hsy_speaker_state *s, int32_t attribution, hsy_speaker_phrase *p);
bool hsy_speaker_quoted_one(const hsy_speaker_state *s, int32_t verb, int32_t least, int32_t limit,
                            hsy_speaker_phrase *p);
/* The noun phrase that ends before the token ("the aide | who"). */
bool hsy_speaker_phrase_before(const hsy_speaker_state *s, int32_t token, hsy_speaker_phrase *p);
bool hsy_speaker_clause_subject(const hsy_speaker_state *s, int32_t attribution, hsy_speaker_phrase *p);
int32_t hsy_speaker_shares(const hsy_speaker_state *s, int32_t attribution);
bool hsy_speaker_signed(const hsy_speaker_state *s, int32_t token, hsy_speaker_phrase *p);
bool hsy_speaker_introduced(const hsy_speaker_state *s, int32_t token, hsy_speaker_phrase *p);

/* resolve.c: who speaks. */
void hsy_speaker_mark_contents(hsy_speaker_state *s);
void hsy_speaker_sources(hsy_speaker_state *s);
/* Whom a noun phrase outside the sources means (an addressee); NONE where it is
 * nobody known, and then nothing is made. */
int32_t hsy_speaker_phrase_actor(hsy_speaker_state *s, const hsy_speaker_phrase *p, int32_t attribution);
/* Whether its cue is passive and takes an addressee: "Staff were told". */
bool hsy_speaker_addressed(const hsy_speaker_state *s, int32_t attribution);
/* Whether its cue is a form of "ask". */
bool hsy_speaker_asked(const hsy_speaker_state *s, int32_t attribution);
void hsy_speaker_cite(hsy_speaker_state *s, int32_t attribution, const char *field, hsy_basis basis, hsy_span span);

/* chain.c: through whom, to whom. */
void hsy_speaker_chain(hsy_speaker_state *s);

#endif
