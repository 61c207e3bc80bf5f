#include "format/mend_xml.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "format/decode.h"

enum { LONGEST_NAME = 10, DECLARATION = 256 };

/* ---- the encoding ---- */

/* "encoding="…"" of the declaration, and the bytes that the declaration takes. */
static hsy_str declared(hsy_str bytes, ptrdiff_t *end) {
  hsy_str head = hsy_str_slice(bytes, 0, DECLARATION);
  ptrdiff_t from = hsy_str_starts(head, HSY_S("\xef\xbb\xbf")) ? 3 : 0;
  *end = 0;
  if (!hsy_str_starts(hsy_str_slice(head, from, head.len), HSY_S("<?xml"))) return (hsy_str){0};
  ptrdiff_t close = hsy_str_find(head, HSY_S("?>"));
  if (close < 0) return (hsy_str){0};
  *end = close + 2;
  head.len = close;
  ptrdiff_t at = hsy_str_find(head, HSY_S("encoding"));
  if (at < 0) return (hsy_str){0};
  at += 8;
  while (at < head.len && strchr(" =\t", head.data[at])) at++;
  if (at >= head.len || !strchr("\"'", head.data[at])) return (hsy_str){0};
  char quote[2] = {head.data[at], 0};
  hsy_str value = hsy_str_slice(head, at + 1, head.len);
  ptrdiff_t stop = hsy_str_find(value, hsy_str_of(quote));
  return hsy_str_slice(value, 0, stop < 0 ? 0 : stop);
}

/* ---- references ---- */

typedef struct mender {
  hsy_xml_mended *out;
  hsy_buf text;
} mender;

static bool is_xml_name(hsy_str name) {
  static const char *const NAMES[] = {"amp", "lt", "gt", "quot", "apos"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (hsy_str_eq(name, hsy_str_of(NAMES[i]))) return true;
  return false;
}

static void put_point(mender *m, int32_t point) {
  char bytes[4];
  hsy_buf_add(&m->text, (hsy_str){bytes, hsy_utf8_put(point, bytes)});
}

/* The number of "#123" or "#x7B", or -1. */
static int32_t number_of(hsy_str name) {
  bool hex = name.len > 1 && (name.data[1] | 32) == 'x';
  int32_t value = 0;
  ptrdiff_t digits = 0;
  for (ptrdiff_t i = hex ? 2 : 1; i < name.len; i++, digits++) {
    char c = name.data[i], low = (char)(c | 32);
    int digit = c >= '0' && c <= '9' ? c - '0' : hex && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
    if (digit < 0 || value > 0x110000) return -1;
    value = (hex ? 16 : 10) * value + digit;
  }
  return digits ? value : -1;
}

bool hsy_xml_has_old_marks(hsy_str bytes) {
  for (ptrdiff_t at = 0, found;; at += found + 2) {
    found = hsy_str_find(hsy_str_slice(bytes, at, bytes.len), HSY_S("&#"));
    if (found < 0) return false;
    hsy_str rest = hsy_str_slice(bytes, at + found + 1, at + found + LONGEST_NAME), behind;
    int32_t point = number_of(hsy_str_cut(rest, ';', &behind));
    if (behind.data && point >= 0x80 && point < 0xA0) return true;
  }
}

static bool is_character(int32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c < 0x110000);
}

/* What stands at '&': taken over, replaced, or escaped. Returns where the text goes on. */
static ptrdiff_t put_reference(mender *m, hsy_str s, ptrdiff_t at) {
  ptrdiff_t end = at + 1;
  while (end < s.len && end - at <= LONGEST_NAME && s.data[end] != ';' &&
         (hsy_is_letter((unsigned char)s.data[end]) || hsy_is_digit((unsigned char)s.data[end]) || s.data[end] == '#'))
    end++;
  hsy_str name = hsy_str_slice(s, at + 1, end);
  bool closed = end < s.len && s.data[end] == ';' && name.len;
  if (closed && is_xml_name(name)) {
    hsy_buf_add(&m->text, hsy_str_slice(s, at, end + 1));
    return end + 1;
  }
  if (closed && name.data[0] == '#') {
    int32_t point = number_of(name);
    bool mark = point >= 0x80 && point < 0xA0;
    if (mark) point = hsy_decode_mark_1252(point);
    if (mark || !is_character(point)) m->out->entities++;
    if (mark)
      put_point(m, point);
    else if (is_character(point))
      hsy_buf_add(&m->text, hsy_str_slice(s, at, end + 1)); /* may stand for a sign */
    return end + 1;
  }
  char plain[LONGEST_NAME + 2] = {0};
  memcpy(plain, name.data, (size_t)name.len < sizeof plain ? (size_t)name.len : 0);
  const htmlEntityDesc *entity = closed ? htmlEntityLookup((const xmlChar *)plain) : NULL;
  if (entity) {
    put_point(m, (int32_t)entity->value);
    m->out->entities++;
    return end + 1;
  }
  hsy_buf_add(&m->text, HSY_S("&amp;"));
  m->out->ampersands++;
  return at + 1;
}

/* Bytes of a CDATA section, comment or declaration at '<', whose ampersands are plain text; 0 where it is none. */
static ptrdiff_t plain_section(hsy_str s, ptrdiff_t at) {
  static const struct { const char *open, *close; } SECTIONS[] = {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}};
  for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++) {
    hsy_str rest = hsy_str_slice(s, at, s.len), close = hsy_str_of(SECTIONS[i].close);
    if (!hsy_str_starts(rest, hsy_str_of(SECTIONS[i].open))) continue;
    ptrdiff_t end = hsy_str_find(rest, close);
    return end < 0 ? rest.len : end + close.len;
  }
  return 0;
}

static bool is_control(char c) { return (unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

/* Bytes that need no look. */
static ptrdiff_t plain_run(hsy_str s, ptrdiff_t at) {
  ptrdiff_t end = at;
  while (end < s.len && s.data[end] != '&' && s.data[end] != '<' && !is_control(s.data[end])) end++;
  return end;
}

static void put_without_controls(mender *m, hsy_str s) {
  for (ptrdiff_t at = 0; at < s.len;) {
    ptrdiff_t end = at;
    while (end < s.len && !is_control(s.data[end])) end++;
    hsy_buf_add(&m->text, hsy_str_slice(s, at, end));
    m->out->controls += end < s.len;
    at = end + 1;
  }
}

bool hsy_xml_mend(hsy_str bytes, hsy_xml_mended *out, hsy_arena *arena, hsy_error *err) {
  ptrdiff_t begin;
  *out = (hsy_xml_mended){0};
  hsy_str encoding = declared(bytes, &begin);
  hsy_decoded decoded;
  if (!hsy_decode(bytes, (hsy_decode_options){encoding, true}, &decoded, arena, err)) return false;
  out->bytes = decoded.replaced;
  bool says_utf8 = encoding.len == 0 || hsy_str_is_nocase(encoding, "utf-8") || hsy_str_is_nocase(encoding, "utf8");
  out->encoding =
      !says_utf8 && hsy_str_starts(hsy_str_of(decoded.encoding), HSY_S("UTF-8")) && hsy_utf8_points(bytes) != bytes.len;
  hsy_str s = decoded.text;
  declared(s, &begin); /* its length may be another, once decoded */
  if (begin == 0 && hsy_str_starts(s, HSY_S("\xef\xbb\xbf"))) begin = 3;
  mender m = {out, hsy_buf_in(arena)};
  for (ptrdiff_t at = begin; at < s.len;) {
    ptrdiff_t end = plain_run(s, at), section;
    hsy_buf_add(&m.text, hsy_str_slice(s, at, end));
    at = end;
    if (at >= s.len) break;
    if (s.data[at] == '&')
      at = put_reference(&m, s, at);
    else if (s.data[at] == '<' && (section = plain_section(s, at)) != 0)
      put_without_controls(&m, hsy_str_slice(s, at, at + section)), at += section;
    else if (s.data[at] == '<')
      hsy_buf_byte(&m.text, s.data[at++]);
    else
      out->controls++, at++;
  }
  out->text = hsy_buf_str(&m.text);
  return hsy_arena_check(*arena, "format", err);
}

static int say(char *to, size_t room, int n, ptrdiff_t count, const char *one, const char *many) {
  if (count == 0 || n < 0 || (size_t)n >= room) return n;
  int more = snprintf(to + n, room - (size_t)n, "%s%td %s", n ? ", " : "mended: ", count, count == 1 ? one : many);
  return n + more;
}

void hsy_xml_say(const hsy_xml_mended *m, char *to, size_t room) {
  int n = 0;
  if (room) *to = '\0';
  n = say(to, room, n, m->ampersands, "bare ampersand", "bare ampersands");
  n = say(to, room, n, m->entities, "reference that XML does not know", "references that XML does not know");
  n = say(to, room, n, m->controls, "control character", "control characters");
  n = say(to, room, n, m->bytes, "byte that is no UTF-8", "bytes that are no UTF-8");
  if (m->encoding && (size_t)n < room)
    snprintf(to + n, room - (size_t)n, "%sa wrong declared encoding", n ? ", " : "mended: ");
}
