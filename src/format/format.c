#include "format/format.h"

#include <string.h>

#include "base/hash.h"
#include "format/jsonl.h"
#include "format/text.h"

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
  if (doc->meta.published.len || options->published.len == 0) return;
  doc->meta.published = hsy_str_copy(doc->arena, options->published);
  *hsy_push(&doc->findings, doc->arena) = (hsy_finding){"published", "option"};
}

/* The formats that are mark-up, or carry it. */
static const char *const MARKUP[] = {"html"};

bool hsy_format_is_markup(const hsy_record *record) {
  for (size_t i = 0; i < sizeof MARKUP / sizeof *MARKUP; i++)
    if (strcmp(record->format, MARKUP[i]) == 0) return true;
  return false;
}

bool hsy_format_read_text(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                          hsy_error *err) {
  hsy_format_begin(record, doc);
  bool json = strcmp(record->format, "jsonl") == 0;
  bool read =
      json ? hsy_jsonl_read(record, options, doc, scratch, err) : hsy_text_read(record, options, doc, scratch, err);
  if (!read) return false;
  hsy_format_end(options, doc);
  return hsy_arena_check(*doc->arena, "format", err);
}
