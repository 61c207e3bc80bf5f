/* Bytes to UTF-8, with the way back.
 *
 * In. The bytes of one article, and the encoding that its container or its own
 * mark-up declares, if any.
 * Out. Text in UTF-8 and a map from its bytes to the input's (hsy_origin rows).
 * UTF-8 is passed on as it is, its byte order mark too, so that offsets are the
 * file's own; of other encodings the mark is left out.
 * Owns. The text lies in the arena, or is the input itself.
 * Fails when. The bytes are not in the encoding that they are said to be in and
 * no other can be told: the error has the offset of the first bad byte.
 *
 * The order is: mark, well-formed UTF-8, the declared encoding, detection
 * (uchardet). Well-formed UTF-8 of more than ASCII is no accident, so it stands
 * before what is declared. Names are read as the web does: latin-1 is
 * windows-1252. Of pages, text that was encoded twice is mended where that is
 * certain.
 */
#ifndef HSY_FORMAT_DECODE_H
#define HSY_FORMAT_DECODE_H

#include "doc/doc.h"

typedef HSY_VEC(hsy_origin) hsy_origin_vec;

typedef struct hsy_decoded {
  hsy_str text;
  const char *encoding; /* in the arena, or static */
  hsy_origin_vec map;
  ptrdiff_t replaced; /* characters that could not be read, U+FFFD stands for them */
} hsy_decoded;

typedef struct hsy_decode_options {
  hsy_str declared; /* may be empty */
  bool lenient;     /* pages: bad bytes become U+FFFD; else they are an error */
} hsy_decode_options;

bool hsy_decode(hsy_str bytes, hsy_decode_options options, hsy_decoded *out, hsy_arena *arena, hsy_error *err);

/* The character that Windows-1252 has for 128 to 159; other numbers as they are. */
int32_t hsy_decode_mark_1252(int32_t byte);

/* Row of a map that holds for text byte `at`; the map must not be empty. */
int64_t hsy_decode_source(const hsy_origin_vec *map, int32_t at);

#endif
