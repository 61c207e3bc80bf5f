#include "store/store.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/os.h"
#include "store/rank.h"
#include "store/schema.h"

struct hsy_store {
  hsy_db db;
  char *path;
  bool in_batch;
  dev_t device; /* of the file that was opened */
  ino_t inode;
  /* hsy_store_has is asked by many threads: a statement of its own, and a lock. */
  sqlite3_stmt *has;
  pthread_mutex_t lock;
};

/* ---- opening ---- */

static const char SETTINGS[] = "PRAGMA foreign_keys=ON;"
                               "PRAGMA synchronous=NORMAL;" /* with a write-ahead log: safe, and whole after a crash */
                               "PRAGMA temp_store=MEMORY;";
/* Kibibytes of pages at hand. Questions come back to the narrow indexes. */
static const char TO_WRITE[] = "PRAGMA cache_size=-8192", TO_ASK[] = "PRAGMA cache_size=-65536";

/* What kind of file it is; false and *err where it is not for us. */
static bool check_kind(hsy_db *db, int64_t *version, bool create, hsy_error *err) {
  int64_t application = hsy_db_number(db, "PRAGMA application_id", err);
  *version = hsy_db_number(db, "PRAGMA user_version", err);
  int64_t tables = hsy_db_number(db, "SELECT count(*) FROM sqlite_schema", err);
  if (err->code != HSY_OK) return false;
  bool fresh = application == 0 && *version == 0 && tables == 0;
  if (fresh && create) return true;
  if (fresh) return hsy_fail(err, HSY_STORE, "store", -1, "%s: there is no store in it", db->path);
  if (application != HSY_SCHEMA_APPLICATION)
    return hsy_fail(err, HSY_STORE, "store", -1, "%s: this file is another program's, no store", db->path);
  if (*version > hsy_schema_latest())
    return hsy_fail(err, HSY_STORE, "store", -1,
                    "%s: a newer hearsay made this store (its version is %lld, this program knows %d)", db->path,
                    (long long)*version, hsy_schema_latest());
  return true;
}

static bool bring_up_to_date(hsy_db *db, int64_t version, hsy_error *err) {
  if (version == hsy_schema_latest()) return true;
  if (sqlite3_db_readonly(db->handle, "main"))
    return hsy_fail(err, HSY_STORE, "store", -1, "%s: an older hearsay made this store, and it cannot be written to",
                    db->path);
  return hsy_db_exec(db, "PRAGMA journal_mode=WAL", err) && hsy_schema_migrate(db, hsy_schema_latest(), err);
}

static bool set_up(hsy_db *db, bool create, hsy_error *err) {
  int64_t version = 0;
  if (!check_kind(db, &version, create, err)) return false;
  if (create && sqlite3_db_readonly(db->handle, "main")) return hsy_db_fail(db, SQLITE_READONLY, err);
  return hsy_db_exec(db, SETTINGS, err) && hsy_db_exec(db, create ? TO_WRITE : TO_ASK, err) &&
         hsy_rank_register(db, err) && bring_up_to_date(db, version, err);
}

/* A file on a medium that cannot be written: SQLite has to be told that nobody
 * else writes either, since it cannot keep its lock files there. */
static bool open_unchanging(hsy_db *db, const char *path, hsy_error *err) {
  char *uri = sqlite3_mprintf("file:%s?immutable=1", path);
  bool plain = uri && !strpbrk(path, "?#%");
  bool ok = plain && hsy_db_open(db, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
  sqlite3_free(uri);
  if (ok) db->path = path;
  return ok || hsy_db_fail(db, SQLITE_CANTOPEN, err);
}

/* SQLite takes a file of a few bytes for an empty one of its own, and writes over it. */
static bool check_file(const char *path, hsy_error *err) {
  static const char MAGIC[16] = "SQLite format 3";
  char head[sizeof MAGIC];
  struct stat file;
  if (stat(path, &file) || (S_ISREG(file.st_mode) && file.st_size == 0)) return true;
  int fd = S_ISREG(file.st_mode) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  ssize_t n = fd >= 0 ? read(fd, head, sizeof head) : 0;
  bool unread = fd < 0 && S_ISREG(file.st_mode); /* SQLite says why */
  if (fd >= 0) close(fd);
  if (unread || (n == sizeof head && !memcmp(head, MAGIC, sizeof MAGIC))) return true;
  return hsy_fail(err, HSY_STORE, "store", -1, "%s: this file is no store", path);
}

static bool open_and_set_up(hsy_store *store, bool create, hsy_error *err) {
  const char *path = store->path;
  if (!check_file(path, err)) return false;
  if (!create && access(path, F_OK) != 0)
    return hsy_fail(err, HSY_NOT_FOUND, "store", -1, "%s: there is no such store", path);
  int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
  hsy_error first = {.offset = -1};
  if (hsy_db_open(&store->db, path, flags, &first) && set_up(&store->db, create, &first)) return true;
  bool retry = !create && first.code == HSY_IO;
  if (retry) {
    hsy_db_close(&store->db);
    if (open_unchanging(&store->db, path, err) && set_up(&store->db, false, err)) return true;
  }
  if (err->code == HSY_OK) *err = first;
  return false;
}

hsy_store *hsy_store_open(const char *path, bool create, hsy_error *err) {
  hsy_store *store = calloc(1, sizeof *store);
  if (store) store->path = strdup(path);
  if (!store || !store->path) {
    hsy_fail(err, HSY_NO_MEMORY, "store", -1, "out of memory");
    free(store);
    return NULL;
  }
  pthread_mutex_init(&store->lock, NULL);
  struct stat file;
  if (open_and_set_up(store, create, err)) {
    if (!stat(path, &file)) store->device = file.st_dev, store->inode = file.st_ino;
    return store;
  }
  hsy_store_close(store);
  return NULL;
}

void hsy_store_close(hsy_store *store) {
  if (!store) return;
  hsy_store_rollback(store);
  sqlite3_finalize(store->has);
  hsy_db_close(&store->db);
  pthread_mutex_destroy(&store->lock);
  free(store->path);
  free(store);
}

hsy_db *hsy_store_db(hsy_store *store) { return &store->db; }

/* ---- batches ---- */

bool hsy_store_begin(hsy_store *store, hsy_error *err) {
  store->in_batch = hsy_db_exec(&store->db, "BEGIN IMMEDIATE", err);
  return store->in_batch;
}

/* What is written into a file that nobody can find any more is lost. */
static bool is_there_still(const hsy_store *store, hsy_error *err) {
  struct stat file;
  bool same = !stat(store->path, &file) && file.st_dev == store->device && file.st_ino == store->inode;
  return same || hsy_fail(err, HSY_STORE, "store", -1, "%s: the store was deleted or replaced meanwhile", store->path);
}

bool hsy_store_commit(hsy_store *store, hsy_error *err) {
  if (!is_there_still(store, err) || !hsy_db_exec(&store->db, "COMMIT", err)) return false;
  store->in_batch = false;
  return is_there_still(store, err);
}

bool hsy_store_holds(hsy_store *store, hsy_error *err) {
  bool undone = store->in_batch && sqlite3_get_autocommit(store->db.handle);
  return !undone || hsy_db_fail(&store->db, SQLITE_NOMEM, err);
}

void hsy_store_rollback(hsy_store *store) {
  hsy_error ignored = {0};
  if (store->in_batch) hsy_db_exec(&store->db, "ROLLBACK", &ignored);
  store->in_batch = false;
}

/* ---- finding documents ---- */

bool hsy_store_has(hsy_store *store, hsy_str id, hsy_error *err) {
  pthread_mutex_lock(&store->lock);
  int code = SQLITE_OK;
  if (!store->has)
    code = sqlite3_prepare_v3(store->db.handle,
                              "SELECT 1 FROM documents WHERE id = ?1 UNION ALL SELECT 1 FROM addresses WHERE id = ?1",
                              -1, SQLITE_PREPARE_PERSISTENT, &store->has, NULL);
  if (code == SQLITE_OK) code = sqlite3_bind_text(store->has, 1, id.data, (int)id.len, SQLITE_STATIC);
  if (code == SQLITE_OK) code = sqlite3_step(store->has);
  if (code != SQLITE_ROW && code != SQLITE_DONE) hsy_db_fail(&store->db, code, err);
  sqlite3_reset(store->has);
  pthread_mutex_unlock(&store->lock);
  return code == SQLITE_ROW;
}

int64_t hsy_store_key(hsy_store *store, hsy_str id, hsy_error *err) {
  hsy_query query = hsy_db_query(&store->db, "SELECT key FROM documents WHERE id = ?", err);
  hsy_bind_text(&query, id);
  int64_t key = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return key;
}

bool hsy_store_id(hsy_store *store, int64_t key, hsy_str *id, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(&store->db, "SELECT id FROM documents WHERE key = ?", err);
  hsy_bind_int(&query, key);
  *id = hsy_query_next(&query) ? hsy_str_copy(arena, hsy_column_str(&query, 0)) : (hsy_str){0};
  hsy_query_end(&query);
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

static void collect(hsy_query *query, hsy_key_vec *keys, hsy_arena *arena) {
  while (hsy_query_next(query)) *hsy_push(keys, arena) = hsy_column_int(query, 0);
}

static bool is_id_prefix(hsy_str name) {
  enum { LEAST = 6, WHOLE = 16 };
  if (name.len < LEAST || name.len > WHOLE) return false;
  for (ptrdiff_t i = 0; i < name.len; i++)
    if (!memchr("0123456789abcdef", name.data[i], 16)) return false;
  return true;
}

static void find_by_prefix(hsy_store *store, hsy_str name, hsy_key_vec *keys, hsy_arena *arena, hsy_error *err) {
  hsy_query query =
      hsy_db_query(&store->db, "SELECT key FROM documents WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 2", err);
  hsy_bind_text(&query, name);
  collect(&query, keys, arena);
  if (keys->len > 1) hsy_fail(err, HSY_USAGE, "store", -1, "more than one id begins with %.*s", HSY_FMT(name));
}

void hsy_store_find(hsy_store *store, hsy_str name, hsy_key_vec *keys, hsy_arena *arena, hsy_error *err) {
  keys->len = 0;
  if (is_id_prefix(name)) find_by_prefix(store, name, keys, arena, err);
  if (keys->len) return;
  hsy_query query = hsy_db_query(&store->db,
                                 "SELECT key, id FROM documents WHERE path = ?1 UNION"
                                 " SELECT key, id FROM documents WHERE origin = ?1 UNION SELECT d.key, d.id"
                                 " FROM addresses a JOIN documents d ON d.key = a.document"
                                 " WHERE a.url = ?1 OR a.path = ?1 OR a.id = ?1 ORDER BY id",
                                 err);
  hsy_bind_text(&query, name);
  collect(&query, keys, arena);
  if (keys->len) return;
  hsy_str place = hsy_os_place(name, arena);
  query = hsy_db_query(&store->db, "SELECT key FROM documents WHERE origin = ?1 OR path = ?1 ORDER BY id", err);
  hsy_bind_text(&query, place);
  collect(&query, keys, arena);
  if (keys->len) return;
  ptrdiff_t hash = name.len;
  while (hash > 0 && name.data[hash - 1] != '#') hash--;
  if (hash == 0) return;
  query = hsy_db_query(&store->db,
                       "SELECT key, id FROM documents WHERE path = ?1 AND item = ?2 UNION SELECT d.key, d.id"
                       " FROM addresses a JOIN documents d ON d.key = a.document WHERE a.path = ?1 AND a.item = ?2"
                       " ORDER BY id",
                       err);
  hsy_bind_text(&query, hsy_str_slice(name, 0, hash - 1));
  hsy_bind_text(&query, hsy_str_slice(name, hash, name.len));
  collect(&query, keys, arena);
}

void hsy_store_versions(hsy_store *store, hsy_str origin, hsy_key_vec *keys, hsy_arena *arena, hsy_error *err) {
  keys->len = 0;
  hsy_query query = hsy_db_query(&store->db, "SELECT key FROM documents WHERE origin = ? ORDER BY id", err);
  hsy_bind_text(&query, origin);
  collect(&query, keys, arena);
}

bool hsy_store_drop(hsy_store *store, int64_t key, hsy_error *err) {
  hsy_query query = hsy_db_query(&store->db, "DELETE FROM documents WHERE key = ?", err);
  hsy_bind_int(&query, key);
  return hsy_query_run(&query);
}
