#include "export/corrections.h"

#include "base/hash.h"

json_t *hsy_export_correction(hsy_json *json, const hsy_stored_correction *correction, hsy_arena scratch) {
  const hsy_correction *what = &correction->what;
  hsy_str kind = hsy_str_of(hsy_correction_kind_name(what->kind));
  hsy_str parts[] = {HSY_S("correction"), kind, what->a, what->b};
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "type", hsy_json_z(json, "correction"));
  hsy_json_set(json, row, "id", hsy_json_str(json, hsy_hash_id(&scratch, parts, 4)));
  hsy_json_set(json, row, "kind", hsy_json_str(json, kind));
  hsy_json_set(json, row, "a", hsy_json_str(json, what->a));
  hsy_json_set(json, row, "b", hsy_json_str(json, what->b));
  json->failed = json->failed || hsy_arena_failed(scratch);
  return row;
}

static bool is_article(hsy_store *store, const hsy_correction *what, hsy_arena scratch, hsy_error *err) {
  hsy_key_vec keys = {0};
  if (what->kind == HSY_CORRECT_SPLIT) hsy_store_versions(store, what->b, &keys, &scratch, err);
  return keys.len > 0;
}

void hsy_export_correction_known(hsy_json *json, json_t *row, hsy_store *store, const hsy_stored_correction *correction,
                                 hsy_arena scratch, hsy_error *err) {
  json_t *unknown = hsy_json_array(json);
  const hsy_str names[] = {correction->what.a, correction->what.b};
  bool article = is_article(store, &correction->what, scratch, err);
  for (int i = 0; i < (article ? 1 : 2); i++) {
    bool known = true;
    hsy_store_name_known(store, names[i], &known, scratch, err);
    if (!known) hsy_json_add(json, unknown, hsy_json_str(json, names[i]));
  }
  hsy_json_set(json, row, "number", hsy_json_int(json, correction->number));
  hsy_json_set(json, row, "article", hsy_json_bool(json, article));
  hsy_json_set(json, row, "unknown", unknown);
}

static const char *const SIDES[] = {[HSY_SIDE_NONE] = "none", [HSY_SIDE_FOR] = "for", [HSY_SIDE_AGAINST] = "against"};

json_t *hsy_export_claim_correction(hsy_json *json, const hsy_claim_correction *correction, hsy_arena scratch) {
  bool side = correction->kind == HSY_CLAIM_SIDE;
  hsy_str parts[2] = {HSY_S("claim_correction"), correction->mark_count ? correction->marks[0].id : HSY_S("")};
  json_t *row = hsy_json_object(json), *marks = hsy_json_array(json);
  for (int32_t i = 0; i < correction->mark_count; i++) {
    const hsy_claim_mark *from = &correction->marks[i];
    json_t *mark = hsy_json_object(json);
    hsy_json_set(json, mark, "attribution", hsy_json_str(json, from->id));
    hsy_json_set(json, mark, "document", hsy_json_str(json, from->document));
    hsy_json_set(json, mark, "words", hsy_json_str(json, from->words));
    hsy_json_set(json, mark, "side", hsy_json_z(json, SIDES[from->side]));
    hsy_json_add(json, marks, mark);
  }
  hsy_json_set(json, row, "type", hsy_json_z(json, "claim_correction"));
  hsy_json_set(json, row, "id", hsy_json_str(json, hsy_hash_id(&scratch, parts, 2)));
  hsy_json_set(json, row, "kind", hsy_json_z(json, side ? "side" : "not-same"));
  hsy_json_set(json, row, "side", hsy_json_z(json, SIDES[correction->side]));
  hsy_json_set(json, row, "marks", marks);
  json->failed = json->failed || hsy_arena_failed(scratch);
  return row;
}

json_t *hsy_export_review(hsy_json *json, const hsy_review *review, hsy_arena scratch) {
  const hsy_str parts[] = {HSY_S("review"), review->kind, review->target, review->field, review->reviewer, review->at};
  const struct {
    const char *key;
    hsy_str value;
  } FIELDS[] = {{"kind", review->kind},         {"target", review->target}, {"verdict", review->verdict},
                {"field", review->field},       {"value", review->value},   {"was", review->was},
                {"now", review->now},           {"origin", review->origin}, {"words", review->words},
                {"reviewer", review->reviewer}, {"at", review->at}};
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "type", hsy_json_z(json, "review"));
  hsy_json_set(json, row, "id", hsy_json_str(json, hsy_hash_id(&scratch, parts, 6)));
  for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
    hsy_json_set(json, row, FIELDS[i].key, hsy_json_str_or_null(json, FIELDS[i].value));
  json->failed = json->failed || hsy_arena_failed(scratch);
  return row;
}
