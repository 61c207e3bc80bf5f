#include "base/keyset.h"

#include <stdlib.h>

static uint64_t slot_of(const hsy_keyset *set, uint64_t key) {
  uint64_t at = key * 0x9E3779B97F4A7C15u >> 20 & set->mask;
  while (set->slots[at] && set->keys.data[set->slots[at] - 1] != key) at = (at + 1) & set->mask;
  return at;
}

ptrdiff_t hsy_keyset_find(const hsy_keyset *set, uint64_t key) {
  return set->slots ? (ptrdiff_t)set->slots[slot_of(set, key)] - 1 : -1;
}

static bool grow(hsy_keyset *set, hsy_arena *arena) {
  uint64_t size = set->slots ? 2 * (set->mask + 1) : 64;
  uint32_t *slots = hsy_new(arena, uint32_t, (ptrdiff_t)size);
  if (!slots) return false;
  set->slots = slots;
  set->mask = size - 1;
  for (ptrdiff_t i = 0; i < set->keys.len; i++) slots[slot_of(set, set->keys.data[i])] = (uint32_t)i + 1;
  return true;
}

bool hsy_keyset_add(hsy_keyset *set, uint64_t key, hsy_arena *arena) {
  if (!set->slots || (uint64_t)set->keys.len * 3 > set->mask * 2)
    if (!grow(set, arena)) return false;
  uint64_t at = slot_of(set, key);
  if (set->slots[at]) return false;
  ptrdiff_t row = set->keys.len;
  *hsy_push(&set->keys, arena) = key;
  if (set->keys.len > row) set->slots[at] = (uint32_t)row + 1;
  return true;
}

int hsy_key_cmp(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}
