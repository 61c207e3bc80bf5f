/* Tables and lines in another encoding than UTF-8.
 *
 * In. A stream in UTF-16 or UTF-32; or the bytes of one row, and the encoding
 * that the file's beginning showed.
 * Out. UTF-8.
 * Owns. The stream it reads; copies are the caller's (free).
 * Fails when. The encoding is not known, or memory runs out.
 */
#ifndef HSY_FORMAT_RECODE_H
#define HSY_FORMAT_RECODE_H

#include "format/stream.h"

/* `encoding` as hsy_sniff_unicode names it; a mark at the beginning is dropped. The stream is closed on failure. */
hsy_stream *hsy_recode_stream(hsy_stream *in, const char *encoding, hsy_error *err);

/* The row as UTF-8: as it is where it is that, else by the encoding (may be empty), else as it can be told. NULL where
 * memory runs out. */
char *hsy_recode_row(hsy_str row, const char *encoding, ptrdiff_t *len);
/* The encoding of rows whose beginnings these are: "" for UTF-8. */
void hsy_recode_tell(hsy_str head, char *name, size_t room);

#endif
