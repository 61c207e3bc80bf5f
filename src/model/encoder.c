#include "model/encoder.h"

#include <string.h>

#include "model/kernels.h"

enum {
  MOST_LAYERS = 48,
  MOST_WIDTH = 8192,
  GROUP = 512, /* tokens that go through a layer together, about; its states then stay in the cache */
  ROWS = 128,  /* tokens of a block of a product */
  PANEL = 64   /* its outputs: with 384 inputs the weights fit the first cache */
};

/* A linear layer. */
typedef struct linear {
  int columns, depth;
  const int8_t *packed;
  const float *scale, *bias; /* [columns] */
  const int32_t *total;      /* [columns] */
} linear;

typedef struct layer {
  linear qkv, mixed, inner, outer;
  const float *norm1, *norm2; /* [2][width]: gain, shift */
} layer;

typedef struct table {
  const float *rows; /* [count][width] */
  int count;
} table;

struct hsy_encoder {
  hsy_tensors tensors;
  const hsy_kernels *kernels;
  int layers, width, heads, inner;
  const int8_t *words; /* [vocabulary][width] */
  const float *words_scale;
  int vocabulary;
  table positions, types, cases, quotes;
  const float *norm;
  layer layer[MOST_LAYERS];
};

/* ---- opening ---- */

static bool bad(hsy_error *err, const char *what, hsy_str name) {
  return hsy_fail(err, HSY_BAD_INPUT, "model", -1, "the encoder's %s \"%.*s\" is missing or of another shape", what,
                  HSY_FMT(name));
}

/* A tensor of that kind; rows and columns are what it must have, or 0 and set. */
static const void *take(const hsy_encoder *e, hsy_str name, hsy_tensor_kind kind, int *rows, int *columns,
                        hsy_error *err) {
  const hsy_tensor *t = hsy_tensors_find(&e->tensors, name);
  if (!t || t->kind != kind || (*rows && t->rows != *rows) || (*columns && t->columns != *columns)) {
    bad(err, "tensor", name);
    return NULL;
  }
  *rows = t->rows;
  *columns = t->columns;
  return t->data;
}

static const float *floats(const hsy_encoder *e, hsy_str name, int rows, int columns, hsy_error *err) {
  return take(e, name, HSY_TENSOR_F32, &rows, &columns, err);
}

static table take_table(const hsy_encoder *e, const char *name, bool needed, hsy_error *err) {
  table t = {0};
  int columns = e->width;
  if (needed || hsy_tensors_find(&e->tensors, hsy_str_of(name)))
    t.rows = take(e, hsy_str_of(name), HSY_TENSOR_F32, &t.count, &columns, err);
  return t;
}

static linear take_linear(const hsy_encoder *e, hsy_str name, int columns, int depth, hsy_arena *arena,
                          hsy_error *err) {
  linear l = {.columns = columns, .depth = depth};
  int one = 1;
  const hsy_tensor *t = hsy_tensors_find(&e->tensors, name);
  l.packed = take(e, name, HSY_TENSOR_S8, &columns, &depth, err);
  if (l.packed && t->size < (ptrdiff_t)columns * HSY_ROUND_UP(depth, HSY_PACK_DEPTH)) bad(err, "tensor", name);
  l.scale = floats(e, hsy_str_printf(arena, "%.*s.scale", HSY_FMT(name)), 1, columns, err);
  l.bias = floats(e, hsy_str_printf(arena, "%.*s.bias", HSY_FMT(name)), 1, columns, err);
  l.total = take(e, hsy_str_printf(arena, "%.*s.total", HSY_FMT(name)), HSY_TENSOR_S32, &one, &columns, err);
  return l;
}

static void take_layer(hsy_encoder *e, int i, hsy_arena scratch, hsy_error *err) {
  const struct {
    const char *name;
    int columns, depth;
    linear *to;
  } parts[] = {{"qkv", 3 * e->width, e->width, &e->layer[i].qkv},
               {"mixed", e->width, e->width, &e->layer[i].mixed},
               {"inner", e->inner, e->width, &e->layer[i].inner},
               {"outer", e->width, e->inner, &e->layer[i].outer}};
  for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
    *parts[k].to = take_linear(e, hsy_str_printf(&scratch, "layer.%d.%s", i, parts[k].name), parts[k].columns,
                               parts[k].depth, &scratch, err);
  e->layer[i].norm1 = floats(e, hsy_str_printf(&scratch, "layer.%d.norm1", i), 2, e->width, err);
  e->layer[i].norm2 = floats(e, hsy_str_printf(&scratch, "layer.%d.norm2", i), 2, e->width, err);
}

/* The number behind a key, between 1 and most. */
static int number(const hsy_encoder *e, const char *key, int most, hsy_error *err) {
  hsy_str s = hsy_tensors_value(&e->tensors, hsy_str_of(key));
  int n = 0;
  for (ptrdiff_t i = 0; i < s.len && i < 6; i++)
    n = s.data[i] >= '0' && s.data[i] <= '9' ? 10 * n + s.data[i] - '0' : most + 1;
  if (n < 1 || n > most) bad(err, "key", hsy_str_of(key));
  return n;
}

static void read_shape(hsy_encoder *e, hsy_error *err) {
  e->layers = number(e, "encoder.layers", MOST_LAYERS, err);
  e->width = number(e, "encoder.width", MOST_WIDTH, err);
  e->heads = number(e, "encoder.heads", MOST_WIDTH, err);
  e->inner = number(e, "encoder.inner", MOST_WIDTH, err);
  if (err->code == HSY_OK && (e->width % (16 * e->heads) || e->inner % 16))
    hsy_fail(err, HSY_BAD_INPUT, "model", -1, "the encoder's heads and inner layer are no multiples of 16 wide");
}

const hsy_encoder *hsy_encoder_open(hsy_str file, hsy_arena *arena, hsy_error *err) {
  hsy_error own = {0};
  hsy_encoder *e = hsy_new(arena, hsy_encoder, 1);
  if (!err) err = &own;
  if (!e || !hsy_tensors_read(file, &e->tensors, arena, err)) return hsy_arena_check(*arena, "model", err), NULL;
  e->kernels = hsy_kernels_choose();
  if (!e->kernels) hsy_fail(err, HSY_USAGE, "model", -1, "HEARSAY_KERNELS names none that this processor has");
  read_shape(e, err);
  if (err->code != HSY_OK) return NULL;
  int one = 1;
  e->words = take(e, HSY_S("words"), HSY_TENSOR_S8, &e->vocabulary, &e->width, err);
  e->words_scale = take(e, HSY_S("words.scale"), HSY_TENSOR_F32, &one, &e->vocabulary, err);
  e->positions = take_table(e, "positions", true, err);
  e->types = take_table(e, "types", true, err);
  e->cases = take_table(e, "case", false, err);
  e->quotes = take_table(e, "quote", false, err);
  e->norm = floats(e, HSY_S("norm"), 2, e->width, err);
  for (int i = 0; i < e->layers; i++) take_layer(e, i, *arena, err);
  return err->code == HSY_OK && hsy_arena_check(*arena, "model", err) ? e : NULL;
}

int hsy_encoder_width(const hsy_encoder *e) { return e->width; }
int hsy_encoder_positions(const hsy_encoder *e) { return e->positions.count; }
const hsy_tensors *hsy_encoder_tensors(const hsy_encoder *e) { return &e->tensors; }
void hsy_encoder_use(hsy_encoder *e, const hsy_kernels *kernels) { e->kernels = kernels; }

const float *hsy_encoder_tensor(const hsy_encoder *e, const char *name, int *rows, int *columns, hsy_error *err) {
  return take(e, hsy_str_of(name), HSY_TENSOR_F32, rows, columns, err);
}

void hsy_encoder_dense(const hsy_encoder *e, const float *x, int rows, int depth, const float *weight,
                       const float *bias, int columns, float *out) {
  e->kernels->dense(x, rows, depth, weight, bias, columns, out);
}

/* ---- running ---- */

/* Room for a group's way through a layer; T is its number of tokens. */
typedef struct space {
  uint8_t *q;      /* [T][width or inner, rounded up] */
  hsy_step *steps; /* [T] */
  float *qkv;      /* [T][3 · width]; also [ROWS][inner] */
  float *mixed;    /* [T][width] */
  int32_t *sums;   /* [ROWS][PANEL] */
  hsy_attention attention;
} space;

static bool check_row(int row, const table *t, const char *what, hsy_error *err) {
  return row < t->count || hsy_fail(err, HSY_USAGE, "model", row, "the encoder has no row for that %s", what);
}

static bool check_input(const hsy_encoder *e, const hsy_encoder_input *in, hsy_error *err) {
  if (in->length < 1 || in->length > e->positions.count)
    return hsy_fail(err, HSY_LIMIT, "model", -1, "a sequence of %d tokens: the encoder reads 1 to %d", in->length,
                    e->positions.count);
  for (int t = 0; t < in->length; t++) {
    if (in->ids[t] < 0 || in->ids[t] >= e->vocabulary)
      return hsy_fail(err, HSY_USAGE, "model", t, "the encoder's vocabulary has no word %d", (int)in->ids[t]);
    if ((in->types && !check_row(in->types[t], &e->types, "type", err)) ||
        (in->cases && !check_row(in->cases[t], &e->cases, "case", err)) ||
        (in->quotes && !check_row(in->quotes[t], &e->quotes, "state of quotation", err)))
      return false;
  }
  return true;
}

static void add_row(float *x, const table *t, int row, int width) {
  const float *from = t->rows + (ptrdiff_t)row * width;
  for (int i = 0; i < width; i++) x[i] += from[i];
}

/* Sums of the embeddings: x is [length][width]. */
static void embed(const hsy_encoder *e, const hsy_encoder_input *in, float *x) {
  for (int t = 0; t < in->length; t++, x += e->width) {
    const int8_t *word = e->words + (ptrdiff_t)in->ids[t] * e->width;
    float scale = e->words_scale[in->ids[t]];
    for (int i = 0; i < e->width; i++) x[i] = scale * (float)word[i];
    add_row(x, &e->positions, t, e->width);
    add_row(x, &e->types, in->types ? in->types[t] : 0, e->width);
    if (in->cases) add_row(x, &e->cases, in->cases[t], e->width);
    if (in->quotes) add_row(x, &e->quotes, in->quotes[t], e->width);
  }
}

/* out [rows][l->columns] of quantised rows. */
static void apply(const hsy_encoder *e, const linear *l, const uint8_t *q, const hsy_step *steps, int rows, bool gelu,
                  float *out, const space *room) {
  ptrdiff_t apart = HSY_ROUND_UP(l->depth, HSY_PACK_DEPTH);
  for (int r = 0; r < rows; r += ROWS) {
    int tall = rows - r < ROWS ? rows - r : ROWS;
    for (int n = 0; n < l->columns; n += PANEL) {
      int wide = l->columns - n < PANEL ? l->columns - n : PANEL;
      e->kernels->product(q + r * apart, tall, l->packed + n * apart, l->depth, wide, room->sums);
      e->kernels->restore(room->sums, steps + r, tall, wide, l->scale + n, l->total + n, l->bias + n, gelu,
                          out + (ptrdiff_t)r * l->columns + n, l->columns);
    }
  }
}

/* room->qkv to room->mixed, each sequence in itself. */
static void attend(const hsy_encoder *e, const hsy_encoder_input *inputs, int count, space *room) {
  hsy_attention *a = &room->attention;
  int width = e->width;
  const float *qkv = room->qkv;
  float *out = room->mixed;
  for (int i = 0; i < count; i++) {
    a->length = inputs[i].length;
    for (int at = 0; at < width; at += a->depth) {
      a->queries = qkv + at, a->keys = qkv + width + at, a->values = qkv + 2 * width + at;
      a->out = out + at;
      e->kernels->attend(a);
    }
    qkv += (ptrdiff_t)a->length * 3 * width;
    out += (ptrdiff_t)a->length * width;
  }
}

/* One layer over a group: x is [tokens][width]. */
static void pass(const hsy_encoder *e, const layer *l, const hsy_encoder_input *inputs, int count, int tokens, float *x,
                 space *room) {
  const hsy_kernels *k = e->kernels;
  int width = e->width;
  k->quantise(x, width, tokens, width, room->q, room->steps);
  apply(e, &l->qkv, room->q, room->steps, tokens, false, room->qkv, room);
  attend(e, inputs, count, room);
  k->quantise(room->mixed, width, tokens, width, room->q, room->steps);
  apply(e, &l->mixed, room->q, room->steps, tokens, false, room->mixed, room);
  k->normalise(x, room->mixed, tokens, width, l->norm1, l->norm1 + width);
  for (int r = 0; r < tokens; r += ROWS) {
    int rows = tokens - r < ROWS ? tokens - r : ROWS;
    float *part = x + (ptrdiff_t)r * width;
    k->quantise(part, width, rows, width, room->q, room->steps);
    apply(e, &l->inner, room->q, room->steps, rows, true, room->qkv, room);
    k->quantise(room->qkv, e->inner, rows, e->inner, room->q, room->steps);
    apply(e, &l->outer, room->q, room->steps, rows, false, room->mixed, room);
    k->normalise(part, room->mixed, rows, width, l->norm2, l->norm2 + width);
  }
}

static hsy_attention attention_room(const hsy_encoder *e, int length, hsy_arena *arena) {
  int depth = e->width / e->heads;
  ptrdiff_t L = HSY_ROUND_UP(length, HSY_PACK_DEPTH), D = HSY_ROUND_UP(depth, HSY_PACK_DEPTH);
  hsy_attention a = {.depth = depth, .stride = 3 * e->width, .out_stride = e->width};
  a.query = hsy_alloc(arena, 1, 64, L * D);
  a.steps = hsy_new(arena, hsy_step, L);
  a.key = hsy_alloc(arena, 1, 64, L * D);
  a.value = hsy_alloc(arena, 1, 64, L * D);
  a.value_rows = hsy_alloc(arena, 1, 64, L * D);
  a.key_scale = hsy_alloc(arena, sizeof(float), 64, L);
  a.value_scale = hsy_alloc(arena, sizeof(float), 64, L);
  a.logits = hsy_alloc(arena, sizeof(float), 64, L);
  a.key_total = hsy_alloc(arena, sizeof(int32_t), 64, L);
  a.sums = hsy_alloc(arena, sizeof(int32_t), 64, HSY_ATTEND_ROWS * L);
  a.high = hsy_alloc(arena, 1, 64, HSY_ATTEND_ROWS * L);
  a.low = hsy_alloc(arena, 1, 64, HSY_ATTEND_ROWS * L);
  a.high_sums = hsy_alloc(arena, sizeof(int32_t), 64, HSY_ATTEND_ROWS * depth);
  a.low_sums = hsy_alloc(arena, sizeof(int32_t), 64, HSY_ATTEND_ROWS * depth);
  return a;
}

static space room_for(const hsy_encoder *e, int tokens, int longest, hsy_arena *arena) {
  ptrdiff_t wide = HSY_ROUND_UP(e->width, HSY_PACK_DEPTH), inner = HSY_ROUND_UP(e->inner, HSY_PACK_DEPTH);
  ptrdiff_t q = tokens * wide > ROWS * inner ? tokens * wide : ROWS * inner;
  ptrdiff_t qkv = tokens * 3 * wide > ROWS * inner ? tokens * 3 * wide : ROWS * inner;
  return (space){.q = hsy_alloc(arena, 1, 64, q),
                 .steps = hsy_new(arena, hsy_step, tokens > ROWS ? tokens : ROWS),
                 .qkv = hsy_alloc(arena, sizeof(float), 64, qkv),
                 .mixed = hsy_alloc(arena, sizeof(float), 64, tokens * wide),
                 .sums = hsy_alloc(arena, sizeof(int32_t), 64, ROWS * PANEL),
                 .attention = attention_room(e, longest, arena)};
}

/* Sequences from inputs on that make a group: as many as have GROUP tokens together, at least one. */
static int group_of(const hsy_encoder_input *inputs, int count, int *tokens) {
  int n = 0;
  for (*tokens = 0; n < count && (n == 0 || *tokens + inputs[n].length <= GROUP); n++) *tokens += inputs[n].length;
  return n;
}

bool hsy_encoder_run(const hsy_encoder *e, const hsy_encoder_input *inputs, int count, float *states, hsy_arena scratch,
                     hsy_error *err) {
  int longest = 0, tokens;
  for (int i = 0; i < count; i++) {
    if (!check_input(e, &inputs[i], err)) return false;
    if (inputs[i].length > longest) longest = inputs[i].length;
  }
  if (count == 0) return true;
  space room = room_for(e, longest > GROUP ? longest : GROUP, longest, &scratch);
  if (!hsy_arena_check(scratch, "model", err)) return false;
  e->kernels->begin();
  for (int i = 0, n; i < count; i += n, states += (ptrdiff_t)tokens * e->width) {
    n = group_of(inputs + i, count - i, &tokens);
    float *x = states;
    for (int k = 0; k < n; x += (ptrdiff_t)inputs[i + k++].length * e->width) embed(e, &inputs[i + k], x);
    memset(room.mixed, 0, (size_t)tokens * (size_t)e->width * sizeof(float));
    e->kernels->normalise(states, room.mixed, tokens, e->width, e->norm, e->norm + e->width);
    for (int l = 0; l < e->layers; l++) pass(e, &e->layer[l], inputs + i, n, tokens, states, &room);
  }
  e->kernels->end();
  return true;
}
