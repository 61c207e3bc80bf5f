#include "base/hash.h"

#include <sys/types.h>

#include <sha2.h>
#define XXH_INLINE_ALL /* words are short: the call costs as much as the hash */
#include <xxhash.h>

#include "base/sha256.h"

static const char HEX[] = "0123456789abcdef";

static char *put_hex(char *to, const uint8_t *bytes, int count) {
  for (int i = 0; i < count; i++) {
    *to++ = HEX[bytes[i] >> 4];
    *to++ = HEX[bytes[i] & 15];
  }
  return to;
}

uint64_t hsy_hash(hsy_str s) { return XXH3_64bits(s.data ? s.data : "", (size_t)s.len); }

hsy_str hsy_hash_id(hsy_arena *arena, const hsy_str *parts, ptrdiff_t count) {
  hsy_buf whole = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_buf_add(&whole, parts[i]);
    hsy_buf_byte(&whole, '\0');
  }
  XXH64_canonical_t canonical;
  XXH64_canonicalFromHash(&canonical, hsy_hash(hsy_buf_str(&whole)));
  char *to = hsy_new(arena, char, 16);
  if (!to) return (hsy_str){0};
  put_hex(to, canonical.digest, 8);
  return (hsy_str){to, 16};
}

hsy_str hsy_hash_sha256(hsy_arena *arena, hsy_str bytes) {
  uint8_t digest[SHA256_DIGEST_LENGTH];
  if (!hsy_sha256_by_processor(bytes, digest)) {
    SHA2_CTX ctx;
    SHA256Init(&ctx);
    SHA256Update(&ctx, (const uint8_t *)(bytes.data ? bytes.data : ""), (size_t)bytes.len);
    SHA256Final(digest, &ctx);
  }
  char *to = hsy_new(arena, char, 2 * SHA256_DIGEST_LENGTH);
  if (!to) return (hsy_str){0};
  put_hex(to, digest, SHA256_DIGEST_LENGTH);
  return (hsy_str){to, 2 * SHA256_DIGEST_LENGTH};
}
