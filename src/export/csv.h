/* Rows as lines of CSV (RFC 4180).
 *
 * In. JSON objects as docs/format.md lists them; or cells.
 * Out. Lines without their ends, the names of the columns first.
 * Owns. A sheet owns its list of columns until hsy_csv_reset.
 * Fails when. There is no memory.
 * Method. The first row tells the columns: an object inside a row gives one for
 * each of its plain fields ("before.speaker"), a list one cell, its members joined
 * by "; ". A text that a spreadsheet would take for a formula (it begins with
 * = + - @ or a control character) gets an apostrophe before it.
 */
#ifndef HSY_EXPORT_CSV_H
#define HSY_EXPORT_CSV_H

#include "base/error.h"
#include "base/str.h"

#include <jansson.h>

/* A cell and the comma before it, where it is not the first of the line. */
void hsy_csv_cell(hsy_buf *line, hsy_str text, bool first);
/* The text as a cell of any sheet: no formula. */
bool hsy_csv_is_formula(hsy_str text);

typedef struct hsy_csv_sheet {
  json_t *columns; /* texts: the way to a value, "before.speaker"; NULL until the first row */
} hsy_csv_sheet;

void hsy_csv_reset(hsy_csv_sheet *sheet);
/* The names of the columns that the row has; keeps them for the rows that follow. */
void hsy_csv_header(hsy_csv_sheet *sheet, const json_t *row, hsy_buf *line);
void hsy_csv_line(const hsy_csv_sheet *sheet, const json_t *row, hsy_buf *line);

#endif
