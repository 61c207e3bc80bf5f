#include "readings.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "quote/quote.h"
#include "segment/segment.h"

enum { MOST_WORDS = 4096 };

typedef struct words {
  hsy_str data[MOST_WORDS];
  int count;
} words;

static void die(const char *what, const char *where) {
  fprintf(stderr, "train_speakers: %s: %s\n", where, what);
  exit(1);
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80; }

static void add_words(words *out, hsy_str text, hsy_arena *arena) {
  hsy_str folded = hsy_utf8_fold(arena, text);
  for (ptrdiff_t i = 0; i < folded.len;) {
    ptrdiff_t start = i;
    bool mark =
        i + 2 < folded.len && (unsigned char)folded.data[i] == 0xE2 && (unsigned char)folded.data[i + 1] == 0x80;
    if (mark) { /* curly marks and dashes */
      i += 3;
      continue;
    }
    while (i < folded.len && letter(folded.data[i]) && (unsigned char)folded.data[i] != 0xE2) i++;
    if (i > start && out->count < MOST_WORDS) out->data[out->count++] = hsy_str_slice(folded, start, i);
    if (i == start) i++;
  }
}

static int by_text(const void *a, const void *b) {
  const hsy_str *x = a, *y = b;
  int c = memcmp(x->data, y->data, (size_t)(x->len < y->len ? x->len : y->len));
  return c ? c : (x->len > y->len) - (x->len < y->len);
}

/* Intersection over union of two sorted bags. */
static double overlap(const words *a, const words *b) {
  int both = 0, i = 0, k = 0;
  while (i < a->count && k < b->count) {
    int c = by_text(&a->data[i], &b->data[k]);
    both += c == 0;
    i += c <= 0;
    k += c >= 0;
  }
  return (double)both / (double)(a->count + b->count - both ? a->count + b->count - both : 1);
}

static void json_words(words *out, const json_t *value, hsy_arena *arena) {
  size_t i;
  json_t *piece;
  if (json_is_string(value)) add_words(out, hsy_str_of(json_string_value(value)), arena);
  json_array_foreach(value, i, piece) json_words(out, piece, arena);
}

/* ---- names ---- */

static bool small(hsy_str word) {
  static const char *const SMALL[] = {"the", "a", "an", "of", "and", "for", "s", "mr", "mrs", "ms", "dr", "sir"};
  for (size_t i = 0; i < sizeof SMALL / sizeof *SMALL; i++)
    if (hsy_str_eq(word, hsy_str_of(SMALL[i]))) return true;
  return false;
}

static void name_words(words *out, hsy_str name, hsy_arena *arena) {
  words all = {.count = 0};
  add_words(&all, name, arena);
  out->count = 0;
  for (int i = 0; i < all.count; i++)
    if (!small(all.data[i])) out->data[out->count++] = all.data[i];
  if (!out->count) *out = all;
}

static bool alike(hsy_str a, hsy_str b) {
  if (hsy_str_eq(a, b)) return true;
  ptrdiff_t n = a.len < b.len ? a.len : b.len;
  return n >= 4 && hsy_str_eq(hsy_str_slice(a, 0, n < 5 ? n : 5), hsy_str_slice(b, 0, n < 5 ? n : 5));
}

/* As eval/score_cases.py compares, but that a surname alone will do: the full
 * name may stand in another article of the story. */
static bool same_name(const words *a, const words *b) {
  if (!a->count || !b->count) return false;
  const words *shorter = a->count < b->count ? a : b, *longer = shorter == a ? b : a;
  if (shorter->count == 1) {
    if (longer->count > 1 && longer->count == shorter->data[0].len) {
      bool acronym = true;
      for (int i = 0; i < longer->count; i++) acronym = acronym && longer->data[i].data[0] == shorter->data[0].data[i];
      if (acronym) return true;
    }
    for (int i = 0; i < longer->count; i++)
      if (alike(shorter->data[0], longer->data[i]) && (i + 2 >= longer->count || longer->count == 2)) return true;
    return false;
  }
  int hits = 0;
  for (int i = 0; i < shorter->count; i++) {
    bool hit = false;
    for (int k = 0; k < longer->count; k++) hit = hit || alike(shorter->data[i], longer->data[k]);
    hits += hit;
  }
  return hits * 3 >= shorter->count * 2 && hits >= 2 && alike(a->data[a->count - 1], b->data[b->count - 1]);
}

bool reading_names(const hsy_doc *doc, int32_t actor, const char *want) {
  const hsy_entity *e = &doc->entities.data[actor];
  static words a, b;
  hsy_error err = {0};
  static hsy_heap *heap; /* it is asked for each candidate */
  if (!heap) heap = hsy_heap_new((size_t)1 << 20, &err);
  if (!heap) die(err.message, want);
  hsy_arena arena = hsy_heap_reset(heap);
  name_words(&a, hsy_str_of(want), &arena);
  name_words(&b, e->name, &arena);
  bool same = same_name(&a, &b);
  for (ptrdiff_t i = 0; i < e->aliases.len && !same; i++) {
    name_words(&b, e->aliases.data[i], &arena);
    same = same_name(&a, &b);
  }
  return same;
}

/* ---- articles ---- */

static void keep_layers(reading *r, hsy_arena *arena) {
  r->evidence = r->doc.evidence.len;
  r->confidence = hsy_new(arena, float, r->doc.attributions.len + 1);
  for (ptrdiff_t i = 0; i < r->doc.attributions.len; i++) r->confidence[i] = r->doc.attributions.data[i].confidence;
}

void reading_reset(reading *r) {
  r->doc.entities.len = r->doc.mentions.len = r->doc.links.len = 0;
  r->doc.evidence.len = r->evidence;
  for (ptrdiff_t i = 0; i < r->doc.attributions.len; i++) {
    hsy_attribution *a = &r->doc.attributions.data[i];
    a->confidence = r->confidence[i];
    a->speakers.len = 0;
    a->speaker = (hsy_str){0};
  }
}

static void read_article(reading *r, const hsy_engine *engine, const char *path, hsy_arena *arena) {
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)256 << 20, &err);
  hsy_format_options options = {.max_text = 8 << 20};
  hsy_source *source = hsy_source_open(path, &options, &err);
  hsy_record record = {0};
  if (!heap || !source || hsy_source_next(source, &record, &err) != HSY_NEXT_RECORD) die(err.message, path);
  hsy_arena scratch = hsy_heap_reset(heap);
  hsy_doc_init(&r->doc, arena);
  bool ok = hsy_pipeline_read(engine, &record, &options, &r->doc, scratch, &err) &&
            hsy_segment_tokenize(&r->doc, &engine->segment, &err) &&
            hsy_quote_tag(&r->doc, engine->quote, engine->deep, scratch, &err);
  if (!ok) die(err.message, path);
  hsy_record_free(&record);
  hsy_source_close(source);
  hsy_heap_free(heap);
  keep_layers(r, arena);
}

/* Pairs each expected content with the attribution that has most of it. */
static void match(reading *r, const json_t *expected, const char *file, hsy_arena *arena) {
  enum { HALF = 50 };
  ptrdiff_t n = r->doc.attributions.len;
  words *bags = calloc((size_t)n + 1, sizeof *bags);
  double *taken = calloc((size_t)n + 1, sizeof *taken);
  r->speakers = hsy_new(arena, const char *, n + 1);
  for (ptrdiff_t i = 0; i < n; i++) {
    hsy_part part = r->doc.attributions.data[i].part[HSY_CONTENT];
    for (int32_t k = 0; k < part.count; k++)
      add_words(&bags[i], hsy_doc_span(&r->doc, hsy_doc_piece(&r->doc, part, k)), arena);
    qsort(bags[i].data, (size_t)bags[i].count, sizeof *bags[i].data, by_text);
  }
  size_t row;
  json_t *want;
  json_array_foreach(json_object_get(expected, "attributions"), row, want) {
    const char *doc = json_string_value(json_object_get(want, "doc"));
    const json_t *speaker = json_object_get(want, "speaker");
    if (!doc || strcmp(doc, file) || !speaker) continue;
    static words content;
    content.count = 0;
    json_words(&content, json_object_get(want, "content"), arena);
    qsort(content.data, (size_t)content.count, sizeof *content.data, by_text);
    ptrdiff_t best = -1;
    double most = 0.5;
    for (ptrdiff_t i = 0; i < n; i++) {
      double o = overlap(&content, &bags[i]);
      if (o >= most && o > taken[i]) most = o, best = i;
    }
    if (best < 0) continue;
    taken[best] = most;
    r->speakers[best] = json_is_string(speaker) ? strdup(json_string_value(speaker)) : "";
  }
  free(taken);
  free(bags);
}

static int text_file(const struct dirent *entry) {
  size_t n = strlen(entry->d_name);
  return n > 4 && !strcmp(entry->d_name + n - 4, ".txt");
}

void readings_load(readings *out, const hsy_engine *engine, char **folders, int count) {
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)8 << 30, &err);
  if (!heap) die(err.message, "memory");
  *out = (readings){.arena = hsy_heap_reset(heap), .groups = count};
  for (int g = 0; g < count; g++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/expected.json", folders[g]);
    json_error_t problem;
    json_t *expected = json_load_file(path, 0, &problem);
    if (!expected) die(problem.text, path);
    struct dirent **names;
    int files = scandir(folders[g], &names, text_file, alphasort);
    for (int i = 0; i < files; i++) {
      reading *r = hsy_push(&out->rows, &out->arena);
      *r = (reading){.folder = folders[g], .group = g};
      snprintf(path, sizeof path, "%s/%s", folders[g], names[i]->d_name);
      read_article(r, engine, path, &out->arena);
      match(r, expected, names[i]->d_name, &out->arena);
      free(names[i]);
    }
    free(names);
    json_decref(expected);
  }
}
