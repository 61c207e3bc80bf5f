/* Furniture: lines of a text that are the site's and not the article's.
 *
 * In. One line, and the phrase list (data/lexicon/en/furniture.txt).
 * Out. A reason (static text), or NULL where the line is prose.
 * Owns. The list lies in the arena it was loaded into.
 * Fails when. The list is not there.
 *
 * Method: weights of phrases are added up. A single word such as "newsletter"
 * is not enough, since articles report on those too; a line that speaks to the
 * reader needs less. What stands inside quotation marks does not count, and a
 * line with a longer quotation needs twice the weight.
 */
#ifndef HSY_FORMAT_FURNITURE_H
#define HSY_FORMAT_FURNITURE_H

#include "base/lexicon.h"

typedef struct hsy_furniture {
  hsy_lexicon phrases;
  uint64_t begins[64]; /* beginnings that any phrase has, up to the end of a word, as bits of their hash */
} hsy_furniture;

bool hsy_furniture_load(hsy_furniture *list, hsy_arena *arena, hsy_error *err);

const char *hsy_furniture_why(const hsy_furniture *list, hsy_str line, hsy_arena scratch);
/* An offer to subscribe, after which short lines are its price list. */
bool hsy_furniture_is_offer(const char *why);

/* "19:05", "7 p.m.", "2.30pm": the stamp of a live blog's entry, alone on its line. */
bool hsy_furniture_is_stamp(hsy_str line);

#endif
