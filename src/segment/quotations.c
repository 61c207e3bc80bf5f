#include "segment/segment.h"

#include "base/utf8.h"

/* Quotation marks are paired paragraph by paragraph with a stack. What a mark
 * is (opening, closing, an apostrophe) follows from its shape where that is
 * plain, else from the blanks around it and from what is open. */

enum { DEEPEST = 8 };

typedef enum mark_shape {
  NO_MARK,
  DOUBLE_LEFT,  /* “ „ ‟ « `` */
  DOUBLE_RIGHT, /* ” » '' */
  DOUBLE_PLAIN, /* " */
  SINGLE_LEFT,  /* ‘ ‚ ‹ */
  SINGLE_RIGHT, /* ’ › */
  SINGLE_PLAIN  /* ' ` */
} mark_shape;

static const struct {
  const char *text;
  mark_shape shape;
} MARKS[] = {
    {"\"", DOUBLE_PLAIN}, {"“", DOUBLE_LEFT},  {"”", DOUBLE_RIGHT}, {"‘", SINGLE_LEFT},
    {"’", SINGLE_RIGHT},  {"'", SINGLE_PLAIN}, {"«", DOUBLE_LEFT},  {"»", DOUBLE_RIGHT},
    {"„", DOUBLE_LEFT},   {"‟", DOUBLE_LEFT},  {"``", DOUBLE_LEFT}, {"''", DOUBLE_RIGHT},
    {"‹", SINGLE_LEFT},   {"›", SINGLE_RIGHT}, {"‚", SINGLE_LEFT},  {"`", SINGLE_PLAIN},
};

typedef struct open_mark {
  int32_t quotation;
  bool is_double;
} open_mark;

typedef struct pairing {
  hsy_doc *doc;
  int32_t paragraph, first, end; /* tokens of the paragraph */
  open_mark stack[DEEPEST];
  int depth;
  bool even; /* the paragraph's plain double marks are even: they simply take turns */
} pairing;

static mark_shape shape_of(const hsy_doc *doc, int32_t token) {
  const hsy_token *t = &doc->tokens.data[token];
  if (t->kind != HSY_TOKEN_PUNCT || t->end - t->start > 3) return NO_MARK;
  hsy_str text = hsy_doc_token(doc, token);
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    if (text.data[0] == MARKS[i].text[0] && hsy_str_eq(text, hsy_str_of(MARKS[i].text))) return MARKS[i].shape;
  return NO_MARK;
}

static bool is_double(mark_shape shape) { return shape <= DOUBLE_PLAIN; }

static bool space_before(const pairing *p, int32_t token) {
  return token >= p->end || (p->doc->tokens.data[token].flags & HSY_TOKEN_SPACE_BEFORE);
}

static bool is_word(const pairing *p, int32_t token) {
  return token >= p->first && token < p->end && p->doc->tokens.data[token].kind <= HSY_TOKEN_NUMBER;
}

/* A mark with nothing, a blank or an opening sign before it, and text right behind. */
static bool looks_opening(const pairing *p, int32_t token) {
  if (space_before(p, token + 1)) return false;
  if (space_before(p, token) || token == p->first) return true;
  int32_t before = token - 1;
  if (p->doc->tokens.data[before].kind == HSY_TOKEN_OPEN) return true;
  hsy_str text = hsy_doc_token(p->doc, before);
  return hsy_str_eq(text, HSY_S("(")) || hsy_str_eq(text, HSY_S("[")) || hsy_str_eq(text, HSY_S("—")) ||
         hsy_str_eq(text, HSY_S("–")) || hsy_str_eq(text, HSY_S("--"));
}

/* Depth of the innermost open mark of that width, or 0. */
static int open_of(const pairing *p, bool doubles) {
  for (int d = p->depth; d > 0; d--)
    if (p->stack[d - 1].is_double == doubles) return d;
  return 0;
}

/* Whether a single mark that could close stands later in the paragraph. */
static bool single_closes_later(const pairing *p, int32_t token) {
  for (int32_t i = token + 1; i < p->end; i++) {
    mark_shape shape = shape_of(p->doc, i);
    if (shape == SINGLE_LEFT) return false;
    if ((shape == SINGLE_RIGHT || shape == SINGLE_PLAIN) && !looks_opening(p, i)) return true;
  }
  return false;
}

/* "the officials' plan": the mark of a plural's genitive. */
static bool is_genitive(const pairing *p, int32_t token) {
  if (space_before(p, token) || !is_word(p, token - 1) || !is_word(p, token + 1)) return false;
  hsy_str word = hsy_doc_token(p->doc, token - 1);
  char last = word.data[word.len - 1];
  return (last == 's' || last == 'S' || last == 'x' || last == 'z') &&
         !(p->doc->tokens.data[token + 1].flags & HSY_TOKEN_CAPITAL);
}

static void open_quotation(pairing *p, int32_t token, bool doubles) {
  hsy_doc *doc = p->doc;
  doc->tokens.data[token].kind = HSY_TOKEN_OPEN;
  if (p->depth == DEEPEST) return;
  int32_t parent = p->depth ? p->stack[p->depth - 1].quotation : HSY_NONE;
  int32_t row = (int32_t)doc->quotations.len;
  *hsy_push(&doc->quotations, doc->arena) = (hsy_quotation){
      .open = token,
      .close = HSY_NONE,
      .first = token + 1,
      .end = p->end,
      .parent = parent,
      .previous = HSY_NONE,
      .next = HSY_NONE,
      .paragraph = p->paragraph,
  };
  if (doc->quotations.len > row) p->stack[p->depth++] = (open_mark){row, doubles}; /* else the arena is full */
}

/* Closes down to `depth`; marks still open above it end here unclosed. */
static void close_quotation(pairing *p, int32_t token, int depth) {
  hsy_doc *doc = p->doc;
  doc->tokens.data[token].kind = HSY_TOKEN_CLOSE;
  while (p->depth >= depth) {
    hsy_quotation *q = &doc->quotations.data[p->stack[--p->depth].quotation];
    q->end = token;
    if (p->depth == depth - 1) q->close = token;
  }
}

static void meet_double(pairing *p, int32_t token, mark_shape shape) {
  int open = open_of(p, true);
  bool opening = looks_opening(p, token);
  bool closes;
  if (shape == DOUBLE_LEFT)
    closes = open && !opening; /* German style closes with “ */
  else if (shape == DOUBLE_RIGHT)
    closes = open || !opening;
  else
    closes = open && (p->even || !opening);
  if (shape == DOUBLE_PLAIN && !open && !p->even && !opening) return; /* a stray mark, inches */
  if (closes && open)
    close_quotation(p, token, open);
  else if (!closes)
    open_quotation(p, token, true);
}

static void meet_single(pairing *p, int32_t token, mark_shape shape) {
  int open = open_of(p, false);
  bool opening = looks_opening(p, token);
  if (shape == SINGLE_LEFT) {
    /* a left mark before a digit or a clipped word is an apostrophe set wrong */
    if (opening && single_closes_later(p, token)) open_quotation(p, token, false);
    return;
  }
  if (open && !opening) {
    if (!(is_genitive(p, token) && single_closes_later(p, token))) close_quotation(p, token, open);
    return;
  }
  if (shape == SINGLE_PLAIN && opening && is_word(p, token + 1) && single_closes_later(p, token))
    open_quotation(p, token, false);
}

static bool even_plain_marks(const pairing *p) {
  int n = 0;
  for (int32_t i = p->first; i < p->end; i++) n += shape_of(p->doc, i) == DOUBLE_PLAIN;
  return n % 2 == 0;
}

static bool same_mark(const hsy_doc *doc, int32_t a, int32_t b) {
  return hsy_str_eq(hsy_doc_token(doc, a), hsy_doc_token(doc, b));
}

/* The outermost quotation that the paragraph leaves open goes on in the next
 * one where that begins with the same mark. */
static void chain(hsy_doc *doc, int32_t from, int32_t to) {
  hsy_quotation *a = &doc->quotations.data[from], *b = &doc->quotations.data[to];
  a->next = to;
  b->previous = from;
}

static void mark_tokens(hsy_doc *doc) {
  for (int32_t q = 0; q < doc->quotations.len; q++) { /* outer ones come first, inner ones overwrite */
    const hsy_quotation *row = &doc->quotations.data[q];
    int32_t last = row->close == HSY_NONE ? row->end : row->close + 1;
    for (int32_t t = row->open; t < last; t++) doc->tokens.data[t].quote = q;
  }
}

void hsy_segment_quotations(hsy_doc *doc) {
  int32_t left_open = HSY_NONE; /* outermost quotation that the last paragraph did not close */
  for (int32_t i = 0; i < doc->paragraphs.len; i++) {
    const hsy_paragraph *par = &doc->paragraphs.data[i];
    pairing p = {.doc = doc, .paragraph = i, .first = par->first, .end = par->end};
    p.even = even_plain_marks(&p);
    int32_t first_row = (int32_t)doc->quotations.len;
    for (int32_t t = par->first; t < par->end; t++) {
      mark_shape shape = shape_of(doc, t);
      if (shape == NO_MARK) continue;
      if (is_double(shape))
        meet_double(&p, t, shape);
      else
        meet_single(&p, t, shape);
    }
    bool begins = first_row < doc->quotations.len && doc->quotations.data[first_row].open == par->first;
    if (left_open != HSY_NONE && begins && same_mark(doc, doc->quotations.data[left_open].open, par->first))
      chain(doc, left_open, first_row);
    left_open = p.depth ? p.stack[0].quotation : HSY_NONE;
  }
  mark_tokens(doc);
}
