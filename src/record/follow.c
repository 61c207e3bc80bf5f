#include "record/follow.h"

#include "store/index.h"

void hsy_follow_init(hsy_follow *follow, hsy_store *store) {
  *follow = (hsy_follow){.store = store, .index = hsy_store_index(store)};
}

void hsy_follow_reset(hsy_follow *follow) {
  hsy_reuse_free(follow->reuse);
  follow->reuse = NULL;
}

void hsy_follow_log(hsy_follow *follow, void (*log)(void *user, const char *message), void *user) {
  follow->options = (hsy_reuse_options){.log = log, .user = user};
}

static bool ready(hsy_follow *follow, hsy_error *err) {
  if (!follow->reuse) follow->reuse = hsy_reuse_new(&follow->index, &follow->options, err);
  return follow->reuse;
}

bool hsy_follow_come(hsy_follow *follow, const hsy_reuse_document *document, hsy_error *err) {
  return ready(follow, err) && hsy_reuse_add(follow->reuse, document, err);
}

bool hsy_follow_leave(hsy_follow *follow, hsy_str id, hsy_error *err) {
  return ready(follow, err) && hsy_reuse_remove(follow->reuse, hsy_store_key_of(id), err);
}

bool hsy_follow_finish(hsy_follow *follow, hsy_error *err) {
  if (!follow->reuse) return true;
  return hsy_reuse_update(follow->reuse, err) && hsy_reuse_finish(follow->reuse, err);
}
