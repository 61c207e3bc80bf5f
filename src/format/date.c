#include "format/date.h"

#include <string.h>

#include "base/utf8.h"

bool hsy_dates_load(hsy_dates *dates, hsy_arena *arena, hsy_error *err) {
  *dates = (hsy_dates){0};
  return hsy_lexicon_load(&dates->months, "lexicon/months.txt", arena, err);
}

bool hsy_date_valid(int year, int month, int day) {
  static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= DAYS[month - 1] + (month == 2 && (leap || year == 0));
}

int32_t hsy_date_days(const hsy_date *d) {
  int y = d->month < 3 ? d->year - 1 : d->year, m = d->month < 3 ? d->month + 9 : d->month - 3;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d->day - 1;
}

hsy_str hsy_date_iso(const hsy_date *d, hsy_arena *arena) {
  if (d->hour < 0) return hsy_str_printf(arena, "%04d-%02d-%02d", d->year, d->month, d->day);
  if (!d->has_zone)
    return hsy_str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d", d->year, d->month, d->day, d->hour, d->minute,
                          d->second);
  int zone = d->zone < 0 ? -d->zone : d->zone;
  return hsy_str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", d->year, d->month, d->day, d->hour,
                        d->minute, d->second, d->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

/* A place in a text that is being read; copied to try, assigned to accept. */
typedef struct cursor {
  hsy_str s;
  ptrdiff_t at;
} cursor;

static int peek(const cursor *c) { return c->at < c->s.len ? (unsigned char)c->s.data[c->at] : -1; }
static bool digit_at(const cursor *c) { return peek(c) >= '0' && peek(c) <= '9'; }

static void skip_blanks(cursor *c) {
  while (c->at < c->s.len) {
    ptrdiff_t next = c->at;
    if (!hsy_is_space(hsy_utf8_next(c->s, &next))) return;
    c->at = next;
  }
}

/* A run of low … high digits, or -1. */
static int number(cursor *c, int low, int high) {
  int n = 0, value = 0;
  cursor t = *c;
  while (digit_at(&t) && n < 9) value = 10 * value + (t.s.data[t.at++] - '0'), n++;
  if (n < low || n > high) return -1;
  *c = t;
  return value;
}

static bool take(cursor *c, char want) {
  if (peek(c) != want) return false;
  c->at++;
  return true;
}

static int month_name(cursor *c, const hsy_dates *dates) {
  char room[64];
  ptrdiff_t at = c->at, n = 0;
  while (at < c->s.len) {
    ptrdiff_t next = at;
    int32_t point = hsy_utf8_next(c->s, &next);
    if (!hsy_is_letter(point) || n > 56) break;
    n += hsy_utf8_put(hsy_to_lower(point), room + n);
    at = next;
  }
  if (n < 3) return 0;
  const hsy_lexicon_entry *entry = hsy_lexicon_find(&dates->months, (hsy_str){room, n});
  if (!entry) return 0;
  c->at = at;
  hsy_str value = hsy_lexicon_field(entry, 0);
  int month = value.data[0] - '0';
  return value.len > 1 ? 10 * month + (value.data[1] - '0') : month;
}

static bool year_ok(int year) { return year >= 1900 && year <= 2100; }

static int full_year(int year) { return year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year; }

/* 2024-03-11, 2024/03/11, 20240311 */
static bool read_iso(cursor *c, hsy_date *d) {
  cursor t = *c;
  int year = number(&t, 4, 4);
  char sep = (char)peek(&t);
  if (year >= 0 && (sep == '-' || sep == '/' || sep == '.')) {
    t.at++;
    d->year = year, d->month = number(&t, 1, 2);
    if (!take(&t, sep)) return false;
    d->day = number(&t, 1, 2);
  } else {
    t = *c;
    int all = number(&t, 8, 8);
    d->year = all / 10000, d->month = all / 100 % 100, d->day = all % 100;
  }
  if (digit_at(&t) || !year_ok(d->year) || !hsy_date_valid(d->year, d->month, d->day)) return false;
  *c = t;
  return true;
}

/* 2024年3月11日, 2024년 3월 11일 */
static bool read_signs(cursor *c, hsy_date *d) {
  static const char *const SIGNS[2][3] = {{"年", "月", "日"}, {"년", "월", "일"}};
  for (int set = 0; set < 2; set++) {
    cursor t = *c;
    int parts[3] = {0};
    int n = 0;
    for (; n < 3; n++) {
      skip_blanks(&t);
      parts[n] = number(&t, 1, 4);
      if (parts[n] < 0 || !hsy_str_starts(hsy_str_slice(t.s, t.at, t.s.len), hsy_str_of(SIGNS[set][n]))) break;
      t.at += 3;
    }
    if (n < 3 || !year_ok(parts[0]) || !hsy_date_valid(parts[0], parts[1], parts[2])) continue;
    d->year = parts[0], d->month = parts[1], d->day = parts[2];
    *c = t;
    return true;
  }
  return false;
}

/* 26 | 01 | 2022 */
static bool read_barred(cursor *c, hsy_date *d) {
  cursor t = *c;
  int parts[3];
  for (int i = 0; i < 3; i++) {
    if (i) {
      skip_blanks(&t);
      if (!take(&t, '|')) return false;
      skip_blanks(&t);
    }
    parts[i] = number(&t, i < 2 ? 2 : 4, i < 2 ? 2 : 4);
  }
  if (!year_ok(parts[2]) || !hsy_date_valid(parts[2], parts[1], parts[0])) return false;
  d->day = parts[0], d->month = parts[1], d->year = parts[2];
  *c = t;
  return true;
}

/* 11.03.2024, 11/3/24, 3/11/2024 */
static bool read_numeric(cursor *c, const hsy_dates *dates, hsy_date *d) {
  cursor t = *c;
  int first = number(&t, 1, 2);
  char sep = (char)peek(&t);
  if (first < 0 || (sep != '.' && sep != '/' && sep != '-')) return false;
  t.at++;
  if (sep == '.') skip_blanks(&t);
  int second = number(&t, 1, 2);
  if (second < 0 || !take(&t, sep)) return false;
  if (sep == '.') skip_blanks(&t);
  int year = number(&t, 2, 4);
  if (year < 0 || digit_at(&t)) return false;
  year = full_year(year);
  bool swap = (sep != '.' && dates->month_first && first <= 12) || second > 12;
  d->year = year, d->day = swap ? second : first, d->month = swap ? first : second;
  if (!year_ok(year) || !hsy_date_valid(year, d->month, d->day)) return false;
  *c = t;
  return true;
}

static void skip_ordinal(cursor *c) {
  static const char *const ENDS[] = {"st", "nd", "rd", "th", ".", "er", "º"};
  for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
    if (!hsy_str_starts(hsy_str_slice(c->s, c->at, c->s.len), hsy_str_of(ENDS[i]))) continue;
    c->at += (ptrdiff_t)strlen(ENDS[i]);
    return;
  }
}

static void skip_word(cursor *c, const char *word) {
  cursor t = *c;
  skip_blanks(&t);
  if (!hsy_str_starts_nocase(hsy_str_slice(t.s, t.at, t.s.len), hsy_str_of(word))) return;
  t.at += (ptrdiff_t)strlen(word);
  if (peek(&t) == ' ') *c = t;
}

/* A year behind day and month; left alone where there is none. Two digits do where a hyphen stands before them, as in
 * 30-Apr-15, or an apostrophe. */
static void read_year(cursor *c, hsy_date *d, bool hyphened) {
  cursor t = *c;
  take(&t, ',');
  skip_word(&t, "de");
  skip_blanks(&t);
  bool apostrophe = take(&t, '\'');
  int year = number(&t, 4, 4);
  if (year < 0 && (hyphened || apostrophe) && (year = number(&t, 2, 2)) >= 0) year = full_year(year);
  if (!year_ok(year) || digit_at(&t)) return;
  d->year = year;
  *c = t;
}

/* 11 March 2024, 11. März 2024, 11 de marzo de 2024 */
static bool read_day_month(cursor *c, const hsy_dates *dates, hsy_date *d) {
  cursor t = *c;
  d->day = number(&t, 1, 2);
  if (d->day < 0) return false;
  skip_ordinal(&t);
  skip_word(&t, "of");
  skip_word(&t, "de");
  if (peek(&t) == '-') t.at++;
  skip_blanks(&t);
  d->month = month_name(&t, dates);
  if (d->month == 0) return false;
  take(&t, '.');
  bool hyphened = take(&t, '-');
  read_year(&t, d, hyphened);
  if (!hsy_date_valid(d->year, d->month, d->day)) return false;
  *c = t;
  return true;
}

static void read_time(cursor *c, hsy_date *d);

/* "08:57:00 2015" behind month and day, as asctime writes it. */
static void read_time_and_year(cursor *c, hsy_date *d) {
  cursor t = *c;
  hsy_date timed = *d;
  read_time(&t, &timed);
  if (timed.hour < 0) return;
  read_year(&t, &timed, false);
  if (timed.year == 0) return;
  *d = timed;
  *c = t;
}

/* March 11, 2024; Mar. 11; Mar 11 09:30:00 2024 */
static bool read_month_day(cursor *c, const hsy_dates *dates, hsy_date *d) {
  cursor t = *c;
  d->month = month_name(&t, dates);
  if (d->month == 0) return false;
  take(&t, '.');
  skip_blanks(&t);
  d->day = number(&t, 1, 2);
  if (d->day < 0) return false;
  if (peek(&t) != '.') skip_ordinal(&t);
  read_year(&t, d, false);
  if (d->year == 0) read_time_and_year(&t, d);
  if (!hsy_date_valid(d->year, d->month, d->day)) return false;
  *c = t;
  return true;
}

/* "Mon, " or "Tuesday, ": any word with a comma may stand before the date. */
static void skip_weekday(cursor *c, const hsy_dates *dates) {
  cursor t = *c;
  if (month_name(&t, dates)) return;
  ptrdiff_t letters = 0;
  while (t.at < t.s.len) {
    ptrdiff_t next = t.at;
    if (!hsy_is_letter(hsy_utf8_next(t.s, &next))) break;
    t.at = next, letters++;
  }
  take(&t, '.');
  if (letters < 2 || letters > 12) return;
  if (!take(&t, ',') && peek(&t) != ' ') return;
  skip_blanks(&t);
  cursor probe = t;
  if (digit_at(&t) || month_name(&probe, dates)) *c = t;
}

static bool read_zone(cursor *c, hsy_date *d) {
  cursor t = *c;
  skip_blanks(&t);
  static const struct {
    const char *name;
    int zone;
  } NAMES[] = {{"Z", 0},      {"GMT", 0},    {"UTC", 0},    {"UT", 0},     {"EST", -300},
               {"EDT", -240}, {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360},
               {"PST", -480}, {"PDT", -420}, {"CET", 60},   {"CEST", 120}, {"BST", 60}};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
    ptrdiff_t len = (ptrdiff_t)strlen(NAMES[i].name);
    hsy_str rest = hsy_str_slice(t.s, t.at, t.s.len);
    if (!hsy_str_starts(rest, hsy_str_of(NAMES[i].name)) || (rest.len > len && hsy_is_letter(rest.data[len]))) continue;
    d->has_zone = true, d->zone = NAMES[i].zone;
    t.at += len;
    *c = t;
    return true;
  }
  int sign = peek(&t) == '+' ? 1 : peek(&t) == '-' ? -1 : 0;
  if (!sign) return false;
  t.at++;
  int hours = number(&t, 2, 2), minutes;
  if (hours < 0) {
    int all = number(&t, 4, 4);
    if (all < 0) return false;
    hours = all / 100, minutes = all % 100;
  } else {
    take(&t, ':');
    minutes = number(&t, 2, 2);
    if (minutes < 0) minutes = 0;
  }
  if (hours > 14 || minutes > 59) return false;
  d->has_zone = true, d->zone = sign * (60 * hours + minutes);
  *c = t;
  return true;
}

/* "am", "p.m.": the hour by it; false where it cannot be. */
static bool read_half(cursor *c, int *hour) {
  static const struct {
    const char *text;
    bool after_noon;
  } HALVES[] = {{"a.m.", false}, {"am", false}, {"p.m.", true}, {"pm", true}};
  cursor t = *c;
  skip_blanks(&t);
  for (size_t i = 0; i < sizeof HALVES / sizeof *HALVES; i++) {
    hsy_str rest = hsy_str_slice(t.s, t.at, t.s.len), text = hsy_str_of(HALVES[i].text);
    if (!hsy_str_starts_nocase(rest, text) || (rest.len > text.len && hsy_is_letter(rest.data[text.len]))) continue;
    if (*hour > 12) return false;
    *hour = *hour % 12 + (HALVES[i].after_noon ? 12 : 0);
    t.at += text.len;
    *c = t;
    return true;
  }
  return false;
}

/* "09:30:15.123", "9.30" (where a zone or half tells that it is a time), "9" (where a half does). */
static bool read_clock(cursor *c, hsy_date *d) {
  cursor t = *c;
  int hour = number(&t, 1, 2), minute = 0, second = 0;
  if (hour < 0) return false;
  bool colon = take(&t, ':'), stop = !colon && take(&t, '.');
  if ((colon || stop) && (minute = number(&t, 2, 2)) < 0) return false;
  if (colon) {
    cursor behind = t;
    if (take(&behind, ':') && (second = number(&behind, 2, 2)) >= 0) t = behind;
    if (second < 0) second = 0;
    behind = t;
    if (take(&behind, '.') && digit_at(&behind)) {
      while (digit_at(&behind)) behind.at++;
      t = behind;
    }
  }
  bool half = read_half(&t, &hour);
  if (hour > 23 || minute > 59 || second > 60) return false;
  hsy_date timed = *d;
  timed.hour = hour, timed.minute = minute, timed.second = second;
  bool zone = read_zone(&t, &timed);
  if (!colon && !half && !(stop && zone)) return false;
  *d = timed;
  *c = t;
  return true;
}

/* What may stand between a day and its time. */
static void skip_to_time(cursor *c) {
  take(c, ',');
  skip_blanks(c);
  if (take(c, '|') || take(c, '-')) skip_blanks(c);
  skip_word(c, "at");
  skip_blanks(c);
}

/* "T09:30:00.123Z", " 09:30", ", 9:30 pm", " at 9 a.m." */
static void read_time(cursor *c, hsy_date *d) {
  cursor t = *c;
  if (!take(&t, 'T') && !take(&t, 't')) skip_to_time(&t);
  if (read_clock(&t, d)) *c = t;
}

bool hsy_date_read(const hsy_dates *dates, hsy_str s, bool need_year, hsy_date *out, ptrdiff_t *end) {
  cursor c = {s, 0};
  skip_blanks(&c);
  skip_weekday(&c, dates);
  hsy_date d = {.hour = -1};
  bool found = read_iso(&c, &d);
  if (!found) d = (hsy_date){.hour = -1}, found = read_signs(&c, &d);
  if (!found) d = (hsy_date){.hour = -1}, found = read_barred(&c, &d);
  if (!found) d = (hsy_date){.hour = -1}, found = read_numeric(&c, dates, &d);
  if (!found) d = (hsy_date){.hour = -1}, found = read_day_month(&c, dates, &d);
  if (!found) d = (hsy_date){.hour = -1}, found = read_month_day(&c, dates, &d);
  if (!found || (need_year && d.year == 0)) return false;
  if (d.hour < 0) read_time(&c, &d);
  *out = d;
  if (end) *end = c.at;
  return true;
}

bool hsy_date_may_begin(hsy_str s, ptrdiff_t at) {
  ptrdiff_t end = at + HSY_DATE_REACH < s.len ? at + HSY_DATE_REACH : s.len;
  for (; at < end; at++)
    if (s.data[at] >= '0' && s.data[at] <= '9') return true;
  return false;
}

bool hsy_date_find(const hsy_dates *dates, hsy_str s, hsy_date *out) {
  bool in_word = false;
  for (ptrdiff_t at = 0; at < s.len;) {
    ptrdiff_t next = at;
    int32_t c = hsy_utf8_next(s, &next);
    bool word = hsy_is_letter(c) || hsy_is_digit(c);
    bool tried = word && !in_word && hsy_date_may_begin(s, at);
    if (tried && hsy_date_read(dates, hsy_str_slice(s, at, s.len), true, out, NULL)) return true;
    in_word = word;
    at = next;
  }
  return false;
}
