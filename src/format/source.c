#include "format/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/format.h"
#include "format/sniff.h"
#include "format/stream.h"
#include "format/text.h"

enum { RECORD_TIMES = 4 }; /* a record may be so many times the limit on text: mark-up takes room */

struct hsy_source {
  hsy_stream *in;
  char *path;
  hsy_sniff kind;
  ptrdiff_t limit; /* bytes of one record */
  int64_t line;
  bool ended;
};

static char *copy_bytes(hsy_str s) {
  char *to = malloc((size_t)s.len + 1);
  if (!to) return NULL;
  if (s.len) memcpy(to, s.data, (size_t)s.len);
  to[s.len] = '\0';
  return to;
}

void hsy_record_free(hsy_record *record) {
  free(record->bytes);
  free(record->path);
  free(record->item);
  free(record->url);
  free(record->charset);
  free(record->date);
  memset(record, 0, sizeof *record);
}

hsy_source *hsy_source_open(const char *path, const hsy_format_options *options, hsy_error *err) {
  hsy_stream *in = hsy_stream_open(path, err);
  if (!in) return NULL;
  hsy_source *source = calloc(1, sizeof *source);
  char *name = copy_bytes(hsy_str_of(path));
  if (!source || !name) {
    free(source);
    free(name);
    hsy_stream_close(in);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  source->in = in;
  source->path = name;
  source->limit = RECORD_TIMES * hsy_text_limit(options);
  hsy_str head = hsy_stream_peek(in, HSY_SNIFF_BYTES);
  source->kind = hsy_sniff_tell(head, head.len < HSY_SNIFF_BYTES);
  return source;
}

int64_t hsy_source_position(const hsy_source *source) { return hsy_stream_position(source->in); }

void hsy_source_close(hsy_source *source) {
  if (!source) return;
  hsy_stream_close(source->in);
  free(source->path);
  free(source);
}

/* Starts a record; item is the line's number, or 0. */
static bool begin(const hsy_source *source, hsy_record *record, const char *format, int64_t item, hsy_error *err) {
  *record = (hsy_record){.format = format, .offset = hsy_stream_position(source->in)};
  record->path = copy_bytes(hsy_str_of(source->path));
  if (item) {
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)item);
    record->item = copy_bytes(hsy_str_of(number));
  }
  if (record->path && (!item || record->item)) return true;
  return hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
}

static hsy_next problem(const hsy_source *source, hsy_error *err, hsy_code code, int64_t offset, const char *message) {
  const hsy_error *broken = hsy_stream_error(source->in);
  if (broken->code)
    *err = *broken;
  else
    hsy_fail(err, code, "format", offset, "%s", message);
  return HSY_NEXT_PROBLEM;
}

/* The whole file as one record. */
static hsy_next next_file(hsy_source *source, hsy_record *record, const char *format, hsy_error *err) {
  source->ended = true;
  if (!begin(source, record, format, 0, err)) return HSY_NEXT_PROBLEM;
  hsy_str all = hsy_stream_peek(source->in, source->limit + 1);
  if (hsy_stream_error(source->in)->code) return problem(source, err, HSY_IO, -1, "cannot read");
  if (all.len > source->limit)
    return problem(source, err, HSY_LIMIT, source->limit, "is past the limit on one article");
  record->bytes = copy_bytes(all);
  if (!record->bytes) return problem(source, err, HSY_NO_MEMORY, -1, "out of memory");
  record->len = all.len;
  hsy_stream_skip(source->in, all.len);
  return HSY_NEXT_RECORD;
}

static hsy_next next_line(hsy_source *source, hsy_record *record, hsy_error *err) {
  for (;;) {
    int64_t start = hsy_stream_position(source->in);
    bool whole;
    hsy_str line = hsy_stream_line(source->in, source->limit, &whole);
    if (line.len == 0) {
      source->ended = true;
      if (!hsy_stream_error(source->in)->code) return HSY_NEXT_END;
      begin(source, record, "jsonl", source->line + 1, NULL);
      return problem(source, err, HSY_IO, start, "cannot read");
    }
    source->line++;
    if (whole && hsy_str_trim(line).len == 0) continue;
    if (!begin(source, record, "jsonl", source->line, err)) return HSY_NEXT_PROBLEM;
    record->offset = start;
    if (!whole) {
      hsy_stream_skip_line(source->in);
      return problem(source, err, HSY_LIMIT, start, "this line is past the limit on one article");
    }
    record->bytes = copy_bytes(line);
    if (!record->bytes) return problem(source, err, HSY_NO_MEMORY, -1, "out of memory");
    record->len = line.len;
    return HSY_NEXT_RECORD;
  }
}

static hsy_next refuse(hsy_source *source, hsy_record *record, hsy_error *err) {
  source->ended = true;
  if (!begin(source, record, "text", 0, err)) return HSY_NEXT_PROBLEM;
  char message[96];
  bool empty = source->kind.form == HSY_FORM_EMPTY;
  snprintf(message, sizeof message, "is %s", source->kind.what ? source->kind.what : "of a kind that is not read");
  return problem(source, err, HSY_BAD_INPUT, -1, empty ? "is empty" : message);
}

hsy_next hsy_source_next(hsy_source *source, hsy_record *record, hsy_error *err) {
  *record = (hsy_record){0};
  if (source->ended) return HSY_NEXT_END;
  switch (source->kind.form) {
  case HSY_FORM_JSONL:
    return next_line(source, record, err);
  case HSY_FORM_TEXT:
  case HSY_FORM_CSV:
    return next_file(source, record, "text", err);
  case HSY_FORM_HTML:
    return next_file(source, record, "html", err);
  default:
    return refuse(source, record, err);
  }
}
