/* What follows from documents that come and go: which copy one another.
 *
 * In. Documents, described for reuse/ while their quotations were still known.
 * Out. Groups of copies in the store, brought up to date once a batch.
 * Owns. What reuse/ needs from one batch to the next.
 * Fails when. The store does. What was done since the batch began then has to
 * be rolled back, and the follower thrown away.
 */
#ifndef HSY_RECORD_FOLLOW_H
#define HSY_RECORD_FOLLOW_H

#include "reuse/reuse.h"
#include "store/store.h"

typedef struct hsy_follow {
  hsy_store *store;
  hsy_index index;
  hsy_reuse *reuse; /* made when it is first needed */
  hsy_reuse_options options;
} hsy_follow;

void hsy_follow_init(hsy_follow *follow, hsy_store *store);
void hsy_follow_reset(hsy_follow *follow);

/* Where a word for the log goes: that something was capped. Before the first
 * document; none unless set. */
void hsy_follow_log(hsy_follow *follow, void (*log)(void *user, const char *message), void *user);

/* After the document was put into the store; copies what it needs. */
bool hsy_follow_come(hsy_follow *follow, const hsy_reuse_document *document, hsy_error *err);
/* Before its rows go. */
bool hsy_follow_leave(hsy_follow *follow, hsy_str id, hsy_error *err);
/* Before the batch is committed. */
bool hsy_follow_finish(hsy_follow *follow, hsy_error *err);

#endif
