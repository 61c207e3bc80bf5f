#include "clean/clean.h"

#include <jansson.h>
#include <string.h>

#include "clean/assemble.h"
#include "clean/metadata.h"
#include "format/dateline.h"
#include "format/fields.h"
#include "format/html.h"
#include "format/jsonl.h"
#include "format/text.h"
#include "format/value.h"

typedef struct job {
  const hsy_format_options *options;
  hsy_limits limits;
  hsy_doc *doc;
  hsy_arena *scratch;
  hsy_error *err;
} job;

static void note(hsy_doc *doc, const char *field) {
  *hsy_push(&doc->findings, doc->arena) = (hsy_finding){field, "dateline"};
}

/* The dateline of the first paragraph: no prose, and the place and agency where nothing else gave them. */
static bool read_dateline(job *j) {
  hsy_dates dates;
  hsy_doc *doc = j->doc;
  ptrdiff_t i = 0;
  while (i < doc->blocks.len && doc->blocks.data[i].kind != HSY_BLOCK_PARAGRAPH) i++;
  if (!hsy_dates_load(&dates, j->scratch, j->err)) return false;
  if (i == doc->blocks.len) return true;
  hsy_block *block = &doc->blocks.data[i];
  hsy_dateline line = hsy_dateline_read(&dates, hsy_doc_span(doc, block->text));
  if (line.lead == 0 || line.lead >= block->text.end - block->text.start) return true;
  block->lead = (int32_t)line.lead;
  if (line.place.len) doc->meta.place = line.place, note(doc, "place");
  if (line.agency.len) doc->meta.agency = line.agency, note(doc, "agency");
  if (!line.has_date || doc->meta.published.len) return true;
  doc->meta.published = hsy_date_iso(&line.date, doc->arena);
  note(doc, "published");
  return true;
}

/* Chooses the main text of a page and puts the article together. */
static bool assemble(job *j, const hsy_page *page, const hsy_chunks *chunks, const hsy_metadata *meta) {
  hsy_furniture furniture;
  if (!hsy_furniture_load(&furniture, j->scratch, j->err)) return false;
  hsy_maintext text = {.page = page,
                       .chunks = chunks,
                       .furniture = &furniture,
                       .headline = j->doc->meta.title,
                       .headline_at = meta->headline_at,
                       .description = meta->description,
                       .body = meta->body};
  if (!hsy_maintext_choose(&text, j->scratch, j->err)) return false;
  bool drawn = hsy_maintext_is_drawn(&text) && meta->paragraphs.len;
  if (drawn && !hsy_assemble_body(&text, j->doc->meta.title, &meta->paragraphs, j->doc, j->err)) return false;
  if (!drawn && !hsy_assemble(&text, j->doc->meta.title, meta->headline_node, j->doc, j->err)) return false;
  if (!hsy_text_check(j->doc->text, j->options, j->err)) return false;
  if (!read_dateline(j)) return false;
  hsy_format_end(j->options, j->doc);
  return hsy_arena_check(*j->doc->arena, "clean", j->err);
}

static bool read_page(job *j, const hsy_record *record) {
  hsy_page page;
  hsy_chunks chunks;
  hsy_metadata meta;
  hsy_str bytes = {record->bytes, record->len};
  if (!hsy_page_parse(bytes, hsy_str_of(record->charset), &j->limits, &page, j->scratch, j->err)) return false;
  if (!hsy_chunks_cut(&page, &chunks, j->scratch, j->err)) return false;
  if (!hsy_metadata_read(&page, &chunks, j->doc, &meta, j->scratch, j->err)) return false;
  return assemble(j, &page, &chunks, &meta);
}

/* The HTML of an object's field; the other fields are the metadata. */
static bool read_object(job *j, const json_t *object) {
  hsy_fields fields;
  hsy_page page;
  hsy_chunks chunks;
  if (!hsy_fields_load(&fields, j->options->fields, j->scratch, j->err)) return false;
  const char *key = hsy_fields_key(&fields, object, HSY_FIELD_HTML);
  if (!key) return hsy_fail(j->err, HSY_BAD_INPUT, "clean", -1, "has no field with the article's text");
  const json_t *value = json_object_get(object, key);
  hsy_str html = {json_string_value(value), (ptrdiff_t)json_string_length(value)};
  if (!hsy_jsonl_meta(j->doc, object, &fields, *j->scratch, j->err)) return false;
  if (!hsy_page_parse(html, HSY_S("utf-8"), &j->limits, &page, j->scratch, j->err)) return false;
  if (!hsy_chunks_cut(&page, &chunks, j->scratch, j->err)) return false;
  hsy_metadata meta = {.headline_node = HSY_NONE, .headline_at = HSY_NONE};
  if (!assemble(j, &page, &chunks, &meta)) return false;
  j->doc->origins.len = 0; /* the field's escapes stand between it and the record: no map */
  return true;
}

bool hsy_clean_read_html(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                         hsy_error *err) {
  job j = {options, hsy_format_limits(options), doc, &scratch, err};
  hsy_format_begin(record, doc);
  if (strcmp(record->format, "html") == 0) return read_page(&j, record);
  json_t *object = hsy_value_load((hsy_str){record->bytes, record->len}, JSON_ALLOW_NUL, &j.limits, err);
  if (!object) return false;
  bool done =
      json_is_object(object) ? read_object(&j, object) : hsy_fail(err, HSY_BAD_INPUT, "clean", -1, "is no object");
  json_decref(object);
  return done;
}
