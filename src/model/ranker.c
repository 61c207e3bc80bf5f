#include "model/ranker.h"

#include <math.h>
#include <string.h>

float hsy_ranker_score(const hsy_ranker *ranker, const uint32_t *features, int count) {
  int32_t sum = 0;
  for (int f = 0; f < count; f++) sum += ranker->weights[features[f] & ranker->mask];
  return ranker->scale * (float)sum;
}

int hsy_ranker_softmax(float *scores, int count) {
  int best = 0;
  for (int i = 1; i < count; i++)
    if (scores[i] > scores[best]) best = i;
  float top = scores[best], sum = 0;
  for (int i = 0; i < count; i++) sum += scores[i] = expf(scores[i] - top);
  for (int i = 0; i < count; i++) scores[i] /= sum;
  return best;
}

bool hsy_ranker_open(hsy_ranker *ranker, hsy_str bytes, hsy_error *err) {
  uint32_t bits = 32;
  if (bytes.len >= 8) memcpy(&bits, bytes.data, 4);
  if (bits > 24 || bytes.len != 8 + ((ptrdiff_t)1 << bits))
    return hsy_fail(err, HSY_BAD_INPUT, "model", 0, "a ranking model does not have the size that it names");
  ranker->mask = (1u << bits) - 1;
  memcpy(&ranker->scale, bytes.data + 4, 4);
  ranker->weights = (const int8_t *)bytes.data + 8;
  return true;
}
