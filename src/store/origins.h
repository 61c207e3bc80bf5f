/* The offset map in a few bytes a row.
 *
 * In. Rows of hsy_origin, ascending by text.
 * Out. Bytes, and the rows again.
 * Owns. Nothing; both lie in the arena.
 * Fails when. Bytes are cut short: the rows before the cut are given.
 * Method. Differences to the row before, as LEB128 (DWARF's variable-length
 * integers), the source's folded so that small negative ones stay short.
 */
#ifndef HSY_STORE_ORIGINS_H
#define HSY_STORE_ORIGINS_H

#include "doc/doc.h"

hsy_str hsy_origins_pack(const hsy_doc *doc, hsy_arena *arena);
void hsy_origins_unpack(hsy_str bytes, hsy_doc *doc);

#endif
