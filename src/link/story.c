#include "link/story.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"

/* qsort has no user data: what rows are sorted by is laid out beside them. */
typedef struct sort_row {
  hsy_str day, document, id;
  int32_t start, row;
} sort_row;

static int compare_rows(const void *a, const void *b) {
  const sort_row *x = a, *y = b;
  int by = hsy_str_cmp(x->day, y->day);
  if (by == 0) by = hsy_str_cmp(x->document, y->document);
  if (by == 0) by = (x->start > y->start) - (x->start < y->start);
  return by ? by : hsy_str_cmp(x->id, y->id);
}

static void order_rows(hsy_story *story) {
  sort_row *rows = hsy_new(story->arena, sort_row, story->count + 1);
  if (!rows || !story->order || !story->place) return;
  for (int32_t i = 0; i < story->count; i++) {
    const hsy_link_row *row = &story->input->rows[i];
    const hsy_link_document *doc = &story->input->documents[row->document];
    rows[i] = (sort_row){doc->published, doc->id, row->id, row->start, i};
  }
  qsort(rows, (size_t)story->count, sizeof *rows, compare_rows);
  for (int32_t i = 0; i < story->count; i++) {
    story->order[i] = rows[i].row;
    story->place[rows[i].row] = i;
  }
}

const hsy_link_row *hsy_story_row(const hsy_story *story, int32_t at) { return &story->input->rows[story->order[at]]; }

bool hsy_story_same_speaker(const hsy_story *story, int32_t a, int32_t b) {
  const hsy_link_row *x = hsy_story_row(story, a), *y = hsy_story_row(story, b);
  for (int32_t i = 0; i < x->speaker_count; i++)
    for (int32_t j = 0; j < y->speaker_count; j++)
      if (x->speakers[i] == y->speakers[j]) return true;
  return false;
}

hsy_str hsy_story_day(const hsy_story *story, int32_t at) {
  const hsy_link_row *row = hsy_story_row(story, at);
  if (row->said_on.len > 0) return row->said_on;
  hsy_str day = story->input->documents[row->document].published;
  return hsy_str_slice(day, 0, day.len < 10 ? day.len : 10);
}

bool hsy_story_read(hsy_story *story, const hsy_link_input *input, const hsy_link_lists *lists, hsy_arena *arena,
                    hsy_error *err) {
  *story = (hsy_story){.input = input, .lists = lists, .arena = arena, .count = input->row_count};
  story->order = hsy_new(arena, int32_t, story->count + 1);
  story->place = hsy_new(arena, int32_t, story->count + 1);
  story->readings = hsy_new(arena, hsy_reading, story->count + 1);
  if (!hsy_arena_check(*arena, "link", err)) return false;
  order_rows(story);
  story->props_arena = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 4 * 3);
  for (int32_t i = 0; i < story->count && !hsy_arena_failed(*arena); i++) {
    const hsy_link_row *row = hsy_story_row(story, i);
    hsy_read_words(input, row, lists, &story->readings[i], arena);
    hsy_read_props(row, i, &story->readings[i], &story->props, &story->props_arena);
  }
  return hsy_arena_check(*arena, "link", err);
}

/* ---- rarity ---- */

static hsy_key_count *rarity_slot(const hsy_story *story, uint64_t key) {
  uint64_t mask = ((uint64_t)1 << story->rarity_bits) - 1, i = (key * 0x9E3779B97F4A7C15u >> 20) & mask;
  while (story->rarity[i].count && story->rarity[i].key != key) i = (i + 1) & mask;
  return &story->rarity[i];
}

/* Rows whose wording stands in an earlier row already: copies count once. */
static bool *find_repeats(const hsy_story *story, int32_t *distinct) {
  int bits = 4;
  while (((ptrdiff_t)1 << bits) < 2 * (ptrdiff_t)story->count) bits++;
  uint64_t *seen = hsy_new(story->arena, uint64_t, (ptrdiff_t)1 << bits);
  bool *repeats = hsy_new(story->arena, bool, story->count + 1);
  *distinct = 0;
  if (!seen || !repeats) return NULL;
  for (int32_t i = 0; i < story->count; i++) {
    uint64_t mask = ((uint64_t)1 << bits) - 1, hash = hsy_hash(hsy_story_row(story, i)->content) | 1,
             at = hash >> 7 & mask;
    while (seen[at] && seen[at] != hash) at = (at + 1) & mask;
    repeats[i] = seen[at] != 0;
    *distinct += !repeats[i];
    seen[at] = hash;
  }
  return repeats;
}

void hsy_story_weigh(hsy_story *story) {
  int32_t distinct;
  const bool *repeats = find_repeats(story, &distinct);
  ptrdiff_t keys = 0;
  for (int32_t i = 0; i < story->count; i++) keys += story->readings[i].count;
  story->rarity_bits = 6;
  while (((ptrdiff_t)1 << story->rarity_bits) < 2 * keys) story->rarity_bits++;
  story->rarity = hsy_new(story->arena, hsy_key_count, (ptrdiff_t)1 << story->rarity_bits);
  int32_t *seen = hsy_new(story->arena, int32_t, (ptrdiff_t)1 << story->rarity_bits);
  if (!story->rarity || !seen || !repeats) return;
  for (int32_t i = 0; i < story->count; i++) {
    for (int32_t k = 0; k < story->readings[i].count && !repeats[i]; k++) {
      const hsy_link_word *w = &story->readings[i].words[k];
      if (w->kind != HSY_WORD_PLAIN && w->kind != HSY_WORD_NAME) continue;
      hsy_key_count *slot = rarity_slot(story, w->key);
      slot->key = w->key;
      if (slot->count && seen[slot - story->rarity] == i + 1) continue;
      seen[slot - story->rarity] = i + 1;
      slot->count++;
    }
  }
  const hsy_link_input *input = story->input;
  for (ptrdiff_t i = 0; input->count_of && i < (ptrdiff_t)1 << story->rarity_bits; i++) {
    hsy_key_count *slot = &story->rarity[i];
    int32_t all = slot->count ? input->count_of(input->user, slot->key) : 0;
    if (all > slot->count) slot->count = all;
  }
  story->distinct = distinct > input->corpus_rows ? distinct : input->corpus_rows;
  story->log_count = log(story->distinct + 2.0);
}

double hsy_story_weight(const hsy_story *story, uint64_t key) {
  const hsy_key_count *slot = rarity_slot(story, key);
  double weight = log((story->distinct + 2.0) / (slot->count + 1.0)) / story->log_count;
  return weight < 0.1 ? 0.1 : weight;
}

void hsy_story_weigh_props(hsy_story *story) {
  for (ptrdiff_t i = 0; i < story->props.len; i++) {
    hsy_prop *p = &story->props.data[i];
    for (int k = 0; k < p->keys; k++) p->weight[k] = hsy_story_weight(story, p->key[k]) * p->share[k] / 100;
    p->event_weight = hsy_story_weight(story, p->event);
    p->unit_weight = hsy_story_weight(story, p->unit);
  }
}
