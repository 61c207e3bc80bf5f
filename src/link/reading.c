#include "link/reading.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"

/* ---- words ---- */

typedef struct scanner {
  const hsy_link_lists *lists;
  hsy_link_word *words;
  int32_t count;
  hsy_lemma_set *forms; /* of each word that is no mark: asked for by many lists */
  hsy_arena *arena;
} scanner;

static hsy_link_word *add_word(scanner *s, hsy_str text, int kind) {
  if (s->count == HSY_LINK_WORDS) return NULL;
  hsy_link_word *w = &s->words[s->count++];
  *w = (hsy_link_word){.text = text, .kind = (uint8_t)kind};
  return w;
}

static bool is_apostrophe(int32_t c) { return c == '\'' || c == 0x2019; }

/* The end of the word at `at`; an apostrophe or hyphen inside belongs to it. */
static ptrdiff_t word_end(hsy_str text, ptrdiff_t at, bool figure) {
  for (;;) {
    ptrdiff_t next = at, after;
    if (at >= text.len) return at;
    int32_t c = hsy_utf8_next(text, &next);
    if (hsy_is_letter(c) || hsy_is_digit(c)) {
      at = next;
      continue;
    }
    if (next >= text.len) return at;
    after = next;
    int32_t d = hsy_utf8_next(text, &after);
    bool joins = ((is_apostrophe(c) || c == '-') && hsy_is_letter(d)) || (c == '-' && hsy_is_digit(d)) ||
                 (figure && (c == ',' || c == '.' || c == ':') && hsy_is_digit(d));
    if (!joins) return at;
    at = after;
  }
}

/* Cuts what stands behind an apostrophe; *negates where that is n't. */
static hsy_str without_clitic(hsy_str word, bool *negates) {
  *negates = false;
  for (ptrdiff_t i = 1; i < word.len; i++) {
    ptrdiff_t next = i;
    if (!is_apostrophe(hsy_utf8_next(word, &next)) || word.len - next > 2) continue;
    hsy_str tail = hsy_str_slice(word, next, word.len);
    if (tail.len == 1 && (tail.data[0] | 32) == 't' && (word.data[i - 1] | 32) == 'n') {
      *negates = true;
      ptrdiff_t stem = hsy_str_eq_nocase(hsy_str_slice(word, 0, i), HSY_S("can")) ? i : i - 1;
      return hsy_str_slice(word, 0, stem);
    }
    return hsy_str_slice(word, 0, i);
  }
  return word;
}

static void scan(scanner *s, hsy_str text) {
  ptrdiff_t at = 0;
  while (at < text.len && s->count < HSY_LINK_WORDS) {
    ptrdiff_t next = at;
    int32_t c = hsy_utf8_next(text, &next);
    bool digit = hsy_is_digit(c);
    if (!digit && !hsy_is_letter(c)) {
      bool initial = c == '.' && at > 0 && next < text.len && !hsy_is_space((unsigned char)text.data[next]);
      bool mark = (c == '.' && !initial) || c == ';' || c == ':' || c == '?' || c == '!' || c == ',' || c == 0x2026;
      if (mark) add_word(s, hsy_str_slice(text, at, next), HSY_WORD_MARK);
      at = next;
      continue;
    }
    ptrdiff_t end = word_end(text, at, digit);
    bool negates;
    hsy_str word = without_clitic(hsy_str_slice(text, at, end), &negates);
    hsy_link_word *w = add_word(s, word, digit ? HSY_WORD_FIGURE : HSY_WORD_PLAIN);
    if (w) w->capital = hsy_is_upper(c);
    if (negates && (w = add_word(s, HSY_S("not"), HSY_WORD_STOP))) w->negates = true;
    at = end;
  }
}

/* Most words are ruled out by the first letter. */
static bool word_is(const hsy_link_word *w, const char *text) {
  return (w->text.data[0] | 32) == (text[0] | 32) && hsy_str_eq_nocase(w->text, hsy_str_of(text));
}

static bool word_in(const hsy_link_word *w, const char *const *list) {
  for (; *list; list++)
    if (word_is(w, *list)) return true;
  return false;
}

/* ---- keys ---- */

/* "Keldurian" and "Kelduria" have one stem. */
static hsy_str strip_demonym(hsy_str s) {
  static const char *const ENDINGS[] = {"ians", "ian", "ia", "ans", "an", "n", "a", "i", "e"};
  for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
    hsy_str ending = hsy_str_of(ENDINGS[i]);
    if (s.len - ending.len >= 4 && hsy_str_ends(s, ending)) return hsy_str_slice(s, 0, s.len - ending.len);
  }
  return s;
}

uint64_t hsy_link_key(const hsy_link_lists *lists, hsy_str text, bool capital) {
  if (capital) {
    const hsy_lexicon_entry *place = hsy_lexicon_find(&lists->places, text);
    if (place) {
      hsy_str what = hsy_lexicon_field(place, 0), country = hsy_lexicon_field(place, 1);
      text = country.len > 0 && !hsy_str_eq(what, HSY_S("city")) ? country : text;
    }
  }
  const hsy_lexicon_entry *synonym = hsy_lemma_find(&lists->synonyms, &lists->lemmas, text);
  if (synonym) return hsy_hash_mix(hsy_hash(hsy_lexicon_field(synonym, 0)), 2);
  char room[HSY_LEMMA_ROOM];
  hsy_str key = hsy_lemma_key(&lists->lemmas, text, room);
  return hsy_hash(capital ? strip_demonym(key) : key);
}

bool hsy_link_next_word(hsy_str text, ptrdiff_t *at, hsy_str *word, bool *capital) {
  while (*at < text.len) {
    ptrdiff_t next = *at, end;
    int32_t c = hsy_utf8_next(text, &next);
    if (!hsy_is_letter(c)) {
      *at = next;
      continue;
    }
    end = word_end(text, *at, false);
    bool negates;
    *word = without_clitic(hsy_str_slice(text, *at, end), &negates);
    *capital = hsy_is_upper(c);
    *at = end;
    return true;
  }
  return false;
}

/* ---- figures ---- */

static double number_of(hsy_str text) {
  char digits[40];
  int n = 0;
  for (ptrdiff_t i = 0; i < text.len && n < 39; i++) {
    char c = text.data[i];
    if ((c >= '0' && c <= '9') || c == '.')
      digits[n++] = c;
    else if (c != ',')
      break;
  }
  digits[n] = 0;
  return strtod(digits, NULL);
}

static const char *const MONTHS[] = {"january", "february", "march",     "april",   "may",      "june",
                                     "july",    "august",   "september", "october", "november", "december",
                                     "a.m",     "p.m",      "am",        "pm",      NULL};

static bool is_year(hsy_str t) {
  return t.len == 4 && hsy_str_find(t, HSY_S(",")) < 0 && number_of(t) >= 1800 && number_of(t) <= 2100;
}

/* A day, a year, a time of day: no quantity. */
static bool is_date(const hsy_link_word *words, int32_t i, int32_t count) {
  hsy_str t = words[i].text;
  if (hsy_str_find(t, HSY_S(":")) >= 0) return true;
  if (i > 0 && word_in(&words[i - 1], MONTHS)) return true;
  if (i + 1 < count && word_in(&words[i + 1], MONTHS)) return true;
  bool year = is_year(t);
  char last = t.len > 0 ? t.data[t.len - 1] : 0;
  return year || last == 'h' || last == 'd' || last == 't'; /* 4th, 2nd, 21st */
}

static const hsy_lexicon_entry *quantity(const hsy_link_lists *lists, hsy_str text) {
  char low[24];
  if (text.len > (ptrdiff_t)sizeof low) return NULL;
  for (ptrdiff_t i = 0; i < text.len; i++)
    low[i] = (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + 32 : text.data[i]);
  return hsy_lexicon_find(&lists->quantities, (hsy_str){low, text.len});
}

static bool quantity_is(const hsy_lexicon_entry *e, const char *what) {
  return e && hsy_str_eq(hsy_lexicon_field(e, 0), hsy_str_of(what));
}

/* How a figure is meant: "at least", "up to", "only", from the two words before. */
static char meaning(const hsy_link_lists *lists, const hsy_link_word *words, int32_t i) {
  for (int32_t back = 3; back >= 1; back--) {
    if (i - back < 0) continue;
    char room[64];
    ptrdiff_t n = 0;
    for (int32_t j = i - back; j < i && n + words[j].text.len + 1 < (ptrdiff_t)sizeof room; j++) {
      if (n) room[n++] = ' ';
      for (ptrdiff_t k = 0; k < words[j].text.len; k++) room[n++] = words[j].text.data[k];
    }
    const hsy_lexicon_entry *e = quantity(lists, (hsy_str){room, n});
    hsy_str what = e ? hsy_lexicon_field(e, 0) : (hsy_str){0};
    if (hsy_str_eq(what, HSY_S("least"))) return 'l';
    if (hsy_str_eq(what, HSY_S("most"))) return 'm';
    if (hsy_str_eq(what, HSY_S("about"))) return 'a';
    if (hsy_str_eq(what, HSY_S("only"))) return 'o';
  }
  return 0;
}

static void read_figures(scanner *s) {
  for (int32_t i = 0; i < s->count; i++) {
    hsy_link_word *w = &s->words[i];
    if (w->kind == HSY_WORD_MARK) continue;
    const hsy_lexicon_entry *q = quantity(s->lists, w->text);
    if (w->kind == HSY_WORD_FIGURE) {
      if (is_date(s->words, i, s->count)) {
        w->kind = HSY_WORD_PLAIN;
        continue;
      }
      w->value = number_of(w->text);
    } else if (quantity_is(q, "number") && !word_is(w, "one")) {
      w->kind = HSY_WORD_FIGURE;
      w->value = number_of(hsy_lexicon_field(q, 1));
    } else if (quantity_is(q, "times") && i > 0 && word_is(&s->words[i - 1], "a")) {
      w->kind = HSY_WORD_FIGURE;
      w->value = number_of(hsy_lexicon_field(q, 1));
    } else {
      continue;
    }
    w->meant = meaning(s->lists, s->words, i);
    for (int32_t j = i + 1; j < s->count && j < i + 3; j++) {
      const hsy_lexicon_entry *times = quantity(s->lists, s->words[j].text);
      if (!quantity_is(times, "times")) break;
      w->value *= number_of(hsy_lexicon_field(times, 1));
      s->words[j].kind = HSY_WORD_STOP;
    }
    char text[32];
    w->key = hsy_hash((hsy_str){text, snprintf(text, sizeof text, "#%.6g", w->value)});
  }
}

/* ---- events, negation, clauses ---- */

static const hsy_lexicon_entry *find_event(const scanner *s, int32_t i, int32_t *end) {
  const hsy_lemma_set *set = &s->forms[i];
  for (int32_t length = 3; length >= 1; length--) {
    for (int c = 0; c < set->count; c++) {
      char room[3 * HSY_LEMMA_ROOM];
      ptrdiff_t n = set->lemma[c].len;
      for (ptrdiff_t k = 0; k < n; k++) room[k] = set->lemma[c].data[k];
      int32_t at = i, taken = 1;
      while (taken < length && ++at < s->count && s->words[at].kind != HSY_WORD_MARK) {
        if (word_is(&s->words[at], "the") || word_is(&s->words[at], "a") || word_is(&s->words[at], "an")) continue;
        if (s->forms[at].count == 0) break;
        hsy_str next = s->forms[at].lemma[0];
        if (n + next.len + 1 >= (ptrdiff_t)sizeof room) break;
        room[n++] = ' ';
        for (ptrdiff_t k = 0; k < next.len; k++) room[n++] = next.data[k];
        taken++;
      }
      if (taken != length) continue;
      const hsy_lexicon_entry *e = hsy_lexicon_find(&s->lists->events, (hsy_str){room, n});
      if (!e) continue;
      *end = at + 1;
      return e;
    }
  }
  return NULL;
}

static void use_events(hsy_link_word *w, hsy_str classes, hsy_arena *arena) {
  hsy_event_use uses[HSY_EVENTS_A_WORD];
  int8_t count = 0;
  while (classes.len > 0 && count < HSY_EVENTS_A_WORD) {
    hsy_str name = hsy_str_trim(hsy_str_cut(classes, ' ', &classes));
    if (name.len == 0) continue;
    hsy_event_use *use = &uses[count++];
    *use = (hsy_event_use){.sign = 1};
    if (hsy_str_ends(name, HSY_S("-"))) use->sign = -1;
    if (hsy_str_ends(name, HSY_S("*"))) use->negated_only = true;
    if (hsy_str_ends(name, HSY_S("~"))) use->light = true;
    if (use->sign < 0 || use->negated_only || use->light) name.len--;
    use->event = hsy_hash_mix(hsy_hash(name), 1);
  }
  hsy_event_use *kept = hsy_new(arena, hsy_event_use, count);
  if (!kept) return;
  for (int k = 0; k < count; k++) kept[k] = uses[k];
  w->events = kept;
  w->event_count = count;
}

static bool opens_clause(const hsy_link_word *words, int32_t i, int32_t count) {
  static const char *const ALWAYS[] = {"but",    "which", "while",   "because", "although",
                                       "though", "who",   "whereas", NULL};
  static const char *const AFTER_COMMA[] = {"and", "or", "so", NULL};
  if (words[i].kind == HSY_WORD_MARK) {
    /* Where pieces of one content meet, a comma says that the clause goes on. */
    bool gap = (unsigned char)words[i].text.data[0] == 0xE2 && i > 0 && word_is(&words[i - 1], ",");
    return !gap && !word_is(&words[i], ",");
  }
  if (word_in(&words[i], ALWAYS)) return true;
  return i > 0 && i + 1 < count && word_is(&words[i - 1], ",") && word_in(&words[i], AFTER_COMMA);
}

static const hsy_lexicon_entry *find_pair(const scanner *s, const hsy_lexicon *lexicon, int32_t i) {
  if (i + 1 < s->count) {
    char room[2 * HSY_LEMMA_ROOM];
    hsy_str a = s->words[i].text, b = s->words[i + 1].text;
    if (a.len + b.len + 1 < (ptrdiff_t)sizeof room) {
      ptrdiff_t n = 0;
      for (ptrdiff_t k = 0; k < a.len; k++)
        room[n++] = (char)(a.data[k] | (a.data[k] >= 'A' && a.data[k] <= 'Z' ? 32 : 0));
      room[n++] = ' ';
      for (ptrdiff_t k = 0; k < b.len; k++) room[n++] = b.data[k];
      const hsy_lexicon_entry *pair = hsy_lexicon_find(lexicon, (hsy_str){room, n});
      if (pair) return pair;
    }
  }
  return hsy_lemma_find_in(lexicon, &s->forms[i]);
}

static void mark_negation(scanner *s, int32_t i) {
  static const char *const NOT_SO[] = {"only",   "doubt",  "just",        "other",   "least",  "question",
                                       "wonder", "simply", "necessarily", "exactly", "merely", NULL};
  hsy_link_word *w = &s->words[i];
  const hsy_lexicon_entry *e = hsy_lemma_find_in(&s->lists->negation, &s->forms[i]);
  if (!e && !w->negates) return;
  hsy_str what = e ? hsy_lexicon_field(e, 0) : HSY_S("clause");
  if (hsy_str_eq(what, HSY_S("flip"))) {
    w->flips = true;
    return;
  }
  w->negates = !(i + 1 < s->count && word_in(&s->words[i + 1], NOT_SO));
}

/* A capital inside a sentence makes "May" and "Will" names. */
static bool is_stop(const hsy_link_lists *lists, const hsy_link_word *w, const hsy_lemma_set *forms, bool opens) {
  if (w->capital && !opens && w->text.len > 3) return false;
  return hsy_lemma_find_in(&lists->stops, forms) != NULL;
}

/* "the offer", "reports"; "offered" is none. */
static const hsy_lexicon_entry *reporting_noun(const scanner *s, int32_t i) {
  hsy_str text = s->words[i].text;
  const hsy_lexicon_entry *e = hsy_lemma_find_in(&s->lists->nouns, &s->forms[i]);
  bool thought = e && hsy_str_eq(hsy_lexicon_field(e, 1), HSY_S("thought"));
  return e && !thought && (text.len == e->word.len || hsy_str_ends(text, HSY_S("s"))) ? e : NULL;
}

static void read_words(scanner *s) {
  static const char *const DAYS[] = {"monday", "tuesday",  "wednesday", "thursday",
                                     "friday", "saturday", "sunday",    NULL};
  static const char *const PERIODS[] = {"time",  "week",  "day",  "month",  "year",  "quarter", "half",
                                        "place", "weeks", "days", "months", "years", NULL};
  static const char *const ASKS[] = {"whether", "if", NULL};
  static const char *const SPEAKERS[] = {"i",   "we",  "me",  "us",  "my",   "our",   "it",   "its",  "he",
                                         "his", "him", "she", "her", "they", "their", "mine", "ours", NULL};
  int16_t clause = 0;
  bool asks = false;
  int32_t phrase_end = 0;
  for (int32_t i = 0; i < s->count; i++)
    if (s->words[i].kind != HSY_WORD_MARK) hsy_lemma_candidates(&s->forms[i], &s->lists->lemmas, s->words[i].text);
  for (int32_t i = 0; i < s->count; i++) {
    hsy_link_word *w = &s->words[i];
    if (opens_clause(s->words, i, s->count)) {
      clause++;
      asks = false;
    }
    w->clause = clause;
    if (w->kind == HSY_WORD_MARK) continue;
    asks = asks || word_in(w, ASKS);
    w->asks = asks;
    w->is_speaker = word_in(w, SPEAKERS);
    w->is_ordinal = quantity_is(quantity(s->lists, w->text), "ordinal") &&
                    !(i + 1 < s->count && word_in(&s->words[i + 1], PERIODS));
    if (w->kind != HSY_WORD_FIGURE) w->key = hsy_link_key(s->lists, w->text, w->capital);
    w->lemma = w->key;
    mark_negation(s, i);
    const hsy_lexicon_entry *denial = find_pair(s, &s->lists->denials, i);
    w->is_false = denial != NULL;
    w->is_weak = denial && hsy_str_eq(hsy_lexicon_field(denial, 0), HSY_S("weak"));
    const hsy_lexicon_entry *noun = reporting_noun(s, i);
    w->is_noun = noun != NULL;
    w->is_claim = noun && (hsy_str_eq(hsy_lexicon_field(noun, 0), HSY_S("affirm")) ||
                           hsy_str_eq(hsy_lexicon_field(noun, 0), HSY_S("deny")));
    w->is_time = word_in(w, MONTHS) || word_in(w, DAYS) || is_year(w->text);
    if (w->kind == HSY_WORD_FIGURE) continue;
    bool opens = i == 0 || s->words[i - 1].kind == HSY_WORD_MARK;
    if (w->kind == HSY_WORD_PLAIN && is_stop(s->lists, w, &s->forms[i], opens)) w->kind = HSY_WORD_STOP;
    if (w->kind == HSY_WORD_PLAIN && w->capital && i > 0) w->kind = HSY_WORD_NAME;
    int32_t end = i + 1;
    const hsy_lexicon_entry *event = i < phrase_end || w->kind == HSY_WORD_NAME ? NULL : find_event(s, i, &end);
    if (event && (end > i + 1 || w->kind != HSY_WORD_STOP)) {
      use_events(w, hsy_lexicon_field(event, 0), s->arena);
      if (w->event_count > 0) w->key = w->events[0].event;
      w->kind = HSY_WORD_PLAIN;
      phrase_end = end;
      for (int32_t j = i + 1; j < end; j++)
        s->words[j].kind = s->words[j].kind == HSY_WORD_MARK ? HSY_WORD_MARK : HSY_WORD_STOP;
    }
  }
}

/* A clause that ends in a question mark takes no side, nor does one that tells
 * somebody not to. */
static void mark_questions(scanner *s) {
  for (int32_t i = 0; i + 1 < s->count; i++) {
    bool opens = i == 0 || s->words[i].clause != s->words[i - 1].clause || s->words[i - 1].kind == HSY_WORD_MARK;
    if (!opens || !word_is(&s->words[i], "do") || !s->words[i + 1].negates) continue;
    for (int32_t j = i; j < s->count && s->words[j].clause == s->words[i].clause; j++) s->words[j].asks = true;
  }
  for (int32_t i = 0; i < s->count; i++) {
    if (s->words[i].kind != HSY_WORD_MARK || !word_is(&s->words[i], "?")) continue;
    for (int32_t j = i - 1; j >= 0 && s->words[j].clause == s->words[i].clause - 1; j--) s->words[j].asks = true;
  }
}

static bool is_be(const hsy_link_lists *lists, hsy_str word) {
  hsy_lemma_set set;
  hsy_lemma_candidates(&set, &lists->lemmas, word);
  return set.count > 0 && hsy_str_eq(set.lemma[0], HSY_S("be"));
}

/* "… was inaccurate", "it would be untrue to say": a word of denial behind a
 * form of "be". A weak one ("wrong") says so of a report or of who speaks. */
static bool calls_itself_false(const hsy_reading *r, const hsy_link_lists *lists) {
  static const char *const SELF[] = {"i", "we", "he", "she", "they", NULL};
  bool self = r->count > 0 && word_in(&r->words[0], SELF);
  int32_t claim = -100;
  for (int32_t i = 1; i < r->count; i++) {
    if (r->words[i - 1].is_claim) claim = i - 1;
    if (!r->words[i].is_false || (r->words[i].is_weak && !self && i - claim > 12)) continue;
    for (int32_t j = i - 1; j >= 0 && j >= i - 3 && r->words[j].kind != HSY_WORD_MARK; j--)
      if (is_be(lists, r->words[j].text)) return true;
  }
  return false;
}

static int stance_side(const char *stance) {
  hsy_str s = hsy_str_of(stance);
  if (hsy_str_eq(s, HSY_S("affirm")) || hsy_str_eq(s, HSY_S("admit")) || hsy_str_eq(s, HSY_S("promise"))) return 1;
  return hsy_str_eq(s, HSY_S("deny")) ? -1 : 0;
}

/* The word that points at what was said before, and whose it is. */
static void find_pointer(hsy_reading *r, const hsy_link_row *row) {
  static const char *const POINTS[] = {"this", "that", "the", "such",  "same", "these", "those",
                                       "his",  "her",  "its", "their", "our",  "my",    NULL};
  static const char *const OWN[] = {"his", "her", "its", "their", "our", "my", NULL};
  static const char *const PRONOUNS[] = {"that", "this", "it", "them", "these", "those", NULL};
  r->noun = HSY_NONE;
  for (int32_t i = 0; i < r->count && i < 12; i++) {
    bool pointed = i > 0 && word_in(&r->words[i - 1], POINTS);
    if (!r->words[i].is_noun || (r->words[i].capital && i > 0) || (r->words[i].is_false && !pointed)) continue;
    for (int32_t j = i; j-- > 0 && j >= i - 4;) {
      if (!word_in(&r->words[j], POINTS) && !r->words[j].capital) continue;
      r->noun = i;
      r->own = r->own || word_in(&r->words[j], OWN);
    }
    if (i == 0 || r->noun == i) {
      r->noun = i;
      break;
    }
  }
  if (r->noun != HSY_NONE) {
    r->refers = true;
    static const char *const SAYS[] = {"that", "of",       "about",    "on",         "to",     "from",     "which",
                                       "who",  "accusing", "claiming", "suggesting", "saying", "alleging", NULL};
    static const char *const THIS[] = {"this", "such", "same", "these", "those", NULL};
    bool points = r->noun > 0 && word_in(&r->words[r->noun - 1], THIS);
    int32_t own = 0; /* words of its own behind the noun */
    for (int32_t i = r->noun + 1; i < r->count; i++) own += r->words[i].kind == HSY_WORD_PLAIN;
    bool told = r->noun + 1 < r->count && word_in(&r->words[r->noun + 1], SAYS); /* "the claim that …" */
    if (told && own > 3 && !points) r->refers = false;
    for (int32_t i = 0; i < r->count && !points; i++)
      if (i != r->noun && (told || i < r->noun || r->stance_side > 0) && r->words[i].event_count > 0 &&
          !r->words[i].is_false)
        r->refers = false;
  }
  for (int32_t i = 0; i + 1 < r->count; i++) {
    bool none = word_is(&r->words[i], "no") && word_is(&r->words[i + 1], "such");
    if (none || (word_is(&r->words[i], "nothing") && word_is(&r->words[i + 1], "of"))) r->no_such = r->refers = true;
  }
  static const char *const CALLED[] = {"a", "an", "as", "the", NULL};
  bool pronoun = r->count > 0 && word_in(&r->words[0], PRONOUNS); /* "that a lie", not "that she left" */
  pronoun = pronoun && (r->count == 1 || r->words[1].is_false || word_in(&r->words[1], CALLED));
  for (int32_t i = 0; i < r->count; i++) pronoun = pronoun && (r->words[i].event_count == 0 || r->words[i].is_false);
  if (pronoun && r->count <= 8 && r->stance_side < 0) r->refers = true;
  static const char *const SELF[] = {"i", "we", "he", "she", "they", NULL};
  if (row->kind != HSY_MIXED && r->content_false && r->count > 0 && r->stance_side > 0 && word_in(&r->words[0], SELF))
    r->refers = r->own = true;
}

/* The words of a name as keys: they stand for "we" and "it". */
static void add_name(hsy_reading *r, const hsy_link_lists *lists, hsy_str name) {
  while (name.len > 0 && r->speaker_keys < 8) {
    hsy_str word = hsy_str_cut(name, ' ', &name);
    bool negates;
    word = without_clitic(word, &negates);
    if (word.len < 2 || hsy_lexicon_find(&lists->stops, word)) continue;
    ptrdiff_t at = 0;
    r->speaker_key[r->speaker_keys++] = hsy_link_key(lists, word, hsy_is_upper(hsy_utf8_next(word, &at)));
  }
}

/* Of the titles only what names a country: "Iranian foreign minister". */
static void add_country(hsy_reading *r, const hsy_link_lists *lists, hsy_str titles) {
  while (titles.len > 0 && r->speaker_keys < 8) {
    hsy_str word = hsy_str_cut(titles, ' ', &titles);
    bool negates;
    word = without_clitic(word, &negates);
    if (word.len > 2 && hsy_lexicon_find(&lists->places, word))
      r->speaker_key[r->speaker_keys++] = hsy_link_key(lists, word, true);
  }
}

/* What the article is about: the words of its title that are neither small nor
 * events nor the name of who speaks. */
static void read_title(const hsy_link_lists *lists, hsy_str title, hsy_reading *r) {
  hsy_link_word words[24] = {0};
  scanner s = {lists, words, 0, NULL, NULL};
  ptrdiff_t at = 0;
  hsy_str word;
  bool capital;
  while (s.count < 24 && r->title_keys < 8 && hsy_link_next_word(title, &at, &word, &capital)) {
    hsy_link_word *w = &words[s.count++];
    *w = (hsy_link_word){.text = word, .capital = capital};
    hsy_lemma_set forms;
    hsy_lemma_candidates(&forms, &lists->lemmas, word);
    if (is_stop(lists, w, &forms, s.count == 1) || hsy_lemma_find_in(&lists->events, &forms)) continue;
    r->title_key[r->title_keys++] = hsy_link_key(lists, word, capital);
  }
}

static void read_speakers(const hsy_link_input *input, const hsy_link_row *row, const hsy_link_lists *lists,
                          hsy_reading *r) {
  for (int32_t i = 0; i < row->speaker_count && i < 2; i++) {
    const hsy_link_speaker *s = &input->speakers[row->speakers[i]];
    add_name(r, lists, s->name);
    if (s->body != HSY_NONE) add_name(r, lists, input->speakers[s->body].name);
    add_country(r, lists, s->titles);
  }
}

void hsy_read_words(const hsy_link_input *input, const hsy_link_row *row, const hsy_link_lists *lists,
                    hsy_reading *reading, hsy_arena *arena) {
  *reading = (hsy_reading){.noun = HSY_NONE, .referent = HSY_NONE};
  hsy_link_word words[HSY_LINK_WORDS];
  hsy_lemma_set forms[HSY_LINK_WORDS];
  scanner s = {lists, words, 0, forms, arena};
  scan(&s, row->content);
  read_figures(&s);
  read_words(&s);
  mark_questions(&s);
  reading->words = hsy_new(arena, hsy_link_word, s.count);
  if (!reading->words) return;
  for (int32_t i = 0; i < s.count; i++) reading->words[i] = words[i];
  reading->count = s.count;
  reading->stance_side = (int8_t)stance_side(row->stance);
  reading->content_false = reading->stance_side > 0 && calls_itself_false(reading, lists);
  find_pointer(reading, row);
  read_speakers(input, row, lists, reading);
  read_title(lists, input->documents[row->document].title, reading);
}
