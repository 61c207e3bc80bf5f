#include "link/doubles.h"

#include <math.h>
#include <stdlib.h>

#include "base/bound.h"
#include "base/hash.h"
#include "base/resource.h"

enum { BLOCK_MOST = 40, KEYS_MOST = HSY_FORM_WORDS + 8, TITLES_MOST = 6 };

/* ---- signs ---- */

/* speaks_for: under which heading a reader finds it; the model is the judge. From
 * `clear` on it is seen clearly enough to be told. */
static const struct {
  const char *name, *words;
  bool speaks_for;
  float clear;
} SIGNS[HSY_DOUBLE_SIGNS] = {
    [HSY_DOUBLE_LAST] = {"surname", "the same surname", true, 1},
    [HSY_DOUBLE_LAST_NEAR] = {"surname near", "surnames spelled alike", true, 1},
    [HSY_DOUBLE_GIVEN] = {"given name", "the same given name", true, 1},
    [HSY_DOUBLE_INITIAL] = {"initial", "one gives the initial alone", true, 1},
    [HSY_DOUBLE_NICKNAME] = {"nickname", "one goes by a short form of the given name", true, 1},
    [HSY_DOUBLE_GIVEN_NEAR] = {"given name near", "given names spelled alike", true, 1},
    [HSY_DOUBLE_GIVEN_OTHER] = {"given name other", "two given names", false, 1},
    [HSY_DOUBLE_SHORT_LAST] = {"surname alone", "one is the other's surname alone", true, 1},
    [HSY_DOUBLE_SHORT_FIRST] = {"first word alone", "one is the other's first word alone", true, 1},
    [HSY_DOUBLE_ACRONYM] = {"acronym", "one is the initials of the other", true, 1},
    [HSY_DOUBLE_WORDS] = {"words", "words in common", true, 0.2F},
    [HSY_DOUBLE_SPELLING] = {"spelling", "names spelled alike", true, 0.75F},
    [HSY_DOUBLE_TITLE] = {"title", "articles call both by one title", true, 1},
    [HSY_DOUBLE_TITLE_OTHER] = {"title other", "articles call them by two titles", false, 1},
    [HSY_DOUBLE_OFFICE] = {"office", "one is called by the other's office", true, 1},
    [HSY_DOUBLE_KINDS] = {"kind other", "of two kinds", false, 1},
    [HSY_DOUBLE_UNNAMED] = {"unnamed", "one has no name", false, 1},
    [HSY_DOUBLE_GENDER] = {"gender", "of one gender", true, 1},
    [HSY_DOUBLE_GENDER_OTHER] = {"gender other", "a man and a woman", false, 1},
    [HSY_DOUBLE_ARTICLE] = {"article", "one article speaks of both as two", false, 1},
    [HSY_DOUBLE_UTTERANCE] = {"utterance", "one utterance is reported as either's", true, 1},
    [HSY_DOUBLE_COPY] = {"copy", "articles that copy one another name them so", true, 1},
    [HSY_DOUBLE_COMMON] = {"common", "a name that many bear", false, 3},
};

const char *hsy_double_sign_name(hsy_double_sign sign) { return SIGNS[sign].name; }
bool hsy_double_sign_speaks_for(hsy_double_sign sign) { return SIGNS[sign].speaks_for; }

hsy_str hsy_double_sign_words(const hsy_double *pair, hsy_double_sign sign) {
  return pair->signs[sign] >= SIGNS[sign].clear ? hsy_str_of(SIGNS[sign].words) : (hsy_str){0};
}

/* ---- the model: a line a sign, "name<TAB>weight" ---- */

typedef struct weights {
  double bias, bar, of[HSY_DOUBLE_SIGNS];
} weights;

static bool read_weight(const hsy_lexicon *lines, const char *name, double *weight, hsy_arena *arena) {
  const hsy_lexicon_entry *line = hsy_lexicon_find(lines, hsy_str_of(name));
  const char *number = line ? hsy_str_z(arena, hsy_lexicon_field(line, 0)) : NULL;
  if (number) *weight = strtod(number, NULL);
  return number != NULL;
}

static bool load_weights(weights *w, hsy_arena *arena, hsy_error *err) {
  hsy_lexicon lines;
  if (!hsy_lexicon_load(&lines, "model/doubles.txt", arena, err)) return false;
  bool sound = read_weight(&lines, "bias", &w->bias, arena) && read_weight(&lines, "bar", &w->bar, arena);
  for (int i = 0; i < HSY_DOUBLE_SIGNS && sound; i++) sound = read_weight(&lines, SIGNS[i].name, &w->of[i], arena);
  return sound || hsy_fail(err, HSY_BAD_INPUT, "link", -1, "model/doubles.txt was made for other signs");
}

/* ---- entities, read ---- */

typedef struct reading {
  hsy_form form;
  hsy_form titles[TITLES_MOST];
  int title_count;
  int32_t bearers[HSY_FORM_WORDS]; /* of each word */
} reading;

typedef struct finder {
  const hsy_double_entity *entities;
  int32_t count;
  const hsy_speaker_lists *lists;
  hsy_lexicon nicknames;
  reading *read; // [count]
  hsy_arena *arena;
} finder;

typedef struct block_row {
  uint64_t key;
  int32_t entity;
} block_row;

static int compare_blocks(const void *a, const void *b) {
  const block_row *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->entity > y->entity) - (x->entity < y->entity);
}

static bool is_person(const finder *f, int32_t i) { return f->entities[i].kind == HSY_PERSON; }
static bool is_unnamed(const finder *f, int32_t i) { return f->entities[i].kind >= HSY_GROUP; }
static hsy_str last_of(const hsy_form *form) { return form->words[form->count - 1]; }

static int compare_words(const void *a, const void *b) { return hsy_str_cmp(*(const hsy_str *)a, *(const hsy_str *)b); }

/* The words in an order of their own: "minister of health", "health minister". */
static hsy_form sorted(hsy_form form, hsy_arena *arena) {
  qsort(form.words, (size_t)form.count, sizeof *form.words, compare_words);
  hsy_buf key = hsy_buf_in(arena);
  for (int i = 0; i < form.count; i++) {
    if (i) hsy_buf_byte(&key, ' ');
    hsy_buf_add(&key, form.words[i]);
  }
  form.key = hsy_buf_str(&key);
  return form;
}

static void read_entity(finder *f, int32_t i) {
  const hsy_double_entity *entity = &f->entities[i];
  reading *r = &f->read[i];
  r->form = hsy_form_of(entity->name, f->lists, f->arena);
  for (ptrdiff_t k = 0; k < entity->titles.len && r->title_count < TITLES_MOST; k++) {
    hsy_form title = sorted(hsy_form_of(entity->titles.data[k], f->lists, f->arena), f->arena);
    if (title.count > 1) r->titles[r->title_count++] = title;
  }
  if (is_unnamed(f, i) && r->form.count > 1) r->titles[r->title_count++ % TITLES_MOST] = sorted(r->form, f->arena);
  if (r->title_count > TITLES_MOST) r->title_count = TITLES_MOST;
}

/* ---- candidates ---- */

static uint64_t key_of(char kind, hsy_str a, hsy_str b) { return hsy_hash(a) * 31 + hsy_hash(b) * 7 + (uint64_t)kind; }

static int32_t add_keys(const finder *f, int32_t i, block_row *out) {
  const reading *r = &f->read[i];
  int32_t n = 0;
  hsy_str none = {0};
  for (int k = 0; k < r->form.count && !is_unnamed(f, i); k++) {
    bool edge = k == 0 || k == r->form.count - 1;
    if (edge || !is_person(f, i))
      out[n++] = (block_row){key_of('w', hsy_form_skeleton(r->form.words[k], f->arena), none), i};
  }
  if (r->form.count > 1 && !is_unnamed(f, i)) {
    char acronym[HSY_FORM_WORDS];
    for (int k = 0; k < r->form.count; k++) acronym[k] = r->form.words[k].data[0];
    out[n++] = (block_row){key_of('a', (hsy_str){acronym, r->form.count}, none), i};
    out[n++] = (block_row){key_of('g', r->form.words[0], hsy_str_slice(last_of(&r->form), 0, 1)), i};
  }
  if (r->form.count == 1) out[n++] = (block_row){key_of('a', r->form.key, none), i};
  for (int k = 0; k < r->title_count; k++) out[n++] = (block_row){key_of('t', r->titles[k].key, none), i};
  return n;
}

typedef struct pair_row {
  int32_t one, other;
} pair_row;

typedef HSY_VEC(pair_row) pair_vec;

static int compare_pairs(const void *a, const void *b) {
  const pair_row *x = a, *y = b;
  return x->one != y->one ? x->one - y->one : x->other - y->other;
}

static void add_pair(const finder *f, pair_vec *pairs, int32_t a, int32_t b) {
  if (a == b || hsy_str_eq(f->read[a].form.key, f->read[b].form.key)) return;
  bool turned = hsy_str_cmp(f->entities[a].id, f->entities[b].id) > 0;
  *hsy_push(pairs, f->arena) = turned ? (pair_row){b, a} : (pair_row){a, b};
}

/* What many share tells nothing: larger blocks are passed over. */
static bool find_pairs(const finder *f, const hsy_double_utterance_vec *utterances, pair_vec *pairs, hsy_error *err) {
  block_row *rows = hsy_new(f->arena, block_row, (ptrdiff_t)f->count * KEYS_MOST + 1);
  if (!rows) return hsy_arena_check(*f->arena, "link", err);
  int32_t n = 0;
  for (int32_t i = 0; i < f->count; i++) n += add_keys(f, i, rows + n);
  if (!hsy_arena_check(*f->arena, "link", err)) return false;
  qsort(rows, (size_t)n, sizeof *rows, compare_blocks);
  for (int32_t first = 0, end; first < n; first = end) {
    for (end = first + 1; end < n && rows[end].key == rows[first].key;) end++;
    if (end - first > BLOCK_MOST) continue;
    for (int32_t a = first; a < end; a++)
      for (int32_t b = a + 1; b < end; b++) add_pair(f, pairs, rows[a].entity, rows[b].entity);
  }
  for (ptrdiff_t i = 0; i < utterances->len; i++)
    add_pair(f, pairs, utterances->data[i].one, utterances->data[i].other);
  if (!hsy_arena_check(*f->arena, "link", err)) return false;
  if (pairs->len) qsort(pairs->data, (size_t)pairs->len, sizeof *pairs->data, compare_pairs);
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < pairs->len; i++)
    if (!kept || compare_pairs(&pairs->data[kept - 1], &pairs->data[i])) pairs->data[kept++] = pairs->data[i];
  pairs->len = kept;
  return true;
}

/* How many entities have each word of a name in theirs. */
static void count_bearers(finder *f, hsy_arena scratch) {
  block_row *rows = hsy_new(&scratch, block_row, (ptrdiff_t)f->count * HSY_FORM_WORDS + 1);
  int32_t n = 0;
  for (int32_t i = 0; rows && i < f->count; i++)
    for (int k = 0; k < f->read[i].form.count; k++)
      rows[n++] = (block_row){hsy_hash(f->read[i].form.words[k]), i * HSY_FORM_WORDS + k};
  if (!rows) return;
  qsort(rows, (size_t)n, sizeof *rows, compare_blocks);
  for (int32_t first = 0, end; first < n; first = end) {
    for (end = first + 1; end < n && rows[end].key == rows[first].key;) end++;
    for (int32_t i = first; i < end; i++)
      f->read[rows[i].entity / HSY_FORM_WORDS].bearers[rows[i].entity % HSY_FORM_WORDS] = end - first;
  }
}

/* log2 of how many have the rarest word that the two share; 0 where they share none. */
static float commonness(const reading *a, const reading *b) {
  int32_t least = 0;
  for (int i = 0; i < a->form.count; i++)
    for (int k = 0; k < b->form.count; k++)
      if (hsy_str_eq(a->form.words[i], b->form.words[k]) && (!least || a->bearers[i] < least)) least = a->bearers[i];
  return least ? log2f((float)least) : 0;
}

/* ---- what is seen of a pair ---- */

/* Whether `of` goes by `word`, or both are short forms of one name. */
static bool short_form(const finder *f, hsy_str of, hsy_str word) {
  const hsy_lexicon_entry *entry = hsy_lexicon_find(&f->nicknames, of);
  for (hsy_str rest = entry ? entry->fields : (hsy_str){0}; rest.data;)
    if (hsy_str_eq(hsy_str_cut(rest, ' ', &rest), word)) return true;
  return false;
}

static void see_given(const finder *f, hsy_str a, hsy_str b, float *signs) {
  if (hsy_str_eq(a, b)) {
    signs[HSY_DOUBLE_GIVEN] = 1;
  } else if (a.len == 1 || b.len == 1) {
    signs[a.data[0] == b.data[0] ? HSY_DOUBLE_INITIAL : HSY_DOUBLE_GIVEN_OTHER] = 1;
  } else if (short_form(f, a, b) || short_form(f, b, a)) {
    signs[HSY_DOUBLE_NICKNAME] = 1;
  } else if (hsy_form_alike(a, b)) {
    signs[HSY_DOUBLE_GIVEN_NEAR] = 1;
  } else {
    signs[HSY_DOUBLE_GIVEN_OTHER] = 1;
  }
}

static void see_short(const hsy_form *one, const hsy_form *full, float *signs) {
  hsy_str word = one->words[0];
  if (hsy_str_eq(word, last_of(full)))
    signs[HSY_DOUBLE_SHORT_LAST] = 1;
  else if (hsy_str_eq(word, full->words[0]))
    signs[HSY_DOUBLE_SHORT_FIRST] = 1;
  else if (hsy_form_alike(word, last_of(full)))
    signs[HSY_DOUBLE_LAST_NEAR] = 1;
  if (hsy_form_is_acronym(full, word)) signs[HSY_DOUBLE_ACRONYM] = 1;
}

static void see_people(const finder *f, const hsy_form *a, const hsy_form *b, float *signs) {
  if (hsy_str_eq(last_of(a), last_of(b)))
    signs[HSY_DOUBLE_LAST] = 1;
  else if (hsy_form_alike(last_of(a), last_of(b)))
    signs[HSY_DOUBLE_LAST_NEAR] = 1;
  see_given(f, a->words[0], b->words[0], signs);
}

static float shared_words(const hsy_form *a, const hsy_form *b) {
  int shared = 0;
  for (int i = 0; i < a->count; i++)
    for (int k = 0; k < b->count; k++)
      if (hsy_form_alike(a->words[i], b->words[k])) {
        shared++;
        break;
      }
  int all = a->count + b->count - shared;
  return all > 0 && shared <= all ? (float)shared / (float)all : 1;
}

/* 1 less the edits that make one of the other, by the longer's length. */
static float nearness(hsy_str a, hsy_str b) {
  enum { LONGEST = 48 };
  int rows[2][LONGEST + 1], *last = rows[0], *now = rows[1];
  if (a.len > LONGEST || b.len > LONGEST) return 0;
  for (int j = 0; j <= b.len; j++) last[j] = j;
  for (int i = 1; i <= a.len; i++) {
    now[0] = i;
    for (int j = 1; j <= b.len; j++) {
      int best = last[j - 1] + (a.data[i - 1] != b.data[j - 1]);
      if (last[j] + 1 < best) best = last[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      now[j] = best;
    }
    int *spare = last;
    last = now;
    now = spare;
  }
  ptrdiff_t longer = a.len > b.len ? a.len : b.len;
  return longer ? 1 - (float)last[b.len] / (float)longer : 0;
}

static void see_titles(const reading *a, const reading *b, float *signs) {
  float most = 0;
  bool one = false;
  for (int i = 0; i < a->title_count; i++)
    for (int k = 0; k < b->title_count; k++) {
      float shared = shared_words(&a->titles[i], &b->titles[k]);
      most = shared > most ? shared : most;
      one = one || hsy_str_eq(a->titles[i].key, b->titles[k].key);
    }
  signs[HSY_DOUBLE_TITLE] = one;
  signs[HSY_DOUBLE_TITLE_OTHER] = a->title_count && b->title_count && most == 0;
}

static bool share_article(const hsy_double_entity *a, const hsy_double_entity *b) {
  for (ptrdiff_t i = 0, k = 0; i < a->documents.len && k < b->documents.len;) {
    if (a->documents.data[i] == b->documents.data[k]) return true;
    if (a->documents.data[i] < b->documents.data[k])
      i++;
    else
      k++;
  }
  return false;
}

static void see(const finder *f, hsy_double *pair) {
  const hsy_double_entity *a = &f->entities[pair->one], *b = &f->entities[pair->other];
  const reading *x = &f->read[pair->one], *y = &f->read[pair->other];
  bool unnamed = is_unnamed(f, pair->one) || is_unnamed(f, pair->other);
  float *signs = pair->signs;
  see_titles(x, y, signs);
  signs[HSY_DOUBLE_UNNAMED] = unnamed;
  signs[HSY_DOUBLE_KINDS] = !unnamed && a->kind != b->kind;
  if (!unnamed && x->form.count > 1 && y->form.count > 1 && is_person(f, pair->one) && is_person(f, pair->other))
    see_people(f, &x->form, &y->form, signs);
  else if (!unnamed)
    signs[HSY_DOUBLE_WORDS] = shared_words(&x->form, &y->form);
  if (!unnamed && x->form.count == 1 && y->form.count > 1) see_short(&x->form, &y->form, signs);
  if (!unnamed && y->form.count == 1 && x->form.count > 1) see_short(&y->form, &x->form, signs);
  if (unnamed && signs[HSY_DOUBLE_TITLE] > 0) signs[HSY_DOUBLE_OFFICE] = 1;
  signs[HSY_DOUBLE_SPELLING] = nearness(x->form.key, y->form.key);
  signs[HSY_DOUBLE_GENDER] = a->gender && a->gender == b->gender;
  signs[HSY_DOUBLE_GENDER_OTHER] = a->gender && b->gender && a->gender != b->gender;
  signs[HSY_DOUBLE_ARTICLE] = share_article(a, b);
  signs[HSY_DOUBLE_COMMON] = commonness(x, y);
}

/* ---- out ---- */

static int compare_doubles(const void *a, const void *b) {
  const hsy_double *x = a, *y = b;
  if (x->chance != y->chance) return x->chance > y->chance ? -1 : 1;
  return x->one != y->one ? x->one - y->one : x->other - y->other;
}

static hsy_double *find_double(hsy_double_vec *pairs, int32_t one, int32_t other) {
  hsy_bound half = {.high = pairs->len};
  while (hsy_bound_open(&half)) {
    const hsy_double *at = &pairs->data[half.middle];
    bool before = at->one != one ? at->one < one : at->other < other;
    hsy_bound_cut(&half, before);
  }
  ptrdiff_t low = half.low;
  bool there = low < pairs->len && pairs->data[low].one == one && pairs->data[low].other == other;
  return there ? &pairs->data[low] : NULL;
}

static void see_utterances(const finder *f, const hsy_double_utterance_vec *utterances, hsy_double_vec *pairs) {
  for (ptrdiff_t i = 0; i < utterances->len; i++) {
    const hsy_double_utterance *u = &utterances->data[i];
    bool turned = hsy_str_cmp(f->entities[u->one].id, f->entities[u->other].id) > 0;
    hsy_double *pair = find_double(pairs, turned ? u->other : u->one, turned ? u->one : u->other);
    if (!pair) continue;
    pair->signs[HSY_DOUBLE_UTTERANCE] = 1;
    if (u->copied) pair->signs[HSY_DOUBLE_COPY] = 1;
  }
}

static double odds_of(const weights *w, const float *signs) {
  double sum = w->bias;
  for (int i = 0; i < HSY_DOUBLE_SIGNS; i++) sum += w->of[i] * signs[i];
  return exp(sum);
}

/* The one of the two that is short for the other, or NONE. */
static int32_t short_one(const finder *f, const hsy_double *pair) {
  if (pair->signs[HSY_DOUBLE_SHORT_LAST] == 0 && pair->signs[HSY_DOUBLE_SHORT_FIRST] == 0) return HSY_NONE;
  return f->read[pair->one].form.count == 1 ? pair->one : pair->other;
}

/* A single word means one of those whose name it is part of, or none of them:
 * they share its chances. p(i) = o_i / (1 + sum_j o_j) */
static void judge(const finder *f, const weights *w, hsy_double_vec *pairs, hsy_arena scratch) {
  double *rivals = hsy_new(&scratch, double, f->count + 1), *odds = hsy_new(&scratch, double, pairs->len + 1);
  if (!rivals || !odds) return;
  for (ptrdiff_t i = 0; i < pairs->len; i++) {
    int32_t one = short_one(f, &pairs->data[i]);
    odds[i] = odds_of(w, pairs->data[i].signs);
    if (one != HSY_NONE) rivals[one] += odds[i];
  }
  for (ptrdiff_t i = 0; i < pairs->len; i++) {
    int32_t one = short_one(f, &pairs->data[i]);
    pairs->data[i].chance = (float)(odds[i] / (1 + (one == HSY_NONE ? odds[i] : rivals[one])));
  }
}

bool hsy_doubles_find(const hsy_double_entity_vec *entities, const hsy_double_utterance_vec *utterances,
                      const hsy_speaker_lists *lists, hsy_double_vec *pairs, float *bar, hsy_arena *arena,
                      hsy_error *err) {
  weights w = {0};
  pair_vec found = {0};
  finder f = {.entities = entities->data, .count = (int32_t)entities->len, .lists = lists, .arena = arena};
  f.read = hsy_new(arena, reading, f.count + 1);
  if (!load_weights(&w, arena, err) || !hsy_lexicon_load(&f.nicknames, "lexicon/en/nicknames.txt", arena, err) ||
      !f.read)
    return hsy_arena_check(*arena, "link", err) && err->code == HSY_OK;
  for (int32_t i = 0; i < f.count; i++) read_entity(&f, i);
  if (!hsy_arena_check(*arena, "link", err)) return false;
  count_bearers(&f, *arena);
  if (!find_pairs(&f, utterances, &found, err)) return false;
  for (ptrdiff_t i = 0; i < found.len; i++) {
    hsy_double *pair = hsy_push(pairs, arena);
    *pair = (hsy_double){.one = found.data[i].one, .other = found.data[i].other};
    see(&f, pair);
  }
  if (!hsy_arena_check(*arena, "link", err)) return false;
  see_utterances(&f, utterances, pairs);
  *bar = (float)w.bar;
  judge(&f, &w, pairs, *arena);
  if (!hsy_arena_check(*arena, "link", err)) return false;
  if (pairs->len) qsort(pairs->data, (size_t)pairs->len, sizeof *pairs->data, compare_doubles);
  return true;
}
