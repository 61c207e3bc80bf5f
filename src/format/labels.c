#include "format/labels.h"

#include <string.h>

#include "base/utf8.h"

enum { LONGEST_KEY = 40 };

typedef struct name_row {
  const char *name;
  hsy_label label;
} name_row;

static const name_row NAMES[] = {
    {"title", HSY_LABEL_TITLE},     {"subject", HSY_LABEL_SUBJECT}, {"date", HSY_LABEL_DATE},
    {"updated", HSY_LABEL_UPDATED}, {"outlet", HSY_LABEL_OUTLET},   {"info", HSY_LABEL_INFO},
    {"byline", HSY_LABEL_BYLINE},   {"url", HSY_LABEL_URL},         {"language", HSY_LABEL_LANGUAGE},
    {"body", HSY_LABEL_BODY},       {"other", HSY_LABEL_OTHER},
};

static hsy_label label_of(hsy_str name) {
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (hsy_str_eq(name, hsy_str_of(NAMES[i].name))) return NAMES[i].label;
  return HSY_LABEL_NONE;
}

/* Marks of emphasis and of comments that notes put around a key or a value: "**Date:** …", "# Title: …". */
static hsy_str without_marks(hsy_str s) {
  s = hsy_str_trim(s);
  while (s.len && strchr("*_#>", s.data[0])) s = hsy_str_trim(hsy_str_slice(s, 1, s.len));
  while (s.len && strchr("*_", s.data[s.len - 1])) s.len--;
  return hsy_str_trim(s);
}

static hsy_str without_quotes(hsy_str s) {
  bool quoted = s.len >= 2 && (s.data[0] == '"' || s.data[0] == '\'') && s.data[s.len - 1] == s.data[0];
  return quoted ? hsy_str_trim(hsy_str_slice(s, 1, s.len - 1)) : s;
}

static const hsy_lexicon_entry *find_key(const hsy_lexicon *labels, hsy_str key) {
  char lower[LONGEST_KEY];
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < key.len; i++) {
    char c = key.data[i] == '_' || key.data[i] == '\t' ? ' ' : key.data[i];
    if (c == ' ' && n && lower[n - 1] == ' ') continue;
    lower[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  return hsy_lexicon_find(labels, (hsy_str){lower, n});
}

static bool is_code(const hsy_lexicon_entry *entry) { return hsy_str_eq(hsy_lexicon_field(entry, 1), HSY_S("code")); }

/* "PD 14 March 2025", "LP" alone. */
static hsy_label_line read_code(const hsy_lexicon *labels, hsy_str line) {
  hsy_label_line none = {0};
  ptrdiff_t end = 0;
  while (end < line.len && line.data[end] >= 'A' && line.data[end] <= 'Z') end++;
  if (end < 2 || end > 3 || (end < line.len && line.data[end] != ' ' && line.data[end] != '\t')) return none;
  hsy_str key = hsy_str_slice(line, 0, end);
  const hsy_lexicon_entry *entry = find_key(labels, key);
  if (!entry || !is_code(entry)) return none;
  return (hsy_label_line){label_of(hsy_lexicon_field(entry, 0)), key, hsy_str_trim(hsy_str_slice(line, end, line.len)),
                          true};
}

hsy_label_line hsy_label_read(const hsy_lexicon *labels, hsy_str line, bool codes) {
  hsy_label_line none = {0};
  hsy_label_line code = codes ? read_code(labels, line) : none;
  if (code.label) return code;
  ptrdiff_t colon = 0, most = line.len < LONGEST_KEY ? line.len : LONGEST_KEY - 1;
  while (colon < most && line.data[colon] != ':' && line.data[colon] != '\t') colon++;
  if (colon >= most && !(colon < line.len && line.data[colon] == ':')) return none;
  hsy_str key = without_marks(hsy_str_slice(line, 0, colon));
  const hsy_lexicon_entry *entry = key.len ? find_key(labels, key) : NULL;
  if (!entry || is_code(entry)) return none;
  hsy_str value = without_quotes(without_marks(hsy_str_slice(line, colon + 1, line.len)));
  return (hsy_label_line){label_of(hsy_lexicon_field(entry, 0)), key, value,
                          hsy_str_eq(hsy_lexicon_field(entry, 1), HSY_S("any"))};
}

/* ---- lines of exports ---- */

static bool digits_at(hsy_str *s) {
  ptrdiff_t n = 0;
  while (n < s->len && ((s->data[n] >= '0' && s->data[n] <= '9') || (n && s->data[n] == ','))) n++;
  *s = hsy_str_slice(*s, n, s->len);
  return n > 0;
}

static bool word_at(hsy_str *s, const char *word) {
  hsy_str w = hsy_str_of(word);
  if (!hsy_str_starts_nocase(*s, w)) return false;
  *s = hsy_str_slice(*s, w.len, s->len);
  return true;
}

/* "1 of 2 DOCUMENTS", "Document 1 of 2" */
static bool is_count(hsy_str s) {
  bool named = word_at(&s, "document ");
  if (!digits_at(&s) || !word_at(&s, " of ") || !digits_at(&s)) return false;
  return named ? s.len == 0 : word_at(&s, " document") && s.len <= 1;
}

/* "Document LUDE000020250314el3e0001": a word of letters and many digits. */
static bool is_number(hsy_str s) {
  if (word_at(&s, "an ")) s = hsy_str_trim(s);
  if (!word_at(&s, "document ") || s.len < 12 || s.len > 40) return false;
  ptrdiff_t digits = 0;
  for (ptrdiff_t i = 0; i < s.len; i++) {
    char c = s.data[i];
    bool digit = c >= '0' && c <= '9', letter = (c | 32) >= 'a' && (c | 32) <= 'z';
    if (!digit && !letter) return false;
    digits += digit;
  }
  return digits >= 8;
}

static bool is_rule(hsy_str s) {
  if (s.len < 3 || !strchr("_-=*~", s.data[0])) return false;
  for (ptrdiff_t i = 1; i < s.len; i++)
    if (s.data[i] != s.data[0] && s.data[i] != ' ') return false;
  return true;
}

static bool is_word_count(hsy_str s) { return digits_at(&s) && (hsy_str_eq_nocase(s, HSY_S(" words"))); }

static bool is_copyright(hsy_str s) {
  return s.len < 200 &&
         (word_at(&s, "copyright ") || word_at(&s, "©") || word_at(&s, "(c) ") || word_at(&s, "all rights reserved"));
}

/* "Final Edition" */
static bool is_edition(hsy_str s) {
  return s.len < 40 && (hsy_str_ends(s, HSY_S(" Edition")) || hsy_str_ends(s, HSY_S(" EDITION")));
}

hsy_export_mark hsy_label_mark(hsy_str line) {
  if (is_count(line)) return HSY_MARK_BEGINS;
  if (hsy_str_eq_nocase(line, HSY_S("End of Document")) || is_number(line)) return HSY_MARK_ENDS;
  if (hsy_str_eq_nocase(line, HSY_S("Body")) || hsy_str_eq_nocase(line, HSY_S("Full text"))) return HSY_MARK_BODY;
  return is_rule(line) || is_word_count(line) || is_copyright(line) || is_edition(line) ? HSY_MARK_NOTE : HSY_MARK_NONE;
}
