#include "quote/mend.h"

#include "base/utf8.h"
#include "quote/attribute.h"

static const float UNLIKELY = 0.12f; /* below this a row is more noise than news */

static hsy_str word(const hsy_doc *doc, int32_t t) {
  return t >= 0 && t < doc->tokens.len ? hsy_doc_token(doc, t) : (hsy_str){0};
}

static bool is(const hsy_doc *doc, int32_t t, const char *text) {
  return hsy_str_eq_nocase(word(doc, t), hsy_str_of(text));
}

/* Tokens [first, end) of a span. */
typedef struct range {
  int32_t first, end;
} range;

static range tokens_of(const hsy_doc *doc, hsy_span span) {
  range r = {hsy_doc_token_at(doc, span.start), 0};
  for (r.end = r.first; r.end < doc->tokens.len && doc->tokens.data[r.end].start < span.end;) r.end++;
  return r;
}

/* ---- idioms ---- */

/* Whether the phrase stands at token t; *end gets the token behind it. "…" in it
 * stands for a few words. */
static bool stands_at(const hsy_doc *doc, int32_t t, hsy_str phrase, int32_t *end) {
  enum { LONGEST_GAP = 8 };
  int32_t gap = 0;
  while (phrase.len > 0) {
    hsy_str next = hsy_str_cut(phrase, ' ', &phrase);
    if (hsy_str_eq(next, HSY_S("…"))) {
      gap = LONGEST_GAP;
      continue;
    }
    while (gap > 0 && !hsy_str_eq_nocase(word(doc, t), next)) t++, gap--;
    if (!hsy_str_eq_nocase(word(doc, t++), next)) return false;
    gap = 0;
  }
  *end = t;
  return true;
}

/* Whether an idiom may begin with the token: most do not, and that is cheap to know. */
static bool may_begin(const hsy_doc *doc, const hsy_lexicon *idioms, int32_t t) {
  enum { LONGEST = 16 };
  char room[LONGEST];
  hsy_str w = word(doc, t);
  if (w.len > LONGEST) return false;
  for (ptrdiff_t i = 0; i < w.len; i++)
    room[i] = (char)(w.data[i] >= 'A' && w.data[i] <= 'Z' ? w.data[i] + 32 : w.data[i]);
  return hsy_lexicon_begins(idioms, (hsy_str){room, w.len});
}

bool hsy_quote_in_idiom(const hsy_doc *doc, const hsy_lexicon *idioms, hsy_span span) {
  enum { REACH = 5 };
  range cue = tokens_of(doc, span);
  for (int32_t t = cue.first > REACH ? cue.first - REACH : 0; t < cue.end; t++) {
    if (!may_begin(doc, idioms, t)) continue;
    for (ptrdiff_t i = 0; i < idioms->count; i++) {
      int32_t end;
      if (stands_at(doc, t, idioms->entries[i].word, &end) && end > cue.first) return true;
    }
  }
  return false;
}

/* ---- words of the reporting inside the content ---- */

/* Words at the content's start that tell how it was said, not what. */
static int32_t reporting_words(const hsy_doc *doc, range content) {
  int32_t t = content.first;
  if (is(doc, t, "the") && is(doc, t + 1, "first") && is(doc, t + 2, "time")) return 3;
  if (!is(doc, t, "as")) return 0;
  int32_t end = t + 2; /* "as baseless", "as an outright lie" is all of the content where nothing follows */
  if (content.end - end < 3 || doc->tokens.data[t + 1].kind != HSY_TOKEN_WORD) return 0;
  return is(doc, t + 1, "a") || is(doc, t + 1, "an") || is(doc, t + 1, "the") ? 0 : 2;
}

static void trim_content(hsy_doc *doc, hsy_attribution *row) {
  hsy_part part = row->part[HSY_CONTENT];
  if (part.count == 0 || row->part[HSY_CUE].count == 0) return;
  hsy_span *piece = &doc->pieces.data[part.first];
  range content = tokens_of(doc, *piece);
  hsy_span *cue = &doc->pieces.data[row->part[HSY_CUE].first];
  int32_t skip = reporting_words(doc, content);
  if (skip == 0 || content.end - content.first <= skip + 1 || tokens_of(doc, *cue).end != content.first) return;
  cue->end = doc->tokens.data[content.first + skip - 1].end;
  piece->start = doc->tokens.data[content.first + skip].start;
}

/* `"Nobody sails," said the harbour master`: a few bare words right behind the
 * cue of a quotation are who said it, not more of what was said. */
static void free_subject(hsy_doc *doc, hsy_attribution *row) {
  enum { LONGEST = 6 };
  hsy_part *content = &row->part[HSY_CONTENT], *source = &row->part[HSY_SOURCE];
  if (content->count < 2 || row->part[HSY_CUE].count == 0) return;
  range cue = tokens_of(doc, hsy_doc_piece(doc, row->part[HSY_CUE], 0));
  range first = tokens_of(doc, hsy_doc_piece(doc, *content, 0));
  for (int32_t i = 1; i < content->count; i++) {
    hsy_span piece = hsy_doc_piece(doc, *content, i);
    range words = tokens_of(doc, piece);
    bool bare = doc->tokens.data[words.first].quote == HSY_NONE && words.end - words.first <= LONGEST;
    if (words.first != cue.end || !bare || doc->tokens.data[first.first].kind != HSY_TOKEN_OPEN) continue;
    if (source->count == 0)
      *source = hsy_doc_add_part(doc, &piece, 1);
    else if (hsy_doc_piece(doc, *source, 0).start > piece.end)
      doc->pieces.data[source->first].start = piece.start; /* "the coach, Ann Lee" */
    for (int32_t k = i; k + 1 < content->count; k++)
      doc->pieces.data[content->first + k] = doc->pieces.data[content->first + k + 1];
    content->count--;
    row->kind = hsy_quote_kind(doc, *content);
    return;
  }
}

/* "withdrew its statement that it rained": what is withdrawn is the statement,
 * and the noun belongs to it. */
static void free_noun(hsy_doc *doc, const hsy_lexicon *nouns, hsy_attribution *row) {
  static const char *const OWNERS[] = {"its", "his", "her", "their"};
  if (row->part[HSY_CUE].count != 1) return;
  hsy_span *piece = &doc->pieces.data[row->part[HSY_CONTENT].first];
  hsy_span *span = &doc->pieces.data[row->part[HSY_CUE].first];
  range cue = tokens_of(doc, *span), content = tokens_of(doc, *piece);
  if (cue.end - cue.first < 3 || cue.end != content.first || !is(doc, content.first, "that")) return;
  for (size_t i = 0; i < sizeof OWNERS / sizeof *OWNERS; i++) {
    if (!is(doc, cue.end - 2, OWNERS[i]) || !hsy_lexicon_find(nouns, word(doc, cue.end - 1))) continue;
    piece->start = doc->tokens.data[cue.end - 2].start;
    span->end = doc->tokens.data[cue.end - 3].end;
    return;
  }
}

/* "dismissed the reports which": the relative clause goes with its noun, though
 * it reports something as well. */
static void finish_relative(hsy_doc *doc, hsy_attribution *row) {
  hsy_part part = row->part[HSY_CONTENT];
  hsy_span *piece = &doc->pieces.data[part.first + part.count - 1];
  int32_t last = tokens_of(doc, *piece).end - 1;
  if (!is(doc, last, "which") && !is(doc, last, "who")) return;
  int32_t s = hsy_doc_sentence_of(doc, last);
  if (s >= doc->sentences.len) return;
  int32_t end = doc->sentences.data[s].end;
  while (end > last + 1 && doc->tokens.data[end - 1].kind >= HSY_TOKEN_OPEN) end--;
  piece->end = doc->tokens.data[end - 1].end;
}

/* "quoted Ruiz as saying that it rained": the tokens up to "saying" and "that"
 * name the speaker, not what was said. Returns where the words begin, or NONE. */
static int32_t behind_as_saying(const hsy_doc *doc, int32_t from, int32_t end) {
  enum { LONGEST = 14 };
  for (int32_t t = from; t + 1 < end && t < from + LONGEST; t++) {
    if (!is(doc, t, "as") || !hsy_str_ends(word(doc, t + 1), HSY_S("ing"))) continue;
    int32_t that = t + 2;
    while (that < end && that < t + 8 && !is(doc, that, "that")) that++;
    return is(doc, that, "that") && that + 1 < end ? that + 1 : t + 2;
  }
  return HSY_NONE;
}

static bool is_quoting(const hsy_doc *doc, range cue) {
  for (int32_t t = cue.first; t < cue.end; t++)
    if (is(doc, t, "quoted") || is(doc, t, "quotes") || is(doc, t, "quoting")) return true;
  return false;
}

static void trim_quoted_speaker(hsy_doc *doc, hsy_attribution *row) {
  hsy_part *part = &row->part[HSY_CONTENT];
  if (row->part[HSY_CUE].count == 0) return;
  range cue = tokens_of(doc, hsy_doc_piece(doc, row->part[HSY_CUE], 0));
  if (!is_quoting(doc, cue)) return;
  range last = tokens_of(doc, hsy_doc_piece(doc, *part, part->count - 1));
  int32_t begins = behind_as_saying(doc, cue.end, last.end);
  if (begins == HSY_NONE || begins >= last.end) return;
  while (part->count > 1 && tokens_of(doc, hsy_doc_piece(doc, *part, 0)).end <= begins) part->first++, part->count--;
  hsy_span *piece = &doc->pieces.data[part->first];
  if (tokens_of(doc, *piece).first < begins) piece->start = doc->tokens.data[begins].start;
}

/* ---- rows that report nothing ---- */

/* A source that is no more than a preposition ("amid reports of") is nobody, and
 * the row a turn of the article's own. */
static bool has_no_one(const hsy_doc *doc, hsy_part source) {
  static const char *const WORDS[] = {"amid", "among", "despite", "as", "after", "with", "by", "in", "from", "for"};
  if (source.count == 0) return false;
  range r = tokens_of(doc, hsy_doc_piece(doc, source, 0));
  if (r.end - r.first != 1) return false;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (is(doc, r.first, WORDS[i])) return true;
  return false;
}

void hsy_quote_mend(hsy_doc *doc, const hsy_quote_models *models, ptrdiff_t from) {
  ptrdiff_t kept = from;
  for (ptrdiff_t i = from; i < doc->attributions.len; i++) {
    hsy_attribution row = doc->attributions.data[i];
    hsy_part cue = row.part[HSY_CUE];
    if (row.part[HSY_CONTENT].count == 0 ||
        (row.confidence < UNLIKELY && cue.count && !row.part[HSY_SOURCE].count && row.kind == HSY_INDIRECT))
      continue;
    if (has_no_one(doc, row.part[HSY_SOURCE])) continue;
    if (cue.count && hsy_quote_in_idiom(doc, &models->idioms, hsy_doc_piece(doc, cue, 0))) continue;
    free_subject(doc, &row);
    trim_quoted_speaker(doc, &row);
    trim_content(doc, &row);
    free_noun(doc, &models->nouns, &row);
    finish_relative(doc, &row);
    doc->attributions.data[kept++] = row;
  }
  doc->attributions.len = kept;
}
