#include "format/plain.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { LONGEST_TAG = 400 };

static int32_t reference(hsy_str s, ptrdiff_t at, ptrdiff_t *end) {
  ptrdiff_t i = at + 1;
  char name[12];
  int n = 0;
  while (i < s.len && s.data[i] != ';' && n < 10) name[n++] = s.data[i++];
  name[n] = 0;
  if (i >= s.len || s.data[i] != ';' || n < 2) return 0;
  *end = i + 1;
  if (name[0] == '#') {
    bool hex = name[1] == 'x' || name[1] == 'X';
    long point = strtol(name + (hex ? 2 : 1), NULL, hex ? 16 : 10);
    return point > 0 && point < 0x110000 && (point < 0xD800 || point > 0xDFFF) ? (int32_t)point : 0;
  }
  const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
  if (entity) return (int32_t)entity->value;
  return strcmp(name, "apos") == 0 ? '\'' : 0;
}

/* Bytes of a tag at `at`, or 0: "<p>", "</b>", "<br/>". */
static ptrdiff_t tag_at(hsy_str s, ptrdiff_t at) {
  if (at + 2 >= s.len || !(s.data[at + 1] == '/' || (s.data[at + 1] | 32) >= 'a') || (s.data[at + 1] | 32) > 'z')
    return 0;
  ptrdiff_t room = s.len - at < LONGEST_TAG ? s.len - at : LONGEST_TAG;
  const char *end = memchr(s.data + at, '>', (size_t)room);
  return end ? end - (s.data + at) + 1 : 0;
}

hsy_str hsy_plain_text(hsy_str s, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  bool blank = true;
  for (ptrdiff_t at = 0; at < s.len;) {
    ptrdiff_t from = at, end, tag;
    char bytes[4];
    int32_t point;
    hsy_str piece;
    if (s.data[at] == '&' && (point = reference(s, at, &end)) != 0) {
      at = end;
      piece = (hsy_str){bytes, hsy_utf8_put(point, bytes)};
    } else if (s.data[at] == '<' && (tag = tag_at(s, at)) != 0) {
      at += tag;
      point = ' ';
      piece = (hsy_str){0};
    } else {
      point = hsy_utf8_next(s, &at);
      piece = hsy_str_slice(s, from, at);
    }
    bool space = hsy_is_space(point) || point < 0x20;
    if (!space)
      hsy_buf_add(&out, piece);
    else if (!blank)
      hsy_buf_byte(&out, ' ');
    blank = space;
  }
  return hsy_str_trim(hsy_buf_str(&out));
}
