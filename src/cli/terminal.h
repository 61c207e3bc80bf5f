/* Output for people: the one way by which words of articles reach a terminal.
 *
 * In. UTF-8 of any origin.
 * Out. The same words on a stream, with everything that a terminal could take
 * for a command made visible: control characters as their pictures (␛),
 * bidirectional and invisible formatting as <U+202E>, bytes that are no UTF-8
 * as U+FFFD. Colours only where the stream is a terminal and NO_COLOR is not set.
 * Owns. Nothing; the stream is the caller's.
 * Method. Widths come from wcwidth, so combining marks count nothing and wide
 * letters two.
 */
#ifndef HSY_CLI_TERMINAL_H
#define HSY_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef enum hsy_cli_style {
  HSY_CLI_PLAIN,
  HSY_CLI_STRONG,
  HSY_CLI_FAINT,
  HSY_CLI_SOURCE,
  HSY_CLI_CUE,
  HSY_CLI_CONTENT,
  HSY_CLI_STYLES
} hsy_cli_style;

typedef struct hsy_cli_out {
  FILE *file;
  bool terminal; /* the stream is one */
  bool colour;
  int width; /* columns; 80 where there is no terminal */
} hsy_cli_out;

hsy_cli_out hsy_cli_out_to(FILE *file);

/* The code point at s[*at], which moves behind it; U+FFFD for bytes that are
 * no UTF-8. *at must be below len. */
uint32_t hsy_cli_point(const char *s, size_t len, size_t *at);
/* Columns that a code point takes once it is made safe. */
int hsy_cli_point_width(uint32_t point);
/* Columns of a text. */
int hsy_cli_text_width(const char *text);

void hsy_cli_put_point(const hsy_cli_out *out, uint32_t point);
/* Line ends and tabs become blanks. */
void hsy_cli_put(const hsy_cli_out *out, const char *text);
/* At most `columns` wide, cut with "…", filled with blanks where `fill` is set. */
void hsy_cli_put_column(const hsy_cli_out *out, const char *text, int columns, bool fill);
/* Wrapped between column `indent` and the width; starts at `indent`, ends with a line end. */
void hsy_cli_put_wrapped(const hsy_cli_out *out, const char *text, int indent);
void hsy_cli_style_on(const hsy_cli_out *out, hsy_cli_style style);

/* One JSON row and a line end. On a terminal what is unsafe becomes \u escapes
 * of the same value. False where the stream took no more. */
bool hsy_cli_put_json(const hsy_cli_out *out, const char *json, size_t len);

/* Ends a row: a reader at the other end of a pipe gets each when it is ready.
 * False, with a complaint, where the stream took no more. */
bool hsy_cli_put_done(const hsy_cli_out *out);

/* "hearsay: …" on standard error, made safe. */
void hsy_cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
