#include "speaker/state.h"

static bool word(const hsy_speaker_state *s, int32_t i) { return s->doc->tokens.data[i].kind == HSY_TOKEN_WORD; }

static bool suffix(const hsy_speaker_state *s, int32_t i, int32_t end) {
  return i < end && (s->doc->tokens.data[i].flags & HSY_TOKEN_SUFFIX);
}

/* "traders’ union": a possessive whose s is the word's own. */
static bool bare_apostrophe(const hsy_speaker_state *s, int32_t i, int32_t end) {
  if (i >= end || s->doc->tokens.data[i].kind == HSY_TOKEN_WORD) return false;
  hsy_str mark = hsy_doc_token(s->doc, i);
  return (hsy_str_eq(mark, HSY_S("'")) || hsy_str_eq(mark, HSY_S("’"))) &&
         !(s->doc->tokens.data[i].flags & HSY_TOKEN_SPACE_BEFORE);
}

/* A noun of the lists follows before the phrase ends: what stands before it
 * only modifies it. */
static bool noun_follows(const hsy_speaker_state *s, int32_t i, int32_t end) {
  for (int32_t k = i; k < end && k < i + 4; k++) {
    if (bare_apostrophe(s, k, end)) continue;
    if (!word(s, k) || s->name_at[k] != HSY_NONE) return false;
    if (s->bits[k] & HSY_W_NOUN) return true;
    if (s->bits[k] & (HSY_W_PREP | HSY_W_END | HSY_W_AND | HSY_W_AUX | HSY_W_PRONOUN | HSY_W_THE | HSY_W_A))
      return false;
  }
  return false;
}

static bool participle(const hsy_speaker_state *s, int32_t i) {
  hsy_str text = s->ids.data[s->id[i]].text;
  return text.len > 4 && (hsy_str_ends(text, HSY_S("ed")) || hsy_str_ends(text, HSY_S("ing")));
}

/* "the Falk camp": a word that no list has, and with which the phrase ends. */
static bool unlisted_noun(const hsy_speaker_state *s, int32_t i, int32_t end) {
  if (i >= end || !word(s, i) || s->name_at[i] != HSY_NONE || participle(s, i)) return false;
  if (s->doc->tokens.data[i].flags & (HSY_TOKEN_CAPITAL | HSY_TOKEN_SUFFIX)) return false;
  return s->bits[i] == 0 && (i + 1 == end || hsy_speaker_is(s, i + 1, ',') || (s->bits[i + 1] & HSY_W_PREP));
}

typedef struct parser {
  const hsy_speaker_state *s;
  hsy_speaker_phrase *p;
  int32_t at, end;
  int32_t last; /* the last word that could be a noun though no list has it */
} parser;

/* Each takes what stands at r->at; true while the phrase goes on. */
static bool take_name(parser *r) {
  const hsy_speaker_state *s = r->s;
  int32_t index = s->name_at[r->at];
  const hsy_speaker_name *n = &s->names.data[index];
  int32_t behind = n->end < r->end ? n->end : r->end;
  if (suffix(s, behind, r->end) || bare_apostrophe(s, behind, r->end)) {
    r->p->owner = n->first;
    r->p->definite = true;
    r->at = behind + 1;
    return true;
  }
  if (r->p->head == HSY_NONE && noun_follows(s, behind, r->end) && !s->names.data[index].possessive) {
    r->at = behind;
    return true;
  }
  if (r->p->definite && r->p->head == HSY_NONE && unlisted_noun(s, behind, r->end)) {
    r->at = behind;
    return true;
  }
  r->p->form = HSY_PHRASE_NAME;
  r->p->name = index;
  r->p->head = n->first;
  r->at = behind;
  if (behind < r->end && (s->bits[behind] & HSY_W_AND)) r->p->next = behind + 1;
  return false;
}

static bool take_pronoun(parser *r) {
  const hsy_speaker_word *w = hsy_speaker_class(r->s, r->at);
  if (w->casus == 'p' && r->at + 1 < r->end && word(r->s, r->at + 1) && !(r->s->bits[r->at + 1] & HSY_W_PREP)) {
    r->p->owner = r->at++;
    r->p->definite = true;
    return true;
  }
  r->p->form = HSY_PHRASE_PRONOUN;
  r->p->head = r->at++;
  return false;
}

static bool take_noun(parser *r) {
  int32_t n = hsy_speaker_office(r->s, r->at);
  r->p->head = r->at + (n > 1 && r->at + n <= r->end ? n : 1) - 1;
  r->p->form = HSY_PHRASE_NOUN;
  r->at = r->p->head + 1;
  if (suffix(r->s, r->at, r->end) && r->at + 1 < r->end && word(r->s, r->at + 1)) { /* "the hospital's chief" */
    r->p->owner = r->p->head;
    r->p->head = HSY_NONE;
    r->p->form = HSY_PHRASE_NONE;
    r->p->definite = true;
    r->at++;
  }
  return true;
}

static bool take_word(parser *r) {
  const hsy_speaker_state *s = r->s;
  uint64_t b = s->bits[r->at];
  bool headed = r->p->head != HSY_NONE;
  if (b & HSY_W_AND) {
    if (headed || r->last != HSY_NONE) {
      r->p->next = r->at + 1;
      return false;
    }
  } else if (b & (HSY_W_PREP | HSY_W_END | HSY_W_AUX)) {
    if (headed || r->last != HSY_NONE) return false;
  } else if (b & HSY_W_THE) {
    r->p->definite = true;
  } else if (b & HSY_W_A) {
    r->p->indefinite = true;
  } else if (headed && participle(s, r->at)) {
    return false;
  } else if (!suffix(s, r->at, r->end)) {
    r->last = r->at;
  }
  r->at++;
  return true;
}

static bool take(parser *r) {
  const hsy_speaker_state *s = r->s;
  if (s->doc->tokens.data[r->at].kind == HSY_TOKEN_NUMBER) {
    r->p->indefinite = true;
    r->at++;
    return true;
  }
  if (!word(s, r->at)) {
    if (bare_apostrophe(s, r->at, r->end) && r->p->head != HSY_NONE && r->at + 1 < r->end) {
      r->p->owner = r->p->head;
      r->p->head = HSY_NONE;
      r->p->form = HSY_PHRASE_NONE;
    } else if (r->p->head != HSY_NONE || r->last != HSY_NONE) {
      return false;
    }
    r->at++;
    return true;
  }
  if (s->name_at[r->at] != HSY_NONE) return take_name(r);
  if (s->bits[r->at] & HSY_W_PRONOUN) return r->p->head == HSY_NONE && r->last == HSY_NONE && take_pronoun(r);
  if (s->bits[r->at] & HSY_W_NOUN && !(s->bits[r->at] & (HSY_W_A | HSY_W_END))) return take_noun(r);
  return take_word(r);
}

/* "the interior minister, Radomir Velk": the head names nobody, what stands in
 * apposition to it does. */
static void find_apposition(const hsy_speaker_state *s, hsy_speaker_phrase *p, int32_t end) {
  if (p->form != HSY_PHRASE_NOUN || p->head == HSY_NONE) return;
  int32_t named = s->title_at[p->head];
  for (int32_t i = p->head + 1; named == HSY_NONE && i + 1 < end; i++) {
    if (!hsy_speaker_is(s, i, ',')) continue;
    int32_t first = i + 1;
    while (first < end && s->name_at[first] == HSY_NONE && (s->bits[first] & (HSY_W_HONORIFIC | HSY_W_ROLE))) first++;
    if (first == end || s->name_at[first] == HSY_NONE) return;
    named = s->name_at[first];
    if (s->names.data[named].possessive || s->names.data[named].place) return;
  }
  if (named == HSY_NONE || (s->bits[p->head] & HSY_W_GROUP)) return;
  p->form = HSY_PHRASE_NAME;
  p->name = named;
}

/* "the Interfax news agency": the name, not the noun, is its head. */
static void find_outlet(const hsy_speaker_state *s, hsy_speaker_phrase *p) {
  if (p->form != HSY_PHRASE_NOUN || !(s->bits[p->head] & HSY_W_BODY) || p->owner != HSY_NONE) return;
  int32_t name = HSY_NONE;
  for (int32_t i = p->first; i < p->head && name == HSY_NONE; i++) name = s->name_at[i];
  if (name == HSY_NONE || s->names.data[name].kind != HSY_NAME_OUTLET) return;
  p->form = HSY_PHRASE_NAME;
  p->name = name;
}

static bool participle_or_sent(const hsy_speaker_state *s, int32_t i) {
  return participle(s, i) || hsy_str_eq(s->ids.data[s->id[i]].text, HSY_S("sent"));
}

/* "a report by the Press Agency", "a note sent by the embassy": it is theirs. */
static void find_author(const hsy_speaker_state *s, hsy_speaker_phrase *p, int32_t end) {
  int32_t i = p->head + 1;
  if (p->form != HSY_PHRASE_NOUN || !(s->bits[p->head] & (HSY_W_REPORT | HSY_W_MESSAGE))) return;
  if (i < end && word(s, i) && participle_or_sent(s, i)) i++;
  if (i + 1 >= end || !(s->bits[i] & (HSY_W_BY | HSY_W_LOCATIVE))) return;
  int32_t comma = i + 1; /* "a report by the agency, the council’s director, X,": X */
  while (comma < end && !hsy_speaker_is(s, comma, ',')) comma++;
  hsy_speaker_phrase author = hsy_speaker_parse(s, i + 1, end);
  if (comma + 3 < end) {
    hsy_speaker_phrase later = hsy_speaker_parse(s, comma + 1, end);
    if (later.form == HSY_PHRASE_NAME && s->names.data[later.name].kind == HSY_NAME_PERSON) author = later;
  }
  if (author.form == HSY_PHRASE_NAME || (author.form == HSY_PHRASE_NOUN && (s->bits[author.head] & HSY_W_NOUN)))
    *p = author;
}

static bool plural(const hsy_speaker_state *s, int32_t head) {
  if (s->bits[head] & HSY_W_GROUP) return true;
  if (s->bits[head] & HSY_W_NOUN) return false;
  hsy_str text = s->ids.data[s->id[head]].text;
  return hsy_str_ends(text, HSY_S("s")) && !hsy_str_ends(text, HSY_S("ss"));
}

/* Where the phrase's text ends: with what modifies the head ("of the fund"),
 * without an inserted clause. */
static int32_t text_end(const hsy_speaker_state *s, int32_t from, int32_t end) {
  int32_t i = from;
  while (i < end && !hsy_speaker_is(s, i, ',') && !hsy_speaker_is(s, i, ';') && !hsy_speaker_is(s, i, '(') &&
         s->doc->tokens.data[i].kind != HSY_TOKEN_OPEN && s->doc->tokens.data[i].kind != HSY_TOKEN_CLOSE)
    i++;
  return i;
}

hsy_speaker_phrase hsy_speaker_parse(const hsy_speaker_state *s, int32_t first, int32_t end) {
  hsy_speaker_phrase p = {HSY_PHRASE_NONE, first, end, HSY_NONE, HSY_NONE, HSY_NONE, HSY_NONE, false, false, false};
  while (p.first < end && s->name_at[p.first] == HSY_NONE &&
         (!word(s, p.first) || (s->bits[p.first] & (HSY_W_PREP | HSY_W_AND)) || suffix(s, p.first, end))) {
    if (s->doc->tokens.data[p.first].kind == HSY_TOKEN_NUMBER) break;
    p.first++;
  }
  parser r = {s, &p, p.first, end, HSY_NONE};
  while (r.at < end && take(&r)) continue;
  if (p.head == HSY_NONE && r.last != HSY_NONE) {
    p.head = r.last;
    p.form = s->bits[r.last] & HSY_W_DEMONYM ? HSY_PHRASE_PEOPLE : HSY_PHRASE_NOUN;
  }
  if (p.head == HSY_NONE && p.owner != HSY_NONE) { /* "the Kremlin's", "the aide's": it is the owner */
    p.head = p.owner;
    p.owner = HSY_NONE;
    p.name = s->name_at[p.head];
    p.form = p.name != HSY_NONE                ? HSY_PHRASE_NAME
             : s->bits[p.head] & HSY_W_PRONOUN ? HSY_PHRASE_PRONOUN
                                               : HSY_PHRASE_NOUN;
  }
  p.end = p.next != HSY_NONE && p.form != HSY_PHRASE_NONE ? p.next - 1 : text_end(s, r.at < end ? r.at : end, end);
  if (p.head != HSY_NONE && p.form == HSY_PHRASE_NOUN) p.plural = plural(s, p.head);
  find_apposition(s, &p, end);
  find_author(s, &p, end);
  find_outlet(s, &p);
  return p;
}

hsy_str hsy_speaker_phrase_text(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  int32_t first = p->first, end = p->end;
  while (first < end && first < p->head && (s->bits[first] & HSY_W_THE) && !(s->bits[first] & HSY_W_PRONOUN)) first++;
  while (end > first + 1 && (suffix(s, end - 1, end) || (s->bits[end - 1] & HSY_W_PRONOUN))) end--;
  hsy_str text = hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, first, end));
  const hsy_token *t = &s->doc->tokens.data[first];
  bool lower = first < end && s->name_at[first] == HSY_NONE && (t->flags & HSY_TOKEN_CAPITAL) &&
               !(t->flags & HSY_TOKEN_ALL_CAPS) && !(s->ids.data[s->id[first]].seen & HSY_ID_CAPITAL) &&
               first == s->doc->sentences.data[s->sentence_of[first]].first &&
               (s->bits[first] & (HSY_W_A | HSY_W_NOUN | HSY_W_THE | HSY_W_STOP | HSY_W_PRONOUN));
  if (!lower || text.len == 0 || text.data[0] < 'A' || text.data[0] > 'Z') return text;
  hsy_str copy = hsy_str_copy(s->doc->arena, text);
  if (copy.data) ((char *)copy.data)[0] |= 32;
  return copy;
}
