#include "clean/maintext.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "format/lines.h"

enum {
  BODY_PROSE = 500,
  DRAWN_BODY = 200,
  OWN_PROSE = 250,
  REGION_PROSE = 100,
  SIBLING_PROSE = 150,
  TEASER_PROSE = 600,
  NEAR_CHUNKS = 3,
  LINKED_WORDS = 8, /* of a paragraph that is a link */
  SHORT_WORDS = 4,
  LEDE_WORDS = 12,
  FURNITURE_WORDS = 40 /* longer paragraphs are not told by their phrases */
};

typedef struct chooser {
  hsy_maintext *t;
  const hsy_page *page;
  const hsy_chunk *chunks;
  ptrdiff_t count;
  uint32_t *against; /* [nodes] hints against, handed down, those of large elements left out */
  int32_t *value;    /* [nodes] sum over the chunks below */
  int32_t total;     /* prose of the page */
  int32_t region;    /* the element around the headline where the article is looked for */
  uint32_t ignored;  /* hints that most of the prose stands under */
} chooser;

/* ---- hints ---- */

static bool holds(const chooser *c, int32_t node, int32_t inner) {
  return inner != HSY_NONE && node <= inner && inner < c->page->nodes.data[node].end;
}

/* What holds most of the page's prose, or the headline, is not set apart, whatever its class says. */
static uint32_t standing_hints(const chooser *c, int32_t node) {
  uint32_t own = c->t->chunks->own[node] & HSY_HINTS_AGAINST & ~c->ignored;
  int32_t prose = c->t->chunks->prose[node];
  if ((c->t->chunks->own[node] & HSY_HINT_BODY) && prose >= BODY_PROSE) return own & HSY_HINT_COMMENT;
  if (own == 0 || holds(c, node, c->t->headline_at)) return 0;
  if (c->t->headline_at != HSY_NONE && (own & (HSY_HINT_COMMENT | HSY_HINT_NAV))) return own;
  if (prose * 5 > c->total * 4) return 0;
  if (prose * 5 > c->total * 2) return own & (HSY_HINT_COMMENT | HSY_HINT_HIDDEN);
  return own;
}

static void hand_down(chooser *c) {
  for (int32_t i = 1; i < c->page->nodes.len; i++)
    c->against[i] = c->against[c->page->nodes.data[i].parent] | standing_hints(c, i);
}

/* All that elements inside the box say against a node, large ones too. */
static uint32_t said_against(const chooser *c, int32_t box, int32_t node) {
  uint32_t said = 0;
  for (; node > box; node = c->page->nodes.data[node].parent) said |= c->t->chunks->own[node];
  return said & HSY_HINTS_AGAINST;
}

/* A word that most of the prose stands under is the site's habit. */
static void ignore_habits(chooser *c, int32_t box, uint32_t may) {
  int32_t under[32] = {0}, all = 0;
  for (ptrdiff_t i = 0; i < c->count; i++) {
    const hsy_chunk *k = &c->chunks[i];
    if (!hsy_chunk_is_prose(k) || !holds(c, box, k->first)) continue;
    all += (int32_t)k->text.len;
    uint32_t said = box ? said_against(c, box, k->node) : c->against[k->node];
    for (int bit = 0; bit < 32; bit++)
      if (said >> bit & 1) under[bit] += (int32_t)k->text.len;
  }
  c->ignored = 0;
  for (int bit = 0; bit < 32; bit++)
    if (under[bit] * 2 > all && (may >> bit & 1)) c->ignored |= (uint32_t)1 << bit;
}

/* Once the article's element is known, only what stands inside it can be set apart from it. */
static void hand_down_inside(chooser *c) {
  int32_t box = c->t->container;
  c->against[box] = 0;
  for (int32_t i = box + 1; i < c->page->nodes.data[box].end; i++)
    c->against[i] = c->against[c->page->nodes.data[i].parent] | standing_hints(c, i);
}

/* ---- the container ---- */

static int32_t worth(const chooser *c, const hsy_chunk *chunk) {
  int32_t len = chunk->text.len < 4000 ? (int32_t)chunk->text.len : 4000;
  if (c->against[chunk->node]) return -len / 4 - 5;
  if (chunk->link_words * 2 > chunk->words) return -len / 2 - 20;
  if (!hsy_chunk_is_prose(chunk)) return -5;
  bool far = chunk->first < c->t->headline_at || !holds(c, c->region, chunk->first);
  return far ? len / 4 : len;
}

/* The smallest element around the headline that has an article's worth of prose. */
static int32_t headline_region(const chooser *c) {
  int32_t node = c->t->headline_at == HSY_NONE ? 0 : c->t->headline_at;
  while (node > 0) {
    int32_t prose = 0;
    for (ptrdiff_t i = 0; i < c->count; i++)
      if (holds(c, node, c->chunks[i].first) && !c->against[c->chunks[i].node] && hsy_chunk_is_prose(&c->chunks[i]))
        prose += (int32_t)c->chunks[i].text.len;
    if (prose >= REGION_PROSE) return node;
    node = c->page->nodes.data[node].parent;
  }
  return 0;
}

static bool is_paragraph_tag(hsy_tag tag) {
  return tag == HSY_TAG_P || tag == HSY_TAG_LI || tag == HSY_TAG_BLOCKQUOTE || tag == HSY_TAG_PRE ||
         tag == HSY_TAG_UL || tag == HSY_TAG_OL || !hsy_tag_is_block(tag);
}

static int32_t best_container(chooser *c) {
  for (ptrdiff_t i = 0; i < c->count; i++) c->value[c->chunks[i].node] += worth(c, &c->chunks[i]);
  for (int32_t i = (int32_t)c->page->nodes.len - 1; i > 0; i--) c->value[c->page->nodes.data[i].parent] += c->value[i];
  int32_t best = 0;
  for (int32_t i = 1; i < c->page->nodes.len; i++)
    if (c->value[i] >= c->value[best]) best = i; /* of equal ones the innermost */
  while (best > 0 && is_paragraph_tag((hsy_tag)c->page->nodes.data[best].tag)) best = c->page->nodes.data[best].parent;
  return best;
}

/* A body that calls itself so, and holds a good part of the prose. */
static int32_t named_body(const chooser *c, int32_t best) {
  int32_t found = HSY_NONE, prose = c->t->chunks->prose[best];
  for (int32_t i = best; i < c->page->nodes.data[best].end; i++) {
    if (!(c->t->chunks->own[i] & HSY_HINT_BODY) || c->t->chunks->prose[i] * 10 < prose * 6) continue;
    found = i; /* the innermost one that still holds enough */
  }
  return found;
}

/* What the elements around a say against it is said of b too. */
static bool called_alike(const chooser *c, int32_t b, int32_t a) {
  uint32_t of_a = 0, of_b = 0;
  const hsy_node *nodes = c->page->nodes.data;
  for (; a != b && a > 0 && b > 0; a = nodes[a].parent, b = nodes[b].parent)
    of_a |= c->t->chunks->own[a], of_b |= c->t->chunks->own[b];
  return (of_a & ~of_b & HSY_HINTS_AGAINST) == 0;
}

static bool has_time(const chooser *c, int32_t node) {
  for (int32_t i = node; i < c->page->nodes.data[node].end; i++)
    if (c->page->nodes.data[i].tag == HSY_TAG_TIME) return true;
  return false;
}

/* Posts of a live page: elements beside each other, alike in tag and class, each with its time; together they are the
 * article. */
static int32_t with_posts(const chooser *c, int32_t box) {
  const hsy_node *nodes = c->page->nodes.data;
  int32_t parent = nodes[box].parent;
  hsy_str class = hsy_page_attr(c->page, box, "class");
  if (parent <= 0 || holds(c, box, c->t->headline_at) || !has_time(c, box)) return box;
  for (int32_t i = parent + 1; i < nodes[parent].end; i = nodes[i].end) {
    bool alike = i != box && nodes[i].tag == nodes[box].tag && hsy_str_eq(hsy_page_attr(c->page, i, "class"), class);
    if (alike && !c->against[i] && has_time(c, i)) return parent;
  }
  return box;
}

/* Articles cut in two by an insertion: elements of one class, side by side or nearly so. */
static int32_t with_siblings(const chooser *c, int32_t box) {
  const hsy_node *n = &c->page->nodes.data[box];
  hsy_str class = hsy_page_attr(c->page, box, "class");
  int32_t first = box, last = box;
  if (class.len == 0 || holds(c, box, c->t->headline_at)) return box;
  for (int32_t i = 1; i < c->page->nodes.len; i++) {
    const hsy_node *other = &c->page->nodes.data[i];
    if (other->tag != n->tag || i == box || other->depth != n->depth) continue;
    if (c->t->chunks->prose[i] < SIBLING_PROSE || !hsy_str_eq(hsy_page_attr(c->page, i, "class"), class)) continue;
    if (c->against[i] && !called_alike(c, box, i)) continue;
    if (i < first) first = i;
    if (i > last) last = i;
  }
  while (!(holds(c, box, first) && holds(c, box, last))) box = c->page->nodes.data[box].parent;
  return box;
}

/* ---- teasers ---- */

static bool is_link_line(const hsy_chunk *k) { return k->words > 0 && k->link_words * 10 >= k->words * 7; }

/* The largest element around a heading that holds no other heading, not the headline, and little prose. */
static int32_t item_around(const chooser *c, const int32_t *headings, int32_t node) {
  int32_t item = HSY_NONE;
  for (int32_t i = node; i > c->t->container; i = c->page->nodes.data[i].parent) {
    if (headings[i] > 1 || c->t->chunks->prose[i] > TEASER_PROSE || holds(c, i, c->t->headline_at)) break;
    item = i;
  }
  return item;
}

/* A heading that is a link, with a line or two below it, leads to another article. */
static bool mark_teasers(chooser *c, hsy_arena scratch) {
  int32_t *headings = hsy_new(&scratch, int32_t, c->page->nodes.len);
  if (!headings) return false;
  for (ptrdiff_t i = 0; i < c->count; i++)
    if (hsy_tag_is_heading(c->chunks[i].tag)) headings[c->chunks[i].node]++;
  for (int32_t i = (int32_t)c->page->nodes.len - 1; i > 0; i--) headings[c->page->nodes.data[i].parent] += headings[i];
  for (ptrdiff_t i = 0; i < c->count; i++) {
    if (!hsy_tag_is_heading(c->chunks[i].tag) || !is_link_line(&c->chunks[i])) continue;
    int32_t item = item_around(c, headings, c->chunks[i].node);
    if (item != HSY_NONE) c->t->chunks->own[item] |= HSY_HINT_RELATED;
  }
  return true;
}

/* The innermost article element that holds the headline, with prose of its own. */
static int32_t own_article(const chooser *c) {
  for (int32_t i = c->t->headline_at; i > 0; i = c->page->nodes.data[i].parent)
    if ((c->t->chunks->own[i] & HSY_HINT_ARTICLE) && c->t->chunks->prose[i] >= OWN_PROSE) return i;
  return HSY_NONE;
}

/* Article elements beside the one with the headline are other articles. */
static void mark_others(chooser *c) {
  int32_t own = own_article(c);
  if (own == HSY_NONE) return;
  for (int32_t i = 1; i < c->page->nodes.len; i++)
    if ((c->t->chunks->own[i] & HSY_HINT_ARTICLE) && !holds(c, own, i) && !holds(c, i, own))
      c->t->chunks->own[i] |= HSY_HINT_RELATED;
}

/* ---- chunks ---- */

static bool same_text(hsy_str a, hsy_str b) { return a.len && hsy_str_eq_nocase(hsy_str_trim(a), hsy_str_trim(b)); }

static bool says_paragraph(const hsy_chunk *k) {
  return k->tag == HSY_TAG_P || k->tag == HSY_TAG_LI || k->tag == HSY_TAG_BLOCKQUOTE || k->tag == HSY_TAG_PRE ||
         k->tag == HSY_TAG_DD || k->tag == HSY_TAG_DT || k->tag == HSY_TAG_TD || k->tag == HSY_TAG_TH || k->in_quote ||
         k->in_list || k->in_table;
}

static bool in_headline(const chooser *c, const hsy_chunk *k) {
  return c->t->headline_at != HSY_NONE && hsy_tag_is_heading(k->tag) && holds(c, c->t->headline_at, k->first);
}

static void rule(hsy_verdict *v, bool kept, hsy_block_kind kind, const char *why) {
  *v = (hsy_verdict){kept, kind, why};
}

/* A paragraph of prose near by, before (step -1) or behind, in the same element. */
static bool has_prose(const chooser *c, ptrdiff_t i, int step) {
  int32_t box = c->page->nodes.data[c->chunks[i].node].parent;
  for (ptrdiff_t k = i + step; k >= 0 && k < c->count && (k - i) * step <= NEAR_CHUNKS; k += step) {
    const hsy_chunk *other = &c->chunks[k];
    if (!holds(c, box, other->first)) return false;
    bool beside = c->page->nodes.data[other->node].parent == box && !hsy_tag_is_heading(other->tag);
    if (beside && hsy_chunk_is_prose(other) && !c->against[other->node]) return true;
  }
  return false;
}

/* A sentence between paragraphs of prose, whatever its element and its links: it is one of them. */
static bool is_sentence_among_prose(const chooser *c, ptrdiff_t i, int words) {
  const hsy_chunk *k = &c->chunks[i];
  char last = k->text.len ? k->text.data[k->text.len - 1] : 0;
  bool ends = k->stops > 0 && last != ':' && last != ';' && hsy_lines_end_sentence(k->text);
  return ends && k->words >= words && !k->in_list && !k->in_table && has_prose(c, i, -1) && has_prose(c, i, 1);
}

/* A sentence set as a heading: a lede. */
static bool is_lede(const hsy_chunk *k) {
  return k->words >= LEDE_WORDS && k->text.len && k->text.data[k->text.len - 1] == '.' && k->link_words * 2 < k->words;
}

static void judge(chooser *c, ptrdiff_t i, hsy_arena scratch) {
  const hsy_chunk *k = &c->chunks[i];
  hsy_verdict *v = &c->t->verdicts[i];
  uint32_t against = c->against[k->node];
  if (k->in_quote) against &= ~(uint32_t)HSY_HINT_SHARE; /* an embedded post */
  const char *why;
  const hsy_node *box = &c->page->nodes.data[c->t->container];
  if (k->first < c->t->container || k->first >= box->end) {
    rule(v, false, HSY_BLOCK_FURNITURE, "outside the article's element");
  } else if (against) {
    rule(v, false, HSY_BLOCK_FURNITURE, "in a part that its class or element sets apart");
  } else if (same_text(k->text, c->t->headline) || in_headline(c, k)) {
    rule(v, false, HSY_BLOCK_HEADLINE, "the headline");
  } else if (k->tag == HSY_TAG_LI && k->link_words * 2 > k->words && k->stops == 0) {
    rule(v, false, HSY_BLOCK_FURNITURE, "a list of links");
  } else if (is_link_line(k) && !(k->tag == HSY_TAG_P && k->words > 20 && k->stops > 0) &&
             !(k->tag == HSY_TAG_P && is_sentence_among_prose(c, i, LINKED_WORDS))) {
    rule(v, false, HSY_BLOCK_FURNITURE, "links");
  } else if (k->words <= FURNITURE_WORDS && (why = hsy_furniture_why(c->t->furniture, k->text, scratch)) != NULL) {
    rule(v, false, HSY_BLOCK_FURNITURE, why);
  } else if (hsy_tag_is_heading(k->tag) && is_lede(k)) {
    rule(v, true, HSY_BLOCK_PARAGRAPH, "a sentence set as a heading");
  } else if (hsy_tag_is_heading(k->tag)) {
    rule(v, true, HSY_BLOCK_SUBHEADING, "a heading");
  } else if (hsy_chunk_is_prose(k)) {
    rule(v, true, HSY_BLOCK_PARAGRAPH, "prose");
  } else if (says_paragraph(k)) {
    rule(v, true, HSY_BLOCK_PARAGRAPH, "a paragraph, list item or quotation");
  } else if (is_sentence_among_prose(c, i, SHORT_WORDS)) {
    rule(v, true, HSY_BLOCK_PARAGRAPH, "a sentence between paragraphs");
  } else {
    rule(v, false, HSY_BLOCK_FURNITURE, "short text of no paragraph");
  }
}

static bool has_digits(hsy_str s) {
  for (ptrdiff_t i = 0; i < s.len; i++)
    if (s.data[i] >= '0' && s.data[i] <= '9') return true;
  return false;
}

/* Letters and digits of a, as far as they go, are those of b. */
static bool begins_alike(hsy_str a, hsy_str b) {
  ptrdiff_t i = 0, k = 0, same = 0;
  while (i < a.len && k < b.len) {
    ptrdiff_t at_a = i, at_b = k;
    int32_t x = hsy_utf8_next(a, &at_a), y = hsy_utf8_next(b, &at_b);
    bool letter_x = hsy_is_letter(x) || hsy_is_digit(x), letter_y = hsy_is_letter(y) || hsy_is_digit(y);
    if (letter_x && letter_y && hsy_to_lower(x) != hsy_to_lower(y)) return same >= 40;
    same += letter_x && letter_y;
    if (letter_x == letter_y || !letter_x) i = at_a;
    if (letter_x == letter_y || !letter_y) k = at_b;
  }
  return same >= 20;
}

static uint32_t near_hints(const chooser *c, int32_t node) {
  uint32_t hints = 0;
  for (int i = 0; i < 3 && node > 0; i++, node = c->page->nodes.data[node].parent) hints |= c->t->chunks->own[node];
  return hints;
}

/* Between the headline and the article's element, a paragraph that the page calls its summary, or describes itself by.
 */
static void keep_standfirst(chooser *c) {
  if (c->t->headline_at == HSY_NONE) return;
  int kept = 0;
  for (ptrdiff_t i = 0; i < c->count && kept < 3; i++) {
    const hsy_chunk *k = &c->chunks[i];
    if (k->first < c->t->headline_at || k->first >= c->t->container || k->words < 6) continue;
    if (holds(c, c->t->headline_at, k->first) || same_text(k->text, c->t->headline) || is_link_line(k)) continue;
    bool described = begins_alike(k->text, c->t->description);
    bool plain = !(c->against[k->node] & ~(uint32_t)HSY_HINT_RELATED);
    if (!described && !(plain && (near_hints(c, k->node) & HSY_HINT_SUMMARY))) continue;
    rule(&c->t->verdicts[i], true, HSY_BLOCK_PARAGRAPH, "the standfirst");
    kept++;
  }
}

/* What stands above the headline, and the short lines between it and the prose: kickers, bylines, dates. */
static void clear_top(chooser *c) {
  int32_t headline = c->t->headline_at, below = 0, all = 0;
  for (ptrdiff_t i = 0; i < c->count; i++) {
    if (!c->t->verdicts[i].kept || !hsy_chunk_is_prose(&c->chunks[i])) continue;
    all += (int32_t)c->chunks[i].text.len;
    if (c->chunks[i].first >= headline) below += (int32_t)c->chunks[i].text.len;
  }
  bool above = headline != HSY_NONE && below * 10 >= all * 8;
  for (ptrdiff_t i = 0; i < c->count; i++) {
    const hsy_chunk *k = &c->chunks[i];
    hsy_verdict *v = &c->t->verdicts[i];
    if (above && v->kept && k->first < headline) rule(v, false, HSY_BLOCK_FURNITURE, "above the headline");
    if (v->kept && hsy_chunk_is_prose(k)) return;
    if (v->kept && v->kind == HSY_BLOCK_PARAGRAPH && k->words < 10 && (k->stops == 0 || has_digits(k->text)))
      rule(v, false, HSY_BLOCK_FURNITURE, "a short line above the prose");
  }
}

/* "Read also" and the like: a few words above links that were left out. */
static void clear_lures(chooser *c) {
  for (ptrdiff_t i = 0; i + 1 < c->count; i++) {
    const hsy_chunk *k = &c->chunks[i];
    hsy_verdict *v = &c->t->verdicts[i];
    if (!v->kept || v->kind != HSY_BLOCK_PARAGRAPH || k->words > 5 || k->stops > 0) continue;
    if (!c->t->verdicts[i + 1].kept && is_link_line(&c->chunks[i + 1]))
      rule(v, false, HSY_BLOCK_FURNITURE, "a line above links");
  }
}

/* A heading stands where something is kept below it, before the next of its rank. */
static void settle_headings(chooser *c) {
  for (ptrdiff_t i = c->count - 1; i >= 0; i--) {
    hsy_verdict *v = &c->t->verdicts[i];
    if (!v->kept || v->kind != HSY_BLOCK_SUBHEADING) continue;
    ptrdiff_t k = i + 1;
    while (k < c->count && !c->t->verdicts[k].kept && k - i < 4) k++;
    if (k < c->count && c->t->verdicts[k].kept) continue;
    rule(v, false, HSY_BLOCK_FURNITURE, "a heading with nothing below it");
  }
}

static bool keep_where(chooser *c, bool strict) {
  bool kept = false;
  for (ptrdiff_t i = 0; i < c->count; i++) {
    const hsy_chunk *k = &c->chunks[i];
    if (strict && (k->link_words > 0 || k->words <= 2 || c->against[k->node])) continue;
    rule(&c->t->verdicts[i], true, HSY_BLOCK_PARAGRAPH, "text of a page without prose");
    kept = true;
  }
  return kept;
}

/* Where nothing reads like an article, what is neither link nor set apart stands for it, else all there is. */
static void keep_something(chooser *c) {
  for (ptrdiff_t i = 0; i < c->count; i++)
    if (c->t->verdicts[i].kept) return;
  if (!keep_where(c, true)) keep_where(c, false);
}

/* ---- the page's own data ---- */

/* Letters and digits alone, lowered: what stays of a text however it is set. */
static hsy_str letters_of(hsy_str s, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (ptrdiff_t at = 0; at < s.len;) {
    int32_t point = hsy_utf8_next(s, &at);
    char bytes[4];
    if (hsy_is_letter(point) || hsy_is_digit(point))
      hsy_buf_add(&out, (hsy_str){bytes, hsy_utf8_put(hsy_to_lower(point), bytes)});
  }
  return hsy_buf_str(&out);
}

/* Where a chunk stands in the body: its letters taken, or nothing where they are not there or were taken before (pages
 * that hold an article twice). */
static ptrdiff_t take_letters(hsy_str body, bool *taken, hsy_str text) {
  ptrdiff_t at = text.len ? hsy_str_find(body, text) : -1;
  if (at < 0 || taken[at + text.len / 2]) return 0;
  memset(taken + at, true, (size_t)text.len);
  return text.len;
}

/* The articleBody of the page's data, where the page shows the whole of it and the choice made so far does not: then
 * what stands in it is the article. */
static bool follow_body(chooser *c, hsy_arena scratch) {
  hsy_str body = letters_of(c->t->body, &scratch);
  if (body.len < BODY_PROSE) return true;
  ptrdiff_t *letters = hsy_new(&scratch, ptrdiff_t, c->count), shown = 0, kept = 0;
  bool *taken = hsy_new(&scratch, bool, body.len);
  if (!letters || !taken) return false;
  for (int round = 0; round < 2; round++) /* what is kept comes first */
    for (ptrdiff_t i = 0; i < c->count; i++) {
      if (c->chunks[i].words < 6 || c->t->verdicts[i].kept == (round == 1)) continue;
      hsy_arena here = scratch;
      letters[i] = take_letters(body, taken, letters_of(c->chunks[i].text, &here));
      shown += letters[i];
      if (round == 0) kept += letters[i];
    }
  if (shown * 10 < body.len * 8 || kept * 10 >= body.len * 6) return true;
  for (ptrdiff_t i = 0; i < c->count; i++) {
    if (letters[i] && !c->t->verdicts[i].kept)
      rule(&c->t->verdicts[i], true, HSY_BLOCK_PARAGRAPH, "in the body that the page's data give");
    else if (!letters[i] && c->t->verdicts[i].kept)
      rule(&c->t->verdicts[i], false, HSY_BLOCK_FURNITURE, "not in the body that the page's data give");
  }
  return true;
}

bool hsy_maintext_choose(hsy_maintext *text, hsy_arena *arena, hsy_error *err) {
  ptrdiff_t nodes = text->page->nodes.len;
  text->verdicts = hsy_new(arena, hsy_verdict, text->chunks->list.len);
  hsy_arena scratch = *arena; /* what follows is gone on return */
  chooser c = {.t = text,
               .page = text->page,
               .chunks = text->chunks->list.data,
               .count = text->chunks->list.len,
               .against = hsy_new(&scratch, uint32_t, nodes),
               .value = hsy_new(&scratch, int32_t, nodes),
               .total = text->chunks->prose[0]};
  if (!hsy_arena_check(*arena, "clean", err) || !hsy_arena_check(scratch, "clean", err)) return false;
  text->container = 0;
  if (!mark_teasers(&c, scratch)) return hsy_arena_check(scratch, "clean", err);
  mark_others(&c);
  hand_down(&c);
  ignore_habits(&c, 0,
                HSY_HINTS_AGAINST & ~(uint32_t)(HSY_HINT_COMMENT | HSY_HINT_NAV | HSY_HINT_RELATED | HSY_HINT_OFFER |
                                                HSY_HINT_CAPTION));
  if (c.ignored) hand_down(&c);
  c.region = headline_region(&c);
  text->container = best_container(&c);
  int32_t body = named_body(&c, text->container);
  if (body != HSY_NONE) text->container = body;
  text->container = with_siblings(&c, text->container);
  text->container = with_posts(&c, text->container);
  c.ignored = 0;
  hand_down_inside(&c);
  ignore_habits(&c, text->container, HSY_HINTS_AGAINST & ~(uint32_t)(HSY_HINT_COMMENT | HSY_HINT_NAV));
  if (c.ignored) hand_down_inside(&c);
  for (ptrdiff_t i = 0; i < c.count; i++) judge(&c, i, scratch);
  clear_lures(&c);
  settle_headings(&c);
  clear_top(&c);
  if (!follow_body(&c, scratch)) return hsy_arena_check(scratch, "clean", err);
  keep_standfirst(&c);
  keep_something(&c);
  return true;
}

bool hsy_maintext_is_drawn(const hsy_maintext *text) {
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < text->chunks->list.len; i++)
    if (text->verdicts[i].kept) kept += text->chunks->list.data[i].text.len;
  return text->body.len >= DRAWN_BODY && kept * 4 < text->body.len;
}
