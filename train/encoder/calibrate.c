/* What the deep reader's confidence is told from, a line each row it finds:
 *
 *   encoder_calibrate MODEL_DIR FILE.txt...
 *   {"path", "source": [[start, end]…], "content": [[start, end]…], "nested", "features": […]}
 *
 * Offsets are code points. calibrate.py holds the rows to the gold and fits the weights.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "format/format.h"
#include "quote/heads.h"
#include "quote/quote.h"
#include "segment/segment.h"

static void die(const char *what, const char *where) {
  fprintf(stderr, "encoder_calibrate: %s: %s\n", where, what);
  exit(1);
}

static json_t *spans_of(const hsy_doc *doc, hsy_part part) {
  json_t *out = json_array();
  for (int32_t i = 0; i < part.count; i++) {
    hsy_span piece = hsy_doc_piece(doc, part, i);
    int32_t points[2];
    hsy_doc_points(doc, (int32_t[]){piece.start, piece.end}, points, 2);
    json_array_append_new(out, json_pack("[ii]", (int)points[0], (int)points[1]));
  }
  return out;
}

static void print_row(void *user, const hsy_doc *doc, const hsy_attribution *row, const float *features) {
  json_t *list = json_array();
  for (int i = 0; i < HSY_CONFIDENCE_FEATURES; i++) json_array_append_new(list, json_real((double)features[i]));
  json_t *out =
      json_pack("{s:s, s:o, s:o, s:b, s:o}", "path", user, "source", spans_of(doc, row->part[HSY_SOURCE]), "content",
                spans_of(doc, row->part[HSY_CONTENT]), "nested", row->parent != HSY_NONE, "features", list);
  json_dumpf(out, stdout, JSON_COMPACT);
  putchar('\n');
  json_decref(out);
}

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
  doc->meta.language = HSY_S("en");
}

int main(int argc, char **argv) {
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)1 << 30, &err), *scratch = hsy_heap_new((size_t)256 << 20, &err);
  hsy_heap *kept_heap = hsy_heap_new((size_t)256 << 20, &err);
  if (!heap || !scratch || !kept_heap || argc < 3) die(err.message, "memory, or no files");
  hsy_arena kept = hsy_heap_reset(kept_heap);
  hsy_segment_lists lists;
  struct hsy_deep_models *models = (struct hsy_deep_models *)hsy_deep_load(hsy_str_of(argv[1]), &kept, &err);
  const hsy_quote_models *fast = models ? hsy_quote_load(hsy_str_of(argv[1]), &kept, &err) : NULL;
  if (!fast || !hsy_segment_load(&lists, &kept, &err)) die(err.message, argv[1]);
  models->watch = print_row;
  for (int i = 2; i < argc; i++) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_doc doc;
    hsy_doc_init(&doc, &arena);
    models->user = argv[i];
    read_article(&doc, argv[i], hsy_heap_reset(scratch));
    if (!hsy_segment_tokenize(&doc, &lists, &err) || !hsy_quote_tag(&doc, fast, models, hsy_heap_reset(scratch), &err))
      die(err.message, argv[i]);
  }
  return 0;
}
