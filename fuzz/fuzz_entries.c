/* libFuzzer target: any bytes as a feed, a JSON value or a page, by the first byte;
 * without the telling of formats that stands before these readers. */
#include <stdlib.h>
#include <string.h>

#include "format/entries.h"
#include "format/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_entries(json_t *(*read)(hsy_str, const hsy_limits *, hsy_entries_note *, hsy_error *), hsy_str bytes) {
  hsy_limits limits = hsy_limits_usual();
  hsy_entries_note note = {0};
  hsy_error err = {0};
  json_t *entries = read(bytes, &limits, &note, &err);
  if ((entries != NULL) != (err.code == HSY_OK)) abort();
  json_decref(entries);
}

static void read_page(hsy_str bytes) {
  static hsy_heap *heap;
  if (!heap) heap = hsy_heap_new((size_t)256 << 20, NULL);
  if (!heap) abort();
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_limits limits = hsy_limits_usual();
  hsy_error err = {0};
  hsy_page page;
  if (!hsy_page_parse(bytes, (hsy_str){0}, &limits, &page, &arena, &err)) return;
  for (int32_t i = 1; i < page.nodes.len; i++) {
    const hsy_node *node = &page.nodes.data[i];
    if (node->parent < 0 || node->parent >= i || node->end <= i || node->end > page.nodes.len) abort();
    if (node->attrs + node->attr_count > page.attrs.len) abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hsy_str bytes = {(const char *)data + 1, (ptrdiff_t)size - 1};
  if (size < 2) return 0;
  if (data[0] % 3 == 0) read_entries(hsy_entries_of_xml, bytes);
  if (data[0] % 3 == 1) read_entries(hsy_entries_of_json, bytes);
  if (data[0] % 3 == 2) read_page(bytes);
  return 0;
}
