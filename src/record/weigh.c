#include <stdlib.h>

#include "link/pair_scores.h"
#include "record/gather.h"
#include "record/meet.h"

typedef struct weighing {
  hsy_linking *l;
  hsy_arena arena;
  hsy_gathering g;
  hsy_keymap document_of; /* number → document of the gathering */
  HSY_VEC(int32_t) first; /* [documents + 1] rows */
} weighing;

static void begin(weighing *w) {
  hsy_linking *l = w->l;
  w->arena = hsy_heap_reset(l->gathered);
  w->g = (hsy_gathering){.store = l->store, .arena = &w->arena, .reading = l->reading, .err = l->err};
  w->document_of = (hsy_keymap){0};
  w->first.len = w->first.cap = 0;
  w->first.data = NULL;
}

/* A document that is gone has no rows here, even where its turn to be taken out is yet to come. */
static bool need(weighing *w, int64_t number) {
  int32_t *at = hsy_keymap_at(&w->document_of, number, &w->arena);
  if (*at != HSY_NONE) return true;
  int64_t key = hsy_store_document_key(w->l->store, number, w->l->err);
  if (!key) return w->l->err->code == HSY_OK;
  *at = (int32_t)w->g.documents.len;
  *hsy_push(&w->first, &w->arena) = (int32_t)w->g.rows.len;
  return hsy_gather_document(&w->g, key);
}

/* The row of the gathering, or NONE. */
static int32_t row_at(const weighing *w, hsy_place place) {
  int32_t document = hsy_keymap_find(&w->document_of, place.document);
  if (document == HSY_NONE) return HSY_NONE;
  int32_t low = w->first.data[document], end = (int32_t)w->g.rows.len;
  if (document + 1 < w->first.len) end = w->first.data[document + 1];
  for (; low < end; low++)
    if (w->g.numbers.data[low] == place.n) return low;
  return HSY_NONE;
}

static bool keep(weighing *w, const hsy_story *story, const hsy_pair_score *score) {
  if (!hsy_pair_counts(&w->l->lists->model, score)) return true;
  int64_t a = w->g.attributions.data[story->order[score->one]], b = w->g.attributions.data[story->order[score->other]];
  hsy_kept_pair pair = {a < b ? a : b, a < b ? b : a, score->same, score->opposite, score->utterance};
  hsy_linking_touch(w->l, a);
  hsy_linking_touch(w->l, b);
  return hsy_store_put_pair(w->l->store, &pair, w->l->err);
}

static bool weigh(weighing *w, const hsy_place_pair *pairs, ptrdiff_t count) {
  hsy_link_input input = hsy_gather_input(&w->g);
  hsy_arena arena = hsy_arena_split(&w->arena, (size_t)(w->arena.end - w->arena.next) / 2);
  hsy_arena scratch = hsy_heap_reset(w->l->scratch);
  hsy_candidate *candidates = hsy_new(&scratch, hsy_candidate, count + 1);
  hsy_pair_score *scores = hsy_new(&scratch, hsy_pair_score, count + 1);
  hsy_story story;
  if (!hsy_arena_check(scratch, "record", w->l->err) || !hsy_link_read(&story, &input, w->l->lists, &arena, w->l->err))
    return false;
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    int32_t a = row_at(w, pairs[i].one), b = row_at(w, pairs[i].other);
    if (a == HSY_NONE || b == HSY_NONE) continue;
    a = story.place[a], b = story.place[b];
    candidates[n++] = a < b ? (hsy_candidate){a, b} : (hsy_candidate){b, a};
  }
  if (!hsy_pairs_score(&story, candidates, n, scores, scratch)) return hsy_arena_check(scratch, "record", w->l->err);
  for (ptrdiff_t i = 0; i < n; i++)
    if (!keep(w, &story, &scores[i])) return false;
  return true;
}

int hsy_place_pair_compare(const void *a, const void *b) {
  const hsy_place_pair *x = a, *y = b;
  if (x->one.document != y->one.document) return x->one.document < y->one.document ? -1 : 1;
  if (x->other.document != y->other.document) return x->other.document < y->other.document ? -1 : 1;
  if (x->one.n != y->one.n) return x->one.n - y->one.n;
  return x->other.n - y->other.n;
}

/* As many documents at a time as there is room for; of the same first one all
 * that it meets stand together. */
bool hsy_linking_weigh(hsy_linking *l, const hsy_place_pair_vec *pairs) {
  enum { PAIRS = 1 << 22 };
  weighing w = {.l = l};
  for (ptrdiff_t i = 0, end; i < pairs->len; i = end) {
    begin(&w);
    for (end = i; end < pairs->len && end - i < PAIRS; end++) {
      bool other = end > i && pairs->data[end].one.document != pairs->data[end - 1].one.document;
      if (other && w.g.rows.len > HSY_LINKING_ROWS) break;
      if (!need(&w, pairs->data[end].one.document) || !need(&w, pairs->data[end].other.document)) return false;
    }
    if (!weigh(&w, pairs->data + i, end - i)) return false;
  }
  return l->err->code == HSY_OK;
}
