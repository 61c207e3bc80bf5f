#if defined(__x86_64__)
#define LANES 16
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST(a, b) (floats) _mm512_max_ps((a), (b))
#define LEAST(a, b) (floats) _mm512_min_ps((a), (b))
#define LEAST_INTS(a, b) (ints) _mm512_min_epi32((__m512i)(a), (__m512i)(b))
#include "model/kernels_attend.h"
#include "model/kernels_variants.h"

enum { C = HSY_PACK_COLUMNS, DEEP = HSY_PACK_DEPTH, TALL = 16 };

/* The compiler is not told which memory the tiles' instructions read and write. */
static inline void settle_memory(void) { __asm__ volatile("" ::: "memory"); }

/* Tiles have to be asked for: arch_prctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA), once a process. */
static bool usable(void) {
  enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
  unsigned a, b, c, d;
  if (!hsy_kernels_avx512.usable() || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  bool has_tiles = (d >> 24 & 1) && (d >> 25 & 1); /* AMX-TILE, AMX-INT8 */
  return has_tiles && syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}

/* All tiles have 16 rows of 64 bytes. */
static void begin(void) {
  struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
  } shape = {.palette = 1};
  for (int i = 0; i < 8; i++) shape.row_bytes[i] = DEEP, shape.rows[i] = TALL;
  settle_memory();
  _tile_loadconfig(&shape);
}

static void end(void) { _tile_release(); }

/* 16 rows (two: 32) by 16 columns (two: 32). Tiles 0 to 3 are sums, 4 and 5 rows, 6 and 7 weights. */
static void block_2x2(const uint8_t *q, const int8_t *packed, ptrdiff_t apart, int columns, int32_t *sums) {
  const int8_t *beside = packed + C * apart;
  ptrdiff_t line = 4 * (ptrdiff_t)columns;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (ptrdiff_t d = 0; d < apart; d += DEEP) {
    _tile_loadd(4, q + d, apart);
    _tile_loadd(6, packed + d * C, 4 * C);
    _tile_loadd(7, beside + d * C, 4 * C);
    _tile_dpbusd(0, 4, 6);
    _tile_loadd(5, q + TALL * apart + d, apart);
    _tile_dpbusd(1, 4, 7);
    _tile_dpbusd(2, 5, 6);
    _tile_dpbusd(3, 5, 7);
  }
  _tile_stored(0, sums, line);
  _tile_stored(1, sums + C, line);
  _tile_stored(2, sums + (ptrdiff_t)TALL * columns, line);
  _tile_stored(3, sums + (ptrdiff_t)TALL * columns + C, line);
}

static void block_1x2(const uint8_t *q, const int8_t *packed, ptrdiff_t apart, int columns, int32_t *sums) {
  const int8_t *beside = packed + C * apart;
  _tile_zero(0);
  _tile_zero(1);
  for (ptrdiff_t d = 0; d < apart; d += DEEP) {
    _tile_loadd(4, q + d, apart);
    _tile_loadd(6, packed + d * C, 4 * C);
    _tile_loadd(7, beside + d * C, 4 * C);
    _tile_dpbusd(0, 4, 6);
    _tile_dpbusd(1, 4, 7);
  }
  _tile_stored(0, sums, 4 * (ptrdiff_t)columns);
  _tile_stored(1, sums + C, 4 * (ptrdiff_t)columns);
}

static void block_1x1(const uint8_t *q, const int8_t *packed, ptrdiff_t apart, int columns, int32_t *sums) {
  _tile_zero(0);
  for (ptrdiff_t d = 0; d < apart; d += DEEP) {
    _tile_loadd(4, q + d, apart);
    _tile_loadd(6, packed + d * C, 4 * C);
    _tile_dpbusd(0, 4, 6);
  }
  _tile_stored(0, sums, 4 * (ptrdiff_t)columns);
}

/* Rows by 16, the rest as without tiles. Depth counts in whole tiles: the weights are padded with zeros. */
static void product(const uint8_t *q, int rows, const int8_t *packed, int depth, int columns, int32_t *sums) {
  ptrdiff_t apart = HSY_ROUND_UP(depth, DEEP);
  int whole = rows / TALL * TALL;
  settle_memory();
  for (int n = 0; n < columns; n += 2 * C) {
    const int8_t *w = packed + n * apart;
    bool pair = n + C < columns;
    for (int r = 0; r < whole;) {
      const uint8_t *a = q + r * apart;
      int32_t *to = sums + (ptrdiff_t)r * columns + n;
      if (pair && r + 2 * TALL <= whole)
        block_2x2(a, w, apart, columns, to), r += 2 * TALL;
      else if (pair)
        block_1x2(a, w, apart, columns, to), r += TALL;
      else
        block_1x1(a, w, apart, columns, to), r += TALL;
    }
  }
  settle_memory();
  if (whole < rows)
    hsy_kernels_avx512.product(q + whole * apart, rows - whole, packed, depth, columns,
                               sums + (ptrdiff_t)whole * columns);
}

static void attend(const hsy_attention *a) { float_attend(a, product); }

const hsy_kernels hsy_kernels_amx = {
    .name = "amx", .usable = usable, .begin = begin, .end = end, .product = product, .attend = attend, FLOAT_KERNELS};
#endif
