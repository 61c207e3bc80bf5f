#include "clean/pagedate.h"

#include <string.h>

#include "base/utf8.h"

typedef struct dater {
  const hsy_page *page;
  const hsy_chunks *chunks;
  hsy_dates dates;
  hsy_pagedate *out;
} dater;

static bool plausible(const hsy_date *d) { return d->year >= 1995 && d->year <= 2035; }

static bool publish(dater *d, hsy_str text, const char *where) {
  hsy_date date;
  if (d->out->has_published || text.len == 0) return d->out->has_published;
  if (!hsy_date_read(&d->dates, text, true, &date, NULL) || !plausible(&date)) return false;
  d->out->published = date;
  d->out->has_published = true;
  d->out->published_where = where;
  return true;
}

static bool modify(dater *d, hsy_str text, const char *where) {
  hsy_date date;
  if (d->out->has_modified || text.len == 0) return d->out->has_modified;
  if (!hsy_date_read(&d->dates, text, true, &date, NULL) || !plausible(&date)) return false;
  d->out->modified = date;
  d->out->has_modified = true;
  d->out->modified_where = where;
  return true;
}

/* ---- meta elements ---- */

static const char *const PUBLISHED_META[] = {
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date_published",
    "publish_date",
    "published-date",
    "publish-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "dc.created",
    "citation_publication_date",
    "citation_date",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article:publicationdate",
    "datecreated",
    "date.created",
    "og:pubdate",
    "bt:pubdate",
    "rnews:datepublished",
    "published_time_telegram",
    "article_date_original",
    "ptime",
    "article:created_time",
    "og:release_date",
    "release_date",
    "date",
    "created",
    "timestamp",
    "displaydate",
    "published",
    "originalpublicationdate",
};

static const char *const MODIFIED_META[] = {
    "article:modified_time",
    "og:updated_time",
    "article:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dc.date.modified",
    "dcterms.modified",
    "modified",
    "revised",
    "utime",
    "date.modified",
};

static int meta_rank(const char *const *list, size_t count, hsy_str name) {
  for (size_t i = 0; i < count; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(list[i]))) return (int)i;
  return -1;
}

static hsy_str meta_name(const hsy_page *page, int32_t node) {
  static const char *const KEYS[] = {"property", "name", "itemprop", "http-equiv"};
  for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
    hsy_str name = hsy_page_attr(page, node, KEYS[i]);
    if (name.len) return name;
  }
  return (hsy_str){0};
}

/* The meta element that stands first in the list wins, wherever it is on the page. */
static void read_meta(dater *d, const char *const *list, size_t count, bool published) {
  int best = (int)count;
  hsy_str value = {0};
  for (int32_t i = 0; i < d->page->nodes.len; i++) {
    if (d->page->nodes.data[i].tag != HSY_TAG_META) continue;
    int rank = meta_rank(list, count, meta_name(d->page, i));
    hsy_str content = hsy_page_attr(d->page, i, "content");
    hsy_date date;
    if (rank < 0 || rank >= best || !hsy_date_read(&d->dates, content, true, &date, NULL) || !plausible(&date))
      continue;
    best = rank;
    value = content;
  }
  if (published)
    publish(d, value, "meta element");
  else
    modify(d, value, "meta element");
}

/* ---- the address ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* /2017/09/08/, -2017-09-08, /20170908- */
static void read_url(dater *d, hsy_str url) {
  for (ptrdiff_t i = 0; i + 8 <= url.len; i++) {
    if ((i > 0 && is_digit(url.data[i - 1])) || url.data[i] < '1' || url.data[i] > '2') continue;
    hsy_date date;
    ptrdiff_t end;
    hsy_str rest = hsy_str_slice(url, i, url.len);
    if (!is_digit(rest.data[1]) || !is_digit(rest.data[2]) || !is_digit(rest.data[3])) continue;
    if (!hsy_date_read(&d->dates, rest, true, &date, &end) || !plausible(&date)) continue;
    date.hour = -1;
    if (d->out->has_published) return;
    d->out->published = date;
    d->out->has_published = true;
    d->out->published_where = "address";
    return;
  }
}

/* ---- elements ---- */

static hsy_str date_attr(const hsy_page *page, int32_t node) {
  static const char *const KEYS[] = {"datetime", "content", "title", "data-datetime", "data-date"};
  for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
    hsy_str value = hsy_page_attr(page, node, KEYS[i]);
    if (value.len) return value;
  }
  return (hsy_str){0};
}

static bool has_attr(const hsy_page *page, int32_t node, const char *name, const char *part) {
  hsy_str value = hsy_page_attr(page, node, name);
  return value.len && hsy_str_find(value, hsy_str_of(part)) >= 0;
}

static void publish_node(dater *d, int32_t node, const char *where, hsy_arena scratch) {
  if (publish(d, date_attr(d->page, node), where)) return;
  hsy_str text = hsy_page_text(d->page, node, &scratch);
  hsy_date date;
  if (text.len > 200 || !hsy_date_find(&d->dates, text, &date) || !plausible(&date)) return;
  d->out->published = date;
  d->out->has_published = true;
  d->out->published_where = where;
}

static void read_microdata(dater *d, hsy_arena scratch) {
  for (int32_t i = 0; i < d->page->nodes.len && !d->out->has_published; i++) {
    const hsy_node *n = &d->page->nodes.data[i];
    if (n->tag == HSY_TAG_TEXT || n->attr_count == 0) continue;
    if (has_attr(d->page, i, "itemprop", "datePublished") || has_attr(d->page, i, "property", "datePublished") ||
        (n->tag == HSY_TAG_TIME && hsy_page_attr(d->page, i, "pubdate").data))
      publish_node(d, i, "microdata", scratch);
    if (has_attr(d->page, i, "itemprop", "dateModified")) modify(d, date_attr(d->page, i), "microdata");
  }
}

bool hsy_pagedate_read(const hsy_page *page, const hsy_chunks *chunks, const hsy_ld *ld, hsy_str url, int32_t headline,
                       hsy_pagedate *out, hsy_arena scratch, hsy_error *err) {
  *out = (hsy_pagedate){0};
  dater d = {.page = page, .chunks = chunks, .out = out};
  (void)headline;
  if (!hsy_dates_load(&d.dates, &scratch, err)) return false;
  publish(&d, ld->published, "page data");
  modify(&d, ld->modified, "page data");
  read_meta(&d, PUBLISHED_META, sizeof PUBLISHED_META / sizeof *PUBLISHED_META, true);
  read_meta(&d, MODIFIED_META, sizeof MODIFIED_META / sizeof *MODIFIED_META, false);
  read_url(&d, url);
  read_microdata(&d, scratch);
  publish(&d, ld->any_date, "page data");
  return hsy_arena_check(scratch, "clean", err);
}
