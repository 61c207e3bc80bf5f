/* The day of a saying, from the words around its cue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "article.h"
#include "temporal/said_on.h"

static hsy_span span_of(const hsy_doc *doc, const char *words) {
  ptrdiff_t at = hsy_str_find(doc->text, hsy_str_of(words));
  assert_true(at >= 0);
  return (hsy_span){(int32_t)at, (int32_t)(at + (ptrdiff_t)strlen(words))};
}

static int32_t attribute(hsy_doc *doc, const char *source, const char *cue, const char *content) {
  hsy_attribution *row = hsy_push(&doc->attributions, doc->arena);
  *row = (hsy_attribution){.parent = HSY_NONE, .same_run = HSY_NONE};
  hsy_span span;
  if (source) row->part[HSY_SOURCE] = (span = span_of(doc, source), hsy_doc_add_part(doc, &span, 1));
  if (cue) row->part[HSY_CUE] = (span = span_of(doc, cue), hsy_doc_add_part(doc, &span, 1));
  row->part[HSY_CONTENT] = (span = span_of(doc, content), hsy_doc_add_part(doc, &span, 1));
  return (int32_t)doc->attributions.len - 1;
}

static const struct {
  const char *text, *cue, *content, *said_on;
} rows[] = {
    {"Anna Kowal said on Monday that the gate was shut.", "said", "the gate was shut", "2024-03-11"},
    {"\"It was shut,\" Kowal told reporters outside the office Monday.", "told", "\"It was shut,\"", "2024-03-11"},
    {"On Tuesday, Anna Kowal, who runs the port, said the gate was shut.", "said", "the gate was shut", "2024-03-12"},
    {"In early November, the port's chief said that the gate was shut.", "said", "the gate was shut", "2023-11"},
    {"Last month, two guards told the Post that the gate was shut.", "told", "the gate was shut", "2024-02"},
    {"A spokesman said in March last year that the gate was shut.", "said", "the gate was shut", "2023-03"},
    {"In a speech on March 4 Kowal said the gate was shut.", "said", "the gate was shut", "2024-03-04"},
    {"In a statement posted on Sunday, the port denied that the gate was shut.", "denied", "the gate was shut",
     "2024-03-10"},
    {"The port withdrew its announcement of March 1 that the gate was shut.", "announcement", "the gate was shut",
     "2024-03-01"},
    {"\"It is a good win,\" the coach said after Saturday's match at Brezh.", "said", "\"It is a good win,\"",
     "2024-03-09"},
    {"Kowal, who a fortnight ago swore that the gate was shut, has left.", "swore", "the gate was shut", "2024"},
    {"Kowal told staff last week that the gate was shut.", "told", "the gate was shut", "2024-03"},
    {"Kowal said last night that the gate was shut.", "said", "the gate was shut", "2024-03-12"},
    {"\"It was shut,\" Kowal told us a few minutes ago.", "told", "\"It was shut,\"", "2024-03-13"},
    {"Kowal said at 5 p.m. on Monday that the gate was shut.", "said", "the gate was shut", "2024-03-11"},
    /* times of something else */
    {"Kowal said the gate was shut on Monday.", "said", "the gate was shut on Monday", ""},
    {"In an interview published Monday, Kowal said the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal, who arrived on Monday, said the gate was shut.", "said", "the gate was shut", ""},
    {"Guards who arrived on Monday said the gate was shut.", "said", "the gate was shut", ""},
    {"After the fire on Monday, Kowal said the gate was shut.", "said", "the gate was shut", ""},
    {"Since Monday Kowal has said the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal said before Sunday's vote that the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal met the guards on Monday and said the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal, who will leave on Friday, said the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal said for two days that the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal recently said the gate was shut.", "said", "the gate was shut", ""},
    {"Kowal says every Monday that the gate is shut.", "says", "the gate is shut", ""},
    {"The port shut on Monday. Kowal said the gate was shut.", "said", "the gate was shut", ""},
};

static void the_rows_hold(void **state) {
  (void)state;
  int failed = 0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    hsy_doc doc;
    hsy_error err = {0};
    assert_true(article_read(&doc, hsy_str_of(rows[i].text), HSY_S("2024-03-13"), &err));
    attribute(&doc, NULL, rows[i].cue, rows[i].content);
    assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
    hsy_str got = doc.attributions.data[0].said_on;
    if (hsy_str_eq(got, hsy_str_of(rows[i].said_on))) continue;
    failed++;
    print_error("%s\n  want %s got %.*s\n", rows[i].text, rows[i].said_on, HSY_FMT(got));
  }
  assert_int_equal(failed, 0);
}

static void evidence_names_the_words(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  hsy_str text =
      HSY_S("Anna Kowal admitted on Monday that the gate was shut, but insisted that nobody had been locked in.");
  assert_true(article_read(&doc, text, HSY_S("2024-03-13"), &err));
  attribute(&doc, "Anna Kowal", "admitted", "the gate was shut");
  attribute(&doc, NULL, "insisted", "nobody had been locked in");
  assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
  assert_int_equal(doc.evidence.len, 2);
  const hsy_evidence *explicit = &doc.evidence.data[0], *inherited = &doc.evidence.data[1];
  assert_string_equal(explicit->field, "said_on");
  assert_int_equal(explicit->basis, HSY_EXPLICIT);
  assert_true(hsy_str_eq(hsy_doc_span(&doc, explicit->span), HSY_S("Monday")));
  assert_int_equal(inherited->attribution, 1);
  assert_int_equal(inherited->basis, HSY_INHERITED);
  assert_true(hsy_str_eq(doc.attributions.data[1].said_on, HSY_S("2024-03-11")));
}

static void another_speaker_inherits_nothing(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  hsy_str text = HSY_S("Kowal said on Monday that the gate was shut, and the guards said it was open.");
  assert_true(article_read(&doc, text, HSY_S("2024-03-13"), &err));
  attribute(&doc, "Kowal", "said on", "the gate was shut");
  attribute(&doc, "the guards", "said it", "was open");
  assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
  assert_int_equal(doc.attributions.data[1].said_on.len, 0);
}

static void a_run_carries_the_day_on(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  hsy_str text = HSY_S("\"It was shut,\" Kowal said on Monday. \"I have the key.\"");
  assert_true(article_read(&doc, text, HSY_S("2024-03-13"), &err));
  int32_t head = attribute(&doc, "Kowal", "said", "\"It was shut,\"");
  int32_t more = attribute(&doc, NULL, NULL, "\"I have the key.\"");
  doc.attributions.data[more].same_run = head;
  assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
  assert_true(hsy_str_eq(doc.attributions.data[more].said_on, HSY_S("2024-03-11")));
}

static void nothing_is_guessed_without_a_day_of_publication(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  assert_true(article_read(&doc, HSY_S("Kowal said on Monday that the gate was shut."), (hsy_str){0}, &err));
  attribute(&doc, "Kowal", "said", "the gate was shut");
  assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
  assert_int_equal(doc.attributions.data[0].said_on.len, 0);
  assert_int_equal(doc.evidence.len, 0);
}

static void a_nested_saying_has_a_day_of_its_own(void **state) {
  (void)state;
  hsy_doc doc;
  hsy_error err = {0};
  hsy_str text = HSY_S("Kowal said on Tuesday that Brill had promised her on Sunday to open the gate.");
  assert_true(article_read(&doc, text, HSY_S("2024-03-13"), &err));
  int32_t outer = attribute(&doc, "Kowal", "said", "Brill had promised her on Sunday to open the gate");
  int32_t inner = attribute(&doc, "Brill", "promised", "to open the gate");
  doc.attributions.data[inner].parent = outer;
  assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
  assert_true(hsy_str_eq(doc.attributions.data[outer].said_on, HSY_S("2024-03-12")));
  assert_true(hsy_str_eq(doc.attributions.data[inner].said_on, HSY_S("2024-03-10")));
}

static void values_become_days_or_what_holds_them(void **state) {
  (void)state;
  static const char *const pairs[][2] = {
      {"2024-03-11", "2024-03-11"},
      {"2024-03-11T05:40", "2024-03-11"},
      {"2024-03", "2024-03"},
      {"2024", "2024"},
      {"2024-W10", "2024-03"},
      {"2024-W09", "2024"},
      {"2024-W01", "2024-01"},
      {"2025-W01", ""},
      {"2024-W10-WE", "2024-03"},
      {"2024-SU", "2024"},
      {"2024-Q3", "2024"},
      {"199", ""},
      {"PAST_REF", ""},
      {"P2D", ""},
      {"XXXX-07", ""},
      {"2024-02-31", ""},
      {"2024-W99", ""},
      {"", ""},
  };
  hsy_arena arena = hsy_heap_reset(doc_heap);
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    hsy_str got = hsy_moment_format(&arena, hsy_said_on_moment(hsy_str_of(pairs[i][0])));
    if (!hsy_str_eq(got, hsy_str_of(pairs[i][1]))) print_error("%s: %.*s\n", pairs[i][0], HSY_FMT(got));
    assert_true(hsy_str_eq(got, hsy_str_of(pairs[i][1])));
  }
}

/* One sentence without end, thousands of times and cues: the work stays linear. */
static void an_endless_sentence_costs_no_more(void **state) {
  (void)state;
  enum { REPEATS = 20000 };
  static const char piece[] = "and he said on Monday it was ";
  char *text = malloc(REPEATS * (sizeof piece - 1) + 1);
  for (int i = 0; i < REPEATS; i++) memcpy(text + i * (sizeof piece - 1), piece, sizeof piece - 1);
  hsy_doc doc;
  hsy_error err = {0};
  assert_true(article_read(&doc, (hsy_str){text, REPEATS * (sizeof piece - 1)}, HSY_S("2024-03-13"), &err));
  for (int32_t i = 0; i < REPEATS; i++) {
    int32_t at = i * (int32_t)(sizeof piece - 1);
    hsy_span cue = {at + 7, at + 11}, content = {at + 22, at + 28};
    hsy_attribution *row = hsy_push(&doc.attributions, doc.arena);
    *row = (hsy_attribution){.parent = HSY_NONE, .same_run = HSY_NONE};
    row->part[HSY_CUE] = hsy_doc_add_part(&doc, &cue, 1);
    row->part[HSY_CONTENT] = hsy_doc_add_part(&doc, &content, 1);
  }
  assert_true(hsy_temporal_said_on(&doc, temporal_lists, &err));
  assert_true(hsy_str_eq(doc.attributions.data[REPEATS - 1].said_on, HSY_S("2024-03-11")));
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_rows_hold),
      cmocka_unit_test(evidence_names_the_words),
      cmocka_unit_test(another_speaker_inherits_nothing),
      cmocka_unit_test(a_run_carries_the_day_on),
      cmocka_unit_test(nothing_is_guessed_without_a_day_of_publication),
      cmocka_unit_test(a_nested_saying_has_a_day_of_its_own),
      cmocka_unit_test(values_become_days_or_what_holds_them),
      cmocka_unit_test(an_endless_sentence_costs_no_more),
  };
  return cmocka_run_group_tests(tests, article_setup, article_teardown);
}
