/* What was said in the words that a person looks for, as far as it is looked at.
 *
 * In. Words as FTS5 reads them (query/match.h), a filter.
 * Out. A subquery with the keys of attributions, and how they rank.
 * Owns. Nothing; all lies in the arena.
 * Fails when. The store cannot be read.
 *
 * Work is bounded: of words that more than HSY_MATCHES_MOST statements hold,
 * those that were added last are looked at, and where days or an outlet are
 * asked for, those that were added last of what was added with them.
 */
#ifndef HSY_QUERY_MATCHES_H
#define HSY_QUERY_MATCHES_H

#include "query/clauses.h"

enum { HSY_MATCHES_MOST = 5000 };

/* "(SELECT … key, rank …) s" of all the words, or without the rank, which costs. */
void hsy_clauses_matches(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_str words, bool ranked,
                         hsy_error *err);
/* The same of whole articles: with the keys of documents. */
void hsy_clauses_matching_documents(hsy_clauses *clauses, hsy_store *store, hsy_str words, hsy_error *err);

#endif
