#include "speaker/speaker.h"
#include "speaker/state.h"

/* A linear model over a few features of a candidate, as in the ranking of
 * antecedents for speakers (O'Keefe et al. 2012; Muzny et al. 2017): who was
 * named how far back, who spoke last, whose gender, number and office agree.
 * "Nobody known" is a candidate too; its one feature is F_NOBODY. */

enum { MOST_CANDIDATES = 24, MOST_SIGHTS = 90, MOST_SOURCES = 16 };

typedef enum feature {
  F_NOBODY,
  F_SAME_SENTENCE, /* last seen in the sentence of the pronoun or description */
  F_LAST_SENTENCE, /* … in the one before */
  F_DISTANCE,      /* sentences back, past one, 8 at most */
  F_SUBJECT,       /* the first that its sentence names */
  F_LAST_SPEAKER,  /* spoke last */
  F_SPOKE,         /* is the source of some attribution before */
  F_POSSESSIVE,    /* last seen as somebody's or something's owner */
  F_CONTENT,       /* last seen in what somebody said */
  F_MENTIONS,      /* names in the article, 6 at most */
  F_GENDER,        /* known, and agrees */
  F_UNSURE,        /* its kind is a guess */
  F_AFTER,         /* named only behind */
  F_NEXT,          /* … as the next source, and nothing says what it is */
  F_LIKE,          /* speaks around it */
  F_NAMED,         /* has a name, is not only described */
  F_LOCATED,       /* stands where places stand */
  F_OUTLET,        /* is an outlet, and nothing says that one is meant */
  F_HEAD,          /* is called by this noun */
  F_CLASS,         /* … by one that stands for it */
  F_OTHER_HEAD,    /* … by others only */
  F_NO_HEAD,       /* … by none */
  F_ANY,           /* the noun may stand for every body of its class */
  F_STATE,         /* nothing says that it is a body of a state, as the noun does */
  F_MODIFIERS,     /* modifiers that agree */
  F_STRANGE,       /* modifiers that nothing says of it */
  F_OWNED,         /* the phrase says whose it is, and nothing says that it is anybody's */
  F_CONFLICT,      /* is only described, and in other words */
  F_FEATURES
} feature;

static const float PRONOUN[F_FEATURES] = {
    [F_NOBODY] = -2.5f,  [F_SAME_SENTENCE] = 1.2f, [F_LAST_SENTENCE] = 1.1f, [F_DISTANCE] = -0.5f,
    [F_SUBJECT] = 0.6f,  [F_LAST_SPEAKER] = 1.5f,  [F_SPOKE] = 0.4f,         [F_POSSESSIVE] = -0.9f,
    [F_CONTENT] = -0.7f, [F_MENTIONS] = 0.05f,     [F_GENDER] = 1.9f,        [F_UNSURE] = -1.3f,
    [F_AFTER] = -5.0f,   [F_NEXT] = 1.0f,          [F_LIKE] = 1.0f,          [F_NAMED] = 1.5f,
    [F_LOCATED] = -1.5f, [F_OUTLET] = -1.0f,
};
static const float NOUN[F_FEATURES] = {
    [F_NOBODY] = 1.0f,      [F_SAME_SENTENCE] = 0.6f, [F_LAST_SENTENCE] = 0.4f, [F_DISTANCE] = -0.2f,
    [F_SUBJECT] = 0.3f,     [F_LAST_SPEAKER] = 1.4f,  [F_SPOKE] = 0.9f,         [F_POSSESSIVE] = 0.0f,
    [F_CONTENT] = -0.3f,    [F_MENTIONS] = 0.1f,      [F_GENDER] = 0.5f,        [F_UNSURE] = -0.7f,
    [F_AFTER] = -3.0f,      [F_NEXT] = 4.0f,          [F_LIKE] = 0.0f,          [F_NAMED] = 0.6f,
    [F_LOCATED] = -1.0f,    [F_OUTLET] = -2.5f,       [F_HEAD] = 4.0f,          [F_CLASS] = 1.5f,
    [F_OTHER_HEAD] = -4.5f, [F_NO_HEAD] = -0.4f,      [F_ANY] = 1.3f,           [F_STATE] = -2.5f,
    [F_MODIFIERS] = 0.7f,   [F_STRANGE] = -1.1f,      [F_OWNED] = -3.0f,        [F_CONFLICT] = -3.0f,
};

typedef struct candidate {
  int32_t actor;
  int32_t token; /* where it was last seen */
  bool possessive, subject, spoke, after;
} candidate;

typedef struct pool {
  candidate data[MOST_CANDIDATES];
  int count;
} pool;

static void add(pool *p, const hsy_speaker_sight *sight, bool after) {
  for (int i = 0; i < p->count; i++) {
    candidate *c = &p->data[i];
    if (c->actor != sight->actor) continue;
    c->spoke = c->spoke || sight->source;
    if (sight->token <= c->token || after) return;
    c->token = sight->token;
    c->possessive = sight->possessive;
    c->subject = sight->subject;
    return;
  }
  if (p->count < MOST_CANDIDATES)
    p->data[p->count++] =
        (candidate){sight->actor, sight->token, sight->possessive, sight->subject, sight->source, after};
}

static ptrdiff_t sights_before(const hsy_speaker_state *s, int32_t token) {
  ptrdiff_t low = 0, high = s->sights.len;
  while (low < high) {
    ptrdiff_t mid = low + (high - low) / 2;
    if (s->sights.data[mid].token < token)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

/* Names and sources before the token, the nearest first; a few names behind it
 * where the phrase may point forward. What stands in its own content is out. */
static void gather(const hsy_speaker_state *s, const hsy_speaker_query *q, pool *p) {
  ptrdiff_t here = sights_before(s, q->token);
  for (ptrdiff_t i = s->sources.len - 1; i >= 0 && i >= s->sources.len - MOST_SOURCES; i--)
    if (s->sources.data[i].token < q->token) add(p, &s->sources.data[i], false);
  for (ptrdiff_t i = here - 1; i >= 0 && i >= here - MOST_SIGHTS; i--) {
    int32_t content = s->content_of[s->sights.data[i].token];
    if (content == HSY_NONE || content != q->attribution) add(p, &s->sights.data[i], false);
  }
  for (ptrdiff_t i = here; i < s->sights.len && i < here + MOST_SIGHTS; i++) add(p, &s->sights.data[i], true);
}

static const hsy_speaker_word *class_of(const hsy_speaker_state *s, int32_t id) {
  static const hsy_speaker_word NO_CLASS = {0};
  const hsy_speaker_word *w = s->ids.data[id].word;
  return w ? w : &NO_CLASS;
}

static feature head_feature(const hsy_speaker_state *s, const hsy_speaker_actor *a, int32_t head) {
  if (hsy_speaker_has(&a->heads, head)) return F_HEAD;
  if (a->heads.len == 0) return F_NO_HEAD;
  const hsy_speaker_word *mine = class_of(s, head);
  for (ptrdiff_t i = 0; i < a->heads.len; i++) {
    const hsy_speaker_word *other = class_of(s, a->heads.data[i]);
    bool any = mine->any || other->any;
    if ((mine->role && mine->role == other->role) || (any && mine->body && mine->body == other->body)) return F_CLASS;
  }
  return F_OTHER_HEAD;
}

/* Kind, number and gender of the pronoun against the actor's. */
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

static bool noun_agrees(const hsy_speaker_state *s, const hsy_speaker_phrase *p, const hsy_speaker_actor *a) {
  uint64_t b = s->bits[p->head];
  const hsy_speaker_word *w = hsy_speaker_class(s, p->head);
  if (p->plural != a->plural && !(b & HSY_W_BODY)) return false;
  if ((b & HSY_W_ROLE) && !(b & HSY_W_BODY)) {
    if (a->kind != HSY_NAME_PERSON && (a->sure || a->kind == HSY_NAME_PLACE)) return false;
    return !w->gender || !a->gender || w->gender == a->gender;
  }
  if ((b & HSY_W_BODY) && !(b & HSY_W_ROLE))
    return !(a->kind == HSY_NAME_PERSON && (a->sure || a->gender)) && !a->place;
  return true;
}

static bool knows(const hsy_speaker_actor *a, int32_t id) {
  return id != HSY_NONE &&
         (hsy_speaker_has(&a->mods, id) || hsy_speaker_has(&a->words, id) || hsy_speaker_has(&a->heads, id));
}

static void modifiers(const hsy_speaker_state *s, const hsy_speaker_phrase *p, const hsy_speaker_actor *a, float *f) {
  for (int32_t i = p->first; i < p->head; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (t->kind != HSY_TOKEN_WORD || (t->flags & HSY_TOKEN_SUFFIX)) continue;
    if (s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_PRONOUN | HSY_W_STOP)) continue;
    bool known = knows(a, s->id[i]) || knows(a, s->ids.data[s->id[i]].stands_for);
    f[known ? F_MODIFIERS : F_STRANGE] += 1;
  }
  if (a->heads.len == 0 && a->mods.len == 0) f[F_STRANGE] = 0; /* nothing is known of it that could differ */
  f[F_CONFLICT] = !a->named && a->mods.len > 0 && f[F_STRANGE] > 0;
}

static void noun_features(const hsy_speaker_state *s, const hsy_speaker_query *q, const candidate *c, float *f) {
  const hsy_speaker_actor *a = &s->actors.data[c->actor];
  int32_t head = q->phrase->head;
  feature called = head_feature(s, a, s->id[head]);
  f[called] = 1;
  const hsy_speaker_word *w = class_of(s, s->id[head]);
  bool body = (s->bits[head] & HSY_W_BODY) != 0;
  if (called == F_NO_HEAD && body) f[w->any ? F_ANY : F_STATE] = 1;
  if (a->kind == HSY_NAME_OUTLET && !w->any) f[F_OUTLET] = 1;
  f[F_NEXT] = q->next_source == c->actor && called == F_NO_HEAD && c->after;
  f[F_OWNED] = called == F_NO_HEAD && q->phrase->owner != HSY_NONE && f[F_NEXT] == 0;
  modifiers(s, q->phrase, a, f);
}

static int32_t last_speaker(const hsy_speaker_state *s, int32_t token) {
  for (ptrdiff_t i = s->sources.len - 1; i >= 0; i--)
    if (s->sources.data[i].token < token) return s->sources.data[i].actor;
  return HSY_NONE;
}

static void position(const hsy_speaker_state *s, const hsy_speaker_query *q, const candidate *c, float *f) {
  int32_t back = s->sentence_of[q->token] - s->sentence_of[c->token];
  f[F_AFTER] = c->after && !hsy_speaker_headline(s, q->token);
  if (c->after) return;
  f[F_SAME_SENTENCE] = back == 0;
  f[F_LAST_SENTENCE] = back == 1;
  f[F_DISTANCE] = back < 2 ? 0 : (float)(back < 8 ? back - 1 : 7);
  f[F_CONTENT] = s->content_of[c->token] != HSY_NONE;
  f[F_SUBJECT] = c->subject;
  f[F_POSSESSIVE] = c->possessive;
}

static void features_of(const hsy_speaker_state *s, const hsy_speaker_query *q, const candidate *c, int32_t spoke_last,
                        float *f) {
  const hsy_speaker_actor *a = &s->actors.data[c->actor];
  const hsy_speaker_word *w = class_of(s, s->id[q->phrase->head]);
  uint8_t gender = w->pronoun == 'm' ? HSY_MALE : w->pronoun == 'f' ? HSY_FEMALE : w->gender;
  position(s, q, c, f);
  f[F_LAST_SPEAKER] = c->actor == spoke_last;
  f[F_SPOKE] = c->spoke;
  f[F_MENTIONS] = (float)(a->mentions < 6 ? a->mentions : 6);
  f[F_UNSURE] = !a->sure;
  f[F_LIKE] = c->actor == q->like_actor;
  f[F_NAMED] = a->named;
  f[F_LOCATED] = a->located * 2 > a->mentions || a->kind == HSY_NAME_PLACE;
  f[F_GENDER] = gender && gender == a->gender;
  if (q->phrase->form == HSY_PHRASE_PRONOUN)
    f[F_OUTLET] = a->kind == HSY_NAME_OUTLET;
  else
    noun_features(s, q, c, f);
}

static bool agrees(const hsy_speaker_state *s, const hsy_speaker_query *q, int32_t actor) {
  const hsy_speaker_actor *a = &s->actors.data[actor];
  if (actor == q->not_actor || actor == q->not_owner) return false;
  if (q->phrase->form == HSY_PHRASE_PRONOUN) return pronoun_agrees(hsy_speaker_class(s, q->phrase->head)->pronoun, a);
  return noun_agrees(s, q->phrase, a);
}

int32_t hsy_speaker_rank(const hsy_speaker_state *s, const hsy_speaker_query *q) {
  pool p = {.count = 0};
  gather(s, q, &p);
  bool noun = q->phrase->form != HSY_PHRASE_PRONOUN;
  const float *weights = noun ? NOUN : PRONOUN;
  float features[MOST_CANDIDATES + 1][F_FEATURES] = {{1}}; /* the first: nobody known */
  int32_t actors[MOST_CANDIDATES + 1] = {HSY_NONE};
  int count = 1, best = 0;
  float most = weights[F_NOBODY];
  int32_t spoke_last = last_speaker(s, q->token);
  for (int i = 0; i < p.count; i++) {
    if (!agrees(s, q, p.data[i].actor)) continue;
    features_of(s, q, &p.data[i], spoke_last, features[count]);
    actors[count] = p.data[i].actor;
    float score = 0;
    for (int k = 0; k < F_FEATURES; k++) score += weights[k] * features[count][k];
    if (score > most) {
      most = score;
      best = count;
    }
    count++;
  }
  if (s->watch)
    s->watch->chose(s->watch->user, s->doc, q->attribution, noun, actors, &features[0][0], count, F_FEATURES);
  return actors[best];
}
