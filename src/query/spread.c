#include "query/spread.h"

#include <stdlib.h>

#include "store/index.h"

typedef struct place {
  uint64_t key;  /* the article, or its group of copies */
  int32_t at;    /* report */
  bool original; /* the likely original of the group */
} place;

static int by_key(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  if (x->original != y->original) return x->original ? -1 : 1;
  return (x->at > y->at) - (x->at < y->at);
}

/* heads[i]: the first report that has i's key; NONE where the key is 0. */
static void find_heads(place *places, ptrdiff_t count, int32_t *heads) {
  if (count) qsort(places, (size_t)count, sizeof *places, by_key);
  for (ptrdiff_t i = 0, head = 0; i < count; i++) {
    if (places[i].key != places[head].key) head = i;
    heads[places[i].at] = places[i].key ? places[head].at : HSY_NONE;
  }
}

static bool find_groups(const hsy_spread *spread, place *places, hsy_error *err) {
  for (ptrdiff_t i = 0; i < spread->reports.len; i++) {
    hsy_key original, key = hsy_store_key_of(spread->reports.data[i].document_id);
    if (!hsy_store_copy_of(spread->store, key, &places[i].key, &original, err)) return false;
    places[i].at = (int32_t)i;
    places[i].original = places[i].key && original == key;
  }
  return true;
}

static hsy_spread_report role_of(int32_t at, const int32_t *articles, const int32_t *groups) {
  if (articles[at] != at) return (hsy_spread_report){HSY_REPORT_AGAIN, articles[at]};
  int32_t head = groups[at];
  bool copies = head != HSY_NONE && articles[head] != at;
  return copies ? (hsy_spread_report){HSY_REPORT_COPY, head} : (hsy_spread_report){HSY_REPORT_OWN, HSY_NONE};
}

static bool tell_roles(hsy_spread *spread, hsy_arena scratch, hsy_error *err) {
  ptrdiff_t count = spread->reports.len;
  place *places = hsy_new(&scratch, place, count);
  int32_t *articles = hsy_new(&scratch, int32_t, count), *groups = hsy_new(&scratch, int32_t, count);
  if (!hsy_arena_check(scratch, "query", err)) return false;
  for (ptrdiff_t i = 0; i < count; i++)
    places[i] = (place){.key = (uint64_t)spread->reports.data[i].document, .at = (int32_t)i};
  find_heads(places, count, articles);
  if (!find_groups(spread, places, err)) return false;
  find_heads(places, count, groups);
  for (int32_t i = 0; i < count; i++) spread->roles[i] = role_of(i, articles, groups);
  if (count == 0) return true;
  int32_t first = spread->roles[0].role == HSY_REPORT_COPY ? spread->roles[0].from : 0;
  if (spread->roles[first].role == HSY_REPORT_OWN) spread->roles[first].role = HSY_REPORT_FIRST;
  return true;
}

bool hsy_spread_variants(const hsy_stored_report_vec *reports, hsy_variants *variants, hsy_arena *arena,
                         hsy_arena scratch, hsy_error *err) {
  hsy_wording *wordings = hsy_new(&scratch, hsy_wording, reports->len);
  for (ptrdiff_t i = 0; wordings && i < reports->len; i++)
    wordings[i] = (hsy_wording){reports->data[i].content, reports->data[i].kind};
  return hsy_arena_check(scratch, "query", err) &&
         hsy_variants_find(wordings, (int32_t)reports->len, variants, arena, scratch, err);
}

bool hsy_spread_load(hsy_store *store, int64_t statement, hsy_spread *spread, hsy_arena *arena, hsy_arena scratch,
                     hsy_error *err) {
  bool found;
  *spread = (hsy_spread){.store = store, .match = -1};
  if (!hsy_store_statement(store, statement, &spread->statement, &found, arena, err) ||
      !hsy_store_reports(store, statement, &spread->reports, arena, err))
    return false;
  if (!found) return hsy_fail(err, HSY_NOT_FOUND, "query", -1, "there is no such statement");
  spread->roles = hsy_new(arena, hsy_spread_report, spread->reports.len);
  if (!hsy_arena_check(*arena, "query", err) || !tell_roles(spread, scratch, err)) return false;
  return hsy_spread_variants(&spread->reports, &spread->variants, arena, scratch, err);
}

const char *hsy_report_role_name(hsy_report_role role) {
  static const char *const NAMES[] = {"own", "first", "copy", "again"};
  return NAMES[role];
}
