#include "crf_train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { L = HSY_CRF_TAGS };

typedef struct random_source {
  uint64_t state;
} random_source;

static uint32_t next_random(random_source *r) { /* PCG-like: fixed on every machine */
  r->state = r->state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(r->state >> 33);
}

/* One trainer's working memory. */
typedef struct trainer {
  crf_weights *w;
  float *squares; // [rows][L] sums of squared gradients
  float *total;   // [rows][L] weights of the later epochs, added up
  int remembered;
  float transition_squares[HSY_CRF_CLASSES][L][L], start_squares[L];
  float *emission, *alpha, *beta, *psi; // [longest][L]
  uint32_t *kept, *kept_starts;         // features of the sequence after dropout
  float edge[HSY_CRF_CLASSES][L][L];    // exp of the transitions
} trainer;

static void emit(const trainer *tr, const uint32_t *features, uint32_t count, float *out) {
  memset(out, 0, L * sizeof *out);
  for (uint32_t f = 0; f < count; f++) {
    const float *row = tr->w->rows + (size_t)features[f] * L;
    for (int y = 0; y < L; y++) out[y] += row[y];
  }
}

static void scale_to_one(float *v, int n) {
  float sum = 0;
  for (int y = 0; y < n; y++) sum += v[y];
  for (int y = 0; y < n; y++) v[y] /= sum;
}

static void forward_backward(trainer *tr, const crf_sequence *s) {
  int n = tr->w->options.tags;
  const hsy_crf *crf = &tr->w->crf;
  for (int c = 0; c < HSY_CRF_CLASSES; c++)
    for (int x = 0; x < n; x++)
      for (int y = 0; y < n; y++) tr->edge[c][x][y] = expf(crf->transition[c][x][y]);
  for (int32_t t = 0; t < s->length; t++) {
    float *e = tr->emission + (size_t)t * L, *p = tr->psi + (size_t)t * L, top = e[0];
    for (int y = 1; y < n; y++) top = fmaxf(top, e[y]);
    for (int y = 0; y < n; y++) p[y] = expf(e[y] - top);
  }
  for (int y = 0; y < n; y++) tr->alpha[y] = expf(crf->start[y]) * tr->psi[y];
  scale_to_one(tr->alpha, n);
  for (int32_t t = 1; t < s->length; t++) {
    const float *from = tr->alpha + (size_t)(t - 1) * L;
    float *to = tr->alpha + (size_t)t * L;
    memset(to, 0, L * sizeof *to);
    for (int x = 0; x < n; x++)
      for (int y = 0; y < n; y++) to[y] += from[x] * tr->edge[s->classes[t]][x][y];
    for (int y = 0; y < n; y++) to[y] *= tr->psi[(size_t)t * L + y];
    scale_to_one(to, n);
  }
  float *last = tr->beta + (size_t)(s->length - 1) * L;
  for (int y = 0; y < n; y++) last[y] = 1;
  for (int32_t t = s->length - 1; t > 0; t--) {
    const float *b = tr->beta + (size_t)t * L, *p = tr->psi + (size_t)t * L;
    float *to = tr->beta + (size_t)(t - 1) * L;
    memset(to, 0, L * sizeof *to);
    for (int x = 0; x < n; x++)
      for (int y = 0; y < n; y++) to[x] += tr->edge[s->classes[t]][x][y] * p[y] * b[y];
    scale_to_one(to, n);
  }
}

static inline void step(float *weight, float *square, float gradient, const crf_options *o) {
  gradient += o->l2 * *weight;
  *square += gradient * gradient;
  *weight -= o->rate * gradient / (sqrtf(*square) + 1e-3f);
}

static void update_token(trainer *tr, const crf_sequence *s, int32_t t, const uint32_t *features, uint32_t count) {
  enum { QUIET = 400 }; /* tokens this sure (1 / QUIET) move nothing */
  int n = tr->w->options.tags;
  float g[L] = {0}, most = 0;
  for (int y = 0; y < n; y++) g[y] = tr->alpha[(size_t)t * L + y] * tr->beta[(size_t)t * L + y];
  scale_to_one(g, n);
  g[s->tags[t]] -= 1;
  for (int y = 0; y < n; y++) most = fmaxf(most, fabsf(g[y]));
  if (most < 1.0f / QUIET) return;
  const crf_options *o = &tr->w->options;
  for (uint32_t f = 0; f < count; f++) {
    size_t at = (size_t)features[f] * L;
    for (int y = 0; y < n; y++) step(&tr->w->rows[at + (size_t)y], &tr->squares[at + (size_t)y], g[y], o);
  }
  if (t == 0)
    for (int y = 0; y < n; y++) step(&tr->w->crf.start[y], &tr->start_squares[y], g[y], o);
}

static void update_transition(trainer *tr, const crf_sequence *s, int32_t t) {
  int n = tr->w->options.tags, c = s->classes[t];
  float joint[L][L], sum = 0; // p(y_{t-1} = x, y_t = y)
  for (int x = 0; x < n; x++)
    for (int y = 0; y < n; y++) {
      joint[x][y] = tr->alpha[(size_t)(t - 1) * L + x] * tr->edge[c][x][y] * tr->psi[(size_t)t * L + y] *
                    tr->beta[(size_t)t * L + y];
      sum += joint[x][y];
    }
  for (int x = 0; x < n; x++)
    for (int y = 0; y < n; y++) {
      float g = joint[x][y] / sum - (x == s->tags[t - 1] && y == s->tags[t]);
      if (fabsf(g) > 1e-4f) step(&tr->w->crf.transition[c][x][y], &tr->transition_squares[c][x][y], g, &tr->w->options);
    }
}

/* Copies the features that dropout leaves. */
static void choose(trainer *tr, const crf_sequence *s, random_source *random) {
  uint32_t limit = (uint32_t)(tr->w->options.dropout * 2147483648.0f), total = 0;
  for (int32_t t = 0; t < s->length; t++) {
    tr->kept_starts[t] = total;
    for (uint32_t f = s->starts[t]; f < s->starts[t + 1]; f++)
      if (!limit || next_random(random) >= limit) tr->kept[total++] = s->features[f];
  }
  tr->kept_starts[s->length] = total;
}

static void learn(trainer *tr, const crf_sequence *s, random_source *random) {
  choose(tr, s, random);
  const uint32_t *starts = tr->kept_starts;
  for (int32_t t = 0; t < s->length; t++)
    emit(tr, tr->kept + starts[t], starts[t + 1] - starts[t], tr->emission + (size_t)t * L);
  forward_backward(tr, s);
  for (int32_t t = 1; t < s->length; t++) update_transition(tr, s, t);
  for (int32_t t = 0; t < s->length; t++) update_token(tr, s, t, tr->kept + starts[t], starts[t + 1] - starts[t]);
}

static trainer *trainer_new(crf_weights *w, const crf_sequence *sequences, int32_t count) {
  trainer *tr = calloc(1, sizeof *tr);
  tr->w = w;
  tr->squares = calloc((size_t)L * w->options.rows, sizeof(float));
  tr->total = calloc((size_t)L * w->options.rows, sizeof(float));
  int32_t longest = 1;
  uint32_t most = 0;
  for (int32_t i = 0; i < count; i++) {
    if (sequences[i].length > longest) longest = sequences[i].length;
    uint32_t features = sequences[i].length ? sequences[i].starts[sequences[i].length] - sequences[i].starts[0] : 0;
    if (features > most) most = features;
  }
  float **buffers[] = {&tr->emission, &tr->alpha, &tr->beta, &tr->psi};
  for (int i = 0; i < 4; i++) *buffers[i] = calloc((size_t)longest * L, sizeof(float));
  tr->kept = calloc(most + 1, sizeof *tr->kept);
  tr->kept_starts = calloc((size_t)longest + 1, sizeof *tr->kept_starts);
  return tr;
}

static void trainer_free(trainer *tr) {
  void *owned[] = {tr->squares, tr->total, tr->emission, tr->alpha, tr->beta, tr->psi, tr->kept, tr->kept_starts};
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) free(owned[i]);
  free(tr);
}

static void shuffle(int32_t *order, int32_t count, random_source *random) {
  for (int32_t i = count - 1; i > 0; i--) {
    int32_t j = (int32_t)(next_random(random) % (uint32_t)(i + 1)), x = order[i];
    order[i] = order[j];
    order[j] = x;
  }
}

/* Adds this epoch's weights to the total; transitions settle early and are
 * taken from the end. */
static void remember(trainer *tr) {
  for (size_t i = 0; i < (size_t)L * tr->w->options.rows; i++) tr->total[i] += tr->w->rows[i];
  tr->remembered++;
}

static void take_average(trainer *tr) {
  for (size_t i = 0; i < (size_t)L * tr->w->options.rows; i++) tr->w->rows[i] = tr->total[i] / (float)tr->remembered;
  hsy_crf_exponentiate(&tr->w->crf);
}

void crf_train(crf_weights *w, const crf_sequence *sequences, int32_t count, crf_options options) {
  memset(w, 0, sizeof *w);
  w->options = options;
  w->crf.tags = options.tags;
  w->rows = calloc((size_t)L * options.rows, sizeof(float));
  trainer *tr = trainer_new(w, sequences, count);
  int32_t *order = calloc((size_t)count, sizeof *order);
  for (int32_t i = 0; i < count; i++) order[i] = i;
  random_source random = {20160912};
  for (int e = 0; e < options.epochs; e++) {
    shuffle(order, count, &random);
    for (int32_t i = 0; i < count; i++)
      if (sequences[order[i]].length) learn(tr, &sequences[order[i]], &random);
    if (2 * (e + 1) >= options.epochs) remember(tr);
  }
  take_average(tr);
  free(order);
  trainer_free(tr);
}

void crf_predict(const crf_weights *w, const crf_sequence *s, float bold, uint8_t *tags, float *marginals,
                 hsy_arena scratch) {
  if (s->length == 0) return;
  trainer view = {.w = (crf_weights *)w};
  float *emissions = hsy_new(&scratch, float, (ptrdiff_t)s->length *L);
  for (int32_t t = 0; t < s->length; t++)
    emit(&view, s->features + s->starts[t], s->starts[t + 1] - s->starts[t], emissions + (size_t)t * L);
  for (int32_t t = 0; t < s->length; t++) emissions[(size_t)t * L] -= bold;
  if (!hsy_crf_decode(&w->crf, emissions, s->classes, s->length, tags, scratch) ||
      !hsy_crf_marginals(&w->crf, emissions, s->classes, s->length, marginals, scratch))
    abort();
}

void crf_weights_free(crf_weights *w) {
  free(w->rows);
  w->rows = NULL;
}

/* Beyond this weights are cut, so that a few outliers do not coarsen all others. */
float crf_scale(const crf_weights *w) {
  size_t count = (size_t)L * w->options.rows, bins[2048] = {0}, used = 0, seen = 0;
  float top = 1e-6f;
  for (size_t i = 0; i < count; i++) top = fmaxf(top, fabsf(w->rows[i]));
  for (size_t i = 0; i < count; i++)
    if (w->rows[i] != 0) bins[(size_t)(fabsf(w->rows[i]) / top * 2047)]++, used++;
  for (int b = 2047; b > 0; b--) {
    seen += bins[b];
    if (seen * 20000 > used) return top * (float)(b + 1) / 2048 / 127;
  }
  return top / 127;
}

void crf_round(const crf_weights *w, float scale, uint32_t row, int8_t *out) {
  for (int y = 0; y < L; y++) {
    float q = roundf(w->rows[(size_t)row * L + (size_t)y] / scale);
    out[y] = (int8_t)fmaxf(-127, fminf(127, q));
  }
}

char *crf_write(const crf_weights *w, float scale, size_t *size) {
  *size = 8 + sizeof w->crf.start + sizeof w->crf.transition;
  char *bytes = malloc(*size);
  uint32_t tags = (uint32_t)w->options.tags;
  memcpy(bytes, &tags, 4);
  memcpy(bytes + 4, &scale, 4);
  memcpy(bytes + 8, w->crf.start, sizeof w->crf.start);
  memcpy(bytes + 8 + sizeof w->crf.start, w->crf.transition, sizeof w->crf.transition);
  return bytes;
}
