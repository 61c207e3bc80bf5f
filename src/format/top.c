/* What stands above the prose of a plain text, line by line: labels in the forms
 * that exports have, the headline, the byline, the line with the day, the
 * outlet's name. The first line that is none of these begins the prose. */
#include <string.h>

#include "base/utf8.h"
#include "format/dateline.h"
#include "format/lines.h"
#include "format/marker.h"

enum {
  TOP_LINES = 40,
  LONGEST_DAY_LINE = 140,
  MOST_BESIDE = 8, /* words beside a day that leave the line one that tells the day */
  CODE_LINES = 30,
  CODES_NEEDED = 4
};

/* ---- the line with the day ---- */

typedef struct day_line {
  bool has_published, has_modified;
  hsy_date published, modified;
  int beside;           /* words that are no part of a day and do not go with one */
  hsy_str first_beside; /* up to the next mark: a name, a place, the outlet */
} day_line;

/* Words that go with a day and say nothing else. */
static bool goes_with_day(hsy_str word) {
  static const char *const WORDS[] = {
      "published", "posted",  "on",        "at",       "updated", "last",     "first",   "date",     "dated",   "day",
      "created",   "issued",  "online",    "print",    "edition", "by",       "the",     "modified", "revised", "of",
      "monday",    "tuesday", "wednesday", "thursday", "friday",  "saturday", "sunday",  "mon",      "tue",     "tues",
      "wed",       "thu",     "thur",      "thurs",    "fri",     "sat",      "sun",     "a",        "m",       "p",
      "am",        "pm",      "gmt",       "bst",      "utc",     "et",       "est",     "edt",      "ct",      "cst",
      "cdt",       "pt",      "pst",       "pdt",      "mt",      "cet",      "cest",    "ist",      "hrs",     "hours",
      "release",   "for",     "immediate", "final",    "late",    "early",    "morning", "evening",  "local",   "time"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (hsy_str_is_nocase(word, WORDS[i])) return true;
  return false;
}

static bool is_update(hsy_str before) {
  static const char *const WORDS[] = {"updated", "update", "modified", "revised", "changed"};
  for (hsy_str rest = before; rest.len;) {
    hsy_str word = hsy_str_trim(hsy_str_cut(rest, ' ', &rest));
    while (word.len && strchr(":,(", word.data[word.len - 1])) word.len--;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
      if (hsy_str_is_nocase(word, WORDS[i])) return true;
  }
  return false;
}

static void take_day(day_line *d, const hsy_date *date, hsy_str before) {
  bool update = is_update(before);
  if (update && !d->has_modified) d->modified = *date, d->has_modified = true;
  if (!update && !d->has_published) d->published = *date, d->has_published = true;
}

static ptrdiff_t word_end(hsy_str s, ptrdiff_t at) {
  while (at < s.len) {
    ptrdiff_t next = at;
    int32_t c = hsy_utf8_next(s, &next);
    if (!hsy_is_letter(c) && !hsy_is_digit(c) && c != '\'' && c != 0x2019) break;
    at = next;
  }
  return at;
}

/* Words, and marks that part names from days. */
static void take_word(day_line *d, hsy_str line, ptrdiff_t at, ptrdiff_t end) {
  hsy_str word = hsy_str_slice(line, at, end);
  bool number = word.data[0] >= '0' && word.data[0] <= '9' && word.len <= 4; /* of a time */
  if (number || goes_with_day(word)) return;
  if (d->beside++ == 0) {
    ptrdiff_t stop = end;
    while (stop < line.len && !strchr("|,;(/\xc2\xe2", line.data[stop])) stop++;
    d->first_beside = hsy_str_trim(hsy_str_slice(line, at, stop));
  }
}

static bool read_day_line(const hsy_marker *m, hsy_str line, day_line *d) {
  *d = (day_line){0};
  if (line.len > LONGEST_DAY_LINE) return false;
  ptrdiff_t start = 0;
  for (ptrdiff_t at = 0; at < line.len;) {
    ptrdiff_t next = at, end;
    int32_t c = hsy_utf8_next(line, &next);
    hsy_date date;
    if (!hsy_is_letter(c) && !hsy_is_digit(c)) {
      at = next;
      continue;
    }
    if (hsy_date_may_begin(line, at) &&
        hsy_date_read(&m->dates, hsy_str_slice(line, at, line.len), true, &date, &end)) {
      take_day(d, &date, hsy_str_slice(line, start, at));
      start = at = at + end;
      continue;
    }
    end = word_end(line, at);
    if (end == at) end = next;
    take_word(d, line, at, end);
    at = end;
  }
  return d->has_published || d->has_modified;
}

/* No sentence, and hardly anything but the day: "By Jana Piro | 14 March 2025", "Ludrey Echo, 14 March 2025". */
static bool is_day_line(const hsy_marker *m, hsy_str line, day_line *d) {
  if (!read_day_line(m, line, d)) return false;
  if (d->beside == 0) return true;
  bool stop = line.data[line.len - 1] == '.' && !hsy_str_ends(line, HSY_S("m."));
  return d->beside <= MOST_BESIDE && !stop && !strchr("?!:", line.data[line.len - 1]) &&
         (m->headline || d->beside <= 3);
}

static bool is_listed(const hsy_lexicon *list, hsy_str word, const char *kind) {
  const hsy_lexicon_entry *entry = hsy_lexicon_find(list, word);
  return entry && (!kind || hsy_str_eq(hsy_lexicon_field(entry, 0), hsy_str_of(kind)));
}

/* "Ludrey Echo", "The Valley Times": a few words, one at either end from the names of papers. */
static bool is_outlet(const hsy_marker *m, hsy_str s) {
  if (s.len < 3 || s.len > 60) return false;
  if (is_listed(&m->lists->outlets, s, NULL)) return true;
  int words = 0;
  hsy_str first = {0}, last = {0};
  for (hsy_str rest = s; rest.len;) {
    hsy_str word = hsy_str_trim(hsy_str_cut(rest, ' ', &rest));
    ptrdiff_t at = 0;
    if (word.len == 0) continue;
    bool small = hsy_str_eq(word, HSY_S("of")) || hsy_str_eq(word, HSY_S("and")) || hsy_str_eq(word, HSY_S("the"));
    if (!small && !hsy_is_upper(hsy_utf8_next(word, &at))) return false;
    if (first.len == 0 && !hsy_str_is_nocase(word, "the")) first = word;
    last = word;
    words++;
  }
  const hsy_lexicon *list = &m->lists->outlet_words;
  return words >= 2 && words <= 6 && (is_listed(list, last, NULL) || is_listed(list, first, "sure"));
}

static void set_outlet(hsy_marker *m, hsy_str name, const char *where) {
  if (m->doc->meta.outlet.len) return;
  m->doc->meta.outlet = name;
  hsy_marker_found(m, "outlet", where);
}

static void set_modified(hsy_marker *m, const hsy_date *date, const char *where) {
  if (m->doc->meta.modified.len) return;
  m->doc->meta.modified = hsy_date_iso(date, m->doc->arena);
  hsy_marker_found(m, "modified", where);
}

/* What stands beside the day: "By Jana Piro", "Ludrey Echo". */
static void read_beside(hsy_marker *m, hsy_str line, const day_line *d) {
  if (d->beside == 0) return;
  ptrdiff_t at = d->first_beside.data - line.data;
  hsy_str names;
  hsy_str part = hsy_str_slice(line, 0, at + d->first_beside.len);
  if (hsy_byline_is_line(&m->lists->bylines, part, &names, *m->scratch))
    hsy_marker_byline(m, names, "line with the day");
  else if (is_outlet(m, d->first_beside))
    set_outlet(m, d->first_beside, "line with the day");
}

static bool read_day(hsy_marker *m, ptrdiff_t i) {
  static const char WHERE[] = "line with the day";
  hsy_str line = hsy_marker_line(m, i);
  day_line d;
  if (!is_day_line(m, line, &d)) return false;
  hsy_marker_note_order(m, line);
  if (d.has_modified) set_modified(m, &d.modified, WHERE);
  hsy_marker_published(m, d.has_published ? &d.published : &d.modified, WHERE);
  read_beside(m, line, &d);
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADER, "a line with the day");
  return true;
}

/* ---- the rest ---- */

static bool read_label(hsy_marker *m, ptrdiff_t i) {
  if (!m->options.headers) return false;
  hsy_label_line label = hsy_label_read(&m->lists->labels, hsy_marker_line(m, i), m->codes);
  if (!label.label) return false;
  hsy_marker_label(m, i, &label);
  return true;
}

/* The value of the label above goes on, further in. */
static bool goes_on(const hsy_marker *m, ptrdiff_t i) {
  if (i == 0 || !hsy_lines_touch(m->doc->text, m->lines.data[i - 1], m->lines.data[i])) return false;
  return hsy_lines_indent(m->doc->text, m->lines.data[i]) > hsy_lines_indent(m->doc->text, m->lines.data[i - 1]) + 1;
}

static bool read_mark(hsy_marker *m, ptrdiff_t i) {
  if (!m->options.headers || hsy_label_mark(hsy_marker_line(m, i)) == HSY_MARK_NONE) return false;
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADER, "a line of an archive's export");
  return true;
}

/* Behind the day, an export's code of the paper, its page, its language: "LUDE", "4", "English". */
static bool read_short_mark(hsy_marker *m, ptrdiff_t i) {
  static const char *const LANGUAGES[] = {"English", "German", "French", "Spanish", "Italian", "Dutch", "Portuguese"};
  hsy_str line = hsy_marker_line(m, i);
  bool known = false, code = line.len <= 8;
  for (size_t k = 0; k < sizeof LANGUAGES / sizeof *LANGUAGES; k++) known |= hsy_str_is_nocase(line, LANGUAGES[k]);
  for (ptrdiff_t k = 0; k < line.len; k++)
    code &= (line.data[k] >= 'A' && line.data[k] <= 'Z') || (line.data[k] >= '0' && line.data[k] <= '9');
  if (!m->options.headers || !m->doc->meta.published.len || (!known && !code)) return false;
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADER, "a line of an archive's export");
  return true;
}

static bool read_byline(hsy_marker *m, ptrdiff_t i) {
  hsy_str names;
  if (!hsy_byline_is_line(&m->lists->bylines, hsy_marker_line(m, i), &names, *m->scratch)) return false;
  hsy_marker_byline(m, names, "byline");
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_FURNITURE, "a byline");
  return true;
}

/* Behind the headline, or above it with the day below: the paper's name alone on its line. */
static bool read_outlet(hsy_marker *m, ptrdiff_t i) {
  hsy_str line = hsy_marker_line(m, i);
  day_line d;
  bool day_below = i + 1 < m->lines.len && is_day_line(m, hsy_marker_line(m, i + 1), &d);
  if (!m->options.headers || !is_outlet(m, line) || !(m->headline || day_below || m->doc->meta.published.len))
    return false;
  set_outlet(m, line, "a line of its own");
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADER, "the outlet's name");
  return true;
}

static bool read_furniture(hsy_marker *m, ptrdiff_t i) {
  const char *why = hsy_furniture_why(&m->lists->furniture, hsy_marker_line(m, i), *m->scratch);
  if (!why || hsy_furniture_is_offer(why)) return false;
  hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_FURNITURE, why);
  return true;
}

/* Four lines on top begin with a code of two letters, the headline's and the text's among them. */
static bool has_codes(const hsy_marker *m) {
  int codes = 0;
  bool text = false;
  for (ptrdiff_t i = 0; i < m->lines.len && i < CODE_LINES; i++) {
    hsy_label_line label = hsy_label_read(&m->lists->labels, hsy_marker_line(m, i), true);
    bool code =
        label.label && label.value.data != NULL && label.key.len <= 3 && label.key.data == hsy_marker_line(m, i).data;
    codes += code;
    text |= code && label.label == HSY_LABEL_BODY;
  }
  return text && codes >= CODES_NEEDED;
}

ptrdiff_t hsy_top_read(hsy_marker *m) {
  m->codes = m->options.headers && has_codes(m);
  bool in_label = false;
  ptrdiff_t i = 0;
  for (; i < m->lines.len && i < TOP_LINES; i++) {
    if (in_label && goes_on(m, i)) {
      hsy_marker_block(m, m->lines.data[i], HSY_BLOCK_HEADER, "a header line goes on");
      continue;
    }
    hsy_label_line label = hsy_label_read(&m->lists->labels, hsy_marker_line(m, i), m->codes);
    bool body = m->options.headers && label.label == HSY_LABEL_BODY;
    in_label = read_label(m, i);
    if (body) return i + (label.value.len == 0);
    if (in_label || read_mark(m, i) || read_furniture(m, i) || read_day(m, i) || read_byline(m, i)) continue;
    if (read_short_mark(m, i) || read_outlet(m, i)) continue;
    if (m->headline || i + 1 >= m->lines.len || !hsy_marker_headline(m, i)) break;
    m->headline = true;
  }
  return i;
}
