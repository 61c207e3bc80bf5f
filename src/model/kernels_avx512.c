#if defined(__x86_64__)
#define LANES 16
#include <immintrin.h>

#define MOST(a, b) (floats) _mm512_max_ps((a), (b))
#define LEAST(a, b) (floats) _mm512_min_ps((a), (b))
#define LEAST_INTS(a, b) (ints) _mm512_min_epi32((__m512i)(a), (__m512i)(b))
#include "model/kernels_attend.h"
#include "model/kernels_variants.h"

enum { C = HSY_PACK_COLUMNS, TALL = 6, WIDE = 4 }; /* 24 of the 32 registers hold sums */

static bool usable(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vnni");
}
static void nothing(void) {}

/* A block of `tall` rows by `wide` groups of columns; inlined with both known, so that sums stay in registers. */
static inline __attribute__((always_inline)) void block(const uint8_t *q, const int8_t *packed, int depth,
                                                        ptrdiff_t apart, int columns, int32_t *sums, int tall,
                                                        int wide) {
  __m512i sum[TALL][WIDE];
  for (int r = 0; r < tall; r++)
    for (int c = 0; c < wide; c++) sum[r][c] = _mm512_setzero_si512();
  for (int d = 0; d < depth; d += 4) {
    __m512i w[WIDE];
    for (int c = 0; c < wide; c++) w[c] = _mm512_loadu_si512(packed + c * C * apart + d * C);
    for (int r = 0; r < tall; r++) {
      int32_t four;
      memcpy(&four, q + r * apart + d, sizeof four);
      __m512i a = _mm512_set1_epi32(four);
      for (int c = 0; c < wide; c++) sum[r][c] = _mm512_dpbusd_epi32(sum[r][c], a, w[c]);
    }
  }
  for (int r = 0; r < tall; r++)
    for (int c = 0; c < wide; c++) _mm512_storeu_si512(sums + (ptrdiff_t)r * columns + c * C, sum[r][c]);
}

#define ROWS(wide)                                                                                                     \
  for (int r = 0; r < rows;) {                                                                                         \
    const uint8_t *a = q + r * apart;                                                                                  \
    int32_t *to = sums + (ptrdiff_t)r * columns + n;                                                                   \
    if (rows - r >= TALL)                                                                                              \
      block(a, packed, depth, apart, columns, to, TALL, wide), r += TALL;                                              \
    else if (rows - r >= 2)                                                                                            \
      block(a, packed, depth, apart, columns, to, 2, wide), r += 2;                                                    \
    else                                                                                                               \
      block(a, packed, depth, apart, columns, to, 1, wide), r += 1;                                                    \
  }

static void product(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums) {
  ptrdiff_t apart = HSY_ROUND_UP(depth, HSY_PACK_DEPTH);
  int n = 0;
  for (; n + WIDE * C <= columns; n += WIDE * C, packed += WIDE * C * apart) ROWS(WIDE)
  for (; n < columns; n += C, packed += C * apart) ROWS(1)
}

static void attend(const hsy_attention *a) { float_attend(a, product); }

const hsy_kernels hsy_kernels_avx512 = {.name = "avx512",
                                        .usable = usable,
                                        .begin = nothing,
                                        .end = nothing,
                                        .product = product,
                                        .attend = attend,
                                        FLOAT_KERNELS};
#endif
