/* What holds for a whole interview or briefing: its day, through whom it came, to
 * whom it was said.
 *
 * In. Attributions with speakers, said_on and doc->links where the words about
 * each give them.
 * Out. said_on and links of the rows that go on with an occasion; a row of
 * doc->evidence for each, inherited.
 * Owns. What it adds lies in doc->arena.
 * Fails when. The arena is full.
 * Method. A row goes on with the speaker's row before it where it stands in the
 * same paragraph, or in the next with "added" or without a cue, and names no
 * occasion of its own: no other day, no other addressee, no "earlier", no "had
 * said", no statement or post.
 */
#ifndef HSY_TEMPORAL_OCCASION_H
#define HSY_TEMPORAL_OCCASION_H

#include "temporal/temporal.h"

bool hsy_temporal_carry_occasions(hsy_doc *doc, const hsy_temporal_lists *lists, hsy_arena scratch, hsy_error *err);

#endif
