#include "format/format.h"

#include <string.h>

#include "base/hash.h"
#include "format/fields.h"
#include "format/jsonl.h"
#include "format/text.h"
#include "format/value.h"

static hsy_str stem_of(const char *path) {
  const char *slash = strrchr(path, '/');
  hsy_str name = hsy_str_of(slash ? slash + 1 : path);
  for (ptrdiff_t i = name.len - 1; i > 0; i--)
    if (name.data[i] == '.') return hsy_str_slice(name, 0, i);
  return name;
}

void hsy_format_begin(const hsy_record *record, hsy_doc *doc) {
  hsy_meta *meta = &doc->meta;
  hsy_str stem = stem_of(record->path);
  meta->path = hsy_str_copy(doc->arena, hsy_str_of(record->path));
  meta->source_id = record->item ? hsy_str_printf(doc->arena, "%.*s#%s", HSY_FMT(stem), record->item)
                                 : hsy_str_copy(doc->arena, stem);
  meta->format = hsy_str_of(record->format);
  meta->sha256 = hsy_hash_sha256(doc->arena, (hsy_str){record->bytes, record->len});
  if (!record->url) return;
  meta->url = hsy_str_copy(doc->arena, hsy_str_of(record->url));
  *hsy_push(&doc->findings, doc->arena) = (hsy_finding){"url", "container"};
}

void hsy_format_end(const hsy_format_options *options, hsy_doc *doc) {
  if (doc->meta.title.len == 0) doc->meta.title = hsy_str_copy(doc->arena, options->title);
  if (doc->meta.outlet.len == 0) doc->meta.outlet = hsy_str_copy(doc->arena, options->outlet);
  if (doc->meta.published.len || options->published.len == 0) return;
  doc->meta.published = hsy_str_copy(doc->arena, options->published);
  *hsy_push(&doc->findings, doc->arena) = (hsy_finding){"published", "option"};
}

/* Objects: fields with names, of a line, a table's row, a feed's entry. */
static bool is_object(const hsy_record *record) {
  static const char *const OBJECTS[] = {"jsonl", "csv", "entry"};
  for (size_t i = 0; i < sizeof OBJECTS / sizeof *OBJECTS; i++)
    if (strcmp(record->format, OBJECTS[i]) == 0) return true;
  return false;
}

/* An object is mark-up where its text stands in a field of HTML alone. */
bool hsy_format_is_markup(const hsy_record *record, const hsy_format_options *options, hsy_error *err) {
  if (strcmp(record->format, "html") == 0) return true;
  if (!is_object(record) || hsy_str_find((hsy_str){record->bytes, record->len}, HSY_S("html\"")) < 0) return false;
  hsy_limits limits = hsy_format_limits(options);
  hsy_error problem = {.offset = -1};
  json_t *object = hsy_value_load((hsy_str){record->bytes, record->len}, JSON_ALLOW_NUL, &limits, &problem);
  if (problem.code == HSY_NO_MEMORY) hsy_fail(err, problem.code, "format", -1, "%s", problem.message);
  const hsy_fields usual = {0};
  bool markup = object && json_is_object(object) && !hsy_fields_key(&usual, object, HSY_FIELD_TEXT) &&
                hsy_fields_key(&usual, object, HSY_FIELD_HTML);
  json_decref(object);
  return markup;
}

bool hsy_format_read_text(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                          hsy_error *err) {
  hsy_format_begin(record, doc);
  bool json = is_object(record);
  bool read =
      json ? hsy_jsonl_read(record, options, doc, scratch, err) : hsy_text_read(record, options, doc, scratch, err);
  if (!read) return false;
  hsy_format_end(options, doc);
  return hsy_arena_check(*doc->arena, "format", err);
}
