/* The system: files found below paths, processors counted.
 *
 * In. Paths as a person gives them: files, folders (walked recursively, in the
 * order of their names, hidden entries left out), "-" for standard input.
 * Out. One file after the other, each once a path given.
 * Owns. A walk owns what it remembers; a path it hands out is valid until the
 * next step.
 * Fails when. A path cannot be looked at, or a folder leads back to itself:
 * one PROBLEM each, and the walk goes on behind it.
 * Method: a folder is known by device and inode. One met again on the way down
 * is a loop and said; one met again elsewhere was read under its other name.
 */
#ifndef HSY_BASE_OS_H
#define HSY_BASE_OS_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

typedef struct hsy_walk hsy_walk;

typedef enum hsy_walk_step { HSY_WALK_FILE, HSY_WALK_PROBLEM, HSY_WALK_END } hsy_walk_step;

/* Borrows the paths until hsy_walk_free. */
hsy_walk *hsy_walk_new(const char *const *paths, size_t count, hsy_error *err);
/* FILE: *path is one. PROBLEM: *path is what *err is about; call again. */
hsy_walk_step hsy_walk_next(hsy_walk *walk, const char **path, hsy_error *err);
void hsy_walk_free(hsy_walk *walk); /* NULL is allowed */

/* Bytes of all files below the paths; 0 where that cannot be known (a stream
 * among them). */
uint64_t hsy_os_total_size(const char *const *paths, size_t count);

/* One name for a path however it was given: below the working folder without
 * that, else from the root on; "-" stays. Read off the words alone. */
hsy_str hsy_os_place(hsy_str path, hsy_arena *arena);

/* All of a file's bytes, in the arena. HSY_LIMIT where it holds more. */
bool hsy_os_load(const char *path, ptrdiff_t limit, hsy_arena *arena, hsy_str *bytes, hsy_error *err);

/* The file's bytes as the system has them, read only, taken from the disk as they are touched; threads and
 * processes share them. They begin at a page and stay until hsy_os_unmap. */
bool hsy_os_map(const char *path, hsy_str *bytes, hsy_error *err);
void hsy_os_unmap(hsy_str bytes);

/* Processors that this process may use, at least 1. */
int hsy_os_processors(void);

#endif
