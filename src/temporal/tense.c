#include "temporal/tense.h"

enum { REACH_BACK = 14, REACH_AHEAD = 10, LONGEST_WORD = 16 };

static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c); }

const hsy_lexicon_entry *hsy_tense_look_up(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token) {
  char buffer[LONGEST_WORD];
  hsy_str word = hsy_doc_token(doc, token);
  if (word.len > LONGEST_WORD) return NULL;
  for (ptrdiff_t i = 0; i < word.len; i++) buffer[i] = lower(word.data[i]);
  return hsy_lexicon_find(verbs, (hsy_str){buffer, word.len});
}

static bool is_listed(const hsy_lexicon_entry *entry, hsy_str what) {
  return entry && hsy_str_eq(hsy_lexicon_field(entry, 0), what);
}

/* "is to meet", "set to meet", "to be held" */
static bool is_future_to(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token, int32_t first, int32_t end) {
  if (token > first && is_listed(hsy_tense_look_up(doc, verbs, token - 1), HSY_S("lead"))) return true;
  return token + 1 < end && is_listed(hsy_tense_look_up(doc, verbs, token + 1), HSY_S("be"));
}

/* "a still unspecified date", "the alleged plot": no verb. */
static bool is_adjective(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token, int32_t first) {
  return token > first && is_listed(hsy_tense_look_up(doc, verbs, token - 1), HSY_S("noun"));
}

/* "to be announced", "will be held": the participle tells nothing of the past. */
static bool is_passive(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token, int32_t first) {
  return token > first && is_listed(hsy_tense_look_up(doc, verbs, token - 1), HSY_S("be"));
}

bool hsy_tense_is_past(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token, int32_t first) {
  const hsy_token *t = &doc->tokens.data[token];
  if (t->kind != HSY_TOKEN_WORD) return false;
  const hsy_lexicon_entry *entry = hsy_tense_look_up(doc, verbs, token);
  bool past = is_listed(entry, HSY_S("past"));
  hsy_str word = hsy_doc_token(doc, token);
  past = past || (!entry && !(t->flags & HSY_TOKEN_CAPITAL) && word.len > 3 && hsy_str_ends(word, HSY_S("ed")));
  return past && !is_passive(doc, verbs, token, first) && !is_adjective(doc, verbs, token, first);
}

static hsy_direction cue_at(const hsy_doc *doc, const hsy_lexicon *verbs, int32_t token, int32_t first, int32_t end) {
  if (doc->tokens.data[token].kind != HSY_TOKEN_WORD) return HSY_UNTOLD;
  const hsy_lexicon_entry *entry = hsy_tense_look_up(doc, verbs, token);
  if (is_listed(entry, HSY_S("future"))) return HSY_AHEAD;
  if (is_listed(entry, HSY_S("to")) && is_future_to(doc, verbs, token, first, end)) return HSY_AHEAD;
  return hsy_tense_is_past(doc, verbs, token, first) ? HSY_BACK : HSY_UNTOLD;
}

static bool is_boundary(const hsy_doc *doc, int32_t token) {
  hsy_str word = hsy_doc_token(doc, token);
  return doc->tokens.data[token].kind != HSY_TOKEN_WORD && word.len >= 1 &&
         (word.data[0] == ';' || word.data[0] == ':' || word.data[0] == '(' || word.data[0] == ')');
}

hsy_direction hsy_tense_of(const hsy_doc *doc, const hsy_lexicon *verbs, const hsy_sentence *sentence, int32_t first,
                           int32_t end) {
  for (int32_t i = first - 1; i >= sentence->first && i >= first - REACH_BACK && !is_boundary(doc, i); i--) {
    hsy_direction cue = cue_at(doc, verbs, i, sentence->first, sentence->end);
    if (cue != HSY_UNTOLD) return cue;
  }
  for (int32_t i = end; i < sentence->end && i < end + REACH_AHEAD && !is_boundary(doc, i); i++) {
    hsy_direction cue = cue_at(doc, verbs, i, sentence->first, sentence->end);
    if (cue != HSY_UNTOLD) return cue;
  }
  return HSY_UNTOLD;
}
