/* Decoding and marginals against every sequence written out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/crf.h"
#include "model/file.h"
#include "model/ranker.h"

enum { L = HSY_CRF_TAGS, TAGS = 3, LENGTH = 5 };

static hsy_heap *heap;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  return (heap = hsy_heap_new((size_t)16 << 20, &err)) ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

static float noise(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (float)(*seed >> 16) / 32768.0f - 1.0f;
}

/* A model and emissions that have no ties. */
static void make(hsy_crf *crf, float *emissions, uint8_t *classes, uint32_t seed) {
  memset(crf, 0, sizeof *crf);
  crf->tags = TAGS;
  for (int c = 0; c < 2; c++)
    for (int x = 0; x < TAGS; x++)
      for (int y = 0; y < TAGS; y++) crf->transition[c][x][y] = noise(&seed);
  hsy_crf_exponentiate(crf);
  for (int y = 0; y < TAGS; y++) crf->start[y] = noise(&seed);
  for (int t = 0; t < LENGTH; t++) {
    classes[t] = (uint8_t)(t % 2);
    for (int y = 0; y < TAGS; y++) emissions[t * L + y] = 2 * noise(&seed);
  }
}

static double score(const hsy_crf *crf, const float *emissions, const uint8_t *classes, const int *y) {
  double s = crf->start[y[0]] + emissions[y[0]];
  for (int t = 1; t < LENGTH; t++) s += crf->transition[classes[t]][y[t - 1]][y[t]] + emissions[t * L + y[t]];
  return s;
}

static void agrees_with_enumeration(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed < 20; seed++) {
    hsy_crf crf;
    float emissions[LENGTH * L] = {0}, marginals[LENGTH * L];
    uint8_t classes[LENGTH], tags[LENGTH];
    make(&crf, emissions, classes, seed);
    double best = -1e9, total = 0, share[LENGTH][TAGS] = {{0}};
    int best_y[LENGTH] = {0};
    for (int n = 0; n < 243; n++) {
      int y[LENGTH];
      for (int t = 0, m = n; t < LENGTH; t++, m /= TAGS) y[t] = m % TAGS;
      double s = score(&crf, emissions, classes, y);
      if (s > best) best = s, memcpy(best_y, y, sizeof y);
      total += exp(s);
      for (int t = 0; t < LENGTH; t++) share[t][y[t]] += exp(s);
    }
    hsy_arena scratch = hsy_heap_reset(heap);
    assert_true(hsy_crf_decode(&crf, emissions, classes, LENGTH, tags, scratch));
    assert_true(hsy_crf_marginals(&crf, emissions, classes, LENGTH, marginals, scratch));
    for (int t = 0; t < LENGTH; t++) {
      assert_int_equal(tags[t], best_y[t]);
      for (int y = 0; y < TAGS; y++) assert_true(fabs(marginals[t * L + y] - share[t][y] / total) < 1e-4);
    }
  }
}

static void rows_add_up(void **state) {
  (void)state;
  int8_t weights[4 * 2 * L];
  for (int i = 0; i < 4 * 2 * L; i++) weights[i] = (int8_t)(i - 30);
  hsy_crf_table pair = {3, 2 * L, weights}, single = {7, L, weights};
  uint32_t features[] = {1, 4 + 2, 1};
  int16_t sums[2 * L] = {0};
  hsy_crf_sum(&pair, features, 3, sums);
  for (int y = 0; y < 2 * L; y++) assert_int_equal(sums[y], 2 * weights[2 * L + y] + weights[4 * L + y]);
  int16_t half[L] = {0};
  hsy_crf_sum(&single, features, 2, half);
  for (int y = 0; y < L; y++) assert_int_equal(half[y], weights[L + y] + weights[6 * L + y]);
}

static void softmax_is_a_distribution(void **state) {
  (void)state;
  float scores[] = {1, 3, 2};
  assert_int_equal(hsy_ranker_softmax(scores, 3), 1);
  assert_true(fabsf(scores[0] + scores[1] + scores[2] - 1) < 1e-6f);
  assert_true(fabsf(scores[1] / scores[2] - expf(1)) < 1e-4f);
}

static void damaged_models_are_refused(void **state) {
  (void)state;
  hsy_error err = {0};
  hsy_str bytes;
  assert_false(hsy_model_section(HSY_S("other\n\na 1\nx"), "a", &bytes, &err));
  assert_int_equal(err.code, HSY_BAD_INPUT);
  err = (hsy_error){0};
  assert_false(hsy_model_section(HSY_S("hearsay model 1\nkey: value\n\na 10\nxyz"), "a", &bytes, &err));
  err = (hsy_error){0};
  assert_true(hsy_model_section(HSY_S("hearsay model 1\nkey: value\n\na 3\nxyzb 1\nq"), "b", &bytes, &err));
  assert_true(hsy_str_eq(bytes, HSY_S("q")));
  hsy_crf crf;
  hsy_crf_table table;
  hsy_ranker ranker;
  err = (hsy_error){0};
  assert_false(hsy_crf_open(&crf, HSY_S("abcdefgh"), &err));
  err = (hsy_error){0};
  assert_false(hsy_crf_open_table(&table, HSY_S("\xff\xff\xff\xff\x08\0\0\0"), &err));
  err = (hsy_error){0};
  assert_false(hsy_ranker_open(&ranker, HSY_S("\x02\0\0\0\0\0\0\0abc"), &err));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(agrees_with_enumeration),
      cmocka_unit_test(rows_add_up),
      cmocka_unit_test(softmax_is_a_distribution),
      cmocka_unit_test(damaged_models_are_refused),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
