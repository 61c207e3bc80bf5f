/* Trains the quotation models.
 *
 *   train FOLDER MODEL            FOLDER: brat standoff beside text (PolNeAR's train)

 *
 * Steps: how words are used; the first tagger; its predictions on the training
 * documents through folds; the second tagger, likewise; the rankers and the
 * confidence on what the second's folds find. Everything is deterministic.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus.h"
#include "crf_train.h"
#include "quote/find.h"
#include "tie_train.h"
#include "words.h"

enum { FOLDS = 4, BASE_BITS = 17, CONTEXT_BITS = 16, BASE = 1 << BASE_BITS, CONTEXT = 1 << CONTEXT_BITS };

/* Rows of the second pass: those of the base features, then of the context. */
static const crf_options FIRST = {BASE, HSY_TAGS, .epochs = 10, .rate = 0.01f, .l2 = 1e-4f, .dropout = 0.4f};
static const crf_options SECOND = {BASE + CONTEXT, HSY_TAGS, .epochs = 8, .rate = 0.01f, .l2 = 1e-4f, .dropout = 0.4f};

/* The training documents as sequences, a paragraph each. */
typedef struct sequences {
  crf_sequence *rows;
  int32_t count;
  int32_t *doc, *first; /* of each row: its document, its first token there */
} sequences;

typedef struct training {
  corpus corpus;
  hsy_quote_view *views;          // [docs]
  hsy_first_pass *first, *second; // [docs] found through folds
} training;

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void say(const char *what) {
  static double start;
  if (start == 0) start = seconds();
  fprintf(stderr, "%6.1f s  %s\n", seconds() - start, what);
}

static hsy_quote_view *make_views(corpus *c, word_counts *counts) {
  hsy_quote_view *views = calloc((size_t)c->docs.len, sizeof *views);
  hsy_quote_words words;
  hsy_error err = {0};
  hsy_verb_memory *memory = calloc(1, sizeof *memory);
  if (!memory || !hsy_quote_words_load(&words, &c->arena, &err)) exit(1);
  for (ptrdiff_t i = 0; i < c->docs.len; i++) {
    words.uses = words_buckets_without(counts, &c->docs.data[i]);
    hsy_quote_view_make(&views[i], &c->docs.data[i].doc, &words, memory, &c->arena);
    free((void *)words.uses.rows);
  }
  free(memory);
  return views;
}

static hsy_first_pass *make_passes(const corpus *c) {
  hsy_first_pass *passes = calloc((size_t)c->docs.len, sizeof *passes);
  for (ptrdiff_t i = 0; i < c->docs.len; i++) {
    size_t n = (size_t)c->docs.data[i].doc.tokens.len + 1;
    passes[i].tags = calloc(n, 1);
    passes[i].marginals = calloc(n * HSY_CRF_TAGS, sizeof(float));
    passes[i].left = calloc(n, sizeof *passes[i].left);
    passes[i].right = calloc(n, sizeof *passes[i].right);
    passes[i].runs = calloc(n, sizeof *passes[i].runs);
  }
  return passes;
}

/* The rows of one token's features; those of the context where the first pass
 * is known. */
static int rows_of(const training *tr, int32_t doc, int32_t token, const hsy_paragraph *p, const hsy_first_pass *before,
                   uint32_t *out) {
  int base = hsy_quote_features(&tr->views[doc], token, p, out);
  for (int i = 0; i < base; i++) out[i] &= BASE - 1;
  if (!before) return base;
  if (token == p->first) hsy_quote_nearest(&before[doc], p);
  int context = hsy_quote_features_context(&tr->views[doc], token, p, &before[doc], out + base);
  for (int i = 0; i < context; i++) out[base + i] = BASE + (out[base + i] & (CONTEXT - 1));
  return base + context;
}

/* All paragraphs with their features; `before` is what the first pass found. */
static sequences make_sequences(const training *tr, const hsy_first_pass *before) {
  enum { ROOM = 112 }; /* features a token, more than any has */
  const corpus *c = &tr->corpus;
  size_t paragraphs = 0;
  for (ptrdiff_t i = 0; i < c->docs.len; i++) paragraphs += (size_t)c->docs.data[i].doc.paragraphs.len;
  sequences s = {calloc(paragraphs, sizeof *s.rows), 0, calloc(paragraphs, sizeof *s.doc),
                 calloc(paragraphs, sizeof *s.first)};
  uint32_t *features = malloc((size_t)c->tokens * ROOM * sizeof *features);
  uint32_t *starts = malloc(((size_t)c->tokens + paragraphs) * sizeof *starts);
  uint8_t *classes = malloc((size_t)c->tokens);
  uint32_t used = 0;
  for (int32_t i = 0; i < c->docs.len; i++) {
    const gold_doc *gold = &c->docs.data[i];
    for (int32_t p = 0; p < gold->doc.paragraphs.len; p++) {
      const hsy_paragraph *row = &gold->doc.paragraphs.data[p];
      s.doc[s.count] = i;
      s.first[s.count] = row->first;
      s.rows[s.count++] = (crf_sequence){row->end - row->first, starts, features, classes, gold->tags + row->first};
      for (int32_t t = row->first; t < row->end; t++) {
        uint32_t found[2 * HSY_QUOTE_FEATURES];
        int n = rows_of(tr, i, t, row, before, found);
        memcpy(features + used, found, (size_t)n * sizeof *found);
        *starts++ = used;
        used += (uint32_t)n;
        *classes++ = (uint8_t)hsy_quote_class(&tr->views[i], t, row);
      }
      *starts++ = used;
    }
  }
  return s;
}

/* One thread's folds: trains each on the others. */
typedef struct fold_job {
  const sequences *all;
  crf_options options;
  crf_weights *folds; // [FOLDS]
  int first, step;
} fold_job;

static void *train_folds(void *arg) {
  const fold_job *job = arg;
  crf_sequence *rows = calloc((size_t)job->all->count, sizeof *rows);
  for (int fold = job->first; fold < FOLDS; fold += job->step) {
    int32_t n = 0;
    for (int32_t i = 0; i < job->all->count; i++)
      if (job->all->doc[i] % FOLDS != fold) rows[n++] = job->all->rows[i];
    crf_train(&job->folds[fold], rows, n, job->options);
  }
  free(rows);
  return NULL;
}

static void predict(const sequences *all, const crf_weights *folds, float bold, hsy_first_pass *out, hsy_heap *heap) {
  for (int32_t i = 0; i < all->count; i++) {
    hsy_first_pass *doc = &out[all->doc[i]];
    crf_predict(&folds[all->doc[i] % FOLDS], &all->rows[i], bold, (uint8_t *)doc->tags + all->first[i],
                (float *)doc->marginals + (size_t)all->first[i] * HSY_CRF_TAGS, hsy_heap_reset(heap));
  }
}

/* Mean over the roles of the F1 of tokens. */
static double token_f1(const training *tr, const hsy_first_pass *found) {
  double sum = 0;
  for (int role = 0; role < HSY_ROLES; role++) {
    int64_t both = 0, either = 0;
    for (ptrdiff_t i = 0; i < tr->corpus.docs.len; i++)
      for (int32_t t = 0; t < tr->corpus.docs.data[i].doc.tokens.len; t++) {
        bool gold = hsy_quote_tag_role(tr->corpus.docs.data[i].tags[t]) == role;
        bool here = hsy_quote_tag_role(found[i].tags[t]) == role;
        both += gold && here;
        either += gold + here;
      }
    sum += 2.0 * (double)both / (double)either / HSY_ROLES;
  }
  return sum;
}

/* A field fitted to likelihood leaves out too much: how much to take off the
 * score of "outside", so that tokens are found best on held-out folds. */
static float boldness(const training *tr, const sequences *all, const crf_weights *folds, hsy_first_pass *out,
                      hsy_heap *heap) {
  float best = 0;
  double top = 0;
  for (float bold = 0; bold < 0.45f; bold += 0.05f) {
    predict(all, folds, bold, out, heap);
    double f1 = token_f1(tr, out);
    if (f1 > top) top = f1, best = bold;
  }
  return best;
}

/* Takes `bold` off tag 0 at every token: each is entered once, by the start or a
 * transition. */
static void embolden(crf_weights *w, float bold) {
  w->crf.start[0] -= bold;
  for (int c = 0; c < HSY_CRF_CLASSES; c++)
    for (int x = 0; x < HSY_CRF_TAGS; x++) w->crf.transition[c][x][0] -= bold;
}

/* The model of one pass, and what its folds find. Two folds at a time, then the
 * model itself; the result does not depend on the threads. */
static float train_pass(const training *tr, const hsy_first_pass *before, crf_options options, crf_weights *out,
                        hsy_first_pass *found, hsy_heap *heap) {
  sequences all = make_sequences(tr, before);
  crf_weights folds[FOLDS];
  fold_job jobs[2];
  pthread_t threads[2];
  for (int i = 0; i < 2; i++) {
    jobs[i] = (fold_job){&all, options, folds, i, 2};
    if (pthread_create(&threads[i], NULL, train_folds, &jobs[i])) exit(1);
  }
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  float bold = before ? boldness(tr, &all, folds, found, heap) : 0;
  predict(&all, folds, bold, found, heap);
  for (int i = 0; i < FOLDS; i++) crf_weights_free(&folds[i]);
  crf_train(out, all.rows, all.count, options);
  free((void *)all.rows[0].features);
  free((void *)all.rows[0].starts);
  free((void *)all.rows[0].classes);
  free(all.rows);
  free(all.doc);
  free(all.first);
  return bold;
}

/* A named piece of the model file. */
typedef struct section {
  const char *name;
  char *bytes;
  size_t size;
} section;

static void train_ties(training *tr, section *content, section *cue, int skip, hsy_heap *heap) {
  section *out[] = {content, cue};
  int roles[] = {HSY_CONTENT, HSY_CUE};
  for (int k = 0; k < 2; k++) {
    tie_examples examples = {0};
    for (ptrdiff_t i = 0; i < tr->corpus.docs.len; i++)
      if (skip < 0 || i % 2 != skip)
        tie_collect(&examples, &tr->corpus.docs.data[i], &tr->views[i], &tr->second[i], roles[k], &tr->corpus.arena,
                    hsy_heap_reset(heap));
    out[k]->bytes = tie_train(&examples, &out[k]->size);
    free(examples.ties.data);
  }
}

static void collect_confidence(training *tr, confidence_examples *examples, int half, hsy_heap *heap) {
  section content = {0}, cue = {0};
  train_ties(tr, &content, &cue, half, heap);
  hsy_ranker content_ranker, cue_ranker;
  hsy_error err = {0};
  if (!hsy_ranker_open(&content_ranker, (hsy_str){content.bytes, (ptrdiff_t)content.size}, &err) ||
      !hsy_ranker_open(&cue_ranker, (hsy_str){cue.bytes, (ptrdiff_t)cue.size}, &err))
    exit(1);
  for (ptrdiff_t i = half; i < tr->corpus.docs.len; i += 2) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_arena rest = hsy_arena_split(&arena, (size_t)512 << 20);
    hsy_quote_span_vec spans = {0};
    int32_t *starts;
    if (!hsy_quote_tied_spans(&content_ranker, &cue_ranker, &tr->views[i], &tr->second[i], &spans, &starts, &arena,
                              rest))
      exit(1);
    confidence_collect(examples, &tr->corpus.docs.data[i], &tr->views[i], &spans, starts, &tr->corpus.arena);
  }
  free(content.bytes);
  free(cue.bytes);
}

static section words_section(const word_counts *counts) {
  hsy_word_uses uses = words_buckets(counts);
  size_t rows = (size_t)1 << uses.bits;
  section s = {"words", malloc(4 + 6 * rows), 4 + 6 * rows};
  uint32_t bits = (uint32_t)uses.bits;
  memcpy(s.bytes, &bits, 4);
  for (size_t i = 0; i < rows; i++) {
    char *at = s.bytes + 4 + 6 * i;
    memcpy(at, &uses.rows[i].word, 4);
    at[4] = (char)uses.rows[i].cue;
    at[5] = (char)uses.rows[i].source;
  }
  return s;
}

/* A table of rounded weights (src/model/crf.c): two models that share its rows,
 * or one (b NULL), from `first` on. */
static section table_section(const char *name, int bits, uint32_t first, const crf_weights *a, float a_scale,
                             const crf_weights *b, float b_scale) {
  uint32_t head[2] = {(uint32_t)bits, b ? 2 * HSY_CRF_TAGS : HSY_CRF_TAGS};
  section s = {name, NULL, 8 + ((size_t)head[1] << bits)};
  s.bytes = malloc(s.size);
  memcpy(s.bytes, head, sizeof head);
  int8_t *to = (int8_t *)s.bytes + 8;
  for (uint32_t row = 0; row < 1u << bits; row++, to += head[1]) {
    crf_round(a, a_scale, first + row, to);
    if (b) crf_round(b, b_scale, first + row, to + HSY_CRF_TAGS);
  }
  return s;
}

static section model_section(const char *name, const crf_weights *w, float scale) {
  section s = {.name = name};
  s.bytes = crf_write(w, scale, &s.size);
  return s;
}

static void write_options(FILE *f, const char *name, crf_options o) {
  fprintf(f, "%s: %u rows, %d epochs, rate %g, l2 %g, dropout %g\n", name, o.rows, o.epochs, o.rate, o.l2, o.dropout);
}

/* Share of the training documents' attributions that were right through the
 * folds: an honest score that the file can carry. */
static void write_scores(FILE *f, const confidence_examples *e, const training *tr) {
  ptrdiff_t right = 0, gold = 0;
  for (ptrdiff_t i = 0; i < e->len; i++) right += e->data[i].right;
  for (ptrdiff_t i = 0; i < tr->corpus.docs.len; i++) gold += tr->corpus.docs.data[i].attributions.len;
  fprintf(f, "scores: through %d folds, content and source right: precision %.3f, recall %.3f\n", FOLDS,
          (double)right / (double)e->len, (double)right / (double)gold);
}

static void write_model(const char *path, const training *tr, float bold, const section *sections, int count,
                        const confidence_examples *examples) {
  FILE *f = fopen(path, "wb");
  if (!f) {
    perror(path);
    exit(1);
  }
  fprintf(f, "hearsay model 1\ndata: PolNeAR 1.0.0, train, %td documents, %ld tokens\n", tr->corpus.docs.len,
          (long)tr->corpus.tokens);
  write_options(f, "first", FIRST);
  write_options(f, "second", SECOND);
  fprintf(f, "boldness: %.2f\n", bold);
  write_scores(f, examples, tr);
  fputc('\n', f);
  for (int i = 0; i < count; i++) {
    fprintf(f, "%s %zu\n", sections[i].name, sections[i].size);
    fwrite(sections[i].bytes, 1, sections[i].size, f);
  }
  if (fclose(f)) {
    perror(path);
    exit(1);
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: train FOLDER MODEL\n");
    return 2;
  }
  training tr = {0};
  say("reading");
  corpus_load(&tr.corpus, argv[1]);
  word_counts counts;
  words_count(&counts, &tr.corpus);
  tr.views = make_views(&tr.corpus, &counts);
  tr.first = make_passes(&tr.corpus);
  tr.second = make_passes(&tr.corpus);
  hsy_error err = {0};
  hsy_heap *heap = hsy_heap_new((size_t)1 << 30, &err);
  crf_weights first, second;
  say("first pass");
  train_pass(&tr, NULL, FIRST, &first, tr.first, heap);
  say("second pass");
  float bold = train_pass(&tr, tr.first, SECOND, &second, tr.second, heap);
  embolden(&second, bold);
  say("ties");
  section content = {.name = "content"}, cue = {.name = "cue"};
  train_ties(&tr, &content, &cue, -1, heap);
  say("confidence");
  confidence_examples examples = {0};
  collect_confidence(&tr, &examples, 0, heap);
  collect_confidence(&tr, &examples, 1, heap);
  float weights[HSY_CONFIDENCE_FEATURES];
  confidence_train(&examples, weights);
  float first_scale = crf_scale(&first), second_scale = crf_scale(&second);
  section sections[] = {
      words_section(&counts),
      model_section("first", &first, first_scale),
      model_section("second", &second, second_scale),
      table_section("base", BASE_BITS, 0, &first, first_scale, &second, second_scale),
      table_section("context", CONTEXT_BITS, BASE, &second, second_scale, NULL, 0),
      content,
      cue,
      {"confidence", (char *)weights, sizeof weights},
  };
  write_model(argv[2], &tr, bold, sections, sizeof sections / sizeof *sections, &examples);
  say("done");
  return 0;
}
