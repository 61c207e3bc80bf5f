/* What rows are found by for one another (link/link.h): the keys under which
 * statements.c and claims.c compare them. */
#include <stdlib.h>

#include "base/hash.h"
#include "link/reading.h"

typedef HSY_VEC(uint64_t) key_vec;

static int compare_keys(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* An event or a figure with what takes part in it; the content's words with
 * the speaker, and by twos without. */
static void add_prop(const hsy_prop *p, uint64_t speaker, key_vec *keys, hsy_arena *arena) {
  for (int k = 0; k < p->keys; k++) {
    if (p->kind == HSY_PROP_EVENT) *hsy_push(keys, arena) = hsy_hash_mix(p->key[k], p->event);
    if (p->kind == HSY_PROP_FIGURE) *hsy_push(keys, arena) = hsy_hash_mix(p->key[k], p->event + p->unit);
    if (p->kind == HSY_PROP_WHOLE && speaker) *hsy_push(keys, arena) = hsy_hash_mix(p->key[k], speaker);
    if (p->kind == HSY_PROP_WHOLE && k > 0)
      *hsy_push(keys, arena) = hsy_hash_mix(hsy_hash_mix(p->key[k - 1], p->key[k]), 13);
  }
}

bool hsy_link_keys(const hsy_link_input *input, int32_t row, const hsy_link_lists *lists, const uint64_t **out,
                   ptrdiff_t *count, hsy_arena *arena, hsy_error *err) {
  const hsy_link_row *r = &input->rows[row];
  hsy_reading reading;
  hsy_prop_vec props = {0};
  key_vec keys = {0};
  hsy_read_words(input, r, lists, &reading, arena);
  hsy_read_props(r, row, &reading, &props, arena);
  uint64_t speaker = r->speaker_count > 0 ? hsy_hash(input->speakers[r->speakers[0]].id) | 1 : 0;
  for (ptrdiff_t i = 0; i < props.len; i++) add_prop(&props.data[i], speaker, &keys, arena);
  *count = 0;
  if (!hsy_arena_check(*arena, "link", err)) return false;
  if (keys.len > 1) qsort(keys.data, (size_t)keys.len, sizeof *keys.data, compare_keys);
  for (ptrdiff_t i = 0; i < keys.len; i++)
    if (i == 0 || keys.data[i] != keys.data[i - 1]) keys.data[(*count)++] = keys.data[i];
  *out = keys.data;
  return true;
}
