/* Rewrites the groups that changed: hsy_reuse_finish. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "reuse/original.h"
#include "reuse/state.h"

enum {
  GROUP_PASSAGES = 4096 /* edges of one group of passages; past that it is capped */
};

/* One passage that two documents share. */
typedef struct edge {
  hsy_key a, b;
  hsy_shared shared;
  double containment;
} edge;

typedef HSY_VEC(edge) edges;

typedef struct draft {
  bool whole;
  hsy_keyset documents;
  HSY_VEC(hsy_passage) passages;
  double containment;
} draft;

/* The state of one finish. What lasts lies in `arena`, what one document's
 * pairs need in `scratch`. */
typedef struct finishing {
  hsy_reuse *reuse;
  hsy_arena *arena;
  hsy_arena scratch;
  hsy_error *err;
  hsy_keyset seeds;         /* documents whose groups are made anew */
  hsy_keyset grouped;       /* documents that stand in a group of wholes … */
  HSY_VEC(hsy_key) leaders; /* … and that group's least key, same row */
  hsy_keyset seen_edges;    /* hashes of passages that stand in a group */
  HSY_VEC(draft) drafts;    /* groups of passages */
} finishing;

static bool ok(const finishing *f) { return !f->err->code && hsy_arena_check(*f->arena, "reuse", f->err); }

static bool visit_pairs(finishing *f, hsy_key key, hsy_pair_visit visit, void *user) {
  hsy_index *index = &f->reuse->index;
  return index->pairs(index->context, key, visit, user, f->err);
}

/* ---- writing a group ---- */

static int by_place(const void *x, const void *y) {
  const hsy_passage *a = x, *b = y;
  if (a->document != b->document) return a->document < b->document ? -1 : 1;
  return a->start != b->start ? (a->start > b->start) - (a->start < b->start) : (a->end > b->end) - (a->end < b->end);
}

/* Sorted, and what overlaps in one document is one. */
static ptrdiff_t merge_passages(hsy_passage *rows, ptrdiff_t count) {
  ptrdiff_t out = 0;
  if (count) qsort(rows, (size_t)count, sizeof *rows, by_place);
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_passage *last = out ? &rows[out - 1] : NULL;
    if (last && last->document == rows[i].document && rows[i].start <= last->end) {
      if (rows[i].end > last->end) last->end = rows[i].end;
    } else {
      rows[out++] = rows[i];
    }
  }
  return out;
}

static bool read_candidates(finishing *f, const hsy_key *keys, ptrdiff_t count, hsy_candidate *out, hsy_arena *arena) {
  hsy_index *index = &f->reuse->index;
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_str bytes;
    hsy_reuse_note note;
    bool found;
    out[i].key = keys[i];
    if (!index->get_note(index->context, keys[i], arena, &bytes, &found, f->err)) return false;
    if (!found) continue;
    if (!hsy_note_decode(&note, bytes, arena, f->err)) return false;
    out[i] = (hsy_candidate){keys[i], note.outlet, note.agency, note.published, note.words};
  }
  return true;
}

/* Named by what it is made of: the same group has the same id in every order. */
static uint64_t id_of(const hsy_copy_group *g) {
  uint64_t id = g->whole ? 1 : 2;
  for (ptrdiff_t i = 0; i < g->document_count; i++) id = hsy_hash_mix(id, g->documents[i]);
  for (ptrdiff_t i = 0; !g->whole && i < g->passage_count; i++)
    id = hsy_hash_mix(
        id, hsy_hash_mix(g->passages[i].document, (uint64_t)g->passages[i].start << 32 | (uint32_t)g->passages[i].end));
  return id;
}

static void write_group(finishing *f, draft *d) {
  ptrdiff_t count = d->documents.keys.len;
  hsy_arena scratch = f->scratch;
  qsort(d->documents.keys.data, (size_t)count, sizeof(hsy_key), hsy_key_cmp);
  hsy_candidate *candidates = hsy_new(&scratch, hsy_candidate, count);
  if (!ok(f) || !candidates || !read_candidates(f, d->documents.keys.data, count, candidates, &scratch)) return;
  hsy_copy_group g = {
      .whole = d->whole,
      .documents = d->documents.keys.data,
      .document_count = count,
      .passages = d->passages.data,
      .passage_count = merge_passages(d->passages.data, d->passages.len),
      .containment = d->containment,
  };
  ptrdiff_t best = hsy_original_of(candidates, count, &g.because, &scratch);
  g.original = candidates[best].key;
  g.id = id_of(&g);
  if (ok(f)) f->reuse->index.put_group(f->reuse->index.context, &g, f->err);
}

/* ---- wholes: closed to groups ---- */

/* One member's pairs of wholes. Its passages are those that it shares with the
 * least of the others: a group of n documents has n lists, not n². */
typedef struct joining {
  finishing *f;
  draft *draft;
  hsy_arena *arena; /* for passages of the least */
  hsy_key key, least;
  const hsy_shared *shared;
  ptrdiff_t count;
} joining;

static bool join_whole(void *user, const hsy_pair *pair) {
  joining *j = user;
  hsy_arena before = *j->arena;
  hsy_comparison c;
  if (!hsy_note_decode_pair(&c, pair->note, j->arena, j->f->err)) return false;
  hsy_key other = pair->a == j->key ? pair->b : pair->a;
  bool least = c.whole && (!j->shared || other < j->least);
  if (c.whole) hsy_keyset_add(&j->draft->documents, other, j->f->arena);
  if (c.whole && c.containment < j->draft->containment) j->draft->containment = c.containment;
  if (least)
    j->least = other, j->shared = c.passages, j->count = c.passage_count;
  else
    *j->arena = before;
  return true;
}

static void join_member(finishing *f, draft *d, hsy_key key) {
  hsy_arena scratch = f->scratch;
  joining j = {.f = f, .draft = d, .arena = &scratch, .key = key};
  if (!visit_pairs(f, key, join_whole, &j)) return;
  for (ptrdiff_t i = 0; i < j.count; i++) {
    hsy_span span = key < j.least ? j.shared[i].a : j.shared[i].b;
    *hsy_push(&d->passages, f->arena) = (hsy_passage){key, span.start, span.end};
  }
}

static void group_whole(finishing *f, hsy_key seed) {
  if (hsy_keyset_find(&f->grouped, seed) >= 0) return;
  draft d = {.whole = true, .containment = 1};
  hsy_keyset_add(&d.documents, seed, f->arena);
  for (ptrdiff_t i = 0; i < d.documents.keys.len && ok(f); i++) join_member(f, &d, d.documents.keys.data[i]);
  hsy_key leader = seed;
  for (ptrdiff_t i = 0; i < d.documents.keys.len; i++)
    if (d.documents.keys.data[i] < leader) leader = d.documents.keys.data[i];
  for (ptrdiff_t i = 0; i < d.documents.keys.len; i++) {
    hsy_keyset_add(&f->grouped, d.documents.keys.data[i], f->arena);
    *hsy_push(&f->leaders, f->arena) = leader;
  }
  if (d.documents.keys.len > 1) write_group(f, &d);
}

static hsy_key leader_of(finishing *f, hsy_key key) {
  group_whole(f, key);
  ptrdiff_t row = hsy_keyset_find(&f->grouped, key);
  return row >= 0 && row < f->leaders.len ? f->leaders.data[row] : key;
}

/* ---- passages: closed over places that overlap ---- */

static uint64_t edge_hash(const edge *e) {
  uint64_t a = hsy_hash_mix(e->a, (uint64_t)e->shared.a.start << 32 | (uint32_t)e->shared.a.end);
  return hsy_hash_mix(a, hsy_hash_mix(e->b, (uint64_t)e->shared.b.start << 32 | (uint32_t)e->shared.b.end));
}

/* The same place: the overlap is half of the shorter or more. */
static bool overlap(hsy_span a, hsy_span b) {
  int32_t start = a.start > b.start ? a.start : b.start, end = a.end < b.end ? a.end : b.end;
  int32_t shorter = a.end - a.start < b.end - b.start ? a.end - a.start : b.end - b.start;
  return end - start > 0 && (end - start) * 2 >= shorter;
}

static hsy_span side_of(const edge *e, hsy_key key) { return e->a == key ? e->shared.a : e->shared.b; }

static bool is_inside_whole(finishing *f, const edge *e) { return leader_of(f, e->a) == leader_of(f, e->b); }

typedef struct reading {
  finishing *f;
  edges *out;
  hsy_arena *arena;
} reading;

static bool add_edges(void *user, const hsy_pair *pair) {
  reading *r = user;
  hsy_comparison c;
  if (!hsy_note_decode_pair(&c, pair->note, r->arena, r->f->err)) return false;
  for (ptrdiff_t i = 0; i < c.passage_count && !c.whole; i++)
    *hsy_push(r->out, r->arena) = (edge){pair->a, pair->b, c.passages[i], c.containment};
  return true;
}

/* The passages that a document shares with others that are no copies of it. */
static edges edges_of(finishing *f, hsy_key key, hsy_arena *arena) {
  edges out = {0};
  reading r = {f, &out, arena};
  visit_pairs(f, key, add_edges, &r);
  return out;
}

/* Adds to `all` what shares the place of `from` in document `key`. */
static void add_neighbours(finishing *f, const edge *from, hsy_key key, edges *all) {
  hsy_arena kept = f->scratch; /* leader_of works behind what is read here */
  edges some = edges_of(f, key, &f->scratch);
  for (ptrdiff_t j = 0; j < some.len && all->len < GROUP_PASSAGES; j++) {
    const edge *e = &some.data[j];
    if (!overlap(side_of(e, key), side_of(from, key)) || is_inside_whole(f, e)) continue;
    if (hsy_keyset_add(&f->seen_edges, edge_hash(e), f->arena)) *hsy_push(all, f->arena) = *e;
  }
  f->scratch = kept;
}

static void say_capped(const finishing *f, hsy_key key) {
  char message[160];
  if (!f->reuse->options.log) return;
  snprintf(message, sizeof message, "a group of shared passages around document %016llx was capped at %d passages",
           (unsigned long long)key, GROUP_PASSAGES);
  f->reuse->options.log(f->reuse->options.user, message);
}

static void group_passage(finishing *f, const edge *seed) {
  if (is_inside_whole(f, seed) || !hsy_keyset_add(&f->seen_edges, edge_hash(seed), f->arena)) return;
  edges all = {0};
  *hsy_push(&all, f->arena) = *seed;
  for (ptrdiff_t i = 0; i < all.len && ok(f); i++) {
    edge e = all.data[i];
    add_neighbours(f, &e, e.a, &all);
    add_neighbours(f, &e, e.b, &all);
  }
  if (all.len >= GROUP_PASSAGES) say_capped(f, seed->a);
  draft *d = hsy_push(&f->drafts, f->arena);
  *d = (draft){.containment = 1};
  for (ptrdiff_t i = 0; i < all.len; i++) {
    const edge *e = &all.data[i];
    hsy_keyset_add(&d->documents, e->a, f->arena);
    hsy_keyset_add(&d->documents, e->b, f->arena);
    *hsy_push(&d->passages, f->arena) = (hsy_passage){e->a, e->shared.a.start, e->shared.a.end};
    *hsy_push(&d->passages, f->arena) = (hsy_passage){e->b, e->shared.b.start, e->shared.b.end};
    if (e->containment < d->containment) d->containment = e->containment;
  }
  qsort(d->documents.keys.data, (size_t)d->documents.keys.len, sizeof(hsy_key), hsy_key_cmp);
}

static void group_passages(finishing *f, hsy_key key) {
  hsy_arena kept = f->scratch;
  edges some = edges_of(f, key, &f->scratch);
  for (ptrdiff_t i = 0; i < some.len && ok(f); i++) group_passage(f, &some.data[i]);
  f->scratch = kept;
}

static int by_documents(const void *x, const void *y) {
  const hsy_keyset *a = &((const draft *)x)->documents, *b = &((const draft *)y)->documents;
  if (a->keys.len != b->keys.len) return a->keys.len < b->keys.len ? -1 : 1;
  for (ptrdiff_t i = 0; i < a->keys.len; i++)
    if (a->keys.data[i] != b->keys.data[i]) return a->keys.data[i] < b->keys.data[i] ? -1 : 1;
  return 0;
}

/* The same documents share several places: that is one group. */
static void write_passage_groups(finishing *f) {
  draft *rows = f->drafts.data;
  if (f->drafts.len) qsort(rows, (size_t)f->drafts.len, sizeof *rows, by_documents);
  for (ptrdiff_t i = 0, end; i < f->drafts.len && ok(f); i = end) {
    for (end = i + 1; end < f->drafts.len && !by_documents(&rows[i], &rows[end]); end++) {
      for (ptrdiff_t j = 0; j < rows[end].passages.len; j++)
        *hsy_push(&rows[i].passages, f->arena) = rows[end].passages.data[j];
      if (rows[end].containment < rows[i].containment) rows[i].containment = rows[end].containment;
    }
    write_group(f, &rows[i]);
  }
}

/* ---- all ---- */

static bool add_seed(void *user, hsy_key key) {
  finishing *f = user;
  hsy_keyset_add(&f->seeds, key, f->arena);
  return true;
}

/* Groups of touched documents go. What they held is grouped anew: a group that
 * did not change comes out as it was. */
static void drop_touched(finishing *f) {
  hsy_reuse *r = f->reuse;
  for (ptrdiff_t i = 0; i < r->touched.keys.len && !f->err->code; i++) {
    add_seed(f, r->touched.keys.data[i]);
    r->index.drop_groups(r->index.context, r->touched.keys.data[i], add_seed, f, f->err);
  }
  qsort(f->seeds.keys.data, (size_t)f->seeds.keys.len, sizeof(hsy_key), hsy_key_cmp);
}

bool hsy_reuse_finish(hsy_reuse *r, hsy_error *err) {
  if ((r->pending.len || r->dirty.keys.len) && !hsy_reuse_update(r, err)) return false;
  hsy_error own = {0};
  hsy_arena arena = r->scratch;
  hsy_arena rest = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  finishing f = {.reuse = r, .arena = &arena, .scratch = rest, .err = &own};
  if (r->touched.keys.len) drop_touched(&f);
  for (ptrdiff_t i = 0; i < f.seeds.keys.len && ok(&f); i++) group_whole(&f, f.seeds.keys.data[i]);
  for (ptrdiff_t i = 0; i < f.seeds.keys.len && ok(&f); i++) group_passages(&f, f.seeds.keys.data[i]);
  if (ok(&f)) write_passage_groups(&f);
  bool done = ok(&f);
  if (!done) hsy_fail(err, own.code, "reuse", own.offset, "%s", own.message);
  r->touched = (hsy_keyset){0};
  r->dirty = (hsy_keyset){0};
  r->change = hsy_heap_reset(r->change_heap);
  r->scratch = hsy_heap_reset(r->scratch_heap);
  return done;
}
