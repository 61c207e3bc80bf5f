#include "speaker/state.h"

/* A linear model over a few features of a candidate, as in the ranking of
 * antecedents for speakers (O'Keefe et al. 2012; Muzny et al. 2017): who was
 * named how far back, who spoke last, whose gender, number and office agree. */

enum { MOST_CANDIDATES = 24, MOST_SIGHTS = 90, MOST_SOURCES = 16 };

typedef enum feature {
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
  F_LIKE,          /* speaks around it */
  F_HEAD,          /* is called by this noun */
  F_CLASS,         /* … by one that stands for it */
  F_OTHER_HEAD,    /* … by others only */
  F_NO_HEAD,       /* … by none */
  F_MODIFIERS,     /* modifiers that agree */
  F_STRANGE,       /* modifiers that nothing says of it */
  F_OWNER,         /* belongs to whom the phrase says */
  F_FEATURES
} feature;

static const float PRONOUN[F_FEATURES] = {
    [F_SAME_SENTENCE] = 1.2f, [F_LAST_SENTENCE] = 1.0f, [F_DISTANCE] = -0.5f,   [F_SUBJECT] = 1.0f,
    [F_LAST_SPEAKER] = 1.6f,  [F_SPOKE] = 0.5f,         [F_POSSESSIVE] = -0.9f, [F_CONTENT] = -1.0f,
    [F_MENTIONS] = 0.05f,     [F_GENDER] = 1.0f,        [F_UNSURE] = -0.5f,     [F_AFTER] = -4.0f,
    [F_LIKE] = 1.5f,
};
static const float NOUN[F_FEATURES] = {
    [F_SAME_SENTENCE] = 0.3f, [F_LAST_SENTENCE] = 0.5f, [F_DISTANCE] = -0.2f,  [F_SUBJECT] = 0.3f,
    [F_LAST_SPEAKER] = 1.2f,  [F_SPOKE] = 0.6f,         [F_POSSESSIVE] = 0.0f, [F_CONTENT] = -0.3f,
    [F_MENTIONS] = 0.05f,     [F_GENDER] = 0.5f,        [F_UNSURE] = -0.3f,    [F_AFTER] = -0.8f,
    [F_LIKE] = 0.0f,          [F_HEAD] = 4.0f,          [F_CLASS] = 2.0f,      [F_OTHER_HEAD] = -3.5f,
    [F_NO_HEAD] = -0.4f,      [F_MODIFIERS] = 0.8f,     [F_STRANGE] = -1.2f,   [F_OWNER] = 1.0f,
};
enum { PRONOUN_LEAST = -2, NOUN_LEAST = 1 };

typedef struct candidate {
  int32_t actor;
  int32_t token; /* where it was last seen */
  bool possessive, subject, spoke, after;
} candidate;

typedef struct pool {
  candidate data[MOST_CANDIDATES];
  int count;
} pool;

static candidate *in_pool(pool *p, int32_t actor) {
  for (int i = 0; i < p->count; i++)
    if (p->data[i].actor == actor) return &p->data[i];
  return NULL;
}

static void add(const hsy_speaker_state *s, pool *p, const hsy_speaker_sight *sight, bool after) {
  candidate *c = in_pool(p, sight->actor);
  if (c) {
    c->spoke = c->spoke || sight->source;
    if (sight->token > c->token && !after) {
      c->token = sight->token;
      c->possessive = sight->possessive;
      c->subject = sight->subject;
    }
    return;
  }
  if (p->count == MOST_CANDIDATES) return;
  (void)s;
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
    if (s->sources.data[i].token < q->token) add(s, p, &s->sources.data[i], false);
  for (ptrdiff_t i = here - 1; i >= 0 && i >= here - MOST_SIGHTS; i--) {
    int32_t content = s->content_of[s->sights.data[i].token];
    if (content == q->attribution && content != HSY_NONE) continue;
    add(s, p, &s->sights.data[i], false);
  }
  for (ptrdiff_t i = here; i < s->sights.len && i < here + MOST_SIGHTS; i++) add(s, p, &s->sights.data[i], true);
}

static bool noun_class(const hsy_speaker_state *s, int32_t id, uint8_t *role, uint8_t *body) {
  const hsy_speaker_word *w = s->ids.data[id].word;
  *role = w ? w->role : 0;
  *body = w ? w->body : 0;
  return w != NULL;
}

static feature head_feature(const hsy_speaker_state *s, const hsy_speaker_actor *a, int32_t head) {
  uint8_t role, body, other_role, other_body;
  if (hsy_speaker_has(&a->heads, head)) return F_HEAD;
  if (a->heads.len == 0) return F_NO_HEAD;
  noun_class(s, head, &role, &body);
  for (ptrdiff_t i = 0; i < a->heads.len; i++) {
    noun_class(s, a->heads.data[i], &other_role, &other_body);
    if ((role && role == other_role) || (body && body == other_body)) return F_CLASS;
  }
  return F_OTHER_HEAD;
}

/* Kind and gender of the pronoun against the actor's: false rules it out. */
static bool pronoun_agrees(const hsy_speaker_word *w, const hsy_speaker_actor *a) {
  bool person = a->kind == HSY_NAME_PERSON;
  switch (w->pronoun) {
  case 'm':
    return (person || !a->sure) && a->kind != HSY_NAME_PLACE && a->gender != HSY_FEMALE && !a->plural;
  case 'f':
    return (person || !a->sure) && a->kind != HSY_NAME_PLACE && a->gender != HSY_MALE && !a->plural;
  case 'n':
    return !(person && (a->sure || a->gender)) && !a->plural;
  case 'p':
    return !(person && a->sure && a->gender);
  default:
    return true;
  }
}

static bool noun_agrees(const hsy_speaker_state *s, const hsy_speaker_phrase *p, const hsy_speaker_actor *a) {
  uint32_t b = s->bits[p->head];
  const hsy_speaker_word *w = hsy_speaker_class(s, p->head);
  if (p->plural != a->plural && !(b & HSY_W_BODY)) return false;
  if (b & HSY_W_ROLE && !(b & HSY_W_BODY)) {
    if (a->kind != HSY_NAME_PERSON && (a->sure || a->kind == HSY_NAME_PLACE)) return false;
    return !w->gender || !a->gender || w->gender == a->gender;
  }
  if ((b & HSY_W_BODY) && !(b & HSY_W_ROLE))
    return !(a->kind == HSY_NAME_PERSON && (a->sure || a->gender)) && !a->place;
  return true;
}

static float modifiers(const hsy_speaker_state *s, const hsy_speaker_phrase *p, const hsy_speaker_actor *a,
                       const float *weights) {
  float score = 0;
  for (int32_t i = p->first; i < p->head; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (t->kind != HSY_TOKEN_WORD || (t->flags & HSY_TOKEN_SUFFIX)) continue;
    if (s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_PRONOUN | HSY_W_STOP)) continue;
    int32_t id = s->id[i], of = s->ids.data[id].demonym_of;
    bool known = hsy_speaker_has(&a->mods, id) || hsy_speaker_has(&a->words, id) || hsy_speaker_has(&a->heads, id) ||
                 (of != HSY_NONE && (hsy_speaker_has(&a->mods, of) || hsy_speaker_has(&a->words, of)));
    score += weights[known ? F_MODIFIERS : F_STRANGE];
  }
  return score;
}

static float nearness(const hsy_speaker_state *s, const hsy_speaker_query *q, const candidate *c, const float *w) {
  if (c->after) return w[F_AFTER];
  int32_t back = s->sentence_of[q->token] - s->sentence_of[c->token];
  if (back == 0) return w[F_SAME_SENTENCE];
  if (back == 1) return w[F_LAST_SENTENCE];
  return w[F_DISTANCE] * (float)(back < 8 ? back - 1 : 7);
}

static int32_t last_speaker(const hsy_speaker_state *s, int32_t token) {
  for (ptrdiff_t i = s->sources.len - 1; i >= 0; i--)
    if (s->sources.data[i].token < token) return s->sources.data[i].actor;
  return HSY_NONE;
}

static float score_of(const hsy_speaker_state *s, const hsy_speaker_query *q, const candidate *c, int32_t spoke_last) {
  const hsy_speaker_actor *a = &s->actors.data[c->actor];
  bool pronoun = q->phrase->form == HSY_PHRASE_PRONOUN;
  const float *w = pronoun ? PRONOUN : NOUN;
  float score = nearness(s, q, c, w);
  if (c->subject) score += w[F_SUBJECT];
  if (c->actor == spoke_last) score += w[F_LAST_SPEAKER];
  if (c->spoke) score += w[F_SPOKE];
  if (c->possessive) score += w[F_POSSESSIVE];
  if (s->content_of[c->token] != HSY_NONE && !c->after) score += w[F_CONTENT];
  score += w[F_MENTIONS] * (float)(a->mentions < 6 ? a->mentions : 6);
  if (!a->sure) score += w[F_UNSURE];
  if (c->actor == q->like_actor) score += w[F_LIKE];
  uint8_t gender = hsy_speaker_class(s, q->phrase->head) ? hsy_speaker_class(s, q->phrase->head)->gender : 0;
  char p = pronoun ? hsy_speaker_class(s, q->phrase->head)->pronoun : 0;
  if (p == 'm') gender = HSY_MALE;
  if (p == 'f') gender = HSY_FEMALE;
  if (gender && gender == a->gender) score += w[F_GENDER];
  if (pronoun) return score;
  return score + w[head_feature(s, a, s->id[q->phrase->head])] + modifiers(s, q->phrase, a, w);
}

int32_t hsy_speaker_rank(const hsy_speaker_state *s, const hsy_speaker_query *q) {
  pool p = {.count = 0};
  gather(s, q, &p);
  bool pronoun = q->phrase->form == HSY_PHRASE_PRONOUN;
  int32_t best = HSY_NONE, spoke_last = last_speaker(s, q->token);
  float most = pronoun ? PRONOUN_LEAST : NOUN_LEAST;
  for (int i = 0; i < p.count; i++) {
    const hsy_speaker_actor *a = &s->actors.data[p.data[i].actor];
    if (p.data[i].actor == q->not_actor) continue;
    if (pronoun ? !pronoun_agrees(hsy_speaker_class(s, q->phrase->head), a) : !noun_agrees(s, q->phrase, a)) continue;
    float score = score_of(s, q, &p.data[i], spoke_last);
    if (score > most) {
      most = score;
      best = p.data[i].actor;
    }
  }
  return best;
}
