#include "link/cluster.h"

#include <stdlib.h>
#include <string.h>

static int32_t root(int32_t *parent, int32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static void join(int32_t *parent, int32_t a, int32_t b) {
  a = root(parent, a), b = root(parent, b);
  parent[a > b ? a : b] = a < b ? a : b;
}

static int compare_edges(const void *a, const void *b) {
  const hsy_edge *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->a != y->a) return x->a - y->a;
  return x->b - y->b;
}

/* Components over the edges that reach the bar, the strongest first; one that
 * would grow past the bound is left as it is. */
static void find_components(int32_t count, const hsy_edge *edges, ptrdiff_t edge_count, float bar, int32_t *parent,
                            int32_t *size) {
  for (int32_t i = 0; i < count; i++) parent[i] = i, size[i] = 1;
  for (ptrdiff_t i = 0; i < edge_count && edges[i].score >= bar; i++) {
    int32_t a = root(parent, edges[i].a), b = root(parent, edges[i].b);
    if (a == b || size[a] + size[b] > HSY_CLUSTER_MOST) continue;
    join(parent, a, b);
    size[a < b ? a : b] = size[a] + size[b];
  }
}

/* One component: sums of scores between clusters, [n][n]. */
typedef struct component {
  int32_t n;
  const int32_t *items; // [n] ascending
  float *sum;           // [n][n]
  int32_t *size;        // [n] 0: gone into another
} component;

static void join_best(component *c, int32_t a, int32_t b, int32_t *cluster) {
  for (int32_t k = 0; k < c->n; k++) {
    if (c->size[k] == 0 || k == a || k == b) continue;
    c->sum[a * c->n + k] += c->sum[b * c->n + k];
    c->sum[k * c->n + a] = c->sum[a * c->n + k];
  }
  c->size[a] += c->size[b];
  c->size[b] = 0;
  for (int32_t k = 0; k < c->n; k++)
    if (cluster[c->items[k]] == c->items[b]) cluster[c->items[k]] = c->items[a];
}

/* The best partner of each cluster is kept, so that a round costs n. */
static void cluster_component(component *c, float bar, int32_t *cluster, int32_t *best) {
  for (int32_t i = 0; i < c->n; i++) best[i] = -1;
  for (;;) {
    int32_t a = -1;
    double most = bar;
    for (int32_t i = 0; i < c->n; i++) {
      if (c->size[i] == 0) continue;
      if (best[i] < 0) {
        double top = -1e30;
        for (int32_t k = i + 1; k < c->n; k++) {
          if (c->size[k] == 0) continue;
          double mean = (double)c->sum[i * c->n + k] / ((double)c->size[i] * c->size[k]);
          if (mean > top) top = mean, best[i] = k;
        }
        if (best[i] < 0) continue;
      }
      double mean = (double)c->sum[i * c->n + best[i]] / ((double)c->size[i] * c->size[best[i]]);
      if (mean >= most && (a < 0 || mean > most)) most = mean, a = i;
    }
    if (a < 0) return;
    int32_t b = best[a];
    join_best(c, a, b, cluster);
    for (int32_t i = 0; i < c->n; i++) best[i] = -1; /* any may have changed */
  }
}

/* Items by component: first[k] … first[k + 1] of `items` are those of root k. */
static void sort_items(int32_t count, int32_t *parent, int32_t *first, int32_t *items, int32_t *next) {
  for (int32_t i = 0; i < count; i++) first[root(parent, i) + 1]++;
  for (int32_t i = 0; i < count; i++) first[i + 1] += first[i];
  memcpy(next, first, (size_t)count * sizeof *next);
  for (int32_t i = 0; i < count; i++) items[next[root(parent, i)]++] = i;
}

bool hsy_cluster(int32_t count, const hsy_edge_vec *edges, float missing, float bar, int32_t *cluster,
                 hsy_arena scratch) {
  int32_t *parent = hsy_new(&scratch, int32_t, count + 1), *size = hsy_new(&scratch, int32_t, count + 1);
  int32_t *first = hsy_new(&scratch, int32_t, count + 2), *items = hsy_new(&scratch, int32_t, count + 1);
  int32_t *place = hsy_new(&scratch, int32_t, count + 1);
  hsy_edge *sorted = hsy_new(&scratch, hsy_edge, edges->len + 1);
  if (hsy_arena_failed(scratch)) return false;
  for (int32_t i = 0; i < count; i++) cluster[i] = i;
  if (edges->len == 0) return true;
  memcpy(sorted, edges->data, (size_t)edges->len * sizeof *sorted);
  qsort(sorted, (size_t)edges->len, sizeof *sorted, compare_edges);
  find_components(count, sorted, edges->len, bar, parent, size);
  sort_items(count, parent, first, items, place);
  for (int32_t r = 0; r < count; r++)
    for (int32_t k = first[r]; k < first[r + 1]; k++) place[items[k]] = k - first[r];
  /* edges by component: in the order of their roots */
  int32_t *edge_first = hsy_new(&scratch, int32_t, count + 2);
  hsy_edge *grouped = hsy_new(&scratch, hsy_edge, edges->len + 1);
  if (hsy_arena_failed(scratch)) return false;
  for (ptrdiff_t i = 0; i < edges->len; i++)
    if (root(parent, sorted[i].a) == root(parent, sorted[i].b)) edge_first[root(parent, sorted[i].a) + 1]++;
  for (int32_t i = 0; i < count; i++) edge_first[i + 1] += edge_first[i];
  int32_t *next = size;
  memcpy(next, edge_first, (size_t)count * sizeof *next);
  for (ptrdiff_t i = 0; i < edges->len; i++) {
    int32_t r = root(parent, sorted[i].a);
    if (r == root(parent, sorted[i].b)) grouped[next[r]++] = sorted[i];
  }
  for (int32_t r = 0; r < count; r++) {
    hsy_arena own = scratch;
    component c = {.n = first[r + 1] - first[r], .items = items + first[r]};
    if (c.n < 2) continue;
    c.sum = hsy_new(&own, float, (ptrdiff_t)c.n *c.n);
    c.size = hsy_new(&own, int32_t, c.n);
    int32_t *best = hsy_new(&own, int32_t, c.n);
    if (!c.sum || !c.size || !best) return false;
    for (int32_t i = 0; i < c.n * c.n; i++) c.sum[i] = missing;
    for (int32_t i = 0; i < c.n; i++) c.size[i] = 1;
    for (int32_t i = edge_first[r]; i < edge_first[r + 1]; i++) {
      int32_t a = place[grouped[i].a], b = place[grouped[i].b];
      c.sum[a * c.n + b] = c.sum[b * c.n + a] = grouped[i].score;
    }
    cluster_component(&c, bar, cluster, best);
  }
  return true;
}
