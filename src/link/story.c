#include "link/story.h"

#include <stdlib.h>

#include "base/bound.h"
#include "link/candidates.h"
#include "link/pair_scores.h"
#include "temporal/calendar.h"

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

int32_t hsy_story_days_apart(const hsy_story *story, int32_t a, int32_t b) {
  hsy_moment x = hsy_moment_read(hsy_story_day(story, a)), y = hsy_moment_read(hsy_story_day(story, b));
  if (x.grain != HSY_GRAIN_DAY || y.grain != HSY_GRAIN_DAY) return -1;
  int64_t apart = hsy_moment_first(x) - hsy_moment_first(y);
  return (int32_t)(apart < 0 ? -apart : apart);
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

double hsy_story_weight(const hsy_story *story, uint64_t key) { return hsy_rarity_weight(&story->lists->rarity, key); }

void hsy_story_weigh_props(hsy_story *story) {
  for (ptrdiff_t i = 0; i < story->props.len; i++) {
    hsy_prop *p = &story->props.data[i];
    for (int k = 0; k < p->keys; k++) p->weight[k] = hsy_story_weight(story, p->key[k]) * p->share[k] / 100;
    p->event_weight = hsy_story_weight(story, p->event);
    p->unit_weight = hsy_story_weight(story, p->unit);
  }
}

/* ---- scores ---- */

bool hsy_story_score(hsy_story *story) {
  hsy_candidate_vec pairs = {0};
  const hsy_pair_model *model = &story->lists->model;
  hsy_arena scratch = hsy_arena_split(story->arena, (size_t)(story->arena->end - story->arena->next) / 2);
  if (!hsy_candidates_find(story, &pairs, &scratch)) return false;
  hsy_pair_score *scores = hsy_new(story->arena, hsy_pair_score, pairs.len + 1);
  if (!scores || !hsy_pairs_score(story, pairs.data, pairs.len, scores, scratch)) return false;
  story->scores = (hsy_pair_score_vec){scores, 0, pairs.len + 1};
  for (ptrdiff_t i = 0; i < pairs.len; i++)
    if (hsy_pair_counts(model, &scores[i])) scores[story->scores.len++] = scores[i];
  return true;
}

const hsy_pair_score *hsy_story_pair(const hsy_story *story, int32_t a, int32_t b) {
  int32_t one = a < b ? a : b, other = a < b ? b : a;
  hsy_bound half = {.high = story->scores.len};
  while (hsy_bound_open(&half)) {
    const hsy_pair_score *p = &story->scores.data[half.middle];
    hsy_bound_cut(&half, p->one < one || (p->one == one && p->other < other));
  }
  ptrdiff_t low = half.low;
  const hsy_pair_score *p = low < story->scores.len ? &story->scores.data[low] : NULL;
  return p && p->one == one && p->other == other ? p : NULL;
}
