#include "quote/quote.h"

#include <stdlib.h>

#include "quote/apart.h"
#include "quote/attribute.h"
#include "quote/frames.h"
#include "quote/mend.h"
#include "quote/nested.h"
#include "quote/runs.h"
#include "quote/turns.h"

bool hsy_quote_find_all(hsy_doc *into, const hsy_doc *doc, const hsy_quote_models *m, int32_t offset,
                        hsy_verb_memory *memory, hsy_arena scratch) {
  hsy_arena inner = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  hsy_quote_view view;
  hsy_first_pass first, second;
  hsy_quote_span_vec spans = {0};
  int32_t *starts;
  if (!hsy_quote_view_make(&view, doc, &m->words, memory, &scratch) ||
      !hsy_quote_passes(m, &view, &first, &second, &scratch, inner) ||
      !hsy_quote_tied_spans(&m->content, &m->cue, &view, &second, &spans, &starts, &scratch, inner))
    return false;
  hsy_quote_group_vec groups = {0};
  hsy_index_vec contents = {0};
  for (int32_t p = 0; p < doc->paragraphs.len; p++)
    hsy_quote_groups(&view, &spans, starts[p], starts[p + 1], &groups, &contents, &scratch);
  for (ptrdiff_t i = 0; i < groups.len; i++)
    hsy_quote_attribute(into, m, &view, &spans, &groups.data[i], contents.data, offset);
  return true;
}

/* Sorting by first character, then by length (the outer first), then as found. */
typedef struct sort_key {
  int32_t start, end, index;
} sort_key;

static int by_place(const void *a, const void *b) {
  const sort_key *x = a, *y = b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  if (x->end != y->end) return x->end > y->end ? -1 : 1;
  return x->index - y->index;
}

static int32_t end_of(const hsy_doc *doc, const hsy_attribution *row) {
  int32_t most = 0;
  for (int r = 0; r < HSY_ROLES; r++)
    for (int32_t i = 0; i < row->part[r].count; i++) {
      hsy_span piece = hsy_doc_piece(doc, row->part[r], i);
      if (piece.end > most) most = piece.end;
    }
  return most;
}

static int32_t moved(const int32_t *to, int32_t index) { return index == HSY_NONE ? HSY_NONE : to[index]; }

static void sort_rows(hsy_doc *doc, hsy_arena scratch) {
  ptrdiff_t n = doc->attributions.len;
  sort_key *keys = hsy_new(&scratch, sort_key, n);
  int32_t *to = hsy_new(&scratch, int32_t, n);
  hsy_attribution *copy = hsy_new(&scratch, hsy_attribution, n);
  if (!keys || !to || !copy || n == 0) return;
  for (int32_t i = 0; i < n; i++) {
    copy[i] = doc->attributions.data[i];
    keys[i] = (sort_key){hsy_quote_start(doc, &copy[i]), end_of(doc, &copy[i]), i};
  }
  qsort(keys, (size_t)n, sizeof *keys, by_place);
  for (int32_t i = 0; i < n; i++) to[keys[i].index] = i;
  for (int32_t i = 0; i < n; i++) {
    hsy_attribution *row = &doc->attributions.data[to[i]];
    *row = copy[i];
    row->parent = moved(to, row->parent);
    row->same_run = moved(to, row->same_run);
  }
}

/* What the encoder reads it also nests and finishes: of what it finds only
 * quotations that stand apart from a report beside them are seen to. */
static bool read_deeply(hsy_doc *doc, const hsy_quote_models *models, const hsy_deep_models *deep, hsy_arena scratch,
                        hsy_error *err) {
  return hsy_deep_find(doc, deep, scratch, err) && hsy_quote_set_apart(doc, models, scratch) &&
         hsy_quote_transcript(doc, scratch) && hsy_quote_join_runs(doc, scratch);
}

static bool read_fast(hsy_doc *doc, const hsy_quote_models *models, hsy_arena scratch) {
  hsy_verb_memory *memory = hsy_new(&scratch, hsy_verb_memory, 1);
  bool ok = memory && hsy_quote_find_all(doc, doc, models, 0, memory, scratch);
  ok = ok && !hsy_arena_failed(*doc->arena);
  if (ok) hsy_quote_mend(doc, models, 0);
  ok = ok && hsy_quote_frames(doc, models, memory, scratch) && hsy_quote_transcript(doc, scratch) &&
       hsy_quote_join_runs(doc, scratch) && hsy_quote_nest(doc, models, memory, scratch);
  return ok;
}

bool hsy_quote_tag(hsy_doc *doc, const hsy_quote_models *models, const hsy_deep_models *deep, hsy_arena scratch,
                   hsy_error *err) {
  if (doc->tokens.len == 0) return true;
  bool ok = deep ? read_deeply(doc, models, deep, scratch, err) : read_fast(doc, models, scratch);
  if (ok) sort_rows(doc, scratch);
  return hsy_arena_check(*doc->arena, "quote", err) && hsy_arena_check(scratch, "quote", err);
}
