#include "model/crf.h"

#include <math.h>
#include <string.h>

#include "base/clones.h"

enum { L = HSY_CRF_TAGS };

/* A row of weights at a time; the compiler turns these into vector
 * instructions. The sums stay in registers until the last feature. */
typedef int8_t eight_bytes __attribute__((vector_size(8)));
typedef int16_t eight_sums __attribute__((vector_size(16)));
typedef int8_t pair_bytes __attribute__((vector_size(16)));
typedef int16_t pair_sums __attribute__((vector_size(32)));

#define ADD_ROW(sums, row, bytes_type, sums_type)                                                                      \
  do {                                                                                                                 \
    bytes_type bytes;                                                                                                  \
    memcpy(&bytes, (row), sizeof bytes);                                                                               \
    (sums) += __builtin_convertvector(bytes, sums_type);                                                               \
  } while (0)

/* Four at a time, in two sums: whole numbers add up the same in any order. */
#define ADD_ROWS(width, bytes_type, sums_type)                                                                         \
  do {                                                                                                                 \
    sums_type total, other = {0};                                                                                      \
    memcpy(&total, sums, sizeof total);                                                                                \
    int f = 0;                                                                                                         \
    for (; f + 4 <= count; f += 4) {                                                                                   \
      ADD_ROW(total, weights + (size_t)(features[f] & mask) * (width), bytes_type, sums_type);                         \
      ADD_ROW(other, weights + (size_t)(features[f + 1] & mask) * (width), bytes_type, sums_type);                     \
      ADD_ROW(total, weights + (size_t)(features[f + 2] & mask) * (width), bytes_type, sums_type);                     \
      ADD_ROW(other, weights + (size_t)(features[f + 3] & mask) * (width), bytes_type, sums_type);                     \
    }                                                                                                                  \
    for (; f < count; f++) ADD_ROW(total, weights + (size_t)(features[f] & mask) * (width), bytes_type, sums_type);    \
    total += other;                                                                                                    \
    memcpy(sums, &total, sizeof total);                                                                                \
  } while (0)

/* The rows lie all over a table that outgrows the near caches: waiting for them
 * is most of the work, so they are asked for one token ahead. */
void hsy_crf_fetch(const hsy_crf_table *table, const uint32_t *features, int count) {
  const int8_t *weights = table->weights;
  uint32_t mask = table->mask;
  int shift = table->width == L ? 3 : 4, f = 0;
  for (; f + 4 <= count; f += 4) {
    __builtin_prefetch(weights + ((size_t)(features[f] & mask) << shift));
    __builtin_prefetch(weights + ((size_t)(features[f + 1] & mask) << shift));
    __builtin_prefetch(weights + ((size_t)(features[f + 2] & mask) << shift));
    __builtin_prefetch(weights + ((size_t)(features[f + 3] & mask) << shift));
  }
  for (; f < count; f++) __builtin_prefetch(weights + ((size_t)(features[f] & mask) << shift));
}

HSY_CLONES
static void sum_rows(const hsy_crf_table *table, const uint32_t *features, int count, int16_t *sums) {
  const int8_t *weights = table->weights;
  uint32_t mask = table->mask;
  if (table->width == L) {
    ADD_ROWS(L, eight_bytes, eight_sums);
  } else {
    ADD_ROWS(2 * L, pair_bytes, pair_sums);
  }
}

/* One value a tag; tags that are not in use stay zero throughout. */
typedef float eight_values __attribute__((vector_size(32)));
typedef int32_t eight_flags __attribute__((vector_size(32)));

#define LOAD_VALUES(v, from)                                                                                           \
  eight_values(v);                                                                                                     \
  memcpy(&(v), (from), sizeof(v))

/* Where `more` is larger than `*best`, takes it and notes x. */
#define TAKE_LARGER(best, from, more, x)                                                                               \
  do {                                                                                                                 \
    eight_flags larger = (more) > (best);                                                                              \
    (best) = (eight_values)(((eight_flags)(more)&larger) | ((eight_flags)(best) & ~larger));                           \
    (from) = ((x)&larger) | ((from) & ~larger);                                                                        \
  } while (0)

HSY_CLONES
static bool decode(const hsy_crf *crf, const float *emissions, const uint8_t *classes, int32_t length, uint8_t *tags,
                   hsy_arena scratch) {
  if (length == 0) return true;
  uint8_t *back = hsy_new(&scratch, uint8_t, (ptrdiff_t)length * L); // [T][L]
  if (!back) return false;
  LOAD_VALUES(score, emissions);
  LOAD_VALUES(start, crf->start);
  score += start;
  for (int32_t t = 1; t < length; t++) {
    LOAD_VALUES(best, crf->transition[classes[t]][0]);
    best += score[0];
    eight_flags from = {0};
    for (int x = 1; x < crf->tags; x++) {
      LOAD_VALUES(step, crf->transition[classes[t]][x]);
      step += score[x];
      TAKE_LARGER(best, from, step, x);
    }
    LOAD_VALUES(own, emissions + (ptrdiff_t)t * L);
    score = best + own;
    for (int y = 0; y < L; y++) back[(ptrdiff_t)t * L + y] = (uint8_t)from[y];
  }
  int best = 0;
  for (int y = 1; y < crf->tags; y++)
    if (score[y] > score[best]) best = y;
  for (int32_t t = length - 1; t >= 0; t--) {
    tags[t] = (uint8_t)best;
    best = back[(ptrdiff_t)t * L + best];
  }
  return true;
}

void hsy_crf_sum(const hsy_crf_table *table, const uint32_t *features, int count, int16_t *sums) {
  sum_rows(table, features, count, sums);
}

bool hsy_crf_decode(const hsy_crf *crf, const float *emissions, const uint8_t *classes, int32_t length, uint8_t *tags,
                    hsy_arena scratch) {
  return decode(crf, emissions, classes, length, tags, scratch);
}

static inline float total_of(const eight_values *v) {
  float sum = 0;
  for (int y = 0; y < L; y++) sum += (*v)[y];
  return sum;
}

/* Divides by the sum. */
static inline void normalize(eight_values *v) {
  float sum = total_of(v);
  if (sum > 0) *v /= sum;
}

/* exp(e - max e), so that the largest is one: the factor cancels out. */
static void exponentiate(const float *e, int n, float *out) {
  float top = e[0];
  for (int y = 1; y < n; y++) top = e[y] > top ? e[y] : top;
  for (int y = 0; y < n; y++) out[y] = e[y] - top > -30 ? expf(e[y] - top) : 0;
}

/* alpha_t[y] ∝ psi_t[y] sum_x alpha_{t-1}[x] A[x][y] */
HSY_CLONES
static void forward(const hsy_crf *crf, const float *psi, const uint8_t *classes, int32_t length, float *alpha) {
  eight_values a = {0};
  for (int y = 0; y < crf->tags; y++) a[y] = expf(crf->start[y]) * psi[y];
  for (int32_t t = 0; t < length; t++) {
    if (t > 0) {
      eight_values next = {0};
      for (int x = 0; x < crf->tags; x++) {
        LOAD_VALUES(edge, crf->edge[classes[t]][x]);
        next += a[x] * edge;
      }
      LOAD_VALUES(own, psi + (ptrdiff_t)t * L);
      a = next * own;
    }
    normalize(&a);
    memcpy(alpha + (ptrdiff_t)t * L, &a, sizeof a);
  }
}

/* marginal_t ∝ alpha_t beta_t;  beta_{t-1}[x] ∝ sum_y A[x][y] psi_t[y] beta_t[y] */
HSY_CLONES
static void backward(const hsy_crf *crf, const float *psi, const uint8_t *classes, int32_t length, const float *alpha,
                     float *marginals) {
  eight_values beta = {0};
  for (int y = 0; y < crf->tags; y++) beta[y] = 1;
  for (int32_t t = length - 1; t >= 0; t--) {
    LOAD_VALUES(m, alpha + (ptrdiff_t)t * L);
    m *= beta;
    normalize(&m);
    memcpy(marginals + (ptrdiff_t)t * L, &m, sizeof m);
    LOAD_VALUES(ahead, psi + (ptrdiff_t)t * L);
    ahead *= beta;
    eight_values before = {0};
    for (int y = 0; y < crf->tags; y++) {
      LOAD_VALUES(edge, crf->edge_back[classes[t]][y]);
      before += ahead[y] * edge;
    }
    normalize(&before);
    beta = before;
  }
}

bool hsy_crf_marginals(const hsy_crf *crf, const float *emissions, const uint8_t *classes, int32_t length,
                       float *marginals, hsy_arena scratch) {
  if (length == 0) return true;
  float *psi = hsy_new(&scratch, float, (ptrdiff_t)length *L);   // [T][L] exponentiated emissions
  float *alpha = hsy_new(&scratch, float, (ptrdiff_t)length *L); // [T][L]
  if (!psi || !alpha) return false;
  for (int32_t t = 0; t < length; t++) exponentiate(emissions + (ptrdiff_t)t * L, crf->tags, psi + (ptrdiff_t)t * L);
  forward(crf, psi, classes, length, alpha);
  backward(crf, psi, classes, length, alpha, marginals);
  return true;
}

/* Tags that are not in use keep a chance of zero, so that whole rows add up. */
void hsy_crf_exponentiate(hsy_crf *crf) {
  for (int c = 0; c < HSY_CRF_CLASSES; c++)
    for (int x = 0; x < L; x++)
      for (int y = 0; y < L; y++) {
        bool used = x < crf->tags && y < crf->tags;
        crf->edge[c][x][y] = crf->edge_back[c][y][x] = used ? expf(crf->transition[c][x][y]) : 0;
      }
}

/* A model, little-endian: tags (uint32), scale, start [L], transition
 * [classes][L][L] (floats). */
bool hsy_crf_open(hsy_crf *crf, hsy_str bytes, hsy_error *err) {
  enum { SIZE = 4 + 4 + 4 * L + 4 * HSY_CRF_CLASSES * L * L };
  uint32_t tags = 0;
  if (bytes.len == SIZE) memcpy(&tags, bytes.data, sizeof tags);
  if (tags < 1 || tags > L) return hsy_fail(err, HSY_BAD_INPUT, "model", 0, "a tagging model has not its size");
  crf->tags = (int)tags;
  memcpy(&crf->scale, bytes.data + 4, 4);
  memcpy(crf->start, bytes.data + 8, sizeof crf->start);
  memcpy(crf->transition, bytes.data + 8 + sizeof crf->start, sizeof crf->transition);
  hsy_crf_exponentiate(crf);
  return true;
}

/* A table: bits of the row count and width (two uint32), then the rows. */
bool hsy_crf_open_table(hsy_crf_table *table, hsy_str bytes, hsy_error *err) {
  uint32_t head[2] = {32, 0};
  if (bytes.len >= 8) memcpy(head, bytes.data, sizeof head);
  if (head[0] > 24 || (head[1] != L && head[1] != 2 * L) || bytes.len != 8 + ((ptrdiff_t)head[1] << head[0]))
    return hsy_fail(err, HSY_BAD_INPUT, "model", 0, "a table of weights does not have the size that it names");
  *table = (hsy_crf_table){(1u << head[0]) - 1, (int)head[1], (const int8_t *)bytes.data + 8};
  return true;
}
