#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct place {
  dev_t device;
  ino_t inode;
} place;

/* A folder that is being walked: its names, packed, and where they start. */
typedef struct level {
  place where;
  size_t path_len; /* of the walk's path up to this folder */
  char *names;
  size_t names_len, names_cap;
  size_t *starts;
  size_t count, cap, next;
} level;

struct hsy_walk {
  const char *const *paths;
  size_t count, next;
  char *path;
  size_t path_cap;
  level *levels;
  size_t depth, depth_cap;
  place *seen; /* [seen_cap] open addressing; inode 0 is free */
  size_t seen_count, seen_cap;
};

/* ---- growing ---- */

static bool room_for(void **data, size_t *cap, size_t need, size_t size) {
  if (need <= *cap) return true;
  size_t more = *cap ? 2 * *cap : 64;
  while (more < need) more *= 2;
  void *bigger = realloc(*data, more * size);
  if (!bigger) return false;
  *data = bigger;
  *cap = more;
  return true;
}

static bool no_memory(hsy_error *err) { return hsy_fail(err, HSY_NO_MEMORY, "base", -1, "out of memory"); }

/* ---- folders that were met ---- */

static size_t seen_slot(const hsy_walk *walk, place where) {
  uint64_t hash = ((uint64_t)where.inode ^ (uint64_t)where.device << 32) * 0x9E3779B97F4A7C15u;
  size_t at = (size_t)(hash >> 20) & (walk->seen_cap - 1);
  while (walk->seen[at].inode && (walk->seen[at].inode != where.inode || walk->seen[at].device != where.device))
    at = (at + 1) & (walk->seen_cap - 1);
  return at;
}

static bool seen_grow(hsy_walk *walk) {
  place *old = walk->seen;
  size_t old_cap = walk->seen_cap;
  place *bigger = calloc(old_cap ? 2 * old_cap : 64, sizeof *bigger);
  if (!bigger) return false;
  walk->seen = bigger;
  walk->seen_cap = old_cap ? 2 * old_cap : 64;
  for (size_t i = 0; i < old_cap; i++)
    if (old[i].inode) walk->seen[seen_slot(walk, old[i])] = old[i];
  free(old);
  return true;
}

/* Marks the folder; *again: it was marked before. */
static bool see(hsy_walk *walk, place where, bool *again) {
  if (2 * (walk->seen_count + 1) > walk->seen_cap && !seen_grow(walk)) return false;
  place *slot = &walk->seen[seen_slot(walk, where)];
  *again = slot->inode != 0;
  if (!*again) walk->seen_count++;
  *slot = where;
  return true;
}

static void forget_seen(hsy_walk *walk) {
  if (walk->seen) memset(walk->seen, 0, walk->seen_cap * sizeof *walk->seen);
  walk->seen_count = 0;
}

static bool on_the_way(const hsy_walk *walk, place where) {
  for (size_t i = 0; i < walk->depth; i++)
    if (walk->levels[i].where.inode == where.inode && walk->levels[i].where.device == where.device) return true;
  return false;
}

/* ---- one folder ---- */

static bool add_name(level *folder, const char *name) {
  size_t len = strlen(name) + 1;
  if (!room_for((void **)&folder->names, &folder->names_cap, folder->names_len + len, 1)) return false;
  if (!room_for((void **)&folder->starts, &folder->cap, folder->count + 1, sizeof *folder->starts)) return false;
  memcpy(folder->names + folder->names_len, name, len);
  folder->starts[folder->count++] = folder->names_len;
  folder->names_len += len;
  return true;
}

static int by_name(const void *a, const void *b, void *names) {
  return strcmp((char *)names + *(const size_t *)a, (char *)names + *(const size_t *)b);
}

static void free_level(level *folder) {
  free(folder->names);
  free(folder->starts);
}

static bool read_names(const char *path, level *folder, hsy_error *err) {
  DIR *dir = opendir(path);
  if (!dir) return hsy_fail(err, HSY_IO, "base", -1, "%s", strerror(errno));
  bool ok = true;
  struct dirent *entry;
  while (ok && (entry = readdir(dir)))
    if (entry->d_name[0] != '.' && !add_name(folder, entry->d_name)) ok = no_memory(err);
  closedir(dir);
  if (folder->count) qsort_r(folder->starts, folder->count, sizeof *folder->starts, by_name, folder->names);
  return ok;
}

/* Goes down into the folder at walk->path, unless it was read already. */
static bool enter(hsy_walk *walk, const struct stat *info, hsy_error *err) {
  place where = {info->st_dev, info->st_ino};
  if (on_the_way(walk, where))
    return hsy_fail(err, HSY_BAD_INPUT, "base", -1, "the folder leads back to itself, not followed");
  bool again = false;
  if (!see(walk, where, &again)) return no_memory(err);
  if (again) return true;
  if (!room_for((void **)&walk->levels, &walk->depth_cap, walk->depth + 1, sizeof *walk->levels)) return no_memory(err);
  size_t path_len = strlen(walk->path);
  while (path_len > 1 && walk->path[path_len - 1] == '/') path_len--;
  level folder = {.where = where, .path_len = path_len};
  bool ok = read_names(walk->path, &folder, err);
  if (ok)
    walk->levels[walk->depth++] = folder;
  else
    free_level(&folder);
  return ok;
}

static void leave(hsy_walk *walk) { free_level(&walk->levels[--walk->depth]); }

/* ---- the walk ---- */

hsy_walk *hsy_walk_new(const char *const *paths, size_t count, hsy_error *err) {
  hsy_walk *walk = calloc(1, sizeof *walk);
  if (!walk) {
    no_memory(err);
    return NULL;
  }
  walk->paths = paths;
  walk->count = count;
  return walk;
}

void hsy_walk_free(hsy_walk *walk) {
  if (!walk) return;
  while (walk->depth) leave(walk);
  free(walk->levels);
  free(walk->seen);
  free(walk->path);
  free(walk);
}

static bool set_path(hsy_walk *walk, size_t keep, const char *name) {
  size_t len = strlen(name) + 1;
  if (!room_for((void **)&walk->path, &walk->path_cap, keep + 1 + len, 1)) return false;
  if (keep && walk->path[keep - 1] != '/') walk->path[keep++] = '/';
  memcpy(walk->path + keep, name, len);
  return true;
}

/* Puts the next name into walk->path; false at the end (or *err is set). */
static bool next_name(hsy_walk *walk, bool *top, hsy_error *err) {
  while (walk->depth && walk->levels[walk->depth - 1].next == walk->levels[walk->depth - 1].count) leave(walk);
  *top = walk->depth == 0;
  if (*top) {
    if (walk->next == walk->count) return false;
    forget_seen(walk);
    return set_path(walk, 0, walk->paths[walk->next++]) || no_memory(err);
  }
  level *folder = &walk->levels[walk->depth - 1];
  return set_path(walk, folder->path_len, folder->names + folder->starts[folder->next++]) || no_memory(err);
}

hsy_walk_step hsy_walk_next(hsy_walk *walk, const char **path, hsy_error *err) {
  bool top;
  *err = (hsy_error){.offset = -1};
  while (next_name(walk, &top, err)) {
    *path = walk->path;
    if (top && strcmp(walk->path, "-") == 0) return HSY_WALK_FILE;
    struct stat info;
    if (stat(walk->path, &info) != 0) {
      hsy_fail(err, errno == ENOENT ? HSY_NOT_FOUND : HSY_IO, "base", -1, "%s", strerror(errno));
      return HSY_WALK_PROBLEM;
    }
    if (S_ISDIR(info.st_mode)) {
      if (!enter(walk, &info, err)) return HSY_WALK_PROBLEM;
    } else if (top || S_ISREG(info.st_mode)) {
      return HSY_WALK_FILE; /* a pipe or device is read only where it was named */
    }
  }
  if (err->code == HSY_OK) return HSY_WALK_END;
  walk->next = walk->count; /* no memory even for a path: say so once and end */
  while (walk->depth) leave(walk);
  *path = "";
  return HSY_WALK_PROBLEM;
}

uint64_t hsy_os_total_size(const char *const *paths, size_t count) {
  hsy_error err = {0};
  hsy_walk *walk = hsy_walk_new(paths, count, &err);
  uint64_t total = 0;
  const char *path;
  hsy_walk_step step = HSY_WALK_END;
  while (walk && (step = hsy_walk_next(walk, &path, &err)) != HSY_WALK_END) {
    struct stat info;
    if (step == HSY_WALK_PROBLEM) continue;
    bool known = strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
    if (!known) {
      total = 0;
      break;
    }
    total += (uint64_t)info.st_size;
  }
  hsy_walk_free(walk);
  return total;
}

int hsy_os_processors(void) {
  cpu_set_t set;
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return count > 0 ? count : 1;
}

/* "/a/./b//../c" is "/a/c". */
static hsy_str without_steps(hsy_str path, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  hsy_buf_byte(&out, '/');
  while (path.len) {
    hsy_str step = hsy_str_cut(path, '/', &path);
    if (step.len == 0 || hsy_str_eq(step, HSY_S("."))) continue;
    if (hsy_str_eq(step, HSY_S(".."))) {
      while (out.len > 1 && out.data[out.len - 1] != '/') out.len--;
      if (out.len > 1) out.len--;
      continue;
    }
    if (out.len > 1) hsy_buf_byte(&out, '/');
    hsy_buf_add(&out, step);
  }
  return hsy_buf_str(&out);
}

hsy_str hsy_os_place(hsy_str path, hsy_arena *arena) {
  enum { LONGEST = 4096 };
  char here[LONGEST];
  if (path.len == 0 || hsy_str_eq(path, HSY_S("-")) || !getcwd(here, sizeof here)) return path;
  bool whole = path.data[0] == '/';
  hsy_str from_root = whole ? path : hsy_str_printf(arena, "%s/%.*s", here, HSY_FMT(path));
  hsy_str clean = without_steps(from_root, arena), folder = hsy_str_of(here);
  bool below = hsy_str_starts(clean, folder) && clean.len > folder.len && clean.data[folder.len] == '/';
  return below ? hsy_str_slice(clean, folder.len + 1, clean.len) : clean;
}

/* The file's bytes from where it stands; false where reading fails. */
static bool read_all(FILE *file, ptrdiff_t limit, hsy_arena *arena, hsy_str *bytes) {
  hsy_buf all = hsy_buf_in(arena);
  char piece[16 << 10];
  for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) {
    hsy_buf_add(&all, (hsy_str){piece, (ptrdiff_t)n});
    if (all.len > limit) break;
  }
  *bytes = hsy_buf_str(&all);
  return !ferror(file);
}

bool hsy_os_load(const char *path, ptrdiff_t limit, hsy_arena *arena, hsy_str *bytes, hsy_error *err) {
  FILE *file = fopen(path, "rb");
  if (!file) return hsy_fail(err, HSY_IO, "base", -1, "%s: %s", path, strerror(errno));
  bool ok = read_all(file, limit, arena, bytes);
  if (!ok) hsy_fail(err, HSY_IO, "base", -1, "%s: %s", path, strerror(errno));
  fclose(file);
  if (ok && bytes->len > limit) return hsy_fail(err, HSY_LIMIT, "base", limit, "%s is larger than expected", path);
  return ok && hsy_arena_check(*arena, "base", err);
}

bool hsy_os_map(const char *path, hsy_str *bytes, hsy_error *err) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  void *at = MAP_FAILED;
  if (file >= 0 && fstat(file, &about) == 0 && about.st_size > 0)
    at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  else if (file >= 0 && about.st_size == 0)
    errno = ENODATA;
  if (at == MAP_FAILED) hsy_fail(err, HSY_IO, "base", -1, "%s: %s", path, strerror(errno));
  if (file >= 0) close(file);
  if (at != MAP_FAILED) *bytes = (hsy_str){at, (ptrdiff_t)about.st_size};
  return at != MAP_FAILED;
}

void hsy_os_unmap(hsy_str bytes) {
  if (bytes.data) munmap((void *)(uintptr_t)bytes.data, (size_t)bytes.len);
}
