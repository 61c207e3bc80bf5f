#include "temporal/readers.h"

/* Weekdays that are counted back or ahead: "the Saturday before last", "two
 * Mondays ago", "a week ago on Monday", "a week last Tuesday". */

/* Days from `from` back to the weekday; 7 where it is that weekday. */
static int days_back(hsy_moment from, int32_t weekday) {
  int back = (hsy_calendar_weekday(hsy_moment_first(from)) - weekday + 7) % 7;
  return back == 0 ? 7 : back;
}

/* The weekday before the day of publication, `weeks` weeks earlier. */
static hsy_moment weekday_before(const hsy_time_context *c, int32_t weekday, int64_t weeks) {
  if (c->published.grain != HSY_GRAIN_DAY || weekday < 1 || weekday > 7) return (hsy_moment){0};
  return hsy_moment_from_days(hsy_moment_first(c->published) - days_back(c->published, weekday) - 7 * weeks);
}

static bool is_word(const hsy_time_item *item, const char *word) { return hsy_str_eq(item->text, hsy_str_of(word)); }

/* "the Saturday before last", "the week before last", "the night before last" */
bool hsy_read_before_last(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *weekday = hsy_view_find(c, v, HSY_TC(WEEKDAY)), *unit = hsy_view_find(c, v, HSY_TC(UNIT));
  const hsy_time_item *part = hsy_view_find(c, v, HSY_TC(PART));
  if (!is_word(hsy_view_find(c, v, HSY_TC(EARLIER)), "before")) return false;
  out->type = part ? "TIME" : "DATE";
  if (weekday) {
    out->moment = weekday_before(c, weekday->value, 1);
  } else if (part) {
    out->moment = hsy_moment_step(c->published, -2);
    out->part = part->text;
  } else {
    hsy_grain grain = hsy_unit_grain(unit->unit);
    if (grain == HSY_GRAIN_NONE || c->published.grain < grain) return false;
    out->moment = hsy_moment_step(hsy_moment_coarsen(c->published, grain), -2);
  }
  return true;
}

/* Of "XXXX-WXX-1", the value of "Mondays"; 0 where it is no weekday's. */
static int32_t weekday_of_set(const hsy_time_item *item) {
  hsy_str before = HSY_S("XXXX-WXX-");
  return hsy_str_starts(item->text, before) && item->text.len == before.len + 1 ? item->text.data[before.len] - '0' : 0;
}

/* "two Mondays ago" */
bool hsy_read_weekdays_ago(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  int32_t weekday = weekday_of_set(hsy_view_find(c, v, HSY_TC(FREQ)));
  const hsy_time_item *number = hsy_view_find(c, v, HSY_TC(NUM));
  if (!weekday || number->value < 1) return false;
  out->type = "DATE";
  out->moment = weekday_before(c, weekday, number->value - 1);
  return true;
}

/* "a week ago on Monday", "two weeks ago last Friday", "a week last Tuesday",
 * "Monday a fortnight ago": from the weekday before the day of publication. */
bool hsy_read_weeks_before(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT) | HSY_TC(UNITS));
  const hsy_time_item *number = hsy_view_find(c, v, HSY_TC(NUM));
  int64_t weeks = unit->unit == 'W' ? 1 : unit->unit == 'F' ? 2 : 0;
  if (!weeks) return false;
  out->type = "DATE";
  out->moment = weekday_before(c, hsy_view_find(c, v, HSY_TC(WEEKDAY))->value, weeks * (number ? number->value : 1));
  return true;
}

/* "the 3rd of last month", "on the 12th of this month" */
bool hsy_read_day_of_month(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *day = hsy_view_find(c, v, HSY_TC(DAY));
  if (hsy_view_find(c, v, HSY_TC(UNIT))->unit != 'M' || c->published.grain < HSY_GRAIN_MONTH) return false;
  int step = hsy_view_find(c, v, HSY_TC(LAST)) ? -1 : hsy_view_find(c, v, HSY_TC(NEXT)) ? 1 : 0;
  hsy_moment month = hsy_moment_step(hsy_moment_coarsen(c->published, HSY_GRAIN_MONTH), step);
  out->type = "DATE";
  out->moment = hsy_moment_day(month.year, month.part, day->value);
  return true;
}
