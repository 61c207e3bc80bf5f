#include "reuse/words.h"

#include "base/utf8.h"

/* What a byte does in the fast path: 0 parts words, OTHER begins a character
 * beyond ASCII, anything else is the lower-cased byte. */
enum { OTHER = 1 };
#define L(c) [(c)] = (c), [(c)-32] = (c)
static const uint8_t byte_class[256] = {L('a'),      L('b'),
                                        L('c'),      L('d'),
                                        L('e'),      L('f'),
                                        L('g'),      L('h'),
                                        L('i'),      L('j'),
                                        L('k'),      L('l'),
                                        L('m'),      L('n'),
                                        L('o'),      L('p'),
                                        L('q'),      L('r'),
                                        L('s'),      L('t'),
                                        L('u'),      L('v'),
                                        L('w'),      L('x'),
                                        L('y'),      L('z'),
                                        ['0'] = '0', ['1'] = '1',
                                        ['2'] = '2', ['3'] = '3',
                                        ['4'] = '4', ['5'] = '5',
                                        ['6'] = '6', ['7'] = '7',
                                        ['8'] = '8', ['9'] = '9',
                                        ['_'] = '_', [0x80 ... 0xFF] = OTHER};
#undef L

static const uint64_t PRIME = 0x9E3779B185EBCA87u;

/* Scripts written without blanks between words; a letter of them is a word. */
static bool stands_alone(int32_t c) {
  static const int32_t ranges[][2] = {{0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF},  {0x2E80, 0x30FF},
                                      {0x3400, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF}};
  if (c < 0x0E00) return false;
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
  return false;
}

/* General punctuation (quotation marks, dashes), known without a table. */
static bool is_plain_punctuation(int32_t c) { return c >= 0x2000 && c <= 0x206F; }

typedef struct reader {
  hsy_str text;
  hsy_word *out;
  ptrdiff_t len;
  uint64_t hash;
  int32_t start; /* of the open word, or -1 */
  uint32_t line;
} reader;

static inline void close_word(reader *r, ptrdiff_t end) {
  if (r->start < 0) return;
  uint64_t h = r->hash ^ r->hash >> 32;
  r->out[r->len++] = (hsy_word){(uint32_t)h, r->start, (int32_t)end, r->line, 0};
  r->start = -1;
}

static inline void add_unit(reader *r, ptrdiff_t at, uint64_t unit) {
  if (r->start < 0) {
    r->start = (int32_t)at;
    r->hash = PRIME;
  }
  r->hash = (r->hash ^ unit) * PRIME;
}

/* One character beyond ASCII at `at`; returns the byte behind it. */
static ptrdiff_t add_other(reader *r, ptrdiff_t at) {
  ptrdiff_t next = at;
  int32_t c = hsy_utf8_next(r->text, &next);
  if (is_plain_punctuation(c) || !(hsy_is_letter(c) || hsy_is_digit(c))) {
    close_word(r, at);
  } else if (stands_alone(c)) {
    close_word(r, at);
    add_unit(r, at, (uint64_t)c);
    close_word(r, next);
  } else {
    add_unit(r, at, (uint64_t)hsy_to_lower(c));
  }
  return next;
}

static void read_words(reader *r, ptrdiff_t at, ptrdiff_t end) {
  const uint8_t *bytes = (const uint8_t *)r->text.data;
  while (at < end) {
    uint8_t class = byte_class[bytes[at]];
    if (class > OTHER) {
      add_unit(r, at, class);
      at++;
    } else if (class == OTHER) {
      at = add_other(r, at);
    } else {
      close_word(r, at);
      r->line += bytes[at] == '\n';
      at++;
    }
  }
  close_word(r, end);
}

static void mark_quoted(hsy_words words, const hsy_span *quoted, ptrdiff_t count) {
  ptrdiff_t q = 0;
  for (ptrdiff_t i = 0; i < words.len; i++) {
    while (q < count && quoted[q].end <= words.data[i].start) q++;
    words.data[i].quoted = q < count && quoted[q].start <= words.data[i].start;
  }
}

/* Most words that the text can hold: one in two bytes of ASCII, one in three
 * of the scripts that stand alone, so half the bytes and one. */
hsy_words hsy_words_of(hsy_str text, const hsy_span *skip, ptrdiff_t skip_count, const hsy_span *quoted,
                       ptrdiff_t quoted_count, hsy_arena *arena) {
  reader r = {.text = text, .start = -1};
  ptrdiff_t room = text.len / 2 + 1 + skip_count;
  r.out = hsy_new(arena, hsy_word, room);
  if (!r.out) return (hsy_words){0};
  ptrdiff_t at = 0;
  for (ptrdiff_t i = 0; i < skip_count && skip[i].end <= text.len; i++) {
    if (skip[i].start > at) read_words(&r, at, skip[i].start);
    if (skip[i].end > at) at = skip[i].end;
    r.line++;
  }
  read_words(&r, at, text.len);
  hsy_words words = {r.out, r.len};
  mark_quoted(words, quoted, quoted_count);
#ifndef HSY_ARENA_BLOCKS
  arena->next = (char *)(r.out + r.len); /* give back what the guess took too much */
#endif
  return words;
}

static inline uint64_t scramble(uint64_t x) {
  x ^= x >> 29;
  x *= 0xBF58476D1CE4E5B9u;
  x ^= x >> 32;
  return x;
}

/* g(i) = Σ w(i+j) · B^(size-1-j), rolled on by one word at a time. */
uint64_t *hsy_words_grams(hsy_words words, int size, hsy_arena *arena, ptrdiff_t *count) {
  *count = words.len >= size ? words.len - size + 1 : 0;
  uint64_t *grams = hsy_new(arena, uint64_t, *count + 1);
  if (!grams) {
    *count = 0;
    return NULL;
  }
  const uint64_t base = 0xD6E8FEB86659FD93u;
  uint64_t leaving = 1, hash = 0;
  for (int i = 0; i < size; i++) leaving *= base;
  for (ptrdiff_t i = 0; i < words.len; i++) {
    hash = hash * base + words.data[i].hash;
    if (i >= size) hash -= leaving * words.data[i - size].hash;
    if (i >= size - 1) grams[i - size + 1] = scramble(hash);
  }
  return grams;
}

static ptrdiff_t least_of(const uint64_t *grams, ptrdiff_t start, ptrdiff_t end) {
  ptrdiff_t best = start;
  for (ptrdiff_t i = start + 1; i < end; i++)
    if (grams[i] <= grams[best]) best = i;
  return best;
}

int32_t *hsy_words_pick(const uint64_t *grams, ptrdiff_t count, hsy_arena *arena, ptrdiff_t *picked) {
  *picked = 0;
  int32_t *out = hsy_new(arena, int32_t, count + 1);
  if (!out || !count) return out;
  ptrdiff_t first = count < HSY_WINDOW ? count : HSY_WINDOW;
  ptrdiff_t best = least_of(grams, 0, first);
  out[(*picked)++] = (int32_t)best;
  for (ptrdiff_t end = first; end < count; end++) {
    if (best <= end - HSY_WINDOW)
      best = least_of(grams, end - HSY_WINDOW + 1, end + 1);
    else if (grams[end] < grams[best])
      best = end;
    else
      continue;
    out[(*picked)++] = (int32_t)best;
  }
#ifndef HSY_ARENA_BLOCKS
  arena->next = (char *)(out + *picked);
#endif
  return out;
}
