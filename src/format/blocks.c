#include "format/blocks.h"

#include <string.h>

#include "base/utf8.h"
#include "format/dateline.h"

enum {
  HEADLINE_BYTES = 200, /* a first line up to here can be a headline */
  SUBHEADING_BYTES = 90,
  WRAP_LOW = 40,
  WRAP_HIGH = 100, /* columns of text that was wrapped by hand or by mail */
  BYLINE_LINES = 4 /* a byline stands this near the top */
};

typedef struct marker {
  hsy_doc *doc;
  hsy_span_vec lines; /* without blanks at their ends; none is empty */
  const hsy_format_lists *lists;
  hsy_arena *scratch;
} marker;

static hsy_str line_at(const marker *m, ptrdiff_t i) { return hsy_doc_span(m->doc, m->lines.data[i]); }

static hsy_block *add_block(marker *m, hsy_span span, hsy_block_kind kind, const char *why) {
  hsy_block *block = hsy_push(&m->doc->blocks, m->doc->arena);
  block->text = span;
  block->kind = kind;
  block->tagged = kind == HSY_BLOCK_PARAGRAPH || kind == HSY_BLOCK_HEADLINE;
  block->why = why;
  return block;
}

static void found(marker *m, const char *field, const char *where) {
  *hsy_push(&m->doc->findings, m->doc->arena) = (hsy_finding){field, where};
}

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

static void split_lines(marker *m, int32_t from) {
  hsy_str text = m->doc->text;
  int32_t start = from;
  for (int32_t at = from; at <= text.len;) {
    int32_t mark = at < text.len ? line_end_at(text, at) : 1;
    if (!mark) {
      at++;
      continue;
    }
    hsy_span span = trim_span(text, start, at);
    if (span.end > span.start) *hsy_push(&m->lines, m->scratch) = span;
    at += mark;
    start = at;
  }
}

static bool is_sentence_end(int32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ':' || c == ';';
}

static bool is_closing(int32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == 0x201D || c == 0x2019 || c == 0xBB;
}

/* Ends in a sentence's mark, closing quotation marks and brackets left aside. */
static bool ends_sentence(hsy_str line) {
  ptrdiff_t at = line.len;
  while (at > 0) {
    int32_t c = hsy_utf8_before(line, at, &at);
    if (!is_closing(c)) return is_sentence_end(c);
  }
  return false;
}

static bool follows_at_once(const marker *m, ptrdiff_t i) {
  hsy_str between = hsy_str_slice(m->doc->text, m->lines.data[i].end, m->lines.data[i + 1].start);
  int ends = 0;
  for (ptrdiff_t k = 0; k < between.len; k++) {
    bool alone = between.data[k] == '\r' && (k + 1 == between.len || between.data[k + 1] != '\n');
    ends += between.data[k] == '\n' || alone;
  }
  return ends <= 1;
}

/* Most lines that another follows at once break off inside a sentence, at about one width. */
static bool is_wrapped(const marker *m, ptrdiff_t from) {
  int pairs = 0, broken = 0;
  for (ptrdiff_t i = from; i + 1 < m->lines.len; i++) {
    hsy_str line = line_at(m, i);
    if (!follows_at_once(m, i)) continue;
    ptrdiff_t points = hsy_utf8_points(line);
    if (points > WRAP_HIGH) return false;
    pairs++;
    broken += points >= WRAP_LOW && !ends_sentence(line);
  }
  return pairs >= 3 && broken * 10 >= pairs * 7;
}

/* Joins the lines behind the headers, which were read one by one and stay so. */
static void join_wrapped(marker *m, ptrdiff_t from) {
  hsy_span_vec joined = {0};
  for (ptrdiff_t i = 0; i < m->lines.len; i++) {
    bool goes_on = i > from && follows_at_once(m, i - 1) && hsy_utf8_points(line_at(m, i - 1)) >= WRAP_LOW;
    if (goes_on && joined.len)
      joined.data[joined.len - 1].end = m->lines.data[i].end;
    else
      *hsy_push(&joined, m->scratch) = m->lines.data[i];
  }
  m->lines = joined;
}

/* ---- header lines ---- */

typedef enum header { TITLE, DATE, OUTLET, BYLINE, URL, LANGUAGE, HEADERS } header;

static const char *const HEADER_NAMES[HEADERS] = {"Title", "Date", "Outlet", "Byline", "URL", "Language"};

static int header_of(hsy_str line, hsy_str *value) {
  hsy_str rest, key = hsy_str_cut(line, ':', &rest);
  if (rest.data == NULL) return HSY_NONE;
  for (int i = 0; i < HEADERS; i++) {
    if (!hsy_str_eq_nocase(hsy_str_trim(key), hsy_str_of(HEADER_NAMES[i]))) continue;
    *value = hsy_str_trim(rest);
    return i;
  }
  return HSY_NONE;
}

static void set_published(marker *m, const hsy_date *date, const char *where) {
  if (m->doc->meta.published.len) return;
  m->doc->meta.published = hsy_date_iso(date, m->doc->arena);
  found(m, "published", where);
}

static void set_byline(marker *m, hsy_str byline, const char *where) {
  hsy_meta *meta = &m->doc->meta;
  if (meta->byline.len) return;
  meta->byline = byline;
  hsy_byline_people(&m->lists->bylines, byline, &meta->authors, m->doc->arena);
  found(m, "byline", where);
}

static void set_header(marker *m, header name, hsy_str value) {
  static const char WHERE[] = "header line";
  hsy_meta *meta = &m->doc->meta;
  hsy_date date;
  if (value.len == 0) return;
  if (name == DATE && hsy_date_read(&m->lists->dates, value, true, &date, NULL)) set_published(m, &date, WHERE);
  if (name == BYLINE) set_byline(m, value, WHERE);
  hsy_str *const field[HEADERS] = {
      [TITLE] = &meta->title, [OUTLET] = &meta->outlet, [URL] = &meta->url, [LANGUAGE] = &meta->language};
  if (!field[name]) return;
  *field[name] = value;
  found(m, HEADER_NAMES[name], WHERE);
}

/* The title's value is a block of its own behind the key's. */
static void add_title_line(marker *m, hsy_span line, hsy_str value) {
  int32_t start = (int32_t)(value.data - m->doc->text.data);
  hsy_span key = trim_span(m->doc->text, line.start, start);
  add_block(m, key, HSY_BLOCK_HEADER, "a header line's key");
  if (value.len) add_block(m, (hsy_span){start, line.end}, HSY_BLOCK_HEADLINE, "the title's value");
}

/* Lines on top that are headers; the first must be one. Returns how many. */
static ptrdiff_t read_headers(marker *m) {
  ptrdiff_t n = 0;
  hsy_str value;
  for (; n < m->lines.len; n++) {
    hsy_str line = line_at(m, n);
    int name = header_of(line, &value);
    if (name == HSY_NONE) break;
    set_header(m, (header)name, value);
    if (name == TITLE)
      add_title_line(m, m->lines.data[n], value);
    else
      add_block(m, m->lines.data[n], HSY_BLOCK_HEADER, "a header line");
    if (n + 1 < m->lines.len && !follows_at_once(m, n)) return n + 1;
  }
  return n;
}

/* ---- the article ---- */

static int count_words(hsy_str s, int *capitals) {
  int words = 0;
  bool inside = false;
  *capitals = 0;
  for (ptrdiff_t at = 0; at < s.len;) {
    int32_t c = hsy_utf8_next(s, &at);
    bool letter = hsy_is_letter(c) || hsy_is_digit(c);
    if (letter && !inside) words++, *capitals += hsy_is_upper(c) || hsy_is_digit(c);
    inside = letter || (inside && (c == '\'' || c == 0x2019 || c == '-'));
  }
  return words;
}

/* Short, and no sentence: without a stop at its end, or written in capitals as headlines are. */
static bool is_headline(hsy_str line) {
  int capitals, words = count_words(line, &capitals);
  if (line.len > HEADLINE_BYTES || words < 2 || words > 30) return false;
  if (!ends_sentence(line)) return true;
  return line.len <= HEADLINE_BYTES / 2 && words >= 4 && capitals * 10 >= words * 7;
}

static bool has_quote(hsy_str line) {
  return hsy_str_find(line, HSY_S("\"")) >= 0 || hsy_str_find(line, HSY_S("“")) >= 0 ||
         hsy_str_find(line, HSY_S("”")) >= 0 || hsy_str_find(line, HSY_S("''")) >= 0;
}

/* Short, begins with a capital, no end of a sentence, no quotation, and prose stands behind it. */
static bool is_subheading(const marker *m, ptrdiff_t i) {
  hsy_str line = line_at(m, i);
  int capitals;
  if (line.len > SUBHEADING_BYTES || i + 1 >= m->lines.len) return false;
  ptrdiff_t at = 0;
  int32_t first = hsy_utf8_next(line, &at);
  if (!hsy_is_upper(first) && !hsy_is_digit(first)) return false;
  if (ends_sentence(line) || has_quote(line) || strchr(",-", line.data[line.len - 1])) return false;
  if (count_words(line, &capitals) > 12) return false;
  return line_at(m, i + 1).len > SUBHEADING_BYTES && ends_sentence(line_at(m, i + 1));
}

/* A line inside a price list: no sentence, or short. */
static bool is_fragment(hsy_str line) { return !ends_sentence(line) && line.len <= 160; }

/* Behind an offer, fragments are its price list once no prose comes back: the first line of that tail. */
static ptrdiff_t tail_of_fragments(const marker *m, ptrdiff_t from) {
  ptrdiff_t tail = m->lines.len;
  for (; tail > from; tail--) {
    hsy_str line = line_at(m, tail - 1);
    if (!is_fragment(line) && !hsy_furniture_why(&m->lists->furniture, line, *m->scratch)) break;
  }
  return tail;
}

static void add_first_paragraph(marker *m, ptrdiff_t i) {
  hsy_block *block = add_block(m, m->lines.data[i], HSY_BLOCK_PARAGRAPH, "prose");
  hsy_dateline line = hsy_dateline_read(&m->lists->dates, line_at(m, i));
  hsy_meta *meta = &m->doc->meta;
  if (line.lead >= line_at(m, i).len) return;
  block->lead = (int32_t)line.lead;
  if (line.place.len) meta->place = line.place, found(m, "place", "dateline");
  if (line.agency.len) meta->agency = line.agency, found(m, "agency", "dateline");
  if (line.has_date) set_published(m, &line.date, "dateline");
}

/* The next line goes on in the middle of a sentence. */
static bool goes_on(const marker *m, ptrdiff_t i) {
  if (i + 1 >= m->lines.len) return false;
  ptrdiff_t at = 0;
  int32_t first = hsy_utf8_next(line_at(m, i + 1), &at);
  return hsy_is_letter(first) && !hsy_is_upper(first) && first < 0x250; /* scripts without case stay out of it */
}

static bool add_headline(marker *m, ptrdiff_t i, hsy_str title) {
  hsy_str line = line_at(m, i);
  bool is_title = title.len && hsy_str_eq(line, hsy_str_trim(title));
  if (!is_title && (!is_headline(line) || goes_on(m, i) || hsy_dateline_read(&m->lists->dates, line).lead))
    return false;
  add_block(m, m->lines.data[i], HSY_BLOCK_HEADLINE, is_title ? "the title" : "a short first line that is no sentence");
  if (m->doc->meta.title.len == 0) m->doc->meta.title = line, found(m, "title", "first line");
  return true;
}

static void mark_article(marker *m, ptrdiff_t from, hsy_block_options options) {
  bool offer = false, opened = false;
  ptrdiff_t tail = tail_of_fragments(m, from);
  for (ptrdiff_t i = from; i < m->lines.len; i++) {
    hsy_str line = line_at(m, i), names;
    const char *why = hsy_furniture_why(&m->lists->furniture, line, *m->scratch);
    if (!why && offer && i >= tail) why = "a line of an offer's price list";
    if (why) {
      offer |= hsy_furniture_is_offer(why);
      add_block(m, m->lines.data[i], HSY_BLOCK_FURNITURE, why);
      continue;
    }
    if (i - from < BYLINE_LINES && hsy_byline_is_line(&m->lists->bylines, line, &names, *m->scratch)) {
      set_byline(m, names, "byline");
      add_block(m, m->lines.data[i], HSY_BLOCK_FURNITURE, "a byline");
      continue;
    }
    bool first = i == from && i + 1 < m->lines.len;
    bool has_headline = m->doc->blocks.len && m->doc->meta.title.len && options.headers && from > 0;
    if (first && !has_headline && add_headline(m, i, options.title)) continue;
    if (opened && is_subheading(m, i))
      add_block(m, m->lines.data[i], HSY_BLOCK_SUBHEADING, "a short line between paragraphs that is no sentence");
    else if (!opened)
      add_first_paragraph(m, i), opened = true;
    else
      add_block(m, m->lines.data[i], HSY_BLOCK_PARAGRAPH, "prose");
  }
}

bool hsy_blocks_mark(hsy_doc *doc, hsy_block_options options, hsy_arena scratch, hsy_error *err) {
  hsy_format_lists own;
  if (!options.lists && !hsy_format_lists_load(&own, &scratch, err)) return false;
  marker m = {.doc = doc, .lists = options.lists ? options.lists : &own, .scratch = &scratch};
  int32_t from = hsy_str_starts(doc->text, HSY_S("\xef\xbb\xbf")) ? 3 : 0; /* the mark is no text */
  split_lines(&m, from);
  ptrdiff_t start = 0;
  if (options.headers) start = read_headers(&m);
  if (is_wrapped(&m, start)) join_wrapped(&m, start);
  mark_article(&m, start, options);
  return hsy_arena_check(scratch, "format", err) && hsy_arena_check(*doc->arena, "format", err);
}
