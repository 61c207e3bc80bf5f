#include "export/layers.h"

static json_t *point(hsy_json *json, const hsy_view *view, int32_t byte) {
  return hsy_json_int(json, hsy_view_point(view, byte));
}

/* "[start, end" of a row. */
static json_t *begin(hsy_json *json, const hsy_view *view, hsy_span span) {
  json_t *row = hsy_json_array(json);
  hsy_json_add(json, row, point(json, view, span.start));
  hsy_json_add(json, row, point(json, view, span.end));
  return row;
}

static json_t *strings(hsy_json *json, const hsy_str_vec *list) {
  json_t *array = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < list->len; i++) hsy_json_add(json, array, hsy_json_str(json, list->data[i]));
  return array;
}

static json_t *blocks(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->blocks.len; i++) {
    const hsy_block *block = &view->doc->blocks.data[i];
    json_t *row = begin(json, view, block->text);
    hsy_json_add(json, row, hsy_json_z(json, hsy_block_kind_name(block->kind)));
    hsy_json_add(json, row, hsy_json_bool(json, block->tagged));
    hsy_json_add(json, row, point(json, view, block->text.start + block->lead));
    hsy_json_add(json, row, hsy_json_z(json, block->why));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *origins(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->origins.len; i++) {
    const hsy_origin *origin = &view->doc->origins.data[i];
    json_t *row = hsy_json_array(json);
    hsy_json_add(json, row, point(json, view, origin->text));
    hsy_json_add(json, row, hsy_json_int(json, origin->source));
    hsy_json_add(json, row, hsy_json_bool(json, origin->exact));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *findings(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->findings.len; i++) {
    json_t *row = hsy_json_array(json);
    hsy_json_add(json, row, hsy_json_z(json, view->doc->findings.data[i].field));
    hsy_json_add(json, row, hsy_json_z(json, view->doc->findings.data[i].where));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *entities(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->entities.len; i++) {
    const hsy_entity *entity = &view->doc->entities.data[i];
    json_t *row = hsy_json_object(json);
    hsy_json_set(json, row, "name", hsy_json_str(json, entity->name));
    hsy_json_set(json, row, "kind", hsy_json_z(json, hsy_entity_kind_name(entity->kind)));
    hsy_json_set(json, row, "titles", strings(json, &entity->titles));
    hsy_json_set(json, row, "aliases", strings(json, &entity->aliases));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *mentions(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->mentions.len; i++) {
    const hsy_mention *mention = &view->doc->mentions.data[i];
    json_t *row = begin(json, view, mention->span);
    hsy_json_add(json, row, hsy_json_int(json, mention->entity));
    hsy_json_add(json, row, hsy_json_z(json, mention->form));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *times(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->times.len; i++) {
    const hsy_time *time = &view->doc->times.data[i];
    json_t *row = begin(json, view, time->span);
    hsy_json_add(json, row, hsy_json_z(json, time->type));
    hsy_json_add(json, row, hsy_json_str_or_null(json, time->value));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *links(hsy_json *json, const hsy_view *view, int32_t attribution) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = view->first_link[attribution]; i != HSY_NONE; i = view->next_link[i]) {
    const hsy_link *link = &view->doc->links.data[i];
    json_t *row = hsy_json_array(json);
    hsy_json_add(json, row, hsy_json_z(json, link->to ? "to" : "via"));
    hsy_json_add(json, row, hsy_json_str(json, link->name));
    hsy_json_add(json, row, hsy_json_int(json, link->entity));
    hsy_json_add(json, row, hsy_json_z(json, link->relation));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *evidence(hsy_json *json, const hsy_view *view, int32_t attribution) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = view->first_evidence[attribution]; i != HSY_NONE; i = view->next_evidence[i]) {
    const hsy_evidence *why = &view->doc->evidence.data[i];
    json_t *row = begin(json, view, why->span);
    hsy_json_add(json, row, hsy_json_z(json, why->field));
    hsy_json_add(json, row, hsy_json_z(json, hsy_basis_name(why->basis)));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *attributions(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = 0; i < view->doc->attributions.len; i++) {
    const hsy_attribution *from = &view->doc->attributions.data[i];
    json_t *row = hsy_json_object(json), *speakers = hsy_json_array(json);
    for (ptrdiff_t k = 0; k < from->speakers.len; k++)
      hsy_json_add(json, speakers, hsy_json_int(json, from->speakers.data[k]));
    hsy_json_set(json, row, "speaker", hsy_json_str_or_null(json, from->speaker));
    hsy_json_set(json, row, "speakers", speakers);
    hsy_json_set(json, row, "parent", hsy_json_int(json, from->parent));
    hsy_json_set(json, row, "same_run", hsy_json_int(json, from->same_run));
    hsy_json_set(json, row, "confidence", json_real((double)from->confidence));
    hsy_json_set(json, row, "links", links(json, view, i));
    hsy_json_set(json, row, "evidence", evidence(json, view, i));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *addresses(hsy_json *json, const hsy_view *view) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < view->doc->meta.addresses.len; i++) {
    const hsy_address *address = &view->doc->meta.addresses.data[i];
    const hsy_str fields[] = {address->url, address->id.len ? address->id : view->id, address->path, address->item};
    json_t *row = hsy_json_array(json);
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
      hsy_json_add(json, row, hsy_json_str_or_null(json, fields[k]));
    hsy_json_add(json, list, row);
  }
  return list;
}

json_t *hsy_export_layers(hsy_json *json, const hsy_view *view) {
  const hsy_meta *meta = &view->doc->meta;
  json_t *object = hsy_json_object(json);
  hsy_json_set(json, object, "file", hsy_json_str_or_null(json, meta->path));
  hsy_json_set(json, object, "item", hsy_json_str_or_null(json, meta->item));
  hsy_json_set(json, object, "authors", strings(json, &meta->authors));
  hsy_json_set(json, object, "agency", hsy_json_str_or_null(json, meta->agency));
  hsy_json_set(json, object, "place", hsy_json_str_or_null(json, meta->place));
  hsy_json_set(json, object, "format", hsy_json_str_or_null(json, meta->format));
  hsy_json_set(json, object, "article", hsy_json_str_or_null(json, meta->article));
  hsy_json_set(json, object, "detours", hsy_json_int(json, meta->detours));
  hsy_json_set(json, object, "addresses", addresses(json, view));
  hsy_json_set(json, object, "summary_only", hsy_json_bool(json, meta->summary_only));
  hsy_json_set(json, object, "paywalled", hsy_json_bool(json, meta->paywalled));
  hsy_json_set(json, object, "blocks", blocks(json, view));
  hsy_json_set(json, object, "origins", origins(json, view));
  hsy_json_set(json, object, "findings", findings(json, view));
  hsy_json_set(json, object, "entities", entities(json, view));
  hsy_json_set(json, object, "mentions", mentions(json, view));
  hsy_json_set(json, object, "times", times(json, view));
  hsy_json_set(json, object, "attributions", attributions(json, view));
  return object;
}
