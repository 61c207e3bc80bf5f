#include "record/keymap.h"

static struct hsy_keymap_slot *slot_of(const hsy_keymap *map, int64_t key) {
  uint64_t mask = ((uint64_t)1 << map->bits) - 1, i = ((uint64_t)key * 0x9E3779B97F4A7C15u >> 17) & mask;
  while (map->slots[i].used && map->slots[i].key != key) i = (i + 1) & mask;
  return &map->slots[i];
}

static bool grow(hsy_keymap *map, hsy_arena *arena) {
  hsy_keymap old = *map;
  map->bits = old.slots ? old.bits + 1 : 8;
  map->slots = hsy_new(arena, struct hsy_keymap_slot, (ptrdiff_t)1 << map->bits);
  if (!map->slots) {
    *map = old;
    return false;
  }
  for (ptrdiff_t i = 0; old.slots && i < (ptrdiff_t)1 << old.bits; i++)
    if (old.slots[i].used) *slot_of(map, old.slots[i].key) = old.slots[i];
  return true;
}

int32_t *hsy_keymap_at(hsy_keymap *map, int64_t key, hsy_arena *arena) {
  bool full = !map->slots || 2 * (int64_t)(map->count + 1) > (int64_t)1 << map->bits;
  if (full && !grow(map, arena)) return &map->nowhere;
  struct hsy_keymap_slot *slot = slot_of(map, key);
  if (!slot->used) {
    slot->key = key;
    slot->used = true;
    slot->value = HSY_NONE;
    map->count++;
  }
  return &slot->value;
}

int32_t hsy_keymap_find(const hsy_keymap *map, int64_t key) {
  if (!map->slots) return HSY_NONE;
  const struct hsy_keymap_slot *slot = slot_of(map, key);
  return slot->used ? slot->value : HSY_NONE;
}
