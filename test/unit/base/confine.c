#include "base/confine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_CONFINED = 77 };

static bool may_write(const char *folder) {
  char path[128];
  snprintf(path, sizeof path, "%s/file", folder);
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

static bool refused(int result) { return result < 0 && errno == EPERM; }

/* In a process of its own, since it cannot be taken back. The bits of what went wrong. */
static int confined(const char *mine, const char *other) {
  char *const arguments[] = {(char *)"true", NULL};
  int done = hsy_confine(mine), wrong = 0;
  if (!done) return NOT_CONFINED;
  if (done & HSY_CONFINED_FILES) wrong |= (may_write(mine) ? 0 : 1) | (may_write(other) ? 2 : 0);
  if (done & HSY_CONFINED_CALLS) wrong |= refused(socket(AF_INET, SOCK_STREAM, 0)) ? 0 : 4;
  wrong |= open("/", O_RDONLY | O_CLOEXEC) < 0 ? 8 : 0; /* what is to be read may lie anywhere */
  execv("/bin/true", arguments);
  return wrong | (errno == EPERM || errno == EACCES ? 0 : 16);
}

static void gives_up_what_it_does_not_need(void **state) {
  char mine[] = "/tmp/hearsay-mine-XXXXXX", other[] = "/tmp/hearsay-other-XXXXXX";
  int status;
  (void)state;
  assert_non_null(mkdtemp(mine));
  assert_non_null(mkdtemp(other));
  assert_true(may_write(mine) && may_write(other));
  pid_t pid = fork();
  if (pid == 0) _exit(confined(mine, other));
  assert_int_equal(waitpid(pid, &status, 0), pid);
  char command[128];
  snprintf(command, sizeof command, "rm -r %s %s", mine, other);
  assert_int_equal(system(command), 0);
  assert_true(WIFEXITED(status));
  if (WEXITSTATUS(status) == NOT_CONFINED) skip(); /* a kernel that knows neither way */
  assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(gives_up_what_it_does_not_need)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
