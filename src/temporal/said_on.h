/* The day on which an attribution was said.
 *
 * In. Attributions with cue and content, doc->times, meta.published.
 * Out. said_on of each attribution whose reporting clause dates the saying, as
 * an ISO day or a prefix of one; a row of doc->evidence for each.
 * Owns. Values lie in doc->arena.
 * Fails when. The arena is full.
 *
 * Only times outside the content count, and of these only those that no other
 * verb of the sentence lays claim to ("who arrived on Monday", "an interview
 * published Wednesday"). A duration, a rate, a vague "recently", or a day after
 * that of publication gives nothing. A clause joined to one that is dated
 * ("admitted on Friday that …, but insisted that …") and a quotation that goes
 * on inherit its day.
 */
#ifndef HSY_TEMPORAL_SAID_ON_H
#define HSY_TEMPORAL_SAID_ON_H

#include "temporal/calendar.h"
#include "temporal/temporal.h"

bool hsy_temporal_said_on(hsy_doc *doc, const hsy_temporal_lists *lists, hsy_error *err);

/* The day, month or year that holds all of what the TIMEX3 value names; grain
 * NONE where that is coarser, vague or no date. */
hsy_moment hsy_said_on_moment(hsy_str value);

#endif
