/* Tokens → items: the words that time expressions are made of.
 *
 * In. One token, and data/lexicon/en/times.txt.
 * Out. Items with their classes (a month, a number that can be a day, …). A
 * number of several words is one item; a token with hyphens that is made of
 * such words throughout ("third-quarter", "mid-1996") is one item a piece.
 * Owns. The table lies in the arena given to hsy_words_load.
 * Fails when. A line of the word list names an unknown class.
 */
#ifndef HSY_TEMPORAL_WORDS_H
#define HSY_TEMPORAL_WORDS_H

#include "base/lexicon.h"
#include "doc/doc.h"

/* Name in the word list and the patterns, and what it is. */
#define HSY_TIME_CLASSES(X)                                                                                            \
  X(THE, "the")                                                                                                        \
  X(A, "a, an")                                                                                                        \
  X(NUM, "cardinal number")                                                                                            \
  X(ORD, "ordinal number")                                                                                             \
  X(DAY, "number from 1 to 31")                                                                                        \
  X(YEAR, "year as a number")                                                                                          \
  X(HOUR, "number from 0 to 24")                                                                                       \
  X(VAGUE, "several, few, many")                                                                                       \
  X(UNIT, "one unit: day, year")                                                                                       \
  X(UNITS, "days, years")                                                                                              \
  X(MONTH, "January")                                                                                                  \
  X(WEEKDAY, "Monday")                                                                                                 \
  X(SEASON, "summer")                                                                                                  \
  X(PART, "morning")                                                                                                   \
  X(NIGHTLY, "tonight")                                                                                                \
  X(CLOCK, "10:35, noon")                                                                                              \
  X(NOON, "noon, midnight")                                                                                            \
  X(OCLOCK, "o'clock")                                                                                                 \
  X(AMPM, "a.m.")                                                                                                      \
  X(ZONE, "GMT")                                                                                                       \
  X(MILITARY, "four digits that can be a time")                                                                        \
  X(DAYWORD, "today")                                                                                                  \
  X(LAST, "last")                                                                                                      \
  X(NEXT, "next")                                                                                                      \
  X(THIS, "this")                                                                                                      \
  X(THAT, "that, same")                                                                                                \
  X(PAST, "past, recent")                                                                                              \
  X(FIRST, "first, final: of a row of units")                                                                          \
  X(LATEST, "latest")                                                                                                  \
  X(FOLLOWING, "following: relative to the text")                                                                      \
  X(PREVIOUS, "previous: relative to the text")                                                                        \
  X(AGO, "ago")                                                                                                        \
  X(EARLIER, "earlier")                                                                                                \
  X(LATER, "later")                                                                                                    \
  X(EARLY, "early, late, mid")                                                                                         \
  X(APPROX, "about, nearly")                                                                                           \
  X(EVERY, "every, each")                                                                                              \
  X(TIMES, "once, twice")                                                                                              \
  X(COMMA, ",")                                                                                                        \
  X(OF, "of")                                                                                                          \
  X(IN, "in")                                                                                                          \
  X(ON, "on")                                                                                                          \
  X(PREP, "any preposition that stands before a time")                                                                 \
  X(AND, "and")                                                                                                        \
  X(OR, "or")                                                                                                          \
  X(HALF, "half")                                                                                                      \
  X(FISCAL, "fiscal")                                                                                                  \
  X(DECADE, "1990s, nineties")                                                                                         \
  X(HOLIDAY, "Christmas")                                                                                              \
  X(FREQ, "daily")                                                                                                     \
  X(REF, "now: a value of its own")                                                                                    \
  X(START, "beginning, end")                                                                                           \
  X(MORE, "more, additional, full, entire")                                                                            \
  X(PERIOD, "period")                                                                                                  \
  X(OLD, "old")                                                                                                        \
  X(LONG, "long")                                                                                                      \
  X(YEARLY, "unit: year")                                                                                              \
  X(QUARTER, "unit: quarter")                                                                                          \
  X(CENTURY, "unit: century")                                                                                          \
  X(OWN, "'s")                                                                                                         \
  X(ISO, "1998-02-13")                                                                                                 \
  X(COUNTED, "people, $: a number beside it is no year")                                                               \
  X(CAPITAL, "counts only with a capital")                                                                             \
  X(PHRASE, "may begin a phrase of times_phrases.txt")

typedef enum hsy_time_class_index {
#define X(name, what) HSY_TC_INDEX_##name,
  HSY_TIME_CLASSES(X)
#undef X
      HSY_TC_COUNT
} hsy_time_class_index;

#define HSY_TC(name) (UINT64_C(1) << HSY_TC_INDEX_##name)

typedef struct hsy_time_item {
  uint64_t classes;
  hsy_span span;
  int32_t first, end;  /* tokens */
  int32_t value;       /* of a number its whole part; of a listed word its code */
  int32_t thousandths; /* of a number */
  hsy_str text;        /* a listed word's code as text: "MO", "PRESENT_REF" */
  char unit;           /* S T H D W E M Q Y X C: second, minute, …, weekend, …, decade, century; 0 */
  bool spelled;        /* a number in words */
  bool opens, closes;  /* begins, ends at the bounds of its tokens */
} hsy_time_item;

typedef struct hsy_time_words {
  hsy_lexicon lexicon;
  hsy_time_item *entries; /* one a line of the lexicon, spans unset */
  hsy_lexicon phrases;
  hsy_time_item *phrase_items;
} hsy_time_words;

enum { HSY_TIME_PIECES = 6 }; /* items that one token can give */

bool hsy_words_load(hsy_time_words *words, hsy_arena *arena, hsy_error *err);
/* The class of that name, 0 for none. */
uint64_t hsy_words_class(hsy_str name);
/* The items of one token; 0 where it has no part in time expressions. */
int hsy_words_read(const hsy_time_words *words, const hsy_doc *doc, int32_t token, hsy_time_item out[HSY_TIME_PIECES]);
/* Merges `next` into the number *item where the two are one number: "twenty"
 * "four", "a" "hundred", "2" "1/2", "two" "thousand", "nineteen" "ninety-six". */
bool hsy_words_join(hsy_time_item *item, const hsy_time_item *next);

#endif
