#include "temporal/calendar.h"

enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };

static const hsy_moment no_moment = {HSY_GRAIN_NONE, 0, 0, 0};

static bool is_leap(int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int32_t month_days(int32_t year, int32_t month) {
  static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

bool hsy_calendar_valid(int32_t year, int32_t month, int32_t day) {
  return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
         day <= month_days(year, month);
}

int64_t hsy_calendar_days(int32_t year, int32_t month, int32_t day) {
  int64_t y = (int64_t)year - (month <= 2); // years begin in March, so that a leap day is the last
  int64_t era = y / 400, of_era = y - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int hsy_calendar_weekday(int64_t days) {
  int64_t w = (days + 3) % 7; // 1970-01-01 was a Thursday
  return (int)(w < 0 ? w + 7 : w) + 1;
}

hsy_moment hsy_moment_day(int32_t year, int32_t month, int32_t day) {
  if (!hsy_calendar_valid(year, month, day)) return no_moment;
  return (hsy_moment){HSY_GRAIN_DAY, year, month, day};
}

hsy_moment hsy_moment_of(hsy_grain grain, int32_t year, int32_t part) {
  if (year < FIRST_YEAR - 1 || year > LAST_YEAR || (year == 0 && grain != HSY_GRAIN_CENTURY)) return no_moment;
  return (hsy_moment){grain, year, part, 0};
}

hsy_moment hsy_moment_from_days(int64_t days) {
  static const int64_t limit = 4000000; // beyond the year 9999 on either side
  if (days < -limit || days > limit) return no_moment;
  int64_t z = days + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
  int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
  int32_t month = (int32_t)(m < 10 ? m + 3 : m - 9);
  return hsy_moment_day((int32_t)(y + era * 400 + (month <= 2)), month, (int32_t)(of_year - (153 * m + 2) / 5 + 1));
}

/* Monday of an ISO week: the first week holds 4 January. */
static int64_t week_start(int32_t year, int32_t week) {
  int64_t fourth = hsy_calendar_days(year, 1, 4);
  return fourth - (hsy_calendar_weekday(fourth) - 1) + 7 * ((int64_t)week - 1);
}

static hsy_moment week_of(int64_t days, hsy_grain grain) {
  hsy_moment thursday = hsy_moment_from_days(days - hsy_calendar_weekday(days) + 4);
  if (thursday.grain == HSY_GRAIN_NONE) return no_moment;
  int64_t of_year = hsy_moment_first(thursday) - hsy_calendar_days(thursday.year, 1, 1);
  return hsy_moment_of(grain, thursday.year, (int32_t)(of_year / 7 + 1));
}

static int32_t first_month(hsy_moment m) {
  switch (m.grain) {
  case HSY_GRAIN_HALF:
    return 6 * (m.part - 1) + 1;
  case HSY_GRAIN_QUARTER:
    return 3 * (m.part - 1) + 1;
  case HSY_GRAIN_SEASON:
    return 3 * m.part; // March, June, September, December
  case HSY_GRAIN_MONTH:
  case HSY_GRAIN_DAY:
    return m.part;
  default:
    return 1;
  }
}

int64_t hsy_moment_first(hsy_moment m) {
  if (m.grain == HSY_GRAIN_WEEK) return week_start(m.year, m.part);
  if (m.grain == HSY_GRAIN_WEEKEND) return week_start(m.year, m.part) + 5;
  return hsy_calendar_days(m.year, first_month(m), m.grain == HSY_GRAIN_DAY ? m.day : 1);
}

int64_t hsy_moment_last(hsy_moment m) {
  hsy_moment next = hsy_moment_step(m, 1);
  if (m.grain == HSY_GRAIN_WEEKEND) return hsy_moment_first(m) + 1;
  return next.grain == HSY_GRAIN_NONE ? hsy_calendar_days(LAST_YEAR, 12, 31) : hsy_moment_first(next) - 1;
}

/* Winter runs over the turn of the year and counts with the year of its December. */
static hsy_moment season_of(hsy_moment day) {
  int32_t shifted = day.part - 3; // months since March
  if (shifted < 0) return hsy_moment_of(HSY_GRAIN_SEASON, day.year - 1, 4);
  return hsy_moment_of(HSY_GRAIN_SEASON, day.year, shifted / 3 + 1);
}

hsy_moment hsy_moment_coarsen(hsy_moment moment, hsy_grain grain) {
  if (moment.grain == HSY_GRAIN_NONE || grain == HSY_GRAIN_NONE) return no_moment;
  hsy_moment day = hsy_moment_from_days(hsy_moment_first(moment));
  switch (grain) {
  case HSY_GRAIN_CENTURY:
    return hsy_moment_of(grain, day.year / 100 * 100, 0);
  case HSY_GRAIN_DECADE:
    return hsy_moment_of(grain, day.year / 10 * 10, 0);
  case HSY_GRAIN_YEAR:
    return hsy_moment_of(grain, day.year, 0);
  case HSY_GRAIN_HALF:
    return hsy_moment_of(grain, day.year, (day.part + 5) / 6);
  case HSY_GRAIN_SEASON:
    return season_of(day);
  case HSY_GRAIN_QUARTER:
    return hsy_moment_of(grain, day.year, (day.part + 2) / 3);
  case HSY_GRAIN_MONTH:
    return hsy_moment_of(grain, day.year, day.part);
  case HSY_GRAIN_WEEK:
  case HSY_GRAIN_WEEKEND:
    return week_of(hsy_moment_first(day), grain);
  default:
    return day;
  }
}

/* part counts from 1 to per_year and carries into the year. */
static hsy_moment step_part(hsy_moment m, int64_t count, int32_t per_year) {
  int64_t n = (int64_t)m.year * per_year + m.part - 1 + count;
  if (n < 0) return no_moment;
  return hsy_moment_of(m.grain, (int32_t)(n / per_year), (int32_t)(n % per_year) + 1);
}

hsy_moment hsy_moment_step(hsy_moment m, int64_t count) {
  static const int64_t limit = 10000000;
  if (count < -limit || count > limit) return no_moment;
  switch (m.grain) {
  case HSY_GRAIN_NONE:
    return m;
  case HSY_GRAIN_CENTURY:
    return hsy_moment_of(m.grain, (int32_t)(m.year + 100 * count), 0);
  case HSY_GRAIN_DECADE:
    return hsy_moment_of(m.grain, (int32_t)(m.year + 10 * count), 0);
  case HSY_GRAIN_YEAR:
    return hsy_moment_of(m.grain, (int32_t)(m.year + count), 0);
  case HSY_GRAIN_HALF:
    return step_part(m, count, 2);
  case HSY_GRAIN_SEASON:
  case HSY_GRAIN_QUARTER:
    return step_part(m, count, 4);
  case HSY_GRAIN_MONTH:
    return step_part(m, count, 12);
  case HSY_GRAIN_WEEK:
  case HSY_GRAIN_WEEKEND:
    return week_of(week_start(m.year, m.part) + 7 * count, m.grain);
  default:
    return hsy_moment_from_days(hsy_moment_first(m) + count);
  }
}

hsy_str hsy_moment_format(hsy_arena *arena, hsy_moment m) {
  static const char seasons[][3] = {"SP", "SU", "FA", "WI"};
  switch (m.grain) {
  case HSY_GRAIN_NONE:
    return (hsy_str){0};
  case HSY_GRAIN_CENTURY:
    return hsy_str_printf(arena, "%02d", m.year / 100);
  case HSY_GRAIN_DECADE:
    return hsy_str_printf(arena, "%03d", m.year / 10);
  case HSY_GRAIN_YEAR:
    return hsy_str_printf(arena, "%04d", m.year);
  case HSY_GRAIN_HALF:
    return hsy_str_printf(arena, "%04d-H%d", m.year, m.part);
  case HSY_GRAIN_SEASON:
    return hsy_str_printf(arena, "%04d-%s", m.year, seasons[(m.part - 1) & 3]);
  case HSY_GRAIN_QUARTER:
    return hsy_str_printf(arena, "%04d-Q%d", m.year, m.part);
  case HSY_GRAIN_MONTH:
    return hsy_str_printf(arena, "%04d-%02d", m.year, m.part);
  case HSY_GRAIN_WEEK:
    return hsy_str_printf(arena, "%04d-W%02d", m.year, m.part);
  case HSY_GRAIN_WEEKEND:
    return hsy_str_printf(arena, "%04d-W%02d-WE", m.year, m.part);
  default:
    return hsy_str_printf(arena, "%04d-%02d-%02d", m.year, m.part, m.day);
  }
}

/* count digits at byte `at`, or -1. */
static int32_t digits_at(hsy_str s, ptrdiff_t at, int count) {
  int32_t value = 0;
  if (at + count > s.len) return -1;
  for (int i = 0; i < count; i++) {
    char c = s.data[at + i];
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

hsy_moment hsy_moment_read(hsy_str iso) {
  if (iso.len < 10 || iso.data[4] != '-' || iso.data[7] != '-') return no_moment;
  if (iso.len > 10 && digits_at(iso, 10, 1) >= 0) return no_moment;
  return hsy_moment_day(digits_at(iso, 0, 4), digits_at(iso, 5, 2), digits_at(iso, 8, 2));
}
