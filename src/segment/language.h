/* Which language a text is in.
 *
 * In. Text and the list of function words (data/lexicon/languages.txt).
 * Out. An ISO 639-1 code, static; "und" where it cannot be told.
 * Owns. Nothing.
 * Method. Scripts that one language all but owns decide by themselves; in Latin
 * letters each function word votes for the languages that use it.
 */
#ifndef HSY_SEGMENT_LANGUAGE_H
#define HSY_SEGMENT_LANGUAGE_H

#include "base/lexicon.h"

/* Looks at the first 8 KiB at most. */
const char *hsy_segment_language(hsy_str text, const hsy_lexicon *function_words);

#endif
