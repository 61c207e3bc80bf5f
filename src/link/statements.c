/* Attributions that report one utterance (link/story.h). */
#include <stdlib.h>

#include "base/hash.h"
#include "link/cluster.h"
#include "link/story.h"

static int32_t clearer(const hsy_story *story, int32_t a, int32_t b) {
  int32_t points[2], rows[2] = {a, b};
  for (int k = 0; k < 2; k++) {
    const hsy_reading *r = &story->readings[rows[k]];
    points[k] = hsy_story_row(story, rows[k])->headline ? -2 : 0;
    for (int32_t i = 0; i < r->count; i++) {
      points[k] += r->words[i].kind == HSY_WORD_PLAIN || r->words[i].kind == HSY_WORD_NAME;
      points[k] -= r->words[i].is_speaker;
    }
  }
  return points[1] > points[0] ? b : a;
}

static int32_t independent(const hsy_story *story, const hsy_statement *s, hsy_arena scratch) {
  uint64_t *seen = hsy_new(&scratch, uint64_t, s->rows.len);
  int32_t count = 0;
  if (!seen) return 1;
  for (ptrdiff_t i = 0; i < s->rows.len; i++) {
    const hsy_link_row *row = &story->input->rows[s->rows.data[i]];
    const hsy_link_document *doc = &story->input->documents[row->document];
    uint64_t who = doc->copies ? doc->copies : hsy_hash_mix(hsy_hash(doc->id), 7);
    bool known = false;
    for (int32_t k = 0; k < count && k < 256; k++) known = known || seen[k] == who;
    if (!known) seen[count++] = who;
  }
  return count;
}

static hsy_str day_of(const hsy_story *story, int32_t row) {
  hsy_str published = story->input->documents[story->input->rows[row].document].published;
  return published.len ? published : HSY_S("~");
}

/* All that a statement is beside its rows, here and nowhere else. */
static void finish(const hsy_story *story, hsy_statement *s, hsy_arena *arena, hsy_arena scratch) {
  int32_t clearest = story->place[s->rows.data[0]];
  hsy_str least = story->input->rows[s->rows.data[0]].id;
  for (ptrdiff_t i = 0; i < s->rows.len; i++) {
    const hsy_link_row *row = &story->input->rows[s->rows.data[i]];
    clearest = clearer(story, clearest, story->place[s->rows.data[i]]);
    if (hsy_str_cmp(row->id, least) < 0) least = row->id;
    if (row->said_on.len > s->said_on.len) s->said_on = row->said_on;
    hsy_str day = day_of(story, s->rows.data[i]);
    if (s->last.len == 0 || hsy_str_cmp(day, s->last) > 0) s->last = day;
    s->quoted += row->kind != HSY_INDIRECT;
  }
  s->clearest = story->order[clearest];
  s->first = s->rows.data[0];
  s->day = day_of(story, s->first);
  s->independent = independent(story, s, scratch);
  s->id = hsy_hash_id(arena, (hsy_str[]){HSY_S("statement"), least}, 2);
}

/* What was said on another day is another utterance. */
static bool days_fit(const hsy_story *story, const hsy_pair_score *p) {
  hsy_str x = hsy_story_row(story, p->one)->said_on, y = hsy_story_row(story, p->other)->said_on;
  return x.len == 0 || y.len == 0 || hsy_str_starts(x, y) || hsy_str_starts(y, x);
}

static bool is_negated(const hsy_reading *reading) {
  for (int32_t i = 0; i < reading->count; i++)
    if (reading->words[i].negates) return true;
  return false;
}

/* One denies what the other says: nobody does both in one breath. "Denied that he
 * sold it" and "I did not sell it" are no such two. */
static bool is_denied(const hsy_story *story, const hsy_pair_score *p) {
  hsy_str x = hsy_str_of(hsy_story_row(story, p->one)->stance), y = hsy_str_of(hsy_story_row(story, p->other)->stance);
  return hsy_str_eq(x, HSY_S("deny")) != hsy_str_eq(y, HSY_S("deny")) &&
         is_negated(&story->readings[p->one]) == is_negated(&story->readings[p->other]);
}

/* Opposites are never one statement, whatever words they share. */
static float utterance_score(const hsy_story *story, const hsy_pair_score *p) {
  static const float NEVER = -1000;
  return p->opposite > p->same || is_denied(story, p) || !days_fit(story, p) ? NEVER : hsy_log_odds(p->utterance);
}

static bool cluster(const hsy_story *story, int32_t *out, hsy_arena scratch) {
  hsy_edge_vec edges = {0};
  const float *bars = story->lists->model.bars;
  for (ptrdiff_t i = 0; i < story->scores.len; i++) {
    const hsy_pair_score *p = &story->scores.data[i];
    *hsy_push(&edges, &scratch) = (hsy_edge){p->one, p->other, utterance_score(story, p)};
  }
  return !hsy_arena_failed(scratch) &&
         hsy_cluster(story->count, &edges, bars[HSY_BAR_MISSING], bars[HSY_BAR_UTTERANCE], out, scratch);
}

void hsy_statements_find(hsy_story *story, hsy_links *links, hsy_arena *arena) {
  int32_t n = story->count;
  story->statement = hsy_new(story->arena, int32_t, n + 1);
  links->statement_of = hsy_new(arena, int32_t, n + 1);
  hsy_arena scratch = *story->arena;
  int32_t *root = hsy_new(&scratch, int32_t, n + 1), *number = hsy_new(&scratch, int32_t, n + 1);
  if (!root || !number || !story->statement || !links->statement_of || !cluster(story, root, scratch)) return;
  for (int32_t i = 0; i < n; i++) {
    if (root[i] == i) {
      number[i] = (int32_t)links->statements.len;
      hsy_push(&links->statements, arena);
    }
    story->statement[i] = number[root[i]];
    links->statement_of[story->order[i]] = number[root[i]];
    if (hsy_arena_failed(*arena)) return;
    *hsy_push(&links->statements.data[number[root[i]]].rows, arena) = story->order[i];
  }
  for (ptrdiff_t i = 0; i < links->statements.len && !hsy_arena_failed(*arena); i++)
    finish(story, &links->statements.data[i], arena, scratch);
}
