/* Calendar arithmetic: days, ISO weeks, and moments of coarser grain.
 *
 * In. Years 1 to 9999 of the Gregorian calendar, taken to hold for all time.
 * Out. Day numbers, and moments: a day, week, month, quarter, half, season,
 * year, decade or century, which is what a date expression names.
 * Fails when. A day does not exist (31 February) or a result leaves those
 * years: the moment's grain is then HSY_GRAIN_NONE, and it formats as "".
 * Method: days from civil dates by eras of 400 years (H. Hinnant, "chrono-compatible
 * low-level date algorithms").
 */
#ifndef HSY_TEMPORAL_CALENDAR_H
#define HSY_TEMPORAL_CALENDAR_H

#include "base/str.h"

typedef enum hsy_grain {
  HSY_GRAIN_NONE,
  HSY_GRAIN_CENTURY,
  HSY_GRAIN_DECADE,
  HSY_GRAIN_YEAR,
  HSY_GRAIN_HALF,
  HSY_GRAIN_SEASON,
  HSY_GRAIN_QUARTER,
  HSY_GRAIN_MONTH,
  HSY_GRAIN_WEEK,
  HSY_GRAIN_WEEKEND,
  HSY_GRAIN_DAY
} hsy_grain;

/* part: the month, week (of an ISO year), quarter, half, or season (1 spring,
 * 2 summer, 3 autumn, 4 winter); unused for years and coarser. A decade's year
 * is its first, a century's too (1900 for the 20th). */
typedef struct hsy_moment {
  hsy_grain grain;
  int32_t year;
  int32_t part;
  int32_t day; /* of the month, HSY_GRAIN_DAY only */
} hsy_moment;

bool hsy_calendar_valid(int32_t year, int32_t month, int32_t day);
/* Days since 1970-01-01; the date must be valid. */
int64_t hsy_calendar_days(int32_t year, int32_t month, int32_t day);
int hsy_calendar_weekday(int64_t days); /* 1 Monday … 7 Sunday */

/* The day, or grain NONE where it does not exist. */
hsy_moment hsy_moment_day(int32_t year, int32_t month, int32_t day);
/* grain: of year and part only; NONE where the year is out of range. */
hsy_moment hsy_moment_of(hsy_grain grain, int32_t year, int32_t part);
hsy_moment hsy_moment_from_days(int64_t days);
/* The first day of what the moment names, as a day number. */
int64_t hsy_moment_first(hsy_moment moment);
int64_t hsy_moment_last(hsy_moment moment);
/* The moment of that grain that holds the first day of this one. */
hsy_moment hsy_moment_coarsen(hsy_moment moment, hsy_grain grain);
/* count steps of the moment's own grain later, or earlier where negative. */
hsy_moment hsy_moment_step(hsy_moment moment, int64_t count);

/* TIMEX3: "1998-02-13", "1998-W07", "1998-W07-WE", "1998-02", "1989-Q3",
 * "1990-H1", "1998-SU", "1998", "197", "19". */
hsy_str hsy_moment_format(hsy_arena *arena, hsy_moment moment);
/* Reads "2024-03-11", also with what follows it; NONE where it is no day. */
hsy_moment hsy_moment_read(hsy_str iso);

#endif
