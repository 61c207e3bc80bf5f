/* UTF-8: decoding, validation, classes of characters.
 *
 * Offsets are bytes; "points" are Unicode code points. Classes and case come
 * from utf8proc (Unicode data), with a short cut for ASCII.
 */
#ifndef HSY_BASE_UTF8_H
#define HSY_BASE_UTF8_H

#include "base/str.h"

int32_t hsy_utf8_next_wide(hsy_str s, ptrdiff_t *at);
/* The code point at byte *at, which moves behind it. Bytes that are no UTF-8
 * give U+FFFD, one byte at a time. *at must be below s.len. */
static inline int32_t hsy_utf8_next(hsy_str s, ptrdiff_t *at) {
  unsigned char c = (unsigned char)s.data[*at];
  return c < 0x80 ? ((*at)++, c) : hsy_utf8_next_wide(s, at);
}
/* The code point that ends before byte at (at > 0); *start gets its first byte. */
int32_t hsy_utf8_before(hsy_str s, ptrdiff_t at, ptrdiff_t *start);

/* Byte of the first sequence that is no UTF-8, or -1 where all is well. */
ptrdiff_t hsy_utf8_invalid(hsy_str s);
/* Code points in s. */
ptrdiff_t hsy_utf8_points(hsy_str s);
/* Writes point to out (4 bytes of room); returns the bytes written. */
int hsy_utf8_put(int32_t point, char out[4]);

/* ASCII is told here, the rest by the functions whose names end in _wide. */
bool hsy_is_letter_wide(int32_t point);
bool hsy_is_digit_wide(int32_t point);
bool hsy_is_space_wide(int32_t point);
bool hsy_is_upper_wide(int32_t point);
int32_t hsy_to_lower_wide(int32_t point);

static inline bool hsy_is_letter(int32_t point) { /* and combining marks */
  return point < 0x80 ? (point | 32) >= 'a' && (point | 32) <= 'z' : hsy_is_letter_wide(point);
}
static inline bool hsy_is_digit(int32_t point) {
  return point < 0x80 ? point >= '0' && point <= '9' : hsy_is_digit_wide(point);
}
static inline bool hsy_is_space(int32_t point) {
  return point < 0x80 ? point == ' ' || (point >= '\t' && point <= '\r') : hsy_is_space_wide(point);
}
static inline bool hsy_is_upper(int32_t point) { /* and title case */
  return point < 0x80 ? point >= 'A' && point <= 'Z' : hsy_is_upper_wide(point);
}
static inline int32_t hsy_to_lower(int32_t point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + 32 : point;
  return hsy_to_lower_wide(point);
}

/* Lower case over all of Unicode. */
hsy_str hsy_utf8_lower(hsy_arena *arena, hsy_str s);
/* For comparing names: decomposed, marks stripped, case folded. */
hsy_str hsy_utf8_fold(hsy_arena *arena, hsy_str s);

#endif
