#include "clean/assemble.h"

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
  ptrdiff_t low = 0, high = map->len;
  while (low < high) {
    ptrdiff_t middle = low + (high - low) / 2;
    if (map->data[middle].text <= at)
      low = middle + 1;
    else
      high = middle;
  }
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

static void put_nodes(writer *w, int32_t first, int32_t end) {
  for (int32_t i = first; i < end;) {
    const hsy_node *node = &w->page->nodes.data[i];
    if (hsy_tag_is_unread((hsy_tag)node->tag)) {
      i = node->end;
      continue;
    }
    if (node->tag == HSY_TAG_TEXT) put_text(w, node);
    if (node->tag == HSY_TAG_BR || hsy_tag_is_block((hsy_tag)node->tag)) w->blank = true;
    i++;
  }
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

bool hsy_assemble(const hsy_maintext *text, hsy_str headline, int32_t headline_node, hsy_doc *doc, hsy_error *err) {
  writer w = {.page = text->page, .doc = doc, .text = hsy_buf_in(doc->arena), .next = -1};
  if (headline_node != HSY_NONE) {
    put_nodes(&w, headline_node, text->page->nodes.data[headline_node].end);
    close_block(&w, HSY_BLOCK_HEADLINE, "the page's headline");
  } else if (headline.len) {
    hsy_buf_add(&w.text, headline);
    close_block(&w, HSY_BLOCK_HEADLINE, "the headline that the page's data give");
  }
  for (ptrdiff_t i = 0; i < text->chunks->list.len; i++) {
    const hsy_verdict *verdict = &text->verdicts[i];
    if (!verdict->kept) continue;
    open_block(&w);
    put_nodes(&w, text->chunks->list.data[i].first, text->chunks->list.data[i].end);
    close_block(&w, verdict->kind, verdict->why);
  }
  doc->text = hsy_buf_str(&w.text);
  return hsy_arena_check(*doc->arena, "clean", err);
}
