/* Codings of a body on its way: gzip, deflate (with zlib's header or bare), br, zstd.
 *
 * In. A record whose bytes are coded, and the coding's name.
 * Out. The record with the bytes that they stand for.
 * Owns. The record's bytes are replaced.
 * Fails when. The coding is not known, the bytes are damaged or unpack to more
 * than the limit: what is wrong, in words; the record is as it was.
 */
#ifndef HSY_FORMAT_CODING_H
#define HSY_FORMAT_CODING_H

#include "format/source.h"

/* NULL where all is well; bytes that are plain text already, as many crawlers keep them, are left. */
const char *hsy_coding_undo(hsy_str name, ptrdiff_t limit, hsy_record *record);
/* A body that is still packed by gzip, as servers that pack twice send it. */
const char *hsy_coding_undo_doubled(ptrdiff_t limit, hsy_record *record);

#endif
