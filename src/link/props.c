/* Words → propositions (link/reading.h). */
#include "base/hash.h"
#include "link/reading.h"

void hsy_prop_add_key(hsy_prop *prop, uint64_t key, int share, bool name) {
  int at = 0;
  while (at < prop->keys && prop->key[at] < key) at++;
  if (at < prop->keys && prop->key[at] == key) {
    if (prop->share[at] < share) prop->share[at] = (uint8_t)share;
    return;
  }
  if (prop->keys == HSY_PROP_KEYS) return;
  for (int i = prop->keys++; i > at; i--) {
    prop->key[i] = prop->key[i - 1];
    prop->share[i] = prop->share[i - 1];
    prop->name[i] = prop->name[i - 1];
  }
  prop->key[at] = key;
  prop->share[at] = (uint8_t)share;
  prop->name[at] = name;
}

bool hsy_prop_has_key(const hsy_prop *prop, uint64_t key) {
  for (int i = 0; i < prop->keys; i++)
    if (prop->key[i] == key) return true;
  return false;
}

/* Most words are ruled out by the first letter. */
static bool word_is(const hsy_link_word *w, const char *text) {
  return (w->text.data[0] | 32) == (text[0] | 32) && hsy_str_eq_nocase(w->text, hsy_str_of(text));
}

static bool counts(const hsy_link_word *w) { return w->kind == HSY_WORD_PLAIN || w->kind == HSY_WORD_NAME; }

static bool is_auxiliary(const hsy_link_word *w) {
  static const char *const WORDS[] = {"did",  "do", "does", "have", "has",   "had", "was",
                                      "were", "is", "are",  "will", "would", "can", "could"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (word_is(w, WORDS[i])) return true;
  return false;
}

/* "our guns did not fire": what stands in front of a negated verb. */
static bool negated_behind(const hsy_reading *r, int32_t at) {
  for (int32_t i = at + 1; i + 1 < r->count && i <= at + 3; i++) {
    if (r->words[i].clause != r->words[at].clause) return false;
    if (is_auxiliary(&r->words[i])) return r->words[i + 1].negates;
  }
  return false;
}

/* "not nineteen dead": it denies the figure, not what is counted. */
static bool denies_figure_only(const hsy_reading *r, int32_t at) {
  bool figure = false;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->clause != r->words[at].clause || !w->negates) continue;
    if (i + 1 >= r->count || r->words[i + 1].kind != HSY_WORD_FIGURE) return false;
    figure = true;
  }
  return figure;
}

int hsy_reading_sign(const hsy_reading *r, int32_t at) {
  int sign = 1;
  bool negated = false;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->clause != r->words[at].clause) continue;
    if ((i < at || (i == at + 1 && word_is(w, "no"))) && w->negates) negated = true; /* "paying no taxes" */
    if (i < at && w->flips) sign = -sign;
    if (i > at && i <= at + 4 && w->negates && (word_is(w, "nothing") || word_is(w, "none") || word_is(w, "nobody")))
      negated = true;
  }
  return negated || negated_behind(r, at) ? -sign : sign;
}

typedef struct tense_word {
  const char *word;
  char tense;
} tense_word;

/* What the auxiliaries in front of an event say of its time and mood; the
 * nearest that says anything decides, but a wish outweighs it. */
static char tense_at(const hsy_reading *r, int32_t at) {
  static const tense_word WORDS[] = {
      {"will", 'f'},     {"would", 'f'},     {"shall", 'f'},   {"going", 'f'},    {"plan", 'f'},     {"plans", 'f'},
      {"planning", 'f'}, {"preparing", 'f'}, {"prepare", 'f'}, {"prepares", 'f'}, {"about", 'f'},    {"ready", 'f'},
      {"readying", 'f'}, {"seeking", 'f'},   {"intends", 'f'}, {"intend", 'f'},   {"promised", 'f'}, {"promise", 'f'},
      {"promises", 'f'}, {"pledged", 'f'},   {"vowed", 'f'},   {"agreed", 'f'},   {"expected", 'f'}, {"had", 'p'},
      {"has", 'p'},      {"have", 'p'},      {"was", 'p'},     {"were", 'p'},     {"did", 'p'},      {"been", 'p'},
      {"having", 'p'},   {"want", 'w'},      {"wants", 'w'},   {"wanted", 'w'},   {"wish", 'w'},     {"wishes", 'w'},
      {"hopes", 'w'},    {"asked", 'q'},     {"ask", 'q'},     {"asks", 'q'},     {"need", 's'},     {"needs", 's'},
      {"should", 's'},   {"must", 's'},      {"ought", 's'},   {"may", 'm'},      {"might", 'm'},
  };
  char tense = 'n';
  for (int32_t i = at; i-- > 0 && i >= at - 8 && r->words[i].clause == r->words[at].clause;) {
    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++) {
      if (!word_is(&r->words[i], WORDS[k].word)) continue;
      if (WORDS[k].tense == 'w' || WORDS[k].tense == 'q' || WORDS[k].tense == 's' || WORDS[k].tense == 'm')
        return i >= at - 4 ? WORDS[k].tense : tense;
      if (tense == 'n' || (tense == 'p' && WORDS[k].tense == 'f')) tense = WORDS[k].tense;
    }
  }
  hsy_str text = r->words[at].text;
  if (tense == 'n' && text.len > 3 && hsy_str_ends(text, HSY_S("ed"))) tense = 'p';
  return tense;
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

static void fill_keys(const hsy_reading *r, int16_t clause, int32_t event, int share, hsy_prop *prop) {
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->clause == clause && i != event && counts(w) && w->key != prop->event)
      hsy_prop_add_key(prop, w->key, w->is_time ? HSY_SHARE_TIME : share,
                       w->capital && (i > 0 || w->kind == HSY_WORD_NAME));
  }
}

/* Who speaks, where a pronoun of the clause stands for them. */
static void fill_speaker(const hsy_reading *r, const hsy_link_row *row, int16_t clause, hsy_prop *prop) {
  for (int32_t i = 0; i < r->count; i++) {
    if (r->words[i].clause != clause || !is_speaker(&r->words[i], row)) continue;
    for (int k = 0; k < r->speaker_keys; k++) hsy_prop_add_key(prop, r->speaker_key[k], HSY_SHARE_SPEAKER, true);
    return;
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
  *p = (hsy_prop){.row = m->at, .from = HSY_NONE, .kind = (uint8_t)kind, .sign = (int8_t)sign, .tense = 'n'};
  p->side = (int8_t)side_of(m->reading, sign);
  m->reading->prop_count = (int32_t)m->props->len - m->reading->first_prop; /* none more where the arena is full */
  return p;
}

/* "the cut had let them in": of what is denied, an event with an article is
 * taken for granted where the clause has another without. */
static bool is_granted(const hsy_reading *r, int32_t at) {
  static const char *const BEFORE[] = {"the", "this", "that", "a", "an", "his", "her", "its", "their", "our", "my"};
  static const char *const VERBS[] = {"had", "has", "have", "was", "were", "is", "would", "will", "could", "did"};
  bool article = false, other = false;
  for (int32_t j = at - 1; j >= 0 && j >= at - 2 && !article; j--)
    for (size_t k = 0; k < sizeof BEFORE / sizeof *BEFORE; k++) article = article || word_is(&r->words[j], BEFORE[k]);
  for (int32_t i = 0; i < r->count && article && !other; i++) {
    if (i == at || r->words[i].event_count == 0 || r->words[i].clause != r->words[at].clause) continue;
    other = i == 0 || !(word_is(&r->words[i - 1], "the") || word_is(&r->words[i - 1], "a"));
  }
  for (size_t k = 0; article && at + 1 < r->count && k < sizeof VERBS / sizeof *VERBS; k++)
    other = other || word_is(&r->words[at + 1], VERBS[k]); /* it is the subject */
  return article && other;
}

/* The words of the clause; of its neighbours and the title they are only near. */
static void fill(maker *m, int32_t word, hsy_prop *prop) {
  int16_t clause = m->reading->words[word].clause;
  fill_keys(m->reading, clause, word, HSY_SHARE_OWN, prop);
  if (prop->keys < 2 && clause > 0) fill_keys(m->reading, (int16_t)(clause - 1), word, HSY_SHARE_NEAR, prop);
  if (prop->keys < 2) fill_keys(m->reading, (int16_t)(clause + 1), word, HSY_SHARE_NEAR, prop);
  fill_speaker(m->reading, m->row, clause, prop);
  for (int32_t i = 0; i < m->reading->count; i++)
    if (m->reading->words[i].clause == clause && m->reading->words[i].is_ordinal)
      prop->ordinal = m->reading->words[i].key;
  for (int k = 0; k < m->reading->title_keys; k++)
    if (m->reading->title_key[k] != prop->event)
      hsy_prop_add_key(prop, m->reading->title_key[k], HSY_SHARE_TITLE, false);
}

static bool has_event(const maker *m, uint64_t event, int sign) {
  for (int32_t i = 0; i < m->reading->prop_count; i++) {
    const hsy_prop *p = &m->props->data[m->reading->first_prop + i];
    if (p->kind == HSY_PROP_EVENT && p->event == event && p->sign == sign) return true;
  }
  return false;
}

/* "not helping either side": what stands behind the event leaves nobody out. */
static bool is_generic(const hsy_reading *r, int32_t at) {
  static const char *const WORDS[] = {"either", "neither", "any",  "anyone", "anybody", "anything",
                                      "nobody", "nothing", "none", "both",   "no"};
  for (int32_t i = at + 1; i < r->count && i <= at + 3 && r->words[i].clause == r->words[at].clause; i++)
    for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
      if (word_is(&r->words[i], WORDS[k])) return true;
  return false;
}

static void make_events(maker *m) {
  hsy_reading *r = m->reading;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->asks || (w->event_count > 0 && denies_figure_only(r, i))) continue;
    int sign = w->event_count > 0 ? hsy_reading_sign(r, i) : 0;
    if (w->event_count > 0 && side_of(r, sign) < 0 && is_granted(r, i)) continue;
    for (int k = 0; k < w->event_count; k++) {
      const hsy_event_use *use = &w->events[k];
      if (use->negated_only && side_of(r, sign) > 0) continue;
      if (has_event(m, use->event, sign * use->sign)) continue;
      hsy_prop *p = add_prop(m, HSY_PROP_EVENT, sign * use->sign);
      p->event = use->event;
      p->plain = sign > 0 && !r->content_false;
      p->sweeps = use->negated_only && is_generic(r, i);
      p->light = use->light;
      p->tense = tense_at(r, i);
      fill(m, i, p);
    }
  }
}

/* Whether the figure at word i is given against another: "not three", "the true
 * number", "only". */
static bool disputes(const hsy_reading *r, int32_t i) {
  if (r->stance_side < 0 || r->content_false) return true;
  for (int32_t j = i - 1; j >= 0 && j >= i - 4; j--)
    if (word_is(&r->words[j], "true") || word_is(&r->words[j], "real") || word_is(&r->words[j], "actual")) return true;
  return i > 0 && r->words[i - 1].negates;
}

/* The event that is nearest to word i in its clause, else the last before it. */
static uint64_t nearest_event(const hsy_reading *r, int32_t i) {
  uint64_t event = 0;
  int32_t best = 1000;
  for (int32_t j = 0; j < r->count; j++) {
    if (r->words[j].event_count == 0 || r->words[j].clause > r->words[i].clause) continue;
    int32_t away = j < i ? i - j : j - i;
    if (r->words[j].clause != r->words[i].clause) away += 100;
    if (away >= best) continue;
    best = away;
    event = r->words[j].events[0].event;
  }
  return event;
}

/* What is counted: the word behind the figure, or what is written with it. */
static uint64_t unit_of(const hsy_reading *r, int32_t i) {
  hsy_str text = r->words[i].text;
  ptrdiff_t letters = text.len;
  while (letters > 0 && (text.data[letters - 1] | 32) >= 'a' && (text.data[letters - 1] | 32) <= 'z') letters--;
  if (letters > 0 && letters < text.len) return hsy_hash(hsy_str_slice(text, letters, text.len));
  for (int32_t j = i + 1; j < r->count && j <= i + 3; j++) {
    const hsy_link_word *w = &r->words[j];
    if (w->kind == HSY_WORD_MARK || w->clause != r->words[i].clause) break;
    if (w->kind == HSY_WORD_STOP) {
      static const char *const END[] = {"of", "were", "was", "have", "had", "is", "are", "would", "will", "people"};
      for (size_t k = 0; k < sizeof END / sizeof *END; k++)
        if (word_is(w, END[k])) return 0;
      continue;
    }
    return counts(w) && w->event_count == 0 ? w->key : 0;
  }
  return 0;
}

static void make_figures(maker *m) {
  hsy_reading *r = m->reading;
  for (int32_t i = 0; i < r->count; i++) {
    const hsy_link_word *w = &r->words[i];
    if (w->kind != HSY_WORD_FIGURE || w->asks) continue;
    hsy_prop *p = add_prop(m, HSY_PROP_FIGURE, hsy_reading_sign(r, i));
    if (i > 0 && r->words[i - 1].negates) {
      p->sign = -1;
      p->side = (int8_t)side_of(r, -1);
    }
    p->value = w->value;
    p->meant = w->meant;
    p->disputes = disputes(r, i);
    p->event = nearest_event(r, i);
    p->unit = unit_of(r, i);
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
  int sign = hsy_reading_sign(r, last);
  for (int32_t i = last; i >= first; i--) /* "will keep" is "will not leave" */
    if (r->words[i].event_count > 0) sign = hsy_reading_sign(r, i) * r->words[i].events[0].sign;
  hsy_prop *p = add_prop(m, HSY_PROP_WHOLE, sign);
  for (int32_t i = 0; i < r->count; i++)
    if (counts(&r->words[i]) || r->words[i].kind == HSY_WORD_FIGURE)
      hsy_prop_add_key(p, r->words[i].key, HSY_SHARE_OWN, r->words[i].kind == HSY_WORD_NAME);
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
