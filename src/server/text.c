#include "server/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(hsy_text *text, size_t more) {
  if (text->failed) return false;
  if (text->len + more + 1 <= text->cap) return true;
  size_t cap = text->cap ? text->cap : 256;
  while (cap < text->len + more + 1) cap *= 2;
  char *data = realloc(text->data, cap);
  text->failed = !data;
  if (!data) return false;
  text->data = data;
  text->cap = cap;
  return true;
}

void hsy_text_add(hsy_text *text, const char *data, size_t len) {
  if (!make_room(text, len)) return;
  if (len) memcpy(text->data + text->len, data, len);
  text->len += len;
  text->data[text->len] = '\0';
}

void hsy_text_addz(hsy_text *text, const char *data) { hsy_text_add(text, data, strlen(data)); }

void hsy_text_printf(hsy_text *text, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *made = NULL;
  int len = vasprintf(&made, format, args);
  va_end(args);
  if (len < 0) {
    text->failed = true;
    return;
  }
  hsy_text_add(text, made, (size_t)len);
  free(made);
}

/* ---- UTF-8 ---- */

/* Bytes of the character at data, 0 where there is none. */
static size_t utf8_length(const unsigned char *data, size_t left) {
  static const struct {
    unsigned char mask, lead;
    uint32_t least;
  } SHAPES[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
  for (size_t more = 0; more < 4; more++) {
    if ((data[0] & SHAPES[more].mask) != SHAPES[more].lead) continue;
    if (more >= left) return 0;
    uint32_t point = data[0] & (unsigned char)~SHAPES[more].mask;
    for (size_t i = 1; i <= more; i++) {
      if ((data[i] & 0xC0) != 0x80) return 0;
      point = point << 6 | (data[i] & 0x3F);
    }
    bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point < SHAPES[more].least || point > 0x10FFFF || surrogate ? 0 : more + 1;
  }
  return 0;
}

bool hsy_text_is_utf8(const char *data, size_t len) {
  for (size_t at = 0; at < len;) {
    size_t step = utf8_length((const unsigned char *)data + at, len - at);
    if (!step) return false;
    at += step;
  }
  return true;
}

void hsy_text_json(hsy_text *text, const char *words) {
  size_t len = strlen(words);
  hsy_text_addz(text, "\"");
  for (size_t at = 0; at < len;) {
    unsigned char c = (unsigned char)words[at];
    size_t step = utf8_length((const unsigned char *)words + at, len - at);
    if (!step) {
      hsy_text_addz(text, "\\ufffd");
    } else if (c == '"' || c == '\\') {
      hsy_text_printf(text, "\\%c", c);
    } else if (c < 0x20 || c == 0x7F) {
      hsy_text_printf(text, "\\u%04x", c);
    } else {
      hsy_text_add(text, words + at, step);
    }
    at += step ? step : 1;
  }
  hsy_text_addz(text, "\"");
}

void hsy_text_free(hsy_text *text) {
  free(text->data);
  *text = (hsy_text){0};
}
