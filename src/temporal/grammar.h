/* The grammar: every pattern of a time expression, with its reader. */
#ifndef HSY_TEMPORAL_GRAMMAR_H
#define HSY_TEMPORAL_GRAMMAR_H

#include "temporal/readers.h"

typedef struct hsy_grammar_row {
  const char *pattern; /* temporal/patterns.h */
  hsy_time_reader *reader;
} hsy_grammar_row;

extern const hsy_grammar_row hsy_grammar[];
extern const int hsy_grammar_count;

/* What may stand before an expression and belongs to it: "early", "about",
 * "the beginning of". */
extern const char *const hsy_grammar_prefixes[];
extern const int hsy_grammar_prefix_count;

#endif
