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
