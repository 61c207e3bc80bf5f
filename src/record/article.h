/* One article at several addresses is stored once.
 *
 * In. A document on its way in, in an open batch.
 * Out. Whether another stands for the article already, which then has the new
 * addresses; else the document has those of the one whose place it takes.
 * Owns. Nothing.
 * Fails when. The store does.
 *
 * Method: of two the one at the better address stands: the fewest detours, then the
 * shortest, then the first in bytes. Which came first does not count.
 */
#ifndef HSY_RECORD_ARTICLE_H
#define HSY_RECORD_ARTICLE_H

#include "record/change.h"

/* *stands: nothing is to be put in. */
bool hsy_article_meet(hsy_change *change, hsy_doc *doc, hsy_str id, bool *stands, hsy_error *err);
/* Takes out every version of the article at this document's address, and its
 * addresses along; *any: there was one. Not one that stands for the same article
 * from elsewhere. */
bool hsy_article_drop_versions(hsy_change *change, hsy_doc *doc, hsy_str id, bool *any, hsy_error *err);

#endif
