#include "speaker/rank.h"

enum { UNSEEN, OPEN, DONE };

typedef struct resolver {
  hsy_speaker_state *s;
  uint8_t *progress; /* [attributions] */
  bool watched;      /* a source is resolved, no addressee or owner */
  float chance;      /* of the last choice that was weighed, 1 where none was */
} resolver;

static void resolve(resolver *r, int32_t index);

void hsy_speaker_cite(hsy_speaker_state *s, int32_t attribution, const char *field, hsy_basis basis, hsy_span span) {
  *hsy_push(&s->doc->evidence, s->doc->arena) = (hsy_evidence){attribution, field, basis, span};
}

bool hsy_speaker_asked(const hsy_speaker_state *s, int32_t attribution) {
  hsy_part cue = s->doc->attributions.data[attribution].part[HSY_CUE];
  if (!cue.count) return false;
  int32_t token = hsy_doc_token_at(s->doc, hsy_doc_piece(s->doc, cue, 0).start);
  if (token >= s->doc->tokens.len || !(s->bits[token] & HSY_W_ADDRESS)) return false;
  return hsy_speaker_class(s, token)->manner == 'a';
}

void hsy_speaker_mark_contents(hsy_speaker_state *s) {
  for (int32_t i = 0; i < s->doc->attributions.len; i++) {
    hsy_part content = s->doc->attributions.data[i].part[HSY_CONTENT];
    for (int32_t k = 0; k < content.count; k++) {
      hsy_span piece = hsy_doc_piece(s->doc, content, k);
      for (int32_t t = hsy_doc_token_at(s->doc, piece.start);
           t < s->doc->tokens.len && s->doc->tokens.data[t].start < piece.end; t++)
        s->content_of[t] = i;
    }
  }
}

/* Tokens of a part's n-th piece, half-open. */
static void piece_tokens(const hsy_speaker_state *s, hsy_part part, int32_t n, int32_t *first, int32_t *end) {
  hsy_span piece = hsy_doc_piece(s->doc, part, n);
  *first = hsy_doc_token_at(s->doc, piece.start);
  *end = *first;
  while (*end < s->doc->tokens.len && s->doc->tokens.data[*end].start < piece.end) (*end)++;
}

static int32_t speaker_of(resolver *r, int32_t attribution) {
  if (attribution == HSY_NONE) return HSY_NONE;
  resolve(r, attribution);
  const hsy_attribution *a = &r->s->doc->attributions.data[attribution];
  return a->speakers.len > 0 ? a->speakers.data[0] : HSY_NONE;
}

/* The attribution in whose content the token stands, other than the given one. */
static int32_t around(const hsy_speaker_state *s, int32_t token, int32_t attribution) {
  int32_t outer = s->content_of[token];
  return outer == attribution && outer != HSY_NONE ? s->doc->attributions.data[outer].parent : outer;
}

/* ---- descriptions ---- */

/* The country of "Iranian", "Maravian", "Maravia’s" at the token, or NONE. */
static int32_t country_at(hsy_speaker_state *s, int32_t token) {
  if (s->name_at[token] != HSY_NONE) return s->names.data[s->name_at[token]].actor;
  const hsy_speaker_id *id = &s->ids.data[s->id[token]];
  if (id->stands_for != HSY_NONE && s->ids.data[id->stands_for].actor != HSY_NONE)
    return s->ids.data[id->stands_for].actor;
  const hsy_lexicon_entry *place = hsy_lexicon_find(&s->lists->places, hsy_doc_token(s->doc, token));
  return place ? hsy_speaker_country(s, place) : HSY_NONE;
}

/* "the Iranian government" is Iran. */
static int32_t government(hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  if (!(s->bits[p->head] & HSY_W_STATE)) return HSY_NONE;
  int32_t found = HSY_NONE;
  for (int32_t i = p->first; i < p->head; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if ((s->bits[i] & (HSY_W_THE | HSY_W_A)) || (t->flags & HSY_TOKEN_SUFFIX)) continue;
    int32_t country = country_at(s, i);
    if (country == HSY_NONE || found != HSY_NONE) return HSY_NONE;
    found = country;
  }
  return found;
}

static void set_kind(hsy_speaker_state *s, int32_t actor, const hsy_speaker_phrase *p) {
  hsy_entity *e = &s->doc->entities.data[actor];
  hsy_speaker_actor *a = &s->actors.data[actor];
  uint64_t b = s->bits[p->head];
  a->named = false;
  a->plural = p->plural;
  a->sure = b & HSY_W_NOUN;
  a->kind = b & HSY_W_ROLE && !(b & HSY_W_BODY) ? HSY_NAME_PERSON : b & HSY_W_BODY ? HSY_NAME_BODY : HSY_NAME_UNKNOWN;
  const hsy_speaker_word *w = hsy_speaker_class(s, p->head);
  if (w && (b & HSY_W_ROLE)) a->gender = w->gender;
  bool body = (b & HSY_W_BODY) && !(b & HSY_W_GROUP);
  e->kind = p->plural ? HSY_GROUP : body ? HSY_ORGANIZATION : HSY_UNNAMED;
}

static int32_t owner_of(resolver *r, const hsy_speaker_phrase *p, int32_t attribution);

/* "its defence ministry": the article's words, with whose it is in place of the
 * pronoun. */
static hsy_str phrase_name(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  hsy_speaker_state *s = r->s;
  hsy_str text = hsy_speaker_phrase_text(s, p);
  if (p->owner == HSY_NONE || !(s->bits[p->owner] & HSY_W_PRONOUN) || p->owner != p->first) return text;
  int32_t owner = owner_of(r, p, attribution);
  if (owner == HSY_NONE) return text;
  hsy_str rest = hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, p->owner + 1, p->end));
  hsy_str name = s->doc->entities.data[owner].name;
  return hsy_str_printf(s->doc->arena, "%.*s's %.*s", HSY_FMT(name), HSY_FMT(rest));
}

static int32_t describe_new(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  hsy_speaker_state *s = r->s;
  hsy_str name = phrase_name(r, p, attribution);
  int32_t made = hsy_speaker_new_actor(s, name, HSY_NAME_UNKNOWN);
  set_kind(s, made, p);
  hsy_speaker_actor *a = &s->actors.data[made];
  hsy_speaker_add_index(s, &a->heads, s->id[p->head]);
  for (int32_t i = p->first; i < p->head; i++) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (t->kind == HSY_TOKEN_WORD && !(t->flags & HSY_TOKEN_SUFFIX) && !(s->bits[i] & (HSY_W_THE | HSY_W_PRONOUN)))
      hsy_speaker_add_index(s, &a->mods, s->id[i]);
  }
  return made;
}

/* ---- one phrase ---- */

static int32_t first_person(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  return speaker_of(r, around(r->s, p->head, attribution));
}

static int32_t source_actor(resolver *r, const hsy_speaker_phrase *p, int32_t attribution, hsy_basis *basis);

/* "who": the noun phrase before it, or whoever was named last in the sentence. */
static int32_t antecedent(resolver *r, int32_t token, int32_t attribution) {
  hsy_speaker_state *s = r->s;
  hsy_speaker_phrase p;
  hsy_basis basis;
  if (hsy_speaker_phrase_before(s, token, &p) && (p.form == HSY_PHRASE_NAME || (s->bits[p.head] & HSY_W_NOUN)))
    return source_actor(r, &p, attribution, &basis);
  int32_t first = s->doc->sentences.data[s->sentence_of[token]].first;
  for (int32_t i = token - 1; i >= first; i--)
    if (s->name_at[i] != HSY_NONE) return s->names.data[s->name_at[i]].actor;
  return HSY_NONE;
}

static void piece_tokens(const hsy_speaker_state *s, hsy_part part, int32_t n, int32_t *first, int32_t *end);

/* The person by name who is the source of the next attribution, if it comes
 * within three sentences: "A former engineer says … “…”, K. Lindqvist said." */
static int32_t next_source(const hsy_speaker_state *s, int32_t token, int32_t attribution) {
  enum { NEXT_FEW = 16 }; /* a sentence may hold any number of "he said that she said that" */
  if (attribution == HSY_NONE) return HSY_NONE;
  for (int32_t i = attribution + 1; i <= attribution + NEXT_FEW && i < s->doc->attributions.len; i++) {
    hsy_part source = s->doc->attributions.data[i].part[HSY_SOURCE];
    int32_t first, end;
    if (!source.count) continue;
    piece_tokens(s, source, 0, &first, &end);
    if (first <= token || first >= end) continue;
    if (s->sentence_of[first] - s->sentence_of[token] > 3) return HSY_NONE;
    if (s->name_at[first] != HSY_NONE) return s->names.data[s->name_at[first]].actor;
    if (!(s->bits[first] & HSY_W_PRONOUN)) return HSY_NONE;
  }
  return HSY_NONE;
}

/* Who asked the question that this answers, in the same sentence: "Asked by X
 * whether …, she said". */
static int32_t asker(const hsy_speaker_state *s, int32_t token, int32_t attribution) {
  if (attribution <= 0 || !hsy_speaker_asked(s, attribution - 1)) return HSY_NONE;
  const hsy_attribution *before = &s->doc->attributions.data[attribution - 1];
  hsy_span cue = hsy_doc_piece(s->doc, before->part[HSY_CUE], 0);
  if (s->sentence_of[hsy_doc_token_at(s->doc, cue.start)] != s->sentence_of[token]) return HSY_NONE;
  return before->speakers.len ? before->speakers.data[0] : HSY_NONE;
}

static int32_t owner_of(resolver *r, const hsy_speaker_phrase *p, int32_t attribution);

static hsy_query_form form_of(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  if (p->form == HSY_PHRASE_PRONOUN) {
    char kind = hsy_speaker_class(s, p->head)->pronoun;
    return kind == 'n' ? HSY_QUERY_IT : kind == 'p' ? HSY_QUERY_THEY : HSY_QUERY_PERSON_PRONOUN;
  }
  bool role = (s->bits[p->head] & HSY_W_ROLE) && !(s->bits[p->head] & HSY_W_BODY);
  return role ? HSY_QUERY_ROLE : HSY_QUERY_BODY;
}

/* The speaker of the attribution before it in the text. */
static int32_t before(resolver *r, int32_t attribution) {
  if (attribution <= 0 || attribution >= r->s->doc->attributions.len) return HSY_NONE;
  return speaker_of(r, attribution - 1);
}

static int32_t rank(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  hsy_speaker_state *s = r->s;
  int32_t outer = around(s, p->head, attribution), like = speaker_of(r, outer);
  bool quoted = s->doc->tokens.data[p->head].quote != HSY_NONE;
  hsy_speaker_query q = {.form = form_of(s, p),
                         .phrase = p,
                         .token = p->head,
                         .last = p->end > p->head ? p->end - 1 : p->head,
                         .attribution = attribution,
                         .not_actor = quoted ? like : asker(s, p->head, attribution),
                         .not_owner = p->form == HSY_PHRASE_NOUN ? owner_of(r, p, attribution) : HSY_NONE,
                         .next_source = next_source(s, p->head, attribution),
                         .before = before(r, attribution),
                         .subject = HSY_NONE,
                         .like_actor = quoted ? HSY_NONE : like,
                         .somebody = p->form == HSY_PHRASE_PRONOUN && hsy_speaker_class(s, p->head)->casus == 'p',
                         .watched = r->watched};
  return hsy_speaker_rank(s, &q, &r->chance);
}

static int32_t pronoun_actor(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  char kind = hsy_speaker_class(r->s, p->head)->pronoun;
  if (kind == 'i' || kind == 'w') return first_person(r, p, attribution);
  if (kind == 'r') return antecedent(r, p->head, attribution);
  return kind == 'y' ? HSY_NONE : rank(r, p, attribution);
}

static int32_t owner_of(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  hsy_speaker_state *s = r->s;
  if (p->owner == HSY_NONE) return HSY_NONE;
  if (s->name_at[p->owner] != HSY_NONE) return s->names.data[s->name_at[p->owner]].actor;
  if (!(s->bits[p->owner] & HSY_W_PRONOUN)) return HSY_NONE;
  hsy_speaker_phrase pronoun = {HSY_PHRASE_PRONOUN, p->owner, p->owner + 1, p->owner, HSY_NONE,
                                HSY_NONE,           HSY_NONE, false,        false,    false};
  resolver apart = {s, r->progress, false, 1};
  return pronoun_actor(&apart, &pronoun, attribution);
}

/* A phrase that says of whom it speaks anew ("two villagers", "police",
 * "Orrest police"): one that was described in the same words before, or nobody
 * known. */
static int32_t same_description(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  hsy_str text = hsy_speaker_phrase_text(s, p);
  for (ptrdiff_t i = s->sources.len - 1; i >= 0 && i >= s->sources.len - 12; i--) {
    int32_t actor = s->sources.data[i].actor;
    if (!s->actors.data[actor].named && hsy_str_eq_nocase(s->doc->entities.data[actor].name, text)) return actor;
  }
  return HSY_NONE;
}

/* Whether the actor's first name behind the token stands without a comma that
 * could bring in who it is. */
static bool stands_bare(const hsy_speaker_state *s, int32_t actor, int32_t token) {
  int32_t end = (int32_t)s->doc->tokens.len < token + 200 ? (int32_t)s->doc->tokens.len : token + 200;
  for (int32_t i = token + 1; i < end; i++) {
    if (s->name_at[i] == HSY_NONE) continue;
    const hsy_speaker_name *n = &s->names.data[s->name_at[i]];
    if (n->actor == actor) return !hsy_speaker_is(s, n->end, ',');
  }
  return false;
}

/* "A former Corvane engineer says … “…,” Kwabena Lindqvist told": named at once
 * behind, for the first time, and nothing else says what that person is. */
static int32_t delayed(const hsy_speaker_state *s, const hsy_speaker_phrase *p, int32_t attribution) {
  int32_t next = next_source(s, p->head, attribution);
  bool one = p->first < p->head && p->indefinite;
  if (next == HSY_NONE || !one || !(s->bits[p->head] & HSY_W_ROLE) || !stands_bare(s, next, p->head)) return HSY_NONE;
  const hsy_speaker_actor *a = &s->actors.data[next];
  if (a->kind != HSY_NAME_PERSON || a->heads.len) return HSY_NONE;
  if (a->first_seen != HSY_NONE && a->first_seen < p->head) return HSY_NONE;
  return next;
}

static bool bare(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  if (p->definite || p->owner != HSY_NONE || hsy_speaker_headline(s, p->head)) return false;
  return p->plural || p->head > p->first;
}

static int32_t noun_actor(resolver *r, const hsy_speaker_phrase *p, int32_t attribution) {
  int32_t state = government(r->s, p);
  if (state != HSY_NONE) return state;
  if (!p->indefinite && !bare(r->s, p)) return rank(r, p, attribution);
  int32_t again = same_description(r->s, p);
  if (again != HSY_NONE || p->plural) return again;
  return delayed(r->s, p, attribution);
}

int32_t hsy_speaker_phrase_actor(hsy_speaker_state *s, const hsy_speaker_phrase *p, int32_t attribution) {
  resolver r = {s, s->progress, false, 1};
  switch (p->form) {
  case HSY_PHRASE_NAME:
    return s->names.data[p->name].actor;
  case HSY_PHRASE_PRONOUN:
    return pronoun_actor(&r, p, attribution);
  case HSY_PHRASE_NOUN:
    return noun_actor(&r, p, attribution);
  default:
    return HSY_NONE;
  }
}

/* Two attributions can share one source: "its ministry said …, adding that …". */
static int32_t known_source(const hsy_speaker_state *s, int32_t head) {
  for (ptrdiff_t i = s->sources.len - 1; i >= 0 && i >= s->sources.len - 8; i--)
    if (s->sources.data[i].token == head) return s->sources.data[i].actor;
  return HSY_NONE;
}

static int32_t source_actor(resolver *r, const hsy_speaker_phrase *p, int32_t attribution, hsy_basis *basis) {
  hsy_speaker_state *s = r->s;
  int32_t known = known_source(s, p->head);
  *basis = p->form == HSY_PHRASE_NAME ? HSY_EXPLICIT : HSY_INFERRED;
  if (known != HSY_NONE) return known;
  *basis = HSY_EXPLICIT;
  if (p->form == HSY_PHRASE_NAME) return s->names.data[p->name].actor;
  if (p->form == HSY_PHRASE_PEOPLE) {
    int32_t country = country_at(s, p->head);
    return country != HSY_NONE ? country : describe_new(r, p, attribution);
  }
  *basis = HSY_INFERRED;
  if (p->form == HSY_PHRASE_PRONOUN) return pronoun_actor(r, p, attribution);
  int32_t actor = noun_actor(r, p, attribution);
  if (actor != HSY_NONE) return actor;
  *basis = HSY_EXPLICIT;
  return describe_new(r, p, attribution);
}

static const char *form_name(const hsy_speaker_phrase *p) {
  if (p->form == HSY_PHRASE_NAME) return "name";
  if (p->form == HSY_PHRASE_PRONOUN) return "pronoun";
  if (p->form == HSY_PHRASE_PEOPLE) return "metonym";
  return p->plural ? "group" : "description";
}

/* What a resolved source tells of its actor: where it was seen, its gender. */
static void learn(hsy_speaker_state *s, const hsy_speaker_phrase *p, int32_t actor) {
  *hsy_push(&s->sources, s->scratch) =
      (hsy_speaker_sight){.token = p->head, .actor = actor, .subject = true, .source = true};
  const hsy_speaker_word *w = hsy_speaker_class(s, p->head);
  hsy_speaker_actor *a = &s->actors.data[actor];
  if (p->form == HSY_PHRASE_PRONOUN && w && !a->gender && a->kind != HSY_NAME_PLACE)
    a->gender = w->pronoun == 'm' ? HSY_MALE : w->pronoun == 'f' ? HSY_FEMALE : HSY_GENDER_UNKNOWN;
  if (p->form == HSY_PHRASE_NOUN && (s->bits[p->head] & (HSY_W_ROLE | HSY_W_BODY)))
    hsy_speaker_add_index(s, &a->heads, s->id[p->head]);
  if (p->form != HSY_PHRASE_NAME)
    *hsy_push(&s->doc->mentions, s->doc->arena) =
        (hsy_mention){hsy_doc_tokens(s->doc, p->first, p->end), actor, form_name(p)};
}

/* ---- attributions ---- */

static void set_speaker(hsy_speaker_state *s, int32_t index, int32_t actor) {
  hsy_attribution *a = &s->doc->attributions.data[index];
  *hsy_push(&a->speakers, s->doc->arena) = actor;
  a->speaker = s->doc->entities.data[actor].name;
}

/* "it was alleged": nobody. */
static bool impersonal(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  if (p->form != HSY_PHRASE_PRONOUN || hsy_speaker_class(s, p->head)->pronoun != 'n') return false;
  hsy_str next = p->head + 1 < s->doc->tokens.len ? hsy_doc_token(s->doc, p->head + 1) : (hsy_str){0};
  return hsy_str_eq(next, HSY_S("was")) || hsy_str_eq(next, HSY_S("is"));
}

/* Takes the phrase for the source of the attribution. */
static void take_source(resolver *r, int32_t index, const hsy_speaker_phrase *p, int32_t end) {
  hsy_speaker_state *s = r->s;
  hsy_attribution *a = &s->doc->attributions.data[index];
  hsy_basis basis;
  r->chance = 1;
  int32_t actor = source_actor(r, p, index, &basis);
  a = &s->doc->attributions.data[index];
  if (basis == HSY_INFERRED) a->confidence *= r->chance;
  if (actor == HSY_NONE) return;
  set_speaker(s, index, actor);
  learn(s, p, actor);
  hsy_speaker_cite(s, index, "speaker", basis, hsy_doc_tokens(s->doc, p->first, p->end));
  if (p->next == HSY_NONE || p->next >= end) return;
  hsy_speaker_phrase q = hsy_speaker_parse(s, p->next, end);
  if (q.form == HSY_PHRASE_NONE) return;
  int32_t second = source_actor(r, &q, index, &basis);
  if (second == HSY_NONE || second == actor) return;
  set_speaker(s, index, second);
  learn(s, &q, second);
  q.first = p->first;
  q.head = p->head;
  a->speaker = hsy_speaker_phrase_text(s, &q);
}

/* "Staff were told", "she was asked about": who is told, not who tells. */
bool hsy_speaker_addressed(const hsy_speaker_state *s, int32_t index) {
  hsy_part cue = s->doc->attributions.data[index].part[HSY_CUE];
  if (!cue.count) return false;
  int32_t first, end;
  piece_tokens(s, cue, 0, &first, &end);
  for (int32_t verb = first; verb < end; verb++) {
    if (!(s->bits[verb] & HSY_W_ADDRESS) || hsy_str_ends(s->ids.data[s->id[verb]].text, HSY_S("ing"))) continue;
    int32_t aux = verb - 1;
    if (aux >= 0 && s->sentence_of[aux] == s->sentence_of[verb] && (s->bits[aux] & HSY_W_BE)) return true;
  }
  return false;
}

/* What was tagged as the source can be an outlet that quotes the speaker
 * ("Sputnik quoted Yury as saying", "Oguri, quoted by the CWS, said"). */
static bool only_quotes(const hsy_speaker_state *s, int32_t index, int32_t first, int32_t end) {
  if (first > 1 && (s->bits[first - 1] & HSY_W_BY) && (s->bits[first - 2] & HSY_W_QUOTED)) return true;
  hsy_part cue = s->doc->attributions.data[index].part[HSY_CUE];
  if (!cue.count) return false;
  int32_t verb, verb_end;
  piece_tokens(s, cue, 0, &verb, &verb_end);
  for (int32_t i = verb; i < verb_end; i++) {
    bool active = (s->bits[i] & HSY_W_QUOTE) && !(i > 0 && (s->bits[i - 1] & HSY_W_BE));
    if (active && end <= i) return true;
  }
  return false;
}

static bool speaks(const hsy_speaker_state *s, int32_t token) {
  const hsy_lexicon_entry *verb =
      hsy_lemma_find(&s->lists->reporting, &s->lists->lemmas, s->ids.data[s->id[token]].text);
  return verb && !hsy_str_eq(hsy_lexicon_field(verb, 1), HSY_S("thought"));
}

static bool has_inner(const hsy_speaker_state *s, int32_t index) {
  for (int32_t i = index + 1; i < s->doc->attributions.len && i < index + 6; i++)
    if (s->doc->attributions.data[i].parent == index) return true;
  return false;
}

/* "TASS reported | that the Kremlin representative called Tehran a partner", where
 * no attribution of its own was made of what stands inside. */
static bool outlet_reports(const hsy_speaker_state *s, int32_t index, const hsy_speaker_phrase *source,
                           hsy_speaker_phrase *p) {
  const hsy_attribution *a = &s->doc->attributions.data[index];
  if (source->form != HSY_PHRASE_NAME || s->names.data[source->name].kind != HSY_NAME_OUTLET) return false;
  if (!a->part[HSY_CUE].count || !a->part[HSY_CONTENT].count || has_inner(s, index)) return false;
  int32_t cue, cue_end, first, end;
  piece_tokens(s, a->part[HSY_CUE], 0, &cue, &cue_end);
  piece_tokens(s, a->part[HSY_CONTENT], 0, &first, &end);
  if (first <= cue || first + 2 >= end || !(s->bits[cue] & HSY_W_STATED)) return false;
  if (hsy_str_eq(hsy_doc_token(s->doc, first), HSY_S("that"))) first++;
  for (int32_t verb = first + 1; verb < end && verb < first + 8; verb++) {
    if (hsy_speaker_is(s, verb, ',') || s->doc->tokens.data[verb].quote != HSY_NONE) return false;
    if (s->name_at[verb] != HSY_NONE || (s->bits[verb] & HSY_W_NOUN) || !speaks(s, verb)) continue;
    *p = hsy_speaker_parse(s, first, verb);
    return p->head != HSY_NONE && (p->form == HSY_PHRASE_NAME || (s->bits[p->head] & HSY_W_NOUN)) && p->end == verb;
  }
  return false;
}

/* "NourNews said Shamkhani called for | deeper ties": between the cue and what is
 * said stands who said it. */
static bool reported_one(const hsy_speaker_state *s, int32_t index, hsy_speaker_phrase *p) {
  const hsy_attribution *a = &s->doc->attributions.data[index];
  if (!a->part[HSY_CUE].count || !a->part[HSY_CONTENT].count) return false;
  int32_t cue, end, content, content_end;
  piece_tokens(s, a->part[HSY_CUE], 0, &cue, &end);
  piece_tokens(s, a->part[HSY_CONTENT], 0, &content, &content_end);
  if (content - end < 2 || content - end > 10 || !(s->bits[cue] & HSY_W_STATED)) return false;
  if (s->sentence_of[content] != s->sentence_of[cue] || s->name_at[end] == HSY_NONE) return false;
  const hsy_speaker_name *n = &s->names.data[s->name_at[end]];
  if (n->end >= content || n->kind == HSY_NAME_OUTLET || s->doc->tokens.data[n->end].kind != HSY_TOKEN_WORD)
    return false;
  if ((s->bits[n->end] & (HSY_W_PREP | HSY_W_AND)) || n->possessive) return false;
  *p = hsy_speaker_parse(s, end, n->end);
  return p->form == HSY_PHRASE_NAME;
}

static bool is_junk(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  if (p->form == HSY_PHRASE_NONE) return true;
  if (p->form != HSY_PHRASE_NOUN) return false;
  return (s->bits[p->head] & (HSY_W_STOP | HSY_W_PREP)) && !(s->bits[p->head] & HSY_W_NOUN);
}

/* Whom "Q" and "A" stand for: the article's outlet asks, and whoever the article
 * names most answers. NONE for nobody known. */
static int32_t asks_or_answers(hsy_speaker_state *s, bool asks) {
  hsy_str outlet = s->doc->meta.outlet;
  if (!asks) {
    int32_t best = HSY_NONE;
    for (int32_t i = 0; i < s->actors.len; i++) {
      const hsy_speaker_actor *a = &s->actors.data[i];
      if (a->kind != HSY_NAME_PERSON || a->order == HSY_NONE) continue;
      if (best == HSY_NONE || a->mentions > s->actors.data[best].mentions) best = i;
    }
    return best;
  }
  if (outlet.len == 0) return HSY_NONE;
  for (int32_t i = 0; i < s->actors.len; i++)
    if (hsy_str_eq_nocase(s->doc->entities.data[i].name, outlet)) return i;
  int32_t made = hsy_speaker_new_actor(s, outlet, HSY_NAME_OUTLET);
  s->actors.data[made].sure = true;
  return made;
}

/* "Q:" and "A:" */
static bool resolve_turn(resolver *r, int32_t index, int32_t first, int32_t end) {
  hsy_speaker_state *s = r->s;
  hsy_str label = hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, first, end));
  hsy_part cue = s->doc->attributions.data[index].part[HSY_CUE];
  const hsy_lexicon_entry *entry = hsy_lexicon_find(&s->lists->turns, label);
  if (!entry || !cue.count || !hsy_speaker_is(s, hsy_doc_token_at(s->doc, hsy_doc_piece(s->doc, cue, 0).start), ':'))
    return false;
  int32_t actor = asks_or_answers(s, hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("ask")));
  if (actor == HSY_NONE) return true;
  set_speaker(s, index, actor);
  *hsy_push(&s->sources, s->scratch) =
      (hsy_speaker_sight){.token = first, .actor = actor, .subject = true, .source = true};
  hsy_speaker_cite(s, index, "speaker", HSY_INFERRED, hsy_doc_tokens(s->doc, first, end));
  return true;
}

static void resolve_source(resolver *r, int32_t index) {
  hsy_speaker_state *s = r->s;
  int32_t first, end;
  piece_tokens(s, s->doc->attributions.data[index].part[HSY_SOURCE], 0, &first, &end);
  if (first >= end || hsy_speaker_addressed(s, index) || resolve_turn(r, index, first, end)) return;
  hsy_speaker_phrase p = hsy_speaker_parse(s, first, end), subject;
  if ((is_junk(s, &p) || only_quotes(s, index, first, end)) && hsy_speaker_subject(s, index, &subject)) p = subject;
  if (reported_one(s, index, &subject) || outlet_reports(s, index, &p, &subject)) p = subject;
  if (is_junk(s, &p) || impersonal(s, &p)) return;
  take_source(r, index, &p, end);
}

static int32_t first_token(const hsy_speaker_state *s, int32_t index) {
  hsy_part content = s->doc->attributions.data[index].part[HSY_CONTENT];
  return content.count ? hsy_doc_token_at(s->doc, hsy_doc_piece(s->doc, content, 0).start) : HSY_NONE;
}

static int32_t last_token(const hsy_speaker_state *s, int32_t index) {
  int32_t most = HSY_NONE;
  for (int role = 0; role < HSY_ROLES; role++) {
    hsy_part part = s->doc->attributions.data[index].part[role];
    for (int32_t k = 0; k < part.count; k++) {
      int32_t first, end;
      piece_tokens(s, part, k, &first, &end);
      if (end - 1 > most) most = end - 1;
    }
  }
  return most;
}

/* The attribution whose speaker goes on in a quotation that says nothing of
 * its source: the one in the sentence or paragraph just before. */
static int32_t carried_from(const hsy_speaker_state *s, int32_t index) {
  const hsy_attribution *a = &s->doc->attributions.data[index];
  if (a->same_run != HSY_NONE) return a->same_run;
  if (a->kind != HSY_DIRECT || a->part[HSY_CUE].count) return HSY_NONE;
  int32_t here = first_token(s, index);
  for (int32_t i = index - 1; i >= 0 && here != HSY_NONE; i--) {
    if (s->doc->attributions.data[i].parent != HSY_NONE || s->doc->attributions.data[i].mode == HSY_THOUGHT) continue;
    int32_t last = last_token(s, i);
    if (last == HSY_NONE || last >= here || hsy_speaker_headline(s, last) != hsy_speaker_headline(s, here)) continue;
    int32_t gap = s->sentence_of[here] - s->sentence_of[last];
    return gap <= 2 ? i : HSY_NONE;
  }
  return HSY_NONE;
}

static void inherit(resolver *r, int32_t index, int32_t from) {
  if (from == HSY_NONE || from == index) return;
  resolve(r, from);
  hsy_speaker_state *s = r->s;
  hsy_attribution *a = &s->doc->attributions.data[index], *b = &s->doc->attributions.data[from];
  if (r->progress[from] != DONE || b->speakers.len == 0) return;
  for (ptrdiff_t i = 0; i < b->speakers.len; i++) *hsy_push(&a->speakers, s->doc->arena) = b->speakers.data[i];
  a->speaker = b->speaker;
  hsy_part source = b->part[HSY_SOURCE];
  hsy_span span = source.count ? hsy_doc_piece(s->doc, source, 0) : (hsy_span){0, 0};
  hsy_speaker_cite(s, index, "speaker", HSY_INHERITED, span);
}

/* Nothing by the cue or the quotation says who speaks: whoever the words around
 * make likeliest, with the speaker of the given attribution as one sign. */
static void guess(resolver *r, int32_t index, hsy_query_form form, int32_t from) {
  hsy_speaker_state *s = r->s;
  int32_t first = first_token(s, index), last = last_token(s, index), cue_end, cue;
  if (first == HSY_NONE || first >= s->doc->tokens.len) return;
  if (form == HSY_QUERY_CUE) {
    piece_tokens(s, s->doc->attributions.data[index].part[HSY_CUE], 0, &cue, &cue_end);
    first = cue < s->doc->tokens.len ? cue : first;
  }
  int32_t outer = around(s, first, index), spoke = speaker_of(r, from);
  hsy_speaker_query q = {.form = form,
                         .token = first,
                         .last = last > first ? last : first,
                         .attribution = index,
                         .not_actor = HSY_NONE,
                         .not_owner = HSY_NONE,
                         .next_source = next_source(s, last > first ? last : first, index),
                         .before = before(r, index),
                         .like_actor = speaker_of(r, outer),
                         .subject = spoke,
                         .watched = r->watched};
  int32_t actor = hsy_speaker_rank(s, &q, &r->chance);
  hsy_attribution *a = &s->doc->attributions.data[index];
  a->confidence *= r->chance;
  if (actor == HSY_NONE) return;
  if (actor == spoke) {
    inherit(r, index, from);
    return;
  }
  set_speaker(s, index, actor);
  *hsy_push(&s->sources, s->scratch) =
      (hsy_speaker_sight){.token = first, .actor = actor, .subject = true, .source = true};
  hsy_speaker_cite(s, index, "speaker", HSY_INFERRED, (hsy_span){0, 0});
}

/* No source was tagged: whoever the cue's subject is, or the words before a
 * colon name, or else whose speech goes on here. */
static void resolve_silent(resolver *r, int32_t index) {
  hsy_speaker_state *s = r->s;
  const hsy_attribution *a = &s->doc->attributions.data[index];
  hsy_speaker_phrase p;
  int32_t token = first_token(s, index);
  if (a->part[HSY_CUE].count) {
    if (hsy_speaker_addressed(s, index)) return;
    if (hsy_speaker_subject(s, index, &p)) {
      if (!impersonal(s, &p)) take_source(r, index, &p, p.end);
      return;
    }
    int32_t shared = hsy_speaker_shares(s, index);
    if (shared == HSY_NONE && a->same_run == HSY_NONE && hsy_speaker_clause_subject(s, index, &p)) {
      if (!impersonal(s, &p)) take_source(r, index, &p, p.end);
      return;
    }
    guess(r, index, HSY_QUERY_CUE, shared != HSY_NONE ? shared : a->same_run);
  } else if (token != HSY_NONE && token < s->doc->tokens.len &&
             (hsy_speaker_introduced(s, token, &p) || hsy_speaker_signed(s, last_token(s, index) + 1, &p))) {
    take_source(r, index, &p, p.end);
  } else {
    guess(r, index, HSY_QUERY_BARE, carried_from(s, index));
  }
}

static void resolve(resolver *r, int32_t index) {
  if (r->progress[index] != UNSEEN) return;
  r->progress[index] = OPEN;
  if (r->s->doc->attributions.data[index].part[HSY_SOURCE].count)
    resolve_source(r, index);
  else
    resolve_silent(r, index);
  r->progress[index] = DONE;
}

/* ---- headlines: what the body says in full ---- */

static bool in_headline(const hsy_speaker_state *s, int32_t index) {
  int32_t token = first_token(s, index);
  return token != HSY_NONE && token < s->doc->tokens.len && hsy_speaker_headline(s, token);
}

/* Share of the headline's content words that the other's content has. */
static float overlap(const hsy_speaker_state *s, int32_t headline, int32_t other, uint8_t *mark) {
  int all = 0, met = 0;
  for (int pass = 0; pass < 3; pass++) {
    hsy_part content = s->doc->attributions.data[pass == 1 ? headline : other].part[HSY_CONTENT];
    for (int32_t k = 0; k < content.count; k++) {
      int32_t first, end;
      piece_tokens(s, content, k, &first, &end);
      for (int32_t i = first; i < end; i++) {
        if (s->doc->tokens.data[i].kind == HSY_TOKEN_PUNCT || (s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_PREP)))
          continue;
        if (pass == 1) {
          all++;
          met += mark[s->id[i]];
        } else {
          mark[s->id[i]] = pass == 0;
        }
      }
    }
  }
  return all ? (float)met / (float)all : 0;
}

static int32_t told_in_body(resolver *r, int32_t headline) {
  hsy_speaker_state *s = r->s;
  hsy_arena scratch = *s->scratch; /* rewinds */
  uint8_t *mark = hsy_new(&scratch, uint8_t, s->ids.len);
  int32_t best = HSY_NONE;
  float most = 0.6f;
  for (int32_t i = 0; mark && i < s->doc->attributions.len && i < headline + 40; i++) {
    if (in_headline(s, i) || s->doc->attributions.data[i].speakers.len == 0) continue;
    float share = overlap(s, headline, i, mark);
    if (share > most) {
      most = share;
      best = i;
    }
  }
  return best;
}

static void resolve_headline(resolver *r, int32_t index) {
  hsy_speaker_state *s = r->s;
  const hsy_attribution *a = &s->doc->attributions.data[index];
  hsy_speaker_phrase p = {.form = HSY_PHRASE_NONE};
  if (a->part[HSY_SOURCE].count) {
    int32_t first, end;
    piece_tokens(s, a->part[HSY_SOURCE], 0, &first, &end);
    if (first < end) p = hsy_speaker_parse(s, first, end);
  }
  if (p.form == HSY_PHRASE_NAME) {
    resolve(r, index);
    return;
  }
  r->progress[index] = OPEN;
  int32_t body = told_in_body(r, index);
  if (body != HSY_NONE) inherit(r, index, body);
  r->progress[index] = DONE;
  if (a->speakers.len == 0 && a->part[HSY_SOURCE].count) resolve_source(r, index);
}

void hsy_speaker_sources(hsy_speaker_state *s) {
  ptrdiff_t n = s->doc->attributions.len;
  s->progress = hsy_new(s->scratch, uint8_t, n + 1);
  resolver r = {s, s->progress, true, 1};
  if (!r.progress) return;
  for (int32_t i = 0; i < n; i++)
    if (!in_headline(s, i)) resolve(&r, i);
  for (int32_t i = 0; i < n; i++)
    if (in_headline(s, i)) resolve_headline(&r, i);
}
