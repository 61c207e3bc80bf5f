/* Rows of an answer, and how people see them.
 *
 * In. JSON objects as docs/format.md lists them.
 * Out. Fields, with an empty text or 0 for what is null, absent or of another
 * type; one attribution printed as a record of two or three lines.
 * Owns. Nothing: texts are the row's, valid until it is released.
 */
#ifndef HSY_CLI_ROW_H
#define HSY_CLI_ROW_H

#include <jansson.h>

#include "cli/terminal.h"

const char *hsy_cli_field(const json_t *row, const char *name);
int64_t hsy_cli_count(const json_t *row, const char *name);
/* The texts of a list joined: " … " between pieces of one part. Owned, free(). */
char *hsy_cli_pieces(const json_t *list);
/* "deny, indirect", "affirm, direct, thought". */
void hsy_cli_manner(const json_t *attribution, char *text, size_t size);

/* Date, speaker, cue and manner; the words; file and characters, and through
 * whom it came. A date in brackets is the article's. */
void hsy_cli_put_attribution(const hsy_cli_out *out, const json_t *row);
/* The day it was said, else the article's in brackets. */
void hsy_cli_day(const json_t *attribution, char *text, size_t size);
/* "file.txt:120-168,190-204", and "via A, B  to C" (empty where there are none);
 * owned, free(). */
char *hsy_cli_place(const json_t *attribution);
char *hsy_cli_chain(const json_t *attribution);
/* The part of an attribution's id by which it is told from others: ten digits. */
const char *hsy_cli_short_id(const json_t *attribution);
/* Date and headline; file, outlet and number of attributions. */
void hsy_cli_put_document(const hsy_cli_out *out, const json_t *row);

#endif
