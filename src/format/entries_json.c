#include <string.h>

#include "format/entries.h"

/* Names under which lists of articles hang. */
static const char *const LISTS[] = {"items", "articles", "entries", "results", "documents", "docs", "data", "hits"};

static void copy(json_t *to, const char *name, json_t *value) {
  if (value && !json_is_null(value) && !json_object_get(to, name)) json_object_set(to, name, value);
}

/* What JSON Feed and ninjs name in ways of their own. */
static void settle(json_t *entry, const json_t *feed) {
  copy(entry, "outlet", json_object_get(feed, "title"));
  copy(entry, "language", json_object_get(feed, "language"));
  copy(entry, "byline", json_object_get(feed, "authors"));
  if (json_object_get(entry, "content_text") || json_object_get(entry, "content_html") ||
      json_object_get(entry, "text") || json_object_get(entry, "body_text") || json_object_get(entry, "body_html") ||
      json_object_get(entry, "body_xhtml"))
    return;
  json_t *summary = json_object_get(entry, "summary");
  if (!json_is_string(summary)) return;
  json_object_set(entry, "text", summary);
  json_object_set_new(entry, "summary", json_true());
}

static json_t *list_in(json_t *object) {
  for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
    json_t *list = json_object_get(object, LISTS[i]);
    if (json_is_array(list) && json_is_object(json_array_get(list, 0))) return list;
  }
  return NULL;
}

json_t *hsy_entries_of_json(hsy_str bytes, hsy_entries_note *note, hsy_error *err) {
  (void)note;
  json_error_t problem;
  json_t *root = json_loadb(bytes.data, (size_t)bytes.len, JSON_ALLOW_NUL, &problem), *entries = json_array();
  if (!root || !entries) {
    json_decref(root);
    json_decref(entries);
    hsy_fail(err, root ? HSY_NO_MEMORY : HSY_BAD_INPUT, "format", root ? -1 : problem.position, "is no JSON: %.120s",
             root ? "out of memory" : problem.text);
    return NULL;
  }
  json_t *list = json_is_array(root) ? root : list_in(root);
  bool feed = json_is_object(root) && json_is_string(json_object_get(root, "version")) &&
              strstr(json_string_value(json_object_get(root, "version")), "jsonfeed");
  if (!list) json_array_append(entries, root);
  for (size_t i = 0; list && i < json_array_size(list); i++) {
    json_t *entry = json_array_get(list, i);
    if (!json_is_object(entry)) continue;
    if (feed) settle(entry, root);
    json_array_append(entries, entry);
  }
  json_decref(root);
  return entries;
}
