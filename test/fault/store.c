/* A disk that is full at the n-th write, and memory that SQLite does not get at
 * the n-th allocation: an error each time, and what was there before is there
 * after, whole. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../unit/sample.h"
#include "../unit/scratch.h"
#include "doc/identity.h"
#include "store/store.h"

/* ---- faults ---- */

static long write_fails_in, alloc_fails_in; /* 0: never */
static bool stays_full;                     /* all later writes fail as well */

static bool fault(long *fails_in, bool stays) {
  if (*fails_in == 0) return false;
  if (--*fails_in > 0) return false;
  if (stays) *fails_in = 1;
  return true;
}

static const sqlite3_vfs *real_vfs;
static sqlite3_vfs shim;
/* The system's own kinds of files (with locks, without), each with one method
 * exchanged; all of them write by the same function. */
static struct {
  const sqlite3_io_methods *real;
  sqlite3_io_methods faulty;
} kinds[4];
static int (*real_write)(sqlite3_file *, const void *, int, sqlite3_int64);

static int write_or_fail(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  return fault(&write_fails_in, stays_full) ? SQLITE_FULL : real_write(file, bytes, count, offset);
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  (void)vfs;
  int code = real_vfs->xOpen((sqlite3_vfs *)real_vfs, name, file, flags, out_flags);
  if (code != SQLITE_OK || !file->pMethods) return code;
  int k = 0;
  while (k < 3 && kinds[k].real && kinds[k].real != file->pMethods) k++;
  kinds[k].real = file->pMethods;
  kinds[k].faulty = *file->pMethods;
  real_write = file->pMethods->xWrite;
  kinds[k].faulty.xWrite = write_or_fail;
  file->pMethods = &kinds[k].faulty;
  return code;
}

static sqlite3_mem_methods real_memory;

static void *alloc_or_fail(int size) { return fault(&alloc_fails_in, false) ? NULL : real_memory.xMalloc(size); }

static void *realloc_or_fail(void *block, int size) {
  return fault(&alloc_fails_in, false) ? NULL : real_memory.xRealloc(block, size);
}

static int install(void **state) {
  (void)state;
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory);
  sqlite3_mem_methods faulty = real_memory;
  faulty.xMalloc = alloc_or_fail;
  faulty.xRealloc = realloc_or_fail;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty);
  sqlite3_initialize();
  real_vfs = sqlite3_vfs_find(NULL);
  shim = *real_vfs;
  shim.zName = "faulty";
  shim.xOpen = open_file;
  return sqlite3_vfs_register(&shim, 1);
}

static void end_faults(void) {
  write_fails_in = alloc_fails_in = 0;
  stays_full = false;
}

/* ---- the store ---- */

typedef struct fixture {
  scratch_dir dir;
  const char *path;
  hsy_heap *heap, *other;
} fixture;

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->path = strdup(scratch_path(&f->dir, "record.db"));
  f->heap = hsy_heap_new(64 << 20, &err);
  f->other = hsy_heap_new(64 << 20, &err);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  end_faults();
  scratch_close(&f->dir);
  hsy_heap_free(f->heap);
  hsy_heap_free(f->other);
  free((char *)f->path);
  free(f);
  return 0;
}

/* A batch of articles "NAME-0" … ; true when it was committed. */
static bool add(fixture *f, hsy_store *store, const char *name, int count, hsy_error *err) {
  bool ok = hsy_store_begin(store, err);
  for (int i = 0; ok && i < count; i++) {
    char path[32];
    hsy_arena arena = hsy_heap_reset(f->heap);
    hsy_doc doc;
    int64_t key;
    snprintf(path, sizeof path, "%s-%d", name, i);
    hsy_doc_init(&doc, &arena);
    sample_fill(&doc, path);
    ok = hsy_store_put(store, &doc, hsy_doc_id(&doc, &arena), hsy_heap_reset(f->other), &key, err);
  }
  ok = ok && hsy_store_commit(store, err);
  if (!ok) hsy_store_rollback(store);
  return ok;
}

/* Without faults: sound, and so many articles of that name in it. */
static void assert_holds(fixture *f, const char *name, int count) {
  hsy_error err = {.offset = -1};
  hsy_store *store = hsy_store_open(f->path, true, &err);
  if (!store) fail_msg("%s", err.message);
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT count(*) FROM documents WHERE path LIKE ? || '-%'", &err);
  hsy_bind_text(&query, hsy_str_of(name));
  assert_true(hsy_query_next(&query));
  assert_int_equal(hsy_column_int(&query, 0), count);
  hsy_query_end(&query);
  query = hsy_db_query(hsy_store_db(store), "PRAGMA integrity_check", &err);
  assert_true(hsy_query_next(&query));
  if (!hsy_str_eq(hsy_column_str(&query, 0), HSY_S("ok"))) fail_msg("%.*s", HSY_FMT(hsy_column_str(&query, 0)));
  hsy_query_end(&query);
  hsy_db_exec(hsy_store_db(store), "INSERT INTO documents_words(documents_words, rank) VALUES ('integrity-check', 1)",
              &err);
  if (err.code != HSY_OK) fail_msg("full text: %s", err.message);
  hsy_store_close(store);
}

static void first_batch(fixture *f) {
  hsy_error err = {.offset = -1};
  hsy_store *store = hsy_store_open(f->path, true, &err);
  assert_true(add(f, store, "old", 3, &err));
  hsy_store_close(store);
}

/* One more batch under a fault that `arm` sets; true when it went through. */
static bool try_batch(fixture *f, const char *name, long *fails_in, long n, hsy_code expected) {
  hsy_error err = {.offset = -1};
  *fails_in = n;
  hsy_store *store = hsy_store_open(f->path, true, &err);
  bool ok = store && add(f, store, name, 4, &err);
  hsy_store_close(store);
  bool reached = *fails_in <= 1 && (stays_full || *fails_in == 0);
  end_faults();
  if (!ok && err.code != expected) fail_msg("at %ld: code %d, %s", n, err.code, err.message);
  assert_holds(f, "old", 3);
  assert_holds(f, name, ok ? 4 : 0);
  return ok && !reached;
}

static void a_full_disk_loses_nothing(void **state) {
  fixture *f = *state;
  first_batch(f);
  for (int stays = 0; stays < 2; stays++) {
    bool through = false;
    for (long n = 1; !through && n < 2000; n += 1 + n / 12) {
      char name[24];
      snprintf(name, sizeof name, "n%d.%ld", stays, n);
      stays_full = stays;
      through = try_batch(f, name, &write_fails_in, n, HSY_IO);
    }
    assert_true(through);
  }
}

static void no_memory_loses_nothing(void **state) {
  fixture *f = *state;
  first_batch(f);
  bool through = false;
  for (long n = 1; !through && n < 200000; n += 1 + n / 20) {
    char name[24];
    snprintf(name, sizeof name, "m%ld", n);
    through = try_batch(f, name, &alloc_fails_in, n, HSY_NO_MEMORY);
  }
  assert_true(through);
}

static void a_store_that_could_not_be_made_can_be_made_later(void **state) {
  fixture *f = *state;
  bool through = false;
  for (long n = 1; !through && n < 2000; n += 1 + n / 12) {
    hsy_error err = {.offset = -1};
    stays_full = true;
    write_fails_in = n;
    hsy_store *store = hsy_store_open(f->path, true, &err);
    through = store && write_fails_in > 1;
    if (!store) assert_int_equal(err.code, HSY_IO);
    hsy_store_close(store);
    end_faults();
    assert_holds(f, "old", 0);
    static const char *const ENDINGS[] = {"record.db", "record.db-wal", "record.db-shm", "record.db-journal"};
    for (size_t i = 0; i < 4; i++) unlink(scratch_path(&f->dir, ENDINGS[i]));
  }
  assert_true(through);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(a_full_disk_loses_nothing),
      TEST(no_memory_loses_nothing),
      TEST(a_store_that_could_not_be_made_can_be_made_later),
  };
  return cmocka_run_group_tests(tests, install, NULL);
}
