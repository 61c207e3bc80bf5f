/* Counted strings and a growing buffer.
 *
 * hsy_str borrows bytes, usually UTF-8, never NUL-terminated; it is valid as
 * long as what it borrows from. hsy_buf grows inside an arena and is that
 * arena's.
 */
#ifndef HSY_BASE_STR_H
#define HSY_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct hsy_str {
  const char *data;
  ptrdiff_t len;
} hsy_str;

#define HSY_S(literal) ((hsy_str){(literal), (ptrdiff_t)sizeof(literal) - 1})
#define HSY_FMT(s) (int)(s).len, (s).data /* for "%.*s" */

/* Borrows; NULL gives the empty string. Inline, so that a literal costs nothing. */
static inline hsy_str hsy_str_of(const char *text) {
  return (hsy_str){text, text ? (ptrdiff_t)__builtin_strlen(text) : 0};
}
hsy_str hsy_str_slice(hsy_str s, ptrdiff_t start, ptrdiff_t end);
static inline bool hsy_str_eq(hsy_str a, hsy_str b) {
  return a.len == b.len && (a.len == 0 || __builtin_memcmp(a.data, b.data, (size_t)a.len) == 0);
}
bool hsy_str_eq_nocase(hsy_str a, hsy_str b); /* ASCII letters fold */
/* The same beside a NUL-terminated word, whose length need not be known. */
bool hsy_str_is_nocase_wide(hsy_str s, const char *word);
static inline bool hsy_str_is_nocase(hsy_str s, const char *word) { /* mostly the first letter tells */
  return s.len == 0 ? !*word : ((s.data[0] ^ *word) & ~0x20) == 0 && hsy_str_is_nocase_wide(s, word);
}
int hsy_str_cmp(hsy_str a, hsy_str b); /* bytewise, for qsort */
bool hsy_str_starts(hsy_str s, hsy_str prefix);
bool hsy_str_starts_nocase(hsy_str s, hsy_str prefix);
static inline bool hsy_str_ends(hsy_str s, hsy_str suffix) {
  return s.len >= suffix.len &&
         (suffix.len == 0 || __builtin_memcmp(s.data + s.len - suffix.len, suffix.data, (size_t)suffix.len) == 0);
}
ptrdiff_t hsy_str_find(hsy_str s, hsy_str needle); /* byte index, or -1 */
hsy_str hsy_str_trim(hsy_str s);                   /* ASCII blanks at both ends */

/* The part before the first `sep`; *rest becomes what stands behind it. At the
 * end *rest is empty with data NULL. */
hsy_str hsy_str_cut(hsy_str s, char sep, hsy_str *rest);

hsy_str hsy_str_copy(hsy_arena *arena, hsy_str s);
char *hsy_str_z(hsy_arena *arena, hsy_str s);       /* NUL-terminated copy, NULL when full */
hsy_str hsy_str_lower(hsy_arena *arena, hsy_str s); /* ASCII letters only */
hsy_str hsy_str_printf(hsy_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

typedef struct hsy_buf {
  char *data;
  ptrdiff_t len, cap;
  hsy_arena *arena;
} hsy_buf;

hsy_buf hsy_buf_in(hsy_arena *arena);
void hsy_buf_add(hsy_buf *buf, hsy_str s);
void hsy_buf_byte(hsy_buf *buf, char c);
hsy_str hsy_buf_str(const hsy_buf *buf); /* borrows; valid until the next add */

#endif
