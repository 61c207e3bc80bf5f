/* SQL put together from pieces, each with the values it needs.
 *
 * In. Static pieces of SQL with ? for values, and a filter.
 * Out. A query with its values bound.
 * Owns. Nothing; all lies in the arena.
 * Fails when. A filter's value makes no sense.
 * Words of a person are only ever bound, never part of the SQL.
 */
#ifndef HSY_QUERY_CLAUSES_H
#define HSY_QUERY_CLAUSES_H

#include "query/query.h"

typedef struct hsy_value {
  enum { HSY_VALUE_TEXT, HSY_VALUE_INT, HSY_VALUE_REAL } kind;
  hsy_str text;
  int64_t number;
  double real;
} hsy_value;

typedef struct hsy_clauses {
  hsy_arena *arena;
  hsy_buf sql;
  HSY_VEC(hsy_value) values;
} hsy_clauses;

hsy_clauses hsy_clauses_in(hsy_arena *arena);
void hsy_clauses_add(hsy_clauses *clauses, const char *sql);
void hsy_clauses_text(hsy_clauses *clauses, const char *sql, hsy_str value);
void hsy_clauses_int(hsy_clauses *clauses, const char *sql, int64_t value);
void hsy_clauses_append(hsy_clauses *clauses, const hsy_clauses *more);
void hsy_clauses_real(hsy_clauses *clauses, const char *sql, double value);

/* Whether the filter makes sense: what finds nothing may not come to ask. */
bool hsy_ask_check(const hsy_ask *ask, hsy_error *err);
/* " AND …" for what the filter says of a document d, and of an attribution a
 * (of document d). */
bool hsy_clauses_document(hsy_clauses *clauses, const hsy_ask *ask, hsy_error *err);
void hsy_clauses_attribution(hsy_clauses *clauses, const hsy_ask *ask);
/* Whether the filter says anything of attributions. */
bool hsy_ask_of_attributions(const hsy_ask *ask);
/* "SELECT …" of the keys of all that those said who are called so: the whole
 * name, an alias or a person's last name, without case and accents; where
 * nobody is, the words in a longer name. */
void hsy_clauses_said_by(hsy_clauses *clauses, hsy_store *store, hsy_str name, hsy_error *err);
/* " AND …" that attribution a is one of them. */
void hsy_clauses_called(hsy_clauses *clauses, hsy_store *store, hsy_str name, hsy_error *err);
/* "(SELECT … key) s", of the few among which all are that fit: of a speaker, a
 * rare outlet or stance, a few days. false: there are many, and nothing was added. */
bool hsy_clauses_narrow(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err);
/* " CROSS JOIN …" from the keys of s to attributions a and their documents d,
 * of which only what the brief indexes hold may be asked (store/schema.c). */
void hsy_clauses_brief(hsy_clauses *clauses);
/* " FROM … WHERE …" of the attributions a and documents d that fit the filter,
 * likewise; where nothing narrows them down, through all days in their order. */
bool hsy_clauses_from(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_error *err);
/* " LIMIT …". */
void hsy_clauses_limit(hsy_clauses *clauses, const hsy_ask *ask);

/* What a list can be ordered by; the list of them ends with a NULL name. */
typedef struct hsy_order {
  const char *name, *sql;
  bool most; /* the most first, unless reversed */
} hsy_order;

/* Whether the order is another than the usual: a cursor then counts the rows
 * that were passed (hsy_cursor.n). */
bool hsy_ask_ordered(const hsy_ask *ask);
/* " ORDER BY … LIMIT … OFFSET …": by what the filter says, then as usual. usual:
 * pieces of SQL, NULL at the end. false: there is no such order. */
bool hsy_clauses_order(hsy_clauses *clauses, const hsy_ask *ask, const hsy_order *orders, const char *const *usual,
                       int64_t passed, hsy_error *err);
/* The cursor behind the next row: that of the usual order, or of the one asked for. */
hsy_str hsy_ask_cursor(const hsy_ask *ask, int64_t *passed, hsy_str usual, hsy_arena *arena);
/* Where a count is asked for instead of rows: gives how many rows the query has,
 * and is true. */
bool hsy_clauses_counted(hsy_clauses *clauses, hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user,
                         hsy_arena arena, hsy_error *err);
/* " AND column IN (…)", a line of the words each. */
void hsy_clauses_any(hsy_clauses *clauses, const char *column, hsy_str lines);
/* Whether the words are several lines. */
bool hsy_is_several(hsy_str lines);

/* Ready to be stepped through; goes with hsy_query_end or its last row. */
hsy_query hsy_clauses_query(hsy_clauses *clauses, hsy_store *store, hsy_error *err);

#endif
