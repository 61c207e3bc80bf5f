/* The public functions, through the public header alone. */
#include "hearsay.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch.h"

typedef struct rows {
  json_t *list;
  int problems, stop_at;
} rows;

static hearsay_engine *engine;
static scratch_dir dir;

static bool keep(void *user, const char *json, size_t len) {
  rows *r = user;
  json_t *row = json_loadb(json, len, 0, NULL);
  assert_non_null(row);
  json_array_append_new(r->list, row);
  return (int)json_array_size(r->list) != r->stop_at;
}

static void count_problem(void *user, const char *where, const hearsay_error *problem) {
  assert_true(where[0] && problem->message[0] && problem->code != HEARSAY_OK);
  ((rows *)user)->problems++;
}

static rows fresh(void) { return (rows){.list = json_array()}; }

static hearsay_run run_for(rows *r) {
  return (hearsay_run){.threads = 2, .on_row = keep, .on_problem = count_problem, .user = r};
}

static const char *text(const json_t *row, const char *key) {
  const char *value = json_string_value(json_object_get(row, key));
  return value ? value : "";
}

static int set_up(void **state) {
  hearsay_error err = {0};
  (void)state;
  scratch_open(&dir);
  engine = hearsay_engine_new(NULL, HEARSAY_FAST, &err);
  if (!engine) fail_msg("%s", err.message);
  scratch_write(&dir, "a.txt",
                "Title: Ferry stays in port\nDate: 2023-05-04\nOutlet: Harbour Post\n\n"
                "The ferry stays in port until the ice is gone, the harbour office said on Monday.\n");
  scratch_write(&dir, "b.jsonl",
                "{\"id\":\"n1\",\"title\":\"Tram runs again\",\"text\":\"The tram runs again, "
                "the city said.\"}\n{\"id\":\n");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  hearsay_engine_free(engine);
  scratch_close(&dir);
  return 0;
}

static void reading_gives_a_page_an_article(void **state) {
  hearsay_error err = {0};
  rows r = fresh();
  uint64_t failed;
  hearsay_run run = run_for(&r);
  const char *path = dir.path;
  (void)state;
  run.explain = true;
  assert_true(hearsay_read(engine, &path, 1, &run, &failed, &err));
  assert_int_equal(err.code, HEARSAY_OK);
  assert_int_equal(failed, 1);
  assert_int_equal(r.problems, 1);
  assert_int_equal(json_array_size(r.list), 2);
  const json_t *page = json_array_get(r.list, 0);
  assert_string_equal(text(page, "id"), "a");
  assert_string_equal(text(page, "title"), "Ferry stays in port");
  assert_string_equal(text(page, "published"), "2023-05-04");
  assert_null(strstr(text(page, "text"), "Outlet:"));
  assert_non_null(strstr(text(page, "text"), "until the ice is gone"));
  assert_true(json_array_size(json_object_get(page, "blocks")) > 1);
  json_decref(r.list);
}

static void extracting_needs_no_store(void **state) {
  hearsay_error err = {0};
  rows r = fresh();
  hearsay_run run = run_for(&r);
  const char *path = scratch_path(&dir, "a.txt");
  (void)state;
  run.times = true;
  assert_true(hearsay_extract(engine, &path, 1, &run, NULL, &err));
  const json_t *row = json_array_get(r.list, 0);
  assert_string_equal(text(row, "language"), "en");
  assert_true(json_is_array(json_object_get(row, "attributions")));
  const json_t *monday = json_array_get(json_object_get(row, "times"), 0);
  assert_string_equal(json_string_value(json_array_get(monday, 3)), "2023-05-01");
  json_decref(r.list);
}

static void impossible_days_are_wrong_usage(void **state) {
  static const char *const DAYS[] = {"2023-02-31", "yesterday", "0001-01-01", "9999-01-01", ""};
  (void)state;
  for (size_t i = 0; i < 5; i++) {
    hearsay_error err = {0};
    rows r = fresh();
    hearsay_run run = run_for(&r);
    const char *path = scratch_path(&dir, "a.txt");
    run.published = DAYS[i];
    assert_false(hearsay_extract(engine, &path, 1, &run, NULL, &err));
    assert_int_equal(err.code, HEARSAY_USAGE);
    assert_int_equal(json_array_size(r.list), 0);
    json_decref(r.list);
  }
}

static void a_caller_can_stop(void **state) {
  hearsay_error err = {0};
  rows r = fresh();
  hearsay_run run = run_for(&r);
  const char *path = dir.path;
  (void)state;
  r.stop_at = 1;
  assert_false(hearsay_extract(engine, &path, 1, &run, NULL, &err));
  assert_int_equal(err.code, HEARSAY_STOPPED);
  assert_int_equal(json_array_size(r.list), 1);
  json_decref(r.list);
}

/* ---- articles at hand ---- */

static const char WIRE[] =
    "{\"id\":\"w1\",\"published\":\"2023-05-04\",\"publisher\":\"Quay Gazette\",\"text\":\"The ferry is sound and "
    "sails again at "
    "noon on Friday with every passenger who has waited in the harbour since the storm, Edda Falk said on Monday.\"}\n"
    "{\"id\":\"w2\"}\n"
    "{\"id\":\"w3\",\"published\":\"2023-05-05\",\"publisher\":\"Tide\",\"text\":\"The ferry is sound and sails again "
    "at "
    "noon on Friday with every passenger who has waited in the harbour since the storm, Edda Falk said on Monday.\"}\n";

static hearsay_input wire(void) { return (hearsay_input){"wire.jsonl", WIRE, sizeof WIRE - 1}; }

static void bytes_at_hand_are_read_as_a_file(void **state) {
  hearsay_error err = {0};
  rows r = fresh();
  hearsay_run run = run_for(&r);
  hearsay_input inputs[] = {wire(), {"note", "Edda Falk said no.\n", 19}, {"none", NULL, 0}};
  const char *path = scratch_path(&dir, "a.txt");
  uint64_t failed;
  (void)state;
  run.inputs = inputs;
  run.input_count = 3;
  assert_true(hearsay_extract(engine, &path, 1, &run, &failed, &err));
  assert_int_equal(json_array_size(r.list), 4);
  assert_string_equal(text(json_array_get(r.list, 0), "id"), "a");
  assert_string_equal(text(json_array_get(r.list, 2), "path"), "wire.jsonl#3");
  assert_string_equal(text(json_array_get(r.list, 3), "text"), "Edda Falk said no.\n");
  assert_int_equal(failed, 2);
  assert_int_equal(r.problems, 2);
  json_decref(r.list);
}

/* The rows of the export, and the copies among them, are those of a store. */
static void rows_of_a_record_are_the_stores(void **state) {
  hearsay_error err = {0};
  rows r = fresh(), stored = fresh(), copies = fresh();
  hearsay_run run = run_for(&r);
  hearsay_input input = wire();
  hearsay_store *store = hearsay_store_open(scratch_path(&dir, "wire.db"), true, &err);
  (void)state;
  run.inputs = &input;
  run.input_count = 1;
  run.record = true;
  assert_true(hearsay_extract(engine, NULL, 0, &run, NULL, &err));
  run.on_row = NULL;
  assert_true(hearsay_add(store, engine, NULL, 0, &run, NULL, &err));
  assert_true(hearsay_export(store, "jsonl", keep, &stored, &err));
  char *lines = strdup("");
  size_t i, found = 0;
  json_t *row, *other, *document = NULL, *copy = NULL;
  json_array_foreach(r.list, i, row) {
    if (!strcmp(text(row, "type"), "document")) document = row;
    size_t k;
    json_array_foreach(stored.list, k, other) found += json_equal(row, other);
    if (strcmp(text(row, "type"), "copy_keys") != 0) continue;
    json_object_set(row, "text", json_object_get(document, "text"));
    char *line = json_dumps(row, 0);
    lines = realloc(lines, strlen(lines) + strlen(line) + 2);
    strcat(strcat(lines, line), "\n");
    free(line);
  }
  assert_int_equal(found, 2); /* the documents; attributions of a store are linked */
  assert_true(hearsay_copies(lines, strlen(lines), keep, &copies, &err));
  json_array_foreach(stored.list, i, row) if (!strcmp(text(row, "type"), "copy")) copy = row;
  assert_non_null(copy);
  assert_int_equal(json_array_size(copies.list), 1);
  assert_true(json_equal(json_array_get(copies.list, 0), copy));
  free(lines);
  json_decref(r.list);
  json_decref(stored.list);
  json_decref(copies.list);
  hearsay_store_close(store);
}

static void bad_rows_of_copies_are_told(void **state) {
  static const char *const BAD[] = {
      "{",
      "{}",
      "[]",
      "{\"type\":\"copy_keys\",\"document\":\"x\",\"text\":\"a\"}",
      "{\"type\":\"copy_keys\",\"document\":\"0123456789abcdef\",\"text\":\"abc\",\"skip\":[[2,9]]}",
      "{\"type\":\"holders\",\"fingerprint\":1,\"holders\":[[1,2]]}"};
  (void)state;
  for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
    hearsay_error err = {0};
    assert_false(hearsay_copies(BAD[i], strlen(BAD[i]), NULL, NULL, &err));
    assert_int_equal(err.code, HEARSAY_BAD_INPUT);
  }
  uint64_t ids[] = {1, 2, 3, 4, 5};
  uint32_t one[] = {7, 7, 7, 7, 7}, two[] = {7, 7, 9, 7, 7};
  assert_int_equal(hearsay_copy_standing(ids, one, 5), HEARSAY_FURNITURE);
  assert_int_equal(hearsay_copy_standing(ids, two, 5), HEARSAY_TELLS);
  assert_int_equal(hearsay_copy_standing(ids, one, 0), HEARSAY_TELLS);
}

static rows ask(hearsay_store *store, hearsay_question question, hearsay_filter filter) {
  hearsay_error err = {0};
  rows r = fresh();
  if (!hearsay_ask(store, question, &filter, keep, &r, &err)) fail_msg("%s", err.message);
  return r;
}

static void a_store_answers(void **state) {
  hearsay_error err = {0};
  rows r = fresh();
  hearsay_run run = run_for(&r);
  const char *paths[] = {scratch_path(&dir, "a.txt"), scratch_path(&dir, "b.jsonl")};
  (void)state;
  hearsay_store *store = hearsay_store_open(scratch_path(&dir, "record.db"), true, &err);
  assert_non_null(store);
  assert_true(hearsay_add(store, engine, paths, 2, &run, NULL, &err));
  assert_int_equal(json_array_size(r.list), 2);
  assert_string_equal(text(json_array_get(r.list, 0), "state"), "added");
  json_decref(r.list);
  r = ask(store, HEARSAY_LIST, (hearsay_filter){.limit = 1});
  assert_string_equal(text(json_array_get(r.list, 0), "source_id"), "a");
  char cursor[256];
  snprintf(cursor, sizeof cursor, "%s", text(json_array_get(r.list, 0), "cursor"));
  json_decref(r.list);
  r = ask(store, HEARSAY_LIST, (hearsay_filter){.cursor = cursor});
  assert_int_equal(json_array_size(r.list), 1);
  const json_t *tram = json_array_get(r.list, 0);
  assert_non_null(strstr(text(tram, "path"), "b.jsonl#1"));
  json_t *id = json_incref(json_object_get(tram, "id"));
  json_decref(r.list);
  r = ask(store, HEARSAY_SHOW, (hearsay_filter){.words = json_string_value(id)});
  assert_true(json_equal(json_object_get(json_array_get(r.list, 0), "id"), id));
  json_decref(r.list);
  r = ask(store, HEARSAY_SEARCH, (hearsay_filter){.words = "tram"});
  assert_true(json_array_size(r.list) > 0);
  json_decref(r.list);
  r = ask(store, HEARSAY_STATS, (hearsay_filter){0});
  assert_int_equal(json_integer_value(json_object_get(json_array_get(r.list, 0), "documents")), 2);
  json_decref(r.list);
  uint64_t removed = 0;
  const char *names[] = {json_string_value(id)};
  assert_true(hearsay_remove(store, names, 1, &removed, &err));
  assert_int_equal(removed, 1);
  r = fresh();
  assert_true(hearsay_export(store, "jsonl", keep, &r, &err));
  assert_string_equal(text(json_array_get(r.list, 0), "type"), "document");
  json_decref(r.list);
  json_decref(id);
  assert_false(hearsay_export(store, "parchment", keep, &r, &err));
  assert_int_equal(err.code, HEARSAY_USAGE);
  assert_false(hearsay_ask(store, HEARSAY_QUESTIONS, NULL, keep, &r, &err));
  assert_int_equal(err.code, HEARSAY_USAGE);
  hearsay_store_close(store);
  hearsay_store_close(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reading_gives_a_page_an_article),  cmocka_unit_test(extracting_needs_no_store),
      cmocka_unit_test(impossible_days_are_wrong_usage),  cmocka_unit_test(a_caller_can_stop),
      cmocka_unit_test(bytes_at_hand_are_read_as_a_file), cmocka_unit_test(rows_of_a_record_are_the_stores),
      cmocka_unit_test(bad_rows_of_copies_are_told),      cmocka_unit_test(a_store_answers),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
