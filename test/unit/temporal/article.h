/* A text as an article: one block a line, tokenized and its times tagged. */
#ifndef HSY_TEST_TEMPORAL_ARTICLE_H
#define HSY_TEST_TEMPORAL_ARTICLE_H

#include <string.h>

#include "segment/segment.h"
#include "temporal/temporal.h"

static hsy_heap *lists_heap, *doc_heap;
static hsy_segment_lists segment_lists;
static const hsy_temporal_lists *temporal_lists;
static hsy_arena doc_arena, scratch;

static inline int article_setup(void **state) {
  (void)state;
  hsy_error err = {0};
  lists_heap = hsy_heap_new((size_t)64 << 20, &err);
  doc_heap = hsy_heap_new((size_t)256 << 20, &err);
  hsy_arena arena = hsy_heap_reset(lists_heap);
  if (!hsy_segment_load(&segment_lists, &arena, &err)) return -1;
  temporal_lists = hsy_temporal_load(&arena, &err);
  return temporal_lists ? 0 : -1;
}

static inline int article_teardown(void **state) {
  (void)state;
  hsy_heap_free(lists_heap);
  hsy_heap_free(doc_heap);
  return 0;
}

static inline void article_blocks(hsy_doc *doc) {
  int32_t start = 0;
  for (int32_t i = 0; i <= doc->text.len; i++) {
    if (i < doc->text.len && doc->text.data[i] != '\n') continue;
    if (i > start) {
      hsy_block *block = hsy_push(&doc->blocks, doc->arena);
      *block = (hsy_block){.text = {start, i}, .kind = HSY_BLOCK_PARAGRAPH, .tagged = true};
    }
    start = i + 1;
  }
}

/* Valid until the next call; published may be empty. */
static inline bool article_read(hsy_doc *doc, hsy_str text, hsy_str published, hsy_error *err) {
  doc_arena = hsy_heap_reset(doc_heap);
  scratch = hsy_arena_split(&doc_arena, (size_t)200 << 20);
  hsy_doc_init(doc, &doc_arena);
  doc->text = text;
  doc->meta.published = published;
  doc->meta.language = HSY_S("en");
  article_blocks(doc);
  return hsy_segment_tokenize(doc, &segment_lists, err) && hsy_temporal_tag(doc, temporal_lists, scratch, err);
}

#endif
