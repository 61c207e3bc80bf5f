#include "clean/ld.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "format/plain.h"
#include "format/value.h"

enum {
  MOST_SCRIPTS = 64,
  MOST_BYTES = 4 << 20,
  MOST_COST = 32 << 20,
  MOST_LOOKS = 200,
  DEEPEST = 12,
  MOST_AUTHORS = 50
};

/* ---- objects ---- */

typedef struct finder {
  hsy_ld *out;
  hsy_arena *arena;
  const json_t *roots[MOST_SCRIPTS];
  int looks; /* for what an "@id" names */
  int count;
  const json_t *article;
  int rank;
} finder;

static hsy_str text_of(const json_t *value) {
  return (hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)};
}

static hsy_str plain_of(finder *f, const json_t *value) {
  if (json_is_array(value)) value = json_array_get(value, 0);
  return json_is_string(value) ? hsy_plain_text(text_of(value), f->arena) : (hsy_str){0};
}

static hsy_str type_of(const json_t *object) {
  const json_t *type = json_object_get(object, "@type");
  if (json_is_array(type)) type = json_array_get(type, 0);
  return json_is_string(type) ? text_of(type) : (hsy_str){0};
}

/* 3 an article of the news, 2 an article, 1 a page or video with a headline, 0 none. */
static int rank_of(const json_t *object) {
  hsy_str type = type_of(object);
  if (hsy_str_ends(type, HSY_S("NewsArticle")) || hsy_str_eq(type, HSY_S("LiveBlogPosting"))) return 3;
  if (hsy_str_ends(type, HSY_S("Article")) || hsy_str_ends(type, HSY_S("Posting")) ||
      hsy_str_ends(type, HSY_S("Report")))
    return 2;
  return json_object_get(object, "headline") && json_object_get(object, "datePublished") ? 1 : 0;
}

static void visit(finder *f, const json_t *value, int depth) {
  if (depth > DEEPEST) return;
  if (json_is_array(value)) {
    for (size_t i = 0; i < json_array_size(value); i++) visit(f, json_array_get(value, i), depth + 1);
    return;
  }
  if (!json_is_object(value)) return;
  int rank = rank_of(value);
  if (rank > f->rank) f->rank = rank, f->article = value;
  hsy_str type = type_of(value);
  bool site = hsy_str_eq(type, HSY_S("WebSite")) || hsy_str_ends(type, HSY_S("Organization"));
  if (site && f->out->site.len == 0) f->out->site = plain_of(f, json_object_get(value, "name"));
  if (f->out->any_date.len == 0) f->out->any_date = plain_of(f, json_object_get(value, "datePublished"));
  const char *key;
  json_t *member;
  json_object_foreach((json_t *)value, key, member) {
    if (json_is_object(member) || json_is_array(member)) visit(f, member, depth + 1);
  }
}

/* The object with this @id that has a name. */
static const json_t *find_id(const json_t *value, hsy_str id, int depth) {
  if (depth > DEEPEST) return NULL;
  if (json_is_object(value) && json_object_get(value, "name") && hsy_str_eq(text_of(json_object_get(value, "@id")), id))
    return value;
  const json_t *found = NULL;
  if (json_is_array(value))
    for (size_t i = 0; i < json_array_size(value) && !found; i++)
      found = find_id(json_array_get(value, i), id, depth + 1);
  const char *key;
  json_t *member;
  if (json_is_object(value)) json_object_foreach((json_t *)value, key, member) {
      if (!found && (json_is_object(member) || json_is_array(member))) found = find_id(member, id, depth + 1);
    }
  return found;
}

static const json_t *resolve(finder *f, const json_t *object) {
  const json_t *id = json_object_get(object, "@id"), *found = NULL;
  if (json_object_get(object, "name") || !json_is_string(id) || f->looks++ >= MOST_LOOKS) return object;
  for (int i = 0; i < f->count && !found; i++) found = find_id(f->roots[i], text_of(id), 0);
  return found ? found : object;
}

static void add_authors(finder *f, const json_t *value, int depth) {
  if (depth > 4 || f->out->authors.len >= MOST_AUTHORS) return;
  if (json_is_array(value)) {
    for (size_t i = 0; i < json_array_size(value); i++) add_authors(f, json_array_get(value, i), depth + 1);
  } else if (json_is_object(value)) {
    add_authors(f, json_object_get(resolve(f, value), "name"), depth + 1);
  } else if (json_is_string(value)) {
    hsy_str name = hsy_plain_text(text_of(value), f->arena);
    if (name.len) *hsy_push(&f->out->authors, f->arena) = name;
  }
}

static hsy_str name_of(finder *f, const json_t *value) {
  if (json_is_array(value)) value = json_array_get(value, 0);
  return json_is_object(value) ? plain_of(f, json_object_get(resolve(f, value), "name")) : plain_of(f, value);
}

static bool is_false(const json_t *value) {
  return json_is_false(value) || (json_is_string(value) && hsy_str_eq_nocase(text_of(value), HSY_S("false")));
}

static hsy_str url_of(finder *f, const json_t *article) {
  const json_t *page = json_object_get(article, "mainEntityOfPage");
  hsy_str url = plain_of(f, json_object_get(article, "url"));
  if (url.len == 0 && json_is_object(page)) url = plain_of(f, json_object_get(page, "@id"));
  if (url.len == 0) url = plain_of(f, page);
  return hsy_str_starts(url, HSY_S("http")) ? url : (hsy_str){0};
}

/* Bytes of what parts paragraphs at `at`: a line end, or a tag of a block or a break; 0 where it is none. */
static ptrdiff_t break_at(hsy_str s, ptrdiff_t at) {
  static const char *const TAGS[] = {"<p", "</p", "<br", "<div", "</div", "<h", "</h", "<li", "</li"};
  if (s.data[at] == '\n' || s.data[at] == '\r') return 1;
  if (s.data[at] != '<') return 0;
  for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
    if (hsy_str_starts_nocase(hsy_str_slice(s, at, s.len), hsy_str_of(TAGS[i]))) return (ptrdiff_t)strlen(TAGS[i]);
  return 0;
}

static void add_paragraph(finder *f, hsy_str s) {
  hsy_str plain = hsy_plain_text(s, f->arena);
  if (plain.len) *hsy_push(&f->out->paragraphs, f->arena) = plain;
}

static void take_body(finder *f, hsy_str body) {
  f->out->body = hsy_plain_text(body, f->arena);
  ptrdiff_t start = 0;
  for (ptrdiff_t at = 0; at < body.len; at++) {
    if (!break_at(body, at)) continue;
    add_paragraph(f, hsy_str_slice(body, start, at));
    start = at;
  }
  add_paragraph(f, hsy_str_slice(body, start, body.len));
}

static void take_article(finder *f) {
  const json_t *a = f->article;
  hsy_ld *out = f->out;
  out->found = f->rank > 1;
  out->headline = plain_of(f, json_object_get(a, "headline"));
  if (out->headline.len == 0) out->headline = plain_of(f, json_object_get(a, "name"));
  out->published = plain_of(f, json_object_get(a, "datePublished"));
  if (out->published.len == 0) out->published = plain_of(f, json_object_get(a, "dateCreated"));
  out->modified = plain_of(f, json_object_get(a, "dateModified"));
  out->language = plain_of(f, json_object_get(a, "inLanguage"));
  out->outlet = name_of(f, json_object_get(a, "publisher"));
  out->url = url_of(f, a);
  out->paywalled = is_false(json_object_get(a, "isAccessibleForFree"));
  const json_t *body = json_object_get(a, "articleBody");
  if (json_is_string(body)) take_body(f, text_of(body));
  add_authors(f, json_object_get(a, "author"), 0);
}

/* ---- scripts ---- */

/* Control characters inside strings, as many sites write them, made blanks. */
static json_t *load(hsy_str raw, hsy_arena scratch) {
  char *copy = hsy_new(&scratch, char, raw.len + 1);
  if (!copy) return NULL;
  for (ptrdiff_t i = 0; i < raw.len; i++) copy[i] = (unsigned char)raw.data[i] < 0x20 ? ' ' : raw.data[i];
  hsy_str text = hsy_str_trim((hsy_str){copy, raw.len});
  const char *start = text.len ? strpbrk(copy, "{[") : NULL;
  if (!start) return NULL;
  json_error_t problem;
  bool memory;
  hsy_str rest = {start, text.data + text.len - start};
  json_t *root = hsy_value_parse(rest, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &problem, &memory);
  if (memory) hsy_arena_fail(scratch);
  return root;
}

static bool is_ld(const hsy_page *page, int32_t node) {
  return page->nodes.data[node].tag == HSY_TAG_SCRIPT &&
         hsy_str_find(hsy_page_attr(page, node, "type"), HSY_S("ld+json")) >= 0;
}

void hsy_ld_read(const hsy_page *page, hsy_ld *out, hsy_arena *arena) {
  *out = (hsy_ld){0};
  finder f = {.out = out, .arena = arena};
  int64_t left = MOST_COST;
  for (int32_t i = 0; i < page->nodes.len && f.count < MOST_SCRIPTS; i++) {
    if (!is_ld(page, i)) continue;
    hsy_str raw = hsy_page_raw(page, i, arena);
    left -= hsy_value_cost(raw);
    json_t *root = raw.len <= MOST_BYTES && left >= 0 ? load(raw, *arena) : NULL;
    if (root) f.roots[f.count++] = root;
  }
  for (int i = 0; i < f.count; i++) visit(&f, f.roots[i], 0);
  if (f.article) take_article(&f);
  for (int i = 0; i < f.count; i++) json_decref((json_t *)f.roots[i]);
}
