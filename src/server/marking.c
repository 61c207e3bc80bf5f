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

static bool is_number(const json_t *body, const char *key) { return json_is_integer(json_object_get(body, key)); }

/* ---- marks ---- */

static bool is_mark(const json_t *body) {
  return is_number(body, "back") || (text(body, "kind") && text(body, "target") && text(body, "verdict"));
}

static bool take_mark(hearsay_store *store, const json_t *body, hsy_text *row, hearsay_error *err) {
  const json_t *back = json_object_get(body, "back");
  hearsay_mark mark = {.kind = text(body, "kind"),
                       .target = text(body, "target"),
                       .verdict = text(body, "verdict"),
                       .field = text(body, "field"),
                       .value = text(body, "value"),
                       .reviewer = text(body, "reviewer")};
  bool ok;
  if (back) {
    hsy_text_printf(row, "{\"type\": \"review\", \"back\": %lld}", (long long)json_integer_value(back));
    ok = hearsay_review_back(store, json_integer_value(back), err);
  } else {
    ok = hearsay_review(store, &mark, keep_row, row, err);
  }
  return ok && hearsay_review_settle(store, err);
}

/* ---- answers about doubles ---- */

static bool is_answer(const json_t *body) {
  bool answer = text(body, "one") && text(body, "other") && json_is_boolean(json_object_get(body, "same"));
  return answer || is_number(body, "back") || json_is_true(json_object_get(body, "settle"));
}

/* Links follow when they are asked for: an answer takes milliseconds. */
static bool take_answer(hearsay_store *store, const json_t *body, hsy_text *row, hearsay_error *err) {
  const json_t *back = json_object_get(body, "back"), *same = json_object_get(body, "same");
  if (same)
    return hearsay_answer_double(store, text(body, "one"), text(body, "other"), json_is_true(same), keep_row, row, err);
  if (back) {
    hsy_text_printf(row, "{\"type\": \"correction\", \"back\": %lld}", (long long)json_integer_value(back));
    return hearsay_answer_back(store, json_integer_value(back), err);
  }
  hsy_text_addz(row, "{\"type\": \"settled\"}");
  return hearsay_settle(store, err);
}

/* ---- what is posted ---- */

typedef struct posted {
  bool (*sound)(const json_t *body);
  bool (*take)(hearsay_store *store, const json_t *body, hsy_text *row, hearsay_error *err);
  const char *wants;
} posted;

static bool take_alone(hsy_request *request, const posted *what, const json_t *body, hsy_text *row,
                       hearsay_error *err) {
  hsy_stores_handle *handle = hsy_stores_take(request->serve->stores, err);
  if (!handle) return false;
  pthread_mutex_lock(&one_at_a_time);
  bool ok = what->take(hsy_stores_store(handle), body, row, err);
  pthread_mutex_unlock(&one_at_a_time);
  hsy_stores_give(request->serve->stores, handle);
  return ok;
}

static hsy_reply take(hsy_request *request, const posted *what) {
  hearsay_error err = {.offset = -1};
  const char *type = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Content-Type");
  if (!type || strncmp(type, "application/json", strlen("application/json")) != 0)
    return hsy_reply_problem(415, "send it as application/json");
  json_t *body = json_loadb(request->upload.data ? request->upload.data : "", request->upload.len, 0, NULL);
  if (!json_is_object(body) || !what->sound(body)) {
    json_decref(body);
    return hsy_reply_problem(400, what->wants);
  }
  hsy_reply reply = {.status = MHD_HTTP_OK, .type = "application/json"};
  bool ok = take_alone(request, what, body, &reply.body, &err);
  json_decref(body);
  if (ok) return reply;
  hsy_text_free(&reply.body);
  return hsy_reply_problem(hsy_reply_status_of(&err), err.message);
}

hsy_reply hsy_marking_take(hsy_request *request) {
  static const posted MARK = {is_mark, take_mark,
                              "a mark is a JSON object with kind, target and verdict, or with the number to take back"};
  return take(request, &MARK);
}

hsy_reply hsy_marking_answer(hsy_request *request) {
  static const posted ANSWER = {is_answer, take_answer,
                                "an answer is a JSON object with one, other and same, with the number to take back, or"
                                " with settle"};
  return take(request, &ANSWER);
}
