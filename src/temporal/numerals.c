#include "temporal/numerals.h"

enum { LONGEST = 12 };

uint64_t hsy_numerals_roles(int32_t value) {
  uint64_t roles = 0;
  if (value >= 1 && value <= 31) roles |= HSY_TC(DAY);
  if (value >= 0 && value <= 24) roles |= HSY_TC(HOUR);
  if (value >= 1000 && value <= 2100) roles |= HSY_TC(YEAR);
  return roles;
}

/* A figure cut up: up to four runs of digits with the byte that parts them,
 * and what follows in letters. */
typedef struct figure {
  int32_t run[4];
  int width[4]; /* digits of the run */
  char part[4]; /* the byte behind the run, 0 at the end */
  int runs;
  hsy_str letters;
} figure;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool cut_up(hsy_str text, figure *f) {
  ptrdiff_t i = 0;
  while (i < text.len && is_digit(text.data[i])) {
    if (f->runs == 4) return false;
    int n = f->runs++;
    while (i < text.len && is_digit(text.data[i]) && f->width[n] < 9) {
      f->run[n] = 10 * f->run[n] + (text.data[i++] - '0');
      f->width[n]++;
    }
    if (i < text.len && !is_digit(text.data[i]) && i + 1 < text.len && is_digit(text.data[i + 1]))
      f->part[n] = text.data[i++];
  }
  f->letters = hsy_str_slice(text, i, text.len);
  return f->letters.len <= 2;
}

static bool date_item(hsy_time_item *item, int32_t year, int32_t month, int32_t day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  item->classes = HSY_TC(ISO);
  item->value = year * 10000 + month * 100 + day;
  return true;
}

static int32_t full_year(int32_t year, int width) {
  if (width > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

/* "3/11/2004": by the article's order, else the month first, unless that cannot be. */
static bool slashed_date(const figure *f, bool day_first, hsy_time_item *item) {
  if ((f->width[2] != 2 && f->width[2] != 4) || f->width[0] > 2 || f->width[1] > 2) return false;
  int32_t year = full_year(f->run[2], f->width[2]);
  bool day = f->run[0] > 12 || (day_first && f->run[1] <= 12);
  return day ? date_item(item, year, f->run[1], f->run[0]) : date_item(item, year, f->run[0], f->run[1]);
}

static bool is_am_pm(hsy_str letters, bool *afternoon) {
  *afternoon = hsy_str_eq_nocase(letters, HSY_S("pm"));
  return *afternoon || hsy_str_eq_nocase(letters, HSY_S("am"));
}

/* Minutes since midnight; the item's value. */
static bool clock_item(hsy_time_item *item, int32_t hour, int32_t minute, hsy_str letters) {
  bool afternoon = false, told = is_am_pm(letters, &afternoon);
  if (hour > 24 || minute > 59 || (letters.len && !told) || (told && (hour > 12 || hour == 0))) return false;
  if (told) hour = hour % 12 + (afternoon ? 12 : 0);
  item->classes = HSY_TC(CLOCK) | (told ? HSY_TC(AMPM) : 0);
  item->value = 60 * hour + minute;
  return true;
}

static bool plain_number(const figure *f, hsy_str letters, hsy_time_item *item) {
  int32_t value = f->run[0];
  bool ordinal = hsy_str_eq_nocase(letters, HSY_S("th")) || hsy_str_eq_nocase(letters, HSY_S("st")) ||
                 hsy_str_eq_nocase(letters, HSY_S("nd")) || hsy_str_eq_nocase(letters, HSY_S("rd"));
  item->value = value;
  if (ordinal)
    item->classes = HSY_TC(ORD) | (hsy_numerals_roles(value) & HSY_TC(DAY));
  else if (hsy_str_eq(letters, HSY_S("s")) && value % 10 == 0 && (f->width[0] == 4 || f->width[0] == 2)) {
    item->classes = HSY_TC(DECADE);
    item->value = f->width[0] == 2 ? 1900 + value : value;
    if (f->width[0] == 2) item->unit = '?'; // "in his 30s"
  } else if (letters.len == 0) {
    item->classes = HSY_TC(NUM) | hsy_numerals_roles(value);
    if (f->width[0] == 4 && value / 100 < 24 && value % 100 < 60) item->classes |= HSY_TC(MILITARY);
    if (f->width[0] != 4) item->classes &= ~HSY_TC(YEAR);
  }
  return item->classes != 0;
}

static bool grouped_number(const figure *f, hsy_time_item *item) {
  int64_t value = f->run[0];
  for (int i = 1; i < f->runs; i++) {
    if (f->width[i] != 3) return false;
    value = 1000 * value + f->run[i];
  }
  if (value > 999999999) return false;
  item->value = (int32_t)value;
  item->classes = HSY_TC(NUM);
  return true;
}

static bool decimal_number(const figure *f, hsy_time_item *item) {
  if (f->width[1] > 3) return false;
  static const int32_t scale[] = {0, 100, 10, 1};
  item->value = f->run[0];
  item->thousandths = f->run[1] * scale[f->width[1]];
  item->classes = HSY_TC(NUM);
  return true;
}

static bool two_runs(const figure *f, hsy_time_item *item) {
  bool afternoon;
  switch (f->part[0]) {
  case ':':
    return f->width[1] == 2 && clock_item(item, f->run[0], f->run[1], f->letters);
  case '.':
    if (is_am_pm(f->letters, &afternoon)) return clock_item(item, f->run[0], f->run[1], f->letters);
    return f->letters.len == 0 && decimal_number(f, item);
  case ',':
    return f->letters.len == 0 && grouped_number(f, item);
  case '/':
    if (f->letters.len || f->run[0] >= f->run[1] || f->run[1] > 4) return false;
    item->classes = HSY_TC(NUM);
    item->thousandths = 1000 * f->run[0] / f->run[1];
    return true;
  case '-': // "1995-96", "1995-1997": the year in which it begins
    if (f->letters.len || f->width[0] != 4 || f->run[0] < 1000 || f->run[0] > 2100) return false;
    if (f->width[1] == 2 ? f->run[1] <= f->run[0] % 100 : f->width[1] != 4 || f->run[1] <= f->run[0]) return false;
    item->classes = HSY_TC(YEAR);
    item->value = f->run[0];
    return true;
  default:
    return false;
  }
}

static bool three_runs(const figure *f, bool day_first, hsy_time_item *item) {
  if (f->part[0] == ',') return f->letters.len == 0 && grouped_number(f, item);
  if (f->part[0] != f->part[1] || f->letters.len) return false;
  if (f->part[0] == '/') return slashed_date(f, day_first, item);
  if (f->part[0] == '-') return f->width[0] == 4 && date_item(item, f->run[0], f->run[1], f->run[2]);
  if (f->part[0] == ':') return clock_item(item, f->run[0], f->run[1], (hsy_str){0});
  return false;
}

bool hsy_numerals_read(hsy_str text, bool day_first, hsy_time_item *item) {
  figure f = {0};
  if (text.len > LONGEST || !cut_up(text, &f)) return false;
  if (f.runs == 2) return two_runs(&f, item);
  if (f.runs == 3) return three_runs(&f, day_first, item);
  if (f.runs != 1) return false;
  bool afternoon;
  if (is_am_pm(f.letters, &afternoon)) return clock_item(item, f.run[0], 0, f.letters);
  return plain_number(&f, f.letters, item);
}
