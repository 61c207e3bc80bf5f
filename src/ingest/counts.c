#include "ingest/counts.h"

#include "store/part.h"

enum { UNKNOWN = -1, FIRST_BITS = 12 };

static bool is_free(const struct hsy_count *slot) { return slot->here == 0 && slot->all == 0; }

static struct hsy_count *slot_of(const hsy_counts *counts, uint64_t key) {
  uint64_t mask = ((uint64_t)1 << counts->bits) - 1, at = (key * 0x9E3779B97F4A7C15u >> 20) & mask;
  while (!is_free(&counts->slots[at]) && counts->slots[at].key != key) at = (at + 1) & mask;
  return &counts->slots[at];
}

/* A table twice as large where the old one is half full; the old one is left. */
static bool grow(hsy_counts *counts) {
  if (counts->slots && 2 * counts->used < (int32_t)1 << counts->bits) return true;
  hsy_counts old = *counts;
  counts->bits = old.slots ? old.bits + 1 : FIRST_BITS;
  counts->slots = hsy_new(counts->arena, struct hsy_count, (ptrdiff_t)1 << counts->bits);
  if (!counts->slots) {
    *counts = old;
    return false;
  }
  for (ptrdiff_t i = 0; old.slots && i < (ptrdiff_t)1 << old.bits; i++)
    if (!is_free(&old.slots[i])) *slot_of(counts, old.slots[i].key) = old.slots[i];
  return true;
}

static struct hsy_count *slot_for(hsy_counts *counts, uint64_t key) {
  if (!grow(counts)) return NULL;
  struct hsy_count *slot = slot_of(counts, key);
  if (is_free(slot)) {
    *slot = (struct hsy_count){.key = key, .all = UNKNOWN};
    counts->used++;
  }
  return slot;
}

void hsy_counts_add(hsy_counts *counts, uint64_t key) {
  struct hsy_count *slot = slot_for(counts, key);
  if (slot) slot->here++;
}

bool hsy_counts_write(hsy_counts *counts) {
  for (ptrdiff_t i = 0; counts->slots && i < (ptrdiff_t)1 << counts->bits; i++) {
    struct hsy_count *slot = &counts->slots[i];
    if (slot->here > 0) slot->all = hsy_part_count_more(counts->store, slot->key, slot->here, counts->err);
  }
  return counts->err->code == HSY_OK;
}

int32_t hsy_counts_of(hsy_counts *counts, uint64_t key) {
  struct hsy_count *slot = slot_for(counts, key);
  if (!slot) return 0;
  if (slot->all == UNKNOWN) {
    int32_t all = hsy_part_count(counts->store, key, counts->err);
    slot->all = all ? all : 1; /* it stands in the row that asks */
  }
  return slot->all;
}
