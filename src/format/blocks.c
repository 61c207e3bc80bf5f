#include "format/blocks.h"

#include <string.h>

#include "base/utf8.h"
#include "format/dateline.h"
#include "format/lines.h"
#include "format/marker.h"
#include "format/order.h"

enum {
  HEADLINE_BYTES = 200, /* a first line up to here can be a headline */
  SUBHEADING_BYTES = 90
};

hsy_str hsy_marker_line(const hsy_marker *m, ptrdiff_t i) { return hsy_doc_span(m->doc, m->lines.data[i]); }

hsy_block *hsy_marker_block(hsy_marker *m, hsy_span span, hsy_block_kind kind, const char *why) {
  hsy_block *block = hsy_push(&m->doc->blocks, m->doc->arena);
  block->text = span;
  block->kind = kind;
  block->tagged = kind == HSY_BLOCK_PARAGRAPH || kind == HSY_BLOCK_HEADLINE;
  block->why = why;
  return block;
}

void hsy_marker_found(hsy_marker *m, const char *field, const char *where) {
  *hsy_push(&m->doc->findings, m->doc->arena) = (hsy_finding){field, where};
}

/* ---- header lines ---- */

/* A time without a zone is no moment: the day alone is kept. */
static hsy_str day_of(const hsy_date *date, hsy_arena *arena) {
  hsy_date day = *date;
  if (!day.has_zone) day.hour = -1;
  return hsy_date_iso(&day, arena);
}

void hsy_marker_published(hsy_marker *m, const hsy_date *date, const char *where) {
  if (m->doc->meta.published.len) return;
  m->doc->meta.published = day_of(date, m->doc->arena);
  hsy_marker_found(m, "published", where);
}

void hsy_marker_note_order(hsy_marker *m, hsy_str words) {
  hsy_day_order *order = &m->doc->meta.day_order;
  if (*order == HSY_ORDER_UNTOLD && hsy_order_is_open(words)) *order = HSY_DAY_FIRST;
}

void hsy_marker_byline(hsy_marker *m, hsy_str byline, const char *where) {
  hsy_meta *meta = &m->doc->meta;
  if (meta->byline.len) return;
  meta->byline = byline;
  hsy_byline_people(&m->lists->bylines, byline, &meta->authors, m->doc->arena);
  hsy_marker_found(m, "byline", where);
}

static void set(hsy_marker *m, hsy_str *field, hsy_str value, const char *name) {
  if (field->len || value.len == 0) return;
  *field = value;
  hsy_marker_found(m, name, "header line");
}

/* "Ludrey Echo ; Ostmark. 14 Mar 2025: A.4." */
static void read_info(hsy_marker *m, hsy_str value) {
  hsy_str rest, outlet = hsy_str_trim(hsy_str_cut(value, ';', &rest));
  hsy_date date;
  if (hsy_date_find(&m->dates, value, &date)) hsy_marker_published(m, &date, "header line");
  if (rest.data) set(m, &m->doc->meta.outlet, outlet, "outlet");
}

/* "English" or "en-US": two letters. */
static hsy_str language_of(const hsy_marker *m, hsy_str value) {
  static const struct {
    const char *name, *code;
  } NAMES[] = {{"english", "en"}, {"german", "de"},     {"french", "fr"},  {"spanish", "es"}, {"italian", "it"},
               {"dutch", "nl"},   {"portuguese", "pt"}, {"swedish", "sv"}, {"danish", "da"},  {"polish", "pl"}};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (hsy_str_starts_nocase(value, hsy_str_of(NAMES[i].name))) return hsy_str_of(NAMES[i].code);
  bool code = value.len == 2 || (value.len > 2 && !hsy_is_letter((unsigned char)value.data[2]));
  return code ? hsy_str_lower(m->doc->arena, hsy_str_slice(value, 0, 2)) : (hsy_str){0};
}

static void read_value(hsy_marker *m, const hsy_label_line *label) {
  static const char WHERE[] = "header line";
  hsy_meta *meta = &m->doc->meta;
  hsy_str value = label->value;
  hsy_date date;
  bool dated = label->label == HSY_LABEL_DATE || label->label == HSY_LABEL_UPDATED;
  if (dated && !hsy_date_read(&m->dates, value, true, &date, NULL) && !hsy_date_find(&m->dates, value, &date)) return;
  if (dated) hsy_marker_note_order(m, value);
  switch (label->label) {
  case HSY_LABEL_TITLE:
    set(m, &meta->title, value, "Title");
    break;
  case HSY_LABEL_DATE:
    hsy_marker_published(m, &date, WHERE);
    break;
  case HSY_LABEL_UPDATED:
    set(m, &meta->modified, day_of(&date, m->doc->arena), "modified");
    break;
  case HSY_LABEL_OUTLET:
    set(m, &meta->outlet, value, "Outlet");
    break;
  case HSY_LABEL_INFO:
    read_info(m, value);
    break;
  case HSY_LABEL_BYLINE:
    hsy_marker_byline(m, value, WHERE);
    break;
  case HSY_LABEL_URL:
    if (hsy_str_starts(value, HSY_S("http"))) set(m, &meta->url, value, "URL");
    break;
  case HSY_LABEL_LANGUAGE:
    if (value.len >= 2) set(m, &meta->language, language_of(m, value), "Language");
    break;
  default:
    break;
  }
}

/* A mail's subject is its headline; an archive's topics are parted by semicolons, with shares. */
static bool is_title(const hsy_marker *m, const hsy_label_line *label) {
  if (label->label == HSY_LABEL_TITLE) return true;
  return label->label == HSY_LABEL_SUBJECT && !m->headline && m->doc->meta.title.len == 0 && label->value.len &&
         !memchr(label->value.data, '%', (size_t)label->value.len) &&
         !memchr(label->value.data, ';', (size_t)label->value.len);
}

void hsy_marker_label(hsy_marker *m, ptrdiff_t line, const hsy_label_line *label) {
  hsy_span span = m->lines.data[line], key = span;
  bool title = is_title(m, label), body = label->label == HSY_LABEL_BODY;
  hsy_label_line said = *label;
  if (title) said.label = HSY_LABEL_TITLE;
  bool first = m->doc->meta.title.len == 0;
  read_value(m, &said);
  if ((title || body) && label->value.len) {
    int32_t start = (int32_t)(label->value.data - m->doc->text.data);
    key.end = (int32_t)(label->key.data + label->key.len - m->doc->text.data);
    while (key.end < start && m->doc->text.data[key.end] != ' ' && m->doc->text.data[key.end] != '\t') key.end++;
    span.start = start;
  }
  hsy_marker_block(m, key, HSY_BLOCK_HEADER, title ? "a header line's key" : "a header line");
  if (title && label->value.len && first) {
    span.end = span.start + (int32_t)label->value.len;
    hsy_marker_block(m, span, HSY_BLOCK_HEADLINE, "the title's value");
    m->headline = true;
  }
  if (body && label->value.len) m->lines.data[line] = span;
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
  if (!hsy_lines_end_sentence(line)) return true;
  return line.len <= HEADLINE_BYTES / 2 && words >= 4 && capitals * 10 >= words * 7;
}

static bool has_quote(hsy_str line) {
  return hsy_str_find(line, HSY_S("\"")) >= 0 || hsy_str_find(line, HSY_S("“")) >= 0 ||
         hsy_str_find(line, HSY_S("”")) >= 0 || hsy_str_find(line, HSY_S("''")) >= 0;
}

/* Short, begins with a capital, no end of a sentence, no quotation, and prose stands behind it. */
static bool is_subheading(const hsy_marker *m, ptrdiff_t i) {
  hsy_str line = hsy_marker_line(m, i);
  int capitals;
  if (line.len > SUBHEADING_BYTES || i + 1 >= m->lines.len) return false;
  ptrdiff_t at = 0;
  int32_t first = hsy_utf8_next(line, &at);
  if (!hsy_is_upper(first) && !hsy_is_digit(first)) return false;
  if (hsy_lines_end_sentence(line) || has_quote(line) || strchr(",-", line.data[line.len - 1])) return false;
  if (count_words(line, &capitals) > 12) return false;
  return hsy_marker_line(m, i + 1).len > SUBHEADING_BYTES && hsy_lines_end_sentence(hsy_marker_line(m, i + 1));
}

/* A line inside a price list: no sentence, or short. */
static bool is_fragment(hsy_str line) { return !hsy_lines_end_sentence(line) && line.len <= 160; }

/* Behind an offer, fragments are its price list once no prose comes back: the first line of that tail. */
static ptrdiff_t tail_of_fragments(const hsy_marker *m, ptrdiff_t from) {
  ptrdiff_t tail = m->lines.len;
  for (; tail > from; tail--) {
    hsy_str line = hsy_marker_line(m, tail - 1);
    if (!is_fragment(line) && !hsy_furniture_why(&m->lists->furniture, line, *m->scratch)) break;
  }
  return tail;
}

static void add_first_paragraph(hsy_marker *m, ptrdiff_t i) {
  hsy_block *block = hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_PARAGRAPH, "prose");
  hsy_dateline line = hsy_dateline_read(&m->dates, hsy_marker_line(m, i));
  hsy_meta *meta = &m->doc->meta;
  if (line.lead >= hsy_marker_line(m, i).len) return;
  block->lead = (int32_t)line.lead;
  if (line.place.len) meta->place = line.place, hsy_marker_found(m, "place", "dateline");
  if (line.agency.len) meta->agency = line.agency, hsy_marker_found(m, "agency", "dateline");
  if (line.has_date) hsy_marker_published(m, &line.date, "dateline");
}

/* The next line goes on in the middle of a sentence. */
static bool goes_on(const hsy_marker *m, ptrdiff_t i) {
  if (i + 1 >= m->lines.len) return false;
  ptrdiff_t at = 0;
  int32_t first = hsy_utf8_next(hsy_marker_line(m, i + 1), &at);
  return hsy_is_letter(first) && !hsy_is_upper(first) && first < 0x250; /* scripts without case stay out of it */
}

/* A label's line is joined to none. */
static bool is_apart(void *user, hsy_str line) {
  const hsy_marker *m = user;
  return m->options.headers &&
         (hsy_label_read(&m->lists->labels, line, m->codes).label || hsy_label_mark(line) != HSY_MARK_NONE);
}

/* The line fills its column, and another follows at once: prose that was wrapped. */
static bool is_wrapped_line(hsy_marker *m, ptrdiff_t i) {
  if (i + 1 >= m->lines.len || !hsy_lines_touch(m->doc->text, m->lines.data[i], m->lines.data[i + 1])) return false;
  ptrdiff_t width = hsy_lines_width(m->doc->text, &m->lines, i, is_apart, m);
  return width && hsy_utf8_points(hsy_marker_line(m, i)) * 10 >= width * 6;
}

bool hsy_marker_headline(hsy_marker *m, ptrdiff_t i) {
  hsy_str line = hsy_marker_line(m, i), title = hsy_str_trim(m->options.title);
  bool is_title = title.len && hsy_str_eq(line, title);
  if (m->doc->meta.title.len && m->options.headers && i > 0) return false; /* a header line gave it */
  if (!is_title &&
      (!is_headline(line) || goes_on(m, i) || is_wrapped_line(m, i) || hsy_dateline_read(&m->dates, line).lead))
    return false;
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADLINE,
                   is_title ? "the title" : "a short first line that is no sentence");
  if (m->doc->meta.title.len == 0) m->doc->meta.title = line, hsy_marker_found(m, "title", "first line");
  return true;
}

/* Behind the last prose: labels of every kind, and what archives write below an article. */
static ptrdiff_t tail_of_labels(const hsy_marker *m, ptrdiff_t from) {
  ptrdiff_t tail = m->lines.len;
  for (; m->options.headers && tail > from; tail--) {
    hsy_str line = hsy_marker_line(m, tail - 1);
    if (!hsy_label_read(&m->lists->labels, line, m->codes).label && hsy_label_mark(line) == HSY_MARK_NONE) break;
  }
  return tail;
}

/* A label or an archive's mark among the prose or behind it. */
static bool add_label(hsy_marker *m, ptrdiff_t i, ptrdiff_t tail) {
  if (!m->options.headers) return false;
  hsy_label_line label = hsy_label_read(&m->lists->labels, hsy_marker_line(m, i), m->codes);
  if (label.label && (label.anywhere || i >= tail)) {
    hsy_marker_label(m, i, &label);
    return !(label.label == HSY_LABEL_BODY && label.value.len);
  }
  hsy_export_mark mark = hsy_label_mark(hsy_marker_line(m, i));
  if (mark == HSY_MARK_NONE || (mark == HSY_MARK_BODY && i < tail)) return false;
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADER, "a line of an archive's export");
  return true;
}

static void mark_article(hsy_marker *m, ptrdiff_t from) {
  bool offer = false, opened = false;
  ptrdiff_t tail = tail_of_fragments(m, from), labels = tail_of_labels(m, from);
  for (ptrdiff_t i = from; i < m->lines.len; i++) {
    hsy_str line = hsy_marker_line(m, i);
    const char *why = hsy_furniture_why(&m->lists->furniture, line, *m->scratch);
    if (!why && offer && i >= tail) why = "a line of an offer's price list";
    if (why) {
      offer |= hsy_furniture_is_offer(why);
      hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_FURNITURE, why);
      continue;
    }
    if (add_label(m, i, labels)) continue;
    if (opened && is_subheading(m, i))
      hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_SUBHEADING,
                       "a short line between paragraphs that is no sentence");
    else if (!opened)
      add_first_paragraph(m, i), opened = true;
    else
      hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_PARAGRAPH, "prose");
  }
}

bool hsy_blocks_mark(hsy_doc *doc, hsy_block_options options, hsy_arena scratch, hsy_error *err) {
  hsy_format_lists own;
  if (!options.lists && !hsy_format_lists_load(&own, &scratch, err)) return false;
  hsy_marker m = {.doc = doc, .lists = options.lists ? options.lists : &own, .options = options, .scratch = &scratch};
  m.dates = m.lists->dates;
  hsy_meta *meta = &doc->meta;
  if (meta->day_order == HSY_ORDER_UNTOLD)
    meta->day_order = hsy_order_tell(&m.dates, doc->text, meta->language, meta->url);
  m.dates.month_first = meta->day_order == HSY_MONTH_FIRST;
  int32_t from = hsy_str_starts(doc->text, HSY_S("\xef\xbb\xbf")) ? 3 : 0; /* the mark is no text */
  hsy_lines_split(doc->text, from, &m.lines, &scratch);
  ptrdiff_t start = hsy_top_read(&m);
  hsy_lines_join(doc->text, &m.lines, start, is_apart, &m, &scratch);
  hsy_lines_flatten(doc, &m.lines, start);
  if (hsy_arena_failed(*doc->arena) || hsy_arena_failed(scratch))
    return hsy_arena_check(scratch, "format", err) && hsy_arena_check(*doc->arena, "format", err);
  mark_article(&m, start);
  if (options.headers && meta->published.len == 0) meta->published = meta->modified; /* no later than that */
  return hsy_arena_check(scratch, "format", err) && hsy_arena_check(*doc->arena, "format", err);
}
