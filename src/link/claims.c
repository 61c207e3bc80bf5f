/* Claims: statements about one proposition, and the side that each takes
 * (link/story.h).
 *
 * Method. Statements are clustered by the mean log-odds that two of their rows
 * are about one proposition. Within a cluster the sides are those that most
 * agree with the pairs: s maximises sum_ij s_i s_j log(p_same / p_opposite),
 * from the strongest pairs outwards, then by turning single statements while
 * that helps (correlation clustering, Bansal et al. 2004, with two sides). */
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/bound.h"
#include "link/draft.h"

/* Pairs of statements: sums over the pairs of their rows. */
typedef struct tie {
  int32_t a, b; /* statements, a < b */
  int32_t pairs;
  float related, side; /* sums of log-odds; after finish their means */
} tie;

typedef HSY_VEC(tie) tie_vec;

static int compare_ties(const void *a, const void *b) {
  const tie *x = a, *y = b;
  if (x->a != y->a) return x->a - y->a;
  return x->b - y->b;
}

static int compare_ints(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static float side_of(const hsy_pair_score *p) {
  static const float MOST = 4;
  float odds = logf((p->same + 1e-3f) / (p->opposite + 1e-3f));
  return odds > MOST ? MOST : odds < -MOST ? -MOST : odds;
}

static void find_ties(const hsy_story *story, tie_vec *ties, hsy_arena *arena) {
  for (ptrdiff_t i = 0; i < story->scores.len; i++) {
    const hsy_pair_score *p = &story->scores.data[i];
    int32_t a = story->statement[p->one], b = story->statement[p->other];
    if (a == b) continue;
    *hsy_push(ties, arena) = (tie){a < b ? a : b, a < b ? b : a, 1, hsy_log_odds(p->same + p->opposite), side_of(p)};
  }
  if (hsy_arena_failed(*arena) || ties->len == 0) return;
  qsort(ties->data, (size_t)ties->len, sizeof *ties->data, compare_ties);
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 1; i < ties->len; i++) {
    tie *t = &ties->data[kept], *next = &ties->data[i];
    if (compare_ties(t, next) != 0) {
      ties->data[++kept] = *next;
      continue;
    }
    t->pairs += next->pairs;
    t->related += next->related;
    t->side += next->side;
  }
  ties->len = kept + 1;
  for (ptrdiff_t i = 0; i < ties->len; i++) {
    ties->data[i].related /= (float)ties->data[i].pairs;
    ties->data[i].side /= (float)ties->data[i].pairs;
  }
}

/* ---- who is in a cluster ---- */

typedef struct group {
  const tie_vec *ties;
  const int32_t *first; // [statements + 1] ties by their lesser statement
  int32_t *members;     // [count] statements, ascending
  int32_t count;
  int8_t *side; // [count]
} group;

static int32_t place_in(const group *g, int32_t statement) {
  hsy_bound half = {.high = g->count};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, g->members[half.middle] < statement);
  int32_t low = (int32_t)half.low;
  return low < g->count && g->members[low] == statement ? low : HSY_NONE;
}

static int compare_strength(const void *a, const void *b) {
  const hsy_edge *x = a, *y = b;
  float s = fabsf(x->score), t = fabsf(y->score);
  if (s != t) return s > t ? -1 : 1;
  if (x->a != y->a) return x->a - y->a;
  return x->b - y->b;
}

/* Edges of a group with their side's log-odds; a and b are places in it. */
static void edges_of(const group *g, hsy_edge_vec *edges, hsy_arena *arena) {
  for (int32_t i = 0; i < g->count; i++) {
    for (int32_t t = g->first[g->members[i]]; t < g->first[g->members[i] + 1]; t++) {
      int32_t other = place_in(g, g->ties->data[t].b);
      if (other == HSY_NONE) continue;
      *hsy_push(edges, arena) = (hsy_edge){i, other, g->ties->data[t].side};
    }
  }
}

/* Sides from the strongest pairs outwards, then turned one by one. */
static void take_sides(group *g, const hsy_edge_vec *edges, hsy_arena scratch) {
  int32_t *set = hsy_new(&scratch, int32_t, g->count + 1);
  hsy_edge *sorted = hsy_new(&scratch, hsy_edge, edges->len + 1);
  if (!set || !sorted) return;
  for (int32_t i = 0; i < g->count; i++) set[i] = i, g->side[i] = 1;
  for (ptrdiff_t i = 0; i < edges->len; i++) sorted[i] = edges->data[i];
  if (edges->len > 1) qsort(sorted, (size_t)edges->len, sizeof *sorted, compare_strength);
  for (ptrdiff_t i = 0; i < edges->len; i++) {
    int32_t a = set[sorted[i].a], b = set[sorted[i].b];
    if (a == b) continue;
    bool turn = (sorted[i].score >= 0) != (g->side[sorted[i].a] == g->side[sorted[i].b]);
    for (int32_t k = 0; k < g->count; k++) {
      if (set[k] != b) continue;
      set[k] = a;
      if (turn) g->side[k] = (int8_t)-g->side[k];
    }
  }
  enum { ROUNDS = 16 };
  for (int round = 0; round < ROUNDS; round++) {
    int32_t worst = HSY_NONE;
    float least = 0;
    float *pull = hsy_new(&scratch, float, g->count + 1);
    if (!pull) return;
    for (ptrdiff_t i = 0; i < edges->len; i++) {
      float agree = edges->data[i].score * (float)(g->side[edges->data[i].a] * g->side[edges->data[i].b]);
      pull[edges->data[i].a] += agree;
      pull[edges->data[i].b] += agree;
    }
    for (int32_t k = 0; k < g->count; k++)
      if (pull[k] < least) least = pull[k], worst = k;
    if (worst == HSY_NONE) return;
    g->side[worst] = (int8_t)-g->side[worst];
  }
}

/* ---- the draft of a claim ---- */

static bool one_person(const hsy_story *story, const hsy_links *links, int32_t a, int32_t b) {
  int32_t x = story->place[links->statements.data[a].first], y = story->place[links->statements.data[b].first];
  return hsy_story_same_speaker(story, x, y);
}

static bool has_speaker(const hsy_story *story, const hsy_links *links, int32_t statement) {
  return hsy_story_row(story, story->place[links->statements.data[statement].first])->speaker_count > 0;
}

/* How sure the claim is: with two sides the chance of the surest opposed pair of
 * two speakers (of one speaker, where nobody else is there: a shift); with one
 * the chance of the surest pair of two speakers on it. */
static float weigh(const hsy_story *story, const hsy_links *links, const group *g, bool divided) {
  float best = 0, of_one = 0;
  for (int32_t i = 0; i < g->count; i++) {
    for (int32_t t = g->first[g->members[i]]; t < g->first[g->members[i] + 1]; t++) {
      int32_t other = place_in(g, g->ties->data[t].b);
      if (other == HSY_NONE) continue;
      bool apart = g->side[i] != g->side[other];
      if (divided != apart) continue;
      const tie *pair = &g->ties->data[t];
      float related = 1 / (1 + expf(-pair->related)), same = 1 / (1 + expf(-pair->side));
      float sure = related * (divided ? 1 - same : same);
      bool one = one_person(story, links, pair->a, pair->b);
      if (!divided && (one || !has_speaker(story, links, pair->a) || !has_speaker(story, links, pair->b))) continue;
      if (one && sure > of_one) of_one = sure;
      if (!one && sure > best) best = sure;
    }
  }
  return best > of_one ? best : of_one;
}

static void add_rows(const hsy_story *story, const hsy_links *links, const group *g, int8_t side, hsy_index_vec *out,
                     hsy_arena *arena) {
  for (int32_t i = 0; i < g->count; i++) {
    if (g->side[i] != side) continue;
    const hsy_index_vec *rows = &links->statements.data[g->members[i]].rows;
    for (ptrdiff_t k = 0; k < rows->len; k++) *hsy_push(out, arena) = story->place[rows->data[k]];
  }
  if (out->len > 1) qsort(out->data, (size_t)out->len, sizeof *out->data, compare_ints);
}

/* Put so that what is worded without "not", by who affirms it, stands for it. */
static int plain(const hsy_story *story, const hsy_index_vec *rows) {
  int sum = 0;
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    const hsy_reading *r = &story->readings[rows->data[i]];
    int negated = 0;
    for (int32_t k = 0; k < r->count; k++) negated += r->words[k].negates;
    sum += (r->stance_side >= 0 ? 1 : -1) * (negated || r->content_false ? -1 : 1);
  }
  return sum;
}

static void draft(const hsy_story *story, const hsy_links *links, group *g, hsy_draft_vec *drafts, hsy_arena *arena) {
  const float *bars = story->lists->model.bars;
  hsy_edge_vec edges = {0};
  hsy_draft d = {0};
  edges_of(g, &edges, arena);
  if (hsy_arena_failed(*arena)) return;
  take_sides(g, &edges, *arena);
  add_rows(story, links, g, 1, &d.pro, arena);
  add_rows(story, links, g, -1, &d.con, arena);
  bool divided = d.pro.len && d.con.len;
  d.sure = weigh(story, links, g, divided);
  if (d.sure < bars[divided ? HSY_BAR_OPPOSED : HSY_BAR_HELD] || d.sure <= 0) return;
  if (d.pro.len == 0 || (divided && plain(story, &d.con) > plain(story, &d.pro))) {
    hsy_index_vec pro = d.pro;
    d.pro = d.con;
    d.con = pro;
  }
  *hsy_push(drafts, arena) = d;
}

/* ---- clusters ---- */

/* A statement may say more than one thing: it also joins each other cluster to
 * which its mean is great enough. */
typedef struct also {
  int32_t cluster, statement;
} also;

typedef HSY_VEC(also) also_vec;

static int compare_also(const void *a, const void *b) {
  const also *x = a, *y = b;
  if (x->cluster != y->cluster) return x->cluster - y->cluster;
  return x->statement - y->statement;
}

typedef struct meeting {
  int32_t statement, cluster;
  int32_t pairs;
  float sum;
} meeting;

typedef HSY_VEC(meeting) meeting_vec;

static int compare_meetings(const void *a, const void *b) {
  const meeting *x = a, *y = b;
  if (x->statement != y->statement) return x->statement - y->statement;
  return x->cluster - y->cluster;
}

static void find_also(const tie_vec *ties, const int32_t *cluster, const int32_t *size, const float *bars,
                      also_vec *out, hsy_arena *arena) {
  meeting_vec met = {0};
  for (ptrdiff_t i = 0; i < ties->len; i++) {
    const tie *t = &ties->data[i];
    if (cluster[t->a] == cluster[t->b]) continue;
    *hsy_push(&met, arena) = (meeting){t->a, cluster[t->b], 1, t->related};
    *hsy_push(&met, arena) = (meeting){t->b, cluster[t->a], 1, t->related};
  }
  if (hsy_arena_failed(*arena)) return;
  if (met.len > 1) qsort(met.data, (size_t)met.len, sizeof *met.data, compare_meetings);
  for (ptrdiff_t i = 0; i < met.len;) {
    meeting sum = met.data[i];
    for (i++; i < met.len && compare_meetings(&met.data[i], &sum) == 0; i++) sum.pairs++, sum.sum += met.data[i].sum;
    float missing = (float)(size[sum.cluster] - sum.pairs) * bars[HSY_BAR_MISSING];
    if ((sum.sum + missing) / (float)size[sum.cluster] >= bars[HSY_BAR_ALSO])
      *hsy_push(out, arena) = (also){sum.cluster, sum.statement};
  }
}

static void draft_all(const hsy_story *story, const hsy_links *links, hsy_draft_vec *drafts) {
  hsy_arena *arena = story->arena;
  const float *bars = story->lists->model.bars;
  int32_t n = (int32_t)links->statements.len;
  tie_vec ties = {0};
  hsy_edge_vec edges = {0};
  also_vec members = {0};
  find_ties(story, &ties, arena);
  int32_t *cluster = hsy_new(arena, int32_t, n + 1), *size = hsy_new(arena, int32_t, n + 1);
  int32_t *first = hsy_new(arena, int32_t, n + 2);
  for (ptrdiff_t i = 0; i < ties.len; i++)
    *hsy_push(&edges, arena) = (hsy_edge){ties.data[i].a, ties.data[i].b, ties.data[i].related};
  if (hsy_arena_failed(*arena) ||
      !hsy_cluster(n, &edges, bars[HSY_BAR_MISSING], bars[HSY_BAR_RELATED], cluster, *arena))
    return;
  for (ptrdiff_t i = 0; i < ties.len; i++) first[ties.data[i].a + 1]++;
  for (int32_t i = 0; i < n; i++) first[i + 1] += first[i], size[cluster[i]]++;
  for (int32_t i = 0; i < n; i++) *hsy_push(&members, arena) = (also){cluster[i], i};
  find_also(&ties, cluster, size, bars, &members, arena);
  if (hsy_arena_failed(*arena)) return;
  if (members.len > 1) qsort(members.data, (size_t)members.len, sizeof *members.data, compare_also);
  for (ptrdiff_t i = 0, end; i < members.len; i = end) {
    for (end = i; end < members.len && members.data[end].cluster == members.data[i].cluster;) end++;
    if (end - i < 2) continue;
    group g = {.ties = &ties, .first = first, .count = (int32_t)(end - i)};
    g.members = hsy_new(arena, int32_t, g.count);
    g.side = hsy_new(arena, int8_t, g.count);
    if (!g.members || !g.side) return;
    for (int32_t k = 0; k < g.count; k++) g.members[k] = members.data[i + k].statement;
    draft(story, links, &g, drafts, arena);
  }
}

/* ---- finished claims ---- */

static void add_claim(const hsy_story *story, const hsy_draft *d, hsy_links *links, hsy_arena *arena) {
  hsy_claim *claim = hsy_push(&links->claims, arena);
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
  claim->about = hsy_draft_gloss(story, d, arena);
  claim->id = hsy_hash_id(arena, (hsy_str[]){HSY_S("claim"), least, claim->about}, 3);
  claim->why = hsy_draft_reasons(story, d, arena);
  claim->figures = hsy_draft_of_figures(story, d);
  claim->confidence = d->sure;
}

void hsy_claims_find(hsy_story *story, hsy_links *links, hsy_arena *arena) {
  hsy_draft_vec drafts = {0};
  draft_all(story, links, &drafts);
  if (hsy_arena_failed(*story->arena)) return;
  for (ptrdiff_t i = 0; i < drafts.len; i++) add_claim(story, &drafts.data[i], links, arena);
}
