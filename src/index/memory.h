/* An index in memory, for tests, benches and small jobs.
 *
 * In. A function that gives a document's text, so that a bench need not keep
 * a million of them; NULL: texts are put by hsy_memory_put_text.
 * Out. The operations of hsy_index.
 * Owns. Everything that was put, until hsy_memory_free.
 * Fails when. Memory runs out (HSY_NO_MEMORY).
 * Method: postings lie in 4096 open hash tables of eight bytes a posting,
 * each of which grows alone, so that growth never doubles the whole. A
 * fingerprint in more than a few members moves to a list of its own, whose
 * least keys are kept sorted. 44 bits of a fingerprint tell it from others: a
 * chance meeting is one in 10^13, and costs one comparison in vain.
 */
#ifndef HSY_INDEX_MEMORY_H
#define HSY_INDEX_MEMORY_H

#include "index/index.h"

typedef struct hsy_memory hsy_memory;

typedef hsy_str (*hsy_memory_text_fn)(void *user, hsy_key document, hsy_arena *arena);

hsy_memory *hsy_memory_new(hsy_memory_text_fn text, void *user, hsy_error *err);
void hsy_memory_free(hsy_memory *memory);
hsy_index hsy_memory_index(hsy_memory *memory); /* borrows memory */

bool hsy_memory_put_text(hsy_memory *memory, hsy_key document, hsy_str text, hsy_error *err);
/* All groups, in no order. */
bool hsy_memory_groups(hsy_memory *memory, bool (*visit)(void *user, const hsy_copy_group *group), void *user);

#endif
