/* States of a small encoder beside the reference's, by each of the kernels that this processor has. */
#include "parity.h"

#include <math.h>

#include "model/encoder.h"
#include "model/kernels.h"

enum { SEQUENCES = 16 };

static hsy_encoder *encoder;
static hsy_encoder_input inputs[SEQUENCES];
static int count, tokens, width;

static int load(void **state) {
  hsy_error err = {0};
  if (load_files(state) != 0) return -1;
  encoder = (hsy_encoder *)(uintptr_t)hsy_encoder_open(tiny, &arena, &err); /* for the test's hook */
  if (!encoder) return -1;
  width = hsy_encoder_width(encoder);
  const hsy_tensor *lengths = expect("lengths");
  count = lengths->columns;
  for (int i = 0; i < count; i++) {
    inputs[i] = (hsy_encoder_input){.ids = (const int32_t *)expect("ids")->data + tokens,
                                    .types = (const uint8_t *)expect("types")->data + tokens,
                                    .cases = (const uint8_t *)expect("cases")->data + tokens,
                                    .quotes = (const uint8_t *)expect("quotes")->data + tokens,
                                    .length = ((const int32_t *)lengths->data)[i]};
    tokens += inputs[i].length;
  }
  return 0;
}

static float *states_by(const hsy_kernels *kernels) {
  hsy_error err = {0};
  float *states = hsy_new(&arena, float, (ptrdiff_t)tokens *width);
  hsy_encoder_use(encoder, kernels);
  assert_true(hsy_encoder_run(encoder, inputs, count, states, arena, &err));
  return states;
}

/* The error's size beside that of the states, over all tokens; *worst: the largest of one number. */
static double error_of(const float *states, const char *reference, double *worst) {
  const float *want = expect(reference)->data;
  double error = 0, size = 0;
  *worst = 0;
  for (int i = 0; i < tokens * width; i++) {
    double d = fabs((double)states[i] - (double)want[i]);
    error += d * d;
    size += (double)want[i] * (double)want[i];
    if (!(d <= *worst)) *worst = d; /* and not a number */
  }
  return sqrt(error / size);
}

static void states_as_the_reference(void **state) {
  (void)state;
  /* What rounding costs: of activations, then of weights too. By the same formulas the rest is what floats and
   * doubles round to other whole numbers. */
  static const struct {
    const char *reference;
    double error, worst;
  } BARS[] = {{"states.formulas", 0.006, 0.05}, {"states.weights", 0.013, 0.06}, {"states.floats", 0.022, 0.12}};
  const float *states = states_by(hsy_kernels_choose());
  for (size_t i = 0; i < sizeof BARS / sizeof *BARS; i++) {
    double worst, error = error_of(states, BARS[i].reference, &worst);
    print_message("%s: %.5f, at most %.5f\n", BARS[i].reference, error, worst);
    assert_true(error < BARS[i].error && worst < BARS[i].worst);
  }
}

/* Most tokens meet no such number and agree to the digits of floats. */
static void most_states_nearly_exact(void **state) {
  (void)state;
  const float *states = states_by(hsy_kernels_choose()), *want = expect("states.formulas")->data;
  int near = 0;
  for (int t = 0; t < tokens; t++) {
    float worst = 0;
    for (int i = t * width; i < (t + 1) * width; i++) worst = fmaxf(worst, fabsf(states[i] - want[i]));
    near += worst < 2e-4f;
  }
  print_message("%d of %d\n", near, tokens);
  assert_true(near > tokens / 2);
}

static void the_same_bits_by_all_kernels(void **state) {
  (void)state;
  const float *want = NULL;
  for (const hsy_kernels *const *k = hsy_kernels_all; *k; k++) {
    if (!(*k)->usable()) {
      print_message("%s: not on this processor\n", (*k)->name);
      continue;
    }
    const float *states = states_by(*k);
    if (!want) want = states;
    print_message("%s: %s\n", (*k)->name,
                  memcmp(states, want, sizeof(float) * (size_t)(tokens * width)) ? "differs" : "the same");
    assert_memory_equal(states, want, sizeof(float) * (size_t)(tokens * width));
  }
}

static void alone_as_in_a_batch(void **state) {
  (void)state;
  hsy_error err = {0};
  const float *want = states_by(hsy_kernels_choose());
  float *alone = hsy_new(&arena, float, (ptrdiff_t)tokens *width);
  for (int i = 0; i < count; want += inputs[i++].length * width) {
    assert_true(hsy_encoder_run(encoder, &inputs[i], 1, alone, arena, &err));
    assert_memory_equal(alone, want, sizeof(float) * (size_t)(inputs[i].length * width));
  }
}

static void refuse(hsy_encoder_input input, hsy_code code) {
  hsy_error err = {0};
  float *states = hsy_new(&arena, float, 128 * (ptrdiff_t)width);
  assert_false(hsy_encoder_run(encoder, &input, 1, states, arena, &err));
  assert_int_equal(err.code, code);
}

static void inputs_it_has_no_rows_for(void **state) {
  (void)state;
  static const int32_t ids[97] = {0}, unknown[] = {100000}, negative[] = {-1};
  static const uint8_t five[] = {5};
  refuse((hsy_encoder_input){.ids = ids, .length = 97}, HSY_LIMIT);
  refuse((hsy_encoder_input){.ids = ids, .length = 0}, HSY_LIMIT);
  refuse((hsy_encoder_input){.ids = unknown, .length = 1}, HSY_USAGE);
  refuse((hsy_encoder_input){.ids = negative, .length = 1}, HSY_USAGE);
  refuse((hsy_encoder_input){.ids = ids, .types = five, .length = 1}, HSY_USAGE);
  refuse((hsy_encoder_input){.ids = ids, .cases = five, .length = 1}, HSY_USAGE);
  refuse((hsy_encoder_input){.ids = ids, .quotes = five, .length = 1}, HSY_USAGE);
}

static void tensors_of_heads(void **state) {
  (void)state;
  hsy_error err = {0};
  int rows = 0, columns = 0;
  const float *w = hsy_encoder_tensor(encoder, "head.weight", &rows, &columns, &err);
  assert_non_null(w);
  assert_int_equal(rows, 2);
  assert_int_equal(columns, 3);
  float out[2], bias[2] = {1, 2}, x[3] = {1, 10, 100};
  hsy_encoder_dense(encoder, x, 1, 3, w, bias, 2, out);
  assert_true(out[0] == 1 + 0.25f * 10 + 0.5f * 100 && out[1] == 2 + 0.75f + 10 + 125);
  rows = 3;
  assert_null(hsy_encoder_tensor(encoder, "head.weight", &rows, &columns, &err));
  assert_int_equal(err.code, HSY_BAD_INPUT);
  const hsy_tensor *names = hsy_tensors_find(hsy_encoder_tensors(encoder), HSY_S("head.names"));
  assert_true(names && hsy_str_eq((hsy_str){names->data, names->columns}, HSY_S("one two")));
  assert_true(
      hsy_str_eq(hsy_tensors_value(hsy_encoder_tensors(encoder), HSY_S("data")), HSY_S("none: random weights")));
}

/* The file, as it is after damage. */
static void refuse_file(const char *bytes, ptrdiff_t len) {
  hsy_error err = {0};
  hsy_arena scratch = arena;
  assert_null(hsy_encoder_open((hsy_str){bytes, len}, &scratch, &err));
  assert_int_equal(err.code, HSY_BAD_INPUT);
  assert_true(err.message[0]);
}

static void damaged_files(void **state) {
  (void)state;
  char *copy = hsy_alloc(&arena, 1, 64, tiny.len);
  assert_non_null(copy);
  memcpy(copy, tiny.data, (size_t)tiny.len);
  for (ptrdiff_t len = 0; len < tiny.len; len += len < 200 ? 1 : 997) refuse_file(copy, len);
  for (ptrdiff_t at = 0; at < tiny.len; at += at < 4096 ? 1 : 61) {
    copy[at] ^= 1 << at % 8;
    refuse_file(copy, tiny.len);
    copy[at] ^= 1 << at % 8;
  }
  copy[16]++; /* another version */
  refuse_file(copy, tiny.len);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(states_as_the_reference),
      cmocka_unit_test(most_states_nearly_exact),
      cmocka_unit_test(the_same_bits_by_all_kernels),
      cmocka_unit_test(alone_as_in_a_batch),
      cmocka_unit_test(inputs_it_has_no_rows_for),
      cmocka_unit_test(tensors_of_heads),
      cmocka_unit_test(damaged_files),
  };
  return cmocka_run_group_tests(tests, load, unload_files);
}
