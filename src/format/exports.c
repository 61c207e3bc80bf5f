/* Exports of archives (LexisNexis, Factiva, ProQuest) as plain text: several
 * articles in one file, parted by lines of the archive's own. Each becomes a
 * text of its own; what stands before the first and holds none is passed over. */
#include <stdlib.h>
#include <string.h>

#include "format/cutter.h"
#include "format/labels.h"

enum { LONGEST_LINE = 1 << 20, HEAD_LINES = 4000 };

typedef struct exports {
  hsy_cutter cutter;
  char *piece; /* the article at hand */
  ptrdiff_t len, cap;
  int64_t start; /* of the piece, in the file */
  int64_t count;
  bool begins;  /* articles are headed by their number: what stands before the first is none */
  bool inside;  /* behind such a line */
  bool loaded;  /* behind a Load-Date line: the next that is no label begins an article */
  bool letters; /* the piece has a line of its own */
  bool ended;
} exports;

static bool starts_label(hsy_str line, const char *label) {
  hsy_str l = hsy_str_of(label);
  return hsy_str_starts_nocase(line, l) && line.len > l.len && line.data[l.len] == ':';
}

static bool is_load_date(hsy_str line) { return starts_label(line, "load-date"); }

/* What LexisNexis writes behind an article's Load-Date. */
static bool is_trailer(hsy_str line) {
  static const char *const LABELS[] = {"language", "publication-type", "graphic",   "copyright",    "correction-date",
                                       "subject",  "geographic",       "industry",  "company",      "organization",
                                       "person",   "country",          "state",     "city",         "ticker",
                                       "type",     "journal code",     "load-date", "document-type"};
  for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
    if (starts_label(line, LABELS[i])) return true;
  hsy_export_mark mark = hsy_label_mark(line);
  return mark == HSY_MARK_NOTE || mark == HSY_MARK_ENDS;
}

static hsy_str without_mark(hsy_str s) {
  return hsy_str_starts(s, HSY_S("\xef\xbb\xbf")) ? hsy_str_slice(s, 3, s.len) : s;
}

bool hsy_export_is_one(hsy_str head) {
  int begins = 0, ends = 0, loads = 0;
  head = without_mark(head);
  for (int i = 0; head.data && i < HEAD_LINES; i++) {
    hsy_str line = hsy_str_trim(hsy_str_cut(head, '\n', &head));
    hsy_export_mark mark = hsy_label_mark(line);
    begins += mark == HSY_MARK_BEGINS;
    ends += mark == HSY_MARK_ENDS;
    loads += is_load_date(line);
  }
  return begins > 0 || ends > 0 || loads > 1;
}

static bool has_begins(hsy_str head) {
  for (int i = 0; head.data && i < HEAD_LINES; i++)
    if (hsy_label_mark(hsy_str_trim(hsy_str_cut(head, '\n', &head))) == HSY_MARK_BEGINS) return true;
  return false;
}

static bool put(exports *e, hsy_str line, int64_t at) {
  if (e->len == 0) e->start = at;
  if (e->len + line.len > e->cap) {
    ptrdiff_t cap = 2 * e->cap > e->len + line.len ? 2 * e->cap : e->len + line.len + 4096;
    char *more = realloc(e->piece, (size_t)cap + 1);
    if (!more) return false;
    e->piece = more;
    e->cap = cap;
  }
  memcpy(e->piece + e->len, line.data, (size_t)line.len);
  e->len += line.len;
  return true;
}

static void forget(exports *e) {
  e->len = 0;
  e->letters = e->loaded = false;
}

/* The piece as a record; false where it holds no article. */
static bool hand_over(exports *e, hsy_record *record) {
  bool whole = e->letters && (!e->begins || e->inside);
  if (whole) {
    record->bytes = hsy_cut_copy((hsy_str){e->piece, e->len});
    record->len = e->len;
    record->format = "text";
    record->offset = e->start;
    record->item = hsy_cut_number(++e->count);
  }
  forget(e);
  return whole;
}

/* What a line does to the article at hand: true where that is done. */
static bool ends_before(exports *e, hsy_str line, hsy_export_mark mark) {
  if (mark == HSY_MARK_BEGINS) return true;
  return e->loaded && line.len && !is_trailer(line);
}

static hsy_next done(const exports *e, hsy_stream *in, const hsy_record *record, hsy_error *err) {
  (void)e;
  if (record->bytes && record->item) return HSY_NEXT_RECORD;
  return hsy_cut_problem(in, err, HSY_NO_MEMORY, -1, "out of memory");
}

static hsy_next next_export(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  exports *e = (exports *)cutter;
  if (hsy_stream_position(in) == 0) e->begins = has_begins(without_mark(hsy_stream_peek(in, 64 << 10)));
  while (!e->ended) {
    bool whole;
    int64_t at = hsy_stream_position(in);
    hsy_str line = hsy_stream_line(in, LONGEST_LINE, &whole), bare = hsy_str_trim(at ? line : without_mark(line));
    if (line.len == 0) {
      e->ended = true;
      if (hsy_stream_error(in)->code) return hsy_cut_problem(in, err, HSY_IO, at, "cannot read");
      return hand_over(e, record) ? done(e, in, record, err) : HSY_NEXT_END;
    }
    hsy_export_mark mark = hsy_label_mark(bare);
    bool ready = ends_before(e, bare, mark) && hand_over(e, record);
    if (mark == HSY_MARK_BEGINS) forget(e), e->inside = true;
    if (!put(e, line, at)) return hsy_cut_problem(in, err, HSY_NO_MEMORY, at, "out of memory");
    e->letters |= bare.len && mark == HSY_MARK_NONE;
    e->loaded |= is_load_date(bare);
    if (e->len > cutter->options.limit) {
      forget(e);
      record->item = hsy_cut_number(++e->count);
      return hsy_cut_problem(in, err, HSY_LIMIT, e->start, "this article is past the limit");
    }
    if (!ready && mark == HSY_MARK_ENDS) ready = hand_over(e, record);
    if (ready) return done(e, in, record, err);
  }
  return HSY_NEXT_END;
}

static void release_exports(hsy_cutter *cutter) {
  free(((exports *)cutter)->piece);
  free(cutter);
}

hsy_cutter *hsy_export_cutter(hsy_cut_options options, hsy_error *err) {
  exports *e = calloc(1, sizeof *e);
  if (!e) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  e->cutter = (hsy_cutter){next_export, release_exports, options};
  return &e->cutter;
}
