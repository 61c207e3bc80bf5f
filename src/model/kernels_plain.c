#define LANES 4
#include "model/kernels_attend.h"
#include "model/kernels_variants.h"

static bool usable(void) { return true; }
static void nothing(void) {}

static void product(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums) {
  enum { C = HSY_PACK_COLUMNS };
  ptrdiff_t apart = HSY_ROUND_UP(depth, HSY_PACK_DEPTH);
  for (int n = 0; n < columns; n += C, packed += C * apart)
    for (int r = 0; r < rows; r++) {
      int32_t sum[C] = {0};
      const uint8_t *a = q + r * apart;
      for (int d = 0; d < depth; d += 4)
        for (int c = 0; c < C; c++) {
          const int8_t *w = packed + d * C + 4 * c;
          sum[c] += a[d] * w[0] + a[d + 1] * w[1] + a[d + 2] * w[2] + a[d + 3] * w[3];
        }
      memcpy(sums + (ptrdiff_t)r * columns + n, sum, sizeof sum);
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
