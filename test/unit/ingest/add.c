#include "ingest/add.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../scratch.h"

enum { LINES = 600 }; /* more than two batches */

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  int added, same, replaced, problems;
  int stop_at;
} fixture;

static hsy_engine *engine;

static int set_up_engine(void **state) {
  hsy_error err = {0};
  (void)state;
  engine = hsy_engine_new(NULL, false, &err);
  return engine ? 0 : -1;
}

static int free_engine(void **state) {
  (void)state;
  hsy_engine_free(engine);
  return 0;
}

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &err);
  *state = f;
  return f->store ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_store_close(f->store);
  scratch_close(&f->dir);
  free(f);
  return 0;
}

static bool receipt(void *user, const hsy_receipt *r) {
  fixture *f = user;
  f->added += strcmp(r->state, "added") == 0;
  f->same += strcmp(r->state, "same") == 0;
  f->replaced += strcmp(r->state, "replaced") == 0;
  assert_int_equal(r->id.len, 16);
  assert_true(r->path.len > 0);
  return !f->stop_at || f->added + f->same < f->stop_at;
}

static void problem(void *user, const char *where, const hsy_error *what) {
  ((fixture *)user)->problems++;
  assert_true(where[0] && what->message[0]);
}

static bool add(fixture *f, bool replace, int threads, const char *path, hsy_error *err) {
  hsy_ingest_plan plan = {
      .engine = engine, .format = {.max_text = 1 << 20}, .threads = threads, .problem = problem, .user = f};
  hsy_add how = {.replace = replace, .receipt = receipt};
  f->added = f->same = f->replaced = f->problems = 0;
  *err = (hsy_error){.offset = -1};
  return hsy_ingest_add(f->store, &plan, &how, &path, 1, NULL, err);
}

static int64_t count(fixture *f, const char *sql) {
  hsy_error err = {0};
  int64_t n = hsy_db_number(hsy_store_db(f->store), sql, &err);
  assert_int_equal(err.code, HSY_OK);
  return n;
}

static const char *write_lines(fixture *f) {
  static char text[LINES * 80];
  size_t used = 0;
  for (int i = 0; i < LINES; i++)
    used += (size_t)sprintf(text + used, "{\"id\":\"n%d\",\"text\":\"Harbour number %d is closed.\"}\n", i, i);
  return scratch_write(&f->dir, "many.jsonl", text);
}

static void the_same_article_again_changes_nothing(void **state) {
  fixture *f = *state;
  hsy_error err;
  const char *path = write_lines(f);
  for (int threads = 1; threads <= 2; threads++) {
    assert_true(add(f, false, threads, path, &err));
    assert_int_equal(f->added, threads == 1 ? LINES : 0);
    assert_int_equal(f->same, threads == 1 ? 0 : LINES);
    assert_int_equal(count(f, "SELECT count(*) FROM documents"), LINES);
  }
  assert_true(add(f, true, 2, path, &err));
  assert_int_equal(f->replaced, LINES);
  assert_int_equal(count(f, "SELECT count(*) FROM documents"), LINES);
}

static void an_article_twice_in_one_run_is_one(void **state) {
  fixture *f = *state;
  hsy_error err;
  const char *path = scratch_write(&f->dir, "twice.jsonl",
                                   "{\"id\":\"n1\",\"text\":\"A harbour is closed.\"}\n"
                                   "{\"id\":\"n1\",\"text\":\"A harbour is closed.\"}\n");
  assert_true(add(f, false, 2, path, &err));
  assert_int_equal(f->added, 1);
  assert_int_equal(f->same, 1);
}

static void replacing_takes_out_older_versions(void **state) {
  fixture *f = *state;
  hsy_error err;
  const char *path = scratch_write(&f->dir, "a.txt", "The harbour is closed, the mayor said.\n");
  assert_true(add(f, false, 1, path, &err));
  scratch_write(&f->dir, "a.txt", "The harbour is open, the mayor said.\n");
  assert_true(add(f, false, 1, path, &err)); /* other bytes: another document */
  assert_int_equal(f->added, 1);
  assert_int_equal(count(f, "SELECT count(*) FROM documents"), 2);
  assert_true(add(f, true, 1, path, &err));
  assert_int_equal(f->replaced, 1);
  assert_int_equal(count(f, "SELECT count(*) FROM documents"), 1);
  assert_int_equal(count(f, "SELECT count(*) FROM documents WHERE text LIKE '%open%'"), 1);
}

static void a_run_that_stops_keeps_its_whole_batches(void **state) {
  fixture *f = *state;
  hsy_error err;
  const char *path = write_lines(f);
  f->stop_at = 300; /* within the second batch's receipts */
  assert_false(add(f, false, 2, path, &err));
  assert_int_equal(err.code, HSY_STOPPED);
  int64_t kept = count(f, "SELECT count(*) FROM documents");
  assert_true(kept >= 300 && kept < LINES);
  f->stop_at = 0;
  assert_true(add(f, false, 2, path, &err)); /* and is taken up where it was */
  assert_int_equal(f->same, kept);
  assert_int_equal(f->added, LINES - kept);
}

static void bad_articles_do_not_stop_the_others(void **state) {
  fixture *f = *state;
  hsy_error err;
  const char *path = scratch_write(&f->dir, "some.jsonl",
                                   "{\"id\":\"a\",\"text\":\"A harbour is closed.\"}\n{]\n"
                                   "{\"id\":\"b\",\"text\":\"Another one is too.\"}\n");
  assert_true(add(f, false, 2, path, &err));
  assert_int_equal(f->problems, 1);
  assert_int_equal(f->added, 2);
}

static void removing_takes_all_or_none(void **state) {
  fixture *f = *state;
  hsy_error err;
  uint64_t removed;
  const char *many = write_lines(f);
  const char *one = scratch_write(&f->dir, "a.txt", "The harbour is closed, the mayor said.\n");
  assert_true(add(f, false, 1, many, &err) && add(f, false, 1, one, &err));
  assert_false(hsy_ingest_remove(f->store, (const char *[]){one, "nowhere.txt"}, 2, &removed, &err));
  assert_int_equal(err.code, HSY_NOT_FOUND);
  assert_int_equal(count(f, "SELECT count(*) FROM documents"), LINES + 1);
  err = (hsy_error){0};
  assert_true(hsy_ingest_remove(f->store, (const char *[]){one, one}, 2, &removed, &err));
  assert_int_equal(removed, 1);
  assert_true(hsy_ingest_remove(f->store, &many, 1, &removed, &err)); /* all that came from the file */
  assert_int_equal(removed, LINES);
  assert_int_equal(count(f, "SELECT count(*) FROM documents"), 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(the_same_article_again_changes_nothing), TEST(an_article_twice_in_one_run_is_one),
      TEST(replacing_takes_out_older_versions),     TEST(a_run_that_stops_keeps_its_whole_batches),
      TEST(bad_articles_do_not_stop_the_others),    TEST(removing_takes_all_or_none),
  };
  return cmocka_run_group_tests(tests, set_up_engine, free_engine);
}
