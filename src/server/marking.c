#include "server/marking.h"

#include <jansson.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static const char *text(const json_t *body, const char *key) { return json_string_value(json_object_get(body, key)); }

static bool keep_row(void *user, const char *json, size_t len) {
  hsy_text *body = user;
  hsy_text_add(body, json, len);
  return !body->failed;
}

static bool take(hearsay_store *store, const json_t *body, hsy_text *row, hearsay_error *err) {
  const json_t *back = json_object_get(body, "back");
  hearsay_mark mark = {.kind = text(body, "kind"),
                       .target = text(body, "target"),
                       .verdict = text(body, "verdict"),
                       .field = text(body, "field"),
                       .value = text(body, "value"),
                       .reviewer = text(body, "reviewer")};
  if (!back) return hearsay_review(store, &mark, keep_row, row, err);
  hsy_text_printf(row, "{\"type\": \"review\", \"back\": %lld}", (long long)json_integer_value(back));
  return hearsay_review_back(store, json_integer_value(back), err);
}

hsy_reply hsy_marking_take(hsy_request *request) {
  hearsay_error err = {.offset = -1};
  const char *type = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Content-Type");
  if (!type || strncmp(type, "application/json", strlen("application/json")) != 0)
    return hsy_reply_problem(415, "send the mark as application/json");
  json_t *body = json_loadb(request->upload.data ? request->upload.data : "", request->upload.len, 0, NULL);
  bool sound = json_is_object(body) && (json_is_integer(json_object_get(body, "back")) ||
                                        (text(body, "kind") && text(body, "target") && text(body, "verdict")));
  if (!sound) {
    json_decref(body);
    return hsy_reply_problem(400,
                             "a mark is a JSON object with kind, target and verdict, or with the number to take back");
  }
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = "application/json"};
  hsy_stores_handle *handle = hsy_stores_take(request->serve->stores, &err);
  bool ok = false;
  if (handle) {
    pthread_mutex_lock(&one_at_a_time);
    hearsay_store *store = hsy_stores_store(handle);
    ok = take(store, body, &reply.body, &err) && hearsay_review_settle(store, &err);
    pthread_mutex_unlock(&one_at_a_time);
    hsy_stores_give(request->serve->stores, handle);
  }
  json_decref(body);
  if (ok) return reply;
  hsy_text_free(&reply.body);
  return hsy_reply_problem(hsy_reply_status_of(&err), err.message);
}
