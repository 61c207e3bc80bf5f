#include <math.h>

#include "speaker/rank.h"

/* Each clue is a number and a value; the model has a weight for every value, so
 * that nothing here weighs anything. */
typedef enum clue {
  C_NOBODY,
  C_DISTANCE,    /* sentences back; behind, forward */
  C_PARAGRAPH,   /* paragraphs back or forward */
  C_RECENCY,     /* candidates named nearer */
  C_SUBJECT,     /* the first that its sentence names, and how far */
  C_POSSESSIVE,  /* last seen as somebody's or something's owner */
  C_INSIDE,      /* last seen in what somebody said */
  C_SINCE,       /* speakers since it spoke last */
  C_SPOKE,       /* how often it spoke */
  C_MENTIONS,    /* names in the article */
  C_KIND,        /* person, body … and whether named */
  C_GENDER,      /* known, and agrees */
  C_SURE,        /* its kind is no guess */
  C_LIKE,        /* speaks around it */
  C_NEXT,        /* the next source's name, and how far */
  C_BEFORE,      /* speaker of the attribution before, and how far */
  C_LOCATED,     /* stands where places stand */
  C_HEAD,        /* called by this noun, by one of its class, by others, by none */
  C_HEAD_NEAR,   /* … and how far it is */
  C_MODIFIERS,   /* modifiers that agree, and that nothing says of it */
  C_OWNED,       /* the phrase says whose it is */
  C_ANY,         /* the noun may stand for every body of its class */
  C_DOCUMENT,    /* a document is asked for: whose it may be */
  C_NUMBER,      /* one or several, of both */
  C_ORDER,       /* who was named first in the article */
  C_CUE_SUBJECT, /* named by the words before the cue */
  C_ALONE,       /* candidates that agree as well, before it */
  C_ALIKE,       /* of the vectors of both places, where an encoder gave some */
  C_SAME_TOPIC,  /* the most named of the article */
  C_SPEAKS_NEAR, /* spoke last, and how far */
  C_PHRASE,      /* nobody: how the phrase begins */
  C_NOUN,        /* nobody: what its noun is */
  C_CHOICE,      /* nobody: whether anybody agrees, and is near */
  C_MANNER,      /* nobody: what the cue is */
  C_BESIDE,      /* of a bare quotation: what the sentence beside it begins with, before or behind */
} clue;

static void put(hsy_clues *out, hsy_query_form form, clue which, int value) {
  if (out->count + 2 > HSY_MOST_CLUES) return;
  uint32_t row = (uint32_t)which * HSY_CLUE_VALUES + (uint32_t)value;
  out->rows[out->count++] = row;
  out->rows[out->count++] = (uint32_t)form * HSY_CLUES * HSY_CLUE_VALUES + row;
}

static int least(int a, int b) { return a < b ? a : b; }

/* 0, 1, 2, 3, 4-5, 6-9, more. */
static int bucket(int n) { return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : 6; }

static const hsy_speaker_word *class_of(const hsy_speaker_state *s, int32_t id) {
  static const hsy_speaker_word NO_CLASS = {0};
  const hsy_speaker_word *w = s->ids.data[id].word;
  return w ? w : &NO_CLASS;
}

static int32_t paragraph_of(const hsy_speaker_state *s, int32_t token) {
  return s->doc->sentences.data[s->sentence_of[token]].paragraph;
}

/* Sentences from the question to the candidate, 0 in the same. */
static int gap(const hsy_speaker_state *s, const hsy_speaker_query *q, int32_t token, bool after) {
  int n = after ? s->sentence_of[token] - s->sentence_of[q->last] : s->sentence_of[q->token] - s->sentence_of[token];
  return n < 0 ? 0 : n;
}

static void position(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out) {
  int far = bucket(gap(s, q, c->token, c->after));
  bool headline = hsy_speaker_headline(s, q->token);
  int paragraphs = c->after ? paragraph_of(s, c->token) - paragraph_of(s, q->last)
                            : paragraph_of(s, q->token) - paragraph_of(s, c->token);
  put(out, q->form, C_DISTANCE, far + 8 * c->after + 16 * headline);
  put(out, q->form, C_PARAGRAPH, least(paragraphs < 0 ? 0 : paragraphs, 3) + 4 * c->after);
  put(out, q->form, C_RECENCY, least(c->recency, 5) + 8 * c->after);
  if (c->after) return;
  put(out, q->form, C_SUBJECT, c->subject * 4 + least(far, 3));
  put(out, q->form, C_POSSESSIVE, c->possessive);
  int32_t content = s->content_of[c->token];
  put(out, q->form, C_INSIDE, (content != HSY_NONE) + 2 * c->quoted);
}

/* Named behind for the first time, and nothing says what it is: "the mayor
 * promised. Tobias Renn told …". */
static bool introduced(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c) {
  const hsy_speaker_actor *a = &s->actors.data[c->actor];
  return c->after && a->heads.len == 0 && a->kind == HSY_NAME_PERSON &&
         (a->first_seen == HSY_NONE || a->first_seen > q->token);
}

/* "The clerk, Inga Moll, was blunt. “Nobody told us.”": nobody's words, in the
 * quotation's paragraph, that speak of the candidate. */
static void beside(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out) {
  if (q->form != HSY_QUERY_BARE || s->content_of[c->token] != HSY_NONE) return;
  if (paragraph_of(s, c->token) != paragraph_of(s, q->token) || gap(s, q, c->token, c->after) != 1) return;
  int32_t first = s->doc->sentences.data[s->sentence_of[c->token]].first;
  bool opens = c->after ? c->token - first < 4 : c->subject;
  bool alone = paragraph_of(s, q->last) != paragraph_of(s, q->last + 1 < s->doc->tokens.len ? q->last + 1 : q->last);
  put(out, q->form, C_BESIDE, 1 + opens + 2 * c->after + 4 * alone);
}

static void speech(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out) {
  int far = least(gap(s, q, c->token, c->after), 3);
  put(out, q->form, C_SINCE, c->since < 0 ? 7 : least(c->since, 4));
  put(out, q->form, C_SPOKE, least(c->spoke, 4));
  if (c->since == 0) put(out, q->form, C_SPEAKS_NEAR, far);
  if (c->actor == q->like_actor) put(out, q->form, C_LIKE, 1);
  if (c->actor == q->next_source) put(out, q->form, C_NEXT, far + 4 * c->after + 8 * introduced(s, q, c));
  if (c->actor == q->before) put(out, q->form, C_BEFORE, far);
  if (c->actor == q->subject) put(out, q->form, C_CUE_SUBJECT, 1);
}

static void nature(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out) {
  const hsy_speaker_actor *a = &s->actors.data[c->actor];
  uint8_t gender = HSY_GENDER_UNKNOWN;
  if (q->phrase) {
    const hsy_speaker_word *w = class_of(s, s->id[q->phrase->head]);
    gender = w->pronoun == 'm' ? HSY_MALE : w->pronoun == 'f' ? HSY_FEMALE : w->gender;
  }
  put(out, q->form, C_KIND, (int)a->kind + 8 * a->named + 16 * a->plural);
  put(out, q->form, C_GENDER, gender ? 1 + (a->gender == gender) : 0);
  put(out, q->form, C_SURE, a->sure + 2 * (a->kind == HSY_NAME_PERSON));
  put(out, q->form, C_MENTIONS, bucket(a->mentions) + 8 * a->named);
  put(out, q->form, C_LOCATED, a->located * 2 > a->mentions || a->kind == HSY_NAME_PLACE);
  put(out, q->form, C_ORDER, a->order == HSY_NONE ? 5 : least(a->order, 4));
  put(out, q->form, C_ALONE, least(c->same_kind, 4));
  if (c->actor == s->topic) put(out, q->form, C_SAME_TOPIC, 1);
}

/* ---- descriptions ---- */

typedef enum called { CALLED_SO, CALLED_LIKE_IT, CALLED_OTHERWISE, CALLED_NOTHING } called;

static called head_of(const hsy_speaker_state *s, const hsy_speaker_actor *a, int32_t head) {
  if (hsy_speaker_has(&a->heads, head)) return CALLED_SO;
  if (a->heads.len == 0) return CALLED_NOTHING;
  const hsy_speaker_word *mine = class_of(s, head);
  for (ptrdiff_t i = 0; i < a->heads.len; i++) {
    const hsy_speaker_word *other = class_of(s, a->heads.data[i]);
    bool any = mine->any || other->any;
    if ((mine->role && mine->role == other->role) || (any && mine->body && mine->body == other->body))
      return CALLED_LIKE_IT;
  }
  return CALLED_OTHERWISE;
}

static bool knows(const hsy_speaker_actor *a, int32_t id) {
  return id != HSY_NONE &&
         (hsy_speaker_has(&a->mods, id) || hsy_speaker_has(&a->words, id) || hsy_speaker_has(&a->heads, id));
}

static void modifiers(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_speaker_actor *a,
                      hsy_clues *out) {
  const hsy_speaker_phrase *p = q->phrase;
  int agree = 0, strange = 0;
  for (int32_t i = p->first; i < p->head; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (t->kind != HSY_TOKEN_WORD || (t->flags & HSY_TOKEN_SUFFIX)) continue;
    if (s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_PRONOUN | HSY_W_STOP)) continue;
    bool known = knows(a, s->id[i]) || knows(a, s->ids.data[s->id[i]].stands_for);
    agree += known;
    strange += !known;
  }
  bool blank = a->heads.len == 0 && a->mods.len == 0; /* nothing is known of it that could differ */
  put(out, q->form, C_MODIFIERS, least(agree, 2) + 3 * least(strange, 2) + 9 * blank + 18 * !a->named);
}

static void description(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c,
                        hsy_clues *out) {
  const hsy_speaker_actor *a = &s->actors.data[c->actor];
  const hsy_speaker_phrase *p = q->phrase;
  const hsy_speaker_word *w = class_of(s, s->id[p->head]);
  called how = head_of(s, a, s->id[p->head]);
  bool body = (s->bits[p->head] & HSY_W_BODY) != 0;
  put(out, q->form, C_HEAD, (int)how + 4 * a->named + 8 * p->definite + 16 * c->after);
  put(out, q->form, C_HEAD_NEAR, (int)how + 4 * least(gap(s, q, c->token, c->after), 3));
  if (p->owner != HSY_NONE) put(out, q->form, C_OWNED, (int)how);
  if (body) put(out, q->form, C_ANY, w->any + 2 * (how == CALLED_NOTHING) + 4 * (a->kind == HSY_NAME_OUTLET));
  if (s->bits[p->head] & HSY_W_DOCUMENT) put(out, q->form, C_DOCUMENT, w->authored + 2 * (int)a->kind + 16 * a->named);
  put(out, q->form, C_NUMBER, p->plural + 2 * a->plural);
  modifiers(s, q, a, out);
}

/* Cosine of what an encoder says of both places, in tenths. */
static void likeness(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out) {
  const hsy_speaker_vectors *v = s->vectors;
  if (!v || !v->rows) return;
  const float *a = v->rows + (ptrdiff_t)q->token * v->width, *b = v->rows + (ptrdiff_t)c->token * v->width;
  float dot = 0, aa = 0, bb = 0;
  for (int i = 0; i < v->width; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  float cosine = aa > 0 && bb > 0 ? dot / sqrtf(aa * bb) : 0;
  put(out, q->form, C_ALIKE, cosine < 0 ? 0 : (int)(cosine * 20));
}

void hsy_clues_of(const hsy_speaker_state *s, const hsy_speaker_query *q, const hsy_candidate *c, hsy_clues *out) {
  out->count = 0;
  position(s, q, c, out);
  beside(s, q, c, out);
  speech(s, q, c, out);
  nature(s, q, c, out);
  if (q->phrase && q->phrase->form != HSY_PHRASE_PRONOUN) description(s, q, c, out);
  likeness(s, q, c, out);
}

/* ---- nobody ---- */

static void of_phrase(const hsy_speaker_state *s, const hsy_speaker_query *q, hsy_clues *out) {
  const hsy_speaker_phrase *p = q->phrase;
  uint64_t b = s->bits[p->head];
  const hsy_speaker_word *w = class_of(s, s->id[p->head]);
  int length = 0;
  for (int32_t i = p->first; i < p->head; i++)
    length += !(s->bits[i] & (HSY_W_THE | HSY_W_A)) && s->doc->tokens.data[i].kind == HSY_TOKEN_WORD;
  put(out, q->form, C_PHRASE, p->definite + 2 * p->indefinite + 4 * (p->owner != HSY_NONE) + 8 * least(length, 2));
  put(out, q->form, C_NOUN,
      ((b & HSY_W_ROLE) != 0) + 2 * ((b & HSY_W_BODY) != 0) + 4 * ((b & HSY_W_DOCUMENT) != 0) +
          8 * ((b & HSY_W_GROUP) != 0) + 16 * p->plural + 32 * (w->any || w->authored));
}

static void of_cue(const hsy_speaker_state *s, const hsy_speaker_query *q, hsy_clues *out) {
  const hsy_attribution *a = &s->doc->attributions.data[q->attribution];
  hsy_str cue = s->ids.data[s->id[q->token]].text;
  bool passive = q->token > 0 && (s->bits[q->token - 1] & HSY_W_BE);
  bool opens = q->token == s->doc->sentences.data[s->sentence_of[q->token]].first;
  put(out, q->form, C_MANNER,
      (int)a->kind + 4 * hsy_str_ends(cue, HSY_S("ing")) + 8 * passive + 16 * opens + 32 * (a->parent != HSY_NONE));
}

void hsy_clues_of_nobody(const hsy_speaker_state *s, const hsy_speaker_query *q, int candidates, int near,
                         hsy_clues *out) {
  out->count = 0;
  put(out, q->form, C_NOBODY, 0);
  put(out, q->form, C_CHOICE, least(candidates, 3) + 4 * least(near, 3));
  if (q->phrase && q->phrase->form != HSY_PHRASE_PRONOUN) of_phrase(s, q, out);
  if (!q->phrase) of_cue(s, q, out);
}
