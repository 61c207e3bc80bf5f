#include "reuse/align.h"

#include "base/utf8.h"
#include "reuse/words.h"

/* Prices of the alignment. A change costs less than leaving out and adding
 * only where the words are alike. */
enum { GAP = 10, ALIKE = 4, UNLIKE = 17 };

typedef struct unit {
  hsy_word word;
  bool bracketed; /* the outlet's own insertion: "the [Ukrainian] conflict" */
} unit;

typedef struct side {
  hsy_str text;
  unit *units;
  ptrdiff_t len;
} side;

/* ---- reading a side ---- */

static bool is_letter_inside(hsy_str text, int32_t from, int32_t to) {
  if (to - from < 1 || to - from > 3) return false;
  hsy_str mark = hsy_str_slice(text, from, to);
  return hsy_str_eq(mark, HSY_S("'")) || hsy_str_eq(mark, HSY_S("\xE2\x80\x99")) || hsy_str_eq(mark, HSY_S("\xCA\xBC"));
}

/* Apostrophes do not part words here: "don't" is one. */
static ptrdiff_t join_apostrophes(hsy_str text, hsy_word *words, ptrdiff_t count) {
  ptrdiff_t out = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_word *last = out ? &words[out - 1] : NULL;
    if (last && is_letter_inside(text, last->end, words[i].start)) {
      last->hash = last->hash * 31 + words[i].hash;
      last->end = words[i].end;
    } else {
      words[out++] = words[i];
    }
  }
  return out;
}

static void mark_brackets(side *s) {
  ptrdiff_t at = 0, depth = 0;
  for (ptrdiff_t i = 0; i < s->len; i++) {
    for (; at < s->units[i].word.start; at++) {
      depth += s->text.data[at] == '[';
      if (s->text.data[at] == ']' && depth) depth--;
    }
    s->units[i].bracketed = depth > 0;
  }
}

static bool read_side(side *s, hsy_str text, hsy_arena *arena) {
  hsy_words words = hsy_words_of(text, NULL, 0, NULL, 0, arena);
  s->text = text;
  s->units = hsy_new(arena, unit, words.len + 1);
  if (!words.data || !s->units) return false;
  s->len = join_apostrophes(text, words.data, words.len);
  for (ptrdiff_t i = 0; i < s->len; i++) s->units[i].word = words.data[i];
  mark_brackets(s);
  return true;
}

/* ---- likeness of words ---- */

static hsy_str word_at(const side *s, ptrdiff_t i) {
  return hsy_str_slice(s->text, s->units[i].word.start, s->units[i].word.end);
}

static bool same_word(const side *a, ptrdiff_t i, const side *b, ptrdiff_t j) {
  return a->units[i].word.hash == b->units[j].word.hash;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Spellings of one word: the same letter first, long enough, and what is left
 * between their common beginning and end is two bytes at most ("colour",
 * "color"; "programme", "program"). "not" and "now" are too short for it. */
static bool spelled_alike(hsy_str a, hsy_str b) {
  ptrdiff_t shorter = a.len < b.len ? a.len : b.len, longer = a.len + b.len - shorter, front = 0, back = 0;
  if (shorter < 5 || longer - shorter > 2) return false;
  while (front < shorter && lower(a.data[front]) == lower(b.data[front])) front++;
  while (back < shorter - front && lower(a.data[a.len - 1 - back]) == lower(b.data[b.len - 1 - back])) back++;
  return front > 0 && longer - front - back <= 2;
}

/* Figures are what is said, however like they look. */
static bool has_digit(hsy_str s) {
  for (ptrdiff_t i = 0; i < s.len; i++)
    if (s.data[i] >= '0' && s.data[i] <= '9') return true;
  return false;
}

static bool like_words(const side *a, ptrdiff_t i, const side *b, ptrdiff_t j) {
  hsy_str x = word_at(a, i), y = word_at(b, j);
  return !has_digit(x) && !has_digit(y) && spelled_alike(x, y);
}

/* ---- the table ---- */

typedef struct grid {
  const side *a, *b;
  ptrdiff_t first, a_end, b_end; /* the middle, between what both ends share */
  int32_t *price;                /* [a + 1][b + 1] of the middle */
  ptrdiff_t width;
} grid;

static int32_t *cell(const grid *g, ptrdiff_t i, ptrdiff_t j) { return &g->price[i * g->width + j]; }

static int32_t change_price(const grid *g, ptrdiff_t i, ptrdiff_t j) {
  ptrdiff_t x = g->first + i, y = g->first + j;
  if (same_word(g->a, x, g->b, y)) return 0;
  return like_words(g->a, x, g->b, y) ? ALIKE : UNLIKE;
}

/* price(i, j) = min(price(i-1, j-1) + change, price(i-1, j) + GAP, price(i, j-1) + GAP) */
static void fill_grid(grid *g) {
  ptrdiff_t rows = g->a_end - g->first, columns = g->b_end - g->first;
  for (ptrdiff_t i = 0; i <= rows; i++) {
    for (ptrdiff_t j = 0; j <= columns; j++) {
      int32_t best = i && j ? *cell(g, i - 1, j - 1) + change_price(g, i - 1, j - 1) : INT32_MAX;
      if (i && *cell(g, i - 1, j) + GAP < best) best = *cell(g, i - 1, j) + GAP;
      if (j && *cell(g, i, j - 1) + GAP < best) best = *cell(g, i, j - 1) + GAP;
      *cell(g, i, j) = i || j ? best : 0;
    }
  }
}

/* ---- operations ---- */

typedef struct step {
  int32_t a, b; /* word of either side, or HSY_NONE */
} step;

typedef struct walk {
  const side *a, *b;
  step *steps; /* in order */
  ptrdiff_t len;
} walk;

/* From the corner back; steps fill from the end of the room. */
static void walk_back(const grid *g, step *room, ptrdiff_t *start) {
  ptrdiff_t i = g->a_end - g->first, j = g->b_end - g->first;
  while (i || j) {
    int32_t here = *cell(g, i, j);
    bool both = i && j && here == *cell(g, i - 1, j - 1) + change_price(g, i - 1, j - 1);
    bool only_a = !both && i && here == *cell(g, i - 1, j) + GAP;
    if (both || only_a) i--;
    if (both || !only_a) j--;
    room[--*start] = (step){both || only_a ? (int32_t)(g->first + i) : HSY_NONE,
                            both || !only_a ? (int32_t)(g->first + j) : HSY_NONE};
  }
}

/* Too long for a table: the middle goes out and comes in as a whole. */
static void walk_roughly(const grid *g, step *room, ptrdiff_t *start) {
  for (ptrdiff_t j = g->b_end; j-- > g->first;) room[--*start] = (step){HSY_NONE, (int32_t)j};
  for (ptrdiff_t i = g->a_end; i-- > g->first;) room[--*start] = (step){(int32_t)i, HSY_NONE};
}

static bool walk_sides(walk *w, const side *a, const side *b, hsy_arena *arena) {
  grid g = {.a = a, .b = b, .a_end = a->len, .b_end = b->len};
  ptrdiff_t total = a->len + b->len, start = total;
  step *room = hsy_new(arena, step, total + 1);
  if (!room) return false;
  while (g.first < a->len && g.first < b->len && same_word(a, g.first, b, g.first)) g.first++;
  while (g.a_end > g.first && g.b_end > g.first && same_word(a, g.a_end - 1, b, g.b_end - 1)) {
    g.a_end--, g.b_end--;
    room[--start] = (step){(int32_t)g.a_end, (int32_t)g.b_end};
  }
  g.width = g.b_end - g.first + 1;
  if (g.a_end - g.first > HSY_ALIGN_WORDS || g.b_end - g.first > HSY_ALIGN_WORDS) {
    walk_roughly(&g, room, &start);
  } else {
    g.price = hsy_new(arena, int32_t, (g.a_end - g.first + 1) * g.width);
    if (!g.price) return false;
    fill_grid(&g);
    walk_back(&g, room, &start);
  }
  for (ptrdiff_t i = g.first; i-- > 0;) room[--start] = (step){(int32_t)i, (int32_t)i};
  *w = (walk){a, b, room + start, total - start};
  return true;
}

static bool is_same(const walk *w, const step *s) {
  return s->a >= 0 && s->b >= 0 && same_word(w->a, s->a, w->b, s->b);
}

/* Bytes of words [first, end), or the empty place before `end`. */
static hsy_span bytes_of(const side *s, ptrdiff_t first, ptrdiff_t end) {
  if (first < end) return (hsy_span){s->units[first].word.start, s->units[end - 1].word.end};
  int32_t at = end < s->len ? s->units[end].word.start : (int32_t)s->text.len;
  return (hsy_span){at, at};
}

static bool has_ellipsis(const side *s, ptrdiff_t before) {
  int32_t start = before ? s->units[before - 1].word.end : 0;
  int32_t end = before < s->len ? s->units[before].word.start : (int32_t)s->text.len;
  hsy_str gap = hsy_str_slice(s->text, start, end);
  return hsy_str_find(gap, HSY_S("...")) >= 0 || hsy_str_find(gap, HSY_S("\xE2\x80\xA6")) >= 0 ||
         hsy_str_find(gap, HSY_S(". . .")) >= 0;
}

/* Words [first, end) of `full` are missing in `gapped` before word `at`. Where
 * the words before repeat the end of the gap ("tired and | it"), the gap may as
 * well lie further left: the ellipsis tells where. */
static bool stands_ellipsis(const side *full, ptrdiff_t first, ptrdiff_t end, const side *gapped, ptrdiff_t at) {
  while (!has_ellipsis(gapped, at)) {
    if (!first || !at || !same_word(full, first - 1, full, end - 1)) return false;
    first--, end--, at--;
  }
  return true;
}

static bool all_bracketed(const side *s, ptrdiff_t first, ptrdiff_t end) {
  for (ptrdiff_t i = first; i < end; i++)
    if (!s->units[i].bracketed) return false;
  return first < end;
}

/* Words of a change that are spelled alike, one by one; gone or come words in
 * brackets; or gone words where the other has an ellipsis in their place. */
static bool is_slight(const walk *w, ptrdiff_t a, ptrdiff_t a_end, ptrdiff_t b, ptrdiff_t b_end) {
  if (a == a_end) return all_bracketed(w->b, b, b_end) || stands_ellipsis(w->b, b, b_end, w->a, a);
  if (b == b_end) return all_bracketed(w->a, a, a_end) || stands_ellipsis(w->a, a, a_end, w->b, b);
  if (all_bracketed(w->a, a, a_end) || all_bracketed(w->b, b, b_end)) return true;
  if (a_end - a != b_end - b) return false;
  for (ptrdiff_t k = 0; k < a_end - a; k++)
    if (!same_word(w->a, a + k, w->b, b + k) && !like_words(w->a, a + k, w->b, b + k)) return false;
  return true;
}

static void collect_ops(const walk *w, hsy_alignment *out, hsy_arena *arena) {
  ptrdiff_t a = 0, b = 0; /* words passed */
  for (ptrdiff_t i = 0; i < w->len;) {
    if (is_same(w, &w->steps[i])) {
      a++, b++, i++, out->same++;
      continue;
    }
    ptrdiff_t a_end = a, b_end = b, first = i;
    for (; i < w->len && !is_same(w, &w->steps[i]); i++) {
      a_end += w->steps[i].a >= 0;
      b_end += w->steps[i].b >= 0;
    }
    hsy_align_kind kind = a == a_end ? HSY_ADDED : b == b_end ? HSY_LEFT_OUT : HSY_CHANGED;
    bool slight = is_slight(w, a, a_end, b, b_end), inside = first > 0 && i < w->len;
    *hsy_push(&out->ops, arena) = (hsy_align_op){kind, bytes_of(w->a, a, a_end), bytes_of(w->b, b, b_end), slight};
    out->differs |= !slight && (inside || kind == HSY_CHANGED);
    out->is_cut &= !inside && kind != HSY_CHANGED;
    a = a_end, b = b_end;
  }
  out->is_cut &= out->ops.len > 0 && out->same > 0;
}

bool hsy_align(hsy_str base, hsy_str other, hsy_alignment *out, hsy_arena *arena, hsy_arena scratch, hsy_error *err) {
  side a, b;
  walk w;
  *out = (hsy_alignment){.is_cut = true};
  if (read_side(&a, base, &scratch) && read_side(&b, other, &scratch) && walk_sides(&w, &a, &b, &scratch))
    collect_ops(&w, out, arena);
  return hsy_arena_check(scratch, "reuse", err) && hsy_arena_check(*arena, "reuse", err);
}

const char *hsy_align_name(hsy_align_kind kind) {
  static const char *const names[] = {"left out", "added", "changed"};
  return names[kind];
}
