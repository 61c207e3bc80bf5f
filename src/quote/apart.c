#include "quote/apart.h"

#include "quote/attribute.h"
#include "quote/mend.h"

/* Tokens of a span, half-open. */
typedef struct range {
  int32_t first, end;
} range;

static range tokens_of(const hsy_doc *doc, hsy_span span) {
  range r = {hsy_doc_token_at(doc, span.start), 0};
  for (r.end = r.first; r.end < doc->tokens.len && doc->tokens.data[r.end].start < span.end;) r.end++;
  return r;
}

static bool is_kind(const hsy_doc *doc, int32_t token, hsy_token_kind kind) {
  return token >= 0 && token < doc->tokens.len && doc->tokens.data[token].kind == kind;
}

static bool ends_sentence(const hsy_doc *doc, int32_t token) {
  hsy_str mark = hsy_doc_token(doc, token);
  return hsy_str_eq(mark, HSY_S(".")) || hsy_str_eq(mark, HSY_S("?")) || hsy_str_eq(mark, HSY_S("!")) ||
         hsy_str_eq(mark, HSY_S("…")) || hsy_str_eq(mark, HSY_S("..."));
}

/* A quotation and no more, with its last mark behind the end of a sentence. */
static bool is_whole_quotation(const hsy_doc *doc, range r) {
  return r.end - r.first > 2 && is_kind(doc, r.first, HSY_TOKEN_OPEN) && is_kind(doc, r.end - 1, HSY_TOKEN_CLOSE) &&
         ends_sentence(doc, r.end - 2);
}

/* ---- questions that are answered ---- */

/* "was asked", "had been urged": the words of the cue speak to somebody, and say
 * not who does. */
static bool is_put_to(const hsy_doc *doc, const hsy_quote_models *models, range cue) {
  const hsy_quote_words *words = &models->words;
  for (int32_t t = cue.first; t < cue.end; t++) {
    const hsy_lexicon_entry *verb = hsy_lemma_find(&words->verbs, &words->lemmas, hsy_doc_token(doc, t));
    if (!verb || t == 0) continue;
    hsy_str stance = hsy_lexicon_field(verb, 0);
    bool asks = hsy_str_eq(stance, HSY_S("ask")) || hsy_str_eq(stance, HSY_S("urge"));
    char room[HSY_LEMMA_ROOM];
    hsy_str before = hsy_lemma_key(&words->lemmas, hsy_doc_token(doc, t - 1), room);
    if (asks && hsy_str_eq(before, hsy_lemma_key(&words->lemmas, HSY_S("be"), (char[HSY_LEMMA_ROOM]){0}))) return true;
  }
  return false;
}

/* Cuts the pieces behind the n-th off; they become a row that has no cue. */
static void cut_off(hsy_doc *doc, int32_t row, int32_t n) {
  hsy_attribution *new = hsy_push(&doc->attributions, doc->arena);
  hsy_attribution *old = &doc->attributions.data[row];
  hsy_part *content = &old->part[HSY_CONTENT];
  *new = (hsy_attribution){.parent = HSY_NONE, .same_run = HSY_NONE, .confidence = old->confidence};
  new->part[HSY_CONTENT] = (hsy_part){content->first + n, content->count - n};
  content->count = n;
  old->kind = hsy_quote_kind(doc, *content);
  new->kind = hsy_quote_kind(doc, new->part[HSY_CONTENT]);
}

static void part_answer(hsy_doc *doc, const hsy_quote_models *models, int32_t row) {
  const hsy_attribution *a = &doc->attributions.data[row];
  hsy_part content = a->part[HSY_CONTENT];
  if (content.count < 2 || !a->part[HSY_CUE].count || a->parent != HSY_NONE) return;
  range cue = tokens_of(doc, hsy_doc_piece(doc, a->part[HSY_CUE], 0));
  int32_t asked = hsy_doc_sentence_of(doc, cue.first);
  for (int32_t k = 1; k < content.count; k++) {
    range piece = tokens_of(doc, hsy_doc_piece(doc, content, k));
    if (hsy_doc_sentence_of(doc, piece.first) <= asked || !is_whole_quotation(doc, piece)) continue;
    if (is_put_to(doc, models, cue)) cut_off(doc, row, k);
    return;
  }
}

/* ---- what somebody does beside it ---- */

static bool has_verb(const hsy_doc *doc, const hsy_quote_models *models, range cue) {
  for (int32_t t = cue.first; t < cue.end; t++)
    if (hsy_lemma_find(&models->words.verbs, &models->words.lemmas, hsy_doc_token(doc, t))) return true;
  return false;
}

/* "“You knew.” The chairman nodded.": a sentence of its own, and no verb of
 * saying. */
static void free_gesture(hsy_doc *doc, const hsy_quote_models *models, hsy_attribution *row) {
  hsy_part content = row->part[HSY_CONTENT], source = row->part[HSY_SOURCE];
  if (row->kind == HSY_INDIRECT || !row->part[HSY_CUE].count || !source.count) return;
  range said = tokens_of(doc, hsy_doc_piece(doc, content, 0));
  range cue = tokens_of(doc, hsy_doc_piece(doc, row->part[HSY_CUE], 0));
  range who = tokens_of(doc, hsy_doc_piece(doc, source, 0));
  if (!is_whole_quotation(doc, said) || who.first < said.end || cue.first < who.end) return;
  if (hsy_doc_sentence_of(doc, who.first) == hsy_doc_sentence_of(doc, said.end - 2) || has_verb(doc, models, cue))
    return;
  row->part[HSY_CUE].count = row->part[HSY_SOURCE].count = 0;
  row->part[HSY_CONTENT].count = 1; /* "did not hide | her anger" is none of it */
  row->kind = HSY_DIRECT;
}

/* ---- over paragraphs ---- */

/* A piece of a quotation that goes on in the next paragraph ends with its
 * paragraph, or with its closing mark. */
static void finish_piece(hsy_doc *doc, hsy_span *piece) {
  range r = tokens_of(doc, *piece);
  int32_t q = r.first < doc->tokens.len ? doc->tokens.data[r.first].quote : HSY_NONE;
  if (q == HSY_NONE || (doc->quotations.data[q].next == HSY_NONE && doc->quotations.data[q].previous == HSY_NONE))
    return;
  const hsy_quotation *row = &doc->quotations.data[q];
  for (int32_t t = r.end; t < row->end; t++)
    if (doc->tokens.data[t].kind <= HSY_TOKEN_NUMBER) return;
  int32_t end = row->close != HSY_NONE ? row->close + 1 : row->end;
  if (end > r.end) piece->end = doc->tokens.data[end - 1].end;
}

/* "named her as its head": nothing is said. */
static void drop_idiom(hsy_doc *doc, const hsy_quote_models *models, hsy_attribution *row) {
  hsy_part cue = row->part[HSY_CUE];
  if (row->kind == HSY_INDIRECT && cue.count && hsy_quote_in_idiom(doc, &models->idioms, hsy_doc_piece(doc, cue, 0)))
    row->part[HSY_CONTENT].count = 0;
}

bool hsy_quote_set_apart(hsy_doc *doc, const hsy_quote_models *models, hsy_arena scratch) {
  ptrdiff_t n = doc->attributions.len;
  for (int32_t i = 0; i < n; i++) {
    part_answer(doc, models, i);
    free_gesture(doc, models, &doc->attributions.data[i]);
    hsy_part content = doc->attributions.data[i].part[HSY_CONTENT];
    for (int32_t k = 0; k < content.count; k++) finish_piece(doc, &doc->pieces.data[content.first + k]);
  }
  for (int32_t i = 0; i < doc->attributions.len; i++) drop_idiom(doc, models, &doc->attributions.data[i]);
  return hsy_quote_drop_empty(doc, NULL, scratch) && !hsy_arena_failed(*doc->arena);
}
