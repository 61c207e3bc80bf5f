#include "base/sha256.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>

#define BY_PROCESSOR __attribute__((target("sha,sse4.1,ssse3")))

enum { BLOCK = 64, STEPS = 16 };

static const uint32_t K[4 * STEPS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static bool has_instructions(void) {
  unsigned a, b, c, d;
  bool sse = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) && (c & bit_SSSE3);
  return sse && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* The instructions want the eight words of the state as ABEF and CDGH. */
typedef struct state {
  __m128i abef, cdgh;
} state;

/* Four rounds a step; the words of the message for four steps on are made from the last sixteen. */
BY_PROCESSOR
static void take_block(state *s, const uint8_t *bytes) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i w[4], abef = s->abef, cdgh = s->cdgh;
  for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), big_endian);
  for (int i = 0; i < STEPS; i++) {
    __m128i m = _mm_add_epi32(w[i % 4], _mm_loadu_si128((const __m128i *)(K + 4 * i)));
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, m);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(m, 0x0E));
    if (i >= STEPS - 4) continue;
    __m128i last = w[(i + 3) % 4], seven_back = _mm_alignr_epi8(last, w[(i + 2) % 4], 4);
    w[i % 4] = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(w[i % 4], w[(i + 1) % 4]), seven_back), last);
  }
  s->abef = _mm_add_epi32(s->abef, abef);
  s->cdgh = _mm_add_epi32(s->cdgh, cdgh);
}

BY_PROCESSOR
static void put_digest(const state *s, uint8_t digest[32]) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i feba = _mm_shuffle_epi32(s->abef, 0x1B), dchg = _mm_shuffle_epi32(s->cdgh, 0xB1);
  __m128i abcd = _mm_blend_epi16(feba, dchg, 0xF0), efgh = _mm_alignr_epi8(dchg, feba, 8);
  _mm_storeu_si128((__m128i *)digest, _mm_shuffle_epi8(abcd, big_endian));
  _mm_storeu_si128((__m128i *)(digest + 16), _mm_shuffle_epi8(efgh, big_endian));
}

/* What is left of the bytes, a bit that ends them, and their count in bits. */
static void take_end(state *s, const uint8_t *rest, size_t len, uint64_t all) {
  uint8_t end[2 * BLOCK] = {0};
  if (len) memcpy(end, rest, len);
  end[len] = 0x80;
  size_t size = len < BLOCK - 8 ? BLOCK : 2 * BLOCK;
  for (int i = 0; i < 8; i++) end[size - 1 - (size_t)i] = (uint8_t)(all * 8 >> 8 * i);
  for (size_t at = 0; at < size; at += BLOCK) take_block(s, end + at);
}

bool hsy_sha256_by_processor(hsy_str bytes, uint8_t digest[32]) {
  if (!has_instructions()) return false;
  state s = {_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
             _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
  const uint8_t *data = (const uint8_t *)bytes.data;
  size_t len = (size_t)bytes.len, at = 0;
  for (; len - at >= BLOCK; at += BLOCK) take_block(&s, data + at);
  take_end(&s, at < len ? data + at : NULL, len - at, len);
  put_digest(&s, digest);
  return true;
}

#else

bool hsy_sha256_by_processor(hsy_str bytes, uint8_t digest[32]) {
  (void)bytes, (void)digest;
  return false;
}

#endif
