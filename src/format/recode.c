#include "format/recode.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "format/decode.h"
#include "format/shortage.h"
#include "format/sniff.h"

enum { WINDOW = 16 << 10, ROW_FLOOR = 1 << 20, ROW_TIMES = 64 };

/* ---- a stream ---- */

typedef struct state {
  hsy_stream *in;
  iconv_t cd;
} state;

static void release(void *user) {
  state *s = user;
  iconv_close(s->cd);
  hsy_stream_close(s->in);
  free(s);
}

static ptrdiff_t fill(void *user, char *to, size_t room, hsy_error *err) {
  state *s = user;
  char *out = to;
  size_t left = room;
  while (left == room) {
    hsy_str view = hsy_stream_peek(s->in, WINDOW);
    if (view.len == 0) {
      if (hsy_stream_error(s->in)->code) *err = *hsy_stream_error(s->in);
      return err->code ? -1 : 0;
    }
    char *from = (char *)view.data;
    size_t have = (size_t)view.len;
    size_t done = iconv(s->cd, &from, &have, &out, &left);
    ptrdiff_t used = from - view.data;
    if (done == (size_t)-1 && errno != E2BIG && used == 0) { /* a sign that is none, or the file's odd last byte */
      if (left < 3) break;
      memcpy(out, "\xef\xbf\xbd", 3);
      out += 3, left -= 3;
      used = view.len < 2 ? view.len : 2;
    }
    hsy_stream_skip(s->in, used);
  }
  return (ptrdiff_t)(room - left);
}

hsy_stream *hsy_recode_stream(hsy_stream *in, const char *encoding, hsy_error *err) {
  ptrdiff_t mark;
  hsy_sniff_unicode(hsy_stream_peek(in, 1024), &mark);
  hsy_stream_skip(in, mark);
  state *s = calloc(1, sizeof *s);
  if (s) s->cd = iconv_open("UTF-8", encoding);
  if (!s || s->cd == (iconv_t)-1) {
    free(s);
    hsy_stream_close(in);
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  s->in = in;
  return hsy_stream_over(s, fill, release, err);
}

/* ---- a row ---- */

static char *copy_of(hsy_str s, ptrdiff_t *len) {
  char *to = malloc((size_t)s.len + 1);
  if (!to) return NULL;
  if (s.len) memcpy(to, s.data, (size_t)s.len);
  to[s.len] = '\0';
  *len = s.len;
  return to;
}

char *hsy_recode_row(hsy_str row, const char *encoding, ptrdiff_t *len) {
  if (hsy_utf8_invalid(row) < 0) return copy_of(row, len);
  hsy_heap *heap = hsy_heap_new(ROW_FLOOR + ROW_TIMES * (size_t)row.len, NULL);
  if (!heap) return NULL;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_decoded decoded;
  hsy_decode_options how = {.declared = hsy_str_of(*encoding ? encoding : "windows-1252"), .lenient = true};
  char *out = hsy_decode(row, how, &decoded, &arena, NULL) ? copy_of(decoded.text, len) : NULL;
  hsy_heap_free(heap);
  return out;
}

/* The Latin encodings that look alike in a few lines: what spreadsheets write is Windows-1252. */
static bool is_western(const char *name) {
  static const char *const NAMES[] = {"ISO-8859-1",   "ISO-8859-15",  "ISO-8859-9",   "ISO-8859-3", "WINDOWS-1252",
                                      "windows-1252", "windows-1254", "WINDOWS-1254", "ASCII"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (strcmp(name, NAMES[i]) == 0) return true;
  return false;
}

/* Few bytes above 127 tell no other encoding from Windows-1252. */
static bool is_sparse(hsy_str head) {
  ptrdiff_t high = 0;
  for (ptrdiff_t i = 0; i < head.len; i++) high += (unsigned char)head.data[i] >= 0x80;
  return high * 20 < head.len;
}

void hsy_recode_tell(hsy_str head, char *name, size_t room) {
  *name = '\0';
  ptrdiff_t bad = hsy_utf8_invalid(head);
  if (bad < 0 || bad + 4 > head.len) return; /* the last sign may be cut */
  hsy_heap *heap = hsy_shortage_note(hsy_heap_new(ROW_FLOOR + ROW_TIMES * (size_t)head.len, NULL));
  if (!heap) return; /* which is no answer: the file is refused */
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_decoded decoded;
  if (hsy_decode(head, (hsy_decode_options){.lenient = true}, &decoded, &arena, NULL) && decoded.encoding)
    snprintf(name, room, "%s", is_western(decoded.encoding) || is_sparse(head) ? "windows-1252" : decoded.encoding);
  if (strcmp(name, "UTF-8") == 0) *name = '\0';
  hsy_heap_free(heap);
}
