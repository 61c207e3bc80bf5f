/* The word lists that tell what a line of text is.
 *
 * In. The lists under data/lexicon.
 * Out. One value that many articles share.
 * Owns. Nothing outside the arena that it was loaded into.
 * Fails when. A list is not there.
 */
#ifndef HSY_FORMAT_LISTS_H
#define HSY_FORMAT_LISTS_H

#include "format/byline.h"
#include "format/date.h"
#include "format/furniture.h"

typedef struct hsy_format_lists {
  hsy_furniture furniture;
  hsy_dates dates;
  hsy_bylines bylines;
  hsy_lexicon labels;                /* label_lines.txt */
  hsy_lexicon outlets, outlet_words; /* names of papers, and words in them */
  hsy_lexicon addresses;             /* addresses.txt */
} hsy_format_lists;

bool hsy_format_lists_load(hsy_format_lists *lists, hsy_arena *arena, hsy_error *err);

#endif
