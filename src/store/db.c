#include "store/db.h"

#include <stdlib.h>
#include <string.h>

enum { BUSY_MS = 30000, NO_SLOT = -1 };

/* ---- errors ---- */

static const struct meaning {
  int code; /* SQLite's, its low byte */
  hsy_code means;
  const char *text;
} MEANINGS[] = {
    {SQLITE_FULL, HSY_IO, "the disk is full"},
    {SQLITE_READONLY, HSY_IO, "it cannot be written to"},
    {SQLITE_IOERR, HSY_IO, "the system could not read or write it"},
    {SQLITE_CANTOPEN, HSY_IO, "it cannot be opened"},
    {SQLITE_PERM, HSY_IO, "no permission"},
    {SQLITE_BUSY, HSY_STORE, "another program is writing to it"},
    {SQLITE_LOCKED, HSY_STORE, "another program is writing to it"},
    {SQLITE_NOTADB, HSY_STORE, "this file is no store"},
    {SQLITE_CORRUPT, HSY_STORE, "it is damaged"},
    {SQLITE_TOOBIG, HSY_LIMIT, "the text is too long for it"},
    {SQLITE_NOMEM, HSY_NO_MEMORY, "out of memory"},
    {SQLITE_INTERRUPT, HSY_STOPPED, "stopped"},
};

bool hsy_db_fail(const hsy_db *db, int code, hsy_error *err) {
  const char *path = db->path ? db->path : "store";
  for (size_t i = 0; i < sizeof MEANINGS / sizeof *MEANINGS; i++)
    if (MEANINGS[i].code == (code & 0xFF))
      return hsy_fail(err, MEANINGS[i].means, "store", -1, "%s: %s", path, MEANINGS[i].text);
  return hsy_fail(err, HSY_STORE, "store", -1, "%s: %s", path,
                  db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
}

/* ---- connection ---- */

bool hsy_db_open(hsy_db *db, const char *path, int flags, hsy_error *err) {
  *db = (hsy_db){.path = path};
  int code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (code == SQLITE_OK) {
    sqlite3_busy_timeout(db->handle, BUSY_MS);
    return true;
  }
  hsy_db_fail(db, code, err);
  hsy_db_close(db);
  return false;
}

void hsy_db_close(hsy_db *db) {
  for (size_t i = 0; i < db->count; i++) sqlite3_finalize(db->statements[i].statement);
  free(db->statements);
  sqlite3_close(db->handle);
  *db = (hsy_db){0};
}

bool hsy_db_exec(hsy_db *db, const char *sql, hsy_error *err) {
  if (err->code != HSY_OK) return false;
  int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
  return code == SQLITE_OK || hsy_db_fail(db, code, err);
}

int64_t hsy_db_number(hsy_db *db, const char *sql, hsy_error *err) {
  hsy_query query = hsy_db_query_once(db, sql, err);
  int64_t number = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return number;
}

/* ---- statements ---- */

static sqlite3_stmt *prepare(hsy_db *db, const char *sql, unsigned flags, hsy_error *err) {
  sqlite3_stmt *statement = NULL;
  if (err->code != HSY_OK) return NULL;
  int code = sqlite3_prepare_v3(db->handle, sql, -1, flags, &statement, NULL);
  if (code != SQLITE_OK) hsy_db_fail(db, code, err);
  return statement;
}

/* Index of the statement kept for sql, prepared now where there is none that
 * is free; NO_SLOT on failure. */
static size_t kept_statement(hsy_db *db, const char *sql, hsy_error *err) {
  for (size_t i = 0; i < db->count; i++)
    if (db->statements[i].sql == sql && !db->statements[i].busy) return i;
  if (db->count == db->cap) {
    size_t cap = db->cap ? 2 * db->cap : 32;
    void *more = realloc(db->statements, cap * sizeof *db->statements);
    if (!more) hsy_db_fail(db, SQLITE_NOMEM, err);
    if (!more) return (size_t)NO_SLOT;
    db->statements = more;
    db->cap = cap;
  }
  sqlite3_stmt *statement = prepare(db, sql, SQLITE_PREPARE_PERSISTENT, err);
  if (!statement) return (size_t)NO_SLOT;
  db->statements[db->count].sql = sql;
  db->statements[db->count].statement = statement;
  return db->count++;
}

hsy_query hsy_db_query(hsy_db *db, const char *sql, hsy_error *err) {
  hsy_query query = {.db = db, .slot = (size_t)NO_SLOT, .err = err};
  if (err->code != HSY_OK) return query;
  query.slot = kept_statement(db, sql, err);
  if (query.slot == (size_t)NO_SLOT) return query;
  db->statements[query.slot].busy = true;
  query.statement = db->statements[query.slot].statement;
  return query;
}

hsy_query hsy_db_query_once(hsy_db *db, const char *sql, hsy_error *err) {
  return (hsy_query){.db = db, .slot = (size_t)NO_SLOT, .statement = prepare(db, sql, 0, err), .err = err};
}

void hsy_query_end(hsy_query *query) {
  if (!query->statement) return;
  if (query->slot == (size_t)NO_SLOT) {
    sqlite3_finalize(query->statement);
  } else {
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
    query->db->statements[query->slot].busy = false;
  }
  query->statement = NULL;
}

static void check(hsy_query *query, int code) {
  if (code == SQLITE_OK) return;
  hsy_db_fail(query->db, code, query->err);
  hsy_query_end(query);
}

void hsy_bind_int(hsy_query *query, int64_t value) {
  if (query->statement) check(query, sqlite3_bind_int64(query->statement, ++query->bound, value));
}

void hsy_bind_real(hsy_query *query, double value) {
  if (query->statement) check(query, sqlite3_bind_double(query->statement, ++query->bound, value));
}

void hsy_bind_text(hsy_query *query, hsy_str value) {
  if (!query->statement) return;
  const char *data = value.len ? value.data : "";
  check(query, sqlite3_bind_text64(query->statement, ++query->bound, data, (sqlite3_uint64)value.len, SQLITE_STATIC,
                                   SQLITE_UTF8));
}

void hsy_bind_str(hsy_query *query, hsy_str value) {
  if (value.len)
    hsy_bind_text(query, value);
  else
    query->bound++; /* what is not bound is NULL */
}

void hsy_bind_blob(hsy_query *query, hsy_str value) {
  if (!query->statement) return;
  check(query,
        sqlite3_bind_blob64(query->statement, ++query->bound, value.data, (sqlite3_uint64)value.len, SQLITE_STATIC));
}

bool hsy_query_next(hsy_query *query) {
  if (!query->statement) return false;
  int code = sqlite3_step(query->statement);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) hsy_db_fail(query->db, code, query->err);
  hsy_query_end(query);
  return false;
}

bool hsy_query_run(hsy_query *query) {
  while (hsy_query_next(query)) continue;
  return query->err->code == HSY_OK;
}

/* ---- columns ---- */

int64_t hsy_column_int(const hsy_query *query, int column) { return sqlite3_column_int64(query->statement, column); }

double hsy_column_real(const hsy_query *query, int column) { return sqlite3_column_double(query->statement, column); }

hsy_str hsy_column_str(const hsy_query *query, int column) {
  const void *data = sqlite3_column_blob(query->statement, column);
  /* A number that finds no room for its digits looks like no text. */
  if (!data && sqlite3_errcode(query->db->handle) == SQLITE_NOMEM) hsy_db_fail(query->db, SQLITE_NOMEM, query->err);
  return (hsy_str){data, data ? sqlite3_column_bytes(query->statement, column) : 0};
}

bool hsy_column_null(const hsy_query *query, int column) {
  return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}
