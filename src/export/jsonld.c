#include "export/files.h"
#include "export/json.h"
#include "store/links.h"

#include <string.h>

/* schema.org in JSON-LD, one graph: NewsArticle, Person or Organization, Quotation,
 * Claim. The vocabulary stands in it, so that no reader has to fetch a context. */

typedef struct giving {
  const hsy_files *files;
  bool any;
} giving;

static json_t *node(hsy_json *json, const char *type, hsy_str id) {
  json_t *row = hsy_json_object(json);
  char name[256] = "urn:hearsay:";
  size_t room = sizeof name - strlen(name) - 1;
  strncat(name, id.data ? id.data : "", (size_t)id.len < room ? (size_t)id.len : room);
  hsy_json_set(json, row, "@type", hsy_json_z(json, type));
  hsy_json_set(json, row, "@id", hsy_json_z(json, name));
  return row;
}

static void set_text(hsy_json *json, json_t *row, const char *key, hsy_str value) {
  if (value.len) hsy_json_set(json, row, key, hsy_json_str(json, value));
}

static json_t *reference(hsy_json *json, hsy_str id) {
  json_t *row = node(json, "", id);
  json_object_del(row, "@type");
  return row;
}

static bool put_node(giving *g, hsy_json *json, json_t *row) {
  bool ok = hsy_files_put(g->files, "", g->any ? HSY_S(",\n") : HSY_S("\n"));
  g->any = true;
  if (ok) return hsy_files_put_json(g->files, "", json, row, "");
  json_decref(row);
  return false;
}

static bool put_entity(void *user, const hsy_stored_entity *entity) {
  bool person = hsy_str_eq(entity->kind, HSY_S("person"));
  hsy_json json = {0};
  json_t *row = node(&json, person ? "Person" : "Organization", entity->id);
  set_text(&json, row, "name", entity->name);
  json_t *others = hsy_json_array(&json);
  for (ptrdiff_t i = 0; i < entity->aliases.len; i++)
    hsy_json_add(&json, others, hsy_json_str(&json, entity->aliases.data[i]));
  hsy_json_set(&json, row, "alternateName", others);
  return put_node(user, &json, row);
}

static hsy_str words_of(const hsy_view *view, hsy_part part, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (int32_t i = 0; i < part.count; i++) {
    if (i) hsy_buf_add(&out, HSY_S(" … "));
    hsy_buf_add(&out, hsy_doc_span(view->doc, hsy_doc_piece(view->doc, part, i)));
  }
  return hsy_buf_str(&out);
}

static json_t *quotation(hsy_json *json, const hsy_view *view, int32_t i, hsy_arena scratch) {
  const hsy_attribution *from = &view->doc->attributions.data[i];
  json_t *row = node(json, "Quotation", view->attribution_ids[i]), *speakers = hsy_json_array(json);
  for (ptrdiff_t k = 0; k < from->speakers.len; k++)
    hsy_json_add(json, speakers, reference(json, view->entity_ids[from->speakers.data[k]]));
  set_text(json, row, "text", words_of(view, from->part[HSY_CONTENT], &scratch));
  hsy_json_set(json, row, "creator", speakers);
  hsy_json_set(json, row, "isPartOf", reference(json, view->id));
  set_text(json, row, "dateCreated", from->said_on);
  set_text(json, row, "genre", hsy_str_of(hsy_kind_name(from->kind)));
  set_text(json, row, "keywords", hsy_str_of(from->stance));
  return row;
}

static bool put_article(const hsy_files *files, void *user, const hsy_view *view, hsy_arena scratch) {
  const hsy_meta *meta = &view->doc->meta;
  hsy_json json = {0};
  json_t *row = node(&json, "NewsArticle", view->id);
  (void)files;
  set_text(&json, row, "headline", meta->title);
  set_text(&json, row, "url", meta->url);
  set_text(&json, row, "datePublished", meta->published);
  set_text(&json, row, "dateModified", meta->modified);
  set_text(&json, row, "inLanguage", meta->language);
  if (meta->outlet.len) {
    json_t *publisher = hsy_json_object(&json);
    hsy_json_set(&json, publisher, "@type", hsy_json_z(&json, "Organization"));
    set_text(&json, publisher, "name", meta->outlet);
    hsy_json_set(&json, row, "publisher", publisher);
  }
  if (!put_node(user, &json, row)) return false;
  for (int32_t i = 0; i < view->doc->entities.len; i++) { /* those that are known in this article alone */
    const hsy_entity *entity = &view->doc->entities.data[i];
    if (entity->known_id.len) continue;
    json_t *who = node(&json, entity->kind == HSY_PERSON ? "Person" : "Organization", view->entity_ids[i]);
    set_text(&json, who, "name", entity->name);
    if (!put_node(user, &json, who)) return false;
  }
  for (int32_t i = 0; i < view->doc->attributions.len; i++)
    if (view->doc->attributions.data[i].mode == HSY_SPEECH &&
        !put_node(user, &json, quotation(&json, view, i, scratch)))
      return false;
  return true;
}

static json_t *references(hsy_json *json, const hsy_str_vec *ids) {
  json_t *list = hsy_json_array(json);
  for (ptrdiff_t i = 0; i < ids->len; i++) hsy_json_add(json, list, reference(json, ids->data[i]));
  return list;
}

static bool put_claim(void *user, const hsy_stored_claim *claim) {
  hsy_json json = {0};
  json_t *row = node(&json, "Claim", claim->id);
  set_text(&json, row, "text", claim->about);
  hsy_json_set(&json, row, "appearance", references(&json, &claim->pro));
  hsy_json_set(&json, row, "subjectOf", references(&json, &claim->con));
  return put_node(user, &json, row);
}

bool hsy_files_jsonld(const hsy_files *files) {
  enum { HEAP_BYTES = 1 << 30 };
  giving g = {.files = files};
  hsy_heap *heap = hsy_heap_new(HEAP_BYTES, files->err);
  bool ok = heap &&
            hsy_files_put(files, "", HSY_S("{\"@context\": {\"@vocab\": \"https://schema.org/\"}, \"@graph\": [")) &&
            hsy_files_articles(files, put_article, &g) &&
            hsy_store_entities(files->store, put_entity, &g, hsy_heap_reset(heap), files->err) &&
            hsy_store_claims(files->store, put_claim, &g, hsy_heap_reset(heap), files->err) &&
            hsy_files_put(files, "", HSY_S("\n]}\n"));
  hsy_heap_free(heap);
  return ok;
}
