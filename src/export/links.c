#include "export/links.h"

#include "export/corrections.h"
#include "export/spread.h"
#include "store/index.h"
#include "store/links.h"

typedef struct giving {
  hsy_store *store;
  hsy_arena arena;
  hsy_export_fn fn;
  void *user;
  hsy_error *err;
} giving;

static json_t *begin_row(hsy_json *json, const char *type, hsy_str id) {
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "type", hsy_json_z(json, type));
  hsy_json_set(json, row, "id", hsy_json_str(json, id));
  return row;
}

static json_t *strings(hsy_json *json, const hsy_str_vec *list) {
  json_t *array = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < list->len; i++) hsy_json_add(json, array, hsy_json_str(json, list->data[i]));
  return array;
}

static bool end_row(giving *g, hsy_json *json, json_t *row) {
  return g->fn(g->user, json, row, g->err) && g->err->code == HSY_OK;
}

static bool give_entity(void *user, const hsy_stored_entity *entity) {
  hsy_json json = {0};
  json_t *row = begin_row(&json, "entity", entity->id);
  hsy_json_set(&json, row, "name", hsy_json_str(&json, entity->name));
  hsy_json_set(&json, row, "kind", hsy_json_str(&json, entity->kind));
  hsy_json_set(&json, row, "titles", strings(&json, &entity->titles));
  hsy_json_set(&json, row, "aliases", strings(&json, &entity->aliases));
  return end_row(user, &json, row);
}

static bool give_statement(void *user, const hsy_stored_statement *statement) {
  giving *g = user;
  hsy_arena beside = g->arena, scratch = hsy_arena_split(&beside, (size_t)(beside.end - beside.next) / 2);
  hsy_json json = {0};
  hsy_stored_report_vec reports = {0};
  hsy_variants variants = {.base = HSY_NONE};
  bool several = statement->reports.len > 1;
  if (several && (!hsy_store_reports(g->store, statement->key, &reports, &beside, g->err) ||
                  !hsy_spread_variants(&reports, &variants, &beside, scratch, g->err)))
    return false;
  json_t *row = hsy_export_statement(&json, statement);
  hsy_json_set(&json, row, "variants", hsy_export_variants(&json, &reports, &variants));
  return end_row(g, &json, row);
}

static bool give_claim(void *user, const hsy_stored_claim *claim) {
  hsy_json json = {0};
  json_t *row = begin_row(&json, "claim", claim->id);
  hsy_json_set(&json, row, "about", hsy_json_str(&json, claim->about));
  hsy_json_set(&json, row, "for", strings(&json, &claim->pro));
  hsy_json_set(&json, row, "against", strings(&json, &claim->con));
  hsy_json_set(&json, row, "why", hsy_json_str(&json, claim->why));
  hsy_json_set(&json, row, "confidence", hsy_json_rate(&json, claim->confidence));
  return end_row(user, &json, row);
}

static bool give_conflicts(void *user, const hsy_stored_claim *claim) {
  giving *g = user;
  for (ptrdiff_t i = 0; i < claim->conflicts.len; i++) {
    const hsy_stored_conflict *conflict = &claim->conflicts.data[i];
    hsy_arena scratch = g->arena;
    hsy_json json = {0};
    json_t *row = begin_row(&json, "conflict", hsy_str_printf(&scratch, "%.*s.%td", HSY_FMT(claim->id), i + 1));
    json_t *sides = hsy_json_array(&json);
    hsy_json_add(&json, sides, hsy_json_str(&json, conflict->one));
    hsy_json_add(&json, sides, hsy_json_str(&json, conflict->other));
    hsy_json_set(&json, row, "claim", hsy_json_str(&json, claim->id));
    hsy_json_set(&json, row, "attributions", sides);
    hsy_json_set(&json, row, "relation", hsy_json_str(&json, conflict->relation));
    hsy_json_set(&json, row, "confidence", hsy_json_rate(&json, conflict->confidence));
    if (!end_row(g, &json, row)) return false;
  }
  return true;
}

static bool give_shift(void *user, const hsy_stored_shift *shift) {
  hsy_json json = {0};
  json_t *row = begin_row(&json, "shift", shift->id), *speakers = hsy_json_array(&json);
  if (shift->speaker_id.len) hsy_json_add(&json, speakers, hsy_json_str(&json, shift->speaker_id));
  hsy_json_set(&json, row, "speaker", hsy_json_str_or_null(&json, shift->speaker));
  hsy_json_set(&json, row, "speakers", speakers);
  hsy_json_set(&json, row, "claim", hsy_json_str(&json, shift->claim));
  hsy_json_set(&json, row, "before", hsy_json_str(&json, shift->before));
  hsy_json_set(&json, row, "after", hsy_json_str(&json, shift->after));
  hsy_json_set(&json, row, "why", hsy_json_str(&json, shift->why));
  hsy_json_set(&json, row, "confidence", hsy_json_rate(&json, shift->confidence));
  return end_row(user, &json, row);
}

static bool give_copy(void *user, const hsy_copy_group *group) {
  giving *g = user;
  hsy_json json = {0};
  json_t *row = hsy_export_copy(&json, g->store, group, false, g->arena, g->err);
  return end_row(g, &json, row);
}

/* ---- what people put right ---- */

static bool give_corrections(giving *g, hsy_arena arena) {
  hsy_stored_correction_vec rows = {0};
  if (!hsy_store_corrections(g->store, &rows, &arena, g->err)) return false;
  for (ptrdiff_t i = 0; i < rows.len; i++) {
    hsy_json json = {0};
    if (!end_row(g, &json, hsy_export_correction(&json, &rows.data[i], g->arena))) return false;
  }
  return true;
}

static bool give_claim_corrections(giving *g, hsy_arena arena) {
  hsy_claim_correction_vec rows = {0};
  if (!hsy_store_claim_corrections(g->store, &rows, &arena, g->err)) return false;
  for (ptrdiff_t i = 0; i < rows.len; i++) {
    hsy_json json = {0};
    if (!end_row(g, &json, hsy_export_claim_correction(&json, &rows.data[i], g->arena))) return false;
  }
  return true;
}

static bool give_reviews(giving *g, hsy_arena arena) {
  hsy_review_vec rows = {0};
  if (!hsy_store_reviews(g->store, &(hsy_review_which){0}, &rows, &arena, g->err)) return false;
  for (ptrdiff_t i = 0; i < rows.len; i++) {
    hsy_json json = {0};
    if (!end_row(g, &json, hsy_export_review(&json, &rows.data[i], g->arena))) return false;
  }
  return true;
}

/* Lists that are read and what a row needs besides lie side by side. */
bool hsy_export_links(hsy_store *store, hsy_arena arena, hsy_export_fn fn, void *user, hsy_error *err) {
  hsy_arena beside = hsy_arena_split(&arena, (size_t)(arena.end - arena.next) / 2);
  giving g = {.store = store, .arena = beside, .fn = fn, .user = user, .err = err};
  return hsy_store_entities(store, give_entity, &g, arena, err) &&
         hsy_store_statements(store, give_statement, &g, arena, err) &&
         hsy_store_claims(store, give_claim, &g, arena, err) &&
         hsy_store_claims(store, give_conflicts, &g, arena, err) &&
         hsy_store_shifts(store, give_shift, &g, arena, err) && hsy_store_copies(store, give_copy, &g, arena, err) &&
         give_corrections(&g, arena) && give_claim_corrections(&g, arena) && give_reviews(&g, arena);
}
