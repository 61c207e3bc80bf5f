/* libFuzzer target: any text, cut into paragraphs, sentences, tokens and quotations. */
#include <stdlib.h>

#include "base/utf8.h"
#include "format/text.h"
#include "segment/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const hsy_doc *doc) {
  int32_t at = 0;
  for (ptrdiff_t i = 0; i < doc->tokens.len; i++) {
    const hsy_token *token = &doc->tokens.data[i];
    if (token->start < at || token->end <= token->start || token->end > doc->text.len) abort();
    at = token->end;
  }
  at = 0;
  for (ptrdiff_t i = 0; i < doc->sentences.len; i++) {
    const hsy_sentence *sentence = &doc->sentences.data[i];
    if (sentence->first != at || sentence->end < at || sentence->end > doc->tokens.len) abort();
    at = sentence->end;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hsy_heap *lists_heap, *heap, *beside;
  static hsy_segment_lists lists;
  static hsy_arena lists_arena;
  hsy_error err = {0};
  if (!heap) {
    lists_heap = hsy_heap_new((size_t)64 << 20, &err);
    heap = hsy_heap_new((size_t)256 << 20, &err);
    beside = hsy_heap_new((size_t)256 << 20, &err);
    if (!lists_heap || !heap || !beside) abort();
    lists_arena = hsy_heap_reset(lists_heap);
    if (!hsy_segment_load(&lists, &lists_arena, &err)) abort();
  }
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_record record = {.bytes = (char *)data, .len = (ptrdiff_t)size, .path = (char *)"a.txt", .format = "text"};
  hsy_format_options options = {.max_text = 1 << 20};
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  if (!hsy_format_read_text(&record, &options, &doc, hsy_heap_reset(beside), &err)) return 0;
  if (hsy_segment_tokenize(&doc, &lists, &err)) check(&doc);
  return 0;
}
