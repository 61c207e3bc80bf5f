/* A sentence searched for reports by rule: its words, verbs, noun phrases, and
 * the rows that are made of them.
 *
 * In. A document as tagged, what the models know of words.
 * Out. Ranges of tokens, [first, end); none is {0, 0}. New attributions.
 * Owns. Nothing outside the arenas given.
 */
#ifndef HSY_QUOTE_SEARCH_H
#define HSY_QUOTE_SEARCH_H

#include "quote/models.h"

typedef struct hsy_search {
  hsy_doc *doc;
  const hsy_quote_models *models;
  const uint8_t *taken; /* [tokens], 1 + role of the span that holds it, 0 for none */
  hsy_verb_memory *memory;
  int32_t first, end; /* the sentence */
  bool title_case;    /* capitals tell nothing: a headline with Each Word Like This */
} hsy_search;

typedef struct hsy_range {
  int32_t first, end;
} hsy_range;

/* The word at a token; empty outside the sentence. */
hsy_str hsy_search_word(const hsy_search *s, int32_t t);
bool hsy_search_is(const hsy_search *s, int32_t t, const char *text);
bool hsy_search_is_any(const hsy_search *s, int32_t t, const char *const *texts); /* NULL ends them */
bool hsy_search_is_free(const hsy_search *s, int32_t t);                          /* no row holds it */
bool hsy_search_is_quoted(const hsy_search *s, int32_t t);
bool hsy_search_ends_clause(const hsy_search *s, int32_t t);
bool hsy_search_is_pronoun(const hsy_search *s, int32_t t);
bool hsy_search_names_somebody(const hsy_search *s, hsy_range r);
/* Whether a word stands in it that only a clause has: an auxiliary, a participle. */
bool hsy_search_is_clause(const hsy_search *s, hsy_range r);
/* How often the word was part of a source, or of a cue, in training: 0 to 7. */
int hsy_search_source_use(const hsy_search *s, int32_t t);
int hsy_search_cue_use(const hsy_search *s, int32_t t);

/* The listed verb at t, with its particle where it has one ("call for"); *end
 * gets the token behind it. NULL: none. */
const hsy_lexicon_entry *hsy_search_verb(const hsy_search *s, int32_t t, int32_t *end);
/* What training saw of the word: one that is seldom a cue ("states", "called")
 * needs the taggers' eye for its context. */
bool hsy_search_seen_rarely(const hsy_search *s, int32_t t);

/* The noun phrase that ends before t; through an apposition between commas. */
hsy_range hsy_search_subject_before(const hsy_search *s, int32_t t);
/* Where a noun phrase begins that ends before `end`. */
int32_t hsy_search_phrase_start(const hsy_search *s, int32_t end);
/* The noun phrase behind the verb: ", said the minister on Monday". */
hsy_range hsy_search_subject_after(const hsy_search *s, int32_t t);
/* Without punctuation at its ends. */
hsy_range hsy_search_trim(const hsy_search *s, hsy_range r);

/* Adds a row of speech; its tokens are marked as taken. */
void hsy_search_add(const hsy_search *s, uint8_t *taken, hsy_range source, hsy_range cue, hsy_range content);
/* Rows whose words lie inside the newest row's content become its children;
 * what only names a subject of talk is no report beside it and is left without
 * a content. */
void hsy_search_adopt(const hsy_search *s, hsy_range content);

#endif
