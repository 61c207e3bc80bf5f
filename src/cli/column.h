/* Text in a column of a given width, as lines that are kept until they are
 * printed, so that two columns can stand side by side.
 *
 * In. Texts with a style; the width.
 * Out. Lines; printed alone or beside another column's.
 * Owns. Its lines, until hsy_cli_column_free.
 * Fails when. There is no memory: `failed` is set, and nothing more is added.
 * Method. Words longer than the column are cut in several; one style a line.
 */
#ifndef HSY_CLI_COLUMN_H
#define HSY_CLI_COLUMN_H

#include "cli/terminal.h"

typedef struct hsy_cli_line {
  char *text;
  hsy_cli_style style;
} hsy_cli_line;

typedef struct hsy_cli_column {
  int width;
  hsy_cli_line *lines;
  size_t count, cap;
  bool failed;
} hsy_cli_column;

/* Wrapped; the first line begins at column 0, the others at `indent`. An empty
 * text is an empty line. */
void hsy_cli_column_add(hsy_cli_column *column, hsy_cli_style style, const char *text, int indent);
void hsy_cli_column_free(hsy_cli_column *column);

void hsy_cli_put_column_lines(const hsy_cli_out *out, const hsy_cli_column *column);
/* Line by line, with a rule between them. */
void hsy_cli_put_columns(const hsy_cli_out *out, const hsy_cli_column *left, const hsy_cli_column *right);

#endif
