/* Which pairs of rows are compared.
 *
 * In. A story, read and resolved, with views of its rows.
 * Out. Pairs (one < other, by place), each once, ascending; and what such pairs
 * are found by, for a record that keeps it (record/meet.h): each row's keys,
 * each page's words and keys, and how like two pages are.
 * Owns. What is returned lies in the arena.
 * Fails when. The arena is full. Work is bounded: under each of its keys a page
 * or row meets HSY_LOOK before and HSY_LOOK behind it; a page takes the
 * HSY_LIKEST of those that it is likest to.
 * Method. Two rows can be about one thing without a word in common, but then
 * their articles have some: rows of one article, and of articles that are alike
 * (cosine of rare words), are all compared; others where they share a key, that
 * is two rare words or all words. A page is an article with rows. How rare a
 * word is the language tells, and what is "before" the day and the id: so what
 * is compared is told by what is there, not by the order in which it came.
 */
#ifndef HSY_LINK_CANDIDATES_H
#define HSY_LINK_CANDIDATES_H

#include "link/story.h"

enum { HSY_LIKEST = 10, HSY_LOOK = 16, HSY_PAGE_WORDS = 48, HSY_PAGE_KEYS = 24, HSY_ROW_KEYS = 11 };

typedef struct hsy_candidate {
  int32_t one, other;
} hsy_candidate;

typedef HSY_VEC(hsy_candidate) hsy_candidate_vec;

bool hsy_candidates_find(const hsy_story *story, hsy_candidate_vec *out, hsy_arena *arena);

typedef struct hsy_page_word {
  uint64_t key;
  float weight;
} hsy_page_word;

/* What an article is told by: its rarest words, by key, as a vector of length 1. */
typedef struct hsy_page {
  int32_t first, end; /* its rows, by place */
  int32_t words;
  hsy_page_word word[HSY_PAGE_WORDS];
} hsy_page;

/* The pages of a story, in its order. */
hsy_page *hsy_pages_find(const hsy_story *story, int32_t *count, hsy_arena *arena);
/* 0 where two are not like enough to be compared. */
float hsy_pages_like(const hsy_page *a, const hsy_page *b);
/* Each returns how many keys there are. */
int hsy_page_keys(const hsy_page *page, uint64_t out[HSY_PAGE_KEYS]);
int hsy_row_keys(const hsy_view *view, uint64_t out[HSY_ROW_KEYS]);
/* Whether of two alike pages with so many rows, or of one with itself, the rows
 * `apart` from one another are compared: of very long ones only what shares a
 * key, or stands together. */
bool hsy_pages_compare(int32_t rows, int32_t others, bool one_page, int32_t apart);

#endif
