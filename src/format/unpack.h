/* Streams out of packed streams: gzip (one member after the other) and zstd.
 *
 * In. A stream that begins with the packed bytes; it is the unpacker's from then on.
 * Out. A stream of what they hold.
 * Owns. The stream it reads; the limits are borrowed.
 * Fails when. The bytes are damaged or end too early, or they unpack to so much
 * more than they are that they can only be a trap (HSY_LIMIT).
 */
#ifndef HSY_FORMAT_UNPACK_H
#define HSY_FORMAT_UNPACK_H

#include "format/limits.h"
#include "format/stream.h"

hsy_stream *hsy_unpack_gzip(hsy_stream *packed, const hsy_limits *limits, hsy_error *err);
hsy_stream *hsy_unpack_zstd(hsy_stream *packed, const hsy_limits *limits, hsy_error *err);

/* true where `out` bytes from `in` are more than the limits allow; *err says so. */
bool hsy_unpack_is_trap(const hsy_limits *limits, int64_t in, int64_t out, hsy_error *err);

#endif
