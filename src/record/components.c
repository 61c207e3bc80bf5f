#include "record/components.h"

#include <math.h>
#include <stdlib.h>

#include "base/bound.h"

enum { STEPS = 6 }; /* of one in log-odds each */

/* Where pairs as sure as can be join too many, they also have to stand near one
 * another: to agree in all of what is above the bit of the day, the document's
 * number or the place in it. */
enum { DAY, DOCUMENT, PLACE, PARTS };
static const struct {
  int part, bit;
} NEARER[] = {{DAY, 9},       {DAY, 7},       {DAY, 5},       {DAY, 3},       {DAY, 1},       {DAY, 0},
              {DOCUMENT, 62}, {DOCUMENT, 60}, {DOCUMENT, 58}, {DOCUMENT, 56}, {DOCUMENT, 54}, {DOCUMENT, 52},
              {DOCUMENT, 50}, {DOCUMENT, 48}, {DOCUMENT, 46}, {DOCUMENT, 44}, {DOCUMENT, 0},  {PLACE, 8}};

enum { LEVELS = STEPS + sizeof NEARER / sizeof *NEARER };

typedef struct edge {
  int32_t to;
  float strength; /* how far above what clustering asks for, in log-odds */
} edge;

typedef struct node {
  int64_t row;
  int64_t before;     /* the component that it stood in, 0: none */
  uint64_t at[PARTS]; /* its day, document and place, once they are asked for */
  edge *edges;
  int32_t edge_count;
  int32_t seen; /* the last search that met it */
  int8_t big;   /* below this level it is in something too big */
  bool known, done, placed;
} node;

typedef struct finding {
  hsy_linking *l;
  hsy_arena *arena;
  HSY_VEC(node) nodes;
  hsy_keymap node_of, listed; /* rows; components of before whose rows are listed */
  hsy_tie_vec ties;           /* by one */
  hsy_index_vec todo;         /* nodes */
  int32_t searches;
} finding;

static int32_t node_of(finding *f, int64_t row) {
  int32_t *at = hsy_keymap_at(&f->node_of, row, f->arena);
  if (*at != HSY_NONE) return *at;
  *at = (int32_t)f->nodes.len;
  *hsy_push(&f->nodes, f->arena) = (node){.row = row};
  return hsy_arena_failed(*f->arena) ? 0 : *at;
}

/* ---- what joins ---- */

static float strength_of(const hsy_pair_model *model, const hsy_kept_pair *pair) {
  float also = model->bars[HSY_BAR_ALSO], related = model->bars[HSY_BAR_RELATED];
  float one = hsy_log_odds(pair->same + pair->opposite) - (also < related ? also : related);
  float two = hsy_log_odds(pair->utterance) - model->bars[HSY_BAR_UTTERANCE];
  return one > two ? one : two;
}

static int compare_ties(const void *a, const void *b) {
  const hsy_tie *x = a, *y = b;
  if (x->one != y->one) return x->one < y->one ? -1 : 1;
  return (x->other > y->other) - (x->other < y->other);
}

static ptrdiff_t first_tie(const finding *f, int64_t row) {
  hsy_bound half = {.high = f->ties.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, f->ties.data[half.middle].one < row);
  return half.low;
}

static bool know(finding *f, int32_t n) {
  if (f->nodes.data[n].known) return true;
  int64_t row = f->nodes.data[n].row;
  hsy_kept_pair_vec pairs = {0};
  HSY_VEC(edge) edges = {0};
  hsy_arena scratch = hsy_heap_reset(f->l->scratch);
  if (!hsy_store_pairs_of(f->l->store, row, &pairs, &scratch, f->l->err)) return false;
  for (ptrdiff_t i = 0; i < pairs.len; i++) {
    float strength = strength_of(&f->l->lists->model, &pairs.data[i]);
    int64_t other = pairs.data[i].one == row ? pairs.data[i].other : pairs.data[i].one;
    if (strength >= 0) *hsy_push(&edges, f->arena) = (edge){node_of(f, other), strength};
  }
  for (ptrdiff_t i = first_tie(f, row); i < f->ties.len && f->ties.data[i].one == row; i++)
    *hsy_push(&edges, f->arena) = (edge){node_of(f, f->ties.data[i].other), INFINITY};
  f->nodes.data[n].edges = edges.data;
  f->nodes.data[n].edge_count = (int32_t)edges.len;
  f->nodes.data[n].before = hsy_store_component(f->l->store, row, f->l->err);
  f->nodes.data[n].known = true;
  return f->l->err->code == HSY_OK && hsy_arena_check(*f->arena, "record", f->l->err);
}

/* Numbers that stand in the order in which rows meet (record/meet.c). */
static const uint64_t *place_of(finding *f, int32_t n) {
  node *at = &f->nodes.data[n];
  int64_t day = 0, document = 0;
  int32_t place = 0;
  if (!at->placed && hsy_store_place(f->l->store, at->row, &day, &document, &place, f->l->err)) {
    at->at[DAY] = (uint64_t)day ^ UINT64_C(1) << 63;
    at->at[DOCUMENT] = (uint64_t)document ^ UINT64_C(1) << 63;
    at->at[PLACE] = (uint64_t)place;
  }
  at->placed = true;
  return at->at;
}

/* Each level asks for more than the one below it. */
static bool joins(finding *f, int32_t n, const edge *e, int level) {
  if (e->strength == INFINITY) return true;
  if (level < STEPS) return e->strength >= (float)level;
  if (e->strength < STEPS - 1) return false;
  const uint64_t *x = place_of(f, n), *y = place_of(f, e->to);
  int part = NEARER[level - STEPS].part;
  for (int k = 0; k < part; k++)
    if (x[k] != y[k]) return false;
  return (x[part] ^ y[part]) >> NEARER[level - STEPS].bit == 0;
}

/* ---- from one row ---- */

/* Who is joined to it at the level, into out; false: too many, or too much known to be so. */
static bool spread(finding *f, int32_t start, int level, int32_t out[HSY_COMPONENT_MOST + 1], int32_t *count) {
  bool small = true;
  int32_t search = ++f->searches;
  *count = 0;
  out[(*count)++] = start;
  f->nodes.data[start].seen = search;
  for (int32_t i = 0; small && i < *count; i++) {
    if (!know(f, out[i])) return false;
    for (int32_t k = 0; small && k < f->nodes.data[out[i]].edge_count; k++) {
      const edge *e = &f->nodes.data[out[i]].edges[k];
      node *to = &f->nodes.data[e->to];
      if (to->seen == search || !joins(f, out[i], e, level)) continue;
      to->seen = search;
      small = to->big <= level && *count < HSY_COMPONENT_MOST;
      out[(*count)++] = e->to;
    }
  }
  for (int32_t i = 0; !small && i < *count; i++)
    if (f->nodes.data[out[i]].big <= level) f->nodes.data[out[i]].big = (int8_t)(level + 1);
  return small;
}

static int compare_keys(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* Rows that stood with it are put together anew too. */
static bool list_neighbours(finding *f, int64_t component) {
  if (component == 0) return true;
  int32_t *at = hsy_keymap_at(&f->listed, component, f->arena);
  if (*at != HSY_NONE) return true;
  *at = 1;
  hsy_key_vec rows = {0};
  hsy_arena scratch = hsy_heap_reset(f->l->scratch);
  if (!hsy_store_component_rows(f->l->store, component, &rows, &scratch, f->l->err)) return false;
  for (ptrdiff_t i = 0; i < rows.len; i++) *hsy_push(&f->todo, f->arena) = node_of(f, rows.data[i]);
  return hsy_arena_check(*f->arena, "record", f->l->err);
}

static bool finish(finding *f, const int32_t *members, int32_t count, hsy_components *out) {
  hsy_component *component = hsy_push(&out->list, f->arena);
  *component = (hsy_component){(int32_t)out->rows.len, count};
  for (int32_t i = 0; i < count; i++) {
    f->nodes.data[members[i]].done = true;
    *hsy_push(&out->rows, f->arena) = f->nodes.data[members[i]].row;
    if (!list_neighbours(f, f->nodes.data[members[i]].before)) return false;
  }
  if (!hsy_arena_check(*f->arena, "record", f->l->err)) return false;
  int64_t *rows = out->rows.data + component->first;
  qsort(rows, (size_t)count, sizeof *rows, compare_keys);
  for (int32_t i = 0; i < count; i++) {
    int32_t n = hsy_keymap_find(&f->node_of, rows[i]);
    if (f->nodes.data[n].before == rows[0]) continue;
    if (!hsy_store_set_component(f->l->store, rows[i], rows[0], f->l->err)) return false;
  }
  return true;
}

static bool find_one(finding *f, int32_t n, hsy_components *out) {
  int32_t members[HSY_COMPONENT_MOST + 1], count = 1;
  members[0] = n;
  if (!know(f, n)) return false;
  for (int level = f->nodes.data[n].big; level < LEVELS; level++) {
    if (spread(f, n, level, members, &count)) return finish(f, members, count, out);
    if (f->l->err->code != HSY_OK) return false;
  }
  return finish(f, &n, 1, out);
}

static bool list_loose(finding *f) {
  hsy_key_vec components = {0}, rows = {0};
  if (!hsy_store_loose(f->l->store, "component", &components, f->arena, f->l->err) ||
      !hsy_store_loose(f->l->store, "row", &rows, f->arena, f->l->err))
    return false;
  for (ptrdiff_t i = 0; i < components.len; i++)
    if (!list_neighbours(f, components.data[i])) return false;
  for (ptrdiff_t i = 0; i < rows.len; i++)
    if (hsy_store_component(f->l->store, rows.data[i], f->l->err))
      *hsy_push(&f->todo, f->arena) = node_of(f, rows.data[i]);
  return f->l->err->code == HSY_OK;
}

bool hsy_components_find(hsy_linking *l, hsy_components *out, hsy_arena *arena) {
  finding f = {.l = l, .arena = arena};
  *out = (hsy_components){0};
  if (!hsy_store_correction_ties(l->store, &f.ties, arena, l->err) || !list_loose(&f)) return false;
  if (f.ties.len > 1) qsort(f.ties.data, (size_t)f.ties.len, sizeof *f.ties.data, compare_ties);
  for (ptrdiff_t i = 0; i < l->touched.len; i++) *hsy_push(&f.todo, arena) = node_of(&f, l->touched.data[i]);
  if (!hsy_arena_check(*arena, "record", l->err)) return false;
  for (ptrdiff_t i = 0; i < f.todo.len; i++) { /* grows on the way */
    int32_t n = f.todo.data[i];
    if (!f.nodes.data[n].done && !find_one(&f, n, out)) return false;
  }
  return l->err->code == HSY_OK;
}
