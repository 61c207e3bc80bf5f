/* The tables of the record, as its views for SQL have them, with their codebook.
 *
 * In. A store.
 * Out. Tables one after the other: their columns, then row by row.
 * Owns. Nothing that outlives the call.
 * Fails when. The store cannot be read, or the codebook and the views disagree.
 * data/export/codebook.tsv says what each column means.
 */
#ifndef HSY_EXPORT_TABLES_H
#define HSY_EXPORT_TABLES_H

#include "store/store.h"

typedef struct hsy_cell {
  hsy_str text; /* also of a number, as it is printed */
  bool number, empty;
  double value; /* of a number */
} hsy_cell;

typedef struct hsy_table_fns {
  bool (*open)(void *user, hsy_str name, const hsy_str *columns, int count);
  bool (*row)(void *user, const hsy_cell *cells, int count);
  bool (*close)(void *user);
} hsy_table_fns;

/* The table of that name, or NULL: all, the codebook last. */
bool hsy_tables_visit(hsy_store *store, const char *name, const hsy_table_fns *fns, void *user, hsy_error *err);

#endif
