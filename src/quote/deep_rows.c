#include "quote/deep_rows.h"

#include <math.h>

#include "quote/attribute.h"
#include "quote/view.h"

/* As in training: a content keeps its best cue unless the pair is out of the
 * question, a cue takes a source that is likelier than not. */
static const float LEAST_CONTENT = -2, LEAST_SOURCE = 0;

static float chance_of(float logit) { return 1 / (1 + expf(-logit)); }

/* ---- ties ---- */

static int log_bucket(int32_t n) {
  int b = 0;
  for (n++; n > 1; n >>= 1) b++;
  return b < 7 ? b : 7;
}

/* Bucket of the signed distance in tokens from a cue to a span. */
static int gap_of(const hsy_quote_span *cue, const hsy_quote_span *other) {
  int32_t d = other->first > cue->end - 1 ? other->first - (cue->end - 1) : other->end - 1 - cue->first;
  return d > 0 ? log_bucket(d) : 8 + log_bucket(-d);
}

/* How many cues, and spans of the other's role, begin between the two. */
static int between_of(const hsy_quote_span_vec *spans, const hsy_quote_span *cue, const hsy_quote_span *other) {
  int32_t low = cue->first < other->first ? cue->first : other->first;
  int32_t high = cue->first < other->first ? other->first : cue->first;
  int cues = 0, same = 0;
  for (ptrdiff_t i = 0; i < spans->len; i++) {
    const hsy_quote_span *s = &spans->data[i];
    if (s->first <= low || s->first >= high) continue;
    cues += s->role == HSY_CUE;
    same += s->role == other->role;
  }
  return (cues < 3 ? cues : 3) * 4 + (same < 3 ? same : 3);
}

static hsy_ends ends_of(const hsy_deep_spans *found, const hsy_quote_span *span) {
  ptrdiff_t width = found->models->width;
  return (hsy_ends){found->states + span->first * width, found->states + (span->end - 1) * width};
}

/* What each span brings to its pairs: [spans][HSY_READ_HIDDEN]. */
static float *sides_of(const hsy_deep_spans *found, const hsy_quote_span_vec *spans, hsy_arena *scratch) {
  float *sides = hsy_new(scratch, float, spans->len *HSY_READ_HIDDEN);
  for (ptrdiff_t i = 0; sides && i < spans->len; i++) {
    const hsy_quote_span *span = &spans->data[i];
    if (span->role == HSY_CUE)
      hsy_heads_cue(found->models, ends_of(found, span), sides + i * HSY_READ_HIDDEN);
    else
      hsy_heads_other(found->models, ends_of(found, span), span->role, sides + i * HSY_READ_HIDDEN);
  }
  return sides;
}

/* Contents choose their cue, cues their source. */
static bool tie_level(const hsy_deep_spans *found, const hsy_quote_span_vec *spans, hsy_arena scratch) {
  const float *sides = sides_of(found, spans, &scratch);
  if (!sides) return false;
  for (ptrdiff_t c = 0; c < spans->len; c++) {
    hsy_quote_span *cue = &spans->data[c];
    if (cue->role != HSY_CUE) continue;
    for (ptrdiff_t i = 0; i < spans->len; i++) {
      hsy_quote_span *other = &spans->data[i];
      if (other->role == HSY_CUE) continue;
      float score = hsy_heads_pair(found->models, sides + c * HSY_READ_HIDDEN, sides + i * HSY_READ_HIDDEN,
                                   gap_of(cue, other), between_of(spans, cue, other));
      hsy_quote_span *chooser = other->role == HSY_CONTENT ? other : cue;
      float least = other->role == HSY_CONTENT ? LEAST_CONTENT : LEAST_SOURCE;
      if (score <= least || (chooser->tied != HSY_NONE && chance_of(score) <= chooser->tie)) continue;
      chooser->tied = (int32_t)(other->role == HSY_CONTENT ? c : i);
      chooser->tie = chance_of(score);
    }
  }
  return true;
}

/* ---- rows ---- */

typedef struct maker {
  hsy_doc *doc;
  const hsy_deep_spans *found;
  const hsy_quote_span_vec *spans; /* of the level */
  int level;
  ptrdiff_t outer, outer_end; /* rows of the outer level */
  hsy_index_vec contents;
} maker;

static hsy_span bytes_of(const maker *m, int32_t span) {
  const hsy_quote_span *s = &m->spans->data[span];
  return hsy_doc_tokens(m->doc, m->found->first + s->first, m->found->first + s->end);
}

/* The row of the outer level whose content holds the byte, or NONE. */
static int32_t parent_at(const maker *m, int32_t byte) {
  for (ptrdiff_t i = m->outer; i < m->outer_end; i++) {
    hsy_part content = m->doc->attributions.data[i].part[HSY_CONTENT];
    for (int32_t k = 0; k < content.count; k++) {
      hsy_span piece = hsy_doc_piece(m->doc, content, k);
      if (piece.start <= byte && byte < piece.end) return (int32_t)i;
    }
  }
  return HSY_NONE;
}

static int depth_of(const hsy_doc *doc, int32_t token) {
  int depth = 0;
  for (int32_t q = doc->tokens.data[token].quote; q != HSY_NONE; q = doc->quotations.data[q].parent) depth++;
  return depth;
}

/* Inside another's words the marks around those do not count. */
static hsy_kind inner_kind(const maker *m, const hsy_quote_group *g) {
  const hsy_quote_span *head = &m->spans->data[g->cue == HSY_NONE ? m->contents.data[g->first_content] : g->cue];
  int base = depth_of(m->doc, m->found->first + head->first), inside = 0, outside = 0;
  for (int32_t i = 0; i < g->contents; i++) {
    const hsy_quote_span *s = &m->spans->data[m->contents.data[g->first_content + i]];
    for (int32_t t = m->found->first + s->first; t < m->found->first + s->end; t++)
      if (m->doc->tokens.data[t].kind <= HSY_TOKEN_NUMBER) *(depth_of(m->doc, t) > base ? &inside : &outside) += 1;
  }
  return !inside ? HSY_INDIRECT : outside ? HSY_MIXED : HSY_DIRECT;
}

static void tell_row(const maker *m, const hsy_quote_group *g, hsy_attribution *row) {
  const hsy_quote_span *cue = g->cue == HSY_NONE ? NULL : &m->spans->data[g->cue];
  const hsy_quote_span *content = &m->spans->data[m->contents.data[g->first_content]];
  hsy_ends of_cue = cue ? ends_of(m->found, cue) : (hsy_ends){0};
  row->mode = hsy_heads_kept(m->found->models, of_cue, ends_of(m->found, content)) > 0 ? HSY_SPEECH : HSY_THOUGHT;
  float features[HSY_CONFIDENCE_FEATURES];
  hsy_confidence_features(hsy_quote_state_of(m->doc, m->found->first + content->first) != HSY_UNQUOTED, m->spans, g,
                          m->contents.data, features);
  row->confidence = hsy_confidence(m->found->models->confidence, features);
  if (m->found->models->watch) m->found->models->watch(m->found->models->user, m->doc, row, features);
}

static void add_row(maker *m, const hsy_quote_group *g) {
  int32_t parent = m->level ? parent_at(m, bytes_of(m, m->contents.data[g->first_content]).start) : HSY_NONE;
  if (m->level && parent == HSY_NONE) return;
  hsy_attribution *row = hsy_push(&m->doc->attributions, m->doc->arena);
  *row = (hsy_attribution){.parent = parent, .same_run = HSY_NONE};
  hsy_span one;
  if (g->cue != HSY_NONE) one = bytes_of(m, g->cue), row->part[HSY_CUE] = hsy_doc_add_part(m->doc, &one, 1);
  if (g->source != HSY_NONE) one = bytes_of(m, g->source), row->part[HSY_SOURCE] = hsy_doc_add_part(m->doc, &one, 1);
  int32_t first = (int32_t)m->doc->pieces.len;
  for (int32_t i = 0; i < g->contents; i++) {
    one = bytes_of(m, m->contents.data[g->first_content + i]);
    hsy_doc_add_part(m->doc, &one, 1);
  }
  row->part[HSY_CONTENT] = (hsy_part){first, g->contents};
  row->kind = m->level ? inner_kind(m, g) : hsy_quote_kind(m->doc, row->part[HSY_CONTENT]);
  tell_row(m, g, row);
}

static hsy_quote_group group_of(maker *m, int32_t cue, hsy_arena *arena) {
  hsy_quote_group g = {cue, m->spans->data[cue].tied, (int32_t)m->contents.len, 0};
  for (int32_t s = 0; s < m->spans->len; s++)
    if (m->spans->data[s].role == HSY_CONTENT && m->spans->data[s].tied == cue)
      *hsy_push(&m->contents, arena) = s, g.contents++;
  return g;
}

static void rows_of_level(maker *m, hsy_arena *arena) {
  for (int32_t s = 0; s < m->spans->len; s++) {
    const hsy_quote_span *span = &m->spans->data[s];
    if (span->role == HSY_CUE) {
      hsy_quote_group g = group_of(m, s, arena);
      if (g.contents) add_row(m, &g);
    } else if (span->role == HSY_CONTENT && span->tied == HSY_NONE) {
      hsy_quote_group g = {HSY_NONE, HSY_NONE, (int32_t)m->contents.len, 1};
      *hsy_push(&m->contents, arena) = s;
      add_row(m, &g);
    }
  }
}

bool hsy_deep_rows(hsy_doc *doc, hsy_deep_spans *found, hsy_arena scratch) {
  maker m = {.doc = doc, .found = found, .outer = doc->attributions.len};
  for (m.level = 0; m.level < HSY_READ_LEVELS; m.level++) {
    m.spans = &found->spans[m.level];
    m.outer_end = doc->attributions.len;
    if (!tie_level(found, m.spans, scratch)) return false;
    rows_of_level(&m, &scratch);
  }
  return !hsy_arena_failed(*doc->arena) && !hsy_arena_failed(scratch);
}
