/* Reports in a headline that the taggers left untouched.
 *
 * In. A headline's tokens; the sources that the body names, as tagged.
 * Out. At most one more row: "Mayor: no bribes taken", "“I stay”: governor",
 * "Ministry denies taking bribes", "Peg is safe, ministry vows".
 * Owns. Nothing outside the arena.
 * Method. Headlines have a grammar of their own (H. Straumann, Newspaper
 * Headlines, 1935): the present tense, no articles, a colon or a comma for the
 * verb of saying. The corpus that the taggers learn from holds none. Who stands
 * by a colon must be somebody whom the body quotes, or a usual source: else it
 * is the topic.
 */
#ifndef HSY_QUOTE_HEADLINES_H
#define HSY_QUOTE_HEADLINES_H

#include "quote/search.h"

/* s: the whole headline. */
void hsy_quote_headline(hsy_search *s, uint8_t *taken);

#endif
