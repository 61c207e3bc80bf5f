/* Readers: what a matched pattern means.
 *
 * In. A match and its context: the day of publication, what the text named
 * before, the tense of the clause.
 * Out. A reading: TIMEX3 type and value.
 * Owns. Values lie in the context's arena.
 * Fails when. The words only look like a time ("may", "fall"): false, and the
 * match is dropped. A value that cannot be told is empty, no failure.
 */
#ifndef HSY_TEMPORAL_READERS_H
#define HSY_TEMPORAL_READERS_H

#include "temporal/calendar.h"
#include "temporal/patterns.h"
#include "temporal/tense.h"

typedef struct hsy_time_context {
  const hsy_doc *doc;
  const hsy_lexicon *verbs;
  const hsy_patterns *patterns;
  hsy_arena *arena;
  hsy_moment published;  /* grain NONE where the day is not known */
  hsy_moment anchor;     /* the date named last, NONE where there is none */
  hsy_moment anchor_day; /* the day named last */
  hsy_moment quarter;    /* the quarter or half named last */
  int32_t quarter_token; /* where */
  const hsy_sentence *sentence;
} hsy_time_context;

typedef struct hsy_time_view {
  const hsy_match *match;
  const hsy_time_item *items;
  int32_t count; /* items of the run */
} hsy_time_view;

typedef struct hsy_reading {
  const char *type;  /* static */
  hsy_moment moment; /* of a date, and of a time's day */
  hsy_str value;     /* where the moment does not give it */
  int32_t minutes;   /* since midnight, of a time; else -1 */
  bool day_open;     /* a time without its day: takes that of a date beside it */
  hsy_str part;      /* of the day: "EV" */
} hsy_reading;

typedef bool hsy_time_reader(hsy_time_context *context, const hsy_time_view *view, hsy_reading *out);

/* The first matched item of the class, NULL for none. */
const hsy_time_item *hsy_view_find(const hsy_time_context *context, const hsy_time_view *view, uint64_t class);
/* The item right before the match, NULL for none. */
const hsy_time_item *hsy_view_before(const hsy_time_view *view);
/* What "the following day" and "that year" start from: the date named last,
 * or the day named last where that is too coarse for the grain. */
hsy_moment hsy_context_anchor(const hsy_time_context *context, hsy_grain grain);
hsy_direction hsy_view_tense(const hsy_time_context *context, const hsy_time_view *view);
hsy_grain hsy_unit_grain(char unit); /* NONE for units below a day */

/* dates.c: days, months, years, weekdays and what is relative to the day of publication */
hsy_time_reader hsy_read_day, hsy_read_iso, hsy_read_month, hsy_read_bare_month, hsy_read_relative_month, hsy_read_year,
    hsy_read_decade, hsy_read_century, hsy_read_season, hsy_read_weekday, hsy_read_dayword, hsy_read_relative_unit,
    hsy_read_text_unit, hsy_read_the_unit, hsy_read_holiday, hsy_read_week_of, hsy_read_year_end, hsy_read_ref,
    hsy_read_latest;
/* counted_days.c: weekdays counted from the day of publication */
hsy_time_reader hsy_read_before_last, hsy_read_weekdays_ago, hsy_read_weeks_before, hsy_read_day_of_month;
/* amounts.c: durations, rates, and distances from a day */
hsy_time_reader hsy_read_duration, hsy_read_half_duration, hsy_read_bare_units, hsy_read_recent_units, hsy_read_age,
    hsy_read_rate, hsy_read_every, hsy_read_ago, hsy_read_offset, hsy_read_year_ago;
/* quarters.c: quarters and halves of a year */
hsy_time_reader hsy_read_quarter, hsy_read_same_quarter, hsy_read_half_year, hsy_read_quarter_span;
/* clocks.c: times of day */
hsy_time_reader hsy_read_clock, hsy_read_part;

#endif
