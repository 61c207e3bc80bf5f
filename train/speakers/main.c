/* Trains whom pronouns, descriptions and quotations without a source mean.
 *
 *   train_speakers MODEL FOLDER...            on all, with figures on held-out folders
 *   train_speakers --without K MODEL FOLDER... on all but the K-th of five folds
 *
 * Steps: the articles as the program tags them; what the ranker is asked, with
 * the answers that the readings give, first where every question before had its
 * right answer, then where the ranker gave them; conditional logit by stochastic
 * gradient with AdaGrad. Everything is deterministic.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "readings.h"
#include "speaker/rank.h"
#include "speaker/speaker.h"

enum { FOLDS = 5, ROWS = 1 << HSY_RANK_BITS, EPOCHS = 12, ROUNDS = 3 };
static const float RATE = 0.05f, L2 = 3e-2f;

/* One question: its candidates' clues, and which is right. */
typedef struct example {
  int group, form, count, gold, best;
  hsy_clues *clues;
} example;
typedef struct examples {
  example *data;
  ptrdiff_t len, cap;
} examples;

typedef struct listener {
  const reading *reading;
  examples *out;
} listener;

static float *trained; /* [ROWS] */
static int8_t rounded[ROWS];

/* Index of the right candidate: the speaker's, else nobody here named. */
static int gold_of(const listener *l, const hsy_doc *doc, int32_t attribution, const int32_t *actors, int count) {
  const char *want = l->reading->speakers[attribution];
  if (!want) return -1;
  for (int i = 1; *want && i < count; i++)
    if (reading_names(doc, actors[i], want)) return i;
  return 0;
}

static void chose(void *user, const hsy_doc *doc, int32_t attribution, int form, const int32_t *actors,
                  const hsy_clues *clues, int count, int best) {
  listener *l = user;
  int gold = gold_of(l, doc, attribution, actors, count);
  if (gold < 0 || !l->out) return;
  examples *e = l->out;
  if (e->len == e->cap) {
    e->cap = e->cap ? 2 * e->cap : 1024;
    e->data = realloc(e->data, (size_t)e->cap * sizeof *e->data);
  }
  hsy_clues *copy = malloc((size_t)count * sizeof *copy);
  memcpy(copy, clues, (size_t)count * sizeof *copy);
  e->data[e->len++] = (example){l->reading->group, form, count, gold, best, copy};
}

static void clear(examples *e) {
  for (ptrdiff_t i = 0; i < e->len; i++) free(e->data[i].clues);
  e->len = 0;
}

static float score(const float *w, const hsy_clues *c) {
  float sum = 0;
  for (int i = 0; i < c->count; i++) sum += w[c->rows[i]];
  return sum;
}

/* Trains on the examples whose fold is not `held`. */
static void fit(const examples *e, int held) {
  float *squares = calloc(ROWS, sizeof *squares);
  memset(trained, 0, ROWS * sizeof *trained);
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    for (ptrdiff_t k = 0; k < e->len; k++) {
      ptrdiff_t at = (ptrdiff_t)(((uint64_t)k * 7919u + (uint64_t)epoch * 104729u) % (uint64_t)e->len);
      const example *x = &e->data[at];
      if (x->group % FOLDS == held || x->count < 2) continue;
      float p[64];
      for (int c = 0; c < x->count; c++) p[c] = score(trained, &x->clues[c]);
      hsy_ranker_softmax(p, x->count);
      for (int c = 0; c < x->count; c++) {
        float g = p[c] - (c == x->gold);
        for (int i = 0; i < x->clues[c].count; i++) {
          uint32_t row = x->clues[c].rows[i];
          float step = g + L2 * trained[row];
          squares[row] += step * step;
          trained[row] -= RATE * step / (sqrtf(squares[row]) + 1e-3f);
        }
      }
    }
  }
  free(squares);
}

static hsy_ranker round_weights(void) {
  float top = 1e-6f;
  for (int i = 0; i < ROWS; i++) top = fmaxf(top, fabsf(trained[i]));
  hsy_ranker r = {ROWS - 1, top / 127, rounded};
  for (int i = 0; i < ROWS; i++) rounded[i] = (int8_t)roundf(trained[i] / r.scale);
  return r;
}

/* How many speakers are right, of how many that a reading tells, by the kind of story (the folder above its own). */
enum { KINDS = 8 };
typedef struct tally {
  char kind[32];
  int right, told;
} tally;

static tally *tally_of(tally *tallies, const char *folder) {
  const char *end = folder + strlen(folder);
  while (end > folder && end[-1] == '/') end--;
  while (end > folder && end[-1] != '/') end--;
  while (end > folder && end[-1] == '/') end--;
  const char *begin = end;
  while (begin > folder && begin[-1] != '/') begin--;
  char kind[sizeof tallies->kind];
  snprintf(kind, sizeof kind, "%.*s", (int)(end - begin), begin);
  int i = 0;
  while (i < KINDS - 1 && *tallies[i].kind && strcmp(tallies[i].kind, kind)) i++;
  if (!*tallies[i].kind) snprintf(tallies[i].kind, sizeof kind, "%s", kind);
  return &tallies[i];
}

/* Resolves the speakers of the articles of the fold (-1: of all); collects the
 * questions; adds to the tallies [KINDS]. */
static void resolve(readings *all, hsy_engine *engine, int only, examples *out, tally *tallies) {
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)256 << 20, &err);
  for (ptrdiff_t i = 0; i < all->rows.len; i++) {
    reading *r = &all->rows.data[i];
    if (only >= 0 && r->group % FOLDS != only) continue;
    listener l = {r, out};
    hsy_speaker_watch watch = {chose, &l};
    reading_reset(r);
    if (!heap || !hsy_speaker_resolve_watched(&r->doc, &engine->speaker, &watch, hsy_heap_reset(heap), &err)) exit(1);
    for (ptrdiff_t k = 0; k < r->doc.attributions.len; k++) {
      const hsy_attribution *a = &r->doc.attributions.data[k];
      if (!r->speakers[k]) continue;
      tally *t = tally_of(tallies, r->folder);
      t->told++;
      t->right += a->speakers.len ? *r->speakers[k] && reading_names(&r->doc, a->speakers.data[0], r->speakers[k])
                                  : !*r->speakers[k];
    }
  }
  hsy_heap_free(heap);
}

static void train(readings *all, hsy_engine *engine, int held, examples *last) {
  tally unused[KINDS] = {0};
  memset(rounded, 0, sizeof rounded);
  engine->speaker.ranker = (hsy_ranker){ROWS - 1, 0, rounded};
  for (int round = 0; round < ROUNDS; round++) {
    clear(last);
    resolve(all, engine, -1, last, unused);
    fit(last, held);
    engine->speaker.ranker = round_weights();
  }
}

static const char *const FORMS[] = {"", "he, she", "it", "they", "role", "body", "cue alone", "bare quotation"};

static void report(readings *all, hsy_engine *engine) {
  tally tallies[KINDS] = {0};
  int asked[HSY_QUERY_FORMS] = {0}, hit[HSY_QUERY_FORMS] = {0}, named[HSY_QUERY_FORMS] = {0};
  for (int fold = 0; fold < FOLDS; fold++) {
    examples e = {0}, seen = {0};
    train(all, engine, fold, &e);
    resolve(all, engine, fold, &seen, tallies);
    for (ptrdiff_t i = 0; i < seen.len; i++) {
      asked[seen.data[i].form]++;
      hit[seen.data[i].form] += seen.data[i].best == seen.data[i].gold;
      named[seen.data[i].form] += seen.data[i].gold > 0;
    }
    clear(&e);
    clear(&seen);
  }
  for (int f = 1; f < HSY_QUERY_FORMS; f++)
    fprintf(stderr, "  %-16s %5d asked, %.3f right, %.3f have somebody named\n", FORMS[f], asked[f],
            asked[f] ? (double)hit[f] / asked[f] : 0.0, asked[f] ? (double)named[f] / asked[f] : 0.0);
  for (const tally *t = tallies; t < tallies + KINDS && *t->kind; t++)
    fprintf(stderr, "held-out folders of %s: speaker right of found %.4f (%d of %d)\n", t->kind,
            (double)t->right / t->told, t->right, t->told);
}

static void write_model(const char *path, const readings *all, hsy_ranker ranker, ptrdiff_t questions) {
  FILE *f = fopen(path, "wb");
  if (!f) {
    perror(path);
    exit(1);
  }
  uint32_t bits = HSY_RANK_BITS;
  fprintf(f, "hearsay model 1\ndata: %d stories with a reading, %td articles, %td questions\n", all->groups,
          all->rows.len, questions);
  fprintf(f, "options: %d rounds, %d epochs, rate %g, l2 %g\n\n", ROUNDS, EPOCHS, RATE, L2);
  fprintf(f, "ranker %d\n", 8 + ROWS);
  fwrite(&bits, 4, 1, f);
  fwrite(&ranker.scale, 4, 1, f);
  fwrite(rounded, 1, ROWS, f);
  if (fclose(f)) {
    perror(path);
    exit(1);
  }
}

int main(int argc, char **argv) {
  int held = -1;
  if (argc > 3 && !strcmp(argv[1], "--without")) {
    held = atoi(argv[2]);
    argv += 2;
    argc -= 2;
  }
  if (argc < 3) {
    fprintf(stderr, "usage: train_speakers [--without K] MODEL FOLDER...\n");
    return 2;
  }
  hsy_error err = {0};
  hsy_engine *engine = hsy_engine_new(NULL, true, &err);
  if (!engine) {
    fprintf(stderr, "train_speakers: %s\n", err.message);
    return 1;
  }
  trained = calloc(ROWS, sizeof *trained);
  readings all;
  readings_load(&all, engine, argv + 2, argc - 2);
  if (held < 0) report(&all, engine);
  examples e = {0};
  train(&all, engine, held, &e);
  write_model(argv[1], &all, round_weights(), e.len);
  return 0;
}
