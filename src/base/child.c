#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS = 60 };

extern char **environ;

/* A file in memory that holds the bytes, to be read from its start; -1 for none. */
static int file_of(hsy_str bytes) {
  int fd = memfd_create("in", MFD_CLOEXEC);
  for (ptrdiff_t at = 0; fd >= 0 && at < bytes.len;) {
    ssize_t n = write(fd, bytes.data + at, (size_t)(bytes.len - at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      close(fd);
      return -1;
    }
    at += n;
  }
  if (fd >= 0) lseek(fd, 0, SEEK_SET);
  return fd;
}

static int start(const char *const *call, int in, int out, int errors, pid_t *child) {
  posix_spawn_file_actions_t files;
  if (posix_spawn_file_actions_init(&files)) return ENOMEM;
  int failed = posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
  if (!failed) failed = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
  if (!failed) failed = posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
  if (!failed) failed = posix_spawnp(child, call[0], &files, NULL, (char *const *)call, environ);
  posix_spawn_file_actions_destroy(&files);
  return failed;
}

/* false: it wrote too much, or took too long. */
static bool copy(int from, ptrdiff_t limit, FILE *out, ptrdiff_t *written) {
  char room[16 << 10];
  time_t end = time(NULL) + SECONDS;
  for (;;) {
    time_t left = end - time(NULL);
    struct pollfd ready = {.fd = from, .events = POLLIN};
    int n = left > 0 ? poll(&ready, 1, (int)left * 1000) : 0;
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    ssize_t got = read(from, room, sizeof room);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    for (ssize_t i = 0; i < got; i++) *written += (unsigned char)room[i] > ' ';
    fwrite(room, 1, (size_t)got, out);
    if (*written > limit) return false;
  }
}

static hsy_child_end finish(pid_t child, bool whole) {
  int status = 0;
  if (!whole) kill(child, SIGKILL);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!whole) return HSY_CHILD_LONG;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? HSY_CHILD_DONE : HSY_CHILD_FAILED;
}

static void close_all(const int *fds, int count) {
  for (int i = 0; i < count; i++)
    if (fds[i] >= 0) close(fds[i]);
}

hsy_child_end hsy_child_run(const char *const *call, hsy_str in, ptrdiff_t limit, FILE *out, ptrdiff_t *written) {
  int fds[] = {file_of(in), file_of((hsy_str){0}), -1, -1}; /* its input, its errors; the pipe from it, and its end */
  pid_t child;
  *written = 0;
  if (fds[0] < 0 || fds[1] < 0 || pipe2(fds + 2, O_CLOEXEC)) {
    close_all(fds, 4);
    return HSY_CHILD_FAILED;
  }
  int failed = start(call, fds[0], fds[3], fds[1], &child);
  close_all(fds + 3, 1);
  hsy_child_end end = failed == ENOENT ? HSY_CHILD_MISSING : HSY_CHILD_FORBIDDEN;
  if (!failed) end = finish(child, copy(fds[2], limit, out, written));
  close_all(fds, 3);
  return end;
}
