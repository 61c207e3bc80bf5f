#include "quote/nested.h"

#include "quote/attribute.h"
#include "quote/frames.h"
#include "quote/mend.h"

enum {
  SHORTEST = 6,       /* tokens of a content that can hold a report */
  SHORTEST_INNER = 3, /* tokens of a content inside it */
};
static const float SURE = 0.35f; /* an inner report has to be this likely */

/* A document of the tokens [first, end) alone, as one block. Quotation marks
 * around all of it are gone: inside, the speaker's words are plain text. */
static bool excerpt(const hsy_doc *doc, int32_t first, int32_t end, hsy_doc *out, hsy_arena *arena) {
  hsy_doc_init(out, arena);
  out->text = doc->text;
  *hsy_push(&out->blocks, arena) = (hsy_block){.text = hsy_doc_tokens(doc, first, end), .tagged = true};
  for (int32_t t = first; t < end; t++) {
    hsy_token *token = hsy_push(&out->tokens, arena);
    *token = doc->tokens.data[t];
    token->quote = HSY_NONE;
  }
  int32_t count = end - first;
  for (int32_t s = 0; s < doc->sentences.len; s++) {
    const hsy_sentence *row = &doc->sentences.data[s];
    int32_t a = row->first < first ? first : row->first, b = row->end > end ? end : row->end;
    if (a < b) *hsy_push(&out->sentences, arena) = (hsy_sentence){a - first, b - first, 0};
  }
  *hsy_push(&out->paragraphs, arena) =
      (hsy_paragraph){.first = 0, .end = count, .first_sentence = 0, .end_sentence = (int32_t)out->sentences.len};
  return !hsy_arena_failed(*arena);
}

static bool is_mark(const hsy_doc *doc, int32_t t) { return doc->tokens.data[t].kind >= HSY_TOKEN_OPEN; }

static int32_t words_of(const hsy_doc *doc, hsy_part part) {
  int32_t n = 0;
  for (int32_t i = 0; i < part.count; i++) {
    hsy_span piece = hsy_doc_piece(doc, part, i);
    for (int32_t t = hsy_doc_token_at(doc, piece.start); t < doc->tokens.len && doc->tokens.data[t].start < piece.end;
         t++)
      n += doc->tokens.data[t].kind <= HSY_TOKEN_NUMBER;
  }
  return n;
}

/* The last listed verb of the cue, its head. */
static const hsy_lexicon_entry *head_verb(const hsy_doc *doc, const hsy_quote_models *models, hsy_span cue) {
  const hsy_lexicon_entry *head = NULL;
  for (int32_t t = hsy_doc_token_at(doc, cue.start); t < doc->tokens.len && doc->tokens.data[t].start < cue.end; t++) {
    const hsy_lexicon_entry *verb = hsy_lemma_find(&models->words.verbs, &models->words.lemmas, hsy_doc_token(doc, t));
    if (verb) head = verb;
  }
  return head;
}

bool hsy_quote_proposes(const hsy_doc *doc, const hsy_quote_models *models, const hsy_attribution *row) {
  static const char *const OPENERS[] = {"that", "whether", "if", "to"};
  if (row->part[HSY_CUE].count == 0) return true;
  hsy_span content = hsy_doc_piece(doc, row->part[HSY_CONTENT], 0), cue = hsy_doc_piece(doc, row->part[HSY_CUE], 0);
  const hsy_lexicon_entry *verb = head_verb(doc, models, cue);
  bool noun = hsy_lexicon_find(&models->nouns, hsy_doc_span(doc, cue)) != NULL;
  if (noun && hsy_str_eq(hsy_doc_token(doc, hsy_doc_token_at(doc, content.start) - 1), HSY_S("that"))) return true;
  if (!verb) return false;
  if (!hsy_str_eq(hsy_lexicon_field(verb, 0), HSY_S("affirm")) || hsy_str_eq(verb->word, HSY_S("say"))) return true;
  hsy_str first = hsy_doc_token(doc, hsy_doc_token_at(doc, content.start));
  for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++)
    if (hsy_str_eq_nocase(first, hsy_str_of(OPENERS[i]))) return true;
  return hsy_str_eq_nocase(hsy_doc_token(doc, hsy_doc_token_at(doc, cue.end - 1)), HSY_S("for"));
}

/* Whether a row near the parent has the same content already. */
static bool is_known(const hsy_doc *doc, ptrdiff_t from, int32_t parent, const hsy_attribution *row) {
  enum { NEAR = 16 };
  hsy_span own = hsy_doc_piece(doc, row->part[HSY_CONTENT], 0);
  for (int32_t i = parent > NEAR ? parent - NEAR : 0; i < from && i < parent + NEAR; i++) {
    const hsy_attribution *other = &doc->attributions.data[i];
    if (i == parent || other->part[HSY_CONTENT].count == 0) continue;
    hsy_span theirs = hsy_doc_piece(doc, other->part[HSY_CONTENT], 0);
    if (theirs.end == own.end && theirs.start <= own.start && own.start - theirs.start < 6) return true;
  }
  return false;
}

/* Keeps of the rows from `from` on those that are likely, and speech: what
 * somebody is said to think is one guess too far. */
static void keep_likely(hsy_doc *doc, const hsy_quote_models *models, ptrdiff_t from, int32_t parent) {
  ptrdiff_t kept = from;
  for (ptrdiff_t i = from; i < doc->attributions.len; i++) {
    hsy_attribution row = doc->attributions.data[i];
    bool whole = row.part[HSY_CUE].count && row.part[HSY_SOURCE].count && row.part[HSY_CONTENT].count;
    if (!whole || row.mode != HSY_SPEECH || row.confidence < SURE ||
        words_of(doc, row.part[HSY_CONTENT]) < SHORTEST_INNER || !hsy_quote_proposes(doc, models, &row) ||
        is_known(doc, from, parent, &row))
      continue;
    row.parent = parent;
    row.confidence *= doc->attributions.data[parent].confidence;
    doc->attributions.data[kept++] = row;
  }
  doc->attributions.len = kept;
}

/* Most contents hold no word that ever reports, and no noun whose content is
 * told ("its claim that …"): those need no second look. */
static bool may_report(const hsy_doc *doc, const hsy_quote_models *models, int32_t first, int32_t end) {
  enum { OFTEN = 5 };
  for (int32_t t = first; t < end; t++) {
    hsy_str word = hsy_doc_token(doc, t);
    const hsy_word_use *use = hsy_quote_word_use(&models->words.uses, hsy_quote_word_hash(word));
    if (use && use->cue >= OFTEN) return true;
    bool that = t + 1 < end && hsy_str_eq(hsy_doc_token(doc, t + 1), HSY_S("that"));
    if (that && hsy_lexicon_find(&models->nouns, word)) return true;
  }
  return false;
}

static bool nest_in(hsy_doc *doc, const hsy_quote_models *models, int32_t parent, hsy_span piece, hsy_frame_work *work,
                    hsy_arena scratch) {
  int32_t first = hsy_doc_token_at(doc, piece.start), end = first;
  while (end < doc->tokens.len && doc->tokens.data[end].start < piece.end) end++;
  while (first < end && is_mark(doc, first)) first++;
  while (first < end && is_mark(doc, end - 1)) end--;
  if (first < end && hsy_str_eq_nocase(hsy_doc_token(doc, first), HSY_S("that"))) first++;
  if (end - first < SHORTEST || !may_report(doc, models, first, end)) return true;
  hsy_arena rest = hsy_arena_split(&scratch, (size_t)(scratch.end - scratch.next) / 4);
  hsy_doc inner;
  if (!excerpt(doc, first, end, &inner, &scratch)) return false;
  ptrdiff_t from = doc->attributions.len;
  if (!hsy_quote_find_all(doc, &inner, models, first, work->memory, rest)) return false;
  hsy_quote_mend(doc, models, from);
  keep_likely(doc, models, from, parent);
  if (doc->attributions.len > from) return true;
  hsy_quote_frames_in(doc, models, first, end, work);
  keep_likely(doc, models, from, parent);
  return true;
}

/* A row found around others has them for children; they stand just before it. */
static bool has_child(const hsy_doc *doc, int32_t row, ptrdiff_t count) {
  enum { NEAR = 64 };
  for (int32_t i = row > NEAR ? row - NEAR : 0; i < count && i < row + NEAR; i++)
    if (doc->attributions.data[i].parent == row) return true;
  return false;
}

bool hsy_quote_nest(hsy_doc *doc, const hsy_quote_models *models, hsy_verb_memory *memory, hsy_arena scratch) {
  hsy_frame_work work;
  if (!hsy_frame_work_new(&work, doc, memory, &scratch)) return false;
  ptrdiff_t outer = doc->attributions.len; /* one level: reports inside reports inside reports are not sought */
  for (int32_t i = 0; i < outer; i++) {
    hsy_part content = doc->attributions.data[i].part[HSY_CONTENT];
    if (doc->attributions.data[i].parent != HSY_NONE || has_child(doc, i, outer)) continue;
    for (int32_t k = 0; k < content.count; k++)
      if (!nest_in(doc, models, i, hsy_doc_piece(doc, content, k), &work, scratch)) return false;
  }
  return true;
}
