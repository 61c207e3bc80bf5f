/* Dates as articles write them, into ISO 8601.
 *
 * In. Text that begins with a date, or holds one; the names of months.
 * Out. Year, month, day, and where given time and zone.
 * Owns. Nothing.
 * Fails when. There is no date: false. Dates that cannot be (31 February) are none.
 *
 * Day before month where numbers alone do not tell (03.04.2021, 03/04/2021),
 * unless the caller says otherwise.
 */
#ifndef HSY_FORMAT_DATE_H
#define HSY_FORMAT_DATE_H

#include "base/lexicon.h"

typedef struct hsy_date {
  int year, month, day;     /* year 0: not given */
  int hour, minute, second; /* hour -1: no time */
  bool has_zone;
  int zone; /* minutes east of Greenwich */
} hsy_date;

typedef struct hsy_dates {
  hsy_lexicon months;
  bool month_first; /* 03/04/2021 is the fourth of March; format/order.h tells */
} hsy_dates;

bool hsy_dates_load(hsy_dates *dates, hsy_arena *arena, hsy_error *err);

/* A date at the start of s (blanks before it are stepped over); *end, which may
 * be NULL, is the byte behind it. need_year: a day and month alone do not do. */
bool hsy_date_read(const hsy_dates *dates, hsy_str s, bool need_year, hsy_date *out, ptrdiff_t *end);
enum { HSY_DATE_REACH = 40 }; /* bytes to the first digit: a day of the week and a month in any script */
/* Whether a date can begin at byte `at`: a digit stands there or close behind. Cheap. */
bool hsy_date_may_begin(hsy_str s, ptrdiff_t at);
/* The first date with a year anywhere in s. */
bool hsy_date_find(const hsy_dates *dates, hsy_str s, hsy_date *out);
bool hsy_date_valid(int year, int month, int day);

/* "2024-03-11", "2024-03-11T09:30:00+01:00". */
hsy_str hsy_date_iso(const hsy_date *date, hsy_arena *arena);
/* Days since 1 March of year 0, for distances. */
int32_t hsy_date_days(const hsy_date *date);

#endif
