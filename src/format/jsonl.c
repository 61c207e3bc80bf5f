#include "format/jsonl.h"

#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "format/blocks.h"
#include "format/byline.h"
#include "format/date.h"
#include "format/fields.h"
#include "format/posts.h"
#include "format/text.h"
#include "format/value.h"

/* ---- where a string stands in the line ---- */

typedef struct scanner {
  hsy_str s;
  ptrdiff_t at;
} scanner;

static void skip_string(scanner *c) {
  c->at++;
  while (c->at < c->s.len && c->s.data[c->at] != '"') c->at += c->s.data[c->at] == '\\' ? 2 : 1;
  c->at++;
}

/* Byte behind the opening mark of the string that is `key`'s value in the outermost object, or -1. */
static ptrdiff_t find_value(hsy_str line, const char *key) {
  scanner c = {line, 0};
  int depth = 0;
  bool is_key = false;
  hsy_str name = hsy_str_of(key);
  while (c.at < c.s.len) {
    char b = c.s.data[c.at];
    if (b == '"') {
      ptrdiff_t start = c.at;
      skip_string(&c);
      hsy_str inside = hsy_str_slice(c.s, start + 1, c.at - 1);
      if (depth != 1 || !is_key || !hsy_str_eq(inside, name)) continue;
      while (c.at < c.s.len && strchr(" \t:", c.s.data[c.at])) c.at++;
      return c.at < c.s.len && c.s.data[c.at] == '"' ? c.at + 1 : -1;
    }
    if (b == '{' || b == '[') depth++, is_key = b == '{';
    if (b == '}' || b == ']') depth--;
    if (b == ',') is_key = true;
    if (b == ':') is_key = false;
    c.at++;
  }
  return -1;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return ((c | 32) >= 'a' && (c | 32) <= 'f') ? (c | 32) - 'a' + 10 : -1;
}

/* The code unit of "\uXXXX" at `at`, or -1. */
static int32_t escaped_unit(hsy_str s, ptrdiff_t at) {
  int32_t unit = 0;
  if (at + 6 > s.len || s.data[at] != '\\' || s.data[at + 1] != 'u') return -1;
  for (int i = 2; i < 6; i++) {
    int digit = hex_digit(s.data[at + i]);
    if (digit < 0) return -1;
    unit = 16 * unit + digit;
  }
  return unit;
}

/* Bytes that the escape at `at` takes, and the bytes of UTF-8 that it stands for. */
static ptrdiff_t escape_size(hsy_str s, ptrdiff_t at, int *text) {
  int32_t unit = escaped_unit(s, at);
  *text = 1;
  if (unit < 0) return 2;
  int32_t low = unit >= 0xD800 && unit < 0xDC00 ? escaped_unit(s, at + 6) : -1;
  bool pair = low >= 0xDC00 && low < 0xE000;
  *text = pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  return pair ? 12 : 6;
}

/* `text`: where the string begins in the document's. */
static void map_string(hsy_doc *doc, hsy_str line, ptrdiff_t at, int32_t text) {
  bool in_step = false;
  while (at < line.len && line.data[at] != '"' && text < doc->text.len) {
    bool escape = line.data[at] == '\\';
    if (escape || !in_step) *hsy_push(&doc->origins, doc->arena) = (hsy_origin){text, !escape, at};
    in_step = !escape;
    int width = 1;
    at += escape ? escape_size(line, at, &width) : 1;
    text += width;
  }
}

/* ---- reading ---- */

static void note(hsy_doc *doc, const char *field) {
  *hsy_push(&doc->findings, doc->arena) = (hsy_finding){field, "JSON field"};
}

static void set_string(hsy_doc *doc, hsy_str *to, hsy_str value, const char *field) {
  if (value.len == 0) return;
  *to = value;
  note(doc, field);
}

bool hsy_jsonl_meta(hsy_doc *doc, const json_t *object, const hsy_fields *fields, hsy_arena scratch, hsy_error *err) {
  hsy_meta *meta = &doc->meta;
  hsy_dates dates;
  hsy_bylines bylines;
  hsy_date date;
  if (!hsy_dates_load(&dates, &scratch, err) || !hsy_bylines_load(&bylines, &scratch, err)) return false;
  set_string(doc, &meta->source_id, hsy_fields_value(fields, object, HSY_FIELD_ID, doc->arena), "source_id");
  set_string(doc, &meta->title, hsy_fields_value(fields, object, HSY_FIELD_TITLE, doc->arena), "title");
  set_string(doc, &meta->url, hsy_fields_value(fields, object, HSY_FIELD_URL, doc->arena), "url");
  set_string(doc, &meta->outlet, hsy_fields_value(fields, object, HSY_FIELD_OUTLET, doc->arena), "outlet");
  set_string(doc, &meta->byline, hsy_fields_value(fields, object, HSY_FIELD_BYLINE, doc->arena), "byline");
  set_string(doc, &meta->language, hsy_fields_value(fields, object, HSY_FIELD_LANGUAGE, doc->arena), "language");
  meta->summary_only = json_is_true(json_object_get(object, "summary"));
  hsy_byline_people(&bylines, meta->byline, &meta->authors, doc->arena);
  hsy_str published = hsy_fields_value(fields, object, HSY_FIELD_DATE, doc->arena);
  if (hsy_date_read(&dates, published, true, &date, NULL))
    set_string(doc, &meta->published, hsy_date_iso(&date, doc->arena), "published");
  hsy_str modified = hsy_fields_value(fields, object, HSY_FIELD_MODIFIED, doc->arena);
  if (hsy_date_read(&dates, modified, true, &date, NULL))
    set_string(doc, &meta->modified, hsy_date_iso(&date, doc->arena), "modified");
  return true;
}

/* Whoever wrote it speaks, on the day on which it was made. */
static bool read_post(const hsy_post *post, const json_t *object, const hsy_record *record, const hsy_fields *fields,
                      const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  hsy_str line = {record->bytes, record->len};
  if (!hsy_text_check(post->words, options, err)) return false;
  int32_t words = hsy_post_write(post, doc);
  ptrdiff_t at = post->key ? find_value(line, post->key) : -1;
  if (at >= 0) map_string(doc, line, at, words);
  if (!hsy_jsonl_meta(doc, object, fields, scratch, err)) return false;
  doc->meta.byline = doc->meta.post;
  doc->meta.authors.len = 0;
  *hsy_push(&doc->meta.authors, doc->arena) = doc->meta.post;
  return hsy_arena_check(*doc->arena, "format", err);
}

static bool read_object(const json_t *object, const hsy_record *record, const hsy_format_options *options, hsy_doc *doc,
                        hsy_arena scratch, hsy_error *err) {
  hsy_fields fields;
  if (!hsy_fields_load(&fields, options->fields, &scratch, err)) return false;
  hsy_post post;
  bool told = fields.given[HSY_FIELD_TEXT] || fields.given[HSY_FIELD_TITLE];
  if (!told && hsy_post_read(object, &post, &scratch))
    return read_post(&post, object, record, &fields, options, doc, scratch, err);
  const char *key = hsy_fields_key(&fields, object, HSY_FIELD_TEXT);
  if (!key)
    return hsy_fail(err, HSY_BAD_INPUT, "format", record->offset, "has no field with the article's text%s",
                    hsy_fields_key(&fields, object, HSY_FIELD_URL) ? ", only its address: fetch the page first" : "");
  const json_t *value = json_object_get(object, key);
  hsy_str text = {json_string_value(value), (ptrdiff_t)json_string_length(value)};
  if (!hsy_text_check(text, options, err)) return false;
  doc->text = hsy_str_copy(doc->arena, text);
  ptrdiff_t at = find_value((hsy_str){record->bytes, record->len}, key);
  if (at >= 0) map_string(doc, (hsy_str){record->bytes, record->len}, at, 0);
  if (!hsy_jsonl_meta(doc, object, &fields, scratch, err) || !hsy_arena_check(*doc->arena, "format", err)) return false;
  return hsy_blocks_mark(doc, (hsy_block_options){.title = doc->meta.title, .lists = options->lists}, scratch, err);
}

bool hsy_jsonl_read(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                    hsy_error *err) {
  hsy_limits limits = hsy_format_limits(options);
  hsy_error problem = {.offset = -1};
  json_t *object = hsy_value_load((hsy_str){record->bytes, record->len}, JSON_ALLOW_NUL, &limits, &problem);
  if (!object) {
    if (problem.offset >= 0) problem.offset += record->offset;
    return hsy_fail(err, problem.code, "format", problem.offset, "%s", problem.message);
  }
  bool done = json_is_object(object) ? read_object(object, record, options, doc, scratch, err)
                                     : hsy_fail(err, HSY_BAD_INPUT, "format", record->offset, "is no JSON object");
  json_decref(object);
  return done;
}
