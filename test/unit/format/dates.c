/* Dates as articles write them, datelines, bylines, furniture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/byline.h"
#include "format/dateline.h"
#include "format/furniture.h"

static hsy_heap *heap;
static hsy_arena arena;

static int set_up(void **state) {
  (void)state;
  if (!heap) heap = hsy_heap_new((size_t)64 << 20, NULL);
  arena = hsy_heap_reset(heap);
  return heap ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  return 0;
}

static int last(void **state) {
  (void)state;
  hsy_heap_free(heap);
  heap = NULL;
  return 0;
}

static void same(hsy_str got, const char *want) {
  if (!hsy_str_eq(got, hsy_str_of(want))) fail_msg("\"%.*s\" is not \"%s\"", HSY_FMT(got), want);
}

static void reads_dates(void **state) {
  (void)state;
  static const struct {
    const char *text, *iso;
  } CASES[] = {
      {"2024-03-11", "2024-03-11"},
      {"2024-03-11T09:30:00Z", "2024-03-11T09:30:00+00:00"},
      {"2024-03-11T09:30:00.123+0100", "2024-03-11T09:30:00+01:00"},
      {"Mon, 11 Mar 2024 09:30:00 EST", "2024-03-11T09:30:00-05:00"},
      {"March 11, 2024", "2024-03-11"},
      {"Mar. 11, 2024, 9:30 pm", "2024-03-11T21:30:00"},
      {"11. M\xc3\xa4rz 2024", "2024-03-11"},
      {"11 de marzo de 2024", "2024-03-11"},
      {"11.03.2024", "2024-03-11"},
      {"11.3.24", "2024-03-11"},
      {"03/25/2024", "2024-03-25"},
      {"20240311", "2024-03-11"},
      {"2024\xe5\xb9\xb4"
       "3\xe6\x9c\x88"
       "11\xe6\x97\xa5",
       "2024-03-11"},
      {"31.02.2024", NULL},
      {"29.02.2023", NULL},
      {"2024-13-01", NULL},
      {"Marchand 11, 2024", NULL},
      {"version 1.2.3", NULL},
      {"", NULL},
  };
  hsy_dates dates;
  assert_true(hsy_dates_load(&dates, &arena, NULL));
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    hsy_date date;
    bool found = hsy_date_read(&dates, hsy_str_of(CASES[i].text), true, &date, NULL);
    if (found != (CASES[i].iso != NULL)) fail_msg("\"%s\": %d", CASES[i].text, found);
    if (found) same(hsy_date_iso(&date, &arena), CASES[i].iso);
  }
}

static void tells_month_first(void **state) {
  (void)state;
  hsy_dates dates;
  hsy_date date;
  assert_true(hsy_dates_load(&dates, &arena, NULL));
  assert_true(hsy_date_read(&dates, HSY_S("03/04/2021"), true, &date, NULL));
  assert_int_equal(date.month, 4);
  dates.month_first = true;
  assert_true(hsy_date_read(&dates, HSY_S("03/04/2021"), true, &date, NULL));
  assert_int_equal(date.month, 3);
}

static void counts_days(void **state) {
  (void)state;
  hsy_date a = {.year = 2024, .month = 2, .day = 28}, b = {.year = 2024, .month = 3, .day = 1};
  assert_int_equal(hsy_date_days(&b) - hsy_date_days(&a), 2);
  a.year = b.year = 2023;
  assert_int_equal(hsy_date_days(&b) - hsy_date_days(&a), 1);
}

static void reads_datelines(void **state) {
  (void)state;
  static const struct {
    const char *text, *prose, *place, *agency, *day;
  } CASES[] = {
      {"PORT SABINE (ANS) - Henrik spoke.", "Henrik spoke.", "PORT SABINE", "ANS", NULL},
      {"DAMBE, Sothara (TCN) \xe2\x80\x94 Police fired.", "Police fired.", "DAMBE", "TCN", NULL},
      {"TARSK, March 11. /KelPress/. The forces left.", "The forces left.", "TARSK", "KelPress", NULL},
      {"HALMARK, June 3, 2024 - Corvane said.", "Corvane said.", "HALMARK", "", "2024-06-03"},
      {"Shoreline News/ On Tuesday he spoke.", "On Tuesday he spoke.", "", "Shoreline News", NULL},
      {" date 2023-01-12 TARSK, January 12. /KelPress/. Forces left.", "Forces left.", "TARSK", "KelPress",
       "2023-01-12"},
      {"(CWS) - The bridge is shut.", "The bridge is shut.", "", "CWS", NULL},
      {"Orrest (bpa) - Die Br\xc3\xbc"
       "cke.",
       "Die Br\xc3\xbc"
       "cke.",
       "Orrest", "bpa", NULL},
      {"OSTREV \xe2\x80\x94 Four guards died.", "Four guards died.", "OSTREV", "", NULL},
      {"THE government has run out of patience.", NULL, "", "", NULL},
      {"Mara said - and meant it - that she would go.", NULL, "", "", NULL},
      {"PETRIDES: Yes. I wrote it.", NULL, "", "", NULL},
      {"The bank (BOA) said no.", NULL, "", "", NULL},
  };
  hsy_dates dates;
  assert_true(hsy_dates_load(&dates, &arena, NULL));
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    hsy_str text = hsy_str_of(CASES[i].text);
    hsy_dateline line = hsy_dateline_read(&dates, text);
    same(hsy_str_slice(text, line.lead, text.len), CASES[i].prose ? CASES[i].prose : CASES[i].text);
    same(line.place, CASES[i].place);
    same(line.agency, CASES[i].agency);
    assert_int_equal(line.has_date, CASES[i].day != NULL);
    if (line.has_date)
      same(hsy_date_iso(&(hsy_date){line.date.year, line.date.month, line.date.day, -1, 0, 0, 0, 0}, &arena),
           CASES[i].day);
  }
}

static void tells_people(void **state) {
  (void)state;
  static const struct {
    const char *byline, *names;
  } CASES[] = {
      {"By Rosa Thielemann", "Rosa Thielemann;"},
      {"Jude Amankwah and Petra Solis", "Jude Amankwah;Petra Solis;"},
      {"Dev Prakash-Hume, political editor", "Dev Prakash-Hume;"},
      {"Von Anna Gro\xc3\x9f und Max van der Berg", "Anna Gro\xc3\x9f;Max van der Berg;"},
      {"Tribune staff", ""},
      {"Beacon reporters and agencies", ""},
      {"Our foreign staff", ""},
      {"Corvane Corporate Communications", ""},
      {"https://example.org/author/x", ""},
      {"admin", ""},
  };
  hsy_bylines bylines;
  assert_true(hsy_bylines_load(&bylines, &arena, NULL));
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    hsy_str_vec names = {0};
    hsy_byline_people(&bylines, hsy_str_of(CASES[i].byline), &names, &arena);
    hsy_buf all = hsy_buf_in(&arena);
    for (ptrdiff_t n = 0; n < names.len; n++) {
      hsy_buf_add(&all, names.data[n]);
      hsy_buf_byte(&all, ';');
    }
    same(hsy_buf_str(&all), CASES[i].names);
  }
}

static void tells_furniture(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool furniture;
  } CASES[] = {
      {"Subscribe to our politics newsletter, said to be the sharpest in the capital.", true},
      {"Nurses at the main entrance. Picture: Tobias Renn", true},
      {"Read also: Tarsk says water talks will go on", true},
      {"We value your privacy. Click \xe2\x80\x9c"
       "Accept\xe2\x80\x9d to say yes to cookies from us and our 214 partners.",
       true},
      {"You\xe2\x80\x99ve hit your limit of {{free_limit}} free articles this month.", true},
      {"19:05", true},
      {"7 p.m.", true},
      {"\xe2\x82\xac"
       "9.99/month",
       true},
      {"Lorcan Petrides: Yes. I wrote the warning myself.", false},
      {"The newsletter was founded in 1998, he said.", false},
      {"\xe2\x80\x9cSubscribe to our newsletter,\xe2\x80\x9d the minister told readers of his weekly letter.", false},
      {"Asked where the gold was kept, she replied: \"Somewhere dry.\"", false},
      {"He has two and a half years left on a deal signed for a fee of \xc2\xa3"
       "900,000.",
       false},
      {"1998", false},
      {"", false},
  };
  hsy_furniture list;
  assert_true(hsy_furniture_load(&list, &arena, NULL));
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    const char *why = hsy_furniture_why(&list, hsy_str_of(CASES[i].line), arena);
    if ((why != NULL) != CASES[i].furniture) fail_msg("\"%s\": %s", CASES[i].line, why ? why : "prose");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(reads_dates, set_up, tear_down),
      cmocka_unit_test_setup_teardown(tells_month_first, set_up, tear_down),
      cmocka_unit_test_setup_teardown(counts_days, set_up, tear_down),
      cmocka_unit_test_setup_teardown(reads_datelines, set_up, tear_down),
      cmocka_unit_test_setup_teardown(tells_people, set_up, tear_down),
      cmocka_unit_test_setup_teardown(tells_furniture, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, last);
}
