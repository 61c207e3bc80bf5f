#include "quote/find.h"

#include <string.h>

#include "base/clones.h"

static int32_t longest_paragraph(const hsy_doc *doc) {
  int32_t most = 0;
  for (int32_t i = 0; i < doc->paragraphs.len; i++) {
    int32_t n = doc->paragraphs.data[i].end - doc->paragraphs.data[i].first;
    if (n > most) most = n;
  }
  return most;
}

/* One paragraph's working memory. */
typedef struct lattice {
  int16_t *sums;    // [length][2][HSY_CRF_TAGS]: first pass, second pass
  float *emissions; // [length][HSY_CRF_TAGS]
  uint8_t *classes; // [length]
} lattice;

enum { TAGS = HSY_CRF_TAGS };

static bool new_pass(hsy_first_pass *pass, ptrdiff_t tokens, hsy_arena *arena) {
  pass->tags = hsy_new(arena, uint8_t, tokens);
  pass->marginals = hsy_new(arena, float, tokens *TAGS);
  pass->left = pass->right = NULL;
  pass->runs = NULL;
  return pass->tags && pass->marginals;
}

/* What only the first pass tells the second. */
static bool new_nearest(hsy_first_pass *pass, ptrdiff_t tokens, hsy_arena *arena) {
  pass->left = hsy_alloc(arena, sizeof *pass->left, _Alignof(int32_t), tokens);
  pass->right = hsy_alloc(arena, sizeof *pass->right, _Alignof(int32_t), tokens);
  pass->runs = hsy_new(arena, hsy_tag_run, tokens);
  return pass->left && pass->right && pass->runs;
}

typedef int16_t tag_sums __attribute__((vector_size(2 * TAGS)));
typedef float tag_values __attribute__((vector_size(4 * TAGS)));

HSY_CLONES
static void scale_sums(const lattice *l, int pass, int32_t length, float scale) {
  for (ptrdiff_t t = 0; t < length; t++) {
    tag_sums sums;
    memcpy(&sums, l->sums + (t * 2 + pass) * TAGS, sizeof sums);
    tag_values values = __builtin_convertvector(sums, tag_values) * scale;
    memcpy(l->emissions + t * TAGS, &values, sizeof values);
  }
}

static bool all_outside(const uint8_t *tags, int32_t length) {
  for (int32_t t = 0; t < length; t++)
    if (tags[t] != HSY_TAG_O) return false;
  return true;
}

/* From the sums of pass 0 or 1 to its tags and marginals. */
static bool settle(const hsy_crf *crf, const lattice *l, int pass, const hsy_paragraph *p, hsy_first_pass *out,
                   hsy_arena scratch) {
  int32_t length = p->end - p->first;
  scale_sums(l, pass, length, crf->scale);
  uint8_t *tags = (uint8_t *)out->tags + p->first;
  if (!hsy_crf_decode(crf, l->emissions, l->classes, length, tags, scratch)) return false;
  if (pass == 1 && all_outside(tags, length)) return true; /* of the second pass, only spans ask how sure it is */
  return hsy_crf_marginals(crf, l->emissions, l->classes, length, (float *)out->marginals + (ptrdiff_t)p->first * TAGS,
                           scratch);
}

/* Features of the token in hand and of the one before it, whose rows are on
 * their way. */
typedef struct in_flight {
  uint32_t features[2][HSY_QUOTE_FEATURES];
  int count[2];
} in_flight;

static void sum_base(const hsy_quote_models *m, const hsy_quote_view *view, const hsy_paragraph *p, const lattice *l) {
  in_flight f;
  f.count[0] = f.count[1] = 0;
  for (int32_t t = p->first; t <= p->end; t++) { /* a row of the table serves both passes */
    int now = t & 1;
    if (t < p->end) {
      f.count[now] = hsy_quote_features(view, t, p, f.features[now]);
      hsy_crf_fetch(&m->base, f.features[now], f.count[now]);
      l->classes[t - p->first] = (uint8_t)hsy_quote_class(view, t, p);
    }
    if (t > p->first)
      hsy_crf_sum(&m->base, f.features[!now], f.count[!now], l->sums + (ptrdiff_t)(t - 1 - p->first) * 2 * TAGS);
  }
}

static void sum_context(const hsy_quote_models *m, const hsy_quote_view *view, const hsy_paragraph *p,
                        const hsy_first_pass *first, const lattice *l) {
  in_flight f;
  f.count[0] = f.count[1] = 0;
  for (int32_t t = p->first; t <= p->end; t++) {
    int now = t & 1;
    if (t < p->end) {
      f.count[now] = hsy_quote_features_context(view, t, p, first, f.features[now]);
      hsy_crf_fetch(&m->context, f.features[now], f.count[now]);
    }
    if (t > p->first)
      hsy_crf_sum(&m->context, f.features[!now], f.count[!now],
                  l->sums + ((ptrdiff_t)(t - 1 - p->first) * 2 + 1) * TAGS);
  }
}

static bool pass_paragraph(const hsy_quote_models *m, const hsy_quote_view *view, const hsy_paragraph *p,
                           const lattice *l, hsy_first_pass *first, hsy_first_pass *second, hsy_arena scratch) {
  memset(l->sums, 0, (size_t)(p->end - p->first) * 2 * TAGS * sizeof *l->sums);
  sum_base(m, view, p, l);
  if (!settle(&m->first, l, 0, p, first, scratch)) return false;
  hsy_quote_nearest(first, p);
  sum_context(m, view, p, first, l);
  return settle(&m->second, l, 1, p, second, scratch);
}

bool hsy_quote_passes(const hsy_quote_models *m, const hsy_quote_view *view, hsy_first_pass *first,
                      hsy_first_pass *second, hsy_arena *arena, hsy_arena scratch) {
  const hsy_doc *doc = view->doc;
  int32_t most = longest_paragraph(doc);
  lattice l = {
      .sums = hsy_new(&scratch, int16_t, (ptrdiff_t)most * 2 * TAGS),
      .emissions = hsy_new(&scratch, float, (ptrdiff_t)most *TAGS),
      .classes = hsy_new(&scratch, uint8_t, most),
  };
  if (!new_pass(first, doc->tokens.len, arena) || !new_nearest(first, doc->tokens.len, arena) ||
      !new_pass(second, doc->tokens.len, arena) || !l.sums || !l.emissions || !l.classes)
    return false;
  for (int32_t i = 0; i < doc->paragraphs.len; i++)
    if (!pass_paragraph(m, view, &doc->paragraphs.data[i], &l, first, second, scratch)) return false;
  return true;
}

static void choose(const hsy_ranker *ranker, const hsy_tie *tie, hsy_quote_span_vec *spans) {
  float scores[HSY_TIE_CANDIDATES];
  for (int i = 0; i < tie->count; i++) scores[i] = hsy_ranker_score(ranker, tie->feature[i], tie->features[i]);
  int best = hsy_ranker_softmax(scores, tie->count);
  spans->data[tie->span].tied = tie->candidates[best];
  spans->data[tie->span].tie = scores[best];
}

bool hsy_quote_tied_spans(const hsy_ranker *content, const hsy_ranker *cue, const hsy_quote_view *view,
                          const hsy_first_pass *tagged, hsy_quote_span_vec *spans, int32_t **starts, hsy_arena *arena,
                          hsy_arena scratch) {
  const hsy_doc *doc = view->doc;
  *starts = hsy_new(arena, int32_t, doc->paragraphs.len + 1);
  hsy_tie *tie = hsy_new(&scratch, hsy_tie, 1);
  if (!*starts || !tie) return false;
  for (int32_t p = 0; p < doc->paragraphs.len; p++) {
    const hsy_paragraph *row = &doc->paragraphs.data[p];
    int32_t first = (*starts)[p] = (int32_t)spans->len;
    hsy_quote_spans(row, tagged, spans, arena);
    int32_t end = (*starts)[p + 1] = (int32_t)spans->len;
    hsy_quote_row all = hsy_quote_row_of(spans, first, end);
    for (int32_t s = first; s < end; s++) {
      if (spans->data[s].role == HSY_SOURCE) continue;
      hsy_quote_tie(view, row, spans, &all, s, tie);
      choose(spans->data[s].role == HSY_CONTENT ? content : cue, tie, spans);
    }
  }
  return !hsy_arena_failed(*arena);
}

static void add_group(const hsy_quote_span_vec *spans, int32_t cue, int32_t first, int32_t end,
                      hsy_quote_group_vec *groups, hsy_index_vec *contents, hsy_arena *arena) {
  hsy_quote_group g = {cue, spans->data[cue].tied, (int32_t)contents->len, 0};
  if (cue - first > HSY_TIE_REACH) first = cue - HSY_TIE_REACH; /* no content chose a cue from further away */
  if (end - cue > HSY_TIE_REACH) end = cue + HSY_TIE_REACH + 1;
  for (int32_t s = first; s < end; s++)
    if (spans->data[s].role == HSY_CONTENT && spans->data[s].tied == cue) *hsy_push(contents, arena) = s, g.contents++;
  if (g.contents) *hsy_push(groups, arena) = g;
}

void hsy_quote_groups(const hsy_quote_view *view, const hsy_quote_span_vec *spans, int32_t first, int32_t end,
                      hsy_quote_group_vec *groups, hsy_index_vec *contents, hsy_arena *arena) {
  for (int32_t s = first; s < end; s++)
    if (spans->data[s].role == HSY_CUE) add_group(spans, s, first, end, groups, contents, arena);
  for (int32_t s = first; s < end; s++) { /* words in quotation marks may stand without a cue; a clause may not */
    const hsy_quote_span *span = &spans->data[s];
    if (span->role != HSY_CONTENT || span->tied != HSY_NONE || view->tokens[span->first].state != HSY_LONG_OPEN)
      continue;
    *hsy_push(groups, arena) = (hsy_quote_group){HSY_NONE, HSY_NONE, (int32_t)contents->len, 1};
    *hsy_push(contents, arena) = s;
  }
}
