/* Claims: clusters of propositions with a side for and a side against
 * (link/story.h). */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "link/draft.h"
#include "link/near.h"

/* Bars on hsy_props_alike: a pair that may join two clusters, and the mean over
 * the clusters that must be reached (one a kind of proposition). */
static const double PAIR_BAR[] = {0.54, 0.50, 0.75}, MEAN_BAR[] = {0.45, 0.40, 0.50};

static const double SWEEP_BAR = 0.45, STRICT_SLOPE = 0.05, STRICT_FOOT = 4.6, STRICT_MOST = 0.2;

/* What is added to the bars: of many statements few are about one matter. */
static double strictness(const hsy_story *story) {
  double more = STRICT_SLOPE * (story->log_count - STRICT_FOOT);
  return more < 0 ? 0 : more > STRICT_MOST ? STRICT_MOST : more;
}

enum { FIGURES_A_CLUSTER = 8 };

typedef struct edge {
  double score;
  int32_t a, b;
} edge;

typedef HSY_VEC(edge) edge_vec;

static int compare_edges(const void *a, const void *b) {
  const edge *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static int32_t root(const hsy_clusters *c, int32_t i) {
  while (c->parent[i] != i) i = c->parent[i] = c->parent[c->parent[i]];
  return i;
}

/* What sweeps is near everything of its event, and would join what has nothing
 * else to do with each other; it takes its sides afterwards (vote_sweeping). */
static bool takes_part(const hsy_prop *p) { return p->side != 0 && (p->keys > 0 || p->from != HSY_NONE) && !p->sweeps; }

/* Propositions meet where they share an event and a word, or a rare word. */
static int32_t add_postings(const hsy_story *story, hsy_near_posting *out) {
  int32_t count = 0;
  for (int32_t i = 0; i < story->props.len; i++) {
    const hsy_prop *p = &story->props.data[i];
    if (!takes_part(p)) continue;
    uint64_t kind = p->kind == HSY_PROP_EVENT ? p->event : (uint64_t)p->kind;
    for (int k = 0; k < p->keys; k++) out[count++] = (hsy_near_posting){hsy_hash_mix(p->key[k], kind), i};
    uint64_t said = (uint64_t)(p->from == HSY_NONE ? p->row : p->from) + 1;
    out[count++] = (hsy_near_posting){hsy_hash_mix(said, kind + 11), i};
  }
  return count;
}

/* Each proposition with the HSY_LINK_NEAR before it under a key; with fewer
 * under a key that very many have, which tells little. */
static void add_edges(const hsy_story *story, hsy_near *near, int32_t b, edge_vec *edges, hsy_arena *arena) {
  enum { LONG = 256 };
  int32_t others[HSY_LINK_NEAR];
  double bar = PAIR_BAR[story->props.data[b].kind] + strictness(story);
  for (int32_t i = near->first[b]; i < near->first[b + 1]; i++) {
    int32_t place = near->places[i];
    int32_t back = hsy_near_is_long(near, place, LONG) ? HSY_LINK_NEAR / 4 : HSY_LINK_NEAR;
    int32_t count = hsy_near_before(near, place, back, others);
    for (int32_t k = 0; k < count; k++) {
      double score = hsy_props_alike(story, &story->props.data[others[k]], &story->props.data[b]);
      if (score >= bar) *hsy_push(edges, arena) = (edge){score, others[k], b};
    }
  }
}

static ptrdiff_t most_postings(const hsy_story *story) {
  ptrdiff_t most = 0;
  for (ptrdiff_t i = 0; i < story->props.len; i++)
    if (takes_part(&story->props.data[i])) most += story->props.data[i].keys + 1;
  return most;
}

static edge_vec find_edges(const hsy_story *story, hsy_arena *arena, hsy_arena scratch) {
  edge_vec edges = {0};
  hsy_near near;
  hsy_near_posting *postings = hsy_new(&scratch, hsy_near_posting, most_postings(story) + 1);
  int32_t count = postings ? add_postings(story, postings) : 0;
  if (!postings || !hsy_near_init(&near, postings, count, (int32_t)story->props.len, &scratch)) return edges;
  for (int32_t b = 0; b < story->props.len; b++) add_edges(story, &near, b, &edges, arena);
  if (edges.len > 1) qsort(edges.data, (size_t)edges.len, sizeof *edges.data, compare_edges);
  return edges;
}

/* Mean likeness between two clusters, over at most HSY_SAMPLE members of each. */
static double mean_alike(const hsy_story *story, const hsy_clusters *c, int32_t a, int32_t b) {
  double sum = 0;
  int pairs = 0, m = 0;
  for (int32_t i = a; i != HSY_NONE && m < HSY_SAMPLE; i = c->next[i], m++) {
    int n = 0;
    for (int32_t j = b; j != HSY_NONE && n < HSY_SAMPLE; j = c->next[j], n++, pairs++)
      sum += hsy_props_alike(story, &story->props.data[i], &story->props.data[j]);
  }
  return pairs ? sum / pairs : 0;
}

static void join(hsy_clusters *c, int32_t a, int32_t b) {
  if (a > b) {
    int32_t t = a;
    a = b;
    b = t;
  }
  c->parent[b] = a;
  c->next[c->last[a]] = b;
  c->last[a] = c->last[b];
  c->size[a] += c->size[b];
}

static bool make_clusters(const hsy_story *story, hsy_clusters *c, hsy_arena *arena) {
  ptrdiff_t n = story->props.len + 1;
  *c = (hsy_clusters){hsy_new(arena, int32_t, n), hsy_new(arena, int32_t, n), hsy_new(arena, int32_t, n),
                      hsy_new(arena, int32_t, n)};
  if (!c->parent || !c->next || !c->last || !c->size) return false;
  for (int32_t i = 0; i < story->props.len; i++) {
    c->parent[i] = c->last[i] = i;
    c->next[i] = HSY_NONE;
    c->size[i] = 1;
  }
  hsy_arena scratch = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 2);
  edge_vec edges = find_edges(story, arena, scratch);
  if (hsy_arena_failed(*arena)) return false;
  double strict = strictness(story);
  for (ptrdiff_t i = 0; i < edges.len; i++) {
    int32_t a = root(c, edges.data[i].a), b = root(c, edges.data[i].b);
    if (a == b) continue;
    uint8_t kind = story->props.data[a].kind;
    if (mean_alike(story, c, a, b) >= MEAN_BAR[kind] + strict) join(c, a, b);
  }
  return !hsy_arena_failed(*arena);
}

/* ---- sides ---- */

/* What rows (by place) say: +1, -1; sums, so that two voices of one row cancel. */
typedef struct sides {
  HSY_VEC(int32_t) rows;
  int32_t *sum;  /* [count] */
  uint8_t *seen; /* [count] 1: in rows; 2: its statement has been asked */
  int32_t cluster;
  double value;
  bool figures;
  int plain; /* rows worded without negation, for less against */
} sides;

static void vote(sides *s, int32_t row, int side, hsy_arena *arena) {
  if (!s->seen[row]) *hsy_push(&s->rows, arena) = row;
  s->seen[row] |= 1;
  s->sum[row] += side;
}

static void clear(sides *s) {
  for (ptrdiff_t i = 0; i < s->rows.len; i++) s->sum[s->rows.data[i]] = s->seen[s->rows.data[i]] = 0;
  s->rows.len = 0;
  s->plain = 0;
}

/* All rows of a statement stand where most of them do. */
static void spread(const hsy_story *story, const hsy_links *links, sides *s, hsy_arena *arena) {
  ptrdiff_t known = s->rows.len;
  for (ptrdiff_t i = 0; i < known; i++) {
    if (s->seen[s->rows.data[i]] & 2) continue;
    const hsy_index_vec *rows = &links->statements.data[story->statement[s->rows.data[i]]].rows;
    int32_t sum = 0;
    for (ptrdiff_t k = 0; k < rows->len; k++) sum += s->sum[story->place[rows->data[k]]];
    for (ptrdiff_t k = 0; k < rows->len; k++) {
      int32_t other = story->place[rows->data[k]];
      if (s->sum[other] == 0 && story->readings[other].stance_side != 0)
        vote(s, other, sum > 0 ? 1 : sum < 0 ? -1 : 0, arena);
      if (s->seen[other]) s->seen[other] |= 2;
    }
  }
}

/* ---- the draft of a claim ---- */

typedef HSY_VEC(hsy_draft) draft_vec;

static int compare_ints(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

/* Whether two rows can be two sides: not one speaker in one breath. A speaker
 * who owns to it, or takes it back, or speaks on another day, can be both. */
static bool can_differ(const hsy_story *story, int32_t a, int32_t b) {
  if (story->statement[a] == story->statement[b]) return false;
  if (!hsy_story_same_speaker(story, a, b)) return true;
  const hsy_link_row *x = hsy_story_row(story, a), *y = hsy_story_row(story, b);
  hsy_str one = hsy_str_of(x->stance), two = hsy_str_of(y->stance);
  if (!hsy_str_eq(one, two) &&
      (x->document == y->document || hsy_str_eq(one, HSY_S("admit")) || hsy_str_eq(two, HSY_S("admit"))))
    return true;
  hsy_str p = hsy_story_day(story, a), q = hsy_story_day(story, b);
  return p.len > 0 && q.len > 0 && !hsy_str_starts(p, q) && !hsy_str_starts(q, p);
}

static bool divides(const hsy_story *story, const hsy_draft *d) {
  enum { LOOK = 128 };
  for (ptrdiff_t i = 0; i < d->pro.len && i < LOOK; i++)
    for (ptrdiff_t j = 0; j < d->con.len && j < LOOK; j++)
      if (can_differ(story, d->pro.data[i], d->con.data[j])) return true;
  return false;
}

static void add_draft(const hsy_story *story, const hsy_links *links, sides *s, draft_vec *drafts, hsy_arena *arena) {
  hsy_draft d = {.cluster = s->cluster, .figures = s->figures, .value = s->value};
  spread(story, links, s, arena);
  for (ptrdiff_t i = 0; i < s->rows.len; i++) {
    int32_t at = s->rows.data[i];
    if (s->sum[at] > 0) *hsy_push(&d.pro, arena) = at;
    if (s->sum[at] < 0) *hsy_push(&d.con, arena) = at;
  }
  clear(s);
  if (d.pro.len == 0 || d.con.len == 0 || !divides(story, &d)) return;
  if (s->plain < 0) { /* put so that what is worded without "not" stands for it */
    hsy_index_vec pro = d.pro;
    d.pro = d.con;
    d.con = pro;
  }
  qsort(d.pro.data, (size_t)d.pro.len, sizeof(int32_t), compare_ints);
  qsort(d.con.data, (size_t)d.con.len, sizeof(int32_t), compare_ints);
  *hsy_push(drafts, arena) = d;
}

/* A sweeping denial takes a side on every claim that it covers, not only on the
 * one it is likest to. */
static void vote_sweeping(const hsy_story *story, const hsy_clusters *c, int32_t first, sides *s, hsy_arena *arena) {
  uint64_t event = story->props.data[first].event;
  for (int32_t i = 0; i < story->sweeping.len; i++) {
    int32_t at = story->sweeping.data[i];
    const hsy_prop *p = &story->props.data[at];
    if (p->event != event || root(c, at) == first || s->sum[p->row] != 0) continue;
    double sum = 0;
    int n = 0;
    for (int32_t k = first; k != HSY_NONE && n < HSY_SAMPLE; k = c->next[k], n++)
      sum += hsy_props_alike(story, p, &story->props.data[k]);
    if (n > 0 && sum / n >= SWEEP_BAR) vote(s, p->row, p->side, arena);
  }
}

static void draft_events(const hsy_story *story, const hsy_links *links, const hsy_clusters *c, int32_t first, sides *s,
                         draft_vec *drafts, hsy_arena *arena) {
  s->cluster = first;
  s->figures = false;
  for (int32_t i = first; i != HSY_NONE; i = c->next[i]) {
    const hsy_prop *p = &story->props.data[i];
    vote(s, p->row, p->side, arena);
    if (p->from == HSY_NONE && p->plain && story->readings[p->row].stance_side > 0) s->plain += p->side;
  }
  vote_sweeping(story, c, first, s, arena);
  add_draft(story, links, s, drafts, arena);
}

/* Whether a figure of `other` can be true where it is `value`. */
static bool compatible(const hsy_prop *p, double value) {
  if (p->value == value) return true;
  if (p->meant == 'l') return value > p->value;
  if (p->meant == 'm') return value < p->value;
  if (p->meant == 'a') return value > 0.8 * p->value && value < 1.25 * p->value;
  return false;
}

static int32_t body_of(const hsy_story *story, int32_t at) {
  const hsy_link_row *row = hsy_story_row(story, at);
  if (row->speaker_count == 0) return HSY_NONE;
  int32_t body = story->input->speakers[row->speakers[0]].body;
  return body != HSY_NONE ? body : row->speakers[0];
}

/* Whether somebody who speaks for the same body says in this cluster that the
 * figure is not `value`. */
static bool denies_figure(const hsy_story *story, const hsy_clusters *c, int32_t first, int32_t at, double value) {
  int32_t look = 0;
  for (int32_t i = first; i != HSY_NONE && look < 256; i = c->next[i], look++) {
    const hsy_prop *p = &story->props.data[i];
    if (p->value != value || p->side >= 0) continue;
    if (p->row == at || (body_of(story, at) != HSY_NONE && body_of(story, p->row) == body_of(story, at))) return true;
  }
  return false;
}

static int figure_values(const hsy_story *story, const hsy_clusters *c, int32_t first, double out[FIGURES_A_CLUSTER]) {
  int count = 0;
  for (int32_t i = first; i != HSY_NONE; i = c->next[i]) {
    bool known = false;
    for (int k = 0; k < count; k++) known = known || out[k] == story->props.data[i].value;
    if (!known && count < FIGURES_A_CLUSTER) out[count++] = story->props.data[i].value;
  }
  return count;
}

/* One draft a figure: against it stands who says it is not so, and who gives
 * another figure while they dispute this one. A figure that only knows more
 * ("now 17") takes no side. */
static void draft_figures(const hsy_story *story, const hsy_links *links, const hsy_clusters *c, int32_t first,
                          sides *s, draft_vec *drafts, hsy_arena *arena) {
  double values[FIGURES_A_CLUSTER];
  int count = figure_values(story, c, first, values);
  for (int k = 0; k < count; k++) {
    s->cluster = first;
    s->figures = true;
    s->value = values[k];
    for (int32_t i = first; i != HSY_NONE; i = c->next[i]) {
      const hsy_prop *p = &story->props.data[i];
      if (p->value == values[k])
        vote(s, p->row, p->side, arena);
      else if (p->side > 0 && !compatible(p, values[k]) &&
               (p->disputes || denies_figure(story, c, first, p->row, values[k])))
        vote(s, p->row, -1, arena);
    }
    add_draft(story, links, s, drafts, arena);
  }
}

/* ---- drafts that are one claim ---- */

static ptrdiff_t shared(const hsy_index_vec *a, const hsy_index_vec *b) {
  ptrdiff_t i = 0, j = 0, n = 0;
  while (i < a->len && j < b->len) {
    if (a->data[i] == b->data[j])
      n++, i++, j++;
    else if (a->data[i] < b->data[j])
      i++;
    else
      j++;
  }
  return n;
}

/* +1 where b says what a says, -1 where it says the opposite, 0 where neither. */
static int covers(const hsy_draft *a, const hsy_draft *b) {
  ptrdiff_t same = shared(&a->pro, &b->pro) + shared(&a->con, &b->con);
  ptrdiff_t cross = shared(&a->pro, &b->con) + shared(&a->con, &b->pro);
  ptrdiff_t least =
      a->pro.len + a->con.len < b->pro.len + b->con.len ? a->pro.len + a->con.len : b->pro.len + b->con.len;
  if (a->figures && b->figures && a->value != b->value) return 0;
  if (a->figures != b->figures) return same == b->pro.len + b->con.len ? 1 : 0;
  if (same * 3 >= least * 2 && cross == 0) return 1;
  if (cross * 3 >= least * 2 && same == 0) return -1;
  return 0;
}

/* What stands in neither is taken in; all three ascend. */
static void merge_into(hsy_index_vec *to, const hsy_index_vec *from, const hsy_index_vec *against, hsy_arena *arena) {
  hsy_index_vec merged = {0};
  ptrdiff_t i = 0, j = 0, k = 0;
  while (i < to->len || j < from->len) {
    if (j == from->len || (i < to->len && to->data[i] <= from->data[j])) {
      j += j < from->len && to->data[i] == from->data[j];
      *hsy_push(&merged, arena) = to->data[i++];
      continue;
    }
    while (k < against->len && against->data[k] < from->data[j]) k++;
    if (k == against->len || against->data[k] != from->data[j]) *hsy_push(&merged, arena) = from->data[j];
    j++;
  }
  *to = merged;
}

static int compare_drafts(const void *a, const void *b) {
  const hsy_draft *x = a, *y = b;
  ptrdiff_t m = x->pro.len + x->con.len, n = y->pro.len + y->con.len;
  if (m != n) return m > n ? -1 : 1;
  return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

enum { LOOK_BACK = 64 };

static void merge_drafts(draft_vec *drafts, hsy_arena *arena) {
  if (drafts->len < 2) return;
  qsort(drafts->data, (size_t)drafts->len, sizeof *drafts->data, compare_drafts);
  for (ptrdiff_t i = 1; i < drafts->len; i++) {
    hsy_draft *b = &drafts->data[i];
    for (ptrdiff_t j = i - 1; j >= 0 && j >= i - LOOK_BACK; j--) {
      hsy_draft *a = &drafts->data[j];
      int how = a->pro.len && b->pro.len ? covers(a, b) : 0;
      if (how == 0) continue;
      if (!b->figures || a->figures) {
        merge_into(&a->pro, how > 0 ? &b->pro : &b->con, &a->con, arena);
        merge_into(&a->con, how > 0 ? &b->con : &b->pro, &a->pro, arena);
      }
      b->pro.len = b->con.len = 0;
      break;
    }
  }
}

/* ---- finished claims ---- */

static double confidence(const hsy_story *story, const hsy_clusters *c, const hsy_draft *d) {
  double alike = mean_alike(story, c, d->cluster, d->cluster), rows = 0;
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *of = side ? &d->con : &d->pro;
    double best = 0;
    for (ptrdiff_t i = 0; i < of->len; i++) {
      double one = hsy_story_row(story, of->data[i])->confidence;
      if (one > best) best = one;
    }
    rows += best / 2;
  }
  double sure = alike * rows;
  return sure > 1 ? 1 : sure;
}

static void add_claim(const hsy_story *story, const hsy_clusters *c, const hsy_draft *d, hsy_links *links,
                      hsy_arena *arena) {
  hsy_claim *claim = hsy_push(&links->claims, arena);
  claim->figures = d->figures;
  hsy_str least = {0};
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *rows = side ? &d->con : &d->pro;
    for (ptrdiff_t i = 0; i < rows->len; i++) {
      int32_t row = story->order[rows->data[i]];
      *hsy_push(side ? &claim->con : &claim->pro, arena) = row;
      hsy_str id = story->input->rows[row].id;
      if (least.len == 0 || hsy_str_cmp(id, least) < 0) least = id;
    }
  }
  hsy_str about = hsy_draft_gloss(story, c, d, arena);
  claim->id = hsy_hash_id(arena, (hsy_str[]){HSY_S("claim"), least, about}, 3);
  claim->about = about;
  claim->why = hsy_draft_reasons(story, c, d, arena);
  claim->confidence = (float)confidence(story, c, d);
}

void hsy_claims_find(hsy_story *story, hsy_links *links, hsy_arena *arena) {
  hsy_clusters c;
  if (!make_clusters(story, &c, story->arena)) return;
  sides s = {.sum = hsy_new(story->arena, int32_t, story->count + 1),
             .seen = hsy_new(story->arena, uint8_t, story->count + 1)};
  draft_vec drafts = {0};
  if (!s.sum || !s.seen) return;
  for (int32_t i = 0; i < story->props.len && story->sweeping.len < HSY_MOST_SWEEPING; i++)
    if (story->props.data[i].sweeps && story->props.data[i].side != 0) *hsy_push(&story->sweeping, story->arena) = i;
  for (int32_t i = 0; i < story->props.len; i++) {
    if (c.parent[i] != i || (c.size[i] < 2 && story->sweeping.len == 0)) continue;
    if (story->props.data[i].kind == HSY_PROP_FIGURE)
      draft_figures(story, links, &c, i, &s, &drafts, story->arena);
    else
      draft_events(story, links, &c, i, &s, &drafts, story->arena);
  }
  if (hsy_arena_failed(*story->arena)) return;
  merge_drafts(&drafts, story->arena);
  for (ptrdiff_t i = 0; i < drafts.len; i++)
    if (drafts.data[i].pro.len > 0) add_claim(story, &c, &drafts.data[i], links, arena);
}
