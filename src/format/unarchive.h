/* ZIP and tar: the files inside, one after the other, as streams.
 *
 * In. A stream of the archive's bytes.
 * Out. For each file inside its name and a stream of its bytes, valid until the next.
 * Owns. Its own state; the stream below and the limits stay the caller's.
 * Fails when. The archive is damaged, or unpacks to far more than it is (HSY_LIMIT).
 * Method: libarchive, formats zip and tar alone.
 */
#ifndef HSY_FORMAT_UNARCHIVE_H
#define HSY_FORMAT_UNARCHIVE_H

#include "format/limits.h"
#include "format/stream.h"

typedef struct hsy_unarchive hsy_unarchive;

hsy_unarchive *hsy_unarchive_open(hsy_stream *in, const hsy_limits *limits, hsy_error *err);
/* The next file; false at the end, or with *err. The name is borrowed until the next call. */
bool hsy_unarchive_next(hsy_unarchive *archive, const char **name, hsy_error *err);
/* A stream of the file's bytes; the caller closes it before the next call. */
hsy_stream *hsy_unarchive_stream(hsy_unarchive *archive, hsy_error *err);
void hsy_unarchive_close(hsy_unarchive *archive); /* NULL is allowed */

#endif
