#include "export/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(8) | JSON_ENCODE_ANY, FIRST_ROOM = 4096 };

typedef struct writer {
  char *data;
  size_t len, cap;
  bool failed;
} writer;

static bool reserve(writer *w, size_t more) {
  if (more <= w->cap - w->len) return true;
  size_t cap = w->cap ? w->cap : FIRST_ROOM;
  while (cap - w->len < more) cap *= 2;
  char *data = w->failed ? NULL : realloc(w->data, cap);
  if (!data) {
    w->failed = true;
    return false;
  }
  w->data = data;
  w->cap = cap;
  return true;
}

static void put(writer *w, const char *bytes, size_t count) {
  if (!reserve(w, count)) return;
  memcpy(w->data + w->len, bytes, count);
  w->len += count;
}

static void put_byte(writer *w, char byte) {
  if (reserve(w, 1)) w->data[w->len++] = byte;
}

static void put_by_jansson(writer *w, const json_t *value) {
  size_t room = w->cap - w->len, count = json_dumpb(value, w->data ? w->data + w->len : NULL, room, FLAGS);
  if (count > room) {
    if (!reserve(w, count)) return;
    count = json_dumpb(value, w->data + w->len, count, FLAGS);
  }
  if (count == 0) w->failed = true;
  w->len += count;
}

static void put_int(writer *w, json_int_t n) {
  char digits[24], *at = digits + sizeof digits;
  uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
  do *--at = (char)('0' + rest % 10);
  while (rest /= 10);
  if (n < 0) *--at = '-';
  put(w, at, (size_t)(digits + sizeof digits - at));
}

/* Bytes at the start that JSON writes as they are. */
static size_t plain_run(const char *text, size_t len) {
  size_t n = 0;
  while (n < len && (unsigned char)text[n] >= 0x20 && text[n] != '"' && text[n] != '\\') n++;
  return n;
}

static void put_escaped(writer *w, unsigned char c) {
  static const char HEX[] = "0123456789ABCDEF", NAMED[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (const char *at = NAMED; *at; at += 2) {
    if ((unsigned char)*at != c) continue;
    put(w, (char[]){'\\', at[1]}, 2);
    return;
  }
  put(w, (char[]){'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]}, 6);
}

static void put_text(writer *w, const char *text, size_t len) {
  if (!reserve(w, len + 2)) return;
  put_byte(w, '"');
  for (size_t at = 0; at < len;) {
    size_t plain = plain_run(text + at, len - at);
    put(w, text + at, plain);
    at += plain;
    if (at < len) put_escaped(w, (unsigned char)text[at++]);
  }
  put_byte(w, '"');
}

static void put_value(writer *w, json_t *value);

static void put_object(writer *w, json_t *object) {
  char before = '{';
  for (void *i = json_object_iter(object); i; i = json_object_iter_next(object, i)) {
    put_byte(w, before);
    const char *key = json_object_iter_key(i);
    put_text(w, key, strlen(key));
    put_byte(w, ':');
    put_value(w, json_object_iter_value(i));
    before = ',';
  }
  if (before == '{') put_byte(w, '{');
  put_byte(w, '}');
}

static void put_array(writer *w, const json_t *array) {
  size_t count = json_array_size(array);
  put_byte(w, '[');
  for (size_t i = 0; i < count; i++) {
    if (i) put_byte(w, ',');
    put_value(w, json_array_get(array, i));
  }
  put_byte(w, ']');
}

static void put_value(writer *w, json_t *value) {
  if (json_is_object(value))
    put_object(w, value);
  else if (json_is_array(value))
    put_array(w, value);
  else if (json_is_string(value))
    put_text(w, json_string_value(value), json_string_length(value));
  else if (json_is_integer(value))
    put_int(w, json_integer_value(value));
  else if (json_is_null(value))
    put(w, "null", 4);
  else if (json_is_boolean(value))
    put(w, json_is_true(value) ? "true" : "false", json_is_true(value) ? 4 : 5);
  else
    put_by_jansson(w, value);
}

char *hsy_json_text(json_t *root, size_t *len) {
  writer w = {0};
  put_value(&w, root);
  put_byte(&w, '\0');
  *len = w.failed ? 0 : w.len - 1;
  if (!w.failed) return w.data;
  free(w.data);
  return NULL;
}
