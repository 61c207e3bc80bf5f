/* A folder of its own for a test, gone behind it. */
#ifndef HSY_TEST_SCRATCH_H
#define HSY_TEST_SCRATCH_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct scratch_dir {
  char path[64];
} scratch_dir;

static inline void scratch_open(scratch_dir *dir) {
  strcpy(dir->path, "/tmp/hearsay-test-XXXXXX");
  if (!mkdtemp(dir->path)) abort();
}

/* "folder/name", in one of a few buffers that take turns. */
static inline const char *scratch_path(const scratch_dir *dir, const char *name) {
  static char paths[8][400];
  static int turn;
  char *path = paths[turn++ % 8];
  snprintf(path, sizeof paths[0], "%s/%s", dir->path, name);
  return path;
}

static inline const char *scratch_write(const scratch_dir *dir, const char *name, const char *text) {
  const char *path = scratch_path(dir, name);
  FILE *file = fopen(path, "w");
  if (!file) abort();
  fputs(text, file);
  fclose(file);
  return path;
}

/* Files alone; the tests make no folders in it. */
static inline void scratch_close(scratch_dir *dir) {
  DIR *open = opendir(dir->path);
  struct dirent *entry;
  while (open && (entry = readdir(open)))
    if (entry->d_name[0] != '.') unlink(scratch_path(dir, entry->d_name));
  if (open) closedir(open);
  rmdir(dir->path);
}

#endif
