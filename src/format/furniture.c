#include "format/furniture.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

enum {
  LONGEST = 600,  /* bytes; a longer line is prose whatever it says */
  ENOUGH = 100,   /* weight that makes a line furniture */
  TO_READER = 30, /* weight of "you", "your", "us", "our" */
  LONG_QUOTE = 25 /* bytes of a quotation that speaks for prose */
};

static const char OFFER[] = "an offer to subscribe";

typedef struct reason {
  const char *name, *why;
} reason;

static const reason REASONS[] = {
    {"credit", "a picture's caption or credit"},
    {"more", "a pointer to another article"},
    {"share", "sharing or comments"},
    {"advertisement", "an advertisement"},
    {"offer", OFFER},
    {"newsletter", "a newsletter, podcast or app"},
    {"cookies", "a notice on cookies"},
    {"reader", "a call to readers"},
    {"contact", "a contact or legal notice"},
    {"copyright", "a copyright notice"},
    {"desk", "a note by the desk"},
};

static const char *reason_of(hsy_str name) {
  for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++)
    if (hsy_str_eq(name, hsy_str_of(REASONS[i].name))) return REASONS[i].why;
  return "furniture";
}

bool hsy_furniture_is_offer(const char *why) { return why == OFFER; }

static bool is_closer(char c) { return c == ':' || c == '?' || c == '!'; }

static bool parts_words(char c) {
  static const bool PARTS[256] = {[' '] = true, ['.'] = true, [','] = true, [';'] = true, [':'] = true, ['!'] = true,
                                  ['?'] = true, ['('] = true, [')'] = true, ['['] = true, [']'] = true, ['|'] = true};
  return PARTS[(unsigned char)c];
}

static ptrdiff_t word_end(hsy_str s, ptrdiff_t at) {
  while (at < s.len && !parts_words(s.data[at])) at++;
  return at;
}

static void note_beginning(hsy_furniture *list, uint64_t hash) {
  list->begins[(hash >> 6) & 63] |= (uint64_t)1 << (hash & 63);
}

static bool may_begin(const hsy_furniture *list, uint64_t hash) {
  return list->begins[(hash >> 6) & 63] >> (hash & 63) & 1;
}

bool hsy_furniture_load(hsy_furniture *list, hsy_arena *arena, hsy_error *err) {
  memset(list, 0, sizeof *list);
  /* A phrase may stand at several places: the key is phrase, tab, place. */
  hsy_lexicon *phrases = &list->phrases;
  if (!hsy_lexicon_load(phrases, "lexicon/en/furniture.txt", arena, err)) return false;
  for (ptrdiff_t i = 0; i < phrases->count; i++) {
    hsy_str phrase = phrases->entries[i].word;
    for (ptrdiff_t end = word_end(phrase, 0);; end = word_end(phrase, end + 1)) {
      note_beginning(list, hsy_hash(hsy_str_slice(phrase, 0, end)));
      if (end >= phrase.len) break;
    }
  }
  return true;
}

/* A line in lower case with single blanks and plain apostrophes. */
typedef struct folded {
  hsy_str text;
  bool *quoted;      /* [text.len] inside quotation marks */
  ptrdiff_t longest; /* bytes of the longest quotation */
} folded;

typedef struct folder {
  char *text;
  bool *quoted;
  ptrdiff_t len, opened, longest;
  bool inside;
} folder;

static void put_folded(folder *f, const char *bytes, int len) {
  for (int i = 0; i < len; i++) {
    f->text[f->len] = bytes[i];
    f->quoted[f->len++] = f->inside;
  }
}

static void put_mark(folder *f, bool opens) {
  if (!opens && f->inside && f->len - f->opened > f->longest) f->longest = f->len - f->opened;
  if (opens) f->opened = f->len;
  f->inside = opens;
  if (f->len && f->text[f->len - 1] != ' ') put_folded(f, " ", 1);
}

static bool has_word(const folded *f, const char *word) {
  hsy_str w = hsy_str_of(word);
  for (ptrdiff_t at = 0; at + w.len <= f->text.len; at++) {
    if (memcmp(f->text.data + at, w.data, (size_t)w.len) != 0 || f->quoted[at]) continue;
    bool starts = at == 0 || f->text.data[at - 1] == ' ';
    bool ends = at + w.len == f->text.len || strchr(" .,:;!?'", f->text.data[at + w.len]);
    if (starts && ends) return true;
  }
  return false;
}

static folded fold(hsy_str line, hsy_arena *arena) {
  folder f = {hsy_new(arena, char, 2 * line.len + 8), hsy_new(arena, bool, 2 * line.len + 8), 0, 0, 0, false};
  if (!f.text || !f.quoted) return (folded){0};
  for (ptrdiff_t at = 0; at < line.len;) {
    char bytes[4], plain = line.data[at];
    if (plain >= '(' && plain < 0x7f) { /* no blank, no quotation mark */
      *bytes = plain >= 'A' && plain <= 'Z' ? (char)(plain + 32) : plain;
      put_folded(&f, bytes, 1);
      at++;
      continue;
    }
    int32_t c = hsy_utf8_next(line, &at);
    bool doubled = c == '\'' && at < line.len && line.data[at] == '\''; /* '' as older systems wrote it */
    if (doubled) c = '"', at++;
    if (c == '"' || c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB || c == 0x201E)
      put_mark(&f, c == '"' ? !f.inside : c == 0x201C || c == 0xAB || c == 0x201E);
    else if (hsy_is_space(c)) {
      if (f.len && f.text[f.len - 1] != ' ') put_folded(&f, " ", 1);
    } else
      put_folded(&f, bytes, hsy_utf8_put(c == 0x2019 || c == 0x2018 ? '\'' : c < 0x80 ? hsy_to_lower(c) : c, bytes));
  }
  while (f.len && f.text[f.len - 1] == ' ') f.len--;
  if (f.inside && f.len - f.opened > f.longest) f.longest = f.len - f.opened;
  return (folded){{f.text, f.len}, f.quoted, f.longest};
}

static bool speaks_to_reader(const folded *f) {
  return has_word(f, "you") || has_word(f, "your") || has_word(f, "us") || has_word(f, "our") || has_word(f, "we");
}

/* Nothing but a name or two and marks: what stands behind "Photo:". */
static bool is_short_rest(hsy_str rest) {
  int words = 0;
  rest = hsy_str_trim(rest);
  for (ptrdiff_t i = 0; i < rest.len; i++) words += i == 0 || rest.data[i - 1] == ' ';
  return words > 0 && words <= 8;
}

typedef struct tally {
  int weight, most;
  hsy_str reason;
} tally;

/* What one phrase adds, standing at bytes [start, end) of the line. */
static void count_phrase(tally *t, const folded *f, const hsy_lexicon_entry *entry, ptrdiff_t start, ptrdiff_t end) {
  /* fields come in threes: place, weight, reason */
  for (int n = 0;; n += 3) {
    hsy_str place = hsy_lexicon_field(entry, n), weight = hsy_lexicon_field(entry, n + 1);
    if (place.len == 0) return;
    int w = 0;
    for (ptrdiff_t i = 0; i < weight.len; i++) w = 10 * w + (weight.data[i] - '0');
    bool holds = hsy_str_eq(place, HSY_S("any"))     ? !f->quoted[start]
                 : hsy_str_eq(place, HSY_S("start")) ? start == 0
                 : hsy_str_eq(place, HSY_S("whole"))
                     ? start == 0 && f->text.len - end <= 2
                     : start > 0 && is_short_rest(hsy_str_slice(f->text, end, f->text.len));
    if (!holds || w == 0) continue;
    t->weight += w;
    if (w > t->most) t->most = w, t->reason = hsy_lexicon_field(entry, n + 2);
  }
}

/* The longest phrase that begins at `at`; returns where the search goes on. */
static ptrdiff_t match_at(const hsy_furniture *list, const folded *f, ptrdiff_t at, tally *t) {
  hsy_str s = f->text;
  ptrdiff_t first = word_end(s, at), end = first, best_end = 0;
  const hsy_lexicon_entry *best = NULL;
  for (int words = 0; words < list->phrases.longest; words++) {
    uint64_t hash = hsy_hash(hsy_str_slice(s, at, end));
    if (!may_begin(list, hash)) break;
    bool closed = end < s.len && is_closer(s.data[end]);
    const hsy_lexicon_entry *found = hsy_lexicon_find_hashed(&list->phrases, hsy_str_slice(s, at, end), hash);
    const hsy_lexicon_entry *marked = closed ? hsy_lexicon_find(&list->phrases, hsy_str_slice(s, at, end + 1)) : NULL;
    if (found || marked) best = marked ? marked : found, best_end = marked ? end + 1 : end;
    if (end >= s.len || (s.data[end] != ' ' && s.data[end] != ',')) break;
    ptrdiff_t next = s.data[end] == ',' ? end + 2 : end + 1;
    if (next >= s.len) break;
    end = word_end(s, next);
  }
  if (best) count_phrase(t, f, best, at, best_end);
  return best ? best_end : first;
}

static bool has_placeholder(hsy_str line) {
  return hsy_str_find(line, HSY_S("{{")) >= 0 || hsy_str_find(line, HSY_S("}}")) >= 0;
}

static bool is_currency(int32_t c) { return c == '$' || c == 0xA3 || (c >= 0x20A0 && c <= 0x20CF); }

/* "£2,700", "€9.99/month": a price and hardly anything else, no sentence. */
static bool is_price(hsy_str line) {
  bool money = false, digit = false;
  ptrdiff_t letters = 0;
  if (line.len > 24) return false;
  for (ptrdiff_t at = 0; at < line.len;) {
    int32_t c = hsy_utf8_next(line, &at);
    money |= is_currency(c);
    digit |= hsy_is_digit(c);
    letters += hsy_is_letter(c);
  }
  return money && digit && letters <= 10 && line.data[line.len - 1] != '.';
}

bool hsy_furniture_is_stamp(hsy_str line) {
  line = hsy_str_trim(line);
  ptrdiff_t at = 0, digits = 0;
  if (line.len > 14) return false;
  while (at < line.len && line.data[at] >= '0' && line.data[at] <= '9') at++, digits++;
  if (digits < 1 || digits > 2) return false;
  bool minutes = at + 2 < line.len && (line.data[at] == ':' || line.data[at] == '.') && line.data[at + 1] >= '0' &&
                 line.data[at + 1] <= '5' && line.data[at + 2] >= '0' && line.data[at + 2] <= '9';
  if (minutes) at += 3;
  hsy_str rest = hsy_str_trim(hsy_str_slice(line, at, line.len));
  static const char *const HALVES[] = {"am", "pm", "a.m.", "p.m.", "a.m", "p.m"};
  for (size_t i = 0; i < sizeof HALVES / sizeof *HALVES; i++) {
    if (!hsy_str_starts_nocase(rest, hsy_str_of(HALVES[i]))) continue;
    hsy_str zone = hsy_str_trim(hsy_str_slice(rest, (ptrdiff_t)strlen(HALVES[i]), rest.len));
    return zone.len <= 4;
  }
  if (!minutes || rest.len > 4) return false;
  for (ptrdiff_t i = 0; i < rest.len; i++)
    if (rest.data[i] < 'A' || rest.data[i] > 'Z') return false; /* a zone: GMT, CET */
  return true;
}

const char *hsy_furniture_why(const hsy_furniture *list, hsy_str line, hsy_arena scratch) {
  line = hsy_str_trim(line);
  if (hsy_furniture_is_stamp(line)) return "a time stamp";
  if (has_placeholder(line)) return OFFER;
  if (line.len > LONGEST) return NULL;
  if (is_price(line)) return OFFER;
  folded f = fold(line, &scratch);
  tally t = {0};
  for (ptrdiff_t at = 0; at < f.text.len;) {
    at = match_at(list, &f, at, &t);
    while (at < f.text.len && parts_words(f.text.data[at])) at++;
  }
  if (t.weight == 0) return NULL;
  if (speaks_to_reader(&f)) t.weight += TO_READER;
  int enough = f.longest >= LONG_QUOTE ? 2 * ENOUGH : ENOUGH;
  return t.weight >= enough ? reason_of(t.reason) : NULL;
}
