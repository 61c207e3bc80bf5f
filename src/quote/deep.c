#include "quote/deep.h"

#include <math.h>
#include <string.h>

#include "base/os.h"
#include "base/resource.h"
#include "quote/deep_rows.h"
#include "quote/features.h"
#include "quote/inputs.h"
#include "quote/windows.h"

enum { BATCH_PIECES = 2048, MOST_SEQUENCES = 64, MOST_STRETCHES = MOST_SEQUENCES * HSY_WINDOW_STRETCHES };

/* ---- the model ---- */

static const char NAME[] = "reading.bin";

static bool find_file(struct hsy_deep_models *models, hsy_str model_dir, hsy_arena *arena, hsy_str *file,
                      hsy_error *err) {
  if (model_dir.len == 0) {
    if (hsy_resource_find(HSY_S("model/reading.bin"), file)) return true;
    return hsy_fail(err, HSY_NOT_FOUND, "quote", -1, "no model for deep reading was built in");
  }
  hsy_str path = hsy_str_printf(arena, "%.*s/%s", HSY_FMT(model_dir), NAME);
  if (!hsy_os_map(path.data, &models->mapped, err)) return false;
  *file = models->mapped;
  return true;
}

const hsy_deep_models *hsy_deep_load(hsy_str model_dir, hsy_arena *arena, hsy_error *err) {
  struct hsy_deep_models *models = hsy_new(arena, struct hsy_deep_models, 1);
  hsy_str file;
  if (!models) return NULL;
  if (find_file(models, model_dir, arena, &file, err) && hsy_heads_open(models, file, arena, err)) return models;
  hsy_deep_free(models);
  return NULL;
}

void hsy_deep_free(const hsy_deep_models *models) {
  if (models) hsy_os_unmap(models->mapped);
}

/* ---- sequences ---- */

/* Sequences that are read in one call, and the stretches in them. */
typedef struct batch {
  const hsy_doc *doc;
  const hsy_deep_models *models;
  const hsy_quote_input *inputs; // [tokens]
  const hsy_pieces_of *pieces;
  int32_t *ids;             // [pieces of the batch]
  uint8_t *letters, *state; // the same
  int32_t used;
  hsy_encoder_input sequences[MOST_SEQUENCES];
  int count;
  struct {
    const hsy_stretch *stretch;
    int32_t at; /* of its first shown piece among the batch's */
  } stretches[MOST_STRETCHES];
  int stretch_count;
} batch;

static void put_piece(batch *b, int32_t id, uint8_t letters, uint8_t state) {
  b->ids[b->used] = id;
  b->letters[b->used] = letters;
  b->state[b->used++] = state;
}

static void put_mark(batch *b, int32_t id) { put_piece(b, id, 4, 0); }

static void put_stretch(batch *b, const hsy_stretch *s) {
  b->stretches[b->stretch_count].stretch = s;
  b->stretches[b->stretch_count++].at = b->used;
  for (int32_t t = s->from; t < s->to; t++)
    for (int32_t k = b->pieces->starts[t]; k < b->pieces->starts[t + 1]; k++)
      put_piece(b, b->pieces->ids[k], b->inputs[t].letters, b->inputs[t].state);
  put_mark(b, b->models->wordpiece.sep);
}

static int32_t shown(const batch *b, const hsy_stretch *s) {
  return b->pieces->starts[s->to] - b->pieces->starts[s->from];
}

/* One sequence from the stretches [i, end): as many as fit. Returns the next. */
static ptrdiff_t put_sequence(batch *b, const hsy_stretch_vec *all, ptrdiff_t i) {
  int32_t start = b->used, pieces = 0;
  put_mark(b, b->models->wordpiece.cls);
  for (int n = 0; i < all->len && n < HSY_WINDOW_STRETCHES; n++, i++) {
    int32_t more = shown(b, &all->data[i]) + 1;
    if (n > 0 && pieces + more > HSY_WINDOW_PIECES) break;
    put_stretch(b, &all->data[i]);
    pieces += more;
  }
  b->sequences[b->count++] = (hsy_encoder_input){
      .ids = b->ids + start, .cases = b->letters + start, .quotes = b->state + start, .length = b->used - start};
  return i;
}

/* ---- a stretch ---- */

/* The states of its tokens, each that of its first piece: [n][width]. */
static float *states_of(const batch *b, int which, const float *states, hsy_arena *arena) {
  const hsy_stretch *s = b->stretches[which].stretch;
  int width = b->models->width;
  float *out = hsy_new(arena, float, (ptrdiff_t)(s->end - s->first) * width);
  if (!out) return NULL;
  for (int32_t t = s->first; t < s->end; t++) {
    int32_t at = b->stretches[which].at + b->pieces->starts[t] - b->pieces->starts[s->from];
    memcpy(out + (ptrdiff_t)(t - s->first) * width, states + (ptrdiff_t)at * width, (size_t)width * sizeof *out);
  }
  return out;
}

/* Spans of one level, appended; their tokens count from the stretch's first. */
static bool tag_level(const hsy_deep_models *m, int level, const float *states, int32_t n, hsy_quote_span_vec *spans,
                      hsy_arena *arena, hsy_arena scratch) {
  const hsy_dense *emit = &m->emit[level];
  float *scores = hsy_new(&scratch, float, (ptrdiff_t)n * emit->out);
  float *emissions = hsy_new(&scratch, float, (ptrdiff_t)n *HSY_CRF_TAGS);
  uint8_t *classes = hsy_new(&scratch, uint8_t, n), *tags = hsy_new(&scratch, uint8_t, n);
  float *marginals = hsy_new(&scratch, float, (ptrdiff_t)n *HSY_CRF_TAGS);
  if (!scores || !emissions || !classes || !tags || !marginals) return false;
  hsy_encoder_dense(m->encoder, states, n, emit->in, emit->weight, emit->bias, emit->out, scores);
  for (int32_t t = 0; t < n; t++)
    memcpy(emissions + (ptrdiff_t)t * HSY_CRF_TAGS, scores + (ptrdiff_t)t * emit->out,
           (size_t)emit->out * sizeof *scores);
  if (!hsy_crf_decode(&m->chain[level], emissions, classes, n, tags, scratch) ||
      !hsy_crf_marginals(&m->chain[level], emissions, classes, n, marginals, scratch))
    return false;
  hsy_first_pass pass = {.tags = tags, .marginals = marginals};
  hsy_quote_spans(&(hsy_paragraph){.first = 0, .end = n}, &pass, spans, arena);
  return true;
}

static bool read_stretch(const batch *b, int which, hsy_doc *doc, const float *states, hsy_arena scratch) {
  const hsy_stretch *s = b->stretches[which].stretch;
  hsy_deep_spans found = {.first = s->first, .models = b->models};
  found.states = states_of(b, which, states, &scratch);
  if (!found.states) return false;
  hsy_arena rest = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  for (int level = 0; level < HSY_READ_LEVELS; level++)
    if (!tag_level(b->models, level, found.states, s->end - s->first, &found.spans[level], &scratch, rest))
      return false;
  return hsy_deep_rows(doc, &found, rest);
}

static bool same(const hsy_encoder_input *a, const hsy_encoder_input *b) {
  size_t n = (size_t)a->length;
  return a->length == b->length && !memcmp(a->ids, b->ids, n * sizeof *a->ids) && !memcmp(a->cases, b->cases, n) &&
         !memcmp(a->quotes, b->quotes, n);
}

/* The states of the batch's pieces. A sequence that stands there twice is read once. */
static bool run_batch(batch *b, float *states, hsy_arena scratch, hsy_error *err) {
  hsy_encoder_input once[MOST_SEQUENCES];
  int of[MOST_SEQUENCES], n = 0, width = b->models->width;
  ptrdiff_t at[MOST_SEQUENCES], total = 0;
  for (int i = 0; i < b->count; i++) {
    for (of[i] = 0; of[i] < n && !same(&once[of[i]], &b->sequences[i]);) of[i]++;
    if (of[i] < n) continue;
    once[n] = b->sequences[i];
    at[n++] = total;
    total += b->sequences[i].length;
  }
  float *read = n == b->count ? states : hsy_new(&scratch, float, total *width);
  if (!read || !hsy_encoder_run(b->models->encoder, once, n, read, scratch, err)) return false;
  for (int i = 0; i < b->count && read != states; i++, states += (ptrdiff_t)b->sequences[i - 1].length * width)
    memcpy(states, read + at[of[i]] * width, (size_t)b->sequences[i].length * (size_t)width * sizeof *states);
  return true;
}

static bool read_batch(batch *b, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  float *states = hsy_new(&scratch, float, (ptrdiff_t)b->used * b->models->width);
  if (!states || !run_batch(b, states, scratch, err)) return false;
  for (int i = 0; i < b->stretch_count; i++)
    if (!read_stretch(b, i, doc, states, scratch)) return false;
  b->used = b->count = b->stretch_count = 0;
  return true;
}

bool hsy_deep_find(hsy_doc *doc, const hsy_deep_models *models, hsy_arena scratch, hsy_error *err) {
  enum { ROOM = BATCH_PIECES + 2 * HSY_WINDOW_PIECES + HSY_TOKEN_PIECES };
  hsy_pieces_of pieces;
  hsy_stretch_vec stretches = {0};
  hsy_quote_input *inputs = hsy_new(&scratch, hsy_quote_input, doc->tokens.len);
  batch *b = hsy_new(&scratch, batch, 1);
  if (!inputs || !b || !hsy_windows_cut(doc, &models->wordpiece, &pieces, &scratch)) return false;
  *b = (batch){.doc = doc, .models = models, .inputs = inputs, .pieces = &pieces};
  b->ids = hsy_new(&scratch, int32_t, ROOM);
  b->letters = hsy_new(&scratch, uint8_t, ROOM);
  b->state = hsy_new(&scratch, uint8_t, ROOM);
  if (!b->ids || !b->letters || !b->state) return false;
  hsy_quote_inputs(doc, inputs);
  hsy_arena work = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) * 3 / 4);
  hsy_windows_plan(doc, &pieces, &stretches, &scratch);
  for (ptrdiff_t i = 0; i < stretches.len;) {
    i = put_sequence(b, &stretches, i);
    bool full = b->used > BATCH_PIECES - HSY_WINDOW_PIECES || b->count == MOST_SEQUENCES;
    if ((full || i == stretches.len) && !read_batch(b, doc, work, err)) return false;
  }
  return true;
}
