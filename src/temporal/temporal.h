/* Time expressions and their values.
 *
 * In. Tokens, sentences; doc->meta.published ("2024-03-11…", may be empty).
 * Out. doc->times, in the order of the text, none overlapping.
 * Owns. Values lie in doc->arena.
 * Fails when. The arena is full.
 * Values are TIMEX3's (ISO-TimeML): "2022-11", "2022-W45", "P2D",
 * "PRESENT_REF", "2022-11-SP"... Without a day of publication, an expression
 * that is relative to it gets an empty value: no date is guessed.
 */
#ifndef HSY_TEMPORAL_TEMPORAL_H
#define HSY_TEMPORAL_TEMPORAL_H

#include "base/lexicon.h"
#include "doc/doc.h"

typedef struct hsy_temporal_lists hsy_temporal_lists;

/* Loads data/lexicon/en/times*.txt; lies in the arena. NULL and *err on failure. */
const hsy_temporal_lists *hsy_temporal_load(hsy_arena *arena, hsy_error *err);
bool hsy_temporal_tag(hsy_doc *doc, const hsy_temporal_lists *lists, hsy_arena scratch, hsy_error *err);

#endif
