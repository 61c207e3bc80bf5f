#include "segment/segment.h"

#include "base/utf8.h"

/* A scanner over one block. `at` is the byte that is looked at next. */
typedef struct scanner {
  hsy_doc *doc;
  const hsy_segment_lists *lists;
  hsy_str text; /* the document's, cut at the block's end */
  ptrdiff_t at;
  bool space; /* a blank stood before `at` */
} scanner;

static int32_t peek(const scanner *s, ptrdiff_t at, ptrdiff_t *next) {
  if (at >= s->text.len) {
    *next = at;
    return 0;
  }
  ptrdiff_t i = at;
  int32_t point = hsy_utf8_next(s->text, &i);
  *next = i;
  return point;
}

static bool is_apostrophe(int32_t c) { return c == '\'' || c == 0x2019 || c == 0x02BC; }
static bool is_hyphen(int32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
static bool is_wordlike(int32_t c) { return hsy_is_letter(c) || hsy_is_digit(c); }

static hsy_token *add(scanner *s, ptrdiff_t start, ptrdiff_t end, hsy_token_kind kind, int flags) {
  hsy_token *t = hsy_push(&s->doc->tokens, s->doc->arena);
  *t = (hsy_token){(int32_t)start, (int32_t)end, (uint8_t)kind, (uint8_t)flags, HSY_NONE};
  if (s->space) t->flags |= HSY_TOKEN_SPACE_BEFORE;
  s->space = false;
  return t;
}

/* Capitals of a word: HSY_TOKEN_CAPITAL and HSY_TOKEN_ALL_CAPS. */
static int case_flags(hsy_str word) {
  int letters = 0, capitals = 0, first = 0;
  for (ptrdiff_t i = 0; i < word.len;) {
    int32_t c = hsy_utf8_next(word, &i);
    if (!hsy_is_letter(c)) continue;
    bool upper = hsy_is_upper(c);
    if (letters == 0) first = upper;
    letters++;
    capitals += upper;
  }
  return (first ? HSY_TOKEN_CAPITAL : 0) | (letters > 1 && capitals == letters ? HSY_TOKEN_ALL_CAPS : 0);
}

/* Whether there may be one: signs beyond ASCII count. */
static bool has_apostrophe(hsy_str s) {
  for (ptrdiff_t i = 0; i < s.len; i++)
    if (s.data[i] == '\'' || (unsigned char)s.data[i] >= 0x80) return true;
  return false;
}

/* Bytes at the word's end that are a clitic ('s, 'll, n't), or 0. */
static ptrdiff_t clitic(hsy_str word) {
  static const char *const ENDINGS[] = {"s", "ll", "re", "ve", "d", "m"};
  if (!has_apostrophe(hsy_str_slice(word, word.len - 5, word.len))) return 0;
  for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
    hsy_str ending = hsy_str_of(ENDINGS[i]);
    ptrdiff_t cut = word.len - ending.len;
    if (cut < 2 || !hsy_str_eq_nocase(hsy_str_slice(word, cut, word.len), ending)) continue;
    ptrdiff_t start;
    if (is_apostrophe(hsy_utf8_before(word, cut, &start)) && start > 0) return word.len - start;
  }
  if (word.len < 4 || (word.data[word.len - 1] | 32) != 't') return 0;
  ptrdiff_t mark;
  if (!is_apostrophe(hsy_utf8_before(word, word.len - 1, &mark)) || mark < 2) return 0;
  return (word.data[mark - 1] | 32) == 'n' ? word.len - mark + 1 : 0;
}

/* "U.S", "a.m", "J": letters parted by full stops, one at a time. */
static bool is_initials(hsy_str word) {
  ptrdiff_t i = 0;
  for (;;) {
    if (i >= word.len) return false;
    if (!hsy_is_letter(hsy_utf8_next(word, &i))) return false;
    if (i == word.len) return true;
    if (word.data[i++] != '.') return false;
  }
}

/* Whether the full stop behind the word [start, end) belongs to it. */
static bool keeps_stop(const scanner *s, ptrdiff_t start, ptrdiff_t end) {
  hsy_str word = hsy_str_slice(s->text, start, end);
  if (is_initials(word)) return word.len > 1 || (hsy_is_upper((unsigned char)word.data[0]) && word.data[0] != 'I');
  const hsy_lexicon_entry *known = hsy_lexicon_find(&s->lists->abbreviations, word);
  if (!known) return false;
  if (!hsy_str_eq(hsy_lexicon_field(known, 0), HSY_S("number"))) return true;
  ptrdiff_t i = end + 1, next; /* "No. 5", but not "She said no. Five …" */
  while (hsy_is_space(peek(s, i, &next)) && i < s->text.len) i = next;
  return hsy_is_digit(peek(s, i, &next));
}

/* The end of the word that starts at `start`: letters and digits, and between
 * two of them one apostrophe, hyphen, full stop of initials, or ampersand. */
static ptrdiff_t word_end(const scanner *s, ptrdiff_t start) {
  ptrdiff_t at = start, next, after;
  for (;;) {
    int32_t c = peek(s, at, &next);
    if (at < s->text.len && is_wordlike(c)) {
      at = next;
      continue;
    }
    if (at == start || at >= s->text.len) return at;
    int32_t d = peek(s, next, &after);
    bool joins = (is_apostrophe(c) && hsy_is_letter(d)) || (is_hyphen(c) && is_wordlike(d)) ||
                 ((c == '&' || c == '_') && is_wordlike(d)) ||
                 (c == '.' && hsy_is_letter(d) && is_initials(hsy_str_slice(s->text, start, at)));
    if (!joins) return at;
    at = next;
  }
}

static void scan_word(scanner *s) {
  ptrdiff_t start = s->at, end = word_end(s, start), next;
  hsy_str word = hsy_str_slice(s->text, start, end);
  ptrdiff_t tail = clitic(word);
  if (!tail && peek(s, end, &next) == '.' && keeps_stop(s, start, end)) end++;
  add(s, start, end - tail, HSY_TOKEN_WORD, case_flags(hsy_str_slice(s->text, start, end - tail)));
  if (tail) add(s, end - tail, end, HSY_TOKEN_WORD, HSY_TOKEN_SUFFIX);
  s->at = end;
}

static void scan_number(scanner *s) {
  ptrdiff_t start = s->at, at = start, next, after;
  for (;;) {
    int32_t c = peek(s, at, &next);
    if (at < s->text.len && is_wordlike(c)) {
      at = next;
      continue;
    }
    if (at >= s->text.len) break;
    int32_t d = peek(s, next, &after);
    bool joins =
        ((c == '.' || c == ',' || c == ':' || c == '/') && hsy_is_digit(d)) || (is_hyphen(c) && is_wordlike(d));
    if (!joins) break;
    at = next;
  }
  hsy_str word = hsy_str_slice(s->text, start, at);
  ptrdiff_t tail = clitic(word);
  add(s, start, at - tail, HSY_TOKEN_NUMBER, 0);
  if (tail) add(s, at - tail, at, HSY_TOKEN_WORD, HSY_TOKEN_SUFFIX);
  s->at = at;
}

/* A web address: up to the next blank, without the stop that ends a sentence. */
static bool scan_address(scanner *s) {
  hsy_str rest = hsy_str_slice(s->text, s->at, s->text.len);
  if (!hsy_str_starts_nocase(rest, HSY_S("http://")) && !hsy_str_starts_nocase(rest, HSY_S("https://")) &&
      !hsy_str_starts_nocase(rest, HSY_S("www.")))
    return false;
  ptrdiff_t end = 0;
  while (end < rest.len && (unsigned char)rest.data[end] > ' ' && rest.data[end] != '"' && rest.data[end] != '<') end++;
  while (end > 0 && (rest.data[end - 1] == '.' || rest.data[end - 1] == ',' || rest.data[end - 1] == ')')) end--;
  add(s, s->at, s->at + end, HSY_TOKEN_WORD, 0);
  s->at += end;
  return true;
}

/* "@name", "#word" */
static bool scan_handle(scanner *s, ptrdiff_t next) {
  ptrdiff_t end = word_end(s, next);
  if (end == next) return false;
  add(s, s->at, end, HSY_TOKEN_WORD, HSY_TOKEN_CAPITAL);
  s->at = end;
  return true;
}

/* Marks of one kind that repeat are one token: "...", "--", "''", "``". */
static void scan_mark(scanner *s, int32_t c, ptrdiff_t next) {
  ptrdiff_t end = next, after;
  bool repeats = c == '.' || c == '-' || c == '\'' || c == '`' || c == '!' || c == '?';
  while (repeats && end < s->text.len && peek(s, end, &after) == c) end = after;
  if (c == '\'' && end - s->at > 2) end = next;
  add(s, s->at, end, HSY_TOKEN_PUNCT, 0);
  s->at = end;
}

void hsy_segment_tokens(hsy_doc *doc, hsy_span span, const hsy_segment_lists *lists) {
  scanner s = {doc, lists, {doc->text.data, span.end}, span.start, true};
  while (s.at < span.end) {
    ptrdiff_t next;
    int32_t c = peek(&s, s.at, &next);
    if (hsy_is_space(c)) {
      s.space = true;
      s.at = next;
    } else if (hsy_is_letter(c)) {
      if ((c | 32) != 'h' && (c | 32) != 'w')
        scan_word(&s);
      else if (!scan_address(&s))
        scan_word(&s);
    } else if (hsy_is_digit(c)) {
      scan_number(&s);
    } else if ((c == '@' || c == '#') && scan_handle(&s, next)) {
      continue;
    } else {
      scan_mark(&s, c, next);
    }
  }
}
