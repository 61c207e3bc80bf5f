#include "format/lines.h"

#include <string.h>

#include "base/utf8.h"

enum {
  WIDEST = 100,     /* columns of text that was wrapped by hand or by mail */
  NARROWEST = 16,   /* of a newspaper's column */
  MOST_ASKED = 500, /* divided words that are looked for elsewhere in the text */
};

/* ---- lines ---- */

static hsy_span trim_span(hsy_str text, int32_t start, int32_t end) {
  while (start < end) {
    ptrdiff_t next = start;
    if (!hsy_is_space(hsy_utf8_next(text, &next))) break;
    start = (int32_t)next;
  }
  while (end > start) {
    ptrdiff_t before;
    if (!hsy_is_space(hsy_utf8_before(text, end, &before)) || before < start) break;
    end = (int32_t)before;
  }
  return (hsy_span){start, end};
}

/* Ends a line: \n, \r\n, \r alone, U+2028, U+2029. Bytes of the mark, or 0. */
static int32_t line_end_at(hsy_str s, int32_t at) {
  if (s.data[at] == '\n' || s.data[at] == '\r') return 1;
  return at + 3 <= s.len && s.data[at] == '\xe2' &&
                 (!memcmp(s.data + at, "\xe2\x80\xa8", 3) || !memcmp(s.data + at, "\xe2\x80\xa9", 3))
             ? 3
             : 0;
}

void hsy_lines_split(hsy_str text, int32_t from, hsy_span_vec *lines, hsy_arena *arena) {
  int32_t start = from;
  for (int32_t at = from; at <= text.len;) {
    int32_t mark = at < text.len ? line_end_at(text, at) : 1;
    if (!mark) {
      at++;
      continue;
    }
    hsy_span span = trim_span(text, start, at);
    if (span.end > span.start) *hsy_push(lines, arena) = span;
    at += mark;
    start = at;
  }
}

bool hsy_lines_touch(hsy_str text, hsy_span line, hsy_span next) {
  hsy_str between = hsy_str_slice(text, line.end, next.start);
  int ends = 0;
  for (ptrdiff_t k = 0; k < between.len; k++) {
    bool alone = between.data[k] == '\r' && (k + 1 == between.len || between.data[k + 1] != '\n');
    ends += between.data[k] == '\n' || alone;
  }
  return ends <= 1;
}

int hsy_lines_indent(hsy_str text, hsy_span line) {
  int columns = 0;
  for (ptrdiff_t at = line.start; at > 0;) {
    int32_t c = hsy_utf8_before(text, at, &at);
    if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) break;
    columns += c == '\t' ? 4 : 1;
  }
  return columns;
}

static bool is_sentence_end(int32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ':' || c == ';';
}

static bool is_closing(int32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == 0x201D || c == 0x2019 || c == 0xBB;
}

bool hsy_lines_end_sentence(hsy_str line) {
  ptrdiff_t at = line.len;
  while (at > 0) {
    int32_t c = hsy_utf8_before(line, at, &at);
    if (!is_closing(c)) return is_sentence_end(c);
  }
  return false;
}

/* ---- wrapped text ---- */

typedef struct joiner {
  hsy_str text;
  const hsy_span_vec *lines;
  ptrdiff_t first;
  bool (*apart)(void *user, hsy_str line);
  void *user;
  ptrdiff_t width; /* of the column */
  bool indents;    /* a paragraph's first line is indented */
} joiner;

static hsy_str line_at(const joiner *j, ptrdiff_t i) {
  hsy_span span = j->lines->data[i];
  return hsy_str_slice(j->text, span.start, span.end);
}

static ptrdiff_t points_at(const joiner *j, ptrdiff_t i) { return hsy_utf8_points(line_at(j, i)); }

/* "- ", "• ", "* ", "3. ": an item of a list. */
static bool is_item(hsy_str line) {
  ptrdiff_t at = 0;
  int32_t c = hsy_utf8_next(line, &at);
  if (c == '-' || c == '*' || c == 0x2022 || c == 0x25AA || c == 0x2013) return at < line.len && line.data[at] == ' ';
  while (at < line.len && line.data[at] >= '0' && line.data[at] <= '9') at++;
  return hsy_is_digit(c) && at + 1 < line.len && (line.data[at] == '.' || line.data[at] == ')') &&
         line.data[at + 1] == ' ';
}

/* "HARTWELL: …", ">> …", "Q: …": a turn of a transcript. */
static bool is_turn(hsy_str line) {
  if (hsy_str_starts(line, HSY_S(">>"))) return true;
  ptrdiff_t letters = 0;
  for (ptrdiff_t at = 0; at < line.len && at < 40;) {
    int32_t c = hsy_utf8_next(line, &at);
    if (c == ':') return letters > 0;
    if (hsy_is_letter(c) && !hsy_is_upper(c)) return false;
    letters += hsy_is_letter(c);
  }
  return false;
}

static bool stands_alone(const joiner *j, ptrdiff_t i) {
  hsy_str line = line_at(j, i);
  return is_item(line) || is_turn(line) || j->apart(j->user, line);
}

static bool touches(const joiner *j, ptrdiff_t i) {
  return i + 1 < j->lines->len && hsy_lines_touch(j->text, j->lines->data[i], j->lines->data[i + 1]);
}

static bool begins_low(hsy_str line) {
  ptrdiff_t at = 0;
  int32_t first = hsy_utf8_next(line, &at);
  return hsy_is_letter(first) && !hsy_is_upper(first);
}

/* The widest of the lines that touch another; 0 where they are no column. */
static ptrdiff_t column_width(const joiner *j) {
  ptrdiff_t widest = 0, lines = 0, over = 0;
  for (ptrdiff_t i = j->first; i < j->lines->len; i++) {
    if (!touches(j, i)) continue;
    ptrdiff_t points = points_at(j, i);
    lines++;
    over += points > WIDEST;
    if (points <= WIDEST && points > widest) widest = points;
  }
  return over * 20 > lines || widest < NARROWEST ? 0 : widest;
}

/* Most lines that another follows at once break off inside a sentence, near the margin; some sentence goes on in small
 * letters. */
static bool is_wrapped(const joiner *j) {
  int pairs = 0, broken = 0, go_on = 0;
  for (ptrdiff_t i = j->first; i + 1 < j->lines->len; i++) {
    if (!touches(j, i) || stands_alone(j, i + 1) || j->apart(j->user, line_at(j, i))) continue;
    pairs++;
    broken += !hsy_lines_end_sentence(line_at(j, i)) && points_at(j, i) * 10 >= j->width * 6;
    go_on += begins_low(line_at(j, i + 1));
  }
  return broken * 10 >= pairs * 6 && go_on > 0 && (pairs >= 3 || go_on * 2 >= pairs);
}

/* Lines that stand further in than the one above: more than one, and not most. */
static bool has_indents(const joiner *j) {
  ptrdiff_t in = 0, pairs = 0;
  for (ptrdiff_t i = j->first; i + 1 < j->lines->len; i++) {
    if (!touches(j, i)) continue;
    pairs++;
    in += hsy_lines_indent(j->text, j->lines->data[i + 1]) > hsy_lines_indent(j->text, j->lines->data[i]);
  }
  return in > 0 && in * 2 <= pairs;
}

static ptrdiff_t first_word(hsy_str line) {
  ptrdiff_t at = 0;
  while (at < line.len && line.data[at] != ' ') at++;
  return hsy_utf8_points(hsy_str_slice(line, 0, at));
}

/* A paragraph begins at line i though it touches the one above. */
static bool begins_paragraph(const joiner *j, ptrdiff_t i) {
  hsy_str above = line_at(j, i - 1), line = line_at(j, i);
  bool ended = hsy_lines_end_sentence(above);
  if (j->indents && ended &&
      hsy_lines_indent(j->text, j->lines->data[i]) > hsy_lines_indent(j->text, j->lines->data[i - 1]))
    return true;
  ptrdiff_t points = hsy_utf8_points(above);
  if (!ended && !begins_low(line)) return points * 2 < j->width; /* a line of its own: a heading */
  return ended && !begins_low(line) && (points + 1 + first_word(line)) * 10 <= j->width * 8;
}

static bool goes_on(const joiner *j, ptrdiff_t i) {
  return i > j->first && touches(j, i - 1) && !stands_alone(j, i) && !j->apart(j->user, line_at(j, i - 1)) &&
         !begins_paragraph(j, i);
}

ptrdiff_t hsy_lines_width(hsy_str text, const hsy_span_vec *lines, ptrdiff_t first,
                          bool (*apart)(void *user, hsy_str line), void *user) {
  joiner j = {.text = text, .lines = lines, .first = first, .apart = apart, .user = user};
  j.width = column_width(&j);
  return j.width && is_wrapped(&j) ? j.width : 0;
}

void hsy_lines_join(hsy_str text, hsy_span_vec *lines, ptrdiff_t first, bool (*apart)(void *user, hsy_str line),
                    void *user, hsy_arena *arena) {
  joiner j = {.text = text, .lines = lines, .first = first, .apart = apart, .user = user};
  j.width = hsy_lines_width(text, lines, first, apart, user);
  if (j.width == 0) return;
  j.indents = has_indents(&j);
  hsy_span_vec joined = {0};
  for (ptrdiff_t i = 0; i < lines->len; i++) {
    if (goes_on(&j, i) && joined.len)
      joined.data[joined.len - 1].end = lines->data[i].end;
    else
      *hsy_push(&joined, arena) = lines->data[i];
  }
  *lines = joined;
}

/* ---- divided words ---- */

/* What stands before and behind a division: the word's halves, and where the second begins. */
typedef struct division {
  ptrdiff_t hyphen, end; /* bytes that part the halves: [hyphen, end) */
  ptrdiff_t start, stop; /* of the word as a whole */
  bool soft;             /* U+00AD: no hyphen of the word's own */
} division;

static bool is_small(hsy_str s, ptrdiff_t at) {
  if (at >= s.len) return false;
  int32_t c = hsy_utf8_next(s, &at);
  return hsy_is_letter(c) && !hsy_is_upper(c);
}

/* A hyphen between a letter and a line's end, with a small letter at the start of the line that touches it. */
static bool find_division(hsy_str s, ptrdiff_t from, division *d) {
  for (ptrdiff_t at = from; at < s.len; at++) {
    d->soft = s.data[at] == '\xc2' && at + 1 < s.len && s.data[at + 1] == '\xad';
    if (s.data[at] != '-' && !d->soft) continue;
    ptrdiff_t behind = at + (d->soft ? 2 : 1), before;
    while (behind < s.len && (s.data[behind] == ' ' || s.data[behind] == '\r')) behind++;
    if (behind >= s.len || s.data[behind] != '\n' || at == 0 || !hsy_is_letter(hsy_utf8_before(s, at, &before)))
      continue;
    behind++;
    while (behind < s.len && (s.data[behind] == ' ' || s.data[behind] == '\t')) behind++;
    if (!is_small(s, behind)) continue;
    d->hyphen = at;
    d->end = d->stop = behind;
    d->start = at;
    for (ptrdiff_t next = d->stop; next < s.len && hsy_is_letter(hsy_utf8_next(s, &next));) d->stop = next;
    while (d->start > 0 && hsy_is_letter(hsy_utf8_before(s, d->start, &before))) d->start = before;
    return true;
  }
  return false;
}

/* The word has its hyphen elsewhere too, inside a line. */
static bool has_own_hyphen(hsy_str s, const division *d, hsy_arena scratch) {
  hsy_buf word = hsy_buf_in(&scratch);
  hsy_buf_add(&word, hsy_str_slice(s, d->start, d->hyphen));
  hsy_buf_byte(&word, '-');
  hsy_buf_add(&word, hsy_str_slice(s, d->end, d->stop));
  return !d->soft && hsy_str_find(s, hsy_buf_str(&word)) >= 0;
}

/* The text as it is made anew. */
typedef struct remaker {
  hsy_str old;
  const hsy_origin *rows; /* of the old text's map */
  ptrdiff_t count;
  ptrdiff_t row; /* the first that may still hold */
  hsy_buf text;
  hsy_origin_vec map;
  hsy_arena *arena;
} remaker;

/* Where a byte of the old text came from; rows before the current one are behind. */
static int64_t source_at(const remaker *r, ptrdiff_t at) {
  ptrdiff_t i = r->row;
  while (i + 1 < r->count && r->rows[i + 1].text <= at) i++;
  const hsy_origin *row = &r->rows[i];
  return row->source + (row->exact && at > row->text ? at - row->text : 0);
}

/* Bytes [from, to) of the old text to the end of the new one. */
static void keep(remaker *r, ptrdiff_t from, ptrdiff_t to) {
  for (ptrdiff_t i = r->row; i < r->count && r->rows[i].text < to; i++) {
    const hsy_origin *row = &r->rows[i];
    ptrdiff_t end = i + 1 < r->count ? r->rows[i + 1].text : r->old.len;
    if (end <= from) continue;
    r->row = i;
    ptrdiff_t start = row->text > from ? row->text : from;
    int64_t source = row->source + (row->exact ? start - row->text : 0);
    *hsy_push(&r->map, r->arena) = (hsy_origin){(int32_t)(r->text.len + start - from), row->exact, source};
  }
  hsy_buf_add(&r->text, hsy_str_slice(r->old, from, to));
}

void hsy_lines_mend_divided(hsy_decoded *decoded, hsy_arena *arena) {
  division d;
  if (!find_division(decoded->text, 0, &d)) return;
  hsy_str old = decoded->text;
  remaker r = {
      .old = old, .rows = decoded->map.data, .count = decoded->map.len, .text = hsy_buf_in(arena), .arena = arena};
  ptrdiff_t at = 0;
  int asked = 0;
  do {
    bool hyphen = asked++ < MOST_ASKED && has_own_hyphen(old, &d, *arena);
    keep(&r, at, d.hyphen + hyphen);
    at = d.end;
  } while (find_division(old, at, &d));
  keep(&r, at, old.len);
  if (hsy_arena_failed(*arena)) return; /* the caller looks */
  decoded->text = hsy_buf_str(&r.text);
  decoded->map = r.map;
}

/* ---- lines made one ---- */

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The next run of blanks with a line end in it, from *at on. */
static bool find_gap(hsy_str s, int32_t at, int32_t end, hsy_span *gap) {
  for (; at < end; at++) {
    int32_t mark = line_end_at(s, at);
    if (!mark) continue;
    *gap = (hsy_span){at, at + mark};
    while (gap->start > 0 && is_blank(s.data[gap->start - 1])) gap->start--;
    while (gap->end < end && is_blank(s.data[gap->end])) gap->end++;
    return true;
  }
  return false;
}

void hsy_lines_flatten(hsy_doc *doc, hsy_span_vec *lines, ptrdiff_t first) {
  remaker r = {.old = doc->text,
               .rows = doc->origins.data,
               .count = doc->origins.len,
               .text = hsy_buf_in(doc->arena),
               .arena = doc->arena};
  int32_t at = 0;
  bool any = false;
  for (ptrdiff_t i = first; i < lines->len; i++) {
    hsy_span *line = &lines->data[i], gap;
    int32_t shift = (int32_t)r.text.len - at, end = line->end;
    line->start += shift;
    for (int32_t from = line->start - shift; find_gap(r.old, from, end, &gap); from = gap.end) {
      keep(&r, at, gap.start);
      if (r.count) *hsy_push(&r.map, r.arena) = (hsy_origin){(int32_t)r.text.len, false, source_at(&r, gap.start)};
      hsy_buf_byte(&r.text, ' ');
      at = gap.end;
      any = true;
    }
    line->end = end + (int32_t)r.text.len - at;
  }
  if (!any) return;
  keep(&r, at, r.old.len);
  if (hsy_arena_failed(*r.arena)) return; /* the caller looks */
  doc->text = hsy_buf_str(&r.text);
  doc->origins.data = r.map.data;
  doc->origins.len = r.map.len;
  doc->origins.cap = r.map.cap;
}
