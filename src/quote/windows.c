#include "quote/windows.h"

#include <string.h>

enum { TOLD = 170 }; /* pieces that a part of a long paragraph tells of; the rest of its window is context */

bool hsy_windows_cut(const hsy_doc *doc, const hsy_wordpiece *wordpiece, hsy_pieces_of *pieces, hsy_arena *arena) {
  pieces->starts = hsy_new(arena, int32_t, doc->tokens.len + 1);
  pieces->ids = hsy_new(arena, int32_t, doc->tokens.len * HSY_TOKEN_PIECES);
  if (!pieces->starts || !pieces->ids) return false;
  int32_t used = 0;
  for (int32_t t = 0; t < doc->tokens.len; t++) {
    pieces->starts[t] = used;
    used += hsy_wordpiece_word(wordpiece, hsy_doc_token(doc, t), pieces->ids + used, HSY_TOKEN_PIECES);
  }
  pieces->starts[doc->tokens.len] = used;
  return true;
}

static int32_t count(const hsy_pieces_of *pieces, int32_t first, int32_t end) {
  return pieces->starts[end] - pieces->starts[first];
}

/* The end of a part that begins at `first`: behind its last whole sentence, or
 * where the pieces run out. */
static int32_t part_end(const hsy_doc *doc, const hsy_paragraph *p, const hsy_pieces_of *pieces, int32_t first) {
  int32_t end = first, whole = first;
  for (int32_t s = p->first_sentence; s < p->end_sentence; s++) {
    int32_t stop = doc->sentences.data[s].end;
    if (stop > first && count(pieces, first, stop) <= TOLD) whole = stop;
  }
  if (whole > first) return whole;
  while (end < p->end && count(pieces, first, end + 1) <= TOLD) end++;
  return end > first ? end : first + 1;
}

/* Context on both sides, as much as the window has room for. */
static hsy_stretch with_context(const hsy_paragraph *p, const hsy_pieces_of *pieces, int32_t first, int32_t end) {
  hsy_stretch s = {first, end, first, end};
  for (bool grew = true; grew;) {
    grew = false;
    if (s.from > p->first && count(pieces, s.from - 1, s.to) < HSY_WINDOW_PIECES) s.from--, grew = true;
    if (s.to < p->end && count(pieces, s.from, s.to + 1) < HSY_WINDOW_PIECES) s.to++, grew = true;
  }
  return s;
}

void hsy_windows_plan(const hsy_doc *doc, const hsy_pieces_of *pieces, hsy_stretch_vec *stretches, hsy_arena *arena) {
  for (int32_t i = 0; i < doc->paragraphs.len; i++) {
    const hsy_paragraph *p = &doc->paragraphs.data[i];
    if (p->first == p->end) continue;
    if (count(pieces, p->first, p->end) < HSY_WINDOW_PIECES) {
      *hsy_push(stretches, arena) = (hsy_stretch){p->first, p->end, p->first, p->end};
      continue;
    }
    for (int32_t t = p->first; t < p->end;) {
      int32_t end = part_end(doc, p, pieces, t);
      *hsy_push(stretches, arena) = with_context(p, pieces, t, end);
      t = end;
    }
  }
}
