#include "clean/chunks.h"

#include <string.h>

#include "base/utf8.h"

enum { PROSE_WORDS = 10, LONG_WORDS = 30, LONGEST_NAME = 32, MOST_HINT_BYTES = 400 };

typedef struct kind_name {
  const char *name;
  uint32_t hint;
} kind_name;

static const kind_name KINDS[] = {
    {"nav", HSY_HINT_NAV},         {"related", HSY_HINT_RELATED}, {"share", HSY_HINT_SHARE},
    {"comment", HSY_HINT_COMMENT}, {"ad", HSY_HINT_AD},           {"offer", HSY_HINT_OFFER},
    {"caption", HSY_HINT_CAPTION}, {"byline", HSY_HINT_BYLINE},   {"tags", HSY_HINT_TAGS},
    {"aside", HSY_HINT_ASIDE},     {"hidden", HSY_HINT_HIDDEN},   {"pull", HSY_HINT_PULL},
    {"summary", HSY_HINT_SUMMARY}, {"body", HSY_HINT_BODY},       {"date", HSY_HINT_DATE},
};

static uint32_t hint_of_kind(hsy_str kind) {
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
    if (hsy_str_eq(kind, hsy_str_of(KINDS[i].name))) return KINDS[i].hint;
  return 0;
}

/* Classes that hide, as whole names: in parts they say what happens in print or on a phone. */
static bool hides(hsy_str name) {
  static const char *const NAMES[] = {"hidden",          "hide",           "invisible",          "sr-only",
                                      "visually-hidden", "visuallyhidden", "screen-reader-text", "element-invisible",
                                      "d-none",          "u-hidden",       "is-hidden",          "offscreen",
                                      "screenreader"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(NAMES[i]))) return true;
  return false;
}

/* One name of a class, "article__relatedLinks", word by word. */
static uint32_t hints_of_name(const hsy_lexicon *lexicon, hsy_str name) {
  char word[LONGEST_NAME];
  ptrdiff_t n = 0;
  uint32_t hints = hides(name) ? HSY_HINT_HIDDEN : 0;
  for (ptrdiff_t i = 0; i <= name.len; i++) {
    char c = i < name.len ? name.data[i] : ' ';
    bool upper = c >= 'A' && c <= 'Z', letter = upper || (c >= 'a' && c <= 'z');
    bool inner = upper && i > 0 && name.data[i - 1] >= 'a' && name.data[i - 1] <= 'z';
    if ((!letter || inner) && n > 1 && n < LONGEST_NAME) {
      const hsy_lexicon_entry *entry = hsy_lexicon_find(lexicon, (hsy_str){word, n});
      if (entry) hints |= hint_of_kind(hsy_lexicon_field(entry, 0));
    }
    if (!letter || inner) n = 0;
    if (letter && n < LONGEST_NAME) word[n++] = (char)(c | 32);
  }
  return hints;
}

/* Names with a colon or bracket are of a style sheet's making ("print:hidden") and say nothing of the text. */
static uint32_t hints_of_words(const hsy_lexicon *lexicon, hsy_str value) {
  uint32_t hints = 0;
  if (value.len > MOST_HINT_BYTES) value.len = MOST_HINT_BYTES;
  while (value.len) {
    hsy_str name = hsy_str_trim(hsy_str_cut(value, ' ', &value));
    if (name.len && !memchr(name.data, ':', (size_t)name.len) && !memchr(name.data, '[', (size_t)name.len))
      hints |= hints_of_name(lexicon, name);
  }
  return hints;
}

/* Names under which pages keep the article's text, marks and case left out. */
static const char *const BODY_NAMES[] = {"articlebody",  "articletext", "articlecontent", "storybody",    "storytext",
                                         "storycontent", "postcontent", "postbody",       "entrycontent", "entrybody",
                                         "bodytext",     "bodycontent", "contentbody",    "articlemain",  "newstext",
                                         "newsbody",     "textbody",    "articlewrap"};

static bool names_body(hsy_str value) {
  char flat[128];
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < value.len && n < (ptrdiff_t)sizeof flat; i++) {
    char c = value.data[i];
    if (c == '-' || c == '_' || c == ':') continue;
    flat[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  for (size_t i = 0; i < sizeof BODY_NAMES / sizeof *BODY_NAMES; i++)
    if (hsy_str_find((hsy_str){flat, n}, hsy_str_of(BODY_NAMES[i])) >= 0) return true;
  return false;
}

static uint32_t hints_of_tag(hsy_tag tag) {
  switch (tag) {
  case HSY_TAG_NAV:
  case HSY_TAG_FOOTER:
    return HSY_HINT_NAV;
  case HSY_TAG_ASIDE:
    return HSY_HINT_ASIDE;
  case HSY_TAG_FORM:
  case HSY_TAG_BUTTON:
  case HSY_TAG_DIALOG:
    return HSY_HINT_OFFER;
  case HSY_TAG_FIGCAPTION:
  case HSY_TAG_FIGURE:
  case HSY_TAG_CAPTION:
    return HSY_HINT_CAPTION;
  case HSY_TAG_ADDRESS:
    return HSY_HINT_BYLINE;
  case HSY_TAG_ARTICLE:
    return HSY_HINT_ARTICLE;
  default:
    return 0;
  }
}

static bool style_hides(hsy_str style) {
  ptrdiff_t at = hsy_str_find(style, HSY_S("display"));
  if (at < 0) return false;
  hsy_str rest = hsy_str_slice(style, at + 7, at + 20);
  return hsy_str_find(rest, HSY_S("none")) >= 0;
}

static uint32_t hints_of_attr(const hsy_lexicon *lexicon, const hsy_attr *attr) {
  hsy_str name = attr->name, value = attr->value;
  if (hsy_str_eq(name, HSY_S("class")) || hsy_str_eq(name, HSY_S("id")) || hsy_str_eq(name, HSY_S("data-component")) ||
      hsy_str_eq(name, HSY_S("data-testid")) || hsy_str_eq(name, HSY_S("role")) || hsy_str_eq(name, HSY_S("data-type")))
    return hints_of_words(lexicon, value) | (names_body(value) ? HSY_HINT_BODY : 0);
  if (hsy_str_eq(name, HSY_S("itemprop"))) {
    if (hsy_str_find(value, HSY_S("articleBody")) >= 0) return HSY_HINT_BODY;
    return hints_of_words(lexicon, value);
  }
  if (hsy_str_eq(name, HSY_S("hidden"))) return HSY_HINT_HIDDEN;
  if (hsy_str_eq(name, HSY_S("aria-hidden"))) return hsy_str_eq(value, HSY_S("true")) ? HSY_HINT_HIDDEN : 0;
  if (hsy_str_eq(name, HSY_S("style"))) return style_hides(value) ? HSY_HINT_HIDDEN : 0;
  if (hsy_str_eq(name, HSY_S("itemtype")))
    return hsy_str_ends(value, HSY_S("Article")) || hsy_str_ends(value, HSY_S("Posting")) ? HSY_HINT_ARTICLE : 0;
  return 0;
}

static void read_hints(const hsy_page *page, const hsy_lexicon *lexicon, uint32_t *own) {
  for (int32_t i = 0; i < page->nodes.len; i++) {
    const hsy_node *n = &page->nodes.data[i];
    if (n->tag == HSY_TAG_TEXT) continue;
    own[i] = hints_of_tag((hsy_tag)n->tag);
    for (int32_t a = n->attrs; a < n->attrs + n->attr_count; a++)
      own[i] |= hints_of_attr(lexicon, &page->attrs.data[a]);
  }
}

/* ---- cutting ---- */

typedef struct cutter {
  const hsy_page *page;
  hsy_chunks *chunks;
  hsy_arena *arena;
  hsy_buf text;
  int32_t first, end; /* nodes of the run, first HSY_NONE where none is open */
  hsy_chunk now;
  bool in_word, breaks;
} cutter;

static int32_t block_around(const hsy_page *page, int32_t node) {
  while (node > 0 &&
         (page->nodes.data[node].tag == HSY_TAG_TEXT || !hsy_tag_is_block((hsy_tag)page->nodes.data[node].tag)))
    node = page->nodes.data[node].parent;
  return node;
}

static bool says_what(hsy_tag tag) {
  return tag == HSY_TAG_P || tag == HSY_TAG_LI || tag == HSY_TAG_BLOCKQUOTE || tag == HSY_TAG_TD || tag == HSY_TAG_TH ||
         tag == HSY_TAG_PRE || tag == HSY_TAG_DD || tag == HSY_TAG_DT || hsy_tag_is_heading(tag);
}

/* The tag that says most, of the elements that hold nothing but this chunk's run. */
static void look_around(const hsy_page *page, hsy_chunk *chunk) {
  chunk->tag = (hsy_tag)page->nodes.data[chunk->node].tag;
  for (int32_t i = chunk->node; i > 0; i = page->nodes.data[i].parent) {
    hsy_tag tag = (hsy_tag)page->nodes.data[i].tag;
    if (!says_what(chunk->tag) && says_what(tag)) chunk->tag = tag;
    if (hsy_tag_is_heading(tag)) chunk->tag = tag;
    chunk->in_quote |= tag == HSY_TAG_BLOCKQUOTE;
    chunk->in_list |= tag == HSY_TAG_LI;
    chunk->in_table |= tag == HSY_TAG_TABLE;
    chunk->in_figure |= tag == HSY_TAG_FIGURE;
  }
}

static void flush(cutter *c) {
  hsy_str text = hsy_str_trim(hsy_buf_str(&c->text));
  if (c->first != HSY_NONE && text.len) {
    hsy_chunk *chunk = hsy_push(&c->chunks->list, c->arena);
    *chunk = c->now;
    chunk->first = c->first;
    chunk->end = c->end;
    chunk->node = block_around(c->page, c->first);
    chunk->text = text;
    look_around(c->page, chunk);
    c->text = hsy_buf_in(c->arena);
  }
  c->text.len = 0;
  c->first = HSY_NONE;
  c->now = (hsy_chunk){0};
  c->in_word = c->breaks = false;
}

typedef struct style {
  bool link, strong, slant;
} style;

/* Letters and digits make words; signs of scripts that part no words count as one each. */
static void count_point(cutter *c, int32_t point, style s) {
  bool letter = hsy_is_letter(point) || hsy_is_digit(point);
  bool wide = point >= 0x3040 && point < 0xD7B0;
  if (letter && (!c->in_word || wide)) {
    c->now.words++;
    c->now.link_words += s.link;
    c->now.strong_words += s.strong;
    c->now.slant_words += s.slant;
  }
  c->in_word = letter;
  c->now.stops += point == '.' || point == '!' || point == '?' || point == 0x3002 || point == 0x2026;
  c->now.commas += point == ',' || point == 0x3001;
}

/* A run of plain ASCII without blanks, counted as count_point does it. */
static ptrdiff_t add_run(cutter *c, hsy_str text, ptrdiff_t at, style s) {
  ptrdiff_t end = at;
  for (; end < text.len && text.data[end] > ' ' && text.data[end] < 0x7f; end++) {
    char b = text.data[end];
    bool letter = (b | 32) >= 'a' ? (b | 32) <= 'z' : b >= '0' && b <= '9';
    if (letter && !c->in_word) {
      c->now.words++;
      c->now.link_words += s.link;
      c->now.strong_words += s.strong;
      c->now.slant_words += s.slant;
    }
    c->in_word = letter;
    c->now.stops += b == '.' || b == '!' || b == '?';
    c->now.commas += b == ',';
  }
  if (end > at) hsy_buf_add(&c->text, hsy_str_slice(text, at, end));
  return end;
}

static void open_run(cutter *c, int32_t node) {
  if (c->first == HSY_NONE) c->first = node;
  c->end = node + 1;
  c->breaks = false;
}

static void add_text(cutter *c, int32_t node, style s) {
  hsy_str text = c->page->nodes.data[node].text;
  for (ptrdiff_t at = 0; at < text.len;) {
    ptrdiff_t from = at;
    unsigned char byte = (unsigned char)text.data[at];
    if (byte > ' ' && byte < 0x7f) {
      open_run(c, node);
      at = add_run(c, text, at, s);
      continue;
    }
    int32_t point = byte < 0x80 ? (at++, byte) : hsy_utf8_next(text, &at);
    if (hsy_is_space(point)) {
      c->in_word = false;
      if (c->text.len && c->text.data[c->text.len - 1] != ' ') hsy_buf_byte(&c->text, ' ');
      continue;
    }
    open_run(c, node);
    hsy_buf_add(&c->text, hsy_str_slice(text, from, at));
    count_point(c, point, s);
  }
}

/* A second break in a row parts paragraphs. */
static void add_break(cutter *c) {
  if (c->breaks)
    flush(c);
  else if (c->text.len && c->text.data[c->text.len - 1] != ' ')
    hsy_buf_byte(&c->text, ' ');
  c->breaks = true;
  c->in_word = false;
}

static void cut(cutter *c) {
  int32_t link_end = 0, strong_end = 0, slant_end = 0;
  int32_t close[HSY_PAGE_DEPTH + 4]; /* ends of the block elements that are open */
  int open = 0;
  for (int32_t i = 0; i < c->page->nodes.len;) {
    const hsy_node *n = &c->page->nodes.data[i];
    hsy_tag tag = (hsy_tag)n->tag;
    while (open && close[open - 1] <= i) open--, flush(c);
    if (hsy_tag_is_unread(tag)) {
      if (tag == HSY_TAG_HEAD || tag == HSY_TAG_IFRAME || tag == HSY_TAG_VIDEO || tag == HSY_TAG_SELECT) flush(c);
      i = n->end;
      continue;
    }
    if (hsy_tag_is_block(tag)) {
      flush(c);
      close[open++] = n->end;
    }
    if (tag == HSY_TAG_A && n->end > link_end) link_end = n->end;
    if ((tag == HSY_TAG_B || tag == HSY_TAG_STRONG) && n->end > strong_end) strong_end = n->end;
    if ((tag == HSY_TAG_I || tag == HSY_TAG_EM) && n->end > slant_end) slant_end = n->end;
    if (tag == HSY_TAG_BR) add_break(c);
    if (tag == HSY_TAG_TEXT) add_text(c, i, (style){i < link_end, i < strong_end, i < slant_end});
    i++;
  }
  flush(c);
}

bool hsy_chunk_is_prose(const hsy_chunk *chunk) {
  if (chunk->words < PROSE_WORDS || hsy_tag_is_heading(chunk->tag)) return false;
  bool sentences = chunk->stops > 0 || chunk->words >= LONG_WORDS; /* a long text without stops: verse, a list */
  return chunk->link_words * 3 <= chunk->words && sentences;
}

static void sum_prose(const hsy_page *page, hsy_chunks *chunks) {
  for (ptrdiff_t i = 0; i < chunks->list.len; i++) {
    const hsy_chunk *chunk = &chunks->list.data[i];
    if (hsy_chunk_is_prose(chunk)) chunks->prose[chunk->node] += (int32_t)chunk->text.len;
  }
  for (int32_t i = (int32_t)page->nodes.len - 1; i > 0; i--)
    chunks->prose[page->nodes.data[i].parent] += chunks->prose[i];
}

bool hsy_chunks_cut(const hsy_page *page, hsy_chunks *chunks, hsy_arena *arena, hsy_error *err) {
  *chunks = (hsy_chunks){0};
  hsy_lexicon hints;
  if (!hsy_lexicon_load(&hints, "lexicon/en/page_hints.txt", arena, err)) return false;
  chunks->own = hsy_new(arena, uint32_t, page->nodes.len);
  chunks->prose = hsy_new(arena, int32_t, page->nodes.len);
  if (!hsy_arena_check(*arena, "clean", err)) return false;
  read_hints(page, &hints, chunks->own);
  cutter c = {.page = page, .chunks = chunks, .arena = arena, .text = hsy_buf_in(arena), .first = HSY_NONE};
  cut(&c);
  sum_prose(page, chunks);
  return hsy_arena_check(*arena, "clean", err);
}
