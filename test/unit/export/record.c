#include "export/record.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "../sample.h"
#include "base/utf8.h"

typedef struct fixture {
  hsy_heap *heap;
  hsy_arena arena;
  hsy_doc doc;
  hsy_view view;
} fixture;

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  f->heap = hsy_heap_new(64 << 20, &err);
  f->arena = hsy_heap_reset(f->heap);
  hsy_doc_init(&f->doc, &f->arena);
  sample_fill(&f->doc, "story/ferry.txt");
  assert_true(hsy_view_init(&f->view, &f->doc, HSY_IDS_GLOBAL, &f->arena, &err));
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_heap_free(f->heap);
  free(f);
  return 0;
}

/* The value as text, which is the caller's. */
static char *text_of(hsy_json *json, json_t *value) {
  size_t len;
  hsy_error err = {0};
  char *text = hsy_json_finish(json, value, &len, &err);
  assert_non_null(text);
  assert_int_equal(strlen(text), len);
  return text;
}

static void assert_field(const json_t *row, const char *key, const char *want) {
  char *got = json_dumps(json_object_get(row, key), JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(8));
  if (!got) fail_msg("no %s", key);
  assert_string_equal(got, want);
  free(got);
}

static void spans_are_code_points(void **state) {
  fixture *f = *state;
  hsy_json json = {0};
  json_t *row = hsy_export_attribution(&json, &f->view, 0);
  assert_field(row, "type", "\"attribution\"");
  /* "Fähre stays in port" is 19 points and 20 bytes. */
  assert_field(row, "content", "[[21,46],[87,106]]");
  assert_field(row, "cue", "[[47,51]]");
  assert_field(row, "source", "[[52,62]]");
  assert_field(row, "content_text", "[\"“We checked it in March,”\",\"“and it was sound.”\"]");
  json_decref(row);
  assert_int_equal(hsy_view_point(&f->view, 0), 0);
  assert_int_equal(hsy_view_point(&f->view, (int32_t)f->doc.text.len + 50), (int32_t)hsy_utf8_points(f->doc.text));
}

static void an_attribution_says_who_how_and_through_whom(void **state) {
  fixture *f = *state;
  hsy_json json = {0};
  json_t *row = hsy_export_attribution(&json, &f->view, 0);
  assert_field(row, "speaker", "\"Ilse Čapek\"");
  assert_field(row, "kind", "\"direct\"");
  assert_field(row, "mode", "\"speech\"");
  assert_field(row, "stance", "\"affirm\"");
  assert_field(row, "said_on", "null");
  assert_field(row, "parent", "null");
  assert_field(row, "statement", "null");
  assert_field(row, "confidence", "0.875");
  assert_field(row, "via", "[{\"name\":\"Port Agency\",\"entity\":null,\"relation\":\"quoted by\"}]");
  const json_t *to = json_array_get(json_object_get(row, "to"), 0);
  const json_t *ids = json_object_get(row, "speakers");
  assert_int_equal(json_array_size(ids), 1);
  assert_string_equal(json_string_value(json_array_get(ids, 0)), hsy_str_z(&f->arena, f->view.entity_ids[0]));
  assert_string_equal(json_string_value(json_object_get(to, "entity")), hsy_str_z(&f->arena, f->view.entity_ids[1]));
  json_decref(row);
}

static void evidence_and_parents_are_named(void **state) {
  fixture *f = *state;
  hsy_json json = {0};
  json_t *denied = hsy_export_attribution(&json, &f->view, 1), *inner = hsy_export_attribution(&json, &f->view, 2);
  assert_field(denied, "evidence", "{\"said_on\":{\"spans\":[[130,135]],\"basis\":\"explicit\"}}");
  assert_field(denied, "said_on", "\"2031-05-03\"");
  assert_field(inner, "evidence", "{\"speaker\":{\"spans\":[],\"basis\":\"inferred\"}}");
  assert_true(json_equal(json_object_get(inner, "parent"), json_object_get(denied, "id")));
  assert_field(inner, "speaker", "null");
  assert_field(inner, "mode", "\"thought\"");
  assert_field(inner, "source", "[]");
  json_decref(denied);
  json_decref(inner);
}

static void an_extract_stands_alone(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  hsy_json json = {0};
  hsy_view view;
  assert_true(hsy_view_init(&view, &f->doc, HSY_IDS_LOCAL, &f->arena, &err));
  json_t *row = hsy_export_extract(&json, &view, (hsy_extract_how){.times = true, .thoughts = true});
  assert_field(row, "id", "\"ferry\"");
  assert_field(row, "times", "[[130,135,\"DATE\",\"2031-05-03\"]]");
  assert_string_equal(json_string_value(json_object_get(row, "text")), SAMPLE_TEXT);
  json_t *inner = json_array_get(json_object_get(row, "attributions"), 2);
  assert_field(inner, "id", "\"a3\"");
  assert_field(inner, "parent", "\"a2\"");
  assert_null(json_object_get(inner, "document"));
  assert_null(json_object_get(inner, "speakers"));
  json_decref(row);
  row = hsy_export_extract(&json, &view, (hsy_extract_how){.times = false});
  assert_int_equal(json_array_size(json_object_get(row, "attributions")), 2); /* without the thought */
  assert_null(json_object_get(row, "times"));
  free(text_of(&json, row));
}

static void a_page_is_its_main_text(void **state) {
  fixture *f = *state;
  hsy_json json = {0};
  json_t *row = hsy_export_page(&json, &f->view, false, f->arena);
  assert_field(row, "title", "\"Fähre stays in port\"");
  assert_field(row, "authors", "[\"A. Writer\"]");
  assert_field(row, "modified", "null");
  const char *text = json_string_value(json_object_get(row, "text"));
  assert_ptr_equal(strstr(text, "“We checked"), text);
  assert_null(json_object_get(row, "blocks"));
  json_decref(row);
  row = hsy_export_page(&json, &f->view, true, f->arena);
  assert_field(row, "found", "{\"title\":\"first line\"}");
  assert_field(json_array_get(json_object_get(row, "blocks"), 0), "why", "\"first line, short\"");
  assert_field(json_array_get(json_object_get(row, "blocks"), 1), "source", "1000000000000");
  json_decref(row);
}

static void bytes_that_are_no_text_do_not_break_a_row(void **state) {
  hsy_json json = {0};
  (void)state;
  json_t *list = hsy_json_array(&json);
  hsy_json_add(&json, list, hsy_json_str(&json, HSY_S("a\xff\xc3z")));
  hsy_json_add(&json, list, hsy_json_str(&json, HSY_S("a\0b\n\"")));
  hsy_json_add(&json, list, hsy_json_rate(&json, 1.0 / 3));
  char *text = text_of(&json, list);
  assert_string_equal(text, "[\"a\xEF\xBF\xBD\xEF\xBF\xBDz\",\"a\\u0000b\\n\\\"\",0.3333]");
  free(text);
}

static void a_failure_sticks_to_the_end(void **state) {
  hsy_json json = {.failed = true};
  hsy_error err = {0};
  size_t len = 7;
  (void)state;
  assert_null(hsy_json_finish(&json, json_array(), &len, &err));
  assert_int_equal(err.code, HSY_NO_MEMORY);
  assert_int_equal(len, 0);
  json = (hsy_json){0};
  hsy_json_set(&json, NULL, "a", hsy_json_int(&json, 1));
  assert_true(json.failed);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(spans_are_code_points, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_attribution_says_who_how_and_through_whom, set_up, tear_down),
      cmocka_unit_test_setup_teardown(evidence_and_parents_are_named, set_up, tear_down),
      cmocka_unit_test_setup_teardown(an_extract_stands_alone, set_up, tear_down),
      cmocka_unit_test_setup_teardown(a_page_is_its_main_text, set_up, tear_down),
      cmocka_unit_test(bytes_that_are_no_text_do_not_break_a_row),
      cmocka_unit_test(a_failure_sticks_to_the_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
