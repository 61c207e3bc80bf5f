/* A BERT-like encoder: tokens to states.
 *
 * In. A model file (model/tensors.h) as train/encoder/export.py writes it: keys
 * encoder.layers, encoder.width, encoder.heads, encoder.inner; tensors
 *     words s8 [V][W] with words.scale f32 [1][V], positions f32 [P][W],
 *     types f32 [T][W], case f32 [C][W] and quote f32 [Q][W] (both optional),
 *     norm f32 [2][W]: gain, shift
 *     layer.I.{qkv,mixed,inner,outer} s8 [N][D], packed (model/kernels.h), each with
 *     .scale f32 [1][N], .total s32 [1][N], .bias f32 [1][N]; D of outer is `inner`, else W
 *     layer.I.{norm1,norm2} f32 [2][W]
 * and what other tensors its user wants beside.
 * Out. The last layer's states of each token.
 * Owns. Nothing; the encoder lies in the arena and borrows the file. It is
 * immutable: threads share it, each with a scratch arena.
 * Fails when. The file is damaged or no encoder; an id, a case, a type that the
 * model has no row for; a sequence that is empty or longer than its positions.
 * Method. Devlin et al. 2019, BERT. Weights in 8 bits a row, activations in 8
 * bits a token, both products of attention too; LayerNorm, GELU and softmax in
 * floats. The states are the same bits on every processor and whatever else is
 * in the batch (model/kernels.h).
 */
#ifndef HSY_MODEL_ENCODER_H
#define HSY_MODEL_ENCODER_H

#include "base/error.h"
#include "base/str.h"
#include "model/tensors.h"

typedef struct hsy_encoder hsy_encoder;
struct hsy_kernels;

/* A sequence, [CLS] and [SEP] included. */
typedef struct hsy_encoder_input {
  const int32_t *ids;
  const uint8_t *types;  /* NULL: all 0 */
  const uint8_t *cases;  /* NULL: none is added */
  const uint8_t *quotes; /* NULL: none is added */
  int length;
} hsy_encoder_input;

/* NULL and *err where it fails. */
const hsy_encoder *hsy_encoder_open(hsy_str file, hsy_arena *arena, hsy_error *err);
int hsy_encoder_width(const hsy_encoder *encoder);
int hsy_encoder_positions(const hsy_encoder *encoder); /* the longest sequence */
const hsy_tensors *hsy_encoder_tensors(const hsy_encoder *encoder);
/* The tensor of floats of that name and shape, e.g. of a head; rows or columns 0: any. NULL and *err where there
 * is none. */
const float *hsy_encoder_tensor(const hsy_encoder *encoder, const char *name, int *rows, int *columns, hsy_error *err);

/* Sequences of any lengths together; states are [sum of the lengths][width]. */
bool hsy_encoder_run(const hsy_encoder *encoder, const hsy_encoder_input *inputs, int count, float *states,
                     hsy_arena scratch, hsy_error *err);

/* For heads. out[r][n] = Σ_d x[r][d] · weight[n][d] + bias[n], as a PyTorch Linear has its weight; bias may be
 * NULL. */
void hsy_encoder_dense(const hsy_encoder *encoder, const float *x, int rows, int depth, const float *weight,
                       const float *bias, int columns, float *out);

/* A test's hook: computes by these kernels instead of the best. */
void hsy_encoder_use(hsy_encoder *encoder, const struct hsy_kernels *kernels);

#endif
