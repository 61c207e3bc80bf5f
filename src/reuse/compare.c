#include "reuse/compare.h"

#include <stdlib.h>
#include <string.h>

/* How much has to be shared. The figures are reasoned in docs/decisions. */
enum {
  LEAST_COMMON = 8,     /* grams; with fewer no passage is looked for */
  LEAST_OWN = 16,       /* grams left without furniture, below which furniture counts after all */
  WHOLE_WORDS = 12,     /* words outside quotation marks that wholes share */
  PASSAGE_WORDS = 20,   /* such words in a passage of two lines or more */
  LINE_WORDS = 75,      /* such words in a passage within one line */
  SCATTERED_WORDS = 45, /* such words in several pieces */
  PIECE_WORDS = 8,      /* such words in a piece that counts there */
  GAP = 12,             /* words between two runs of a passage */
  AHEAD = 32,           /* later runs looked at for the next of a chain */
  PASSAGES = 64         /* kept of a pair */
};
static const double WHOLE = 0.6;
/* Furniture is a line or two; a longer run is an article told in instalments. */
static const ptrdiff_t FURNITURE_WORDS = 150;

/* ---- one article ---- */

static int32_t *find_slot(const hsy_article *a, uint64_t gram) {
  uint64_t at = gram * 0x9E3779B97F4A7C15u >> 24 & a->mask;
  while (a->slots[at] && a->grams[a->slots[at] - 1] != gram) at = (at + 1) & a->mask;
  return &a->slots[at];
}

static void build_table(hsy_article *a, hsy_arena *arena) {
  uint64_t size = 16;
  while (size < (uint64_t)a->gram_count * 2) size *= 2;
  a->mask = size - 1;
  a->slots = hsy_new(arena, int32_t, (ptrdiff_t)size);
  a->gram_flags = hsy_new(arena, uint8_t, a->gram_count + 1);
  a->word_flags = hsy_new(arena, uint8_t, a->words.len + 1);
  if (!a->slots || !a->gram_flags || !a->word_flags) return;
  for (ptrdiff_t i = 0; i < a->gram_count; i++) {
    int32_t *slot = find_slot(a, a->grams[i]);
    if (*slot) continue;
    *slot = (int32_t)i + 1;
    a->gram_flags[i] = HSY_IS_FIRST;
    a->distinct++;
  }
  a->own = a->distinct;
}

void hsy_article_init(hsy_article *a, hsy_str text, const hsy_span *skip, ptrdiff_t skip_count, const hsy_span *quoted,
                      ptrdiff_t quoted_count, hsy_arena *arena) {
  a->words = hsy_words_of(text, skip, skip_count, quoted, quoted_count, arena);
  a->grams = hsy_words_grams(a->words, HSY_GRAM, arena, &a->gram_count);
  a->picks = hsy_words_pick(a->grams, a->gram_count, arena, &a->pick_count);
  build_table(a, arena);
}

/* Flags of grams between picks i and i + 1: those of both, or of the nearer
 * where only one has them; text before the first and behind the last pick goes
 * with that pick. */
static void spread_flags(hsy_article *a, const uint8_t *pick_flags) {
  ptrdiff_t at = 0;
  for (ptrdiff_t i = 0; i < a->pick_count; i++) {
    ptrdiff_t end = i + 1 < a->pick_count ? (a->picks[i] + a->picks[i + 1] + 1) / 2 : a->gram_count;
    for (; at < end; at++) a->gram_flags[at] = (uint8_t)((a->gram_flags[at] & HSY_IS_FIRST) | pick_flags[i]);
  }
}

static void unflag_long_runs(hsy_article *a) {
  for (ptrdiff_t i = 0, end; i < a->gram_count; i = end + 1) {
    for (end = i; end < a->gram_count && a->gram_flags[end] & HSY_IS_FURNITURE; end++) {
    }
    if (end - i + HSY_GRAM - 1 <= FURNITURE_WORDS) continue;
    for (ptrdiff_t j = i; j < end; j++) a->gram_flags[j] &= (uint8_t)~HSY_IS_FURNITURE;
  }
}

void hsy_article_flag(hsy_article *a, const uint8_t *pick_flags) {
  spread_flags(a, pick_flags);
  unflag_long_runs(a);
  a->own = 0;
  for (ptrdiff_t i = 0; i < a->gram_count; i++)
    a->own += (a->gram_flags[i] & (HSY_IS_FIRST | HSY_IS_FURNITURE)) == HSY_IS_FIRST;
  uint8_t bits[] = {HSY_IS_FURNITURE, HSY_IS_COMMON};
  for (int b = 0; b < 2; b++) {
    ptrdiff_t covered = 0;
    for (ptrdiff_t i = 0; i < a->words.len; i++) {
      if (i < a->gram_count && a->gram_flags[i] & bits[b]) covered = i + HSY_GRAM;
      if (i < covered) a->word_flags[i] |= bits[b];
    }
  }
}

/* ---- containment ---- */

static double share(ptrdiff_t common, ptrdiff_t a, ptrdiff_t b) {
  ptrdiff_t shorter = a < b ? a : b;
  return shorter ? (double)common / (double)shorter : 0;
}

/* Whether each says something of its own beside what they share. */
static bool both_differ(const hsy_article *a, const hsy_article *b, ptrdiff_t common) {
  return a->distinct - common >= HSY_GRAM && b->distinct - common >= HSY_GRAM;
}

/* |A ∩ B| / min(|A|, |B|) over distinct grams, each set without its furniture.
 * Where furniture is nearly all there is, it is the article, unless each has a
 * sentence of its own and nothing but furniture is shared: a short note above a
 * standing notice. */
static double containment(const hsy_article *a, const hsy_article *b, ptrdiff_t *shared) {
  ptrdiff_t common = 0, own = 0;
  for (ptrdiff_t i = 0; i < b->gram_count; i++) {
    if (!(b->gram_flags[i] & HSY_IS_FIRST)) continue;
    int32_t slot = *find_slot(a, b->grams[i]);
    if (!slot) continue;
    common++;
    own += !((a->gram_flags[slot - 1] | b->gram_flags[i]) & HSY_IS_FURNITURE);
  }
  *shared = common;
  if (own == 0 && both_differ(a, b, common)) return 0;
  if (a->own < LEAST_OWN || b->own < LEAST_OWN) return share(common, a->distinct, b->distinct);
  return share(own, a->own, b->own);
}

/* ---- runs and chains ---- */

typedef struct run {
  int32_t a, b, len; /* words */
  bool used;
} run;

typedef HSY_VEC(run) runs;

typedef struct seeds {
  uint64_t *grams;
  int32_t *slots;
  uint64_t mask;
  ptrdiff_t count;
} seeds;

static int32_t *seed_slot(const seeds *s, uint64_t gram) {
  uint64_t at = gram * 0x9E3779B97F4A7C15u >> 24 & s->mask;
  while (s->slots[at] && s->grams[s->slots[at] - 1] != gram) at = (at + 1) & s->mask;
  return &s->slots[at];
}

static bool seeds_of(seeds *s, hsy_words words, hsy_arena *arena) {
  s->grams = hsy_words_grams(words, HSY_SEED, arena, &s->count);
  uint64_t size = 16;
  while (size < (uint64_t)s->count * 2) size *= 2;
  s->mask = size - 1;
  s->slots = hsy_new(arena, int32_t, (ptrdiff_t)size);
  if (!s->grams || !s->slots) return false;
  for (ptrdiff_t i = 0; i < s->count; i++) {
    int32_t *slot = seed_slot(s, s->grams[i]);
    if (!*slot) *slot = (int32_t)i + 1;
  }
  return true;
}

static int32_t extend(hsy_words a, hsy_words b, ptrdiff_t i, ptrdiff_t j) {
  int32_t len = 0;
  while (i + len < a.len && j + len < b.len && a.data[i + len].hash == b.data[j + len].hash) len++;
  return len;
}

/* Runs of equal words in the order of b. A seed that stands more than once in
 * a is looked for where the last run would go on, then where it stands first. */
static void find_runs(const hsy_article *a, const hsy_article *b, runs *out, hsy_arena *arena, hsy_arena scratch) {
  seeds s;
  ptrdiff_t count, ahead = 0; /* ahead: word of a that goes on the last run, less its word of b */
  if (!seeds_of(&s, a->words, &scratch)) return;
  uint64_t *grams = hsy_words_grams(b->words, HSY_SEED, &scratch, &count);
  for (ptrdiff_t j = 0; j < count;) {
    ptrdiff_t i = j + ahead;
    if (i < 0 || i >= s.count || s.grams[i] != grams[j]) i = *seed_slot(&s, grams[j]) - 1;
    int32_t len = i < 0 ? 0 : extend(a->words, b->words, i, j);
    if (len < HSY_SEED) {
      j++;
      continue;
    }
    *hsy_push(out, arena) = (run){(int32_t)i, (int32_t)j, len, false};
    ahead = i - j;
    j += len - HSY_SEED + 2;
  }
}

typedef struct passage {
  int32_t a_start, a_end, b_start, b_end; /* words */
  int32_t matched;                        /* words */
  int32_t plain;                          /* of these outside quotation marks */
  int32_t own;                            /* of those no furniture */
  int32_t a_lines, b_lines;               /* lines that have own words */
  uint32_t a_line, b_line;                /* the last of them, + 1 */
} passage;

static void add_word(passage *p, const hsy_article *a, const hsy_article *b, ptrdiff_t i, ptrdiff_t j) {
  const hsy_word *x = &a->words.data[i], *y = &b->words.data[j];
  p->matched++;
  if (x->quoted || y->quoted) return;
  p->plain++;
  if (a->word_flags[i] | b->word_flags[j]) return;
  p->own++;
  uint32_t a_line = x->line + 1u, b_line = y->line + 1u;
  p->a_lines += a_line != p->a_line;
  p->b_lines += b_line != p->b_line;
  p->a_line = a_line;
  p->b_line = b_line;
}

/* Adds a run to a passage that ends before it, or that it overlaps a little. */
static void add_run(passage *p, const hsy_article *a, const hsy_article *b, const run *r) {
  int32_t skip = 0;
  if (!p->matched) *p = (passage){.a_start = r->a, .b_start = r->b, .a_end = r->a, .b_end = r->b};
  if (p->a_end - r->a > skip) skip = p->a_end - r->a;
  if (p->b_end - r->b > skip) skip = p->b_end - r->b;
  for (int32_t k = skip; k < r->len; k++) add_word(p, a, b, r->a + k, r->b + k);
  p->a_end = r->a + r->len;
  p->b_end = r->b + r->len;
}

/* The run begins behind the passage in both texts, or overlaps its end by less
 * than the run is long. */
static bool follows(const passage *p, const run *r) {
  int32_t a = r->a - p->a_end, b = r->b - p->b_end, least = a < b ? a : b;
  return least >= -HSY_SEED && a <= GAP && b <= GAP && r->len > -least;
}

typedef HSY_VEC(passage) passages;

static void chain_runs(const hsy_article *a, const hsy_article *b, runs *all, passages *out, hsy_arena *arena) {
  for (ptrdiff_t i = 0; i < all->len; i++) {
    if (all->data[i].used) continue;
    passage p = {0};
    add_run(&p, a, b, &all->data[i]);
    for (ptrdiff_t j = i + 1, last = i; j < all->len && j - last <= AHEAD; j++) {
      run *r = &all->data[j];
      if (r->b - p.b_end > GAP) break;
      if (r->used || !follows(&p, r)) continue;
      add_run(&p, a, b, r);
      r->used = true;
      last = j;
    }
    *hsy_push(out, arena) = p;
  }
}

/* ---- verdict ---- */

static bool is_dense(const passage *p) {
  return p->matched * 2 >= p->a_end - p->a_start && p->matched * 2 >= p->b_end - p->b_start;
}

static bool is_part(const passage *p) {
  return is_dense(p) && p->own >= (p->a_lines > 1 || p->b_lines > 1 ? PASSAGE_WORDS : LINE_WORDS);
}

/* Shared words outside quotations in pieces of some length, each too short to
 * count alone, that are a tenth of the shorter text: sentences in another order. */
static bool is_scattered(const hsy_article *a, const hsy_article *b, const passages *all) {
  ptrdiff_t shorter = a->words.len < b->words.len ? a->words.len : b->words.len;
  int32_t own = 0, pieces = 0;
  for (ptrdiff_t i = 0; i < all->len; i++)
    if (is_dense(&all->data[i]) && all->data[i].own >= PIECE_WORDS) own += all->data[i].own, pieces++;
  return pieces > 1 && own >= SCATTERED_WORDS && own * 10 >= shorter;
}

static ptrdiff_t words_beside(const hsy_article *a, uint32_t line) {
  ptrdiff_t count = 0;
  for (ptrdiff_t i = 0; i < a->words.len; i++) count += a->words.data[i].line + 1u != line;
  return count;
}

/* All that is shared stands in one line of either, too short for a passage, below or above what each says
 * for itself: a notice or a form that both carry, whose ever it is. */
static bool is_notice(const hsy_article *a, const hsy_article *b, const passages *all, ptrdiff_t common) {
  uint32_t line_a = 0, line_b = 0;
  for (ptrdiff_t i = 0; i < all->len; i++) {
    const passage *p = &all->data[i];
    if (p->matched < HSY_GRAM) continue;
    uint32_t first = a->words.data[p->a_start].line + 1u, last = a->words.data[p->a_end - 1].line + 1u;
    uint32_t other = b->words.data[p->b_start].line + 1u, end = b->words.data[p->b_end - 1].line + 1u;
    if (p->plain >= LINE_WORDS || first != last || other != end || (line_a && (line_a != first || line_b != other)))
      return false;
    line_a = first;
    line_b = other;
  }
  return line_a && both_differ(a, b, common) && words_beside(a, line_a) >= HSY_GRAM &&
         words_beside(b, line_b) >= HSY_GRAM;
}

static int by_a(const void *x, const void *y) {
  const hsy_shared *a = x, *b = y;
  return a->a.start != b->a.start ? (a->a.start > b->a.start) - (a->a.start < b->a.start)
                                  : (a->b.start > b->b.start) - (a->b.start < b->b.start);
}

/* least: own words of a passage that is kept (of matched words for wholes). */
static void keep_passages(const hsy_article *a, const hsy_article *b, const passages *all, bool whole, int32_t least,
                          hsy_comparison *out, hsy_arena *arena) {
  out->passages = hsy_new(arena, hsy_shared, PASSAGES);
  for (ptrdiff_t i = 0; i < all->len && out->passages && out->passage_count < PASSAGES; i++) {
    const passage *p = &all->data[i];
    if ((whole ? p->matched : p->own) < least || !is_dense(p)) continue;
    out->passages[out->passage_count++] = (hsy_shared){
        {a->words.data[p->a_start].start, a->words.data[p->a_end - 1].end},
        {b->words.data[p->b_start].start, b->words.data[p->b_end - 1].end},
    };
  }
  if (out->passages) qsort(out->passages, (size_t)out->passage_count, sizeof *out->passages, by_a);
}

bool hsy_compare(const hsy_article *a, const hsy_article *b, hsy_comparison *out, hsy_arena *arena, hsy_arena scratch,
                 hsy_error *err) {
  ptrdiff_t common;
  *out = (hsy_comparison){.containment = containment(a, b, &common)};
  if (common < LEAST_COMMON) return true;
  hsy_arena half = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  runs all = {0};
  passages found = {0};
  find_runs(a, b, &all, &scratch, half);
  chain_runs(a, b, &all, &found, &half);
  if (!hsy_arena_check(scratch, "reuse", err)) return false;
  int32_t plain = 0;
  bool part = false;
  for (ptrdiff_t i = 0; i < found.len; i++) {
    plain += found.data[i].plain;
    part |= is_part(&found.data[i]);
  }
  out->whole = out->containment >= WHOLE && plain >= WHOLE_WORDS && !is_notice(a, b, &found, common);
  bool scattered = !part && is_scattered(a, b, &found);
  bool same_outlet = a->outlet && a->outlet == b->outlet; /* repeats itself: no copy */
  out->part = !out->whole && !same_outlet && (part || scattered);
  if (out->whole) keep_passages(a, b, &found, true, HSY_GRAM, out, arena);
  if (out->part) keep_passages(a, b, &found, false, scattered ? PIECE_WORDS : PASSAGE_WORDS, out, arena);
  return hsy_arena_check(*arena, "reuse", err);
}
