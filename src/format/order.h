/* Day and month in figures: which stands first in an article.
 *
 * In. The article's text, what it says of its language ("en-US"), its address.
 * Out. One order for all of its days, or that nothing tells.
 * Owns. Nothing. Never fails.
 * Method: a figure above twelve can only be a day; where none is there, or they
 * disagree, the language's country, the address's, the zones of its times, and
 * how it writes days in words ("March 14", "14 March") tell, in that order.
 */
#ifndef HSY_FORMAT_ORDER_H
#define HSY_FORMAT_ORDER_H

#include "doc/doc.h"
#include "format/date.h"

hsy_day_order hsy_order_tell(const hsy_dates *dates, hsy_str text, hsy_str language, hsy_str url);
/* The words give a day in figures alone, of which either may be the month. */
bool hsy_order_is_open(hsy_str words);

#endif
