#include "speaker/rank.h"

#include <math.h>

#include "base/bound.h"
#include "speaker/speaker.h"

enum { MOST_CANDIDATES = 28, MOST_SIGHTS = 90, MOST_SOURCES = 16, MOST_BEHIND = 12, NEAR = 3 };

typedef struct pool {
  hsy_candidate data[MOST_CANDIDATES];
  int count;
} pool;

static hsy_candidate *find(pool *p, int32_t actor) {
  for (int i = 0; i < p->count; i++)
    if (p->data[i].actor == actor) return &p->data[i];
  return NULL;
}

static void see(pool *p, const hsy_speaker_sight *sight, bool after) {
  hsy_candidate *c = find(p, sight->actor);
  if (!c && p->count < MOST_CANDIDATES) {
    c = &p->data[p->count++];
    *c = (hsy_candidate){.actor = sight->actor, .token = HSY_NONE, .since = -1, .after = after};
  }
  if (!c || (c->token != HSY_NONE && (after || sight->token <= c->token))) return;
  c->token = sight->token;
  c->possessive = sight->possessive;
  c->subject = sight->subject;
  c->quoted = sight->quoted;
}

/* Who spoke, the last first: how often, and how many others since. */
static void hear(const hsy_speaker_state *s, const hsy_speaker_query *q, pool *p) {
  int8_t others = 0;
  for (ptrdiff_t i = s->sources.len - 1; i >= 0 && i >= s->sources.len - MOST_SOURCES; i--) {
    if (s->sources.data[i].token >= q->token) continue;
    see(p, &s->sources.data[i], false);
    hsy_candidate *c = find(p, s->sources.data[i].actor);
    if (!c) continue;
    if (c->since < 0) c->since = others++;
    c->spoke++;
  }
}

static ptrdiff_t sights_before(const hsy_speaker_state *s, int32_t token) {
  hsy_bound half = {.high = s->sights.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, s->sights.data[half.middle].token < token);
  return half.low;
}

/* Names and sources before the token, the nearest first; a few names behind it
 * where the question may point forward. What stands in its own content is out. */
static void gather(const hsy_speaker_state *s, const hsy_speaker_query *q, pool *p) {
  int32_t from = q->phrase ? q->phrase->first : q->token; /* a name inside the phrase is no answer */
  ptrdiff_t here = sights_before(s, from), behind = sights_before(s, q->last + 1);
  hear(s, q, p);
  for (ptrdiff_t i = here - 1; i >= 0 && i >= here - MOST_SIGHTS; i--) {
    int32_t content = s->content_of[s->sights.data[i].token];
    if (content == HSY_NONE || content != q->attribution) see(p, &s->sights.data[i], false);
  }
  for (ptrdiff_t i = behind; i < s->sights.len && i < behind + MOST_BEHIND; i++)
    if (s->content_of[s->sights.data[i].token] != q->attribution) see(p, &s->sights.data[i], true);
}

/* ---- who cannot be meant ---- */

static bool pronoun_agrees(char pronoun, const hsy_speaker_actor *a) {
  bool person = a->kind == HSY_NAME_PERSON, maybe_person = (person || !a->sure) && a->kind != HSY_NAME_PLACE;
  switch (pronoun) {
  case 'm':
    return maybe_person && a->gender != HSY_FEMALE && !a->plural;
  case 'f':
    return maybe_person && a->gender != HSY_MALE && !a->plural;
  case 'n':
    return !(person && (a->sure || a->gender)) && (!a->plural || a->kind == HSY_NAME_BODY);
  case 'p':
    return !(person && a->sure && a->gender);
  default:
    return true;
  }
}

/* Whether the phrase says of another house what the actor is called too: "the
 * union's lawyer" is not the bank's. */
static bool of_other_house(const hsy_speaker_state *s, const hsy_speaker_phrase *p, const hsy_speaker_actor *a) {
  if (!a->named || a->kind != HSY_NAME_PERSON || !hsy_speaker_has(&a->heads, s->id[p->head])) return false;
  bool house = false, known = false;
  for (int32_t i = p->first; i < p->end; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (i == p->head || t->kind != HSY_TOKEN_WORD || (t->flags & HSY_TOKEN_SUFFIX)) continue;
    bool owner = i < p->head && p->owner != HSY_NONE && i >= p->owner && (s->bits[i] & (HSY_W_PRONOUN)) == 0;
    bool behind = i > p->head;
    if (s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_PREP | HSY_W_STOP | HSY_W_PRONOUN) || !(owner || behind)) continue;
    house = true;
    int32_t id = s->id[i], people = s->ids.data[id].stands_for;
    known = known || hsy_speaker_has(&a->mods, id) || hsy_speaker_has(&a->words, id) ||
            hsy_speaker_has(&a->heads, id) || (people != HSY_NONE && hsy_speaker_has(&a->mods, people));
  }
  return house && !known && a->mods.len > 0;
}

static bool noun_agrees(const hsy_speaker_state *s, const hsy_speaker_phrase *p, const hsy_speaker_actor *a) {
  uint64_t b = s->bits[p->head];
  const hsy_speaker_word *w = hsy_speaker_class(s, p->head);
  if (b & HSY_W_DOCUMENT) return w->authored || !a->named;
  if (p->plural != a->plural && !(b & HSY_W_BODY)) return false;
  if (of_other_house(s, p, a)) return false;
  if ((b & HSY_W_ROLE) && !(b & HSY_W_BODY)) {
    if (a->kind != HSY_NAME_PERSON && (a->sure || a->kind == HSY_NAME_PLACE)) return false;
    return !w->gender || !a->gender || w->gender == a->gender;
  }
  if ((b & HSY_W_BODY) && !(b & HSY_W_ROLE))
    return !(a->kind == HSY_NAME_PERSON && (a->sure || a->gender)) && !a->place;
  return true;
}

/* "the company in the river | Eske": named in the source beside the noun. */
static bool stands_beside(const hsy_speaker_state *s, const hsy_speaker_phrase *p, int32_t actor) {
  if (p->form != HSY_PHRASE_NOUN || !s->in_source[p->head]) return false;
  for (int32_t t = p->first; t < s->doc->tokens.len && s->in_source[t]; t++) {
    if (s->sentence_of[t] != s->sentence_of[p->head]) break;
    if (s->name_at[t] != HSY_NONE && s->names.data[s->name_at[t]].actor == actor) return true;
  }
  return false;
}

static bool agrees(const hsy_speaker_state *s, const hsy_speaker_query *q, int32_t actor) {
  const hsy_speaker_actor *a = &s->actors.data[actor];
  if (actor == q->not_actor || actor == q->not_owner) return false;
  if (a->kind == HSY_NAME_PLACE && !a->place) return false; /* towns say nothing */
  if (!q->phrase) return true;
  if (stands_beside(s, q->phrase, actor)) return false;
  if (q->phrase->form == HSY_PHRASE_PRONOUN) return pronoun_agrees(hsy_speaker_class(s, q->phrase->head)->pronoun, a);
  return noun_agrees(s, q->phrase, a);
}

static void keep_agreeing(const hsy_speaker_state *s, const hsy_speaker_query *q, pool *p) {
  int kept = 0;
  for (int i = 0; i < p->count; i++)
    if (agrees(s, q, p->data[i].actor)) p->data[kept++] = p->data[i];
  p->count = kept;
}

/* How many are nearer, on the same side; how many of the same kind are. */
static void compare(const hsy_speaker_state *s, pool *p) {
  for (int i = 0; i < p->count; i++) {
    hsy_candidate *c = &p->data[i];
    for (int k = 0; k < p->count; k++) {
      const hsy_candidate *d = &p->data[k];
      if (d->after != c->after || (c->after ? d->token >= c->token : d->token <= c->token)) continue;
      c->recency++;
      c->same_kind += s->actors.data[d->actor].kind == s->actors.data[c->actor].kind;
    }
  }
}

/* ---- the choice ---- */

int32_t hsy_speaker_rank(const hsy_speaker_state *s, const hsy_speaker_query *q, float *chance) {
  pool p = {.count = 0};
  gather(s, q, &p);
  keep_agreeing(s, q, &p);
  compare(s, &p);
  hsy_clues clues[MOST_CANDIDATES + 1];
  int32_t actors[MOST_CANDIDATES + 1] = {HSY_NONE};
  float scores[MOST_CANDIDATES + 1];
  int near = 0, count = p.count + 1;
  for (int i = 0; i < p.count; i++) {
    actors[i + 1] = p.data[i].actor;
    near += !p.data[i].after && s->sentence_of[q->token] - s->sentence_of[p.data[i].token] < NEAR;
    hsy_clues_of(s, q, &p.data[i], &clues[i + 1]);
  }
  hsy_clues_of_nobody(s, q, p.count, near, &clues[0]);
  for (int i = 0; i < count; i++) scores[i] = hsy_ranker_score(&s->lists->ranker, clues[i].rows, clues[i].count);
  if (q->somebody && count > 1) scores[0] = -INFINITY;
  int best = hsy_ranker_softmax(scores, count);
  if (s->watch && q->watched)
    s->watch->chose(s->watch->user, s->doc, q->attribution, q->form, actors, clues, count, best);
  *chance = scores[best];
  return actors[best];
}
