#include "quote/frames.h"

#include <string.h>

#include "quote/attribute.h"
#include "quote/nested.h"

static const float CONFIDENCE = 0.5f; /* about what these are right for */

/* One sentence under search. */
typedef struct search {
  hsy_doc *doc;
  const hsy_quote_models *models;
  const uint8_t *taken; // [tokens], 1 + role of the span that holds it, 0 for none
  hsy_verb_memory *memory;
  int32_t first, end; /* the sentence */
} search;

typedef struct range {
  int32_t first, end;
} range;

static hsy_str word(const search *s, int32_t t) {
  return t >= s->first && t < s->end ? hsy_doc_token(s->doc, t) : (hsy_str){0};
}

static bool is(const search *s, int32_t t, const char *text) { return hsy_str_eq_nocase(word(s, t), hsy_str_of(text)); }

static bool is_any(const search *s, int32_t t, const char *const *texts) {
  for (; *texts; texts++)
    if (is(s, t, *texts)) return true;
  return false;
}

static bool is_free(const search *s, int32_t t) { return t >= s->first && t < s->end && !s->taken[t]; }

static bool is_quoted(const search *s, int32_t t) { return s->doc->tokens.data[t].quote != HSY_NONE; }

/* ---- the verb ---- */

/* The listed verb at t, with its particle where it has one ("call for"); *end
 * gets the token behind it. */
static const hsy_lexicon_entry *verb_at(const search *s, int32_t t, int32_t *end) {
  const hsy_token *token = &s->doc->tokens.data[t];
  if (token->kind != HSY_TOKEN_WORD || (token->flags & (HSY_TOKEN_CAPITAL | HSY_TOKEN_SUFFIX))) return NULL;
  bool head;
  uint32_t hash = hsy_quote_word_hash(word(s, t));
  if (!hsy_quote_verb(&s->models->words, s->memory, hash, word(s, t), &head) && !head) return NULL;
  hsy_lemma_set set;
  hsy_lemma_candidates(&set, &s->models->words.lemmas, word(s, t));
  for (int i = 0; i < set.count; i++) {
    char both[2 * HSY_LEMMA_ROOM];
    hsy_str next = word(s, t + 1);
    if (next.len == 0 || next.len >= HSY_LEMMA_ROOM) continue;
    ptrdiff_t n = set.lemma[i].len;
    for (ptrdiff_t k = 0; k < n; k++) both[k] = set.lemma[i].data[k];
    both[n] = ' ';
    for (ptrdiff_t k = 0; k < next.len; k++) both[n + 1 + k] = next.data[k];
    const hsy_lexicon_entry *verb = hsy_lexicon_find(&s->models->words.verbs, (hsy_str){both, n + 1 + next.len});
    *end = t + 2;
    if (verb) return verb;
  }
  *end = t + 1;
  return hsy_lemma_find(&s->models->words.verbs, &s->models->words.lemmas, word(s, t));
}

/* "would not say", "did not rule out", "would neither confirm nor deny" */
static bool has_auxiliary(const search *s, int32_t t) {
  static const char *const WORDS[] = {"would", "will", "did", "does", "do", "could", "can", "cannot", "wo", NULL};
  static const char *const BETWEEN[] = {"not", "n't", "n’t", "neither", "nor", "or", "confirm", "never", NULL};
  while (t - 1 > s->first && is_any(s, t - 1, BETWEEN)) t--;
  return t > s->first && is_free(s, t - 1) && is_any(s, t - 1, WORDS);
}

/* "said", "denies", "calls": a form that a subject goes with by itself. */
static bool is_finite(const search *s, int32_t t) {
  static const char *const BEFORE_NOUN[] = {"the", "a",  "an",  "his", "her",   "its",  "their", "our",
                                            "my",  "to", "of",  "'s",  "’s",    "this", "that",  "no",
                                            "any", "in", "for", "by",  "being", NULL};
  hsy_str w = word(s, t);
  bool shape = hsy_str_ends(w, HSY_S("ed")) || (hsy_str_ends(w, HSY_S("s")) && !hsy_str_ends(w, HSY_S("ss"))) ||
               is(s, t, "said") || is(s, t, "told") || is(s, t, "wrote") || is(s, t, "swore") || is(s, t, "withdrew");
  return (shape && !is_any(s, t - 1, BEFORE_NOUN)) || has_auxiliary(s, t);
}

/* What training saw of the word: one that is seldom a cue ("states", "called")
 * needs the taggers' eye for its context. */
static bool is_known_rarely(const search *s, int32_t t) {
  enum { AT_TIMES = 3 };
  const hsy_word_use *use = hsy_quote_word_use(&s->models->words.uses, hsy_quote_word_hash(word(s, t)));
  return use && use->cue < AT_TIMES;
}

/* Auxiliaries, negation and adverbs before the verb: they belong to the cue. */
static int32_t cue_start(const search *s, int32_t verb) {
  static const char *const WORDS[] = {
      "has",    "have",   "had",      "also",  "later",      "again",   "still",     "then",  "once",
      "never",  "not",    "did",      "n't",   "repeatedly", "once",    "flatly",    "soon",  "even",
      "today",  "firmly", "publicly", "would", "will",       "does",    "do",        "could", "can",
      "cannot", "wo",     "neither",  "nor",   "or",         "confirm", "confirmed", "n’t",   NULL};
  int32_t t = verb;
  while (t - 1 >= s->first && is_free(s, t - 1) && is_any(s, t - 1, WORDS)) t--;
  return t;
}

/* ---- the subject ---- */

static bool ends_clause(const search *s, int32_t t) {
  static const char *const SIGNS[] = {",", ";", ":", "—", "–", "--", "(", ")", NULL};
  static const char *const WORDS[] = {"and",    "but",     "that",  "as",    "while",  "when", "because",
                                      "which",  "who",     "where", "after", "before", "if",   "although",
                                      "though", "whether", "since", "until", NULL};
  return s->doc->tokens.data[t].kind >= HSY_TOKEN_OPEN ? is_any(s, t, SIGNS) || is_quoted(s, t) : is_any(s, t, WORDS);
}

static bool is_pronoun(const search *s, int32_t t) {
  static const char *const WORDS[] = {"he", "she", "they", "it", "we", "i", NULL};
  return is_any(s, t, WORDS);
}

static bool names_somebody(const search *s, range r) {
  for (int32_t t = r.first; t < r.end; t++) {
    const hsy_word_use *use = hsy_quote_word_use(&s->models->words.uses, hsy_quote_word_hash(word(s, t)));
    if (s->doc->tokens.data[t].flags & HSY_TOKEN_CAPITAL) return true;
    if (use && use->source >= 3) return true;
  }
  return false;
}

/* The noun phrase that ends before t; through an apposition between commas. */
static range subject_before(const search *s, int32_t t) {
  enum { LONGEST = 14 };
  int32_t end = t;
  bool apposition = is(s, t - 1, ",");
  if (apposition) {
    end = t - 1;
    t -= 2;
    while (t > s->first && !is(s, t, ",") && is_free(s, t) && end - t < LONGEST) t--;
    if (!is(s, t, ",")) return (range){0, 0};
  }
  int32_t first = t;
  while (first - 1 >= s->first && is_free(s, first - 1) && !ends_clause(s, first - 1)) first--;
  range r = {first, end};
  bool fits = r.end > r.first && r.end - r.first <= LONGEST;
  return fits && (names_somebody(s, r) || (r.end - r.first == 1 && is_pronoun(s, r.first))) ? r : (range){0, 0};
}

/* Who spoke last in the sentence: "He said this, and called on …". */
static range last_source(const search *s, int32_t t) {
  for (t--; t >= s->first; t--) {
    if (s->taken[t] != 1 + HSY_SOURCE) continue;
    range r = {t, t + 1};
    while (r.first > s->first && s->taken[r.first - 1] == 1 + HSY_SOURCE) r.first--;
    return r;
  }
  return (range){0, 0};
}

/* The subject that the sentence opens with: "Ruiz ignored it, but pledged to …". */
static range first_subject(const search *s, int32_t before) {
  int32_t t = s->first;
  while (t < before && is_free(s, t) && s->doc->tokens.data[t].kind == HSY_TOKEN_WORD && !is_finite(s, t)) t++;
  range r = {s->first, t};
  return t < before && is_finite(s, t) && (names_somebody(s, r) || is_pronoun(s, r.first)) ? r : (range){0, 0};
}

/* ---- the object ---- */

/* "on Friday", "in a statement", "yesterday" between verb and clause. */
static int32_t skip_adverbial(const search *s, int32_t t) {
  enum { LONGEST = 5 };
  static const char *const ONE[] = {"today",   "yesterday", "later",    "also",   "again",    "sunday", "monday",
                                    "tuesday", "wednesday", "thursday", "friday", "saturday", NULL};
  static const char *const FIRST[] = {"on", "in", "at", "last", "this", "for", NULL};
  if (is_any(s, t, ONE)) return t + 1;
  if (!is_any(s, t, FIRST)) return t;
  for (int32_t k = t + 1; k < s->end && k <= t + LONGEST; k++)
    if (is(s, k, "that") || is(s, k, "to")) return k;
  return t;
}

/* "promised him by telephone to go": the infinitive a few words on. */
static int32_t skip_to_infinitive(const search *s, int32_t t) {
  enum { LONGEST = 8 };
  for (int32_t k = t; k < s->end && k < t + LONGEST; k++) {
    if (is(s, k, "to") || is(s, k, "that")) return k;
    if (s->doc->tokens.data[k].kind >= HSY_TOKEN_OPEN) break;
  }
  return t;
}

static int32_t clause_end(const search *s, int32_t t) {
  static const char *const GO_ON[] = {"but",      "adding", "saying", "which", "who",   "while", "though",
                                      "although", "after",  "hours",  "days",  "weeks", NULL};
  for (; t < s->end; t++) {
    if (!is_free(s, t)) return t;
    int32_t verb_end;
    bool joins = is(s, t, "and") || is(s, t, "but");
    if (joins && t + 1 < s->end && is_finite(s, t + 1) && verb_at(s, t + 1, &verb_end)) return t;
    if (is(s, t, ";")) return t;
    if (is(s, t, ",") && (is_any(s, t + 1, GO_ON) || (is(s, t + 1, "and") && is_any(s, t + 2, GO_ON)))) return t;
  }
  return t;
}

static range trimmed(const search *s, range r) {
  while (r.end > r.first && s->doc->tokens.data[r.end - 1].kind == HSY_TOKEN_PUNCT) r.end--;
  while (r.end > r.first && s->doc->tokens.data[r.first].kind == HSY_TOKEN_PUNCT) r.first++;
  return r;
}

/* "the reports which claimed that …": what they claimed goes with them. */
static int32_t relative_end(const search *s, int32_t end) {
  static const char *const WORDS[] = {"which", "that", "who", NULL};
  if (end >= s->end || !s->taken[end] || !is_any(s, end - 1, WORDS)) return end;
  return s->end;
}

static bool opens_question(const search *s, int32_t t) {
  static const char *const WORDS[] = {"whether", "if", "why", "how", "what", "who", "when", "where", "which", NULL};
  return is_any(s, t, WORDS);
}

/* What the verb's stance asks of its object. */
static range object_of(const search *s, const hsy_lexicon_entry *verb, int32_t end, bool negated) {
  enum { SHORTEST = 2 };
  hsy_str stance = hsy_lexicon_field(verb, 0);
  int32_t at = skip_adverbial(s, end);
  bool clause = is(s, at, "that") || is(s, at, "whether");
  if (hsy_str_eq(stance, HSY_S("affirm")) || hsy_str_eq(stance, HSY_S("admit"))) {
    if (!clause && !(negated && opens_question(s, at))) return (range){0, 0};
  } else if (hsy_str_eq(stance, HSY_S("promise"))) {
    at = skip_to_infinitive(s, at);
    clause = is(s, at, "that");
    if (!clause && !is(s, at, "to")) return (range){0, 0};
  } else if (hsy_str_eq(stance, HSY_S("ask"))) {
    if (!opens_question(s, at)) return (range){0, 0};
  } else if (!hsy_str_eq(stance, HSY_S("urge")) && !hsy_str_eq(stance, HSY_S("deny"))) {
    return (range){0, 0};
  }
  if (!clause && s->doc->tokens.data[at < s->end ? at : s->end - 1].kind >= HSY_TOKEN_OPEN) return (range){0, 0};
  if (clause) at++;
  range r = trimmed(s, (range){at, relative_end(s, clause_end(s, at))});
  return r.end - r.first >= SHORTEST ? r : (range){0, 0};
}

/* ---- rows ---- */

static hsy_part add_range(hsy_doc *doc, range r) {
  if (r.first >= r.end) return (hsy_part){0, 0};
  hsy_span span = hsy_doc_tokens(doc, r.first, r.end);
  return hsy_doc_add_part(doc, &span, 1);
}

static void add_row(const search *s, uint8_t *taken, range source, range cue, range content) {
  hsy_doc *doc = s->doc;
  hsy_attribution *row = hsy_push(&doc->attributions, doc->arena);
  row->part[HSY_SOURCE] = add_range(doc, source);
  row->part[HSY_CUE] = add_range(doc, cue);
  row->part[HSY_CONTENT] = add_range(doc, content);
  row->parent = row->same_run = HSY_NONE;
  if (row->part[HSY_CONTENT].count) row->kind = hsy_quote_kind(doc, row->part[HSY_CONTENT]);
  row->mode = HSY_SPEECH;
  row->confidence = CONFIDENCE;
  range parts[] = {source, cue, content};
  for (int r = 0; r < HSY_ROLES; r++)
    for (int32_t t = parts[r].first; t < parts[r].end; t++) taken[t] = (uint8_t)(1 + r);
}

/* Rows whose words lie inside the newest row's content become its children;
 * what only names a subject of talk is no report beside it and goes. */
static void adopt(const search *s, range content) {
  hsy_doc *doc = s->doc;
  int32_t newest = (int32_t)doc->attributions.len - 1;
  hsy_span inside = hsy_doc_tokens(doc, content.first, content.end);
  for (int32_t i = 0; i < newest; i++) {
    hsy_attribution *row = &doc->attributions.data[i];
    if (row->parent != HSY_NONE || row->part[HSY_CONTENT].count == 0) continue;
    hsy_span first = hsy_doc_piece(doc, row->part[HSY_CONTENT], 0);
    if (first.start < inside.start || first.end > inside.end) continue;
    row->parent = newest;
    if (!hsy_quote_proposes(doc, s->models, row)) row->part[HSY_CONTENT].count = 0; /* left out below */
  }
}

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

/* Subject, verb, object in this order. */
static bool try_active(const search *s, uint8_t *taken, int32_t t, const hsy_lexicon_entry *verb, int32_t end) {
  if (!is_finite(s, t)) return false;
  range cue = {cue_start(s, t), end};
  range content = object_of(s, verb, end, has_auxiliary(s, t));
  if (content.first == content.end) return false;
  range source = subject_before(s, cue.first);
  if (source.first == source.end && (is(s, cue.first - 1, "and") || is(s, cue.first - 1, "but")))
    source = last_source(s, cue.first);
  if (source.first == source.end && is(s, cue.first - 1, "but")) source = first_subject(s, cue.first);
  if (source.first == source.end) return false;
  if (is(s, source.first, "it") && source.end - source.first == 2) { /* "it was alleged": nobody says who */
    cue.first = source.first + 1;
    source.end = source.first;
  }
  add_row(s, taken, source, cue, content);
  return true;
}

/* "the claim was denied by the ministry" */
static bool try_passive(const search *s, uint8_t *taken, int32_t t, const hsy_lexicon_entry *verb) {
  static const char *const BE[] = {"was", "were", "is", "are", "been", NULL};
  enum { LONGEST = 12 };
  if (!hsy_str_eq(hsy_lexicon_field(verb, 0), HSY_S("deny")) || !is(s, t + 1, "by")) return false;
  int32_t be = t - 1;
  if (be > s->first && !is_any(s, be, BE)) be--; /* "was previously denied" */
  if (be <= s->first || !is_any(s, be, BE)) return false;
  int32_t first = be, end = t + 2;
  while (first - 1 >= s->first && is_free(s, first - 1) && !ends_clause(s, first - 1)) first--;
  while (end < s->end && is_free(s, end) && !ends_clause(s, end) && end - t < LONGEST) end++;
  range source = trimmed(s, (range){t + 2, end}), content = {first, be};
  if (content.end - content.first < 2 || !names_somebody(s, source)) return false;
  add_row(s, taken, source, (range){be, t + 2}, content);
  return true;
}

/* The noun phrase behind the verb: ", said the minister on Monday". */
static range subject_after(const search *s, int32_t t) {
  static const char *const STOPS[] = {"on", "in", "at", "during", "after", "before", "to", "by", "when", "as", NULL};
  enum { LONGEST = 12 };
  range r = {t, t};
  while (r.end < s->end && r.end - t < LONGEST && is_free(s, r.end) && !ends_clause(s, r.end) &&
         !is_any(s, r.end, STOPS))
    r.end++;
  r = trimmed(s, r);
  return r.end > r.first && names_somebody(s, r) ? r : (range){0, 0};
}

/* A clause, a comma, and who said it at the sentence's end, in either order.
 * Reports inside the clause become its children. */
static bool try_final(const search *s, uint8_t *taken) {
  enum { SHORTEST = 4, LONGEST_TAIL = 16 };
  for (int32_t t = s->end - 1; t > s->first + SHORTEST && s->end - t <= LONGEST_TAIL + 2; t--) {
    int32_t end;
    if (!is_free(s, t) || is_quoted(s, t)) return false;
    const hsy_lexicon_entry *verb = is_finite(s, t) && !is_known_rarely(s, t) ? verb_at(s, t, &end) : NULL;
    if (!verb || !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech"))) continue;
    bool inverted = is(s, t - 1, ",") && !is(s, t, "told"); /* that one names the hearer next */
    range source = inverted ? subject_after(s, end) : subject_before(s, t);
    if (inverted && source.first == source.end) inverted = false, source = subject_before(s, t);
    int32_t comma = inverted ? t - 1 : source.first - 1;
    if (source.first == source.end || !is(s, comma, ",")) continue;
    int32_t first = comma;
    while (first > s->first && !is(s, first - 1, ":")) first--;
    range content = trimmed(s, (range){first, comma});
    if (content.end - content.first < SHORTEST || is_quoted(s, content.first)) return false;
    add_row(s, taken, source, (range){t, end}, content);
    adopt(s, content);
    return true;
  }
  return false;
}

/* "NourNews said Shamkhani called for …": the taggers found the inner report
 * and left the outer one. */
static bool try_outer(const search *s, uint8_t *taken, int32_t t, int32_t end) {
  if (!is_finite(s, t) || end >= s->end || s->taken[end] != 1 + HSY_SOURCE) return false;
  range source = subject_before(s, cue_start(s, t));
  if (source.first == source.end) return false;
  range content = trimmed(s, (range){end, s->end});
  for (int32_t k = content.first; k < content.end; k++)
    if (is_quoted(s, k) && s->doc->tokens.data[k].kind == HSY_TOKEN_OPEN && k == content.first) return false;
  add_row(s, taken, source, (range){cue_start(s, t), end}, content);
  adopt(s, content);
  return true;
}

/* "According to the ministry, it rained" and the other way round. */
static bool try_according(const search *s, uint8_t *taken) {
  enum { SHORTEST = 4, LONGEST = 14 };
  for (int32_t t = s->first; t + 2 < s->end; t++) {
    if (!is(s, t, "according") || !is(s, t + 1, "to") || !is_free(s, t) || is_quoted(s, t)) continue;
    int32_t end = t + 2;
    while (end < s->end && end - t < LONGEST && is_free(s, end) && !ends_clause(s, end)) end++;
    range source = trimmed(s, (range){t + 2, end});
    range content = trimmed(s, t == s->first ? (range){end, s->end} : (range){s->first, t});
    if (source.first == source.end || content.end - content.first < SHORTEST) return false;
    for (int32_t k = content.first; k < content.end; k++)
      if (!is_free(s, k)) return false;
    add_row(s, taken, source, (range){t, t + 2}, content);
    return true;
  }
  return false;
}

/* "Asked by the chair whether it had rained, she …" */
static bool try_asked(const search *s, uint8_t *taken) {
  enum { LONGEST = 12 };
  if (!is(s, s->first, "asked") || !is_free(s, s->first)) return false;
  int32_t t = s->first + 1;
  while (t < s->end && t < s->first + LONGEST && is_free(s, t) && !opens_question(s, t)) t++;
  if (t >= s->end || !opens_question(s, t) || !is_free(s, t)) return false;
  int32_t end = t;
  while (end < s->end && is_free(s, end) && !is(s, end, ",")) end++;
  if (!is(s, end, ",")) return false;
  bool by = is(s, s->first + 1, "by");
  range source = by ? trimmed(s, (range){s->first + 2, t}) : (range){0, 0};
  add_row(s, taken, source, (range){s->first, s->first + (by ? 2 : 1)}, (range){t, end});
  return true;
}

static void search_sentence(const search *s, uint8_t *taken) {
  for (int32_t t = s->first; t < s->end; t++) {
    int32_t end;
    if (taken[t] || is_quoted(s, t)) continue;
    const hsy_lexicon_entry *verb = verb_at(s, t, &end);
    if (!verb || !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech")) || is_known_rarely(s, t)) continue;
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
    search s = {doc, models, taken, memory, from, first};
    if (first <= from || first - from > LONGEST) continue;
    while (t < first && is_free(&s, t) && !(verb_at(&s, t, &behind) && behind == first)) t++;
    if (t < first && t > from && is_free(&s, t) && names_somebody(&s, (range){from, t}))
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
      search s = {doc, models, taken, memory, first > 3 ? first - 3 : 0, end};
      for (int32_t t = first - 1; t >= s.first; t--) {
        if (taken[t]) break;
        const hsy_lexicon_entry *verb = is_finite(&s, t) && !is_known_rarely(&s, t) ? verb_at(&s, t, &behind) : NULL;
        if (!verb || behind != first || !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech"))) continue;
        hsy_part source = doc->attributions.data[i].part[HSY_SOURCE];
        doc->attributions.data[i].part[HSY_CONTENT].count--;
        add_row(&s, taken, (range){0, 0}, (range){t, behind}, (range){first, end});
        doc->attributions.data[doc->attributions.len - 1].part[HSY_SOURCE] = source;
        break;
      }
    }
  }
}

bool hsy_frame_work_new(hsy_frame_work *work, const hsy_doc *doc, hsy_arena *arena) {
  work->taken = hsy_new(arena, uint8_t, doc->tokens.len + 1);
  work->memory = hsy_new(arena, hsy_verb_memory, 1);
  return work->taken && work->memory;
}

void hsy_quote_frames_in(hsy_doc *doc, const hsy_quote_models *models, int32_t first, int32_t end,
                         hsy_frame_work *work) {
  search s = {doc, models, work->taken, work->memory, first, end};
  bool found = false;
  for (int32_t t = first; t < end && !found; t++) {
    int32_t behind;
    const hsy_lexicon_entry *verb = is_known_rarely(&s, t) ? NULL : verb_at(&s, t, &behind);
    found =
        verb && hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("speech")) && try_active(&s, work->taken, t, verb, behind);
  }
  memset(work->taken + first, 0, (size_t)(end - first));
}

bool hsy_quote_frames(hsy_doc *doc, const hsy_quote_models *models, hsy_arena scratch) {
  hsy_frame_work work;
  if (!hsy_frame_work_new(&work, doc, &scratch)) return false;
  uint8_t *taken = work.taken;
  hsy_verb_memory *memory = work.memory;
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
    search s = {doc, models, taken, memory, row->first, row->end};
    search_sentence(&s, taken);
  }
  int32_t *to = hsy_new(&scratch, int32_t, doc->attributions.len + 1);
  if (!to) return false;
  drop_empty(doc, to);
  return !hsy_arena_failed(*doc->arena);
}
