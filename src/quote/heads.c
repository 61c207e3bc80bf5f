#include "quote/heads.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { H = HSY_READ_HIDDEN, TAGS = 7, MOST_WIDTH = 1024 };

static bool open_dense(const hsy_encoder *encoder, const char *name, int in, int out, hsy_dense *dense,
                       hsy_error *err) {
  char key[64];
  snprintf(key, sizeof key, "%s.weight", name);
  int rows = out, columns = in;
  if (!(dense->weight = hsy_encoder_tensor(encoder, key, &rows, &columns, err))) return false;
  snprintf(key, sizeof key, "%s.bias", name);
  rows = 1, columns = out;
  dense->in = in, dense->out = out;
  return (dense->bias = hsy_encoder_tensor(encoder, key, &rows, &columns, err)) != NULL;
}

static bool open_table(const hsy_encoder *encoder, const char *name, int rows, int columns, const float **table,
                       hsy_error *err) {
  return (*table = hsy_encoder_tensor(encoder, name, &rows, &columns, err)) != NULL;
}

/* The chain has one class of transitions: what kind of token it is, the encoder knows. */
static bool open_chain(struct hsy_deep_models *heads, int level, hsy_error *err) {
  char key[64];
  const float *trans, *begin;
  snprintf(key, sizeof key, "chain.%d.emit", level);
  if (!open_dense(heads->encoder, key, heads->width, TAGS, &heads->emit[level], err)) return false;
  snprintf(key, sizeof key, "chain.%d.trans", level);
  if (!open_table(heads->encoder, key, TAGS, TAGS, &trans, err)) return false;
  snprintf(key, sizeof key, "chain.%d.begin", level);
  if (!open_table(heads->encoder, key, 1, TAGS, &begin, err)) return false;
  hsy_crf *crf = &heads->chain[level];
  *crf = (hsy_crf){.tags = TAGS, .scale = 1};
  memcpy(crf->start, begin, TAGS * sizeof *begin);
  for (int x = 0; x < TAGS; x++) memcpy(crf->transition[0][x], trans + (ptrdiff_t)x * TAGS, TAGS * sizeof *trans);
  hsy_crf_exponentiate(crf);
  return true;
}

bool hsy_heads_open(struct hsy_deep_models *heads, hsy_str file, hsy_arena *arena, hsy_error *err) {
  if (!(heads->encoder = hsy_encoder_open(file, arena, err))) return false;
  if (!hsy_wordpiece_open(hsy_encoder_tensors(heads->encoder), &heads->wordpiece, err)) return false;
  int w = heads->width = hsy_encoder_width(heads->encoder);
  if (w > MOST_WIDTH) return hsy_fail(err, HSY_BAD_INPUT, "quote", -1, "the reader's states are too wide");
  const hsy_encoder *e = heads->encoder;
  return open_chain(heads, 0, err) && open_chain(heads, 1, err) &&
         open_dense(e, "cue_in", 2 * w, H, &heads->cue_in, err) &&
         open_dense(e, "other_in", 2 * w, H, &heads->other_in, err) &&
         open_dense(e, "join", 3 * H, H, &heads->join, err) && open_dense(e, "score", H, 1, &heads->score, err) &&
         open_dense(e, "row_in", 4 * w, H, &heads->row_in, err) &&
         open_dense(e, "row_out", H, HSY_READ_STANCES + 1, &heads->row_out, err) &&
         open_table(e, "role.weight", HSY_ROLES, H, &heads->role, err) &&
         open_table(e, "gap.weight", 16, H, &heads->gap, err) &&
         open_table(e, "between.weight", 16, H, &heads->between, err) &&
         open_table(e, "no_cue", 1, 2 * w, &heads->no_cue, err) &&
         open_table(e, "confidence", 1, HSY_CONFIDENCE_FEATURES, &heads->confidence, err);
}

/* gelu(x) = x Φ(x) */
static float gelu(float x) { return 0.5f * x * (1 + erff(x * 0.70710678f)); }

static void dense(const struct hsy_deep_models *heads, const hsy_dense *d, const float *x, float *out) {
  hsy_encoder_dense(heads->encoder, x, 1, d->in, d->weight, d->bias, d->out, out);
}

static void put_ends(const struct hsy_deep_models *heads, hsy_ends ends, float *x) {
  size_t bytes = (size_t)heads->width * sizeof *x;
  memcpy(x, ends.first, bytes);
  memcpy(x + heads->width, ends.last, bytes);
}

/* a = gelu(W_c [cue]) */
void hsy_heads_cue(const struct hsy_deep_models *heads, hsy_ends cue, float a[H]) {
  float x[2 * MOST_WIDTH];
  put_ends(heads, cue, x);
  dense(heads, &heads->cue_in, x, a);
  for (int i = 0; i < H; i++) a[i] = gelu(a[i]);
}

/* b = gelu(W_o [other] + role) */
void hsy_heads_other(const struct hsy_deep_models *heads, hsy_ends other, int role, float b[H]) {
  float x[2 * MOST_WIDTH];
  put_ends(heads, other, x);
  dense(heads, &heads->other_in, x, b);
  for (int i = 0; i < H; i++) b[i] = gelu(b[i] + heads->role[role * H + i]);
}

/* w · gelu(W [a + gap, b + between, a ∘ b]) */
float hsy_heads_pair(const struct hsy_deep_models *heads, const float *a, const float *b, int gap, int between) {
  float joined[3 * H], hidden[H], score;
  for (int i = 0; i < H; i++) {
    joined[i] = a[i] + heads->gap[gap * H + i];
    joined[H + i] = b[i] + heads->between[between * H + i];
    joined[2 * H + i] = a[i] * b[i];
  }
  dense(heads, &heads->join, joined, hidden);
  for (int i = 0; i < H; i++) hidden[i] = gelu(hidden[i]);
  dense(heads, &heads->score, hidden, &score);
  return score;
}

float hsy_heads_kept(const struct hsy_deep_models *heads, hsy_ends cue, hsy_ends content) {
  float x[4 * MOST_WIDTH], hidden[H], out[HSY_READ_STANCES + 1];
  if (cue.first)
    put_ends(heads, cue, x);
  else
    memcpy(x, heads->no_cue, 2 * (size_t)heads->width * sizeof *x);
  put_ends(heads, content, x + 2 * (ptrdiff_t)heads->width);
  dense(heads, &heads->row_in, x, hidden);
  for (int i = 0; i < H; i++) hidden[i] = gelu(hidden[i]);
  dense(heads, &heads->row_out, hidden, out);
  return out[HSY_READ_STANCES];
}
