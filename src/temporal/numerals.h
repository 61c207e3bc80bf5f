/* Figures: tokens that begin with a digit.
 *
 * In. "14", "200,000", "1/2", "1989", "1990s", "20th", "10:35", "5pm",
 * "1998-02-13", "3/11/2004", "1995-96".
 * Out. An item with its classes and value.
 * Fails when. It is none of these: false, nothing is written.
 */
#ifndef HSY_TEMPORAL_NUMERALS_H
#define HSY_TEMPORAL_NUMERALS_H

#include "temporal/words.h"

/* day_first: 3/11/2004 is in November. */
bool hsy_numerals_read(hsy_str text, bool day_first, hsy_time_item *item);
/* What a whole number can be besides a number: a day, an hour, a year. */
uint64_t hsy_numerals_roles(int32_t value);

#endif
