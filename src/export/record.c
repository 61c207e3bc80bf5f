#include "export/record.h"

#include <string.h>

/* ---- pieces ---- */

static json_t *span_value(hsy_json *json, const hsy_view *view, hsy_span span) {
  return hsy_json_pair(json, hsy_view_point(view, span.start), hsy_view_point(view, span.end));
}

static json_t *part_spans(hsy_json *json, const hsy_view *view, hsy_part part) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = 0; i < part.count; i++)
    hsy_json_add(json, list, span_value(json, view, hsy_doc_piece(view->doc, part, i)));
  return list;
}

static json_t *part_words(hsy_json *json, const hsy_view *view, hsy_part part) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = 0; i < part.count; i++)
    hsy_json_add(json, list, hsy_json_str(json, hsy_doc_span(view->doc, hsy_doc_piece(view->doc, part, i))));
  return list;
}

static json_t *strings(hsy_json *json, const hsy_str_vec *list) {
  json_t *array = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < list->len; i++) hsy_json_add(json, array, hsy_json_str(json, list->data[i]));
  return array;
}

/* ---- document ---- */

typedef struct field {
  const char *key;
  size_t at; /* of a hsy_str in hsy_meta */
} field;

#define FIELD(name)                                                                                                    \
  { #name, offsetof(hsy_meta, name) }

static const field DOCUMENT_FIELDS[] = {FIELD(url),      FIELD(title),     FIELD(outlet),
                                        FIELD(byline),   FIELD(published), FIELD(modified),
                                        FIELD(language), FIELD(sha256),    FIELD(engine)};
static const field PAGE_FIELDS[] = {FIELD(outlet), FIELD(published), FIELD(modified), FIELD(language)};
static const field CONTEXT_FIELDS[] = {FIELD(title), FIELD(outlet), FIELD(published)};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void set_fields(hsy_json *json, json_t *object, const hsy_meta *meta, const field *fields, size_t count) {
  for (size_t i = 0; i < count; i++) {
    hsy_str value;
    memcpy(&value, (const char *)meta + fields[i].at, sizeof value);
    hsy_json_set(json, object, fields[i].key, hsy_json_str_or_null(json, value));
  }
}

/* Once each, in their order; without the document's own. */
static json_t *addresses(hsy_json *json, const hsy_meta *meta) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < meta->addresses.len; i++) {
    hsy_str url = meta->addresses.data[i].url;
    bool told = hsy_str_eq(url, meta->url) || (i && hsy_str_eq(url, meta->addresses.data[i - 1].url));
    if (!told) hsy_json_add(json, list, hsy_json_str(json, url));
  }
  return list;
}

static void set_document(hsy_json *json, json_t *object, const hsy_view *view, bool text) {
  const hsy_meta *meta = &view->doc->meta;
  hsy_json_set(json, object, "source_id", hsy_json_str_or_null(json, meta->source_id));
  hsy_json_set(json, object, "path", hsy_json_str_or_null(json, view->place));
  set_fields(json, object, meta, DOCUMENT_FIELDS, COUNT(DOCUMENT_FIELDS));
  hsy_json_set(json, object, "addresses", addresses(json, meta));
  if (text) hsy_json_set(json, object, "text", hsy_json_str(json, view->doc->text));
}

json_t *hsy_export_document(hsy_json *json, const hsy_view *view, bool text) {
  json_t *object = hsy_json_object(json);
  hsy_json_set(json, object, "type", hsy_json_z(json, "document"));
  hsy_json_set(json, object, "id", hsy_json_str(json, view->id));
  set_document(json, object, view, text);
  return object;
}

json_t *hsy_export_entity(hsy_json *json, const hsy_view *view, int32_t entity) {
  const hsy_entity *row = &view->doc->entities.data[entity];
  json_t *object = hsy_json_object(json);
  hsy_json_set(json, object, "type", hsy_json_z(json, "entity"));
  hsy_json_set(json, object, "id", hsy_json_str(json, view->entity_ids[entity]));
  hsy_json_set(json, object, "name", hsy_json_str(json, row->name));
  hsy_json_set(json, object, "kind", hsy_json_z(json, hsy_entity_kind_name(row->kind)));
  hsy_json_set(json, object, "titles", strings(json, &row->titles));
  hsy_json_set(json, object, "aliases", strings(json, &row->aliases));
  return object;
}

/* ---- attribution ---- */

static json_t *entity_id(hsy_json *json, const hsy_view *view, int32_t entity) {
  bool known = view->ids == HSY_IDS_GLOBAL && entity >= 0 && entity < view->doc->entities.len;
  return known ? hsy_json_str(json, view->entity_ids[entity]) : hsy_json_z(json, NULL);
}

static json_t *links(hsy_json *json, const hsy_view *view, int32_t attribution, bool to) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = view->first_link[attribution]; i != HSY_NONE; i = view->next_link[i]) {
    const hsy_link *row = &view->doc->links.data[i];
    if (row->to != to) continue;
    json_t *object = hsy_json_object(json);
    hsy_json_set(json, object, "name", hsy_json_str(json, row->name));
    hsy_json_set(json, object, "entity", entity_id(json, view, row->entity));
    hsy_json_set(json, object, "relation", hsy_json_z(json, row->relation));
    hsy_json_add(json, list, object);
  }
  return list;
}

static json_t *evidence(hsy_json *json, const hsy_view *view, int32_t attribution) {
  json_t *object = hsy_json_object(json);
  for (int32_t i = view->first_evidence[attribution]; i != HSY_NONE; i = view->next_evidence[i]) {
    const hsy_evidence *row = &view->doc->evidence.data[i];
    json_t *entry = json_object_get(object, row->field);
    if (!entry) {
      entry = hsy_json_object(json);
      hsy_json_set(json, entry, "spans", hsy_json_array(json));
      hsy_json_set(json, entry, "basis", hsy_json_z(json, hsy_basis_name(row->basis)));
      hsy_json_set(json, object, row->field, entry);
    }
    if (row->span.end > row->span.start)
      hsy_json_add(json, json_object_get(entry, "spans"), span_value(json, view, row->span));
  }
  return object;
}

static json_t *speaker_ids(hsy_json *json, const hsy_view *view, const hsy_attribution *row) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < row->speakers.len; i++)
    hsy_json_add(json, list, entity_id(json, view, row->speakers.data[i]));
  return list;
}

static void set_parts(hsy_json *json, json_t *object, const hsy_view *view, const hsy_attribution *row) {
  for (hsy_role role = 0; role < HSY_ROLES; role++)
    hsy_json_set(json, object, hsy_role_name(role), part_spans(json, view, row->part[role]));
  hsy_json_set(json, object, "content_text", part_words(json, view, row->part[HSY_CONTENT]));
}

/* The name that its one speaker has across documents, else as the article has it. */
static hsy_str speaker_name(const hsy_view *view, const hsy_attribution *row) {
  if (row->speakers.len != 1) return row->speaker;
  int32_t entity = row->speakers.data[0];
  bool known = entity >= 0 && entity < view->doc->entities.len && view->doc->entities.data[entity].known_as.len;
  return known ? view->doc->entities.data[entity].known_as : row->speaker;
}

static json_t *parent_id(hsy_json *json, const hsy_view *view, const hsy_attribution *row) {
  bool has = row->parent >= 0 && row->parent < view->doc->attributions.len;
  return has ? hsy_json_str(json, view->attribution_ids[row->parent]) : hsy_json_z(json, NULL);
}

static void set_attribution(hsy_json *json, json_t *object, const hsy_view *view, int32_t attribution) {
  const hsy_attribution *row = &view->doc->attributions.data[attribution];
  bool global = view->ids == HSY_IDS_GLOBAL;
  hsy_json_set(json, object, "id", hsy_json_str(json, view->attribution_ids[attribution]));
  if (global) hsy_json_set(json, object, "document", hsy_json_str(json, view->id));
  hsy_json_set(json, object, "speaker", hsy_json_str_or_null(json, speaker_name(view, row)));
  if (global) hsy_json_set(json, object, "speakers", speaker_ids(json, view, row));
  set_parts(json, object, view, row);
  hsy_json_set(json, object, "kind", hsy_json_z(json, hsy_kind_name(row->kind)));
  hsy_json_set(json, object, "mode", hsy_json_z(json, hsy_mode_name(row->mode)));
  hsy_json_set(json, object, "stance", hsy_json_z(json, row->stance));
  hsy_json_set(json, object, "said_on", hsy_json_str_or_null(json, row->said_on));
  hsy_json_set(json, object, "via", links(json, view, attribution, false));
  hsy_json_set(json, object, "to", links(json, view, attribution, true));
  hsy_json_set(json, object, "parent", parent_id(json, view, row));
  if (global) hsy_json_set(json, object, "statement", hsy_json_str_or_null(json, row->statement));
  hsy_json_set(json, object, "evidence", evidence(json, view, attribution));
  hsy_json_set(json, object, "confidence", hsy_json_rate(json, row->confidence));
}

json_t *hsy_export_attribution(hsy_json *json, const hsy_view *view, int32_t attribution) {
  json_t *object = hsy_json_object(json);
  hsy_json_set(json, object, "type", hsy_json_z(json, "attribution"));
  set_attribution(json, object, view, attribution);
  return object;
}

void hsy_export_attribution_context(hsy_json *json, json_t *row, const hsy_view *view, int32_t attribution) {
  const hsy_attribution *from = &view->doc->attributions.data[attribution];
  hsy_json_set(json, row, "source_text", part_words(json, view, from->part[HSY_SOURCE]));
  hsy_json_set(json, row, "cue_text", part_words(json, view, from->part[HSY_CUE]));
  hsy_json_set(json, row, "path", hsy_json_str_or_null(json, view->place));
  set_fields(json, row, &view->doc->meta, CONTEXT_FIELDS, COUNT(CONTEXT_FIELDS));
}

/* ---- whole articles ---- */

static json_t *times_list(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->times.len; i++) {
    const hsy_time *row = &view->doc->times.data[i];
    json_t *entry = span_value(json, view, row->span);
    hsy_json_add(json, entry, hsy_json_z(json, row->type));
    hsy_json_add(json, entry, hsy_json_str_or_null(json, row->value));
    hsy_json_add(json, list, entry);
  }
  return list;
}

json_t *hsy_export_extract(hsy_json *json, const hsy_view *view, hsy_extract_how how) {
  json_t *object = hsy_json_object(json);
  bool global = view->ids == HSY_IDS_GLOBAL;
  hsy_str id = global ? view->id : view->doc->meta.source_id;
  hsy_json_set(json, object, "id", hsy_json_str(json, id));
  set_document(json, object, view, true);
  json_t *list = hsy_json_array(json);
  for (int32_t i = 0; i < view->doc->attributions.len; i++) {
    hsy_mode mode = view->doc->attributions.data[i].mode;
    if (mode == HSY_REJECTED || (mode == HSY_THOUGHT && !how.thoughts)) continue;
    json_t *row = hsy_json_object(json);
    set_attribution(json, row, view, i);
    hsy_json_add(json, list, row);
  }
  hsy_json_set(json, object, "attributions", list);
  if (how.times) hsy_json_set(json, object, "times", times_list(json, view));
  return object;
}

static json_t *blocks(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->blocks.len; i++) {
    const hsy_block *block = &view->doc->blocks.data[i];
    json_t *row = hsy_json_object(json);
    hsy_json_set(json, row, "start", hsy_json_int(json, hsy_view_point(view, block->text.start)));
    hsy_json_set(json, row, "end", hsy_json_int(json, hsy_view_point(view, block->text.end)));
    hsy_json_set(json, row, "kind", hsy_json_z(json, hsy_block_kind_name(block->kind)));
    hsy_json_set(json, row, "tagged", hsy_json_bool(json, block->tagged));
    hsy_json_set(json, row, "why", hsy_json_z(json, block->why));
    hsy_json_set(json, row, "source", hsy_json_int(json, hsy_doc_source(view->doc, block->text.start)));
    hsy_json_add(json, list, row);
  }
  return list;
}

void hsy_export_details(hsy_json *json, json_t *row, const hsy_view *view) {
  json_t *entities = hsy_json_array(json);
  for (int32_t i = 0; i < view->doc->entities.len; i++) hsy_json_add(json, entities, hsy_export_entity(json, view, i));
  hsy_json_set(json, row, "entities", entities);
  hsy_json_set(json, row, "blocks", blocks(json, view));
}

static json_t *findings(hsy_json *json, const hsy_view *view) {
  json_t *object = hsy_json_object(json);
  for (ptrdiff_t i = 0; i < view->doc->findings.len; i++)
    hsy_json_set(json, object, view->doc->findings.data[i].field, hsy_json_z(json, view->doc->findings.data[i].where));
  return object;
}

static bool is_main_text(const hsy_block *block) {
  return block->kind == HSY_BLOCK_PARAGRAPH || block->kind == HSY_BLOCK_SUBHEADING;
}

static hsy_str main_text(const hsy_doc *doc, hsy_arena *arena) {
  if (doc->blocks.len == 0) return doc->text;
  hsy_buf text = hsy_buf_in(arena);
  for (ptrdiff_t i = 0; i < doc->blocks.len; i++) {
    if (!is_main_text(&doc->blocks.data[i])) continue;
    if (text.len) hsy_buf_byte(&text, '\n');
    hsy_buf_add(&text, hsy_doc_span(doc, doc->blocks.data[i].text));
  }
  return hsy_buf_str(&text);
}

json_t *hsy_export_page(hsy_json *json, const hsy_view *view, bool explain, hsy_arena scratch) {
  const hsy_meta *meta = &view->doc->meta;
  json_t *object = hsy_json_object(json);
  hsy_json_set(json, object, "id", hsy_json_str(json, meta->source_id));
  hsy_json_set(json, object, "url", hsy_json_str_or_null(json, meta->url));
  hsy_json_set(json, object, "title", hsy_json_str_or_null(json, meta->title));
  hsy_json_set(json, object, "authors", strings(json, &meta->authors));
  set_fields(json, object, meta, PAGE_FIELDS, COUNT(PAGE_FIELDS));
  hsy_json_set(json, object, "text", hsy_json_str(json, main_text(view->doc, &scratch)));
  if (explain) {
    hsy_json_set(json, object, "blocks", blocks(json, view));
    hsy_json_set(json, object, "found", findings(json, view));
  }
  json->failed = json->failed || hsy_arena_failed(scratch);
  return object;
}
