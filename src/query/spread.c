#include "query/spread.h"

#include "store/index.h"

typedef struct place {
  uint64_t group; /* of copies; 0: none */
  bool original;  /* the likely original of it */
} place;

static bool find_places(const hsy_spread *spread, place *places, hsy_error *err) {
  for (ptrdiff_t i = 0; i < spread->reports.len; i++) {
    hsy_key original, key = hsy_store_key_of(spread->reports.data[i].document_id);
    if (!hsy_store_copy_of(spread->store, key, &places[i].group, &original, err)) return false;
    places[i].original = places[i].group && original == key;
  }
  return true;
}

/* The earlier report of the same article, or NONE. */
static int32_t same_article(const hsy_spread *spread, int32_t at) {
  for (int32_t i = 0; i < at; i++)
    if (spread->reports.data[i].document == spread->reports.data[at].document) return i;
  return HSY_NONE;
}

/* The report that the others of the group are copies of. */
static int32_t head_of(const hsy_spread *spread, const place *places, uint64_t group) {
  int32_t first = HSY_NONE;
  for (int32_t i = 0; i < spread->reports.len; i++) {
    if (places[i].group != group) continue;
    if (places[i].original) return i;
    if (first == HSY_NONE) first = i;
  }
  return first;
}

static void tell_roles(hsy_spread *spread, const place *places) {
  for (int32_t i = 0; i < spread->reports.len; i++) {
    hsy_spread_report *role = &spread->roles[i];
    *role = (hsy_spread_report){HSY_REPORT_OWN, same_article(spread, i)};
    if (role->from != HSY_NONE) {
      role->role = HSY_REPORT_AGAIN;
    } else if (places[i].group) {
      int32_t head = head_of(spread, places, places[i].group);
      bool copies = spread->reports.data[head].document != spread->reports.data[i].document;
      if (copies) *role = (hsy_spread_report){HSY_REPORT_COPY, head};
    }
  }
  if (spread->reports.len == 0) return;
  int32_t first = spread->roles[0].role == HSY_REPORT_COPY ? spread->roles[0].from : 0;
  if (spread->roles[first].role == HSY_REPORT_OWN) spread->roles[first].role = HSY_REPORT_FIRST;
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
  place *places = hsy_new(&scratch, place, spread->reports.len);
  spread->roles = hsy_new(arena, hsy_spread_report, spread->reports.len);
  if (!hsy_arena_check(scratch, "query", err) || !hsy_arena_check(*arena, "query", err)) return false;
  if (!find_places(spread, places, err)) return false;
  tell_roles(spread, places);
  return hsy_spread_variants(&spread->reports, &spread->variants, arena, scratch, err);
}

const char *hsy_report_role_name(hsy_report_role role) {
  static const char *const NAMES[] = {"own", "first", "copy", "again"};
  return NAMES[role];
}
