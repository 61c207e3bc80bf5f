/* Statements with their reports, and how wordings differ, for people.
 *
 * In. Rows of HEARSAY_TRACE and HEARSAY_VARIANTS.
 * Out. Blocks of lines, indented as other rows are.
 * Owns. Nothing; texts are the row's.
 */
#ifndef HSY_CLI_SPREAD_H
#define HSY_CLI_SPREAD_H

#include <jansson.h>

#include "cli/terminal.h"

enum { HSY_CLI_SPREAD_INDENT = 13 };

/* Day, speaker, how many reports; the clearest wording. */
void hsy_cli_put_statement(const hsy_cli_out *out, const json_t *statement);
/* The report with this id, or NULL. */
const json_t *hsy_cli_report(const json_t *statement, const char *id);
/* "The Morning Ledger", or "(no outlet)". */
const char *hsy_cli_outlet(const json_t *article);
/* The variant that the report with this id is, or NULL. */
const json_t *hsy_cli_variant(const json_t *statement, const char *id);
/* A label in the margin, then day, outlet and cue; the words where `words` is
 * set; file, characters and chain. */
void hsy_cli_put_report(const hsy_cli_out *out, const char *label, const json_t *report, bool words);
/* A line an operation: 'changed "rarely" to "never"'. */
void hsy_cli_put_ops(const hsy_cli_out *out, const json_t *variant);

#endif
