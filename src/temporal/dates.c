#include "temporal/readers.h"

static const hsy_moment none = {HSY_GRAIN_NONE, 0, 0, 0};

const hsy_time_item *hsy_view_find(const hsy_time_context *c, const hsy_time_view *v, uint64_t class) {
  return hsy_match_find(c->patterns, v->match, v->items, class);
}

const hsy_time_item *hsy_view_before(const hsy_time_view *v) {
  return v->match->first > 0 ? &v->items[v->match->first - 1] : NULL;
}

hsy_direction hsy_view_tense(const hsy_time_context *c, const hsy_time_view *v) {
  return hsy_tense_of(c->doc, c->verbs, c->sentence, v->items[v->match->first].first, v->items[v->match->end - 1].end);
}

hsy_grain hsy_unit_grain(char unit) {
  static const struct {
    char unit;
    hsy_grain grain;
  } grains[] = {{'D', HSY_GRAIN_DAY},     {'W', HSY_GRAIN_WEEK}, {'E', HSY_GRAIN_WEEKEND}, {'M', HSY_GRAIN_MONTH},
                {'Q', HSY_GRAIN_QUARTER}, {'Y', HSY_GRAIN_YEAR}, {'X', HSY_GRAIN_DECADE},  {'C', HSY_GRAIN_CENTURY}};
  for (size_t i = 0; i < sizeof grains / sizeof *grains; i++)
    if (grains[i].unit == unit) return grains[i].grain;
  return HSY_GRAIN_NONE;
}

/* -1, 0 or 1 for "last", "this", "next" and their like; 0 where none is there. */
static int step_word(const hsy_time_context *c, const hsy_time_view *v) {
  if (hsy_view_find(c, v, HSY_TC(LAST) | HSY_TC(PAST) | HSY_TC(PREVIOUS))) return -1;
  return hsy_view_find(c, v, HSY_TC(NEXT) | HSY_TC(FOLLOWING)) ? 1 : 0;
}

static bool is_relative(const hsy_time_context *c, const hsy_time_view *v) {
  return hsy_view_find(c, v,
                       HSY_TC(LAST) | HSY_TC(PAST) | HSY_TC(PREVIOUS) | HSY_TC(NEXT) | HSY_TC(FOLLOWING) |
                           HSY_TC(THIS) | HSY_TC(THAT)) != NULL;
}

hsy_moment hsy_context_anchor(const hsy_time_context *c, hsy_grain grain) {
  if (c->anchor.grain == HSY_GRAIN_NONE) return c->published;
  return c->anchor.grain < grain ? c->anchor_day : c->anchor;
}

static int64_t distance(int64_t a, int64_t b) { return a < b ? b - a : a - b; }

/* The year of a day without one: that of the nearest such day, unless it is
 * about half a year off either way and the tense tells. */
static int32_t nearest_year(const hsy_time_context *c, int32_t month, int32_t day, hsy_direction tense) {
  enum { UNSURE = 145 }; // days
  int64_t today = hsy_moment_first(c->published), best = INT64_MAX;
  int32_t found = c->published.year;
  for (int32_t y = found - 1; y <= c->published.year + 1; y++) {
    if (!hsy_calendar_valid(y, month, day)) continue;
    int64_t then = hsy_calendar_days(y, month, day), away = distance(then, today);
    if (away > UNSURE && (tense == HSY_BACK ? then > today : tense == HSY_AHEAD && then < today)) away += 366;
    if (away < best) {
      best = away;
      found = y;
    }
  }
  return found;
}

/* The year of a month without one, by the same rule. */
static int32_t month_year(const hsy_time_context *c, int32_t month, hsy_direction tense) {
  enum { UNSURE = 4 };
  int32_t back = (c->published.part - month + 12) % 12, ahead = (12 - back) % 12;
  bool forward = back > UNSURE && (ahead < UNSURE || tense == HSY_AHEAD);
  if (back <= UNSURE && back > 2 && tense == HSY_AHEAD) forward = true;
  return (12 * c->published.year + c->published.part - 1 + (forward ? ahead : -back)) / 12;
}

static int32_t year_of(const hsy_time_context *c, const hsy_time_view *v, int32_t month, int32_t day) {
  const hsy_time_item *year = hsy_view_find(c, v, HSY_TC(YEAR));
  if (year) return year->value;
  bool yearly = hsy_view_find(c, v, HSY_TC(YEARLY)) != NULL;
  if (yearly && hsy_view_find(c, v, HSY_TC(THAT))) return hsy_context_anchor(c, HSY_GRAIN_YEAR).year;
  if (c->published.grain == HSY_GRAIN_NONE) return 0;
  if (yearly) return c->published.year + step_word(c, v);
  hsy_direction tense = hsy_view_tense(c, v);
  return day ? nearest_year(c, month, day, tense) : month_year(c, month, tense);
}

bool hsy_read_day(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *month = hsy_view_find(c, v, HSY_TC(MONTH)), *day = hsy_view_find(c, v, HSY_TC(DAY));
  out->type = "DATE";
  out->moment = hsy_moment_day(year_of(c, v, month->value, day->value), month->value, day->value);
  return true;
}

bool hsy_read_iso(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  int32_t value = hsy_view_find(c, v, HSY_TC(ISO))->value;
  out->type = "DATE";
  out->moment = hsy_moment_day(value / 10000, value / 100 % 100, value % 100);
  return true;
}

bool hsy_read_month(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  int32_t month = hsy_view_find(c, v, HSY_TC(MONTH))->value;
  out->type = "DATE";
  out->moment = hsy_moment_of(HSY_GRAIN_MONTH, year_of(c, v, month, 0), month);
  return true;
}

/* "may", "march", "fall": a time only where a preposition or the like says so. */
static bool is_doubtful(const hsy_time_view *v, const hsy_time_item *item) {
  if (item->unit != '?' || v->match->end - v->match->first > 1) return false;
  const hsy_time_item *before = hsy_view_before(v);
  return !before || !(before->classes & (HSY_TC(PREP) | HSY_TC(EARLY) | HSY_TC(AND) | HSY_TC(OR)));
}

bool hsy_read_bare_month(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  if (is_doubtful(v, hsy_view_find(c, v, HSY_TC(MONTH)))) return false;
  return hsy_read_month(c, v, out);
}

bool hsy_read_relative_month(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  int32_t month = hsy_view_find(c, v, HSY_TC(MONTH))->value, year = 0;
  bool from_text = hsy_view_find(c, v, HSY_TC(FOLLOWING) | HSY_TC(PREVIOUS)) != NULL;
  hsy_moment from = from_text ? hsy_context_anchor(c, HSY_GRAIN_YEAR) : c->published;
  int step = step_word(c, v);
  if (from.grain != HSY_GRAIN_NONE) {
    int32_t now = hsy_moment_coarsen(from, HSY_GRAIN_MONTH).part;
    year = from.year;
    if (step < 0 && month >= now) year--;
    if (step > 0 && month <= now) year++;
    if (step == 0 && month < now && hsy_view_tense(c, v) == HSY_AHEAD && now - month > 6) year++;
  }
  out->type = "DATE";
  out->moment = hsy_moment_of(HSY_GRAIN_MONTH, year, month);
  return true;
}

bool hsy_read_year(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *year = hsy_view_find(c, v, HSY_TC(YEAR)), *before = hsy_view_before(v);
  bool told = hsy_view_find(c, v, HSY_TC(YEARLY) | HSY_TC(FISCAL)) ||
              (before && (before->classes & (HSY_TC(PREP) | HSY_TC(EARLY))));
  if (!told && (year->value < 1900 || year->value > 2050 || (year->spelled && year->value % 100 == 0))) return false;
  if (before && (before->classes & HSY_TC(COUNTED))) return false; // "$1989"
  out->type = "DATE";
  out->moment = hsy_moment_of(HSY_GRAIN_YEAR, year->value, 0);
  return true;
}

/* "the '90s" */
static bool follows_apostrophe(const hsy_time_context *c, const hsy_time_item *item) {
  if (item->first == 0) return false;
  hsy_str mark = hsy_doc_token(c->doc, item->first - 1);
  return hsy_str_eq(mark, HSY_S("'")) || hsy_str_eq(mark, HSY_S("’")) || hsy_str_eq(mark, HSY_S("‘"));
}

bool hsy_read_decade(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *decade = hsy_view_find(c, v, HSY_TC(DECADE));
  if (decade->unit == '?' && !hsy_view_find(c, v, HSY_TC(THE)) && !follows_apostrophe(c, decade)) return false;
  out->type = "DATE";
  out->moment = hsy_moment_of(HSY_GRAIN_DECADE, decade->value, 0);
  return true;
}

bool hsy_read_century(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  out->type = "DATE";
  out->moment = hsy_moment_of(HSY_GRAIN_CENTURY, 100 * (hsy_view_find(c, v, HSY_TC(ORD))->value - 1), 0);
  return true;
}

static hsy_moment season_near(const hsy_time_context *c, const hsy_time_view *v, int32_t season) {
  bool from_text = hsy_view_find(c, v, HSY_TC(FOLLOWING) | HSY_TC(PREVIOUS) | HSY_TC(THAT)) != NULL;
  hsy_moment from = from_text ? hsy_context_anchor(c, HSY_GRAIN_YEAR) : c->published;
  if (from.grain == HSY_GRAIN_NONE) return none;
  hsy_moment now = hsy_moment_coarsen(from, HSY_GRAIN_SEASON);
  int32_t year = now.year;
  int step = step_word(c, v);
  bool ahead = step > 0 || (step == 0 && hsy_view_tense(c, v) == HSY_AHEAD);
  if (step < 0 && season >= now.part) year--;
  if (ahead && (step > 0 ? season <= now.part : season < now.part)) year++;
  if (step == 0 && !ahead && !is_relative(c, v) && season > now.part) year--;
  return hsy_moment_of(HSY_GRAIN_SEASON, year, season);
}

bool hsy_read_season(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *season = hsy_view_find(c, v, HSY_TC(SEASON)), *year = hsy_view_find(c, v, HSY_TC(YEAR));
  bool early = hsy_view_find(c, v, HSY_TC(EARLY)) != NULL, the = hsy_view_find(c, v, HSY_TC(THE)) != NULL;
  const hsy_time_item *before = hsy_view_before(v);
  bool told = year || early || is_relative(c, v) || (before && (before->classes & (HSY_TC(IN) | HSY_TC(EARLY))));
  if (!told && !(the && season->unit != '?')) return false;
  out->type = "DATE";
  if (year)
    out->moment = hsy_moment_of(HSY_GRAIN_SEASON, year->value, season->value);
  else if (hsy_view_find(c, v, HSY_TC(YEARLY)))
    out->moment = hsy_moment_of(HSY_GRAIN_SEASON, year_of(c, v, 1, 0), season->value);
  else
    out->moment = season_near(c, v, season->value);
  return true;
}

/* Days from `from` to that weekday: 0 is the day itself. */
static int weekday_step(hsy_moment from, int32_t weekday, hsy_direction direction, bool other_day) {
  int now = hsy_calendar_weekday(hsy_moment_first(from)), ahead = (weekday - now + 7) % 7;
  if (direction == HSY_AHEAD) return ahead == 0 && other_day ? 7 : ahead;
  return ahead == 0 ? (other_day ? -7 : 0) : ahead - 7;
}

static hsy_moment weekday_of_week(const hsy_time_context *c, const hsy_time_view *v, int32_t weekday) {
  bool from_text = hsy_view_find(c, v, HSY_TC(THAT)) != NULL;
  hsy_moment from = from_text ? hsy_context_anchor(c, HSY_GRAIN_DAY) : c->published;
  if (from.grain == HSY_GRAIN_NONE) return none;
  hsy_moment week = hsy_moment_step(hsy_moment_coarsen(from, HSY_GRAIN_WEEK), step_word(c, v));
  return week.grain == HSY_GRAIN_NONE ? none : hsy_moment_from_days(hsy_moment_first(week) + weekday - 1);
}

/* "by Monday", "until 9 a.m. Tuesday" */
static bool is_deadline(const hsy_time_view *v) {
  static const uint64_t clock = HSY_TC(HOUR) | HSY_TC(CLOCK) | HSY_TC(NOON) | HSY_TC(AMPM) | HSY_TC(ZONE);
  int32_t at = v->match->first - 1;
  while (at >= 0 && (v->items[at].classes & clock)) at--;
  return at >= 0 && hsy_str_eq(v->items[at].text, HSY_S("ahead"));
}

static hsy_moment weekday_near(const hsy_time_context *c, const hsy_time_view *v, int32_t weekday) {
  bool from_text = hsy_view_find(c, v, HSY_TC(FOLLOWING) | HSY_TC(PREVIOUS) | HSY_TC(THAT)) != NULL;
  hsy_moment from = from_text ? hsy_context_anchor(c, HSY_GRAIN_DAY) : c->published;
  if (from.grain == HSY_GRAIN_NONE) return none;
  int step = step_word(c, v);
  hsy_direction direction = step ? (hsy_direction)step : hsy_view_tense(c, v);
  const hsy_time_item *last = &v->items[v->match->end - 1];
  bool owns = last->end < c->doc->tokens.len && (c->doc->tokens.data[last->end].flags & HSY_TOKEN_SUFFIX);
  if (!step && owns) direction = HSY_BACK; // "Wednesday's ruling"
  if (!step && is_deadline(v)) direction = HSY_AHEAD;
  if (!step && direction == HSY_UNTOLD) direction = hsy_view_find(c, v, HSY_TC(THIS)) ? HSY_AHEAD : HSY_BACK;
  return hsy_moment_from_days(hsy_moment_first(from) + weekday_step(from, weekday, direction, step != 0));
}

bool hsy_read_weekday(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *weekday = hsy_view_find(c, v, HSY_TC(WEEKDAY)), *part = hsy_view_find(c, v, HSY_TC(PART));
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT));
  if (is_doubtful(v, weekday)) return false;
  if (hsy_view_find(c, v, HSY_TC(THE)) && !is_relative(c, v)) return false;
  if (unit && unit->unit != 'W') return false;
  out->type = part ? "TIME" : "DATE";
  out->moment = unit ? weekday_of_week(c, v, weekday->value) : weekday_near(c, v, weekday->value);
  if (part) out->part = part->text;
  return true;
}

bool hsy_read_dayword(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *word = hsy_view_find(c, v, HSY_TC(DAYWORD)), *unit = hsy_view_find(c, v, HSY_TC(UNIT));
  const hsy_time_item *part = hsy_view_find(c, v, HSY_TC(PART) | HSY_TC(NIGHTLY));
  if (unit && unit->unit != 'D') return false;
  int step = !word ? 0 : word->unit == '-' ? -word->value : word->value;
  if (unit) step += hsy_view_find(c, v, HSY_TC(LATER)) ? 1 : -1;
  out->type = part ? "TIME" : "DATE";
  out->moment = hsy_moment_step(c->published, step);
  if (part) out->part = part->text;
  return true;
}

bool hsy_read_part(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *part = hsy_view_find(c, v, HSY_TC(PART));
  bool from_text = hsy_view_find(c, v, HSY_TC(FOLLOWING) | HSY_TC(PREVIOUS) | HSY_TC(NEXT) | HSY_TC(THAT)) != NULL;
  hsy_moment from = from_text ? hsy_context_anchor(c, HSY_GRAIN_DAY) : c->published;
  out->type = "TIME";
  out->moment = from.grain == HSY_GRAIN_DAY ? hsy_moment_step(from, step_word(c, v)) : none;
  out->part = part->text;
  return true;
}

static hsy_moment step_grain(hsy_moment from, hsy_grain grain, int64_t step) {
  if (from.grain == HSY_GRAIN_NONE || grain == HSY_GRAIN_NONE || from.grain < grain) return none;
  return hsy_moment_step(hsy_moment_coarsen(from, grain), step);
}

bool hsy_read_relative_unit(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT) | HSY_TC(YEARLY));
  hsy_grain grain = hsy_unit_grain(unit->unit);
  bool hyphened = unit && !v->items[v->match->first].closes; // "last-minute"
  if (grain == HSY_GRAIN_NONE || hyphened) return false;
  out->type = "DATE";
  out->moment = step_grain(c->published, grain, step_word(c, v));
  return true;
}

bool hsy_read_text_unit(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  hsy_grain grain = hsy_unit_grain(hsy_view_find(c, v, HSY_TC(UNIT))->unit);
  if (grain == HSY_GRAIN_NONE) return false;
  out->type = "DATE";
  out->moment = step_grain(hsy_context_anchor(c, grain), grain, step_word(c, v));
  return true;
}

static hsy_moment the_quarter(hsy_time_context *c, hsy_reading *out) {
  if (c->quarter.grain == HSY_GRAIN_NONE && c->published.grain != HSY_GRAIN_NONE)
    out->value = hsy_str_printf(c->arena, "%04d-QX", c->published.year);
  return c->quarter;
}

/* A Sunday's "the weekend" is this one, a Monday's the one before. */
static hsy_moment the_weekend(const hsy_time_context *c, const hsy_time_view *v) {
  hsy_moment now = step_grain(c->published, HSY_GRAIN_WEEKEND, 0);
  bool over = now.grain != HSY_GRAIN_NONE && hsy_calendar_weekday(hsy_moment_first(c->published)) < 6;
  return over && hsy_view_tense(c, v) != HSY_AHEAD ? hsy_moment_step(now, -1) : now;
}

/* "the year ended Sept. 30" is any twelve months. */
static bool is_business_year(const hsy_time_context *c, const hsy_time_view *v) {
  int32_t next = v->items[v->match->end - 1].end;
  return next < c->sentence->end && hsy_str_starts(hsy_doc_token(c->doc, next), HSY_S("end"));
}

/* "the year", "the weekend", "the end of the month"; "the day" is mostly any day. */
bool hsy_read_the_unit(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  char unit = hsy_view_find(c, v, HSY_TC(UNIT))->unit;
  bool part_of = hsy_view_find(c, v, HSY_TC(START)) != NULL;
  out->type = "DATE";
  if (unit == 'Q') {
    out->moment = the_quarter(c, out);
  } else if (unit == 'E') {
    out->moment = the_weekend(c, v);
  } else if (unit == 'Y' && is_business_year(c, v)) {
    out->type = "DURATION";
    out->value = hsy_str_of("P1Y");
  } else if (unit == 'Y' || unit == 'W' || (part_of && unit != 'D')) {
    out->moment = step_grain(c->published, hsy_unit_grain(unit), 0);
  } else {
    return false;
  }
  return true;
}

bool hsy_read_latest(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT));
  hsy_grain grain = unit ? hsy_unit_grain(unit->unit) : HSY_GRAIN_QUARTER;
  out->type = "DATE";
  if (grain == HSY_GRAIN_NONE) return false;
  if (grain != HSY_GRAIN_QUARTER)
    out->moment = step_grain(c->published, grain, 0);
  else if (c->quarter.grain != HSY_GRAIN_NONE)
    out->moment = c->quarter;
  else
    out->moment = step_grain(c->published, grain, -1);
  return true;
}

bool hsy_read_week_of(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  hsy_grain grain = hsy_unit_grain(hsy_view_find(c, v, HSY_TC(UNIT))->unit);
  if (grain != HSY_GRAIN_WEEK && grain != HSY_GRAIN_WEEKEND) return false;
  if (!hsy_read_day(c, v, out)) return false;
  out->moment = step_grain(out->moment, grain, 0);
  return true;
}

bool hsy_read_year_end(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  if (!hsy_str_eq(hsy_view_find(c, v, HSY_TC(START))->text, HSY_S("end"))) return false;
  out->type = "DATE";
  out->moment = hsy_moment_day(c->published.year, 12, 31);
  return true;
}

/* Day of the month of the nth weekday; n 5: the last. */
static int32_t nth_weekday(int32_t year, int32_t month, int32_t n, int32_t weekday) {
  if (!hsy_calendar_valid(year, month, 1)) return 0;
  int first = hsy_calendar_weekday(hsy_calendar_days(year, month, 1));
  int32_t day = 1 + (weekday - first + 7) % 7 + 7 * (n - 1);
  return hsy_calendar_valid(year, month, day) ? day : day - 7;
}

/* Easter Sunday by the Gregorian computus (anonymous algorithm, 1876). */
static hsy_moment easter(int32_t year) {
  int32_t a = year % 19, b = year / 100, c = year % 100;
  int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7, m = (a + 11 * h + 22 * l) / 451;
  return hsy_moment_day(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

/* code: "12-25", "11/4/4", "+1": as the word list says. */
static hsy_moment holiday_in(hsy_str code, int32_t year) {
  char sign = code.data[0];
  int32_t n[3] = {0, 0, 0}, count = 0;
  for (ptrdiff_t i = 0; i < code.len && count < 3; i++) {
    if (code.data[i] >= '0' && code.data[i] <= '9')
      n[count] = 10 * n[count] + (code.data[i] - '0');
    else if (i > 0)
      count++;
  }
  if (sign == '+' || sign == '-') return hsy_moment_step(easter(year), sign == '+' ? n[0] : -n[0]);
  if (count == 2) return hsy_moment_day(year, n[0], nth_weekday(year, n[0], n[1], n[2]));
  return hsy_moment_day(year, n[0], n[1]);
}

static hsy_moment holiday_near(const hsy_time_context *c, hsy_str code, int step) {
  int32_t year = c->published.year;
  int64_t today = hsy_moment_first(c->published);
  hsy_moment day = holiday_in(code, year);
  if (day.grain == HSY_GRAIN_NONE) return day;
  int64_t away = hsy_moment_first(day) - today;
  if (step < 0) return away >= 0 ? holiday_in(code, year - 1) : day;
  if (step > 0) return away <= 0 ? holiday_in(code, year + 1) : day;
  if (away > 183) return holiday_in(code, year - 1);
  return away < -183 ? holiday_in(code, year + 1) : day;
}

bool hsy_read_holiday(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *holiday = hsy_view_find(c, v, HSY_TC(HOLIDAY)), *year = hsy_view_find(c, v, HSY_TC(YEAR));
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT));
  if (unit && unit->unit != 'W' && unit->unit != 'E' && unit->unit != 'D') return false;
  out->type = "DATE";
  if (year)
    out->moment = holiday_in(holiday->text, year->value);
  else if (c->published.grain != HSY_GRAIN_NONE)
    out->moment = holiday_near(c, holiday->text, step_word(c, v));
  if (unit) out->moment = step_grain(out->moment, hsy_unit_grain(unit->unit), 0);
  return true;
}

bool hsy_read_ref(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *ref = hsy_view_find(c, v, HSY_TC(REF));
  bool the = hsy_view_find(c, v, HSY_TC(THE)) != NULL;
  out->value = ref ? ref->text : hsy_str_of("PAST_REF");           // "in the past"
  bool future = ref && hsy_str_eq(ref->text, HSY_S("FUTURE_REF")); // "the future", and not "future demand"
  if (ref && the != future) return false;
  out->type = hsy_str_starts(out->value, HSY_S("PX")) ? "DURATION" : "DATE";
  return true;
}
