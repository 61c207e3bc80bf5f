#include "export/spread.h"

#include "base/utf8.h"
#include "doc/identity.h"
#include "export/record.h"

static json_t *begin_row(hsy_json *json, const char *type, hsy_str id) {
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "type", hsy_json_z(json, type));
  hsy_json_set(json, row, "id", hsy_json_str(json, id));
  return row;
}

static json_t *strings(hsy_json *json, const hsy_str_vec *list) {
  json_t *array = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < list->len; i++) hsy_json_add(json, array, hsy_json_str(json, list->data[i]));
  return array;
}

/* ---- statements ---- */

json_t *hsy_export_statement(hsy_json *json, const hsy_stored_statement *statement) {
  json_t *row = begin_row(json, "statement", statement->id);
  hsy_json_set(json, row, "speaker", hsy_json_str_or_null(json, statement->speaker));
  hsy_json_set(json, row, "speakers", strings(json, &statement->speakers));
  hsy_json_set(json, row, "text", hsy_json_str(json, statement->text));
  hsy_json_set(json, row, "said_on", hsy_json_str_or_null(json, statement->said_on));
  hsy_json_set(json, row, "attributions", strings(json, &statement->reports));
  hsy_json_set(json, row, "first_reported", hsy_json_str(json, statement->first));
  hsy_json_set(json, row, "independent_reports", hsy_json_int(json, statement->independent));
  return row;
}

static json_t *points_of(hsy_json *json, hsy_str text, hsy_span span) {
  return hsy_json_pair(json, hsy_utf8_points(hsy_str_slice(text, 0, span.start)),
                       hsy_utf8_points(hsy_str_slice(text, 0, span.end)));
}

static json_t *op_value(hsy_json *json, const hsy_align_op *op, hsy_str base, hsy_str other) {
  json_t *value = hsy_json_object(json);
  hsy_json_set(json, value, "kind", hsy_json_z(json, hsy_align_name(op->kind)));
  hsy_json_set(json, value, "base", points_of(json, base, op->base));
  hsy_json_set(json, value, "other", points_of(json, other, op->other));
  hsy_json_set(json, value, "base_words", hsy_json_str(json, hsy_str_slice(base, op->base.start, op->base.end)));
  hsy_json_set(json, value, "other_words", hsy_json_str(json, hsy_str_slice(other, op->other.start, op->other.end)));
  hsy_json_set(json, value, "slight", hsy_json_bool(json, op->slight));
  return value;
}

json_t *hsy_export_variants(hsy_json *json, const hsy_stored_report_vec *reports, const hsy_variants *variants) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < variants->list.len; i++) {
    const hsy_variant *variant = &variants->list.data[i];
    const hsy_stored_report *base = &reports->data[variants->base], *other = &reports->data[variant->wording];
    json_t *row = hsy_json_object(json), *ops = hsy_json_array(json);
    for (ptrdiff_t k = 0; k < variant->ops.len; k++)
      hsy_json_add(json, ops, op_value(json, &variant->ops.data[k], base->content, other->content));
    hsy_json_set(json, row, "attribution", hsy_json_str(json, other->id));
    hsy_json_set(json, row, "base", hsy_json_str(json, base->id));
    hsy_json_set(json, row, "ops", ops);
    hsy_json_set(json, row, "differs", hsy_json_bool(json, variant->differs));
    hsy_json_set(json, row, "cut", hsy_json_bool(json, variant->is_cut));
    hsy_json_add(json, list, row);
  }
  return list;
}

/* One report: the attribution's row, with its part in the spread. */
static json_t *report_row(hsy_json *json, const hsy_spread *spread, ptrdiff_t i, hsy_arena scratch, hsy_error *err) {
  const hsy_stored_report *report = &spread->reports.data[i];
  hsy_doc doc;
  hsy_view view;
  hsy_doc_init(&doc, &scratch);
  if (!hsy_store_load(spread->store, report->document, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS, &doc, err)) return NULL;
  if (!hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &scratch, err)) return NULL;
  if (report->number < 0 || report->number >= doc.attributions.len) {
    hsy_fail(err, HSY_STORE, "export", -1, "the store is damaged: an attribution is missing");
    return NULL;
  }
  int32_t from = spread->roles[i].from;
  json_t *row = hsy_export_attribution(json, &view, report->number);
  hsy_export_attribution_context(json, row, &view, report->number);
  hsy_json_set(json, row, "role", hsy_json_z(json, hsy_report_role_name(spread->roles[i].role)));
  hsy_json_set(json, row, "copied_from",
               from == HSY_NONE ? hsy_json_z(json, NULL) : hsy_json_str(json, spread->reports.data[from].id));
  return row;
}

json_t *hsy_export_spread(hsy_json *json, const hsy_spread *spread, hsy_arena scratch, hsy_error *err) {
  json_t *row = hsy_export_statement(json, &spread->statement), *reports = hsy_json_array(json);
  for (ptrdiff_t i = 0; err->code == HSY_OK && i < spread->reports.len; i++) {
    json_t *report = report_row(json, spread, i, scratch, err);
    if (report) hsy_json_add(json, reports, report);
  }
  hsy_json_set(json, row, "attributions", reports);
  hsy_json_set(json, row, "variants", hsy_export_variants(json, &spread->reports, &spread->variants));
  hsy_json_set(json, row, "differs", hsy_json_bool(json, spread->variants.differs));
  if (spread->match >= 0) hsy_json_set(json, row, "match", hsy_json_rate(json, spread->match));
  return row;
}

/* ---- copies ---- */

static json_t *id_value(hsy_json *json, hsy_key key, hsy_arena scratch) {
  return hsy_json_str(json, hsy_store_id_of(key, &scratch));
}

static bool load_document(hsy_store *store, hsy_key id, int what, hsy_doc *doc, hsy_arena *arena, hsy_error *err) {
  hsy_doc_init(doc, arena);
  return hsy_store_load(store, hsy_store_key(store, hsy_store_id_of(id, arena), err), what, doc, err);
}

/* Passages are told in bytes; the text says how many code points they are. */
static json_t *passage_list(hsy_json *json, hsy_store *store, const hsy_copy_group *group, hsy_arena scratch,
                            hsy_error *err) {
  json_t *list = hsy_json_array(json);
  hsy_arena arena = scratch;
  hsy_doc doc;
  hsy_view view;
  for (ptrdiff_t i = 0; i < group->passage_count; i++) {
    const hsy_passage *passage = &group->passages[i];
    if (i == 0 || group->passages[i - 1].document != passage->document) {
      arena = scratch;
      if (!load_document(store, passage->document, HSY_LOAD_TEXT, &doc, &arena, err) ||
          !hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, err))
        break;
    }
    json_t *row = hsy_json_array(json);
    hsy_json_add(json, row, id_value(json, passage->document, arena));
    hsy_json_add(json, row, hsy_json_int(json, hsy_view_point(&view, passage->start)));
    hsy_json_add(json, row, hsy_json_int(json, hsy_view_point(&view, passage->end)));
    hsy_json_add(json, list, row);
  }
  return list;
}

static json_t *article_value(hsy_json *json, hsy_store *store, hsy_key id, hsy_arena scratch, hsy_error *err) {
  hsy_doc doc;
  if (!load_document(store, id, 0, &doc, &scratch, err)) return NULL;
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "id", id_value(json, id, scratch));
  hsy_json_set(json, row, "path", hsy_json_str_or_null(json, hsy_doc_place(&doc, &scratch)));
  hsy_json_set(json, row, "title", hsy_json_str_or_null(json, doc.meta.title));
  hsy_json_set(json, row, "outlet", hsy_json_str_or_null(json, doc.meta.outlet));
  hsy_json_set(json, row, "published", hsy_json_str_or_null(json, doc.meta.published));
  return row;
}

/* What is shared, in words: the longest passage of the first document that has one. */
static json_t *shared_words(hsy_json *json, hsy_store *store, const hsy_copy_group *group, hsy_arena scratch,
                            hsy_error *err) {
  const hsy_passage *longest = group->passage_count ? &group->passages[0] : NULL;
  hsy_doc doc;
  if (!longest) return hsy_json_z(json, NULL);
  for (ptrdiff_t i = 1; i < group->passage_count; i++) {
    const hsy_passage *passage = &group->passages[i];
    bool longer = passage->end - passage->start > longest->end - longest->start;
    if (passage->document == longest->document && longer) longest = passage;
  }
  if (!load_document(store, longest->document, HSY_LOAD_TEXT, &doc, &scratch, err)) return hsy_json_z(json, NULL);
  return hsy_json_str(json, hsy_doc_span(&doc, (hsy_span){longest->start, longest->end}));
}

json_t *hsy_export_copy(hsy_json *json, hsy_store *store, const hsy_copy_group *group, bool articles, hsy_arena scratch,
                        hsy_error *err) {
  hsy_arena names = scratch;
  json_t *row = begin_row(json, "copy", hsy_store_id_of(group->id, &names));
  json_t *documents = hsy_json_array(json), *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < group->document_count; i++) {
    hsy_json_add(json, documents, id_value(json, group->documents[i], scratch));
    json_t *article = articles ? article_value(json, store, group->documents[i], scratch, err) : NULL;
    if (article) hsy_json_add(json, list, article);
  }
  hsy_json_set(json, row, "documents", documents);
  hsy_json_set(json, row, "whole", hsy_json_bool(json, group->whole));
  hsy_json_set(json, row, "passages", passage_list(json, store, group, scratch, err));
  hsy_json_set(json, row, "containment", hsy_json_rate(json, group->containment));
  hsy_json_set(json, row, "original", id_value(json, group->original, scratch));
  hsy_json_set(json, row, "because", hsy_json_str(json, group->because));
  if (articles) hsy_json_set(json, row, "words", shared_words(json, store, group, scratch, err));
  if (articles)
    hsy_json_set(json, row, "articles", list);
  else
    json_decref(list);
  return row;
}
