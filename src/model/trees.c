#include "model/trees.h"

#include <math.h>
#include <string.h>

void hsy_trees_score(const hsy_trees *trees, const float *features, float *out) {
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
