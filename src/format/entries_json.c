#include <string.h>

#include "format/entries.h"
#include "format/posts.h"
#include "format/value.h"

/* Names under which lists of articles hang. */
static const char *const LISTS[] = {"items", "articles", "entries", "results",  "documents", "docs",     "data",
                                    "hits",  "posts",    "tweets",  "statuses", "messages",  "children", "feed"};

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

/* An object that has its own words is one article, whatever else hangs on it. */
static bool has_words(const json_t *object) {
  static const char *const WORDS[] = {"text", "full_text", "body", "content", "articleBody", "selftext"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (json_is_string(json_object_get(object, WORDS[i]))) return true;
  return false;
}

static json_t *list_in(json_t *object) {
  if (has_words(object)) return NULL;
  for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
    json_t *list = json_object_get(object, LISTS[i]);
    if (json_is_array(list) && json_is_object(json_array_get(list, 0))) return list;
  }
  json_t *inner = json_object_get(object, "data"); /* Reddit's listing */
  return json_is_object(inner) ? list_in(inner) : NULL;
}

static bool names_a_list(hsy_str name) {
  for (size_t k = 0; k < sizeof LISTS / sizeof *LISTS; k++)
    if (hsy_str_eq(name, hsy_str_of(LISTS[k]))) return true;
  return false;
}

/* Whether these marks are next, white space apart. */
static bool is_next(hsy_str s, const char *marks) {
  for (; *marks; marks++) {
    s = hsy_str_trim(s);
    if (!s.len || s.data[0] != *marks) return false;
    s = hsy_str_slice(s, 1, s.len);
  }
  return true;
}

/* A name of a list in the outermost object, or one in that, before any words of its own.
 * What is looked at is the head of a file, cut anywhere: no parser takes that. */
bool hsy_entries_json_lists(hsy_str head) {
  int depth = 0;
  bool key = false;
  for (ptrdiff_t i = 0; i < head.len; i++) {
    char b = head.data[i];
    if (b == '{' || b == '[') depth++, key = b == '{';
    if (b == '}' || b == ']') depth--;
    if (b == ',') key = true;
    if (b == ':') key = false;
    if (b != '"') continue;
    ptrdiff_t start = ++i;
    while (i < head.len && head.data[i] != '"') i += head.data[i] == '\\' ? 2 : 1;
    if (i >= head.len || depth > 2 || !key) continue;
    hsy_str name = hsy_str_slice(head, start, i);
    if (depth == 1 && (hsy_str_eq(name, HSY_S("text")) || hsy_str_eq(name, HSY_S("title")))) return false;
    if (is_next(hsy_str_slice(head, i + 1, head.len), ":[{") && names_a_list(name)) return true;
  }
  return false;
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
    json_t *whole = hsy_post_unwrap(entry, root);
    ok = whole && (!feed || settle(whole, root)) && !json_array_append(entries, whole);
    json_decref(whole);
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
