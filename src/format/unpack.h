/* Streams out of packed streams: gzip (one member after the other) and zstd.
 *
 * In. A stream that begins with the packed bytes; it is the unpacker's from then on.
 * Out. A stream of what they hold.
 * Owns. The stream it reads.
 * Fails when. The bytes are damaged or end too early, or they unpack to so much
 * more than they are that they can only be a trap (HSY_LIMIT).
 */
#ifndef HSY_FORMAT_UNPACK_H
#define HSY_FORMAT_UNPACK_H

#include "format/stream.h"

hsy_stream *hsy_unpack_gzip(hsy_stream *packed, hsy_error *err);
hsy_stream *hsy_unpack_zstd(hsy_stream *packed, hsy_error *err);

/* true where `out` bytes from `in` are more than text packs to. */
bool hsy_unpack_is_trap(int64_t in, int64_t out);

#endif
