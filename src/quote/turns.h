/* Turns of a transcript, an interview or a briefing: "Name: words".
 *
 * In. doc->attributions of the article as a whole; its paragraphs.
 * Out. Each turn becomes one direct attribution: source the label's name, cue
 * the colon, content the words without what stands on stage in brackets; rows
 * that the taggers found inside a turn give way to it.
 * Method. Labels are told by their form ("Q:", "MS. NAME:", ">> NAME:", "The
 * Minister (NAME):", "NAME (voice-over):", "<v NAME>") and by coming back: one
 * "Note:" makes no transcript, and lines of an archive's export ("Length: 120
 * words") end in no sentence.
 */
#ifndef HSY_QUOTE_TURNS_H
#define HSY_QUOTE_TURNS_H

#include "doc/doc.h"

bool hsy_quote_transcript(hsy_doc *doc, hsy_arena scratch);

#endif
