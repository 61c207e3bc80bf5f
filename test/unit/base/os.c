#include "base/os.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct folder {
  char path[64];
} folder;

static void make(const char *path, const char *bytes) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs(bytes, file);
  fclose(file);
}

/* tmp/a.txt, tmp/b/c.txt, tmp/b/.hidden, tmp/b/loop → tmp, tmp/c → tmp/b; the
 * process stands in tmp. */
static int set_up(void **state) {
  folder *f = calloc(1, sizeof *f);
  strcpy(f->path, "/tmp/hearsay-os-XXXXXX");
  assert_non_null(mkdtemp(f->path));
  assert_int_equal(chdir(f->path), 0);
  make("a.txt", "12345");
  mkdir("b", 0777);
  make("b/c.txt", "123");
  make("b/.hidden", "no");
  assert_int_equal(symlink("..", "b/loop"), 0);
  assert_int_equal(symlink("b", "c"), 0);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  folder *f = *state;
  const char *names[] = {"c", "b/loop", "b/.hidden", "b/c.txt", "b", "a.txt"};
  for (size_t i = 0; i < 6; i++) remove(names[i]);
  assert_int_equal(chdir("/tmp"), 0);
  rmdir(f->path);
  free(f);
  return 0;
}

/* "path path !problem " of a walk. */
static void walk_text(const char *const *paths, size_t count, char *out) {
  hsy_error err = {0};
  hsy_walk *walk = hsy_walk_new(paths, count, &err);
  const char *path;
  hsy_walk_step step;
  *out = 0;
  while ((step = hsy_walk_next(walk, &path, &err)) != HSY_WALK_END) {
    strcat(out, step == HSY_WALK_PROBLEM ? "!" : "");
    strcat(strcat(out, path), " ");
    if (step == HSY_WALK_PROBLEM) assert_true(err.message[0] != 0);
  }
  hsy_walk_free(walk);
}

static void folders_are_walked_in_order_and_loops_said(void **state) {
  char text[512];
  (void)state;
  walk_text((const char *[]){"."}, 1, text);
  /* ./b/loop leads back; ./c is b under another name and was read. */
  assert_string_equal(text, "./a.txt ./b/c.txt !./b/loop ");
  walk_text((const char *[]){"b/", "a.txt"}, 2, text);
  assert_string_equal(text, "b/c.txt b/loop/a.txt !b/loop/b !b/loop/c a.txt ");
}

static void what_is_named_is_read_whatever_its_name(void **state) {
  char text[512];
  (void)state;
  walk_text((const char *[]){"b/.hidden", "-", "c/c.txt"}, 3, text);
  assert_string_equal(text, "b/.hidden - c/c.txt ");
}

static void what_is_not_there_is_one_problem(void **state) {
  char text[512];
  (void)state;
  walk_text((const char *[]){"gone.txt", "a.txt", ""}, 3, text);
  assert_string_equal(text, "!gone.txt a.txt ! ");
}

static void sizes_are_summed_where_they_are_known(void **state) {
  (void)state;
  assert_int_equal(hsy_os_total_size((const char *[]){"b", "a.txt"}, 2), 3 + 5 + 5);
  assert_int_equal(hsy_os_total_size((const char *[]){"a.txt", "-"}, 2), 0);
  assert_true(hsy_os_processors() >= 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(folders_are_walked_in_order_and_loops_said, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_is_named_is_read_whatever_its_name, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_is_not_there_is_one_problem, set_up, tear_down),
      cmocka_unit_test_setup_teardown(sizes_are_summed_where_they_are_known, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
