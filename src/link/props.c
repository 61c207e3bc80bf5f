/* Words → propositions (link/reading.h). */
#include "base/hash.h"
#include "link/reading.h"

void hsy_prop_add_key(hsy_prop *prop, uint64_t key) {
  int at = 0;
  while (at < prop->keys && prop->key[at] < key) at++;
  if ((at < prop->keys && prop->key[at] == key) || prop->keys == HSY_PROP_KEYS) return;
  for (int i = prop->keys++; i > at; i--) prop->key[i] = prop->key[i - 1];
  prop->key[at] = key;
}

bool hsy_prop_has_key(const hsy_prop *prop, uint64_t key) {
  for (int i = 0; i < prop->keys; i++)
    if (prop->key[i] == key) return true;
  return false;
}

static bool word_is(const hsy_link_word *w, const char *text) { return hsy_str_eq_nocase(w->text, hsy_str_of(text)); }

static bool counts(const hsy_link_word *w) { return w->kind == HSY_WORD_PLAIN || w->kind == HSY_WORD_NAME; }

/* +1 or -1: negation in front of word `at` in its clause, or "nothing" behind. */
static int sign_at(const hsy_reading *r, int32_t at) {
  int sign = 1;
  bool negated = false;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->clause != r->words[at].clause) continue;
    if (i < at && w->negates) negated = true;
    if (i < at && w->flips) sign = -sign;
    if (i > at && i <= at + 4 && w->negates && (word_is(w, "nothing") || word_is(w, "none") || word_is(w, "nobody")))
      negated = true;
  }
  return negated ? -sign : sign;
}

static char tense_at(const hsy_reading *r, int32_t at) {
  static const char *const COMING[] = {"will",      "would",   "shall", "going", "plan",     "plans",   "planning",
                                       "preparing", "prepare", "about", "ready", "readying", "seeking", "intend"};
  for (int32_t i = at; i-- > 0 && i >= at - 8 && r->words[i].clause == r->words[at].clause;)
    for (size_t k = 0; k < sizeof COMING / sizeof *COMING; k++)
      if (word_is(&r->words[i], COMING[k])) return 'f';
  return 'p';
}

/* Whether the pronoun stands for the speaker: I and we in their own words, the
 * third person where they are reported. */
static bool is_speaker(const hsy_link_word *w, const hsy_link_row *row) {
  static const char *const FIRST[] = {"i", "we", "me", "us", "my", "our", "mine", "ours"};
  if (!w->is_speaker) return false;
  bool first = false;
  for (size_t i = 0; i < sizeof FIRST / sizeof *FIRST; i++) first = first || word_is(w, FIRST[i]);
  return first == (row->kind == HSY_DIRECT) || row->kind == HSY_MIXED;
}

static void fill_keys(const hsy_reading *r, const hsy_link_row *row, int16_t clause, int32_t event, hsy_prop *prop) {
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->clause != clause) continue;
    for (int k = 0; k < r->speaker_keys && is_speaker(w, row); k++) hsy_prop_add_key(prop, r->speaker_key[k]);
    if (i != event && counts(w) && w->key != prop->event) hsy_prop_add_key(prop, w->key);
  }
}

typedef struct maker {
  const hsy_link_row *row;
  hsy_reading *reading;
  hsy_prop_vec *props;
  hsy_arena *arena;
  int32_t at;
} maker;

static int side_of(const hsy_reading *r, int sign) { return r->stance_side * (r->content_false ? -sign : sign); }

static hsy_prop *add_prop(maker *m, hsy_prop_kind kind, int sign) {
  hsy_prop *p = hsy_push(m->props, m->arena);
  *p = (hsy_prop){.row = m->at, .from = HSY_NONE, .kind = (uint8_t)kind, .sign = (int8_t)sign, .tense = 'p'};
  p->side = (int8_t)side_of(m->reading, sign);
  m->reading->prop_count++;
  return p;
}

/* The words of the clause, and of its neighbour where it has hardly any. */
static void fill(maker *m, int32_t word, hsy_prop *prop) {
  int16_t clause = m->reading->words[word].clause;
  fill_keys(m->reading, m->row, clause, word, prop);
  if (prop->keys < 2 && clause > 0) fill_keys(m->reading, m->row, (int16_t)(clause - 1), word, prop);
  if (prop->keys < 2) fill_keys(m->reading, m->row, (int16_t)(clause + 1), word, prop);
}

static bool has_event(const maker *m, uint64_t event, int sign) {
  for (int32_t i = 0; i < m->reading->prop_count; i++) {
    const hsy_prop *p = &m->props->data[m->reading->first_prop + i];
    if (p->kind == HSY_PROP_EVENT && p->event == event && p->sign == sign) return true;
  }
  return false;
}

static void make_events(maker *m) {
  hsy_reading *r = m->reading;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->asks) continue;
    int sign = w->event_count > 0 ? sign_at(r, i) : 0;
    for (int k = 0; k < w->event_count; k++) {
      const hsy_event_use *use = &w->events[k];
      if (use->negated_only && side_of(r, sign) > 0) continue;
      if (has_event(m, use->event, sign * use->sign)) continue;
      hsy_prop *p = add_prop(m, HSY_PROP_EVENT, sign * use->sign);
      p->event = use->event;
      p->tense = tense_at(r, i);
      fill(m, i, p);
    }
  }
}

/* Whether the figure at word i is given against another: "not three", "the true
 * number", "only". */
static bool disputes(const hsy_reading *r, int32_t i) {
  if (r->stance_side < 0 || r->content_false || r->words[i].meant == 'o') return true;
  for (int32_t j = i - 1; j >= 0 && j >= i - 4; j--)
    if (word_is(&r->words[j], "true") || word_is(&r->words[j], "real") || word_is(&r->words[j], "actual")) return true;
  return i > 0 && r->words[i - 1].negates;
}

static void make_figures(maker *m) {
  hsy_reading *r = m->reading;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->kind != HSY_WORD_FIGURE || w->asks) continue;
    hsy_prop *p = add_prop(m, HSY_PROP_FIGURE, sign_at(r, i));
    if (i > 0 && r->words[i - 1].negates) {
      p->sign = -1;
      p->side = (int8_t)side_of(r, -1);
    }
    p->value = w->value;
    p->meant = w->meant;
    p->disputes = disputes(r, i);
    for (int32_t j = 0; j < r->count && !p->event; j++)
      if (r->words[j].clause == w->clause && r->words[j].event_count > 0) p->event = r->words[j].events[0].event;
    fill(m, i, p);
  }
}

static void make_whole(maker *m) {
  hsy_reading *r = m->reading;
  int32_t first = 0;
  while (first < r->count && r->words[first].kind == HSY_WORD_MARK) first++;
  if (first == r->count || r->words[first].asks) return;
  int32_t last = first;
  for (int32_t i = first; i < r->count && r->words[i].clause == r->words[first].clause; i++) last = i;
  hsy_prop *p = add_prop(m, HSY_PROP_WHOLE, sign_at(r, last));
  for (int32_t i = 0; i < r->count; i++)
    if (counts(&r->words[i]) || r->words[i].kind == HSY_WORD_FIGURE) hsy_prop_add_key(p, r->words[i].key);
  p->tense = tense_at(r, last);
}

void hsy_read_props(const hsy_link_row *row, int32_t at, hsy_reading *reading, hsy_prop_vec *props, hsy_arena *arena) {
  maker m = {row, reading, props, arena, at};
  reading->first_prop = (int32_t)props->len;
  reading->prop_count = 0;
  if (reading->count == 0) return;
  make_events(&m);
  make_figures(&m);
  make_whole(&m);
}
