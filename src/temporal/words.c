#include "temporal/words.h"

#include <assert.h>
#include <string.h>

#include "temporal/numerals.h"

static_assert(HSY_TC_COUNT <= 64, "classes are bits of one word");

enum { LONGEST_WORD = 32 };

static const char *const class_names[] = {
#define X(name, what) #name,
    HSY_TIME_CLASSES(X)
#undef X
};

uint64_t hsy_words_class(hsy_str name) {
  for (int i = 0; i < HSY_TC_COUNT; i++)
    if (hsy_str_eq_nocase(name, hsy_str_of(class_names[i]))) return UINT64_C(1) << i;
  return 0;
}

static int32_t number_of(hsy_str s) {
  int32_t value = 0;
  for (ptrdiff_t i = 0; i < s.len; i++) {
    if (s.data[i] < '0' || s.data[i] > '9' || value > 99999999) return 0;
    value = 10 * value + (s.data[i] - '0');
  }
  return value;
}

/* "class,class<TAB>code<TAB>unit" into a template. */
static bool read_entry(const hsy_lexicon_entry *entry, hsy_time_item *item, hsy_error *err) {
  hsy_str classes = hsy_lexicon_field(entry, 0), code = hsy_lexicon_field(entry, 1), unit = hsy_lexicon_field(entry, 2);
  while (classes.len) {
    hsy_str name = hsy_str_cut(classes, ',', &classes);
    uint64_t bit = hsy_words_class(name);
    if (!bit)
      return hsy_fail(err, HSY_BAD_INPUT, "temporal", -1, "\"%.*s\": no class \"%.*s\"", HSY_FMT(entry->word),
                      HSY_FMT(name));
    item->classes |= bit;
  }
  item->text = code;
  item->value = number_of(code);
  item->spelled = true;
  item->unit = unit.len ? unit.data[0] : 0;
  if (item->classes & HSY_TC(NUM)) item->classes |= hsy_numerals_roles(item->value);
  return true;
}

static hsy_time_item *read_entries(const hsy_lexicon *lexicon, hsy_arena *arena, hsy_error *err) {
  hsy_time_item *items = hsy_new(arena, hsy_time_item, lexicon->count);
  if (!hsy_arena_check(*arena, "temporal", err)) return NULL;
  for (ptrdiff_t i = 0; i < lexicon->count; i++)
    if (!read_entry(&lexicon->entries[i], &items[i], err)) return NULL;
  return items;
}

static bool phrases_begin_with_known_words(const hsy_time_words *words, hsy_error *err) {
  for (ptrdiff_t i = 0; i < words->phrases.count; i++) {
    hsy_str rest, phrase = words->phrases.entries[i].word, first = hsy_str_cut(phrase, ' ', &rest);
    const hsy_lexicon_entry *known = hsy_lexicon_find(&words->lexicon, first);
    if (!known)
      return hsy_fail(err, HSY_BAD_INPUT, "temporal", -1, "times.txt does not list the first word of \"%.*s\"",
                      HSY_FMT(phrase));
    words->entries[known - words->lexicon.entries].classes |= HSY_TC(PHRASE);
  }
  return true;
}

bool hsy_words_load(hsy_time_words *words, hsy_arena *arena, hsy_error *err) {
  if (!hsy_lexicon_load(&words->lexicon, "lexicon/en/times.txt", arena, err) ||
      !hsy_lexicon_load(&words->phrases, "lexicon/en/times_phrases.txt", arena, err))
    return false;
  words->entries = read_entries(&words->lexicon, arena, err);
  words->phrase_items = read_entries(&words->phrases, arena, err);
  if (!words->entries || !words->phrase_items) return false;
  return phrases_begin_with_known_words(words, err);
}

/* The listed word, lower-cased and without a final stop; NULL for none. */
static const hsy_time_item *find_word(const hsy_time_words *words, hsy_str word, bool capital) {
  char lower[LONGEST_WORD];
  if (word.len > 1 && word.data[word.len - 1] == '.') word.len--;
  if (word.len == 0 || word.len > LONGEST_WORD) return NULL;
  for (ptrdiff_t i = 0; i < word.len; i++) {
    char c = word.data[i];
    lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  const hsy_lexicon_entry *entry = hsy_lexicon_find(&words->lexicon, (hsy_str){lower, word.len});
  if (!entry) return NULL;
  const hsy_time_item *item = &words->entries[entry - words->lexicon.entries];
  return (item->classes & HSY_TC(CAPITAL)) && !capital ? NULL : item;
}

static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/* One piece between hyphens, or a whole token. */
static bool read_piece(const hsy_time_words *words, hsy_str piece, hsy_time_item *item) {
  if (piece.len == 0) return false;
  if (piece.data[0] >= '0' && piece.data[0] <= '9') return hsy_numerals_read(piece, false, item);
  const hsy_time_item *known = find_word(words, piece, is_capital(piece.data[0]));
  if (known) *item = *known;
  return known != NULL;
}

/* All pieces must be known, else the token is none of ours. */
static int read_hyphened(const hsy_time_words *words, hsy_str text, hsy_span span, hsy_time_item *out) {
  int count = 0;
  ptrdiff_t at = 0;
  while (at <= text.len) {
    const char *hyphen = memchr(text.data + at, '-', (size_t)(text.len - at));
    ptrdiff_t end = hyphen ? hyphen - text.data : text.len;
    hsy_time_item item = {0};
    if (count == HSY_TIME_PIECES || !read_piece(words, hsy_str_slice(text, at, end), &item)) return 0;
    item.span = (hsy_span){(int32_t)(span.start + at), (int32_t)(span.start + end)};
    if (count == 0 || !hsy_words_join(&out[count - 1], &item)) out[count++] = item;
    at = end + 1;
  }
  return count;
}

static int read_word(const hsy_time_words *words, hsy_str text, hsy_span span, bool capital, hsy_time_item *out) {
  const hsy_time_item *known = find_word(words, text, capital);
  if (known) {
    out[0] = *known;
    out[0].span = span;
    return 1;
  }
  return memchr(text.data, '-', (size_t)text.len) ? read_hyphened(words, text, span, out) : 0;
}

static int read_number(const hsy_time_words *words, hsy_str text, hsy_span span, bool day_first, hsy_time_item *out) {
  out[0] = (hsy_time_item){.span = span};
  if (hsy_numerals_read(text, day_first, &out[0])) return 1;
  return memchr(text.data, '-', (size_t)text.len) ? read_hyphened(words, text, span, out) : 0;
}

/* A comma; a sign of money or of percent, which tells that a number is no year. */
static int read_mark(const hsy_time_words *words, hsy_str text, hsy_span span, hsy_time_item *out) {
  bool listed = text.data[0] == '$' || text.data[0] == '%' || (unsigned char)text.data[0] >= 0x80;
  if (listed) return read_word(words, text, span, false, out);
  if (text.len != 1 || text.data[0] != ',') return 0;
  out[0] = (hsy_time_item){.classes = HSY_TC(COMMA), .span = span};
  return 1;
}

int hsy_words_read(const hsy_time_words *words, const hsy_doc *doc, int32_t token, hsy_time_item out[HSY_TIME_PIECES]) {
  const hsy_token *t = &doc->tokens.data[token];
  hsy_span span = {t->start, t->end};
  hsy_str text = hsy_doc_span(doc, span);
  int count = 0;
  if (t->flags & HSY_TOKEN_SUFFIX) {
    out[0] = (hsy_time_item){.classes = HSY_TC(OWN), .span = span};
    count = text.data[text.len - 1] == 's';
  } else if (t->kind == HSY_TOKEN_WORD)
    count = read_word(words, text, span, t->flags & HSY_TOKEN_CAPITAL, out);
  else if (t->kind == HSY_TOKEN_NUMBER)
    count = read_number(words, text, span, doc->meta.day_order == HSY_DAY_FIRST, out);
  else
    count = read_mark(words, text, span, out);
  for (int i = 0; i < count; i++) {
    out[i].first = token;
    out[i].end = token + 1;
    out[i].opens = i == 0;
    out[i].closes = i == count - 1;
  }
  return count;
}

static void set_number(hsy_time_item *item, int32_t value) {
  item->value = value;
  item->classes = HSY_TC(NUM) | hsy_numerals_roles(value);
  item->spelled = true;
}

/* The value of two number words in a row, or -1 where they do not make one. */
static int32_t joined_value(int32_t a, int32_t b) {
  if (b >= 100 && b % 100 == 0 && a < b && a < 1000) return a > 200 && b > 1000 ? -1 : a * b;
  if (a >= 20 && a < 100 && a % 10 == 0 && b >= 1 && b <= 9) return a + b;
  if (a >= 100 && a % 100 == 0 && b < 100) return a + b;
  if (a >= 13 && a <= 20 && b >= 10 && b < 100) return 100 * a + b; // "nineteen" "ninety-six"
  return -1;
}

bool hsy_words_join(hsy_time_item *item, const hsy_time_item *next) {
  bool article = item->classes & HSY_TC(A), numbers = (item->classes & HSY_TC(NUM)) && (next->classes & HSY_TC(NUM));
  if (numbers && !item->spelled && !next->spelled && item->thousandths == 0 && next->value == 0 && next->thousandths) {
    item->thousandths = next->thousandths; // "2" "1/2"
    item->classes = HSY_TC(NUM);
  } else if (next->spelled && (next->classes & HSY_TC(NUM)) && (article || (numbers && item->spelled))) {
    int32_t value = article ? (next->value >= 100 ? next->value : -1) : joined_value(item->value, next->value);
    if (value < 0) return false;
    set_number(item, value);
  } else {
    return false;
  }
  item->span.end = next->span.end;
  item->end = next->end;
  item->closes = next->closes;
  return true;
}
