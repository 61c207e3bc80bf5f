/* What the lists say of an article's words, alone and two by two.
 *
 * In. The document's tokens, the lists.
 * Out. Entries of the lists, and words as frames see them.
 * Owns. Nothing outside the arena.
 * Fails when. The arena is full.
 * Method. An article says the same words again and again, and telling one
 * stance asks several lists about each: what they say of the words last seen
 * is kept. Two words are looked up only where an entry begins with the first.
 */
#ifndef HSY_STANCE_WORDS_H
#define HSY_STANCE_WORDS_H

#include "doc/doc.h"
#include "segment/lemma.h"
#include "stance/frames.h"

typedef enum hsy_stance_list {
  HSY_STANCE_VERBS,   /* data/lexicon/en/reporting_verbs.txt */
  HSY_STANCE_NOUNS,   /* data/lexicon/en/reporting_nouns.txt */
  HSY_STANCE_DENIALS, /* data/lexicon/en/denial_words.txt */
  HSY_STANCE_LISTS
} hsy_stance_list;

typedef struct hsy_stance_lists {
  hsy_lemmas lemmas;
  hsy_lexicon words[HSY_STANCE_LISTS];
  hsy_lexicon negation;      /* data/lexicon/en/negation.txt */
  hsy_stance_frames frames;  /* data/lexicon/en/stance_frames.txt */
  hsy_stance_frames content; /* data/lexicon/en/stance_contents.txt */
} hsy_stance_lists;

typedef struct hsy_stance_words {
  const hsy_doc *doc;
  const hsy_stance_lists *lists;
  struct hsy_stance_word *seen;
} hsy_stance_words;

/* false when the arena is full. */
bool hsy_stance_words_init(hsy_stance_words *words, const hsy_doc *doc, const hsy_stance_lists *lists,
                           hsy_arena *arena);

/* The list's entry for the token, with the next one ("rule out", "fairy tale")
 * or, by _find, else alone; NULL for none. */
const hsy_lexicon_entry *hsy_stance_pair(const hsy_stance_words *words, hsy_stance_list list, int32_t token);
const hsy_lexicon_entry *hsy_stance_find(const hsy_stance_words *words, hsy_stance_list list, int32_t token);
/* The same without the next one. */
const hsy_lexicon_entry *hsy_stance_single(const hsy_stance_words *words, hsy_stance_list list, int32_t token);

/* The token as frames see it. */
hsy_frame_word hsy_stance_frame_word(const hsy_stance_words *words, int32_t token);

#endif
