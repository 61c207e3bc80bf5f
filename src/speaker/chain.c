#include "speaker/chain.h"

/* The chain is read from the words around the cue, outside what is said: who
 * is told, who quotes, whose interview it was. A statement inside another's
 * came through the other's speaker. */

enum { NEAR = 256 }; /* tokens on either side that are looked at: a sentence may hold any number of reports */

static int32_t part_token(const hsy_speaker_state *s, hsy_part part) {
  if (!part.count) return HSY_NONE;
  int32_t token = hsy_doc_token_at(s->doc, hsy_doc_piece(s->doc, part, 0).start);
  return token < s->doc->tokens.len ? token : HSY_NONE;
}

hsy_chain_clause hsy_chain_clause_of(hsy_speaker_state *s, int32_t index) {
  const hsy_attribution *a = &s->doc->attributions.data[index];
  hsy_chain_clause c = {.s = s, .attribution = index};
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

bool hsy_chain_reports(const hsy_chain_clause *c, int32_t token) {
  int32_t content = c->s->content_of[token];
  if (c->inside && content == c->attribution) return true;
  return content == c->outer;
}

/* ---- parties ---- */

static bool ends_party(const hsy_chain_clause *c, int32_t i, int32_t first) {
  const hsy_speaker_state *s = c->s;
  const hsy_token *t = &s->doc->tokens.data[i];
  if (!hsy_chain_reports(c, i)) return true;
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

/* "the paper", "the network": the outlet named last before it. */
static int32_t outlet_before(const hsy_speaker_state *s, int32_t token) {
  enum { FAR = 400 };
  for (int32_t i = token - 1; i >= 0 && token - i < FAR; i--) {
    int32_t name = s->name_at[i];
    if (name == HSY_NONE) continue;
    const hsy_speaker_name *n = &s->names.data[name];
    if (s->actors.data[n->actor].kind == HSY_NAME_OUTLET && !own_outlet(s, n->first, n->end)) return n->actor;
  }
  return HSY_NONE;
}

/* "this newspaper", "us": whoever writes the article. */
static bool own_words(const hsy_chain_clause *c, const hsy_speaker_phrase *p) {
  const hsy_speaker_state *s = c->s;
  if (c->outer != HSY_NONE) return false;
  if (p->form == HSY_PHRASE_PRONOUN) {
    char kind = hsy_speaker_class(s, p->head)->pronoun;
    return kind == 'i' || kind == 'w';
  }
  if (p->form != HSY_PHRASE_NOUN) return false;
  return media_noun(s, p) && p->first < p->head && (s->bits[p->first] & HSY_W_THIS);
}

/* Whoever writes: the outlet, and where it says "I" the author, if there is one. */
static bool writer(const hsy_chain_clause *c, hsy_chain_party *p) {
  const hsy_meta *meta = &c->s->doc->meta;
  bool alone = p->phrase.form == HSY_PHRASE_PRONOUN && hsy_speaker_class(c->s, p->phrase.head)->pronoun == 'i';
  p->own = p->outlet = true;
  p->name = alone && meta->authors.len == 1 ? meta->authors.data[0] : meta->outlet;
  return p->name.len > 0;
}

/* "a business magazine, Crown & Coin,": the name behind the comma. */
static void name_outlet(const hsy_speaker_state *s, hsy_speaker_phrase *p) {
  int32_t comma = p->end;
  if (p->form != HSY_PHRASE_NOUN || p->plural || !media_noun(s, p) || comma + 1 >= s->doc->tokens.len) return;
  if (!p->indefinite || !hsy_speaker_is(s, comma, ',') || s->name_at[comma + 1] == HSY_NONE) return;
  if (s->names.data[s->name_at[comma + 1]].kind == HSY_NAME_PERSON) return;
  p->form = HSY_PHRASE_NAME;
  p->name = s->name_at[comma + 1];
}

static void who_is_meant(const hsy_chain_clause *c, hsy_chain_party *p) {
  hsy_speaker_state *s = c->s;
  name_outlet(s, &p->phrase);
  if (p->phrase.form == HSY_PHRASE_NAME) {
    const hsy_speaker_name *n = &s->names.data[p->phrase.name];
    p->own = own_outlet(s, n->first, n->end);
    const hsy_speaker_phrase what = {.head = n->first - 1}; /* "radio station WTRN" */
    p->outlet = p->own || s->actors.data[n->actor].kind == HSY_NAME_OUTLET || media_noun(s, &p->phrase) ||
                (n->first > p->phrase.first && media_noun(s, &what));
  } else {
    p->outlet = p->phrase.form == HSY_PHRASE_NOUN && media_noun(s, &p->phrase);
  }
  bool named = p->phrase.form == HSY_PHRASE_NAME;
  if (p->outlet && !named && p->phrase.definite && p->phrase.owner == HSY_NONE && p->phrase.head == p->phrase.first + 1)
    p->actor = outlet_before(s, p->phrase.first);
  else if (!p->phrase.plural && (!p->outlet || named))
    p->actor = hsy_speaker_phrase_actor(s, &p->phrase, c->attribution);
}

bool hsy_chain_party_of(const hsy_chain_clause *c, const hsy_speaker_phrase *phrase, hsy_chain_party *p) {
  hsy_speaker_state *s = c->s;
  *p = (hsy_chain_party){.phrase = *phrase, .actor = HSY_NONE};
  if (p->phrase.form == HSY_PHRASE_NONE || p->phrase.form == HSY_PHRASE_PEOPLE) return false;
  if (own_words(c, &p->phrase)) return writer(c, p);
  who_is_meant(c, p);
  if (p->phrase.form == HSY_PHRASE_PRONOUN && p->actor == HSY_NONE) return false;
  p->name = p->own                 ? s->doc->meta.outlet
            : p->actor != HSY_NONE ? s->doc->entities.data[p->actor].name
                                   : hsy_speaker_phrase_text(s, &p->phrase);
  return p->name.len > 0;
}

bool hsy_chain_party_at(const hsy_chain_clause *c, int32_t first, hsy_chain_party *p) {
  int32_t end = first;
  while (end < c->end && !ends_party(c, end, first)) end++;
  if (end == first) return false;
  hsy_speaker_phrase phrase = hsy_speaker_parse(c->s, first, end);
  return hsy_chain_party_of(c, &phrase, p);
}

hsy_chain_party hsy_chain_party_named(const hsy_speaker_state *s, int32_t name) {
  const hsy_speaker_name *n = &s->names.data[name];
  hsy_chain_party p = {.actor = n->actor, .own = own_outlet(s, n->first, n->end)};
  p.phrase =
      (hsy_speaker_phrase){HSY_PHRASE_NAME, n->first, n->end, n->first, name, HSY_NONE, HSY_NONE, false, false, false};
  p.name = s->doc->entities.data[n->actor].name;
  p.outlet = p.own || s->actors.data[n->actor].kind == HSY_NAME_OUTLET;
  return p;
}

bool hsy_chain_owner(const hsy_chain_clause *c, const hsy_chain_party *p, hsy_chain_party *owner) {
  int32_t at = p->phrase.owner;
  if (at == HSY_NONE || c->s->name_at[at] == HSY_NONE) return false;
  *owner = hsy_chain_party_named(c->s, c->s->name_at[at]);
  bool unknown = c->s->actors.data[owner->actor].kind == HSY_NAME_UNKNOWN; /* "Kestrel’s Wim Talvik" */
  return owner->outlet || (unknown && p->phrase.form == HSY_PHRASE_NAME && hsy_chain_person(c, p));
}

int32_t hsy_chain_behind_possessive(const hsy_speaker_state *s, int32_t token) {
  for (int k = 0; k < 2 && token < s->doc->tokens.len; k++) {
    hsy_str mark = hsy_doc_token(s->doc, token);
    bool apostrophe = hsy_str_eq(mark, HSY_S("'")) || hsy_str_eq(mark, HSY_S("’"));
    if (!apostrophe && !(s->doc->tokens.data[token].flags & HSY_TOKEN_SUFFIX)) break;
    token++;
  }
  return token;
}

bool hsy_chain_programme(const hsy_chain_clause *c, int32_t token, hsy_chain_party *p) {
  enum { LONGEST = 8 };
  const hsy_doc *doc = c->s->doc;
  if (token + 1 >= doc->tokens.len || doc->tokens.data[token].kind != HSY_TOKEN_OPEN) return false;
  if (!(doc->tokens.data[token + 1].flags & HSY_TOKEN_CAPITAL)) return false;
  int32_t end = token + 1;
  while (end < doc->tokens.len && end <= token + LONGEST && doc->tokens.data[end].kind != HSY_TOKEN_CLOSE) end++;
  if (end >= doc->tokens.len || doc->tokens.data[end].kind != HSY_TOKEN_CLOSE) return false;
  while (end > token + 1 && doc->tokens.data[end - 1].kind == HSY_TOKEN_PUNCT) end--;
  *p = (hsy_chain_party){.actor = HSY_NONE, .outlet = true};
  p->phrase = (hsy_speaker_phrase){HSY_PHRASE_NOUN, token + 1, end,  token + 1, HSY_NONE,
                                   HSY_NONE,        HSY_NONE,  true, false,     false};
  p->name = hsy_doc_span(doc, hsy_doc_tokens(doc, token + 1, end));
  p->own = doc->meta.outlet.len && hsy_str_find(p->name, doc->meta.outlet) >= 0; /* "Tarn Radio Sunday" in Tarn Radio */
  return p->name.len > 0;
}

bool hsy_chain_person(const hsy_chain_clause *c, const hsy_chain_party *p) {
  return p->actor != HSY_NONE && c->s->doc->entities.data[p->actor].kind == HSY_PERSON;
}

/* ---- rows ---- */

static bool linked(const hsy_speaker_state *s, int32_t attribution, bool to, hsy_str name) {
  for (ptrdiff_t i = s->doc->links.len - 1; i >= 0 && s->doc->links.data[i].attribution == attribution; i--)
    if (s->doc->links.data[i].to == to && hsy_str_eq_nocase(s->doc->links.data[i].name, name)) return true;
  return false;
}

void hsy_chain_link(const hsy_chain_clause *c, bool to, const hsy_chain_party *p, const char *relation) {
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

static void chain_of(hsy_speaker_state *s, int32_t index) {
  hsy_chain_clause c = hsy_chain_clause_of(s, index);
  if (c.end == c.first || s->doc->attributions.data[index].part[HSY_CONTENT].count == 0) return;
  hsy_chain_via(&c);
  hsy_chain_to(&c);
}

void hsy_speaker_chain(hsy_speaker_state *s) {
  for (int32_t i = 0; i < s->doc->attributions.len; i++) chain_of(s, i);
}
