#include "export/csv.h"

#include <stdio.h>
#include <string.h>

#include "stance/stance.h"

/* ---- cells ---- */

bool hsy_csv_is_formula(hsy_str text) {
  if (text.len == 0) return false;
  unsigned char first = (unsigned char)text.data[0];
  return first < 0x20 || memchr("=+-@", first, 4);
}

void hsy_csv_cell(hsy_buf *line, hsy_str text, bool first) {
  if (!first) hsy_buf_byte(line, ',');
  bool formula = hsy_csv_is_formula(text), quoted = formula;
  for (ptrdiff_t i = 0; i < text.len && !quoted; i++) quoted = memchr("\",\r\n", text.data[i], 4) != NULL;
  quoted = quoted || (text.len && (text.data[0] == ' ' || text.data[text.len - 1] == ' '));
  if (!quoted) {
    hsy_buf_add(line, text);
    return;
  }
  hsy_buf_byte(line, '"');
  if (formula) hsy_buf_byte(line, '\'');
  for (ptrdiff_t i = 0; i < text.len; i++) {
    if (text.data[i] == '"') hsy_buf_byte(line, '"');
    if (text.data[i]) hsy_buf_byte(line, text.data[i]);
  }
  hsy_buf_byte(line, '"');
}

/* ---- columns ---- */

static bool is_left_out(const char *key) {
  static const char *const NAMES[] = {"type", "cursor", "evidence"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (!strcmp(NAMES[i], key)) return true;
  return false;
}

/* A sheet that lacks a column, for want of memory, would look like another answer: the line fails. */
static void add_column(json_t *columns, const char *outer, const char *inner, hsy_arena arena) {
  char name[128];
  snprintf(name, sizeof name, "%s%s%s", outer, inner ? "." : "", inner ? inner : "");
  if (json_array_append_new(columns, json_string(name)) != 0) hsy_arena_fail(arena);
}

static void add_columns(json_t *columns, const char *key, const json_t *value, hsy_arena arena) {
  const char *inner;
  json_t *of_inner;
  if (!strcmp(key, "stances")) {
    for (int i = 0; hsy_stance_labels[i]; i++) add_column(columns, key, hsy_stance_labels[i], arena);
  } else if (json_is_object(value)) {
    json_object_foreach((json_t *)value, inner, of_inner) {
      if (!is_left_out(inner) && !json_is_object(of_inner)) add_column(columns, key, inner, arena);
    }
  } else {
    add_column(columns, key, NULL, arena);
  }
}

void hsy_csv_reset(hsy_csv_sheet *sheet) {
  json_decref(sheet->columns);
  sheet->columns = NULL;
}

void hsy_csv_header(hsy_csv_sheet *sheet, const json_t *row, hsy_buf *line) {
  const char *key;
  json_t *value;
  size_t i;
  hsy_csv_reset(sheet);
  sheet->columns = json_array();
  json_object_foreach((json_t *)row, key, value) {
    if (!is_left_out(key)) add_columns(sheet->columns, key, value, *line->arena);
  }
  json_array_foreach(sheet->columns, i, value) hsy_csv_cell(line, hsy_str_of(json_string_value(value)), i == 0);
}

/* ---- values ---- */

static void put_value(hsy_buf *out, const json_t *value, bool inside);

static void put_list(hsy_buf *out, const json_t *list, const char *between) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    if (i) hsy_buf_add(out, hsy_str_of(between));
    put_value(out, json_array_get(list, i), true);
  }
}

static void put_value(hsy_buf *out, const json_t *value, bool inside) {
  char number[40];
  if (json_is_string(value))
    hsy_buf_add(out, (hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
  else if (json_is_array(value))
    put_list(out, value, inside ? "-" : "; ");
  else if (json_is_object(value)) /* a party: its name */
    put_value(out, json_object_get(value, "name"), true);
  else if (json_is_boolean(value))
    hsy_buf_add(out, json_is_true(value) ? HSY_S("true") : HSY_S("false"));
  else if (json_is_number(value)) {
    snprintf(number, sizeof number, json_is_integer(value) ? "%.0f" : "%.10g", json_number_value(value));
    hsy_buf_add(out, hsy_str_of(number));
  }
}

static const json_t *find(const json_t *row, const char *way) {
  const char *stop = strchr(way, '.');
  if (!stop) return json_object_get(row, way);
  char outer[128];
  snprintf(outer, sizeof outer, "%.*s", (int)(stop - way), way);
  return json_object_get(json_object_get(row, outer), stop + 1);
}

void hsy_csv_line(const hsy_csv_sheet *sheet, const json_t *row, hsy_buf *line) {
  const json_t *column;
  size_t i;
  json_array_foreach(sheet->columns, i, column) {
    const json_t *value = find(row, json_string_value(column));
    if (!value && !strncmp(json_string_value(column), "stances.", strlen("stances."))) {
      hsy_buf_add(line, i ? HSY_S(",0") : HSY_S("0"));
      continue;
    }
    if (json_is_number(value) || json_is_boolean(value)) { /* a number below zero is no formula */
      if (i) hsy_buf_byte(line, ',');
      put_value(line, value, false);
      continue;
    }
    hsy_buf cell = hsy_buf_in(line->arena);
    put_value(&cell, value, false);
    hsy_csv_cell(line, hsy_buf_str(&cell), i == 0);
  }
}
