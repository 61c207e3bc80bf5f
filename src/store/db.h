/* SQLite, with a failure that sticks.
 *
 * In. SQL and values.
 * Out. Rows, one at a time.
 * Owns. The connection and its prepared statements; both go with hsy_db_close.
 * Fails when. SQLite does. *err then says in a person's words what the matter
 * is, and every later call that is given the same *err does nothing.
 *
 * A query is: hsy_db_query, one hsy_bind_* for each ? in their order, then
 * hsy_query_next until it is false (or hsy_query_run where no rows come).
 */
#ifndef HSY_STORE_DB_H
#define HSY_STORE_DB_H

#include "base/error.h"
#include "base/str.h"

#include <sqlite3.h>

typedef struct hsy_db {
  sqlite3 *handle;
  const char *path; /* borrowed, for messages */
  struct {
    const char *sql;
    sqlite3_stmt *statement;
    bool busy;
  } * statements;
  size_t count, cap;
} hsy_db;

typedef struct hsy_query {
  hsy_db *db;
  sqlite3_stmt *statement;
  size_t slot; /* in db->statements */
  int bound;   /* values so far */
  hsy_error *err;
} hsy_query;

/* false: also *db holds nothing that has to be closed. */
bool hsy_db_open(hsy_db *db, const char *path, int flags, hsy_error *err);
void hsy_db_close(hsy_db *db);

/* Statements without values or rows, one or several. */
bool hsy_db_exec(hsy_db *db, const char *sql, hsy_error *err);
/* One number from a statement that gives one row, 0 on failure. */
int64_t hsy_db_number(hsy_db *db, const char *sql, hsy_error *err);
/* What SQLite's code means for a person; false, always. */
bool hsy_db_fail(const hsy_db *db, int code, hsy_error *err);

/* sql is static text: statements are kept by its address. */
hsy_query hsy_db_query(hsy_db *db, const char *sql, hsy_error *err);
/* sql is made for this once; the statement goes with hsy_query_end. */
hsy_query hsy_db_query_once(hsy_db *db, const char *sql, hsy_error *err);
void hsy_bind_int(hsy_query *query, int64_t value);
void hsy_bind_real(hsy_query *query, double value);
void hsy_bind_str(hsy_query *query, hsy_str value);  /* NULL where empty; borrows until the query ends */
void hsy_bind_text(hsy_query *query, hsy_str value); /* '' where empty; borrows likewise */
void hsy_bind_blob(hsy_query *query, hsy_str value);
/* true: there is a row. false: it was the last, or *err is set; the query has ended. */
bool hsy_query_next(hsy_query *query);
/* To the end, for statements that give no rows; false where *err is set. */
bool hsy_query_run(hsy_query *query);
/* Only needed where rows were left. */
void hsy_query_end(hsy_query *query);

int64_t hsy_column_int(const hsy_query *query, int column);
double hsy_column_real(const hsy_query *query, int column);
/* Borrows until the next step; empty for NULL. */
hsy_str hsy_column_str(const hsy_query *query, int column);
bool hsy_column_null(const hsy_query *query, int column);

#endif
