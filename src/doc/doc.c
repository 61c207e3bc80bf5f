#include "doc/doc.h"

#include <string.h>

#include "base/bound.h"

void hsy_doc_init(hsy_doc *doc, hsy_arena *arena) {
  memset(doc, 0, sizeof *doc);
  doc->arena = arena;
}

hsy_str hsy_doc_span(const hsy_doc *doc, hsy_span span) { return hsy_str_slice(doc->text, span.start, span.end); }

hsy_span hsy_doc_tokens(const hsy_doc *doc, int32_t first, int32_t end) {
  if (first >= end) return (hsy_span){0, 0};
  return (hsy_span){doc->tokens.data[first].start, doc->tokens.data[end - 1].end};
}

int32_t hsy_doc_token_at(const hsy_doc *doc, int32_t at) {
  hsy_bound half = {.high = doc->tokens.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, !(doc->tokens.data[half.middle].end > at));
  return (int32_t)half.low;
}

int32_t hsy_doc_sentence_of(const hsy_doc *doc, int32_t token) {
  hsy_bound half = {.high = doc->sentences.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, doc->sentences.data[half.middle].end <= token);
  return (int32_t)half.low;
}

hsy_part hsy_doc_add_part(hsy_doc *doc, const hsy_span *pieces, int32_t count) {
  int32_t first = (int32_t)doc->pieces.len;
  for (int32_t i = 0; i < count; i++) *hsy_push(&doc->pieces, doc->arena) = pieces[i];
  return (hsy_part){first, (int32_t)doc->pieces.len - first};
}

hsy_span hsy_doc_piece(const hsy_doc *doc, hsy_part part, int32_t n) { return doc->pieces.data[part.first + n]; }

void hsy_doc_points(const hsy_doc *doc, const int32_t *at, int32_t *out, ptrdiff_t count) {
  ptrdiff_t byte = 0;
  int32_t points = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    for (; byte < at[i]; byte++) points += ((unsigned char)doc->text.data[byte] & 0xC0) != 0x80;
    out[i] = points;
  }
}

int64_t hsy_doc_source(const hsy_doc *doc, int32_t at) {
  hsy_bound half = {.high = doc->origins.len};
  while (hsy_bound_open(&half))
    hsy_bound_cut(&half, doc->origins.data[half.middle].text <= at); /* the last row at or before `at` */
  ptrdiff_t low = half.low;
  if (low == 0) return -1;
  const hsy_origin *row = &doc->origins.data[low - 1];
  return row->source + (row->exact ? at - row->text : 0);
}

const char *hsy_kind_name(hsy_kind kind) { return (const char *[]){"direct", "indirect", "mixed"}[kind]; }
const char *hsy_mode_name(hsy_mode mode) { return (const char *[]){"speech", "thought", "rejected"}[mode]; }
const char *hsy_role_name(hsy_role role) { return (const char *[]){"source", "cue", "content"}[role]; }
const char *hsy_basis_name(hsy_basis basis) { return (const char *[]){"explicit", "inherited", "inferred"}[basis]; }

const char *hsy_entity_kind_name(hsy_entity_kind kind) {
  return (const char *[]){"person", "organization", "place", "group", "document", "unnamed"}[kind];
}

const char *hsy_block_kind_name(hsy_block_kind kind) {
  return (const char *[]){"paragraph", "headline", "header", "subheading", "furniture"}[kind];
}
