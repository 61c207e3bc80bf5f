/* What targets over a record share: a store with the story in it, in memory.
 *
 * Run in the tree's folder. The file has no name and goes with the process. */
#ifndef HSY_FUZZ_SEED_H
#define HSY_FUZZ_SEED_H

#include <hearsay.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char seed_path[64];

static inline void seed_forget(void) {
  static const char *const BESIDE[] = {"", "-wal", "-shm", "-journal"};
  char path[80];
  for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++) {
    snprintf(path, sizeof path, "%s%s", seed_path, BESIDE[i]);
    unlink(path);
  }
}

static inline hearsay_engine *seed_engine(void) {
  static hearsay_engine *engine;
  hearsay_error err = {0};
  if (!engine) engine = hearsay_engine_new(NULL, HEARSAY_FAST, &err);
  if (!engine) abort();
  return engine;
}

/* Its path, the same at each call. */
static inline const char *seed_store(void) {
  const char *paths[] = {"examples/story"};
  hearsay_run run = {.threads = 1};
  hearsay_error err = {0};
  if (*seed_path) return seed_path;
  snprintf(seed_path, sizeof seed_path, "/dev/shm/hearsay-fuzz-%d.db", (int)getpid());
  seed_forget();
  atexit(seed_forget);
  hearsay_store *store = hearsay_store_open(seed_path, true, &err);
  if (!store || !hearsay_add(store, seed_engine(), paths, 1, &run, NULL, &err)) {
    fprintf(stderr, "%s\n", err.message);
    abort();
  }
  hearsay_store_close(store);
  return seed_path;
}

static inline bool seed_row(void *user, const char *json, size_t len) {
  (void)user;
  if (len < 2 || json[0] != '{' || json[len - 1] != '}') abort();
  return true;
}

#endif
