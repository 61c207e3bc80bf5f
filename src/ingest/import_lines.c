#include "ingest/import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/value.h"

/* An article's rows stand together: the document, its entities, its attributions. */
typedef struct reading {
  hsy_importing *i;
  const char *path;
  json_t *document, *attributions;
  size_t line, began; /* numbers; of the document at hand */
} reading;

static bool flush(reading *r) {
  char where[600];
  if (!r->document) return true;
  snprintf(where, sizeof where, "%s:%zu", r->path, r->began);
  bool ok = hsy_import_rows(r->i, r->document, r->attributions, where);
  json_decref(r->document);
  json_array_clear(r->attributions);
  r->document = NULL;
  return ok;
}

static bool no_memory(const reading *r) { return hsy_fail(r->i->err, HSY_NO_MEMORY, "import", -1, "out of memory"); }

static bool take_row(reading *r, json_t *row) {
  const char *type = json_string_value(json_object_get(row, "type"));
  char where[600];
  snprintf(where, sizeof where, "%s:%zu", r->path, r->line);
  if (!type) type = "";
  if (!strcmp(type, "document")) {
    bool ok = flush(r);
    r->document = json_incref(row);
    r->began = r->line;
    return ok;
  }
  if (!strcmp(type, "attribution")) return json_array_append(r->attributions, row) == 0 || no_memory(r);
  if (!strcmp(type, "entity")) return true; /* made again by linking, as what follows is */
  bool made = !strcmp(type, "correction") || !strcmp(type, "claim_correction") || !strcmp(type, "review");
  return !made || (flush(r) && hsy_import_fact(r->i, row, where));
}

static bool take_line(reading *r, const char *line, size_t len) {
  char where[600];
  if (len == 0 || (len == 1 && *line == '\n')) return true;
  json_error_t problem;
  bool memory, ok = false;
  json_t *row = hsy_value_parse((hsy_str){line, (ptrdiff_t)len}, JSON_ALLOW_NUL, &problem, &memory);
  if (json_is_object(row)) {
    ok = take_row(r, row);
  } else if (memory) {
    ok = no_memory(r);
  } else {
    snprintf(where, sizeof where, "%s:%zu", r->path, r->line);
    hsy_error what = {
        .code = HSY_BAD_INPUT, .stage = "import", .offset = -1, .message = "is no row of an export (JSON)"};
    ++*r->i->failed;
    if (r->i->plan->problem) r->i->plan->problem(r->i->plan->user, where, &what);
    ok = true;
  }
  json_decref(row);
  return ok;
}

bool hsy_import_lines(hsy_importing *i, const char *path) {
  FILE *file = strcmp(path, "-") != 0 ? fopen(path, "rb") : stdin;
  if (!file) return hsy_fail(i->err, HSY_IO, "import", -1, "%.200s: %s", path, strerror(errno));
  reading r = {.i = i, .path = path, .attributions = json_array()};
  char *line = NULL;
  size_t room = 0;
  bool ok = r.attributions || no_memory(&r);
  for (ssize_t len; ok && (len = getline(&line, &room, file)) >= 0;) {
    r.line++;
    ok = take_line(&r, line, (size_t)len);
  }
  if (ok && !feof(file)) /* a line that finds no room looks like the end */
    ok = hsy_fail(i->err, HSY_IO, "import", -1, "%.200s: %s", path, strerror(errno));
  ok = ok && flush(&r);
  free(line);
  json_decref(r.document);
  json_decref(r.attributions);
  if (file != stdin) fclose(file);
  return ok;
}
