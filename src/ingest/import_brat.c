#include "ingest/import.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/shortage.h"
#include "format/value.h"

/* An article that was exported for brat: ID.txt its text, ID.ann the spans, events
 * and attributes as an annotator left them, ID.json the rest of its rows. Events
 * are numbered as the attributions were: one that is gone is gone, a new one is an
 * attribution of which nothing else is known. */

typedef struct reading {
  json_t *spans;  /* "T3" → {"role": …, "spans": [[10, 20]]} */
  json_t *events; /* "E3" → {"source": …, "cue": …, "content": …, "kind": …} */
  int64_t most;   /* the highest number of an event */
} reading;

static char *read_file(const char *folder, const char *stem, const char *ending, size_t *len) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s%s", folder, stem, ending);
  FILE *file = fopen(path, "rb");
  if (!file) return hsy_shortage_note(errno == ENOMEM ? NULL : path), NULL;
  char *data = NULL;
  FILE *into = hsy_shortage_note(open_memstream(&data, len));
  char piece[1 << 16];
  bool whole = into;
  for (size_t n; whole && (n = fread(piece, 1, sizeof piece, file)) > 0;) whole = fwrite(piece, 1, n, into) == n;
  fclose(file);
  if (into && (fclose(into) || !whole)) hsy_shortage_note(NULL);
  return data;
}

/* The rest of its rows. */
static json_t *read_rows(const char *folder, const char *stem) {
  size_t len = 0;
  char *text = read_file(folder, stem, ".json", &len);
  json_error_t problem;
  bool memory = false;
  json_t *rows = text ? hsy_value_parse((hsy_str){text, (ptrdiff_t)len}, 0, &problem, &memory) : NULL;
  if (memory) hsy_shortage_note(NULL);
  free(text);
  return rows;
}

/* ---- lines of an .ann file ---- */

/* "Content 10 20;30 40" */
static bool take_span(reading *r, const char *name, char *body) {
  char *place = strchr(body, ' ');
  if (!place) return false;
  *place++ = '\0';
  json_t *row = json_object(), *list = json_array();
  for (char *rest = NULL, *piece = strtok_r(place, ";", &rest); piece; piece = strtok_r(NULL, ";", &rest)) {
    long long start, end;
    if (sscanf(piece, "%lld %lld", &start, &end) != 2 || start < 0 || end < start) {
      json_decref(row);
      json_decref(list);
      return false;
    }
    json_array_append_new(list, json_pack("[I, I]", (json_int_t)start, (json_int_t)end));
  }
  for (char *at = body; *at; at++) *at |= 32; /* Content → content */
  json_object_set_new(row, "role", json_string(body));
  json_object_set_new(row, "spans", list);
  return json_object_set_new(r->spans, name, row) == 0;
}

/* "Cue:T2 Source:T1 Content:T3" */
static bool take_event(reading *r, const char *name, char *body) {
  json_t *event = json_object();
  for (char *rest = NULL, *piece = strtok_r(body, " ", &rest); piece; piece = strtok_r(NULL, " ", &rest)) {
    char *stop = strchr(piece, ':');
    const json_t *span = stop ? json_object_get(r->spans, stop + 1) : NULL;
    const char *role = json_string_value(json_object_get(span, "role"));
    if (!role) {
      json_decref(event);
      return false;
    }
    json_object_set(event, role, json_object_get(span, "spans"));
  }
  int64_t number = strtoll(name + 1, NULL, 10);
  if (number > r->most) r->most = number;
  return json_object_set_new(r->events, name, event) == 0;
}

/* "Stance E3 deny" */
static bool take_attribute(reading *r, char *body) {
  char *event = strchr(body, ' '), *value = event ? strchr(event + 1, ' ') : NULL;
  if (!value) return false;
  *event++ = *value++ = '\0';
  for (char *at = body; *at; at++) *at |= 32;
  return json_object_set_new(json_object_get(r->events, event), body, json_string(value)) == 0;
}

/* Spans first, then the events that name them, then what is said of those. */
static bool take_lines(reading *r, const char *data, char letter) {
  bool ok = true;
  for (const char *at = data; ok && at && *at;) {
    const char *end = strchr(at, '\n');
    size_t len = end ? (size_t)(end - at) : strlen(at);
    char *line = strndup(at, len), *body = line ? strchr(line, '\t') : NULL;
    if (line && *line == letter) {
      if (body) *body++ = '\0';
      char *words = body && letter == 'T' ? strchr(body, '\t') : NULL;
      if (words) *words = '\0';
      ok = body && (letter == 'T'   ? take_span(r, line, body)
                    : letter == 'E' ? take_event(r, line, body)
                                    : take_attribute(r, body));
    }
    free(line);
    at = end ? end + 1 : NULL;
  }
  return ok;
}

/* ---- rows ---- */

/* Spans that were parted at line ends are put together as they were. */
static void mend(json_t *row, const char *role, const json_t *whole) {
  const json_t *was = json_object_get(whole, role);
  if (!was) return;
  size_t count = json_array_size(was);
  const json_t *now = json_object_get(row, role);
  json_int_t start = json_integer_value(json_array_get(json_array_get(now, 0), 0));
  json_int_t end = json_integer_value(json_array_get(json_array_get(now, json_array_size(now) - 1), 1));
  bool same = start == json_integer_value(json_array_get(json_array_get(was, 0), 0)) &&
              end == json_integer_value(json_array_get(json_array_get(was, count - 1), 1));
  if (same) json_object_set(row, role, (json_t *)was);
}

static json_t *row_of(const json_t *event, const json_t *document, int64_t number) {
  static const char *const ROLES[] = {"source", "cue", "content"};
  json_t *row = json_deep_copy(event);
  const json_t *said_on = json_array_get(json_object_get(document, "said_on"), (size_t)number - 1);
  const json_t *whole = json_array_get(json_object_get(document, "whole"), (size_t)number - 1);
  for (int i = 0; i < 3; i++) {
    if (!json_object_get(row, ROLES[i])) json_object_set_new(row, ROLES[i], json_array());
    mend(row, ROLES[i], whole);
  }
  if (said_on) json_object_set(row, "said_on", (json_t *)said_on);
  if (!json_object_get(row, "kind")) json_object_set_new(row, "kind", json_string("indirect"));
  if (!json_object_get(row, "mode")) json_object_set_new(row, "mode", json_string("speech"));
  return row;
}

/* Where an attribution went that had that number; none: it is gone. */
static json_t *moved(const json_t *places, const json_t *was) {
  json_int_t n = json_is_integer(was) ? json_integer_value(was) : -1;
  const json_t *to = n >= 0 ? json_array_get(places, (size_t)n) : NULL;
  return json_integer(to ? json_integer_value(to) : -1);
}

/* The rows of the events that are there, and their layers beside. */
static json_t *rows_of(const reading *r, json_t *document) {
  json_t *layers = json_object_get(document, "layers"), *old = json_object_get(layers, "attributions");
  json_t *rows = json_array(), *kept = json_array(), *places = json_array();
  for (int64_t n = 1; n <= r->most || (size_t)n <= json_array_size(old); n++) {
    char name[32];
    snprintf(name, sizeof name, "E%lld", (long long)n);
    const json_t *event = json_object_get(r->events, name);
    json_array_append_new(places, json_integer(event ? (json_int_t)json_array_size(rows) : -1));
    if (!event) continue;
    json_t *layer = json_array_get(old, (size_t)n - 1);
    json_array_append_new(rows, row_of(event, document, n));
    json_array_append_new(kept, layer ? json_deep_copy(layer) : json_pack("{s:f}", "confidence", 1.0));
  }
  for (size_t i = 0; i < json_array_size(kept); i++) {
    json_t *layer = json_array_get(kept, i);
    json_object_set_new(layer, "parent", moved(places, json_object_get(layer, "parent")));
    json_object_set_new(layer, "same_run", moved(places, json_object_get(layer, "same_run")));
  }
  json_object_set_new(layers, "attributions", kept);
  json_decref(places);
  return rows;
}

static bool import_article(hsy_importing *i, const char *folder, const char *stem) {
  char where[1024];
  size_t len = 0, text_len = 0;
  hsy_value_note_memory();
  hsy_shortage_forget();
  reading r = {.spans = json_object(), .events = json_object()};
  char *notes = read_file(folder, stem, ".ann", &len), *text = read_file(folder, stem, ".txt", &text_len);
  json_t *document = read_rows(folder, stem), *rows = NULL;
  bool sound = notes && text && json_is_object(document) && take_lines(&r, notes, 'T') && take_lines(&r, notes, 'E') &&
               take_lines(&r, notes, 'A');
  if (sound) {
    json_object_set_new(document, "text", json_stringn(text, text_len));
    rows = rows_of(&r, document);
  }
  snprintf(where, sizeof where, "%s/%s.ann", folder, stem);
  bool ok = hsy_shortage_told() ? hsy_fail(i->err, HSY_NO_MEMORY, "import", -1, "out of memory")
                                : hsy_import_rows(i, document, rows, where);
  json_decref(rows);
  json_decref(document);
  json_decref(r.spans);
  json_decref(r.events);
  free(notes);
  free(text);
  return ok;
}

/* ---- the folder ---- */

static int is_annotation(const struct dirent *entry) {
  size_t len = strlen(entry->d_name);
  return len > 4 && !strcmp(entry->d_name + len - 4, ".ann");
}

bool hsy_import_brat(hsy_importing *i, const char *folder) {
  struct dirent **entries = NULL;
  int count = scandir(folder, &entries, is_annotation, alphasort);
  if (count < 0) return hsy_fail(i->err, HSY_IO, "import", -1, "%.200s: %s", folder, strerror(errno));
  bool ok = count > 0 || hsy_fail(i->err, HSY_USAGE, "import", -1,
                                  "%.200s: holds no .ann files, as `hearsay export --format brat` writes them", folder);
  for (int k = 0; k < count; k++) {
    char stem[256];
    snprintf(stem, sizeof stem, "%.*s", (int)(strlen(entries[k]->d_name) - 4), entries[k]->d_name);
    ok = ok && import_article(i, folder, stem);
    free(entries[k]);
  }
  free(entries);
  return ok;
}
