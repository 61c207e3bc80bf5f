#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

int32_t hsy_utf8_next_wide(hsy_str s, ptrdiff_t *at) {
  utf8proc_int32_t point;
  utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.data + *at, s.len - *at, &point);
  if (n <= 0) {
    (*at)++;
    return 0xFFFD;
  }
  *at += n;
  return point;
}

int32_t hsy_utf8_before(hsy_str s, ptrdiff_t at, ptrdiff_t *start) {
  ptrdiff_t from = at - 1;
  while (from > 0 && at - from < 4 && ((unsigned char)s.data[from] & 0xC0) == 0x80) from--;
  ptrdiff_t end = from;
  int32_t point = hsy_utf8_next(s, &end);
  if (end != at) { /* a stray byte: step over it alone */
    from = at - 1;
    point = 0xFFFD;
  }
  *start = from;
  return point;
}

ptrdiff_t hsy_utf8_invalid(hsy_str s) {
  ptrdiff_t i = 0;
  while (i < s.len) {
    uint64_t eight;
    if (s.len - i >= 8 && (memcpy(&eight, s.data + i, 8), (eight & 0x8080808080808080u) == 0)) {
      i += 8;
      continue;
    }
    utf8proc_int32_t point;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.data + i, s.len - i, &point);
    if (n <= 0) return i;
    i += n;
  }
  return -1;
}

ptrdiff_t hsy_utf8_points(hsy_str s) {
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < s.len; i++) n += ((unsigned char)s.data[i] & 0xC0) != 0x80;
  return n;
}

int hsy_utf8_put(int32_t point, char out[4]) { return (int)utf8proc_encode_char(point, (utf8proc_uint8_t *)out); }

bool hsy_is_letter_wide(int32_t point) {
  utf8proc_category_t c = utf8proc_category(point);
  return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

bool hsy_is_digit_wide(int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_ND; }

bool hsy_is_space_wide(int32_t point) {
  return point == 0x85 || point == 0x200B || point == 0xFEFF || point == 0x2028 || point == 0x2029 ||
         utf8proc_category(point) == UTF8PROC_CATEGORY_ZS;
}

bool hsy_is_upper_wide(int32_t point) {
  utf8proc_category_t c = utf8proc_category(point);
  return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

int32_t hsy_to_lower_wide(int32_t point) { return utf8proc_tolower(point); }

hsy_str hsy_utf8_lower(hsy_arena *arena, hsy_str s) {
  hsy_buf out = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < s.len;) {
    char bytes[4];
    int n = hsy_utf8_put(hsy_to_lower(hsy_utf8_next(s, &i)), bytes);
    hsy_buf_add(&out, (hsy_str){bytes, n});
  }
  return hsy_buf_str(&out);
}

static bool is_ascii(hsy_str s) {
  unsigned char all = 0;
  for (ptrdiff_t i = 0; i < s.len; i++) all |= (unsigned char)s.data[i];
  return all < 0x80;
}

hsy_str hsy_utf8_fold(hsy_arena *arena, hsy_str s) {
  if (is_ascii(s)) return hsy_str_lower(arena, s); /* most words: utf8proc takes a thousand times as long */
  enum { SHORT = 128 };
  static const utf8proc_option_t HOW = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
  utf8proc_int32_t brief[SHORT + 1], *points = brief;
  const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s.data;
  utf8proc_ssize_t n = utf8proc_decompose(bytes, s.len, brief, SHORT, HOW);
  if (n < 0) return hsy_utf8_lower(arena, s);
  if (n > SHORT) { /* as many as it says; one more, since the bytes are closed by a NUL */
    points = hsy_new(arena, utf8proc_int32_t, n + 1);
    if (!points) return (hsy_str){0};
    n = utf8proc_decompose(bytes, s.len, points, n, HOW);
  }
  for (utf8proc_ssize_t i = 0; i < n; i++) /* the keyboard's apostrophe finds the printed ones */
    if (points[i] == 0x2019 || points[i] == 0x02BC) points[i] = '\'';
  n = utf8proc_reencode(points, n, HOW);
  return hsy_str_copy(arena, (hsy_str){(const char *)points, n});
}
