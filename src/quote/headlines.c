#include "quote/headlines.h"

/* Of what training saw of a word as a source, 0 to 7. */
enum { SOURCE_SOMETIMES = 3, SOURCE_OFTEN = 5, NEVER = 8 };
enum { CUE_OFTEN = 5 }; /* the same, as a cue */
enum { FEWEST_WORDS = 2, LONGEST_NAME = 6 };

static const char *const COLONS[] = {":", NULL};
static const char *const DASHES[] = {":", ",", "–", "—", "-", "--", NULL};

static hsy_token_kind kind_of(const hsy_search *s, int32_t t) { return s->doc->tokens.data[t].kind; }

static bool is_capital(const hsy_search *s, int32_t t) {
  return (s->doc->tokens.data[t].flags & HSY_TOKEN_CAPITAL) != 0;
}

static bool is_suffix(const hsy_search *s, int32_t t) { return (s->doc->tokens.data[t].flags & HSY_TOKEN_SUFFIX) != 0; }

/* Most words of some length have capitals. */
static bool has_title_case(const hsy_search *s) {
  enum { LONG = 4 };
  int capital = 0, other = 0;
  for (int32_t t = s->first; t < s->end; t++) {
    if (kind_of(s, t) != HSY_TOKEN_WORD || hsy_search_word(s, t).len < LONG) continue;
    if (is_capital(s, t))
      capital++;
    else
      other++;
  }
  return capital > 3 * other;
}

/* ---- who ---- */

static bool ends_source(const hsy_doc *doc, int32_t t, hsy_span piece) {
  if (doc->tokens.data[t].end == piece.end) return true;
  hsy_str next = hsy_doc_token(doc, t + 1);
  return hsy_str_eq(next, HSY_S(",")) || hsy_str_eq(next, HSY_S("and")) ||
         (doc->tokens.data[t + 1].flags & HSY_TOKEN_SUFFIX);
}

/* Whether the body has a source that ends in the same word, as names do, or has
 * it before an apposition, another name, or a noun that it owns. */
static bool is_quoted_below(const hsy_search *s, int32_t t) {
  const hsy_doc *doc = s->doc;
  hsy_str own = hsy_search_word(s, t);
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) {
    hsy_part source = doc->attributions.data[i].part[HSY_SOURCE];
    if (source.count == 0) continue;
    hsy_span piece = hsy_doc_piece(doc, source, 0);
    for (int32_t j = hsy_doc_token_at(doc, piece.start); j < doc->tokens.len && doc->tokens.data[j].start < piece.end;
         j++)
      if (hsy_str_eq_nocase(hsy_doc_token(doc, j), own) && ends_source(doc, j, piece)) return true;
  }
  return false;
}

/* A few words without figures and prepositions, whose last is a source of the
 * body's or a usual one; often: how usual. */
static bool is_speaker(const hsy_search *s, hsy_range r, int often) {
  static const char *const LINKS[] = {"for", "in", "on", "at", "to", "as", "is", "are", "from", "with", NULL};
  if (r.first >= r.end || r.end - r.first > LONGEST_NAME) return false;
  for (int32_t t = r.first; t < r.end; t++)
    if (kind_of(s, t) != HSY_TOKEN_WORD || hsy_search_is_any(s, t, LINKS)) return false;
  int32_t head = r.end - 1 > r.first && is_suffix(s, r.end - 1) ? r.end - 2 : r.end - 1;
  return hsy_search_source_use(s, head) >= often || is_quoted_below(s, head);
}

/* The noun phrase at t: a name to where its capitals end, with the nouns of
 * people behind it ("Kremlin spokesman"); else up to a verb. */
static hsy_range phrase_at(const hsy_search *s, int32_t t) {
  hsy_range r = hsy_search_subject_after(s, t);
  bool named = false;
  for (int32_t k = r.first; k < r.end; k++) {
    if (named && !is_suffix(s, k) && !is_capital(s, k) && hsy_search_source_use(s, k) < SOURCE_SOMETIMES)
      return (hsy_range){r.first, k};
    named = is_capital(s, k) || (named && !is_suffix(s, k));
  }
  return r;
}

/* ---- what ---- */

static bool opens_question(const hsy_search *s, int32_t t) {
  static const char *const WORDS[] = {"what", "why", "how", "who", "when", "where", "which", NULL};
  return hsy_search_is_any(s, t, WORDS);
}

/* Up to "as shares fall": what goes on meanwhile is the paper's own. */
static int32_t object_end(const hsy_search *s, int32_t from) {
  static const char *const MEANWHILE[] = {"as", "amid", ";", "–", "—", NULL};
  int32_t t = from + 1;
  while (t < s->end && !hsy_search_is_any(s, t, MEANWHILE)) t++;
  return t < s->end ? t : s->end;
}

static bool opens_object(const hsy_search *s, int32_t t) {
  static const char *const PREPOSITIONS[] = {"of",   "in",  "at",    "on",   "by",  "with", "from", "against", "about",
                                             "over", "for", "after", "into", "and", "as",   "amid", "but",     NULL};
  return t < s->end && !hsy_search_is_any(s, t, PREPOSITIONS) &&
         (kind_of(s, t) < HSY_TOKEN_OPEN || hsy_search_is_quoted(s, t));
}

/* What the verb's stance asks of the words behind it. */
static hsy_range object_of(const hsy_search *s, const hsy_lexicon_entry *verb, int32_t t) {
  if (hsy_search_is(s, t, "that")) t++;
  if (!opens_object(s, t) || opens_question(s, t)) return (hsy_range){0, 0};
  hsy_range r = hsy_search_trim(s, (hsy_range){t, object_end(s, t)});
  if (r.end - r.first < FEWEST_WORDS) return (hsy_range){0, 0};
  hsy_str stance = hsy_lexicon_field(verb, 0), presumes = hsy_lexicon_field(verb, 2);
  if (hsy_str_eq(stance, HSY_S("decline")) || hsy_str_eq(stance, HSY_S("ask"))) return (hsy_range){0, 0};
  bool affirms = hsy_str_eq(stance, HSY_S("affirm"));
  bool clause = !hsy_search_is(s, t, "to") && hsy_search_is_clause(s, r);
  return !affirms || clause || hsy_str_eq(presumes, HSY_S("doubt")) ? r : (hsy_range){0, 0};
}

/* ---- frames ---- */

/* "says" behind anybody, "say" behind several; a noun in the plural may look like
 * either. */
static bool is_present(const hsy_search *s, int32_t t) {
  static const char *const BEFORE_NOUN[] = {"the", "of", "to", "a", "his", "her", "its", "their", NULL};
  if (t <= s->first || hsy_search_is_any(s, t - 1, BEFORE_NOUN)) return false;
  hsy_str w = hsy_search_word(s, t), before = hsy_search_word(s, t - 1);
  if (hsy_str_ends(w, HSY_S("s")) && !hsy_str_ends(w, HSY_S("ss"))) return true;
  if (hsy_str_ends(w, HSY_S("ed")) || hsy_str_ends(w, HSY_S("ing")) || is_suffix(s, t - 1)) return false;
  bool several = hsy_str_ends(before, HSY_S("s"));
  return (several && (is_quoted_below(s, t - 1) || hsy_search_cue_use(s, t) >= CUE_OFTEN)) ||
         hsy_search_source_use(s, t - 1) >= SOURCE_OFTEN;
}

static const hsy_lexicon_entry *saying_at(const hsy_search *s, int32_t t, int32_t *end) {
  if (hsy_search_is_quoted(s, t) || !is_present(s, t) || hsy_search_seen_rarely(s, t)) return NULL;
  const hsy_lexicon_entry *verb = hsy_search_verb(s, t, end);
  return verb && hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech")) ? verb : NULL;
}

/* Not behind "who": what stands before it is the subject then. */
static bool begins_clause(const hsy_search *s, int32_t t) {
  static const char *const JOINS[] = {",", ":", ";", "–", "—", "-", "as", "and", "but", "while", NULL};
  return t == s->first || hsy_search_is_any(s, t - 1, JOINS);
}

/* "Hackers claim theft": of several, whoever they are, a verb that hardly does
 * anything but report is enough. */
static int usual_enough(const hsy_search *s, int32_t verb) {
  bool several = hsy_str_ends(hsy_search_word(s, verb - 1), HSY_S("s")) && !is_suffix(s, verb - 1);
  return several && hsy_search_cue_use(s, verb) >= CUE_OFTEN ? 0 : SOURCE_SOMETIMES;
}

/* "McDonald's admits prices will rise", but "the mayor's claims of a raid" */
static bool is_whole_name(const hsy_search *s, int32_t verb, hsy_range content) {
  return !is_suffix(s, verb - 1) ||
         (hsy_search_is_clause(s, content) && !hsy_search_is_clause(s, (hsy_range){content.first, content.first + 1}));
}

/* "Mayor denies taking bribes" */
static bool try_active(const hsy_search *s, uint8_t *taken) {
  for (int32_t t = s->first + 1, end; t + FEWEST_WORDS < s->end; t++) {
    const hsy_lexicon_entry *verb = saying_at(s, t, &end);
    if (!verb) continue;
    hsy_range source = hsy_search_subject_before(s, t), content = object_of(s, verb, end);
    if (content.first == content.end || !begins_clause(s, source.first) || !is_speaker(s, source, usual_enough(s, t)) ||
        !is_whole_name(s, t, content))
      continue;
    hsy_search_add(s, taken, source, (hsy_range){t, end}, content);
    return true;
  }
  return false;
}

/* "Peg is safe, ministry vows" */
static bool try_final(const hsy_search *s, uint8_t *taken) {
  enum { LONGEST_TAIL = 8 };
  for (int32_t t = s->end - 1, end; t > s->first + FEWEST_WORDS && s->end - t <= LONGEST_TAIL; t--) {
    const hsy_lexicon_entry *verb = saying_at(s, t, &end);
    if (!verb) continue;
    hsy_range source = hsy_search_subject_before(s, t);
    int32_t comma = source.first - 1;
    bool inverted = source.first == source.end && hsy_search_is_any(s, t - 1, DASHES);
    if (inverted) source = phrase_at(s, end), comma = t - 1;
    if ((inverted ? source.end : end) != s->end) continue;
    if (!is_speaker(s, source, SOURCE_SOMETIMES) || comma <= s->first || !hsy_search_is_any(s, comma, DASHES)) continue;
    int32_t first = comma;
    while (first > s->first && !hsy_search_is_any(s, first - 1, COLONS)) first--;
    hsy_range content = {first, comma};
    if (kind_of(s, first) != HSY_TOKEN_OPEN) content = hsy_search_trim(s, content);
    if (content.end - content.first < FEWEST_WORDS) return false;
    hsy_search_add(s, taken, source, (hsy_range){t, end}, content);
    return true;
  }
  return false;
}

static int32_t find_colon(const hsy_search *s) {
  for (int32_t t = s->first + 1; t + 1 < s->end; t++)
    if (hsy_search_is_any(s, t, COLONS) && !hsy_search_is_quoted(s, t)) return t;
  return HSY_NONE;
}

/* "Mayor: no bribes taken" */
static bool try_name_first(const hsy_search *s, uint8_t *taken, int32_t colon) {
  hsy_range source = {s->first, colon}, content = {colon + 1, s->end};
  if (content.end - content.first < FEWEST_WORDS || opens_question(s, content.first) ||
      hsy_search_is(s, source.first, "the") || !is_speaker(s, source, SOURCE_OFTEN))
    return false;
  hsy_search_add(s, taken, source, (hsy_range){0, 0}, content);
  return true;
}

/* "“I stay”: governor", "Two held after raid: police" */
static bool try_name_last(const hsy_search *s, uint8_t *taken, int32_t colon) {
  hsy_range content = {s->first, colon}, source = phrase_at(s, colon + 1);
  bool quoted = kind_of(s, s->first) == HSY_TOKEN_OPEN && kind_of(s, colon - 1) == HSY_TOKEN_CLOSE;
  if (!quoted && source.end != s->end) return false;
  if (content.end - content.first < FEWEST_WORDS || !is_speaker(s, source, s->title_case ? NEVER : SOURCE_SOMETIMES))
    return false;
  hsy_search_add(s, taken, source, (hsy_range){0, 0}, content);
  return true;
}

void hsy_quote_headline(hsy_search *s, uint8_t *taken) {
  for (int32_t t = s->first; t < s->end; t++)
    if (taken[t]) return;
  s->title_case = has_title_case(s);
  if (try_final(s, taken)) return;
  int32_t colon = find_colon(s);
  if (colon != HSY_NONE && (try_name_last(s, taken, colon) || try_name_first(s, taken, colon))) return;
  try_active(s, taken);
}
