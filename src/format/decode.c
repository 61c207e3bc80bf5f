#include "format/decode.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet.h>

#include "base/bound.h"
#include "base/utf8.h"
#include "format/sniff.h"

typedef struct label {
  const char *name, *means;
} label;

/* Names whose web meaning is not what iconv takes them for. */
static const label LABELS[] = {
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ansi", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"utf8", "UTF-8"},
    {"unicode", "UTF-16LE"},
    {"utf-16", "UTF-16LE"},
    {"x-user-defined", "windows-1252"},
};

static const char *meaning(hsy_str name, hsy_arena *arena) {
  name = hsy_str_trim(name);
  if (name.len == 0 || name.len > 40) return NULL;
  for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(LABELS[i].name))) return LABELS[i].means;
  return hsy_str_z(arena, name);
}

typedef struct writer {
  hsy_buf text;
  hsy_origin_vec *map;
  hsy_arena *arena;
  bool in_step; /* the last row is exact and goes on */
} writer;

static void put(writer *w, const char *bytes, ptrdiff_t len, int64_t source, bool exact) {
  if (!exact || !w->in_step) *hsy_push(w->map, w->arena) = (hsy_origin){(int32_t)w->text.len, exact, source};
  w->in_step = exact;
  hsy_buf_add(&w->text, (hsy_str){bytes, len});
}

static void put_point(writer *w, int32_t point, int64_t source) {
  char bytes[4];
  int n = hsy_utf8_put(point, bytes);
  put(w, bytes, n, source, false);
}

static bool is_ascii_based(const char *encoding) {
  static const char *const NOT[] = {"UTF-16", "UTF-32", "UTF-7", "ISO-2022", "HZ", "UCS", "IBM", "EBCDIC"};
  for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
    if (hsy_str_starts_nocase(hsy_str_of(encoding), hsy_str_of(NOT[i]))) return false;
  return true;
}

/* One character through iconv; bytes used, or 0 where it cannot be read. */
static ptrdiff_t convert_one(iconv_t cd, hsy_str in, ptrdiff_t at, char out[32], ptrdiff_t *written) {
  for (ptrdiff_t take = 1; take <= 8 && at + take <= in.len; take++) {
    char *from = (char *)in.data + at, *to = out;
    size_t left = (size_t)take, room = 32;
    size_t done = iconv(cd, &from, &left, &to, &room);
    *written = to - out;
    if (done != (size_t)-1 || from > in.data + at) return from - (in.data + at);
    if (errno != EINVAL) return 0;
  }
  return 0;
}

static ptrdiff_t ascii_run(hsy_str in, ptrdiff_t at) {
  ptrdiff_t end = at;
  while (end < in.len && (unsigned char)in.data[end] < 0x80) end++;
  return end - at;
}

/* Bytes that windows-1252 leaves open stand for the control character of their number, as on the web. */
static bool is_open_byte(const char *encoding, unsigned char c) {
  return c >= 0x80 && c < 0xA0 && strcmp(encoding, "windows-1252") == 0;
}

/* Where strict, the offset of the first bad byte is returned, else -1. */
static ptrdiff_t convert(hsy_str in, iconv_t cd, const char *encoding, bool lenient, writer *w, ptrdiff_t *replaced) {
  bool ascii = is_ascii_based(encoding);
  for (ptrdiff_t at = 0; at < in.len;) {
    ptrdiff_t run = ascii ? ascii_run(in, at) : 0;
    if (run) {
      put(w, in.data + at, run, at, true);
      at += run;
      continue;
    }
    char out[32];
    ptrdiff_t written = 0, used = convert_one(cd, in, at, out, &written);
    if (used > 0) {
      if (written) put(w, out, written, at, false);
      at += used;
      continue;
    }
    bool open = is_open_byte(encoding, (unsigned char)in.data[at]);
    if (!open && !lenient) return at;
    put_point(w, open ? (unsigned char)in.data[at] : 0xFFFD, at);
    *replaced += !open;
    at++;
  }
  return -1;
}

typedef struct job {
  hsy_str bytes;
  hsy_decoded *out;
  hsy_arena *arena;
  bool lenient;
} job;

/* Encodings in which bytes that happen to be well-formed UTF-8 are common. */
static bool is_multibyte(const char *encoding) {
  static const char *const NAMES[] = {"GB", "BIG5", "CP932", "CP949", "EUC", "Shift", "windows-31", "HZ"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (hsy_str_starts_nocase(hsy_str_of(encoding), hsy_str_of(NAMES[i]))) return true;
  return false;
}

static void whole_as_is(job *j) {
  j->out->text = j->bytes;
  j->out->encoding = "UTF-8";
  if (j->bytes.len) *hsy_push(&j->out->map, j->arena) = (hsy_origin){0, true, 0};
}

/* ---- text that was encoded twice ---- */

static const uint16_t HIGH[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                  0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                  0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

int32_t hsy_decode_mark_1252(int32_t byte) { return byte >= 0x80 && byte < 0xA0 ? HIGH[byte - 0x80] : byte; }

/* The byte that windows-1252 has for a character, or -1. */
static int byte_1252(int32_t point) {
  if (point < 0x80 || (point >= 0xA0 && point <= 0xFF)) return point;
  for (int i = 0; i < 32; i++)
    if (HIGH[i] == point || point == 0x80 + i) return 0x80 + i;
  return -1;
}

/* UTF-8 that was taken for windows-1252 and made UTF-8 again. Certain only where every character beyond ASCII goes back
 * to a byte and the bytes are well formed: Latin text that is right as it is never does. */
static bool mend_twice_encoded(job *j) {
  hsy_arena mark = *j->arena;
  hsy_origin_vec map = {0};
  writer w = {hsy_buf_in(j->arena), &map, j->arena, false};
  ptrdiff_t beyond = 0;
  for (ptrdiff_t at = 0; at < j->bytes.len;) {
    ptrdiff_t run = ascii_run(j->bytes, at), from = at;
    if (run) {
      put(&w, j->bytes.data + at, run, at, true);
      at += run;
      continue;
    }
    int byte = byte_1252(hsy_utf8_next(j->bytes, &at));
    if (byte < 0 || (beyond == 0 && (byte < 0xC2 || byte > 0xF4))) {
      *j->arena = mark;
      return false;
    }
    char c = (char)byte;
    bool starts = ((unsigned char)c & 0xC0) != 0x80;
    if (starts)
      put(&w, &c, 1, from, false);
    else
      hsy_buf_byte(&w.text, c);
    beyond++;
  }
  hsy_str text = hsy_buf_str(&w.text);
  if (beyond < 6 || hsy_utf8_invalid(text) >= 0) {
    *j->arena = mark;
    return false;
  }
  *j->out = (hsy_decoded){.text = text, .encoding = "UTF-8, encoded twice", .map = map};
  return true;
}

/* -1 when done, -2 for a name that nobody knows, else the offset of a bad byte. */
static ptrdiff_t decode_as(job *j, const char *encoding, ptrdiff_t skip) {
  iconv_t cd = iconv_open("UTF-8", encoding);
  if (cd == (iconv_t)-1) return -2;
  hsy_arena mark = *j->arena;
  *j->out = (hsy_decoded){.encoding = encoding};
  writer w = {hsy_buf_in(j->arena), &j->out->map, j->arena, false};
  hsy_str body = hsy_str_slice(j->bytes, skip, j->bytes.len);
  ptrdiff_t bad = convert(body, cd, encoding, j->lenient, &w, &j->out->replaced);
  iconv_close(cd);
  j->out->text = hsy_buf_str(&w.text);
  for (ptrdiff_t i = 0; skip && i < j->out->map.len; i++) j->out->map.data[i].source += skip;
  if (bad >= 0) {
    *j->arena = mark;
    *j->out = (hsy_decoded){0};
    return bad + skip;
  }
  return -1;
}

static const char *detect(hsy_str bytes, hsy_arena *arena) {
  uchardet_t detector = uchardet_new();
  if (!detector) return NULL;
  ptrdiff_t most = bytes.len < (1 << 20) ? bytes.len : 1 << 20;
  uchardet_handle_data(detector, bytes.data, (size_t)most);
  uchardet_data_end(detector);
  const char *name = uchardet_get_charset(detector);
  const char *found = name && *name ? meaning(hsy_str_of(name), arena) : NULL;
  uchardet_delete(detector);
  return found;
}

/* Broken UTF-8: most of its longer sequences are well formed; half do where nothing says that it is an encoding in
 * which signs of several bytes happen (takes_it). */
static bool is_damaged_utf8(hsy_str s, bool takes_it) {
  ptrdiff_t good = 0, bad = 0;
  while (s.len) {
    ptrdiff_t end = hsy_utf8_invalid(s), n = end < 0 ? s.len : end;
    for (ptrdiff_t i = 0; i < n; i++) good += ((unsigned char)s.data[i] & 0xC0) == 0xC0;
    if (end < 0) break;
    bad++;
    s = hsy_str_slice(s, end + 1, s.len);
  }
  return good > 4 * bad || (good > 0 && good >= bad && takes_it);
}

/* A byte alone among ASCII is one of Windows-1252; what is left of a longer sign is none. */
static int32_t stray_point(hsy_str s, ptrdiff_t at) {
  unsigned char c = (unsigned char)s.data[at];
  bool before = at == 0 || (unsigned char)s.data[at - 1] < 0x80;
  bool after = at + 1 == s.len || (unsigned char)s.data[at + 1] < 0x80;
  if (!before || !after || c < 0x80) return 0xFFFD;
  int32_t mark = hsy_decode_mark_1252(c);
  return c >= 0xA0 ? c : mark >= 0xA0 ? mark : 0xFFFD;
}

static bool decode_utf8_anyway(job *j) {
  *j->out = (hsy_decoded){.encoding = "UTF-8"};
  writer w = {hsy_buf_in(j->arena), &j->out->map, j->arena, false};
  for (ptrdiff_t at = 0; at < j->bytes.len;) {
    hsy_str rest = hsy_str_slice(j->bytes, at, j->bytes.len);
    ptrdiff_t bad = hsy_utf8_invalid(rest), good = bad < 0 ? rest.len : bad;
    if (good) put(&w, rest.data, good, at, true);
    at += good;
    if (bad < 0) break;
    put_point(&w, stray_point(j->bytes, at), at);
    at++;
    j->out->replaced++;
  }
  j->out->text = hsy_buf_str(&w.text);
  return true;
}

bool hsy_decode(hsy_str bytes, hsy_decode_options options, hsy_decoded *out, hsy_arena *arena, hsy_error *err) {
  *out = (hsy_decoded){0};
  job j = {bytes, out, arena, options.lenient};
  ptrdiff_t skip, bad = -2;
  const char *mark = hsy_sniff_unicode(bytes, &skip);
  if (mark && strcmp(mark, "UTF-8") != 0) {
    bad = decode_as(&j, mark, skip);
    if (bad >= 0) return hsy_fail(err, HSY_BAD_INPUT, "format", bad, "is no well-formed %s", mark);
    return hsy_arena_check(*arena, "format", err);
  }
  ptrdiff_t invalid = hsy_utf8_invalid(bytes);
  const char *declared = meaning(options.declared, arena);
  bool stateful =
      declared && !is_ascii_based(declared) && hsy_str_starts_nocase(hsy_str_of(declared), HSY_S("ISO-2022"));
  if (invalid < 0 && !stateful) {
    if (!options.lenient || !mend_twice_encoded(&j)) whole_as_is(&j);
    return hsy_arena_check(*arena, "format", err);
  }
  bool says_utf8 = declared && hsy_str_eq_nocase(hsy_str_of(declared), HSY_S("UTF-8"));
  bool wide = declared && !says_utf8 && is_multibyte(declared);
  bool damaged = invalid >= 0 && is_damaged_utf8(bytes, options.lenient && !wide);
  if (damaged && options.lenient) return decode_utf8_anyway(&j) && hsy_arena_check(*arena, "format", err);
  if (damaged || mark) return hsy_fail(err, HSY_BAD_INPUT, "format", invalid, "is UTF-8 with bytes that are none");
  if (declared && !says_utf8 && (is_ascii_based(declared) || stateful)) bad = decode_as(&j, declared, 0);
  if (bad == -1) return hsy_arena_check(*arena, "format", err);
  const char *found = detect(bytes, arena);
  if (found && !hsy_str_eq_nocase(hsy_str_of(found), HSY_S("UTF-8"))) bad = decode_as(&j, found, 0);
  if (bad == -1) return hsy_arena_check(*arena, "format", err);
  if (options.lenient) return decode_utf8_anyway(&j) && hsy_arena_check(*arena, "format", err);
  return hsy_fail(err, HSY_BAD_INPUT, "format", invalid, "is no UTF-8, and its encoding cannot be told");
}

int64_t hsy_decode_source(const hsy_origin_vec *map, int32_t at) {
  hsy_bound half = {.high = map->len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, map->data[half.middle].text <= at);
  ptrdiff_t low = half.low;
  if (low == 0) return -1;
  const hsy_origin *row = &map->data[low - 1];
  return row->source + (row->exact ? at - row->text : 0);
}
