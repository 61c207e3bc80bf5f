/* How much two propositions are about one thing (link/story.h). */
#include "link/story.h"

/* What two short wordings are measured against, so that one common word does
 * not make them alike. */
static const double LEAST_WEIGHT = 0.8;

typedef struct shares {
  double both, one, other;
} shares;

static double weight_of(const hsy_story *story, const hsy_prop *p, int i) {
  return hsy_story_weight(story, p->key[i]) * p->share[i] / 100;
}

/* A word that is only near (title, speaker) counts where it is shared, by the
 * lesser share, and hardly where it is not. */
static double alone(const hsy_story *story, const hsy_prop *p, int i) {
  double w = weight_of(story, p, i);
  return p->share[i] == HSY_SHARE_OWN ? w : p->share[i] == HSY_SHARE_NEAR ? 0.5 * w : 0.1 * w;
}

static shares weigh(const hsy_story *story, const hsy_prop *p, const hsy_prop *q) {
  shares s = {0};
  int i = 0, j = 0;
  while (i < p->keys || j < q->keys) {
    if (j == q->keys || (i < p->keys && p->key[i] < q->key[j])) {
      s.one += alone(story, p, i++);
    } else if (i == p->keys || q->key[j] < p->key[i]) {
      s.other += alone(story, q, j++);
    } else {
      double v = weight_of(story, p, i++), w = weight_of(story, q, j++), least = v < w ? v : w;
      s.both += least;
      s.one += v > least ? (v + least) / 2 : v;
      s.other += w > least ? (w + least) / 2 : w;
    }
  }
  return s;
}

double hsy_props_overlap(const hsy_story *story, const hsy_prop *p, const hsy_prop *q, double *contained,
                         double *both) {
  shares s = weigh(story, p, q);
  double least = s.one < s.other ? s.one : s.other, most = s.one < s.other ? s.other : s.one;
  double of = 0.7 * least + 0.3 * most;
  if (of < LEAST_WEIGHT) of = LEAST_WEIGHT;
  *both = s.both;
  *contained = least > 0 ? s.both / least : 0;
  return of > 0 ? s.both / of : 0;
}

/* Figures meet where they count one thing, or where one does not say what. */
static bool units_fit(const hsy_prop *p, const hsy_prop *q) {
  if (p->unit && q->unit) return p->unit == q->unit;
  return p->event && p->event == q->event;
}

double hsy_props_alike(const hsy_story *story, const hsy_prop *p, const hsy_prop *q) {
  if (p->kind != q->kind) return 0;
  if (p->kind == HSY_PROP_EVENT && p->event != q->event) return 0;
  if (p->kind == HSY_PROP_FIGURE && !units_fit(p, q)) return 0;
  double contained, both, shared = hsy_props_overlap(story, p, q, &contained, &both);
  if (p->kind == HSY_PROP_WHOLE) return both >= 1.0 ? shared : 0.5 * shared;
  if (both == 0 && p->from != q->row && q->from != p->row) return 0;
  if (p->sweeps || q->sweeps) shared = shared < 0.5 ? 0.5 : shared;
  double event = p->event && p->event == q->event ? 0.3 + 0.15 * hsy_story_weight(story, p->event) : 0;
  if (p->kind == HSY_PROP_FIGURE && p->unit && p->unit == q->unit) event += 0.25;
  if (p->light || q->light) event *= 0.5;
  if (p->ordinal != q->ordinal) shared -= 0.4;
  double score = event + 0.55 * shared - (p->tense != q->tense ? 0.05 : 0);
  return score < 0 ? 0 : score > 1 ? 1 : score;
}
