#include "ingest/run.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../scratch.h"

enum { LINES = 300 };

/* What came out, as one text: "title;title;!where;…". */
typedef struct seen {
  char text[16384];
  int articles, shaped;
  int stop_at; /* emit says stop at this article; 0: never */
  bool want;
  uint64_t progress_articles, bytes, total;
} seen;

static hsy_engine *engine;

static int set_up(void **state) {
  hsy_error err = {0};
  (void)state;
  engine = hsy_engine_new(NULL, false, &err);
  assert_non_null(engine);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  hsy_engine_free(engine);
  return 0;
}

static bool shape(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  (void)user;
  (void)scratch;
  if (hsy_str_find(doc->text, HSY_S("trouble")) >= 0) return hsy_fail(err, HSY_LIMIT, "test", 3, "trouble");
  job->row_len = (size_t)doc->meta.source_id.len;
  job->row = strndup(doc->meta.source_id.data, job->row_len);
  return true;
}

static bool wanted(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch) {
  (void)scratch;
  (void)user;
  job->known = hsy_str_find(doc->text, HSY_S("known")) >= 0;
  return !job->known;
}

static bool emit(void *user, hsy_ingest_job *job, hsy_error *err) {
  seen *s = user;
  (void)err;
  size_t used = strlen(s->text);
  snprintf(s->text + used, sizeof s->text - used, "%s;", job->known ? "known" : job->row);
  return ++s->articles != s->stop_at;
}

static void problem(void *user, const char *where, const hsy_error *what) {
  seen *s = user;
  size_t used = strlen(s->text);
  const char *slash = strrchr(where, '/');
  assert_true(what->code != HSY_OK && what->message[0]);
  snprintf(s->text + used, sizeof s->text - used, "!%s;", slash ? slash + 1 : where);
}

static void progress(void *user, uint64_t articles, uint64_t bytes, uint64_t total_bytes) {
  seen *s = user;
  s->progress_articles = articles;
  s->bytes = bytes;
  s->total = total_bytes;
}

static hsy_ingest_plan plan_for(seen *s, int threads) {
  return (hsy_ingest_plan){.engine = engine,
                           .format = {.max_text = 1 << 20},
                           .threads = threads,
                           .tag = true,
                           .wanted = wanted,
                           .shape = shape,
                           .emit = emit,
                           .problem = problem,
                           .progress = progress,
                           .user = s};
}

static const char *write_lines(const scratch_dir *dir) {
  static char text[LINES * 120];
  size_t used = 0;
  for (int i = 0; i < LINES; i++) /* of very different lengths */
    used += (size_t)sprintf(text + used, "{\"id\":\"n%03d\",\"text\":\"The harbour is closed. %.*s\"}\n", i, i % 50,
                            "It stays so until the ice has gone, said the mayor.");
  return scratch_write(dir, "many.jsonl", text);
}

static void articles_come_in_order_whatever_the_threads(void **state) {
  scratch_dir dir;
  hsy_error err = {0};
  uint64_t failed;
  static char want[16384];
  (void)state;
  scratch_open(&dir);
  const char *path = write_lines(&dir);
  for (int i = 0; i < LINES; i++) sprintf(want + 5 * i, "n%03d;", i);
  for (int threads = 1; threads <= 5; threads += 2) {
    static seen s;
    memset(&s, 0, sizeof s);
    hsy_ingest_plan plan = plan_for(&s, threads);
    assert_true(hsy_ingest_run(&plan, &path, 1, &failed, &err));
    assert_string_equal(s.text, want);
    assert_int_equal(s.progress_articles, LINES);
    assert_int_equal(s.bytes, s.total);
    assert_int_equal(failed, 0);
  }
  scratch_close(&dir);
}

static void what_cannot_be_read_keeps_its_place(void **state) {
  scratch_dir dir;
  hsy_error err = {0};
  uint64_t failed;
  (void)state;
  scratch_open(&dir);
  const char *paths[] = {scratch_write(&dir, "a.txt", "The ferry sails again, the captain said.\n"),
                         scratch_path(&dir, "gone.txt"),
                         scratch_write(&dir, "b.txt", "There is trouble in this one.\n"),
                         scratch_write(&dir, "c.jsonl",
                                       "{\"id\":\"x\",\"text\":\"All is well.\"}\n{\"id\":\n"
                                       "{\"id\":\"y\",\"text\":\"This one is known.\"}\n"),
                         scratch_write(&dir, "d.txt", "The last of them, she said.\n")};
  for (int threads = 1; threads <= 3; threads++) {
    static seen s;
    memset(&s, 0, sizeof s);
    hsy_ingest_plan plan = plan_for(&s, threads);
    assert_true(hsy_ingest_run(&plan, paths, 5, &failed, &err));
    assert_string_equal(s.text, "a;!gone.txt;!b.txt;x;!c.jsonl#2;known;d;");
    assert_int_equal(failed, 3);
  }
  scratch_close(&dir);
}

static void a_run_can_be_stopped(void **state) {
  scratch_dir dir;
  (void)state;
  scratch_open(&dir);
  const char *path = write_lines(&dir);
  for (int threads = 1; threads <= 3; threads += 2) {
    static seen s;
    hsy_error err = {0};
    memset(&s, 0, sizeof s);
    s.stop_at = 7;
    hsy_ingest_plan plan = plan_for(&s, threads);
    assert_false(hsy_ingest_run(&plan, &path, 1, NULL, &err));
    assert_int_equal(err.code, HSY_STOPPED);
    assert_int_equal(s.articles, 7);
  }
  scratch_close(&dir);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(articles_come_in_order_whatever_the_threads),
      cmocka_unit_test(what_cannot_be_read_keeps_its_place),
      cmocka_unit_test(a_run_can_be_stopped),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
