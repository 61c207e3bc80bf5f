#include "link/score.h"

#include <math.h>
#include <string.h>

#include "base/resource.h"
#include "model/file.h"

/* Trees want to lie at a multiple of four. */
static bool open_trees(hsy_trees *trees, hsy_str file, const char *name, int classes, int features, hsy_arena *arena,
                       hsy_error *err) {
  hsy_str bytes;
  if (!hsy_model_section(file, name, &bytes, err)) return false;
  char *kept = (char *)hsy_new(arena, int32_t, bytes.len / 4 + 1);
  if (!kept) return hsy_arena_check(*arena, "link", err);
  memcpy(kept, bytes.data, (size_t)bytes.len);
  if (!hsy_trees_open(trees, (hsy_str){kept, bytes.len}, err)) return false;
  if (trees->classes == classes && trees->features == features) return true;
  return hsy_fail(err, HSY_BAD_INPUT, "link", -1, "the model of pairs was made for other features");
}

bool hsy_pair_model_load(hsy_pair_model *model, hsy_str file, int features, hsy_arena *arena, hsy_error *err) {
  hsy_str bars;
  if (file.len == 0 && !hsy_resource_find(HSY_S("model/claims.bin"), &file))
    return hsy_fail(err, HSY_BAD_INPUT, "link", -1, "model/claims.bin is not there");
  if (!open_trees(&model->claim, file, "claim", 3, features, arena, err) ||
      !open_trees(&model->utterance, file, "utterance", 1, features, arena, err) ||
      !hsy_model_section(file, "bars", &bars, err))
    return false;
  if (bars.len != sizeof model->bars) return hsy_fail(err, HSY_BAD_INPUT, "link", -1, "the model of pairs is damaged");
  memcpy(model->bars, bars.data, sizeof model->bars);
  return true;
}

float hsy_log_odds(float chance) {
  static const float MOST = 5;
  float odds = logf((chance + 1e-6f) / (1 - chance + 1e-6f));
  return odds > MOST ? MOST : odds < -MOST ? -MOST : odds;
}

bool hsy_pair_counts(const hsy_pair_model *model, const hsy_pair_score *score) {
  float least = model->bars[HSY_BAR_MISSING];
  return hsy_log_odds(score->same + score->opposite) > least || hsy_log_odds(score->utterance) > least;
}
