/* What a person put right, applied to the claims that were found (link/story.h).
 *
 * Corrections name rows, and hold for all rows of their statements. A claim
 * with two statements that are not about one is parted: each of its other
 * statements goes with the one of the two that it is liker to. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/bound.h"
#include "link/story.h"

enum { ABSENT = -1 };

/* ---- marks → rows ---- */

typedef struct looked {
  uint64_t key;
  int32_t mark;
} looked;

typedef HSY_VEC(looked) looked_vec;

static uint64_t key_of_words(hsy_str document, hsy_str words) {
  return hsy_hash_mix(hsy_hash(document), hsy_hash(words));
}

static int compare_looked(const void *a, const void *b) {
  const looked *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->mark > y->mark) - (x->mark < y->mark);
}

static ptrdiff_t first_with(const looked_vec *list, uint64_t key) {
  hsy_bound half = {.high = list->len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, list->data[half.middle].key < key);
  return half.low;
}

/* The marks of all corrections in one list; rows[i] is the row of mark i, or
 * ABSENT. One pass over the rows of the input. */
static int32_t *find_rows(const hsy_story *story, int32_t marks, hsy_arena *arena) {
  const hsy_link_input *input = story->input;
  int32_t *rows = hsy_new(arena, int32_t, marks), at = 0;
  bool *sure = hsy_new(arena, bool, marks); /* found by its id */
  looked_vec ids = {0}, words = {0};
  if (!rows || !sure) return NULL;
  for (int32_t i = 0; i < input->correction_count; i++) {
    for (int32_t k = 0; k < input->corrections[i].mark_count; k++, at++) {
      const hsy_claim_mark *mark = &input->corrections[i].marks[k];
      rows[at] = ABSENT;
      *hsy_push(&ids, arena) = (looked){hsy_hash(mark->id), at};
      *hsy_push(&words, arena) = (looked){key_of_words(mark->document, mark->words), at};
    }
  }
  if (hsy_arena_failed(*arena)) return NULL;
  qsort(ids.data, (size_t)ids.len, sizeof *ids.data, compare_looked);
  qsort(words.data, (size_t)words.len, sizeof *words.data, compare_looked);
  for (int32_t p = 0; p < story->count; p++) { /* in canonical order: the first of several counts */
    const hsy_link_row *row = hsy_story_row(story, p);
    uint64_t id = hsy_hash(row->id), said = key_of_words(input->documents[row->document].id, row->content);
    for (ptrdiff_t i = first_with(&ids, id); i < ids.len && ids.data[i].key == id; i++) {
      rows[ids.data[i].mark] = story->order[p];
      sure[ids.data[i].mark] = true;
    }
    for (ptrdiff_t i = first_with(&words, said); i < words.len && words.data[i].key == said; i++)
      if (!sure[words.data[i].mark] && rows[words.data[i].mark] == ABSENT) rows[words.data[i].mark] = story->order[p];
  }
  return rows;
}

/* ---- claims changed ---- */

static int compare_ints(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

/* By time, then id: in the story's order. */
static void sort_side(const hsy_story *story, hsy_index_vec *side) {
  for (ptrdiff_t i = 0; i < side->len; i++) side->data[i] = story->place[side->data[i]];
  if (side->len > 1) qsort(side->data, (size_t)side->len, sizeof *side->data, compare_ints);
  for (ptrdiff_t i = 0; i < side->len; i++) side->data[i] = story->order[side->data[i]];
}

static bool holds(const hsy_links *links, const hsy_index_vec *side, int32_t statement) {
  for (ptrdiff_t i = 0; i < side->len; i++)
    if (links->statement_of[side->data[i]] == statement) return true;
  return false;
}

static void take_out(const hsy_links *links, hsy_index_vec *side, int32_t statement) {
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < side->len; i++)
    if (links->statement_of[side->data[i]] != statement) side->data[kept++] = side->data[i];
  side->len = kept;
}

/* Two statements or more, for it where all are on one side. */
static bool is_claim(const hsy_links *links, hsy_claim *claim) {
  if (claim->pro.len == 0) {
    claim->pro = claim->con;
    claim->con = (hsy_index_vec){0};
  }
  if (claim->con.len) return true;
  for (ptrdiff_t i = 1; i < claim->pro.len; i++)
    if (links->statement_of[claim->pro.data[i]] != links->statement_of[claim->pro.data[0]]) return true;
  return false;
}

/* Id, gloss and reasons of a claim whose statements are others now. */
static void name_anew(const hsy_story *story, const hsy_links *links, hsy_claim *claim, hsy_arena *arena) {
  const hsy_link_row *rows = story->input->rows;
  hsy_str least = {0};
  bool told = false; /* the gloss is still somebody's words */
  for (int side = 0; side < 2; side++) {
    const hsy_index_vec *of = side ? &claim->con : &claim->pro;
    for (ptrdiff_t i = 0; i < of->len; i++) {
      hsy_str id = rows[of->data[i]].id;
      if (least.len == 0 || hsy_str_cmp(id, least) < 0) least = id;
      told = told || hsy_str_find(rows[of->data[i]].content, claim->about) >= 0;
    }
  }
  if (!told && claim->pro.len > 0) {
    hsy_str text = rows[links->statements.data[links->statement_of[claim->pro.data[0]]].clearest].content;
    bool that = hsy_str_starts_nocase(text, HSY_S("that "));
    claim->about = hsy_str_trim(that ? hsy_str_slice(text, sizeof "that", text.len) : text);
  }
  static const char NOTE[] = "; put right by a person";
  if (!hsy_str_ends(claim->why, hsy_str_of(NOTE)))
    claim->why = hsy_str_printf(arena, "%.*s%s", HSY_FMT(claim->why), NOTE);
  claim->id = hsy_hash_id(arena, (hsy_str[]){HSY_S("claim"), least, claim->about}, 3);
}

/* ---- not about one claim ---- */

/* How much two statements are about one proposition: the surest of their pairs. */
static float liking(const hsy_story *story, const hsy_links *links, int32_t a, int32_t b) {
  enum { LOOK = 24 };
  const hsy_index_vec *x = &links->statements.data[a].rows, *y = &links->statements.data[b].rows;
  float best = 0;
  for (ptrdiff_t i = 0; i < x->len && i < LOOK; i++) {
    for (ptrdiff_t k = 0; k < y->len && k < LOOK; k++) {
      const hsy_pair_score *p = hsy_story_pair(story, story->place[x->data[i]], story->place[y->data[k]]);
      if (p && p->same + p->opposite > best) best = p->same + p->opposite;
    }
  }
  return best;
}

/* What of the side is liker to the other statement goes over to `to`. */
static void part_side(const hsy_story *story, const hsy_links *links, hsy_index_vec *side, const int32_t pair[2],
                      hsy_index_vec *to, hsy_arena *arena) {
  ptrdiff_t kept = 0;
  int32_t last = ABSENT;
  bool goes = false;
  for (ptrdiff_t i = 0; i < side->len; i++) {
    int32_t row = side->data[i], statement = links->statement_of[row];
    if (statement != last) {
      goes = statement == pair[1] || (statement != pair[0] && liking(story, links, statement, pair[1]) >
                                                                  liking(story, links, statement, pair[0]));
      last = statement;
    }
    if (goes)
      *hsy_push(to, arena) = row;
    else
      side->data[kept++] = row;
  }
  side->len = kept;
}

static void part_claim(const hsy_story *story, hsy_links *links, int32_t claim, const int32_t pair[2],
                       hsy_arena *arena) {
  hsy_claim other = links->claims.data[claim];
  other.pro = other.con = (hsy_index_vec){0};
  part_side(story, links, &links->claims.data[claim].pro, pair, &other.pro, arena);
  part_side(story, links, &links->claims.data[claim].con, pair, &other.con, arena);
  name_anew(story, links, &links->claims.data[claim], arena);
  if (!is_claim(links, &other)) return;
  name_anew(story, links, &other, arena);
  *hsy_push(&links->claims, arena) = other;
}

static void keep_apart(const hsy_story *story, hsy_links *links, const int32_t *rows, hsy_arena *arena) {
  if (rows[0] == ABSENT || rows[1] == ABSENT) return;
  int32_t pair[2] = {links->statement_of[rows[0]], links->statement_of[rows[1]]};
  ptrdiff_t count = links->claims.len; /* those that are made here need no look */
  for (int32_t i = 0; i < count && pair[0] != pair[1]; i++) {
    const hsy_claim *c = &links->claims.data[i];
    bool one = holds(links, &c->pro, pair[0]) || holds(links, &c->con, pair[0]);
    bool two = holds(links, &c->pro, pair[1]) || holds(links, &c->con, pair[1]);
    if (one && two) part_claim(story, links, i, pair, arena);
  }
}

/* ---- sides ---- */

/* How many of the marks the claim holds: positive where on the sides that they
 * stood on, negative where those have changed places. */
static int agreement(const hsy_links *links, const hsy_claim *claim, const hsy_claim_correction *correction,
                     const int32_t *rows) {
  int same = 0, turned = 0;
  for (int32_t k = 1; k < correction->mark_count; k++) {
    if (rows[k] == ABSENT) continue;
    int32_t statement = links->statement_of[rows[k]];
    bool pro = holds(links, &claim->pro, statement), con = holds(links, &claim->con, statement);
    bool was_pro = correction->marks[k].side == HSY_SIDE_FOR;
    same += was_pro ? pro : con;
    turned += was_pro ? con : pro;
  }
  return same >= turned ? same : -turned;
}

static hsy_claim *claim_meant(const hsy_links *links, const hsy_claim_correction *correction, const int32_t *rows,
                              bool *turned) {
  hsy_claim *best = NULL;
  int most = 0;
  for (ptrdiff_t i = 0; i < links->claims.len; i++) {
    hsy_claim *claim = &links->claims.data[i];
    int how = agreement(links, claim, correction, rows), size = how < 0 ? -how : how;
    bool first = best && size == most && hsy_str_cmp(claim->id, best->id) < 0;
    if (size == 0 || size < most || (size == most && !first)) continue;
    best = claim;
    most = size;
    *turned = how < 0;
  }
  return best;
}

static void set_side(const hsy_story *story, hsy_links *links, const hsy_claim_correction *correction,
                     const int32_t *rows, hsy_arena *arena) {
  bool turned = false;
  hsy_claim *claim = rows[0] == ABSENT ? NULL : claim_meant(links, correction, rows, &turned);
  if (!claim) return;
  int32_t statement = links->statement_of[rows[0]];
  take_out(links, &claim->pro, statement);
  take_out(links, &claim->con, statement);
  bool pro = (correction->side == HSY_SIDE_FOR) != turned;
  hsy_index_vec *side = pro ? &claim->pro : &claim->con;
  const hsy_index_vec *all = &links->statements.data[statement].rows;
  for (ptrdiff_t i = 0; i < all->len && correction->side != HSY_SIDE_NONE; i++) *hsy_push(side, arena) = all->data[i];
  sort_side(story, side);
  name_anew(story, links, claim, arena);
}

void hsy_claims_correct(hsy_story *story, hsy_links *links, hsy_arena *arena) {
  const hsy_link_input *input = story->input;
  int32_t marks = 0, at = 0;
  for (int32_t i = 0; i < input->correction_count; i++) marks += input->corrections[i].mark_count;
  if (marks == 0) return;
  int32_t *rows = find_rows(story, marks, story->arena);
  if (!rows) return;
  for (int32_t i = 0; i < input->correction_count; i++) {
    const hsy_claim_correction *correction = &input->corrections[i];
    if (correction->kind == HSY_CLAIM_NOT_SAME && correction->mark_count >= 2)
      keep_apart(story, links, rows + at, arena);
    else if (correction->kind == HSY_CLAIM_SIDE && correction->mark_count >= 1)
      set_side(story, links, correction, rows + at, arena);
    at += correction->mark_count;
  }
  ptrdiff_t kept = 0; /* one statement alone is no claim */
  for (ptrdiff_t i = 0; i < links->claims.len; i++)
    if (is_claim(links, &links->claims.data[i])) links->claims.data[kept++] = links->claims.data[i];
  links->claims.len = kept;
}
