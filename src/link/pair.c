#include "link/pair.h"

#include <math.h>
#include <stdlib.h>

const char *hsy_pair_feature_name(hsy_pair_feature feature) {
#define NAME(name) #name,
  static const char *const NAMES[] = {HSY_PAIR_FEATURES(NAME)};
#undef NAME
  return NAMES[feature];
}

/* ---- views ---- */

typedef struct view_word {
  uint64_t key;
  float weight;
  int8_t sign;
  bool name;
} view_word;

static int compare_view_words(const void *a, const void *b) {
  const view_word *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return x->sign - y->sign;
}

static bool counts(const hsy_link_word *w) {
  return w->kind == HSY_WORD_PLAIN || w->kind == HSY_WORD_NAME || w->kind == HSY_WORD_FIGURE;
}

static int32_t add_words(const hsy_story *story, int32_t at, int factor, view_word *out, int32_t count) {
  const hsy_reading *r = &story->readings[at];
  if (r->content_false) factor = -factor;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (!counts(w)) continue;
    out[count++] = (view_word){w->lemma, (float)hsy_story_weight(story, w->lemma),
                               (int8_t)(factor * hsy_reading_sign(r, i)), w->kind == HSY_WORD_NAME};
  }
  return count;
}

static void finish_view(hsy_view *view, view_word *words, int32_t count, hsy_arena *arena) {
  qsort(words, (size_t)count, sizeof *words, compare_view_words);
  int32_t kept = 0;
  for (int32_t i = 0; i < count; i++)
    if (i == 0 || words[i].key != words[kept - 1].key) words[kept++] = words[i];
  uint64_t *key = hsy_new(arena, uint64_t, kept);
  float *weight = hsy_new(arena, float, kept);
  int8_t *sign = hsy_new(arena, int8_t, kept);
  bool *name = hsy_new(arena, bool, kept);
  if (!key || !weight || !sign || !name) return;
  double squares = 0, sum = 0;
  for (int32_t i = 0; i < kept; i++) {
    key[i] = words[i].key, weight[i] = words[i].weight, sign[i] = words[i].sign, name[i] = words[i].name;
    squares += (double)weight[i] * weight[i];
    sum += weight[i];
  }
  *view = (hsy_view){kept, key, weight, sign, name, (float)sqrt(squares), (float)sum, view->negations};
}

void hsy_story_view(hsy_story *story) {
  hsy_arena *arena = story->arena;
  hsy_view *views = hsy_new(arena, hsy_view, story->count + 1);
  for (int32_t i = 0; views && i < story->count; i++) {
    view_word words[2 * HSY_LINK_WORDS];
    const hsy_reading *r = &story->readings[i];
    int32_t count = add_words(story, i, 1, words, 0);
    if (r->referent != HSY_NONE) count = add_words(story, r->referent, r->refer_sign, words, count);
    for (int32_t k = 0; k < r->count; k++) views[i].negations = (int8_t)(views[i].negations + r->words[k].negates);
    finish_view(&views[i], words, count, arena);
  }
  story->views = views;
}

/* ---- words ---- */

static void compare_views(const hsy_view *a, const hsy_view *b, float *f) {
  double dot = 0, shared = 0, names = 0, things = 0, polarity = 0, polar_things = 0;
  double most_name = 0, most_thing = 0;
  bool has_names[2] = {false, false}, has_things[2] = {false, false};
  int both = 0;
  for (int32_t i = 0; i < a->count; i++) has_names[0] |= a->name[i], has_things[0] |= !a->name[i];
  for (int32_t i = 0; i < b->count; i++) has_names[1] |= b->name[i], has_things[1] |= !b->name[i];
  for (int32_t i = 0, j = 0; i < a->count && j < b->count;) {
    if (a->key[i] != b->key[j]) {
      if (a->key[i] < b->key[j])
        i++;
      else
        j++;
      continue;
    }
    double w = a->weight[i];
    bool name = a->name[i] || b->name[j];
    both++;
    dot += w * w;
    shared += w;
    *(name ? &names : &things) += w;
    double *most = name ? &most_name : &most_thing;
    if (w > *most) *most = w;
    polarity += w * a->sign[i] * b->sign[j];
    if (!name) polar_things += w * a->sign[i] * b->sign[j];
    i++, j++;
  }
  double least = a->sum < b->sum ? a->sum : b->sum, more = a->sum < b->sum ? b->sum : a->sum;
  f[HSY_PAIR_cosine] = (float)(dot / (a->norm * b->norm + 1e-6));
  f[HSY_PAIR_contained] = (float)(shared / (least + 1e-6));
  f[HSY_PAIR_shared] = (float)shared;
  f[HSY_PAIR_shared_names] = (float)names;
  f[HSY_PAIR_shared_things] = (float)things;
  f[HSY_PAIR_rarest_name] = (float)most_name;
  f[HSY_PAIR_rarest_thing] = (float)most_thing;
  f[HSY_PAIR_least_left] = (float)(least - shared);
  f[HSY_PAIR_most_left] = (float)(more - shared);
  f[HSY_PAIR_names_differ] = has_names[0] && has_names[1] && names == 0;
  f[HSY_PAIR_things_differ] = has_things[0] && has_things[1] && things == 0;
  f[HSY_PAIR_polarity] = shared > 0 ? (float)(polarity / shared) : 0;
  f[HSY_PAIR_polarity_things] = things > 0 ? (float)(polar_things / things) : 0;
  f[HSY_PAIR_jaccard] = (float)both / (float)(a->count + b->count - both + 1);
  int sum = a->negations + b->negations;
  f[HSY_PAIR_negations] = (float)sum;
  f[HSY_PAIR_negation_parity] = (float)((a->negations > 0) != (b->negations > 0));
}

static bool same_key(const uint64_t *keys, int count, uint64_t key) {
  for (int i = 0; i < count; i++)
    if (keys[i] == key) return true;
  return false;
}

/* What the titles share, and what of the one content stands in the other's title. */
static void compare_titles(const hsy_story *story, const hsy_view *views, int32_t a, int32_t b, float *f) {
  const hsy_reading *r[2] = {&story->readings[a], &story->readings[b]};
  const hsy_view *v[2] = {&views[a], &views[b]};
  double title = 0, other = 0;
  for (int i = 0; i < r[0]->title_keys; i++)
    if (same_key(r[1]->title_key, r[1]->title_keys, r[0]->title_key[i]))
      title += hsy_story_weight(story, r[0]->title_key[i]);
  for (int side = 0; side < 2; side++)
    for (int32_t i = 0; i < v[side]->count; i++)
      if (same_key(r[1 - side]->title_key, r[1 - side]->title_keys, v[side]->key[i])) other += v[side]->weight[i];
  f[HSY_PAIR_title] = (float)title;
  f[HSY_PAIR_title_other] = (float)other;
}

/* The longest run of words that both have, over the words of the shorter. */
static void compare_runs(const hsy_reading *a, const hsy_reading *b, float *f) {
  int16_t last[HSY_LINK_WORDS + 1] = {0};
  int32_t x[HSY_LINK_WORDS], y[HSY_LINK_WORDS], n = 0, m = 0;
  for (int32_t i = 0; i < a->count; i++)
    if (a->words[i].kind != HSY_WORD_MARK) x[n++] = i;
  for (int32_t i = 0; i < b->count; i++)
    if (b->words[i].kind != HSY_WORD_MARK) y[m++] = i;
  int best = 0;
  for (int32_t i = 0; i < n; i++) {
    int16_t diagonal = 0;
    for (int32_t j = 0; j < m; j++) {
      int16_t above = last[j + 1];
      last[j + 1] = a->words[x[i]].lemma == b->words[y[j]].lemma && a->words[x[i]].lemma ? (int16_t)(diagonal + 1) : 0;
      if (last[j + 1] > best) best = last[j + 1];
      diagonal = above;
    }
  }
  int32_t least = n < m ? n : m, most = n < m ? m : n;
  f[HSY_PAIR_run] = least ? (float)best / (float)least : 0;
  f[HSY_PAIR_same_words] = (float)(n > 0 && best == n && n == m);
  f[HSY_PAIR_least_words] = (float)least;
  f[HSY_PAIR_most_words] = (float)most;
}

/* ---- propositions ---- */

static double tense_gap(char a, char b) {
  static const char MOODS[] = "wqsm";
  bool mood = false;
  for (int i = 0; MOODS[i]; i++) mood = mood || a == MOODS[i] || b == MOODS[i];
  return a == b ? 0 : mood ? 2 : a == 'n' || b == 'n' ? 0.5 : 1;
}

static void note_event(const hsy_story *story, const hsy_prop *p, const hsy_prop *q, float *f) {
  double contained, both, overlap = hsy_props_overlap(story, p, q, &contained, &both);
  double evidence = both + p->event_weight;
  int side = p->side * q->side;
  f[HSY_PAIR_events_agree] += (float)(side > 0);
  f[HSY_PAIR_events_differ] += (float)(side < 0);
  if (f[HSY_PAIR_event] > 0 && evidence <= f[HSY_PAIR_event_evidence]) return;
  f[HSY_PAIR_event] = 1;
  f[HSY_PAIR_event_overlap] = (float)overlap;
  f[HSY_PAIR_event_evidence] = (float)evidence;
  f[HSY_PAIR_event_weight] = (float)p->event_weight;
  f[HSY_PAIR_event_side] = (float)side;
  f[HSY_PAIR_event_sign] = (float)(p->sign * q->sign);
  f[HSY_PAIR_event_light] = p->light || q->light;
  f[HSY_PAIR_event_tense] = (float)tense_gap(p->tense, q->tense);
  f[HSY_PAIR_event_ordinal] = p->ordinal != q->ordinal;
}

/* 1: the two figures can both be so; 0: not; by what "at least" and the like allow. */
static bool bounds_fit(const hsy_prop *p, const hsy_prop *q) {
  if (p->value == q->value) return true;
  const hsy_prop *low = p->value < q->value ? p : q, *high = low == p ? q : p;
  if (low->meant == 'l' || high->meant == 'm') return true;
  bool about = low->meant == 'a' || high->meant == 'a';
  return about && high->value > 0 && low->value / high->value > 0.85;
}

static void note_figures(const hsy_story *story, const hsy_prop *p, const hsy_prop *q, float *f) {
  double contained, both, overlap = hsy_props_overlap(story, p, q, &contained, &both);
  float unit = p->unit && q->unit ? (p->unit == q->unit ? 1 : -1) : 0;
  double now = unit + both, before = f[HSY_PAIR_figure_unit] + f[HSY_PAIR_figure_overlap];
  f[HSY_PAIR_figures] += 1;
  if (f[HSY_PAIR_figures] > 1 && now <= before) return;
  double high = p->value > q->value ? p->value : q->value, low = p->value > q->value ? q->value : p->value;
  f[HSY_PAIR_figure_unit] = unit;
  f[HSY_PAIR_figure_overlap] = (float)both;
  f[HSY_PAIR_figure_equal] = p->value == q->value;
  f[HSY_PAIR_figure_ratio] = (float)log((high + 1) / (low + 1));
  f[HSY_PAIR_figure_bounds] = bounds_fit(p, q);
  f[HSY_PAIR_figure_side] = (float)(p->side * q->side);
  f[HSY_PAIR_figure_disputed] = p->disputes || q->disputes;
  (void)overlap;
}

static void note_wholes(const hsy_story *story, const hsy_prop *p, const hsy_prop *q, float *f) {
  double contained, both, overlap = hsy_props_overlap(story, p, q, &contained, &both);
  if (f[HSY_PAIR_whole_sign] != 0 && both <= f[HSY_PAIR_props_both]) return;
  f[HSY_PAIR_props_both] = (float)both;
  f[HSY_PAIR_props_contained] = (float)contained;
  f[HSY_PAIR_props_overlap] = (float)overlap;
  f[HSY_PAIR_whole_side] = (float)(p->side * q->side);
  f[HSY_PAIR_whole_sign] = (float)(p->sign * q->sign);
}

static void compare_props(const hsy_story *story, const hsy_reading *a, const hsy_reading *b, float *f) {
  enum { MOST = 24 };
  for (int32_t i = 0; i < a->prop_count && i < MOST; i++) {
    for (int32_t j = 0; j < b->prop_count && j < MOST; j++) {
      const hsy_prop *p = &story->props.data[a->first_prop + i], *q = &story->props.data[b->first_prop + j];
      f[HSY_PAIR_sweeping] += (float)(p->kind == q->kind && p->event == q->event && (p->sweeps || q->sweeps));
      if (p->kind == HSY_PROP_EVENT && q->kind == HSY_PROP_EVENT && p->event == q->event) note_event(story, p, q, f);
      if (p->kind == HSY_PROP_FIGURE && q->kind == HSY_PROP_FIGURE) note_figures(story, p, q, f);
      if (p->kind == HSY_PROP_WHOLE && q->kind == HSY_PROP_WHOLE) note_wholes(story, p, q, f);
    }
  }
}

/* ---- rows ---- */

static bool stance_is(const hsy_link_row *row, const char *name) {
  return hsy_str_eq(hsy_str_of(row->stance), hsy_str_of(name));
}

static float how_many(const hsy_link_row *x, const hsy_link_row *y, const char *stance) {
  return (float)(stance_is(x, stance) + stance_is(y, stance));
}

static void compare_stances(const hsy_story *story, int32_t a, int32_t b, float *f) {
  const hsy_link_row *x = hsy_story_row(story, a), *y = hsy_story_row(story, b);
  const hsy_reading *r = &story->readings[a], *s = &story->readings[b];
  f[HSY_PAIR_stance_sides] = (float)(r->stance_side * s->stance_side);
  f[HSY_PAIR_denials] = how_many(x, y, "deny");
  f[HSY_PAIR_silent] = how_many(x, y, "decline");
  f[HSY_PAIR_promises] = how_many(x, y, "promise");
  f[HSY_PAIR_admissions] = how_many(x, y, "admit");
  f[HSY_PAIR_asked] = how_many(x, y, "ask");
  f[HSY_PAIR_urged] = how_many(x, y, "urge");
  f[HSY_PAIR_same_stance] = hsy_str_eq(hsy_str_of(x->stance), hsy_str_of(y->stance));
  f[HSY_PAIR_false_contents] = (float)(r->content_false + s->content_false);
}

static void compare_places(const hsy_story *story, int32_t a, int32_t b, float *f) {
  const hsy_link_row *x = hsy_story_row(story, a), *y = hsy_story_row(story, b);
  bool one = x->document == y->document;
  int32_t rows = a < b ? b - a : a - b, paragraphs = abs(x->paragraph - y->paragraph);
  f[HSY_PAIR_one_document] = one;
  f[HSY_PAIR_rows_apart] = one ? (float)rows : NAN;
  f[HSY_PAIR_paragraphs_apart] = one ? (float)paragraphs : NAN;
  f[HSY_PAIR_nested] = x->parent == story->order[b] || y->parent == story->order[a];
  f[HSY_PAIR_beside] = x->parent != HSY_NONE && x->parent == y->parent;
  f[HSY_PAIR_headlines] = (float)(x->headline + y->headline);
  f[HSY_PAIR_direct] = (float)((x->kind == HSY_DIRECT) + (y->kind == HSY_DIRECT));
}

static void compare_pointers(const hsy_story *story, int32_t a, int32_t b, float *f) {
  const hsy_reading *r = &story->readings[a], *s = &story->readings[b];
  bool there = r->referent == b, back = s->referent == a;
  f[HSY_PAIR_points] = there || back;
  f[HSY_PAIR_point_sign] = (float)(there ? r->refer_sign : back ? s->refer_sign : 0);
  f[HSY_PAIR_one_referent] =
      r->referent != HSY_NONE && r->referent == s->referent ? (float)(r->refer_sign * s->refer_sign) : 0;
  f[HSY_PAIR_unresolved] = (float)((r->refers && r->referent == HSY_NONE) + (s->refers && s->referent == HSY_NONE));
  f[HSY_PAIR_no_such] = (float)(r->no_such + s->no_such);
  f[HSY_PAIR_own] = (float)(r->own + s->own);
}

static bool names_speaker(const hsy_reading *r, const hsy_view *v) {
  for (int k = 0; k < r->speaker_keys; k++)
    for (int32_t i = 0; i < v->count; i++)
      if (v->key[i] == r->speaker_key[k]) return true;
  return false;
}

static int32_t body_of(const hsy_story *story, const hsy_link_row *row) {
  if (row->speaker_count != 1) return HSY_NONE;
  int32_t body = story->input->speakers[row->speakers[0]].body;
  return body != HSY_NONE ? body : row->speakers[0];
}

static void compare_speakers(const hsy_story *story, const hsy_view *views, int32_t a, int32_t b, float *f) {
  const hsy_link_row *x = hsy_story_row(story, a), *y = hsy_story_row(story, b);
  f[HSY_PAIR_one_speaker] = hsy_story_same_speaker(story, a, b);
  f[HSY_PAIR_nobody] = (float)((x->speaker_count == 0) + (y->speaker_count == 0));
  f[HSY_PAIR_speaker_named] =
      (float)(names_speaker(&story->readings[a], &views[b]) + names_speaker(&story->readings[b], &views[a]));
  f[HSY_PAIR_one_body] = body_of(story, x) != HSY_NONE && body_of(story, x) == body_of(story, y);
}

static void compare_days(const hsy_story *story, int32_t a, int32_t b, float *f) {
  hsy_str x = hsy_story_row(story, a)->said_on, y = hsy_story_row(story, b)->said_on;
  bool known = x.len > 0 && y.len > 0;
  f[HSY_PAIR_days_fit] = !known ? 0 : hsy_str_starts(x, y) || hsy_str_starts(y, x) ? 1 : -1;
  int32_t days = hsy_story_days_apart(story, a, b);
  f[HSY_PAIR_days_apart] = days < 0 ? NAN : (float)log(1 + days);
}

static void compare_meanings(const hsy_story *story, int32_t a, int32_t b, float *f) {
  const int8_t *x = hsy_story_row(story, a)->vector, *y = hsy_story_row(story, b)->vector;
  f[HSY_PAIR_meaning] = NAN;
  if (!x || !y) return;
  int32_t dot = 0, one = 0, other = 0;
  for (int i = 0; i < HSY_LINK_VECTOR; i++) dot += x[i] * y[i], one += x[i] * x[i], other += y[i] * y[i];
  f[HSY_PAIR_meaning] = (float)(dot / (sqrt((double)one) * sqrt((double)other) + 1e-6));
}

void hsy_pair_features(const hsy_story *story, int32_t a, int32_t b, float out[HSY_PAIR_COUNT]) {
  const hsy_view *views = story->views;
  for (int i = 0; i < HSY_PAIR_COUNT; i++) out[i] = 0;
  compare_views(&views[a], &views[b], out);
  compare_titles(story, views, a, b, out);
  compare_runs(&story->readings[a], &story->readings[b], out);
  compare_props(story, &story->readings[a], &story->readings[b], out);
  compare_stances(story, a, b, out);
  compare_places(story, a, b, out);
  compare_pointers(story, a, b, out);
  compare_speakers(story, views, a, b, out);
  compare_days(story, a, b, out);
  compare_meanings(story, a, b, out);
}
