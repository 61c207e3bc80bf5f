/* WARC 1.0 and 1.1, and WET: one record of a page, or of its text, each.
 * The file is read as one run of bytes, packed members joined, so that a member
 * a record and one for all come to the same. */
#include <stdlib.h>
#include <string.h>

#include "format/coding.h"
#include "format/cutter.h"
#include "format/sniff.h"

enum { MOST_HEADER = 64 << 10 };

typedef struct warc {
  hsy_cutter cutter;
  int64_t count; /* records seen */
  bool ended, wrong_length;
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

static bool is_type(hsy_str type, const char *name) { return hsy_str_starts_nocase(type, hsy_str_of(name)); }

static const char *format_of(hsy_str type, bool conversion) {
  if (is_type(type, "text/html") || is_type(type, "application/xhtml")) return "html";
  return conversion && is_type(type, "text/plain") ? "text" : NULL;
}

/* The server says nothing of use: the bytes have to tell whether it is a page. */
static bool is_untold(hsy_str type) {
  static const char *const NAMES[] = {"application/octet-stream", "text/plain", "unknown", "application/unknown",
                                      "application/x-unknown"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (is_type(type, NAMES[i])) return true;
  return type.len == 0;
}

static bool is_page(const hsy_record *record) {
  hsy_str body = {record->bytes, record->len};
  return hsy_sniff_tell(hsy_str_slice(body, 0, HSY_SNIFF_BYTES), body.len < HSY_SNIFF_BYTES).form == HSY_FORM_HTML;
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

static bool is_response(hsy_str head) { return hsy_str_eq_nocase(header(head, "WARC-Type"), HSY_S("response")); }
static bool is_conversion(hsy_str head) { return hsy_str_eq_nocase(header(head, "WARC-Type"), HSY_S("conversion")); }

/* "HTTP/1.1 200 OK", "HTTP/2 200 ", "HTTP/3 200" */
static bool is_success(hsy_str http) {
  hsy_str rest, line = hsy_str_trim(hsy_str_cut(http, '\n', &rest));
  hsy_str_cut(line, ' ', &rest);
  rest = hsy_str_trim(rest);
  return hsy_str_starts(rest, HSY_S("200")) && (rest.len == 3 || rest.data[3] == ' ');
}

/* Takes the codings off, the last applied first. NULL where all is well, else what is wrong. */
static const char *unpack_body(const warc *w, hsy_str codings, hsy_record *record) {
  while (codings.len) {
    ptrdiff_t at = codings.len;
    while (at > 0 && codings.data[at - 1] != ',') at--;
    const char *wrong =
        hsy_coding_undo(hsy_str_trim(hsy_str_slice(codings, at, codings.len)), w->cutter.options.limit, record);
    if (wrong) return wrong;
    codings = hsy_str_slice(codings, 0, at > 0 ? at - 1 : 0);
  }
  return hsy_coding_undo_doubled(w->cutter.options.limit, record);
}

/* What a record says of its payload. */
typedef struct described {
  hsy_str type, http, body; /* http: the response's own header, or empty */
  bool article;             /* a page, or its text, may be in it */
} described;

static described describe(hsy_str head, hsy_str payload, const char **wrong) {
  described d = {.type = header(head, "Content-Type"), .body = payload};
  bool response = is_response(head);
  d.article = response || is_conversion(head) || hsy_str_eq_nocase(header(head, "WARC-Type"), HSY_S("resource"));
  if (!response) return d;
  d.type = (hsy_str){0}; /* the record's own is application/http */
  if (!hsy_str_starts(payload, HSY_S("HTTP/"))) return d;
  ptrdiff_t end = header_end(payload);
  if (end < 0) {
    d.article = false;
    *wrong = "this response ends in its header";
    return d;
  }
  d.http = hsy_str_slice(payload, 0, end);
  d.body = hsy_str_slice(payload, end, payload.len);
  d.type = header(d.http, "Content-Type");
  d.article = is_success(d.http);
  return d;
}

static void drop_bytes(hsy_record *record) {
  free(record->bytes);
  record->bytes = NULL;
  record->len = 0;
}

/* The payload into the record: of a response what stands behind its header. NULL format: not an article's. *wrong: why
 * it is none though it should be. */
static bool take_payload(const warc *w, hsy_str head, hsy_str payload, hsy_record *record, const char **wrong) {
  described d = describe(head, payload, wrong);
  const char *format = format_of(d.type, is_conversion(head));
  if (!d.article || d.body.len == 0 || !(format || is_untold(d.type))) return true;
  record->bytes = hsy_cut_copy(d.body);
  record->len = d.body.len;
  if (!record->bytes) return false;
  if (hsy_str_eq_nocase(header(d.http, "Transfer-Encoding"), HSY_S("chunked"))) join_chunks(record);
  const char *packed = unpack_body(w, header(d.http, "Content-Encoding"), record);
  if (packed && (format || d.type.len == 0)) *wrong = packed;
  if (!packed && !format && is_page(record)) format = "html";
  if (packed || !format) return drop_bytes(record), true;
  record->format = format;
  record->url = hsy_cut_copy(angles_off(header(head, "WARC-Target-URI")));
  record->date = hsy_cut_copy(header(head, "WARC-Date"));
  hsy_str charset = charset_of(d.type);
  if (charset.len || is_conversion(head)) record->charset = hsy_cut_copy(charset.len ? charset : HSY_S("utf-8"));
  return record->url && record->date;
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

/* ---- lengths that are wrong ---- */

static const hsy_str RECORD_MARK = {"WARC/1.", 7};

/* The next header of a record at the beginning of a line of the view, from `at` on; -1 where none is. */
static ptrdiff_t find_record(hsy_str view, ptrdiff_t at) {
  while (at < view.len) {
    ptrdiff_t found = hsy_str_find(hsy_str_slice(view, at, view.len), RECORD_MARK);
    if (found < 0) return -1;
    at += found;
    bool line = at == 0 || view.data[at - 1] == '\n';
    hsy_str head = hsy_str_slice(view, at, at + 512), rest;
    hsy_str_cut(head, '\n', &rest);
    if (line && hsy_str_find(rest, HSY_S("WARC-")) >= 0) return at;
    at += RECORD_MARK.len;
  }
  return -1;
}

/* Behind the payload stand line ends and the next record, or nothing. */
static bool ends_well(hsy_stream *in, ptrdiff_t size) {
  hsy_str view = hsy_stream_peek(in, size + 64);
  if (view.len < size) return false;
  ptrdiff_t at = size;
  while (at < view.len && (view.data[at] == '\r' || view.data[at] == '\n')) at++;
  hsy_str rest = hsy_str_slice(view, at, view.len);
  return rest.len == 0 || hsy_str_starts(rest, HSY_S("WARC/")) || hsy_str_starts(HSY_S("WARC/"), rest);
}

/* The payload's true size: up to the next record, or the file's end; -1 where neither is within the limit. */
static ptrdiff_t true_size(const warc *w, hsy_stream *in) {
  ptrdiff_t seen = 0, limit = w->cutter.options.limit;
  for (ptrdiff_t want = 64 << 10;; want *= 2) {
    if (want > limit) want = limit;
    hsy_str view = hsy_stream_peek(in, want);
    ptrdiff_t at = find_record(view, seen);
    if (at < 0 && view.len == want && want < limit) {
      seen = view.len > 600 ? view.len - 600 : 0; /* a mark may lie across the end */
      continue;
    }
    if (at < 0 && view.len == want) return -1;
    if (at < 0) at = view.len;
    for (int ends = 0; ends < 4 && at > 0 && (view.data[at - 1] == '\r' || view.data[at - 1] == '\n'); ends++) at--;
    return at;
  }
}

/* Steps to the next record; false at the file's end. */
static bool find_next(hsy_stream *in) {
  for (;;) {
    hsy_str view = hsy_stream_peek(in, 1 << 20);
    ptrdiff_t at = find_record(view, 0);
    if (at >= 0) return hsy_stream_skip(in, at), true;
    if (view.len < 1 << 20) return hsy_stream_skip(in, view.len), false;
    hsy_stream_skip(in, view.len - 600);
  }
}

static int64_t length_of(hsy_str block) {
  hsy_str length = header(block, "Content-Length");
  int64_t size = 0;
  for (ptrdiff_t i = 0; i < length.len && length.data[i] >= '0' && length.data[i] <= '9' && size < INT64_MAX / 20; i++)
    size = 10 * size + (length.data[i] - '0');
  return size;
}

/* One record's payload, its header behind us. */
static hsy_next next_payload(warc *w, hsy_stream *in, hsy_str block, int64_t start, hsy_record *record,
                             hsy_error *err) {
  int64_t size = length_of(block);
  ptrdiff_t limit = w->cutter.options.limit;
  bool page = is_response(block) || is_conversion(block);
  bool wrong_length = size <= limit && !ends_well(in, (ptrdiff_t)size);
  if (wrong_length) size = true_size(w, in);
  if (size < 0 || size > limit) {
    if (size > 0) skip_bytes(in, size);
    if (size < 0) find_next(in);
    return page ? hsy_cut_problem(in, err, HSY_LIMIT, start, "this record is past the limit on one article")
                : HSY_NEXT_END;
  }
  const char *wrong = NULL;
  bool taken = take_payload(w, block, hsy_stream_peek(in, (ptrdiff_t)size), record, &wrong);
  hsy_stream_skip(in, (ptrdiff_t)size);
  if (!taken) return hsy_cut_problem(in, err, HSY_NO_MEMORY, start, "out of memory");
  if (wrong) return hsy_cut_problem(in, err, HSY_BAD_INPUT, start, wrong);
  w->wrong_length = wrong_length && page;
  return record->format ? HSY_NEXT_RECORD : HSY_NEXT_END;
}

static hsy_next next_warc(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  warc *w = (warc *)cutter;
  if (w->wrong_length) {
    w->wrong_length = false;
    record->item = hsy_cut_number(w->count);
    return hsy_cut_note(err, -1, "its Content-Length is wrong: read up to the next record");
  }
  while (!w->ended) {
    skip_line_ends(in);
    int64_t start = hsy_stream_position(in);
    hsy_str view = hsy_stream_peek(in, MOST_HEADER);
    if (view.len == 0 && !hsy_stream_error(in)->code) return HSY_NEXT_END;
    w->count++;
    if (!hsy_str_starts(view, HSY_S("WARC/"))) {
      if (!find_next(in)) w->ended = true;
      record->item = hsy_cut_number(w->count);
      return hsy_cut_problem(in, err, HSY_BAD_INPUT, start, "no WARC record stands here");
    }
    ptrdiff_t end = header_end(view);
    if (end < 0) return stop(w, in, record, err, start, "the file ends in the header of a WARC record");
    char *head = hsy_cut_copy(hsy_str_slice(view, 0, end));
    if (!head) return stop(w, in, record, err, start, "out of memory");
    hsy_stream_skip(in, end);
    record->offset = start;
    hsy_next next = next_payload(w, in, (hsy_str){head, end}, start, record, err);
    free(head);
    if (next == HSY_NEXT_END && !hsy_stream_error(in)->code) continue;
    record->item = hsy_cut_number(w->count);
    return next == HSY_NEXT_END ? hsy_cut_problem(in, err, HSY_IO, start, "cannot read") : next;
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
