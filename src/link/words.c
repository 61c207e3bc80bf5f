/* The words of a content as the record counts them (link/link.h). */
#include "link/reading.h"

bool hsy_link_words(hsy_str content, const hsy_link_lists *lists, hsy_link_term_vec *out, hsy_arena *arena,
                    hsy_error *err) {
  const hsy_link_document document = {0};
  const hsy_link_row row = {.content = content, .stance = ""};
  const hsy_link_input input = {.documents = &document, .rows = &row, .document_count = 1, .row_count = 1};
  hsy_reading reading;
  hsy_read_words(&input, &row, lists, &reading, arena);
  ptrdiff_t from = out->len;
  for (int32_t i = 0; i < reading.count && !hsy_arena_failed(*arena); i++) {
    const hsy_link_word *w = &reading.words[i];
    bool known = w->kind != HSY_WORD_PLAIN && w->kind != HSY_WORD_NAME;
    for (ptrdiff_t k = from; k < out->len && !known; k++) known = out->data[k].key == w->key;
    if (!known) *hsy_push(out, arena) = (hsy_link_term){w->key, w->text};
  }
  return hsy_arena_check(*arena, "link", err);
}
