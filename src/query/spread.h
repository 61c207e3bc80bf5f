/* A statement with the spread of its reports: who had it first, who copied
 * whom, who reported it on their own, and in which words.
 *
 * In. A statement's key.
 * Out. Its reports by time, each with its role; the variants of its wording.
 * Owns. Nothing; all lies in the arena.
 * Fails when. The store cannot be read.
 * A report copies another where their articles copy as wholes: the one in the
 * likely original, where that reports it, else the first of them.
 */
#ifndef HSY_QUERY_SPREAD_H
#define HSY_QUERY_SPREAD_H

#include "link/variants.h"
#include "store/links.h"

typedef enum hsy_report_role {
  HSY_REPORT_OWN, /* on its own, after others */
  HSY_REPORT_FIRST,
  HSY_REPORT_COPY, /* of the report that `from` names */
  HSY_REPORT_AGAIN /* a second time in one article; `from` is the first */
} hsy_report_role;

typedef struct hsy_spread_report {
  hsy_report_role role;
  int32_t from; /* report, or HSY_NONE */
} hsy_spread_report;

typedef struct hsy_spread {
  hsy_store *store;
  hsy_stored_statement statement;
  hsy_stored_report_vec reports;
  hsy_spread_report *roles; // [reports]
  hsy_variants variants;    /* wordings are reports */
  double match;             /* with the words that were looked for, 0 to 1; below 0: by id */
} hsy_spread;

bool hsy_spread_load(hsy_store *store, int64_t statement, hsy_spread *spread, hsy_arena *arena, hsy_arena scratch,
                     hsy_error *err);
/* Variants of the wordings of reports alone. */
bool hsy_spread_variants(const hsy_stored_report_vec *reports, hsy_variants *variants, hsy_arena *arena,
                         hsy_arena scratch, hsy_error *err);

const char *hsy_report_role_name(hsy_report_role role); /* "own", "first", "copy", "again" */

#endif
