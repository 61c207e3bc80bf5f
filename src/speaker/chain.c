#include "speaker/state.h"

/* The chain is read from the words around the cue, outside what is said: who
 * is told, who quotes, whose interview it was. A statement inside another's
 * came through the other's speaker. */

enum { NEAR = 256 }; /* tokens on either side that are looked at: a sentence may hold any number of reports */

typedef struct clause {
  hsy_speaker_state *s;
  int32_t attribution;
  int32_t first, end;           /* tokens of the sentence of source and cue, those near by */
  int32_t content, source, cue; /* first token of each, NONE where it has none */
  int32_t cue_end;
  bool inside;   /* looks into what is said, too: a tagger can take the addressee for its start */
  int32_t outer; /* the attribution whose content it stands in, or NONE */
} clause;

/* A noun phrase that names a link of the chain. */
typedef struct party {
  hsy_speaker_phrase phrase;
  hsy_str name;
  int32_t actor;
  bool outlet, own;
} party;

static int32_t part_token(const hsy_speaker_state *s, hsy_part part) {
  if (!part.count) return HSY_NONE;
  int32_t token = hsy_doc_token_at(s->doc, hsy_doc_piece(s->doc, part, 0).start);
  return token < s->doc->tokens.len ? token : HSY_NONE;
}

static clause clause_of(hsy_speaker_state *s, int32_t index) {
  const hsy_attribution *a = &s->doc->attributions.data[index];
  clause c = {.s = s, .attribution = index};
  c.content = part_token(s, a->part[HSY_CONTENT]);
  c.source = part_token(s, a->part[HSY_SOURCE]);
  c.cue = part_token(s, a->part[HSY_CUE]);
  int32_t at = c.cue != HSY_NONE ? c.cue : c.source != HSY_NONE ? c.source : c.content;
  c.cue_end = at;
  if (at == HSY_NONE) return c;
  if (c.cue != HSY_NONE) {
    hsy_part cue = a->part[HSY_CUE];
    hsy_span last = hsy_doc_piece(s->doc, cue, cue.count - 1);
    while (c.cue_end < s->doc->tokens.len && s->doc->tokens.data[c.cue_end].start < last.end) c.cue_end++;
  }
  const hsy_sentence *sentence = &s->doc->sentences.data[s->sentence_of[at]];
  c.first = at - sentence->first > NEAR ? at - NEAR : sentence->first;
  c.end = sentence->end - at > NEAR ? at + NEAR : sentence->end;
  c.outer = s->content_of[at] == index ? a->parent : s->content_of[at];
  return c;
}

/* Words of the report itself: in nobody's content but the one around it. */
static bool reports(const clause *c, int32_t token) {
  int32_t content = c->s->content_of[token];
  if (c->inside && content == c->attribution) return true;
  return content == c->outer;
}

/* ---- parties ---- */

static bool ends_party(const clause *c, int32_t i, int32_t first) {
  const hsy_speaker_state *s = c->s;
  const hsy_token *t = &s->doc->tokens.data[i];
  if (!reports(c, i)) return true;
  if (t->kind == HSY_TOKEN_PUNCT && !hsy_speaker_is(s, i, '\'') && t->end - t->start != 3) return true;
  if (t->kind == HSY_TOKEN_OPEN || t->kind == HSY_TOKEN_CLOSE) return true;
  if (s->name_at[i] != HSY_NONE || (t->flags & HSY_TOKEN_SUFFIX)) return false;
  if (s->bits[i] & (HSY_W_DAY | HSY_W_AUX | HSY_W_END | HSY_W_ADDRESS | HSY_W_QUOTE | HSY_W_SAYING)) return true;
  bool report_by = i > first && (s->bits[i] & HSY_W_BY) && (s->bits[i - 1] & HSY_W_REPORT);
  if ((s->bits[i] & HSY_W_PREP) && !(s->bits[i] & HSY_W_LINK)) return !report_by;
  bool second = i > first && (s->bits[i] & (HSY_W_THE | HSY_W_A)) && !(s->bits[i - 1] & HSY_W_PREP);
  if (second) return true; /* "promised the members a striker" */
  return i > first && (s->bits[i] & HSY_W_STOP) && !(s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_LINK | HSY_W_NOUN));
}

/* Whether the phrase's words are the last of the article's own outlet:
 * "the Tribune" in the Sabine Tribune. */
static bool own_outlet(const hsy_speaker_state *s, int32_t first, int32_t end) {
  hsy_str rest = s->doc->meta.outlet, words[12];
  int count = 0;
  while (rest.len > 0 && count < 12) {
    hsy_str word = hsy_str_cut(rest, ' ', &rest);
    if (word.len > 0) words[count++] = word;
  }
  int at = count;
  for (int32_t i = end - 1; i >= first; i--) {
    if (s->bits[i] & HSY_W_THE) continue;
    if (at == 0 || !hsy_str_eq_nocase(words[at - 1], hsy_doc_token(s->doc, i))) return false;
    at--;
  }
  return at < count;
}

/* "state television", "a local radio": an outlet without a name. */
static bool media_noun(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  const hsy_speaker_word *w = hsy_speaker_class(s, p->head);
  return w && w->body && w->body == s->lists->media_class && !p->plural;
}

static bool party_of(const clause *c, const hsy_speaker_phrase *phrase, party *p) {
  hsy_speaker_state *s = c->s;
  *p = (party){.phrase = *phrase, .actor = HSY_NONE};
  if (p->phrase.form == HSY_PHRASE_NONE || p->phrase.form == HSY_PHRASE_PEOPLE) return false;
  if (p->phrase.form == HSY_PHRASE_NAME) {
    const hsy_speaker_name *n = &s->names.data[p->phrase.name];
    p->own = own_outlet(s, n->first, n->end);
    p->outlet = p->own || s->actors.data[n->actor].kind == HSY_NAME_OUTLET || media_noun(s, &p->phrase);
  } else {
    p->outlet = p->phrase.form == HSY_PHRASE_NOUN && media_noun(s, &p->phrase);
  }
  if (!p->phrase.plural && (!p->outlet || p->phrase.form == HSY_PHRASE_NAME))
    p->actor = hsy_speaker_phrase_actor(s, &p->phrase, c->attribution);
  if (p->phrase.form == HSY_PHRASE_PRONOUN && p->actor == HSY_NONE) return false;
  p->name = p->own                 ? s->doc->meta.outlet
            : p->actor != HSY_NONE ? s->doc->entities.data[p->actor].name
                                   : hsy_speaker_phrase_text(s, &p->phrase);
  return p->name.len > 0;
}

static bool party_at(const clause *c, int32_t first, party *p) {
  int32_t end = first;
  while (end < c->end && !ends_party(c, end, first)) end++;
  if (end == first) return false;
  hsy_speaker_phrase phrase = hsy_speaker_parse(c->s, first, end);
  return party_of(c, &phrase, p);
}

/* ---- rows ---- */

static bool linked(const hsy_speaker_state *s, int32_t attribution, bool to, hsy_str name) {
  for (ptrdiff_t i = s->doc->links.len - 1; i >= 0 && s->doc->links.data[i].attribution == attribution; i--)
    if (s->doc->links.data[i].to == to && hsy_str_eq_nocase(s->doc->links.data[i].name, name)) return true;
  return false;
}

static void link(const clause *c, bool to, const party *p, const char *relation) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (!to && p->own) return;
  for (ptrdiff_t i = 0; p->actor != HSY_NONE && i < a->speakers.len; i++)
    if (a->speakers.data[i] == p->actor) return;
  if (linked(s, c->attribution, to, p->name)) return;
  *hsy_push(&s->doc->links, s->doc->arena) = (hsy_link){c->attribution, to, p->name, p->actor, relation};
  hsy_basis basis = p->phrase.form == HSY_PHRASE_PRONOUN ? HSY_INFERRED : HSY_EXPLICIT;
  hsy_span span =
      p->phrase.end > p->phrase.first ? hsy_doc_tokens(s->doc, p->phrase.first, p->phrase.end) : (hsy_span){0, 0};
  hsy_speaker_cite(s, c->attribution, to ? "to" : "via", basis, span);
}

/* ---- through whom ---- */

/* The name that ends before the token, an outlet's where there is one. */
static bool party_before(const clause *c, int32_t token, party *p) {
  hsy_speaker_state *s = c->s;
  for (int32_t i = token - 1; i >= c->first && token - i < 14; i--) {
    if (hsy_speaker_is(s, i, '.') || hsy_speaker_is(s, i, ';')) return false;
    int32_t name = s->name_at[i];
    if (name == HSY_NONE) continue;
    const hsy_speaker_name *n = &s->names.data[name];
    *p = (party){.phrase = {HSY_PHRASE_NAME, n->first, n->end, n->first, name, HSY_NONE, HSY_NONE, false, false, false},
                 .actor = n->actor,
                 .own = own_outlet(s, n->first, n->end),
                 .name = s->doc->entities.data[n->actor].name};
    p->outlet = p->own || s->actors.data[n->actor].kind == HSY_NAME_OUTLET;
    return true;
  }
  return false;
}

static bool same_source(const clause *c, const party *p) {
  const hsy_attribution *a = &c->s->doc->attributions.data[c->attribution];
  return p->actor != HSY_NONE && a->speakers.len > 0 && a->speakers.data[0] == p->actor;
}

static bool governed(const hsy_speaker_state *s, int32_t token, uint64_t bits) {
  return token > 0 && s->sentence_of[token - 1] == s->sentence_of[token] && (s->bits[token - 1] & bits);
}

static bool saying_follows(const clause *c, int32_t token) {
  for (int32_t i = token + 1; i < c->end; i++)
    if (c->s->bits[i] & HSY_W_SAYING) return true;
  return false;
}

/* "X quoted Y as saying", "quoted by X", "according to X, …", "TASS reported
 * that Y called". */
static void via_words(const clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i < c->end; i++) {
    party p;
    uint64_t b = s->bits[i];
    if (!reports(c, i)) continue;
    bool by = (b & HSY_W_QUOTED) && i + 2 < c->end && (s->bits[i + 1] & HSY_W_BY) && (b & HSY_W_QUOTE);
    if (by && party_at(c, i + 2, &p)) link(c, false, &p, "quoted by");
    bool active = (b & HSY_W_QUOTE) && !by && i > c->first && !((b & HSY_W_QUOTED) && governed(s, i, HSY_W_BE)) &&
                  saying_follows(c, i);
    if (active && party_before(c, i, &p)) link(c, false, &p, "quoted by");
    bool according = (b & HSY_W_ACCORDING) && i + 2 < c->end && (c->cue == HSY_NONE || c->cue != i);
    if (according && party_at(c, i + 2, &p) && !same_source(c, &p) && p.outlet) link(c, false, &p, "quoted by");
    bool stated = (b & HSY_W_STATED) && c->source != HSY_NONE && c->source > i && i != c->cue && i > c->first &&
                  (s->bits[i + 1] & HSY_W_THE || s->name_at[i + 1] != HSY_NONE);
    if (stated && party_before(c, i, &p) && p.outlet && !same_source(c, &p)) link(c, false, &p, "quoted by");
  }
}

/* The source as tagged was another than the speaker: it passed the words on. */
static void via_source(const clause *c) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (c->source == HSY_NONE || a->speakers.len == 0 || s->name_at[c->source] == HSY_NONE) return;
  const hsy_speaker_name *n = &s->names.data[s->name_at[c->source]];
  hsy_speaker_phrase phrase = {HSY_PHRASE_NAME, n->first, n->end, n->first, s->name_at[c->source],
                               HSY_NONE,        HSY_NONE, false,  false,    false};
  party p = {.phrase = phrase, .actor = n->actor, .own = own_outlet(s, n->first, n->end)};
  p.name = s->doc->entities.data[n->actor].name;
  if (n->kind == HSY_NAME_OUTLET && n->actor != a->speakers.data[0]) link(c, false, &p, "quoted by");
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
static bool noun_cue(const clause *c) {
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
static bool relative_follows(const clause *c) {
  const hsy_speaker_state *s = c->s;
  hsy_span piece = hsy_doc_piece(s->doc, s->doc->attributions.data[c->attribution].part[HSY_SOURCE], 0);
  int32_t next = hsy_doc_token_at(s->doc, piece.end);
  return next < s->doc->tokens.len && (s->bits[next] & HSY_W_PRONOUN) && hsy_speaker_class(s, next)->pronoun == 'r';
}

static void via_outer(const clause *c) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (a->parent == HSY_NONE || noun_cue(c) || a->speakers.len == 0) return;
  if (a->part[HSY_SOURCE].count && relative_follows(c)) return;
  const hsy_attribution *outer = &s->doc->attributions.data[a->parent];
  if (outer->mode == HSY_THOUGHT || outer->speakers.len == 0) return;
  int32_t actor = outer->speakers.data[0];
  if (actor == a->speakers.data[0] || speaks_for(s, actor, a->speakers.data[0])) return;
  party p = {.name = outer->speaker, .actor = actor};
  if (outer->part[HSY_SOURCE].count) {
    hsy_span piece = hsy_doc_piece(s->doc, outer->part[HSY_SOURCE], 0);
    p.phrase.first = hsy_doc_token_at(s->doc, piece.start);
    p.phrase.end = hsy_doc_token_at(s->doc, piece.end - 1) + 1;
  }
  link(c, false, &p, "quoted by");
}

/* What could bring words to a reader: an outlet, a person; no committee. */
static bool passes_on(const clause *c, const party *p) {
  if (p->outlet) return true;
  return p->actor != HSY_NONE && c->s->doc->entities.data[p->actor].kind == HSY_PERSON;
}

/* "in an interview with X": X is told, and the words came through X; "on X": they
 * came through X alone. */
static void via_interview(const clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 2 < c->end; i++) {
    party p;
    if (!(s->bits[i] & HSY_W_TALK) || !reports(c, i)) continue;
    if (!(s->bits[i + 1] & (HSY_W_WITH | HSY_W_LOCATIVE)) || !party_at(c, i + 2, &p)) continue;
    if (!p.outlet && !(s->bits[i + 1] & HSY_W_WITH)) continue;
    if (passes_on(c, &p)) link(c, false, &p, "interview");
    if (s->bits[i + 1] & HSY_W_WITH) link(c, true, &p, "interview");
  }
}

/* ---- to whom ---- */

static char manner(const hsy_speaker_state *s, int32_t token) {
  return s->bits[token] & HSY_W_ADDRESS ? hsy_speaker_class(s, token)->manner : 0;
}

/* "urged owners to book": many unnamed people, at the content's start. */
static bool audience(const clause *c, int32_t first, party *p) {
  const hsy_speaker_state *s = c->s;
  int32_t end = first;
  while (end < c->end && end < first + 6 && !(s->bits[end] & (HSY_W_PREP | HSY_W_AUX)) &&
         s->doc->tokens.data[end].kind == HSY_TOKEN_WORD && !((s->bits[end] & HSY_W_END) && end > first))
    end++;
  if (end == first || end >= c->s->doc->tokens.len || !(s->bits[end] & (HSY_W_PREP | HSY_W_END))) return false;
  *p = (party){.phrase = hsy_speaker_parse(s, first, end), .actor = HSY_NONE};
  if (p->phrase.form != HSY_PHRASE_NOUN || !p->phrase.plural) return false;
  const hsy_speaker_word *w = hsy_speaker_class(s, first);
  bool bare = !(s->bits[first] & (HSY_W_A | HSY_W_PRONOUN)) && !p->phrase.indefinite && !(w && w->anonymous);
  p->name = hsy_speaker_phrase_text(s, &p->phrase);
  return bare;
}

/* "Staff were told", "Residents were ordered": the subject of the passive. */
static bool passive_subject(const clause *c, int32_t verb, party *p) {
  const hsy_speaker_state *s = c->s;
  int32_t end = verb - 1, first;
  while (end > c->first && (s->bits[end - 1] & HSY_W_AUX)) end--;
  for (first = end; first > c->first && reports(c, first - 1) && s->doc->tokens.data[first - 1].kind == HSY_TOKEN_WORD;)
    first--;
  return first < end && party_at(c, first, p);
}

/* "told the Tribune | she had …", "promised her | in July to …", where the tagger
 * took the addressee for the start of what is said. */
static bool object_inside(const clause *c, int32_t first, char how, party *p) {
  clause wide = *c;
  wide.inside = true;
  if (!party_at(&wide, first, p)) return false;
  const hsy_speaker_phrase *q = &p->phrase;
  if (q->form == HSY_PHRASE_PRONOUN) return hsy_speaker_class(c->s, q->head)->casus != 's';
  if (how == 't') return q->form == HSY_PHRASE_NAME || q->plural;
  return how == 'p' && (q->form == HSY_PHRASE_NAME || q->plural) && q->end < c->end &&
         (c->s->bits[q->end] & (HSY_W_THE | HSY_W_A));
}

static void to_subject(const clause *c, int32_t verb) {
  party p;
  clause wide = *c; /* a tagger can take the subject for the start of what is said */
  wide.inside = true;
  hsy_speaker_phrase subject; /* "X and his wife, Y, were asked" */
  if (!passive_subject(&wide, verb, &p) &&
      !(hsy_speaker_subject(c->s, c->attribution, &subject) && party_of(&wide, &subject, &p)))
    return;
  link(c, true, &p, "told");
  if (p.phrase.next == HSY_NONE || p.phrase.next >= verb) return;
  party second;
  if (party_at(&wide, p.phrase.next, &second)) link(c, true, &second, "told");
}

/* The addressee behind a verb that takes one. */
static void to_object(const clause *c, int32_t verb) {
  const hsy_speaker_state *s = c->s;
  party p;
  char how = manner(s, verb);
  int32_t next = verb + 1;
  if (next >= c->end) return;
  if (s->content_of[next] == c->attribution) {
    bool found = how == 'u' ? audience(c, next, &p) : object_inside(c, next, how, &p);
    if (found) link(c, true, &p, "told");
    if (found && p.outlet && how == 't') link(c, false, &p, "told");
    return;
  }
  if (!party_at(c, next, &p)) return;
  bool crowd = p.phrase.form == HSY_PHRASE_NOUN && p.phrase.indefinite && !p.phrase.plural && !p.outlet;
  if (crowd || (p.phrase.form == HSY_PHRASE_NOUN && how == 'a')) return;
  link(c, true, &p, "told");
  if (p.outlet && how == 't') link(c, false, &p, "told");
}

/* "in a video message to patients" */
static void to_reader(const clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 2 < c->end; i++) {
    party p;
    if (!(s->bits[i] & HSY_W_MESSAGE) || !reports(c, i) || !hsy_str_eq(hsy_doc_token(s->doc, i + 1), HSY_S("to")))
      continue;
    if (party_at(c, i + 2, &p)) link(c, true, &p, "statement");
  }
}

/* "Asked if she would resign, Adeyemi did not": whoever answers was asked. */
static void to_answerer(const clause *c) {
  hsy_speaker_state *s = c->s;
  if (!hsy_speaker_asked(s, c->attribution) || c->content == HSY_NONE) return;
  if (c->cue > c->first && !hsy_speaker_is(s, c->cue - 1, ',')) return;
  int32_t i = c->content;
  while (i < c->end && s->content_of[i] == c->attribution) i++;
  if (i + 1 >= c->end || !hsy_speaker_is(s, i, ',')) return;
  party p;
  if (party_at(c, i + 1, &p) && p.actor != HSY_NONE) link(c, true, &p, "told");
}

/* "Name: Was there a warning?" in an interview set as questions and answers. */
static bool turn_of_talk(const clause *c) {
  const hsy_speaker_state *s = c->s;
  enum { LONGEST_LABEL = 8 };
  if (c->source == HSY_NONE || c->cue == HSY_NONE || !hsy_speaker_is(s, c->cue, ':') || c->content == HSY_NONE ||
      c->source >= c->content)
    return false;
  int32_t paragraph = s->doc->sentences.data[s->sentence_of[c->source]].paragraph;
  return c->source <= s->doc->paragraphs.data[paragraph].first + LONGEST_LABEL && hsy_speaker_is(s, c->cue, ':');
}

static bool is_question(const hsy_speaker_state *s, int32_t attribution) {
  hsy_part content = s->doc->attributions.data[attribution].part[HSY_CONTENT];
  hsy_str text = hsy_str_trim(hsy_doc_span(s->doc, hsy_doc_piece(s->doc, content, content.count - 1)));
  return hsy_str_ends(text, HSY_S("?"));
}

static void to_interviewed(const clause *c) {
  hsy_speaker_state *s = c->s;
  if (!turn_of_talk(c) || !is_question(s, c->attribution)) return;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  for (int32_t i = c->attribution + 1; i < s->doc->attributions.len && i < c->attribution + 4; i++) {
    const hsy_attribution *b = &s->doc->attributions.data[i];
    clause d = clause_of(s, i);
    if (!turn_of_talk(&d) || a->speakers.len == 0 || b->speakers.len == 0) continue;
    if (a->speakers.data[0] == b->speakers.data[0]) continue;
    party p = {.name = b->speaker, .actor = b->speakers.data[0]};
    p.phrase.first = d.source;
    p.phrase.end = d.source + 1;
    link(c, true, &p, "interview");
    return;
  }
}

/* "Mira Solano: …" behind a question: to whoever asked. */
static void to_asker(const clause *c) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (!turn_of_talk(c) || is_question(s, c->attribution) || a->speakers.len == 0) return;
  for (int32_t i = c->attribution - 1; i >= 0 && i >= c->attribution - 3; i--) {
    const hsy_attribution *b = &s->doc->attributions.data[i];
    clause d = clause_of(s, i);
    if (!turn_of_talk(&d) || b->speakers.len == 0 || b->speakers.data[0] == a->speakers.data[0]) continue;
    if (!is_question(s, i)) return;
    party p = {.name = b->speaker, .actor = b->speakers.data[0]};
    p.phrase.first = d.source;
    p.phrase.end = d.source + 1;
    link(c, true, &p, "interview");
    return;
  }
}

static void chain_of(hsy_speaker_state *s, int32_t index) {
  clause c = clause_of(s, index);
  if (c.end == c.first || s->doc->attributions.data[index].part[HSY_CONTENT].count == 0) return;
  via_words(&c);
  via_source(&c);
  via_outer(&c);
  via_interview(&c);
  for (int32_t i = c.cue; c.cue != HSY_NONE && i < c.end; i++) {
    bool behind = i >= c.cue_end && !(c.cue_end <= c.content && i < c.content);
    if (behind) break;
    if (!manner(s, i)) continue;
    if (hsy_speaker_addressed(s, index))
      to_subject(&c, i);
    else
      to_object(&c, i);
  }
  to_reader(&c);
  to_answerer(&c);
  to_interviewed(&c);
  to_asker(&c);
}

void hsy_speaker_chain(hsy_speaker_state *s) {
  for (int32_t i = 0; i < s->doc->attributions.len; i++) chain_of(s, i);
}
