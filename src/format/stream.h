/* Byte streams: a file, standard input or bytes at hand, read through a window that grows.
 *
 * In. A path, or "-" for standard input.
 * Out. A view of the next bytes (peek), then a step over them (skip).
 * Owns. The file and the window; a view is valid until the next peek.
 * Fails when. The file cannot be opened or read: the error is kept, and the
 * stream is at its end from there on.
 */
#ifndef HSY_FORMAT_STREAM_H
#define HSY_FORMAT_STREAM_H

#include "base/error.h"
#include "base/str.h"

typedef struct hsy_stream hsy_stream;

/* Fills up to `room` bytes at `to`; 0 at the end, -1 after setting *err. */
typedef ptrdiff_t (*hsy_stream_fill)(void *state, char *to, size_t room, hsy_error *err);

hsy_stream *hsy_stream_open(const char *path, hsy_error *err);
/* Bytes at hand, borrowed until the stream is closed. */
hsy_stream *hsy_stream_of(hsy_str bytes, hsy_error *err);
/* A stream over another (an unpacker); `release` frees the state. */
hsy_stream *hsy_stream_over(void *state, hsy_stream_fill fill, void (*release)(void *), hsy_error *err);
void hsy_stream_close(hsy_stream *stream); /* NULL is allowed */

/* The next bytes, `want` of them unless the stream ends before. */
hsy_str hsy_stream_peek(hsy_stream *stream, ptrdiff_t want);
void hsy_stream_skip(hsy_stream *stream, ptrdiff_t count); /* no more than was peeked */
/* The next line with its end, at most `limit` bytes of it; *whole is false where
 * it goes on. Empty only at the end of the stream. */
hsy_str hsy_stream_line(hsy_stream *stream, ptrdiff_t limit, bool *whole);
/* Steps over the rest of the line, which is not kept. */
void hsy_stream_skip_line(hsy_stream *stream);

int64_t hsy_stream_position(const hsy_stream *stream); /* bytes skipped */
const hsy_error *hsy_stream_error(const hsy_stream *stream);

#endif
