/* WARC 1.0 and 1.1, and WET: one record of a page, or of its text, each.
 * The file is read as one run of bytes, packed members joined, so that a member
 * a record and one for all come to the same. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "format/cutter.h"
#include "format/sniff.h"

enum { MOST_HEADER = 64 << 10 };

typedef struct warc {
  hsy_cutter cutter;
  int64_t count; /* records seen */
  bool ended;
} warc;

/* The value of a header line in a block of them, or empty. */
static hsy_str header(hsy_str block, const char *name) {
  hsy_str want = hsy_str_of(name);
  while (block.len) {
    hsy_str rest, line = hsy_str_cut(block, '\n', &block), key = hsy_str_cut(line, ':', &rest);
    if (rest.data && hsy_str_eq_nocase(hsy_str_trim(key), want)) return hsy_str_trim(rest);
  }
  return (hsy_str){0};
}

/* Bytes up to and with the empty line, or -1 where none is. */
static ptrdiff_t header_end(hsy_str view) {
  for (ptrdiff_t i = 0; i + 1 < view.len; i++) {
    if (view.data[i] != '\n') continue;
    if (view.data[i + 1] == '\n') return i + 2;
    if (i + 2 < view.len && view.data[i + 1] == '\r' && view.data[i + 2] == '\n') return i + 3;
  }
  return -1;
}

static hsy_str angles_off(hsy_str s) {
  return s.len > 1 && s.data[0] == '<' && s.data[s.len - 1] == '>' ? hsy_str_slice(s, 1, s.len - 1) : s;
}

/* "text/html; charset=utf-8" */
static hsy_str charset_of(hsy_str type) {
  ptrdiff_t at = hsy_str_find(type, HSY_S("charset="));
  if (at < 0) return (hsy_str){0};
  hsy_str value = hsy_str_slice(type, at + 8, type.len), rest;
  value = hsy_str_trim(hsy_str_cut(value, ';', &rest));
  while (value.len && strchr("\"'", value.data[0])) value = hsy_str_slice(value, 1, value.len);
  while (value.len && strchr("\"'", value.data[value.len - 1])) value.len--;
  return value;
}

static const char *format_of(hsy_str type, bool conversion) {
  if (hsy_str_starts_nocase(type, HSY_S("text/html")) || hsy_str_starts_nocase(type, HSY_S("application/xhtml")))
    return "html";
  return conversion && hsy_str_starts_nocase(type, HSY_S("text/plain")) ? "text" : NULL;
}

/* Chunks of a transfer joined where they stand; false where the bytes are no chunks. */
static bool join_chunks(hsy_record *record) {
  char *s = record->bytes;
  ptrdiff_t at = 0, out = 0;
  for (;;) {
    char *end;
    long size = strtol(s + at, &end, 16);
    char *line = end == s + at ? NULL : memchr(end, '\n', (size_t)(s + record->len - end));
    if (!line || size < 0) return out > 0;
    at = line + 1 - s;
    if (size == 0) break;
    if (size > record->len - at) size = record->len - at;
    memmove(s + out, s + at, (size_t)size);
    out += size;
    at += size;
    while (at < record->len && (s[at] == '\r' || s[at] == '\n')) at++;
    if (at >= record->len) break;
  }
  record->len = out;
  s[out] = '\0';
  return true;
}

/* A body that was sent packed; left as it is where it does not unpack. */
static void unpack_body(hsy_record *record, ptrdiff_t limit) {
  z_stream z = {0};
  if (inflateInit2(&z, 15 + 32) != Z_OK) return;
  ptrdiff_t room = 4 * record->len + 4096 < limit ? 4 * record->len + 4096 : limit, made = 0;
  char *out = malloc((size_t)room + 1);
  z.next_in = (Bytef *)record->bytes;
  z.avail_in = (uInt)record->len;
  int done = Z_OK;
  while (out && done == Z_OK && made < limit) {
    if (made == room) {
      room = 2 * room < limit ? 2 * room : limit;
      char *more = realloc(out, (size_t)room + 1);
      if (!more) break;
      out = more;
    }
    z.next_out = (Bytef *)out + made;
    z.avail_out = (uInt)(room - made);
    done = inflate(&z, Z_NO_FLUSH);
    made = room - (ptrdiff_t)z.avail_out;
  }
  inflateEnd(&z);
  if (!out || (done != Z_STREAM_END && made == 0)) {
    free(out);
    return;
  }
  free(record->bytes);
  record->bytes = out;
  record->len = made;
  out[made] = '\0';
}

/* The payload into the record: of a response what stands behind its header. NULL format: not an article's. */
static bool take_payload(const warc *w, hsy_str head, hsy_str payload, hsy_record *record) {
  hsy_str kind = header(head, "WARC-Type"), type = header(head, "Content-Type"), http = {0};
  bool conversion = hsy_str_eq_nocase(kind, HSY_S("conversion"));
  if (hsy_str_eq_nocase(kind, HSY_S("response")) && hsy_str_starts_nocase(payload, HSY_S("HTTP/"))) {
    ptrdiff_t end = header_end(payload);
    if (end < 0) return true;
    http = hsy_str_slice(payload, 0, end);
    payload = hsy_str_slice(payload, end, payload.len);
    type = header(http, "Content-Type");
    hsy_str status = hsy_str_slice(http, 9, 12);
    if (!hsy_str_eq(status, HSY_S("200"))) return true;
  }
  record->format = format_of(type, conversion);
  if (!record->format || payload.len == 0) return record->format = NULL, true;
  record->bytes = hsy_cut_copy(payload);
  record->len = payload.len;
  record->url = hsy_cut_copy(angles_off(header(head, "WARC-Target-URI")));
  record->date = hsy_cut_copy(header(head, "WARC-Date"));
  hsy_str charset = charset_of(type);
  record->charset = charset.len ? hsy_cut_copy(charset) : conversion ? hsy_cut_copy(HSY_S("utf-8")) : NULL;
  record->item = hsy_cut_number(w->count);
  if (!record->bytes || !record->url || !record->date || !record->item) return false;
  if (hsy_str_eq_nocase(header(http, "Transfer-Encoding"), HSY_S("chunked"))) join_chunks(record);
  if (header(http, "Content-Encoding").len && record->len > 2 && memcmp(record->bytes, "\x1f\x8b", 2) == 0)
    unpack_body(record, w->cutter.options.limit);
  return true;
}

static void skip_bytes(hsy_stream *in, int64_t count) {
  while (count > 0) {
    hsy_str view = hsy_stream_peek(in, count < 65536 ? (ptrdiff_t)count : 65536);
    if (view.len == 0) return;
    hsy_stream_skip(in, view.len);
    count -= view.len;
  }
}

static void skip_line_ends(hsy_stream *in) {
  for (;;) {
    hsy_str view = hsy_stream_peek(in, 2);
    if (view.len == 0 || (view.data[0] != '\r' && view.data[0] != '\n')) return;
    hsy_stream_skip(in, 1);
  }
}

static hsy_next stop(warc *w, const hsy_stream *in, hsy_record *record, hsy_error *err, int64_t at,
                     const char *message) {
  w->ended = true;
  record->item = hsy_cut_number(w->count);
  return hsy_cut_problem(in, err, HSY_BAD_INPUT, at, message);
}

static hsy_next next_warc(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  warc *w = (warc *)cutter;
  while (!w->ended) {
    skip_line_ends(in);
    int64_t start = hsy_stream_position(in);
    hsy_str view = hsy_stream_peek(in, MOST_HEADER);
    if (view.len == 0 && !hsy_stream_error(in)->code) return HSY_NEXT_END;
    w->count++;
    if (!hsy_str_starts(view, HSY_S("WARC/"))) return stop(w, in, record, err, start, "no WARC record stands here");
    ptrdiff_t end = header_end(view);
    if (end < 0) return stop(w, in, record, err, start, "the file ends in the header of a WARC record");
    char *head = hsy_cut_copy(hsy_str_slice(view, 0, end));
    if (!head) return stop(w, in, record, err, start, "out of memory");
    hsy_str block = {head, end};
    hsy_str length = header(block, "Content-Length");
    int64_t size = 0;
    for (ptrdiff_t i = 0; i < length.len && length.data[i] >= '0' && length.data[i] <= '9' && size < INT64_MAX / 20;
         i++)
      size = 10 * size + (length.data[i] - '0');
    hsy_stream_skip(in, end);
    record->offset = start;
    if (size > cutter->options.limit) {
      bool page = hsy_str_eq_nocase(header(block, "WARC-Type"), HSY_S("response")) ||
                  hsy_str_eq_nocase(header(block, "WARC-Type"), HSY_S("conversion"));
      free(head);
      skip_bytes(in, size);
      if (!page) continue;
      record->item = hsy_cut_number(w->count);
      return hsy_cut_problem(in, err, HSY_LIMIT, start, "this record is past the limit on one article");
    }
    hsy_str payload = hsy_stream_peek(in, (ptrdiff_t)size);
    if (payload.len < size) {
      free(head);
      return stop(w, in, record, err, start, "the file ends in the middle of a WARC record");
    }
    bool taken = take_payload(w, block, payload, record);
    free(head);
    hsy_stream_skip(in, (ptrdiff_t)size);
    if (!taken) return hsy_cut_problem(in, err, HSY_NO_MEMORY, start, "out of memory");
    if (record->format) return HSY_NEXT_RECORD;
  }
  return HSY_NEXT_END;
}

static void release_warc(hsy_cutter *cutter) { free(cutter); }

hsy_cutter *hsy_warc_cutter(hsy_cut_options options, hsy_error *err) {
  warc *w = calloc(1, sizeof *w);
  if (!w) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  w->cutter = (hsy_cutter){next_warc, release_warc, options};
  return &w->cutter;
}
