/* Which article an address is of, however a reader came to it.
 *
 * In. A page's address; the list of marks (data/lexicon/addresses.txt); a document
 * with its text and blocks.
 * Out. The address without them ("example.com/news/1" of
 * "https://m.example.com/news/1/?utm_source=feed"); a key that is the same for one
 * article at several addresses.
 * Owns. Nothing; strings lie in the arena.
 * Fails when. Never; what is no web address has no plain form, and no key.
 *
 * Method: addresses alone prove nothing, since pages change and shells show any
 * text: one article is one plain address and the same words.
 */
#ifndef HSY_FORMAT_ADDRESS_H
#define HSY_FORMAT_ADDRESS_H

#include "base/lexicon.h"
#include "doc/doc.h"

/* *detours (may be NULL): how many marks were taken off that a better address has not. */
hsy_str hsy_address_plain(const hsy_lexicon *marks, hsy_str url, int *detours, hsy_arena *arena);

/* Sets meta.article, detours and addresses, once url, text and blocks stand. fetched:
 * where the page was got, empty where that is not known: an address of the article
 * beside the one that the page gives itself, if both are the same site's. */
void hsy_address_note(const hsy_lexicon *marks, hsy_str fetched, hsy_doc *doc, hsy_arena scratch);

#endif
