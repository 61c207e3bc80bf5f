#include "export/copy_keys.h"

#include "base/utf8.h"
#include "store/index.h"

/* ---- written ---- */

static json_t *spans_value(hsy_json *json, const hsy_view *view, const hsy_span *spans, ptrdiff_t count) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < count; i++)
    hsy_json_add(json, list,
                 hsy_json_pair(json, hsy_view_point(view, spans[i].start), hsy_view_point(view, spans[i].end)));
  return list;
}

json_t *hsy_export_copy_keys(hsy_json *json, const hsy_view *view, hsy_arena scratch, hsy_error *err) {
  hsy_reuse_document d = hsy_reuse_describe(view->doc, hsy_store_key_of(view->id), &scratch);
  ptrdiff_t count = 0;
  uint64_t *prints = hsy_reuse_prints(&d, &scratch, &count);
  if (!prints || !hsy_arena_check(scratch, "export", err)) {
    hsy_fail(err, HSY_NO_MEMORY, "export", -1, "out of memory");
    return NULL;
  }
  json_t *row = hsy_json_object(json), *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < count; i++) hsy_json_add(json, list, hsy_json_int(json, (int64_t)prints[i]));
  hsy_json_set(json, row, "type", hsy_json_z(json, "copy_keys"));
  hsy_json_set(json, row, "document", hsy_json_str(json, view->id));
  hsy_json_set(json, row, "mark", hsy_json_int(json, hsy_reuse_mark(d.outlet, scratch)));
  hsy_json_set(json, row, "outlet", hsy_json_str_or_null(json, d.outlet));
  hsy_json_set(json, row, "published", hsy_json_str_or_null(json, d.published));
  hsy_json_set(json, row, "agency", hsy_json_str_or_null(json, d.agency));
  hsy_json_set(json, row, "fingerprints", list);
  hsy_json_set(json, row, "skip", spans_value(json, view, d.skip, d.skip_count));
  hsy_json_set(json, row, "quoted", spans_value(json, view, d.quoted, d.quoted_count));
  return row;
}

/* ---- read ---- */

static hsy_str string_of(const json_t *row, const char *key) {
  const json_t *value = json_object_get(row, key);
  return json_is_string(value) ? (hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)}
                               : (hsy_str){0};
}

/* Walks the text once: code points, which ascend, into bytes. */
typedef struct walker {
  hsy_str text;
  ptrdiff_t byte;
  json_int_t point;
} walker;

static int32_t byte_at(walker *w, json_int_t point) {
  while (w->point < point && w->byte < w->text.len) {
    w->byte++;
    while (w->byte < w->text.len && ((unsigned char)w->text.data[w->byte] & 0xC0) == 0x80) w->byte++;
    w->point++;
  }
  return w->point == point ? (int32_t)w->byte : -1;
}

static const hsy_span *read_spans(const json_t *row, const char *key, hsy_str text, ptrdiff_t *count, hsy_arena *arena,
                                  hsy_error *err) {
  const json_t *list = json_object_get(row, key);
  walker w = {.text = text};
  *count = (ptrdiff_t)json_array_size(list);
  hsy_span *spans = hsy_new(arena, hsy_span, *count + 1);
  for (ptrdiff_t i = 0; spans && i < *count; i++) {
    const json_t *pair = json_array_get(list, (size_t)i);
    spans[i].start = byte_at(&w, json_integer_value(json_array_get(pair, 0)));
    spans[i].end = byte_at(&w, json_integer_value(json_array_get(pair, 1)));
    bool good = spans[i].start >= 0 && spans[i].end >= spans[i].start;
    if (!good) hsy_fail(err, HSY_BAD_INPUT, "export", -1, "%s: no spans of this text, ascending", key);
    if (!good) return NULL;
  }
  return spans;
}

bool hsy_copy_keys_read(const json_t *row, hsy_reuse_document *out, hsy_arena *arena, hsy_error *err) {
  hsy_str id = string_of(row, "document");
  if (id.len != 16 || !json_is_string(json_object_get(row, "text")))
    return hsy_fail(err, HSY_BAD_INPUT, "export", -1, "a row of copy_keys wants document and text");
  *out = (hsy_reuse_document){.key = hsy_store_key_of(id),
                              .text = string_of(row, "text"),
                              .outlet = string_of(row, "outlet"),
                              .published = string_of(row, "published"),
                              .agency = string_of(row, "agency")};
  out->skip = read_spans(row, "skip", out->text, &out->skip_count, arena, err);
  out->quoted = out->skip ? read_spans(row, "quoted", out->text, &out->quoted_count, arena, err) : NULL;
  return hsy_arena_check(*arena, "export", err) && out->quoted;
}
