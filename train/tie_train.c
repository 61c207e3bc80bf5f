#include "tie_train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int32_t shared(int32_t a, int32_t b, int32_t c, int32_t d) {
  int32_t low = a > c ? a : c, high = b < d ? b : d;
  return high > low ? high - low : 0;
}

static int32_t shared_with(const span_vec *part, const hsy_quote_span *span) {
  int32_t n = 0;
  for (ptrdiff_t i = 0; i < part->len; i++) n += shared(part->data[i].start, part->data[i].end, span->first, span->end);
  return n;
}

/* The annotated attribution whose part of this role the span shares most with. */
static const gold_attribution *best_match(const gold_doc *gold, const hsy_quote_span *span, int32_t *most) {
  const gold_attribution *best = NULL;
  *most = 0;
  for (ptrdiff_t i = 0; i < gold->attributions.len; i++) {
    int32_t n = shared_with(&gold->attributions.data[i].part[span->role], span);
    if (n > *most) *most = n, best = &gold->attributions.data[i];
  }
  return best;
}

static int candidate_in(const span_vec *part, const hsy_quote_span_vec *spans, const hsy_tie *tie) {
  for (int i = 0; i < tie->count; i++)
    if (tie->candidates[i] != HSY_NONE && shared_with(part, &spans->data[tie->candidates[i]])) return i;
  return -1;
}

int tie_gold(const gold_doc *gold, const hsy_quote_span_vec *spans, const hsy_tie *tie) {
  const hsy_quote_span *self = &spans->data[tie->span];
  int32_t most;
  const gold_attribution *match = best_match(gold, self, &most);
  int none = tie->count - 1;
  if (self->role == HSY_CONTENT) {
    if (!match || 3 * most < self->end - self->first) return none;
    return candidate_in(&match->part[HSY_CUE], spans, tie);
  }
  if (!match) return -1; /* no cue at all: whatever it takes is wrong */
  int found = candidate_in(&match->part[HSY_SOURCE], spans, tie);
  return found >= 0 ? found : none;
}

void tie_collect(tie_examples *out, const gold_doc *gold, const hsy_quote_view *view, const hsy_first_pass *tagged,
                 int role, hsy_arena *arena, hsy_arena scratch) {
  for (int32_t p = 0; p < gold->doc.paragraphs.len; p++) {
    hsy_arena temp = scratch;
    hsy_quote_span_vec spans = {0};
    const hsy_paragraph *row = &gold->doc.paragraphs.data[p];
    hsy_quote_spans(row, tagged, &spans, &temp);
    hsy_quote_row all = hsy_quote_row_of(&spans, 0, (int32_t)spans.len);
    for (int32_t s = 0; s < spans.len; s++) {
      if (spans.data[s].role != role) continue;
      hsy_tie tie;
      hsy_quote_tie(view, row, &spans, &all, s, &tie);
      int right = tie_gold(gold, &spans, &tie);
      if (right < 0) continue;
      *hsy_push(&out->gold, arena) = right;
      tie_examples *o = out;
      if (o->ties.len == o->ties.cap) { /* large rows: grown outside the arena */
        o->ties.cap = o->ties.cap ? 2 * o->ties.cap : 1024;
        o->ties.data = realloc(o->ties.data, (size_t)o->ties.cap * sizeof *o->ties.data);
      }
      o->ties.data[o->ties.len++] = tie;
    }
  }
}

enum { TIE_BITS = 18, TIE_EPOCHS = 8 };

char *tie_train(const tie_examples *examples, size_t *size) {
  size_t rows = (size_t)1 << TIE_BITS;
  float *w = calloc(rows, sizeof *w), *squares = calloc(rows, sizeof *squares), top = 1e-6f;
  const float rate = 0.03f, l2 = 1e-4f;
  for (int e = 0; e < TIE_EPOCHS; e++) {
    for (ptrdiff_t k = 0; k < examples->ties.len; k++) {
      /* a fixed stride visits every example once, in an order that mixes documents */
      ptrdiff_t i = (ptrdiff_t)(((uint64_t)k * 7919u + (uint64_t)e * 104729u) % (uint64_t)examples->ties.len);
      const hsy_tie *tie = &examples->ties.data[i];
      float score[HSY_TIE_CANDIDATES];
      for (int c = 0; c < tie->count; c++) {
        score[c] = 0;
        for (int f = 0; f < tie->features[c]; f++) score[c] += w[tie->feature[c][f] & (rows - 1)];
      }
      hsy_ranker_softmax(score, tie->count);
      for (int c = 0; c < tie->count; c++) {
        float g = score[c] - (c == examples->gold.data[i]);
        if (fabsf(g) < 1e-3f) continue;
        for (int f = 0; f < tie->features[c]; f++) {
          size_t at = tie->feature[c][f] & (rows - 1);
          float step = g + l2 * w[at];
          squares[at] += step * step;
          w[at] -= rate * step / (sqrtf(squares[at]) + 1e-3f);
        }
      }
    }
  }
  for (size_t i = 0; i < rows; i++) top = fmaxf(top, fabsf(w[i]));
  uint32_t bits = TIE_BITS;
  float scale = top / 127;
  char *bytes = malloc(8 + rows);
  memcpy(bytes, &bits, 4);
  memcpy(bytes + 4, &scale, 4);
  for (size_t i = 0; i < rows; i++) bytes[8 + i] = (char)(int8_t)roundf(w[i] / scale);
  free(w);
  free(squares);
  *size = 8 + rows;
  return bytes;
}

/* ---- confidence ---- */

static bool is_right(const gold_doc *gold, const hsy_quote_span_vec *spans, const hsy_quote_group *g,
                     const int32_t *contents) {
  for (ptrdiff_t a = 0; a < gold->attributions.len; a++) {
    const gold_attribution *row = &gold->attributions.data[a];
    int32_t both = 0, found = 0, all = 0;
    for (int32_t i = 0; i < g->contents; i++) {
      const hsy_quote_span *s = &spans->data[contents[g->first_content + i]];
      both += shared_with(&row->part[HSY_CONTENT], s);
      found += s->end - s->first;
    }
    for (ptrdiff_t i = 0; i < row->part[HSY_CONTENT].len; i++)
      all += row->part[HSY_CONTENT].data[i].end - row->part[HSY_CONTENT].data[i].start;
    if (2 * both < found + all - both) continue; /* intersection over union below one half */
    const span_vec *source = &row->part[HSY_SOURCE];
    return g->source == HSY_NONE ? source->len == 0 : shared_with(source, &spans->data[g->source]) > 0;
  }
  return false;
}

void confidence_collect(confidence_examples *out, const gold_doc *gold, const hsy_quote_view *view,
                        const hsy_quote_span_vec *spans, const int32_t *starts, hsy_arena *arena) {
  hsy_quote_group_vec groups = {0};
  hsy_index_vec contents = {0};
  for (int32_t p = 0; p < gold->doc.paragraphs.len; p++)
    hsy_quote_groups(view, spans, starts[p], starts[p + 1], &groups, &contents, arena);
  for (ptrdiff_t i = 0; i < groups.len; i++) {
    confidence_example *e = hsy_push(out, arena);
    const hsy_quote_span *head = &spans->data[contents.data[groups.data[i].first_content]];
    hsy_confidence_features(view->tokens[head->first].state != HSY_UNQUOTED, spans, &groups.data[i], contents.data,
                            e->features);
    e->right = is_right(gold, spans, &groups.data[i], contents.data);
  }
}

void confidence_train(const confidence_examples *examples, float weights[HSY_CONFIDENCE_FEATURES]) {
  enum { N = HSY_CONFIDENCE_FEATURES, STEPS = 3000 };
  double w[N] = {0}, scale[N] = {0};
  for (ptrdiff_t i = 0; i < examples->len; i++)
    for (int f = 0; f < N; f++) scale[f] += examples->data[i].features[f] * examples->data[i].features[f];
  for (int f = 0; f < N; f++) scale[f] = sqrt(scale[f] / (double)examples->len) + 1e-9;
  for (int step = 0; step < STEPS; step++) {
    double g[N] = {0};
    for (ptrdiff_t i = 0; i < examples->len; i++) {
      double sum = 0;
      for (int f = 0; f < N; f++) sum += w[f] * examples->data[i].features[f] / scale[f];
      double miss = 1 / (1 + exp(-sum)) - examples->data[i].right;
      for (int f = 0; f < N; f++) g[f] += miss * examples->data[i].features[f] / scale[f];
    }
    for (int f = 0; f < N; f++) w[f] -= 0.5 * g[f] / (double)examples->len;
  }
  for (int f = 0; f < N; f++) weights[f] = (float)(w[f] / scale[f]);
}
