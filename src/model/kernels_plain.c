#define LANES 4
#include "model/kernels_attend.h"
#include "model/kernels_variants.h"

static bool usable(void) { return true; }
static void nothing(void) {}

/* Sums of the 64 bytes of four inputs and 16 outputs each for itself, as compilers make vectors of it; four of them
 * are added at the end. */
static void product(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums) {
  enum { C = HSY_PACK_COLUMNS, FOUR = 4 };
  ptrdiff_t apart = HSY_ROUND_UP(depth, HSY_PACK_DEPTH);
  for (int n = 0; n < columns; n += C, packed += C * apart)
    for (int r = 0; r < rows; r++) {
      int32_t sum[C * FOUR] = {0};
      for (int d = 0; d < depth; d += FOUR) {
        int16_t a[C * FOUR];
        for (int i = 0; i < C * FOUR; i++) a[i] = q[r * apart + d + i % FOUR];
        for (int i = 0; i < C * FOUR; i++) sum[i] += (int16_t)(a[i] * packed[d * C + i]);
      }
      for (int c = 0; c < C; c++)
        sums[(ptrdiff_t)r * columns + n + c] =
            sum[FOUR * c] + sum[FOUR * c + 1] + sum[FOUR * c + 2] + sum[FOUR * c + 3];
    }
}

static void attend(const hsy_attention *a) { float_attend(a, product); }

const hsy_kernels hsy_kernels_plain = {.name = "plain",
                                       .usable = usable,
                                       .begin = nothing,
                                       .end = nothing,
                                       .product = product,
                                       .attend = attend,
                                       FLOAT_KERNELS};
