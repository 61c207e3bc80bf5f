#include "export/files.h"
#include "export/json.h"

#include <stdio.h>

/* One file an article, as BBC's Citron reads and writes its annotations: text, and
 * quotes with a cue, sources and contents. What has no cue is no quote there. */

static json_t *span(hsy_json *json, const hsy_view *view, hsy_span from) {
  json_t *row = hsy_json_object(json);
  hsy_json_set(json, row, "start", hsy_json_int(json, hsy_view_point(view, from.start)));
  hsy_json_set(json, row, "end", hsy_json_int(json, hsy_view_point(view, from.end)));
  hsy_json_set(json, row, "text", hsy_json_str(json, hsy_doc_span(view->doc, from)));
  return row;
}

static json_t *spans(hsy_json *json, const hsy_view *view, hsy_part part) {
  json_t *list = hsy_json_array(json);
  for (int32_t i = 0; i < part.count; i++)
    hsy_json_add(json, list, span(json, view, hsy_doc_piece(view->doc, part, i)));
  return list;
}

static json_t *quote(hsy_json *json, const hsy_view *view, int32_t i) {
  const hsy_attribution *from = &view->doc->attributions.data[i];
  hsy_part cue = from->part[HSY_CUE];
  json_t *row = hsy_json_object(json);
  hsy_span all = {hsy_doc_piece(view->doc, cue, 0).start, hsy_doc_piece(view->doc, cue, cue.count - 1).end};
  hsy_json_set(json, row, "cue", span(json, view, all));
  hsy_json_set(json, row, "sources", spans(json, view, from->part[HSY_SOURCE]));
  hsy_json_set(json, row, "contents", spans(json, view, from->part[HSY_CONTENT]));
  hsy_json_set(json, row, "confidence", hsy_json_rate(json, (double)from->confidence));
  hsy_json_set(json, row, "id", hsy_json_str(json, view->attribution_ids[i]));
  return row;
}

static bool put_article(const hsy_files *files, void *user, const hsy_view *view, hsy_arena scratch) {
  (void)user, (void)scratch;
  char name[64];
  hsy_json json = {0};
  json_t *row = hsy_json_object(&json), *quotes = hsy_json_array(&json);
  for (int32_t i = 0; i < view->doc->attributions.len; i++)
    if (view->doc->attributions.data[i].part[HSY_CUE].count && view->doc->attributions.data[i].mode != HSY_REJECTED)
      hsy_json_add(&json, quotes, quote(&json, view, i));
  hsy_json_set(&json, row, "text", hsy_json_str(&json, view->doc->text));
  hsy_json_set(&json, row, "quotes", quotes);
  snprintf(name, sizeof name, "%.*s.json", HSY_FMT(view->id));
  return hsy_files_put_json(files, name, &json, row, "\n");
}

bool hsy_files_citron(const hsy_files *files) { return hsy_files_articles(files, put_article, NULL); }
