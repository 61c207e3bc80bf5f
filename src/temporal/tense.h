/* Tense: whether the clause around an expression speaks of past or future.
 *
 * In. Tokens and sentences, data/lexicon/en/times_tense.txt.
 * Out. A direction: HSY_BACK, HSY_AHEAD, or HSY_UNTOLD.
 * Owns. Nothing.
 * The nearest verb decides, the one before the expression first, since English
 * puts a time behind its verb more often than before it.
 */
#ifndef HSY_TEMPORAL_TENSE_H
#define HSY_TEMPORAL_TENSE_H

#include "base/lexicon.h"
#include "doc/doc.h"

typedef enum hsy_direction { HSY_BACK = -1, HSY_UNTOLD = 0, HSY_AHEAD = 1 } hsy_direction;

/* Of the expression in tokens [first, end) of that sentence. */
hsy_direction hsy_tense_of(const hsy_doc *doc, const hsy_lexicon *verbs, const hsy_sentence *sentence, int32_t first,
                           int32_t end);

/* Whether the token is a verb in the past, in a clause that begins at `first`. */
bool hsy_tense_is_past(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token, int32_t first);
/* The entry of the token's word in lower case, or NULL. */
const hsy_lexicon_entry *hsy_tense_look_up(const hsy_doc *doc, const hsy_lexicon *words, int32_t token);

#endif
