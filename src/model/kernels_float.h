/* The kernels' arithmetic in floats. Each variant includes this file and so compiles its own copy, with
 * LANES, the floats of one of its vectors, defined before.
 *
 * Every copy gives the same bits: an element is computed by the same operations, each rounded as IEEE 754 says,
 * whatever the width; and a sum over a row is made of 16 partial sums, element i going to sum i mod 16, that are
 * added as halves (i and i + 8, i and i + 4, ...). Nothing fuses a product with an addition
 * (-ffp-contract=off).
 */
#ifndef HSY_MODEL_KERNELS_FLOAT_H
#define HSY_MODEL_KERNELS_FLOAT_H

#include <math.h>
#include <string.h>

#include "model/kernels.h"

enum { PARTS = 16, PER_PART = PARTS / LANES };

typedef float floats __attribute__((vector_size(4 * LANES)));
typedef int32_t ints __attribute__((vector_size(4 * LANES)));
typedef uint8_t bytes __attribute__((vector_size(LANES)));

typedef struct {
  floats part[PER_PART];
} sums16;

static inline floats load(const float *p) {
  floats v;
  memcpy(&v, p, sizeof v);
  return v;
}
static inline void store(float *p, floats v) { memcpy(p, &v, sizeof v); }
static inline ints load_ints(const int32_t *p) {
  ints v;
  memcpy(&v, p, sizeof v);
  return v;
}
static inline floats all(float x) { return x - (floats){0}; }
static inline ints as_ints(floats x) { return (ints)x; }
static inline floats as_floats(ints x) { return (floats)x; }
static inline floats choose(ints mask, floats yes, floats no) {
  return as_floats((mask & as_ints(yes)) | (~mask & as_ints(no)));
}
/* As the processors' own instructions have it (a variant may name them): b where a is not the lesser or greater. */
#ifndef MOST
#define LEAST(a, b) choose((a) < (b), a, b)
#define MOST(a, b) choose((a) > (b), a, b)
#define LEAST_INTS(a, b) (((a) & ((a) < (b))) | ((b) & ~((a) < (b))))
#endif
static inline floats least(floats a, floats b) { return LEAST(a, b); }
static inline floats most(floats a, floats b) { return MOST(a, b); }
static inline ints least_ints(ints a, ints b) { return LEAST_INTS(a, b); }
static inline ints load_bytes(const uint8_t *p) {
  bytes b;
  memcpy(&b, p, sizeof b);
  return __builtin_convertvector(b, ints);
}
static inline void store_bytes(uint8_t *to, ints v) {
  bytes b = __builtin_convertvector(v, bytes);
  memcpy(to, &b, sizeof b);
}

/* A vector with element i at i ^ by. */
#define I4(i, by) (i) ^ (by), ((i) + 1) ^ (by), ((i) + 2) ^ (by), ((i) + 3) ^ (by)
#if LANES == 16
#define SWAP(v, by) __builtin_shufflevector(v, v, I4(0, by), I4(4, by), I4(8, by), I4(12, by))
#elif LANES == 8
#define SWAP(v, by) __builtin_shufflevector(v, v, I4(0, by), I4(4, by))
#else
#define SWAP(v, by) __builtin_shufflevector(v, v, I4(0, by))
#endif

/* The 16 partial results of a row to one: as halves, quarters and so on, in vectors as long as there are several. */
#define FOLD(name, joined)                                                                                             \
  static inline floats name##_two(floats a, floats b) { return joined; }                                               \
  static inline float name(sums16 s) {                                                                                 \
    for (int half = PER_PART / 2; half > 0; half /= 2)                                                                 \
      for (int i = 0; i < half; i++) s.part[i] = name##_two(s.part[i], s.part[i + half]);                              \
    floats v = s.part[0];                                                                                              \
    FOLD_16(name##_two, v)                                                                                             \
    FOLD_8(name##_two, v)                                                                                              \
    v = name##_two(v, SWAP(v, 2));                                                                                     \
    v = name##_two(v, SWAP(v, 1));                                                                                     \
    return v[0];                                                                                                       \
  }
#if LANES == 16
#define FOLD_16(two, v) v = two(v, SWAP(v, 8));
#else
#define FOLD_16(two, v)
#endif
#if LANES >= 8
#define FOLD_8(two, v) v = two(v, SWAP(v, 4));
#else
#define FOLD_8(two, v)
#endif
FOLD(total16, a + b)
FOLD(most16, most(a, b))

/* The nearest whole number of x, |x| < 2^22: adding 1.5 · 2^23 leaves no bits behind the point. */
#define MAGIC 12582912.0f
static inline ints nearest(floats x) { return as_ints(x + MAGIC) - as_ints(all(MAGIC)); }

/* e^x for x ≤ 0, within 4e-6 of its size: 2^n · 2^f, n whole, |f| ≤ 1/2, 2^f by a polynomial. */
static inline floats exponential(floats x) {
  x = most(x, all(-87.0f)) * 1.44269504f;
  floats shifted = x + MAGIC;
  floats f = x - (shifted - MAGIC);
  floats p = f * 0.00967604f + 0.05592204f;
  p = p * f + 0.24022107f;
  p = p * f + 0.69312103f;
  p = p * f + 1.0f;
  return as_floats(as_ints(p) + (as_ints(shifted) << 23)); /* the bits of MAGIC fall off the left end */
}

/* x · Φ(x), within 6e-5: Φ is 1/2 plus an odd polynomial, fitted to |x| ≤ 4.5, where it is cut. */
static inline floats gelu_of(floats x) {
  enum { DEGREE = 9 };
  static const float C[DEGREE + 1] = {0.39882809f, -1.3409220f, 3.9969151f,  -9.0704622f, 15.446997f,
                                      -19.242594f, 16.814405f,  -9.6599979f, 3.2498956f,  -0.48195320f};
  floats t = least(most(x, all(-4.5f)), all(4.5f)), s = t * t * (1.0f / (4.5f * 4.5f));
  floats p = all(C[DEGREE]);
  for (int i = DEGREE - 1; i >= 0; i--) p = p * s + C[i];
  return x * (t * p + 0.5f);
}

static void float_quantise(const float *x, ptrdiff_t stride, int rows, int width, uint8_t *q, hsy_step *steps) {
  int apart = HSY_ROUND_UP(width, HSY_PACK_DEPTH);
  for (int r = 0; r < rows; r++, x += stride, q += apart) {
    sums16 low = {0}, high = {0}; /* 0 lies in every range, so that it is met exactly */
    for (int i = 0; i < width; i += PARTS)
      for (int p = 0; p < PER_PART; p++) {
        floats v = load(x + i + p * LANES);
        low.part[p] = most(0.0f - v, low.part[p]);
        high.part[p] = most(v, high.part[p]);
      }
    float down = most16(low), range = most16(high) + down, factor = range > 0 ? 255.0f / range : 0;
    int32_t zero = (int32_t)(down * factor + 0.5f);
    steps[r] = (hsy_step){range / 255.0f, zero};
    ints top = 255 - (ints){0}; /* 251.5 and 3.5 go to 252 and 4 */
    for (int i = 0; i < width; i += LANES) store_bytes(q + i, least_ints(nearest(load(x + i) * factor) + zero, top));
  }
}

static void float_restore(const int32_t *sums, const hsy_step *steps, int rows, int columns, const float *scale,
                          const int32_t *total, const float *bias, bool gelu, float *out, ptrdiff_t stride) {
  for (int r = 0; r < rows; r++, sums += columns, out += stride) {
    float s = steps[r].scale;
    int32_t zero = steps[r].zero;
    if (gelu)
      for (int n = 0; n < columns; n += LANES) {
        floats v = __builtin_convertvector(load_ints(sums + n) - zero * load_ints(total + n), floats);
        store(out + n, gelu_of(v * (s * load(scale + n)) + load(bias + n)));
      }
    else
      for (int n = 0; n < columns; n += LANES) {
        floats v = __builtin_convertvector(load_ints(sums + n) - zero * load_ints(total + n), floats);
        store(out + n, v * (s * load(scale + n)) + load(bias + n));
      }
  }
}

static void float_normalise(float *x, const float *add, int rows, int width, const float *gain, const float *shift) {
  for (int r = 0; r < rows; r++, x += width, add += width) {
    sums16 sum = {0}, square = {0};
    for (int i = 0; i < width; i += PARTS)
      for (int p = 0; p < PER_PART; p++) {
        floats v = load(x + i + p * LANES) + load(add + i + p * LANES);
        store(x + i + p * LANES, v);
        sum.part[p] += v;
      }
    float mean = total16(sum) / (float)width;
    for (int i = 0; i < width; i += PARTS)
      for (int p = 0; p < PER_PART; p++) {
        floats d = load(x + i + p * LANES) - mean;
        square.part[p] += d * d;
      }
    float factor = 1.0f / sqrtf(total16(square) / (float)width + 1e-12f);
    for (int i = 0; i < width; i += LANES)
      store(x + i, (load(x + i) - mean) * factor * load(gain + i) + load(shift + i));
  }
}

static void float_dense(const float *x, int rows, int depth, const float *w, const float *bias, int columns,
                        float *out) {
  int whole = depth / PARTS * PARTS;
  for (int r = 0; r < rows; r++)
    for (int n = 0; n < columns; n++) {
      const float *a = x + (ptrdiff_t)r * depth, *b = w + (ptrdiff_t)n * depth;
      sums16 sum = {0};
      for (int d = 0; d < whole; d += PARTS)
        for (int p = 0; p < PER_PART; p++) sum.part[p] += load(a + d + p * LANES) * load(b + d + p * LANES);
      float y = total16(sum);
      for (int d = whole; d < depth; d++) y += a[d] * b[d];
      out[(ptrdiff_t)r * columns + n] = y + (bias ? bias[n] : 0);
    }
}

#define FLOAT_KERNELS                                                                                                  \
  .quantise = float_quantise, .restore = float_restore, .normalise = float_normalise, .dense = float_dense

#endif
