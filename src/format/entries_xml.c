#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "base/utf8.h"
#include "format/entries.h"
#include "format/mend_xml.h"
#include "format/plain.h"

enum { TITLE_BYTES = 1 << 16 };

/* ---- walking ---- */

/* Names are compared without their prefix: feeds mix name spaces as they like. */
static bool is_named(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && xmlStrcmp(node->name, BAD_CAST name) == 0;
}

static xmlNode *child(const xmlNode *node, const char *name) {
  for (xmlNode *c = node ? node->children : NULL; c; c = c->next)
    if (is_named(c, name)) return c;
  return NULL;
}

static xmlNode *next_in(const xmlNode *root, const xmlNode *node) {
  if (node->children && node->type == XML_ELEMENT_NODE) return node->children;
  while (node && node != root && !node->next) node = node->parent;
  return node && node != root ? node->next : NULL;
}

static xmlNode *descendant(const xmlNode *root, const char *name) {
  for (xmlNode *n = root ? root->children : NULL; n; n = next_in(root, n))
    if (is_named(n, name)) return n;
  return NULL;
}

/* ---- values ---- */

static void set_text(json_t *entry, const char *key, xmlChar *text) {
  if (!text) return;
  hsy_str s = hsy_str_trim(hsy_str_of((const char *)text));
  if (s.len && !json_object_get(entry, key)) json_object_set_new(entry, key, json_stringn(s.data, (size_t)s.len));
  xmlFree(text);
}

static void set_node(json_t *entry, const char *key, const xmlNode *node) {
  if (node) set_text(entry, key, xmlNodeGetContent(node));
}

/* A title is text; where mark-up stands in it as text, that is meant. */
static void set_title(json_t *entry, const xmlNode *node) {
  xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
  hsy_heap *heap = text ? hsy_heap_new(TITLE_BYTES + 8 * strlen((const char *)text), NULL) : NULL;
  hsy_arena arena = heap ? hsy_heap_reset(heap) : (hsy_arena){0};
  hsy_str plain = heap ? hsy_plain_text(hsy_str_of((const char *)text), &arena) : (hsy_str){0};
  if (plain.len && !json_object_get(entry, "title"))
    json_object_set_new(entry, "title", json_stringn(plain.data, (size_t)plain.len));
  hsy_heap_free(heap);
  xmlFree(text);
}

static void set_attr(json_t *entry, const char *key, const xmlNode *node, const char *name) {
  if (node) set_text(entry, key, xmlGetProp(node, BAD_CAST name));
}

/* The mark-up inside a node, as HTML. */
static void set_markup(json_t *entry, const char *key, const xmlNode *node) {
  if (!node || json_object_get(entry, key)) return;
  xmlBuffer *out = xmlBufferCreate();
  for (xmlNode *c = node->children; out && c; c = c->next) htmlNodeDump(out, node->doc, c);
  if (out && xmlBufferLength(out)) json_object_set_new(entry, key, json_string((const char *)xmlBufferContent(out)));
  xmlBufferFree(out);
}

static bool is_long(const json_t *entry, const char *key) {
  return json_string_length(json_object_get(entry, key)) > 0;
}

/* A summary stands in where there is no more. */
static void settle(json_t *entry) {
  if (is_long(entry, "html") || is_long(entry, "text")) {
    json_object_del(entry, "summary");
    return;
  }
  json_t *summary = json_object_get(entry, "summary");
  if (!json_is_string(summary)) return;
  json_object_set(entry, "html", summary);
  json_object_set_new(entry, "summary", json_true());
}

/* ---- RSS, RDF ---- */

static void add_rss_item(json_t *entries, const xmlNode *item, const xmlNode *channel) {
  json_t *entry = json_object();
  set_node(entry, "id", child(item, "guid"));
  set_title(entry, child(item, "title"));
  set_node(entry, "url", child(item, "link"));
  set_node(entry, "date", child(item, "pubDate"));
  set_node(entry, "date", child(item, "date"));
  set_node(entry, "byline", child(item, "creator"));
  set_node(entry, "byline", child(item, "author"));
  set_node(entry, "html", child(item, "encoded"));
  set_node(entry, "outlet", child(channel, "title"));
  set_node(entry, "language", child(channel, "language"));
  set_node(entry, "summary", child(item, "description"));
  settle(entry);
  json_array_append_new(entries, entry);
}

static void read_rss(json_t *entries, const xmlNode *root) {
  const xmlNode *channel = descendant(root, "channel");
  for (xmlNode *n = root->children; n; n = next_in(root, n))
    if (is_named(n, "item")) add_rss_item(entries, n, channel);
}

/* ---- Atom ---- */

static void set_atom_text(json_t *entry, const char *key, const xmlNode *node) {
  if (!node) return;
  xmlChar *type = xmlGetProp(node, BAD_CAST "type");
  if (type && xmlStrcmp(type, BAD_CAST "xhtml") == 0)
    set_markup(entry, key, node);
  else
    set_node(entry, key, node);
  xmlFree(type);
}

static void set_atom_link(json_t *entry, const xmlNode *atom) {
  for (const xmlNode *c = atom->children; c; c = c->next) {
    if (!is_named(c, "link")) continue;
    xmlChar *rel = xmlGetProp(c, BAD_CAST "rel");
    if (!rel || xmlStrcmp(rel, BAD_CAST "alternate") == 0) set_attr(entry, "url", c, "href");
    xmlFree(rel);
  }
}

static void add_atom_entry(json_t *entries, const xmlNode *atom, const xmlNode *feed) {
  json_t *entry = json_object();
  set_node(entry, "id", child(atom, "id"));
  set_title(entry, child(atom, "title"));
  set_atom_link(entry, atom);
  set_node(entry, "date", child(atom, "published"));
  set_node(entry, "modified", child(atom, "updated"));
  if (!json_object_get(entry, "date")) set_node(entry, "date", child(atom, "updated"));
  set_node(entry, "byline", child(child(atom, "author"), "name"));
  set_node(entry, "byline", child(child(feed, "author"), "name"));
  set_node(entry, "outlet", child(feed, "title"));
  set_attr(entry, "language", feed, "lang");
  set_atom_text(entry, "html", child(atom, "content"));
  set_atom_text(entry, "summary", child(atom, "summary"));
  settle(entry);
  json_array_append_new(entries, entry);
}

static void read_atom(json_t *entries, const xmlNode *root) {
  if (is_named(root, "entry")) add_atom_entry(entries, root, root);
  for (xmlNode *c = root->children; c; c = c->next)
    if (is_named(c, "entry")) add_atom_entry(entries, c, root);
}

/* ---- NITF ---- */

static void add_nitf(json_t *entries, const xmlNode *nitf, json_t *entry) {
  const xmlNode *docdata = descendant(nitf, "docdata"), *head = descendant(nitf, "body.head");
  set_attr(entry, "id", descendant(docdata, "doc-id"), "id-string");
  set_node(entry, "title", descendant(head, "hl1"));
  set_node(entry, "title", descendant(nitf, "title"));
  set_node(entry, "byline", descendant(head, "byline"));
  set_attr(entry, "date", descendant(docdata, "date.issue"), "norm");
  set_attr(entry, "date", descendant(docdata, "date.release"), "norm");
  set_attr(entry, "date", descendant(nitf, "pubdata"), "date.publication");
  set_attr(entry, "outlet", descendant(nitf, "pubdata"), "name");
  set_node(entry, "outlet", descendant(docdata, "doc.copyright"));
  set_attr(entry, "url", descendant(nitf, "pubdata"), "ex-ref");
  set_markup(entry, "html", descendant(nitf, "body.content"));
  settle(entry);
  json_array_append_new(entries, entry);
}

/* ---- NewsML-G2 ---- */

static void set_g2_body(json_t *entry, const xmlNode *item) {
  const xmlNode *content = descendant(item, "contentSet");
  const xmlNode *inline_xml = descendant(content, "inlineXML"), *nitf = descendant(inline_xml, "body.content");
  const xmlNode *html = descendant(inline_xml, "body");
  if (!html) html = descendant(inline_xml, "section");
  set_markup(entry, "html", nitf ? nitf : html ? html : inline_xml);
  set_node(entry, "text", descendant(content, "inlineData"));
}

static void add_g2_item(json_t *entries, const xmlNode *item) {
  json_t *entry = json_object();
  const xmlNode *meta = child(item, "contentMeta"), *items = child(item, "itemMeta");
  set_attr(entry, "id", item, "guid");
  set_node(entry, "title", descendant(meta, "headline"));
  set_node(entry, "title", descendant(items, "title"));
  set_node(entry, "byline", descendant(meta, "by"));
  set_node(entry, "byline", child(descendant(meta, "creator"), "name"));
  set_node(entry, "date", child(meta, "contentCreated"));
  set_node(entry, "date", child(items, "firstCreated"));
  set_node(entry, "date", child(items, "versionCreated"));
  set_node(entry, "modified", child(meta, "contentModified"));
  set_node(entry, "modified", child(items, "versionCreated"));
  set_node(entry, "outlet", child(child(items, "provider"), "name"));
  set_attr(entry, "outlet", child(items, "provider"), "literal");
  set_attr(entry, "language", descendant(meta, "language"), "tag");
  set_g2_body(entry, item);
  set_node(entry, "summary", descendant(meta, "description"));
  settle(entry);
  if (is_long(entry, "html") || is_long(entry, "text"))
    json_array_append_new(entries, entry);
  else
    json_decref(entry); /* a picture, a package */
}

static void read_g2(json_t *entries, const xmlNode *root) {
  if (is_named(root, "newsItem")) add_g2_item(entries, root);
  for (xmlNode *n = root->children; n; n = next_in(root, n))
    if (is_named(n, "newsItem")) add_g2_item(entries, n);
}

/* ---- all ---- */

typedef struct root_row {
  const char *name;
  void (*read)(json_t *entries, const xmlNode *root);
} root_row;

static void read_nitf(json_t *entries, const xmlNode *root) { add_nitf(entries, root, json_object()); }

static const root_row ROOTS[] = {
    {"rss", read_rss},   {"RDF", read_rss},     {"feed", read_atom},      {"entry", read_atom},
    {"nitf", read_nitf}, {"newsItem", read_g2}, {"newsMessage", read_g2},
};

static void quiet(void *user, const char *format, ...) {
  (void)user;
  (void)format;
}

/* Entities stay unexpanded beyond libxml2's own limits, no network, no outside files; the bytes are UTF-8 whatever they
 * say. */
enum { READING = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA };

static xmlDoc *parse(hsy_str bytes, const char *encoding, int options) {
  xmlParserCtxt *ctxt = xmlNewParserCtxt();
  if (!ctxt) return NULL;
  ctxt->sax->error = ctxt->sax->warning = quiet;
  xmlDoc *doc = xmlCtxtReadMemory(ctxt, bytes.data, (int)bytes.len, NULL, encoding, READING | options);
  xmlFreeParserCtxt(ctxt);
  return doc;
}

/* What does not parse as it stands is mended first. */
static xmlDoc *parse_mended(hsy_str bytes, hsy_entries_note *note, hsy_error *err) {
  enum { TIMES = 12, FLOOR = 8 << 20 };
  hsy_heap *heap = hsy_heap_new(FLOOR + TIMES * (size_t)bytes.len, err);
  if (!heap) return NULL;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_xml_mended mended;
  xmlDoc *doc = NULL;
  if (hsy_xml_mend(bytes, &mended, &arena, err)) {
    doc = parse(mended.text, "UTF-8", XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC);
    hsy_xml_say(&mended, note->message, sizeof note->message);
  }
  hsy_heap_free(heap);
  return doc;
}

/* UTF-8, and said to be nothing else: libxml2 may read it as it stands. */
static bool is_plain(hsy_str bytes) {
  hsy_str head = hsy_str_slice(bytes, 0, 200);
  ptrdiff_t at = hsy_str_find(head, HSY_S("encoding"));
  bool utf8 = at < 0 || hsy_str_find(head, HSY_S("utf-8")) >= 0 || hsy_str_find(head, HSY_S("UTF-8")) >= 0;
  return utf8 && hsy_utf8_invalid(bytes) < 0 && !hsy_xml_has_old_marks(bytes);
}

json_t *hsy_entries_of_xml(hsy_str bytes, hsy_entries_note *note, hsy_error *err) {
  json_t *entries = json_array();
  if (!entries) {
    hsy_fail(err, HSY_NO_MEMORY, "format", -1, "out of memory");
    return NULL;
  }
  xmlDoc *doc = is_plain(bytes) ? parse(bytes, NULL, 0) : NULL;
  if (!doc) doc = parse_mended(bytes, note, err);
  const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
  bool known = false;
  for (size_t i = 0; root && i < sizeof ROOTS / sizeof *ROOTS; i++) {
    if (!is_named(root, ROOTS[i].name)) continue;
    ROOTS[i].read(entries, root);
    known = true;
  }
  if (!known) {
    hsy_fail(err, HSY_BAD_INPUT, "format", -1,
             root ? "is XML of a kind that is not read: %.60s" : "is no well-formed XML%.60s",
             root ? (const char *)root->name : "");
    json_decref(entries);
    entries = NULL;
  }
  xmlFreeDoc(doc);
  return entries;
}
