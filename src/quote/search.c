#include "quote/search.h"

#include "quote/attribute.h"
#include "quote/nested.h"

static const float CONFIDENCE = 0.5f; /* about what these are right for */

hsy_str hsy_search_word(const hsy_search *s, int32_t t) {
  return t >= s->first && t < s->end ? hsy_doc_token(s->doc, t) : (hsy_str){0};
}

bool hsy_search_is(const hsy_search *s, int32_t t, const char *text) {
  return hsy_str_is_nocase(hsy_search_word(s, t), text);
}

bool hsy_search_is_any(const hsy_search *s, int32_t t, const char *const *texts) {
  hsy_str word = hsy_search_word(s, t);
  for (; *texts; texts++)
    if (hsy_str_is_nocase(word, *texts)) return true;
  return false;
}

bool hsy_search_is_free(const hsy_search *s, int32_t t) { return t >= s->first && t < s->end && !s->taken[t]; }

bool hsy_search_is_quoted(const hsy_search *s, int32_t t) { return s->doc->tokens.data[t].quote != HSY_NONE; }

const hsy_lexicon_entry *hsy_search_verb(const hsy_search *s, int32_t t, int32_t *end) {
  const hsy_token *token = &s->doc->tokens.data[t];
  uint8_t no = s->title_case ? HSY_TOKEN_SUFFIX : HSY_TOKEN_CAPITAL | HSY_TOKEN_SUFFIX;
  if (token->kind != HSY_TOKEN_WORD || (token->flags & no)) return NULL;
  bool head;
  uint32_t hash = hsy_quote_word_hash(hsy_search_word(s, t));
  if (!hsy_quote_verb(&s->models->words, s->memory, hash, hsy_search_word(s, t), &head) && !head) return NULL;
  hsy_lemma_set set;
  hsy_lemma_candidates(&set, &s->models->words.lemmas, hsy_search_word(s, t));
  for (int i = 0; i < set.count; i++) {
    char both[2 * HSY_LEMMA_ROOM];
    hsy_str next = hsy_search_word(s, t + 1);
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
  return hsy_lemma_find(&s->models->words.verbs, &s->models->words.lemmas, hsy_search_word(s, t));
}

int hsy_search_cue_use(const hsy_search *s, int32_t t) {
  const hsy_word_use *use = hsy_quote_word_use(&s->models->words.uses, hsy_quote_word_hash(hsy_search_word(s, t)));
  return use ? use->cue : 0;
}

bool hsy_search_seen_rarely(const hsy_search *s, int32_t t) {
  enum { AT_TIMES = 3 };
  const hsy_word_use *use = hsy_quote_word_use(&s->models->words.uses, hsy_quote_word_hash(hsy_search_word(s, t)));
  return use && use->cue < AT_TIMES;
}

bool hsy_search_ends_clause(const hsy_search *s, int32_t t) {
  static const char *const SIGNS[] = {",", ";", ":", "—", "–", "--", "(", ")", NULL};
  static const char *const WORDS[] = {"and",    "but",     "that",  "as",    "while",  "when", "because",
                                      "which",  "who",     "where", "after", "before", "if",   "although",
                                      "though", "whether", "since", "until", NULL};
  return s->doc->tokens.data[t].kind >= HSY_TOKEN_OPEN ? hsy_search_is_any(s, t, SIGNS) || hsy_search_is_quoted(s, t)
                                                       : hsy_search_is_any(s, t, WORDS);
}

/* A word that only a clause has: a headline drops "is" and keeps the participle. */
static bool is_clausal(const hsy_search *s, int32_t t) {
  static const char *const WORDS[] = {"is",   "are",  "was",   "were",  "be",   "will", "would",  "can",   "could",
                                      "may",  "must", "has",   "have",  "had",  "not",  "wo",     "does",  "did",
                                      "do",   "no",   "never", "to",    "n't",  "n’t",  "should", "might", "went",
                                      "made", "came", "fell",  "found", "knew", "shot", NULL};
  hsy_str w = hsy_search_word(s, t);
  bool ending = w.len > 4 && (hsy_str_ends(w, HSY_S("ed")) || hsy_str_ends(w, HSY_S("en")));
  return hsy_search_is_any(s, t, WORDS) || ending;
}

bool hsy_search_is_clause(const hsy_search *s, hsy_range r) {
  for (int32_t t = r.first; t < r.end; t++)
    if (is_clausal(s, t)) return true;
  return false;
}

int hsy_search_source_use(const hsy_search *s, int32_t t) {
  const hsy_word_use *use = hsy_quote_word_use(&s->models->words.uses, hsy_quote_word_hash(hsy_search_word(s, t)));
  return use ? use->source : 0;
}

bool hsy_search_is_pronoun(const hsy_search *s, int32_t t) {
  static const char *const WORDS[] = {"he", "she", "they", "it", "we", "i", NULL};
  return hsy_search_is_any(s, t, WORDS);
}

bool hsy_search_names_somebody(const hsy_search *s, hsy_range r) {
  if (r.end == r.first + 1 && hsy_search_is(s, r.first, "there")) return false;
  for (int32_t t = r.first; t < r.end; t++) {
    if (s->doc->tokens.data[t].flags & HSY_TOKEN_CAPITAL) return true;
    if (hsy_search_source_use(s, t) >= 3) return true;
  }
  return false;
}

int32_t hsy_search_phrase_start(const hsy_search *s, int32_t end) {
  int32_t t = end;
  while (t - 1 >= s->first && hsy_search_is_free(s, t - 1) && !hsy_search_ends_clause(s, t - 1)) t--;
  return t;
}

hsy_range hsy_search_subject_before(const hsy_search *s, int32_t t) {
  enum { LONGEST = 14 };
  int32_t end = t;
  bool apposition = hsy_search_is(s, t - 1, ",");
  if (apposition) {
    end = t - 1;
    t -= 2;
    while (t > s->first && !hsy_search_is(s, t, ",") && hsy_search_is_free(s, t) && end - t < LONGEST) t--;
    if (!hsy_search_is(s, t, ",")) return (hsy_range){0, 0};
  }
  hsy_range r = {hsy_search_phrase_start(s, t), end};
  bool fits = r.end > r.first && r.end - r.first <= LONGEST;
  return fits && (hsy_search_names_somebody(s, r) || (r.end - r.first == 1 && hsy_search_is_pronoun(s, r.first)))
             ? r
             : (hsy_range){0, 0};
}

hsy_range hsy_search_subject_after(const hsy_search *s, int32_t t) {
  static const char *const STOPS[] = {"on", "in", "at", "during", "after", "before", "to", "by", "when", "as", NULL};
  enum { LONGEST = 12 };
  hsy_range r = {t, t};
  while (r.end < s->end && r.end - t < LONGEST && hsy_search_is_free(s, r.end) && !hsy_search_ends_clause(s, r.end) &&
         !hsy_search_is_any(s, r.end, STOPS))
    r.end++;
  r = hsy_search_trim(s, r);
  return r.end > r.first && hsy_search_names_somebody(s, r) ? r : (hsy_range){0, 0};
}

hsy_range hsy_search_trim(const hsy_search *s, hsy_range r) {
  while (r.end > r.first && s->doc->tokens.data[r.end - 1].kind == HSY_TOKEN_PUNCT) r.end--;
  while (r.end > r.first && s->doc->tokens.data[r.first].kind == HSY_TOKEN_PUNCT) r.first++;
  return r;
}

static hsy_part add_range(hsy_doc *doc, hsy_range r) {
  if (r.first >= r.end) return (hsy_part){0, 0};
  hsy_span span = hsy_doc_tokens(doc, r.first, r.end);
  return hsy_doc_add_part(doc, &span, 1);
}

void hsy_search_add(const hsy_search *s, uint8_t *taken, hsy_range source, hsy_range cue, hsy_range content) {
  hsy_doc *doc = s->doc;
  hsy_attribution *row = hsy_push(&doc->attributions, doc->arena);
  row->part[HSY_SOURCE] = add_range(doc, source);
  row->part[HSY_CUE] = add_range(doc, cue);
  row->part[HSY_CONTENT] = add_range(doc, content);
  row->parent = row->same_run = HSY_NONE;
  if (row->part[HSY_CONTENT].count) row->kind = hsy_quote_kind(doc, row->part[HSY_CONTENT]);
  row->mode = HSY_SPEECH;
  row->confidence = CONFIDENCE;
  hsy_range parts[] = {source, cue, content};
  for (int r = 0; r < HSY_ROLES; r++)
    for (int32_t t = parts[r].first; t < parts[r].end; t++) taken[t] = (uint8_t)(1 + r);
}

void hsy_search_adopt(const hsy_search *s, hsy_range content) {
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
