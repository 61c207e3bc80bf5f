/* Attributions of short texts: parts, kinds, modes, runs, nesting. The plain
 * cases that any trained model has to get right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "quote/quote.h"
#include "segment/segment.h"

static hsy_heap *heap, *list_heap;
static hsy_arena arena;
static hsy_segment_lists lists;
static const hsy_quote_models *models;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  heap = hsy_heap_new((size_t)256 << 20, &err);
  list_heap = hsy_heap_new((size_t)64 << 20, &err);
  hsy_arena keep = hsy_heap_reset(list_heap);
  return hsy_segment_load(&lists, &keep, &err) && (models = hsy_quote_load((hsy_str){0}, &keep, &err)) ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  hsy_heap_free(list_heap);
  return 0;
}

/* The text as an article of one block a line, tagged. */
static hsy_doc tagged(const char *text) {
  arena = hsy_heap_reset(heap);
  static hsy_arena keep;
  keep = arena;
  hsy_arena scratch = hsy_arena_split(&keep, (size_t)128 << 20);
  hsy_doc doc;
  hsy_doc_init(&doc, &keep);
  doc.text = hsy_str_of(text);
  doc.meta.language = HSY_S("en");
  for (int32_t start = 0; start < doc.text.len;) {
    const char *end = strchr(text + start, '\n');
    int32_t stop = end ? (int32_t)(end - text) : (int32_t)doc.text.len;
    if (stop > start) *hsy_push(&doc.blocks, &keep) = (hsy_block){.text = {start, stop}, .tagged = true};
    start = stop + 1;
  }
  hsy_error err = {0};
  assert_true(hsy_segment_tokenize(&doc, &lists, &err));
  assert_true(hsy_quote_tag(&doc, models, NULL, scratch, &err));
  return doc;
}

/* The pieces of a part joined by " / ". */
static const char *part(hsy_doc *doc, int32_t row, hsy_role role) {
  hsy_part p = doc->attributions.data[row].part[role];
  hsy_buf out = hsy_buf_in(doc->arena);
  for (int32_t i = 0; i < p.count; i++) {
    if (i) hsy_buf_add(&out, HSY_S(" / "));
    hsy_buf_add(&out, hsy_doc_span(doc, hsy_doc_piece(doc, p, i)));
  }
  return hsy_str_z(doc->arena, hsy_buf_str(&out));
}

static void a_plain_sentence(void **state) {
  (void)state;
  hsy_doc doc = tagged("The minister said that the bridge would stay closed until Friday.");
  assert_int_equal(doc.attributions.len, 1);
  assert_string_equal(part(&doc, 0, HSY_SOURCE), "The minister");
  assert_string_equal(part(&doc, 0, HSY_CUE), "said");
  assert_non_null(strstr(part(&doc, 0, HSY_CONTENT), "the bridge would stay closed until Friday"));
  assert_int_equal(doc.attributions.data[0].kind, HSY_INDIRECT);
  assert_int_equal(doc.attributions.data[0].mode, HSY_SPEECH);
  assert_true(doc.attributions.data[0].confidence > 0.5f && doc.attributions.data[0].confidence <= 1);
}

static void a_quotation_cut_in_two(void **state) {
  (void)state;
  hsy_doc doc = tagged("\"We have a plan,\" said Anna Ruiz. \"We will publish it on Monday.\"");
  assert_int_equal(doc.attributions.len, 1);
  assert_string_equal(part(&doc, 0, HSY_SOURCE), "Anna Ruiz");
  assert_int_equal(doc.attributions.data[0].part[HSY_CONTENT].count, 2);
  assert_int_equal(doc.attributions.data[0].kind, HSY_DIRECT);
}

static void wishes_are_thoughts(void **state) {
  (void)state;
  hsy_doc doc = tagged("Mr. Ruiz believes that the vote was fair. He said that it was close.");
  int thoughts = 0, sayings = 0;
  for (int32_t i = 0; i < doc.attributions.len; i++) {
    bool thought = doc.attributions.data[i].mode == HSY_THOUGHT;
    thoughts += thought;
    sayings += !thought;
  }
  assert_int_equal(thoughts, 1);
  assert_int_equal(sayings, 1);
}

static void a_quotation_over_paragraphs_is_one(void **state) {
  (void)state;
  hsy_doc doc = tagged("“The first shift had gone home when the roof came down.\n"
                       "“Nobody was under it,” the foreman, Pavel Horak, told reporters.");
  assert_int_equal(doc.attributions.len, 1);
  assert_int_equal(doc.attributions.data[0].part[HSY_CONTENT].count, 2);
}

static void a_run_goes_on_without_a_cue(void **state) {
  (void)state;
  hsy_doc doc = tagged("“Half the boats are still out,” said the harbour master, Ines Duarte.\n"
                       "“We will keep the lights on until the last of them is home.”");
  assert_int_equal(doc.attributions.len, 2);
  assert_int_equal(doc.attributions.data[1].part[HSY_CUE].count, 0);
  assert_int_equal(doc.attributions.data[1].same_run, 0);
}

static void a_transcript_is_direct(void **state) {
  (void)state;
  hsy_doc doc = tagged("Nina Okoye: Did you sign it?\nKarl Brandt: I did. I would again.\n"
                       "Okoye: Why?\nBrandt: The roof leaked.");
  assert_int_equal(doc.attributions.len, 4);
  assert_string_equal(part(&doc, 1, HSY_SOURCE), "Karl Brandt");
  assert_string_equal(part(&doc, 1, HSY_CONTENT), "I did. I would again.");
  assert_int_equal(doc.attributions.data[1].kind, HSY_DIRECT);
}

static void one_label_is_no_transcript(void **state) {
  (void)state;
  hsy_doc doc = tagged("Note: The office is closed on Friday.");
  for (int32_t i = 0; i < doc.attributions.len; i++) assert_string_not_equal(part(&doc, i, HSY_SOURCE), "Note");
}

static void a_report_inside_a_report_has_a_parent(void **state) {
  (void)state;
  hsy_doc doc = tagged("The envoy said that the president had promised to withdraw the troops by June.");
  assert_int_equal(doc.attributions.len, 2);
  int32_t inner = doc.attributions.data[0].parent == HSY_NONE ? 1 : 0;
  assert_int_equal(doc.attributions.data[inner].parent, !inner);
  assert_string_equal(part(&doc, inner, HSY_SOURCE), "the president");
  assert_non_null(strstr(part(&doc, inner, HSY_CONTENT), "withdraw the troops"));
}

static void idioms_report_nothing(void **state) {
  (void)state;
  hsy_doc doc = tagged("It goes without saying that few people think the quarrel is over.");
  for (int32_t i = 0; i < doc.attributions.len; i++) assert_int_equal(doc.attributions.data[i].mode, HSY_THOUGHT);
}

static void plain_frames_are_taken_up(void **state) {
  (void)state;
  hsy_doc doc = tagged("The union demanded an early election. The ministry pledged to repay every saver.");
  assert_int_equal(doc.attributions.len, 2);
  assert_string_equal(part(&doc, 0, HSY_CONTENT), "an early election");
  assert_non_null(strstr(part(&doc, 1, HSY_CONTENT), "repay every saver"));
}

static void as_baseless_belongs_to_the_cue(void **state) {
  (void)state;
  hsy_doc doc = tagged("The ministry dismissed as baseless the report that its troops had crossed the river.");
  assert_true(doc.attributions.len >= 1);
  assert_null(strstr(part(&doc, 0, HSY_CONTENT), "baseless"));
}

static void nothing_said_gives_nothing(void **state) {
  (void)state;
  hsy_doc doc = tagged("The bridge was built in 1951. It has two lanes and a footpath.");
  assert_int_equal(doc.attributions.len, 0);
}

static void odd_texts_are_survived(void **state) {
  (void)state;
  static const char *const TEXTS[] = {"", "\"", "“‘“‘“‘", "said", ":", "a:\na:\na:", "\"said\" said \"said\"", "… … …"};
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) tagged(TEXTS[i]);
}

static void a_full_arena_is_an_error(void **state) {
  (void)state;
  for (long n = 1; n < 40; n++) {
    hsy_arena all = hsy_heap_reset(heap), scratch = hsy_arena_split(&all, (size_t)64 << 20);
    hsy_doc doc;
    hsy_doc_init(&doc, &all);
    doc.text = HSY_S("The envoy said that the president had promised to withdraw the troops by June.");
    doc.meta.language = HSY_S("en");
    *hsy_push(&doc.blocks, &all) = (hsy_block){.text = {0, (int32_t)doc.text.len}, .tagged = true};
    hsy_error err = {0};
    assert_true(hsy_segment_tokenize(&doc, &lists, &err));
    hsy_heap_fail_at(heap, n);
    bool ok = hsy_quote_tag(&doc, models, NULL, scratch, &err);
    hsy_heap_fail_at(heap, 0);
    if (!ok) assert_int_equal(err.code, HSY_NO_MEMORY);
    if (n == 1) assert_false(ok);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_plain_sentence),
      cmocka_unit_test(a_quotation_cut_in_two),
      cmocka_unit_test(wishes_are_thoughts),
      cmocka_unit_test(a_quotation_over_paragraphs_is_one),
      cmocka_unit_test(a_run_goes_on_without_a_cue),
      cmocka_unit_test(a_transcript_is_direct),
      cmocka_unit_test(one_label_is_no_transcript),
      cmocka_unit_test(a_report_inside_a_report_has_a_parent),
      cmocka_unit_test(idioms_report_nothing),
      cmocka_unit_test(plain_frames_are_taken_up),
      cmocka_unit_test(as_baseless_belongs_to_the_cue),
      cmocka_unit_test(nothing_said_gives_nothing),
      cmocka_unit_test(odd_texts_are_survived),
      cmocka_unit_test(a_full_arena_is_an_error),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
