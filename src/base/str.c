#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

hsy_str hsy_str_slice(hsy_str s, ptrdiff_t start, ptrdiff_t end) {
  if (start < 0) start = 0;
  if (end > s.len) end = s.len;
  if (start >= end) return (hsy_str){s.data ? s.data + (start < s.len ? start : s.len) : NULL, 0};
  return (hsy_str){s.data + start, end - start};
}

bool hsy_str_starts_nocase(hsy_str s, hsy_str prefix) {
  if (s.len < prefix.len) return false;
  for (ptrdiff_t i = 0; i < prefix.len; i++)
    if (lower(s.data[i]) != lower(prefix.data[i])) return false;
  return true;
}

bool hsy_str_is_nocase_wide(hsy_str s, const char *word) {
  for (ptrdiff_t i = 0; i < s.len; i++)
    if (!word[i] || lower(s.data[i]) != lower(word[i])) return false;
  return !word[s.len];
}

bool hsy_str_eq_nocase(hsy_str a, hsy_str b) { return a.len == b.len && hsy_str_starts_nocase(a, b); }

int hsy_str_cmp(hsy_str a, hsy_str b) {
  ptrdiff_t n = a.len < b.len ? a.len : b.len;
  int order = n ? memcmp(a.data, b.data, (size_t)n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool hsy_str_starts(hsy_str s, hsy_str prefix) { return hsy_str_eq(hsy_str_slice(s, 0, prefix.len), prefix); }

ptrdiff_t hsy_str_find(hsy_str s, hsy_str needle) {
  if (needle.len == 0) return 0;
  if (needle.len == 1 && s.len) {
    const char *only = memchr(s.data, needle.data[0], (size_t)s.len);
    return only ? only - s.data : -1;
  }
  const char *at = s.len ? memmem(s.data, (size_t)s.len, needle.data, (size_t)needle.len) : NULL;
  return at ? at - s.data : -1;
}

hsy_str hsy_str_trim(hsy_str s) {
  while (s.len && blank(s.data[0])) s.data++, s.len--;
  while (s.len && blank(s.data[s.len - 1])) s.len--;
  return s;
}

hsy_str hsy_str_cut(hsy_str s, char sep, hsy_str *rest) {
  const char *at = s.len ? memchr(s.data, sep, (size_t)s.len) : NULL;
  if (!at) {
    *rest = (hsy_str){0};
    return s;
  }
  hsy_str head = {s.data, at - s.data};
  *rest = (hsy_str){at + 1, s.len - head.len - 1};
  return head;
}

hsy_str hsy_str_copy(hsy_arena *arena, hsy_str s) {
  char *to = hsy_new(arena, char, s.len);
  if (!to) return (hsy_str){0};
  if (s.len) memcpy(to, s.data, (size_t)s.len);
  return (hsy_str){to, s.len};
}

char *hsy_str_z(hsy_arena *arena, hsy_str s) {
  char *to = hsy_new(arena, char, s.len + 1);
  if (to && s.len) memcpy(to, s.data, (size_t)s.len);
  return to;
}

hsy_str hsy_str_lower(hsy_arena *arena, hsy_str s) {
  char *to = hsy_new(arena, char, s.len);
  if (!to) return (hsy_str){0};
  for (ptrdiff_t i = 0; i < s.len; i++) to[i] = lower(s.data[i]);
  return (hsy_str){to, s.len};
}

hsy_str hsy_str_printf(hsy_arena *arena, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *to = n < 0 ? NULL : hsy_new(arena, char, n + 1);
  if (to) vsnprintf(to, (size_t)n + 1, format, again);
  va_end(again);
  return to ? (hsy_str){to, n} : (hsy_str){0};
}

hsy_buf hsy_buf_in(hsy_arena *arena) { return (hsy_buf){.arena = arena}; }

void hsy_buf_byte(hsy_buf *buf, char c) {
  HSY_VEC(char) v = {buf->data, buf->len, buf->cap};
  *hsy_push(&v, buf->arena) = c;
  buf->data = v.data, buf->len = v.len, buf->cap = v.cap;
}

void hsy_buf_add(hsy_buf *buf, hsy_str s) {
  if (s.len > buf->cap - buf->len) {
    ptrdiff_t cap = 2 * buf->cap > buf->len + s.len ? 2 * buf->cap : buf->len + s.len + 64;
    char *more = hsy_new(buf->arena, char, cap);
    if (!more) return;
    if (buf->len) memcpy(more, buf->data, (size_t)buf->len);
    buf->data = more;
    buf->cap = cap;
  }
  if (s.len) memcpy(buf->data + buf->len, s.data, (size_t)s.len);
  buf->len += s.len;
}

hsy_str hsy_buf_str(const hsy_buf *buf) { return (hsy_str){buf->data, buf->len}; }
