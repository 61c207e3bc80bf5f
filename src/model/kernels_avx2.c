#if defined(__x86_64__)
#define LANES 8
#include <immintrin.h>

#define MOST(a, b) (floats) _mm256_max_ps((a), (b))
#define LEAST(a, b) (floats) _mm256_min_ps((a), (b))
#define LEAST_INTS(a, b) (ints) _mm256_min_epi32((__m256i)(a), (__m256i)(b))
#include "model/kernels_attend.h"
#include "model/kernels_variants.h"

enum { C = HSY_PACK_COLUMNS, TALL = 3, QUARTERS = 4 }; /* 12 of the 16 registers hold sums */

static bool usable(void) { return __builtin_cpu_supports("avx2"); }
static void nothing(void) {}

/* Bytes are widened to 16 bits, since the instruction for bytes saturates. Of 16 weights, four of four outputs, and
 * four activations, repeated, it makes eight sums of pairs, two an output; these are added at the end. */
static inline __attribute__((always_inline)) void block(const uint8_t *q, ptrdiff_t apart, const int8_t *packed,
                                                        int depth, int columns, int32_t *sums, int tall) {
  __m256i sum[TALL][QUARTERS];
  for (int r = 0; r < tall; r++)
    for (int c = 0; c < QUARTERS; c++) sum[r][c] = _mm256_setzero_si256();
  for (int d = 0; d < depth; d += 4) {
    __m256i a[TALL];
    for (int r = 0; r < tall; r++) {
      int32_t four;
      memcpy(&four, q + r * apart + d, sizeof four);
      a[r] = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)));
    }
    for (int c = 0; c < QUARTERS; c++) {
      __m256i w = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(packed + d * C + 16 * c)));
      for (int r = 0; r < tall; r++) sum[r][c] = _mm256_add_epi32(sum[r][c], _mm256_madd_epi16(a[r], w));
    }
  }
  for (int r = 0; r < tall; r++)
    for (int c = 0; c < QUARTERS; c += 2) { /* pairs of 128-bit halves: outputs 0 1 4 5 | 2 3 6 7, put in order */
      __m256i both = _mm256_hadd_epi32(sum[r][c], sum[r][c + 1]);
      both = _mm256_permute4x64_epi64(both, 0xD8);
      _mm256_storeu_si256((__m256i *)(sums + (ptrdiff_t)r * columns + 4 * c), both);
    }
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

const hsy_kernels hsy_kernels_avx2 = {.name = "avx2",
                                      .usable = usable,
                                      .begin = nothing,
                                      .end = nothing,
                                      .product = product,
                                      .attend = attend,
                                      FLOAT_KERNELS};
#endif
