/* Who is who (record/linking.h). Groups are made of all rows, since one new
 * name can tell two old ones apart; what is written is what differs. */
#include <stdlib.h>

#include "doc/identity.h"
#include "base/bound.h"
#include "record/linking.h"
#include "store/corrections.h"
#include "store/entities.h"

typedef struct naming {
  hsy_linking *l;
  hsy_entity_list list;
  hsy_entity_groups groups;
  hsy_link_speaker *speakers;  // [groups]
  hsy_known_entity_vec before; /* by id */
  int64_t *keys;               // [groups]
  int32_t *was;                // [groups] row of before, or NONE
  bool *changed;               // [groups] in what linking reads of it
  bool *stays;                 // [before]
} naming;

/* ---- groups as speakers ---- */

static hsy_str joined_titles(const naming *n, const int32_t *members, int32_t count, hsy_arena *arena) {
  hsy_buf titles = hsy_buf_in(arena);
  for (int32_t i = 0; i < count; i++) {
    const hsy_entity_row *row = &n->list.rows.data[members[i]];
    for (int32_t k = 0; k < row->title_count; k++) {
      if (titles.len) hsy_buf_add(&titles, HSY_S("; "));
      hsy_buf_add(&titles, row->titles[k]);
    }
  }
  return hsy_buf_str(&titles);
}

/* Rows group by group; group i has [first[i], first[i + 1]). */
static const int32_t *sort_members(const hsy_entity_groups *groups, int32_t count, int32_t *first, hsy_arena *arena) {
  int32_t *members = hsy_new(arena, int32_t, count + 1), *next = hsy_new(arena, int32_t, groups->groups.len + 1);
  if (!members || !next) return NULL;
  for (int32_t i = 0; i < count; i++) first[groups->group_of[i] + 1]++;
  for (ptrdiff_t i = 0; i < groups->groups.len; i++) first[i + 1] += first[i];
  for (ptrdiff_t i = 0; i < groups->groups.len; i++) next[i] = first[i];
  for (int32_t i = 0; i < count; i++) members[next[groups->group_of[i]]++] = i;
  return members;
}

/* Two of one name in one document may be two groups. */
static hsy_str *group_ids(const hsy_entity_groups *groups, hsy_arena *arena) {
  hsy_str *ids = hsy_new(arena, hsy_str, groups->groups.len + 1);
  for (ptrdiff_t i = 0; ids && i < groups->groups.len; i++) ids[i] = groups->groups.data[i].id;
  if (ids) hsy_ids_tell_apart(ids, groups->groups.len, arena);
  return ids;
}

static bool find_bodies(naming *n, hsy_arena *arena, hsy_arena scratch) {
  int32_t count = (int32_t)n->groups.groups.len;
  int32_t *bodies = hsy_new(arena, int32_t, count + 1);
  hsy_link_input input = {.speakers = n->speakers, .speaker_count = count};
  if (!bodies || !hsy_link_bodies(&input, n->l->lists, bodies, scratch, n->l->err)) return false;
  for (int32_t i = 0; i < count; i++) n->speakers[i].body = bodies[i];
  return true;
}

static bool make_speakers(naming *n, hsy_arena *arena, hsy_arena scratch) {
  ptrdiff_t count = n->groups.groups.len;
  n->speakers = hsy_new(arena, hsy_link_speaker, count + 1);
  int32_t *first = hsy_new(arena, int32_t, count + 1);
  const hsy_str *ids = group_ids(&n->groups, arena);
  const int32_t *members = first ? sort_members(&n->groups, (int32_t)n->list.rows.len, first, arena) : NULL;
  for (ptrdiff_t i = 0; n->speakers && ids && members && i < count; i++) {
    const hsy_entity_group *group = &n->groups.groups.data[i];
    n->speakers[i] = (hsy_link_speaker){ids[i], group->name, group->kind,
                                        joined_titles(n, members + first[i], first[i + 1] - first[i], arena), HSY_NONE};
  }
  return hsy_arena_check(*arena, "record", n->l->err) && find_bodies(n, arena, scratch);
}

static bool group_all(naming *n, hsy_arena *arena, hsy_arena scratch) {
  hsy_correction_vec corrections = {0};
  return hsy_store_entity_list(n->l->store, &n->list, arena, n->l->err) &&
         hsy_store_corrections_apply(n->l->store, &corrections, arena, n->l->err) &&
         hsy_entities_group(n->list.rows.data, (int32_t)n->list.rows.len, corrections.data, (int32_t)corrections.len,
                            n->l->words, &n->groups, arena, scratch, n->l->err) &&
         make_speakers(n, arena, scratch);
}

/* ---- what differs ---- */

static int32_t known_by(const naming *n, hsy_str id) {
  hsy_bound half = {.high = n->before.len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, hsy_str_cmp(n->before.data[half.middle].id, id) < 0);
  ptrdiff_t low = half.low;
  return low < n->before.len && hsy_str_eq(n->before.data[low].id, id) ? (int32_t)low : HSY_NONE;
}

/* New ones first, so that all have a key to be named by. */
static bool make_keys(naming *n, hsy_arena *arena) {
  ptrdiff_t count = n->groups.groups.len;
  n->keys = hsy_new(arena, int64_t, count + 1);
  n->was = hsy_new(arena, int32_t, count + 1);
  n->changed = hsy_new(arena, bool, count + 1);
  n->stays = hsy_new(arena, bool, n->before.len + 1);
  if (!hsy_arena_check(*arena, "record", n->l->err)) return false;
  for (ptrdiff_t i = 0; i < count; i++) {
    n->was[i] = known_by(n, n->speakers[i].id);
    if (n->was[i] != HSY_NONE) {
      n->keys[i] = n->before.data[n->was[i]].key;
      n->stays[n->was[i]] = true;
      continue;
    }
    hsy_known_entity row = {.id = n->speakers[i].id, .name = n->speakers[i].name, .kind = n->speakers[i].kind};
    if (!hsy_store_put_entity(n->l->store, &row, n->l->err)) return false;
    n->keys[i] = row.key;
  }
  return true;
}

static bool put_groups(naming *n) {
  for (ptrdiff_t i = 0; i < n->groups.groups.len; i++) {
    const hsy_link_speaker *s = &n->speakers[i];
    hsy_known_entity now = {n->keys[i], s->body == HSY_NONE ? 0 : n->keys[s->body], s->id, s->name, s->kind};
    const hsy_known_entity *was = n->was[i] == HSY_NONE ? NULL : &n->before.data[n->was[i]];
    n->changed[i] = was && (was->body != now.body || !hsy_str_eq(was->name, now.name));
    bool same = was ? !n->changed[i] && was->kind == now.kind : now.body == 0;
    if (!same && !hsy_store_put_entity(n->l->store, &now, n->l->err)) return false;
  }
  /* whoever speaks for it bears its name too */
  for (ptrdiff_t i = 0; i < n->groups.groups.len; i++) {
    int32_t body = n->speakers[i].body;
    if (body == HSY_NONE || n->was[body] == HSY_NONE) continue;
    if (!hsy_str_eq(n->before.data[n->was[body]].name, n->speakers[body].name)) n->changed[i] = true;
  }
  return true;
}

static bool put_places(naming *n) {
  for (ptrdiff_t i = 0; i < n->list.rows.len; i++) {
    int32_t group = n->groups.group_of[i];
    const hsy_entity_place *place = &n->list.places.data[i];
    bool other = place->entity != n->keys[group];
    if (!other && !n->changed[group]) continue;
    if (!hsy_store_unlink(n->l->store, n->list.rows.data[i].document, n->l->err)) return false;
    if (other && !hsy_store_link_entity(n->l->store, place, n->keys[group], n->l->err)) return false;
  }
  for (ptrdiff_t i = 0; i < n->before.len; i++)
    if (!n->stays[i] && !hsy_store_drop_entity(n->l->store, n->before.data[i].key, n->l->err)) return false;
  return true;
}

bool hsy_linking_entities(hsy_linking *l) {
  hsy_arena arena = hsy_heap_reset(l->gathered);
  naming n = {.l = l};
  return group_all(&n, &arena, hsy_heap_reset(l->scratch)) &&
         hsy_store_known_entities(l->store, &n.before, &arena, l->err) && make_keys(&n, &arena) && put_groups(&n) &&
         put_places(&n);
}
