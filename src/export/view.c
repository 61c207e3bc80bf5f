#include "export/view.h"

#include "doc/identity.h"

enum { STEP = 64 };

static int32_t points_between(const hsy_doc *doc, ptrdiff_t start, ptrdiff_t end) {
  int32_t points = 0;
  for (ptrdiff_t i = start; i < end; i++) points += ((unsigned char)doc->text.data[i] & 0xC0) != 0x80;
  return points;
}

static int32_t *count_points(const hsy_doc *doc, hsy_arena *arena) {
  int32_t *points = hsy_new(arena, int32_t, doc->text.len / STEP + 1);
  for (ptrdiff_t k = 1; points && k <= doc->text.len / STEP; k++)
    points[k] = points[k - 1] + points_between(doc, (k - 1) * STEP, k * STEP);
  return points;
}

int32_t hsy_view_point(const hsy_view *view, int32_t byte) {
  ptrdiff_t at = byte < 0 ? 0 : byte;
  if (at > view->doc->text.len) at = view->doc->text.len;
  return view->points[at / STEP] + points_between(view->doc, at / STEP * STEP, at);
}

static int32_t *none(ptrdiff_t count, hsy_arena *arena) {
  int32_t *rows = hsy_new(arena, int32_t, count);
  for (ptrdiff_t i = 0; rows && i < count; i++) rows[i] = HSY_NONE;
  return rows;
}

/* Puts row in front of its attribution's list; called from the last row down. */
static void chain(const hsy_view *view, int32_t attribution, int32_t row, int32_t *first, int32_t *next) {
  if (attribution < 0 || attribution >= view->doc->attributions.len) return;
  next[row] = first[attribution];
  first[attribution] = row;
}

static void chain_rows(hsy_view *view, hsy_arena *arena) {
  const hsy_doc *doc = view->doc;
  view->first_link = none(doc->attributions.len, arena);
  view->next_link = none(doc->links.len, arena);
  view->first_evidence = none(doc->attributions.len, arena);
  view->next_evidence = none(doc->evidence.len, arena);
  if (hsy_arena_failed(*arena)) return;
  for (int32_t i = (int32_t)doc->links.len - 1; i >= 0; i--)
    chain(view, doc->links.data[i].attribution, i, view->first_link, view->next_link);
  for (int32_t i = (int32_t)doc->evidence.len - 1; i >= 0; i--)
    chain(view, doc->evidence.data[i].attribution, i, view->first_evidence, view->next_evidence);
}

static hsy_str local_id(char letter, ptrdiff_t number, hsy_arena *arena) {
  char room[24], *at = room + sizeof room;
  do *--at = (char)('0' + number % 10);
  while (number /= 10);
  *--at = letter;
  return hsy_str_copy(arena, (hsy_str){at, room + sizeof room - at});
}

static hsy_str *local_ids(char letter, ptrdiff_t count, hsy_arena *arena) {
  hsy_str *ids = hsy_new(arena, hsy_str, count);
  for (ptrdiff_t i = 0; ids && i < count; i++) ids[i] = local_id(letter, i + 1, arena);
  return ids;
}

/* An entity that is known across documents goes by that one's id. */
static hsy_str *entity_ids(const hsy_doc *doc, hsy_str id, hsy_arena *arena) {
  hsy_str *ids = hsy_doc_entity_ids(doc, id, arena);
  for (ptrdiff_t i = 0; ids && i < doc->entities.len; i++)
    if (doc->entities.data[i].known_id.len) ids[i] = doc->entities.data[i].known_id;
  return ids;
}

bool hsy_view_init(hsy_view *view, const hsy_doc *doc, hsy_view_ids ids, hsy_arena *arena, hsy_error *err) {
  *view = (hsy_view){.doc = doc, .ids = ids, .id = hsy_doc_id(doc, arena), .place = hsy_doc_place(doc, arena)};
  bool local = ids == HSY_IDS_LOCAL;
  view->attribution_ids =
      local ? local_ids('a', doc->attributions.len, arena) : hsy_doc_attribution_ids(doc, view->id, arena);
  view->entity_ids = local ? local_ids('e', doc->entities.len, arena) : entity_ids(doc, view->id, arena);
  view->points = count_points(doc, arena);
  chain_rows(view, arena);
  return hsy_arena_check(*arena, "export", err);
}
