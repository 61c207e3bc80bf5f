#include "export/tables.h"

#include <string.h>

#include "base/resource.h"

enum { COLUMNS_MOST = 64, HEAP_BYTES = 64 << 20 };

static const struct table {
  const char *name, *sql;
} TABLES[] = {
    {"documents", "SELECT * FROM v_documents ORDER BY id"},
    {"attributions", "SELECT v.* FROM documents d CROSS JOIN attributions a ON a.document = d.key"
                     " CROSS JOIN v_attributions v ON v.id = a.id ORDER BY d.id, a.n"},
    {"statements", "SELECT * FROM v_statements ORDER BY id"},
    {"claims", "SELECT * FROM v_claims ORDER BY claim, side, attribution"},
    {"conflicts", "SELECT * FROM v_conflicts ORDER BY id"},
    {"shifts", "SELECT * FROM v_shifts ORDER BY id"},
    {"speakers", "SELECT * FROM v_speakers ORDER BY attributions DESC, name, entity"},
    {"outlets", "SELECT * FROM v_outlets ORDER BY articles DESC, outlet"},
};
enum { TABLE_COUNT = sizeof TABLES / sizeof *TABLES };
static const char CODEBOOK[] = "codebook";

static hsy_cell text_cell(hsy_str text) { return (hsy_cell){.text = text, .empty = text.len == 0}; }

static hsy_cell cell_of(const hsy_query *query, int column) {
  int type = sqlite3_column_type(query->statement, column);
  hsy_cell cell = {.text = hsy_column_str(query, column), .empty = type == SQLITE_NULL};
  cell.number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  if (cell.number) cell.value = hsy_column_real(query, column);
  return cell;
}

static bool visit_table(hsy_store *store, const struct table *table, const hsy_table_fns *fns, void *user,
                        hsy_error *err) {
  hsy_str names[COLUMNS_MOST];
  hsy_cell cells[COLUMNS_MOST];
  hsy_query query = hsy_db_query(hsy_store_db(store), table->sql, err);
  if (err->code != HSY_OK) return false;
  int count = sqlite3_column_count(query.statement);
  if (count > COLUMNS_MOST) count = COLUMNS_MOST;
  for (int i = 0; i < count; i++) names[i] = hsy_str_of(sqlite3_column_name(query.statement, i));
  bool on = fns->open(user, hsy_str_of(table->name), names, count);
  while (on && hsy_query_next(&query)) {
    for (int i = 0; i < count; i++) cells[i] = cell_of(&query, i);
    on = fns->row(user, cells, count);
  }
  hsy_query_end(&query);
  return on && err->code == HSY_OK && fns->close(user);
}

/* The lines of the file, its comments left out; the first names the columns. */
static bool visit_codebook(const hsy_table_fns *fns, void *user, hsy_error *err) {
  enum { FIELDS = 4 }; /* table, column, type, meaning */
  hsy_str rest;
  if (!hsy_resource_find(HSY_S("export/codebook.tsv"), &rest))
    return hsy_fail(err, HSY_IO, "export", -1, "the codebook is missing");
  bool headed = false, on = true;
  while (on && rest.data) {
    hsy_str line = hsy_str_cut(rest, '\n', &rest), fields[FIELDS];
    hsy_cell cells[FIELDS];
    if (line.len == 0 || line.data[0] == '#') continue;
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = hsy_str_cut(line, '\t', &line);
      cells[i] = text_cell(fields[i]);
    }
    on = headed ? fns->row(user, cells, FIELDS) : fns->open(user, hsy_str_of(CODEBOOK), fields, FIELDS);
    headed = true;
  }
  return on && fns->close(user);
}

bool hsy_tables_visit(hsy_store *store, const char *name, const hsy_table_fns *fns, void *user, hsy_error *err) {
  bool any = false, ok = true;
  hsy_db_exec(hsy_store_db(store), "BEGIN", err);
  for (int i = 0; ok && i < TABLE_COUNT; i++) {
    if (name && strcmp(name, TABLES[i].name) != 0) continue;
    any = true;
    ok = visit_table(store, &TABLES[i], fns, user, err);
  }
  hsy_error ignored = {0};
  hsy_db_exec(hsy_store_db(store), "COMMIT", &ignored);
  if (ok && (!name || !strcmp(name, CODEBOOK))) {
    any = true;
    ok = visit_codebook(fns, user, err);
  }
  if (any || err->code != HSY_OK) return ok && err->code == HSY_OK;
  return hsy_fail(err, HSY_USAGE, "export", -1,
                  "there is no table \"%.40s\" (documents, attributions, statements, claims, conflicts, shifts,"
                  " speakers, outlets, codebook)",
                  name);
}
