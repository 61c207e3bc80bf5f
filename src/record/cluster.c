/* Statements, claims and shifts of what was touched (record/linking.h). */
#include <stdlib.h>

#include "link/story.h"
#include "record/components.h"
#include "record/gather.h"
#include "store/claim_corrections.h"
#include "store/links.h"

typedef struct clustering {
  hsy_linking *l;
  hsy_components components;
  hsy_claim_correction_vec corrections;
  hsy_arena arena; /* of those at hand */
  hsy_gathering g;
  hsy_keymap there;        /* documents gathered */
  hsy_keymap component_of; /* attribution → component, of those at hand */
} clustering;

static void begin(clustering *c) {
  c->arena = hsy_heap_reset(c->l->gathered);
  c->g = (hsy_gathering){.store = c->l->store, .arena = &c->arena, .reading = c->l->reading, .err = c->l->err};
  c->there = c->component_of = (hsy_keymap){0};
}

static bool need(clustering *c, int32_t component) {
  const hsy_component *from = &c->components.list.data[component];
  for (int32_t i = 0; i < from->count; i++) {
    int64_t row = c->components.rows.data[from->first + i];
    int64_t document = hsy_store_document_of(c->l->store, row, c->l->err);
    *hsy_keymap_at(&c->component_of, row, &c->arena) = component;
    int32_t *at = hsy_keymap_at(&c->there, document, &c->arena);
    if (*at != HSY_NONE) continue;
    *at = 1;
    if (document && !hsy_gather_document(&c->g, document)) return false;
  }
  return c->l->err->code == HSY_OK;
}

static int compare_scores(const void *a, const void *b) {
  const hsy_pair_score *x = a, *y = b;
  return x->one != y->one ? x->one - y->one : x->other - y->other;
}

/* What is kept of pairs inside the components at hand, by place. */
static bool read_scores(clustering *c, hsy_story *story, const int32_t *component, hsy_arena *arena) {
  hsy_keymap row_of = {0};
  for (int32_t i = 0; i < story->count; i++) *hsy_keymap_at(&row_of, c->g.attributions.data[i], arena) = i;
  for (int32_t i = 0; i < story->count; i++) {
    if (component[i] == HSY_NONE) continue;
    hsy_kept_pair_vec pairs = {0};
    hsy_arena scratch = hsy_heap_reset(c->l->scratch);
    if (!hsy_store_pairs_of(c->l->store, c->g.attributions.data[i], &pairs, &scratch, c->l->err)) return false;
    for (ptrdiff_t k = 0; k < pairs.len; k++) {
      const hsy_kept_pair *pair = &pairs.data[k];
      int32_t other = hsy_keymap_find(&row_of, pair->other);
      if (pair->one != c->g.attributions.data[i] || other == HSY_NONE || component[other] != component[i]) continue;
      int32_t x = story->place[i], y = story->place[other];
      *hsy_push(&story->scores, arena) =
          (hsy_pair_score){x < y ? x : y, x < y ? y : x, pair->same, pair->opposite, pair->utterance};
    }
  }
  if (!hsy_arena_check(*arena, "record", c->l->err)) return false;
  if (story->scores.len > 1)
    qsort(story->scores.data, (size_t)story->scores.len, sizeof *story->scores.data, compare_scores);
  return true;
}

static bool cluster(clustering *c) {
  hsy_linking *l = c->l;
  hsy_link_input input = hsy_gather_input(&c->g);
  input.corrections = c->corrections.data;
  input.correction_count = (int32_t)c->corrections.len;
  hsy_story story;
  hsy_links links = {0};
  hsy_arena arena = hsy_arena_split(&c->arena, (size_t)(c->arena.end - c->arena.next) / 4);
  hsy_arena made = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  int32_t *component = hsy_new(&c->arena, int32_t, input.row_count + 1);
  bool *meant = hsy_new(&c->arena, bool, input.row_count + 1);
  if (!hsy_arena_check(c->arena, "record", l->err)) return false;
  for (int32_t i = 0; i < input.row_count; i++) {
    component[i] = hsy_keymap_find(&c->component_of, c->g.attributions.data[i]);
    meant[i] = component[i] != HSY_NONE;
  }
  if (!hsy_link_read(&story, &input, l->lists, &arena, l->err) || !read_scores(c, &story, component, &c->arena) ||
      !hsy_link_together(&story, &links, &made, l->err))
    return false;
  hsy_linked linked = {.input = &input,
                       .links = &links,
                       .attributions = c->g.attributions.data,
                       .entities = c->g.entities.data,
                       .meant = meant};
  return hsy_store_put_links(l->store, &linked, hsy_heap_reset(l->scratch), l->err);
}

static bool note_copies(hsy_linking *l, hsy_arena *arena) {
  hsy_key_vec documents = {0};
  if (!hsy_store_copies_changed(l->store, &documents, arena, l->err)) return false;
  for (ptrdiff_t i = 0; i < documents.len; i++) {
    hsy_key_vec rows = {0};
    if (!hsy_store_linked_rows(l->store, documents.data[i], &rows, arena, l->err)) return false;
    for (ptrdiff_t k = 0; k < rows.len; k++) hsy_linking_touch(l, rows.data[k]);
  }
  return true;
}

bool hsy_linking_cluster(hsy_linking *l) {
  clustering c = {.l = l};
  if (!note_copies(l, &l->kept) || !hsy_store_claim_corrections(l->store, &c.corrections, &l->kept, l->err) ||
      !hsy_store_drop_loose_claims(l->store, l->err) || !hsy_components_find(l, &c.components, &l->kept))
    return false;
  for (int32_t i = 0, end; i < c.components.list.len; i = end) {
    begin(&c);
    for (end = i; end < c.components.list.len && (end == i || c.g.rows.len < HSY_LINKING_ROWS); end++)
      if (!need(&c, end)) return false;
    if (!cluster(&c)) return false;
  }
  return hsy_store_drop_loose_statements(l->store, l->err) &&
         hsy_store_compare_wordings(l->store, hsy_heap_reset(l->scratch), l->err);
}
