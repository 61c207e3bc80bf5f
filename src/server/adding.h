/* Articles that the page hands in.
 *
 * In. Files, as names and bytes.
 * Out. The record holds them some time later; until then and after, a list of
 * what became of each.
 * Owns. The list, a thread that reads, an engine (made when the first file
 * comes), and the folder "STORE.files" beside the store, where each file is
 * kept under a name made from its bytes: the record's rows lead back to it,
 * and the same file handed in twice is the same article.
 * Fails when. Too many files wait, or the disk takes no more.
 */
#ifndef HSY_SERVER_ADDING_H
#define HSY_SERVER_ADDING_H

#include "hearsay.h"
#include "server/text.h"

typedef struct hsy_adding hsy_adding;

hsy_adding *hsy_adding_new(const char *store, const char *model, hearsay_reader reader, hearsay_error *err);
void hsy_adding_free(hsy_adding *adding); /* after the article being read */

/* Keeps the file and puts it in the queue; *body gets its row of the list. */
bool hsy_adding_take(hsy_adding *adding, const char *name, const hsy_text *file, hsy_text *body, hearsay_error *err);
/* {"rows": [{"id", "name", "state", …}], "waiting", "articles", "bytes", "total_bytes"} */
void hsy_adding_describe(hsy_adding *adding, hsy_text *body);

#endif
