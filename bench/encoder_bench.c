/* How fast the encoder reads.
 *
 * usage: encoder_bench MODEL [STATES] < IDS
 *
 * IDS: a line of token ids each sequence. Prints the kernels' name, tokens, the seconds of processor time that the
 * best of three rounds took on one thread, and the milliseconds to open the model. STATES: a file for the states,
 * floats [tokens][width].
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/os.h"
#include "model/encoder.h"
#include "model/kernels.h"

enum { ROUNDS = 3, BATCH = 32 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Fills the list of inputs from standard input; the number of tokens. */
static int read_inputs(hsy_arena *arena, hsy_encoder_input **inputs, int *count) {
  HSY_VEC(int32_t) ids = {0};
  HSY_VEC(int) lengths = {0};
  char *line = NULL;
  size_t cap = 0;
  while (getline(&line, &cap, stdin) > 0) {
    ptrdiff_t before = ids.len;
    char *at = line, *end;
    for (long id = strtol(at, &end, 10); end > at; at = end, id = strtol(at, &end, 10))
      *hsy_push(&ids, arena) = (int32_t)id;
    *hsy_push(&lengths, arena) = (int)(ids.len - before);
  }
  free(line);
  *count = (int)lengths.len;
  *inputs = hsy_new(arena, hsy_encoder_input, lengths.len);
  int at = 0;
  for (int i = 0; i < *count; at += lengths.data[i++])
    (*inputs)[i] = (hsy_encoder_input){.ids = ids.data + at, .length = lengths.data[i]};
  return at;
}

static bool run(const hsy_encoder *encoder, const hsy_encoder_input *inputs, int count, float *states,
                hsy_arena scratch, hsy_error *err) {
  for (int i = 0; i < count; i += BATCH) {
    int n = count - i < BATCH ? count - i : BATCH;
    if (!hsy_encoder_run(encoder, inputs + i, n, states, scratch, err)) return false;
    for (int k = i; k < i + n; k++) states += (ptrdiff_t)inputs[k].length * hsy_encoder_width(encoder);
  }
  return true;
}

int main(int argc, char **argv) {
  hsy_error err = {0};
  hsy_str file;
  hsy_heap *heap = hsy_heap_new((size_t)1 << 30, &err);
  if (argc < 2 || !heap || !hsy_os_map(argv[1], &file, &err)) return fprintf(stderr, "%s\n", err.message), 1;
  hsy_arena arena = hsy_heap_reset(heap);
  double began = seconds();
  const hsy_encoder *encoder = hsy_encoder_open(file, &arena, &err);
  double opened = seconds() - began, best = 1e9;
  if (!encoder) return fprintf(stderr, "%s\n", err.message), 1;
  hsy_encoder_input *inputs;
  int count, tokens = read_inputs(&arena, &inputs, &count), width = hsy_encoder_width(encoder);
  float *states = hsy_new(&arena, float, (ptrdiff_t)tokens *width);
  for (int i = 0; i < ROUNDS; i++) {
    began = seconds();
    if (!run(encoder, inputs, count, states, arena, &err)) return fprintf(stderr, "%s\n", err.message), 1;
    if (seconds() - began < best) best = seconds() - began;
  }
  printf("%s %d %.4f %.2f\n", hsy_kernels_choose()->name, tokens, best, opened * 1000);
  FILE *out = argc > 2 ? fopen(argv[2], "wb") : NULL;
  if (out) fwrite(states, sizeof(float), (size_t)tokens * (size_t)width, out), fclose(out);
  return 0;
}
