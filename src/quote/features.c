#include "quote/features.h"

#include <string.h>

#include "base/clones.h"
#include "model/crf.h"

/* One feature is the hash of its template's number and one to three values. They
 * are put side by side and hashed eight at a time. */
enum { AT_ONCE = 8 };
typedef struct sink {
  uint32_t begun[HSY_QUOTE_FEATURES]; /* the template's number, hashed */
  uint32_t a[HSY_QUOTE_FEATURES], b[HSY_QUOTE_FEATURES], c[HSY_QUOTE_FEATURES];
  uint32_t values[HSY_QUOTE_FEATURES]; /* 1 to 3: how many count */
  int count;
} sink;

#define MIX(h, v) (((h) ^ (v)) * 0x9E3779B1u)
#define SPREAD(h) ((h) ^ ((h) >> 15))

static inline void put_values(sink *s, uint32_t template, uint32_t values, uint32_t a, uint32_t b, uint32_t c) {
  int i = s->count++;
  uint32_t begun = MIX(0x5bd1e995u, template);
  s->begun[i] = SPREAD(begun);
  s->values[i] = values;
  s->a[i] = a;
  if (values > 1) s->b[i] = b;
  if (values > 2) s->c[i] = c;
}
static inline void put(sink *s, uint32_t template, uint32_t a) { put_values(s, template, 1, a, 0, 0); }
static inline void put2(sink *s, uint32_t template, uint32_t a, uint32_t b) { put_values(s, template, 2, a, b, 0); }
static inline void put3(sink *s, uint32_t template, uint32_t a, uint32_t b, uint32_t c) {
  put_values(s, template, 3, a, b, c);
}

typedef uint32_t eight __attribute__((vector_size(4 * AT_ONCE)));

/* h = hash of h and the eight values from `from`. */
#define MIX_IN(h, from)                                                                                                \
  do {                                                                                                                 \
    eight v;                                                                                                           \
    memcpy(&v, (from), sizeof v);                                                                                      \
    (h) = MIX(h, v);                                                                                                   \
    (h) = SPREAD(h);                                                                                                   \
  } while (0)

HSY_CLONES
static void hash_all(const sink *s, uint32_t out[HSY_QUOTE_FEATURES]) {
  for (int i = 0; i < s->count; i += AT_ONCE) { /* what lies behind the last is hashed too, and not looked at */
    eight h, values;
    memcpy(&h, s->begun + i, sizeof h);
    memcpy(&values, s->values + i, sizeof values);
    MIX_IN(h, s->a + i);
    eight one = h & (eight)(values == 1);
    MIX_IN(h, s->b + i);
    eight two = h & (eight)(values == 2);
    MIX_IN(h, s->c + i);
    eight all = one | two | (h & (eight)(values == 3));
    memcpy(out + i, &all, sizeof all);
  }
}

/* What stands outside the paragraph. */
static const hsy_quote_token EDGE = {.word = 7, .prefix = 7, .suffix = 7, .suffix2 = 7, .shape = 15, .state = 7};

static inline const hsy_quote_token *near(const hsy_quote_view *view, int32_t token, const hsy_paragraph *p, int step) {
  int32_t at = token + step;
  return at >= p->first && at < p->end ? &view->tokens[at] : &EDGE;
}

static inline uint32_t distance_bucket(int32_t d) {
  static const uint8_t SMALL[] = {0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 9};
  return d < 0 ? 31 : d < 16 ? SMALL[d] : d < 30 ? 10 : 11;
}

int hsy_quote_class(const hsy_quote_view *view, int32_t token, const hsy_paragraph *p) {
  const hsy_quote_token *t = &view->tokens[token];
  switch (t->shape) {
  case HSY_SHAPE_OPEN:
    return t->state == HSY_LONG_OPEN ? 1 : 2;
  case HSY_SHAPE_CLOSE:
    return t->state == HSY_LONG_CLOSE ? 3 : 4;
  case HSY_SHAPE_COMMA:
    return t->state == HSY_UNQUOTED ? 5 : 6;
  case HSY_SHAPE_STOP:
    return t->state == HSY_UNQUOTED ? 7 : 8;
  case HSY_SHAPE_COLON:
    return 9;
  case HSY_SHAPE_DASH:
  case HSY_SHAPE_BRACKET:
    return 10;
  default:
    break;
  }
  const hsy_quote_token *before = near(view, token, p, -1);
  if (before->shape == HSY_SHAPE_COMMA) return 11;
  if (before->shape == HSY_SHAPE_CLOSE) return 12;
  if (view->doc->sentences.data[t->sentence].first == token) return 13;
  if (t->cue >= 5 && t->state == HSY_UNQUOTED) return 15;
  return t->state == HSY_UNQUOTED ? 0 : 14;
}

static void lexical(sink *s, const hsy_quote_token *const w[9]) { // w[4] is the token
  for (uint32_t i = 1; i < 8; i++) put(s, i, w[i]->word);
  put2(s, 10, w[3]->word, w[4]->word);
  put2(s, 11, w[4]->word, w[5]->word);
  put2(s, 12, w[2]->word, w[3]->word);
  put2(s, 13, w[5]->word, w[6]->word);
  put3(s, 14, w[3]->word, w[4]->word, w[5]->word);
  put(s, 15, w[4]->prefix);
  put(s, 16, w[4]->suffix);
  put(s, 17, w[3]->suffix);
  put(s, 18, w[5]->suffix);
  put2(s, 19, w[4]->suffix2, w[5]->suffix2);
  put2(s, 20, w[3]->suffix2, w[4]->suffix2);
}

static void shapes(sink *s, const hsy_quote_token *const w[9]) {
  for (uint32_t i = 2; i < 7; i++) put2(s, 30 + i, w[i]->shape, w[i]->state);
  put3(s, 40, w[3]->shape, w[4]->shape, w[5]->shape);
  put3(s, 41, w[2]->shape, w[3]->shape, w[4]->shape);
  put3(s, 42, w[4]->shape, w[5]->shape, w[6]->shape);
  put2(s, 43, w[4]->word, w[4]->state);
  put2(s, 44, w[4]->word, w[3]->shape);
  put2(s, 45, w[4]->word, w[5]->shape);
  put3(s, 46, w[3]->state, w[4]->state, w[5]->state);
  put2(s, 47, w[3]->word, w[4]->shape);
  put2(s, 48, w[5]->word, w[4]->shape);
}

static void uses(sink *s, const hsy_quote_token *const w[9]) {
  for (uint32_t i = 2; i < 7; i++) put2(s, 50 + i, w[i]->cue, w[i]->source);
  put3(s, 60, w[3]->cue, w[4]->cue, w[5]->cue);
  put3(s, 61, w[3]->source, w[4]->source, w[5]->source);
  put3(s, 62, w[4]->cue, w[3]->source, w[4]->state);
  put3(s, 63, w[4]->cue, w[5]->source, w[4]->state);
  put3(s, 64, w[4]->source, w[5]->cue, w[4]->shape);
  put3(s, 65, w[4]->source, w[3]->cue, w[4]->shape);
  put3(s, 66, w[4]->cue, w[4]->suffix2, w[3]->word);
  put3(s, 67, w[3]->verb, w[4]->verb, w[5]->verb);
  put3(s, 68, w[4]->verb, w[4]->cue, w[4]->suffix2);
  put3(s, 69, w[4]->verb, w[3]->word, w[4]->state);
  if (w[4]->run_left) {
    put3(s, 100, w[4]->run_left, w[4]->state, 0);
    put3(s, 101, w[4]->run_right, w[4]->state, 0);
    put3(s, 102, w[4]->run_left, w[4]->run_right, 0);
  }
}

/* The nearest likely cue on one side: which word, how far, what stands between. */
static void toward_cue(sink *s, const hsy_quote_view *view, int32_t token, int32_t cue, uint32_t base,
                       const hsy_quote_token *t) {
  if (cue == HSY_NONE) {
    put2(s, base, 0, t->state);
    return;
  }
  const hsy_quote_token *c = &view->tokens[cue];
  uint32_t same = c->sentence == t->sentence;
  int32_t low = cue < token ? cue : token, high = cue < token ? token : cue;
  uint32_t far = distance_bucket(high - low);
  uint32_t clauses = same ? (uint32_t)(view->tokens[high].clause - view->tokens[low].clause) : 4;
  uint32_t next = cue + 1 < view->doc->tokens.len ? view->tokens[cue + 1].word : 0;
  put3(s, base, far, same, t->shape);
  put3(s, base + 1, c->word, clauses, t->state);
  put3(s, base + 2, c->word, far, 0);
  put3(s, base + 3, next, clauses, t->state);
  put3(s, base + 4, far, clauses, c->cue);
  put3(s, base + 5, t->word, far, same);
  put3(s, base + 6, c->word, next, t->shape);
}

static void position(sink *s, const hsy_quote_view *view, int32_t token, const hsy_paragraph *p,
                     const hsy_quote_token *t) {
  const hsy_doc *doc = view->doc;
  const hsy_sentence *sentence = &doc->sentences.data[t->sentence];
  const hsy_quote_token *first = &view->tokens[sentence->first], *last = &view->tokens[sentence->end - 1];
  const hsy_quote_token *second = near(view, sentence->first, p, 1);
  uint32_t headline = doc->blocks.data[p->block].kind == HSY_BLOCK_HEADLINE;
  uint32_t nth = (uint32_t)(t->sentence - p->first_sentence);
  put3(s, 90, first->word, t->state, t->clause);
  put3(s, 91, distance_bucket(token - sentence->first), t->state, headline);
  put3(s, 92, distance_bucket(sentence->end - 1 - token), t->state, last->state);
  put3(s, 93, nth > 2 ? 2 : nth, first->state, t->state);
  put3(s, 94, headline, t->shape, t->cue);
  put3(s, 95, first->word, second->word, t->state);
  put3(s, 96, first->state, last->state, t->state);
  put3(s, 97, t->clause, t->shape, t->state);
}

int hsy_quote_features(const hsy_quote_view *view, int32_t token, const hsy_paragraph *p,
                       uint32_t out[HSY_QUOTE_FEATURES]) {
  sink s; /* too large to be cleared for each token */
  s.count = 0;
  const hsy_quote_token *w[9];
  for (int i = 0; i < 9; i++) w[i] = near(view, token, p, i - 4);
  const hsy_quote_token *t = w[4];
  put(&s, 0, 0);
  lexical(&s, w);
  shapes(&s, w);
  uses(&s, w);
  toward_cue(&s, view, token, t->left_cue, 70, t);
  toward_cue(&s, view, token, t->right_cue, 80, t);
  position(&s, view, token, p, t);
  hash_all(&s, out);
  return s.count;
}

/* ---- the second pass ---- */

static inline uint32_t tag_near(const hsy_first_pass *first, const hsy_paragraph *p, int32_t at) {
  return at >= p->first && at < p->end ? first->tags[at] : 15;
}

static inline uint32_t chance_bucket(float m) {
  return m < 0.05f ? 0 : m < 0.2f ? 1 : m < 0.4f ? 2 : m < 0.6f ? 3 : m < 0.8f ? 4 : m < 0.95f ? 5 : 6;
}

enum { REACH = 60 }; /* a span further off than this has no bearing */

static bool goes_on(const hsy_first_pass *first, int32_t token, int role) {
  bool begins = role != HSY_NONE && hsy_quote_tag_begins(first->tags[token]);
  return !begins && hsy_quote_tag_role(first->tags[token]) == role;
}

static void find_tag_runs(const hsy_first_pass *first, const hsy_paragraph *p) {
  hsy_tag_run run;
  for (run.first = p->first; run.first < p->end; run.first = run.last + 1) {
    int role = hsy_quote_tag_role(first->tags[run.first]);
    run.last = run.first;
    while (run.last + 1 < p->end && goes_on(first, run.last + 1, role)) run.last++;
    for (int32_t t = run.first; t <= run.last; t++) first->runs[t] = run;
  }
}

void hsy_quote_nearest(const hsy_first_pass *first, const hsy_paragraph *p) {
  find_tag_runs(first, p);
  for (int role = 0; role < HSY_ROLES; role++) {
    int32_t last = HSY_NONE;
    for (int32_t t = p->first; t < p->end; t++) {
      if (hsy_quote_tag_role(first->tags[t]) == role) last = t;
      first->left[t][role] = last != HSY_NONE && t - last <= REACH ? last : HSY_NONE;
    }
    last = HSY_NONE;
    for (int32_t t = p->end - 1; t >= p->first; t--) {
      if (hsy_quote_tag_role(first->tags[t]) == role) last = t;
      first->right[t][role] = last != HSY_NONE && last - t <= REACH ? last : HSY_NONE;
    }
  }
}

static void role_context(sink *s, const hsy_quote_view *view, const hsy_first_pass *first, int32_t token,
                         uint32_t own) {
  const hsy_quote_token *t = &view->tokens[token];
  uint32_t packed = 0;
  for (int role = 0; role < HSY_ROLES; role++) {
    int32_t left = first->left[token][role], right = first->right[token][role];
    uint32_t l = left == HSY_NONE ? 30 : distance_bucket(token - left);
    uint32_t r = right == HSY_NONE ? 30 : distance_bucket(right - token);
    uint32_t same_l = left != HSY_NONE && view->tokens[left].sentence == t->sentence;
    uint32_t same_r = right != HSY_NONE && view->tokens[right].sentence == t->sentence;
    put3(s, 160 + (uint32_t)role, own, l, r);
    put3(s, 164 + (uint32_t)role, own, left == HSY_NONE ? 0 : view->tokens[left].word, same_l);
    put3(s, 168 + (uint32_t)role, own, right == HSY_NONE ? 0 : view->tokens[right].word, same_r);
    packed = packed * 9 + (left == HSY_NONE ? 0 : 1 + same_l) * 3 + (right == HSY_NONE ? 0 : 1 + same_r);
  }
  put3(s, 172, own, packed, t->state);
  put3(s, 173, own, packed, t->shape);
}

/* The run of the first pass's span around the token, as far as it has bearing. */
static void span_context(sink *s, const hsy_quote_view *view, const hsy_first_pass *first, const hsy_paragraph *p,
                         int32_t token, uint32_t own) {
  enum { RUN = 40 };
  hsy_tag_run run = first->runs[token];
  int32_t low = token - run.first > RUN ? token - RUN : run.first;
  int32_t high = run.last - token > RUN ? token + RUN : run.last;
  const hsy_quote_token *a = near(view, low, p, -1), *b = near(view, high, p, 1);
  put3(s, 180, own, a->word, distance_bucket(token - low));
  put3(s, 181, own, b->word, distance_bucket(high - token));
  put3(s, 182, own, tag_near(first, p, low - 1), tag_near(first, p, high + 1));
  put3(s, 183, own, view->tokens[low].word, distance_bucket(high - low));
}

int hsy_quote_features_context(const hsy_quote_view *view, int32_t token, const hsy_paragraph *p,
                               const hsy_first_pass *first, uint32_t out[HSY_QUOTE_FEATURES]) {
  sink s; /* too large to be cleared for each token */
  s.count = 0;
  uint32_t own = first->tags[token];
  const float *m = first->marginals + (ptrdiff_t)token * HSY_CRF_TAGS;
  uint32_t before = tag_near(first, p, token - 1), after = tag_near(first, p, token + 1);
  put3(&s, 150, own, before, after);
  put3(&s, 151, tag_near(first, p, token - 2), before, own);
  put3(&s, 152, own, after, tag_near(first, p, token + 2));
  put2(&s, 153, own, chance_bucket(m[own]));
  put3(&s, 154, chance_bucket(m[1] + m[2]), chance_bucket(m[3] + m[4]), chance_bucket(m[5] + m[6]));
  put3(&s, 155, own, view->tokens[token].word, after);
  put3(&s, 156, own, view->tokens[token].word, before);
  role_context(&s, view, first, token, own);
  span_context(&s, view, first, p, token, own);
  hash_all(&s, out);
  return s.count;
}
