#include "export/files.h"
#include "export/json.h"

#include <stdio.h>

/* One W3C AnnotationPage: an annotation an attribution, its body the speaker, the
 * stance and the kind, its target what is said in the article. */

enum { BESIDE = 32 }; /* bytes of the text before and behind, so that a changed page is found again */

typedef struct giving {
  bool any;
} giving;

static json_t *typed(hsy_json *json, const char *type) {
  json_t *object = hsy_json_object(json);
  hsy_json_set(json, object, "type", hsy_json_z(json, type));
  return object;
}

static hsy_str whole_points(hsy_str text, int32_t start, int32_t end) {
  if (start < 0) start = 0;
  if (end > text.len) end = (int32_t)text.len;
  while (start < end && ((unsigned char)text.data[start] & 0xC0) == 0x80) start++;
  while (end < text.len && end > start && ((unsigned char)text.data[end] & 0xC0) == 0x80) end--;
  return hsy_str_slice(text, start, end);
}

static json_t *quote_selector(hsy_json *json, const hsy_view *view, hsy_span span) {
  json_t *selector = typed(json, "TextQuoteSelector");
  hsy_str text = view->doc->text;
  hsy_json_set(json, selector, "exact", hsy_json_str(json, hsy_doc_span(view->doc, span)));
  hsy_json_set(json, selector, "prefix", hsy_json_str(json, whole_points(text, span.start - BESIDE, span.start)));
  hsy_json_set(json, selector, "suffix", hsy_json_str(json, whole_points(text, span.end, span.end + BESIDE)));
  return selector;
}

static json_t *position_selector(hsy_json *json, const hsy_view *view, hsy_span span) {
  json_t *selector = typed(json, "TextPositionSelector");
  hsy_json_set(json, selector, "start", hsy_json_int(json, hsy_view_point(view, span.start)));
  hsy_json_set(json, selector, "end", hsy_json_int(json, hsy_view_point(view, span.end)));
  return selector;
}

static json_t *iri(hsy_json *json, hsy_str id, hsy_arena scratch) {
  return hsy_json_str(json, hsy_str_printf(&scratch, "urn:hearsay:%.*s", HSY_FMT(id)));
}

static json_t *source(hsy_json *json, const hsy_view *view, hsy_arena scratch) {
  hsy_str url = view->doc->meta.url;
  return url.len ? hsy_json_str(json, url) : iri(json, view->id, scratch);
}

static json_t *targets(hsy_json *json, const hsy_view *view, hsy_part part, hsy_arena scratch) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = 0; i < part.count; i++) {
    hsy_span span = hsy_doc_piece(view->doc, part, i);
    json_t *target = typed(json, "SpecificResource"), *selectors = hsy_json_array(json);
    hsy_json_set(json, target, "source", source(json, view, scratch));
    hsy_json_add(json, selectors, quote_selector(json, view, span));
    hsy_json_add(json, selectors, position_selector(json, view, span));
    hsy_json_set(json, target, "selector", selectors);
    hsy_json_add(json, list, target);
  }
  return list;
}

static void add_body(hsy_json *json, json_t *list, const char *purpose, hsy_str value) {
  if (!value.len) return;
  json_t *body = typed(json, "TextualBody");
  hsy_json_set(json, body, "purpose", hsy_json_z(json, purpose));
  hsy_json_set(json, body, "value", hsy_json_str(json, value));
  hsy_json_add(json, list, body);
}

static json_t *annotation(hsy_json *json, const hsy_view *view, int32_t i, hsy_arena scratch) {
  const hsy_attribution *from = &view->doc->attributions.data[i];
  json_t *row = typed(json, "Annotation"), *bodies = hsy_json_array(json);
  add_body(json, bodies, "identifying", from->speaker);
  add_body(json, bodies, "tagging", hsy_str_of(from->stance));
  add_body(json, bodies, "tagging", hsy_str_of(hsy_kind_name(from->kind)));
  add_body(json, bodies, "tagging", hsy_str_of(hsy_mode_name(from->mode)));
  hsy_json_set(json, row, "id", iri(json, view->attribution_ids[i], scratch));
  hsy_json_set(json, row, "motivation", hsy_json_z(json, "identifying"));
  hsy_json_set(json, row, "body", bodies);
  hsy_json_set(json, row, "target", targets(json, view, from->part[HSY_CONTENT], scratch));
  return row;
}

static bool put_article(const hsy_files *files, void *user, const hsy_view *view, hsy_arena scratch) {
  giving *g = user;
  for (int32_t i = 0; i < view->doc->attributions.len; i++) {
    const hsy_attribution *from = &view->doc->attributions.data[i];
    if (!from->part[HSY_CONTENT].count || from->mode == HSY_REJECTED) continue;
    hsy_json json = {0};
    if (!hsy_files_put(files, "", g->any ? HSY_S(",\n") : HSY_S("\n")) ||
        !hsy_files_put_json(files, "", &json, annotation(&json, view, i, scratch), ""))
      return false;
    g->any = true;
  }
  return true;
}

bool hsy_files_webannotation(const hsy_files *files) {
  giving g = {0};
  return hsy_files_put(files, "",
                       HSY_S("{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"urn:hearsay:page\","
                             " \"type\": \"AnnotationPage\", \"items\": [")) &&
         hsy_files_articles(files, put_article, &g) && hsy_files_put(files, "", HSY_S("\n]}\n"));
}
