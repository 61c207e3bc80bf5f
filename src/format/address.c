#include "format/address.h"

#include "base/hash.h"
#include "base/utf8.h"

/* Fewer words are not told apart by them: as many as make a shared passage. */
enum { LEAST_WORDS = 8 };

typedef struct plain {
  const hsy_lexicon *marks;
  hsy_arena *arena;
  int detours;
} plain;

/* Whether the list has it; counts it then. */
static bool is_mark(plain *p, hsy_str what) {
  const hsy_lexicon_entry *entry = hsy_lexicon_find(p->marks, what);
  if (entry) p->detours += hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("1"));
  return entry;
}

static ptrdiff_t at_char(hsy_str s, char c, ptrdiff_t none) {
  for (ptrdiff_t i = 0; i < s.len; i++)
    if (s.data[i] == c) return i;
  return none;
}

/* ---- host ---- */

/* "m.example.com": a name with a stop is left behind it. */
static hsy_str plain_host(plain *p, hsy_str host) {
  host = hsy_str_slice(host, 0, at_char(host, ':', host.len));
  for (;;) {
    ptrdiff_t stop = at_char(host, '.', -1);
    hsy_str rest = hsy_str_slice(host, stop + 1, host.len);
    if (stop < 0 || at_char(rest, '.', -1) < 0 || !is_mark(p, hsy_str_slice(host, 0, stop + 1))) return host;
    host = rest;
  }
}

/* ---- path ---- */

/* The end of the path's last part without its ending: ".html" has no mark, what stands before it may. */
static hsy_str without_ending(plain *p, hsy_str path) {
  ptrdiff_t part = path.len, end = path.len;
  while (part > 0 && path.data[part - 1] != '/') part--;
  if (hsy_str_ends(path, HSY_S(".html"))) end -= 5;
  for (ptrdiff_t i = end - 1; i > part; i--) {
    if (path.data[i] != '.' && path.data[i] != '-') continue;
    if (!is_mark(p, hsy_str_slice(path, i, end))) return path;
    return hsy_str_printf(p->arena, "%.*s%.*s", (int)i, path.data, (int)(path.len - end), path.data + end);
  }
  return path;
}

static hsy_str plain_path(plain *p, hsy_str path) {
  while (path.len && path.data[path.len - 1] == '/') path.len--;
  ptrdiff_t first = path.len ? at_char(hsy_str_slice(path, 1, path.len), '/', path.len - 1) + 1 : 0, last = path.len;
  while (last > 0 && path.data[last - 1] != '/') last--;
  if (first < path.len && is_mark(p, hsy_str_slice(path, 0, first)))
    path = hsy_str_slice(path, first, path.len);
  else if (last > 1 && is_mark(p, hsy_str_slice(path, last - 1, path.len)))
    path = hsy_str_slice(path, 0, last - 1);
  return without_ending(p, path);
}

/* ---- parameters ---- */

static bool is_mark_of_query(plain *p, hsy_str pair) {
  hsy_arena scratch = *p->arena;
  hsy_str low = hsy_str_lower(&scratch, hsy_str_printf(&scratch, "?%.*s", HSY_FMT(pair)));
  hsy_str name = hsy_str_slice(low, 0, at_char(low, '=', low.len));
  ptrdiff_t line = at_char(name, '_', -1);
  return is_mark(p, low) || (name.len != low.len && is_mark(p, name)) ||
         (line > 0 && is_mark(p, hsy_str_printf(&scratch, "%.*s*", (int)line + 1, name.data)));
}

static void add_query(plain *p, hsy_str query, hsy_buf *out) {
  char before = '?';
  for (hsy_str rest = query; rest.data && query.len;) {
    hsy_str pair = hsy_str_cut(rest, '&', &rest);
    if (hsy_str_starts(pair, HSY_S("amp;"))) pair = hsy_str_slice(pair, 4, pair.len); /* of "&amp;" */
    if (!pair.len || is_mark_of_query(p, pair)) continue;
    hsy_buf_byte(out, before);
    hsy_buf_add(out, pair);
    before = '&';
  }
}

/* ---- the whole ---- */

/* Behind the front of a store of pages, whose sites have hosts of their own. */
static hsy_str out_of_store(plain *p, hsy_str s) {
  for (ptrdiff_t i = 0; i < p->marks->count; i++) {
    const hsy_lexicon_entry *entry = &p->marks->entries[i];
    bool store = at_char(entry->word, '/', 0) > at_char(entry->word, '.', entry->word.len);
    ptrdiff_t at = store ? hsy_str_find(s, entry->word) : -1;
    if (at < 0 || at > at_char(s, '/', s.len) || !is_mark(p, entry->word)) continue;
    return hsy_str_slice(s, at + entry->word.len, s.len);
  }
  return s;
}

static hsy_str without_scheme(plain *p, hsy_str url) {
  static const char *const SCHEMES[] = {"https://", "http://"};
  for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
    hsy_str scheme = hsy_str_of(SCHEMES[i]);
    if (!hsy_str_starts_nocase(url, scheme)) continue;
    is_mark(p, scheme);
    return hsy_str_slice(url, scheme.len, url.len);
  }
  return (hsy_str){0};
}

hsy_str hsy_address_plain(const hsy_lexicon *marks, hsy_str url, int *detours, hsy_arena *arena) {
  plain p = {.marks = marks, .arena = arena};
  hsy_str s = without_scheme(&p, hsy_str_trim(url));
  s = out_of_store(&p, hsy_str_slice(s, 0, at_char(s, '#', s.len)));
  ptrdiff_t query = at_char(s, '?', s.len), path = at_char(hsy_str_slice(s, 0, query), '/', query);
  hsy_buf out = hsy_buf_in(arena);
  if (path > 0) {
    hsy_str way = plain_path(&p, hsy_str_slice(s, path, query));
    hsy_buf_add(&out, plain_host(&p, hsy_str_lower(arena, hsy_str_slice(s, 0, path))));
    hsy_buf_add(&out, way);
    add_query(&p, hsy_str_slice(s, query + (query < s.len), s.len), &out);
  }
  if (detours) *detours = p.detours;
  return hsy_buf_str(&out);
}

/* ---- articles ---- */

/* Bytes on their way to a buffer, some at a time. */
typedef struct bytes_ahead {
  hsy_buf *out;
  int len;
  char data[256];
} bytes_ahead;

static void send(bytes_ahead *b) {
  hsy_buf_add(b->out, (hsy_str){b->data, b->len});
  b->len = 0;
}

static void put_lower(bytes_ahead *b, int32_t c) {
  if (b->len + 4 > (int)sizeof b->data) send(b);
  int32_t low = hsy_to_lower(c);
  if (low < 0x80)
    b->data[b->len++] = (char)low;
  else
    b->len += hsy_utf8_put(low, b->data + b->len);
}

/* Letters and digits of what is neither headline nor furniture: marks, blanks and
 * capitals differ from one edition of a page to another. */
static hsy_str words_of(const hsy_doc *doc, ptrdiff_t *count, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  bytes_ahead ahead = {.out = &out};
  *count = 0;
  for (ptrdiff_t i = 0; i < doc->blocks.len; i++) {
    const hsy_block *block = &doc->blocks.data[i];
    if (block->kind != HSY_BLOCK_PARAGRAPH) continue;
    hsy_str text = hsy_doc_span(doc, block->text);
    bool inside = false;
    for (ptrdiff_t at = 0; at < text.len;) {
      int32_t c = hsy_utf8_next(text, &at);
      bool counts = hsy_is_letter(c) || hsy_is_digit(c);
      if (counts) put_lower(&ahead, c);
      *count += counts && !inside;
      inside = counts;
    }
  }
  send(&ahead);
  return hsy_buf_str(&out);
}

static hsy_str host_of(hsy_str address) { return hsy_str_slice(address, 0, at_char(address, '/', address.len)); }

void hsy_address_note(const hsy_lexicon *marks, hsy_str fetched, hsy_doc *doc, hsy_arena scratch) {
  hsy_meta *meta = &doc->meta;
  int detours = 0, there = 0;
  hsy_str own = hsy_address_plain(marks, meta->url, &detours, &scratch);
  hsy_str from = hsy_address_plain(marks, fetched, &there, &scratch);
  if (fetched.len && !hsy_str_eq(fetched, meta->url))
    *hsy_push(&meta->addresses, doc->arena) = (hsy_address){.url = hsy_str_copy(doc->arena, fetched)};
  /* Another site's page that names this one as its original is a reprint. */
  bool reprint = from.len && !hsy_str_eq(host_of(own), host_of(from));
  ptrdiff_t words = 0;
  hsy_str parts[] = {reprint ? from : own, words_of(doc, &words, &scratch)};
  if (!parts[0].len || words < LEAST_WORDS) return;
  meta->article = hsy_hash_id(doc->arena, parts, 2);
  meta->detours = detours + (reprint ? 0 : there);
}
