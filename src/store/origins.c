#include "store/origins.h"

static void put_number(hsy_buf *out, uint64_t n) {
  for (; n > 127; n >>= 7) hsy_buf_byte(out, (char)(n | 128));
  hsy_buf_byte(out, (char)n);
}

/* false at the end of the bytes. */
static bool get_number(hsy_str *bytes, uint64_t *n) {
  *n = 0;
  for (int shift = 0; bytes->len > 0 && shift < 64; shift += 7) {
    unsigned char byte = (unsigned char)*bytes->data++;
    bytes->len--;
    *n |= (uint64_t)(byte & 127) << shift;
    if (byte < 128) return true;
  }
  return false;
}

static uint64_t fold(int64_t n) { return n < 0 ? 2 * (uint64_t) - (n + 1) + 1 : 2 * (uint64_t)n; }
static int64_t unfold(uint64_t n) { return n & 1 ? -(int64_t)(n / 2) - 1 : (int64_t)(n / 2); }

hsy_str hsy_origins_pack(const hsy_doc *doc, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  hsy_origin last = {0};
  for (ptrdiff_t i = 0; i < doc->origins.len; i++) {
    hsy_origin row = doc->origins.data[i];
    put_number(&out, 2 * (uint64_t)(row.text - last.text) + row.exact);
    put_number(&out, fold(row.source - last.source));
    last = row;
  }
  return hsy_buf_str(&out);
}

void hsy_origins_unpack(hsy_str bytes, hsy_doc *doc) {
  hsy_origin row = {0};
  uint64_t text, source;
  while (get_number(&bytes, &text) && get_number(&bytes, &source)) {
    row.text += (int32_t)(text / 2);
    row.exact = text & 1;
    row.source += unfold(source);
    *hsy_push(&doc->origins, doc->arena) = row;
  }
}
