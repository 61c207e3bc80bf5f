#include "clean/metadata.h"

#include <string.h>

#include "base/utf8.h"
#include "clean/ld.h"
#include "clean/pagedate.h"
#include "format/byline.h"
#include "format/order.h"
#include "format/plain.h"

enum {
  LONGEST_TITLE = 1000,
  LONGEST_BODY = 60, /* bytes of an agency's name */
  ORDER_BYTES = 32 << 10,
  MOST_ABOVE = 3 /* short paragraphs that a byline may stand behind */
};

typedef struct reader {
  const hsy_page *page;
  hsy_doc *doc;
  hsy_arena *arena;
  hsy_ld ld;
  hsy_bylines bylines;
  hsy_str site; /* the outlet's name as the page gives it */
  hsy_str host; /* of the address */
} reader;

static void note(reader *r, const char *field, const char *where) {
  *hsy_push(&r->doc->findings, r->doc->arena) = (hsy_finding){field, where};
}

static bool set(reader *r, hsy_str *to, hsy_str value, const char *field, const char *where) {
  if (to->len || value.len == 0) return to->len > 0;
  *to = hsy_str_copy(r->doc->arena, value);
  note(r, field, where);
  return true;
}

/* ---- meta elements ---- */

/* The content of the first meta element of this name. */
static hsy_str meta(const reader *r, const char *name) {
  hsy_str want = hsy_str_of(name);
  for (int32_t i = 0; i < r->page->nodes.len; i++) {
    if (r->page->nodes.data[i].tag != HSY_TAG_META) continue;
    hsy_str key = hsy_page_attr(r->page, i, "property");
    if (key.len == 0) key = hsy_page_attr(r->page, i, "name");
    if (!hsy_str_eq_nocase(key, want)) continue;
    hsy_str content = hsy_str_trim(hsy_page_attr(r->page, i, "content"));
    if (content.len) return content;
  }
  return (hsy_str){0};
}

static int32_t first_of(const hsy_page *page, hsy_tag tag) {
  for (int32_t i = 0; i < page->nodes.len; i++)
    if (page->nodes.data[i].tag == tag) return i;
  return HSY_NONE;
}

static hsy_str host_of(hsy_str url) {
  ptrdiff_t at = hsy_str_find(url, HSY_S("://"));
  if (at < 0) return (hsy_str){0};
  hsy_str rest, host = hsy_str_cut(hsy_str_slice(url, at + 3, url.len), '/', &rest);
  return hsy_str_starts(host, HSY_S("www.")) ? hsy_str_slice(host, 4, host.len) : host;
}

static void read_url(reader *r) {
  hsy_meta *meta_ = &r->doc->meta;
  for (int32_t i = 0; i < r->page->nodes.len && meta_->url.len == 0; i++)
    if (r->page->nodes.data[i].tag == HSY_TAG_LINK &&
        hsy_str_eq_nocase(hsy_page_attr(r->page, i, "rel"), HSY_S("canonical"))) {
      hsy_str href = hsy_str_trim(hsy_page_attr(r->page, i, "href"));
      if (hsy_str_starts(href, HSY_S("http"))) set(r, &meta_->url, href, "url", "link element");
    }
  hsy_str og = meta(r, "og:url");
  if (hsy_str_starts(og, HSY_S("http"))) set(r, &meta_->url, og, "url", "meta element");
  set(r, &meta_->url, r->ld.url, "url", "page data");
  r->host = host_of(meta_->url);
}

static void read_outlet(reader *r) {
  hsy_meta *m = &r->doc->meta;
  set(r, &m->outlet, hsy_plain_text(meta(r, "og:site_name"), r->arena), "outlet", "meta element");
  set(r, &m->outlet, r->ld.outlet, "outlet", "page data");
  set(r, &m->outlet, hsy_plain_text(meta(r, "application-name"), r->arena), "outlet", "meta element");
  set(r, &m->outlet, r->ld.site, "outlet", "page data");
  set(r, &m->outlet, r->host, "outlet", "address");
}

static void read_language(reader *r) {
  int32_t html = first_of(r->page, HSY_TAG_HTML);
  hsy_str lang = html == HSY_NONE ? (hsy_str){0} : hsy_page_attr(r->page, html, "lang");
  if (lang.len == 0 && html != HSY_NONE) lang = hsy_page_attr(r->page, html, "xml:lang");
  if (lang.len == 0) lang = r->ld.language;
  if (lang.len == 0) lang = meta(r, "og:locale");
  if (lang.len < 2 || !hsy_is_letter(lang.data[0]) || !hsy_is_letter(lang.data[1]) ||
      (lang.len > 2 && hsy_is_letter(lang.data[2])))
    return;
  set(r, &r->doc->meta.language, hsy_str_lower(r->arena, hsy_str_slice(lang, 0, 2)), "language", "html element");
}

/* ---- headline ---- */

/* Letters and digits alone, lowered: for comparing. */
static hsy_str bare(hsy_str s, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (ptrdiff_t at = 0; at < s.len;) {
    int32_t c = hsy_utf8_next(s, &at);
    char bytes[4];
    if (hsy_is_letter(c) || hsy_is_digit(c)) hsy_buf_add(&out, (hsy_str){bytes, hsy_utf8_put(hsy_to_lower(c), bytes)});
  }
  return hsy_buf_str(&out);
}

/* " - ", " | ", " – " …: bytes of a mark that parts a headline from a site's name, or 0. */
static ptrdiff_t mark_at(hsy_str s, ptrdiff_t at) {
  static const char *const MARKS[] = {" - ", " | ", " – ", " — ", " · ", " :: ", " « ", " » ", "|", " / ", " • "};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    if (hsy_str_starts(hsy_str_slice(s, at, s.len), hsy_str_of(MARKS[i]))) return (ptrdiff_t)strlen(MARKS[i]);
  return 0;
}

/* A part of a title that names the site: its name, its address, or a part of either. */
static bool names_site(const reader *r, hsy_str part, hsy_arena scratch) {
  hsy_str p = bare(part, &scratch);
  hsy_str names[] = {r->doc->meta.outlet, r->ld.outlet, r->ld.site, r->host};
  if (p.len < 2) return false;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    hsy_str n = bare(names[i], &scratch);
    if (n.len >= 2 && (hsy_str_eq(p, n) || (p.len >= 3 && hsy_str_find(n, p) >= 0) ||
                       (n.len >= 4 && hsy_str_find(p, n) >= 0 && p.len < 3 * n.len)))
      return true;
  }
  return false;
}

/* Cuts the site's name off the end, and off the start. */
static hsy_str without_site(const reader *r, hsy_str title) {
  for (bool again = true; again;) {
    again = false;
    for (ptrdiff_t at = title.len - 1; at > 0; at--) {
      ptrdiff_t mark = mark_at(title, at);
      if (!mark) continue;
      if (names_site(r, hsy_str_slice(title, at + mark, title.len), *r->arena))
        title = hsy_str_trim(hsy_str_slice(title, 0, at)), again = true;
      break;
    }
  }
  for (ptrdiff_t at = 1; at < title.len; at++) {
    ptrdiff_t mark = mark_at(title, at);
    if (!mark) continue;
    if (names_site(r, hsy_str_slice(title, 0, at), *r->arena))
      title = hsy_str_trim(hsy_str_slice(title, at + mark, title.len));
    break;
  }
  return title;
}

/* Where the headline shown on the page begins this title and a mark follows, what follows is the site's. */
static hsy_str cut_by_shown(const reader *r, hsy_str title, hsy_str shown) {
  if (shown.len < 12) return title;
  hsy_str want = bare(shown, r->arena);
  for (ptrdiff_t at = 1; at < title.len; at++)
    if (mark_at(title, at) && hsy_str_eq(bare(hsy_str_slice(title, 0, at), r->arena), want))
      return hsy_str_trim(hsy_str_slice(title, 0, at));
  return title;
}

/* "Breakpoint  :   Hilfe": a kicker and its colon, set in elements of their own. */
static hsy_str tidy(reader *r, hsy_str title) {
  hsy_buf out = hsy_buf_in(r->arena);
  for (ptrdiff_t i = 0; i < title.len; i++)
    if (!(title.data[i] == ' ' && i + 1 < title.len && title.data[i + 1] == ':')) hsy_buf_byte(&out, title.data[i]);
  return hsy_buf_str(&out);
}

static hsy_str shown_headline(reader *r, int32_t *node) {
  *node = HSY_NONE;
  hsy_str best = {0};
  for (int32_t i = 0; i < r->page->nodes.len; i++) {
    if (r->page->nodes.data[i].tag != HSY_TAG_H1) continue;
    hsy_str text = hsy_page_text(r->page, i, r->arena);
    if (names_site(r, text, *r->arena) || text.len <= best.len || text.len > 400) continue;
    if (best.len >= 20) break; /* the first that is long enough */
    best = text;
    *node = i;
  }
  return best;
}

/* The element that shows just this text. */
static int32_t node_of_title(reader *r, hsy_str title, int32_t shown_node) {
  hsy_str want = bare(title, r->arena);
  if (shown_node != HSY_NONE && hsy_str_eq(bare(hsy_page_text(r->page, shown_node, r->arena), r->arena), want))
    return shown_node;
  for (int32_t i = 0; i < r->page->nodes.len; i++) {
    if (!hsy_tag_is_heading((hsy_tag)r->page->nodes.data[i].tag)) continue;
    if (hsy_str_eq(bare(hsy_page_text(r->page, i, r->arena), r->arena), want)) return i;
  }
  return HSY_NONE;
}

/* A heading whose words the title holds: where the headline stands though it is worded otherwise. */
static int32_t place_of_title(reader *r, hsy_str title, int32_t shown_node) {
  hsy_str want = bare(title, r->arena);
  for (int32_t i = 0; i < r->page->nodes.len; i++) {
    if (!hsy_tag_is_heading((hsy_tag)r->page->nodes.data[i].tag)) continue;
    hsy_str text = bare(hsy_page_text(r->page, i, r->arena), r->arena);
    if (text.len >= 10 && (hsy_str_find(want, text) >= 0 || hsy_str_starts(text, want))) return i;
  }
  return shown_node;
}

/* Where no heading has the title's words, a chunk may have them: pages set headlines in anything. */
static int32_t chunk_of_title(reader *r, const hsy_chunks *chunks, hsy_str title) {
  hsy_str want = bare(title, r->arena);
  for (ptrdiff_t i = 0; i < chunks->list.len; i++) {
    const hsy_chunk *k = &chunks->list.data[i];
    if (k->words > 40 || k->link_words > 0) continue;
    hsy_str text = bare(k->text, r->arena);
    if (want.len >= 10 && (hsy_str_eq(text, want) || (text.len < want.len + 60 && hsy_str_ends(text, want))))
      return k->node;
  }
  return HSY_NONE;
}

static void read_title(reader *r, const hsy_chunks *chunks, hsy_metadata *out) {
  hsy_meta *m = &r->doc->meta;
  int32_t title_node = first_of(r->page, HSY_TAG_TITLE);
  hsy_str shown = tidy(r, shown_headline(r, &out->headline_node));
  hsy_str element =
      title_node == HSY_NONE ? (hsy_str){0} : hsy_plain_text(hsy_page_raw(r->page, title_node, r->arena), r->arena);
  hsy_str og = hsy_plain_text(meta(r, "og:title"), r->arena);
  const struct {
    hsy_str text;
    const char *where;
  } ORDER[] = {{r->ld.headline, "page data"},
               {og, "meta element"},
               {hsy_plain_text(meta(r, "twitter:title"), r->arena), "meta element"},
               {shown, "heading"},
               {element, "title element"}};
  for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
    hsy_str title =
        ORDER[i].text.len > LONGEST_TITLE ? ORDER[i].text : without_site(r, cut_by_shown(r, ORDER[i].text, shown));
    if (title.len < 2 || title.len > LONGEST_TITLE || names_site(r, title, *r->arena)) continue;
    set(r, &m->title, title, "title", ORDER[i].where);
    break;
  }
  int32_t shown_node = out->headline_node;
  out->headline_node = node_of_title(r, m->title, shown_node);
  out->headline_at = out->headline_node != HSY_NONE ? out->headline_node : place_of_title(r, m->title, shown_node);
  if (out->headline_at == HSY_NONE) out->headline_at = chunk_of_title(r, chunks, m->title);
}

/* ---- people ---- */

static hsy_str without_brackets(hsy_str name) {
  for (ptrdiff_t i = 1; i < name.len; i++)
    if (name.data[i] == '(') return hsy_str_trim(hsy_str_slice(name, 0, i));
  return name;
}

/* Takes out the outlet itself, which many pages name as the author. */
static void drop_outlet(reader *r) {
  hsy_str_vec *authors = &r->doc->meta.authors;
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < authors->len; i++)
    if (!names_site(r, authors->data[i], *r->arena)) authors->data[kept++] = authors->data[i];
  authors->len = kept;
}

static bool names_address(hsy_str names) {
  return hsy_str_find(names, HSY_S("://")) >= 0 || hsy_str_find(names, HSY_S("www.")) >= 0;
}

static void add_people(reader *r, hsy_str names, const char *where) {
  hsy_meta *m = &r->doc->meta;
  ptrdiff_t before = m->authors.len;
  if (names.len == 0 || names.len > 300 || names_address(names)) return;
  hsy_str copy = hsy_str_copy(r->doc->arena, names);
  hsy_byline_people(&r->bylines, without_brackets(copy), &m->authors, r->doc->arena);
  drop_outlet(r);
  if (m->byline.len == 0) m->byline = copy;
  if (m->authors.len > before && before == 0) note(r, "authors", where);
}

/* Addresses of pages about people who write. */
static bool leads_to_author(const hsy_page *page, int32_t i) {
  static const char *const PARTS[] = {"/author",   "/autor",         "/auteur",   "/journalist", "/reporter",
                                      "/people/",  "/staff/",        "/profile/", "/redakt",     "/by/",
                                      "/writers/", "/contributors/", "/columnist"};
  if (page->nodes.data[i].tag != HSY_TAG_A) return false;
  hsy_str href = hsy_page_attr(page, i, "href");
  for (size_t k = 0; k < sizeof PARTS / sizeof *PARTS; k++)
    if (hsy_str_find(href, hsy_str_of(PARTS[k])) >= 0) return true;
  return false;
}

static bool is_author_mark(const hsy_page *page, int32_t i) {
  hsy_str rel = hsy_page_attr(page, i, "rel"), prop = hsy_page_attr(page, i, "itemprop");
  return hsy_str_find(rel, HSY_S("author")) >= 0 || hsy_str_eq(prop, HSY_S("author")) || leads_to_author(page, i);
}

/* Each piece of text below an element is a byline of its own, or a part of one. */
static void add_pieces(reader *r, int32_t node, const char *where) {
  for (int32_t i = node; i < r->page->nodes.data[node].end; i++) {
    hsy_str text = hsy_str_trim(r->page->nodes.data[i].text);
    if (text.len > 3 && text.len < 120) add_people(r, hsy_plain_text(text, r->arena), where);
  }
}

/* The stretch of a page where a byline stands: from a little above the headline to behind the first prose. */
static void byline_stretch(const reader *r, const hsy_chunks *chunks, int32_t headline, int32_t *from, int32_t *to) {
  *from = headline == HSY_NONE ? 0 : headline > 60 ? headline - 60 : 0;
  *to = (int32_t)r->page->nodes.len;
  int prose = 0;
  for (ptrdiff_t i = 0; i < chunks->list.len; i++) {
    const hsy_chunk *k = &chunks->list.data[i];
    if (k->first < headline || !hsy_chunk_is_prose(k)) continue;
    bool paragraph = k->words >= 40;
    if (!paragraph && ++prose < MOST_ABOVE) continue;
    *to = k->end + (paragraph ? 40 : 0);
    return;
  }
}

typedef bool (*mark_fn)(const reader *r, const hsy_chunks *chunks, int32_t i);

static bool by_mark(const reader *r, const hsy_chunks *chunks, int32_t i) {
  (void)chunks;
  return is_author_mark(r->page, i);
}

static bool by_class(const reader *r, const hsy_chunks *chunks, int32_t i) {
  const hsy_node *n = &r->page->nodes.data[i];
  return (chunks->own[i] & HSY_HINT_BYLINE) && !(chunks->own[i] & (HSY_HINT_NAV | HSY_HINT_SHARE | HSY_HINT_RELATED)) &&
         n->end - i < 60;
}

static void read_shown_authors(reader *r, const hsy_chunks *chunks, int32_t from, int32_t to, mark_fn marked) {
  for (int32_t i = from; i < to && i < r->page->nodes.len; i++) {
    const hsy_node *n = &r->page->nodes.data[i];
    if (n->tag == HSY_TAG_TEXT || n->tag == HSY_TAG_META || n->tag == HSY_TAG_LINK || n->attr_count == 0) continue;
    if (!marked(r, chunks, i)) continue;
    ptrdiff_t before = r->doc->meta.authors.len;
    hsy_str text = hsy_page_text(r->page, i, r->arena);
    if (text.len < 400) add_pieces(r, i, "byline");
    if (r->doc->meta.authors.len > before) i = n->end - 1; /* those inside it name the same */
  }
}

/* "Do 25.04.24 | 14:07 Uhr | Von Eva Muster": a name beside a date, parted by bars. */
static bool is_barred_line(const hsy_chunk *k, const hsy_dates *dates) {
  hsy_date date;
  bool bar = k->text.len && (memchr(k->text.data, '|', (size_t)k->text.len) || hsy_str_find(k->text, HSY_S("•")) >= 0);
  return bar && hsy_date_find(dates, k->text, &date);
}

/* "By Ann Smith", "Von Anna Schmidt": a short text that begins so. */
static void read_by_lines(reader *r, const hsy_chunks *chunks, int32_t from, int32_t to) {
  hsy_dates dates;
  if (!hsy_dates_load(&dates, r->arena, NULL)) return;
  for (ptrdiff_t i = 0; i < chunks->list.len && r->doc->meta.authors.len == 0; i++) {
    const hsy_chunk *k = &chunks->list.data[i];
    if (k->first < from || k->first > to || k->words > 14) continue;
    if (is_barred_line(k, &dates)) add_people(r, k->text, "byline");
    if (hsy_byline_opens(&r->bylines, k->text)) add_people(r, k->text, "byline");
  }
}

/* Where no person signs: the agency or desk that the page's data name. */
static void read_bodies(reader *r) {
  for (ptrdiff_t i = 0; i < r->ld.authors.len; i++) {
    hsy_str name = without_brackets(hsy_str_trim(r->ld.authors.data[i]));
    if (name.len < 2 || name.len > LONGEST_BODY || names_address(name)) continue;
    *hsy_push(&r->doc->meta.authors, r->doc->arena) = hsy_str_copy(r->doc->arena, name);
  }
  if (r->doc->meta.authors.len) note(r, "authors", "page data");
}

static void read_authors(reader *r, const hsy_chunks *chunks, int32_t headline) {
  for (ptrdiff_t i = 0; i < r->ld.authors.len; i++) add_people(r, r->ld.authors.data[i], "page data");
  static const char *const NAMES[] = {"author",
                                      "article:author",
                                      "parsely-author",
                                      "sailthru.author",
                                      "dc.creator",
                                      "dcterms.creator",
                                      "twitter:data1",
                                      "byl",
                                      "cxenseparse:author"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && r->doc->meta.authors.len == 0; i++)
    add_people(r, hsy_plain_text(meta(r, NAMES[i]), r->arena), "meta element");
  if (r->doc->meta.authors.len) return;
  int32_t from, to; /* of the page, where a byline may stand */
  byline_stretch(r, chunks, headline, &from, &to);
  read_shown_authors(r, chunks, from, to, by_mark);
  if (r->doc->meta.authors.len == 0) read_by_lines(r, chunks, from, to);
  if (r->doc->meta.authors.len == 0)
    read_shown_authors(r, chunks, headline == HSY_NONE ? from : headline, to, by_class);
  if (r->doc->meta.authors.len == 0) read_bodies(r);
}

/* ---- all ---- */

/* The order of day and month, by all that the page shows. */
static hsy_day_order order_of(const reader *r, const hsy_chunks *chunks) {
  hsy_arena scratch = *r->arena;
  hsy_buf text = hsy_buf_in(&scratch);
  hsy_dates dates;
  if (!hsy_dates_load(&dates, &scratch, NULL)) return HSY_ORDER_UNTOLD;
  for (ptrdiff_t i = 0; i < chunks->list.len && text.len < ORDER_BYTES; i++) {
    hsy_buf_add(&text, chunks->list.data[i].text);
    hsy_buf_byte(&text, '\n');
  }
  int32_t html = first_of(r->page, HSY_TAG_HTML);
  hsy_str lang = html == HSY_NONE ? (hsy_str){0} : hsy_page_attr(r->page, html, "lang");
  if (lang.len < 4 && html != HSY_NONE) lang = hsy_page_attr(r->page, html, "xml:lang");
  if (lang.len < 4) lang = meta(r, "og:locale");
  return hsy_order_tell(&dates, hsy_buf_str(&text), lang, r->doc->meta.url);
}

static bool read_dates(reader *r, const hsy_chunks *chunks, int32_t headline, hsy_error *err) {
  hsy_pagedate dates;
  hsy_meta *m = &r->doc->meta;
  m->day_order = order_of(r, chunks);
  if (!hsy_pagedate_read(r->page, chunks, &r->ld, m->url, headline, m->day_order, &dates, *r->arena, err)) return false;
  if (dates.has_published)
    set(r, &m->published, hsy_date_iso(&dates.published, r->arena), "published", dates.published_where);
  if (dates.has_modified)
    set(r, &m->modified, hsy_date_iso(&dates.modified, r->arena), "modified", dates.modified_where);
  return true;
}

bool hsy_metadata_read(const hsy_page *page, const hsy_chunks *chunks, hsy_doc *doc, hsy_metadata *out,
                       hsy_arena *arena, hsy_error *err) {
  reader r = {.page = page, .doc = doc, .arena = arena};
  *out = (hsy_metadata){.headline_node = HSY_NONE, .headline_at = HSY_NONE};
  if (!hsy_bylines_load(&r.bylines, arena, err)) return false;
  hsy_ld_read(page, &r.ld, arena);
  read_url(&r);
  read_outlet(&r);
  read_language(&r);
  read_title(&r, chunks, out);
  read_authors(&r, chunks, out->headline_at);
  doc->meta.paywalled = r.ld.paywalled;
  out->body = r.ld.body;
  out->paragraphs = r.ld.paragraphs;
  out->description = hsy_plain_text(meta(&r, "og:description"), arena);
  if (out->description.len == 0) out->description = hsy_plain_text(meta(&r, "description"), arena);
  return read_dates(&r, chunks, out->headline_at, err) && hsy_arena_check(*arena, "clean", err);
}
