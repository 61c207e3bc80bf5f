#include "clean/pagedate.h"

#include <string.h>

#include "base/utf8.h"

typedef struct dater {
  const hsy_page *page;
  const hsy_chunks *chunks;
  hsy_dates dates;
  hsy_lexicon words;
  hsy_pagedate *out;
} dater;

enum {
  CLEAR = 20, /* a score that leaves no doubt */
  NOTHING = -100,
  DATELINE_BYTES = 60, /* a day this near a sentence's beginning may be the article's */
  NEXT_SIBLINGS = 6
};

static bool plausible(const hsy_date *d) { return d->year >= 1995 && d->year <= 2035; }

/* A date in data made by a program: 11/01/2023 has the month first there. */
static bool read_data(const dater *d, hsy_str text, hsy_date *date) {
  hsy_dates dates = d->dates;
  dates.month_first = true;
  if (text.len > 100) return false;
  bool read = hsy_date_read(&dates, text, true, date, NULL) || hsy_date_find(&dates, text, date);
  return read && plausible(date);
}

static bool publish(dater *d, hsy_str text, const char *where) {
  hsy_date date;
  if (d->out->has_published || text.len == 0) return d->out->has_published;
  if (!read_data(d, text, &date)) return false;
  d->out->published = date;
  d->out->has_published = true;
  d->out->published_where = where;
  return true;
}

static bool modify(dater *d, hsy_str text, const char *where) {
  hsy_date date;
  if (d->out->has_modified || text.len == 0) return d->out->has_modified;
  if (!read_data(d, text, &date)) return false;
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

/* Within a day of each other: one of them may be in the time of Greenwich. */
static bool is_near(const hsy_date *a, const hsy_date *b) {
  int32_t apart = hsy_date_days(a) - hsy_date_days(b);
  return apart >= -1 && apart <= 1;
}

static bool same_day(const hsy_date *a, const hsy_date *b) { return hsy_date_days(a) == hsy_date_days(b); }

/* /2017/09/08/, -2017-09-08, /20170908-, /29-10-2021 */
static bool date_of_url(const dater *d, hsy_str url, hsy_date *date) {
  for (ptrdiff_t i = 0; i + 8 <= url.len; i++) {
    if ((i > 0 && is_digit(url.data[i - 1])) || !is_digit(url.data[i])) continue;
    hsy_str rest = hsy_str_slice(url, i, url.len);
    bool year_first = is_digit(rest.data[1]) && is_digit(rest.data[2]) && is_digit(rest.data[3]);
    bool year_last = rest.len >= 10 && rest.data[2] == '-' && rest.data[5] == '-' && is_digit(rest.data[9]);
    if ((!year_first && !year_last) || !hsy_date_read(&d->dates, rest, true, date, NULL) || !plausible(date)) continue;
    date->hour = -1;
    return true;
  }
  return false;
}

/* Where the address and the data differ by a day, the address has the day of the place. */
static void read_url(dater *d, hsy_str url) {
  hsy_date date;
  if (!date_of_url(d, url, &date)) return;
  bool local = d->out->has_published && d->out->published.has_zone && d->out->published.zone != 0;
  if (d->out->has_published && (local || !is_near(&date, &d->out->published))) return;
  if (d->out->has_published && same_day(&date, &d->out->published)) {
    d->out->published_where = "address and page data";
    return;
  }
  d->out->published = date;
  d->out->has_published = true;
  d->out->published_where = "address";
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

/* ---- scripts ---- */

/* The first date with all its digits in the mark-up itself: a script's call, an id, a comment. */
static void read_anything(dater *d) {
  hsy_str text = d->page->decoded.text;
  for (ptrdiff_t i = 0; i + 10 <= text.len && !d->out->has_published; i++) {
    if (text.data[i] != '2' || text.data[i + 1] != '0' || (i > 0 && is_digit(text.data[i - 1]))) continue;
    char sep = text.data[i + 4];
    bool shaped = (sep == '-' || sep == '/') && text.data[i + 7] == sep && is_digit(text.data[i + 9]);
    if (shaped) publish(d, hsy_str_slice(text, i, i + 10), "mark-up");
  }
}

/* "datePublished":"2016-11-04T20:37:27Z" and the like, anywhere in the page. */
static void read_scripts(dater *d) {
  static const char *const KEYS[] = {
      "\"datePublished\"",    "\"publishedDate\"",   "\"publishDate\"", "\"published_at\"", "\"publishedAt\"",
      "\"publication_date\"", "\"publicationDate\"", "\"dateCreated\"", "\"pubDate\"",      "\"createdAt\""};
  hsy_str text = d->page->decoded.text;
  for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS && !d->out->has_published; i++) {
    ptrdiff_t at = hsy_str_find(text, hsy_str_of(KEYS[i]));
    if (at < 0) continue;
    hsy_str rest = hsy_str_slice(text, at + (ptrdiff_t)strlen(KEYS[i]), at + (ptrdiff_t)strlen(KEYS[i]) + 40);
    while (rest.len && strchr(": \\\"", rest.data[0])) rest = hsy_str_slice(rest, 1, rest.len);
    publish(d, hsy_str_slice(rest, 0, 25), "script");
  }
}

/* ---- what is shown ---- */

/* A date on the page, and how much speaks for it. */
typedef struct shown {
  hsy_date date;
  bool update; /* of the last change */
  int score;
  const char *where;
} shown;

typedef struct looker {
  dater *d;
  shown best, changed;       /* changed: the best of those that tell of a change */
  const bool *items;         /* [nodes] one of several alike, each with a day of its own */
  ptrdiff_t headline, prose; /* chunks: the headline's, the first of the prose behind it */
  bool only_updates;
} looker;

/* A word of this kind (page_words.txt) stands in the text. */
static bool has_word(const dater *d, hsy_str lower, hsy_str kind) {
  for (ptrdiff_t i = 0; i < d->words.count; i++)
    if (hsy_str_eq(d->words.entries[i].fields, kind) && hsy_str_find(lower, d->words.entries[i].word) >= 0) return true;
  return false;
}

/* Hints of the elements around a node, up to four levels. */
static uint32_t near_hints(const dater *d, int32_t node) {
  uint32_t hints = 0;
  for (int i = 0; i < 4 && node > 0; i++, node = d->page->nodes.data[node].parent) {
    hsy_tag tag = (hsy_tag)d->page->nodes.data[node].tag;
    if (tag == HSY_TAG_BODY || tag == HSY_TAG_MAIN) break;
    hints |= d->chunks->own[node];
  }
  return hints;
}

static uint32_t all_hints(const dater *d, int32_t node) {
  uint32_t hints = 0;
  for (; node > 0; node = d->page->nodes.data[node].parent) {
    hsy_tag tag = (hsy_tag)d->page->nodes.data[node].tag;
    if (tag == HSY_TAG_BODY || tag == HSY_TAG_MAIN || tag == HSY_TAG_ARTICLE) break;
    hints |= d->chunks->own[node];
  }
  return hints;
}

/* class="PublishDate_day" and the like, on the element or the one around it. */
static bool names_publication(const dater *d, int32_t node) {
  for (int i = 0; i < 3 && node > 0; i++, node = d->page->nodes.data[node].parent) {
    hsy_str class = hsy_page_attr(d->page, node, "class");
    if (hsy_str_find(class, HSY_S("ublish")) >= 0 || hsy_str_find(class, HSY_S("ubdate")) >= 0) return true;
  }
  return false;
}

enum { OFF_TOPIC = HSY_HINT_RELATED | HSY_HINT_COMMENT | HSY_HINT_AD | HSY_HINT_NAV | HSY_HINT_ASIDE };

static int score_place(const looker *l, ptrdiff_t chunk) {
  if (l->headline < 0) return chunk < 12 ? 1 : 0;
  ptrdiff_t far = chunk - l->headline;
  if (far >= 0 && (chunk <= l->prose || far <= 6)) return 5;
  if (far < 0 && far >= -5) return 4;
  return far > 0 && far < 60 ? 1 : 0;
}

static void offer(looker *l, const hsy_date *date, bool update, int score, const char *where) {
  if (!plausible(date)) return;
  if (update && score > l->changed.score) l->changed = (shown){*date, update, score, where};
  if (score > l->best.score) l->best = (shown){*date, update, score, where};
}

static int score_chunk(const looker *l, ptrdiff_t i) {
  const hsy_chunk *k = &l->d->chunks->list.data[i];
  uint32_t hints = near_hints(l->d, k->first);
  int score = 10 + score_place(l, i);
  if (hints & (HSY_HINT_DATE | HSY_HINT_BYLINE)) score += 5;
  if (all_hints(l->d, k->first) & OFF_TOPIC) score -= 7;
  if (hsy_chunk_is_prose(k) || k->words > 25) score -= 5;
  if (k->words <= 8) score += 2;
  if (k->link_words * 2 > k->words && !(hints & HSY_HINT_DATE)) score -= 2;
  if (names_publication(l->d, k->first)) score += 3;
  return score;
}

static bool is_update(const dater *d, hsy_str text, hsy_arena scratch) {
  hsy_str lower = hsy_utf8_lower(&scratch, hsy_str_slice(text, 0, 200));
  if (!has_word(d, lower, HSY_S("updated")) || has_word(d, lower, HSY_S("firm"))) return false;
  ptrdiff_t at = hsy_str_find(lower, HSY_S("update")); /* which ends in a word of the other kind */
  hsy_str rest = at < 0 ? lower : hsy_str_slice(lower, at + 6, lower.len);
  return !has_word(d, at < 0 ? lower : hsy_str_slice(lower, 0, at), HSY_S("published")) &&
         !has_word(d, rest, HSY_S("published"));
}

/* Inside one of several elements alike that each have a day: posts, teasers. What holds the headline is the page. */
static bool in_item(const looker *l, int32_t node) {
  for (; node > 0; node = l->d->page->nodes.data[node].parent)
    if (l->items[node]) return true;
  return false;
}

/* What stands in front of a date. */
static int score_context(const dater *d, hsy_str before, hsy_arena scratch) {
  hsy_str lower = hsy_utf8_lower(&scratch, before);
  int score = 0;
  bool firm = has_word(d, lower, HSY_S("firm"));
  if (firm || has_word(d, lower, HSY_S("published"))) score += 4;
  if (firm) score += 2;
  if (has_word(d, lower, HSY_S("updated"))) score -= 1;
  if (hsy_str_find(lower, HSY_S("©")) >= 0 || hsy_str_find(lower, HSY_S("copyright")) >= 0) score -= 5;
  return score;
}

static bool has_digit(hsy_str s) {
  for (ptrdiff_t i = 0; i < s.len; i++)
    if (is_digit(s.data[i])) return true;
  return false;
}

/* A sentence: a day in it is mostly that of what it tells of. */
static bool is_told(const hsy_chunk *k) {
  char last = k->text.data[k->text.len - 1];
  return k->words >= 8 && k->stops > 0 && (last == '.' || last == '!' || last == '?');
}

/* "… was published on …", "Copyright …": a sentence about the page. */
static bool tells_of_page(const dater *d, const hsy_chunk *k, hsy_arena scratch) {
  enum { SURE_BYTES = 6 }; /* shorter words happen inside others */
  hsy_str lower = hsy_utf8_lower(&scratch, hsy_str_slice(k->text, 0, 400));
  if (hsy_str_find(lower, HSY_S("©")) >= 0) return true;
  for (ptrdiff_t i = 0; i < d->words.count; i++) {
    const hsy_lexicon_entry *entry = &d->words.entries[i];
    bool kind = hsy_str_eq(entry->fields, HSY_S("firm")) || hsy_str_eq(entry->fields, HSY_S("published"));
    if (kind && entry->word.len >= SURE_BYTES && hsy_str_find(lower, entry->word) >= 0) return true;
  }
  return false;
}

/* The dates in a chunk's text; of prose the first alone. */
static void look_at_text(looker *l, ptrdiff_t i, hsy_arena scratch) {
  const hsy_chunk *k = &l->d->chunks->list.data[i];
  if (!has_digit(k->text)) return;
  int base = score_chunk(l, i);
  bool in_word = false;
  ptrdiff_t start = 0;
  for (ptrdiff_t at = 0; at < k->text.len && at < 2000;) {
    ptrdiff_t next = at, end;
    int32_t c = hsy_utf8_next(k->text, &next);
    bool word = hsy_is_letter(c) || hsy_is_digit(c);
    hsy_date date;
    bool tried = word && !in_word && hsy_date_may_begin(k->text, at);
    if (tried && hsy_date_read(&l->d->dates, hsy_str_slice(k->text, at, k->text.len), true, &date, &end)) {
      int context = k->words <= 25 ? score_context(l->d, hsy_str_slice(k->text, start, at), scratch) : 0;
      hsy_str before = hsy_str_slice(k->text, start, at);
      bool told = !is_told(k) || (i == l->prose && at < DATELINE_BYTES) || tells_of_page(l->d, k, scratch);
      if (told) offer(l, &date, is_update(l->d, before, scratch), base + context + (date.hour >= 0), "text shown");
      if (k->words > 25) return;
      next = start = at + end;
    }
    in_word = word;
    at = next;
  }
}

/* The datetime of a time element, the title of an abbr. */
static void look_at_attrs(looker *l, ptrdiff_t chunk, int32_t node, hsy_arena scratch) {
  const hsy_node *n = &l->d->page->nodes.data[node];
  hsy_date date;
  if (n->tag == HSY_TAG_TEXT || n->attr_count == 0 || n->tag == HSY_TAG_A || n->tag == HSY_TAG_IMG) return;
  hsy_str value = n->tag == HSY_TAG_META ? (hsy_str){0} : date_attr(l->d->page, node);
  if (value.len < 8 || value.len > 60 || !hsy_date_read(&l->d->dates, value, true, &date, NULL)) return;
  int score = 10 + score_place(l, chunk) + (n->tag == HSY_TAG_TIME ? 5 : 1);
  uint32_t own = l->d->chunks->own[node];
  if (own & HSY_HINT_DATE) score += 2;
  if (all_hints(l->d, node) & OFF_TOPIC) score -= 7;
  hsy_str class = hsy_page_attr(l->d->page, node, "class");
  if (hsy_str_find(class, HSY_S("publish")) >= 0) score += 3;
  if (hsy_str_find(class, HSY_S("updated")) >= 0 && hsy_str_find(class, HSY_S("publish")) < 0) score -= 1;
  if (in_item(l, node)) score -= 7;
  hsy_str text = hsy_page_text(l->d->page, l->d->page->nodes.data[node].parent, &scratch);
  offer(l, &date, text.len < 200 && is_update(l->d, text, scratch), score, "time element");
}

static void find_places(looker *l, int32_t headline) {
  const hsy_chunks *chunks = l->d->chunks;
  l->headline = l->prose = -1;
  for (ptrdiff_t i = 0; i < chunks->list.len; i++) {
    const hsy_chunk *k = &chunks->list.data[i];
    if (headline != HSY_NONE && l->headline < 0 && k->end > headline) l->headline = i;
    if (l->prose < 0 && (headline == HSY_NONE || l->headline >= 0) && hsy_chunk_is_prose(k)) l->prose = i;
  }
  if (l->prose < 0) l->prose = chunks->list.len;
}

static bool has_class(const hsy_page *page, int32_t a, int32_t b) {
  hsy_str class = hsy_page_attr(page, a, "class");
  return class.len ? hsy_str_eq(class, hsy_page_attr(page, b, "class")) : page->nodes.data[a].tag == HSY_TAG_ARTICLE;
}

/* Elements beside each other, alike in tag and class, each with a time below it. */
static const bool *find_items(const dater *d, int32_t headline, hsy_arena *arena) {
  const hsy_page *page = d->page;
  bool *items = hsy_new(arena, bool, page->nodes.len), *timed = hsy_new(arena, bool, page->nodes.len);
  if (!items || !timed) return NULL;
  for (int32_t i = (int32_t)page->nodes.len - 1; i > 0; i--) {
    timed[i] |= page->nodes.data[i].tag == HSY_TAG_TIME;
    if (timed[i]) timed[page->nodes.data[i].parent] = true;
  }
  for (int32_t i = 1; i < page->nodes.len; i++) {
    const hsy_node *n = &page->nodes.data[i];
    if (!timed[i] || n->tag == HSY_TAG_TIME || (headline >= i && headline < n->end)) continue;
    int32_t next = n->end;
    for (int k = 0; k < NEXT_SIBLINGS && next < page->nodes.data[n->parent].end; k++) {
      const hsy_node *other = &page->nodes.data[next];
      if (other->tag == n->tag && timed[next] && has_class(page, i, next)) items[i] = items[next] = true;
      next = other->end;
    }
  }
  return items;
}

static void read_shown(dater *d, int32_t headline, hsy_arena scratch) {
  looker l = {.d = d, .best = {.score = NOTHING}, .changed = {.score = NOTHING}};
  if (!(l.items = find_items(d, headline, &scratch))) return;
  find_places(&l, headline);
  ptrdiff_t chunk = 0;
  for (int32_t i = 0; i < d->page->nodes.len; i++) {
    while (chunk < d->chunks->list.len && d->chunks->list.data[chunk].end <= i) chunk++;
    look_at_attrs(&l, chunk, i, scratch);
  }
  for (ptrdiff_t i = 0; i < d->chunks->list.len; i++) look_at_text(&l, i, scratch);
  if (l.changed.score != NOTHING && !d->out->has_modified) {
    d->out->modified = l.changed.date;
    d->out->has_modified = true;
    d->out->modified_where = l.changed.where;
  }
  if (l.best.score == NOTHING) return;
  bool greenwich = d->out->has_published && d->out->published.has_zone && d->out->published.zone == 0 &&
                   strncmp(d->out->published_where, "address", 7) != 0;
  bool better = greenwich && !l.best.update && l.best.score >= CLEAR && is_near(&l.best.date, &d->out->published) &&
                !same_day(&l.best.date, &d->out->published);
  if (d->out->has_published && !better) return;
  d->out->published = l.best.date;
  d->out->has_published = true;
  d->out->published_where = l.best.where;
}

bool hsy_pagedate_read(const hsy_page *page, const hsy_chunks *chunks, const hsy_ld *ld, hsy_str url, int32_t headline,
                       hsy_day_order order, hsy_pagedate *out, hsy_arena scratch, hsy_error *err) {
  *out = (hsy_pagedate){0};
  dater d = {.page = page, .chunks = chunks, .out = out};
  if (!hsy_dates_load(&d.dates, &scratch, err)) return false;
  d.dates.month_first = order == HSY_MONTH_FIRST;
  if (!hsy_lexicon_load(&d.words, "lexicon/page_words.txt", &scratch, err)) return false;
  publish(&d, ld->published, "page data");
  modify(&d, ld->modified, "page data");
  read_meta(&d, PUBLISHED_META, sizeof PUBLISHED_META / sizeof *PUBLISHED_META, true);
  read_meta(&d, MODIFIED_META, sizeof MODIFIED_META / sizeof *MODIFIED_META, false);
  read_url(&d, url);
  read_microdata(&d, scratch);
  publish(&d, ld->any_date, "page data");
  bool greenwich = out->has_published && out->published.has_zone && out->published.zone == 0;
  if (!out->has_published || greenwich) read_shown(&d, headline, scratch);
  if (!out->has_published) read_scripts(&d);
  if (!out->has_published) read_anything(&d);
  return hsy_arena_check(scratch, "clean", err);
}
