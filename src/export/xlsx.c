#include "export/csv.h"
#include "export/files.h"
#include "export/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* What a sheet of Excel holds. */
enum { ROWS_MOST = 1048576, CELL_MOST = 32767, PIECE = 1 << 16 };

typedef struct writing {
  const hsy_files *files;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *bold;
  lxw_row_t row;
  char name[32];
} writing;

static bool wrote(const writing *w, lxw_error error) {
  return error == LXW_NO_ERROR || hsy_fail(w->files->err, HSY_IO, "export", -1, "%s", lxw_strerror(error));
}

/* Bytes of at most CELL_MOST characters as Excel counts them; at most 4 of 2 each. */
static ptrdiff_t fitting(hsy_str text) {
  ptrdiff_t units = 0, at = 0;
  while (at < text.len && units < CELL_MOST - 2) {
    unsigned char c = (unsigned char)text.data[at];
    ptrdiff_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (at + size > text.len) break;
    at += size;
    units += size == 4 ? 2 : 1;
  }
  return at;
}

/* Always as a string: Excel then takes nothing in it for a formula. */
static bool put_text(const writing *w, int column, hsy_str text, lxw_format *format) {
  ptrdiff_t len = fitting(text);
  char *copy = malloc((size_t)len + 1);
  if (!copy) return hsy_fail(w->files->err, HSY_NO_MEMORY, "export", -1, "out of memory");
  memcpy(copy, text.data ? text.data : "", (size_t)len);
  copy[len] = '\0';
  bool ok = wrote(w, worksheet_write_string(w->sheet, w->row, (lxw_col_t)column, copy, format));
  free(copy);
  return ok;
}

static bool open_sheet(writing *w, const char *name, const hsy_str *columns, int count) {
  w->sheet = workbook_add_worksheet(w->book, name);
  w->row = 0;
  if (!w->sheet) return hsy_fail(w->files->err, HSY_NO_MEMORY, "export", -1, "out of memory");
  worksheet_freeze_panes(w->sheet, 1, 0);
  for (int i = 0; i < count; i++)
    if (!put_text(w, i, columns[i], w->bold)) return false;
  w->row = 1;
  return true;
}

static bool open_table(void *user, hsy_str name, const hsy_str *columns, int count) {
  writing *w = user;
  snprintf(w->name, sizeof w->name, "%.*s", HSY_FMT(name));
  return open_sheet(w, w->name, columns, count);
}

static bool put_row(void *user, const hsy_cell *cells, int count) {
  writing *w = user;
  if (w->row == ROWS_MOST)
    return hsy_fail(w->files->err, HSY_LIMIT, "export", -1,
                    "%s has more rows than a sheet of Excel can hold (1,048,576); export csv instead", w->name);
  for (int i = 0; i < count; i++) {
    if (cells[i].empty) continue;
    bool ok = cells[i].number ? wrote(w, worksheet_write_number(w->sheet, w->row, (lxw_col_t)i, cells[i].value, NULL))
                              : put_text(w, i, cells[i].text, NULL);
    if (!ok) return false;
  }
  w->row++;
  return true;
}

static bool close_table(void *user) {
  (void)user;
  return true;
}

static bool give_file(const hsy_files *files, const char *path) {
  char piece[PIECE];
  FILE *file = fopen(path, "rb");
  if (!file) return hsy_fail(files->err, HSY_IO, "export", -1, "%s: the sheets could not be read back", path);
  bool on = true;
  for (size_t len; on && (len = fread(piece, 1, sizeof piece, file)) > 0;)
    on = hsy_files_put(files, "", (hsy_str){piece, (ptrdiff_t)len});
  fclose(file);
  return on;
}

static bool write_book(const hsy_files *files, const char *path) {
  static const hsy_table_fns FNS = {open_table, put_row, close_table};
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  writing w = {.files = files, .book = workbook_new_opt(path, &options)};
  if (!w.book) return hsy_fail(files->err, HSY_NO_MEMORY, "export", -1, "out of memory");
  w.bold = workbook_add_format(w.book);
  format_set_bold(w.bold);
  bool ok = hsy_tables_visit(files->store, files->table, &FNS, &w, files->err);
  return wrote(&w, workbook_close(w.book)) && ok;
}

/* The library writes to a file by its name alone. */
bool hsy_files_xlsx(const hsy_files *files) {
  const char *folder = getenv("TMPDIR");
  char path[512];
  snprintf(path, sizeof path, "%.400s/hearsay-XXXXXX", folder && *folder ? folder : "/tmp");
  int file = mkstemp(path);
  if (file < 0) return hsy_fail(files->err, HSY_IO, "export", -1, "%s: no room for a temporary file", path);
  close(file);
  bool ok = write_book(files, path) && give_file(files, path);
  unlink(path);
  return ok;
}
