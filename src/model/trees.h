/* Gradient-boosted decision trees: inference.
 *
 * In. Features of one case, NaN where one is not known; a model.
 * Out. A score a class, or their softmax.
 * Owns. Nothing; nodes are borrowed from the model file.
 * Method. s_k = base_k + sum over the trees of class k of the value of the leaf
 * that the case falls to; p = softmax(s) (Friedman 2001). With one class the
 * score is a logit.
 */
#ifndef HSY_MODEL_TREES_H
#define HSY_MODEL_TREES_H

#include "base/error.h"
#include "base/str.h"

enum { HSY_TREES_CLASSES = 4 };

/* At an inner node a case goes left where its feature is at most `value`, or
 * unknown and `unknown_left`; a leaf has feature -1 and its score in `value`. */
typedef struct hsy_tree_node {
  float value;
  int16_t feature;
  uint16_t unknown_left;
  int32_t left, right; /* nodes of the file; both behind this one */
} hsy_tree_node;

typedef struct hsy_trees {
  int32_t classes, features, tree_count, node_count;
  float base[HSY_TREES_CLASSES];
  const int32_t *roots; /* [tree_count] of class i % classes */
  const hsy_tree_node *nodes;
} hsy_trees;

/* out: [classes], sums. */
void hsy_trees_score(const hsy_trees *trees, const float *features, float *out);
/* out: [classes] chances; where there is one class, its chance. */
void hsy_trees_chances(const hsy_trees *trees, const float *features, float *out);

/* Layout, little-endian: classes, features, trees, nodes (int32), base
 * (HSY_TREES_CLASSES floats), roots, nodes. The bytes must lie at a multiple
 * of four. A file that leads out of its nodes or round in a circle is refused. */
bool hsy_trees_open(hsy_trees *trees, hsy_str bytes, hsy_error *err);

#endif
