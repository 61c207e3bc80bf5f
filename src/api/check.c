#include "api/give.h"
#include "record/relink.h"
#include "store/check.h"

typedef struct giving {
  hearsay_row_fn on_row;
  void *user;
  uint64_t wrong;
  hsy_error *err;
} giving;

static bool give_check(void *user, const hsy_store_check_row *row) {
  giving *g = user;
  hsy_json json = {0};
  json_t *object = hsy_json_object(&json);
  hsy_json_set(&json, object, "check", hsy_json_z(&json, row->name));
  hsy_json_set(&json, object, "about", hsy_json_z(&json, row->about));
  hsy_json_set(&json, object, "wrong", hsy_json_int(&json, row->wrong));
  hsy_json_set(&json, object, "repaired", hsy_json_bool(&json, row->repaired));
  if (!row->repaired) g->wrong += (uint64_t)row->wrong;
  return hsy_give_row(&json, object, g->on_row, g->user, g->err);
}

HEARSAY_API bool hearsay_check(hearsay_store *store, bool repair, hearsay_row_fn on_row, void *user, uint64_t *wrong,
                               hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  giving g = {on_row, user, 0, &inner};
  if (hsy_store_check((hsy_store *)store, repair, give_check, &g, &inner) && repair && !g.wrong)
    hsy_relink((hsy_store *)store, &inner);
  if (wrong) *wrong = g.wrong;
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_backup(hearsay_store *store, const char *path, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_store_backup((hsy_store *)store, path, &inner);
  return hsy_give_error(&inner, err);
}
