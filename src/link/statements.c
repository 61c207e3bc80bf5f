/* Attributions that report one utterance (link/story.h). */
#include <stdlib.h>

#include "base/hash.h"
#include "link/near.h"
#include "link/story.h"

static int32_t root(int32_t *parent, int32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static const hsy_prop *whole_of(const hsy_story *story, int32_t at) {
  const hsy_reading *r = &story->readings[at];
  for (int32_t i = 0; i < r->prop_count; i++) {
    const hsy_prop *p = &story->props.data[r->first_prop + i];
    if (p->kind == HSY_PROP_WHOLE && p->from == HSY_NONE) return p;
  }
  return NULL;
}

/* Days that can be one: one is a prefix of the other, or one is not known. */
static bool days_fit(const hsy_story *story, int32_t a, int32_t b) {
  hsy_str x = hsy_story_row(story, a)->said_on, y = hsy_story_row(story, b)->said_on;
  if (x.len == 0 || y.len == 0) return true;
  return hsy_str_starts(x, y) || hsy_str_starts(y, x);
}

/* Days since an epoch of a full ISO date, or -1 (days_from_civil, H. Hinnant). */
static long day_number(hsy_str date) {
  if (date.len < 10 || date.data[4] != '-' || date.data[7] != '-') return -1;
  long part[3] = {0};
  static const int FIRST[] = {0, 5, 8}, COUNT[] = {4, 2, 2};
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < COUNT[i]; k++) part[i] = part[i] * 10 + (date.data[FIRST[i] + k] - '0');
  long year = part[0] - (part[1] <= 2), era = year / 400, of_era = year - era * 400;
  long of_year = (153 * (part[1] + (part[1] > 2 ? -3 : 9)) + 2) / 5 + part[2] - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

/* Between the days on which two rows were said or printed; 0 where not known. */
static long days_apart(const hsy_story *story, int32_t a, int32_t b) {
  long x = day_number(hsy_story_day(story, a)), y = day_number(hsy_story_day(story, b));
  return x < 0 || y < 0 ? 0 : x < y ? y - x : x - y;
}

/* What is said again later in other words is another statement. */
enum { NEAR_DAYS = 2 };

static bool same_words(const hsy_reading *a, const hsy_reading *b) {
  int32_t i = 0, j = 0;
  for (;;) {
    while (i < a->count && a->words[i].kind == HSY_WORD_MARK) i++;
    while (j < b->count && b->words[j].kind == HSY_WORD_MARK) j++;
    if (i == a->count || j == b->count) return i == a->count && j == b->count;
    if (!hsy_str_eq_nocase(a->words[i++].text, b->words[j++].text)) return false;
  }
}

static const hsy_link_speaker *only_speaker(const hsy_story *story, int32_t at) {
  const hsy_link_row *row = hsy_story_row(story, at);
  return row->speaker_count == 1 ? &story->input->speakers[row->speakers[0]] : NULL;
}

static bool is_body(const hsy_link_speaker *s) { return s->kind == HSY_ORGANIZATION || s->kind == HSY_GROUP; }

/* "The defence ministry" and "Orsk's defence ministry": all words of the
 * shorter name, two or more, stand in the longer. */
static bool names_fit(const hsy_reading *r, const hsy_reading *s) {
  const hsy_reading *few = r->speaker_keys < s->speaker_keys ? r : s, *many = few == r ? s : r;
  for (int i = 0; i < few->speaker_keys; i++) {
    bool found = false;
    for (int k = 0; k < many->speaker_keys && !found; k++) found = few->speaker_key[i] == many->speaker_key[k];
    if (!found) return false;
  }
  return few->speaker_keys >= 2;
}

/* One body under two names, where the entities could not be told to be one. */
static bool one_body(const hsy_story *story, int32_t a, int32_t b) {
  const hsy_link_speaker *x = only_speaker(story, a), *y = only_speaker(story, b);
  return x && y && is_body(x) && is_body(y) && names_fit(&story->readings[a], &story->readings[b]);
}

static bool one_utterance(const hsy_story *story, int32_t a, int32_t b) {
  const hsy_link_row *x = hsy_story_row(story, a), *y = hsy_story_row(story, b);
  const hsy_reading *r = &story->readings[a], *s = &story->readings[b];
  if (x->parent == story->order[b] || y->parent == story->order[a]) return false;
  bool nobody = x->speaker_count == 0 && y->speaker_count == 0;
  /* "Local officials" of two articles are two entities, unless they say the same. */
  bool worded =
      x->document != y->document && x->source.len > 0 && hsy_str_eq_nocase(x->source, y->source) && same_words(r, s);
  if (!nobody && !worded && !hsy_story_same_speaker(story, a, b) && !one_body(story, a, b)) return false;
  if (!days_fit(story, a, b)) return false;
  if (r->stance_side != s->stance_side) {
    if (r->stance_side == 0 || s->stance_side == 0) return false;
  }
  bool same_document = x->document == y->document;
  if (!same_document && same_words(r, s)) return true;
  if (nobody) return false;
  const hsy_prop *p = whole_of(story, a), *q = whole_of(story, b);
  if (!p || !q || p->side != q->side) return false;
  double contained, both, alike = hsy_props_overlap(story, p, q, &contained, &both);
  if (same_document && (x->headline || y->headline)) return contained >= 0.75 || alike >= 0.5;
  if (x->headline || y->headline) return alike >= 0.6 && both >= 0.4;
  double bar = same_document ? 0.75 : days_apart(story, a, b) > NEAR_DAYS ? 0.8 : 0.55;
  return alike >= bar && both >= 0.5;
}

static void add_postings(const hsy_story *story, int32_t at, hsy_near_posting *out, int32_t *count) {
  const hsy_link_row *row = hsy_story_row(story, at);
  const hsy_prop *p = whole_of(story, at);
  uint64_t speaker = row->speaker_count > 0 ? (uint64_t)row->speakers[0] + 1 : 0;
  for (int k = 0; p && k < p->keys; k++) out[(*count)++] = (hsy_near_posting){hsy_hash_mix(p->key[k], speaker), at};
  const hsy_link_speaker *only = only_speaker(story, at);
  const hsy_reading *r = &story->readings[at];
  uint64_t last = only && is_body(only) && r->speaker_keys > 0 ? r->speaker_key[r->speaker_keys - 1] : 0;
  for (int k = 0; p && last && k < p->keys; k++)
    out[(*count)++] = (hsy_near_posting){hsy_hash_mix(p->key[k], last), at};
  uint64_t words = 11;
  for (int32_t i = 0; i < story->readings[at].count; i++)
    if (story->readings[at].words[i].kind != HSY_WORD_MARK)
      words = hsy_hash_mix(words, story->readings[at].words[i].key);
  out[(*count)++] = (hsy_near_posting){words, at};
}

static int32_t clearer(const hsy_story *story, int32_t a, int32_t b) {
  int32_t points[2], rows[2] = {a, b};
  for (int k = 0; k < 2; k++) {
    const hsy_reading *r = &story->readings[rows[k]];
    points[k] = hsy_story_row(story, rows[k])->headline ? -2 : 0;
    for (int32_t i = 0; i < r->count; i++) {
      points[k] += r->words[i].kind == HSY_WORD_PLAIN || r->words[i].kind == HSY_WORD_NAME;
      points[k] -= r->words[i].is_speaker;
    }
  }
  return points[1] > points[0] ? b : a;
}

static int32_t independent(const hsy_story *story, const hsy_statement *s, hsy_arena scratch) {
  uint64_t *seen = hsy_new(&scratch, uint64_t, s->rows.len);
  int32_t count = 0;
  if (!seen) return 1;
  for (ptrdiff_t i = 0; i < s->rows.len; i++) {
    const hsy_link_row *row = &story->input->rows[s->rows.data[i]];
    const hsy_link_document *doc = &story->input->documents[row->document];
    uint64_t who = doc->copies ? doc->copies : hsy_hash_mix(hsy_hash(doc->id), 7);
    bool known = false;
    for (int32_t k = 0; k < count && k < 256; k++) known = known || seen[k] == who;
    if (!known) seen[count++] = who;
  }
  return count;
}

static void finish(const hsy_story *story, hsy_statement *s, hsy_arena *arena, hsy_arena scratch) {
  int32_t clearest = story->place[s->rows.data[0]];
  hsy_str least = story->input->rows[s->rows.data[0]].id;
  for (ptrdiff_t i = 0; i < s->rows.len; i++) {
    const hsy_link_row *row = &story->input->rows[s->rows.data[i]];
    clearest = clearer(story, clearest, story->place[s->rows.data[i]]);
    if (hsy_str_cmp(row->id, least) < 0) least = row->id;
    if (row->said_on.len > s->said_on.len) s->said_on = row->said_on;
  }
  s->clearest = story->order[clearest];
  s->first = s->rows.data[0];
  s->independent = independent(story, s, scratch);
  s->id = hsy_hash_id(arena, (hsy_str[]){HSY_S("statement"), least}, 2);
}

static ptrdiff_t most_postings(const hsy_story *story) {
  ptrdiff_t most = 0;
  for (int32_t i = 0; i < story->count; i++) {
    const hsy_prop *p = whole_of(story, i);
    most += 1 + (p ? 2 * p->keys : 0);
  }
  return most;
}

static void join_near(const hsy_story *story, hsy_near *near, int32_t at, int32_t *parent) {
  int32_t others[HSY_LINK_NEAR];
  for (int32_t i = near->first[at]; i < near->first[at + 1]; i++) {
    int32_t count = hsy_near_before(near, near->places[i], HSY_LINK_NEAR, others);
    for (int32_t k = 0; k < count; k++) {
      int32_t a = root(parent, others[k]), b = root(parent, at);
      if (a != b && one_utterance(story, others[k], at)) parent[a > b ? a : b] = a < b ? a : b;
    }
  }
}

void hsy_statements_find(hsy_story *story, hsy_links *links, hsy_arena *arena) {
  int32_t n = story->count;
  story->statement = hsy_new(story->arena, int32_t, n + 1);
  hsy_arena scratch = *story->arena;
  int32_t *parent = hsy_new(&scratch, int32_t, n + 1), *number = hsy_new(&scratch, int32_t, n + 1);
  hsy_near_posting *postings = hsy_new(&scratch, hsy_near_posting, most_postings(story) + 1);
  links->statement_of = hsy_new(arena, int32_t, n + 1);
  if (!parent || !number || !postings || !story->statement || !links->statement_of) return;
  int32_t count = 0;
  for (int32_t i = 0; i < n; i++) {
    parent[i] = i;
    add_postings(story, i, postings, &count);
  }
  hsy_near near;
  if (!hsy_near_init(&near, postings, count, n, &scratch)) return;
  for (int32_t i = 0; i < n; i++) join_near(story, &near, i, parent);
  for (int32_t i = 0; i < n; i++) {
    int32_t r = root(parent, i);
    if (r == i) {
      number[i] = (int32_t)links->statements.len;
      hsy_push(&links->statements, arena);
    }
    story->statement[i] = number[r];
    links->statement_of[story->order[i]] = number[r];
    if (hsy_arena_failed(*arena)) return;
    *hsy_push(&links->statements.data[number[r]].rows, arena) = story->order[i];
  }
  for (ptrdiff_t i = 0; i < links->statements.len && !hsy_arena_failed(*arena); i++)
    finish(story, &links->statements.data[i], arena, scratch);
}
