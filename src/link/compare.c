/* How much two propositions are about one thing (link/story.h). */
#include "link/story.h"

typedef struct shares {
  double both, one, other;
} shares;

static shares weigh(const hsy_story *story, const hsy_prop *p, const hsy_prop *q) {
  shares s = {0};
  int i = 0, j = 0;
  while (i < p->keys || j < q->keys) {
    if (j == q->keys || (i < p->keys && p->key[i] < q->key[j])) {
      s.one += hsy_story_weight(story, p->key[i++]);
    } else if (i == p->keys || q->key[j] < p->key[i]) {
      s.other += hsy_story_weight(story, q->key[j++]);
    } else {
      double w = hsy_story_weight(story, p->key[i]);
      s.both += w;
      s.one += w;
      s.other += w;
      i++;
      j++;
    }
  }
  return s;
}

/* S / (0.7 min(A, B) + 0.3 max(A, B)): a part of a longer wording counts for
 * nearly as much as the whole. */
static double overlap(shares s) {
  double least = s.one < s.other ? s.one : s.other, most = s.one < s.other ? s.other : s.one;
  double of = 0.7 * least + 0.3 * most;
  return of > 0 ? s.both / of : 0;
}

double hsy_props_alike(const hsy_story *story, const hsy_prop *p, const hsy_prop *q) {
  if (p->kind != q->kind) return 0;
  shares s = weigh(story, p, q);
  double shared = overlap(s);
  if (p->kind == HSY_PROP_WHOLE) return s.both >= 1.0 ? shared : 0.5 * shared;
  if (p->kind == HSY_PROP_EVENT && p->event != q->event) return 0;
  bool event = p->event && p->event == q->event;
  if (s.both == 0 && p->from != q->row && q->from != p->row) return 0;
  double score = (event ? 0.3 + 0.15 * hsy_story_weight(story, p->event) : 0) + 0.55 * shared;
  if (p->tense != q->tense) score -= 0.05;
  return score < 0 ? 0 : score > 1 ? 1 : score;
}
