/* Days, weeks, and moments of coarser grain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "temporal/calendar.h"

static hsy_heap *heap;
static hsy_arena arena;

static int setup(void **state) {
  (void)state;
  heap = hsy_heap_new((size_t)16 << 20, NULL);
  arena = hsy_heap_reset(heap);
  return heap ? 0 : -1;
}

static int teardown(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

static void days_agree_with_the_system(void **state) {
  (void)state;
  for (int64_t day = -200000; day < 200000; day += 37) {
    time_t seconds = (time_t)(day * 86400);
    struct tm tm;
    assert_non_null(gmtime_r(&seconds, &tm));
    hsy_moment m = hsy_moment_from_days(day);
    assert_int_equal(m.year, tm.tm_year + 1900);
    assert_int_equal(m.part, tm.tm_mon + 1);
    assert_int_equal(m.day, tm.tm_mday);
    assert_int_equal(hsy_calendar_weekday(day), tm.tm_wday ? tm.tm_wday : 7);
    assert_int_equal(hsy_calendar_days(m.year, m.part, m.day), day);
  }
}

static void weeks_agree_with_the_system(void **state) {
  (void)state;
  for (int64_t day = -20000; day < 40000; day += 3) {
    time_t seconds = (time_t)(day * 86400);
    struct tm tm;
    char want[16];
    gmtime_r(&seconds, &tm);
    strftime(want, sizeof want, "%G-W%V", &tm);
    hsy_moment week = hsy_moment_coarsen(hsy_moment_from_days(day), HSY_GRAIN_WEEK);
    hsy_str got = hsy_moment_format(&arena, week);
    assert_true(hsy_str_eq(got, hsy_str_of(want)));
    assert_true(hsy_moment_first(week) <= day && day <= hsy_moment_last(week));
  }
}

static void days_that_do_not_exist_are_none(void **state) {
  (void)state;
  assert_int_equal(hsy_moment_day(2024, 2, 31).grain, HSY_GRAIN_NONE);
  assert_int_equal(hsy_moment_day(2023, 2, 29).grain, HSY_GRAIN_NONE);
  assert_int_equal(hsy_moment_day(1900, 2, 29).grain, HSY_GRAIN_NONE);
  assert_int_equal(hsy_moment_day(2000, 2, 29).grain, HSY_GRAIN_DAY);
  assert_int_equal(hsy_moment_day(2024, 13, 1).grain, HSY_GRAIN_NONE);
  assert_int_equal(hsy_moment_day(0, 1, 1).grain, HSY_GRAIN_NONE);
  assert_int_equal(hsy_moment_day(10000, 1, 1).grain, HSY_GRAIN_NONE);
  assert_int_equal(hsy_moment_read(HSY_S("2024-02-3x")).grain, HSY_GRAIN_NONE);
}

static void steps_carry(void **state) {
  (void)state;
  static const struct {
    hsy_moment from;
    int64_t count;
    const char *to;
  } rows[] = {
      {{HSY_GRAIN_DAY, 2024, 2, 28}, 2, "2024-03-01"},
      {{HSY_GRAIN_DAY, 2024, 1, 1}, -1, "2023-12-31"},
      {{HSY_GRAIN_MONTH, 2024, 1, 0}, -1, "2023-12"},
      {{HSY_GRAIN_MONTH, 2024, 11, 0}, 14, "2026-01"},
      {{HSY_GRAIN_QUARTER, 2024, 1, 0}, -4, "2023-Q1"},
      {{HSY_GRAIN_HALF, 2024, 2, 0}, 1, "2025-H1"},
      {{HSY_GRAIN_SEASON, 2023, 4, 0}, 1, "2024-SP"},
      {{HSY_GRAIN_WEEK, 2020, 53, 0}, 1, "2021-W01"},
      {{HSY_GRAIN_WEEKEND, 2021, 1, 0}, -1, "2020-W53-WE"},
      {{HSY_GRAIN_YEAR, 1, 0, 0}, -1, ""},
      {{HSY_GRAIN_YEAR, 9999, 0, 0}, 1, ""},
      {{HSY_GRAIN_DECADE, 1990, 0, 0}, -1, "198"},
      {{HSY_GRAIN_CENTURY, 1900, 0, 0}, -1, "18"},
      {{HSY_GRAIN_DAY, 2024, 1, 1}, INT64_MAX, ""},
      {{HSY_GRAIN_DAY, 2024, 1, 1}, INT64_MIN, ""},
      {{HSY_GRAIN_MONTH, 1, 1, 0}, -1, ""},
      {{HSY_GRAIN_NONE, 0, 0, 0}, 1, ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    hsy_str got = hsy_moment_format(&arena, hsy_moment_step(rows[i].from, rows[i].count));
    if (!hsy_str_eq(got, hsy_str_of(rows[i].to))) print_error("row %zu: %.*s\n", i, HSY_FMT(got));
    assert_true(hsy_str_eq(got, hsy_str_of(rows[i].to)));
  }
}

static void coarser_grains_hold_the_day(void **state) {
  (void)state;
  static const hsy_grain grains[] = {HSY_GRAIN_CENTURY, HSY_GRAIN_DECADE,  HSY_GRAIN_YEAR,  HSY_GRAIN_HALF,
                                     HSY_GRAIN_SEASON,  HSY_GRAIN_QUARTER, HSY_GRAIN_MONTH, HSY_GRAIN_WEEK};
  for (int64_t day = -30000; day < 30000; day += 11)
    for (size_t g = 0; g < sizeof grains / sizeof *grains; g++) {
      hsy_moment m = hsy_moment_coarsen(hsy_moment_from_days(day), grains[g]);
      assert_true(hsy_moment_first(m) <= day && day <= hsy_moment_last(m));
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_agree_with_the_system),      cmocka_unit_test(weeks_agree_with_the_system),
      cmocka_unit_test(days_that_do_not_exist_are_none), cmocka_unit_test(steps_carry),
      cmocka_unit_test(coarser_grains_hold_the_day),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
