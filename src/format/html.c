#include "format/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/utf8.h"
#include "format/markup.h"
#include "format/xmlrun.h"

enum { LONG_ENOUGH = 8, NEAR_BY = 4096 };

typedef struct builder {
  hsy_page *page;
  hsy_arena *arena;
  const hsy_limits *limits;
  htmlParserCtxtPtr ctxt;
  const char *start; /* of the decoded page */
  ptrdiff_t len;
  int32_t open;   /* the node that is open */
  int32_t folded; /* elements open below the deepest level */
  int32_t last;   /* where the last event ended */
  bool full;
} builder;

/* ---- events ---- */

/* Byte of the decoded page that the parser has come to. */
static int32_t position(const builder *b) {
  const xmlParserInput *in = b->ctxt->input;
  if (!in) return (int32_t)b->len;
  ptrdiff_t at = (ptrdiff_t)in->consumed + (in->cur - in->base);
  return (int32_t)(at < 0 ? 0 : at > b->len ? b->len : at);
}

static hsy_node *add_node(builder *b, hsy_tag tag) {
  if (b->page->nodes.len >= HSY_PAGE_NODES) b->full = true;
  if (b->full || hsy_arena_failed(*b->arena)) {
    xmlStopParser(b->ctxt);
    return NULL;
  }
  hsy_node *node = hsy_push(&b->page->nodes, b->arena);
  if (hsy_arena_failed(*b->arena)) return NULL;
  int32_t index = (int32_t)b->page->nodes.len - 1;
  node->tag = (uint16_t)tag;
  node->parent = b->open;
  node->end = index + 1;
  node->source = b->last;
  node->attrs = (int32_t)b->page->attrs.len;
  node->depth = b->open == HSY_NONE ? 0 : b->page->nodes.data[b->open].depth + 1;
  return node;
}

static hsy_str lower_name(builder *b, hsy_str name) {
  for (ptrdiff_t i = 0; i < name.len; i++)
    if (name.data[i] >= 'A' && name.data[i] <= 'Z') return hsy_str_lower(b->arena, name);
  return hsy_str_copy(b->arena, name);
}

static void on_open(void *user, const xmlChar *name, const xmlChar **attrs) {
  builder *b = user;
  if (b->folded || b->page->nodes.data[b->open].depth >= b->limits->nesting) {
    b->folded++;
    return;
  }
  hsy_str text = hsy_str_of((const char *)name);
  hsy_node *node = add_node(b, hsy_tag_of(text));
  b->last = position(b);
  if (!node) return;
  int32_t index = (int32_t)b->page->nodes.len - 1;
  for (; attrs && attrs[0]; attrs += 2) {
    hsy_attr *attr = hsy_push(&b->page->attrs, b->arena);
    attr->name = lower_name(b, hsy_str_of((const char *)attrs[0]));
    attr->value = hsy_str_copy(b->arena, hsy_str_of((const char *)attrs[1]));
    if (node->attr_count < UINT16_MAX) node->attr_count++;
  }
  b->open = index;
}

static void on_close(void *user, const xmlChar *name) {
  builder *b = user;
  (void)name;
  b->last = position(b);
  if (b->folded) {
    b->folded--;
    return;
  }
  if (b->page->nodes.data[b->open].parent == HSY_NONE) return;
  b->page->nodes.data[b->open].end = (int32_t)b->page->nodes.len;
  b->open = b->page->nodes.data[b->open].parent;
}

static bool stands_at(const builder *b, int32_t at, hsy_str text) {
  return at >= 0 && at + text.len <= b->len && memcmp(b->start + at, text.data, (size_t)text.len) == 0;
}

/* Text that stands neither where the last event ended nor right behind the parser: looked for near by. */
static int32_t look_for(const builder *b, hsy_str text, bool *exact) {
  hsy_str window = hsy_str_slice((hsy_str){b->start, b->len}, b->last, b->last + text.len + NEAR_BY);
  ptrdiff_t found = hsy_str_find(window, text);
  *exact = found >= 0;
  return b->last + (int32_t)(found > 0 ? found : 0);
}

/* "&#147;": references to 128 to 159 mean the characters that Windows-1252 has there. */
static hsy_str old_mark(builder *b, hsy_str text) {
  if (text.len != 2 || text.data[0] != '\xc2' || (unsigned char)text.data[1] >= 0xA0) return text;
  char bytes[4];
  int n = hsy_utf8_put(hsy_decode_mark_1252((unsigned char)text.data[1]), bytes);
  return hsy_str_copy(b->arena, (hsy_str){bytes, n});
}

static void on_text(void *user, const xmlChar *chars, int len) {
  builder *b = user;
  hsy_str text = old_mark(b, (hsy_str){(const char *)chars, len});
  len = (int)text.len;
  int32_t end = position(b), at = end - len;
  /* The parser may be some bytes ahead of what it hands over. */
  bool exact = at >= b->last && stands_at(b, at, text);
  if (!exact) at = b->last, exact = stands_at(b, at, text);
  if (!exact && len >= LONG_ENOUGH) at = look_for(b, text, &exact);
  hsy_node *node = add_node(b, HSY_TAG_TEXT);
  if (node) {
    node->source = at;
    node->exact = exact;
    node->text = exact ? (hsy_str){b->start + at, len} : hsy_str_copy(b->arena, text);
  }
  b->last = exact ? at + len : end;
}

/* ---- parsing ---- */

/* Inside hsy_xml_run: the parser's memory goes with its end. */
static void run_parser(void *user) {
  builder *b = user;
  htmlParserCtxtPtr ctxt = htmlCreateMemoryParserCtxt(b->start, (int)b->len);
  htmlSAXHandler handler = {.startElement = on_open,
                            .endElement = on_close,
                            .characters = on_text,
                            .cdataBlock = on_text,
                            .ignorableWhitespace = on_text};
  b->ctxt = ctxt;
  htmlCtxtUseOptions(ctxt, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                               HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(ctxt, XML_CHAR_ENCODING_UTF8);
  htmlSAXHandlerPtr own = ctxt->sax;
  ctxt->sax = &handler;
  ctxt->userData = b;
  htmlParseDocument(ctxt);
  ctxt->sax = own;
  if (ctxt->myDoc) xmlFreeDoc(ctxt->myDoc);
  ctxt->myDoc = NULL;
  htmlFreeParserCtxt(ctxt);
  b->ctxt = NULL;
}

static void close_all(builder *b) {
  for (int32_t i = b->open; i != HSY_NONE; i = b->page->nodes.data[i].parent)
    b->page->nodes.data[i].end = (int32_t)b->page->nodes.len;
}

/* "charset=…" of the first meta elements, before anything is parsed. */
static hsy_str charset_of_meta(hsy_str bytes) {
  hsy_str head = hsy_str_slice(bytes, 0, 4096);
  for (;;) {
    ptrdiff_t at = hsy_str_find(head, HSY_S("charset"));
    if (at < 0) return (hsy_str){0};
    head = hsy_str_slice(head, at + 7, head.len);
    hsy_str rest = hsy_str_trim(hsy_str_slice(head, 0, 80));
    if (rest.len == 0 || rest.data[0] != '=') continue;
    rest = hsy_str_trim(hsy_str_slice(rest, 1, rest.len));
    if (rest.len && (rest.data[0] == '"' || rest.data[0] == '\'')) rest = hsy_str_slice(rest, 1, rest.len);
    ptrdiff_t end = 0;
    while (end < rest.len && !strchr("\"' ;/>\t\r\n", rest.data[end])) end++;
    return hsy_str_slice(rest, 0, end);
  }
}

/* NUL bytes would end the parser's input; tags with very many attributes would keep it for minutes. */
static hsy_str made_harmless(hsy_str text, const hsy_limits *limits, hsy_arena *arena) {
  bool nuls = text.len && memchr(text.data, 0, (size_t)text.len);
  if (!nuls && hsy_markup_crowded(text, limits->attributes) < 0) return text;
  char *to = (char *)hsy_str_copy(arena, text).data;
  if (!to) return (hsy_str){0};
  for (ptrdiff_t i = 0; i < text.len; i++)
    if (to[i] == 0) to[i] = ' ';
  hsy_markup_thin(to, text.len, limits->attributes);
  return (hsy_str){to, text.len};
}

bool hsy_page_parse(hsy_str bytes, hsy_str charset, const hsy_limits *limits, hsy_page *page, hsy_arena *arena,
                    hsy_error *err) {
  *page = (hsy_page){0};
  if (bytes.len > INT32_MAX / 2) return hsy_fail(err, HSY_LIMIT, "format", -1, "this page is too large");
  hsy_decode_options how = {.declared = charset.len ? charset : charset_of_meta(bytes), .lenient = true};
  if (!hsy_decode(bytes, how, &page->decoded, arena, err)) return false;
  hsy_str text = made_harmless(page->decoded.text, limits, arena);
  page->decoded.text = text;
  builder b = {.page = page, .arena = arena, .limits = limits, .start = text.data, .len = text.len, .open = HSY_NONE};
  if (!add_node(&b, HSY_TAG_ROOT)) return hsy_arena_check(*arena, "format", err);
  b.open = 0;
  hsy_error failed = {0};
  if (text.len) hsy_xml_run((size_t)limits->memory << 18, run_parser, &b, &failed);
  close_all(&b);
  if (failed.code) return hsy_fail(err, failed.code, "format", -1, "%s", failed.message);
  if (b.full) return hsy_fail(err, HSY_LIMIT, "format", b.last, "this page has more than %d elements", HSY_PAGE_NODES);
  return hsy_arena_check(*arena, "format", err);
}

/* ---- reading ---- */

hsy_str hsy_page_attr(const hsy_page *page, int32_t node, const char *name) {
  const hsy_node *n = &page->nodes.data[node];
  hsy_str want = hsy_str_of(name);
  for (int32_t i = n->attrs; i < n->attrs + n->attr_count; i++)
    if (hsy_str_eq(page->attrs.data[i].name, want)) return page->attrs.data[i].value;
  return (hsy_str){0};
}

hsy_str hsy_page_text(const hsy_page *page, int32_t node, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  bool blank = true;
  for (int32_t i = node; i < page->nodes.data[node].end && out.len < HSY_PAGE_TEXT;) {
    const hsy_node *n = &page->nodes.data[i];
    if (hsy_tag_is_unread((hsy_tag)n->tag) && i != node) {
      i = n->end;
      continue;
    }
    if ((hsy_tag_is_block((hsy_tag)n->tag) || n->tag == HSY_TAG_BR) && !blank) hsy_buf_byte(&out, ' '), blank = true;
    for (ptrdiff_t at = 0; at < n->text.len && out.len < HSY_PAGE_TEXT;) {
      ptrdiff_t from = at;
      bool space = hsy_is_space(hsy_utf8_next(n->text, &at));
      if (!space)
        hsy_buf_add(&out, hsy_str_slice(n->text, from, at));
      else if (!blank)
        hsy_buf_byte(&out, ' ');
      blank = space;
    }
    i++;
  }
  return hsy_str_trim(hsy_buf_str(&out));
}

hsy_str hsy_page_raw(const hsy_page *page, int32_t node, hsy_arena *arena) {
  int32_t end = page->nodes.data[node].end;
  if (end == node + 2) return page->nodes.data[node + 1].text; /* one piece: as it stands */
  hsy_buf out = hsy_buf_in(arena);
  for (int32_t i = node + 1; i < end; i++) hsy_buf_add(&out, page->nodes.data[i].text);
  return hsy_buf_str(&out);
}
