#include <string.h>

#include "format/entries.h"
#include "format/value.h"

/* Names under which lists of articles hang. */
static const char *const LISTS[] = {"items", "articles", "entries", "results", "documents", "docs", "data", "hits"};

/* Each gives false where memory runs out. */
static bool copy(json_t *to, const char *name, json_t *value) {
  return !value || json_is_null(value) || json_object_get(to, name) || !json_object_set(to, name, value);
}

/* What JSON Feed and ninjs name in ways of their own. */
static bool settle(json_t *entry, const json_t *feed) {
  static const char *const TEXTS[] = {"content_text", "content_html", "text", "body_text", "body_html", "body_xhtml"};
  if (!copy(entry, "outlet", json_object_get(feed, "title"))) return false;
  if (!copy(entry, "language", json_object_get(feed, "language"))) return false;
  if (!copy(entry, "byline", json_object_get(feed, "authors"))) return false;
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
    if (json_object_get(entry, TEXTS[i])) return true;
  json_t *summary = json_object_get(entry, "summary");
  if (!json_is_string(summary)) return true;
  return !json_object_set(entry, "text", summary) && !json_object_set_new(entry, "summary", json_true());
}

static json_t *list_in(json_t *object) {
  for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
    json_t *list = json_object_get(object, LISTS[i]);
    if (json_is_array(list) && json_is_object(json_array_get(list, 0))) return list;
  }
  return NULL;
}

/* The articles in a value, or the value itself. */
static bool collect(json_t *entries, json_t *root) {
  json_t *list = json_is_array(root) ? root : list_in(root);
  const char *version = json_string_value(json_object_get(root, "version"));
  bool feed = version && strstr(version, "jsonfeed"), ok = true;
  if (!list) return !json_array_append(entries, root);
  for (size_t i = 0; ok && i < json_array_size(list); i++) {
    json_t *entry = json_array_get(list, i);
    if (!json_is_object(entry)) continue;
    ok = (!feed || settle(entry, root)) && !json_array_append(entries, entry);
  }
  return ok;
}

json_t *hsy_entries_of_json(hsy_str bytes, const hsy_limits *limits, hsy_entries_note *note, hsy_error *err) {
  (void)note;
  json_t *root = hsy_value_load(bytes, JSON_ALLOW_NUL, limits, err);
  if (!root) return NULL;
  json_t *entries = json_array();
  bool ok = entries && collect(entries, root);
  json_decref(root);
  if (ok) return entries;
  json_decref(entries);
  hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
  return NULL;
}
