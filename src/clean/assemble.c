#include "clean/assemble.h"

#include "base/bound.h"
#include "base/utf8.h"

typedef struct writer {
  const hsy_page *page;
  hsy_doc *doc;
  hsy_buf text;
  int64_t next;  /* the input byte that would go on in step, or -1 */
  bool blank;    /* a blank is due before the next character */
  int32_t start; /* of the block */
} writer;

/* Input byte that a byte of the decoded page came from; *exact: the step is one byte for one. */
static int64_t source_of(const writer *w, int32_t at, bool *exact) {
  const hsy_origin_vec *map = &w->page->decoded.map;
  if (map->len == 1 && map->data[0].exact) return map->data[0].source + at;
  hsy_bound half = {.high = map->len};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, map->data[half.middle].text <= at);
  ptrdiff_t low = half.low;
  if (low == 0) return *exact = false, 0;
  const hsy_origin *row = &map->data[low - 1];
  *exact &= row->exact;
  return row->source + (row->exact ? at - row->text : 0);
}

static void add_origin(writer *w, int64_t source, bool exact) {
  *hsy_push(&w->doc->origins, w->doc->arena) = (hsy_origin){(int32_t)w->text.len, exact, source};
}

static void put(writer *w, hsy_str bytes, int64_t source, bool exact) {
  if (w->blank && w->text.len > w->start) {
    if (w->next < 0 || source != w->next + 1 || !exact) add_origin(w, source > 0 ? source - 1 : 0, false), w->next = -1;
    hsy_buf_byte(&w->text, ' ');
    if (w->next >= 0) w->next++;
  }
  w->blank = false;
  if (!exact || source != w->next) add_origin(w, source, exact);
  w->next = exact ? source + bytes.len : -1;
  hsy_buf_add(&w->text, bytes);
}

/* Bytes of a run without blanks that can be taken at once: plain ASCII, mapped in step. */
static ptrdiff_t plain_run(const writer *w, const hsy_node *node, ptrdiff_t at) {
  ptrdiff_t end = at;
  const hsy_origin_vec *map = &w->page->decoded.map;
  if (!node->exact || map->len != 1 || !map->data[0].exact) return 0;
  while (end < node->text.len && node->text.data[end] > ' ' && node->text.data[end] < 0x7f) end++;
  return end - at;
}

static void put_text(writer *w, const hsy_node *node) {
  for (ptrdiff_t at = 0; at < node->text.len;) {
    ptrdiff_t from = at, run = plain_run(w, node, at);
    if (run) {
      put(w, hsy_str_slice(node->text, at, at + run), w->page->decoded.map.data[0].source + node->source + at, true);
      at += run;
      continue;
    }
    if (hsy_is_space(hsy_utf8_next(node->text, &at))) {
      w->blank = true;
      continue;
    }
    bool exact = node->exact;
    int64_t source = source_of(w, node->source + (exact ? (int32_t)from : 0), &exact);
    put(w, hsy_str_slice(node->text, from, at), source, exact);
  }
}

/* Marks that the page does not hold, and a browser shows or a reader takes for granted. */
static void put_mark(writer *w, const char *mark) {
  int32_t at = w->next < 0 && w->doc->origins.len ? (int32_t)w->doc->origins.data[w->doc->origins.len - 1].source : 0;
  put(w, hsy_str_of(mark), w->next < 0 ? at : w->next, false);
}

static bool opens_quoted(hsy_str text) {
  text = hsy_str_trim(text);
  static const char *const MARKS[] = {"\"", "“", "„", "«", "‘", "''", "»"};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    if (hsy_str_starts(text, hsy_str_of(MARKS[i]))) return true;
  return false;
}

static hsy_str first_text(const hsy_page *page, int32_t node) {
  for (int32_t i = node + 1; i < page->nodes.data[node].end; i++)
    if (hsy_str_trim(page->nodes.data[i].text).len) return page->nodes.data[i].text;
  return (hsy_str){0};
}

static void put_nodes(writer *w, int32_t first, int32_t end) {
  int32_t quoted_to = HSY_NONE; /* end of the q element that is open */
  for (int32_t i = first; i < end;) {
    const hsy_node *node = &w->page->nodes.data[i];
    if (quoted_to != HSY_NONE && i >= quoted_to) put_mark(w, "”"), quoted_to = HSY_NONE;
    if (node->tag == HSY_TAG_Q && quoted_to == HSY_NONE && !opens_quoted(first_text(w->page, i)))
      put_mark(w, "“"), quoted_to = node->end;
    if (hsy_tag_is_unread((hsy_tag)node->tag)) {
      i = node->end;
      continue;
    }
    if (node->tag == HSY_TAG_TEXT) put_text(w, node);
    if (node->tag == HSY_TAG_BR || hsy_tag_is_block((hsy_tag)node->tag)) w->blank = true;
    i++;
  }
  if (quoted_to != HSY_NONE) put_mark(w, "”");
}

static void open_block(writer *w) {
  if (w->text.len) {
    add_origin(w,
               w->next < 0 ? (w->doc->origins.len ? w->doc->origins.data[w->doc->origins.len - 1].source : 0) : w->next,
               false);
    hsy_buf_add(&w->text, HSY_S("\n\n"));
  }
  w->start = (int32_t)w->text.len;
  w->next = -1;
  w->blank = false;
}

static void close_block(writer *w, hsy_block_kind kind, const char *why) {
  if (w->text.len == w->start) return;
  hsy_block *block = hsy_push(&w->doc->blocks, w->doc->arena);
  block->text = (hsy_span){w->start, (int32_t)w->text.len};
  block->kind = kind;
  block->tagged = kind == HSY_BLOCK_PARAGRAPH || kind == HSY_BLOCK_HEADLINE;
  block->why = why;
}

/* Set apart as the words of somebody: a blockquote, or all in slanted type. */
static bool is_set_apart(const hsy_chunk *k) { return k->in_quote || (k->words > 0 && k->slant_words == k->words); }

static ptrdiff_t next_kept(const hsy_maintext *text, ptrdiff_t i) {
  while (++i < text->chunks->list.len && !text->verdicts[i].kept) continue;
  return i;
}

/* A paragraph that is quoted without marks goes on from the one above, which was, or stands below a colon. */
static bool is_quoted(const writer *w, const hsy_chunk *k, bool above) {
  hsy_str text = hsy_buf_str(&w->text);
  if (!is_set_apart(k) || opens_quoted(k->text)) return false;
  return above || hsy_str_ends(hsy_str_trim(text), HSY_S(":"));
}

/* The block around a quotation: chunks of one are parts of it. */
static int32_t quote_of(const hsy_page *page, int32_t node) {
  while (node > 0 && page->nodes.data[node].tag != HSY_TAG_BLOCKQUOTE) node = page->nodes.data[node].parent;
  return node;
}

/* The next kept chunk goes on with the quotation. */
static bool goes_on(const hsy_maintext *text, ptrdiff_t i) {
  ptrdiff_t next = next_kept(text, i);
  if (next >= text->chunks->list.len) return false;
  const hsy_chunk *a = &text->chunks->list.data[i], *b = &text->chunks->list.data[next];
  int32_t quote = quote_of(text->page, a->node);
  return quote > 0 && quote == quote_of(text->page, b->node) && !opens_quoted(b->text);
}

static void put_chunk(writer *w, const hsy_maintext *text, ptrdiff_t i, bool *quoted) {
  const hsy_chunk *k = &text->chunks->list.data[i];
  bool paragraph = text->verdicts[i].kind == HSY_BLOCK_PARAGRAPH;
  bool now = paragraph && is_quoted(w, k, *quoted);
  open_block(w);
  if (now) put_mark(w, "“");
  put_nodes(w, k->first, k->end);
  *quoted = now && goes_on(text, i);
  if (now && !*quoted) w->blank = false, put_mark(w, "”");
  close_block(w, text->verdicts[i].kind, text->verdicts[i].why);
}

bool hsy_assemble_body(const hsy_maintext *text, hsy_str headline, const hsy_str_vec *paragraphs, hsy_doc *doc,
                       hsy_error *err) {
  writer w = {.page = text->page, .doc = doc, .text = hsy_buf_in(doc->arena), .next = -1};
  *hsy_push(&doc->origins, doc->arena) = (hsy_origin){0, false, 0}; /* somewhere in the page's data */
  hsy_buf_add(&w.text, headline);
  close_block(&w, HSY_BLOCK_HEADLINE, "the headline that the page's data give");
  for (ptrdiff_t i = 0; i < paragraphs->len; i++) {
    open_block(&w);
    hsy_buf_add(&w.text, paragraphs->data[i]);
    close_block(&w, HSY_BLOCK_PARAGRAPH, "the body that the page's data give");
  }
  doc->text = hsy_buf_str(&w.text);
  return hsy_arena_check(*doc->arena, "clean", err);
}

bool hsy_assemble(const hsy_maintext *text, hsy_str headline, int32_t headline_node, hsy_doc *doc, hsy_error *err) {
  writer w = {.page = text->page, .doc = doc, .text = hsy_buf_in(doc->arena), .next = -1};
  if (headline_node != HSY_NONE) {
    put_nodes(&w, headline_node, text->page->nodes.data[headline_node].end);
    close_block(&w, HSY_BLOCK_HEADLINE, "the page's headline");
  } else if (headline.len) {
    hsy_buf_add(&w.text, headline);
    close_block(&w, HSY_BLOCK_HEADLINE, "the headline that the page's data give");
  }
  bool quoted = false;
  for (ptrdiff_t i = 0; i < text->chunks->list.len; i++)
    if (text->verdicts[i].kept) put_chunk(&w, text, i, &quoted);
  doc->text = hsy_buf_str(&w.text);
  return hsy_arena_check(*doc->arena, "clean", err);
}
