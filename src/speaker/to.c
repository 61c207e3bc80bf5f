#include "speaker/chain.h"

/* To whom something is said: who is told, asked, written to, answered. */

static char manner(const hsy_speaker_state *s, int32_t token) {
  return s->bits[token] & HSY_W_ADDRESS ? hsy_speaker_class(s, token)->manner : 0;
}

/* "urged owners to book": many unnamed people, at the content's start. */
static bool audience(const hsy_chain_clause *c, int32_t first, hsy_chain_party *p) {
  const hsy_speaker_state *s = c->s;
  int32_t end = first;
  while (end < c->end && end < first + 6 && !(s->bits[end] & (HSY_W_PREP | HSY_W_AUX)) &&
         s->doc->tokens.data[end].kind == HSY_TOKEN_WORD && !((s->bits[end] & HSY_W_END) && end > first))
    end++;
  if (end == first || end >= c->s->doc->tokens.len || !(s->bits[end] & (HSY_W_PREP | HSY_W_END))) return false;
  *p = (hsy_chain_party){.phrase = hsy_speaker_parse(s, first, end), .actor = HSY_NONE};
  if (p->phrase.form != HSY_PHRASE_NOUN || !p->phrase.plural) return false;
  const hsy_speaker_word *w = hsy_speaker_class(s, first);
  bool bare = !(s->bits[first] & (HSY_W_A | HSY_W_PRONOUN)) && !p->phrase.indefinite && !(w && w->anonymous);
  p->name = hsy_speaker_phrase_text(s, &p->phrase);
  return bare;
}

/* "Staff were told", "Residents were ordered": the subject of the passive. */
static bool passive_subject(const hsy_chain_clause *c, int32_t verb, hsy_chain_party *p) {
  const hsy_speaker_state *s = c->s;
  int32_t end = verb - 1, first;
  while (end > c->first && (s->bits[end - 1] & HSY_W_AUX)) end--;
  for (first = end;
       first > c->first && hsy_chain_reports(c, first - 1) && s->doc->tokens.data[first - 1].kind == HSY_TOKEN_WORD;)
    first--;
  return first < end && hsy_chain_party_at(c, first, p);
}

/* "told the Tribune | she had …", "promised her | in July to …", where the tagger
 * took the addressee for the start of what is said. */
static bool object_inside(const hsy_chain_clause *c, int32_t first, char how, hsy_chain_party *p) {
  hsy_chain_clause wide = *c;
  wide.inside = true;
  if (!hsy_chain_party_at(&wide, first, p)) return false;
  const hsy_speaker_phrase *q = &p->phrase;
  if (q->form == HSY_PHRASE_PRONOUN) return hsy_speaker_class(c->s, q->head)->casus != 's';
  if (how == 't') return q->form == HSY_PHRASE_NAME || q->plural || (p->outlet && !q->definite && !q->indefinite);
  return how == 'p' && (q->form == HSY_PHRASE_NAME || q->plural) && q->end < c->end &&
         (c->s->bits[q->end] & (HSY_W_THE | HSY_W_A));
}

static void to_subject(const hsy_chain_clause *c, int32_t verb) {
  hsy_chain_party p;
  hsy_chain_clause wide = *c; /* a tagger can take the subject for the start of what is said */
  wide.inside = true;
  hsy_speaker_phrase subject; /* "X and his wife, Y, were asked" */
  if (!passive_subject(&wide, verb, &p) &&
      !(hsy_speaker_subject(c->s, c->attribution, &subject) && hsy_chain_party_of(&wide, &subject, &p)))
    return;
  hsy_chain_link(c, true, &p, "told");
  if (p.phrase.next == HSY_NONE || p.phrase.next >= verb) return;
  hsy_chain_party second;
  if (hsy_chain_party_at(&wide, p.phrase.next, &second)) hsy_chain_link(c, true, &second, "told");
}

/* Who can be spoken to: a name, a pronoun, a noun for people or a body. */
static bool hears(const hsy_chain_clause *c, const hsy_chain_party *p) {
  if (p->phrase.form == HSY_PHRASE_NAME || p->outlet) return true;
  if (p->phrase.form == HSY_PHRASE_PRONOUN) return p->own || hsy_speaker_class(c->s, p->phrase.head)->casus != 's';
  return p->phrase.form == HSY_PHRASE_NOUN && (c->s->bits[p->phrase.head] & HSY_W_NOUN) &&
         !(c->s->bits[p->phrase.head] & HSY_W_DOCUMENT);
}

/* "urged | Brandt to sell", "called on | the council not to": what is urged begins
 * with who is to do it. */
static bool urged_one(const hsy_chain_clause *c, int32_t first, hsy_chain_party *p) {
  enum { LONGEST = 12 };
  const hsy_speaker_state *s = c->s;
  int32_t end = first;
  hsy_str to = HSY_S("to");
  while (end < c->end && end < first + LONGEST && !hsy_str_eq(hsy_doc_token(s->doc, end), to)) end++;
  if (end + 1 >= c->end || end == first || !hsy_str_eq(hsy_doc_token(s->doc, end), to)) return false;
  if (s->bits[end + 1] & HSY_W_BE) return false; /* "for a bridge to be built" */
  if (hsy_str_eq(hsy_doc_token(s->doc, end - 1), HSY_S("not"))) end--;
  for (int32_t i = first; i < end; i++)
    if (s->name_at[i] == HSY_NONE && (s->bits[i] & (HSY_W_AUX | HSY_W_END))) return false; /* "whether it would" */
  const hsy_speaker_word *w = hsy_speaker_class(s, first);
  if (w && w->anonymous) return false; /* "both sides" */
  hsy_speaker_phrase phrase = hsy_speaker_parse(s, first, end);
  hsy_chain_clause wide = *c;
  wide.inside = true;
  return phrase.first == first && hsy_chain_party_of(&wide, &phrase, p) && hears(c, p);
}

static void told(const hsy_chain_clause *c, const hsy_chain_party *p, bool through) {
  hsy_chain_party owner, show;
  if (p->outlet && hsy_chain_programme(c, hsy_chain_behind_possessive(c->s, p->phrase.end), &show)) {
    if (through) hsy_chain_link(c, false, &show, "told");
    if (through) hsy_chain_link(c, false, p, "told");
    hsy_chain_link(c, true, &show, "told");
    return;
  }
  if (through && p->outlet) hsy_chain_link(c, false, p, "told");
  if (through && hsy_chain_owner(c, p, &owner)) hsy_chain_link(c, false, &owner, "told");
  hsy_chain_link(c, true, p, "told");
}

/* The addressee behind a verb that takes one. */
static void to_object(const hsy_chain_clause *c, int32_t verb) {
  const hsy_speaker_state *s = c->s;
  hsy_chain_party p;
  char how = manner(s, verb);
  int32_t next = verb + 1;
  if (next >= c->end || (verb > c->cue && (s->bits[verb - 1] & (HSY_W_A | HSY_W_THE)))) return; /* "a brief notice" */
  if (s->content_of[next] == c->attribution) {
    bool urges = how == 'u' || how == 'a';
    bool found = (how == 'u' && audience(c, next, &p)) || (urges && urged_one(c, next, &p)) ||
                 (how != 'u' && object_inside(c, next, how, &p));
    if (found && urges) hsy_chain_link(c, true, &p, "urged");
    if (found && !urges) told(c, &p, how == 't');
    return;
  }
  if ((s->bits[next] & HSY_W_PREP) && s->doc->tokens.data[next + 1].kind == HSY_TOKEN_NUMBER) next++; /* "about 600" */
  if (!hsy_chain_party_at(c, next, &p)) return;
  bool crowd = p.phrase.form == HSY_PHRASE_NOUN && p.phrase.indefinite && !p.phrase.plural && !p.outlet;
  if (crowd || (p.phrase.form == HSY_PHRASE_NOUN && how == 'a' && !hears(c, &p))) return;
  told(c, &p, how == 't');
}

/* "called on | Brandt to sell" */
static void to_called(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  hsy_chain_party p;
  for (int32_t i = c->cue; c->cue != HSY_NONE && i + 1 < c->cue_end; i++)
    if ((s->bits[i] & HSY_W_CALLING) && (s->bits[i + 1] & HSY_W_PREP) && s->content_of[c->cue_end] == c->attribution &&
        (urged_one(c, c->cue_end, &p) || audience(c, c->cue_end, &p)))
      hsy_chain_link(c, true, &p, "urged");
}

/* Whether few words and none that begins another phrase stand between the cue and
 * the token: "said yesterday | to", "had said hours earlier | to". */
static bool behind_cue(const hsy_chain_clause *c, int32_t token) {
  enum { FEW = 3 };
  if (c->cue == HSY_NONE || token < c->cue || token > c->cue_end + FEW) return false;
  for (int32_t i = c->cue_end; i < token; i++)
    if (c->s->name_at[i] != HSY_NONE || (c->s->bits[i] & (HSY_W_PREP | HSY_W_AND | HSY_W_PRONOUN | HSY_W_NOUN)) ||
        c->s->doc->tokens.data[i].kind != HSY_TOKEN_WORD)
      return false;
  return true;
}

/* "said to X", "confirmed to X", "To X she said"; "testified before X". */
static void to_beside(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 1 < c->end; i++) {
    hsy_chain_party p;
    hsy_str text = s->ids.data[s->id[i]].text;
    bool to = hsy_str_eq(text, HSY_S("to")), before = hsy_str_eq(text, HSY_S("before"));
    if (!(to || before) || !hsy_chain_reports(c, i) || (i > 0 && (s->bits[i - 1] & HSY_W_ACCORDING))) continue;
    bool opens = to && i == c->first && c->cue > i;
    if (!opens && !behind_cue(c, i)) continue;
    if (!hsy_chain_party_at(c, i + 1, &p) || !hears(c, &p)) continue;
    bool body = p.actor != HSY_NONE ? s->doc->entities.data[p.actor].kind == HSY_ORGANIZATION
                                    : (s->bits[p.phrase.head] & HSY_W_BODY) != 0;
    if (opens && p.phrase.end + 8 < c->cue) continue;
    if (to || body) told(c, &p, to);
  }
}

/* "in a video message to patients" */
static void to_reader(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 2 < c->end; i++) {
    hsy_chain_party p;
    if (!(s->bits[i] & HSY_W_MESSAGE) || !hsy_chain_reports(c, i) ||
        !hsy_str_eq(hsy_doc_token(s->doc, i + 1), HSY_S("to")))
      continue;
    if (!hsy_chain_party_at(c, i + 2, &p)) continue;
    if (p.outlet) hsy_chain_link(c, false, &p, "statement");
    hsy_chain_link(c, true, &p, "statement");
  }
}

/* "in an interview with X": X is told; on the air nobody is. */
static void to_interviewer(const hsy_chain_clause *c) {
  const hsy_speaker_state *s = c->s;
  for (int32_t i = c->first; i + 2 < c->end; i++) {
    hsy_chain_party p;
    if (!(s->bits[i] & HSY_W_TALK) || !(s->bits[i + 1] & HSY_W_WITH) || !hsy_chain_reports(c, i)) continue;
    if (hsy_chain_party_at(c, i + 2, &p)) hsy_chain_link(c, true, &p, "interview");
  }
}

/* The row whose source begins at the token, one of the next few; NONE where none does. */
static int32_t spoken_at(const hsy_chain_clause *c, int32_t token) {
  enum { FEW = 4 };
  const hsy_doc *doc = c->s->doc;
  for (int32_t i = c->attribution + 1; i < doc->attributions.len && i <= c->attribution + FEW; i++) {
    const hsy_attribution *a = &doc->attributions.data[i];
    if (!a->part[HSY_SOURCE].count || a->speakers.len == 0) continue;
    if (hsy_doc_piece(doc, a->part[HSY_SOURCE], 0).start == doc->tokens.data[token].start) return i;
  }
  return HSY_NONE;
}

/* "Asked if she would resign, Adeyemi did not": whoever answers was asked. */
static void to_answerer(const hsy_chain_clause *c) {
  hsy_speaker_state *s = c->s;
  if (!hsy_speaker_asked(s, c->attribution) || c->content == HSY_NONE) return;
  if (c->cue > c->first && !hsy_speaker_is(s, c->cue - 1, ',')) return;
  int32_t i = c->content;
  while (i < c->end && s->content_of[i] == c->attribution) i++;
  if (i + 1 >= c->end || !hsy_speaker_is(s, i, ',')) return;
  hsy_chain_party p;
  int32_t answer = spoken_at(c, i + 1);
  bool named = hsy_chain_party_at(c, i + 1, &p);
  if (answer != HSY_NONE) {
    const hsy_attribution *a = &s->doc->attributions.data[answer];
    p = (hsy_chain_party){.name = a->speaker, .actor = a->speakers.data[0]};
    p.phrase.first = i + 1;
    p.phrase.end = i + 2;
  }
  if (p.actor != HSY_NONE && (named || answer != HSY_NONE)) hsy_chain_link(c, true, &p, "told");
}

/* "Name: Was there a warning?" in an interview set as questions and answers. */
static bool turn_of_talk(const hsy_chain_clause *c) {
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

static void to_interviewed(const hsy_chain_clause *c) {
  hsy_speaker_state *s = c->s;
  if (!turn_of_talk(c) || !is_question(s, c->attribution)) return;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  for (int32_t i = c->attribution + 1; i < s->doc->attributions.len && i < c->attribution + 4; i++) {
    const hsy_attribution *b = &s->doc->attributions.data[i];
    hsy_chain_clause d = hsy_chain_clause_of(s, i);
    if (!turn_of_talk(&d) || a->speakers.len == 0 || b->speakers.len == 0) continue;
    if (a->speakers.data[0] == b->speakers.data[0]) continue;
    hsy_chain_party p = {.name = b->speaker, .actor = b->speakers.data[0]};
    p.phrase.first = d.source;
    p.phrase.end = d.source + 1;
    hsy_chain_link(c, true, &p, "interview");
    return;
  }
}

/* "Mira Solano: …" behind a question: to whoever asked. */
static void to_asker(const hsy_chain_clause *c) {
  hsy_speaker_state *s = c->s;
  const hsy_attribution *a = &s->doc->attributions.data[c->attribution];
  if (!turn_of_talk(c) || is_question(s, c->attribution) || a->speakers.len == 0) return;
  for (int32_t i = c->attribution - 1; i >= 0 && i >= c->attribution - 3; i--) {
    const hsy_attribution *b = &s->doc->attributions.data[i];
    hsy_chain_clause d = hsy_chain_clause_of(s, i);
    if (!turn_of_talk(&d) || b->speakers.len == 0 || b->speakers.data[0] == a->speakers.data[0]) continue;
    if (!is_question(s, i)) return;
    hsy_chain_party p = {.name = b->speaker, .actor = b->speakers.data[0]};
    p.phrase.first = d.source;
    p.phrase.end = d.source + 1;
    hsy_chain_link(c, true, &p, "interview");
    return;
  }
}

void hsy_chain_to(const hsy_chain_clause *c) {
  for (int32_t i = c->cue; c->cue != HSY_NONE && i < c->end; i++) {
    bool behind = i >= c->cue_end && !(c->cue_end <= c->content && i < c->content);
    if (behind) break;
    if (!manner(c->s, i)) continue;
    if (hsy_speaker_addressed(c->s, c->attribution))
      to_subject(c, i);
    else
      to_object(c, i);
  }
  to_called(c);
  to_beside(c);
  to_reader(c);
  to_interviewer(c);
  to_answerer(c);
  to_interviewed(c);
  to_asker(c);
}
