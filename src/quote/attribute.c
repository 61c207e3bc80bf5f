#include "quote/attribute.h"

static hsy_part add_span(hsy_doc *doc, const hsy_quote_span *span, int32_t offset) {
  hsy_span bytes = hsy_doc_tokens(doc, span->first + offset, span->end + offset);
  return hsy_doc_add_part(doc, &bytes, 1);
}

static hsy_part add_contents(hsy_doc *doc, const hsy_quote_span_vec *spans, const hsy_quote_group *group,
                             const int32_t *contents, int32_t offset) {
  int32_t first = (int32_t)doc->pieces.len;
  for (int32_t i = 0; i < group->contents; i++) add_span(doc, &spans->data[contents[group->first_content + i]], offset);
  return (hsy_part){first, (int32_t)doc->pieces.len - first};
}

/* Words of the content inside and outside quotation marks. A leading "that"
 * belongs to the reporting, not to what is said. */
hsy_kind hsy_quote_kind(const hsy_doc *doc, hsy_part content) {
  int inside = 0, outside = 0;
  for (int32_t i = 0; i < content.count; i++) {
    hsy_span piece = hsy_doc_piece(doc, content, i);
    int32_t first = hsy_doc_token_at(doc, piece.start);
    for (int32_t t = first; t < doc->tokens.len && doc->tokens.data[t].start < piece.end; t++) {
      if (doc->tokens.data[t].kind > HSY_TOKEN_NUMBER) continue;
      bool opener = i == 0 && t == first && hsy_str_eq_nocase(hsy_doc_token(doc, t), HSY_S("that"));
      if (doc->tokens.data[t].quote != HSY_NONE)
        inside++;
      else
        outside += !opener;
    }
  }
  return inside == 0 ? HSY_INDIRECT : outside == 0 ? HSY_DIRECT : HSY_MIXED;
}

hsy_mode hsy_quote_mode(const hsy_doc *doc, const hsy_quote_models *models, hsy_part cue, hsy_kind kind, bool clause) {
  if (cue.count == 0) return HSY_SPEECH;
  hsy_span piece = hsy_doc_piece(doc, cue, 0);
  const hsy_lexicon_entry *verb = NULL;
  for (int32_t t = hsy_doc_token_at(doc, piece.start); t < doc->tokens.len && doc->tokens.data[t].start < piece.end;
       t++) {
    const hsy_lexicon_entry *found = hsy_lemma_find(&models->words.verbs, &models->words.lemmas, hsy_doc_token(doc, t));
    if (found) verb = found; /* the last one is the head: "declined to say" */
  }
  if (!verb) return HSY_SPEECH;
  hsy_str mode = hsy_lexicon_field(verb, 1);
  if (hsy_str_eq(mode, HSY_S("speech"))) return HSY_SPEECH;
  if (kind == HSY_DIRECT) return HSY_SPEECH; /* words in quotation marks were said */
  if (hsy_str_eq(mode, HSY_S("thought"))) return HSY_THOUGHT;
  return kind == HSY_MIXED || clause ? HSY_SPEECH : HSY_THOUGHT;
}

/* Inside another's words: the marks around those do not count, and the view's
 * document has none of them. */
static hsy_kind inner_kind(const hsy_quote_view *view, const hsy_quote_span_vec *spans, const hsy_quote_group *group,
                           const int32_t *contents) {
  for (int32_t i = 0; i < group->contents; i++) {
    const hsy_quote_span *s = &spans->data[contents[group->first_content + i]];
    for (int32_t t = s->first; t < s->end; t++)
      if (view->doc->tokens.data[t].quote != HSY_NONE) return HSY_MIXED;
  }
  return HSY_INDIRECT;
}

/* "that", "whether" …: what follows is a proposition, not a thing. */
static bool is_clause(const hsy_doc *doc, hsy_part content) {
  if (content.count == 0) return false;
  static const char *const OPENERS[] = {"that", "whether", "if", "how", "why", "what", "who", "when", "where"};
  hsy_str first = hsy_doc_token(doc, hsy_doc_token_at(doc, hsy_doc_piece(doc, content, 0).start));
  for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++)
    if (hsy_str_eq_nocase(first, hsy_str_of(OPENERS[i]))) return true;
  return false;
}

hsy_attribution *hsy_quote_attribute(hsy_doc *doc, const hsy_quote_models *models, const hsy_quote_view *view,
                                     const hsy_quote_span_vec *spans, const hsy_quote_group *group,
                                     const int32_t *contents, int32_t offset) {
  hsy_attribution *row = hsy_push(&doc->attributions, doc->arena);
  row->parent = row->same_run = HSY_NONE;
  if (group->cue != HSY_NONE) row->part[HSY_CUE] = add_span(doc, &spans->data[group->cue], offset);
  if (group->source != HSY_NONE) row->part[HSY_SOURCE] = add_span(doc, &spans->data[group->source], offset);
  row->part[HSY_CONTENT] = add_contents(doc, spans, group, contents, offset);
  row->kind = offset ? inner_kind(view, spans, group, contents) : hsy_quote_kind(doc, row->part[HSY_CONTENT]);
  row->mode = hsy_quote_mode(doc, models, row->part[HSY_CUE], row->kind, is_clause(doc, row->part[HSY_CONTENT]));
  float features[HSY_CONFIDENCE_FEATURES];
  const hsy_quote_span *head = &spans->data[contents[group->first_content]];
  hsy_confidence_features(view->tokens[head->first].state != HSY_UNQUOTED, spans, group, contents, features);
  row->confidence = hsy_confidence(models->confidence, features);
  return row;
}

static int32_t moved(const int32_t *to, const int32_t *into, int32_t row) {
  if (row == HSY_NONE) return HSY_NONE;
  return to[row] == HSY_NONE && into ? to[into[row]] : to[row];
}

bool hsy_quote_drop_empty(hsy_doc *doc, const int32_t *into, hsy_arena scratch) {
  int32_t *to = hsy_new(&scratch, int32_t, doc->attributions.len + 1), kept = 0;
  if (!to) return false;
  for (int32_t i = 0; i < doc->attributions.len; i++) {
    to[i] = doc->attributions.data[i].part[HSY_CONTENT].count ? kept : HSY_NONE;
    if (to[i] != HSY_NONE) doc->attributions.data[kept++] = doc->attributions.data[i];
  }
  doc->attributions.len = kept;
  for (int32_t i = 0; i < kept; i++) {
    hsy_attribution *row = &doc->attributions.data[i];
    row->parent = moved(to, into, row->parent);
    row->same_run = moved(to, into, row->same_run);
  }
  return true;
}

int32_t hsy_quote_start(const hsy_doc *doc, const hsy_attribution *row) {
  int32_t least = INT32_MAX;
  for (int r = 0; r < HSY_ROLES; r++)
    for (int32_t i = 0; i < row->part[r].count; i++) {
      int32_t start = hsy_doc_piece(doc, row->part[r], i).start;
      if (start < least) least = start;
    }
  return least;
}
