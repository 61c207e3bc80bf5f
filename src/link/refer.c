/* What a response points at (link/story.h): "called that a lie", "the same
 * claim", "no such promise", "our denial was wrong", "Yes." */
#include "base/hash.h"
#include "link/story.h"

enum { BACK = 10, AHEAD = 4, FAR = 400 };

/* Most words are ruled out by the first letter. */
static bool word_is(const hsy_link_word *w, const char *text) {
  return (w->text.data[0] | 32) == (text[0] | 32) && hsy_str_eq_nocase(w->text, hsy_str_of(text));
}

static bool has_figure(const hsy_story *story, int32_t at, double value) {
  const hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->count; i++)
    if (r->words[i].kind == HSY_WORD_FIGURE && (value < 0 || r->words[i].value == value)) return true;
  return false;
}

/* A figure that tells which report is meant: "the toll of 19", not "the two
 * reports". */
static double figure_of(const hsy_reading *r) {
  enum { TELLING = 12 };
  for (int32_t i = 0; i < r->count; i++)
    if (r->words[i].kind == HSY_WORD_FIGURE && (i > r->noun || r->words[i].value > TELLING)) return r->words[i].value;
  return -1;
}

static bool has_event(const hsy_story *story, int32_t at, uint64_t event) {
  const hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->count; i++)
    for (int k = 0; k < r->words[i].event_count; k++)
      if (r->words[i].events[k].event == event) return true;
  return false;
}

/* Whether the words in front of the pointing noun name the row's speaker: "the
 * mayor's figure", "the embassy's assertion". */
static bool owned_by(const hsy_story *story, const hsy_reading *r, int32_t target) {
  const hsy_link_row *row = hsy_story_row(story, target);
  const hsy_reading *t = &story->readings[target];
  for (int32_t i = 0; i < r->noun; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->kind == HSY_WORD_STOP || w->kind == HSY_WORD_MARK) continue;
    for (int k = 0; k < t->speaker_keys; k++)
      if (t->speaker_key[k] == w->key) return true;
    if (hsy_str_find(row->titles, w->text) >= 0 || hsy_str_find(row->source, w->text) >= 0) return true;
  }
  return false;
}

static bool same_document(const hsy_story *story, int32_t a, int32_t b) {
  return hsy_story_row(story, a)->document == hsy_story_row(story, b)->document;
}

static bool far_apart(const hsy_story *story, int32_t at, int32_t target) {
  enum { PARAGRAPHS = 3 };
  return hsy_story_row(story, at)->paragraph - hsy_story_row(story, target)->paragraph > PARAGRAPHS;
}

/* "Falk's comments": somebody is named whose words they are. */
static bool names_owner(const hsy_reading *r) {
  for (int32_t i = 0; i < r->noun; i++)
    if (r->words[i].kind == HSY_WORD_NAME || (r->words[i].kind == HSY_WORD_PLAIN && r->words[i].capital)) return true;
  return false;
}

/* "The two long reports of the inquiry" are not just what was said before:
 * they are told apart by words that it would have to have. */
static bool is_told_apart(const hsy_reading *r, const hsy_reading *target) {
  enum { WORDS = 2 };
  int apart = 0;
  for (int32_t i = 0; i < r->noun; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->kind != HSY_WORD_PLAIN || w->is_false || w->event_count > 0) continue;
    bool known = false;
    for (int32_t k = 0; k < target->count && !known; k++) known = target->words[k].key == w->key;
    apart += !known;
  }
  return apart >= WORDS;
}

/* How well row `target` suits as what row `at` points at; 0: not at all. */
static double suits(const hsy_story *story, int32_t at, int32_t target) {
  const hsy_reading *r = &story->readings[at], *t = &story->readings[target];
  const hsy_link_row *row = hsy_story_row(story, target);
  if (hsy_story_same_speaker(story, at, target)) return 0;
  /* "she recalls that they dismissed her plans": not what she says here */
  int32_t parent = hsy_story_row(story, at)->parent;
  if (parent != HSY_NONE && hsy_story_same_speaker(story, story->place[parent], target)) return 0;
  if (t->refers && t->referent == HSY_NONE && t->prop_count < 2) return 0;
  hsy_str stance = hsy_str_of(row->stance);
  bool side = t->stance_side != 0 || hsy_str_eq(stance, HSY_S("promise"));
  if (!side || (row->parent != HSY_NONE && hsy_str_eq(stance, HSY_S("promise")))) return 0;
  double score = target < at ? 8 - 0.6 * (at - target) : 4 - 0.6 * (target - at);
  if (owned_by(story, r, target))
    score += 4;
  else if (target > at || names_owner(r) || is_told_apart(r, t) || far_apart(story, at, target))
    return 0;
  if (r->noun == HSY_NONE) return score;
  const hsy_link_word *noun = &r->words[r->noun];
  static const char *const FIGURES[] = {"figure", "figures", "toll", "count", "estimate", "number"};
  for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
    if (word_is(noun, FIGURES[i]) && !has_figure(story, target, -1)) return 0;
  if (noun->event_count > 0) score += has_event(story, target, noun->events[0].event) ? 4 : -2;
  return score;
}

static int32_t find_said(const hsy_story *story, int32_t at) {
  int32_t best = HSY_NONE;
  double most = 1;
  for (int32_t i = at - BACK; i <= at + AHEAD; i++) {
    if (i < 0 || i >= story->count || i == at || !same_document(story, i, at)) continue;
    double score = suits(story, at, i);
    if (score <= most) continue;
    most = score;
    best = i;
  }
  return best;
}

/* Of the speaker's own earlier rows in the article the one that says what is taken back now:
 * a denial where the noun is "denial", else one with a word in common. */
static int32_t find_own(const hsy_story *story, int32_t at) {
  const hsy_reading *r = &story->readings[at];
  bool denial =
      r->noun != HSY_NONE && (word_is(&r->words[r->noun], "denial") || word_is(&r->words[r->noun], "denials"));
  int32_t best = HSY_NONE, most = 0;
  for (int32_t i = at - 1; i >= 0 && i >= at - FAR && same_document(story, i, at); i--) {
    const hsy_reading *t = &story->readings[i];
    if (!hsy_story_same_speaker(story, at, i) || t->stance_side == 0) continue;
    int32_t score = denial && t->stance_side < 0 ? (t->referent == HSY_NONE ? 4 : 2) : 0;
    for (int32_t k = 0; k < r->count; k++) {
      const hsy_link_word *w = &r->words[k];
      if (w->kind != HSY_WORD_PLAIN && w->kind != HSY_WORD_NAME) continue;
      for (int32_t j = 0; j < t->count; j++)
        score += !w->is_false && (k != r->noun || w->event_count > 0) && t->words[j].key == w->key;
    }
    if (score <= most) continue;
    most = score;
    best = i;
  }
  return best;
}

/* A figure named before: "the first figure of 48,000 had been wrong". */
static int32_t find_figure(const hsy_story *story, int32_t at, double value) {
  for (int32_t i = at - 1; i >= 0 && i >= at - FAR && same_document(story, i, at); i--)
    if (story->readings[i].stance_side > 0 && has_figure(story, i, value) && !story->readings[i].refers) return i;
  return HSY_NONE;
}

/* Row `at` says of what `target` says factor times the same. Its own
 * propositions are put behind: they move to the end, without a side where
 * `silent`. */
static void begin(hsy_story *story, int32_t at, bool silent) {
  hsy_reading *r = &story->readings[at];
  int32_t first = (int32_t)story->props.len, from = r->first_prop;
  for (int32_t i = 0; i < r->prop_count; i++) {
    hsy_prop copy = story->props.data[from + i];
    if (silent) copy.side = 0;
    story->props.data[from + i].side = 0;
    *hsy_push(&story->props, &story->props_arena) = copy;
  }
  r->first_prop = first;
  r->prop_count = (int32_t)story->props.len - first;
}

enum { TAKE_EVENTS = 1, TAKE_FIGURES = 2, TAKE_ALL = 3 };

static void take_over(hsy_story *story, int32_t at, int32_t target, int factor, bool with_stance, int what) {
  hsy_reading *r = &story->readings[at];
  const hsy_reading *t = &story->readings[target];
  for (int32_t i = 0; i < t->prop_count; i++) {
    hsy_prop p = story->props.data[t->first_prop + i];
    if (!(what & (p.kind == HSY_PROP_FIGURE ? TAKE_FIGURES : TAKE_EVENTS))) continue;
    int content = p.sign * (t->content_false ? -1 : 1);
    p.side = (int8_t)(factor * (with_stance ? p.side : content));
    p.row = at;
    p.from = target;
    p.disputes = true;
    *hsy_push(&story->props, &story->props_arena) = p;
  }
  r->prop_count = (int32_t)story->props.len - r->first_prop;
  r->referent = target;
  r->refer_sign = (int8_t)factor;
}

/* Figures or all else, by the noun that points. */
static int what_is_meant(const hsy_reading *r) {
  static const char *const FIGURES[] = {"figure", "figures", "toll", "count", "estimate", "number"};
  if (r->no_such) return TAKE_EVENTS;
  if (r->noun == HSY_NONE) return TAKE_ALL;
  for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
    if (word_is(&r->words[r->noun], FIGURES[i])) return TAKE_FIGURES;
  return TAKE_EVENTS;
}

/* A noun may mean more than the row just before: what its speaker said on. */
static void take_neighbours(hsy_story *story, int32_t at, int32_t target, int factor, int what) {
  for (int32_t i = target - 1; i >= 0 && i >= target - 2; i--) {
    const hsy_link_row *row = hsy_story_row(story, i);
    bool near = same_document(story, i, target) && hsy_story_same_speaker(story, i, target);
    if (!near || row->headline || suits(story, at, i) <= 0) continue;
    take_over(story, at, i, factor, false, what);
  }
  story->readings[at].referent = target;
}

static void refer(hsy_story *story, int32_t at) {
  hsy_reading *r = &story->readings[at];
  int factor = r->stance_side;
  if (factor == 0) return;
  if (r->content_false || r->no_such) factor = -factor;
  if (factor > 0) return; /* it only mentions what was said */
  if (r->own && r->stance_side > 0) {
    int32_t own = find_own(story, at);
    begin(story, at, true); /* "he was wrong about the offer" says not what is right */
    if (own == HSY_NONE) return;
    take_over(story, at, own, -1, true, TAKE_ALL);
    return;
  }
  double figure = figure_of(r);
  int32_t target = figure >= 0 ? find_figure(story, at, figure) : find_said(story, at);
  if (target == HSY_NONE && figure >= 0) target = find_said(story, at);
  if (target == HSY_NONE) return;
  int what = what_is_meant(r);
  bool noun = r->noun != HSY_NONE && what == TAKE_EVENTS;
  begin(story, at, true);
  take_over(story, at, target, factor, false, what);
  if (noun && !r->no_such) take_neighbours(story, at, target, factor, what);
}

/* ---- answers, and quotations that only go on ---- */

static int answer_of(const hsy_reading *r) {
  static const char *const YES[] = {"yes", "yeah", "certainly", "absolutely", "indeed"};
  static const char *const NO[] = {"no", "never", "nope"};
  if (r->count == 0) return 0;
  for (size_t i = 0; i < sizeof YES / sizeof *YES; i++)
    if (word_is(&r->words[0], YES[i])) return 1;
  if (r->count > 1 && word_is(&r->words[0], "of") && word_is(&r->words[1], "course")) return 1;
  for (size_t i = 0; i < sizeof NO / sizeof *NO; i++)
    if (word_is(&r->words[0], NO[i]) && (r->count == 1 || r->words[1].kind == HSY_WORD_MARK)) return -1;
  return 0;
}

static void answer(hsy_story *story, int32_t at) {
  int sign = answer_of(&story->readings[at]);
  if (sign == 0 || at == 0 || !same_document(story, at, at - 1)) return;
  hsy_str stance = hsy_str_of(hsy_story_row(story, at - 1)->stance);
  if (!hsy_str_eq(stance, HSY_S("ask")) || hsy_story_same_speaker(story, at, at - 1)) return;
  begin(story, at, false);
  take_over(story, at, at - 1, sign, false, TAKE_ALL);
}

static bool has_own_event(const hsy_story *story, int32_t at) {
  const hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->count; i++)
    if (r->words[i].event_count > 0) return true;
  return false;
}

/* "It was five", "There were two", "Three, perhaps four": opens with a pronoun
 * or a figure. */
static bool opens_short(const hsy_reading *r) {
  static const char *const OPEN[] = {"it", "they", "that", "this", "there", "no", "yes", "none", "nothing"};
  for (size_t i = 0; r->count > 0 && i < sizeof OPEN / sizeof *OPEN; i++)
    if (word_is(&r->words[0], OPEN[i])) return true;
  return r->count > 0 && r->words[0].kind == HSY_WORD_FIGURE;
}

static bool disputes_figure(const hsy_story *story, int32_t at) {
  const hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->prop_count; i++) {
    const hsy_prop *p = &story->props.data[r->first_prop + i];
    if (p->kind == HSY_PROP_FIGURE && p->disputes) return true;
  }
  return false;
}

/* Its figures are of what the row before counted. */
static void lend_event(hsy_story *story, int32_t at, int32_t target) {
  hsy_reading *r = &story->readings[at];
  const hsy_reading *t = &story->readings[target];
  for (int32_t i = 0; i < r->prop_count; i++) {
    hsy_prop *p = &story->props.data[r->first_prop + i];
    if (p->kind != HSY_PROP_FIGURE || p->from != HSY_NONE) continue;
    for (int32_t k = 0; k < t->prop_count; k++) {
      const hsy_prop *q = &story->props.data[t->first_prop + k];
      if (q->kind != HSY_PROP_FIGURE) continue;
      p->event = q->event;
      p->unit = q->unit;
      for (int n = 0; n < q->keys; n++) hsy_prop_add_key(p, q->key[n], HSY_SHARE_NEAR, q->name[n]);
      break;
    }
  }
}

/* A short quotation goes on what its speaker has just said ("Three, perhaps
 * four," after "conceded that some villages would be flooded"); a figure alone,
 * what anybody has ("the true number was 65"). */
static void go_on(hsy_story *story, int32_t at) {
  if (at == 0 || !same_document(story, at, at - 1)) return;
  int32_t target = at - 1;
  const hsy_link_row *row = hsy_story_row(story, at);
  if (at > 1 && same_document(story, at, at - 2) &&
      hsy_story_row(story, at - 2)->start == hsy_story_row(story, target)->start &&
      story->readings[at - 2].stance_side < 0)
    target = at - 2; /* of a claim and its denial in one wording, the denial */
  hsy_reading *r = &story->readings[at];
  bool near = row->paragraph - hsy_story_row(story, target)->paragraph <= 1 && !r->refers;
  if (!near || r->stance_side <= 0 || story->readings[target].stance_side == 0) return;
  bool same = hsy_story_same_speaker(story, at, target), figure = has_figure(story, at, -1);
  bool counted = figure && has_figure(story, target, -1);
  if (story->readings[target].referent != HSY_NONE) counted = figure;
  bool alone = !has_own_event(story, at) || opens_short(r);
  if (counted && alone && (same || opens_short(r) || disputes_figure(story, at))) lend_event(story, at, target);
  if (!same || row->kind != HSY_DIRECT || has_own_event(story, at) || (!figure && !opens_short(r))) return;
  int32_t count = r->prop_count;
  begin(story, at, false);
  take_over(story, at, target, 1, true, figure ? TAKE_EVENTS : TAKE_ALL);
  for (int32_t i = count; i < r->prop_count; i++) story->props.data[r->first_prop + i].disputes = false;
}

/* An event without participants ("there has been no bid") is the one of its
 * class that the article spoke of just before. */
static void borrow_participants(hsy_story *story, int32_t at) {
  hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->prop_count; i++) {
    hsy_prop *p = &story->props.data[r->first_prop + i];
    int own = 0;
    for (int k = 0; k < p->keys; k++) own += p->share[k] >= HSY_SHARE_NEAR;
    if (p->kind == HSY_PROP_WHOLE || p->from != HSY_NONE || own > 1) continue;
    bool found = false;
    for (int32_t j = at - 1; j >= 0 && j >= at - 4 && same_document(story, j, at) && !found; j--) {
      const hsy_reading *t = &story->readings[j];
      for (int32_t k = 0; k < t->prop_count && !found; k++) {
        const hsy_prop *q = &story->props.data[t->first_prop + k];
        if (q->event != p->event || !p->event || q->kind == HSY_PROP_WHOLE) continue;
        bool differ = q->side != p->side; /* another matter, then */
        if (differ && (p->light || hsy_story_same_speaker(story, at, j))) continue;
        for (int n = 0; n < q->keys; n++)
          if (q->share[n] > HSY_SHARE_TITLE) hsy_prop_add_key(p, q->key[n], HSY_SHARE_NEAR, q->name[n]);
        found = true;
      }
    }
  }
}

/* Who reports that another said so leaves it to them. */
static void leave_to_nested(hsy_story *story, int32_t at) {
  const hsy_link_row *row = hsy_story_row(story, at);
  if (row->parent == HSY_NONE || story->readings[at].stance_side == 0) return;
  int32_t parent = story->place[row->parent];
  const hsy_reading *r = &story->readings[at], *t = &story->readings[parent];
  if (t->stance_side <= 0 || hsy_str_eq(hsy_str_of(row->stance), HSY_S("promise"))) return;
  for (int32_t i = 0; i < t->prop_count; i++) {
    hsy_prop *p = &story->props.data[t->first_prop + i];
    for (int32_t k = 0; k < r->prop_count; k++) {
      const hsy_prop *q = &story->props.data[r->first_prop + k];
      if (p->kind == q->kind && p->event == q->event && p->value == q->value) p->side = 0;
    }
  }
}

/* What is promised or asked for inside another's report is told by that one. */
static void silence_nested(hsy_story *story, int32_t at) {
  const hsy_link_row *row = hsy_story_row(story, at);
  if (row->parent == HSY_NONE || !hsy_str_eq(hsy_str_of(row->stance), HSY_S("promise"))) return;
  const hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->prop_count; i++) story->props.data[r->first_prop + i].side = 0;
}

void hsy_story_refer(hsy_story *story) {
  for (int32_t at = 0; at < story->count; at++) {
    silence_nested(story, at);
    leave_to_nested(story, at);
    borrow_participants(story, at);
  }
  for (int32_t at = 0; at < story->count; at++) {
    if (story->readings[at].refers)
      refer(story, at);
    else
      answer(story, at);
    if (story->readings[at].referent == HSY_NONE) go_on(story, at);
  }
}
