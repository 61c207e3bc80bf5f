/* Attention of one head over one sequence, compiled by each variant like kernels_float.h.
 *
 * Queries, keys and values are quantised token by token, so that both products are sums of integers. The
 * softmax's weights need more than 8 bits: where most of the weight lies on one token, the many small rest still
 * counts. They get 16, as two bytes in two products; each token's scale of values is multiplied in before.
 */
#ifndef HSY_MODEL_KERNELS_ATTEND_H
#define HSY_MODEL_KERNELS_ATTEND_H

#include "model/kernels_float.h"

typedef void product_of(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums);

/* A row of `depth` floats to whole numbers in -127..127; its scale. */
static inline float to_signed(const float *x, int depth, int8_t *q) {
  sums16 size = {0};
  for (int i = 0; i < depth; i += PARTS)
    for (int p = 0; p < PER_PART; p++) {
      floats v = load(x + i + p * LANES);
      size.part[p] = most(most(v, 0.0f - v), size.part[p]);
    }
  float top = most16(size), factor = top > 0 ? 127.0f / top : 0;
  for (int i = 0; i < depth; i += LANES) store_bytes((uint8_t *)q + i, nearest(load(x + i) * factor));
  return top / 127.0f;
}

/* Keys as packed weights: a token is an output, and D the depth. */
static void pack_keys(const hsy_attention *a) {
  enum { C = HSY_PACK_COLUMNS, DEEP = HSY_PACK_DEPTH };
  int apart = HSY_ROUND_UP(a->depth, DEEP), padded = HSY_ROUND_UP(a->length, C);
  float by = 1.0f / sqrtf((float)a->depth);
  int8_t *row = a->value_rows; /* not yet in use */
  memset(a->key, 0, (size_t)padded * (size_t)apart);
  for (int j = 0; j < a->length; j++) {
    int32_t total = 0;
    a->key_scale[j] = to_signed(a->keys + j * a->stride, a->depth, row) * by;
    int8_t *to = a->key + j / C * C * apart + j % C * 4;
    for (int d = 0; d < a->depth; d += 4) memcpy(to + d * C, row + d, 4);
    for (int d = 0; d < a->depth; d++) total += row[d];
    a->key_total[j] = total;
  }
  for (int j = a->length; j < padded; j++) a->key_scale[j] = 0, a->key_total[j] = 0;
}

/* Values as packed weights: a column is an output, and the tokens are the depth. The largest scale. */
static float pack_values(const hsy_attention *a) {
  enum { C = HSY_PACK_COLUMNS };
  int padded = HSY_ROUND_UP(a->length, HSY_PACK_DEPTH), depth = a->depth;
  float largest = 0;
  for (int j = 0; j < a->length; j++) {
    float s = to_signed(a->values + j * a->stride, depth, a->value_rows + j * depth);
    a->value_scale[j] = s;
    if (s > largest) largest = s;
  }
  memset(a->value_rows + a->length * depth, 0, (size_t)(padded - a->length) * (size_t)depth);
  for (int j = a->length; j < padded; j++) a->value_scale[j] = 0;
  for (int n = 0; n < depth; n += C)
    for (int j = 0; j < padded; j += 4) {
      const uint8_t *from = (const uint8_t *)a->value_rows + j * depth + n;
      uint8_t *to = (uint8_t *)a->value + n * padded + j * C;
      for (int c = 0; c < C; c += LANES) { /* four bytes of four tokens become a word */
        ints four = {0};
        for (int i = 0; i < 4; i++) four |= load_bytes(from + i * depth + c) << (8 * i);
        memcpy(to + 4 * c, &four, sizeof four);
      }
    }
  return largest;
}

/* Sums of queries and keys to weights: with l[j] = scale · key_scale[j] · (sums[j] − zero · key_total[j]) and
 * e[j] = exp(l[j] − max l), e[j] · value_scale[j] ≈ unit · (256 · high[j] + low[j]). Returns unit / Σ e. */
static float weigh(const hsy_attention *a, const int32_t *sums, hsy_step step, float largest, uint8_t *high,
                   uint8_t *low) {
  int padded = HSY_ROUND_UP(a->length, PARTS), end = HSY_ROUND_UP(a->length, HSY_PACK_DEPTH);
  float *logits = a->logits;
  for (int j = 0; j < padded; j += LANES) {
    floats v = __builtin_convertvector(load_ints(sums + j) - step.zero * load_ints(a->key_total + j), floats);
    store(logits + j, v * (step.scale * load(a->key_scale + j)));
  }
  for (int j = a->length; j < padded; j++) logits[j] = -1e30f;
  sums16 peak, sum = {0};
  memcpy(&peak, logits, sizeof peak);
  for (int j = PARTS; j < padded; j += PARTS)
    for (int p = 0; p < PER_PART; p++) peak.part[p] = most(peak.part[p], load(logits + j + p * LANES));
  floats top = all(most16(peak));
  float factor = largest > 0 ? 65535.0f / largest : 0;
  for (int j = 0; j < padded; j += PARTS)
    for (int p = 0; p < PER_PART; p++) {
      int at = j + p * LANES;
      floats e = exponential(load(logits + at) - top);
      sum.part[p] += e;
      ints w = nearest(e * (factor * load(a->value_scale + at)));
      store_bytes(high + at, w >> 8);
      store_bytes(low + at, w & 255);
    }
  memset(high + padded, 0, (size_t)(end - padded));
  memset(low + padded, 0, (size_t)(end - padded));
  return largest / 65535.0f / total16(sum);
}

static void float_attend(const hsy_attention *a, product_of *product) {
  int padded = HSY_ROUND_UP(a->length, PARTS), apart = HSY_ROUND_UP(a->length, HSY_PACK_DEPTH), depth = a->depth;
  float unit[HSY_ATTEND_ROWS];
  float_quantise(a->queries, a->stride, a->length, depth, a->query, a->steps);
  pack_keys(a);
  float largest = pack_values(a);
  for (int at = 0; at < a->length; at += HSY_ATTEND_ROWS) {
    int rows = a->length - at < HSY_ATTEND_ROWS ? a->length - at : HSY_ATTEND_ROWS;
    product(a->query + at * HSY_ROUND_UP(depth, HSY_PACK_DEPTH), rows, a->key, depth, padded, a->sums);
    for (int r = 0; r < rows; r++)
      unit[r] = weigh(a, a->sums + r * padded, a->steps[at + r], largest, a->high + r * apart, a->low + r * apart);
    product(a->high, rows, a->value, HSY_ROUND_UP(a->length, 4), depth, a->high_sums);
    product(a->low, rows, a->value, HSY_ROUND_UP(a->length, 4), depth, a->low_sums);
    for (int r = 0; r < rows; r++)
      for (int n = 0; n < depth; n += LANES) {
        floats high = __builtin_convertvector(load_ints(a->high_sums + r * depth + n), floats);
        floats low = __builtin_convertvector(load_ints(a->low_sums + r * depth + n), floats);
        store(a->out + (at + r) * a->out_stride + n, (high * 256.0f + low) * unit[r]);
      }
  }
}

#endif
