/* What the quotation taggers see of each token.
 *
 * In. The document's tokens, sentences, paragraphs, quotations; word counts of
 * the model (how often a word is a cue or part of a source).
 * Out. One hsy_quote_token a token: small numbers that features combine.
 * Owns. The table lies in the arena that is given.
 */
#ifndef HSY_QUOTE_VIEW_H
#define HSY_QUOTE_VIEW_H

#include "doc/doc.h"
#include "segment/lemma.h"

/* How a word was used in the training data, one row a word, sorted by `word`. */
typedef struct hsy_word_use {
  uint32_t word;       /* hash of the lower-case form */
  uint8_t cue, source; /* buckets 0 (never) to 7 (nearly always) */
} hsy_word_use;

typedef struct hsy_word_uses {
  const hsy_word_use *rows; /* open addressing, [1 << bits], word 0 is free */
  int bits;
} hsy_word_uses;

/* What is known of words: from training, and from the list of reporting verbs. */
typedef struct hsy_quote_words {
  hsy_word_uses uses;
  hsy_lexicon verbs;   /* data/lexicon/en/reporting_verbs.txt */
  uint8_t *verb_class; /* [verbs.count], 1 to 6: mode, and whether the stance is plain */
  hsy_lemmas lemmas;
} hsy_quote_words;

/* What a word is among the reporting verbs: its class (0 for none), and whether
 * a verb with a particle may begin with it. Looking a word up takes several
 * hashes; a document says the same words again and again, so it keeps those it
 * has seen. Zeroed to begin with. */
typedef struct hsy_verb_memory {
  struct {
    uint32_t word; /* its hash */
    uint8_t verb;
    bool head;
  } rows[512];
} hsy_verb_memory;

/* The verb class of a lower-case word; *head may be NULL. */
uint8_t hsy_quote_verb(const hsy_quote_words *words, hsy_verb_memory *memory, uint32_t hash, hsy_str word, bool *head);

/* The lists; `uses` is left as it is. */
bool hsy_quote_words_load(hsy_quote_words *words, hsy_arena *arena, hsy_error *err);

/* A token's place in relation to quotation marks. */
typedef enum hsy_quote_state {
  HSY_UNQUOTED,
  HSY_LONG_OPEN,
  HSY_LONG_IN,
  HSY_LONG_CLOSE, /* a quotation that is a clause or more */
  HSY_SHORT_OPEN,
  HSY_SHORT_IN,
  HSY_SHORT_CLOSE /* a few words: a phrase, a title, scare quotes */
} hsy_quote_state;

typedef struct hsy_quote_token {
  uint32_t word;                    /* hash of the lower-case form, never 0 */
  uint32_t prefix, suffix, suffix2; /* hashes of the first 3, last 3, last 2 bytes */
  uint8_t shape;                    /* enum hsy_quote_shape */
  uint8_t cue, source;              /* hsy_word_use buckets */
  uint8_t state;                    /* hsy_quote_state */
  uint8_t verb;                     /* hsy_quote_words class, 0 for no reporting verb */
  uint8_t clause;                   /* commas, dashes, semicolons since the sentence began, at most 3 */
  int32_t left_cue, right_cue;      /* nearest likely cue outside long quotations, in the paragraph, or NONE */
  uint32_t run_left, run_right;     /* words around the run of capitalised words that holds it, 0 in no run */
  int32_t sentence;                 /* index into doc->sentences */
} hsy_quote_token;

enum hsy_quote_shape {
  HSY_SHAPE_LOWER,
  HSY_SHAPE_CAPITAL,
  HSY_SHAPE_CAPS,
  HSY_SHAPE_SUFFIX,
  HSY_SHAPE_NUMBER,
  HSY_SHAPE_OPEN,
  HSY_SHAPE_CLOSE,
  HSY_SHAPE_COMMA,
  HSY_SHAPE_STOP,
  HSY_SHAPE_COLON,
  HSY_SHAPE_DASH,
  HSY_SHAPE_BRACKET,
  HSY_SHAPE_OTHER
};

typedef struct hsy_quote_view {
  const hsy_doc *doc;
  hsy_quote_token *tokens; /* [doc->tokens.len] */
} hsy_quote_view;

/* false when the arena is full. */
bool hsy_quote_view_make(hsy_quote_view *view, const hsy_doc *doc, const hsy_quote_words *words,
                         hsy_verb_memory *memory, hsy_arena *arena);

/* A token's hsy_quote_state. */
int hsy_quote_state_of(const hsy_doc *doc, int32_t token);
uint32_t hsy_quote_word_hash(hsy_str word);
/* The row of a word, or NULL. */
const hsy_word_use *hsy_quote_word_use(const hsy_word_uses *uses, uint32_t word);

#endif
