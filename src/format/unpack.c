#include "format/unpack.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum { WINDOW = 64 << 10, TRAP_FLOOR = 64 << 20 };

/* Text packs to a tenth, markup to a thirtieth; thousands are zeros. */
bool hsy_unpack_is_trap(const hsy_limits *limits, int64_t in, int64_t out, hsy_error *err) {
  if (out > TRAP_FLOOR && out / limits->ratio > in)
    return !hsy_fail(err, HSY_LIMIT, "format", in, "unpacks to more than %lld times its size",
                     (long long)limits->ratio);
  if (out >> 20 >= limits->unpacked)
    return !hsy_fail(err, HSY_LIMIT, "format", in, "unpacks to more than %lld MiB", (long long)limits->unpacked);
  return false;
}

static ptrdiff_t failed(const hsy_stream *packed, hsy_error *err, const char *what) {
  const hsy_error *below = hsy_stream_error(packed);
  if (below->code)
    *err = *below;
  else
    hsy_fail(err, HSY_BAD_INPUT, "format", hsy_stream_position(packed), "%s", what);
  return -1;
}

/* ---- gzip ---- */

typedef struct gzip_state {
  hsy_stream *packed;
  const hsy_limits *limits;
  z_stream z;
  int64_t out;
  bool inside; /* a member has begun and not ended */
} gzip_state;

static void release_gzip(void *state) {
  gzip_state *g = state;
  inflateEnd(&g->z);
  hsy_stream_close(g->packed);
  free(g);
}

/* Steps to the next member; false at the end of the file, or where what follows is no member (padding). */
static bool begin_member(gzip_state *g) {
  hsy_str head = hsy_stream_peek(g->packed, 2);
  if (head.len < 2 || head.data[0] != '\x1f' || head.data[1] != '\x8b') return false;
  g->inside = inflateReset(&g->z) == Z_OK;
  return g->inside;
}

static ptrdiff_t fill_from_gzip(void *state, char *to, size_t room, hsy_error *err) {
  gzip_state *g = state;
  g->z.next_out = (Bytef *)to;
  g->z.avail_out = (uInt)room;
  while (g->z.avail_out == room) {
    if (!g->inside && !begin_member(g)) return hsy_stream_error(g->packed)->code ? failed(g->packed, err, "") : 0;
    hsy_str view = hsy_stream_peek(g->packed, WINDOW);
    if (view.len == 0) return failed(g->packed, err, "ends in the middle of packed data");
    g->z.next_in = (Bytef *)view.data;
    g->z.avail_in = (uInt)view.len;
    int done = inflate(&g->z, Z_NO_FLUSH);
    hsy_stream_skip(g->packed, view.len - (ptrdiff_t)g->z.avail_in);
    if (done == Z_STREAM_END)
      g->inside = false;
    else if (done != Z_OK && done != Z_BUF_ERROR)
      return failed(g->packed, err, "its packed data are damaged");
  }
  ptrdiff_t made = (ptrdiff_t)(room - g->z.avail_out);
  g->out += made;
  return hsy_unpack_is_trap(g->limits, hsy_stream_position(g->packed), g->out, err) ? -1 : made;
}

hsy_stream *hsy_unpack_gzip(hsy_stream *packed, const hsy_limits *limits, hsy_error *err) {
  gzip_state *g = calloc(1, sizeof *g);
  if (!g || inflateInit2(&g->z, 15 + 16) != Z_OK) {
    free(g);
    hsy_stream_close(packed);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  g->packed = packed;
  g->limits = limits;
  return hsy_stream_over(g, fill_from_gzip, release_gzip, err);
}

/* ---- zstd ---- */

typedef struct zstd_state {
  hsy_stream *packed;
  const hsy_limits *limits;
  ZSTD_DStream *z;
  int64_t out;
  bool inside;
} zstd_state;

static void release_zstd(void *state) {
  zstd_state *s = state;
  ZSTD_freeDStream(s->z);
  hsy_stream_close(s->packed);
  free(s);
}

static ptrdiff_t fill_from_zstd(void *state, char *to, size_t room, hsy_error *err) {
  zstd_state *s = state;
  ZSTD_outBuffer out = {to, room, 0};
  while (out.pos == 0) {
    hsy_str view = hsy_stream_peek(s->packed, WINDOW);
    if (view.len == 0) return s->inside ? failed(s->packed, err, "ends in the middle of packed data") : 0;
    ZSTD_inBuffer in = {view.data, (size_t)view.len, 0};
    size_t left = ZSTD_decompressStream(s->z, &out, &in);
    hsy_stream_skip(s->packed, (ptrdiff_t)in.pos);
    if (ZSTD_isError(left)) return failed(s->packed, err, "its packed data are damaged");
    s->inside = left != 0;
  }
  s->out += (int64_t)out.pos;
  return hsy_unpack_is_trap(s->limits, hsy_stream_position(s->packed), s->out, err) ? -1 : (ptrdiff_t)out.pos;
}

hsy_stream *hsy_unpack_zstd(hsy_stream *packed, const hsy_limits *limits, hsy_error *err) {
  zstd_state *s = calloc(1, sizeof *s);
  if (s) s->z = ZSTD_createDStream();
  if (!s || !s->z) {
    free(s);
    hsy_stream_close(packed);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  ZSTD_DCtx_setParameter(s->z, ZSTD_d_windowLogMax, 26); /* 64 MiB of window at most */
  s->packed = packed;
  s->limits = limits;
  return hsy_stream_over(s, fill_from_zstd, release_zstd, err);
}
