#include "format/dateline.h"

#include <string.h>

#include "base/utf8.h"

enum { LONGEST_PLACE = 40, LONGEST_AGENCY = 40, MOST_WORDS = 3 };

typedef struct reader {
  hsy_str s;
  ptrdiff_t at;
} reader;

static hsy_str rest_of(const reader *r) { return hsy_str_slice(r->s, r->at, r->s.len); }

static void skip_blanks(reader *r) {
  while (r->at < r->s.len) {
    ptrdiff_t next = r->at;
    if (!hsy_is_space(hsy_utf8_next(r->s, &next))) return;
    r->at = next;
  }
}

static bool take(reader *r, const char *text) {
  if (!hsy_str_starts(rest_of(r), hsy_str_of(text))) return false;
  r->at += (ptrdiff_t)strlen(text);
  return true;
}

/* A dash that parts a dateline from the prose: any long one, or a hyphen between blanks. */
static bool take_dash(reader *r) {
  reader t = *r;
  skip_blanks(&t);
  bool spaced = t.at > r->at;
  bool dash = take(&t, "—") || take(&t, "–") || take(&t, "--");
  if (!dash && spaced && take(&t, "-")) dash = true;
  if (!dash) return false;
  ptrdiff_t behind = t.at;
  skip_blanks(&t);
  if (!spaced && t.at == behind) return false;
  *r = t;
  return true;
}

/* Words in capitals, "ST. PAUL", "NEW YORK", "U.N.": at least three letters. */
static hsy_str take_capitals(reader *r) {
  ptrdiff_t start = r->at, at = start, end = start, letters = 0;
  while (at < r->s.len && at - start < LONGEST_PLACE) {
    ptrdiff_t next = at;
    int32_t c = hsy_utf8_next(r->s, &next);
    if (hsy_is_upper(c))
      letters++, end = next;
    else if (hsy_is_letter(c))
      return (hsy_str){0};
    else if (c == '.' || c == '\'' || c == 0x2019 || (c == '-' && next < r->s.len && hsy_is_letter(r->s.data[next])))
      end = next;
    else if (c != ' ')
      break;
    at = next;
  }
  if (letters < 3) return (hsy_str){0};
  r->at = end;
  return hsy_str_slice(r->s, start, end);
}

/* One to three words that begin with capitals: a place in ordinary letters. */
static hsy_str take_titled(reader *r) {
  ptrdiff_t start = r->at, end = start;
  bool fresh = true;
  for (ptrdiff_t at = start; at < r->s.len && at - start < LONGEST_PLACE;) {
    ptrdiff_t next = at;
    int32_t c = hsy_utf8_next(r->s, &next);
    bool letter = hsy_is_letter(c);
    if (fresh && !hsy_is_upper(c)) break;
    if (!letter && c != ' ' && c != '-' && c != '.' && c != '\'' && c != 0x2019) break;
    if (letter || c == '.') end = next;
    fresh = c == ' ';
    at = next;
  }
  r->at = end;
  return hsy_str_slice(r->s, start, end);
}

/* "(AP)", "(Dominion Press)", "(dpa/lno)", "/TASS/" */
static bool take_agency(reader *r, hsy_str *agency) {
  reader t = *r;
  skip_blanks(&t);
  char close = take(&t, "(") ? ')' : take(&t, "/") ? '/' : 0;
  if (!close) return false;
  hsy_str rest, inside = hsy_str_cut(rest_of(&t), close, &rest);
  if (rest.data == NULL || inside.len < 2 || inside.len > LONGEST_AGENCY) return false;
  int words = 1;
  for (ptrdiff_t i = 0; i < inside.len; i++) {
    if (strchr("\"(?!;:", inside.data[i])) return false;
    words += inside.data[i] == ' ';
  }
  if (words > 4) return false;
  *agency = inside;
  t.at += inside.len + 1;
  *r = t;
  return true;
}

static bool take_date(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  hsy_date date;
  ptrdiff_t end;
  if (!hsy_date_read(dates, rest_of(r), false, &date, &end)) return false;
  r->at += end;
  if (date.year) line->date = date, line->has_date = true;
  return true;
}

/* "date 2023-01-12" in front of everything: a field that lost its table. */
static bool take_date_field(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  reader t = *r;
  skip_blanks(&t);
  if (!hsy_str_starts_nocase(rest_of(&t), HSY_S("date "))) return false;
  t.at += 5;
  if (!take_date(&t, dates, line) || !line->has_date) return false;
  skip_blanks(&t);
  *r = t;
  return true;
}

/* "Shafaq News/ On Tuesday": a name, a slash, a blank, prose. */
static bool take_slash_agency(reader *r, hsy_dateline *line) {
  reader t = *r;
  hsy_str name = take_titled(&t);
  if (name.len < 3 || memchr(name.data, '/', (size_t)name.len) || !take(&t, "/")) return false;
  ptrdiff_t behind = t.at;
  skip_blanks(&t);
  if (t.at == behind || t.at == t.s.len) return false;
  line->agency = name;
  *r = t;
  return true;
}

/* "(March 14, 2025)" */
static bool take_bracketed_date(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  reader t = *r;
  hsy_dateline found = *line;
  skip_blanks(&t);
  if (!take(&t, "(") || !take_date(&t, dates, &found) || !take(&t, ")")) return false;
  *line = found;
  *r = t;
  return true;
}

/* What may stand behind the place: ", Region", ", January 12", " (AP)". Returns whether an agency was among it. */
static bool take_details(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  bool agency = false;
  for (int i = 0; i < 4; i++) {
    reader t = *r;
    if (take_bracketed_date(&t, dates, line)) {
      *r = t;
      continue;
    }
    if (!agency && take_agency(&t, &line->agency)) {
      agency = true;
    } else if (take(&t, ",") || take(&t, ".") || (take(&t, " ") && t.at < t.s.len)) {
      skip_blanks(&t);
      if (!agency && take_agency(&t, &line->agency))
        agency = true;
      else if (!take_date(&t, dates, line) && (r->s.data[r->at] != ',' || take_titled(&t).len == 0))
        break;
    } else {
      break;
    }
    *r = t;
  }
  return agency;
}

static bool take_blank(reader *r) {
  ptrdiff_t from = r->at;
  skip_blanks(r);
  return r->at > from;
}

/* A colon or bar with a blank behind it. */
static bool take_mark(reader *r) {
  reader t = *r;
  skip_blanks(&t);
  if (!take(&t, ":") && !take(&t, "|") && !take(&t, "/")) return false;
  ptrdiff_t behind = t.at;
  skip_blanks(&t);
  if (t.at == behind) return false;
  *r = t;
  return true;
}

/* What closes a dateline: a dash, or behind "/TASS/" a stop. */
static bool take_close(reader *r, bool slashed, bool dated) {
  if (take_dash(r) || (dated && take_mark(r))) return true;
  if (!slashed) return false;
  if (!take(r, ".") && !take(r, ":")) return false;
  skip_blanks(r);
  return true;
}

static int words_in(hsy_str s) {
  int words = s.len > 0;
  for (ptrdiff_t i = 0; i < s.len; i++) words += s.data[i] == ' ';
  return words;
}

/* "Friday", "March": words that stand before a day, and no place. */
static bool goes_with_day(const hsy_dates *dates, hsy_str name) {
  char lower[16];
  if (name.len >= (ptrdiff_t)sizeof lower) return false;
  for (ptrdiff_t i = 0; i < name.len; i++) lower[i] = (char)hsy_to_lower((unsigned char)name.data[i]);
  hsy_str word = {lower, name.len};
  return hsy_str_ends(word, HSY_S("day")) || hsy_lexicon_find(&dates->months, word);
}

static bool take_place(reader *r, const hsy_dates *dates, hsy_dateline *line, bool capitals) {
  reader t = *r;
  hsy_dateline found = *line;
  found.place = capitals ? take_capitals(&t) : take_titled(&t);
  if (found.place.len < 3 || goes_with_day(dates, found.place)) return false;
  bool agency = take_details(&t, dates, &found);
  if (!agency && !found.has_date && words_in(found.place) > MOST_WORDS) return false; /* a line in capitals */
  if (!capitals && !agency && !found.has_date) return false; /* "Berlin - " alone may be a sentence */
  bool slashed = agency && found.agency.data[-1] == '/';
  if (!take_close(&t, slashed, found.has_date) || t.at >= t.s.len) return false;
  *line = found;
  *r = t;
  return true;
}

/* A day in front: "March 14, 2025 (OSTMARK) - ", "14 March 2025, Ostmark: ", "Friday, 14 March 2025 — ". */
static bool take_day_first(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  reader t = *r;
  hsy_dateline found = *line;
  take(&t, "[");
  take(&t, "(");
  if (!take_date(&t, dates, &found) || !found.has_date) return false;
  bool closed = take(&t, ")") || take(&t, "]") || take(&t, ".");
  if (take_dash(&t) || take_mark(&t) ||
      (closed && take_blank(&t))) { /* the place may stand behind it, with a dash of its own */
    hsy_dateline placed = found;
    reader p = t;
    if (take_place(&p, dates, &placed, true) || take_place(&p, dates, &placed, false)) found = placed, t = p;
  } else {
    take(&t, ",");
    skip_blanks(&t);
    bool bracket = take(&t, "(");
    found.place = take_capitals(&t);
    if (found.place.len < 3) found.place = take_titled(&t);
    if (found.place.len < 3 || (bracket && !take(&t, ")"))) return false;
    take_details(&t, dates, &found);
    if (!take_dash(&t) && !take_mark(&t)) return false;
  }
  if (t.at >= t.s.len) return false;
  *line = found;
  *r = t;
  return true;
}

/* "(OSTMARK, March 14, 2025) — ", "[Ostmark, 14 March 2025] " */
static bool take_in_brackets(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  reader t = *r;
  hsy_dateline found = *line;
  const char *close = take(&t, "(") ? ")" : take(&t, "[") ? "]" : NULL;
  if (!close) return false;
  found.place = take_capitals(&t);
  if (found.place.len < 3) found.place = take_titled(&t);
  if (found.place.len < 3) return false;
  take(&t, ",");
  skip_blanks(&t);
  if (!take_date(&t, dates, &found) || !take(&t, close)) return false;
  if (!take_dash(&t)) take_mark(&t);
  skip_blanks(&t);
  if (t.at >= t.s.len) return false;
  *line = found;
  *r = t;
  return true;
}

/* "OSTMARK--(BUSINESS WIRE)--March 14, 2025--" */
static bool take_wire(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  reader t = *r;
  hsy_dateline found = *line;
  found.place = take_capitals(&t);
  if (found.place.len < 3) return false;
  if (take(&t, ",")) skip_blanks(&t), take_titled(&t);
  if (!take(&t, "--") && !take(&t, "—")) return false;
  if (!take_agency(&t, &found.agency) || (!take(&t, "--") && !take(&t, "—"))) return false;
  skip_blanks(&t);
  if (!take_date(&t, dates, &found) || (!take(&t, "--") && !take(&t, "—"))) return false;
  skip_blanks(&t);
  if (t.at >= t.s.len) return false;
  *line = found;
  *r = t;
  return true;
}

/* "(Reuters) - " with no place before it. */
static bool take_bare_agency(reader *r, hsy_dateline *line) {
  reader t = *r;
  hsy_str agency;
  if (!hsy_str_starts(rest_of(&t), HSY_S("(")) || !take_agency(&t, &agency) || !take_dash(&t)) return false;
  line->agency = agency;
  *r = t;
  return true;
}

/* "OSTMARK - 14 March 2025 - ", "OSTMARK: March 14, 2025: ": a day between marks behind a place that has its own. */
static void take_late_day(reader *r, const hsy_dates *dates, hsy_dateline *line) {
  reader t = *r;
  hsy_dateline found = *line;
  if (t.at == 0) {
    found.place = take_capitals(&t);
    if (found.place.len < 3 || !(take_dash(&t) || take_mark(&t))) return;
  }
  if (found.has_date || !take_date(&t, dates, &found) || !found.has_date) return;
  if ((!take_dash(&t) && !take_mark(&t)) || t.at >= t.s.len) return;
  *line = found;
  *r = t;
}

hsy_dateline hsy_dateline_read(const hsy_dates *dates, hsy_str paragraph) {
  hsy_dateline line = {0};
  reader r = {paragraph, 0};
  take_date_field(&r, dates, &line);
  if (!take_place(&r, dates, &line, true) && !take_place(&r, dates, &line, false) &&
      !take_day_first(&r, dates, &line) && !take_in_brackets(&r, dates, &line) && !take_wire(&r, dates, &line) &&
      !take_bare_agency(&r, &line))
    take_slash_agency(&r, &line);
  take_late_day(&r, dates, &line);
  line.lead = r.at;
  return line;
}
