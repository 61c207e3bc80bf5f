/* Tables: a line of columns' names, then one article a row. Fields may stand in
 * quotation marks and hold line ends. A row becomes an object with the columns'
 * names, and is read as a JSON line is. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "format/cutter.h"
#include "format/recode.h"
#include "format/shortage.h"
#include "format/value.h"

enum { MOST_COLUMNS = 256, ARENA = 1 << 20 };

typedef struct csv {
  hsy_cutter cutter;
  char separator;
  char *names[MOST_COLUMNS];
  int columns;
  int64_t row;
  bool begun, ended, cut; /* cut: the last row ends too early */
} csv;

/* The mark that parts most columns of a line. */
static char separator_of(hsy_str line) {
  static const char MARKS[] = {',', ';', '\t'};
  char best = ',';
  int most = 0;
  for (size_t m = 0; m < sizeof MARKS; m++) {
    int n = 0;
    for (ptrdiff_t i = 0; i < line.len; i++) n += line.data[i] == MARKS[m];
    if (n > most) most = n, best = MARKS[m];
  }
  return best;
}

/* Bytes of the row that begins the view, its end included; -1 where it does not end. */
static ptrdiff_t row_end(hsy_str view, char separator) {
  bool quoted = false, fresh = true;
  for (ptrdiff_t i = 0; i < view.len; i++) {
    char c = view.data[i];
    if (c == '"' && (quoted || fresh))
      quoted = !quoted;
    else if (c == '\n' && !quoted)
      return i + 1;
    fresh = c == separator || c == '\n' || (c == '"' && !quoted);
  }
  return -1;
}

/* The next field of a row, marks taken off, written to `out`; what is left in *row, whose data is NULL behind the last.
 */
static ptrdiff_t take_field(hsy_str *row, char separator, char *out) {
  ptrdiff_t i = 0, n = 0;
  bool quoted = row->len && row->data[0] == '"';
  if (quoted) i++;
  for (; i < row->len; i++) {
    char c = row->data[i];
    if (quoted && c == '"') {
      if (i + 1 < row->len && row->data[i + 1] == '"')
        out[n++] = '"', i++;
      else
        quoted = false;
    } else if (!quoted && c == separator) {
      *row = hsy_str_slice(*row, i + 1, row->len);
      return n;
    } else {
      out[n++] = c;
    }
  }
  *row = (hsy_str){0};
  return n;
}

/* The last row, without an end of its line: a quotation mark is open, or columns lack. */
static bool is_cut(const csv *c, hsy_str row) {
  if (row.len == 0 || row.data[row.len - 1] == '\n') return false;
  bool quoted = false;
  int columns = 1;
  for (ptrdiff_t i = 0; i < row.len; i++) {
    quoted = quoted != (row.data[i] == '"');
    columns += !quoted && row.data[i] == c->separator;
  }
  return quoted || columns < c->columns;
}

static hsy_str without_end(hsy_str row) {
  while (row.len && (row.data[row.len - 1] == '\n' || row.data[row.len - 1] == '\r')) row.len--;
  return row;
}

static hsy_str without_mark(hsy_str s) {
  return hsy_str_starts(s, HSY_S("\xef\xbb\xbf")) ? hsy_str_slice(s, 3, s.len) : s;
}

bool hsy_csv_is_table(hsy_str head, hsy_str given) {
  hsy_str line = without_mark(head);
  const char *end = line.len ? memchr(line.data, '\n', (size_t)line.len) : NULL;
  if (!end || end - line.data > 4000) return false;
  line = without_end((hsy_str){line.data, end - line.data});
  char separator = separator_of(line), out[4096];
  hsy_heap *heap = hsy_shortage_note(hsy_heap_new(ARENA, NULL));
  if (!heap) return false;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_fields fields;
  bool text = false;
  int known = 0, columns = 0;
  if (hsy_fields_load(&fields, given, &arena, NULL))
    while (line.data) {
      hsy_str name = {out, take_field(&line, separator, out)};
      hsy_field field = hsy_fields_of_name(&fields, hsy_str_trim(name));
      columns++;
      known += field != HSY_FIELDS;
      text |= field == HSY_FIELD_TEXT || field == HSY_FIELD_HTML;
    }
  hsy_heap_free(heap);
  return text && columns >= 2 && known >= 2;
}

/* The next row from the stream; empty at its end. *whole is false for one past the limit, which is stepped over. */
static hsy_str next_row(csv *c, hsy_stream *in, bool *whole) {
  ptrdiff_t want = 4096, limit = c->cutter.options.limit;
  for (;;) {
    hsy_str view = hsy_stream_peek(in, want);
    ptrdiff_t end = row_end(view, c->separator);
    *whole = end >= 0 || view.len < want;
    if (*whole || want >= limit) {
      hsy_str row = hsy_str_slice(view, 0, end >= 0 ? end : view.len);
      hsy_stream_skip(in, row.len);
      if (!*whole) hsy_stream_skip_line(in);
      return row;
    }
    want *= 2;
  }
}

static bool begin(csv *c, hsy_stream *in) {
  hsy_str view = hsy_stream_peek(in, 4096), line = view;
  const char *end = view.len ? memchr(view.data, '\n', (size_t)view.len) : NULL;
  if (end) line.len = end - view.data;
  c->separator = separator_of(line);
  bool whole;
  hsy_str row = without_mark(without_end(next_row(c, in, &whole)));
  char *out = malloc((size_t)row.len + 1);
  while (out && row.data && c->columns < MOST_COLUMNS) {
    ptrdiff_t n = take_field(&row, c->separator, out);
    c->names[c->columns] = hsy_cut_copy(hsy_str_trim((hsy_str){out, n}));
    if (!c->names[c->columns++]) break;
  }
  free(out);
  c->begun = true;
  return c->columns > 0 && c->names[c->columns - 1];
}

static char *row_as_json(const csv *c, hsy_str row) {
  hsy_value_note_memory(); /* a cell that finds no room is left out here, and the row refused then */
  json_t *object = json_object();
  char *out = malloc((size_t)row.len + 1), *text = NULL;
  for (int i = 0; object && out && row.data && i < c->columns; i++) {
    ptrdiff_t n = take_field(&row, c->separator, out);
    json_t *value = json_stringn(out, (size_t)n);
    if (value && n)
      json_object_set_new(object, c->names[i], value);
    else
      json_decref(value);
  }
  if (object && out) text = json_dumps(object, JSON_COMPACT);
  json_decref(object);
  free(out);
  return text;
}

static hsy_next next_csv(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err) {
  csv *c = (csv *)cutter;
  if (!c->begun && !begin(c, in)) {
    c->ended = true;
    return hsy_cut_problem(in, err, HSY_NO_MEMORY, 0, "out of memory");
  }
  if (c->cut) {
    c->cut = false;
    return hsy_cut_note(err, hsy_stream_position(in), "it ends in the middle of its last row");
  }
  while (!c->ended) {
    int64_t start = hsy_stream_position(in);
    bool whole;
    hsy_str row = next_row(c, in, &whole);
    if (row.len == 0) {
      c->ended = true;
      return hsy_stream_error(in)->code ? hsy_cut_problem(in, err, HSY_IO, start, "cannot read") : HSY_NEXT_END;
    }
    if (whole && without_end(row).len == 0) continue;
    c->row++;
    record->offset = start;
    record->item = hsy_cut_number(c->row);
    if (!whole) return hsy_cut_problem(in, err, HSY_LIMIT, start, "this row is past the limit on one article");
    hsy_str utf8 = {0};
    bool cut = is_cut(c, row);
    char *copy = hsy_recode_row(without_end(row), cutter->options.encoding, &utf8.len);
    utf8.data = copy;
    record->bytes = copy ? row_as_json(c, utf8) : NULL;
    free(copy);
    if (!record->bytes || !record->item) return hsy_cut_problem(in, err, HSY_BAD_INPUT, start, "this row is no UTF-8");
    record->len = (ptrdiff_t)strlen(record->bytes);
    record->format = "csv";
    c->cut = cut;
    return HSY_NEXT_RECORD;
  }
  return HSY_NEXT_END;
}

static void release_csv(hsy_cutter *cutter) {
  csv *c = (csv *)cutter;
  for (int i = 0; i < c->columns; i++) free(c->names[i]);
  free(c);
}

hsy_cutter *hsy_csv_cutter(hsy_cut_options options, hsy_error *err) {
  csv *c = calloc(1, sizeof *c);
  if (!c) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  c->cutter = (hsy_cutter){next_csv, release_csv, options};
  return &c->cutter;
}
