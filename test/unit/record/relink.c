#include "record/relink.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../sample.h"
#include "../scratch.h"
#include "doc/identity.h"
#include "record/change.h"
#include "store/index.h"
#include "store/links.h"

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  hsy_heap *heap, *other;
  char text[8192]; /* of what visitors are shown */
} fixture;

static const char *const PATHS[] = {"a.txt", "b.txt", "c.txt"};

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &err);
  f->heap = hsy_heap_new(64 << 20, &err);
  f->other = hsy_heap_new(64 << 20, &err);
  *state = f;
  return f->store ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_store_close(f->store);
  hsy_heap_free(f->heap);
  hsy_heap_free(f->other);
  scratch_close(&f->dir);
  free(f);
  return 0;
}

static hsy_doc *make(fixture *f, const char *path, hsy_arena *arena) {
  *arena = hsy_heap_reset(f->heap);
  hsy_doc *doc = hsy_new(arena, hsy_doc, 1);
  hsy_doc_init(doc, arena);
  sample_fill(doc, path);
  return doc;
}

static void add(fixture *f, const char *path) {
  hsy_error err = {.offset = -1};
  hsy_change change;
  hsy_arena arena;
  hsy_doc *doc = make(f, path, &arena);
  hsy_str id = hsy_doc_id(doc, &arena);
  hsy_reuse_document reuse = hsy_reuse_describe(doc, hsy_store_key_of(id), &arena);
  bool ok = hsy_change_init(&change, f->store, &err) && hsy_change_put(&change, doc, id, &reuse, &err) &&
            hsy_change_commit(&change, &err);
  hsy_change_reset(&change);
  if (!ok || !hsy_relink(f->store, &err)) fail_msg("%s", err.message);
}

static void drop(fixture *f, const char *path) {
  hsy_error err = {.offset = -1};
  hsy_change change;
  hsy_key_vec keys = {0};
  hsy_arena arena = hsy_heap_reset(f->other);
  hsy_store_find(f->store, hsy_str_of(path), &keys, &arena, &err);
  assert_int_equal(keys.len, 1);
  bool ok = hsy_change_init(&change, f->store, &err) && hsy_change_drop(&change, keys.data[0], &err) &&
            hsy_change_commit(&change, &err);
  hsy_change_reset(&change);
  if (!ok || !hsy_relink(f->store, &err)) fail_msg("%s", err.message);
}

static int64_t count(fixture *f, const char *sql) {
  hsy_error err = {0};
  int64_t n = hsy_db_number(hsy_store_db(f->store), sql, &err);
  assert_int_equal(err.code, HSY_OK);
  return n;
}

static bool on_statement(void *user, const hsy_stored_statement *row) {
  fixture *f = user;
  char *to = f->text + strlen(f->text);
  sprintf(to, "%.*s %.*s %td %lld; ", HSY_FMT(row->id), HSY_FMT(row->speaker), row->reports.len,
          (long long)row->independent);
  return true;
}

static bool on_entity(void *user, const hsy_stored_entity *row) {
  fixture *f = user;
  sprintf(f->text + strlen(f->text), "%.*s %.*s; ", HSY_FMT(row->id), HSY_FMT(row->name));
  return true;
}

static const char *shown(fixture *f) {
  hsy_error err = {0};
  f->text[0] = 0;
  assert_true(hsy_store_statements(f->store, on_statement, f, hsy_heap_reset(f->other), &err));
  assert_true(hsy_store_entities(f->store, on_entity, f, hsy_heap_reset(f->other), &err));
  return f->text;
}

static void reports_of_one_utterance_are_one_statement(void **state) {
  fixture *f = *state;
  for (int i = 0; i < 3; i++) add(f, PATHS[i]);
  assert_int_equal(count(f, "SELECT count(*) FROM statements"), 2);
  assert_int_equal(count(f, "SELECT count(*) FROM reports"), 6); /* the thoughts are no statements */
  assert_int_equal(count(f, "SELECT count(*) FROM entities"), 2);
  assert_int_equal(count(f, "SELECT count(*) FROM local_entities WHERE entity IS NULL"), 0);
  assert_non_null(strstr(shown(f), "Ilse Čapek 3 1;")); /* copies of one article count once */
}

static void a_loaded_document_knows_its_links(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  add(f, PATHS[0]);
  hsy_doc doc;
  hsy_arena arena = hsy_heap_reset(f->other);
  hsy_doc_init(&doc, &arena);
  assert_true(hsy_store_load(f->store, 1, HSY_LOAD_ALL, &doc, &err));
  assert_true(doc.attributions.data[0].statement.len > 0);
  assert_int_equal(doc.attributions.data[2].statement.len, 0);
  assert_true(hsy_str_eq(doc.entities.data[0].known_as, HSY_S("Ilse Čapek")));
}

static void links_do_not_depend_on_the_order(void **state) {
  static const int ORDERS[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
  char first[8192];
  for (int i = 0; i < 3; i++) {
    if (i) set_up(state);
    fixture *f = *state;
    for (int k = 0; k < 3; k++) add(f, PATHS[ORDERS[i][k]]);
    if (i == 0) strcpy(first, shown(f));
    assert_string_equal(shown(f), first);
    if (i < 2) tear_down(state);
  }
}

static void what_goes_takes_its_links_along(void **state) {
  fixture *f = *state;
  add(f, PATHS[0]);
  char alone[8192];
  strcpy(alone, shown(f));
  add(f, PATHS[1]);
  assert_string_not_equal(shown(f), alone);
  drop(f, PATHS[1]);
  assert_string_equal(shown(f), alone);
  drop(f, PATHS[0]);
  assert_string_equal(shown(f), "");
  static const char *const TABLES[] = {"statements", "reports", "claims",   "sides", "conflicts", "shifts",
                                       "entities",   "copies",  "postings", "notes", "pairs"};
  for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", TABLES[i]);
    assert_int_equal(count(f, sql), 0);
  }
}

static void nothing_is_done_where_nothing_changed(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  add(f, PATHS[0]);
  assert_int_equal(count(f, "SELECT value FROM state WHERE name = 'unlinked'"), 0);
  int64_t changes = sqlite3_total_changes64(hsy_store_db(f->store)->handle);
  assert_true(hsy_relink(f->store, &err));
  assert_int_equal(sqlite3_total_changes64(hsy_store_db(f->store)->handle), changes);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(reports_of_one_utterance_are_one_statement), TEST(a_loaded_document_knows_its_links),
      TEST(links_do_not_depend_on_the_order),           TEST(what_goes_takes_its_links_along),
      TEST(nothing_is_done_where_nothing_changed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
