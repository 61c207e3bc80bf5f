#include "link/rarity.h"

#include <math.h>

#include "base/resource.h"

static hsy_key_count *slot_of(const hsy_rarity *rarity, uint64_t key) {
  uint64_t mask = ((uint64_t)1 << rarity->bits) - 1, i = (key * 0x9E3779B97F4A7C15u >> 20) & mask;
  while (rarity->slots[i].count && rarity->slots[i].key != key) i = (i + 1) & mask;
  return &rarity->slots[i];
}

static int32_t number_of(hsy_str text) {
  int32_t n = 0;
  for (ptrdiff_t i = 0; i < text.len && text.data[i] >= '0' && text.data[i] <= '9' && n < 100000000; i++)
    n = 10 * n + (text.data[i] - '0');
  return n;
}

bool hsy_rarity_load(hsy_rarity *rarity, uint64_t (*key_of)(const void *user, hsy_str word), const void *user,
                     hsy_arena *arena, hsy_error *err) {
  hsy_str bytes;
  if (!hsy_resource_find(HSY_S("lexicon/en/word_counts.txt"), &bytes))
    return hsy_fail(err, HSY_BAD_INPUT, "link", -1, "lexicon/en/word_counts.txt is not there");
  ptrdiff_t lines = 0;
  for (ptrdiff_t i = 0; i < bytes.len; i++) lines += bytes.data[i] == '\n';
  *rarity = (hsy_rarity){.bits = 6, .sentences = 1};
  while (((ptrdiff_t)1 << rarity->bits) < 2 * lines) rarity->bits++;
  rarity->slots = hsy_new(arena, hsy_key_count, (ptrdiff_t)1 << rarity->bits);
  if (!rarity->slots) return hsy_arena_check(*arena, "link", err);
  while (bytes.len > 0) {
    hsy_str count = hsy_str_cut(bytes, '\n', &bytes), word = hsy_str_cut(count, '\t', &count);
    if (word.len == 0 || word.data[0] == '#') continue;
    if (hsy_str_eq(word, HSY_S("*"))) {
      rarity->sentences = number_of(count);
      continue;
    }
    uint64_t key = key_of(user, word);
    hsy_key_count *slot = slot_of(rarity, key);
    slot->key = key;
    slot->count += number_of(count);
  }
  rarity->log_sentences = log(rarity->sentences + 2.0);
  return true;
}

double hsy_rarity_weight(const hsy_rarity *rarity, uint64_t key) {
  double weight = log((rarity->sentences + 2.0) / (slot_of(rarity, key)->count + 1.0)) / rarity->log_sentences;
  return weight < 0.1 ? 0.1 : weight > 1 ? 1 : weight;
}
