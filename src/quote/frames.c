#include "quote/frames.h"

#include <string.h>

#include "quote/search.h"

enum { OFTEN_CUE = 5 }; /* in training, 0 to 7 */

/* ---- the verb ---- */

/* "would not say", "did not rule out", "would neither confirm nor deny" */
static bool has_auxiliary(const hsy_search *s, int32_t t) {
  static const char *const WORDS[] = {"would", "will", "did", "does", "do", "could", "can", "cannot", "wo", NULL};
  static const char *const BETWEEN[] = {"not", "n't", "n’t", "neither", "nor", "or", "confirm", "never", NULL};
  while (t - 1 > s->first && hsy_search_is_any(s, t - 1, BETWEEN)) t--;
  return t > s->first && hsy_search_is_free(s, t - 1) && hsy_search_is_any(s, t - 1, WORDS);
}

/* "said", "denies", "calls": a form that a subject goes with by itself. */
static bool is_finite(const hsy_search *s, int32_t t) {
  static const char *const BEFORE_NOUN[] = {"the", "a",  "an",  "his", "her",   "its",  "their", "our",
                                            "my",  "to", "of",  "'s",  "’s",    "this", "that",  "no",
                                            "any", "in", "for", "by",  "being", NULL};
  hsy_str w = hsy_search_word(s, t);
  bool shape = hsy_str_ends(w, HSY_S("ed")) || (hsy_str_ends(w, HSY_S("s")) && !hsy_str_ends(w, HSY_S("ss"))) ||
               hsy_search_is(s, t, "said") || hsy_search_is(s, t, "told") || hsy_search_is(s, t, "wrote") ||
               hsy_search_is(s, t, "swore") || hsy_search_is(s, t, "withdrew");
  return (shape && !hsy_search_is_any(s, t - 1, BEFORE_NOUN)) || has_auxiliary(s, t);
}

/* Auxiliaries, negation and adverbs before the verb: they belong to the cue. */
static int32_t cue_start(const hsy_search *s, int32_t verb) {
  static const char *const WORDS[] = {
      "has",    "have",   "had",      "also",  "later",      "again",   "still",     "then",  "once",
      "never",  "not",    "did",      "n't",   "repeatedly", "once",    "flatly",    "soon",  "even",
      "today",  "firmly", "publicly", "would", "will",       "does",    "do",        "could", "can",
      "cannot", "wo",     "neither",  "nor",   "or",         "confirm", "confirmed", "n’t",   NULL};
  int32_t t = verb;
  while (t - 1 >= s->first && hsy_search_is_free(s, t - 1) && hsy_search_is_any(s, t - 1, WORDS)) t--;
  return t;
}

/* ---- the subject ---- */

/* Who spoke last in the sentence: "He said this, and called on …". */
static hsy_range last_source(const hsy_search *s, int32_t t) {
  for (t--; t >= s->first; t--) {
    if (s->taken[t] != 1 + HSY_SOURCE) continue;
    hsy_range r = {t, t + 1};
    while (r.first > s->first && s->taken[r.first - 1] == 1 + HSY_SOURCE) r.first--;
    return r;
  }
  return (hsy_range){0, 0};
}

/* The subject that the sentence opens with: "Ruiz ignored it, but pledged to …". */
static hsy_range first_subject(const hsy_search *s, int32_t before) {
  int32_t t = s->first;
  while (t < before && hsy_search_is_free(s, t) && s->doc->tokens.data[t].kind == HSY_TOKEN_WORD && !is_finite(s, t))
    t++;
  hsy_range r = {s->first, t};
  return t < before && is_finite(s, t) && (hsy_search_names_somebody(s, r) || hsy_search_is_pronoun(s, r.first))
             ? r
             : (hsy_range){0, 0};
}

/* ---- the object ---- */

/* "on Friday", "in a statement", "yesterday" between verb and clause. */
static int32_t skip_adverbial(const hsy_search *s, int32_t t) {
  enum { LONGEST = 5 };
  static const char *const ONE[] = {"today",   "yesterday", "later",    "also",   "again",    "sunday", "monday",
                                    "tuesday", "wednesday", "thursday", "friday", "saturday", NULL};
  static const char *const FIRST[] = {"on", "in", "at", "last", "this", "for", NULL};
  static const char *const PARTS[] = {"morning", "afternoon", "evening", "night", NULL};
  if (hsy_search_is_any(s, t, ONE)) return t + 1 + hsy_search_is_any(s, t + 1, PARTS);
  if (!hsy_search_is_any(s, t, FIRST)) return t;
  if (hsy_search_is_any(s, t + 1, ONE)) return t + 2 + hsy_search_is_any(s, t + 2, PARTS);
  for (int32_t k = t + 1; k < s->end && k <= t + LONGEST; k++)
    if (hsy_search_is(s, k, "that") || hsy_search_is(s, k, "to")) return k;
  return t;
}

/* "promised him by telephone to go": the infinitive a few words on. */
static int32_t skip_to_infinitive(const hsy_search *s, int32_t t) {
  enum { LONGEST = 8 };
  for (int32_t k = t; k < s->end && k < t + LONGEST; k++) {
    if (hsy_search_is(s, k, "to") || hsy_search_is(s, k, "that")) return k;
    if (s->doc->tokens.data[k].kind >= HSY_TOKEN_OPEN) break;
  }
  return t;
}

/* "as the carmaker widened its recall": a clause of the article's own. */
static bool goes_on_meanwhile(const hsy_search *s, int32_t t) {
  static const char *const SUBJECTS[] = {"the", "its", "his", "her", "their", "it", "he", "she", "they", NULL};
  static const char *const WITH_AS[] = {"such", "same", "well", "so", "as", "far", "much", "long", "soon", NULL};
  return hsy_search_is(s, t, "as") && hsy_search_is_any(s, t + 1, SUBJECTS) && !hsy_search_is_any(s, t - 1, WITH_AS) &&
         hsy_search_is_clause(s, (hsy_range){t + 2, s->end});
}

static int32_t clause_end(const hsy_search *s, int32_t t) {
  static const char *const GO_ON[] = {"but",      "adding", "saying", "which", "who",   "while", "though",
                                      "although", "after",  "hours",  "days",  "weeks", NULL};
  static const char *const STOPS[] = {";", ".", "?", "!", NULL}; /* a content may hold several sentences */
  for (; t < s->end; t++) {
    if (!hsy_search_is_free(s, t) || hsy_search_is_any(s, t, STOPS)) return t;
    int32_t verb_end;
    bool joins = hsy_search_is(s, t, "and") || hsy_search_is(s, t, "but");
    if (joins && t + 1 < s->end && is_finite(s, t + 1) && hsy_search_verb(s, t + 1, &verb_end)) return t;
    if (goes_on_meanwhile(s, t)) return t;
    if (hsy_search_is(s, t, ",") &&
        (hsy_search_is_any(s, t + 1, GO_ON) || (hsy_search_is(s, t + 1, "and") && hsy_search_is_any(s, t + 2, GO_ON))))
      return t;
  }
  return t;
}

/* "the reports which claimed that …": what they claimed goes with them. */
static int32_t relative_end(const hsy_search *s, int32_t end) {
  static const char *const WORDS[] = {"which", "that", "who", NULL};
  if (end >= s->end || !s->taken[end] || !hsy_search_is_any(s, end - 1, WORDS)) return end;
  return s->end;
}

static bool opens_question(const hsy_search *s, int32_t t) {
  static const char *const WORDS[] = {"whether", "if", "why", "how", "what", "who", "when", "where", "which", NULL};
  return hsy_search_is_any(s, t, WORDS);
}

static bool is_past_report(const hsy_search *s, int32_t verb) {
  return hsy_search_cue_use(s, verb) >= OFTEN_CUE && hsy_str_ends(hsy_search_word(s, verb), HSY_S("d"));
}

/* "said on Friday the ferry was late": without "that", a clause still. */
static bool opens_clause(const hsy_search *s, int32_t t) {
  static const char *const AUXILIARIES[] = {"is",   "are",   "was",   "were", "has", "have", "had",
                                            "will", "would", "could", "can",  "may", "must", NULL};
  static const char *const PREPOSITIONS[] = {"in",     "at",     "on",    "by",   "with",    "from",  "about",
                                             "over",   "for",    "after", "into", "and",     "as",    "amid",
                                             "before", "during", "when",  "of",   "to",      "while", "but",
                                             "how",    "why",    "what",  "who",  "because", NULL};
  if (t >= s->end || s->doc->tokens.data[t].kind >= HSY_TOKEN_OPEN || hsy_search_is_any(s, t, PREPOSITIONS))
    return false;
  if (hsy_search_is_any(s, t, AUXILIARIES)) return false; /* "what she said was wrong" */
  return hsy_search_is_clause(s, (hsy_range){t, clause_end(s, t)});
}

/* What the verb's stance asks of its object. */
static hsy_range object_of(const hsy_search *s, const hsy_lexicon_entry *verb, int32_t end, bool negated) {
  enum { SHORTEST = 2 };
  hsy_str stance = hsy_lexicon_field(verb, 0);
  int32_t at = skip_adverbial(s, end);
  bool clause = hsy_search_is(s, at, "that") || hsy_search_is(s, at, "whether");
  if (hsy_str_eq(stance, HSY_S("affirm")) || hsy_str_eq(stance, HSY_S("admit"))) {
    bool bare = (at > end ? is_past_report(s, end - 1) : hsy_search_is(s, end - 1, "said")) && opens_clause(s, at);
    if (!clause && !bare && !(negated && opens_question(s, at))) return (hsy_range){0, 0};
  } else if (hsy_str_eq(stance, HSY_S("promise"))) {
    at = skip_to_infinitive(s, at);
    clause = hsy_search_is(s, at, "that");
    if (!clause && !hsy_search_is(s, at, "to")) return (hsy_range){0, 0};
  } else if (hsy_str_eq(stance, HSY_S("ask"))) {
    if (!opens_question(s, at)) return (hsy_range){0, 0};
  } else if (!hsy_str_eq(stance, HSY_S("urge")) && !hsy_str_eq(stance, HSY_S("deny"))) {
    return (hsy_range){0, 0};
  }
  if (!clause && s->doc->tokens.data[at < s->end ? at : s->end - 1].kind >= HSY_TOKEN_OPEN) return (hsy_range){0, 0};
  if (clause) at++;
  hsy_range r = hsy_search_trim(s, (hsy_range){at, relative_end(s, clause_end(s, at))});
  return r.end - r.first >= SHORTEST ? r : (hsy_range){0, 0};
}

/* ---- rows ---- */

static void drop_empty(hsy_doc *doc, int32_t *to) {
  int32_t kept = 0;
  for (int32_t i = 0; i < doc->attributions.len; i++)
    to[i] = doc->attributions.data[i].part[HSY_CONTENT].count ? kept++ : HSY_NONE;
  for (int32_t i = 0; i < doc->attributions.len; i++) {
    if (to[i] == HSY_NONE) continue;
    hsy_attribution row = doc->attributions.data[i];
    if (row.parent != HSY_NONE) row.parent = to[row.parent];
    doc->attributions.data[to[i]] = row;
  }
  doc->attributions.len = kept;
}

/* "Ruiz, who once swore that it rained, …": whoever it is said of stands before
 * "who", and the clause ends at the comma. */
static bool is_relative(const hsy_search *s, hsy_range *source, hsy_range *content, int32_t cue) {
  int32_t who = source->first < source->end ? source->first - 1 : cue - 1;
  if (!hsy_search_is(s, who, "who")) return false;
  int32_t end = hsy_search_is(s, who - 1, ",") ? who - 1 : who;
  hsy_range before = {hsy_search_phrase_start(s, end), end};
  if (!hsy_search_names_somebody(s, before)) return false;
  *source = before;
  for (int32_t t = content->first; t < content->end && end < who; t++)
    if (hsy_search_is(s, t, ",")) content->end = t;
  return true;
}

/* Behind "and" or "but", or right behind a subject that another report has too. */
static bool shares_subject(const hsy_search *s, int32_t cue) {
  if (cue <= s->first) return false;
  return hsy_search_is(s, cue - 1, "and") || hsy_search_is(s, cue - 1, "but") || s->taken[cue - 1] == 1 + HSY_SOURCE;
}

/* Subject, verb, object in this order. */
static bool try_active(const hsy_search *s, uint8_t *taken, int32_t t, const hsy_lexicon_entry *verb, int32_t end) {
  if (!is_finite(s, t)) return false;
  hsy_range cue = {cue_start(s, t), end};
  hsy_range content = object_of(s, verb, end, has_auxiliary(s, t));
  if (content.first == content.end) return false;
  hsy_range source = hsy_search_subject_before(s, cue.first);
  bool found = is_relative(s, &source, &content, cue.first) || source.first < source.end;
  if (!found && shares_subject(s, cue.first)) source = last_source(s, cue.first);
  if (source.first == source.end && hsy_search_is(s, cue.first - 1, "but")) source = first_subject(s, cue.first);
  if (source.first == source.end) return false;
  if (hsy_search_is(s, source.first, "it") && source.end - source.first == 2) { /* "it was alleged": nobody says who */
    cue.first = source.first + 1;
    source.end = source.first;
  }
  hsy_search_add(s, taken, source, cue, content);
  return true;
}

static bool says_not_so(const hsy_search *s, hsy_range r) {
  for (int32_t t = r.first; t < r.end; t++) {
    const hsy_lexicon_entry *word =
        hsy_lemma_find(&s->models->denials, &s->models->words.lemmas, hsy_search_word(s, t));
    if (word && hsy_str_eq(hsy_lexicon_field(word, 0), HSY_S("strong"))) return true;
  }
  return false;
}

/* "called such rumours fake": a verb of many uses, and a word that says of its
 * object that it is not so. */
static bool try_called(const hsy_search *s, uint8_t *taken, int32_t t, const hsy_lexicon_entry *verb, int32_t end) {
  static const char *const VERBS[] = {"call",     "brand",        "label", "dub",          "term",
                                      "describe", "characterise", "decry", "characterize", "denounce",
                                      "condemn",  "slam",         NULL};
  enum { SHORTEST = 3, LONGEST = 16 };
  bool brands = false;
  for (size_t i = 0; VERBS[i]; i++) brands = brands || hsy_str_eq(verb->word, hsy_str_of(VERBS[i]));
  if (!brands || !is_finite(s, t)) return false;
  int32_t cue = cue_start(s, t);
  hsy_range source = hsy_search_subject_before(s, cue);
  if (source.first == source.end && shares_subject(s, cue)) source = last_source(s, cue);
  hsy_range content = hsy_search_trim(s, (hsy_range){end, clause_end(s, end)});
  int32_t words = content.end - content.first;
  if (source.first == source.end || words < SHORTEST || words > LONGEST || !says_not_so(s, content)) return false;
  hsy_search_add(s, taken, source, (hsy_range){cue, end}, content);
  return true;
}

/* "the claim was denied by the ministry" */
static bool try_passive(const hsy_search *s, uint8_t *taken, int32_t t, const hsy_lexicon_entry *verb) {
  static const char *const BE[] = {"was", "were", "is", "are", "been", NULL};
  enum { LONGEST = 12 };
  if (!hsy_str_eq(hsy_lexicon_field(verb, 0), HSY_S("deny")) || !hsy_search_is(s, t + 1, "by")) return false;
  int32_t be = t - 1;
  if (be > s->first && !hsy_search_is_any(s, be, BE)) be--; /* "was previously denied" */
  if (be <= s->first || !hsy_search_is_any(s, be, BE)) return false;
  int32_t first = be, end = t + 2;
  while (first - 1 >= s->first && hsy_search_is_free(s, first - 1) && !hsy_search_ends_clause(s, first - 1)) first--;
  while (end < s->end && hsy_search_is_free(s, end) && !hsy_search_ends_clause(s, end) && end - t < LONGEST) end++;
  hsy_range source = hsy_search_trim(s, (hsy_range){t + 2, end}), content = {first, be};
  if (content.end - content.first < 2 || !hsy_search_names_somebody(s, source)) return false;
  hsy_search_add(s, taken, source, (hsy_range){be, t + 2}, content);
  return true;
}

/* "witnesses and doctors said" */
static hsy_range with_coordinate(const hsy_search *s, hsy_range source, int32_t verb) {
  int32_t and = source.first - 1;
  if (!hsy_search_is(s, and, "and") || hsy_search_cue_use(s, verb) < OFTEN_CUE) return source;
  hsy_range before = {hsy_search_phrase_start(s, and), and};
  return hsy_search_names_somebody(s, before) ? (hsy_range){before.first, source.end} : source;
}

/* A clause, a comma, and who said it at the sentence's end, in either order.
 * Reports inside the clause become its children. */
static bool try_final(const hsy_search *s, uint8_t *taken) {
  enum { SHORTEST = 4, LONGEST_TAIL = 16 };
  for (int32_t t = s->end - 1; t > s->first + SHORTEST && s->end - t <= LONGEST_TAIL + 2; t--) {
    int32_t end;
    if (!hsy_search_is_free(s, t) || hsy_search_is_quoted(s, t)) return false;
    const hsy_lexicon_entry *verb =
        is_finite(s, t) && !hsy_search_seen_rarely(s, t) ? hsy_search_verb(s, t, &end) : NULL;
    if (!verb || !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech"))) continue;
    bool inverted = hsy_search_is(s, t - 1, ",") && !hsy_search_is(s, t, "told"); /* that one names the hearer next */
    hsy_range source = inverted ? hsy_search_subject_after(s, end) : hsy_search_subject_before(s, t);
    if (inverted && source.first == source.end) inverted = false, source = hsy_search_subject_before(s, t);
    if (!inverted && end >= s->end - 1) source = with_coordinate(s, source, t);
    int32_t comma = inverted ? t - 1 : source.first - 1;
    if (source.first == source.end || !hsy_search_is(s, comma, ",")) continue;
    int32_t first = comma;
    while (first > s->first && !hsy_search_is(s, first - 1, ":")) first--;
    hsy_range content = hsy_search_trim(s, (hsy_range){first, comma});
    if (content.end - content.first < SHORTEST || hsy_search_is_quoted(s, content.first)) return false;
    hsy_search_add(s, taken, source, (hsy_range){t, end}, content);
    hsy_search_adopt(s, content);
    return true;
  }
  return false;
}

/* "NourNews said Shamkhani called for …": the taggers found the inner report
 * and left the outer one. */
static bool try_outer(const hsy_search *s, uint8_t *taken, int32_t t, int32_t end) {
  if (!is_finite(s, t) || end >= s->end || s->taken[end] != 1 + HSY_SOURCE) return false;
  hsy_range source = hsy_search_subject_before(s, cue_start(s, t));
  if (source.first == source.end) return false;
  hsy_range content = hsy_search_trim(s, (hsy_range){end, s->end});
  for (int32_t k = content.first; k < content.end; k++)
    if (hsy_search_is_quoted(s, k) && s->doc->tokens.data[k].kind == HSY_TOKEN_OPEN && k == content.first) return false;
  hsy_search_add(s, taken, source, (hsy_range){cue_start(s, t), end}, content);
  hsy_search_adopt(s, content);
  return true;
}

/* "According to the ministry, it rained" and the other way round. */
static bool try_according(const hsy_search *s, uint8_t *taken) {
  enum { SHORTEST = 4, LONGEST = 14 };
  for (int32_t t = s->first; t + 2 < s->end; t++) {
    if (!hsy_search_is(s, t, "according") || !hsy_search_is(s, t + 1, "to") || !hsy_search_is_free(s, t) ||
        hsy_search_is_quoted(s, t))
      continue;
    int32_t end = t + 2;
    while (end < s->end && end - t < LONGEST && hsy_search_is_free(s, end) && !hsy_search_ends_clause(s, end)) end++;
    hsy_range source = hsy_search_trim(s, (hsy_range){t + 2, end});
    hsy_range content = hsy_search_trim(s, t == s->first ? (hsy_range){end, s->end} : (hsy_range){s->first, t});
    if (source.first == source.end || content.end - content.first < SHORTEST) return false;
    for (int32_t k = content.first; k < content.end; k++)
      if (!hsy_search_is_free(s, k)) return false;
    hsy_search_add(s, taken, source, (hsy_range){t, t + 2}, content);
    return true;
  }
  return false;
}

/* "Asked by the chair whether it had rained, she …" */
static bool try_asked(const hsy_search *s, uint8_t *taken) {
  enum { LONGEST = 12 };
  if (!hsy_search_is(s, s->first, "asked") || !hsy_search_is_free(s, s->first)) return false;
  int32_t t = s->first + 1;
  while (t < s->end && t < s->first + LONGEST && hsy_search_is_free(s, t) && !opens_question(s, t)) t++;
  if (t >= s->end || !opens_question(s, t) || !hsy_search_is_free(s, t)) return false;
  int32_t end = t;
  while (end < s->end && hsy_search_is_free(s, end) && !hsy_search_is(s, end, ",")) end++;
  if (!hsy_search_is(s, end, ",")) return false;
  bool by = hsy_search_is(s, s->first + 1, "by");
  hsy_range source = by ? hsy_search_trim(s, (hsy_range){s->first + 2, t}) : (hsy_range){0, 0};
  hsy_search_add(s, taken, source, (hsy_range){s->first, s->first + (by ? 2 : 1)}, (hsy_range){t, end});
  return true;
}

/* Whose it is: "its", "Ruiz 's", perhaps with a word between. */
static hsy_range owner_before(const hsy_search *s, int32_t noun) {
  static const char *const PRONOUNS[] = {"his", "her", "its", "their", "our", "my", NULL};
  for (int32_t t = noun - 1; t >= s->first && t >= noun - 2; t--) {
    if (hsy_search_is_any(s, t, PRONOUNS)) return (hsy_range){t, t + 1};
    bool possessive = hsy_search_is(s, t, "'s") || hsy_search_is(s, t, "’s") || hsy_search_is(s, t, "’");
    hsy_range who = {hsy_search_phrase_start(s, t), t};
    if (possessive && hsy_search_names_somebody(s, who)) return who;
  }
  return (hsy_range){0, 0};
}

/* "its report that the bank had sold gold": what somebody said before is named
 * where it is denied or taken back. */
static bool try_noun(const hsy_search *s, uint8_t *taken) {
  enum { SHORTEST = 3 };
  for (int32_t t = s->first + 1; t + 1 + SHORTEST < s->end; t++) {
    if (!hsy_search_is(s, t + 1, "that") || !hsy_lexicon_find(&s->models->nouns, hsy_search_word(s, t))) continue;
    hsy_range source = owner_before(s, t), content = hsy_search_trim(s, (hsy_range){t + 2, clause_end(s, t + 2)});
    if (source.first == source.end || content.end - content.first < SHORTEST) continue;
    hsy_search_add(s, taken, source, (hsy_range){t, t + 1}, content);
    return true;
  }
  return false;
}

/* Frames look on to the sentence's end from each verb: what is longer than any
 * sentence of prose (a list, a word a million times) is left alone. */
static bool is_prose(const hsy_search *s) {
  enum { LONGEST = 500 };
  return s->end - s->first <= LONGEST;
}

static void search_sentence(const hsy_search *s, uint8_t *taken) {
  if (!is_prose(s)) return;
  for (int32_t t = s->first; t < s->end; t++) {
    int32_t end;
    if (taken[t] || hsy_search_is_quoted(s, t)) continue;
    const hsy_lexicon_entry *verb = hsy_search_verb(s, t, &end);
    if (!verb || !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech"))) continue;
    if (try_called(s, taken, t, verb, end) || hsy_search_seen_rarely(s, t)) continue;
    if (try_passive(s, taken, t, verb) || try_outer(s, taken, t, end)) continue;
    try_active(s, taken, t, verb, end);
  }
  if (!try_asked(s, taken) && !try_according(s, taken)) try_final(s, taken);
}

/* "The agency said Ruiz called for peace", with the peace alone tagged as what
 * the agency said: the words between its verb and that are part of it. */
static void close_gaps(hsy_doc *doc, const hsy_quote_models *models, const uint8_t *taken, hsy_verb_memory *memory) {
  enum { LONGEST = 8 };
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) {
    hsy_attribution *row = &doc->attributions.data[i];
    if (row->part[HSY_CUE].count == 0) continue;
    hsy_span *piece = &doc->pieces.data[row->part[HSY_CONTENT].first];
    int32_t from = hsy_doc_token_at(doc, hsy_doc_piece(doc, row->part[HSY_CUE], 0).end - 1) + 1;
    int32_t first = hsy_doc_token_at(doc, piece->start), behind = 0, t = from;
    hsy_search s = {doc, models, taken, memory, from, first, false};
    if (first <= from || first - from > LONGEST) continue;
    while (t < first && hsy_search_is_free(&s, t) && !(hsy_search_verb(&s, t, &behind) && behind == first)) t++;
    if (t < first && t > from && hsy_search_is_free(&s, t) && hsy_search_names_somebody(&s, (hsy_range){from, t}))
      piece->start = doc->tokens.data[from].start;
  }
}

/* "He said A, and called on B to C": a second piece behind a verb that no cue
 * holds is that verb's own. */
static void split_pieces(hsy_doc *doc, const hsy_quote_models *models, uint8_t *taken, hsy_verb_memory *memory) {
  ptrdiff_t count = doc->attributions.len;
  for (ptrdiff_t i = 0; i < count; i++) {
    for (int32_t k = doc->attributions.data[i].part[HSY_CONTENT].count - 1; k > 0; k--) {
      hsy_part part = doc->attributions.data[i].part[HSY_CONTENT];
      if (k != part.count - 1) continue; /* the last piece alone can leave */
      hsy_span piece = hsy_doc_piece(doc, part, k);
      int32_t first = hsy_doc_token_at(doc, piece.start), end = hsy_doc_token_at(doc, piece.end - 1) + 1, behind;
      hsy_search s = {doc, models, taken, memory, first > 3 ? first - 3 : 0, end, false};
      for (int32_t t = first - 1; t >= s.first; t--) {
        if (taken[t]) break;
        const hsy_lexicon_entry *verb =
            is_finite(&s, t) && !hsy_search_seen_rarely(&s, t) ? hsy_search_verb(&s, t, &behind) : NULL;
        if (!verb || behind != first || !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech"))) continue;
        hsy_part source = doc->attributions.data[i].part[HSY_SOURCE];
        doc->attributions.data[i].part[HSY_CONTENT].count--;
        hsy_search_add(&s, taken, (hsy_range){0, 0}, (hsy_range){t, behind}, (hsy_range){first, end});
        doc->attributions.data[doc->attributions.len - 1].part[HSY_SOURCE] = source;
        break;
      }
    }
  }
}

bool hsy_frame_work_new(hsy_frame_work *work, const hsy_doc *doc, hsy_verb_memory *memory, hsy_arena *arena) {
  work->taken = hsy_new(arena, uint8_t, doc->tokens.len + 1);
  work->memory = memory;
  return work->taken;
}

void hsy_quote_frames_in(hsy_doc *doc, const hsy_quote_models *models, int32_t first, int32_t end,
                         hsy_frame_work *work) {
  hsy_search s = {doc, models, work->taken, work->memory, first, end, false};
  bool found = false;
  for (int32_t t = first; t < end && !found && is_prose(&s); t++) {
    int32_t behind;
    const hsy_lexicon_entry *verb = hsy_search_seen_rarely(&s, t) ? NULL : hsy_search_verb(&s, t, &behind);
    found =
        verb && hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech")) && try_active(&s, work->taken, t, verb, behind);
  }
  if (!found) try_noun(&s, work->taken);
  memset(work->taken + first, 0, (size_t)(end - first));
}

bool hsy_quote_frames(hsy_doc *doc, const hsy_quote_models *models, hsy_verb_memory *memory, hsy_arena scratch) {
  hsy_frame_work work;
  if (!hsy_frame_work_new(&work, doc, memory, &scratch)) return false;
  uint8_t *taken = work.taken;
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++)
    for (int r = 0; r < HSY_ROLES; r++)
      for (int32_t k = 0; k < doc->attributions.data[i].part[r].count; k++) {
        hsy_span piece = hsy_doc_piece(doc, doc->attributions.data[i].part[r], k);
        for (int32_t t = hsy_doc_token_at(doc, piece.start);
             t < doc->tokens.len && doc->tokens.data[t].start < piece.end; t++)
          taken[t] = (uint8_t)(1 + r);
      }
  split_pieces(doc, models, taken, memory);
  close_gaps(doc, models, taken, memory);
  for (int32_t i = 0; i < doc->sentences.len; i++) {
    const hsy_sentence *row = &doc->sentences.data[i];
    hsy_search s = {doc, models, taken, memory, row->first, row->end, false};
    search_sentence(&s, taken);
  }
  int32_t *to = hsy_new(&scratch, int32_t, doc->attributions.len + 1);
  if (!to) return false;
  drop_empty(doc, to);
  return !hsy_arena_failed(*doc->arena);
}
