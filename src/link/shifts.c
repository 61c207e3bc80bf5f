/* Who changed position: one speaker, or one body, on both sides of a claim in
 * time (link/story.h). */
#include <math.h>

#include "link/story.h"

/* Who a row speaks for: the body where the speaker has one. */
static int32_t body_of(const hsy_story *story, int32_t speaker) {
  int32_t body = story->input->speakers[speaker].body;
  return body != HSY_NONE ? body : speaker;
}

static int32_t only_speaker(const hsy_story *story, int32_t at) {
  const hsy_link_row *row = hsy_story_row(story, at);
  return row->speaker_count == 1 ? row->speakers[0] : HSY_NONE;
}

/* Words that say themselves that the side is new. */
static bool is_new(const hsy_story *story, int32_t at) {
  return hsy_str_eq(hsy_str_of(hsy_story_row(story, at)->stance), HSY_S("admit")) || story->readings[at].own;
}

/* -1 where a was said surely before b, 1 after, 0 where it cannot be told. */
static int order_of(const hsy_story *story, int32_t a, int32_t b) {
  hsy_str x = hsy_story_day(story, a), y = hsy_story_day(story, b);
  ptrdiff_t n = x.len < y.len ? x.len : y.len;
  int by = n > 0 ? hsy_str_cmp(hsy_str_slice(x, 0, n), hsy_str_slice(y, 0, n)) : 0;
  if (by != 0) return by;
  const hsy_link_row *p = hsy_story_row(story, a), *q = hsy_story_row(story, b);
  bool unknown = x.len == 0 || y.len == 0; /* then only the words can tell it */
  if (unknown && is_new(story, b) && !is_new(story, a)) return -1;
  if (unknown && is_new(story, a) && !is_new(story, b)) return 1;
  if (p->document == q->document && p->start < q->start && is_new(story, b) && !is_new(story, a)) return -1;
  return 0;
}

typedef struct change {
  int32_t before, after, speaker;
} change;

/* Whether `at` is a better row to tell the change with than `best`. */
static bool clearer(const hsy_story *story, int32_t at, int32_t best) {
  if (best == HSY_NONE) return true;
  return story->readings[best].referent != HSY_NONE && story->readings[at].referent == HSY_NONE;
}

enum { ROWS_A_SPEAKER = 128 };

/* The rows of one side by one speaker, or for one body; ROWS_A_SPEAKER at most. */
static int rows_by(const hsy_story *story, const hsy_index_vec *side, int32_t who, bool body,
                   int32_t out[ROWS_A_SPEAKER]) {
  int count = 0;
  for (ptrdiff_t i = 0; i < side->len && count < ROWS_A_SPEAKER; i++) {
    int32_t at = story->place[side->data[i]], speaker = only_speaker(story, at);
    if (speaker != HSY_NONE && (body ? body_of(story, speaker) : speaker) == who) out[count++] = at;
  }
  return count;
}

/* The last of one side that was said before the first of the other. */
static bool find_change(const hsy_story *story, const hsy_index_vec *one, const hsy_index_vec *two, int32_t who,
                        bool body, change *out) {
  int32_t left[ROWS_A_SPEAKER], right[ROWS_A_SPEAKER], before = HSY_NONE, after = HSY_NONE;
  int lefts = rows_by(story, one, who, body, left), rights = rows_by(story, two, who, body, right);
  for (int j = 0; j < rights; j++) {
    for (int i = 0; i < lefts; i++) {
      int32_t a = left[i], b = right[j];
      if (order_of(story, a, b) >= 0) continue;
      if (clearer(story, a, before) || (before != HSY_NONE && order_of(story, before, a) < 0)) before = a;
      if (clearer(story, b, after)) after = b;
    }
  }
  *out = (change){before, after, who};
  return before != HSY_NONE && after != HSY_NONE;
}

/* The chance that the two themselves stand on opposite sides; 0 where they were not compared. */
static float opposite_chance(const hsy_story *story, int32_t a, int32_t b) {
  int32_t one = a < b ? a : b, other = a < b ? b : a;
  for (ptrdiff_t i = 0; i < story->scores.len; i++)
    if (story->scores.data[i].one == one && story->scores.data[i].other == other) return story->scores.data[i].opposite;
  return 0;
}

static void add_shift(const hsy_story *story, hsy_links *links, int32_t claim, const change *c, hsy_arena *arena) {
  float surest = sqrtf(links->claims.data[claim].confidence * opposite_chance(story, c->before, c->after));
  if (is_new(story, c->after)) surest = 1 - (1 - surest) * 0.6f;
  if (surest < story->lists->model.bars[HSY_BAR_SHIFT]) return;
  for (ptrdiff_t i = links->shifts.len - 1; i >= 0 && links->shifts.data[i].claim == claim; i--)
    if (links->shifts.data[i].before == story->order[c->before] &&
        links->shifts.data[i].after == story->order[c->after])
      return; /* told already of the person */
  hsy_shift *shift = hsy_push(&links->shifts, arena);
  *shift = (hsy_shift){claim, c->speaker, story->order[c->before], story->order[c->after], 0, {0}};
  shift->confidence = surest;
  hsy_str x = hsy_story_day(story, c->before), y = hsy_story_day(story, c->after);
  shift->why = hsy_str_printf(arena, "%.*s: other side on %.*s than on %.*s",
                              HSY_FMT(story->input->speakers[c->speaker].name), HSY_FMT(y), HSY_FMT(x));
}

static void shifts_of(hsy_story *story, hsy_links *links, int32_t claim, hsy_arena *arena) {
  enum { MOST = 64 };
  const hsy_claim *c = &links->claims.data[claim];
  int32_t seen[MOST], count = 0;
  for (int body = 0; body < 2; body++) {
    for (ptrdiff_t i = 0; i < c->con.len + c->pro.len && count < MOST; i++) {
      int32_t row = i < c->con.len ? c->con.data[i] : c->pro.data[i - c->con.len];
      int32_t who = only_speaker(story, story->place[row]);
      if (who == HSY_NONE) continue;
      if (body) who = body_of(story, who);
      bool known = false;
      for (int32_t k = 0; k < count; k++) known = known || seen[k] == who;
      if (known) continue;
      change there, back;
      bool one = find_change(story, &c->con, &c->pro, who, body, &there);
      bool two = find_change(story, &c->pro, &c->con, who, body, &back);
      if (!one && !two) continue;
      seen[count++] = who;
      if (one && (!two || order_of(story, there.before, back.before) <= 0))
        add_shift(story, links, claim, &there, arena);
      else
        add_shift(story, links, claim, &back, arena);
    }
  }
}

void hsy_shifts_find(hsy_story *story, hsy_links *links, hsy_arena *arena) {
  for (int32_t i = 0; i < links->claims.len; i++) shifts_of(story, links, i, arena);
}
