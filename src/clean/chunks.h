/* Chunks: a page cut into the pieces of text that a reader sees as one.
 *
 * In. A parsed page.
 * Out. Chunks in the order of the page, each with what tells an article from
 * its surroundings: length, links, the elements around it and what their
 * classes say (data/lexicon/en/page_hints.txt).
 * Owns. Everything lies in the arena.
 * Fails when. The word list is not there, or memory runs out.
 */
#ifndef HSY_CLEAN_CHUNKS_H
#define HSY_CLEAN_CHUNKS_H

#include "base/lexicon.h"
#include "format/html.h"

/* What an element, or one around it, says of itself. */
typedef enum hsy_hint {
  HSY_HINT_NAV = 1 << 0,
  HSY_HINT_RELATED = 1 << 1,
  HSY_HINT_SHARE = 1 << 2,
  HSY_HINT_COMMENT = 1 << 3,
  HSY_HINT_AD = 1 << 4,
  HSY_HINT_OFFER = 1 << 5,
  HSY_HINT_CAPTION = 1 << 6,
  HSY_HINT_BYLINE = 1 << 7,
  HSY_HINT_TAGS = 1 << 8,
  HSY_HINT_ASIDE = 1 << 9,
  HSY_HINT_HIDDEN = 1 << 10,
  HSY_HINT_PULL = 1 << 11,
  HSY_HINT_SUMMARY = 1 << 12,
  HSY_HINT_BODY = 1 << 13,    /* calls itself the article's body */
  HSY_HINT_ARTICLE = 1 << 14, /* an article element, or of that type */
  HSY_HINT_DATE = 1 << 15
} hsy_hint;

/* Hints that a part of the page is not the article. */
#define HSY_HINTS_AGAINST                                                                                              \
  (HSY_HINT_NAV | HSY_HINT_RELATED | HSY_HINT_SHARE | HSY_HINT_COMMENT | HSY_HINT_AD | HSY_HINT_OFFER |                \
   HSY_HINT_CAPTION | HSY_HINT_BYLINE | HSY_HINT_TAGS | HSY_HINT_ASIDE | HSY_HINT_HIDDEN)

typedef struct hsy_chunk {
  int32_t node;       /* the block element that holds it */
  int32_t first, end; /* nodes, half-open: its text is theirs */
  hsy_str text;       /* blanks run together */
  hsy_tag tag;        /* the element that says what it is: p, li, h2, blockquote, td … */
  int32_t words, link_words, strong_words, slant_words; /* slant: in em, i */
  int32_t stops, commas;                                /* ends of sentences; commas */
  bool in_quote, in_list, in_table, in_figure;
} hsy_chunk;

typedef struct hsy_chunks {
  HSY_VEC(hsy_chunk) list;
  uint32_t *own;  /* [nodes] hints of the element itself */
  int32_t *prose; /* [nodes] bytes of prose below each */
} hsy_chunks;

bool hsy_chunks_cut(const hsy_page *page, hsy_chunks *chunks, hsy_arena *arena, hsy_error *err);

/* Prose: long enough, ends sentences, few of its words are links. */
bool hsy_chunk_is_prose(const hsy_chunk *chunk);

#endif
