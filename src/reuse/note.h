/* What reuse/ keeps in an index, as bytes.
 *
 * In and out. The note of a document (everything that comparing it needs but
 * its text) and the note of a pair (how the two share text).
 * Owns. Encoded notes lie in the arena; decoded ones borrow the bytes, lists
 * lie in the arena.
 * Fails when. The bytes are no note (HSY_STORE), or the arena is full.
 * Numbers are written seven bits a byte, least first (as in LEB128), so notes
 * are small and the same on every machine.
 */
#ifndef HSY_REUSE_NOTE_H
#define HSY_REUSE_NOTE_H

#include "reuse/compare.h"

typedef struct hsy_reuse_note {
  uint32_t mark; /* of the outlet */
  hsy_str outlet, published, agency;
  const hsy_span *skip, *quoted;
  ptrdiff_t skip_count, quoted_count;
  ptrdiff_t words;      /* of the text, without what is skipped */
  const uint8_t *flags; /* [flag_count] HSY_IS_FURNITURE, HSY_IS_COMMON by pick; later picks have none */
  ptrdiff_t flag_count;
} hsy_reuse_note;

hsy_str hsy_note_encode(const hsy_reuse_note *note, hsy_arena *arena);
bool hsy_note_decode(hsy_reuse_note *note, hsy_str bytes, hsy_arena *arena, hsy_error *err);

hsy_str hsy_note_encode_pair(const hsy_comparison *comparison, hsy_arena *arena);
bool hsy_note_decode_pair(hsy_comparison *comparison, hsy_str bytes, hsy_arena *arena, hsy_error *err);

#endif
