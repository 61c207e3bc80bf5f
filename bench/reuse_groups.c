/* Groups of copies in a file of JSON lines, without a store.
 *
 * usage: reuse_groups FILE [BATCH] [SEED]
 *
 * A line has id and text, and may have publisher, published, agency, and skip
 * and quoted (lists of [start, end] bytes). Prints one JSON object a group.
 * BATCH articles go in between two updates (0: all), in an order drawn with
 * SEED (0: the file's), so that two runs show whether the order matters.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "index/memory.h"
#include "reuse/reuse.h"

typedef struct input {
  json_t *object;
  hsy_reuse_document document;
} input;

static input *inputs;
static size_t count;

static hsy_str text_of(const json_t *object, const char *name) {
  const char *value = json_string_value(json_object_get(object, name));
  return hsy_str_of(value ? value : "");
}

static hsy_span *spans_of(const json_t *object, const char *name, ptrdiff_t *out_count) {
  json_t *list = json_object_get(object, name);
  size_t len = json_array_size(list);
  hsy_span *spans = calloc(len + 1, sizeof *spans);
  for (size_t i = 0; spans && i < len; i++) {
    json_t *pair = json_array_get(list, i);
    spans[i].start = (int32_t)json_integer_value(json_array_get(pair, 0));
    spans[i].end = (int32_t)json_integer_value(json_array_get(pair, 1));
  }
  *out_count = (ptrdiff_t)len;
  return spans;
}

static bool read_line(const char *line) {
  json_t *object = json_loads(line, 0, NULL);
  input *more = realloc(inputs, (count + 1) * sizeof *inputs);
  if (!object || !more) return false;
  inputs = more;
  hsy_reuse_document d = {
      .key = hsy_hash(text_of(object, "id")),
      .text = text_of(object, "text"),
      .outlet = text_of(object, "publisher"),
      .published = text_of(object, "published"),
      .agency = text_of(object, "agency"),
  };
  d.skip = spans_of(object, "skip", &d.skip_count);
  d.quoted = spans_of(object, "quoted", &d.quoted_count);
  inputs[count++] = (input){object, d};
  return true;
}

static bool read_file(const char *path) {
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t room = 0;
  bool good = file != NULL;
  while (good && getline(&line, &room, file) > 0) good = read_line(line);
  free(line);
  if (file) fclose(file);
  return good;
}

static void shuffle(uint64_t seed) {
  for (size_t i = count; seed && i > 1; i--) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    size_t j = (size_t)(seed >> 33) % i;
    input swap = inputs[i - 1];
    inputs[i - 1] = inputs[j];
    inputs[j] = swap;
  }
}

static json_t *id_of(hsy_key key) {
  for (size_t i = 0; i < count; i++)
    if (inputs[i].document.key == key) return json_object_get(inputs[i].object, "id");
  return json_null();
}

static bool print_group(void *user, const hsy_copy_group *g) {
  (void)user;
  json_t *documents = json_array(), *passages = json_array();
  for (ptrdiff_t i = 0; i < g->document_count; i++) json_array_append(documents, id_of(g->documents[i]));
  for (ptrdiff_t i = 0; i < g->passage_count; i++)
    json_array_append_new(passages, json_pack("[Oii]", id_of(g->passages[i].document), (int)g->passages[i].start,
                                              (int)g->passages[i].end));
  json_t *row = json_pack("{s:b, s:o, s:o, s:f, s:O, s:s%}", "whole", (int)g->whole, "documents", documents, "passages",
                          passages, "containment", g->containment, "original", id_of(g->original), "because",
                          g->because.data, (size_t)g->because.len);
  json_dumpf(row, stdout, 0);
  putchar('\n');
  json_decref(row);
  return true;
}

static void say(void *user, const char *message) { fprintf((FILE *)user, "%s\n", message); }

int main(int argc, char **argv) {
  hsy_error err = {0};
  if (argc < 2 || !read_file(argv[1])) return 2;
  size_t batch = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
  shuffle(argc > 3 ? strtoull(argv[3], NULL, 10) : 0);
  hsy_memory *memory = hsy_memory_new(NULL, NULL, &err);
  hsy_index index = hsy_memory_index(memory);
  hsy_reuse *reuse = hsy_reuse_new(&index, &(hsy_reuse_options){say, stderr}, &err);
  bool good = reuse != NULL;
  for (size_t i = 0; good && i < count; i++) {
    const hsy_reuse_document *d = &inputs[i].document;
    good = hsy_memory_put_text(memory, d->key, d->text, &err) && hsy_reuse_add(reuse, d, &err);
    if (good && batch && (i + 1) % batch == 0) good = hsy_reuse_finish(reuse, &err);
  }
  good = good && hsy_reuse_finish(reuse, &err);
  if (good)
    hsy_memory_groups(memory, print_group, NULL);
  else
    fprintf(stderr, "%s: %s\n", err.stage ? err.stage : "input", err.message);
  hsy_reuse_counts c = hsy_reuse_count(reuse);
  fprintf(stderr, "documents %llu, fingerprints %llu, compared %llu (most %llu), again %llu, pairs %llu\n",
          (unsigned long long)c.documents, (unsigned long long)c.fingerprints, (unsigned long long)c.candidates,
          (unsigned long long)c.most_candidates, (unsigned long long)c.again, (unsigned long long)c.pairs);
  hsy_reuse_free(reuse);
  hsy_memory_free(memory);
  return good ? 0 : 1;
}
