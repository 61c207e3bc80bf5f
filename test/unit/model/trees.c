/* Trees walked side by side give what each gives by itself, for known and unknown features. */
#include "model/trees.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { TREES = 21, CLASSES = 3, FEATURES = 4, DEEPEST = 6, MOST_NODES = TREES * (2 * DEEPEST + 1) };

typedef struct model {
  int32_t head[4];
  float base[HSY_TREES_CLASSES];
  int32_t roots[TREES];
  hsy_tree_node nodes[MOST_NODES];
} model;

/* Tree t is a row of t % (DEEPEST + 1) questions, a leaf beside each: no two are of one shape. */
static void grow(model *m) {
  int32_t n = 0;
  for (int32_t t = 0; t < TREES; t++) {
    m->roots[t] = n;
    for (int32_t depth = t % (DEEPEST + 1); depth > 0; depth--, n += 2) {
      bool goes_left = (t + depth) % 2;
      m->nodes[n] = (hsy_tree_node){.value = (float)(t - depth) / 8,
                                    .feature = (int16_t)((t * depth) % FEATURES),
                                    .unknown_left = (uint16_t)(depth % 2),
                                    .left = n + 1 + goes_left,
                                    .right = n + 2 - goes_left};
      m->nodes[n + 1] = (hsy_tree_node){.value = 1.0f / (float)(t + 3 * depth), .feature = -1};
    }
    m->nodes[n++] = (hsy_tree_node){.value = 0.1f * (float)t, .feature = -1, .left = -7, .right = 1 << 30};
  }
  memcpy(m->head, (int32_t[]){CLASSES, FEATURES, TREES, n}, sizeof m->head);
  for (int k = 0; k < CLASSES; k++) m->base[k] = 0.5f * (float)k;
}

static void one_by_one(const hsy_trees *trees, const float *features, float *out) {
  for (int32_t k = 0; k < trees->classes; k++) out[k] = trees->base[k];
  for (int32_t t = 0; t < trees->tree_count; t++) {
    const hsy_tree_node *node = &trees->nodes[trees->roots[t]];
    while (node->feature >= 0) {
      float x = features[node->feature];
      bool left = isnan(x) ? node->unknown_left : x <= node->value;
      node = &trees->nodes[left ? node->left : node->right];
    }
    out[t % trees->classes] += node->value;
  }
}

static void side_by_side_is_one_by_one(void **state) {
  (void)state;
  static model m;
  grow(&m);
  ptrdiff_t size = (ptrdiff_t)(offsetof(model, nodes) + (size_t)m.head[3] * sizeof *m.nodes);
  hsy_trees trees;
  hsy_error err = {0};
  assert_true(hsy_trees_open(&trees, (hsy_str){(const char *)&m, size}, &err));
  static const float VALUES[] = {-1, 0, 0.125f, 0.5f, 2, NAN, INFINITY};
  enum { COUNT = sizeof VALUES / sizeof *VALUES };
  for (int i = 0; i < COUNT * COUNT * COUNT * COUNT; i++) {
    float features[FEATURES], got[CLASSES], want[CLASSES];
    for (int f = 0, rest = i; f < FEATURES; f++, rest /= COUNT) features[f] = VALUES[rest % COUNT];
    hsy_trees_score(&trees, features, got);
    one_by_one(&trees, features, want);
    assert_memory_equal(got, want, sizeof got); /* bit by bit: the order of the sum counts */
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(side_by_side_is_one_by_one)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
