/* Runs the examples of a specification file through the library.
 *
 * usage: spec_runner FILE.md [--dump FOLDER]
 *
 * The format is in README.md. With --dump the texts of all examples are written
 * to the folder, a file each: the seeds of the fuzzers.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hearsay.h"
#include "stories.h"

enum { PARTS = 3, ROWS = 64 };
static const char *const part_names[PARTS] = {"source", "cue", "content"};

/* One attribution as the example words it; the texts lie in the example's. */
typedef struct expected {
  char *parts[PARTS];
  char *labels;
  bool met;
} expected;

typedef struct example {
  int line;     /* of its fence */
  bool starred; /* must yield nothing */
  bool later;
  char *text; /* owned */
  char *want; /* owned: the lines below the dot */
} example;

/* ---- reading the file ---- */

static char *append(char *to, const char *line) {
  size_t old = to ? strlen(to) : 0, more = strlen(line);
  char *grown = realloc(to, old + more + 1);
  if (!grown) abort();
  memcpy(grown + old, line, more + 1);
  return grown;
}

static bool opens_example(const char *line, example *e) {
  static const char fence[] = "```example";
  if (strncmp(line, fence, sizeof fence - 1)) return false;
  e->starred = strchr(line, '*');
  e->later = strstr(line, "later");
  return true;
}

/* The next example behind the file's position; false at its end. */
static bool next_example(FILE *file, int *line_number, example *e) {
  char *line = NULL;
  size_t room = 0;
  bool inside = false, below = false, done = false;
  *e = (example){0};
  while (!done && getline(&line, &room, file) >= 0) {
    ++*line_number;
    if (!inside) {
      inside = opens_example(line, e);
      e->line = *line_number;
      if (inside) {
        e->text = append(NULL, "");
        e->want = append(NULL, "");
      }
    } else if (!strncmp(line, "```", 3)) {
      done = true;
    } else if (!below && !strcmp(line, ".\n")) {
      below = true;
    } else if (below) {
      e->want = append(e->want, line);
    } else {
      e->text = append(e->text, line);
    }
  }
  free(line);
  return done;
}

static char *trim(char *text) {
  while (*text == ' ') text++;
  size_t len = strlen(text);
  while (len && (text[len - 1] == ' ' || text[len - 1] == '\n')) text[--len] = '\0';
  return text;
}

static size_t parse_expected(char *want, expected rows[ROWS]) {
  size_t count = 0;
  for (char *line = strtok(want, "\n"); line; line = strtok(NULL, "\n")) {
    if (!*trim(line) || count == ROWS) continue;
    expected *row = &rows[count++];
    *row = (expected){.labels = NULL};
    char *rest = line;
    for (int k = 0; k < PARTS; k++) {
      char *part = strsep(&rest, "|");
      row->parts[k] = trim(part ? part : rest ? rest : line + strlen(line));
    }
    row->labels = rest ? trim(rest) : line + strlen(line);
  }
  return count;
}

/* ---- asking the library ---- */

static bool keep_row(void *user, const char *json, size_t len) {
  json_t **kept = user;
  if (!*kept) *kept = json_loadb(json, len, 0, NULL);
  return true;
}

static void say_problem(void *user, const char *where, const hearsay_error *problem) {
  (void)user;
  (void)where;
  printf("  refused: %s\n", problem->message);
}

/* The row of `extract` for the text; owned, NULL where the library failed. */
static json_t *extract(const hearsay_engine *engine, const char *text) {
  char path[] = "/tmp/hearsay-spec-XXXXXX";
  int fd = mkstemp(path);
  if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text)) return NULL;
  close(fd);
  const char *paths[] = {path};
  json_t *row = NULL;
  hearsay_run run = {.threads = 1, .on_row = keep_row, .on_problem = say_problem, .user = &row};
  hearsay_error err = {.offset = -1};
  if (!hearsay_extract(engine, paths, 1, &run, NULL, &err)) printf("  failed: %s\n", err.message);
  unlink(path);
  return row;
}

/* ---- comparing ---- */

/* Byte of the code point `point` of the text. */
static size_t byte_of(const char *text, int64_t point) {
  size_t at = 0;
  while (text[at] && point > 0) {
    at++;
    if ((text[at] & 0xC0) != 0x80) point--;
  }
  return at;
}

static const char *string_of(const json_t *row, const char *name) {
  const char *text = json_string_value(json_object_get(row, name));
  return text ? text : "";
}

/* The pieces of a part as one line, " ... " between them; owned. */
static char *part_text(const json_t *document, const json_t *attribution, int part) {
  const char *text = string_of(document, "text");
  const json_t *spans = json_object_get(attribution, part_names[part]);
  char *joined = append(NULL, "");
  for (size_t i = 0; i < json_array_size(spans); i++) {
    const json_t *span = json_array_get(spans, i);
    size_t start = byte_of(text, json_integer_value(json_array_get(span, 0)));
    size_t end = byte_of(text, json_integer_value(json_array_get(span, 1)));
    char *piece = strndup(text + start, end - start);
    if (!piece) abort();
    if (i) joined = append(joined, " ... ");
    joined = append(joined, piece);
    free(piece);
  }
  for (char *c = joined; *c; c++) {
    if (*c == '\n') *c = ' ';
  }
  return joined;
}

/* Marks and punctuation at the ends of pieces do not count. */
static bool is_edge(const char *text, size_t *len) {
  static const char *const edges[] = {"\"", "'", "“", "”", "‘", "’", "«", "»", ",",
                                      ".",  ";", ":", "!", "?", "-", "–", "—", " "};
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
    *len = strlen(edges[i]);
    if (!strncmp(text, edges[i], *len)) return true;
  }
  return false;
}

/* Writes the text's pieces without edges to out (as long as text). */
static void strip_edges(const char *text, char *out) {
  char *piece_start = out, *end = out;
  size_t len;
  while (*text) {
    if (!strncmp(text, " ... ", 5)) {
      out = end;
      out = stpcpy(out, "|");
      text += 5;
      piece_start = end = out;
    } else if (is_edge(text, &len)) {
      if (out > piece_start) {
        memcpy(out, text, len);
        out += len;
      }
      text += len;
    } else {
      *out++ = *text++;
      end = out;
    }
  }
  *end = '\0';
}

static bool same_part(const char *want, const char *got) {
  if (!strcmp(want, "-")) return true;
  char *a = calloc(1, strlen(want) + 2), *b = calloc(1, strlen(got) + 2);
  if (!a || !b) abort();
  strip_edges(want, a);
  strip_edges(got, b);
  bool same = !strcmp(a, b);
  free(a);
  free(b);
  return same;
}

static const json_t *find_id(const json_t *attributions, const char *id) {
  for (size_t i = 0; *id && i < json_array_size(attributions); i++) {
    const json_t *row = json_array_get(attributions, i);
    if (!strcmp(string_of(row, "id"), id)) return row;
  }
  return NULL;
}

/* "in NAME": the attribution around it has that source. */
static bool nested_in(const json_t *document, const json_t *row, const char *name) {
  const json_t *parent = find_id(json_object_get(document, "attributions"), string_of(row, "parent"));
  char *source = parent ? part_text(document, parent, 0) : NULL;
  bool same = source && same_part(name, source);
  free(source);
  return same;
}

/* "to NAME", "via NAME": one of the row's links is called so; "to -": there is none. */
static bool linked(const json_t *row, const char *field, const char *name) {
  const json_t *links = json_object_get(row, field);
  for (size_t i = 0; i < json_array_size(links); i++)
    if (!strcmp(string_of(json_array_get(links, i), "name"), name)) return true;
  return !strcmp(name, "-") && !json_array_size(links);
}

static bool has_field(const json_t *document, const json_t *row, const char *field, const char *value) {
  if (!strcmp(field, "in")) return nested_in(document, row, value);
  if (!strcmp(field, "by")) return !strcmp(string_of(row, "speaker"), strcmp(value, "-") ? value : "");
  if (!strcmp(field, "on")) return !strcmp(string_of(row, "said_on"), strcmp(value, "-") ? value : "");
  return linked(row, field, value);
}

/* "in", "by", "on", "to", "via" and a value, which ends at the next ";". */
static bool has_fields(const json_t *document, const json_t *row, const char *fields) {
  while (*fields) {
    size_t len = strcspn(fields, ";"), word = strcspn(fields, " ");
    if (word >= len) return false;
    char *field = strndup(fields, word), *value = strndup(fields + word + 1, len - word - 1);
    if (!field || !value) abort();
    bool right = has_field(document, row, field, trim(value));
    free(field);
    free(value);
    if (!right) return false;
    fields += len + (fields[len] == ';');
    while (*fields == ' ') fields++;
  }
  return true;
}

/* Where the first of the fields that have a value begins. */
static const char *fields_of(const char *labels) {
  static const char *const names[] = {"in ", "by ", "on ", "to ", "via "};
  for (const char *word = labels; *word; word += strcspn(word, " "), word += strspn(word, " "))
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (!strncmp(word, names[i], strlen(names[i]))) return word;
  return labels + strlen(labels);
}

static bool has_labels(const json_t *document, const json_t *row, const char *labels) {
  const char *names = fields_of(labels);
  if (!has_fields(document, row, names)) return false;
  while (labels < names) {
    size_t len = strcspn(labels, " ");
    bool found = false;
    static const char *const fields[] = {"kind", "mode", "stance"};
    for (int k = 0; k < 3; k++) {
      const char *value = string_of(row, fields[k]);
      found |= strlen(value) == len && !strncmp(value, labels, len);
    }
    if (len && !found) return false;
    labels += len + (labels[len] == ' ');
  }
  return true;
}

static bool matches(const json_t *document, const json_t *row, const expected *want) {
  bool same = has_labels(document, row, want->labels);
  for (int k = 0; k < PARTS && same; k++) {
    char *got = part_text(document, row, k);
    same = same_part(want->parts[k], got);
    free(got);
  }
  return same;
}

static void print_links(const json_t *row, const char *field) {
  const json_t *links = json_object_get(row, field);
  for (size_t i = 0; i < json_array_size(links); i++)
    printf("; %s %s", field, string_of(json_array_get(links, i), "name"));
}

static void print_row(const json_t *document, const json_t *row) {
  printf("  got   ");
  for (int k = 0; k < PARTS; k++) {
    char *text = part_text(document, row, k);
    printf("%s | ", text);
    free(text);
  }
  printf("%s %s %s by %s; on %s", string_of(row, "kind"), string_of(row, "mode"), string_of(row, "stance"),
         string_of(row, "speaker"), string_of(row, "said_on"));
  print_links(row, "to");
  print_links(row, "via");
  printf("\n");
}

/* Every row is expected and every expectation met, one to one. */
static bool compare(const json_t *document, expected *rows, size_t count, bool say) {
  const json_t *attributions = json_object_get(document, "attributions");
  bool fine = json_is_array(attributions) && json_array_size(attributions) == count;
  for (size_t i = 0; i < json_array_size(attributions); i++) {
    const json_t *row = json_array_get(attributions, i);
    size_t k = 0;
    while (k < count && (rows[k].met || !matches(document, row, &rows[k]))) k++;
    if (k < count) rows[k].met = true;
    fine &= k < count;
    if (k == count && say) print_row(document, row);
  }
  for (size_t k = 0; k < count; k++) {
    if (!rows[k].met && say) {
      printf("  want  %s | %s | %s | %s\n", rows[k].parts[0], rows[k].parts[1], rows[k].parts[2], rows[k].labels);
    }
  }
  return fine;
}

/* Of one article: what is read in it, no more and no less. */
static bool article_holds(const hearsay_engine *engine, example *e) {
  expected rows[ROWS];
  size_t count = parse_expected(e->want, rows);
  json_t *document = extract(engine, e->text);
  bool right = compare(document, rows, count, false);
  for (size_t k = 0; k < count; k++) rows[k].met = false;
  if (!right) compare(document, rows, count, true);
  json_decref(document);
  return right;
}

static bool run_example(const hearsay_engine *engine, const char *file, example *e) {
  if (e->starred && strspn(e->want, " \n") < strlen(e->want)) {
    printf("%s:%d: a starred example expects nothing\n", file, e->line);
    return false;
  }
  bool right = is_story(e->text) ? story_holds(engine, e->text, e->want) : article_holds(engine, e);
  if (!right) printf("%s:%d: %s\n", file, e->line, e->later ? "not reached yet, as above" : "FAILED, as above");
  if (right && e->later) printf("%s:%d: reached: take `later` off\n", file, e->line);
  return right || e->later;
}

static void dump_example(const char *folder, const char *file, const example *e) {
  const char *slash = strrchr(file, '/');
  char path[4096];
  snprintf(path, sizeof path, "%s/%s-%d.txt", folder, slash ? slash + 1 : file, e->line);
  FILE *out = fopen(path, "w");
  if (!out) return;
  fputs(e->text, out);
  fclose(out);
}

/* The fast engine, unless the page says otherwise above its examples. */
static hearsay_reader reader_of(FILE *file) {
  char line[512];
  hearsay_reader reader = HEARSAY_FAST;
  while (fgets(line, sizeof line, file) && strncmp(line, "```", 3))
    if (!strcmp(line, "Read by the deep engine.\n")) reader = HEARSAY_DEEP;
  rewind(file);
  return reader;
}

int main(int argc, char **argv) {
  const char *folder = argc == 4 && !strcmp(argv[2], "--dump") ? argv[3] : NULL;
  FILE *file = argc == 2 || folder ? fopen(argv[1], "r") : NULL;
  if (!file) {
    fprintf(stderr, "usage: spec_runner FILE.md [--dump FOLDER]\n");
    return 2;
  }
  hearsay_error err = {.offset = -1};
  hearsay_engine *engine = folder ? NULL : hearsay_engine_new(NULL, reader_of(file), &err);
  if (!engine && !folder) {
    printf("no engine: %s\n", err.message);
    return 1;
  }
  example e;
  int line = 0, run = 0, failed = 0;
  while (next_example(file, &line, &e)) {
    run++;
    if (folder)
      dump_example(folder, argv[1], &e);
    else
      failed += !run_example(engine, argv[1], &e);
    free(e.text);
    free(e.want);
  }
  free(e.text);
  free(e.want);
  fclose(file);
  hearsay_engine_free(engine);
  printf("%d examples, %d failed\n", run, failed);
  return failed || !run;
}
