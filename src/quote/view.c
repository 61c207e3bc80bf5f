#include "quote/view.h"

#include <string.h>

#include "base/hash.h"

enum { LIKELY_CUE = 4, LONG_QUOTATION = 5 };

static uint32_t hash_bytes(const char *data, ptrdiff_t len) { /* FNV-1a over ASCII-lowered bytes */
  uint32_t h = 2166136261u;
  for (ptrdiff_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)data[i];
    if (c >= 'A' && c <= 'Z') c += 32;
    h = (h ^ c) * 16777619u;
  }
  h ^= h >> 15;
  return h ? h : 1;
}

uint32_t hsy_quote_word_hash(hsy_str word) { return hash_bytes(word.data, word.len); }

const hsy_word_use *hsy_quote_word_use(const hsy_word_uses *uses, uint32_t word) {
  if (!uses->rows) return NULL;
  uint32_t mask = (1u << uses->bits) - 1;
  for (uint32_t i = (word * 2654435761u) >> (32 - uses->bits);; i = (i + 1) & mask) {
    if (uses->rows[i].word == word) return &uses->rows[i];
    if (uses->rows[i].word == 0) return NULL;
  }
}

static int shape_of_mark(hsy_str text) {
  switch (text.data[0]) {
  case ',':
  case ';':
    return HSY_SHAPE_COMMA;
  case '.':
  case '!':
  case '?':
    return HSY_SHAPE_STOP;
  case ':':
    return HSY_SHAPE_COLON;
  case '-':
    return HSY_SHAPE_DASH;
  case '(':
  case ')':
  case '[':
  case ']':
    return HSY_SHAPE_BRACKET;
  default:
    break;
  }
  if (hsy_str_eq(text, HSY_S("—")) || hsy_str_eq(text, HSY_S("–"))) return HSY_SHAPE_DASH;
  return hsy_str_eq(text, HSY_S("…")) ? HSY_SHAPE_STOP : HSY_SHAPE_OTHER;
}

static int shape_of(const hsy_doc *doc, int32_t token) {
  const hsy_token *t = &doc->tokens.data[token];
  switch (t->kind) {
  case HSY_TOKEN_NUMBER:
    return HSY_SHAPE_NUMBER;
  case HSY_TOKEN_OPEN:
    return HSY_SHAPE_OPEN;
  case HSY_TOKEN_CLOSE:
    return HSY_SHAPE_CLOSE;
  case HSY_TOKEN_PUNCT:
    return shape_of_mark(hsy_doc_token(doc, token));
  default:
    break;
  }
  if (t->flags & HSY_TOKEN_SUFFIX) return HSY_SHAPE_SUFFIX;
  if (t->flags & HSY_TOKEN_ALL_CAPS) return HSY_SHAPE_CAPS;
  return t->flags & HSY_TOKEN_CAPITAL ? HSY_SHAPE_CAPITAL : HSY_SHAPE_LOWER;
}

/* A quotation is long when it holds five words or more, or ends as a clause
 * does: with a comma or a stop inside its marks. */
static bool is_long(const hsy_doc *doc, const hsy_quotation *q) {
  if (q->close == HSY_NONE || q->previous != HSY_NONE || q->end - q->first >= LONG_QUOTATION) return true;
  if (q->end <= q->first) return false;
  char last = doc->text.data[doc->tokens.data[q->end - 1].start];
  return last == ',' || last == '.' || last == '?' || last == '!';
}

int hsy_quote_state_of(const hsy_doc *doc, int32_t token) {
  int32_t q = doc->tokens.data[token].quote;
  if (q == HSY_NONE) return HSY_UNQUOTED;
  while (doc->quotations.data[q].parent != HSY_NONE) q = doc->quotations.data[q].parent;
  const hsy_quotation *row = &doc->quotations.data[q];
  int base = is_long(doc, row) ? HSY_LONG_OPEN : HSY_SHORT_OPEN;
  return token == row->open ? base : token == row->close ? base + 2 : base + 1;
}

static bool in_long_quotation(int state) { return state >= HSY_LONG_OPEN && state <= HSY_LONG_CLOSE; }

uint8_t hsy_quote_verb(const hsy_quote_words *words, hsy_verb_memory *memory, uint32_t hash, hsy_str word, bool *head) {
  enum { ROWS = sizeof memory->rows / sizeof *memory->rows };
  uint32_t at = hash % ROWS;
  if (memory->rows[at].word != hash) {
    hsy_lemma_set set;
    hsy_lemma_candidates(&set, &words->lemmas, word);
    memory->rows[at].word = hash;
    memory->rows[at].verb = memory->rows[at].head = 0;
    for (int i = 0; i < set.count; i++) {
      const hsy_lexicon_entry *verb = hsy_lexicon_find_hashed(&words->verbs, set.lemma[i], set.hash[i]);
      if (verb && !memory->rows[at].verb) memory->rows[at].verb = words->verb_class[verb - words->verbs.entries];
      if (hsy_lexicon_begins_hashed(&words->verbs, set.hash[i])) memory->rows[at].head = true;
    }
  }
  if (head) *head = memory->rows[at].head;
  return memory->rows[at].verb;
}

static void look_at(hsy_quote_view *view, int32_t i, const hsy_quote_words *words, hsy_verb_memory *memory) {
  hsy_quote_token *t = &view->tokens[i];
  hsy_str text = hsy_doc_token(view->doc, i);
  t->word = hash_bytes(text.data, text.len);
  t->prefix = hash_bytes(text.data, text.len < 3 ? text.len : 3);
  ptrdiff_t cut = text.len < 3 ? 0 : text.len - 3;
  t->suffix = hash_bytes(text.data + cut, text.len - cut);
  cut = text.len < 2 ? 0 : text.len - 2;
  t->suffix2 = hash_bytes(text.data + cut, text.len - cut);
  t->shape = (uint8_t)shape_of(view->doc, i);
  t->state = (uint8_t)hsy_quote_state_of(view->doc, i);
  const hsy_word_use *use = hsy_quote_word_use(&words->uses, t->word);
  if (use) t->cue = use->cue, t->source = use->source;
  if (t->shape == HSY_SHAPE_LOWER && text.len > 2) t->verb = hsy_quote_verb(words, memory, t->word, text, NULL);
}

static void place_in_sentences(hsy_quote_view *view) {
  for (int32_t s = 0; s < view->doc->sentences.len; s++) {
    const hsy_sentence *row = &view->doc->sentences.data[s];
    int clause = 0;
    for (int32_t i = row->first; i < row->end; i++) {
      view->tokens[i].sentence = s;
      view->tokens[i].clause = (uint8_t)clause;
      bool parts = view->tokens[i].shape == HSY_SHAPE_COMMA || view->tokens[i].shape == HSY_SHAPE_DASH;
      if (parts && clause < 3) clause++;
    }
  }
}

static bool likely_cue(const hsy_quote_token *t) { return t->cue >= LIKELY_CUE && !in_long_quotation(t->state); }

static void find_cues(hsy_quote_view *view) {
  for (int32_t p = 0; p < view->doc->paragraphs.len; p++) {
    const hsy_paragraph *row = &view->doc->paragraphs.data[p];
    int32_t last = HSY_NONE;
    for (int32_t i = row->first; i < row->end; i++) {
      view->tokens[i].left_cue = last;
      if (likely_cue(&view->tokens[i])) last = i;
    }
    last = HSY_NONE;
    for (int32_t i = row->end - 1; i >= row->first; i--) {
      view->tokens[i].right_cue = last;
      if (likely_cue(&view->tokens[i])) last = i;
    }
  }
}

static bool is_capital(const hsy_quote_token *t) { return t->shape == HSY_SHAPE_CAPITAL || t->shape == HSY_SHAPE_CAPS; }

/* Names behave alike: what stands around one tells more than the name. */
static void find_runs(hsy_quote_view *view, const hsy_paragraph *p) {
  for (int32_t i = p->first; i < p->end; i++) {
    if (!is_capital(&view->tokens[i])) continue;
    int32_t end = i + 1;
    while (end < p->end && is_capital(&view->tokens[end])) end++;
    uint32_t left = i > p->first ? view->tokens[i - 1].word : 1;
    uint32_t right = end < p->end ? view->tokens[end].word : 1;
    for (; i < end; i++) view->tokens[i].run_left = left, view->tokens[i].run_right = right;
  }
}

bool hsy_quote_words_load(hsy_quote_words *words, hsy_arena *arena, hsy_error *err) {
  if (!hsy_lemma_load(&words->lemmas, arena, err) ||
      !hsy_lexicon_load(&words->verbs, "lexicon/en/reporting_verbs.txt", arena, err))
    return false;
  words->verb_class = hsy_new(arena, uint8_t, words->verbs.count);
  if (!words->verb_class) return hsy_arena_check(*arena, "quote", err);
  for (ptrdiff_t i = 0; i < words->verbs.count; i++) {
    const hsy_lexicon_entry *verb = &words->verbs.entries[i];
    hsy_str mode = hsy_lexicon_field(verb, 1);
    int row = hsy_str_eq(mode, HSY_S("speech")) ? 0 : hsy_str_eq(mode, HSY_S("thought")) ? 1 : 2;
    words->verb_class[i] = (uint8_t)(1 + 2 * row + !hsy_str_eq(hsy_lexicon_field(verb, 0), HSY_S("affirm")));
  }
  return true;
}

bool hsy_quote_view_make(hsy_quote_view *view, const hsy_doc *doc, const hsy_quote_words *words,
                         hsy_verb_memory *memory, hsy_arena *arena) {
  view->doc = doc;
  view->tokens = hsy_new(arena, hsy_quote_token, doc->tokens.len);
  if (!view->tokens && doc->tokens.len) return false;
  for (int32_t i = 0; i < doc->tokens.len; i++) look_at(view, i, words, memory);
  place_in_sentences(view);
  find_cues(view);
  for (int32_t i = 0; i < doc->paragraphs.len; i++) find_runs(view, &doc->paragraphs.data[i]);
  return true;
}
