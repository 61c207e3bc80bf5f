#include "cli/column.h"

#include <stdlib.h>
#include <string.h>

static bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* A line with `indent` blanks and len bytes of text. */
static void add_line(hsy_cli_column *column, hsy_cli_style style, const char *text, size_t len, int indent) {
  if (column->count == column->cap) {
    size_t cap = column->cap ? 2 * column->cap : 64;
    hsy_cli_line *lines = realloc(column->lines, cap * sizeof *lines);
    if (!lines) {
      column->failed = true;
      return;
    }
    column->lines = lines;
    column->cap = cap;
  }
  char *line = malloc((size_t)indent + len + 1);
  if (!line) {
    column->failed = true;
    return;
  }
  memset(line, ' ', (size_t)indent);
  memcpy(line + indent, text, len);
  line[(size_t)indent + len] = '\0';
  column->lines[column->count++] = (hsy_cli_line){line, style};
}

/* Bytes of `text` that fit into `room` columns, at least one character, and no
 * word cut where there is a blank before it. */
static size_t fitting(const char *text, size_t len, int room) {
  size_t at = 0, last_blank = 0;
  int used = 0;
  while (at < len) {
    size_t next = at;
    int width = hsy_cli_point_width(hsy_cli_point(text, len, &next));
    if (used + width > room && at > 0) return blank(text[at]) || !last_blank ? at : last_blank;
    if (blank(text[at])) last_blank = at;
    used += width;
    at = next;
  }
  return len;
}

void hsy_cli_column_add(hsy_cli_column *column, hsy_cli_style style, const char *text, int indent) {
  size_t len = strlen(text), at = 0;
  if (!len) add_line(column, style, "", 0, 0);
  for (bool first = true; at < len && !column->failed; first = false) {
    int margin = first ? 0 : indent;
    size_t n = fitting(text + at, len - at, column->width - margin);
    add_line(column, style, text + at, n, margin);
    at += n;
    while (at < len && blank(text[at])) at++;
  }
}

void hsy_cli_column_free(hsy_cli_column *column) {
  for (size_t i = 0; i < column->count; i++) free(column->lines[i].text);
  free(column->lines);
  *column = (hsy_cli_column){0};
}

static void put_line(const hsy_cli_out *out, const hsy_cli_column *column, size_t i, bool fill) {
  const hsy_cli_line *line = i < column->count ? &column->lines[i] : NULL;
  bool styled = line && line->style != HSY_CLI_PLAIN;
  if (styled) hsy_cli_style_on(out, line->style);
  hsy_cli_put_column(out, line ? line->text : "", column->width, fill);
  if (styled) hsy_cli_style_on(out, HSY_CLI_PLAIN);
}

void hsy_cli_put_column_lines(const hsy_cli_out *out, const hsy_cli_column *column) {
  for (size_t i = 0; i < column->count; i++) {
    put_line(out, column, i, false);
    putc('\n', out->file);
  }
}

void hsy_cli_put_columns(const hsy_cli_out *out, const hsy_cli_column *left, const hsy_cli_column *right) {
  size_t count = left->count > right->count ? left->count : right->count;
  for (size_t i = 0; i < count; i++) {
    put_line(out, left, i, true);
    fputs(i < right->count && *right->lines[i].text ? " │ " : " │", out->file);
    put_line(out, right, i, false);
    putc('\n', out->file);
  }
}
