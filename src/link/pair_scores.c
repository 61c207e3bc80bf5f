#include "link/pair_scores.h"

#include "link/pair.h"

bool hsy_pairs_score(const hsy_story *story, const hsy_candidate *pairs, ptrdiff_t count, hsy_pair_score *out,
                     hsy_arena scratch) {
  const hsy_pair_model *model = &story->lists->model;
  for (ptrdiff_t i = 0; i < count; i++) {
    float features[HSY_PAIR_COUNT], claim[HSY_TREES_CLASSES], utterance[HSY_TREES_CLASSES];
    hsy_pair_features(story, pairs[i].one, pairs[i].other, features);
    hsy_trees_chances(&model->claim, features, claim);
    hsy_trees_chances(&model->utterance, features, utterance);
    out[i] = (hsy_pair_score){pairs[i].one, pairs[i].other, claim[0], claim[1], utterance[0]};
  }
  return !hsy_arena_failed(scratch);
}
