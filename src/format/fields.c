#include "format/fields.h"

#include <string.h>
#include <time.h>

static const char *const NAMES[HSY_FIELDS] = {"id",   "text",     "html",   "title",  "url",
                                              "date", "modified", "outlet", "byline", "language"};

enum { MOST_NAMES = 20 };

/* The usual names, the first that is there wins. */
static const char *const USUAL[HSY_FIELDS][MOST_NAMES] = {
    [HSY_FIELD_ID] = {"id", "_id", "uid", "guid", "doc_id", "article_id", "uri"},
    [HSY_FIELD_TEXT] = {"text", "body", "content", "maintext", "article", "plain_text", "full_text", "fulltext",
                        "body_text", "articleBody", "content_text"},
    [HSY_FIELD_HTML] = {"html", "body_html", "body_xhtml", "content_html", "raw_html"},
    [HSY_FIELD_TITLE] = {"title", "headline", "headline_main"},
    [HSY_FIELD_URL] = {"url", "link", "canonical_url", "source_url", "external_url", "permalink", "web_url"},
    [HSY_FIELD_DATE] = {"date", "published", "date_published", "datePublished", "published_at", "publishedAt",
                        "publish_date", "date_publish", "pub_date", "pubDate", "publication_date", "firstcreated",
                        "created", "created_at", "createdAt", "created_utc", "posted_at", "timestamp"},
    [HSY_FIELD_MODIFIED] = {"modified", "date_modified", "dateModified", "modified_at", "updated", "updated_at",
                            "versioncreated"},
    [HSY_FIELD_OUTLET] = {"outlet", "publisher", "source", "source_name", "site_name", "site", "publication",
                          "newspaper", "source_domain", "provider", "domain"},
    [HSY_FIELD_BYLINE] = {"byline", "author", "authors", "creator", "by"},
    [HSY_FIELD_LANGUAGE] = {"language", "lang", "inLanguage"},
};

static int field_of(hsy_str name) {
  for (int i = 0; i < HSY_FIELDS; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(NAMES[i]))) return i;
  if (hsy_str_eq_nocase(name, HSY_S("published"))) return HSY_FIELD_DATE;
  if (hsy_str_eq_nocase(name, HSY_S("publisher"))) return HSY_FIELD_OUTLET;
  if (hsy_str_eq_nocase(name, HSY_S("author"))) return HSY_FIELD_BYLINE;
  return -1;
}

bool hsy_fields_load(hsy_fields *fields, hsy_str given, hsy_arena *arena, hsy_error *err) {
  *fields = (hsy_fields){0};
  while (given.len) {
    hsy_str pair = hsy_str_cut(given, ',', &given), value;
    hsy_str name = hsy_str_trim(hsy_str_cut(pair, '=', &value));
    int field = field_of(name);
    value = hsy_str_trim(value);
    if (field < 0 || value.len == 0)
      return hsy_fail(err, HSY_USAGE, "format", -1,
                      "\"%.*s\" names no field: id, text, html, title, url, date, modified, "
                      "outlet, byline or language, an equals sign, its name",
                      HSY_FMT(pair));
    fields->given[field] = hsy_str_z(arena, value);
  }
  return hsy_arena_check(*arena, "format", err);
}

static bool is_wanted(const json_t *value, hsy_field field) {
  if (!value || json_is_null(value)) return false;
  if (field == HSY_FIELD_TEXT || field == HSY_FIELD_HTML) return json_is_string(value) && json_string_length(value);
  return true;
}

/* Case, blanks, hyphens and underscores left aside: "Full Text" is full_text. */
static bool is_alike(hsy_str a, hsy_str b) {
  ptrdiff_t i = 0, k = 0;
  for (;;) {
    while (i < a.len && strchr(" _-", a.data[i])) i++;
    while (k < b.len && strchr(" _-", b.data[k])) k++;
    if (i == a.len || k == b.len) return i == a.len && k == b.len;
    char x = a.data[i++], y = b.data[k++];
    if (x != y && ((x | 32) != (y | 32) || (x | 32) < 'a' || (x | 32) > 'z')) return false;
  }
}

/* A key that is worded like one of the usual names. */
static const char *alike_key(const json_t *object, hsy_field field) {
  for (int i = 0; i < MOST_NAMES && USUAL[field][i]; i++) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
      if (is_alike(hsy_str_of(key), hsy_str_of(USUAL[field][i])) && is_wanted(value, field)) return key;
    }
  }
  return NULL;
}

const char *hsy_fields_key(const hsy_fields *fields, const json_t *object, hsy_field field) {
  if (fields->given[field])
    return is_wanted(json_object_get(object, fields->given[field]), field) ? fields->given[field] : NULL;
  for (int i = 0; i < MOST_NAMES && USUAL[field][i]; i++)
    if (is_wanted(json_object_get(object, USUAL[field][i]), field)) return USUAL[field][i];
  return alike_key(object, field);
}

static void write_value(hsy_buf *out, const json_t *value, int depth) {
  if (json_is_string(value)) {
    hsy_buf_add(out, (hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
  } else if (json_is_integer(value)) {
    hsy_buf_add(out, hsy_str_printf(out->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value)));
  } else if (json_is_object(value) && depth < 3) {
    const json_t *name = json_object_get(value, "name");
    if (!name) name = json_object_get(value, "title");
    if (name) write_value(out, name, depth + 1);
  } else if (json_is_array(value) && depth < 3) {
    for (size_t i = 0; i < json_array_size(value); i++) {
      if (i) hsy_buf_add(out, HSY_S(", "));
      write_value(out, json_array_get(value, i), depth + 1);
    }
  }
}

/* A number in a date field: seconds, or milliseconds, since 1970. */
static hsy_str date_of_number(json_int_t seconds, hsy_arena *arena) {
  if (seconds >= 19000101 && seconds <= 21001231) return hsy_str_printf(arena, "%" JSON_INTEGER_FORMAT, seconds);
  time_t at = (time_t)(seconds > 100000000000 ? seconds / 1000 : seconds);
  struct tm parts;
  if (!gmtime_r(&at, &parts)) return (hsy_str){0};
  return hsy_str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                        parts.tm_hour, parts.tm_min, parts.tm_sec);
}

hsy_str hsy_fields_value(const hsy_fields *fields, const json_t *object, hsy_field field, hsy_arena *arena) {
  const char *key = hsy_fields_key(fields, object, field);
  if (!key) return (hsy_str){0};
  const json_t *value = json_object_get(object, key);
  bool date = field == HSY_FIELD_DATE || field == HSY_FIELD_MODIFIED;
  if (date && json_is_number(value)) return date_of_number((json_int_t)json_number_value(value), arena);
  hsy_buf out = hsy_buf_in(arena);
  write_value(&out, value, 0);
  return hsy_str_trim(hsy_buf_str(&out));
}

hsy_field hsy_fields_of_name(const hsy_fields *fields, hsy_str name) {
  for (int f = 0; f < HSY_FIELDS; f++) {
    if (fields->given[f]) {
      if (hsy_str_eq(name, hsy_str_of(fields->given[f]))) return (hsy_field)f;
      continue;
    }
    for (int i = 0; i < MOST_NAMES && USUAL[f][i]; i++)
      if (is_alike(name, hsy_str_of(USUAL[f][i]))) return (hsy_field)f;
  }
  return HSY_FIELDS;
}
