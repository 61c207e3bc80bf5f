#include "link/near.h"

#include <stdlib.h>

static int compare_postings(const void *a, const void *b) {
  const hsy_near_posting *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->member > y->member) - (x->member < y->member);
}

/* Buckets of a few postings each; a bucket is finished by an ordinary sort, so
 * that keys that were made to fall into one cost no more than that. */
static bool sort_postings(hsy_near_posting *postings, int32_t count, hsy_arena scratch) {
  int bits = 1;
  while (bits < 28 && ((int32_t)1 << bits) < count) bits++;
  int32_t buckets = (int32_t)1 << bits;
  int32_t *start = hsy_new(&scratch, int32_t, buckets + 1);
  hsy_near_posting *sorted = hsy_new(&scratch, hsy_near_posting, count + 1);
  if (!start || !sorted) return false;
  for (int32_t i = 0; i < count; i++) start[(postings[i].key >> (64 - bits)) + 1]++;
  for (int32_t b = 0; b < buckets; b++) start[b + 1] += start[b];
  for (int32_t i = 0; i < count; i++) sorted[start[postings[i].key >> (64 - bits)]++] = postings[i];
  for (int32_t i = 0, b = 0; b < buckets; i = start[b++])
    if (start[b] - i > 1) qsort(sorted + i, (size_t)(start[b] - i), sizeof *sorted, compare_postings);
  for (int32_t i = 0; i < count; i++) postings[i] = sorted[i];
  return true;
}

bool hsy_near_init(hsy_near *near, hsy_near_posting *postings, int32_t count, int32_t members, hsy_arena *arena) {
  *near = (hsy_near){.postings = postings,
                     .count = count,
                     .group = hsy_new(arena, int32_t, count + 1),
                     .first = hsy_new(arena, int32_t, members + 2),
                     .places = hsy_new(arena, int32_t, count + 1),
                     .seen = hsy_new(arena, int32_t, members + 1)};
  if (hsy_arena_failed(*arena) || !sort_postings(postings, count, *arena)) return false;
  for (int32_t i = 0; i < count; i++) near->first[postings[i].member + 2]++;
  for (int32_t m = 0; m < members; m++) near->first[m + 2] += near->first[m + 1];
  for (int32_t i = 0; i < count; i++) {
    near->group[i] = i > 0 && postings[i].key == postings[i - 1].key ? near->group[i - 1] : i;
    near->places[near->first[postings[i].member + 1]++] = i;
  }
  return true;
}

bool hsy_near_is_long(const hsy_near *near, int32_t posting, int32_t most) {
  int32_t end = near->group[posting] + most;
  return end < near->count && near->postings[end].key == near->postings[posting].key;
}

int32_t hsy_near_before(hsy_near *near, int32_t place, int32_t back, int32_t *out) {
  int32_t member = near->postings[place].member, count = 0;
  for (int32_t i = place - 1; i >= near->group[place] && i >= place - back; i--) {
    int32_t other = near->postings[i].member;
    if (other == member || near->seen[other] == member + 1) continue;
    near->seen[other] = member + 1;
    out[count++] = other;
  }
  return count;
}
