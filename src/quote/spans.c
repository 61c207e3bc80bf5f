#include "quote/spans.h"

#include "model/crf.h"

void hsy_quote_spans(const hsy_paragraph *p, const hsy_first_pass *tagged, hsy_quote_span_vec *spans,
                     hsy_arena *arena) {
  for (int32_t t = p->first; t < p->end;) {
    int role = hsy_quote_tag_role(tagged->tags[t]);
    if (role == HSY_NONE) {
      t++;
      continue;
    }
    hsy_quote_span *span = hsy_push(spans, arena);
    *span = (hsy_quote_span){.first = t, .role = (uint8_t)role, .weakest = 1, .tied = HSY_NONE};
    do {
      const float *m = tagged->marginals + (ptrdiff_t)t * HSY_CRF_TAGS;
      float chance = m[1 + 2 * role] + m[2 + 2 * role];
      span->chance += chance;
      if (chance < span->weakest) span->weakest = chance;
      t++;
    } while (t < p->end && hsy_quote_tag_role(tagged->tags[t]) == role && !hsy_quote_tag_begins(tagged->tags[t]));
    span->end = t;
    span->chance /= (float)(t - span->first);
  }
}

hsy_quote_row hsy_quote_row_of(const hsy_quote_span_vec *spans, int32_t first, int32_t end) {
  hsy_quote_row row = {.first = first, .end = end};
  for (int32_t i = first; i < end; i++) row.count[spans->data[i].role]++;
  return row;
}

/* ---- the choice ---- */

static inline uint32_t mix(uint32_t h, uint32_t v) {
  h = (h ^ v) * 0x9E3779B1u;
  return h ^ (h >> 15);
}

typedef struct chooser {
  const hsy_quote_view *view;
  const hsy_paragraph *paragraph;
  const hsy_quote_span_vec *spans;
  const hsy_quote_row *row;
  const hsy_quote_span *self;
  int32_t self_index;
  hsy_tie *tie;
  uint32_t base; /* differs by the role that chooses */
} chooser;

static void put(chooser *c, uint32_t template, uint32_t a, uint32_t b, uint32_t d) {
  hsy_tie *tie = c->tie;
  int *count = &tie->features[tie->count];
  if (*count < HSY_TIE_FEATURES) tie->feature[tie->count][(*count)++] = mix(mix(mix(mix(c->base, template), a), b), d);
}

static uint32_t bucket(int32_t n) {
  return n < 0 ? 20 : n < 6 ? (uint32_t)n : n < 10 ? 6 : n < 16 ? 7 : n < 30 ? 8 : 9;
}
static uint32_t at_most(int32_t n, int32_t most) { return (uint32_t)(n < most ? n : most); }

static const hsy_quote_token *token(const chooser *c, int32_t t) {
  static const hsy_quote_token EDGE = {.word = 7, .shape = 15};
  return t >= c->paragraph->first && t < c->paragraph->end ? &c->view->tokens[t] : &EDGE;
}

/* Spans and signs between the chooser and a candidate. */
typedef struct between {
  int count[HSY_ROLES];
  uint32_t pattern; /* the roles in order, up to six */
  int commas, stops, quotes;
} between;

static between look_between(const chooser *c, int32_t other) {
  between b = {0};
  int32_t low = other < c->self_index ? other : c->self_index, high = other < c->self_index ? c->self_index : other;
  int shown = 0;
  for (int32_t i = low + 1; i < high; i++) {
    b.count[c->spans->data[i].role]++;
    if (shown++ < 6) b.pattern = b.pattern * 4 + c->spans->data[i].role + 1;
  }
  for (int32_t t = c->spans->data[low].end; t < c->spans->data[high].first; t++) {
    int shape = c->view->tokens[t].shape;
    b.commas += shape == HSY_SHAPE_COMMA;
    b.stops += shape == HSY_SHAPE_STOP || shape == HSY_SHAPE_COLON;
    b.quotes += shape == HSY_SHAPE_OPEN || shape == HSY_SHAPE_CLOSE;
  }
  return b;
}

/* How the chooser looks by itself; for the candidate NONE that is all there is. */
static void describe_self(chooser *c, uint32_t who) {
  const hsy_quote_span *s = c->self;
  const hsy_quote_token *head = token(c, s->first), *tail = token(c, s->end - 1);
  put(c, 1, who, 0, 0);
  put(c, 2, who, head->word, tail->word);
  put(c, 3, who, head->state, bucket(s->end - s->first));
  put(c, 4, who, at_most(c->row->count[HSY_CUE], 3), at_most(c->row->count[HSY_SOURCE], 3));
  put(c, 5, who, token(c, s->end)->word, tail->word);
  put(c, 6, who, token(c, s->first - 1)->word, head->word);
  put(c, 7, who, (uint32_t)(s->chance * 8), (uint32_t)(s->weakest * 4));
  put(c, 8, who, tail->word, token(c, s->first - 1)->shape);
  put(c, 9, who, head->word, token(c, s->end)->shape);
}

static void describe_pair(chooser *c, int32_t other, int rank) {
  const hsy_quote_span *s = c->self, *o = &c->spans->data[other];
  uint32_t after = other > c->self_index;
  int32_t gap = after ? o->first - s->end : s->first - o->end;
  const hsy_quote_token *sh = token(c, s->first), *st = token(c, s->end - 1);
  const hsy_quote_token *oh = token(c, o->first), *ot = token(c, o->end - 1);
  int32_t apart = (int32_t)oh->sentence - (int32_t)sh->sentence;
  uint32_t sentences = apart < -2 ? 0 : apart > 2 ? 4 : (uint32_t)(apart + 2);
  between b = look_between(c, other);
  uint32_t joint = mix(b.pattern, after);
  const hsy_quote_token *link = after ? token(c, s->end) : token(c, o->end); /* what follows the first of the two */
  put(c, 20, after, bucket(gap), sentences);
  put(c, 21, after, b.pattern, sentences);
  put(c, 22, after, (uint32_t)rank, sentences);
  put(c, 23, joint, bucket(gap), oh->state);
  put(c, 24, joint, sh->state, oh->state);
  put(c, 25, joint, ot->word, sh->state);
  put(c, 26, joint, st->word, sh->word);
  put(c, 27, joint, oh->word, bucket(gap));
  put(c, 28, joint, at_most(b.commas, 2), at_most(b.quotes, 2));
  put(c, 29, joint, at_most(b.stops, 2), sentences);
  put(c, 30, joint, link->word, bucket(gap));
  put(c, 31, joint, link->shape, token(c, after ? o->first - 1 : s->first - 1)->word);
  put(c, 32, ot->word, st->word, after);
  put(c, 33, oh->word, sh->word, after);
  put(c, 34, at_most(b.count[0], 2), at_most(b.count[1], 2) * 3 + at_most(b.count[2], 2), after);
  put(c, 35, after, (uint32_t)(o->chance * 6), bucket(gap));
  put(c, 36, joint, token(c, o->end)->word, sentences);
  put(c, 37, joint, token(c, o->first - 1)->shape, token(c, s->end)->shape);
  put(c, 38, joint, bucket(s->end - s->first), bucket(o->end - o->first));
  put(c, 39, joint, oh->shape, ot->source * 8 + ot->cue);
  put(c, 40, joint, mix((uint32_t)rank, sentences), sh->state);
}

static void consider(chooser *c, int32_t other, int rank) {
  hsy_tie *tie = c->tie;
  tie->candidates[tie->count] = other;
  tie->features[tie->count] = 0;
  if (other == HSY_NONE)
    describe_self(c, 0);
  else
    describe_pair(c, other, rank);
  tie->count++;
}

void hsy_quote_tie(const hsy_quote_view *view, const hsy_paragraph *paragraph, const hsy_quote_span_vec *spans,
                   const hsy_quote_row *row, int32_t span, hsy_tie *tie) {
  enum { ASIDE = (HSY_TIE_CANDIDATES - 1) / 2 };
  const hsy_quote_span *self = &spans->data[span];
  int wanted = self->role == HSY_CONTENT ? HSY_CUE : HSY_SOURCE;
  int32_t least = span - row->first > HSY_TIE_REACH ? span - HSY_TIE_REACH : row->first;
  int32_t most = row->end - span > HSY_TIE_REACH ? span + HSY_TIE_REACH : row->end;
  chooser c = {view, paragraph, spans, row, self, span, tie, 0x51ed27u + self->role};
  tie->span = span;
  tie->count = 0;
  int rank = 0;
  for (int32_t i = span - 1; i >= least && rank < ASIDE; i--)
    if (spans->data[i].role == wanted) consider(&c, i, rank++);
  rank = 0;
  for (int32_t i = span + 1; i < most && rank < ASIDE; i++)
    if (spans->data[i].role == wanted) consider(&c, i, rank++);
  consider(&c, HSY_NONE, 0);
}
