/* The stance of an attribution from the words around it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "segment/segment.h"
#include "stance/stance.h"

static hsy_heap *heap;
static hsy_arena lists_arena;
static hsy_segment_lists segment;
static hsy_stance_lists lists;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  heap = hsy_heap_new((size_t)64 << 20, &err);
  lists_arena = hsy_heap_reset(heap);
  return hsy_segment_load(&segment, &lists_arena, &err) && hsy_stance_load(&lists, &lists_arena, &err) ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

static hsy_span span_of(const hsy_doc *doc, const char *words) {
  ptrdiff_t at = hsy_str_find(doc->text, hsy_str_of(words));
  assert_true(at >= 0);
  return (hsy_span){(int32_t)at, (int32_t)(at + (ptrdiff_t)strlen(words))};
}

static void read_text(hsy_doc *doc, const char *text, hsy_arena *arena) {
  hsy_error err = {0};
  hsy_doc_init(doc, arena);
  doc->text = hsy_str_of(text);
  doc->meta.language = HSY_S("en");
  *hsy_push(&doc->blocks, arena) = (hsy_block){.text = {0, (int32_t)doc->text.len}, .tagged = true};
  assert_true(hsy_segment_tokenize(doc, &segment, &err));
}

static hsy_attribution *add(hsy_doc *doc, const char *cue, const char *content, hsy_kind kind) {
  hsy_attribution *a = hsy_push(&doc->attributions, doc->arena);
  *a = (hsy_attribution){.parent = HSY_NONE, .same_run = HSY_NONE, .kind = kind, .confidence = 1};
  if (cue) {
    hsy_span span = span_of(doc, cue);
    a->part[HSY_CUE] = hsy_doc_add_part(doc, &span, 1);
  }
  hsy_span span = span_of(doc, content);
  a->part[HSY_CONTENT] = hsy_doc_add_part(doc, &span, 1);
  return a;
}

/* One sentence with one attribution; cue NULL: the tagger found none. */
typedef struct example {
  const char *text, *cue, *content, *stance;
} example;

static const example EXAMPLES[] = {
    {"The mayor said the bridge was safe.", "said", "the bridge was safe", "affirm"},
    {"The mayor accused the council of lying.", "accused", "the council of lying", "affirm"},
    {"The firm admitted that the valve had failed.", "admitted", "the valve had failed", "admit"},
    {"The firm acknowledged for the first time that the valve had failed.", "acknowledged", "the valve had failed",
     "admit"},
    {"The firm denied having known of the fault.", "denied", "having known of the fault", "deny"},
    {"She rejected reports that the dam was leaking.", "rejected", "reports that the dam was leaking", "deny"},
    {"She rejected reports that the dam was leaking.", "reports", "the dam was leaking", "deny"},
    {"The ministry dismissed as baseless the claim that it had paid.", "dismissed", "the claim that it had paid",
     "deny"},
    {"The envoy called that a lie.", "called", "that a lie", "deny"},
    {"The envoy called the figure absurd.", "called", "the figure absurd", "deny"},
    {"The envoy called the budget absurd.", "called", "the budget absurd", "affirm"},
    {"The minister described the report as a fairy tale.", "described", "the report as a fairy tale", "deny"},
    {"The club withdrew its statement that the player was fit.", "withdrew", "the player was fit", "deny"},
    {"The envoy did not rule out a second visit.", "rule", "a second visit", "decline"},
    {"The envoy did not rule a second visit out.", "rule", "a second visit", "decline"},
    {"Police would neither confirm nor deny that a man had been held.", "confirm", "a man had been held", "decline"},
    {"The bank has yet to say whether it will pay.", "say", "whether it will pay", "decline"},
    {"She declined to say how many had left.", "say", "how many had left", "decline"},
    {"He would not be drawn on whether he would stay.", "drawn", "whether he would stay", "decline"},
    {"The union called for an inquiry.", "called", "an inquiry", "urge"},
    {"The union called on both sides to return to the table.", "called", "both sides to return to the table", "urge"},
    {"Staff were told by text message on Sunday not to log in.", "told", "not to log in", "urge"},
    {"The minister told reporters that the road was shut.", "told", "the road was shut", "affirm"},
    {"The company vowed to replace the part.", "vowed", "to replace the part", "promise"},
    {"She swore that she had paid.", "swore", "she had paid", "affirm"},
    {"She swore to pay.", "swore", "to pay", "promise"},
    {"The minister asked why it had taken a year.", "asked", "why it had taken a year", "ask"},
    {"The minister asked the board to resign.", "asked", "the board to resign", "urge"},
    {"She declined to say whether she would go.", NULL, "whether she would go", "decline"},
    {"The firm admitted that the valve had failed.", NULL, "the valve had failed", "admit"},
    {"Two months later the trust conceded the point, but insisted that nobody was hurt.", "insisted", "nobody was hurt",
     "affirm"},
};

static void frames_decide(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
    const example *e = &EXAMPLES[i];
    hsy_arena arena = lists_arena, scratch = hsy_arena_split(&arena, (size_t)16 << 20);
    hsy_doc doc;
    hsy_error err = {0};
    read_text(&doc, e->text, &arena);
    add(&doc, e->cue, e->content, HSY_INDIRECT);
    assert_true(hsy_stance_tell(&doc, &lists, scratch, &err));
    if (strcmp(doc.attributions.data[0].stance, e->stance) != 0)
      fail_msg("\"%s\": %s, not %s", e->text, doc.attributions.data[0].stance, e->stance);
    assert_int_equal(doc.evidence.len, 1);
    assert_string_equal(doc.evidence.data[0].field, "stance");
  }
}

static void content_speaks_for_itself(void **state) {
  (void)state;
  hsy_arena arena = lists_arena, scratch = hsy_arena_split(&arena, (size_t)16 << 20);
  hsy_doc doc;
  hsy_error err = {0};
  read_text(&doc, "\"I was wrong about the offer,\" he said. \"I am not going to answer that,\" she said.", &arena);
  add(&doc, "said", "I was wrong about the offer,", HSY_DIRECT);
  add(&doc, "she said", "I am not going to answer that,", HSY_DIRECT);
  assert_true(hsy_stance_tell(&doc, &lists, scratch, &err));
  assert_string_equal(doc.attributions.data[0].stance, "admit");
  assert_string_equal(doc.attributions.data[1].stance, "decline");
}

static void a_quotation_goes_on_admitting(void **state) {
  (void)state;
  hsy_arena arena = lists_arena, scratch = hsy_arena_split(&arena, (size_t)16 << 20);
  hsy_doc doc;
  hsy_error err = {0};
  read_text(&doc, "She conceded that some villages would be flooded. \"Three, perhaps four,\" she said.", &arena);
  add(&doc, "conceded", "some villages would be flooded", HSY_INDIRECT);
  add(&doc, "said", "Three, perhaps four,", HSY_DIRECT);
  for (int i = 0; i < 2; i++) *hsy_push(&doc.attributions.data[i].speakers, &arena) = 4;
  assert_true(hsy_stance_tell(&doc, &lists, scratch, &err));
  assert_string_equal(doc.attributions.data[1].stance, "admit");
  assert_int_equal(doc.evidence.data[doc.evidence.len - 1].basis, HSY_INHERITED);
  hsy_span span = doc.evidence.data[doc.evidence.len - 1].span;
  assert_true(hsy_str_eq(hsy_doc_span(&doc, span), HSY_S("conceded")));
}

static void evidence_names_the_words(void **state) {
  (void)state;
  hsy_arena arena = lists_arena, scratch = hsy_arena_split(&arena, (size_t)16 << 20);
  hsy_doc doc;
  hsy_error err = {0};
  read_text(&doc, "The envoy did not rule out a second visit.", &arena);
  add(&doc, "rule", "a second visit", HSY_INDIRECT);
  assert_true(hsy_stance_tell(&doc, &lists, scratch, &err));
  assert_true(hsy_str_eq(hsy_doc_span(&doc, doc.evidence.data[0].span), HSY_S("not rule out")));
}

static void an_empty_document_is_no_failure(void **state) {
  (void)state;
  hsy_arena arena = lists_arena, scratch = hsy_arena_split(&arena, (size_t)16 << 20);
  hsy_doc doc;
  hsy_error err = {0};
  hsy_doc_init(&doc, &arena);
  assert_true(hsy_stance_tell(&doc, &lists, scratch, &err));
  *hsy_push(&doc.attributions, &arena) = (hsy_attribution){.parent = HSY_NONE}; /* without any part */
  assert_true(hsy_stance_tell(&doc, &lists, scratch, &err));
  assert_string_equal(doc.attributions.data[0].stance, "affirm");
}

static void labels_are_known(void **state) {
  (void)state;
  assert_string_equal(hsy_stance_label(HSY_S("decline")), "decline");
  assert_null(hsy_stance_label(HSY_S("maybe")));
  assert_null(hsy_stance_label(HSY_S("")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(frames_decide),
      cmocka_unit_test(content_speaks_for_itself),
      cmocka_unit_test(a_quotation_goes_on_admitting),
      cmocka_unit_test(evidence_names_the_words),
      cmocka_unit_test(an_empty_document_is_no_failure),
      cmocka_unit_test(labels_are_known),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
