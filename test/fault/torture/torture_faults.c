#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "torture.h"

/* Found by the libraries, too. */
#pragma GCC visibility push(default)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *data, size_t size);

static atomic_long calls[FAULTS];
static long fails_at[FAULTS];
static int stays_so[FAULTS];

void torture_fail(torture_fault fault, long n, int stays) {
  fails_at[fault] = n ? atomic_load(&calls[fault]) + n : 0;
  stays_so[fault] = stays;
}

long torture_calls(torture_fault fault) { return atomic_load(&calls[fault]); }

static int fails(torture_fault fault) {
  long now = atomic_fetch_add(&calls[fault], 1) + 1, at = fails_at[fault];
  return at && (now == at || (stays_so[fault] && now > at));
}

void *malloc(size_t size) {
  if (!fails(FAULT_MEMORY)) return __libc_malloc(size);
  errno = ENOMEM;
  return NULL;
}

void *calloc(size_t count, size_t size) {
  if (!fails(FAULT_MEMORY)) return __libc_calloc(count, size);
  errno = ENOMEM;
  return NULL;
}

void *realloc(void *data, size_t size) {
  if (!fails(FAULT_MEMORY)) return __libc_realloc(data, size);
  errno = ENOMEM;
  return NULL;
}

static int is_store(int fd) {
  char link[64], name[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, name, sizeof name - 1);
  if (n <= 0) return 0;
  name[n] = '\0';
  return strstr(name, ".db") != NULL;
}

static int refuse(int fd, torture_fault fault, int error) {
  if (!is_store(fd) || !fails(fault)) return 0;
  errno = error;
  return 1;
}

typedef ssize_t (*write_fn)(int fd, const void *data, size_t size, off64_t at);

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  static write_fn real;
  if (!real) real = (write_fn)dlsym(RTLD_NEXT, "pwrite64");
  return refuse(fd, FAULT_WRITE, ENOSPC) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

static int sync_by(const char *name, int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return refuse(fd, FAULT_SYNC, EIO) ? -1 : real(fd);
}

int fsync(int fd) { return sync_by("fsync", fd); }
int fdatasync(int fd) { return sync_by("fdatasync", fd); }

int open64(const char *path, int flags, ...) {
  static int (*real)(const char *, int, ...);
  va_list rest;
  va_start(rest, flags);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
  va_end(rest);
  if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
  if (!strstr(path, ".db") || !fails(FAULT_OPEN)) return real(path, flags, mode);
  errno = EMFILE;
  return -1;
}

#pragma GCC visibility pop
