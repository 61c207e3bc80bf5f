#include "format/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/cutter.h"
#include "format/format.h"
#include "format/recode.h"
#include "format/shortage.h"
#include "format/sniff.h"
#include "format/stream.h"
#include "format/text.h"
#include "format/unarchive.h"
#include "format/unpack.h"

enum {
  RECORD_TIMES = 4, /* a record may be so many times the limit on text: mark-up takes room */
  DEEPEST = 4,      /* containers inside containers */
  MOST_WRAPS = 3    /* gzip around gzip */
};

/* One container, the outermost first. */
typedef struct frame {
  hsy_stream *in;
  hsy_sniff kind;
  hsy_cutter *cutter;
  hsy_unarchive *archive;
  char *name; /* in the archive around it, or NULL */
  int64_t line;
  bool ended;
  char encoding[40]; /* of its lines */
} frame;

struct hsy_source {
  char *path;
  char *fields;
  hsy_cut_options options;
  hsy_stream *outermost; /* borrowed: the file itself, for progress */
  frame frames[DEEPEST];
  int depth;
};

hsy_limits hsy_format_limits(const hsy_format_options *options) {
  return options->limits ? *options->limits : hsy_limits_usual();
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

/* ---- opening ---- */

typedef hsy_cutter *(*make_cutter)(hsy_cut_options options, hsy_error *err);

static const make_cutter CUTTERS[] = {
    [HSY_FORM_WARC] = hsy_warc_cutter, [HSY_FORM_MHTML] = hsy_mhtml_cutter,       [HSY_FORM_EXPORT] = hsy_export_cutter,
    [HSY_FORM_CSV] = hsy_csv_cutter,   [HSY_FORM_XML] = hsy_xml_cutter,           [HSY_FORM_JSON] = hsy_json_cutter,
    [HSY_FORM_MAIL] = hsy_mail_cutter, [HSY_FORM_CAPTIONS] = hsy_captions_cutter, [HSY_FORM_OFFICE] = hsy_office_cutter,
    [HSY_FORM_PDF] = hsy_pdf_cutter,
};

static hsy_cutter *cutter_of(hsy_form form, hsy_cut_options options, hsy_error *err) {
  bool one = (size_t)form < sizeof CUTTERS / sizeof *CUTTERS && CUTTERS[form];
  return one ? CUTTERS[form](options, err) : NULL;
}

/* Takes packing off until something else shows; the stream is closed on failure. */
static hsy_stream *unwrap(hsy_stream *in, hsy_sniff *kind, const hsy_limits *limits, hsy_error *err) {
  for (int i = 0; in; i++) {
    hsy_str head = hsy_stream_peek(in, HSY_SNIFF_BYTES);
    *kind = hsy_sniff_tell(head, head.len < HSY_SNIFF_BYTES);
    if (i == MOST_WRAPS || (kind->form != HSY_FORM_GZIP && kind->form != HSY_FORM_ZSTD)) return in;
    in = kind->form == HSY_FORM_GZIP ? hsy_unpack_gzip(in, limits, err) : hsy_unpack_zstd(in, limits, err);
  }
  return NULL;
}

/* "1. ", "- ", "* " before an item of a list. */
static hsy_str without_bullet(hsy_str line) {
  hsy_str rest, word = hsy_str_cut(line, ' ', &rest);
  bool mark = word.len && word.len < 5 && strchr("-*.)", word.data[word.len - 1]);
  return mark && rest.len ? hsy_str_trim(rest) : line;
}

/* "https://quay.example/a", "www.quay.example", "quay.example/a". */
static bool is_address(hsy_str line) {
  if (hsy_str_starts_nocase(line, HSY_S("http://")) || hsy_str_starts_nocase(line, HSY_S("https://"))) return true;
  if (memchr(line.data, ' ', (size_t)line.len)) return false;
  bool www = hsy_str_starts_nocase(line, HSY_S("www."));
  hsy_str rest, host = hsy_str_cut(line, '/', &rest);
  ptrdiff_t dot = host.len;
  while (dot > 0 && host.data[dot - 1] != '.') dot--;
  for (ptrdiff_t i = 0; i < host.len; i++)
    if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789.-", host.data[i] | 32)) return false;
  return dot > 1 && host.len - dot >= 2 && host.len > 5 && (www || rest.data);
}

/* Nothing but addresses, one a line, below the name of a column perhaps. */
static bool is_url_list(hsy_str head) {
  enum { MANY = 50 };
  int urls = 0, lines = 0;
  while (head.data && head.len) {
    hsy_str line = without_bullet(hsy_str_trim(hsy_str_cut(head, '\n', &head)));
    if (line.len == 0 || line.data[0] == '#') continue;
    bool column = lines++ == 0 && line.len < 12 &&
                  (hsy_str_find(line, HSY_S("url")) >= 0 || hsy_str_find(line, HSY_S("URL")) >= 0 ||
                   hsy_str_eq_nocase(line, HSY_S("link")) || hsy_str_eq_nocase(line, HSY_S("links")) ||
                   hsy_str_eq_nocase(line, HSY_S("address")));
    if (column) continue;
    if (!is_address(line)) return head.data == NULL && urls > MANY; /* cut off */
    urls++;
  }
  return urls > 0;
}

/* What a text is, told by its lines. */
static hsy_form form_of_text(const hsy_source *source, hsy_stream *in) {
  hsy_str head = hsy_stream_peek(in, HSY_SNIFF_BYTES);
  if (hsy_csv_is_table(hsy_str_slice(head, 0, 4096), source->options.fields)) return HSY_FORM_CSV;
  if (is_url_list(head)) return HSY_FORM_URLS;
  return hsy_export_is_one(head) ? HSY_FORM_EXPORT : HSY_FORM_TEXT;
}

/* A table or lines of objects in UTF-16, as spreadsheets save them, read as UTF-8 from here on. */
static hsy_stream *narrow(const hsy_source *source, hsy_stream *in, hsy_sniff *kind, hsy_error *err) {
  ptrdiff_t mark, n = 0;
  char room[4096];
  hsy_str head = hsy_stream_peek(in, HSY_SNIFF_BYTES);
  const char *encoding = hsy_sniff_unicode(head, &mark);
  if (kind->form != HSY_FORM_TEXT || !encoding || strcmp(encoding, "UTF-8") == 0) return in;
  for (ptrdiff_t i = mark; i < head.len && n < (ptrdiff_t)sizeof room; i++)
    if (head.data[i]) room[n++] = head.data[i];
  hsy_str narrowed = {room, n};
  bool objects = n && (room[0] == '{' || room[0] == '[');
  if (!objects && !hsy_csv_is_table(narrowed, source->options.fields)) return in;
  in = hsy_recode_stream(in, encoding, err);
  if (!in) return NULL;
  head = hsy_stream_peek(in, HSY_SNIFF_BYTES);
  *kind = hsy_sniff_tell(head, head.len < HSY_SNIFF_BYTES);
  return in;
}

static bool push(hsy_source *source, hsy_stream *in, char *name, hsy_error *err) {
  frame *f = &source->frames[source->depth];
  *f = (frame){.name = name};
  f->in = unwrap(in, &f->kind, &source->options.limits, err);
  source->depth++; /* from here on close_frame cleans up */
  if (f->in) f->in = narrow(source, f->in, &f->kind, err);
  if (!f->in) return false;
  if (f->kind.form == HSY_FORM_TEXT) f->kind.form = form_of_text(source, f->in);
  if (f->kind.form == HSY_FORM_URLS)
    f->kind.what = "a list of addresses: fetch the pages first (wget -i FILE --warc-file=pages) and add pages.warc.gz";
  if (f->kind.form == HSY_FORM_ZIP || f->kind.form == HSY_FORM_TAR) {
    f->archive = hsy_unarchive_open(f->in, &source->options.limits, err);
    return f->archive != NULL;
  }
  hsy_cut_options options = source->options;
  if (f->kind.form == HSY_FORM_CSV || f->kind.form == HSY_FORM_JSONL)
    hsy_recode_tell(hsy_stream_peek(f->in, HSY_SNIFF_BYTES), options.encoding, sizeof options.encoding);
  memcpy(f->encoding, options.encoding, sizeof f->encoding);
  hsy_error failed = {0};
  f->cutter = cutter_of(f->kind.form, options, &failed);
  if (failed.code && err) *err = failed;
  return failed.code == HSY_OK;
}

static void pop(hsy_source *source) {
  frame *f = &source->frames[--source->depth];
  if (f->cutter) f->cutter->release(f->cutter);
  hsy_unarchive_close(f->archive);
  hsy_stream_close(f->in);
  free(f->name);
}

/* Takes the stream over. */
static hsy_source *open_over(hsy_stream *in, const char *path, const hsy_format_options *options, hsy_error *err) {
  if (!in) return NULL;
  hsy_source *source = calloc(1, sizeof *source);
  if (source) {
    source->path = hsy_cut_copy(hsy_str_of(path));
    source->fields = hsy_cut_copy(options->fields);
    source->outermost = in;
  }
  if (!source || !source->path || !source->fields) {
    hsy_stream_close(in);
    hsy_source_close(source);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  source->options = (hsy_cut_options){.limit = RECORD_TIMES * hsy_text_limit(options),
                                      .fields = hsy_str_of(source->fields),
                                      .limits = hsy_format_limits(options)};
  hsy_shortage_forget();
  if (push(source, in, NULL, err)) {
    if (!hsy_shortage_told()) return source;
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
  }
  hsy_source_close(source);
  return NULL;
}

hsy_source *hsy_source_open(const char *path, const hsy_format_options *options, hsy_error *err) {
  return open_over(hsy_stream_open(path, err), path, options, err);
}

hsy_source *hsy_source_of(const char *path, hsy_str bytes, const hsy_format_options *options, hsy_error *err) {
  return open_over(hsy_stream_of(bytes, err), path, options, err);
}

int64_t hsy_source_position(const hsy_source *source) { return hsy_stream_position(source->outermost); }

void hsy_source_close(hsy_source *source) {
  if (!source) return;
  while (source->depth > 0) pop(source);
  free(source->path);
  free(source->fields);
  free(source);
}

/* ---- cutting ---- */

static hsy_next out_of_memory(hsy_error *err) {
  hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
  return HSY_NEXT_PROBLEM;
}

/* All that is left as one record. */
static hsy_next next_file(const hsy_source *source, frame *f, hsy_record *record, const char *format, hsy_error *err) {
  hsy_str all;
  f->ended = true;
  if (!hsy_cut_rest(f->in, source->options.limit, &all, err)) return HSY_NEXT_PROBLEM;
  record->bytes = hsy_cut_copy(all);
  if (!record->bytes) return out_of_memory(err);
  record->len = all.len;
  record->format = format;
  return HSY_NEXT_RECORD;
}

static hsy_next next_line(const hsy_source *source, frame *f, hsy_record *record, hsy_error *err) {
  for (;;) {
    int64_t start = hsy_stream_position(f->in);
    bool whole;
    hsy_str line = hsy_stream_line(f->in, source->options.limit, &whole);
    if (line.len == 0) {
      f->ended = true;
      return hsy_stream_error(f->in)->code ? hsy_cut_problem(f->in, err, HSY_IO, start, "cannot read") : HSY_NEXT_END;
    }
    if (f->line++ == 0 && hsy_str_starts(line, HSY_S("\xef\xbb\xbf"))) line = hsy_str_slice(line, 3, line.len);
    if (whole && hsy_str_trim(line).len == 0) continue;
    record->offset = start;
    record->item = hsy_cut_number(f->line);
    record->format = "jsonl";
    if (!whole) {
      hsy_stream_skip_line(f->in);
      return hsy_cut_problem(f->in, err, HSY_LIMIT, start, "this line is past the limit on one article");
    }
    record->bytes = hsy_recode_row(line, f->encoding, &record->len);
    return record->bytes && record->item ? HSY_NEXT_RECORD : out_of_memory(err);
  }
}

/* A file of a kind that holds no article, also where it is one of an archive's. */
static hsy_next refuse(frame *f, hsy_error *err) {
  f->ended = true;
  if (hsy_stream_error(f->in)->code) return hsy_cut_problem(f->in, err, HSY_IO, -1, "cannot read");
  char message[160];
  snprintf(message, sizeof message, "is %s", f->kind.what ? f->kind.what : "of a kind that is not read");
  return hsy_cut_problem(f->in, err, HSY_BAD_INPUT, -1, f->kind.form == HSY_FORM_EMPTY ? "is empty" : message);
}

static hsy_next next_in_frame(const hsy_source *source, frame *f, hsy_record *record, hsy_error *err) {
  if (f->ended) return HSY_NEXT_END;
  if (f->cutter) {
    hsy_next next = f->cutter->next(f->cutter, f->in, record, err);
    if (next == HSY_NEXT_END) f->ended = true;
    return next;
  }
  switch (f->kind.form) {
  case HSY_FORM_JSONL:
    return next_line(source, f, record, err);
  case HSY_FORM_TEXT:
    return next_file(source, f, record, "text", err);
  case HSY_FORM_HTML:
    return next_file(source, f, record, "html", err);
  default:
    return refuse(f, err);
  }
}

/* "entry.jsonl#12": the names of the archives' files, then the cutter's item. */
static bool name_record(const hsy_source *source, hsy_record *record) {
  record->path = hsy_cut_copy(hsy_str_of(source->path));
  for (int i = source->depth - 1; i >= 0 && record->path; i--) {
    const char *outer = source->frames[i].name;
    if (!outer) continue;
    size_t room = strlen(outer) + (record->item ? strlen(record->item) : 0) + 2;
    char *joined = malloc(room);
    if (!joined) return false;
    snprintf(joined, room, record->item ? "%s#%s" : "%s", outer, record->item ? record->item : "");
    free(record->item);
    record->item = joined;
  }
  return record->path != NULL;
}

/* The next file of an archive becomes a frame of its own. END: the archive is done. */
static hsy_next enter(hsy_source *source, frame *f, hsy_error *err) {
  const char *name;
  hsy_error failed = {0};
  if (!hsy_unarchive_next(f->archive, &name, &failed)) {
    f->ended = true;
    if (!failed.code) return HSY_NEXT_END;
    *err = failed;
    return HSY_NEXT_PROBLEM;
  }
  hsy_stream *in = hsy_unarchive_stream(f->archive, err);
  char *copy = hsy_cut_copy(hsy_str_of(name));
  if (!in || !copy || !push(source, in, copy, err)) return HSY_NEXT_PROBLEM;
  return HSY_NEXT_RECORD;
}

static hsy_next too_deep(frame *f, hsy_error *err) {
  f->ended = true;
  hsy_fail(err, HSY_LIMIT, "format", -1, "is an archive in more than %d others", DEEPEST - 1);
  return HSY_NEXT_PROBLEM;
}

hsy_next hsy_source_next(hsy_source *source, hsy_record *record, hsy_error *err) {
  hsy_error failed = {0};
  *record = (hsy_record){0};
  hsy_shortage_forget();
  while (source->depth > 0) {
    frame *f = &source->frames[source->depth - 1];
    bool deep = f->archive && source->depth == DEEPEST && !f->ended;
    hsy_next next = deep                      ? too_deep(f, &failed)
                    : f->archive && !f->ended ? enter(source, f, &failed)
                                              : next_in_frame(source, f, record, &failed);
    if (next == HSY_NEXT_RECORD && f->archive) continue;
    if (next == HSY_NEXT_END && !hsy_shortage_told()) { /* else it is no end: something was not seen */
      if (source->depth == 1) break;
      pop(source);
      continue;
    }
    if (!name_record(source, record) || (hsy_shortage_told() && !failed.code))
      hsy_fail(&failed, HSY_NO_MEMORY, "format", -1, "out of memory");
    if (failed.code && err && !err->code) *err = failed;
    /* A file inside an archive that could not be opened has no more to give. */
    if (next == HSY_NEXT_PROBLEM && source->depth > 1 && !source->frames[source->depth - 1].in) pop(source);
    return failed.code && next != HSY_NEXT_NOTE ? HSY_NEXT_PROBLEM : next;
  }
  return HSY_NEXT_END;
}
