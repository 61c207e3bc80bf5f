#include "cli/page.h"

#include <stdlib.h>
#include <string.h>

/* One code point of a paragraph, or a bracket that a mark puts there. */
typedef struct cell {
  uint32_t point;
  uint8_t style;
  int64_t at; /* code points before it in the text */
} cell;

typedef struct page {
  const hsy_cli_out *out;
  const hsy_cli_mark *marks; /* by start */
  size_t *by_end;            /* [mark_count] marks by end */
  size_t mark_count, opened, closed;
  int active[HSY_CLI_STYLES]; /* marks of each style around the point */
  const hsy_cli_note *notes;
  size_t note_count, noted;
  cell *cells; /* of the paragraph */
  size_t count, room;
  int margin;
  bool failed;
} page;

static int by_start(const void *a, const void *b) {
  const hsy_cli_mark *x = a, *y = b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  return x->end == y->end ? 0 : x->end > y->end ? -1 : 1; /* the longer one opens first */
}

static int by_end(const void *a, const void *b, void *marks) {
  const hsy_cli_mark *x = (hsy_cli_mark *)marks + *(const size_t *)a, *y = (hsy_cli_mark *)marks + *(const size_t *)b;
  if (x->end != y->end) return x->end < y->end ? -1 : 1;
  return x->start == y->start ? 0 : x->start > y->start ? -1 : 1; /* the shorter one closes first */
}

static int by_place(const void *a, const void *b) {
  const hsy_cli_note *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Two attributions may share a source: one pair of brackets is enough. */
static size_t without_twins(hsy_cli_mark *marks, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    size_t k = kept;
    while (k > 0 && marks[k - 1].start == marks[i].start && marks[k - 1].end == marks[i].end &&
           marks[k - 1].style != marks[i].style) {
      k--;
    }
    bool twin = k > 0 && marks[k - 1].start == marks[i].start && marks[k - 1].end == marks[i].end;
    if (!twin) marks[kept++] = marks[i];
  }
  return kept;
}

/* ---- cells ---- */

static void add_cell(page *p, uint32_t point, hsy_cli_style style, int64_t at) {
  if (p->count == p->room) {
    size_t room = p->room ? p->room * 2 : 1024;
    cell *cells = realloc(p->cells, room * sizeof *cells);
    p->failed |= !cells;
    if (!cells) return;
    p->cells = cells;
    p->room = room;
  }
  p->cells[p->count++] = (cell){point, (uint8_t)style, at};
}

/* What stands inside the other marks wins: source and cue over content. */
static hsy_cli_style style_here(const page *p) {
  static const hsy_cli_style order[] = {HSY_CLI_SOURCE, HSY_CLI_CUE, HSY_CLI_CONTENT};
  for (size_t i = 0; i < 3; i++) {
    if (p->active[order[i]] > 0) return order[i];
  }
  return HSY_CLI_PLAIN;
}

static void add_bracket(page *p, hsy_cli_style style, bool close, int64_t at) {
  static const char brackets[HSY_CLI_STYLES][3] = {
      [HSY_CLI_SOURCE] = "{}", [HSY_CLI_CUE] = "<>", [HSY_CLI_CONTENT] = "[]"};
  if (!p->out->colour) add_cell(p, (uint32_t)brackets[style][close], HSY_CLI_PLAIN, at);
}

static void cross_marks(page *p, int64_t at) {
  for (; p->closed < p->mark_count && p->marks[p->by_end[p->closed]].end <= at; p->closed++) {
    hsy_cli_style style = p->marks[p->by_end[p->closed]].style;
    p->active[style]--;
    add_bracket(p, style, true, at ? at - 1 : 0);
  }
  for (; p->opened < p->mark_count && p->marks[p->opened].start <= at; p->opened++) {
    hsy_cli_style style = p->marks[p->opened].style;
    p->active[style]++;
    add_bracket(p, style, false, at);
  }
}

/* ---- lines ---- */

static void put_margin(page *p, int64_t line_end, bool filled) {
  bool due = p->noted < p->note_count && p->notes[p->noted].at < line_end;
  const hsy_cli_note none = {.text = ""}, *note = due ? &p->notes[p->noted++] : &none;
  if (due) hsy_cli_style_on(p->out, note->style);
  hsy_cli_put_column(p->out, note->text, p->margin - 2, filled);
  if (due) hsy_cli_style_on(p->out, HSY_CLI_PLAIN);
  if (filled) fputs("  ", p->out->file);
}

static void put_line(page *p, size_t first, size_t end, int64_t line_end) {
  uint8_t style = HSY_CLI_PLAIN;
  put_margin(p, line_end, end > first);
  for (size_t i = first; i < end; i++) {
    if (p->cells[i].style != style) {
      if (style != HSY_CLI_PLAIN) hsy_cli_style_on(p->out, HSY_CLI_PLAIN);
      style = p->cells[i].style;
      if (style != HSY_CLI_PLAIN) hsy_cli_style_on(p->out, style);
    }
    hsy_cli_put_point(p->out, p->cells[i].point);
  }
  if (style != HSY_CLI_PLAIN) hsy_cli_style_on(p->out, HSY_CLI_PLAIN);
  putc('\n', p->out->file);
}

/* End of the line that starts at `first`; *next becomes the start of the one after. */
static size_t fill_line(const page *p, size_t first, size_t *next) {
  int room = p->out->width - p->margin, width = 0;
  size_t end = first, blank = 0;
  for (; end < p->count; end++) {
    width += hsy_cli_point_width(p->cells[end].point);
    if (p->cells[end].point == ' ') blank = end;
    if (width > room && p->cells[end].point != ' ') break;
  }
  if (end == p->count) return *next = end;
  if (blank > first) {
    *next = blank + 1;
    return blank;
  }
  return *next = end > first ? end : first + 1;
}

static void put_paragraph(page *p, int64_t end_at) {
  size_t first = 0;
  do {
    size_t next, end = fill_line(p, first, &next);
    put_line(p, first, end, next < p->count ? p->cells[next].at : end_at);
    first = next;
  } while (first < p->count);
  p->count = 0;
}

static void put_text(page *p, const char *text, size_t len) {
  size_t at = 0;
  int64_t points = 0;
  for (; at < len && !p->failed; points++) {
    uint32_t point = hsy_cli_point(text, len, &at);
    cross_marks(p, points);
    if (point == '\n') {
      put_paragraph(p, points + 1);
    } else if (point != '\r') {
      add_cell(p, point == '\t' ? ' ' : point, style_here(p), points);
    }
    if (ferror(p->out->file)) return;
  }
  cross_marks(p, points);
  if (p->count) put_paragraph(p, INT64_MAX);
  while (p->noted < p->note_count) put_line(p, 0, 0, INT64_MAX);
}

bool hsy_cli_put_page(const hsy_cli_out *out, const char *text, size_t len, hsy_cli_mark *marks, size_t mark_count,
                      hsy_cli_note *notes, size_t note_count) {
  page p = {.out = out, .marks = marks, .mark_count = mark_count, .notes = notes, .note_count = note_count};
  p.margin = out->width > 96 ? 26 : (out->width + 8) / 4;
  p.by_end = calloc(mark_count + 1, sizeof *p.by_end);
  if (!p.by_end) return false;
  qsort(marks, mark_count, sizeof *marks, by_start);
  p.mark_count = mark_count = without_twins(marks, mark_count);
  for (size_t i = 0; i < mark_count; i++) p.by_end[i] = i;
  qsort_r(p.by_end, mark_count, sizeof *p.by_end, by_end, marks);
  qsort(notes, note_count, sizeof *notes, by_place);
  put_text(&p, text, len);
  free(p.by_end);
  free(p.cells);
  return !p.failed;
}
