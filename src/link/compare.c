/* How much two propositions are about one thing (link/story.h). */
#include "link/story.h"

/* What two short wordings are measured against, so that one common word does
 * not make them alike. */
static const double LEAST_WEIGHT = 1.0;
/* What is left of an overlap where both tell of things, or of names, and share
 * none; what a difference of time, or of wish and fact, takes away. */
static const double OTHER_THINGS = 0.5, OTHER_NAMES = 0.7, TENSE_GAP = 0.12, WISH_GAP = 0.25, LIGHT = 0.7, BARE = 0.6,
                    ONE_TITLE = 0.6, BARE_LEAST = 0.03, GATE_SLOPE = 0.25, GATE_FOOT = 2.8, GATE_MOST = 1.2;

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

static bool is_mood(char tense) { return tense == 'w' || tense == 'q' || tense == 's' || tense == 'm'; }

static double tense_gap(char a, char b) {
  if (a == b) return 0;
  if (is_mood(a) || is_mood(b)) return WISH_GAP;
  return a == 'n' || b == 'n' ? 0.02 : TENSE_GAP;
}

/* Figures meet where they count one thing, or where one does not say what. */
static bool units_fit(const hsy_prop *p, const hsy_prop *q) {
  if (p->unit && q->unit) return p->unit == q->unit;
  return p->event && p->event == q->event;
}

/* What two propositions have to share at least. The more statements there are,
 * the more matters they are about, and the less likely are two of them about
 * one; what is shared has to make up for that. */
static double gate(const hsy_story *story) {
  double least = GATE_SLOPE * (story->log_count - GATE_FOOT);
  return least < 0 ? 0 : least > GATE_MOST ? GATE_MOST : least;
}

static bool names(const hsy_prop *p, uint64_t key) {
  for (int i = 0; i < p->keys; i++)
    if (p->key[i] == key) return p->name[i];
  return false;
}

/* "We help neither side" covers what its speaker, by name, is said to have done,
 * not what anybody has. Where nobody speaks in the clause, any word of it. */
static bool covers(const hsy_prop *sweeping, const hsy_prop *q) {
  bool speaks = false;
  for (int i = 0; i < sweeping->keys; i++) speaks = speaks || sweeping->share[i] == HSY_SHARE_SPEAKER;
  for (int i = 0; i < sweeping->keys; i++) {
    if (sweeping->share[i] != (speaks ? HSY_SHARE_SPEAKER : HSY_SHARE_OWN)) continue;
    if (speaks ? names(q, sweeping->key[i]) : hsy_prop_has_key(q, sweeping->key[i])) return true;
  }
  return false;
}

double hsy_props_alike(const hsy_story *story, const hsy_prop *p, const hsy_prop *q) {
  if (p->kind != q->kind) return 0;
  if (p->kind == HSY_PROP_EVENT && p->event != q->event) return 0;
  if (p->kind == HSY_PROP_FIGURE && !units_fit(p, q)) return 0;
  shares s = weigh(story, p, q);
  double shared = overlap(&s);
  if (p->kind == HSY_PROP_WHOLE) return s.both >= 1.0 + 0.5 * gate(story) ? shared : 0.5 * shared;
  if (s.both == 0 && p->from != q->row && q->from != p->row) return 0;
  bool sweeps = p->sweeps || q->sweeps;
  /* a word of many uses in articles of like titles is not yet one event */
  if ((p->light || q->light) && !sweeps && s.things + s.names == 0) return 0;
  if (sweeps && !covers(p->sweeps ? p : q, p->sweeps ? q : p)) return 0;
  if (s.has_things[0] && s.has_things[1] && s.things == 0 && !sweeps) shared *= OTHER_THINGS;
  if (s.has_names[0] && s.has_names[1] && s.names == 0) shared *= OTHER_NAMES;
  if (sweeps && s.names > 0) shared = shared < 0.6 ? 0.6 : shared;
  /* "There has been no bid" is of the bid that the articles are about. */
  bool bare = (!s.has_things[0] && !s.has_names[0]) || (!s.has_things[1] && !s.has_names[1]);
  bare = bare && !p->light && !q->light && s.titles >= BARE_LEAST * story->log_count;
  if (bare && shared < BARE) shared = BARE;
  if (p->ordinal != q->ordinal) shared -= 0.4;
  double event = p->event && p->event == q->event ? 0.3 + 0.15 * p->event_weight : 0;
  if (p->kind == HSY_PROP_FIGURE && p->unit && p->unit == q->unit) event += 0.25;
  if (p->kind == HSY_PROP_FIGURE && p->event != q->event && shared < 0.4) return 0;
  if (p->light || q->light) event *= LIGHT;
  /* The rarer what they share, the surer that it is one matter: among many
   * statements an event and a common name are not enough. */
  double evidence = s.both + (p->event && p->event == q->event && !p->light && !q->light ? p->event_weight : 0);
  if (p->kind == HSY_PROP_FIGURE && p->unit && p->unit == q->unit) evidence += p->unit_weight;
  if (!sweeps && p->from == HSY_NONE && q->from == HSY_NONE && evidence < gate(story) && !bare) return 0;
  double score = event + 0.55 * shared - (sweeps ? 0 : tense_gap(p->tense, q->tense));
  return score < 0 ? 0 : score > 1 ? 1 : score;
}
