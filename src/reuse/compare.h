/* Two articles side by side: how much of one stands in the other, and where.
 *
 * In. Two articles with their words, grams, and flags of what is furniture.
 * Out. The containment of the shorter by distinct 8-word grams, without either
 * one's furniture; whether they copy as wholes; the passages that they share.
 * Owns. Nothing; passages lie in the arena.
 * Fails when. The arena is full.
 * Method: seed and extend. Runs of equal words grow from seeds of five words,
 * runs near each other in both texts chain to a passage. Each word of either
 * text starts a bounded number of runs, so time is linear in the words.
 */
#ifndef HSY_REUSE_COMPARE_H
#define HSY_REUSE_COMPARE_H

#include "index/index.h"
#include "reuse/words.h"

enum {
  HSY_IS_FIRST = 1,     /* the gram did not stand earlier in the text */
  HSY_IS_FURNITURE = 2, /* its outlet repeats it */
  HSY_IS_COMMON = 4     /* it stands in so many documents that it tells nothing */
};

typedef struct hsy_article {
  hsy_key key;
  uint32_t outlet; /* mark of the outlet, 0: unknown */
  hsy_str note;
  hsy_words words;
  uint64_t *grams;
  ptrdiff_t gram_count;
  int32_t *picks;
  ptrdiff_t pick_count;
  uint8_t *gram_flags; /* [gram_count] */
  uint8_t *word_flags; /* [words.len], furniture and common of the grams over it */
  int32_t *slots;      /* [mask + 1], position + 1 of the gram's first */
  uint64_t mask;
  ptrdiff_t distinct; /* grams */
  ptrdiff_t own;      /* distinct grams that are no furniture */
} hsy_article;

/* Bytes of either text. */
typedef struct hsy_shared {
  hsy_span a, b;
} hsy_shared;

typedef struct hsy_comparison {
  bool whole, part;
  double containment;
  hsy_shared *passages; /* ascending by a; only where whole or part */
  ptrdiff_t passage_count;
} hsy_comparison;

/* Fills in words, grams, picks and the table; flags are all zero after that. */
void hsy_article_init(hsy_article *article, hsy_str text, const hsy_span *skip, ptrdiff_t skip_count,
                      const hsy_span *quoted, ptrdiff_t quoted_count, hsy_arena *arena);
/* Spreads the flags of the picks ([pick_count], HSY_IS_ bits) over the grams
 * and words between them. */
void hsy_article_flag(hsy_article *article, const uint8_t *pick_flags);

bool hsy_compare(const hsy_article *a, const hsy_article *b, hsy_comparison *out, hsy_arena *arena, hsy_arena scratch,
                 hsy_error *err);

#endif
