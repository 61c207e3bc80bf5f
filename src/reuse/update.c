/* Puts a batch into the index and compares it: hsy_reuse_update. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/bound.h"
#include "reuse/state.h"

static int by_fingerprint(const void *a, const void *b) {
  const hsy_posting *x = a, *y = b;
  if (x->fingerprint != y->fingerprint) return x->fingerprint < y->fingerprint ? -1 : 1;
  return (x->member > y->member) - (x->member < y->member);
}

/* ---- standing of the batch's fingerprints ---- */

typedef struct table {
  uint64_t *prints; /* distinct, ascending */
  hsy_standing *standing;
  ptrdiff_t count;
} table;

/* The batch's postings of one fingerprint merged into what the index had of
 * it: the HSY_SAMPLE least of both. */
static ptrdiff_t merge(const hsy_listed *before, ptrdiff_t before_count, const hsy_posting *new, ptrdiff_t new_count,
                       hsy_listed after[HSY_SAMPLE]) {
  ptrdiff_t count = 0, i = 0, j = 0;
  while (count < HSY_SAMPLE && (i < before_count || j < new_count)) {
    bool old = j == new_count || (i < before_count && before[i].key < new[j].member);
    after[count++] = old ? before[i] : (hsy_listed){new[j].member, new[j].mark};
    if (old)
      i++;
    else
      j++;
  }
  return count;
}

static void distinct_prints(const hsy_reuse *r, table *t, hsy_arena *arena) {
  t->prints = hsy_new(arena, uint64_t, r->postings.len + 1);
  t->standing = hsy_new(arena, hsy_standing, r->postings.len + 1);
  for (ptrdiff_t i = 0; t->prints && t->standing && i < r->postings.len; i++)
    if (!i || r->postings.data[i].fingerprint != r->postings.data[i - 1].fingerprint)
      t->prints[t->count++] = r->postings.data[i].fingerprint;
}

/* Standing of prints [start, end); *posting is the first posting of `start`. */
static bool stand_some(hsy_reuse *r, table *t, ptrdiff_t start, ptrdiff_t end, ptrdiff_t *posting, hsy_arena scratch,
                       hsy_error *err) {
  hsy_lists lists;
  if (!hsy_reuse_lists(r, t->prints + start, end - start, HSY_SAMPLE, &lists, &scratch, err)) return false;
  for (ptrdiff_t i = start; i < end; i++) {
    const hsy_posting *new = r->postings.data + *posting;
    ptrdiff_t count = 0;
    while (*posting + count < r->postings.len && new[count].fingerprint == t->prints[i]) count++;
    *posting += count;
    ptrdiff_t first = lists.first[i - start], len = lists.first[i - start + 1] - first;
    const hsy_listed *before = len ? lists.rows.data + first : NULL;
    hsy_listed after[HSY_SAMPLE];
    ptrdiff_t left = merge(before, len, new, count, after);
    t->standing[i] = hsy_reuse_standing(after, left);
    if (!hsy_reuse_changed(r, t->prints[i], before, len, after, left, scratch, err)) return false;
  }
  return true;
}

static bool stand(hsy_reuse *r, table *t, hsy_arena *arena, hsy_arena scratch, hsy_error *err) {
  enum { CHUNK = 4096 };
  distinct_prints(r, t, arena);
  if (!hsy_arena_check(*arena, "reuse", err)) return false;
  ptrdiff_t posting = 0;
  for (ptrdiff_t i = 0; i < t->count; i += CHUNK) {
    ptrdiff_t end = i + CHUNK < t->count ? i + CHUNK : t->count;
    if (!stand_some(r, t, i, end, &posting, scratch, err)) return false;
  }
  return true;
}

static uint8_t flag_of(hsy_standing s, uint32_t mark) {
  return (uint8_t)((mark && s.furniture == mark ? HSY_IS_FURNITURE : 0) | (s.common ? HSY_IS_COMMON : 0));
}

static const hsy_standing *find_standing(const table *t, uint64_t print) {
  hsy_bound half = {.high = t->count};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, t->prints[half.middle] < print);
  ptrdiff_t low = half.low;
  return low < t->count && t->prints[low] == print ? &t->standing[low] : NULL;
}

/* Flags of the picks; a print that is not in the table has none. */
static uint8_t *flags_of(const table *t, const uint64_t *picks, ptrdiff_t count, uint32_t mark, hsy_arena *arena) {
  uint8_t *flags = hsy_new(arena, uint8_t, count + 1);
  for (ptrdiff_t i = 0; flags && i < count; i++) {
    const hsy_standing *s = find_standing(t, picks[i]);
    if (s) flags[i] = flag_of(*s, mark);
  }
  return flags;
}

/* ---- notes ---- */

static bool write_note(const hsy_reuse *r, hsy_key key, hsy_reuse_note note, const uint8_t *flags, ptrdiff_t count,
                       hsy_arena scratch, hsy_error *err) {
  note.flags = flags;
  note.flag_count = count;
  hsy_str bytes = hsy_note_encode(&note, &scratch);
  return hsy_arena_check(scratch, "reuse", err) && r->index.put_note(r->index.context, key, bytes, err);
}

static bool write_new_notes(const hsy_reuse *r, const table *t, hsy_arena scratch, hsy_error *err) {
  for (ptrdiff_t i = 0; i < r->pending.len; i++) {
    hsy_arena room = scratch;
    const hsy_pending *p = &r->pending.data[i];
    uint8_t *flags = flags_of(t, p->picks, p->pick_count, p->note.mark, &room);
    if (!flags || !write_note(r, p->key, p->note, flags, p->pick_count, room, err))
      return hsy_arena_check(room, "reuse", err);
  }
  return true;
}

/* Fingerprints of an article with what the index knows of them. */
typedef struct looked_up {
  table table;
  hsy_lists lists; /* HSY_SAMPLE each */
  uint8_t *flags;  /* [pick_count] */
} looked_up;

static bool look_up(const hsy_reuse *r, const hsy_article *a, uint32_t mark, looked_up *out, hsy_arena *arena,
                    hsy_error *err) {
  uint64_t *picks = hsy_new(arena, uint64_t, a->pick_count + 1);
  if (!picks) return hsy_arena_check(*arena, "reuse", err);
  for (ptrdiff_t i = 0; i < a->pick_count; i++) picks[i] = a->grams[a->picks[i]];
  table *t = &out->table;
  t->prints = hsy_reuse_fingerprints(picks, a->pick_count, arena, &t->count);
  t->standing = hsy_new(arena, hsy_standing, t->count + 1);
  if (!hsy_arena_check(*arena, "reuse", err)) return false;
  if (!hsy_reuse_lists(r, t->prints, t->count, HSY_SAMPLE, &out->lists, arena, err)) return false;
  for (ptrdiff_t i = 0; i < t->count; i++) {
    ptrdiff_t first = out->lists.first[i], len = out->lists.first[i + 1] - first;
    t->standing[i] = hsy_reuse_standing(len ? out->lists.rows.data + first : NULL, len);
  }
  out->flags = flags_of(t, picks, a->pick_count, mark, arena);
  return hsy_arena_check(*arena, "reuse", err);
}

/* What others brought may have made text of an old document furniture. */
static bool refresh(const hsy_reuse *r, hsy_key key, hsy_arena scratch, hsy_error *err) {
  hsy_article article;
  hsy_reuse_note note;
  looked_up found = {0};
  bool there;
  if (!hsy_reuse_load(r, key, &article, &note, &there, &scratch, err)) return false;
  if (!there) return true;
  if (!look_up(r, &article, note.mark, &found, &scratch, err)) return false;
  return write_note(r, key, note, found.flags, article.pick_count, scratch, err);
}

/* ---- candidates ---- */

/* Too common, or some outlet's furniture: shared by chance. */
static bool is_idle(hsy_standing s) { return s.common || s.furniture; }

/* An article most of which is idle text still has its like: then that text
 * counts as well. */
static bool is_mostly_idle(const table *t) {
  ptrdiff_t idle = 0;
  for (ptrdiff_t i = 0; i < t->count; i++) idle += is_idle(t->standing[i]);
  return idle * 2 > t->count;
}

typedef struct tally {
  hsy_keyset keys;
  HSY_VEC(int32_t) shared; /* fingerprints by which it was met, same row */
} tally;

static void count_rows(tally *out, const hsy_listed *rows, ptrdiff_t count, hsy_arena *arena) {
  for (ptrdiff_t j = 0; j < count; j++) {
    if (hsy_keyset_add(&out->keys, rows[j].key, arena)) *hsy_push(&out->shared, arena) = 0;
    ptrdiff_t row = hsy_keyset_find(&out->keys, rows[j].key);
    if (row >= 0 && row < out->shared.len) out->shared.data[row]++;
  }
}

static bool is_among(const hsy_listed *rows, ptrdiff_t count, hsy_key key) {
  for (ptrdiff_t j = 0; j < count; j++)
    if (rows[j].key == key) return true;
  return false;
}

/* Who meets the article at each fingerprint: its representatives, or everybody
 * where the article is one itself. Stock phrases meet once; a passage of
 * 2 HSY_WINDOW + HSY_GRAM - 1 words meets twice or more. */
static bool count_meetings(const hsy_reuse *r, hsy_key key, const looked_up *known, tally *out, hsy_arena *arena,
                           hsy_arena scratch, hsy_error *err) {
  const table *t = &known->table;
  bool mostly_idle = is_mostly_idle(t);
  uint64_t *whole = hsy_new(&scratch, uint64_t, t->count + 1);
  ptrdiff_t whole_count = 0;
  if (!whole) return hsy_arena_check(scratch, "reuse", err);
  for (ptrdiff_t i = 0; i < t->count; i++) {
    if (is_idle(t->standing[i]) && !mostly_idle) continue;
    const hsy_listed *rows = known->lists.rows.data + known->lists.first[i];
    ptrdiff_t count = known->lists.first[i + 1] - known->lists.first[i];
    ptrdiff_t some = count < HSY_REPRESENTATIVES ? count : HSY_REPRESENTATIVES;
    if (count > some && !t->standing[i].common && is_among(rows, some, key))
      whole[whole_count++] = t->prints[i];
    else
      count_rows(out, rows, some, arena);
  }
  hsy_lists all;
  if (whole_count && !hsy_reuse_lists(r, whole, whole_count, HSY_ALL, &all, &scratch, err)) return false;
  if (whole_count) count_rows(out, all.rows.data, all.rows.len, arena);
  return hsy_arena_check(*arena, "reuse", err);
}

static bool find_candidates(const hsy_reuse *r, hsy_key key, const looked_up *known, hsy_keyset *out, hsy_arena *arena,
                            hsy_arena scratch, hsy_error *err) {
  enum { MEETINGS = 2 };
  hsy_arena room = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  tally met = {0};
  if (!count_meetings(r, key, known, &met, &scratch, room, err)) return false;
  for (ptrdiff_t i = 0; i < met.shared.len; i++)
    if (met.shared.data[i] >= MEETINGS) hsy_keyset_add(out, met.keys.keys.data[i], arena);
  return hsy_arena_check(*arena, "reuse", err);
}

/* ---- comparing ---- */

/* The lesser key is always the left side: the result must not depend on who
 * came first. */
static bool compare_pair(hsy_reuse *r, const hsy_article *x, const hsy_article *y, hsy_arena scratch, hsy_error *err) {
  const hsy_article *a = x->key < y->key ? x : y, *b = a == x ? y : x;
  hsy_arena room = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  hsy_comparison comparison;
  if (!hsy_compare(a, b, &comparison, &scratch, room, err)) return false;
  if (!comparison.whole && !comparison.part) return true;
  hsy_pair pair = {a->key, b->key, hsy_note_encode_pair(&comparison, &scratch)};
  hsy_keyset_add(&r->touched, a->key, &r->change);
  hsy_keyset_add(&r->touched, b->key, &r->change);
  r->counts.pairs++;
  return hsy_arena_check(scratch, "reuse", err) && hsy_arena_check(r->change, "reuse", err) &&
         r->index.put_pairs(r->index.context, &pair, 1, err);
}

/* Two of one batch may meet from either side, or from one alone. */
static uint64_t pair_hash(hsy_key a, hsy_key b) { return a < b ? hsy_hash_mix(a, b) : hsy_hash_mix(b, a); }

static bool compare_all(hsy_reuse *r, const hsy_article *article, const hsy_keyset *candidates, hsy_keyset *done,
                        hsy_arena scratch, hsy_error *err) {
  uint64_t compared = 0;
  for (ptrdiff_t i = 0; i < candidates->keys.len; i++) {
    hsy_key key = candidates->keys.data[i];
    if (key == article->key || !hsy_keyset_add(done, pair_hash(key, article->key), &r->batch)) continue;
    const hsy_article *other = hsy_reuse_cached(r, key, err);
    if (!other && err->code) return false;
    if (!other) continue;
    compared++;
    if (!compare_pair(r, article, other, scratch, err)) return false;
  }
  r->counts.candidates += compared;
  if (compared > r->counts.most_candidates) r->counts.most_candidates = compared;
  return true;
}

/* done: hashes of the pairs that were compared in this update. */
static bool compare_one(hsy_reuse *r, hsy_key key, hsy_keyset *done, hsy_arena scratch, hsy_error *err) {
  hsy_article article;
  hsy_reuse_note note;
  looked_up found = {0};
  hsy_keyset candidates = {0};
  bool there;
  hsy_arena room = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  if (!hsy_reuse_load(r, key, &article, &note, &there, &scratch, err)) return false;
  if (!there) return true;
  return look_up(r, &article, note.mark, &found, &scratch, err) &&
         find_candidates(r, key, &found, &candidates, &scratch, room, err) &&
         compare_all(r, &article, &candidates, done, room, err);
}

/* ---- the batch ---- */

static void say_common(hsy_reuse *r) {
  char message[160];
  if (!r->common_now || !r->options.log) return;
  snprintf(message, sizeof message,
           "%td fingerprints stand in more than about %d documents: text that common makes no copy by itself",
           r->common_now, HSY_COMMON_FROM);
  r->options.log(r->options.user, message);
  r->common_now = 0;
}

/* Who of `dirty` is in the index and not in the batch. */
static bool compare_again(hsy_reuse *r, hsy_keyset *done, hsy_arena *scratch, hsy_error *err) {
  for (ptrdiff_t i = 0; i < r->dirty.keys.len; i++) {
    hsy_key key = r->dirty.keys.data[i];
    if (hsy_keyset_find(&r->pending_keys, key) >= 0) continue;
    if (!refresh(r, key, *scratch, err) || !hsy_reuse_part(r, key, err)) return false;
  }
  hsy_reuse_cache_reset(r); /* flags changed */
  for (ptrdiff_t i = 0; i < r->dirty.keys.len; i++) {
    hsy_key key = r->dirty.keys.data[i];
    if (hsy_keyset_find(&r->pending_keys, key) >= 0) continue;
    if (!compare_one(r, key, done, *scratch, err)) return false;
    r->counts.again++;
  }
  return true;
}

static bool update(hsy_reuse *r, hsy_error *err) {
  hsy_arena scratch = r->scratch;
  hsy_arena own = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 4);
  table t = {0};
  hsy_keyset done = {0};
  if (r->postings.len) qsort(r->postings.data, (size_t)r->postings.len, sizeof *r->postings.data, by_fingerprint);
  if (!stand(r, &t, &own, scratch, err) || !write_new_notes(r, &t, scratch, err)) return false;
  if (!r->index.put(r->index.context, r->postings.data, r->postings.len, err)) return false;
  if (!compare_again(r, &done, &scratch, err)) return false;
  for (ptrdiff_t i = 0; i < r->pending.len; i++)
    if (!compare_one(r, r->pending.data[i].key, &done, scratch, err)) return false;
  return hsy_arena_check(r->batch, "reuse", err);
}

bool hsy_reuse_update(hsy_reuse *r, hsy_error *err) {
  hsy_error own = {0};
  bool ok = update(r, &own);
  if (!ok) hsy_fail(err, own.code ? own.code : HSY_NO_MEMORY, "reuse", own.offset, "%s", own.message);
  r->scratch = hsy_heap_reset(r->scratch_heap);
  r->batch = hsy_heap_reset(r->batch_heap);
  memset(&r->pending, 0, sizeof r->pending);
  memset(&r->postings, 0, sizeof r->postings);
  r->pending_keys = (hsy_keyset){0};
  r->dirty = (hsy_keyset){0};
  say_common(r);
  return ok;
}
