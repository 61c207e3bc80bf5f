#include "segment/segment.h"

static bool token_is(const hsy_doc *doc, int32_t t, const char *text) {
  return hsy_str_eq(hsy_doc_token(doc, t), hsy_str_of(text));
}

static bool ends_sentence(const hsy_doc *doc, int32_t t) {
  const hsy_token *token = &doc->tokens.data[t];
  if (token->kind == HSY_TOKEN_PUNCT) {
    char c = doc->text.data[token->start];
    return c == '.' || c == '?' || c == '!' || token_is(doc, t, "…");
  }
  return token->kind == HSY_TOKEN_WORD && token->end - token->start > 1 && doc->text.data[token->end - 1] == '.';
}

/* A token that belongs to the sentence before it: closing marks and brackets. */
static bool trails(const hsy_doc *doc, int32_t t) {
  return doc->tokens.data[t].kind == HSY_TOKEN_CLOSE || token_is(doc, t, ")") || token_is(doc, t, "]");
}

/* An abbreviation ends a sentence only before a word that opens one. */
static bool abbreviation_ends(const hsy_doc *doc, int32_t t, int32_t next, const hsy_segment_lists *lists) {
  hsy_str word = hsy_doc_token(doc, t);
  const hsy_lexicon_entry *known = hsy_lexicon_find(&lists->abbreviations, hsy_str_slice(word, 0, word.len - 1));
  if (known && !hsy_str_eq(hsy_lexicon_field(known, 0), HSY_S("maybe"))) return false;
  if (word.len == 2) return false; /* an initial */
  return hsy_lexicon_find(&lists->openers, hsy_doc_token(doc, next)) != NULL;
}

static bool opens_sentence(const hsy_doc *doc, int32_t t) {
  const hsy_token *token = &doc->tokens.data[t];
  return (token->flags & HSY_TOKEN_CAPITAL) || token->kind == HSY_TOKEN_NUMBER || token->kind == HSY_TOKEN_OPEN ||
         token_is(doc, t, "(") || token_is(doc, t, "[");
}

/* Whether a sentence ends behind token t; `next` is what would open the new one. */
static bool boundary(const hsy_doc *doc, int32_t t, int32_t next, const hsy_segment_lists *lists) {
  if (!(doc->tokens.data[next].flags & HSY_TOKEN_SPACE_BEFORE)) return false;
  if (!opens_sentence(doc, next)) return false;
  if (doc->tokens.data[t].kind == HSY_TOKEN_WORD) return abbreviation_ends(doc, t, next, lists);
  return true;
}

static void add_sentence(hsy_doc *doc, int32_t first, int32_t end, int32_t paragraph) {
  *hsy_push(&doc->sentences, doc->arena) = (hsy_sentence){first, end, paragraph};
}

void hsy_segment_sentences(hsy_doc *doc, int32_t paragraph, const hsy_segment_lists *lists) {
  hsy_paragraph *p = &doc->paragraphs.data[paragraph];
  p->first_sentence = (int32_t)doc->sentences.len;
  int32_t first = p->first;
  for (int32_t t = p->first; t < p->end; t++) {
    if (!ends_sentence(doc, t)) continue;
    int32_t next = t + 1;
    while (next < p->end && trails(doc, next)) next++;
    if (next >= p->end) break;
    if (!boundary(doc, t, next, lists)) continue;
    add_sentence(doc, first, next, paragraph);
    first = next;
    t = next - 1;
  }
  add_sentence(doc, first, p->end, paragraph);
  p->end_sentence = (int32_t)doc->sentences.len;
}
