#include "quote/runs.h"

#include "quote/attribute.h"

/* ---- quotations over paragraphs ---- */

static int32_t outermost(const hsy_doc *doc, int32_t q) {
  while (q != HSY_NONE && doc->quotations.data[q].parent != HSY_NONE) q = doc->quotations.data[q].parent;
  return q;
}

/* The outermost quotation that the attribution's n-th content piece begins in. */
static int32_t quotation_of(const hsy_doc *doc, const hsy_attribution *row, int32_t piece) {
  int32_t t = hsy_doc_token_at(doc, hsy_doc_piece(doc, row->part[HSY_CONTENT], piece).start);
  return t < doc->tokens.len ? outermost(doc, doc->tokens.data[t].quote) : HSY_NONE;
}

static int32_t chain_head(const hsy_doc *doc, int32_t q) {
  while (q != HSY_NONE && doc->quotations.data[q].previous != HSY_NONE) q = doc->quotations.data[q].previous;
  return q;
}

static bool in_chain(const hsy_doc *doc, int32_t q) {
  return q != HSY_NONE && (doc->quotations.data[q].previous != HSY_NONE || doc->quotations.data[q].next != HSY_NONE);
}

/* Moves the contents of `from` to `to`, in the order of the text. */
static void take_contents(hsy_doc *doc, hsy_attribution *to, const hsy_attribution *from) {
  hsy_part a = to->part[HSY_CONTENT], b = from->part[HSY_CONTENT];
  int32_t i = 0, k = 0;
  int32_t start = (int32_t)doc->pieces.len;
  while (i < a.count || k < b.count) {
    bool first = k == b.count || (i < a.count && hsy_doc_piece(doc, a, i).start < hsy_doc_piece(doc, b, k).start);
    hsy_span piece = first ? hsy_doc_piece(doc, a, i++) : hsy_doc_piece(doc, b, k++);
    *hsy_push(&doc->pieces, doc->arena) = piece;
  }
  to->part[HSY_CONTENT] = (hsy_part){start, (int32_t)doc->pieces.len - start};
}

static int32_t first_token(const hsy_doc *doc, const hsy_attribution *row) {
  return hsy_doc_token_at(doc, hsy_doc_piece(doc, row->part[HSY_CONTENT], 0).start);
}

/* Whether row `a` says better than row `b` who speaks in a chain. */
static bool better_owner(const hsy_doc *doc, int32_t a, int32_t b) {
  return b == HSY_NONE ||
         (doc->attributions.data[a].part[HSY_CUE].count && !doc->attributions.data[b].part[HSY_CUE].count);
}

/* heads[i]: the chain that row i touches; owners[q]: the row that owns the chain q. */
static void find_chains(const hsy_doc *doc, int32_t *heads, int32_t *owners) {
  for (int32_t q = 0; q < doc->quotations.len; q++) owners[q] = HSY_NONE;
  for (int32_t i = 0; i < doc->attributions.len; i++) {
    const hsy_attribution *row = &doc->attributions.data[i];
    heads[i] = HSY_NONE;
    for (int32_t k = 0; k < row->part[HSY_CONTENT].count; k++) {
      int32_t q = quotation_of(doc, row, k);
      if (in_chain(doc, q)) heads[i] = chain_head(doc, q);
    }
    if (heads[i] != HSY_NONE && better_owner(doc, i, owners[heads[i]])) owners[heads[i]] = i;
  }
}

/* Rows without a cue go on from the row whose words begin last before theirs. */
static bool carry_on(hsy_doc *doc, hsy_arena scratch) {
  int32_t *starts = hsy_new(&scratch, int32_t, doc->tokens.len + 1); // row + 1 that begins at a token
  if (!starts) return false;
  for (int32_t i = 0; i < doc->attributions.len; i++)
    if (doc->attributions.data[i].parent == HSY_NONE) starts[first_token(doc, &doc->attributions.data[i])] = i + 1;
  int32_t last = HSY_NONE;
  for (int32_t t = 0; t < doc->tokens.len; t++) {
    int32_t i = starts[t] - 1;
    if (i < 0) continue;
    hsy_attribution *row = &doc->attributions.data[i];
    if (row->part[HSY_CUE].count == 0) row->same_run = last;
    last = i;
  }
  return true;
}

bool hsy_quote_join_runs(hsy_doc *doc, hsy_arena scratch) {
  ptrdiff_t n = doc->attributions.len;
  int32_t *heads = hsy_new(&scratch, int32_t, n + 1);
  int32_t *owners = hsy_new(&scratch, int32_t, doc->quotations.len + 1);
  int32_t *into = hsy_new(&scratch, int32_t, n + 1);
  if (!heads || !owners || !into) return false;
  for (int32_t i = 0; i < n; i++) into[i] = i;
  find_chains(doc, heads, owners);
  for (int32_t i = 0; i < n; i++) {
    hsy_attribution *row = &doc->attributions.data[i];
    if (heads[i] == HSY_NONE || row->part[HSY_CUE].count || owners[heads[i]] == i) continue;
    take_contents(doc, &doc->attributions.data[owners[heads[i]]], row);
    row->part[HSY_CONTENT].count = 0; /* gone */
    into[i] = owners[heads[i]];
  }
  return hsy_quote_drop_empty(doc, into, scratch) && carry_on(doc, scratch) && !hsy_arena_failed(*doc->arena);
}
