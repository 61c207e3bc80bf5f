#include "corpus.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/format.h"
#include "quote/features.h"

static void die(const char *what, const char *where) {
  fprintf(stderr, "train: %s: %s\n", where, what);
  exit(1);
}

static hsy_str load_file(hsy_arena *arena, const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) die("cannot be opened", path);
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *bytes = hsy_new(arena, char, size + 1);
  if (!bytes || fread(bytes, 1, (size_t)size, f) != (size_t)size) die("cannot be read", path);
  fclose(f);
  return (hsy_str){bytes, size};
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static char **list_names(const char *folder, int *count) {
  DIR *dir = opendir(folder);
  if (!dir) die("no such folder", folder);
  char **names = NULL;
  for (struct dirent *e; (e = readdir(dir));) {
    size_t n = strlen(e->d_name);
    if (n < 5 || strcmp(e->d_name + n - 4, ".ann") != 0) continue;
    names = realloc(names, (size_t)(*count + 1) * sizeof *names);
    names[*count] = strndup(e->d_name, n - 4);
    (*count)++;
  }
  closedir(dir);
  if (*count == 0) die("no .ann files", folder);
  qsort(names, (size_t)*count, sizeof *names, by_name);
  return names;
}

/* The article as the program itself reads it. */
static void read_article(hsy_doc *doc, const char *path, hsy_arena scratch) {
  hsy_format_options options = {.max_text = 8 << 20};
  hsy_error err = {0};
  hsy_record record = {0};
  hsy_source *source = hsy_source_open(path, &options, &err);
  if (!source || hsy_source_next(source, &record, &err) != HSY_NEXT_RECORD ||
      !hsy_format_read_text(&record, &options, doc, scratch, &err))
    die(err.message, path);
  hsy_record_free(&record);
  hsy_source_close(source);
}

/* One brat text-bound annotation: its pieces in code points. */
typedef struct bound {
  int number, role; /* role NONE: none of ours */
  span_vec pieces;
} bound;
typedef HSY_VEC(bound) bound_vec;

static int role_of(const char *label) {
  static const char *const LABELS[] = {"Source", "Cue", "Content"};
  for (int r = 0; r < HSY_ROLES; r++)
    if (strncmp(label, LABELS[r], strlen(LABELS[r])) == 0) return r;
  return HSY_NONE;
}

static void read_bound(char *line, bound_vec *bounds, hsy_arena *arena) {
  bound *b = hsy_push(bounds, arena);
  b->number = atoi(line + 1);
  char *label = strchr(line, '\t') + 1;
  b->role = role_of(label);
  char *at = strchr(label, ' ');
  while (at) {
    int start = (int)strtol(at + 1, &at, 10), end = (int)strtol(at + 1, &at, 10);
    *hsy_push(&b->pieces, arena) = (hsy_span){start, end};
    at = *at == ';' ? at : NULL;
  }
}

static const bound *find_bound(const bound_vec *bounds, int number) {
  for (ptrdiff_t i = 0; i < bounds->len; i++)
    if (bounds->data[i].number == number) return &bounds->data[i];
  return NULL;
}

/* Code points to tokens: those that overlap [start, end). */
static hsy_span tokens_of(const hsy_doc *doc, const int32_t *byte_of, hsy_span points) {
  int32_t start = byte_of[points.start], end = byte_of[points.end];
  int32_t first = hsy_doc_token_at(doc, start), last = first;
  while (last < doc->tokens.len && doc->tokens.data[last].start < end) last++;
  return (hsy_span){first, last};
}

static int by_start(const void *a, const void *b) {
  return ((const hsy_span *)a)->start - ((const hsy_span *)b)->start;
}

static void read_event(char *line, gold_doc *gold, const bound_vec *bounds, const int32_t *byte_of, hsy_arena *arena) {
  gold_attribution row = {0};
  for (char *arg = strchr(line, ' '); arg; arg = strchr(arg + 1, ' ')) {
    char *colon = strchr(arg, ':');
    if (!colon || colon[1] != 'T') continue;
    const bound *b = find_bound(bounds, atoi(colon + 2));
    int role = role_of(arg + 1);
    if (!b || role == HSY_NONE) continue;
    for (ptrdiff_t i = 0; i < b->pieces.len; i++) {
      hsy_span span = tokens_of(&gold->doc, byte_of, b->pieces.data[i]);
      if (span.start < span.end) *hsy_push(&row.part[role], arena) = span;
    }
  }
  if (row.part[HSY_CONTENT].len == 0) return;
  for (int r = 0; r < HSY_ROLES; r++)
    if (row.part[r].len) qsort(row.part[r].data, (size_t)row.part[r].len, sizeof(hsy_span), by_start);
  *hsy_push(&gold->attributions, arena) = row;
}

static void mark_tags(gold_doc *gold) {
  for (ptrdiff_t a = 0; a < gold->attributions.len; a++) {
    for (int r = 0; r < HSY_ROLES; r++) {
      const span_vec *part = &gold->attributions.data[a].part[r];
      for (ptrdiff_t i = 0; i < part->len; i++)
        for (int32_t t = part->data[i].start; t < part->data[i].end; t++)
          if (gold->tags[t] == HSY_TAG_O || t == part->data[i].start)
            gold->tags[t] = (uint8_t)(1 + 2 * r + (t > part->data[i].start));
    }
  }
}

static void load_doc(corpus *c, const char *folder, char *name, const hsy_segment_lists *lists) {
  gold_doc *gold = hsy_push(&c->docs, &c->arena);
  gold->name = name;
  hsy_doc_init(&gold->doc, &c->arena);
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.txt", folder, name);
  read_article(&gold->doc, path, hsy_heap_reset(c->scratch));
  gold->doc.meta.language = HSY_S("en");
  hsy_error err = {0};
  if (!hsy_segment_tokenize(&gold->doc, lists, &err)) die(err.message, path);
  int32_t *byte_of = hsy_new(&c->arena, int32_t, hsy_utf8_points(gold->doc.text) + 1);
  gold->tags = hsy_new(&c->arena, uint8_t, gold->doc.tokens.len + 1);
  if (!byte_of || !gold->tags) die("out of memory", path);
  int32_t points = 0;
  for (ptrdiff_t i = 0; i < gold->doc.text.len; hsy_utf8_next(gold->doc.text, &i)) byte_of[points++] = (int32_t)i;
  byte_of[points] = (int32_t)gold->doc.text.len;
  snprintf(path, sizeof path, "%s/%s.ann", folder, name);
  hsy_str ann = load_file(&c->arena, path), rest = ann;
  bound_vec bounds = {0};
  for (int pass = 0; pass < 2; pass++) { /* spans first: an event may stand before its spans */
    for (rest = ann; rest.len > 0;) {
      hsy_str line = hsy_str_cut(rest, '\n', &rest);
      char *z = hsy_str_z(&c->arena, line);
      bool row = z[0] && z[1] >= '0' && z[1] <= '9' && strchr(z, '\t'); /* else a span's text that goes on */
      if (pass == 0 && row && z[0] == 'T') read_bound(z, &bounds, &c->arena);
      if (pass == 1 && row && z[0] == 'E') read_event(z, gold, &bounds, byte_of, &c->arena);
    }
  }
  mark_tags(gold);
  c->tokens += gold->doc.tokens.len;
}

void corpus_load(corpus *c, const char *folder) {
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)4 << 30, &err);
  memset(c, 0, sizeof *c);
  c->scratch = hsy_heap_new((size_t)256 << 20, &err);
  if (!heap || !c->scratch) die(err.message, folder);
  c->arena = hsy_heap_reset(heap);
  hsy_segment_lists lists;
  if (!hsy_segment_load(&lists, &c->arena, &err)) die(err.message, folder);
  int count = 0;
  char **names = list_names(folder, &count);
  for (int i = 0; i < count; i++) load_doc(c, folder, names[i], &lists);
  free(names);
}
