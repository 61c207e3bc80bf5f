#if defined(__aarch64__)
#define LANES 4
#include <arm_neon.h>
#include <sys/auxv.h>

#include "model/kernels_attend.h"
#include "model/kernels_variants.h"

enum { C = HSY_PACK_COLUMNS, TALL = 4, QUARTERS = 4 }; /* 16 of the 32 registers hold sums */

static bool usable(void) {
  enum { DOT_PRODUCTS = 1 << 20 }; /* HWCAP_ASIMDDP */
  return (getauxval(AT_HWCAP) & DOT_PRODUCTS) != 0;
}
static void nothing(void) {}

/* The instruction multiplies signed bytes: rows enter as q − 128, and 128 times the sum of the weights, which a dot
 * product with ones gives, is added back. */
static inline __attribute__((always_inline)) void block(const uint8_t *q, ptrdiff_t apart, const int8_t *packed,
                                                        int depth, int columns, int32_t *sums, int tall) {
  int32x4_t sum[TALL][QUARTERS], total[QUARTERS];
  const int8x16_t ones = vdupq_n_s8(1);
  for (int c = 0; c < QUARTERS; c++) {
    total[c] = vdupq_n_s32(0);
    for (int r = 0; r < tall; r++) sum[r][c] = vdupq_n_s32(0);
  }
  for (int d = 0; d < depth; d += 4) {
    int8x16_t a[TALL];
    for (int r = 0; r < tall; r++) {
      uint32_t four;
      memcpy(&four, q + r * apart + d, sizeof four);
      a[r] = vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080u));
    }
    for (int c = 0; c < QUARTERS; c++) {
      int8x16_t w = vld1q_s8(packed + d * C + 16 * c);
      total[c] = vdotq_s32(total[c], ones, w);
      for (int r = 0; r < tall; r++) sum[r][c] = vdotq_s32(sum[r][c], a[r], w);
    }
  }
  for (int r = 0; r < tall; r++)
    for (int c = 0; c < QUARTERS; c++)
      vst1q_s32(sums + (ptrdiff_t)r * columns + 4 * c, vaddq_s32(sum[r][c], vshlq_n_s32(total[c], 7)));
}

static void product(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums) {
  ptrdiff_t apart = HSY_ROUND_UP(depth, HSY_PACK_DEPTH);
  for (int n = 0; n < columns; n += C, packed += C * apart) {
    int r = 0;
    for (; r + TALL <= rows; r += TALL)
      block(q + r * apart, apart, packed, depth, columns, sums + (ptrdiff_t)r * columns + n, TALL);
    for (; r < rows; r++) block(q + r * apart, apart, packed, depth, columns, sums + (ptrdiff_t)r * columns + n, 1);
  }
}

static void attend(const hsy_attention *a) { float_attend(a, product); }

const hsy_kernels hsy_kernels_neon = {.name = "neon",
                                      .usable = usable,
                                      .begin = nothing,
                                      .end = nothing,
                                      .product = product,
                                      .attend = attend,
                                      FLOAT_KERNELS};
#endif
