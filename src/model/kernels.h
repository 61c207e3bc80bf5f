/* The arithmetic of the encoder, in variants for the processors there are.
 *
 * In, out. Rows of numbers, as each function says. Owns nothing.
 * Method. One table of functions a variant; a variant is a file compiled with the
 * flags of its instruction set and chosen at run time among those that the processor
 * and the system have. Variants differ in speed alone: products are sums of integers,
 * hence exact, and the rest is written once (kernels_float.h) in an order of additions
 * that is the same for every width of vector, without fused multiply-add; so all of
 * them give the same bits.
 *
 * Activations are quantised row by row: x ≈ scale · (q − zero), q in 0..255. Weights
 * are symmetric a row of the weight matrix, that is an output: w ≈ scale · q, q in
 * -127..127. A product of the two is
 *     Σ x·w ≈ scale_x · scale_w · (Σ q_x·q_w − zero_x · Σ q_w).
 *
 * Packed weights: outputs in groups of 16, depth in groups of 4, so that 64 bytes hold
 * what four inputs give to 16 outputs: [N/16][D/4][16][4], N padded to a multiple of
 * HSY_PACK_COLUMNS, D to one of HSY_PACK_DEPTH, with zeros.
 */
#ifndef HSY_MODEL_KERNELS_H
#define HSY_MODEL_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HSY_PACK_COLUMNS = 16, HSY_PACK_DEPTH = 64 };

#define HSY_ROUND_UP(n, to) (((n) + (to)-1) / (to) * (to))

/* What a row of activations was quantised by. */
typedef struct hsy_step {
  float scale;
  int32_t zero;
} hsy_step;

/* One head of one sequence: what hsy_kernels.attend reads, and room for what it makes on the way. */
typedef struct hsy_attention {
  int depth; /* of a head, a multiple of 16 */
  int length;
  ptrdiff_t stride;                     /* floats from token to token in queries, keys and values */
  const float *queries, *keys, *values; /* [length][depth] */
  float *out;                           /* [length][depth], out_stride floats apart */
  ptrdiff_t out_stride;
  /* Room; L is the length rounded up to 64, D the depth rounded up to 64. */
  uint8_t *query;                          /* [L][D] */
  hsy_step *steps;                         /* [L] */
  int8_t *key, *value, *value_rows;        /* [L][D] each */
  float *key_scale, *value_scale, *logits; /* [L] each */
  int32_t *key_total;                      /* [L] */
  int32_t *sums;                           /* [HSY_ATTEND_ROWS][L] */
  uint8_t *high, *low;                     /* [HSY_ATTEND_ROWS][L] */
  int32_t *high_sums, *low_sums;           /* [HSY_ATTEND_ROWS][depth] */
} hsy_attention;

enum { HSY_ATTEND_ROWS = 32 };

typedef struct hsy_kernels {
  const char *name;
  bool (*usable)(void);
  /* Around a series of products, on the thread that makes them. */
  void (*begin)(void);
  void (*end)(void);

  /* sums[r][n] = Σ_d q[r][d] · w[n][d] for `columns` outputs, a multiple of 16. Rows of q lie
   * HSY_ROUND_UP(depth, 64) apart; what stands in them behind depth meets weights of zero. */
  void (*product)(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums);
  /* Rows of x, `stride` floats apart, to rows of q, HSY_ROUND_UP(width, 64) apart. Widths are multiples of 16,
   * here and below. */
  void (*quantise)(const float *x, ptrdiff_t stride, int rows, int width, uint8_t *q, hsy_step *steps);
  /* out[r][n] = steps[r].scale · scale[n] · (sums[r][n] − steps[r].zero · total[n]) + bias[n]; gelu: of
   * that x · Φ(x). Rows of sums lie `columns` apart, those of out `stride`. */
  void (*restore)(const int32_t *sums, const hsy_step *steps, int rows, int columns, const float *scale,
                  const int32_t *total, const float *bias, bool gelu, float *out, ptrdiff_t stride);
  /* x[r] = norm(x[r] + add[r]); gain and shift are [width]. */
  void (*normalise)(float *x, const float *add, int rows, int width, const float *gain, const float *shift);
  /* out = softmax(queries · keysᵀ / √depth) · values. */
  void (*attend)(const hsy_attention *a);
  /* out[r][n] = Σ_d x[r][d] · w[n][d] + bias[n], for any depth; bias may be NULL. */
  void (*dense)(const float *x, int rows, int depth, const float *w, const float *bias, int columns, float *out);
} hsy_kernels;

/* The best that works here; the environment's HEARSAY_KERNELS names another one. NULL where
 * that names none that works here. */
const hsy_kernels *hsy_kernels_choose(void);
/* All variants, the fastest first, closed by NULL; those of other processors are left out. */
extern const hsy_kernels *const hsy_kernels_all[];

#endif
