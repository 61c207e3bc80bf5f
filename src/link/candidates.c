#include "link/candidates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "link/near.h"

/* ---- pages by the words of their rows and titles ---- */

static int compare_keys(const void *a, const void *b) {
  const hsy_page_word *x = a, *y = b;
  return (x->key > y->key) - (x->key < y->key);
}

static int compare_weights(const void *a, const void *b) {
  const hsy_page_word *x = a, *y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return compare_keys(a, b);
}

typedef HSY_VEC(hsy_page_word) word_vec;

/* Rare words with how often they are said; each once. */
static void gather_words(const hsy_story *story, const hsy_page *p, word_vec *all, hsy_arena *arena) {
  static const float LEAST = 0.45f;
  for (int32_t i = p->first; i < p->end; i++)
    for (int32_t k = 0; k < story->views[i].count; k++)
      if (story->views[i].weight[k] >= LEAST)
        *hsy_push(all, arena) = (hsy_page_word){story->views[i].key[k], story->views[i].weight[k]};
  const hsy_reading *r = &story->readings[p->first];
  for (int k = 0; k < r->title_keys; k++) {
    float weight = (float)hsy_story_weight(story, r->title_key[k]);
    if (weight >= LEAST) *hsy_push(all, arena) = (hsy_page_word){r->title_key[k], weight};
  }
  if (hsy_arena_failed(*arena) || all->len == 0) return;
  qsort(all->data, (size_t)all->len, sizeof *all->data, compare_keys);
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0, end; i < all->len; i = end) {
    for (end = i; end < all->len && all->data[end].key == all->data[i].key;) end++;
    all->data[kept++] = (hsy_page_word){all->data[i].key, all->data[i].weight * (1 + logf((float)(end - i)))};
  }
  all->len = kept;
}

static void take_words(const hsy_story *story, hsy_page *p, hsy_arena scratch) {
  word_vec all = {0};
  gather_words(story, p, &all, &scratch);
  if (hsy_arena_failed(scratch)) return;
  if (all.len > 1) qsort(all.data, (size_t)all.len, sizeof *all.data, compare_weights);
  p->words = all.len < HSY_PAGE_WORDS ? (int32_t)all.len : HSY_PAGE_WORDS;
  double squares = 1e-9;
  for (int32_t i = 0; i < p->words; i++) squares += (double)all.data[i].weight * all.data[i].weight;
  for (int32_t i = 0; i < p->words; i++)
    p->word[i] = (hsy_page_word){all.data[i].key, all.data[i].weight / (float)sqrt(squares)};
  qsort(p->word, (size_t)p->words, sizeof *p->word, compare_keys);
}

hsy_page *hsy_pages_find(const hsy_story *story, int32_t *count, hsy_arena *arena) {
  *count = 0;
  for (int32_t i = 0; i < story->count; i++)
    *count += i == 0 || hsy_story_row(story, i)->document != hsy_story_row(story, i - 1)->document;
  hsy_page *pages = hsy_new(arena, hsy_page, *count + 1);
  int32_t n = -1;
  for (int32_t i = 0; pages && i < story->count; i++) {
    if (i == 0 || hsy_story_row(story, i)->document != hsy_story_row(story, i - 1)->document) pages[++n].first = i;
    pages[n].end = i + 1;
  }
  for (int32_t i = 0; pages && i < *count; i++) take_words(story, &pages[i], *arena);
  return pages;
}

float hsy_pages_like(const hsy_page *a, const hsy_page *b) {
  static const float LEAST = 0.06f;
  float sum = 0;
  for (int32_t i = 0, j = 0; i < a->words && j < b->words;) {
    if (a->word[i].key == b->word[j].key)
      sum += a->word[i++].weight * b->word[j++].weight;
    else if (a->word[i].key < b->word[j].key)
      i++;
    else
      j++;
  }
  return sum >= LEAST ? sum : 0;
}

/* ---- keys ---- */

/* Pages and rows lie under the same keys, and never meet one another. */
static uint64_t key_of_page(uint64_t word) { return hsy_hash_mix(word, 3); }

int hsy_page_keys(const hsy_page *page, uint64_t out[HSY_PAGE_KEYS]) {
  hsy_page_word words[HSY_PAGE_WORDS];
  memcpy(words, page->word, sizeof words);
  if (page->words > 1) qsort(words, (size_t)page->words, sizeof *words, compare_weights);
  int count = page->words < HSY_PAGE_KEYS ? page->words : HSY_PAGE_KEYS;
  for (int i = 0; i < count; i++) out[i] = key_of_page(words[i].key);
  return count;
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
int hsy_row_keys(const hsy_view *v, uint64_t out[HSY_ROW_KEYS]) {
  enum { RAREST = 5 };
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

bool hsy_pages_compare(int32_t rows, int32_t others, bool one_page, int32_t apart) {
  enum { MOST = 4096, BESIDE = 24 };
  bool long_ones = (int64_t)rows * others > MOST;
  return !long_ones || (one_page && apart <= BESIDE);
}

/* ---- all of a story at once ---- */

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

/* Pairs of members that stand near one another under a key; each may come
 * several times. */
static bool meet(hsy_near_posting *postings, int32_t count, int32_t members, hsy_candidate_vec *out, hsy_arena *arena,
                 hsy_arena scratch) {
  hsy_near near;
  if (!hsy_near_init(&near, postings, count, members, &scratch)) return false;
  for (int32_t i = 0; i < members; i++) {
    for (int32_t k = near.first[i]; k < near.first[i + 1]; k++) {
      int32_t others[HSY_LOOK], found = hsy_near_before(&near, near.places[k], HSY_LOOK, others);
      for (int32_t j = 0; j < found; j++) *hsy_push(out, arena) = (hsy_candidate){others[j], i};
    }
  }
  return !hsy_arena_failed(*arena);
}

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

static bool meet_pages(const hsy_page *pages, int32_t count, hsy_candidate_vec *out, hsy_arena *arena,
                       hsy_arena scratch) {
  hsy_near_posting *postings = hsy_new(&scratch, hsy_near_posting, (ptrdiff_t)count * HSY_PAGE_KEYS + 1);
  int32_t n = 0;
  for (int32_t i = 0; postings && i < count; i++) {
    uint64_t keys[HSY_PAGE_KEYS];
    int found = hsy_page_keys(&pages[i], keys);
    for (int k = 0; k < found; k++) postings[n++] = (hsy_near_posting){keys[k], i};
  }
  hsy_arena more = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  hsy_candidate_vec met = {0};
  likely_vec list = {0};
  if (!postings || !meet(postings, n, count, &met, &scratch, more)) return false;
  keep_each_once(&met);
  for (ptrdiff_t i = 0; i < met.len; i++) {
    float like = hsy_pages_like(&pages[met.data[i].one], &pages[met.data[i].other]);
    if (like <= 0) continue;
    *hsy_push(&list, &more) = (likely){met.data[i].one, met.data[i].other, like};
    *hsy_push(&list, &more) = (likely){met.data[i].other, met.data[i].one, like};
  }
  if (hsy_arena_failed(more)) return false;
  if (list.len > 1) qsort(list.data, (size_t)list.len, sizeof *list.data, compare_likely);
  for (ptrdiff_t i = 0, taken = 0; i < list.len; i++) {
    const likely *l = &list.data[i];
    if (i > 0 && l->page != list.data[i - 1].page) taken = 0;
    if (taken++ >= HSY_LIKEST) continue;
    *hsy_push(out, arena) =
        l->page < l->other ? (hsy_candidate){l->page, l->other} : (hsy_candidate){l->other, l->page};
  }
  for (int32_t i = 0; i < count; i++) *hsy_push(out, arena) = (hsy_candidate){i, i};
  if (hsy_arena_failed(*arena)) return false;
  keep_each_once(out);
  return true;
}

static void pair_pages(const hsy_page *a, const hsy_page *b, hsy_candidate_vec *out, hsy_arena *arena) {
  int32_t rows = a->end - a->first, others = b->end - b->first;
  for (int32_t i = a->first; i < a->end; i++) {
    for (int32_t j = a == b ? i + 1 : b->first; j < b->end; j++) {
      if (!hsy_pages_compare(rows, others, a == b, j - i)) break;
      *hsy_push(out, arena) = i < j ? (hsy_candidate){i, j} : (hsy_candidate){j, i};
    }
  }
}

static bool meet_rows(const hsy_story *story, hsy_candidate_vec *out, hsy_arena *arena, hsy_arena scratch) {
  hsy_near_posting *postings = hsy_new(&scratch, hsy_near_posting, (ptrdiff_t)story->count * HSY_ROW_KEYS + 1);
  int32_t n = 0;
  for (int32_t i = 0; postings && i < story->count; i++) {
    uint64_t keys[HSY_ROW_KEYS];
    int count = hsy_row_keys(&story->views[i], keys);
    for (int k = 0; k < count; k++) postings[n++] = (hsy_near_posting){keys[k], i};
  }
  return postings && meet(postings, n, story->count, out, arena, scratch);
}

bool hsy_candidates_find(const hsy_story *story, hsy_candidate_vec *out, hsy_arena *arena) {
  hsy_arena scratch = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 2);
  hsy_arena more = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 2);
  hsy_candidate_vec near = {0};
  int32_t count;
  hsy_page *pages = hsy_pages_find(story, &count, &scratch);
  if (!pages || !meet_pages(pages, count, &near, &scratch, more)) return false;
  for (ptrdiff_t i = 0; i < near.len; i++) pair_pages(&pages[near.data[i].one], &pages[near.data[i].other], out, arena);
  if (!meet_rows(story, out, arena, more) || hsy_arena_failed(*arena)) return false;
  keep_each_once(out);
  return true;
}
