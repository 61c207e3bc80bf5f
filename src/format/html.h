/* A page: HTML of any age as a tree with the way back to its bytes.
 *
 * In. The bytes of a page and the encoding that its container declares.
 * Out. Nodes in the order of the page. A node's subtree are the nodes up to its
 * `end`, so children, descendants and what follows are walks over one array.
 * Owns. Everything lies in the arena; texts and attributes may point into the
 * decoded page, which lies there too.
 * Fails when. The encoding cannot be told, the page is past the limits, or
 * memory runs out. Mark-up is never wrong: what cannot be made sense of is text.
 *
 * Method: libxml2's HTML parser, its events alone (docs/decisions has the
 * measurement); the place of each piece of text is read off the parser's input.
 */
#ifndef HSY_FORMAT_HTML_H
#define HSY_FORMAT_HTML_H

#include "doc/doc.h"
#include "format/decode.h"
#include "format/limits.h"
#include "format/tags.h"

typedef struct hsy_attr {
  hsy_str name, value; /* names in lower case */
} hsy_attr;

typedef struct hsy_node {
  uint16_t tag; /* hsy_tag; HSY_TAG_TEXT for text */
  uint16_t attr_count;
  int32_t parent, end; /* indices; end is one past the subtree */
  int32_t attrs;       /* first attribute */
  int32_t depth;
  hsy_str text;   /* of a text node, entities replaced */
  int32_t source; /* byte of the decoded page */
  bool exact;     /* text is the decoded page's, byte for byte */
} hsy_node;

typedef struct hsy_page {
  hsy_decoded decoded;
  HSY_VEC(hsy_node) nodes; /* nodes[0] is the root, tag HSY_TAG_ROOT */
  HSY_VEC(hsy_attr) attrs;
} hsy_page;

enum {
  HSY_PAGE_DEPTH = 2048,  /* levels below this are folded into it, or below what the limits say */
  HSY_PAGE_TEXT = 4096,   /* as much as anything short on a page is worth reading */
  HSY_PAGE_NODES = 300000 /* more are refused: the largest pages of news have some ten thousand */
};

bool hsy_page_parse(hsy_str bytes, hsy_str charset, const hsy_limits *limits, hsy_page *page, hsy_arena *arena,
                    hsy_error *err);

/* The value of an attribute; data is NULL where the node has none. */
hsy_str hsy_page_attr(const hsy_page *page, int32_t node, const char *name);
/* The text below a node, blanks run together, trimmed; no more than HSY_PAGE_TEXT bytes or so. */
hsy_str hsy_page_text(const hsy_page *page, int32_t node, hsy_arena *arena);
/* Bytes as they stand, of a script or style. */
hsy_str hsy_page_raw(const hsy_page *page, int32_t node, hsy_arena *arena);

#endif
