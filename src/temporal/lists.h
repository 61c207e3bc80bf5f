/* What the tagger loads once: words, verbs, the compiled grammar. */
#ifndef HSY_TEMPORAL_LISTS_H
#define HSY_TEMPORAL_LISTS_H

#include "temporal/patterns.h"
#include "temporal/temporal.h"

struct hsy_temporal_lists {
  hsy_time_words words;
  hsy_lexicon verbs;  /* times_tense.txt */
  hsy_lexicon saying; /* times_saying.txt */
  hsy_patterns grammar, prefixes;
};

#endif
