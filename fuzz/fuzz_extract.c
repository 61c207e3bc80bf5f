/* libFuzzer target: any bytes as a file, through all stages.
 *
 * Built with -fsanitize=fuzzer by fuzz/run.sh; with replay.c as a plain program
 * for the tests. */
#include <hearsay.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool drop_row(void *user, const char *json, size_t len) {
  (void)user;
  return len > 1 && json[0] == '{' && json[len - 1] == '}';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hearsay_engine *engine;
  hearsay_error err = {0};
  if (!engine) engine = hearsay_engine_new(NULL, HEARSAY_FAST, &err);
  if (!engine) abort();
  int fd = memfd_create("input", 0);
  if (fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  const char *paths[] = {path};
  hearsay_run run = {.threads = 1, .max_text = 1 << 20, .times = true, .on_row = drop_row};
  /* A row that is no object would stop the run. */
  if (!hearsay_extract(engine, paths, 1, &run, NULL, &err) && err.code == HEARSAY_STOPPED) abort();
  close(fd);
  return 0;
}
