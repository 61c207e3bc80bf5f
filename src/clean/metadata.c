#include "clean/metadata.h"

bool hsy_metadata_read(const hsy_page *page, const hsy_chunks *chunks, hsy_doc *doc, hsy_metadata *out,
                       hsy_arena *arena, hsy_error *err) {
  (void)chunks;
  (void)arena;
  (void)err;
  *out = (hsy_metadata){.headline_node = HSY_NONE};
  for (int32_t i = 0; i < page->nodes.len; i++)
    if (page->nodes.data[i].tag == HSY_TAG_H1) {
      doc->meta.title = hsy_page_text(page, i, doc->arena);
      out->headline_node = i;
      break;
    }
  return true;
}
