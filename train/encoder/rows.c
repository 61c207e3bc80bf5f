/* Articles as the deep reader sees them, for its trainer: one JSON object a file.
 *
 *   encoder_rows FILE...
 *   {"path", "tokens": [[start, end, case, state] …], "paragraphs": [[first, end] …],
 *    "sentences": [[first, end] …]}
 *
 * Offsets are code points into the file's text; case and state are the inputs
 * that quote/inputs.h gives the encoder beside the pieces of the words, computed
 * there alone, so that training and reading cannot differ.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "format/format.h"
#include "quote/inputs.h"
#include "segment/segment.h"

static void die(const char *what, const char *where) {
  fprintf(stderr, "encoder_rows: %s: %s\n", where, what);
  exit(1);
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
}

/* points[b]: code points before byte b. */
static int32_t *count_points(hsy_str text, hsy_arena *arena) {
  int32_t *points = hsy_new(arena, int32_t, text.len + 1);
  int32_t n = 0;
  for (ptrdiff_t i = 0; i < text.len; i++) {
    points[i] = n;
    n += i + 1 == text.len || ((unsigned char)text.data[i + 1] & 0xC0) != 0x80;
  }
  points[text.len] = n;
  return points;
}

static void print_article(const hsy_doc *doc, const char *path, hsy_arena *arena) {
  const int32_t *points = count_points(doc->text, arena);
  hsy_quote_input *inputs = hsy_new(arena, hsy_quote_input, doc->tokens.len + 1);
  hsy_quote_inputs(doc, inputs);
  json_t *tokens = json_array(), *paragraphs = json_array();
  for (int32_t i = 0; i < doc->tokens.len; i++) {
    const hsy_token *t = &doc->tokens.data[i];
    json_array_append_new(tokens, json_pack("[iiii]", (int)points[t->start], (int)points[t->end],
                                            (int)inputs[i].letters, (int)inputs[i].state));
  }
  for (int32_t i = 0; i < doc->paragraphs.len; i++)
    json_array_append_new(paragraphs,
                          json_pack("[ii]", (int)doc->paragraphs.data[i].first, (int)doc->paragraphs.data[i].end));
  json_t *sentences = json_array();
  for (int32_t i = 0; i < doc->sentences.len; i++)
    json_array_append_new(sentences,
                          json_pack("[ii]", (int)doc->sentences.data[i].first, (int)doc->sentences.data[i].end));
  json_t *row = json_pack("{s:s, s:o, s:o, s:o}", "path", path, "tokens", tokens, "paragraphs", paragraphs, "sentences",
                          sentences);
  json_dumpf(row, stdout, JSON_COMPACT);
  putchar('\n');
  json_decref(row);
}

int main(int argc, char **argv) {
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)1 << 30, &err), *scratch = hsy_heap_new((size_t)256 << 20, &err);
  hsy_heap *lists_heap = hsy_heap_new((size_t)64 << 20, &err);
  if (!heap || !scratch || !lists_heap) die(err.message, "memory");
  hsy_arena kept = hsy_heap_reset(lists_heap);
  hsy_segment_lists lists;
  if (!hsy_segment_load(&lists, &kept, &err)) die(err.message, "lists");
  for (int i = 1; i < argc; i++) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_doc doc;
    hsy_doc_init(&doc, &arena);
    read_article(&doc, argv[i], hsy_heap_reset(scratch));
    doc.meta.language = HSY_S("en");
    if (!hsy_segment_tokenize(&doc, &lists, &err)) die(err.message, argv[i]);
    print_article(&doc, argv[i], &arena);
  }
  return 0;
}
