/* How much two propositions are about one thing (link/story.h). */
#include "link/story.h"

/* What two short wordings are measured against, so that one common word does
 * not make them alike. */
static const double LEAST_WEIGHT = 1.0;
static const double ONE_TITLE = 0.6;

typedef struct shares {
  double both, one, other;
  double titles;                    /* of both: weight of what the title of one tells */
  double things, names;             /* of both: weight of things and of names, titles left out */
  bool has_things[2], has_names[2]; /* words of the clauses themselves */
} shares;

/* A word that is only near (title, speaker) counts where it is shared, by the
 * lesser share, and hardly where it is not. */
static double alone(const hsy_prop *p, int i) {
  double w = p->weight[i];
  return p->share[i] == HSY_SHARE_OWN ? w : p->share[i] == HSY_SHARE_NEAR ? 0.5 * w : 0.1 * w;
}

static void note(shares *s, int side, const hsy_prop *p, int i) {
  if (p->share[i] != HSY_SHARE_OWN) return;
  if (p->name[i])
    s->has_names[side] = true;
  else
    s->has_things[side] = true;
}

static shares weigh(const hsy_story *story, const hsy_prop *p, const hsy_prop *q) {
  shares s = {0};
  int i = 0, j = 0;
  bool one_article = hsy_story_row(story, p->row)->document == hsy_story_row(story, q->row)->document;
  while (i < p->keys || j < q->keys) {
    if (j == q->keys || (i < p->keys && p->key[i] < q->key[j])) {
      note(&s, 0, p, i);
      s.one += alone(p, i++);
    } else if (i == p->keys || q->key[j] < p->key[i]) {
      note(&s, 1, q, j);
      s.other += alone(q, j++);
    } else {
      note(&s, 0, p, i);
      note(&s, 1, q, j);
      bool name = p->name[i] || q->name[j], title = p->share[i] == HSY_SHARE_TITLE && q->share[j] == HSY_SHARE_TITLE;
      double v = p->weight[i++], w = q->weight[j++], least = v < w ? v : w;
      if (title && one_article) least *= ONE_TITLE; /* of course they share it */
      s.both += least;
      if (p->share[i - 1] == HSY_SHARE_TITLE || q->share[j - 1] == HSY_SHARE_TITLE) s.titles += least;
      if (!title) *(name ? &s.names : &s.things) += least;
      s.one += v > least ? (v + least) / 2 : v;
      s.other += w > least ? (w + least) / 2 : w;
    }
  }
  return s;
}

static double overlap(const shares *s) {
  double least = s->one < s->other ? s->one : s->other, most = s->one < s->other ? s->other : s->one;
  double of = 0.7 * least + 0.3 * most;
  return s->both / (of < LEAST_WEIGHT ? LEAST_WEIGHT : of);
}

double hsy_props_overlap(const hsy_story *story, const hsy_prop *p, const hsy_prop *q, double *contained,
                         double *both) {
  shares s = weigh(story, p, q);
  double least = s.one < s.other ? s.one : s.other;
  *both = s.both;
  *contained = least > 0 ? s.both / least : 0;
  return overlap(&s);
}
