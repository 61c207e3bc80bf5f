/* The stance of an attribution: which side its speaker takes toward what is
 * reported.
 *
 * In. Tokens, sentences, doc->attributions with their pieces and speakers.
 * Out. `stance` of every attribution (one of the labels below), and a row of
 * evidence "stance" with the words that it rests on. A cue may lack its
 * particle or be missing: the words around it are read as well.
 * Owns. Nothing outside doc->arena.
 * Fails when. The arena is full.
 * Method. A table of frames (data/lexicon/en/stance_frames.txt) over the lemmas
 * of the cue's sentence, the first that fits; else the verb's own stance
 * (reporting_verbs.txt); else what the content says of itself
 * (stance_contents.txt). A direct quotation by one who has just admitted goes
 * on admitting.
 */
#ifndef HSY_STANCE_STANCE_H
#define HSY_STANCE_STANCE_H

#include "stance/words.h"

/* The labels, closed by NULL; static text. */
extern const char *const hsy_stance_labels[];
/* The static label of that name, or NULL. */
const char *hsy_stance_label(hsy_str name);

bool hsy_stance_load(hsy_stance_lists *lists, hsy_arena *arena, hsy_error *err);
bool hsy_stance_tell(hsy_doc *doc, const hsy_stance_lists *lists, hsy_arena scratch, hsy_error *err);

#endif
