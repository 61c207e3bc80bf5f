#include "export/csv.h"
#include "export/files.h"
#include "export/tables.h"

#include <stdio.h>

enum { LINE_BYTES = 64 << 20 }; /* addresses */

typedef struct writing {
  const hsy_files *files;
  hsy_heap *heap;
  char name[64];
} writing;

static bool put_line(writing *w, hsy_buf *line, hsy_arena arena) {
  hsy_buf_add(line, HSY_S("\r\n"));
  return hsy_arena_check(arena, "export", w->files->err) && hsy_files_put(w->files, w->name, hsy_buf_str(line));
}

static bool open_table(void *user, hsy_str name, const hsy_str *columns, int count) {
  writing *w = user;
  hsy_arena arena = hsy_heap_reset(w->heap);
  hsy_buf line = hsy_buf_in(&arena);
  if (w->files->table)
    w->name[0] = '\0';
  else
    snprintf(w->name, sizeof w->name, "%.*s.csv", HSY_FMT(name));
  for (int i = 0; i < count; i++) hsy_csv_cell(&line, columns[i], i == 0);
  return put_line(w, &line, arena);
}

static bool put_row(void *user, const hsy_cell *cells, int count) {
  writing *w = user;
  hsy_arena arena = hsy_heap_reset(w->heap);
  hsy_buf line = hsy_buf_in(&arena);
  for (int i = 0; i < count; i++) {
    if (!cells[i].number) {
      hsy_csv_cell(&line, cells[i].text, i == 0);
      continue;
    }
    if (i) hsy_buf_byte(&line, ',');
    hsy_buf_add(&line, cells[i].text);
  }
  return put_line(w, &line, arena);
}

static bool close_table(void *user) {
  (void)user;
  return true;
}

bool hsy_files_csv(const hsy_files *files) {
  static const hsy_table_fns FNS = {open_table, put_row, close_table};
  writing w = {.files = files, .heap = hsy_heap_new(LINE_BYTES, files->err)};
  bool ok = w.heap && hsy_tables_visit(files->store, files->table, &FNS, &w, files->err);
  hsy_heap_free(w.heap);
  return ok;
}
