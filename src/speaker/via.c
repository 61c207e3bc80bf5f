#include "speaker/chain.h"

/* Through whom words reached the article: an outlet that had them first, a
 * person who passed them on, whoever says that another said them. */

/* The name that ends before the token, an outlet's where there is one. */
static bool party_before(const hsy_chain_clause *c, int32_t token, hsy_chain_party *p) {
  hsy_speaker_state *s = c->s;
  for (int32_t i = token - 1; i >= c->first && token - i < 14; i--) {
    if (hsy_speaker_is(s, i, '.') || hsy_speaker_is(s, i, ';')) return false;
    if (s->name_at[i] == HSY_NONE) continue;
    *p = hsy_chain_party_named(s, s->name_at[i]);
    return true;
  }
  return false;
}

static bool same_source(const hsy_chain_clause *c, const hsy_chain_party *p) {
  const hsy_attribution *a = &c->s->doc->attributions.data[c->attribution];
  return p->actor != HSY_NONE && a->speakers.len > 0 && a->speakers.data[0] == p->actor;
}

static bool governed(const hsy_speaker_state *s, int32_t token, uint64_t bits) {
  return token > 0 && s->sentence_of[token - 1] == s->sentence_of[token] && (s->bits[token - 1] & bits);
}

static bool saying_follows(const hsy_chain_clause *c, int32_t token) {
  for (int32_t i = token + 1; i < c->end; i++)
    if (c->s->bits[i] & HSY_W_SAYING) return true;
  return false;
}

/* "X quoted Y as saying", "quoted by X", "according to X, …", "TASS reported
 * that Y called". */
static void via_words(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i < c->end; i++) {
    hsy_chain_party p;
    uint64_t b = s->bits[i];
    if (!hsy_chain_reports(c, i)) continue;
    bool by = (b & HSY_W_QUOTED) && i + 2 < c->end && (s->bits[i + 1] & HSY_W_BY) && (b & HSY_W_QUOTE);
    if (by && hsy_chain_party_at(c, i + 2, &p)) hsy_chain_link(c, false, &p, "quoted by");
    bool active = (b & HSY_W_QUOTE) && !by && i > c->first && !((b & HSY_W_QUOTED) && governed(s, i, HSY_W_BE)) &&
                  saying_follows(c, i);
    if (active && party_before(c, i, &p)) hsy_chain_link(c, false, &p, "quoted by");
    bool according = (b & HSY_W_ACCORDING) && i + 2 < c->end && (c->cue == HSY_NONE || c->cue != i);
    if (according && hsy_chain_party_at(c, i + 2, &p) && !same_source(c, &p) && p.outlet)
      hsy_chain_link(c, false, &p, "quoted by");
    bool stated = (b & HSY_W_STATED) && c->source != HSY_NONE && c->source > i && i != c->cue && i > c->first &&
                  (s->bits[i + 1] & HSY_W_THE || s->name_at[i + 1] != HSY_NONE);
    if (stated && party_before(c, i, &p) && p.outlet && !same_source(c, &p)) hsy_chain_link(c, false, &p, "quoted by");
  }
}

/* The source as tagged was another than the speaker: it passed the words on. */
static void via_source(const hsy_chain_clause *c) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (c->source == HSY_NONE || a->speakers.len == 0 || s->name_at[c->source] == HSY_NONE) return;
  const hsy_speaker_name *n = &s->names.data[s->name_at[c->source]];
  hsy_chain_party p = hsy_chain_party_named(s, s->name_at[c->source]);
  if (n->possessive) return; /* "the Courier’s editor" */
  if (n->kind == HSY_NAME_OUTLET && n->actor != a->speakers.data[0]) hsy_chain_link(c, false, &p, "quoted by");
}

static bool meant_by(int32_t id, const hsy_speaker_actor *a) {
  return id != HSY_NONE && hsy_speaker_has(&a->words, id);
}

/* Whether the speaker around it speaks for the one inside: Iran's ambassador
 * for Iran. */
static bool speaks_for(const hsy_speaker_state *s, int32_t outer, int32_t inner) {
  const hsy_speaker_actor *a = &s->actors.data[outer], *b = &s->actors.data[inner];
  for (ptrdiff_t i = 0; i < a->mods.len; i++)
    if (meant_by(a->mods.data[i], b) || meant_by(s->ids.data[a->mods.data[i]].stands_for, b)) return true;
  return false;
}

/* "Maravia’s claim", "its report": a noun is the cue. */
static bool noun_cue(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (!a->part[HSY_SOURCE].count) return false;
  hsy_span piece = hsy_doc_piece(s->doc, a->part[HSY_SOURCE], 0);
  int32_t last = hsy_doc_token_at(s->doc, piece.end - 1);
  if (last >= s->doc->tokens.len) return false;
  if (s->doc->tokens.data[last].flags & HSY_TOKEN_SUFFIX) return true;
  if (last + 1 < s->doc->tokens.len && (s->doc->tokens.data[last + 1].flags & HSY_TOKEN_SUFFIX)) return true;
  const hsy_speaker_word *w = hsy_speaker_class(s, last);
  return (s->bits[last] & HSY_W_PRONOUN) && w->casus == 'p';
}

/* "the reports which claimed": they are what is talked about. */
static bool relative_follows(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  hsy_span piece = hsy_doc_piece(s->doc, s->doc->attributions.data[c->attribution].part[HSY_SOURCE], 0);
  int32_t next = hsy_doc_token_at(s->doc, piece.end);
  return next < s->doc->tokens.len && (s->bits[next] & HSY_W_PRONOUN) && hsy_speaker_class(s, next)->pronoun == 'r';
}

static void via_outer(const hsy_chain_clause *c) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (a->parent == HSY_NONE || noun_cue(c) || a->speakers.len == 0) return;
  if (a->part[HSY_SOURCE].count && relative_follows(c)) return;
  const hsy_attribution *outer = &s->doc->attributions.data[a->parent];
  if (outer->mode == HSY_THOUGHT || outer->speakers.len == 0) return;
  int32_t actor = outer->speakers.data[0];
  if (actor == a->speakers.data[0] || speaks_for(s, actor, a->speakers.data[0])) return;
  hsy_chain_party p = {.name = outer->speaker, .actor = actor};
  if (outer->part[HSY_SOURCE].count) {
    hsy_span piece = hsy_doc_piece(s->doc, outer->part[HSY_SOURCE], 0);
    p.phrase.first = hsy_doc_token_at(s->doc, piece.start);
    p.phrase.end = hsy_doc_token_at(s->doc, piece.end - 1) + 1;
  }
  hsy_chain_link(c, false, &p, "quoted by");
}

/* What could bring words to a reader: an outlet, a person; no committee. */
static bool passes_on(const hsy_chain_clause *c, const hsy_chain_party *p) {
  if (p->outlet || p->actor == HSY_NONE) return p->outlet;
  hsy_name_kind kind = c->s->actors.data[p->actor].kind;
  return kind == HSY_NAME_PERSON || kind == HSY_NAME_UNKNOWN;
}

/* "in an interview with X", "on X": the words came through it. */
static void via_interview(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 2 < c->end; i++) {
    hsy_chain_party p;
    if (!(s->bits[i] & HSY_W_TALK) || !hsy_chain_reports(c, i)) continue;
    bool with = (s->bits[i + 1] & HSY_W_WITH) != 0;
    bool on = (s->bits[i + 1] & HSY_W_LOCATIVE) || hsy_str_eq(hsy_doc_token(s->doc, i + 1), HSY_S("for"));
    if (!(with || on) || !hsy_chain_party_at(c, i + 2, &p)) continue;
    if (p.outlet || (passes_on(c, &p) && (with || !hsy_chain_person(c, &p)))) hsy_chain_link(c, false, &p, "interview");
  }
}

/* "Sunday", "again": what may stand between a cue and the outlet. */
static int32_t back_over_days(const hsy_chain_clause *c, int32_t token) {
  while (token > c->cue_end && (c->s->bits[token - 1] & HSY_W_DAY)) token--;
  return token;
}

/* "said on X", "wrote in X"; "On X, …", "Speaking on X, …". */
static bool beside_cue(const hsy_chain_clause *c, int32_t token) {
  if (c->cue == HSY_NONE) return false;
  if (token >= c->cue && back_over_days(c, token) <= c->cue_end) return true;
  return token <= c->first + 1 && token < c->cue;
}

static void via_air(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 1 < c->end; i++) {
    hsy_chain_party p, show;
    if (!(s->bits[i] & HSY_W_LOCATIVE) || !hsy_chain_reports(c, i) || !beside_cue(c, i)) continue;
    if (hsy_chain_programme(c, i + 1, &show) && i >= c->cue) hsy_chain_link(c, false, &show, "interview");
    if (!hsy_chain_party_at(c, i + 1, &p) || !p.outlet) continue;
    if (p.phrase.form != HSY_PHRASE_NAME && p.phrase.definite) continue;
    if (hsy_chain_programme(c, hsy_chain_behind_possessive(s, p.phrase.end), &show) && !p.own)
      hsy_chain_link(c, false, &show, "interview");
    hsy_chain_link(c, false, &p, "interview");
  }
}

/* "through her lawyer, X" */
static void via_mouth(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 1 < c->end; i++) {
    hsy_chain_party p;
    if (!(s->bits[i] & HSY_W_THROUGH) || !hsy_chain_reports(c, i) || !hsy_chain_party_at(c, i + 1, &p)) continue;
    bool office = p.phrase.form == HSY_PHRASE_NOUN && (s->bits[p.phrase.head] & (HSY_W_ROLE | HSY_W_GROUP)) &&
                  !(s->bits[p.phrase.head] & HSY_W_VOICE);
    if (hsy_chain_person(c, &p) || office) hsy_chain_link(c, false, &p, "quoted by");
  }
}

static bool participle(const hsy_speaker_state *s, int32_t token) {
  hsy_str text = s->ids.data[s->id[token]].text;
  return (text.len > 4 && hsy_str_ends(text, HSY_S("ed"))) || (s->bits[token] & HSY_W_SHOWN);
}

/* "e-mails obtained by the Times", "a minute leaked to the Mail": who brought what
 * speaks. */
static void via_bringer(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (c->source == HSY_NONE) return;
  hsy_part source = a->part[HSY_SOURCE];
  hsy_chain_clause within = *c; /* "the Courier | show": no noun of the source's */
  within.end = hsy_doc_token_at(s->doc, hsy_doc_piece(s->doc, source, source.count - 1).end);
  for (int32_t i = c->source + 1; i + 1 < within.end; i++) {
    hsy_chain_party p, owner;
    bool to = hsy_str_eq(hsy_doc_token(s->doc, i), HSY_S("to"));
    if (!(to || (s->bits[i] & HSY_W_BY)) || !participle(s, i - 1) || !hsy_chain_party_at(&within, i + 1, &p)) continue;
    bool owned = hsy_chain_owner(c, &p, &owner);
    if ((p.outlet || owned) && !same_source(c, &p)) hsy_chain_link(c, false, &p, "quoted by");
    if (owned && !same_source(c, &owner)) hsy_chain_link(c, false, &owner, "quoted by");
  }
}

void hsy_chain_via(const hsy_chain_clause *c) {
  via_words(c);
  via_source(c);
  via_outer(c);
  via_interview(c);
  via_air(c);
  via_mouth(c);
  via_bringer(c);
}
