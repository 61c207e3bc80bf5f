#include "model/trees.h"

#include <math.h>
#include <string.h>

/* Which way a case goes cannot be foretold, and each node waits for the one above
 * it: so several trees are walked side by side, and no step asks a question. */
enum { AT_ONCE = 8 };

/* The node below `at` where the case goes on; a leaf itself. */
static inline uint32_t step(const hsy_trees *trees, const float *features, uint32_t at) {
  const hsy_tree_node *node = &trees->nodes[at];
  uint32_t inner = ~(uint32_t)(node->feature >> 15); /* all ones, or none of a leaf */
  float x = features[(uint32_t)node->feature & inner];
  uint32_t left = (uint32_t)(x <= node->value) | ((uint32_t)(x != x) & (uint32_t)(node->unknown_left != 0));
  uint32_t next = (uint32_t)node->right ^ (((uint32_t)node->left ^ (uint32_t)node->right) & (0 - left));
  return at ^ ((at ^ next) & inner);
}

/* Takes the trees [first, first + AT_ONCE) down to their leaves. */
static void walk(const hsy_trees *trees, const float *features, int32_t first, uint32_t at[AT_ONCE]) {
  for (int i = 0; i < AT_ONCE; i++) at[i] = (uint32_t)trees->roots[first + i];
  for (uint32_t moved = 1; moved;) {
    moved = 0;
#pragma GCC unroll 8
    for (int i = 0; i < AT_ONCE; i++) {
      uint32_t next = step(trees, features, at[i]);
      moved |= at[i] ^ next;
      at[i] = next;
    }
  }
}

static uint32_t walk_one(const hsy_trees *trees, const float *features, int32_t tree) {
  uint32_t at = (uint32_t)trees->roots[tree];
  while (trees->nodes[at].feature >= 0) at = step(trees, features, at);
  return at;
}

void hsy_trees_score(const hsy_trees *trees, const float *features, float *out) {
  for (int32_t k = 0; k < trees->classes; k++) out[k] = trees->base[k];
  int32_t t = 0, k = 0;
  for (; t + AT_ONCE <= trees->tree_count; t += AT_ONCE) {
    uint32_t at[AT_ONCE];
    walk(trees, features, t, at);
    for (int i = 0; i < AT_ONCE; i++) { /* added in the order of the trees: sums of fractions hang on it */
      out[k] += trees->nodes[at[i]].value;
      k = k + 1 == trees->classes ? 0 : k + 1;
    }
  }
  for (; t < trees->tree_count; t++) out[t % trees->classes] += trees->nodes[walk_one(trees, features, t)].value;
}

void hsy_trees_chances(const hsy_trees *trees, const float *features, float *out) {
  hsy_trees_score(trees, features, out);
  if (trees->classes == 1) {
    out[0] = 1 / (1 + expf(-out[0]));
    return;
  }
  float top = out[0], sum = 0;
  for (int32_t k = 1; k < trees->classes; k++) top = out[k] > top ? out[k] : top;
  for (int32_t k = 0; k < trees->classes; k++) sum += out[k] = expf(out[k] - top);
  for (int32_t k = 0; k < trees->classes; k++) out[k] /= sum;
}

enum { HEAD = 4 * sizeof(int32_t) + HSY_TREES_CLASSES * sizeof(float) };

static bool is_sound(const hsy_trees *trees) {
  for (int32_t t = 0; t < trees->tree_count; t++)
    if (trees->roots[t] < 0 || trees->roots[t] >= trees->node_count) return false;
  for (int32_t i = 0; i < trees->node_count; i++) {
    const hsy_tree_node *n = &trees->nodes[i];
    if (n->feature < 0) continue;
    bool inside = n->left > i && n->right > i && n->left < trees->node_count && n->right < trees->node_count;
    if (n->feature >= trees->features || !inside) return false;
  }
  return true;
}

bool hsy_trees_open(hsy_trees *trees, hsy_str bytes, hsy_error *err) {
  *trees = (hsy_trees){0};
  int32_t head[4] = {0};
  if (bytes.len >= HEAD) memcpy(head, bytes.data, sizeof head);
  trees->classes = head[0], trees->features = head[1], trees->tree_count = head[2], trees->node_count = head[3];
  bool fits = head[0] > 0 && head[0] <= HSY_TREES_CLASSES && head[1] > 0 && head[2] >= 0 && head[3] >= 0 &&
              bytes.len == HEAD + (ptrdiff_t)head[2] * (ptrdiff_t)sizeof(int32_t) +
                               (ptrdiff_t)head[3] * (ptrdiff_t)sizeof(hsy_tree_node);
  if (fits && (uintptr_t)bytes.data % 4 == 0) {
    memcpy(trees->base, bytes.data + sizeof head, sizeof trees->base);
    trees->roots = (const int32_t *)(bytes.data + HEAD);
    trees->nodes = (const hsy_tree_node *)(trees->roots + head[2]);
    if (is_sound(trees)) return true;
  }
  *trees = (hsy_trees){0};
  return hsy_fail(err, HSY_BAD_INPUT, "model", 0, "a model of trees is damaged");
}
