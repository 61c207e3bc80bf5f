#include "quote/turns.h"

#include <stdlib.h>

#include "base/bound.h"
#include "base/hash.h"
#include "quote/attribute.h"

enum { LONGEST_LABEL = 14, MOST_WORDS = 8, FEW = 3, MOST_PIECES = 24, LONGEST_STAGE = 6 };
static const float SURE = 0.9f; /* a label names its speaker plainly */

/* The label of a paragraph; `colon` is NONE where it has none. */
typedef struct label {
  int32_t first, end; /* tokens of the name in it */
  int32_t colon;
  int32_t words; /* first token of what is said */
  uint64_t hash; /* of its last word: "Noor Castellane", later "Castellane" */
  bool capitals; /* in capitals, or a letter */
  bool marked;   /* behind ">>", or in a voice tag */
  bool kept;
} label;

static bool is(const hsy_doc *doc, int32_t t, const char *mark) {
  return t < doc->tokens.len && hsy_str_eq(hsy_doc_token(doc, t), hsy_str_of(mark));
}

static bool word(const hsy_doc *doc, int32_t t) { return doc->tokens.data[t].kind == HSY_TOKEN_WORD; }

static bool capital(const hsy_doc *doc, int32_t t) { return doc->tokens.data[t].flags & HSY_TOKEN_CAPITAL; }

static bool in_capitals(const hsy_doc *doc, int32_t t) {
  hsy_str text = hsy_doc_token(doc, t);
  return (doc->tokens.data[t].flags & HSY_TOKEN_ALL_CAPS) || (text.len == 1 && capital(doc, t));
}

/* Behind the bracket that closes the one at t, or t where none does in time. */
static int32_t bracket_end(const hsy_doc *doc, int32_t t, int32_t end) {
  const char *close = is(doc, t, "(") ? ")" : is(doc, t, "[") ? "]" : NULL;
  for (int32_t k = t + 1; close && k < end && k <= t + LONGEST_STAGE + 2; k++)
    if (is(doc, k, close)) return k + 1;
  return t;
}

/* "(Jane Doe)" names who speaks; "(voice-over)" and "(D)" do not. */
static bool names(const hsy_doc *doc, int32_t first, int32_t end) {
  int32_t count = 0;
  for (int32_t t = first + 1; t < end - 1; t++) {
    if (!word(doc, t)) continue;
    if (!capital(doc, t) && count == 0) return false;
    count += hsy_doc_token(doc, t).len > 1;
  }
  return count > 0;
}

/* "MS.", "&" and the dashes of a name may stand between a label's words. */
static bool may_stand(const hsy_doc *doc, int32_t t, bool capitals) {
  if (is(doc, t, ".") || is(doc, t, "&") || is(doc, t, "-") || is(doc, t, "'") || is(doc, t, "’")) return true;
  return capitals && is(doc, t, ",");
}

/* "of", "the", "van": a short word in small letters behind a word of a label. */
static bool joins(const hsy_doc *doc, int32_t t, const label *l) {
  return l->end > l->first && word(doc, t) && hsy_doc_token(doc, t).len <= 3;
}

/* "<v Jane Doe>words" of captions. */
static bool voice_tag(const hsy_doc *doc, int32_t t, const hsy_paragraph *p, label *l) {
  if (!is(doc, t, "<") || !is(doc, t + 1, "v")) return false;
  int32_t end = t + 2;
  while (end < p->end && end < t + LONGEST_LABEL && !is(doc, end, ">")) end++;
  if (end >= p->end || end == t + 2 || !is(doc, end, ">")) return false;
  *l = (label){.first = t + 2, .end = end, .colon = end, .words = end + 1, .capitals = true, .marked = true};
  return true;
}

static bool read_label(const hsy_doc *doc, const hsy_paragraph *p, label *l) {
  int32_t t = p->first, count = 0;
  *l = (label){.colon = HSY_NONE};
  if (voice_tag(doc, t, p, l)) return l->words < p->end;
  while (t < p->end && (is(doc, t, ">") || is(doc, t, ">>") || is(doc, t, "»"))) t++;
  l->marked = t > p->first;
  l->first = l->end = t;
  l->capitals = true;
  for (; t < p->end && t <= p->first + LONGEST_LABEL && !is(doc, t, ":"); t++) {
    int32_t close = bracket_end(doc, t, p->end);
    if (close > t) {
      if (count == 0) return false;
      if (names(doc, t, close)) {
        l->first = t + 1;
        l->end = close - 1;
      }
      t = close - 1;
    } else if (word(doc, t) && capital(doc, t)) {
      l->capitals = l->capitals && (in_capitals(doc, t) || count == 0);
      l->end = ++count <= MOST_WORDS ? t + 1 : l->end;
    } else if (!may_stand(doc, t, l->capitals) && !joins(doc, t, l)) {
      return false;
    }
  }
  if (!is(doc, t, ":") || count == 0 || count > MOST_WORDS || t + 1 >= p->end) return false;
  bool any = false; /* "The CHAIR": the article's letters do not count, but something must */
  for (int32_t k = l->first; k < l->end; k++) any = any || (word(doc, k) && in_capitals(doc, k));
  l->capitals = l->capitals && any;
  for (int32_t k = l->first; k < l->end; k++) /* "MIRA SOLANO, GEOLOGIST" */
    if (is(doc, k, ",")) l->end = k;
  l->colon = t;
  l->words = t + 1;
  int32_t stage = bracket_end(doc, l->words, p->end);
  if (stage < p->end) l->words = stage;
  return l->end > l->first;
}

static bool is_prose(const hsy_doc *doc, const hsy_paragraph *p) {
  return doc->blocks.data[p->block].kind == HSY_BLOCK_PARAGRAPH;
}

/* Whether the paragraph ends as a sentence does. */
static bool ends_sentence(const hsy_doc *doc, const hsy_paragraph *p) {
  static const char *const ENDS[] = {".", "?", "!", "…", "...", "—", "–", "--", "-", ")", "]"};
  int32_t t = p->end - 1;
  while (t > p->first && doc->tokens.data[t].kind == HSY_TOKEN_CLOSE && !is(doc, t, ")") && !is(doc, t, "]")) t--;
  for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
    if (is(doc, t, ENDS[i])) return true;
  return false;
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* Whether the sorted hashes hold this one twice. */
static bool comes_back(const uint64_t *hashes, ptrdiff_t count, uint64_t hash) {
  hsy_bound half = {.high = count};
  while (hsy_bound_open(&half)) hsy_bound_cut(&half, hashes[half.middle] < hash);
  ptrdiff_t low = half.low;
  return low + 1 < count && hashes[low + 1] == hash;
}

/* Which labels are speakers': those that come back, and beside some of these all
 * of the same manner. */
static void keep_speakers(const hsy_doc *doc, label *labels, uint64_t *hashes) {
  ptrdiff_t n = doc->paragraphs.len, count = 0, sentences = 0, kept = 0, capitals = 0;
  for (ptrdiff_t i = 0; i < n; i++) {
    if (labels[i].colon == HSY_NONE) continue;
    hashes[count++] = labels[i].hash;
    sentences += ends_sentence(doc, &doc->paragraphs.data[i]);
  }
  if (sentences * 2 < count) return; /* lines of a form, no talk */
  qsort(hashes, (size_t)count, sizeof *hashes, by_value);
  for (ptrdiff_t i = 0; i < n; i++) {
    label *l = &labels[i];
    if (l->colon == HSY_NONE) continue;
    l->kept = comes_back(hashes, count, l->hash) || l->marked;
    kept += l->kept;
    capitals += l->kept && l->capitals;
  }
  for (ptrdiff_t i = 0; i < n && kept > 1; i++) {
    label *l = &labels[i];
    if (l->colon == HSY_NONE || l->kept) continue;
    l->kept = l->capitals ? capitals > 1 : kept > FEW && ends_sentence(doc, &doc->paragraphs.data[i]);
  }
}

/* Rows that begin inside a turn give way to it. */
static bool drop_turns(hsy_doc *doc, const uint8_t *in_turn, hsy_arena scratch) {
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) {
    hsy_attribution *row = &doc->attributions.data[i];
    if (in_turn[hsy_doc_token_at(doc, hsy_doc_piece(doc, row->part[HSY_CONTENT], 0).start)])
      row->part[HSY_CONTENT].count = 0;
  }
  return hsy_quote_drop_empty(doc, NULL, scratch);
}

/* "(LAUGHTER)", "[applause]": what is done, not said. */
static bool on_stage(const hsy_doc *doc, int32_t first, int32_t end) {
  if (is(doc, first, "[")) return true;
  for (int32_t t = first + 1; t < end - 1; t++)
    if (word(doc, t) && !in_capitals(doc, t)) return false;
  return true;
}

static void add_turn(hsy_doc *doc, const hsy_paragraph *p, const label *l) {
  hsy_span pieces[MOST_PIECES];
  int32_t count = 0, from = l->words;
  for (int32_t t = l->words; t <= p->end; t++) {
    int32_t close = t < p->end ? bracket_end(doc, t, p->end) : t;
    bool stage = close > t && on_stage(doc, t, close);
    if (t < p->end && (!stage || count == MOST_PIECES - 1)) continue;
    if (t > from && count < MOST_PIECES) pieces[count++] = hsy_doc_tokens(doc, from, t);
    from = close;
    if (stage) t = close - 1;
  }
  if (count == 0) return;
  hsy_span source = hsy_doc_tokens(doc, l->first, l->end), cue = hsy_doc_tokens(doc, l->colon, l->colon + 1);
  hsy_attribution *row = hsy_push(&doc->attributions, doc->arena);
  *row = (hsy_attribution){.kind = HSY_DIRECT, .parent = HSY_NONE, .same_run = HSY_NONE, .confidence = SURE};
  row->part[HSY_SOURCE] = hsy_doc_add_part(doc, &source, 1);
  row->part[HSY_CUE] = hsy_doc_add_part(doc, &cue, 1);
  row->part[HSY_CONTENT] = hsy_doc_add_part(doc, pieces, count);
}

/* A post is its author's, all of it: "Author: words". */
static bool add_post(hsy_doc *doc, uint8_t *in_turn, hsy_arena scratch) {
  hsy_span pieces[MOST_PIECES], author = {0, (int32_t)doc->meta.post.len};
  int32_t count = 0, colon = hsy_doc_token_at(doc, author.end);
  for (int32_t t = 0; t < doc->tokens.len; t++) in_turn[t] = 1;
  if (colon + 1 >= doc->tokens.len) return true;
  if (!drop_turns(doc, in_turn, scratch)) return false;
  for (ptrdiff_t i = 0; i < doc->paragraphs.len; i++) {
    const hsy_paragraph *p = &doc->paragraphs.data[i];
    int32_t first = p->first > colon ? p->first : colon + 1;
    if (first >= p->end) continue;
    if (count == MOST_PIECES) /* the last one takes the rest */
      pieces[count - 1].end = hsy_doc_tokens(doc, first, p->end).end;
    else
      pieces[count++] = hsy_doc_tokens(doc, first, p->end);
  }
  hsy_span cue = hsy_doc_tokens(doc, colon, colon + 1);
  hsy_attribution *row = hsy_push(&doc->attributions, doc->arena);
  *row = (hsy_attribution){.kind = HSY_DIRECT, .parent = HSY_NONE, .same_run = HSY_NONE, .confidence = SURE};
  row->part[HSY_SOURCE] = hsy_doc_add_part(doc, &author, 1);
  row->part[HSY_CUE] = hsy_doc_add_part(doc, &cue, 1);
  row->part[HSY_CONTENT] = hsy_doc_add_part(doc, pieces, count);
  return !hsy_arena_failed(*doc->arena);
}

bool hsy_quote_transcript(hsy_doc *doc, hsy_arena scratch) {
  ptrdiff_t n = doc->paragraphs.len;
  label *labels = hsy_new(&scratch, label, n + 1);
  uint64_t *hashes = hsy_new(&scratch, uint64_t, n + 1);
  uint8_t *in_turn = hsy_new(&scratch, uint8_t, doc->tokens.len + 1);
  if (!labels || !hashes || !in_turn) return false;
  if (doc->meta.post.len && n > 0) return add_post(doc, in_turn, scratch);
  for (ptrdiff_t i = 0; i < n; i++) {
    const hsy_paragraph *p = &doc->paragraphs.data[i];
    if (!is_prose(doc, p) || !read_label(doc, p, &labels[i]))
      labels[i].colon = HSY_NONE;
    else
      labels[i].hash = hsy_hash(hsy_doc_token(doc, labels[i].end - 1));
  }
  keep_speakers(doc, labels, hashes);
  for (ptrdiff_t i = 0; i < n; i++)
    for (int32_t t = doc->paragraphs.data[i].first; labels[i].kept && t < doc->paragraphs.data[i].end; t++)
      in_turn[t] = 1;
  if (!drop_turns(doc, in_turn, scratch)) return false;
  for (ptrdiff_t i = 0; i < n; i++)
    if (labels[i].kept) add_turn(doc, &doc->paragraphs.data[i], &labels[i]);
  return !hsy_arena_failed(*doc->arena);
}
