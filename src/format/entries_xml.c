#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "base/utf8.h"
#include "format/entries.h"
#include "format/markup.h"
#include "format/mend_xml.h"
#include "format/plain.h"
#include "format/xmlrun.h"

/* One document while it is read. */
typedef struct reading {
  hsy_str bytes;
  const hsy_limits *limits;
  json_t *entries;
  int64_t entities; /* bytes that entities may still add */
  bool over;        /* they would have added more */
  bool failed;      /* no memory for a value */
  hsy_entries_note *note;
  hsy_heap *beside;
  hsy_arena titles; /* in it */
  hsy_error *err;
} reading;

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

enum { DEEPEST_ENTITY = 8 };

static void add_content(reading *r, xmlBuffer *out, const xmlNode *first, const xmlNode *end, int depth);

/* What an entity stands for: each use is counted, however short the document. */
static void add_entity(reading *r, xmlBuffer *out, const xmlNode *node, int depth) {
  const xmlEntity *entity = xmlGetDocEntity(node->doc, node->name);
  if (!entity || depth > DEEPEST_ENTITY) return;
  int before = xmlBufferLength(out);
  if (entity->etype == XML_INTERNAL_PREDEFINED_ENTITY)
    xmlBufferCat(out, entity->content);
  else
    add_content(r, out, entity->children, NULL, depth + 1);
  if (depth == 0) r->entities -= xmlBufferLength(out) - before;
}

/* Text of the nodes and of what stands in them, in order. libxml2's own function would repeat an entity's as
 * often as it is used. */
static void add_content(reading *r, xmlBuffer *out, const xmlNode *first, const xmlNode *end, int depth) {
  for (const xmlNode *node = first; node && node != end; node = node->next) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
      xmlBufferCat(out, node->content);
    else if (node->type == XML_ENTITY_REF_NODE)
      add_entity(r, out, node, depth);
    else if (node->type == XML_ELEMENT_NODE)
      add_content(r, out, node->children, NULL, depth);
    r->over = r->over || r->entities < 0 || (depth && xmlBufferLength(out) > r->limits->entities + (int)r->bytes.len);
    if (r->over) return;
  }
}

static void set_value(reading *r, json_t *entry, const char *key, json_t *value) {
  if (json_object_set_new(entry, key, value)) r->failed = true;
}

/* The content of a node's or an attribute's children. */
static void set_content(reading *r, json_t *entry, const char *key, const xmlNode *children) {
  if (json_object_get(entry, key)) return;
  xmlBuffer *out = xmlBufferCreate();
  xmlBufferSetAllocationScheme(out, XML_BUFFER_ALLOC_DOUBLEIT);
  add_content(r, out, children, NULL, 0);
  hsy_str s = hsy_str_trim((hsy_str){(const char *)xmlBufferContent(out), xmlBufferLength(out)});
  if (s.len) set_value(r, entry, key, json_stringn(s.data, (size_t)s.len));
  xmlBufferFree(out);
}

/* A title is text; where mark-up stands in it as text, that is meant. */
static void set_title(reading *r, json_t *entry, const xmlNode *node) {
  if (!node || json_object_get(entry, "title")) return;
  set_content(r, entry, "title", node->children);
  json_t *title = json_object_get(entry, "title");
  hsy_arena arena = r->titles;
  hsy_str text = {json_string_value(title), (ptrdiff_t)json_string_length(title)};
  if (!title) return;
  hsy_str plain = hsy_plain_text(text, &arena);
  if (!plain.len)
    json_object_del(entry, "title");
  else
    set_value(r, entry, "title", json_stringn(plain.data, (size_t)plain.len));
  r->failed = r->failed || hsy_arena_failed(arena);
}

static void set_node(reading *r, json_t *entry, const char *key, const xmlNode *node) {
  if (node) set_content(r, entry, key, node->children);
}

static void set_attr(reading *r, json_t *entry, const char *key, const xmlNode *node, const char *name) {
  const xmlAttr *attr = node ? xmlHasProp(node, BAD_CAST name) : NULL;
  if (attr && attr->type == XML_ATTRIBUTE_NODE) set_content(r, entry, key, attr->children);
}

/* The mark-up inside a node, as HTML. */
static void set_markup(reading *r, json_t *entry, const char *key, const xmlNode *node) {
  if (!node || json_object_get(entry, key)) return;
  xmlBuffer *out = xmlBufferCreate();
  xmlBufferSetAllocationScheme(out, XML_BUFFER_ALLOC_DOUBLEIT);
  for (xmlNode *c = node->children; c; c = c->next) htmlNodeDump(out, node->doc, c);
  if (xmlBufferLength(out)) set_value(r, entry, key, json_string((const char *)xmlBufferContent(out)));
  xmlBufferFree(out);
}

/* A new entry, in its place before it is filled: the reading may end anywhere. */
static json_t *new_entry(reading *r) {
  json_t *entry = json_object();
  if (json_array_append_new(r->entries, entry)) r->failed = true;
  return entry;
}

static bool is_long(const json_t *entry, const char *key) {
  return json_string_length(json_object_get(entry, key)) > 0;
}

/* A summary stands in where there is no more. */
static void settle(reading *r, json_t *entry) {
  if (is_long(entry, "html") || is_long(entry, "text")) {
    json_object_del(entry, "summary");
    return;
  }
  json_t *summary = json_object_get(entry, "summary");
  if (!json_is_string(summary)) return;
  if (json_object_set(entry, "html", summary)) r->failed = true;
  set_value(r, entry, "summary", json_true());
}

/* ---- RSS, RDF ---- */

/* What holds for all items of a feed, looked for once. */
typedef struct feed_head {
  const xmlNode *title, *language, *author;
} feed_head;

static void add_rss_item(reading *r, const xmlNode *item, const feed_head *feed) {
  json_t *entry = new_entry(r);
  set_node(r, entry, "id", child(item, "guid"));
  set_title(r, entry, child(item, "title"));
  set_node(r, entry, "url", child(item, "link"));
  set_node(r, entry, "date", child(item, "pubDate"));
  set_node(r, entry, "date", child(item, "date"));
  set_node(r, entry, "byline", child(item, "creator"));
  set_node(r, entry, "byline", child(item, "author"));
  set_node(r, entry, "html", child(item, "encoded"));
  set_node(r, entry, "outlet", feed->title);
  set_node(r, entry, "language", feed->language);
  set_node(r, entry, "summary", child(item, "description"));
  settle(r, entry);
}

static void read_rss(reading *r, const xmlNode *root) {
  const xmlNode *channel = descendant(root, "channel");
  feed_head feed = {child(channel, "title"), child(channel, "language"), NULL};
  for (xmlNode *n = root->children; n; n = next_in(root, n))
    if (is_named(n, "item")) add_rss_item(r, n, &feed);
}

/* ---- Atom ---- */

static void set_atom_text(reading *r, json_t *entry, const char *key, const xmlNode *node) {
  if (!node) return;
  xmlChar *type = xmlGetProp(node, BAD_CAST "type");
  if (type && xmlStrcmp(type, BAD_CAST "xhtml") == 0)
    set_markup(r, entry, key, node);
  else
    set_node(r, entry, key, node);
  xmlFree(type);
}

static void set_atom_link(reading *r, json_t *entry, const xmlNode *atom) {
  for (const xmlNode *c = atom->children; c; c = c->next) {
    if (!is_named(c, "link")) continue;
    xmlChar *rel = xmlGetProp(c, BAD_CAST "rel");
    if (!rel || xmlStrcmp(rel, BAD_CAST "alternate") == 0) set_attr(r, entry, "url", c, "href");
    xmlFree(rel);
  }
}

static void add_atom_entry(reading *r, const xmlNode *atom, const xmlNode *root, const feed_head *feed) {
  json_t *entry = new_entry(r);
  set_node(r, entry, "id", child(atom, "id"));
  set_title(r, entry, child(atom, "title"));
  set_atom_link(r, entry, atom);
  set_node(r, entry, "date", child(atom, "published"));
  set_node(r, entry, "modified", child(atom, "updated"));
  if (!json_object_get(entry, "date")) set_node(r, entry, "date", child(atom, "updated"));
  set_node(r, entry, "byline", child(child(atom, "author"), "name"));
  set_node(r, entry, "byline", feed->author);
  set_node(r, entry, "outlet", feed->title);
  set_attr(r, entry, "language", root, "lang");
  set_atom_text(r, entry, "html", child(atom, "content"));
  set_atom_text(r, entry, "summary", child(atom, "summary"));
  settle(r, entry);
}

static void read_atom(reading *r, const xmlNode *root) {
  feed_head feed = {child(root, "title"), NULL, child(child(root, "author"), "name")};
  if (is_named(root, "entry")) add_atom_entry(r, root, root, &feed);
  for (xmlNode *c = root->children; c; c = c->next)
    if (is_named(c, "entry")) add_atom_entry(r, c, root, &feed);
}

/* ---- NITF ---- */

static void read_nitf(reading *r, const xmlNode *nitf) {
  json_t *entry = new_entry(r);
  const xmlNode *docdata = descendant(nitf, "docdata"), *head = descendant(nitf, "body.head");
  set_attr(r, entry, "id", descendant(docdata, "doc-id"), "id-string");
  set_node(r, entry, "title", descendant(head, "hl1"));
  set_node(r, entry, "title", descendant(nitf, "title"));
  set_node(r, entry, "byline", descendant(head, "byline"));
  set_attr(r, entry, "date", descendant(docdata, "date.issue"), "norm");
  set_attr(r, entry, "date", descendant(docdata, "date.release"), "norm");
  set_attr(r, entry, "date", descendant(nitf, "pubdata"), "date.publication");
  set_attr(r, entry, "outlet", descendant(nitf, "pubdata"), "name");
  set_node(r, entry, "outlet", descendant(docdata, "doc.copyright"));
  set_attr(r, entry, "url", descendant(nitf, "pubdata"), "ex-ref");
  set_markup(r, entry, "html", descendant(nitf, "body.content"));
  settle(r, entry);
}

/* ---- NewsML-G2 ---- */

static void set_g2_body(reading *r, json_t *entry, const xmlNode *item) {
  const xmlNode *content = descendant(item, "contentSet");
  const xmlNode *inline_xml = descendant(content, "inlineXML"), *nitf = descendant(inline_xml, "body.content");
  const xmlNode *html = descendant(inline_xml, "body");
  if (!html) html = descendant(inline_xml, "section");
  set_markup(r, entry, "html", nitf ? nitf : html ? html : inline_xml);
  set_node(r, entry, "text", descendant(content, "inlineData"));
}

static void add_g2_item(reading *r, const xmlNode *item) {
  json_t *entry = new_entry(r);
  const xmlNode *meta = child(item, "contentMeta"), *items = child(item, "itemMeta");
  set_attr(r, entry, "id", item, "guid");
  set_node(r, entry, "title", descendant(meta, "headline"));
  set_node(r, entry, "title", descendant(items, "title"));
  set_node(r, entry, "byline", descendant(meta, "by"));
  set_node(r, entry, "byline", child(descendant(meta, "creator"), "name"));
  set_node(r, entry, "date", child(meta, "contentCreated"));
  set_node(r, entry, "date", child(items, "firstCreated"));
  set_node(r, entry, "date", child(items, "versionCreated"));
  set_node(r, entry, "modified", child(meta, "contentModified"));
  set_node(r, entry, "modified", child(items, "versionCreated"));
  set_node(r, entry, "outlet", child(child(items, "provider"), "name"));
  set_attr(r, entry, "outlet", child(items, "provider"), "literal");
  set_attr(r, entry, "language", descendant(meta, "language"), "tag");
  set_g2_body(r, entry, item);
  set_node(r, entry, "summary", descendant(meta, "description"));
  settle(r, entry);
  bool has_text = is_long(entry, "html") || is_long(entry, "text");
  if (!has_text && entry) json_array_remove(r->entries, json_array_size(r->entries) - 1); /* a picture, a package */
}

static void read_g2(reading *r, const xmlNode *root) {
  if (is_named(root, "newsItem")) add_g2_item(r, root);
  for (xmlNode *n = root->children; n; n = next_in(root, n))
    if (is_named(n, "newsItem")) add_g2_item(r, n);
}

/* ---- all ---- */

typedef struct root_row {
  const char *name;
  void (*read)(reading *r, const xmlNode *root);
} root_row;

static const root_row ROOTS[] = {
    {"rss", read_rss},   {"RDF", read_rss},     {"feed", read_atom},      {"entry", read_atom},
    {"nitf", read_nitf}, {"newsItem", read_g2}, {"newsMessage", read_g2},
};

static void quiet(void *user, const char *format, ...) {
  (void)user;
  (void)format;
}

static void read_tree(reading *r, const xmlDoc *doc) {
  const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
  for (size_t i = 0; root && i < sizeof ROOTS / sizeof *ROOTS; i++) {
    if (!is_named(root, ROOTS[i].name)) continue;
    ROOTS[i].read(r, root);
    return;
  }
  hsy_fail(r->err, HSY_BAD_INPUT, "format", -1,
           root ? "is XML of a kind that is not read: %.60s" : "is no well-formed XML%.60s",
           root ? (const char *)root->name : "");
}

/* Entities stay unexpanded in the tree; no network, no outside files; the bytes are UTF-8 whatever they say. */
enum { READING = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA };

static xmlDoc *parse(reading *r, hsy_str bytes, const char *encoding, int options) {
  ptrdiff_t crowded = hsy_markup_crowded(bytes, r->limits->attributes);
  if (crowded >= 0)
    hsy_fail(r->err, HSY_LIMIT, "format", crowded, "has a tag with more than %d attributes",
             (int)r->limits->attributes);
  if (r->err->code != HSY_OK) return NULL;
  xmlParserCtxt *ctxt = xmlNewParserCtxt();
  ctxt->sax->error = ctxt->sax->warning = quiet;
  xmlDoc *doc = xmlCtxtReadMemory(ctxt, bytes.data, (int)bytes.len, NULL, encoding, READING | options);
  xmlFreeParserCtxt(ctxt);
  return doc;
}

/* What does not parse as it stands is mended first. */
static xmlDoc *parse_mended(reading *r) {
  hsy_arena arena = r->titles;
  hsy_xml_mended mended;
  if (!hsy_xml_mend(r->bytes, &mended, &arena, r->err)) return NULL;
  hsy_xml_say(&mended, r->note->message, sizeof r->note->message);
  return parse(r, mended.text, "UTF-8", XML_PARSE_RECOVER | XML_PARSE_IGNORE_ENC);
}

/* UTF-8, and said to be nothing else: libxml2 may read it as it stands. */
static bool is_plain(hsy_str bytes) {
  hsy_str head = hsy_str_slice(bytes, 0, 200);
  ptrdiff_t at = hsy_str_find(head, HSY_S("encoding"));
  bool utf8 = at < 0 || hsy_str_find(head, HSY_S("utf-8")) >= 0 || hsy_str_find(head, HSY_S("UTF-8")) >= 0;
  return utf8 && hsy_utf8_invalid(bytes) < 0 && !hsy_xml_has_old_marks(bytes);
}

/* Inside hsy_xml_run: all of libxml2's memory goes with its end. */
static void read_document(void *user) {
  reading *r = user;
  xmlDoc *doc = is_plain(r->bytes) ? parse(r, r->bytes, NULL, 0) : NULL;
  if (!doc && r->err->code == HSY_OK) doc = parse_mended(r);
  if (r->err->code == HSY_OK) read_tree(r, doc);
  xmlFreeDoc(doc);
}

static void read_all(reading *r) {
  enum { TIMES = 12, FLOOR = 8 << 20 };
  r->beside = hsy_heap_new(FLOOR + TIMES * (size_t)r->bytes.len, r->err);
  if (!r->beside) return;
  r->titles = hsy_heap_reset(r->beside);
  hsy_xml_run((size_t)r->limits->memory << 19, read_document, r, r->err);
  hsy_heap_free(r->beside);
}

json_t *hsy_entries_of_xml(hsy_str bytes, const hsy_limits *limits, hsy_entries_note *note, hsy_error *err) {
  hsy_error failed = {.offset = -1};
  reading r = {.bytes = bytes,
               .limits = limits,
               .entries = json_array(),
               .entities = limits->entities,
               .note = note,
               .err = &failed};
  r.failed = !r.entries;
  if (r.entries) read_all(&r);
  if (r.failed) hsy_fail(&failed, HSY_NO_MEMORY, "format", -1, "out of memory");
  if (r.over)
    hsy_fail(&failed, HSY_LIMIT, "format", -1, "its entities stand for more than %lld bytes",
             (long long)limits->entities);
  if (failed.code == HSY_OK) return r.entries;
  json_decref(r.entries);
  hsy_fail(err, failed.code, "format", failed.offset, "%s", failed.message);
  return NULL;
}
