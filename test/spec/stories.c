#include "stories.h"

#include <ftw.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARTICLES = 16, WORDS = 16 };
static const char opening[] = "=== ";

bool is_story(const char *text) { return !strncmp(text, opening, sizeof opening - 1); }

/* ---- the record of the articles ---- */

static size_t parse_articles(char *text, hearsay_input articles[ARTICLES]) {
  size_t count = 0;
  char *at = text;
  while (is_story(at) && count < ARTICLES) {
    char *name = at + sizeof opening - 1, *body = strchr(name, '\n');
    if (!body) break;
    *body++ = '\0';
    char *end = strstr(body, "\n=== ");
    size_t len = end ? (size_t)(end + 1 - body) : strlen(body);
    articles[count++] = (hearsay_input){.name = name, .bytes = body, .len = len};
    at = body + len;
  }
  return count;
}

static bool keep(void *rows, const char *json, size_t len) {
  return !json_array_append_new(rows, json_loadb(json, len, 0, NULL));
}

static void say_problem(void *user, const char *where, const hearsay_error *problem) {
  (void)user;
  printf("  %s refused: %s\n", where, problem->message);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk) {
  (void)status;
  (void)kind;
  (void)walk;
  return remove(path);
}

/* The export of a store that holds the articles; owned, NULL where the library failed. */
static json_t *record_of(const hearsay_engine *engine, const hearsay_input *articles, size_t count) {
  char folder[] = "/tmp/hearsay-spec-XXXXXX", path[64];
  if (!mkdtemp(folder)) return NULL;
  snprintf(path, sizeof path, "%s/record", folder);
  hearsay_error err = {.offset = -1};
  hearsay_run run = {.threads = 1, .inputs = articles, .input_count = count, .on_problem = say_problem};
  json_t *rows = json_array();
  hearsay_store *store = hearsay_store_open(path, true, &err);
  bool fine = store && hearsay_add(store, engine, NULL, 0, &run, NULL, &err) &&
              hearsay_export(store, "jsonl", keep, rows, &err);
  hearsay_store_close(store);
  nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
  if (fine) return rows;
  printf("  failed: %s\n", err.message);
  json_decref(rows);
  return NULL;
}

/* ---- rows of the record ---- */

static const char *string_of(const json_t *row, const char *name) {
  const char *text = json_string_value(json_object_get(row, name));
  return text ? text : "";
}

static bool is_type(const json_t *row, const char *type) { return !strcmp(string_of(row, "type"), type); }

static bool lists(const json_t *row, const char *field, const char *id) {
  const json_t *ids = json_object_get(row, field);
  for (size_t i = 0; i < json_array_size(ids); i++)
    if (!strcmp(json_string_value(json_array_get(ids, i)), id)) return true;
  return false;
}

static const json_t *find_row(const json_t *rows, const char *type, const char *field, const char *value, size_t len) {
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    const char *text = string_of(row, field);
    if (is_type(row, type) && strlen(text) == len && !strncmp(text, value, len)) return row;
  }
  return NULL;
}

/* Where an attribution begins: two that begin together, by their contents. */
static json_int_t begin_of(const json_t *attribution) {
  static const char *const parts[] = {"source", "cue", "content"};
  json_int_t least = -1, content = 0;
  for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
    const json_t *span = json_array_get(json_object_get(attribution, parts[k]), 0);
    if (!span) continue;
    content = json_integer_value(json_array_get(span, 0));
    if (least < 0 || content < least) least = content;
  }
  return (least << 24) + content;
}

/* "a:2": the second attribution of a.txt, in the order of the text. NULL where there is none. */
static const json_t *find_attribution(const json_t *rows, const char *reference) {
  size_t name = strcspn(reference, ":");
  const json_t *document = find_row(rows, "document", "source_id", reference, name), *found = NULL;
  json_int_t behind = -1;
  for (long left = reference[name] ? strtol(reference + name + 1, NULL, 10) : 0; document && left > 0; left--) {
    found = NULL;
    for (size_t i = 0; i < json_array_size(rows); i++) {
      const json_t *row = json_array_get(rows, i);
      if (!is_type(row, "attribution") || strcmp(string_of(row, "document"), string_of(document, "id"))) continue;
      if (begin_of(row) > behind && (!found || begin_of(row) < begin_of(found))) found = row;
    }
    if (!found) return NULL;
    behind = begin_of(found);
  }
  return found;
}

/* ---- what is claimed of them ---- */

/* What a claim is about: documents or attributions, and for shifts a name. */
typedef struct subject {
  const json_t *rows;
  const char *ids[WORDS];
  const char *statements[WORDS];
  size_t count;
  char name[256];
} subject;

static bool all_listed(const json_t *row, const char *field, const subject *s) {
  for (size_t i = 0; i < s->count; i++)
    if (!lists(row, field, s->ids[i])) return false;
  return true;
}

static bool share(const json_t *row, const subject *s, bool whole) {
  return is_type(row, "copy") && json_is_true(json_object_get(row, "whole")) == whole &&
         json_array_size(json_object_get(row, "documents")) == s->count && all_listed(row, "documents", s);
}

static bool is_copies(const json_t *row, const subject *s) { return share(row, s, true); }
static bool is_passages(const json_t *row, const subject *s) { return share(row, s, false); }
static bool is_shared(const json_t *row, const subject *s) {
  return is_type(row, "copy") && all_listed(row, "documents", s);
}

static bool is_statement(const json_t *row, const subject *s) {
  return is_type(row, "statement") && all_listed(row, "attributions", s);
}

static bool is_opposed(const json_t *row, const subject *s) {
  return is_type(row, "claim") && ((lists(row, "for", s->ids[0]) && lists(row, "against", s->ids[1])) ||
                                   (lists(row, "against", s->ids[0]) && lists(row, "for", s->ids[1])));
}

static bool is_agreed(const json_t *row, const subject *s) {
  return is_type(row, "claim") && (all_listed(row, "for", s) || all_listed(row, "against", s));
}

/* Any report of the two statements does. */
static bool reports(const json_t *rows, const char *id, const char *statement) {
  const json_t *row = find_row(rows, "attribution", "id", id, strlen(id));
  return row && !strcmp(string_of(row, "statement"), statement);
}

static bool is_shift(const json_t *row, const subject *s) {
  if (!is_type(row, "shift") || strcmp(string_of(row, "speaker"), s->name)) return false;
  return !s->count || (reports(s->rows, string_of(row, "before"), s->statements[0]) &&
                       reports(s->rows, string_of(row, "after"), s->statements[1]));
}

static const struct relation {
  const char *words; /* how the line begins */
  bool documents;    /* of articles; else of attributions */
  bool named;        /* a name stands before them */
  size_t least, most;
  bool (*holds)(const json_t *row, const subject *s);
} relations[] = {
    {"copies ", true, false, 2, ARTICLES, is_copies}, {"passages ", true, false, 2, ARTICLES, is_passages},
    {"shared ", true, false, 2, 2, is_shared},        {"one statement ", false, false, 2, WORDS, is_statement},
    {"opposed ", false, false, 2, 2, is_opposed},     {"agreed ", false, false, 2, WORDS, is_agreed},
    {"shift ", false, true, 0, 2, is_shift},
};

/* Adds the article or attribution that the word names; false where there is none. */
static bool add_subject(subject *s, const struct relation *relation, const char *word) {
  const json_t *row = relation->documents ? find_row(s->rows, "document", "source_id", word, strlen(word))
                                          : find_attribution(s->rows, word);
  if (!row || s->count == WORDS) return false;
  s->ids[s->count] = string_of(row, "id");
  s->statements[s->count++] = string_of(row, "statement");
  return true;
}

static bool parse_subject(subject *s, const struct relation *relation, char *words) {
  for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
    if (relation->named && !strchr(word, ':')) {
      size_t old = strlen(s->name);
      snprintf(s->name + old, sizeof s->name - old, "%s%s", old ? " " : "", word);
    } else if (!add_subject(s, relation, word)) {
      printf("  there is no %s\n", word);
      return false;
    }
  }
  return s->count >= relation->least && s->count <= relation->most && s->count != 1;
}

static bool any_holds(const subject *s, const struct relation *relation) {
  for (size_t i = 0; i < json_array_size(s->rows); i++)
    if (relation->holds(json_array_get(s->rows, i), s)) return true;
  return false;
}

/* One line below the dot; what names nothing that was found does not hold, with "not" either. */
static bool line_holds(const json_t *rows, const char *line) {
  bool negated = !strncmp(line, "not ", 4);
  const char *rest = negated ? line + 4 : line;
  for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
    size_t len = strlen(relations[i].words);
    if (strncmp(rest, relations[i].words, len)) continue;
    subject s = {.rows = rows};
    char *words = strdup(rest + len);
    bool right = words && parse_subject(&s, &relations[i], words) && any_holds(&s, &relations[i]) != negated;
    free(words);
    return right;
  }
  printf("  not understood\n");
  return false;
}

static void print_attributions(const json_t *rows) {
  for (size_t i = 0; i < json_array_size(rows); i++) {
    const json_t *row = json_array_get(rows, i);
    if (!is_type(row, "document")) continue;
    for (int number = 1;; number++) {
      char reference[128];
      snprintf(reference, sizeof reference, "%s:%d", string_of(row, "source_id"), number);
      const json_t *found = find_attribution(rows, reference);
      if (!found) break;
      const char *words = json_string_value(json_array_get(json_object_get(found, "content_text"), 0));
      printf("  %s %s: %s (%s)\n", reference, string_of(found, "speaker"), words ? words : "",
             string_of(found, "stance"));
    }
  }
}

bool story_holds(const hearsay_engine *engine, char *text, char *want) {
  hearsay_input articles[ARTICLES];
  size_t count = parse_articles(text, articles), lines = 0, failed = 0;
  json_t *rows = record_of(engine, articles, count);
  char *place = NULL;
  for (char *line = strtok_r(want, "\n", &place); rows && line; line = strtok_r(NULL, "\n", &place)) {
    lines++;
    if (line_holds(rows, line)) continue;
    failed++;
    printf("  want  %s\n", line);
  }
  if (failed) print_attributions(rows);
  json_decref(rows);
  return lines && !failed;
}
