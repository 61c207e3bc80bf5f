/* libFuzzer target: any bytes as a file of any format, read as far as text and
 * blocks; faster than all stages, and it checks what later stages rely on. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "clean/clean.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Text is UTF-8; blocks ascend and stand inside it, on whole characters; the map ascends too. */
static void check(const hsy_doc *doc, const hsy_record *record) {
  int32_t end = 0, at = 0;
  if (hsy_utf8_invalid(doc->text) >= 0) abort();
  for (ptrdiff_t i = 0; i < doc->blocks.len; i++) {
    const hsy_block *block = &doc->blocks.data[i];
    if (block->text.start < end || block->text.end < block->text.start || block->text.end > doc->text.len) abort();
    if (block->lead < 0 || block->lead > block->text.end - block->text.start || !block->why) abort();
    if (hsy_utf8_invalid(hsy_doc_span(doc, block->text)) >= 0) abort();
    end = block->text.end;
  }
  for (ptrdiff_t i = 0; i < doc->origins.len; i++) {
    const hsy_origin *origin = &doc->origins.data[i];
    if (origin->text < at || origin->source < 0 || origin->source > record->len) abort();
    at = origin->text;
  }
}

static void read_record(hsy_heap *heap, const hsy_record *record, const hsy_format_options *options) {
  hsy_arena arena = hsy_heap_reset(heap), scratch = hsy_arena_split(&arena, (size_t)256 << 20);
  hsy_doc doc;
  hsy_error err = {0};
  hsy_doc_init(&doc, &arena);
  bool read = hsy_format_is_markup(record, options, &err) ? hsy_clean_read_html(record, options, &doc, scratch, &err)
                                                          : hsy_format_read_text(record, options, &doc, scratch, &err);
  if (read != (err.code == HSY_OK)) abort();
  if (read) check(&doc, record);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hsy_heap *heap;
  if (!heap) heap = hsy_heap_new((size_t)512 << 20, NULL);
  int fd = memfd_create("input", 0);
  if (!heap || fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  hsy_format_options options = {.max_text = 1 << 20};
  hsy_error err = {0};
  hsy_source *source = hsy_source_open(path, &options, &err);
  hsy_next next = source ? HSY_NEXT_RECORD : HSY_NEXT_END;
  for (int n = 0; next != HSY_NEXT_END && n < 1000; n++) {
    hsy_record record;
    err = (hsy_error){0};
    next = hsy_source_next(source, &record, &err);
    if (next == HSY_NEXT_PROBLEM && err.code == HSY_OK) abort();
    if (next == HSY_NEXT_RECORD) read_record(heap, &record, &options);
    hsy_record_free(&record);
  }
  hsy_source_close(source);
  close(fd);
  return 0;
}
