#include "reuse/note.h"

enum { VERSION = 1, SCALE = 1000000 /* containment is kept in millionths */ };

static void put_number(hsy_buf *out, uint64_t n) {
  for (; n > 127; n >>= 7) hsy_buf_byte(out, (char)((n & 127) | 128));
  hsy_buf_byte(out, (char)n);
}

static void put_str(hsy_buf *out, hsy_str s) {
  put_number(out, (uint64_t)s.len);
  hsy_buf_add(out, s);
}

/* Ascending spans as gaps and lengths. */
static void put_spans(hsy_buf *out, const hsy_span *spans, ptrdiff_t count) {
  int32_t at = 0;
  put_number(out, (uint64_t)count);
  for (ptrdiff_t i = 0; i < count; i++) {
    put_number(out, (uint64_t)(spans[i].start - at));
    put_number(out, (uint64_t)(spans[i].end - spans[i].start));
    at = spans[i].end;
  }
}

typedef struct reader {
  hsy_str rest;
  bool bad;
} reader;

static uint64_t get_number(reader *r) {
  uint64_t n = 0;
  for (int shift = 0; r->rest.len > 0 && shift < 64; shift += 7) {
    uint8_t byte = (uint8_t)r->rest.data[0];
    r->rest = hsy_str_slice(r->rest, 1, r->rest.len);
    n |= (uint64_t)(byte & 127) << shift;
    if (byte < 128) return n;
  }
  r->bad = true;
  return 0;
}

static hsy_str get_str(reader *r) {
  uint64_t len = get_number(r);
  if (len > (uint64_t)r->rest.len) {
    r->bad = true;
    return (hsy_str){0};
  }
  hsy_str s = hsy_str_slice(r->rest, 0, (ptrdiff_t)len);
  r->rest = hsy_str_slice(r->rest, (ptrdiff_t)len, r->rest.len);
  return s;
}

/* A count of things of `size` bytes or more each, so no more than are left. */
static ptrdiff_t get_count(reader *r, int size) {
  uint64_t count = get_number(r);
  if (count * (uint64_t)size > (uint64_t)r->rest.len || count > (uint64_t)r->rest.len) {
    r->bad = true;
    return 0;
  }
  return (ptrdiff_t)count;
}

static hsy_span get_span(reader *r, int32_t *at) {
  uint64_t start = (uint64_t)*at + get_number(r), end = start + get_number(r);
  if (start > INT32_MAX || end > INT32_MAX) {
    r->bad = true;
    return (hsy_span){0};
  }
  *at = (int32_t)end;
  return (hsy_span){(int32_t)start, (int32_t)end};
}

static const hsy_span *get_spans(reader *r, ptrdiff_t *count, hsy_arena *arena) {
  *count = get_count(r, 2);
  hsy_span *spans = hsy_new(arena, hsy_span, *count + 1);
  int32_t at = 0;
  for (ptrdiff_t i = 0; spans && i < *count; i++) spans[i] = get_span(r, &at);
  return spans;
}

static bool finish(const reader *r, hsy_arena arena, hsy_error *err) {
  if (!hsy_arena_check(arena, "reuse", err)) return false;
  return !r->bad || hsy_fail(err, HSY_STORE, "reuse", -1, "a note in the index is damaged");
}

hsy_str hsy_note_encode(const hsy_reuse_note *note, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  hsy_buf_byte(&out, VERSION);
  put_number(&out, note->mark);
  put_str(&out, note->outlet);
  put_str(&out, note->published);
  put_str(&out, note->agency);
  put_spans(&out, note->skip, note->skip_count);
  put_spans(&out, note->quoted, note->quoted_count);
  put_number(&out, (uint64_t)note->words);
  ptrdiff_t flags = note->flag_count; /* most articles have none */
  while (flags && !note->flags[flags - 1]) flags--;
  put_str(&out, (hsy_str){(const char *)note->flags, flags});
  return hsy_buf_str(&out);
}

bool hsy_note_decode(hsy_reuse_note *note, hsy_str bytes, hsy_arena *arena, hsy_error *err) {
  reader r = {bytes, false};
  *note = (hsy_reuse_note){0};
  if (get_number(&r) != VERSION) r.bad = true;
  note->mark = (uint32_t)get_number(&r);
  note->outlet = get_str(&r);
  note->published = get_str(&r);
  note->agency = get_str(&r);
  note->skip = get_spans(&r, &note->skip_count, arena);
  note->quoted = get_spans(&r, &note->quoted_count, arena);
  note->words = (ptrdiff_t)get_number(&r);
  hsy_str flags = get_str(&r);
  note->flags = (const uint8_t *)flags.data;
  note->flag_count = flags.len;
  return finish(&r, *arena, err);
}

hsy_str hsy_note_encode_pair(const hsy_comparison *c, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  hsy_buf_byte(&out, VERSION);
  hsy_buf_byte(&out, c->whole);
  put_number(&out, (uint64_t)(c->containment * SCALE + 0.5));
  put_number(&out, (uint64_t)c->passage_count);
  for (ptrdiff_t i = 0; i < c->passage_count; i++) {
    hsy_span sides[] = {c->passages[i].a, c->passages[i].b};
    for (int k = 0; k < 2; k++) {
      put_number(&out, (uint64_t)sides[k].start);
      put_number(&out, (uint64_t)(sides[k].end - sides[k].start));
    }
  }
  return hsy_buf_str(&out);
}

bool hsy_note_decode_pair(hsy_comparison *c, hsy_str bytes, hsy_arena *arena, hsy_error *err) {
  reader r = {bytes, false};
  *c = (hsy_comparison){0};
  if (get_number(&r) != VERSION) r.bad = true;
  c->whole = get_number(&r) == 1;
  c->part = !c->whole;
  c->containment = (double)get_number(&r) / SCALE;
  c->passage_count = get_count(&r, 4);
  c->passages = hsy_new(arena, hsy_shared, c->passage_count + 1);
  for (ptrdiff_t i = 0; c->passages && i < c->passage_count; i++) {
    int32_t a = 0, b = 0;
    c->passages[i].a = get_span(&r, &a);
    c->passages[i].b = get_span(&r, &b);
  }
  return finish(&r, *arena, err);
}
