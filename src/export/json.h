/* JSON values, built with a failure that sticks.
 *
 * In. Strings, numbers, lists of the library's own kinds.
 * Out. jansson values, and in the end their text.
 * Owns. The values until hsy_json_finish, which gives them back; the text is
 * malloc'd and the caller's.
 * Fails when. There is no memory: `failed` stays set, builders go on with
 * NULL, and hsy_json_finish reports it.
 */
#ifndef HSY_EXPORT_JSON_H
#define HSY_EXPORT_JSON_H

#include "base/error.h"
#include "base/str.h"

#include <jansson.h>

typedef struct hsy_json {
  bool failed;
} hsy_json;

json_t *hsy_json_object(hsy_json *json);
json_t *hsy_json_array(hsy_json *json);
/* Bytes that are no UTF-8 become U+FFFD. */
json_t *hsy_json_str(hsy_json *json, hsy_str s);
json_t *hsy_json_str_or_null(hsy_json *json, hsy_str s); /* null for the empty string */
json_t *hsy_json_z(hsy_json *json, const char *s);       /* null for NULL */
json_t *hsy_json_int(hsy_json *json, int64_t n);
json_t *hsy_json_rate(hsy_json *json, double x); /* four digits behind the point */
json_t *hsy_json_bool(hsy_json *json, bool value);
json_t *hsy_json_pair(hsy_json *json, int64_t a, int64_t b);

/* Both take the value over, also when they fail. */
void hsy_json_set(hsy_json *json, json_t *object, const char *key, json_t *value);
void hsy_json_add(hsy_json *json, json_t *array, json_t *value);

/* The text of root, which is given back; NULL and *err on failure. */
char *hsy_json_finish(hsy_json *json, json_t *root, size_t *len, hsy_error *err);

#endif
