/* What a person typed to look for, as FTS5 reads it.
 *
 * In. Words, some of them in double quotation marks.
 * Out. Phrases that are never a syntax error.
 * Owns. Nothing; all lies in the arena.
 * Fails when. The arena is full (the arena tells).
 */
#ifndef HSY_QUERY_MATCH_H
#define HSY_QUERY_MATCH_H

#include "query/query.h"

/* One a word, and one a piece that stood in quotation marks; in their order. */
hsy_str_vec hsy_match_phrases(hsy_str words, hsy_arena *arena);
/* All of them have to be there; empty where no word was among them. */
hsy_str hsy_match_all(hsy_str words, hsy_arena *arena);
/* A phrase without its marks. */
hsy_str hsy_match_bare(hsy_str phrase);

#endif
