#include "format/posts.h"

#include <string.h>

#include "format/plain.h"

enum { MOST = 12, AUTHOR_BYTES = 80 };

typedef const char *const names[MOST];

static names PEOPLE = {"user", "account", "poster", "from_user", "author", "sender"};
static names NAMES_OF_ONE = {"display_name", "displayName", "full_name", "name",
                             "screen_name",  "username",    "handle",    "acct"};
static names HANDLES = {"screen_name", "username", "handle", "acct", "display_name", "displayName"};
static names FLAT = {"display_name", "author_name", "user_name", "username",
                     "screen_name",  "handle",      "nickname",  "user"};
static names PLAIN_AUTHORS = {"author", "from", "name"};
static names TIMES = {"created_at", "created_utc", "createdAt", "posted_at", "date_unixtime", "timestamp"};
static names WORDS = {"full_text", "text",   "content", "selftext", "body",
                      "message",   "status", "tweet",   "caption",  "post"};
static names OF_ARTICLES = {"headline", "html", "body_html", "outlet", "publisher", "articleBody", "source_name"};

/* Names of a table's columns, which come in any case, are found, too. */
static const json_t *member(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  const char *key;
  json_t *other;
  if (value) return value;
  json_object_foreach((json_t *)object, key, other) if (hsy_str_is_nocase(hsy_str_of(key), name)) return other;
  return NULL;
}

static const json_t *first_of(const json_t *object, names wanted) {
  for (int i = 0; i < MOST && wanted[i]; i++) {
    const json_t *value = member(object, wanted[i]);
    if (value && !json_is_null(value)) return value;
  }
  return NULL;
}

static hsy_str string_of(const json_t *value) {
  if (!json_is_string(value)) return (hsy_str){0};
  return hsy_str_trim((hsy_str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
}

static hsy_str first_string(const json_t *object, names wanted) {
  for (int i = 0; i < MOST && wanted[i]; i++) {
    hsy_str text = string_of(member(object, wanted[i]));
    if (text.len) return text;
  }
  return (hsy_str){0};
}

static hsy_str author_of(const json_t *object) {
  bool timed = first_of(object, TIMES) != NULL,
       message = hsy_str_eq(string_of(member(object, "type")), HSY_S("message"));
  for (int i = 0; i < MOST && PEOPLE[i]; i++) {
    const json_t *one = member(object, PEOPLE[i]);
    if (json_is_object(one) && (timed || first_of(one, HANDLES))) return first_string(one, NAMES_OF_ONE);
  }
  hsy_str flat = first_string(object, FLAT);
  return flat.len || !(timed || message) ? flat : first_string(object, PLAIN_AUTHORS);
}

/* "Olwen Brandt: " is a label; what would end it early, or is no name, goes. */
static hsy_str label_of(hsy_str author, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  author = hsy_plain_text(author, arena);
  if (hsy_str_starts(author, HSY_S("@"))) author = hsy_str_slice(author, 1, author.len);
  for (ptrdiff_t i = 0; i < author.len && i < AUTHOR_BYTES; i++)
    hsy_buf_byte(&out, strchr(":\n\r\t", author.data[i]) ? ' ' : author.data[i]);
  return hsy_str_trim(hsy_buf_str(&out));
}

/* Telegram's text is a list of pieces, some of them links or set bold. */
static hsy_str joined(const json_t *pieces, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  for (size_t i = 0; i < json_array_size(pieces); i++) {
    const json_t *piece = json_array_get(pieces, i),
                 *text = json_is_object(piece) ? json_object_get(piece, "text") : piece;
    if (json_is_string(text))
      hsy_buf_add(&out, (hsy_str){json_string_value(text), (ptrdiff_t)json_string_length(text)});
  }
  return hsy_str_trim(hsy_buf_str(&out));
}

static bool is_markup(hsy_str words) {
  return hsy_str_starts_nocase(words, HSY_S("<p")) || hsy_str_find(words, HSY_S("<br")) >= 0 ||
         hsy_str_find(words, HSY_S("</")) >= 0;
}

/* Tags inside a line part no words: "<b>Mon</b>day". */
static hsy_str without_tags(hsy_str line, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  bool tag = false;
  for (ptrdiff_t i = 0; i < line.len; i++) {
    bool opens = line.data[i] == '<' && i + 1 < line.len && (line.data[i + 1] == '/' || (line.data[i + 1] | 32) >= 'a');
    if (opens) tag = true;
    if (!tag) hsy_buf_byte(&out, line.data[i]);
    if (line.data[i] == '>') tag = false;
  }
  return hsy_buf_str(&out);
}

/* Mastodon's: `<p>` and `<br>` end lines, other tags go. */
static hsy_str unmarked(hsy_str words, hsy_arena *arena) {
  hsy_buf out = hsy_buf_in(arena);
  while (words.len) {
    ptrdiff_t p = hsy_str_find(words, HSY_S("</p>")), br = hsy_str_find(words, HSY_S("<br"));
    ptrdiff_t end = p < 0 || (br >= 0 && br < p) ? br : p;
    hsy_str line = hsy_plain_text(without_tags(hsy_str_slice(words, 0, end < 0 ? words.len : end), arena), arena);
    if (line.len && out.len) hsy_buf_add(&out, end == p || end < 0 ? HSY_S("\n\n") : HSY_S("\n"));
    hsy_buf_add(&out, line);
    if (end < 0) break;
    words = hsy_str_slice(words, end, words.len);
    hsy_str_cut(words, '>', &words);
  }
  return hsy_str_trim(hsy_buf_str(&out));
}

static bool read_words(const json_t *object, hsy_post *post, hsy_arena *arena) {
  for (int i = 0; i < MOST && WORDS[i]; i++) {
    const json_t *value = member(object, WORDS[i]);
    hsy_str raw = json_is_array(value) ? joined(value, arena) : string_of(value);
    if (raw.len == 0) continue;
    post->words = is_markup(raw) ? unmarked(raw, arena) : raw;
    bool whole = json_is_string(value) && raw.data == json_string_value(value) && post->words.data == raw.data;
    post->key = whole && json_object_get(object, WORDS[i]) ? WORDS[i] : NULL;
    if (post->words.len) return true;
  }
  post->words = string_of(member(object, "title")); /* a link or picture with its title alone */
  return post->words.len > 0;
}

bool hsy_post_read(const json_t *object, hsy_post *post, hsy_arena *arena) {
  *post = (hsy_post){0};
  bool threaded = member(object, "selftext") || member(object, "subreddit");
  if (first_of(object, OF_ARTICLES) || (string_of(member(object, "title")).len && !threaded)) return false;
  post->author = label_of(author_of(object), arena);
  return post->author.len > 0 && read_words(object, post, arena);
}

int32_t hsy_post_write(const hsy_post *post, hsy_doc *doc) {
  doc->text = hsy_str_printf(doc->arena, "%.*s: %.*s", HSY_FMT(post->author), HSY_FMT(post->words));
  doc->meta.post = hsy_str_slice(doc->text, 0, post->author.len);
  hsy_str rest = doc->text;
  while (rest.data && rest.len) {
    hsy_str line = hsy_str_trim(hsy_str_cut(rest, '\n', &rest));
    if (!line.len) continue;
    hsy_block *block = hsy_push(&doc->blocks, doc->arena);
    int32_t start = (int32_t)(line.data - doc->text.data);
    *block = (hsy_block){
        .text = {start, start + (int32_t)line.len}, .kind = HSY_BLOCK_PARAGRAPH, .tagged = true, .why = "a post"};
  }
  return (int32_t)post->author.len + 2;
}

/* ---- in what platforms wrap them ---- */

static const char *inner_key(const json_t *entry) {
  static names INNER = {"data", "post", "tweet", "status", "record"};
  for (int i = 0; i < MOST && INNER[i]; i++)
    if (json_is_object(json_object_get(entry, INNER[i]))) return INNER[i];
  return NULL;
}

/* The object with what its inner one holds in place of it; NULL where memory runs out. Takes the reference over. */
static json_t *raised(json_t *entry, const char *key) {
  json_t *merged = json_copy(json_object_get(entry, key));
  bool ok = merged && (json_object_get(merged, key) || !json_object_set_new(merged, key, json_null())) &&
            !json_object_update_missing(merged, entry);
  json_decref(entry);
  if (ok) return merged;
  json_decref(merged);
  return NULL;
}

/* The one of `around`'s people whose number it is. */
static json_t *person_of(const json_t *around, const json_t *number) {
  json_t *users = json_object_get(json_object_get(around, "includes"), "users"), *user;
  size_t i;
  json_array_foreach(users, i, user) {
    if (number && json_equal(json_object_get(user, "id"), number)) return user;
  }
  return NULL;
}

json_t *hsy_post_unwrap(json_t *entry, const json_t *around) {
  enum { DEEPEST = 3 };
  json_t *whole = json_incref(entry);
  const char *key;
  for (int depth = 0; whole && depth < DEEPEST && (key = inner_key(whole)); depth++) whole = raised(whole, key);
  json_t *user = whole ? person_of(around, json_object_get(whole, "author_id")) : NULL;
  if (!user) return whole;
  json_t *signed_one = json_copy(whole);
  json_decref(whole);
  if (signed_one && !json_object_set(signed_one, "user", user)) return signed_one;
  json_decref(signed_one);
  return NULL;
}
