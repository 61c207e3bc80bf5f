#include "export/json.h"

#include "base/utf8.h"
#include "export/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static json_t *kept(hsy_json *json, json_t *value) {
  if (!value) json->failed = true;
  return value;
}

json_t *hsy_json_object(hsy_json *json) { return kept(json, json_object()); }
json_t *hsy_json_array(hsy_json *json) { return kept(json, json_array()); }

/* A copy in which each byte that is no UTF-8 is U+FFFD. */
static json_t *mended(hsy_str s) {
  char *out = malloc(3 * (size_t)s.len + 1);
  if (!out) return NULL;
  size_t len = 0;
  for (ptrdiff_t at = 0; at < s.len;) {
    ptrdiff_t start = at;
    int32_t point = hsy_utf8_next(s, &at);
    if (point == 0xFFFD) {
      len += (size_t)hsy_utf8_put(point, out + len);
    } else {
      memcpy(out + len, s.data + start, (size_t)(at - start));
      len += (size_t)(at - start);
    }
  }
  json_t *value = json_stringn_nocheck(out, len);
  free(out);
  return value;
}

json_t *hsy_json_str(hsy_json *json, hsy_str s) {
  if (s.len == 0) return kept(json, json_string(""));
  bool sound = hsy_utf8_invalid(s) < 0;
  return kept(json, sound ? json_stringn_nocheck(s.data, (size_t)s.len) : mended(s));
}

json_t *hsy_json_str_or_null(hsy_json *json, hsy_str s) {
  return s.len ? hsy_json_str(json, s) : kept(json, json_null());
}

json_t *hsy_json_z(hsy_json *json, const char *s) {
  return s ? hsy_json_str(json, hsy_str_of(s)) : kept(json, json_null());
}

json_t *hsy_json_int(hsy_json *json, int64_t n) { return kept(json, json_integer(n)); }

json_t *hsy_json_rate(hsy_json *json, double x) { return kept(json, json_real(round(x * 1e4) / 1e4)); }

json_t *hsy_json_bool(hsy_json *json, bool value) { return kept(json, json_boolean(value)); }

json_t *hsy_json_pair(hsy_json *json, int64_t a, int64_t b) {
  json_t *pair = hsy_json_array(json);
  hsy_json_add(json, pair, hsy_json_int(json, a));
  hsy_json_add(json, pair, hsy_json_int(json, b));
  return pair;
}

void hsy_json_set(hsy_json *json, json_t *object, const char *key, json_t *value) {
  if (json_object_set_new_nocheck(object, key, value) != 0) json->failed = true;
}

void hsy_json_add(hsy_json *json, json_t *array, json_t *value) {
  if (json_array_append_new(array, value) != 0) json->failed = true;
}

char *hsy_json_finish(hsy_json *json, json_t *root, size_t *len, hsy_error *err) {
  char *text = json->failed ? NULL : hsy_json_text(root, len);
  json_decref(root);
  if (!text) hsy_fail(err, HSY_NO_MEMORY, "export", -1, "out of memory for a row of the answer");
  if (!text) *len = 0;
  return text;
}
