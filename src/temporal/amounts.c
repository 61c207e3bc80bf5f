#include "temporal/readers.h"

enum { QUARTER_REACH = 150 }; /* tokens over which "a year ago" still speaks of the quarter */

/* An amount of one unit, in thousandths; vague ("several"): -1. */
typedef struct amount {
  int64_t thousandths;
  char unit;
} amount;

/* Decades and centuries in years, fortnights in weeks. */
static amount in_plain_units(amount a) {
  static const struct {
    char from, to;
    int64_t times;
  } by[] = {{'X', 'Y', 10}, {'C', 'Y', 100}, {'F', 'W', 2}};
  for (size_t i = 0; i < sizeof by / sizeof *by; i++)
    if (by[i].from == a.unit) return (amount){a.thousandths < 0 ? -1 : by[i].times * a.thousandths, by[i].to};
  return a;
}

static amount amount_of(const hsy_time_context *c, const hsy_time_view *v) {
  const hsy_time_item *number = hsy_view_find(c, v, HSY_TC(NUM) | HSY_TC(VAGUE));
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT) | HSY_TC(UNITS));
  bool halved = hsy_view_find(c, v, HSY_TC(HALF)) != NULL, one = hsy_view_find(c, v, HSY_TC(A)) != NULL;
  amount a = {0, unit->unit};
  if (hsy_view_find(c, v, HSY_TC(A)) && number && hsy_view_find(c, v, HSY_TC(OR))) number = NULL; // "a year or two"
  if (number && (number->classes & HSY_TC(NUM)))
    a.thousandths = 1000 * (int64_t)number->value + number->thousandths + (halved ? 500 : 0);
  else if (number || (!one && !halved))
    a.thousandths = -1;
  else if (halved)
    a.thousandths = 500 + (hsy_view_find(c, v, HSY_TC(AND)) ? 1000 : 0); // "half a year", "a year and a half"
  else
    a.thousandths = 1000;
  return in_plain_units(a);
}

static hsy_str period(hsy_arena *arena, amount a) {
  a = in_plain_units(a);
  static const struct {
    char unit;
    const char *before, *after;
  } forms[] = {{'S', "PT", "S"}, {'T', "PT", "M"}, {'H', "PT", "H"}, {'D', "P", "D"}, {'W', "P", "W"},
               {'E', "P", "WE"}, {'M', "P", "M"},  {'Q', "P", "Q"},  {'Y', "P", "Y"}};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (forms[i].unit != a.unit) continue;
    long long whole = a.thousandths / 1000, rest = a.thousandths % 1000;
    if (a.thousandths < 0) return hsy_str_printf(arena, "%sX%s", forms[i].before, forms[i].after);
    if (rest == 0) return hsy_str_printf(arena, "%s%lld%s", forms[i].before, whole, forms[i].after);
    if (a.unit == 'Y' && rest == 500 && whole) return hsy_str_printf(arena, "P%lldY6M", whole);
    if (a.unit == 'Y' && rest == 500) return hsy_str_of("P6M");
    if (a.unit == 'T' && rest == 500) return hsy_str_printf(arena, "PT%lldM30S", whole);
    if (a.unit == 'H' && rest == 500 && whole) return hsy_str_printf(arena, "PT%lldH30M", whole);
    if (a.unit == 'H' && rest == 500) return hsy_str_of("PT30M");
    int digits = rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3;
    long long shown = digits == 1 ? rest / 100 : digits == 2 ? rest / 10 : rest;
    return hsy_str_printf(arena, "%s%lld.%0*lld%s", forms[i].before, whole, digits, shown, forms[i].after);
  }
  return (hsy_str){0};
}

/* "a quarter of", "a second term", "three quarters" are no durations. */
static bool is_other_sense(const hsy_time_context *c, const hsy_time_view *v, char unit) {
  if (unit == 'S') return hsy_view_find(c, v, HSY_TC(A)) != NULL;
  return unit == 'Q' && !hsy_view_find(c, v, HSY_TC(THE) | HSY_TC(PAST) | HSY_TC(LAST) | HSY_TC(NEXT) | HSY_TC(FIRST));
}

bool hsy_read_duration(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  amount a = amount_of(c, v);
  if (is_other_sense(c, v, a.unit)) return false;
  bool plain = !hsy_view_find(c, v, HSY_TC(NUM) | HSY_TC(VAGUE) | HSY_TC(A) | HSY_TC(UNITS) | HSY_TC(HALF));
  if (plain) a = (amount){1000, hsy_view_find(c, v, HSY_TC(UNIT))->unit}; // "day-long", "the past year"
  out->type = "DURATION";
  out->value = period(c->arena, a);
  return true;
}

bool hsy_read_half_duration(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  out->type = "DURATION";
  out->value = period(c->arena, amount_of(c, v));
  return true;
}

/* "for weeks" */
bool hsy_read_bare_units(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  amount a = {-1, hsy_view_find(c, v, HSY_TC(UNITS))->unit};
  if (a.unit == 'Q' || a.unit == 'S') return false;
  out->type = "DURATION";
  out->value = period(c->arena, a);
  return true;
}

/* "recent years", "coming weeks" */
bool hsy_read_recent_units(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  if (!hsy_read_bare_units(c, v, out)) return false;
  out->type = "DATE";
  out->value = hsy_str_of(hsy_view_find(c, v, HSY_TC(PAST)) ? "PAST_REF" : "FUTURE_REF");
  return true;
}

/* Ages of people are no times: taken, and nothing said. */
bool hsy_read_age(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  amount a = amount_of(c, v);
  if (a.unit == 'Y') return true;
  out->type = "DURATION";
  out->value = period(c->arena, a);
  return true;
}

bool hsy_read_rate(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *word = hsy_view_find(c, v, HSY_TC(FREQ)), *unit = hsy_view_find(c, v, HSY_TC(UNIT));
  out->type = "SET";
  out->value = word ? word->text : period(c->arena, (amount){1000, unit->unit});
  return true;
}

static hsy_str every_value(hsy_arena *arena, const hsy_time_item *item) {
  static const char seasons[][3] = {"SP", "SU", "FA", "WI"};
  if (item->classes & HSY_TC(MONTH)) return hsy_str_printf(arena, "XXXX-%02d", item->value);
  if (item->classes & HSY_TC(WEEKDAY)) return hsy_str_printf(arena, "XXXX-WXX-%d", item->value);
  if (item->classes & HSY_TC(SEASON)) return hsy_str_printf(arena, "XXXX-%s", seasons[(item->value - 1) & 3]);
  if (item->classes & HSY_TC(PART)) return hsy_str_printf(arena, "XXXX-XX-XXT%.*s", HSY_FMT(item->text));
  return hsy_str_of("P1Y");
}

bool hsy_read_every(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *unit = hsy_view_find(c, v, HSY_TC(UNIT) | HSY_TC(UNITS));
  const hsy_time_item *number = hsy_view_find(c, v, HSY_TC(NUM) | HSY_TC(ORD));
  out->type = "SET";
  if (unit)
    out->value = period(c->arena, (amount){number ? 1000 * (int64_t)number->value : 1000, unit->unit});
  else
    out->value = every_value(c->arena, &v->items[v->match->end - 1]);
  return true;
}

static hsy_moment step_amount(hsy_moment from, amount a, int sign) {
  hsy_grain grain = hsy_unit_grain(a.unit);
  if (grain == HSY_GRAIN_NONE || from.grain < grain) return (hsy_moment){0};
  return hsy_moment_step(hsy_moment_coarsen(from, grain), sign * (a.thousandths / 1000));
}

static bool is_one_year(amount a) { return a.unit == 'Y' && a.thousandths == 1000; }

/* The quarter that the passage is about, if any. */
static hsy_moment quarter_here(const hsy_time_context *c, const hsy_time_view *v) {
  bool near = v->items[v->match->first].first - c->quarter_token < QUARTER_REACH;
  return near ? c->quarter : (hsy_moment){0};
}

bool hsy_read_ago(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  amount a = amount_of(c, v);
  out->type = "DATE";
  if (hsy_unit_grain(a.unit) == HSY_GRAIN_NONE) {
    out->moment = c->published; // "a few minutes ago": still that day
  } else if (a.thousandths < 0) {
    out->value = hsy_str_of("PAST_REF");
  } else {
    hsy_moment quarter = quarter_here(c, v);
    bool of_quarter = is_one_year(a) && quarter.grain != HSY_GRAIN_NONE;
    out->moment = of_quarter ? hsy_moment_step(hsy_moment_coarsen(quarter, HSY_GRAIN_QUARTER), -4)
                             : step_amount(c->published, a, -1);
  }
  return true;
}

/* "before" and "after" with nothing behind them that they could govern. */
static bool is_adverb(const hsy_time_context *c, const hsy_time_view *v, const hsy_time_item *word) {
  if (!hsy_str_eq(word->text, HSY_S("before")) && !hsy_str_eq(word->text, HSY_S("after"))) return true;
  int32_t next = v->items[v->match->end - 1].end;
  return next >= c->sentence->end || c->doc->tokens.data[next].kind == HSY_TOKEN_PUNCT;
}

bool hsy_read_offset(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  const hsy_time_item *word = hsy_view_find(c, v, HSY_TC(EARLIER) | HSY_TC(LATER));
  bool later = word->classes & HSY_TC(LATER);
  amount a = amount_of(c, v);
  if (hsy_view_find(c, v, HSY_TC(THE))) a.thousandths = 1000;
  if (!is_adverb(c, v, word)) return false;
  out->type = "DATE";
  bool fine = hsy_unit_grain(a.unit) == HSY_GRAIN_NONE;
  hsy_moment quarter = quarter_here(c, v), from = hsy_context_anchor(c, fine ? HSY_GRAIN_DAY : hsy_unit_grain(a.unit));
  if (fine)
    out->moment = from; // "hours later": still that day
  else if (a.thousandths < 0)
    out->value = hsy_str_of(later ? "FUTURE_REF" : "PAST_REF");
  else if (is_one_year(a) && !later && quarter.grain != HSY_GRAIN_NONE)
    out->moment = hsy_moment_step(hsy_moment_coarsen(quarter, HSY_GRAIN_QUARTER), -4);
  else
    out->moment = step_amount(from, a, later ? 1 : -1);
  return true;
}

/* "the year-ago quarter", "year-earlier results" */
bool hsy_read_year_ago(hsy_time_context *c, const hsy_time_view *v, hsy_reading *out) {
  hsy_moment quarter = c->quarter;
  bool of_quarter = quarter.grain != HSY_GRAIN_NONE;
  if (!of_quarter && hsy_view_find(c, v, HSY_TC(QUARTER))) {
    quarter = hsy_moment_step(hsy_moment_coarsen(c->published, HSY_GRAIN_QUARTER), -1);
    of_quarter = true;
  }
  out->type = "DATE";
  out->moment = of_quarter ? hsy_moment_step(hsy_moment_coarsen(quarter, HSY_GRAIN_QUARTER), -4)
                           : hsy_moment_step(hsy_moment_coarsen(c->published, HSY_GRAIN_YEAR), -1);
  return true;
}
