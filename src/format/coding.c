#include "format/coding.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { FLOOR = 4096, TIMES = 4 };

/* What is made of the coded bytes, growing up to the limit. */
typedef struct output {
  char *bytes;
  ptrdiff_t len, room, limit;
} output;

/* Room for more, or false: no memory, or past the limit. */
static bool make_room(output *out) {
  if (out->len < out->room) return true;
  if (out->room >= out->limit) return false;
  ptrdiff_t room = 2 * out->room < out->limit ? 2 * out->room : out->limit;
  char *more = realloc(out->bytes, (size_t)room + 1);
  if (!more) return false;
  out->bytes = more;
  out->room = room;
  return true;
}

static const char TOO_MUCH[] = "its packed body is past the limit on one article",
                  DAMAGED[] = "its packed body is damaged";

static const char *inflate_as(hsy_str in, int window, output *out) {
  z_stream z = {0};
  if (inflateInit2(&z, window) != Z_OK) return "out of memory";
  z.next_in = (Bytef *)in.data;
  z.avail_in = (uInt)in.len;
  int done = Z_OK;
  while (done == Z_OK && make_room(out)) {
    z.next_out = (Bytef *)out->bytes + out->len;
    z.avail_out = (uInt)(out->room - out->len);
    done = inflate(&z, Z_NO_FLUSH);
    ptrdiff_t len = out->room - (ptrdiff_t)z.avail_out;
    if (len == out->len && z.avail_in == 0) break; /* cut short: what there is */
    out->len = len;
  }
  inflateEnd(&z);
  if (done == Z_STREAM_END) return NULL;
  if (done == Z_OK && out->len >= out->limit) return TOO_MUCH;
  return (done == Z_OK || done == Z_BUF_ERROR) && out->len ? NULL : DAMAGED;
}

static const char *undo_gzip(hsy_str in, output *out) { return inflate_as(in, 15 + 32, out); }

static const char *undo_deflate(hsy_str in, output *out) {
  const char *wrong = inflate_as(in, 15, out);
  if (!wrong || wrong == TOO_MUCH) return wrong;
  out->len = 0;
  return inflate_as(in, -15, out);
}

static const char *undo_brotli(hsy_str in, output *out) {
  BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  if (!state) return "out of memory";
  const uint8_t *next = (const uint8_t *)in.data;
  size_t have = (size_t)in.len;
  BrotliDecoderResult done = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (done == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && make_room(out)) {
    uint8_t *to = (uint8_t *)out->bytes + out->len;
    size_t room = (size_t)(out->room - out->len);
    done = BrotliDecoderDecompressStream(state, &have, &next, &room, &to, NULL);
    out->len = out->room - (ptrdiff_t)room;
  }
  BrotliDecoderDestroyInstance(state);
  if (done == BROTLI_DECODER_RESULT_SUCCESS) return NULL;
  return done == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ? TOO_MUCH : DAMAGED;
}

static const char *undo_zstd(hsy_str in, output *out) {
  ZSTD_DStream *z = ZSTD_createDStream();
  if (!z) return "out of memory";
  ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, 27); /* 128 MiB of window at most */
  ZSTD_inBuffer from = {in.data, (size_t)in.len, 0};
  size_t left = 1;
  while (left && !ZSTD_isError(left) && make_room(out)) {
    ZSTD_outBuffer to = {out->bytes, (size_t)out->room, (size_t)out->len};
    left = ZSTD_decompressStream(z, &to, &from);
    bool stuck = (ptrdiff_t)to.pos == out->len && from.pos == from.size;
    out->len = (ptrdiff_t)to.pos;
    if (stuck) break;
  }
  ZSTD_freeDStream(z);
  if (left == 0) return NULL;
  return !ZSTD_isError(left) && out->len >= out->limit ? TOO_MUCH : DAMAGED;
}

static const char *undo_nothing(hsy_str in, output *out) {
  (void)in;
  (void)out;
  return NULL;
}

typedef struct coding {
  const char *name;
  const char *(*undo)(hsy_str in, output *out);
} coding;

static const coding CODINGS[] = {{"gzip", undo_gzip},    {"x-gzip", undo_gzip},  {"deflate", undo_deflate},
                                 {"br", undo_brotli},    {"zstd", undo_zstd},    {"identity", undo_nothing},
                                 {"none", undo_nothing}, {"utf-8", undo_nothing}};

/* Mark-up begins the bytes: nothing is packed, whatever the header says. */
static bool is_plain(hsy_str s) {
  s = hsy_str_trim(hsy_str_slice(s, 0, 1024));
  if (hsy_str_starts(s, HSY_S("\xef\xbb\xbf"))) s = hsy_str_trim(hsy_str_slice(s, 3, s.len));
  return s.len > 1 && s.data[0] == '<' && strchr("!?hHbBdDpPaAsSmM", s.data[1]);
}

static const char *run(const coding *c, ptrdiff_t limit, hsy_record *record) {
  ptrdiff_t room = TIMES * record->len + FLOOR < limit ? TIMES * record->len + FLOOR : limit;
  output out = {.bytes = malloc((size_t)room + 1), .room = room, .limit = limit};
  const char *wrong = out.bytes ? c->undo((hsy_str){record->bytes, record->len}, &out) : "out of memory";
  if (wrong) {
    free(out.bytes);
    return wrong;
  }
  free(record->bytes);
  out.bytes[out.len] = '\0';
  record->bytes = out.bytes;
  record->len = out.len;
  return NULL;
}

const char *hsy_coding_undo(hsy_str name, ptrdiff_t limit, hsy_record *record) {
  if (name.len == 0 || is_plain((hsy_str){record->bytes, record->len})) return NULL;
  for (size_t i = 0; i < sizeof CODINGS / sizeof *CODINGS; i++)
    if (hsy_str_is_nocase(name, CODINGS[i].name))
      return CODINGS[i].undo == undo_nothing ? NULL : run(&CODINGS[i], limit, record);
  return "its body is packed in a way that is not read (Content-Encoding)";
}

const char *hsy_coding_undo_doubled(ptrdiff_t limit, hsy_record *record) {
  enum { MOST = 3 };
  for (int i = 0; i < MOST && record->len > 2 && memcmp(record->bytes, "\x1f\x8b\x08", 3) == 0; i++) {
    const char *wrong = run(&CODINGS[0], limit, record);
    if (wrong) return wrong;
  }
  return NULL;
}
