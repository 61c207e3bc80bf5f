/* MHTML: a saved page in one file. The page is its first part of HTML. */
#include <stdlib.h>
#include <string.h>

#include "format/cutter.h"
#include "format/shortage.h"

typedef struct mhtml {
  hsy_cutter cutter;
  bool ended;
} mhtml;

/* The value of a header, folded lines joined, on the heap; NULL where there is none. */
static char *header(hsy_str block, const char *name) {
  hsy_str want = hsy_str_of(name);
  while (block.len) {
    hsy_str rest, line = hsy_str_cut(block, '\n', &block), key = hsy_str_cut(line, ':', &rest);
    if (!rest.data || !hsy_str_eq_nocase(hsy_str_trim(key), want)) continue;
    const char *end = rest.data + rest.len;
    while (block.len && (block.data[0] == ' ' || block.data[0] == '\t')) {
      hsy_str more = hsy_str_cut(block, '\n', &block);
      end = more.data + more.len;
    }
    return hsy_cut_copy(hsy_str_trim((hsy_str){rest.data, end - rest.data}));
  }
  return NULL;
}

/* A parameter of a header's value: boundary="…", charset=…; on the heap. */
static char *parameter(const char *value, const char *name) {
  const char *at = value ? strcasestr(value, name) : NULL;
  if (!at) return NULL;
  at += strlen(name);
  while (*at == ' ' || *at == '=') at++;
  char quote = *at == '"' ? *at++ : 0;
  const char *end = at;
  while (*end && (quote ? *end != quote : !strchr("; \t\r\n", *end))) end++;
  return hsy_cut_copy((hsy_str){at, end - at});
}

static ptrdiff_t blank_line(hsy_str s) {
  for (ptrdiff_t i = 0; i + 1 < s.len; i++)
    if (s.data[i] == '\n' &&
        (s.data[i + 1] == '\n' || (i + 2 < s.len && s.data[i + 1] == '\r' && s.data[i + 2] == '\n')))
      return i + (s.data[i + 1] == '\n' ? 2 : 3);
  return -1;
}

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static ptrdiff_t decode_quoted(hsy_str in, char *out) {
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < in.len; i++) {
    if (in.data[i] != '=') {
      out[n++] = in.data[i];
    } else if (i + 1 < in.len && (in.data[i + 1] == '\n' || in.data[i + 1] == '\r')) {
      i += in.data[i + 1] == '\r' && i + 2 < in.len && in.data[i + 2] == '\n' ? 2 : 1;
    } else if (i + 2 < in.len && hex(in.data[i + 1]) >= 0 && hex(in.data[i + 2]) >= 0) {
      out[n++] = (char)(16 * hex(in.data[i + 1]) + hex(in.data[i + 2]));
      i += 2;
    } else {
      out[n++] = '=';
    }
  }
  return n;
}

static int sextet(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static ptrdiff_t decode_base64(hsy_str in, char *out) {
  ptrdiff_t n = 0;
  unsigned bits = 0;
  int have = 0;
  for (ptrdiff_t i = 0; i < in.len && in.data[i] != '='; i++) {
    int value = sextet(in.data[i]);
    if (value < 0) continue;
    bits = (bits << 6 | (unsigned)value) & 0xFFFFFF;
    have += 6;
    if (have >= 8) have -= 8, out[n++] = (char)(bits >> have & 0xFF);
  }
  return n;
}

/* One part of the message into the record; false where it is no page. */
static bool take_part(hsy_str part, const char *outer_url, hsy_record *record) {
  ptrdiff_t end = blank_line(part);
  if (end < 0) return false;
  hsy_str head = hsy_str_slice(part, 0, end), body = hsy_str_slice(part, end, part.len);
  char *type = header(head, "Content-Type"), *encoding = header(head, "Content-Transfer-Encoding");
  bool page = type && (strcasestr(type, "text/html") || strcasestr(type, "xhtml"));
  if (page) record->bytes = hsy_shortage_note(malloc((size_t)body.len + 1));
  if (page && record->bytes) {
    if (encoding && strcasestr(encoding, "quoted-printable"))
      record->len = decode_quoted(body, record->bytes);
    else if (encoding && strcasestr(encoding, "base64"))
      record->len = decode_base64(body, record->bytes);
    else
      memcpy(record->bytes, body.data, (size_t)body.len), record->len = body.len;
    record->bytes[record->len] = '\0';
    record->charset = parameter(type, "charset");
    record->url = header(head, "Content-Location");
    if (!record->url && outer_url) record->url = hsy_cut_copy(hsy_str_of(outer_url));
    record->format = "html";
  }
  free(type);
  free(encoding);
  return page && record->bytes;
}

static bool take_parts(hsy_str all, const char *boundary, const char *url, hsy_record *record) {
  ptrdiff_t len = (ptrdiff_t)strlen(boundary) + 2;
  char *mark = hsy_shortage_note(malloc((size_t)len + 1));
  if (!mark) return false;
  memcpy(mark, "--", 2);
  memcpy(mark + 2, boundary, (size_t)len - 1);
  bool found = false;
  ptrdiff_t at = hsy_str_find(all, (hsy_str){mark, len});
  while (at >= 0 && !found) {
    hsy_str rest = hsy_str_slice(all, at + len, all.len);
    ptrdiff_t next = hsy_str_find(rest, (hsy_str){mark, len});
    hsy_str skipped, part = hsy_str_slice(rest, 0, next < 0 ? rest.len : next);
    hsy_str_cut(part, '\n', &skipped);
    found = take_part(skipped, url, record);
    at = next < 0 ? -1 : at + len + next;
  }
  free(mark);
  return found;
}

static hsy_next next_mhtml(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  mhtml *m = (mhtml *)cutter;
  if (m->ended) return HSY_NEXT_END;
  m->ended = true;
  hsy_str all;
  if (!hsy_cut_rest(in, 4 * cutter->options.limit, &all, err)) return HSY_NEXT_PROBLEM;
  ptrdiff_t end = blank_line(all);
  hsy_str head = hsy_str_slice(all, 0, end < 0 ? 0 : end);
  char *type = header(head, "Content-Type"), *boundary = parameter(type, "boundary");
  char *url = header(head, "Snapshot-Content-Location");
  bool found = boundary ? take_parts(all, boundary, url, record) : take_part(all, url, record);
  free(type);
  free(boundary);
  free(url);
  return found ? HSY_NEXT_RECORD : hsy_cut_problem(in, err, HSY_BAD_INPUT, 0, "holds no page");
}

static void release_mhtml(hsy_cutter *cutter) { free(cutter); }

hsy_cutter *hsy_mhtml_cutter(hsy_cut_options options, hsy_error *err) {
  mhtml *m = calloc(1, sizeof *m);
  if (!m) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  m->cutter = (hsy_cutter){next_mhtml, release_mhtml, options};
  return &m->cutter;
}
