#include "reuse/state.h"

#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

uint64_t *hsy_reuse_fingerprints(const uint64_t *picks, ptrdiff_t count, hsy_arena *arena, ptrdiff_t *distinct) {
  uint64_t *out = hsy_new(arena, uint64_t, count + 1);
  *distinct = 0;
  if (!out) return NULL;
  if (count) memcpy(out, picks, (size_t)count * sizeof *out);
  qsort(out, (size_t)count, sizeof *out, by_value);
  for (ptrdiff_t i = 0; i < count && *distinct < HSY_FINGERPRINTS; i++)
    if (!*distinct || out[*distinct - 1] != out[i]) out[(*distinct)++] = out[i];
  return out;
}

/* ---- lists ---- */

typedef struct listing {
  hsy_lists *out;
  hsy_arena *arena;
} listing;

static bool add_listed(void *user, ptrdiff_t query, hsy_key member, uint32_t mark) {
  listing *l = user;
  *hsy_push(&l->out->rows, l->arena) = (hsy_listed){member, mark};
  l->out->first[query + 1] = l->out->rows.len;
  return true;
}

bool hsy_reuse_lists(const hsy_reuse *reuse, const uint64_t *fingerprints, ptrdiff_t count, ptrdiff_t limit,
                     hsy_lists *out, hsy_arena *arena, hsy_error *err) {
  *out = (hsy_lists){.count = count};
  out->first = hsy_new(arena, ptrdiff_t, count + 1);
  if (!out->first) return hsy_arena_check(*arena, "reuse", err);
  listing l = {out, arena};
  if (!reuse->index.least(reuse->index.context, fingerprints, count, limit, add_listed, &l, err)) return false;
  for (ptrdiff_t i = 0; i < count; i++)
    if (out->first[i + 1] < out->first[i]) out->first[i + 1] = out->first[i];
  return hsy_arena_check(*arena, "reuse", err);
}

/* Keys are uniform, so if the k-th least is x of the whole range, there are
 * about k / x of them (Bar-Yossef and others, 2002). */
static bool is_common(const hsy_listed *rows, ptrdiff_t count) {
  return count >= HSY_SAMPLE && rows[HSY_SAMPLE - 1].key < UINT64_MAX / HSY_COMMON_FROM * HSY_SAMPLE;
}

/* Furniture: five articles of the outlet or more, and nine in ten are its. */
static uint32_t furniture_of(const hsy_listed *rows, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count && i <= count / 10; i++) {
    ptrdiff_t same = 0;
    for (ptrdiff_t j = 0; j < count; j++) same += rows[j].mark == rows[i].mark;
    if (same >= 5 && same * 10 >= count * 9) return rows[i].mark;
  }
  return 0;
}

hsy_standing hsy_reuse_standing(const hsy_listed *rows, ptrdiff_t count) {
  if (count > HSY_SAMPLE) count = HSY_SAMPLE;
  return (hsy_standing){furniture_of(rows, count), is_common(rows, count)};
}

static bool holds(const hsy_listed *rows, ptrdiff_t count, hsy_key key) {
  for (ptrdiff_t i = 0; i < count; i++)
    if (rows[i].key == key) return true;
  return false;
}

static ptrdiff_t representatives(ptrdiff_t count) { return count < HSY_REPRESENTATIVES ? count : HSY_REPRESENTATIVES; }

static bool see_one(void *user, const hsy_pair *pair) {
  (void)pair;
  *(bool *)user = true;
  return false;
}

/* Where a change can only take pairs away, it concerns those who have some. */
static bool dirty_if_paired(hsy_reuse *reuse, hsy_key key, hsy_error *err) {
  bool paired = false;
  if (!reuse->index.pairs(reuse->index.context, key, see_one, &paired, err)) return false;
  if (paired) hsy_keyset_add(&reuse->dirty, key, &reuse->change);
  return true;
}

/* Who stopped being a representative meets fewer. */
static bool dirty_leavers(hsy_reuse *reuse, const hsy_listed *before, ptrdiff_t before_count, const hsy_listed *after,
                          ptrdiff_t after_count, hsy_error *err) {
  ptrdiff_t some = representatives(before_count), others = representatives(after_count);
  for (ptrdiff_t i = 0; i < some; i++)
    if (!holds(after, others, before[i].key) && !dirty_if_paired(reuse, before[i].key, err)) return false;
  return true;
}

/* Who became one meets more. */
static void dirty_comers(hsy_reuse *reuse, const hsy_listed *before, ptrdiff_t before_count, const hsy_listed *after,
                         ptrdiff_t after_count) {
  ptrdiff_t some = representatives(before_count), others = representatives(after_count);
  for (ptrdiff_t i = 0; i < others && before_count > HSY_REPRESENTATIVES; i++)
    if (!holds(before, some, after[i].key)) hsy_keyset_add(&reuse->dirty, after[i].key, &reuse->change);
}

/* Its text stops to be an outlet's furniture or becomes it, or is from now on
 * too common to count, or rare enough again. */
static bool dirty_holders(hsy_reuse *reuse, uint64_t fingerprint, hsy_standing old, hsy_standing new, hsy_arena scratch,
                          hsy_error *err) {
  hsy_lists all;
  if (!hsy_reuse_lists(reuse, &fingerprint, 1, HSY_ALL, &all, &scratch, err)) return false;
  for (ptrdiff_t i = 0; i < all.rows.len; i++) {
    hsy_key key = all.rows.data[i].key;
    uint32_t mark = all.rows.data[i].mark;
    if (old.furniture != new.furniture && (mark == old.furniture || mark == new.furniture))
      hsy_keyset_add(&reuse->dirty, key, &reuse->change);
    else if (old.common && !new.common)
      hsy_keyset_add(&reuse->dirty, key, &reuse->change);
    else if (old.common != new.common && mark != new.furniture && !dirty_if_paired(reuse, key, err))
      return false;
  }
  return true;
}

bool hsy_reuse_changed(hsy_reuse *reuse, uint64_t fingerprint, const hsy_listed *before, ptrdiff_t before_count,
                       const hsy_listed *after, ptrdiff_t after_count, hsy_arena scratch, hsy_error *err) {
  hsy_standing old = hsy_reuse_standing(before, before_count), new = hsy_reuse_standing(after, after_count);
  /* Of too common text, pairs stay as they were found: to tell all that a
   * representative left, and everybody that one came, would have no bound. */
  if (!old.common) {
    if (!dirty_leavers(reuse, before, before_count, after, after_count, err)) return false;
    dirty_comers(reuse, before, before_count, after, after_count);
  }
  reuse->common_now += new.common && !old.common;
  if (old.furniture != new.furniture || old.common != new.common)
    if (!dirty_holders(reuse, fingerprint, old, new, scratch, err)) return false;
  return hsy_arena_check(reuse->change, "reuse", err);
}

/* ---- articles ---- */

bool hsy_reuse_load(const hsy_reuse *reuse, hsy_key key, hsy_article *out, hsy_reuse_note *note, bool *found,
                    hsy_arena *arena, hsy_error *err) {
  hsy_str text = {0}, bytes = {0};
  const hsy_index *index = &reuse->index;
  *out = (hsy_article){.key = key};
  if (!index->get_note(index->context, key, arena, &bytes, found, err)) return false;
  if (!*found) return true;
  if (!index->get_text(index->context, key, arena, &text, found, err)) return false;
  if (!*found) return true;
  if (!hsy_note_decode(note, bytes, arena, err)) return false;
  out->outlet = note->mark;
  hsy_article_init(out, text, note->skip, note->skip_count, note->quoted, note->quoted_count, arena);
  uint8_t *flags = hsy_new(arena, uint8_t, out->pick_count + 1);
  if (!hsy_arena_check(*arena, "reuse", err)) return false;
  ptrdiff_t count = note->flag_count < out->pick_count ? note->flag_count : out->pick_count;
  if (count) memcpy(flags, note->flags, (size_t)count);
  if (count) hsy_article_flag(out, flags);
  return true;
}

void hsy_reuse_cache_reset(hsy_reuse *reuse) {
  reuse->cache = hsy_heap_reset(reuse->cache_heap);
  reuse->cached = (hsy_keyset){0};
  reuse->articles = hsy_new(&reuse->cache, hsy_article, HSY_CACHE);
}

const hsy_article *hsy_reuse_cached(hsy_reuse *reuse, hsy_key key, hsy_error *err) {
  ptrdiff_t row = hsy_keyset_find(&reuse->cached, key);
  if (row >= 0) return reuse->articles[row].words.data ? &reuse->articles[row] : NULL;
  const ptrdiff_t full = 64 << 20; /* bytes; one long article may go beyond */
  if (!reuse->articles || reuse->cached.keys.len == HSY_CACHE || reuse->cache.next - (char *)reuse->articles > full)
    hsy_reuse_cache_reset(reuse);
  hsy_article article;
  hsy_reuse_note note;
  bool found;
  if (!hsy_arena_check(reuse->cache, "reuse", err)) return NULL;
  if (!hsy_reuse_load(reuse, key, &article, &note, &found, &reuse->cache, err)) return NULL;
  hsy_keyset_add(&reuse->cached, key, &reuse->cache);
  row = hsy_keyset_find(&reuse->cached, key);
  if (row < 0) return NULL;
  reuse->articles[row] = article;
  return found ? &reuse->articles[row] : NULL;
}

/* ---- pairs ---- */

typedef struct parting {
  hsy_reuse *reuse;
  hsy_key key;
} parting;

static bool touch_other(void *user, const hsy_pair *pair) {
  parting *p = user;
  hsy_keyset_add(&p->reuse->touched, pair->a == p->key ? pair->b : pair->a, &p->reuse->change);
  return true;
}

bool hsy_reuse_part(hsy_reuse *reuse, hsy_key key, hsy_error *err) {
  parting p = {reuse, key};
  hsy_keyset_add(&reuse->touched, key, &reuse->change);
  return reuse->index.pairs(reuse->index.context, key, touch_other, &p, err) &&
         reuse->index.drop_pairs(reuse->index.context, key, err);
}
