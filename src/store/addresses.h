/* Articles that lie at several addresses.
 *
 * In. The key of an article (meta.article), a document's addresses.
 * Out. The document that stands for the article; its other addresses.
 * Owns. Nothing.
 * Fails when. The store does.
 */
#ifndef HSY_STORE_ADDRESSES_H
#define HSY_STORE_ADDRESSES_H

#include "store/store.h"

/* The key of the document that is this article; 0 where there is none, or `article` is empty. */
int64_t hsy_store_article(hsy_store *store, hsy_str article, hsy_error *err);
/* An address that is there already stays as it is. */
bool hsy_store_put_address(hsy_db *db, int64_t document, const hsy_address *address, hsy_error *err);
/* Into meta.addresses, by address. */
void hsy_store_load_addresses(hsy_db *db, int64_t document, hsy_doc *doc, hsy_error *err);
/* At this address lies this article now: it is no address of another. */
bool hsy_store_drop_address(hsy_store *store, hsy_str url, hsy_str article, hsy_error *err);

#endif
