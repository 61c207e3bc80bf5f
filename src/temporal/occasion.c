#include "temporal/occasion.h"

#include <stdlib.h>

#include "temporal/lists.h"
#include "temporal/tense.h"

/* What the words about a row themselves give. */
typedef struct saying {
  int32_t paragraph, first; /* of its cue, else of its content; the token */
  bool cue, more, other;    /* it has a cue; "added"; its words tell of another occasion */
  bool had;                 /* "had said" */
  bool day, chain;          /* its own words give a day; via or to */
  bool open;                /* nobody's inside another's, with a speaker */
  bool inherited;           /* a stored row that has its chain from another */
  int32_t link;             /* its last link, or NONE; the others behind it */
} saying;

typedef struct carrier {
  hsy_doc *doc;
  const hsy_temporal_lists *lists;
  saying *rows;
  int32_t *order; /* rows as their cues stand in the text: two of one source begin together */
  int32_t count;
  hsy_index_vec before; /* [links] the row's link before this one, or NONE */
  hsy_arena *scratch;
} carrier;

static bool is_kind(const carrier *c, int32_t token, const char *kind) {
  const hsy_lexicon_entry *entry = hsy_tense_look_up(c->doc, &c->lists->saying, token);
  return entry && (hsy_str_eq(hsy_lexicon_field(entry, 0), hsy_str_of(kind)) ||
                   hsy_str_eq(hsy_lexicon_field(entry, 1), hsy_str_of(kind)));
}

static bool is_had(const hsy_doc *doc, int32_t token) {
  return hsy_str_eq_nocase(hsy_doc_token(doc, token), HSY_S("had"));
}

static void read_cue(const carrier *c, hsy_part cue, saying *row) {
  enum { NEAR = 2 }; /* "had earlier | said" */
  const hsy_doc *doc = c->doc;
  int32_t first = hsy_doc_token_at(doc, hsy_doc_piece(doc, cue, 0).start);
  int32_t end = hsy_doc_token_at(doc, hsy_doc_piece(doc, cue, cue.count - 1).end);
  row->cue = true;
  row->first = first;
  for (int32_t t = first > NEAR ? first - NEAR : 0; t < end; t++) {
    row->had = row->had || is_had(doc, t);
    row->other = row->other || is_kind(c, t, "other");
    row->more = row->more || (t >= first && is_kind(c, t, "more"));
  }
}

static void add_link(carrier *c, int32_t link) {
  saying *row = &c->rows[c->doc->links.data[link].attribution];
  *hsy_push(&c->before, c->scratch) = row->link;
  row->link = link;
}

/* What the rows have by themselves, and what a stored one was given before. */
static void read_links(carrier *c) {
  const hsy_doc *doc = c->doc;
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) c->rows[i] = (saying){.link = HSY_NONE};
  for (int32_t i = 0; i < doc->links.len; i++) add_link(c, i);
  for (ptrdiff_t i = 0; i < doc->evidence.len; i++) {
    const hsy_evidence *e = &doc->evidence.data[i];
    hsy_str field = hsy_str_of(e->field);
    bool chain = hsy_str_eq(field, HSY_S("via")) || hsy_str_eq(field, HSY_S("to"));
    if (chain && e->basis == HSY_INHERITED) c->rows[e->attribution].inherited = true;
  }
}

static void read_row(const carrier *c, int32_t index, saying *row) {
  const hsy_doc *doc = c->doc;
  const hsy_attribution *a = &doc->attributions.data[index];
  row->day = a->said_on.len > 0;
  row->chain = row->link != HSY_NONE && !row->inherited;
  if (a->parent != HSY_NONE || a->speakers.len == 0 || a->part[HSY_CONTENT].count == 0) return;
  row->first = hsy_doc_token_at(doc, hsy_doc_piece(doc, a->part[HSY_CONTENT], 0).start);
  if (a->part[HSY_CUE].count) read_cue(c, a->part[HSY_CUE], row);
  int32_t sentence = hsy_doc_sentence_of(doc, row->first);
  row->open = sentence < doc->sentences.len;
  if (row->open) row->paragraph = doc->sentences.data[sentence].paragraph;
}

typedef struct place {
  int32_t first, row;
} place;

static int by_place(const void *a, const void *b) {
  const place *x = a, *y = b;
  return x->first != y->first ? (x->first > y->first) - (x->first < y->first) : (x->row > y->row) - (x->row < y->row);
}

static bool put_in_order(carrier *c) {
  ptrdiff_t n = c->doc->attributions.len;
  place *places = hsy_new(c->scratch, place, n + 1);
  c->order = hsy_new(c->scratch, int32_t, n + 1);
  if (!places || !c->order) return false;
  for (int32_t i = 0; i < n; i++)
    if (c->rows[i].open) places[c->count++] = (place){c->rows[i].first, i};
  qsort(places, (size_t)c->count, sizeof *places, by_place);
  for (int32_t k = 0; k < c->count; k++) c->order[k] = places[k].row;
  return true;
}

/* The speaker's row before the k-th whose occasion goes on there, or NONE. */
static int32_t donor_of(const carrier *c, int32_t k) {
  enum { FAR = 12 }; /* rows */
  const saying *row = &c->rows[c->order[k]];
  const hsy_attribution *a = &c->doc->attributions.data[c->order[k]];
  for (int32_t j = k - 1; j >= 0 && j >= k - FAR; j--) {
    const saying *before = &c->rows[c->order[j]];
    if (c->doc->attributions.data[c->order[j]].speakers.data[0] != a->speakers.data[0]) continue;
    bool next = row->paragraph == before->paragraph + 1 && (row->more || !row->cue);
    if (row->paragraph != before->paragraph && !next) return HSY_NONE;
    return (row->had && !before->had) || row->other ? HSY_NONE : c->order[j];
  }
  return HSY_NONE;
}

static void cite(hsy_doc *doc, int32_t row, const char *field) {
  *hsy_push(&doc->evidence, doc->arena) = (hsy_evidence){row, field, HSY_INHERITED, {0, 0}};
}

static void take_links(carrier *c, int32_t index, int32_t from) {
  enum { MOST = 8 };
  hsy_doc *doc = c->doc;
  int32_t links[MOST];
  int count = 0;
  bool via = false, to = false;
  for (int32_t i = c->rows[from].link; i != HSY_NONE && count < MOST; i = c->before.data[i])
    if (!hsy_str_eq(hsy_str_of(doc->links.data[i].relation), HSY_S("urged"))) links[count++] = i;
  while (count > 0) {
    hsy_link link = doc->links.data[links[--count]];
    link.attribution = index;
    *hsy_push(&doc->links, doc->arena) = link;
    add_link(c, (int32_t)doc->links.len - 1);
    via = via || !link.to;
    to = to || link.to;
  }
  if (via) cite(doc, index, "via");
  if (to) cite(doc, index, "to");
}

/* Its own day or hearer opens another occasion; else all that the one before gives holds. */
static void take(carrier *c, int32_t index, int32_t from) {
  hsy_doc *doc = c->doc;
  hsy_attribution *a = &doc->attributions.data[index];
  const hsy_attribution *b = &doc->attributions.data[from];
  const saying *row = &c->rows[index];
  if (!row->day && !row->chain && b->said_on.len) {
    a->said_on = b->said_on;
    cite(doc, index, "said_on");
  }
  if (row->link == HSY_NONE && (!row->day || hsy_str_eq(a->said_on, b->said_on))) take_links(c, index, from);
}

bool hsy_temporal_carry_occasions(hsy_doc *doc, const hsy_temporal_lists *lists, hsy_arena scratch, hsy_error *err) {
  ptrdiff_t n = doc->attributions.len;
  carrier c = {.doc = doc, .lists = lists, .rows = hsy_new(&scratch, saying, n + 1), .scratch = &scratch};
  if (!c.rows) return hsy_arena_check(scratch, "temporal", err);
  read_links(&c);
  for (int32_t i = 0; i < n; i++) read_row(&c, i, &c.rows[i]);
  if (!put_in_order(&c)) return hsy_arena_check(scratch, "temporal", err);
  for (int32_t k = 0; k < c.count; k++) {
    int32_t from = donor_of(&c, k);
    if (from != HSY_NONE) take(&c, c.order[k], from);
  }
  return hsy_arena_check(scratch, "temporal", err) && hsy_arena_check(*doc->arena, "temporal", err);
}
