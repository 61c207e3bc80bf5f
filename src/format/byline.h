/* Bylines: the people in them, apart from desks, agencies and roles.
 *
 * In. A byline as worded: "By Rosa Thielemann and staff", "Jude Amankwah, Petra Solis".
 * Out. Names of people, in order, each once.
 * Owns. The names are slices of the byline, or lie in the arena.
 * Fails when. The word list is not there.
 */
#ifndef HSY_FORMAT_BYLINE_H
#define HSY_FORMAT_BYLINE_H

#include "base/lexicon.h"
#include "doc/doc.h"

typedef struct hsy_bylines {
  hsy_lexicon words;    /* of bodies and roles */
  hsy_lexicon openings; /* page_words.txt: "by " and the like */
  hsy_lexicon months;
} hsy_bylines;

bool hsy_bylines_load(hsy_bylines *bylines, hsy_arena *arena, hsy_error *err);
/* Adds to *names, which lies in the arena. */
void hsy_byline_people(const hsy_bylines *bylines, hsy_str byline, hsy_str_vec *names, hsy_arena *arena);
/* "By …", "Von …": the text begins as bylines do. */
bool hsy_byline_opens(const hsy_bylines *bylines, hsy_str text);
/* One name, already cut out: two to five words that begin with capitals, none a body's. */
bool hsy_byline_is_person(const hsy_bylines *bylines, hsy_str name, hsy_arena scratch);
/* "By Firstname Lastname …" alone on a line; *rest is what stands behind "By". */
bool hsy_byline_is_line(const hsy_bylines *bylines, hsy_str line, hsy_str *rest, hsy_arena scratch);

#endif
