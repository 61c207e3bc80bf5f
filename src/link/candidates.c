#include "link/candidates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "link/near.h"

static int compare_candidates(const void *a, const void *b) {
  const hsy_candidate *x = a, *y = b;
  return x->one != y->one ? x->one - y->one : x->other - y->other;
}

static void keep_each_once(hsy_candidate_vec *pairs) {
  if (pairs->len < 2) return;
  qsort(pairs->data, (size_t)pairs->len, sizeof *pairs->data, compare_candidates);
  ptrdiff_t kept = 1;
  for (ptrdiff_t i = 1; i < pairs->len; i++)
    if (compare_candidates(&pairs->data[i], &pairs->data[kept - 1]) != 0) pairs->data[kept++] = pairs->data[i];
  pairs->len = kept;
}

/* ---- documents by the words of their rows and titles ---- */

typedef struct word_weight {
  uint64_t key;
  float weight;
} word_weight;

typedef struct page {
  int32_t first, end; /* rows by place */
  int32_t words;
  word_weight word[HSY_DOCUMENT_WORDS]; /* by key */
  uint64_t copies;
} page;

static int compare_keys(const void *a, const void *b) {
  const word_weight *x = a, *y = b;
  return (x->key > y->key) - (x->key < y->key);
}

static int compare_weights(const void *a, const void *b) {
  const word_weight *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return compare_keys(a, b);
}

/* The words that tell most of the document: rare, and said often in it. */
static void profile(const hsy_story *story, page *p, hsy_arena scratch) {
  static const float LEAST = 0.45f;
  HSY_VEC(word_weight) all = {0};
  for (int32_t i = p->first; i < p->end; i++)
    for (int32_t k = 0; k < story->views[i].count; k++)
      if (story->views[i].weight[k] >= LEAST)
        *hsy_push(&all, &scratch) = (word_weight){story->views[i].key[k], story->views[i].weight[k]};
  const hsy_reading *r = &story->readings[p->first];
  for (int k = 0; k < r->title_keys; k++) {
    float weight = (float)hsy_story_weight(story, r->title_key[k]);
    if (weight >= LEAST) *hsy_push(&all, &scratch) = (word_weight){r->title_key[k], weight};
  }
  if (hsy_arena_failed(scratch)) return;
  if (all.len > 1) qsort(all.data, (size_t)all.len, sizeof *all.data, compare_keys);
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0, end; i < all.len; i = end) {
    for (end = i; end < all.len && all.data[end].key == all.data[i].key;) end++;
    all.data[kept++] = (word_weight){all.data[i].key, all.data[i].weight * (1 + logf((float)(end - i)))};
  }
  if (kept > 1) qsort(all.data, (size_t)kept, sizeof *all.data, compare_weights);
  p->words = kept < HSY_DOCUMENT_WORDS ? (int32_t)kept : HSY_DOCUMENT_WORDS;
  double squares = 1e-9;
  for (int32_t i = 0; i < p->words; i++) squares += (double)all.data[i].weight * all.data[i].weight;
  for (int32_t i = 0; i < p->words; i++)
    p->word[i] = (word_weight){all.data[i].key, all.data[i].weight / (float)sqrt(squares)};
  qsort(p->word, (size_t)p->words, sizeof *p->word, compare_keys);
}

static float likeness(const page *a, const page *b) {
  float sum = 0;
  for (int32_t i = 0, j = 0; i < a->words && j < b->words;) {
    if (a->word[i].key == b->word[j].key)
      sum += a->word[i++].weight * b->word[j++].weight;
    else if (a->word[i].key < b->word[j].key)
      i++;
    else
      j++;
  }
  return sum;
}

static page *make_pages(const hsy_story *story, int32_t *count, hsy_arena *arena, hsy_arena scratch) {
  *count = 0;
  for (int32_t i = 0; i < story->count; i++)
    *count += i == 0 || hsy_story_row(story, i)->document != hsy_story_row(story, i - 1)->document;
  page *pages = hsy_new(arena, page, *count + 1);
  int32_t n = -1;
  for (int32_t i = 0; pages && i < story->count; i++) {
    const hsy_link_row *row = hsy_story_row(story, i);
    if (i == 0 || row->document != hsy_story_row(story, i - 1)->document) {
      pages[++n].first = i;
      pages[n].copies = story->input->documents[row->document].copies;
    }
    pages[n].end = i + 1;
  }
  for (int32_t i = 0; pages && i < *count; i++) profile(story, &pages[i], scratch);
  return pages;
}

/* ---- which documents ---- */

typedef struct likely {
  int32_t page, other;
  float like;
} likely;

typedef HSY_VEC(likely) likely_vec;

static int compare_likely(const void *a, const void *b) {
  const likely *x = a, *y = b;
  if (x->page != y->page) return x->page - y->page;
  if (x->like != y->like) return x->like > y->like ? -1 : 1;
  return x->other - y->other;
}

static bool meet_pages(const page *pages, int32_t count, likely_vec *out, hsy_arena *arena, hsy_arena scratch) {
  static const float LEAST = 0.03f;
  ptrdiff_t words = 0;
  for (int32_t i = 0; i < count; i++) words += pages[i].words;
  hsy_near_posting *postings = hsy_new(&scratch, hsy_near_posting, words + 1);
  hsy_near near;
  int32_t n = 0;
  for (int32_t i = 0; postings && i < count; i++)
    for (int32_t k = 0; k < pages[i].words; k++) postings[n++] = (hsy_near_posting){pages[i].word[k].key, i};
  if (!postings || !hsy_near_init(&near, postings, n, count, &scratch)) return false;
  for (int32_t i = 0; i < count; i++) {
    for (int32_t k = near.first[i]; k < near.first[i + 1]; k++) {
      int32_t others[HSY_LOOK], found = hsy_near_before(&near, near.places[k], HSY_LOOK, others);
      for (int32_t j = 0; j < found; j++) {
        float like = likeness(&pages[i], &pages[others[j]]);
        if (like < LEAST) continue;
        *hsy_push(out, arena) = (likely){i, others[j], like};
        *hsy_push(out, arena) = (likely){others[j], i, like};
      }
    }
  }
  return !hsy_arena_failed(*arena);
}

/* Copies of one text tell nothing new of it: two of them are enough. */
static bool is_one_more_copy(const page *pages, const likely *list, int taken, const page *next) {
  int same = 0;
  for (int i = 0; i < taken && next->copies; i++) same += pages[list[i].other].copies == next->copies;
  return same >= 2;
}

static bool find_pages(const page *pages, int32_t count, hsy_candidate_vec *out, hsy_arena *arena, hsy_arena scratch) {
  likely_vec list = {0};
  hsy_arena more = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  if (!meet_pages(pages, count, &list, &scratch, more)) return false;
  if (list.len > 1) qsort(list.data, (size_t)list.len, sizeof *list.data, compare_likely);
  for (ptrdiff_t i = 0, end; i < list.len; i = end) {
    int taken = 0;
    likely chosen[HSY_NEIGHBOURS];
    for (end = i; end < list.len && list.data[end].page == list.data[i].page; end++) {
      if (taken == HSY_NEIGHBOURS || is_one_more_copy(pages, chosen, taken, &pages[list.data[end].other])) continue;
      chosen[taken++] = list.data[end];
      int32_t a = list.data[end].page, b = list.data[end].other;
      *hsy_push(out, arena) = a < b ? (hsy_candidate){a, b} : (hsy_candidate){b, a};
    }
  }
  for (int32_t i = 0; i < count; i++) *hsy_push(out, arena) = (hsy_candidate){i, i};
  if (hsy_arena_failed(*arena)) return false;
  keep_each_once(out);
  return true;
}

/* ---- rows ---- */

/* Of very long articles only what shares a key (pair_rows), or stands together. */
static void pair_pages(const page *a, const page *b, hsy_candidate_vec *out, hsy_arena *arena) {
  enum { MOST = 4096, BESIDE = 24 };
  bool long_ones = (ptrdiff_t)(a->end - a->first) * (b->end - b->first) > MOST;
  if (long_ones && a != b) return;
  for (int32_t i = a->first; i < a->end; i++) {
    int32_t end = long_ones && i + BESIDE < b->end ? i + BESIDE + 1 : b->end;
    for (int32_t j = a == b ? i + 1 : b->first; j < end; j++)
      *hsy_push(out, arena) = i < j ? (hsy_candidate){i, j} : (hsy_candidate){j, i};
  }
}

static int rarest(const hsy_view *v, int most, int32_t *out) {
  static const float LEAST = 0.4f;
  int count = 0;
  for (int32_t i = 0; i < v->count; i++) {
    if (v->weight[i] < LEAST) continue;
    if (count == most && v->weight[i] <= v->weight[out[most - 1]]) continue;
    int at = count < most ? count++ : most - 1;
    for (; at > 0 && v->weight[i] > v->weight[out[at - 1]]; at--) out[at] = out[at - 1];
    out[at] = i;
  }
  return count;
}

/* All words of the row, and any two of its rarest. */
static int row_keys(const hsy_view *v, uint64_t out[HSY_ROW_KEYS]) {
  enum { RAREST = 8 };
  int32_t rare[RAREST];
  int found = rarest(v, RAREST, rare), count = 0;
  uint64_t all = 17;
  for (int32_t i = 0; i < v->count; i++) all = hsy_hash_mix(all, v->key[i]);
  out[count++] = all;
  for (int i = 0; i < found; i++) {
    for (int k = i + 1; k < found && count < HSY_ROW_KEYS; k++) {
      uint64_t a = v->key[rare[i]], b = v->key[rare[k]];
      out[count++] = a < b ? hsy_hash_mix(a, b) : hsy_hash_mix(b, a);
    }
  }
  return count;
}

static bool pair_rows(const hsy_story *story, hsy_candidate_vec *out, hsy_arena *arena, hsy_arena scratch) {
  hsy_near_posting *postings = hsy_new(&scratch, hsy_near_posting, (ptrdiff_t)story->count * HSY_ROW_KEYS + 1);
  hsy_near near;
  int32_t n = 0;
  for (int32_t i = 0; postings && i < story->count; i++) {
    uint64_t keys[HSY_ROW_KEYS];
    int count = row_keys(&story->views[i], keys);
    for (int k = 0; k < count; k++) postings[n++] = (hsy_near_posting){keys[k], i};
  }
  if (!postings || !hsy_near_init(&near, postings, n, story->count, &scratch)) return false;
  for (int32_t i = 0; i < story->count; i++) {
    for (int32_t k = near.first[i]; k < near.first[i + 1]; k++) {
      int32_t others[HSY_LOOK], found = hsy_near_before(&near, near.places[k], HSY_LOOK, others);
      for (int32_t j = 0; j < found; j++) *hsy_push(out, arena) = (hsy_candidate){others[j], i};
    }
  }
  return !hsy_arena_failed(*arena);
}

bool hsy_candidates_find(const hsy_story *story, hsy_candidate_vec *out, hsy_arena *arena) {
  hsy_arena scratch = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 2);
  hsy_arena more = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  hsy_candidate_vec near = {0};
  int32_t count;
  page *pages = make_pages(story, &count, &scratch, more);
  if (!pages || !find_pages(pages, count, &near, &scratch, more)) return false;
  for (ptrdiff_t i = 0; i < near.len; i++)
    pair_pages(&pages[near.data[i].one], &pages[near.data[i].other], out, arena);
  if (!pair_rows(story, out, arena, more) || hsy_arena_failed(*arena)) return false;
  keep_each_once(out);
  return true;
}
