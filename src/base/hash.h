/* Hashing: XXH3 for tables, 128 bits of it for ids that are derived from
 * content, SHA-256 for the fingerprint of an article's bytes. */
#ifndef HSY_BASE_HASH_H
#define HSY_BASE_HASH_H

#include "base/str.h"

uint64_t hsy_hash(hsy_str s);
/* Two hashes into one, the order counts. */
static inline uint64_t hsy_hash_mix(uint64_t a, uint64_t b) {
  uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xD6E8FEB86659FD93u;
  return x ^ (x >> 32);
}

/* 16 lower-case hexadecimal digits of the hash of the parts, each closed by a
 * NUL byte so that ("ab","c") and ("a","bc") differ. */
hsy_str hsy_hash_id(hsy_arena *arena, const hsy_str *parts, ptrdiff_t count);
/* FIPS 180-4; 64 lower-case hexadecimal digits. */
hsy_str hsy_hash_sha256(hsy_arena *arena, hsy_str bytes);

#endif
