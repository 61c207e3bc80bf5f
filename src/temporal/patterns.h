/* Patterns over items: matching, without a word of what they mean.
 *
 * In. Patterns as text, once; then a row of items that stand side by side.
 * Out. The longest match that begins at an item; of equally long ones the
 * pattern that stands first.
 * Owns. Compiled patterns lie in the arena given to hsy_patterns_compile.
 * Fails when. A pattern names an unknown class.
 *
 * A pattern is a row of elements with blanks between: CLASS, CLASS|CLASS for
 * one of them, [CLASS] where it may be absent, and at its ends <CLASS for what
 * must stand before, !CLASS at the end for what must not follow. Neither is
 * part of the match.
 * Method: backtracking over at most ten elements; for each class a set of the
 * patterns that can begin with it, so that most are never tried.
 */
#ifndef HSY_TEMPORAL_PATTERNS_H
#define HSY_TEMPORAL_PATTERNS_H

#include "temporal/words.h"

enum { HSY_PATTERN_ELEMENTS = 10, HSY_PATTERN_SETS = 3 };

typedef struct hsy_pattern {
  uint64_t mask[HSY_PATTERN_ELEMENTS];
  bool optional[HSY_PATTERN_ELEMENTS];
  int count;
  uint64_t before, not_after; /* 0: anything */
} hsy_pattern;

typedef struct hsy_patterns {
  hsy_pattern *rows;
  int count;
  uint64_t (*first)[HSY_PATTERN_SETS]; /* [class] rows that can begin with it, as bits */
} hsy_patterns;

typedef struct hsy_match {
  int row;                            /* of the patterns */
  int32_t first, end;                 /* items */
  int32_t item[HSY_PATTERN_ELEMENTS]; /* by element, HSY_NONE where absent */
} hsy_match;

bool hsy_patterns_compile(hsy_patterns *patterns, const char *const *texts, int count, hsy_arena *arena,
                          hsy_error *err);
typedef struct hsy_pattern_rows {
  uint64_t bits[HSY_PATTERN_SETS];
} hsy_pattern_rows;

/* The best match at items[at] by a row that is not in *without; false where
 * there is none. A prefix may end inside a token ("mid-1996"). */
bool hsy_patterns_match(const hsy_patterns *patterns, const hsy_time_item *items, int32_t count, int32_t at,
                        const hsy_pattern_rows *without, hsy_match *match);
bool hsy_patterns_match_prefix(const hsy_patterns *patterns, const hsy_time_item *items, int32_t count, int32_t at,
                               hsy_match *match);
/* The first item that an element with this class took, or NULL. */
const hsy_time_item *hsy_match_find(const hsy_patterns *patterns, const hsy_match *match, const hsy_time_item *items,
                                    uint64_t class);

#endif
