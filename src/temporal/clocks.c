#include "temporal/readers.h"

static bool is_told(const hsy_time_context *c, const hsy_time_view *v, const hsy_time_item *clock) {
  if (clock->classes & (HSY_TC(AMPM) | HSY_TC(NOON))) return true;
  if (hsy_view_find(c, v, HSY_TC(AMPM) | HSY_TC(ZONE) | HSY_TC(OCLOCK))) return true;
  const hsy_time_item *before = hsy_view_before(v);
  return before && (before->classes & HSY_TC(PREP));
}

static int32_t minutes_of(const hsy_time_item *clock) {
  if (clock->classes & (HSY_TC(CLOCK) | HSY_TC(NOON))) return clock->value;
  return clock->classes & HSY_TC(HOUR) ? 60 * clock->value : 60 * (clock->value / 100) + clock->value % 100;
}

bool hsy_read_clock(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *clock = &v->items[v->match->first], *half = hsy_view_find(c, v, HSY_TC(AMPM));
  int32_t minutes = minutes_of(clock);
  if (!is_told(c, v, clock)) return false;
  if (half && half != clock) {
    if (minutes / 60 > 12 || minutes < 60) return false;
    minutes = minutes % 720 + 60 * half->value;
  }
  out->type = "TIME";
  out->minutes = minutes;
  out->day_open = true;
  out->moment = c->published;
  return true;
}
