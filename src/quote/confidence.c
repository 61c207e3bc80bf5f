#include "quote/confidence.h"

#include <math.h>

static float logit(float p) {
  p = p < 0.001f ? 0.001f : p > 0.999f ? 0.999f : p;
  return logf(p / (1 - p));
}

void hsy_confidence_features(bool quoted, const hsy_quote_span_vec *spans, const hsy_quote_group *g,
                             const int32_t *contents, float out[HSY_CONFIDENCE_FEATURES]) {
  float weakest = 1, tie = 1, chance = 0;
  int32_t tokens = 0;
  for (int32_t i = 0; i < g->contents; i++) {
    const hsy_quote_span *s = &spans->data[contents[g->first_content + i]];
    weakest = fminf(weakest, s->weakest);
    tie = fminf(tie, s->tie);
    chance += s->chance * (float)(s->end - s->first);
    tokens += s->end - s->first;
  }
  const hsy_quote_span *cue = g->cue == HSY_NONE ? NULL : &spans->data[g->cue];
  const hsy_quote_span *source = g->source == HSY_NONE ? NULL : &spans->data[g->source];
  float f[HSY_CONFIDENCE_FEATURES] = {
      1,
      logit(chance / (float)tokens),
      logit(weakest),
      logit(tie),
      cue != NULL,
      cue ? logit(cue->chance) : 0,
      cue ? logit(cue->tie) : 0,
      source != NULL,
      source ? logit(source->chance) : 0,
      source ? logit(source->weakest) : 0,
      quoted,
      g->contents > 1,
      logf((float)tokens),
      quoted ? logit(chance / (float)tokens) : 0,
  };
  for (int i = 0; i < HSY_CONFIDENCE_FEATURES; i++) out[i] = f[i];
}

float hsy_confidence(const float w[HSY_CONFIDENCE_FEATURES], const float features[HSY_CONFIDENCE_FEATURES]) {
  float sum = 0; // sigmoid(w · f)
  for (int i = 0; i < HSY_CONFIDENCE_FEATURES; i++) sum += w[i] * features[i];
  return 1 / (1 + expf(-sum));
}
