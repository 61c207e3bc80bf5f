/* What the questions about claims, conflicts, shifts and time share.
 *
 * In. A filter, rows of the store.
 * Out. Pieces of SQL, rows that hold attributions.
 * Owns. Answers at hand, until hsy_dispute_end.
 * Fails when. A claim is named that is not there.
 */
#ifndef HSY_QUERY_DISPUTES_H
#define HSY_QUERY_DISPUTES_H

#include "query/answers.h"
#include "query/clauses.h"
#include "query/cursor.h"

typedef struct hsy_dispute {
  hsy_store *store;
  const hsy_ask *ask;
  hsy_answers answers;
  hsy_answer_fn fn;
  void *user;
  hsy_arena *arena; /* of the question; a row's are given back */
  bool narrow;      /* the rows come by way of what fits the filter (hsy_clauses_rows) */
  int64_t passed;   /* rows, of another order than the usual */
  hsy_error *err;
} hsy_dispute;

hsy_dispute hsy_dispute_begin(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena *arena,
                              hsy_error *err);
bool hsy_dispute_end(hsy_dispute *d);

/* ---- fields ---- */

void hsy_field_text(hsy_field_vec *fields, const char *name, hsy_str text, hsy_arena *arena);
void hsy_field_count(hsy_field_vec *fields, const char *name, int64_t count, hsy_arena *arena);
void hsy_field_rate(hsy_field_vec *fields, const char *name, double rate, hsy_arena *arena);
void hsy_field_part(hsy_field_vec *fields, const char *name, bool single, hsy_arena *arena);
/* A list with the first column of a query that has one value, a key. */
void hsy_field_list(hsy_field_vec *fields, const char *name, hsy_dispute *d, const char *sql, int64_t key,
                    hsy_arena *arena);

/* ---- rows ---- */

bool hsy_dispute_open(hsy_dispute *d, const hsy_field_vec *fields, hsy_arena scratch);
/* The attribution with that key; fields: beside its own, may be NULL. */
bool hsy_dispute_put(hsy_dispute *d, const char *part, int64_t attribution, const hsy_field_vec *fields,
                     hsy_arena scratch);
bool hsy_dispute_close(hsy_dispute *d, hsy_arena scratch);

/* ---- filters ---- */

/* " AND …" that claim c is about the words, one by one: in a wording, or in a
 * name of who speaks. */
void hsy_clauses_about(hsy_clauses *clauses, hsy_dispute *d, hsy_str words);
/* How rows of a list hang on attributions. */
typedef struct hsy_among {
  const char *rows;       /* "shifts h" */
  const char *columns;    /* what tells a row of x: "x.key AS key" */
  const char *on;         /* and ties it to g, which has the same columns: "h.key = g.key" */
  const char *tables[2];  /* x of an attribution a: "shifts x ON x.before = a.key" */
  const char *correlated; /* of an attribution a to the row: "a.key IN (h.before, h.after)" */
} hsy_among;

/* " FROM …" of the rows; where few attributions fit the filter, as those of a
 * speaker, by way of them. */
bool hsy_clauses_rows(hsy_clauses *clauses, hsy_dispute *d, const hsy_among *among);
/* " AND …" that the rest of the filter fits one of the attributions of a row.
 * Nothing where it says nothing of them. */
bool hsy_clauses_among(hsy_clauses *clauses, hsy_dispute *d, const hsy_among *among);
/* " AND c.key = …" for the claim that the words name: its id, or the start of
 * one (six digits at least). HSY_NOT_FOUND. */
bool hsy_clauses_claim(hsy_clauses *clauses, hsy_dispute *d, hsy_str name);
/* Key of that claim, 0 where there is none or *err is set. */
int64_t hsy_dispute_claim(hsy_store *store, hsy_str name, hsy_error *err);

/* The surest first, then by id, then by number; where a page ended. */
hsy_str hsy_sure_cursor(double confidence, hsy_str id, int64_t n, hsy_arena *arena);
/* " AND …" that each of several speakers takes part. takes: SQL for one of them,
 * with "(?)" where the keys of what was said by that one are to stand. */
void hsy_clauses_each_speaker(hsy_clauses *clauses, hsy_dispute *d, const char *takes);
/* " AND …" that a row is behind the cursor; the columns by name. */
bool hsy_clauses_behind_sure(hsy_clauses *clauses, const hsy_cursor *cursor, const char *confidence, const char *id,
                             const char *n, hsy_error *err);

#endif
