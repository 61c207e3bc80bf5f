/* What finding copies costs as a store grows, and how fast fingerprints are.
 *
 * usage: reuse_bench [ARTICLES] [all|same]
 *
 * The articles (100000 by default) are made, not read. Each has 5 to 24
 * sentences of 8 to 24 words, drawn from 20000 made-up words with Zipf's
 * frequencies, so that hardly two sentences are alike. Two in ten are copies:
 * they keep 70 to 100 in a hundred of the sentences of an article among the
 * 100000 before, in order, and replace one in ten of those by their own. All
 * articles are spread over 200 outlets, each of which closes its articles with
 * two sentences of its own (furniture), and each article opens with one of 500
 * stock phrases of nine words, so that some fingerprints stand in very many.
 * `same`: instead, each article is one sentence of its own before one and the
 * same boilerplate of twelve, from as many outlets as there are articles.
 *
 * Texts are made anew from the article's number whenever they are asked for;
 * making the batch is not timed, making those that are compared is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <xxhash.h>

#include "index/memory.h"
#include "reuse/reuse.h"
#include "reuse/compare.h"

enum { WORDS = 20000, BATCH = 1000, OUTLETS = 200, PHRASES = 500, REACH = 100000 };

/* Time of this process on the core: the machine may have other work. */
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- numbers drawn by lot, the same every time ---- */

static uint64_t scramble(uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93u;
  x ^= x >> 32;
  return x * 0xD6E8FEB86659FD93u;
}

static uint64_t draw(uint64_t *seed, uint64_t below) { return (scramble((*seed)++) >> 32) % below; }

/* Keys are a permutation of the numbers: undone by the inverse factors. */
static const uint64_t FACTOR = 0x9E3779B97F4A7C15u;
static uint64_t inverse(uint64_t a) {
  uint64_t x = a; /* Newton, doubling the right bits */
  for (int i = 0; i < 6; i++) x *= 2 - a * x;
  return x;
}
static hsy_key key_of(uint64_t number) {
  uint64_t x = (number + 1) * FACTOR;
  x = (x ^ x >> 32) * FACTOR;
  return (x ^ x >> 32) * FACTOR;
}
static uint64_t number_of(hsy_key key) {
  uint64_t back = inverse(FACTOR), x = key * back;
  x = (x ^ x >> 32) * back;
  return (x ^ x >> 32) * back - 1;
}

/* ---- texts ---- */

static char vocabulary[WORDS][12];
static uint8_t lengths[WORDS];
static bool same_boilerplate;

static void make_vocabulary(void) {
  static const char *const syllables[] = {"ba", "ker", "li", "mon", "ta", "ru", "sel", "vi", "dor", "na", "pe", "stu"};
  for (int i = 0; i < WORDS; i++) {
    char *out = vocabulary[i];
    for (int n = i + 12; n > 0; n /= 12) out = stpcpy(out, syllables[n % 12]);
    lengths[i] = (uint8_t)(out - vocabulary[i]);
  }
}

/* P(rank) ∝ 1 / rank, by the inverse of the logarithm in steps of an octave. */
static int draw_word(uint64_t *seed) {
  uint64_t octave = draw(seed, 14), low = 1ull << octave;
  uint64_t rank = low + draw(seed, low);
  return (int)(rank < WORDS ? rank : rank % WORDS);
}

static void add_words(hsy_buf *out, uint64_t seed, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    int word = draw_word(&seed);
    if (i) hsy_buf_byte(out, ' ');
    hsy_buf_add(out, (hsy_str){vocabulary[word], lengths[word]});
  }
}

static void add_sentence(hsy_buf *out, uint64_t seed) {
  uint64_t count = 8 + draw(&seed, 17);
  add_words(out, seed * 31, count);
  hsy_buf_add(out, HSY_S(". "));
}

static uint64_t article_seed(uint64_t number) { return number * 1000003 << 8; }

/* Copies have odd numbers, what they copy even ones. */
static bool copy_of(uint64_t number, uint64_t *source) {
  uint64_t seed = article_seed(number);
  if (number < 2 || number % 2 == 0 || draw(&seed, 10) >= 4) return false;
  uint64_t back = draw(&seed, number < REACH ? number : REACH);
  *source = (number - 1 - back) & ~1ull;
  return true;
}

static void add_body(hsy_buf *out, uint64_t number) {
  uint64_t source, seed = article_seed(number) + 7, own = seed;
  bool copy = copy_of(number, &source);
  uint64_t from = copy ? article_seed(source) + 7 : seed;
  uint64_t count = 5 + draw(&from, 20), keep = copy ? 70 + draw(&seed, 31) : 100;
  for (uint64_t i = 0; i < count; i++) {
    if (draw(&seed, 100) >= keep) continue;
    bool replace = copy && draw(&seed, 10) == 0;
    add_sentence(out, scramble((replace ? own : from - 1) * 64 + i));
    if (i % 3 == 2) hsy_buf_byte(out, '\n');
  }
}

static void add_phrase(hsy_buf *out, uint64_t number) {
  uint64_t seed = article_seed(number) + 3;
  add_words(out, 0xFACE + draw(&seed, 1 + draw(&seed, PHRASES)), 9);
  hsy_buf_add(out, HSY_S(".\n"));
}

static hsy_str make_text(void *user, hsy_key key, hsy_arena *arena) {
  (void)user;
  uint64_t number = number_of(key), seed = article_seed(number) + 3;
  hsy_buf out = hsy_buf_in(arena);
  out.data = hsy_new(arena, char, 8192);
  out.cap = out.data ? 8192 : 0;
  if (same_boilerplate) {
    add_sentence(&out, seed);
    for (uint64_t i = 0; i < 12; i++) add_sentence(&out, 77 + i);
    return hsy_buf_str(&out);
  }
  add_phrase(&out, number);
  add_body(&out, number);
  add_sentence(&out, 0xF00D + number % OUTLETS * 2);
  add_sentence(&out, 0xF00D + number % OUTLETS * 2 + 1);
  return hsy_buf_str(&out);
}

/* ---- the run ---- */

typedef struct run {
  hsy_memory *memory;
  hsy_reuse *reuse;
  hsy_heap *heap;
  double seconds[10];
  uint64_t compared[10], bytes;
  hsy_error err;
} run;

static hsy_reuse_document describe(uint64_t number, hsy_arena *arena) {
  hsy_reuse_document d = {.key = key_of(number)};
  d.text = make_text(NULL, d.key, arena);
  d.outlet = hsy_str_printf(arena, "Outlet %llu", (unsigned long long)(same_boilerplate ? number : number % OUTLETS));
  d.published = HSY_S("2024-01-01");
  return d;
}

static bool add_batch(run *r, uint64_t first, uint64_t end, int tenth) {
  hsy_arena arena = hsy_heap_reset(r->heap);
  hsy_reuse_document *batch = hsy_new(&arena, hsy_reuse_document, (ptrdiff_t)(end - first));
  for (uint64_t i = first; i < end; i++) {
    batch[i - first] = describe(i, &arena);
    r->bytes += (uint64_t)batch[i - first].text.len;
  }
  double start = now();
  for (uint64_t i = first; i < end; i++)
    if (!hsy_reuse_add(r->reuse, &batch[i - first], &r->err)) return false;
  if (!hsy_reuse_update(r->reuse, &r->err)) return false;
  /* 200000 in one group: rewriting it a thousand at a time is not what is asked. */
  if (!same_boilerplate && !hsy_reuse_finish(r->reuse, &r->err)) return false;
  r->seconds[tenth] += now() - start;
  return true;
}

static bool run_all(run *r, uint64_t articles) {
  for (uint64_t i = 0; i < articles; i += BATCH) {
    int tenth = (int)(i * 10 / articles);
    uint64_t before = hsy_reuse_count(r->reuse).candidates;
    if (!add_batch(r, i, i + BATCH < articles ? i + BATCH : articles, tenth)) return false;
    r->compared[tenth] += hsy_reuse_count(r->reuse).candidates - before;
  }
  double start = now();
  bool done = hsy_reuse_finish(r->reuse, &r->err);
  r->seconds[9] += now() - start;
  return done;
}

typedef struct tally {
  uint64_t groups, documents, largest, found, wrong;
} tally;

/* Of a group made from one source: its copies are found, others are wrong. */
static bool tally_group(void *user, const hsy_copy_group *g) {
  tally *t = user;
  if (!g->whole) return true;
  uint64_t first = number_of(g->documents[0]), root = first;
  copy_of(first, &root);
  t->groups++;
  t->documents += (uint64_t)g->document_count;
  if ((uint64_t)g->document_count > t->largest) t->largest = (uint64_t)g->document_count;
  for (ptrdiff_t i = 0; i < g->document_count; i++) {
    uint64_t number = number_of(g->documents[i]), source = number;
    bool copy = copy_of(number, &source);
    t->found += copy && source == root;
    t->wrong += source != root;
  }
  return true;
}

/* Without the outlet's furniture. */
static hsy_str body_of(uint64_t number, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  add_phrase(&out, number);
  add_body(&out, number);
  return hsy_buf_str(&out);
}

/* How many of the planted copies are copies by the definition: cutting and
 * replacing may take one below a containment of 0.6. Told without furniture and
 * without grams that run into it, so a few more than the definition has. */
static uint64_t count_true_copies(const run *r, uint64_t articles) {
  uint64_t source, true_copies = 0;
  for (uint64_t i = 0; i < articles; i++) {
    if (!copy_of(i, &source)) continue;
    hsy_arena arena = hsy_heap_reset(r->heap);
    hsy_arena scratch = hsy_arena_split(&arena, (size_t)1 << 29);
    hsy_article a = {0}, b = {0};
    hsy_comparison c;
    hsy_article_init(&a, body_of(i, &arena), NULL, 0, NULL, 0, &arena);
    hsy_article_init(&b, body_of(source, &arena), NULL, 0, NULL, 0, &arena);
    true_copies += hsy_compare(&a, &b, &c, &arena, scratch, NULL) && c.whole;
  }
  return true_copies;
}

static void report(const run *r, uint64_t articles) {
  uint64_t planted = 0, source;
  tally t = {0};
  struct rusage usage;
  hsy_reuse_counts c = hsy_reuse_count(r->reuse);
  for (uint64_t i = 0; i < articles; i++) planted += copy_of(i, &source);
  hsy_memory_groups(r->memory, tally_group, &t);
  getrusage(RUSAGE_SELF, &usage);
  for (int i = 0; i < 10; i++)
    printf("tenth %2d: %7.1f us an article, %.2f compared\n", i + 1, r->seconds[i] * 1e7 / (double)articles,
           (double)r->compared[i] * 10 / (double)articles);
  printf("last tenth / second tenth: %.2f (bar 1.3)\n", r->seconds[9] / r->seconds[1]);
  printf("articles %llu, %.1f MB, %.1f fingerprints each, compared at most %llu, compared again %llu\n",
         (unsigned long long)articles, (double)r->bytes / 1e6, (double)c.fingerprints / (double)articles,
         (unsigned long long)c.most_candidates, (unsigned long long)c.again);
  printf("groups of wholes %llu, largest %llu, documents in them %llu\n", (unsigned long long)t.groups,
         (unsigned long long)t.largest, (unsigned long long)t.documents);
  if (!same_boilerplate)
    printf("copies planted %llu, with containment of 0.6 or more %llu, found with their source %llu, wrong %llu\n",
           (unsigned long long)planted, (unsigned long long)count_true_copies(r, articles), (unsigned long long)t.found,
           (unsigned long long)t.wrong);
  printf("memory at most %.0f MiB (bar 1024)\n", (double)usage.ru_maxrss / 1024);
}

/* ---- fingerprints against a plain hash ---- */

static void print_speed(hsy_heap *heap) {
  enum { COUNT = 20000 };
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_str *texts = hsy_new(&arena, hsy_str, COUNT);
  uint64_t bytes = 0, sum = 0, picks = 0;
  for (uint64_t i = 0; i < COUNT; i++) {
    texts[i] = make_text(NULL, key_of(i), &arena);
    bytes += (uint64_t)texts[i].len;
  }
  double best = 1e9, best_hash = 1e9;
  for (int round = 0; round < 3; round++) {
    double start = now();
    for (int i = 0; i < COUNT; i++) sum += XXH3_64bits(texts[i].data, (size_t)texts[i].len);
    double middle = now();
    for (int i = 0; i < COUNT; i++) {
      hsy_arena scratch = arena;
      ptrdiff_t count, picked;
      hsy_words words = hsy_words_of(texts[i], NULL, 0, NULL, 0, &scratch);
      uint64_t *grams = hsy_words_grams(words, HSY_GRAM, &scratch, &count);
      hsy_words_pick(grams, count, &scratch, &picked);
      picks += (uint64_t)picked;
    }
    double end = now();
    if (middle - start < best_hash) best_hash = middle - start;
    if (end - middle < best) best = end - middle;
  }
  printf("fingerprints %.0f MB/s (bar 100), xxh3 over the same text %.0f MB/s (%llx, %llu)\n",
         (double)bytes / best / 1e6, (double)bytes / best_hash / 1e6, (unsigned long long)(sum & 15),
         (unsigned long long)picks);
}

static void say(void *user, const char *message) {
  if (++*(int *)user <= 5) printf("log: %s\n", message);
}

int main(int argc, char **argv) {
  uint64_t articles = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
  same_boilerplate = argc > 2 && !strcmp(argv[2], "same");
  run r = {0};
  int said = 0;
  if (articles < 10) return 2;
  make_vocabulary();
  r.heap = hsy_heap_new((size_t)1 << 30, &r.err);
  r.memory = hsy_memory_new(make_text, NULL, &r.err);
  if (!r.heap || !r.memory) return 1;
  print_speed(r.heap);
  hsy_index index = hsy_memory_index(r.memory);
  r.reuse = hsy_reuse_new(&index, &(hsy_reuse_options){say, &said}, &r.err);
  bool done = r.reuse && run_all(&r, articles);
  if (done)
    report(&r, articles);
  else
    fprintf(stderr, "%s\n", r.err.message);
  hsy_reuse_free(r.reuse);
  hsy_memory_free(r.memory);
  hsy_heap_free(r.heap);
  return done ? 0 : 1;
}
