/* What people say of the rows: right, wrong, or what is right instead.
 *
 * In. The id of a row, a verdict, a field with its value; who says so.
 * Out. A fact of its own (store/reviews.h); and, of an attribution, the row as it
 * was put right, now and whenever its article is read again.
 * Owns. Nothing that outlives the call.
 * Fails when. There is no such row, field or value; the store cannot be written.
 * Method. An attribution is known again by its id; where another reading has made
 * other ids, by its article and its words. What is wrong altogether stays in the
 * store with mode "rejected", out of all answers and of linking.
 */
#ifndef HSY_INGEST_REVIEW_H
#define HSY_INGEST_REVIEW_H

#include "store/reviews.h"

/* kind, target, verdict, field, value, reviewer of `said`; the rest is filled in.
 * *kept, in the arena, is what was kept. The rows follow with hsy_review_settle. */
bool hsy_review_say(hsy_store *store, const hsy_review *said, hsy_review *kept, hsy_arena *arena, hsy_error *err);
/* Takes it back; the rows follow at once, linking with hsy_review_settle. */
bool hsy_review_back(hsy_store *store, int64_t number, hsy_error *err);
/* Puts what waits into the rows, and links what that touches. */
bool hsy_review_settle(hsy_store *store, hsy_error *err);

/* Applies what was said of the article's attributions to a document that was read;
 * inside the batch, before it is put. */
bool hsy_review_apply(hsy_store *store, hsy_doc *doc, hsy_arena scratch, hsy_error *err);

#endif
