#include "temporal/readers.h"

static bool is_next(const hsy_time_context *c, const hsy_time_view *v) { return hsy_view_find(c, v, HSY_TC(NEXT)); }

/* The latest of that quarter (or half) that has begun, or one later in the
 * year where the clause speaks of the future. */
static hsy_moment nearest(const hsy_time_context *c, const hsy_time_view *v, hsy_grain grain, int32_t part) {
  if (c->published.grain == HSY_GRAIN_NONE) return (hsy_moment){0};
  int32_t now = hsy_moment_coarsen(c->published, grain).part, year = c->published.year;
  if (part > now && hsy_view_tense(c, v) != HSY_AHEAD) year--;
  return hsy_moment_of(grain, year, part);
}

/* 0 where no year is told. */
static int32_t told_year(const hsy_time_context *c, const hsy_time_view *v) {
  const hsy_time_item *year = hsy_view_find(c, v, HSY_TC(YEAR));
  if (year) return year->value;
  if (!hsy_view_find(c, v, HSY_TC(YEARLY)) || c->published.grain == HSY_GRAIN_NONE) return 0;
  if (hsy_view_find(c, v, HSY_TC(LAST))) return c->published.year - 1;
  return c->published.year + (is_next(c, v) ? 1 : 0);
}

static void remember(hsy_time_context *c, const hsy_time_view *v, hsy_moment quarter) {
  c->quarter = quarter;
  c->quarter_token = v->items[v->match->first].first;
}

bool hsy_read_quarter(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  int32_t part = hsy_view_find(c, v, HSY_TC(ORD))->value, year = told_year(c, v);
  if (part < 1 || part > 4) return false;
  bool ago = hsy_view_find(c, v, HSY_TC(AGO) | HSY_TC(EARLIER)) != NULL;
  out->type = "DATE";
  out->moment = year && !ago ? hsy_moment_of(HSY_GRAIN_QUARTER, year, part) : nearest(c, v, HSY_GRAIN_QUARTER, part);
  if (ago)
    out->moment = hsy_moment_step(out->moment, -4);
  else
    remember(c, v, out->moment);
  return true;
}

/* "the 1988 quarter", "last year's period": that which the passage is about, in another year. */
bool hsy_read_same_quarter(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  int32_t year = told_year(c, v);
  out->type = "DATE";
  out->moment = c->quarter.grain == HSY_GRAIN_NONE ? hsy_moment_of(HSY_GRAIN_YEAR, year, 0)
                                                   : hsy_moment_of(c->quarter.grain, year, c->quarter.part);
  return true;
}

bool hsy_read_half_year(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *ordinal = hsy_view_find(c, v, HSY_TC(ORD));
  int32_t part = ordinal ? ordinal->value : 2, year = told_year(c, v); // "the last half"
  if (part < 1 || part > 2) return false;
  out->type = "DATE";
  out->moment = year ? hsy_moment_of(HSY_GRAIN_HALF, year, part) : nearest(c, v, HSY_GRAIN_HALF, part);
  remember(c, v, out->moment);
  return true;
}

/* "the first two quarters of 1990" */
bool hsy_read_quarter_span(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  if (hsy_view_find(c, v, HSY_TC(NUM))->value != 2) return false;
  out->type = "DATE";
  out->moment = hsy_moment_of(HSY_GRAIN_HALF, told_year(c, v), hsy_view_find(c, v, HSY_TC(FIRST)) ? 1 : 2);
  return true;
}
