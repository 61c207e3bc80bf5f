#include "speaker/state.h"

/* Who does what the cue says, where no source was tagged: the noun phrase
 * before the verb, or behind it where the verb comes first. */

static bool word(const hsy_speaker_state *s, int32_t i) {
  return s->doc->tokens.data[i].kind == HSY_TOKEN_WORD || s->doc->tokens.data[i].kind == HSY_TOKEN_NUMBER;
}

static bool comma(const hsy_speaker_state *s, int32_t i) { return hsy_speaker_is(s, i, ','); }

/* "yesterday", "still", "again", "repeatedly", "on Monday", "had": between a
 * subject and its verb. */
static bool between(const hsy_speaker_state *s, int32_t i) {
  if (s->name_at[i] != HSY_NONE || !word(s, i)) return false;
  if (s->bits[i] & (HSY_W_AUX | HSY_W_DAY)) return true;
  hsy_str text = s->ids.data[s->id[i]].text;
  if (text.len > 4 && hsy_str_ends(text, HSY_S("ly"))) return true;
  return (s->bits[i] & HSY_W_STOP) &&
         !(s->bits[i] & (HSY_W_PRONOUN | HSY_W_THE | HSY_W_A | HSY_W_AND | HSY_W_PREP | HSY_W_NOUN));
}

/* First token of the noun phrase that ends before `end`: leftward over its
 * words and what modifies them. */
static int32_t phrase_start(const hsy_speaker_state *s, int32_t end, int32_t least) {
  int32_t i = end, cut = end;
  while (i > least) {
    int32_t k = i - 1;
    const hsy_token *t = &s->doc->tokens.data[k];
    if (s->name_at[k] != HSY_NONE || (t->flags & HSY_TOKEN_SUFFIX)) {
      i = k;
      continue;
    }
    if (!word(s, k) || (s->bits[k] & (HSY_W_AUX | HSY_W_END | HSY_W_DAY | HSY_W_SAYING))) break;
    if ((s->bits[k] & HSY_W_AND) && cut == end) break;
    if ((s->bits[k] & HSY_W_STOP) &&
        !(s->bits[k] & (HSY_W_THE | HSY_W_A | HSY_W_PREP | HSY_W_PRONOUN | HSY_W_NOUN | HSY_W_AND)))
      break;
    i = k;
    bool opens = (s->bits[k] & (HSY_W_THE | HSY_W_A)) != 0;
    /* "the leader of the opposition": behind "of" the phrase goes on leftward */
    if (opens && !(k > least && (s->bits[k - 1] & HSY_W_LINK) && (s->bits[k - 1] & HSY_W_PREP))) return k;
    if ((s->bits[k] & HSY_W_PREP) && !(s->bits[k] & HSY_W_LINK)) return k + 1;
  }
  return i;
}

/* The segment between commas that ends at `end` (a comma): its first token. */
static int32_t segment_start(const hsy_speaker_state *s, int32_t end, int32_t least) {
  int32_t i = end;
  while (i > least && !comma(s, i - 1) && s->doc->tokens.data[i - 1].kind != HSY_TOKEN_CLOSE) i--;
  return i;
}

static bool named(const hsy_speaker_phrase *p) { return p->form == HSY_PHRASE_NAME; }

static bool usable(const hsy_speaker_state *s, const hsy_speaker_phrase *p) {
  if (p->form == HSY_PHRASE_NONE || p->head == HSY_NONE) return false;
  if (p->form != HSY_PHRASE_NOUN) return true;
  return (s->bits[p->head] & HSY_W_NOUN) != 0;
}

/* "X, the minister, denied", "the minister, X, denied", "X, who …, denied": the
 * phrase before the inserted segment, with what the segment adds. */
static bool before_inserted(const hsy_speaker_state *s, int32_t end, int32_t least, hsy_speaker_phrase *p) {
  for (int turn = 0; turn < 3 && end > least; turn++) {
    int32_t first = segment_start(s, end, least);
    if (first <= least || !comma(s, first - 1)) break;
    int32_t start = phrase_start(s, first - 1, least);
    *p = hsy_speaker_parse(s, start, end);
    if (usable(s, p) && (named(p) || p->head < first - 1)) return true;
    end = first - 1;
  }
  return false;
}

static bool before_verb(const hsy_speaker_state *s, int32_t verb, int32_t least, hsy_speaker_phrase *p) {
  int32_t end = verb;
  while (end > least && between(s, end - 1)) end--;
  /* "X on Monday denied" */
  while (end - 1 > least && (s->bits[end - 1] & HSY_W_PREP) && end < verb) {
    end--;
    while (end > least && between(s, end - 1)) end--;
  }
  if (end > least && comma(s, end - 1)) return before_inserted(s, end - 1, least, p);
  if (end <= least || (s->bits[end - 1] & HSY_W_AND)) return false;
  int32_t start = phrase_start(s, end, least);
  if (start == end) return false;
  *p = hsy_speaker_parse(s, start, end);
  return usable(s, p);
}

bool hsy_speaker_phrase_before(const hsy_speaker_state *s, int32_t token, hsy_speaker_phrase *p) {
  int32_t least = s->doc->sentences.data[s->sentence_of[token]].first, end = token;
  if (end > least && comma(s, end - 1)) end--;
  int32_t start = phrase_start(s, end, least);
  if (start == end) return false;
  *p = hsy_speaker_parse(s, start, end);
  return p->form != HSY_PHRASE_NONE && p->form != HSY_PHRASE_PRONOUN && p->head != HSY_NONE;
}

/* "…," said the coach, Gareth Hollins. */
static bool behind_verb(const hsy_speaker_state *s, int32_t verb_end, int32_t limit, hsy_speaker_phrase *p) {
  int32_t end = verb_end;
  while (end < limit && s->doc->tokens.data[end].quote == HSY_NONE && !hsy_speaker_is(s, end, '.')) end++;
  if (end == verb_end ||
      !(s->name_at[verb_end] != HSY_NONE || (s->bits[verb_end] & (HSY_W_THE | HSY_W_A | HSY_W_NOUN | HSY_W_HONORIFIC))))
    return false;
  *p = hsy_speaker_parse(s, verb_end, end);
  return usable(s, p);
}

/* "X quotes Y as saying", "Y was quoted by X as saying": Y. */
bool hsy_speaker_quoted_one(const hsy_speaker_state *s, int32_t verb, int32_t least, int32_t limit,
                            hsy_speaker_phrase *p) {
  if (!(s->bits[verb] & HSY_W_QUOTE)) return false;
  bool passive = (s->bits[verb] & HSY_W_QUOTED) && verb > least && (s->bits[verb - 1] & HSY_W_AUX) &&
                 verb + 1 < limit && ((s->bits[verb + 1] & HSY_W_BY) || (s->bits[verb + 1] & HSY_W_PREP));
  if (passive) return before_verb(s, verb, least, p);
  int32_t end = verb + 1;
  while (end < limit && !(s->bits[end] & HSY_W_SAYING)) end++;
  if (end >= limit || end == verb + 1) return false;
  *p = hsy_speaker_parse(s, verb + 1, end - 1);
  return usable(s, p);
}

static bool cue_tokens(const hsy_speaker_state *s, int32_t attribution, int32_t *first, int32_t *end) {
  hsy_part cue = s->doc->attributions.data[attribution].part[HSY_CUE];
  if (!cue.count) return false;
  hsy_span piece = hsy_doc_piece(s->doc, cue, 0);
  *first = *end = hsy_doc_token_at(s->doc, piece.start);
  while (*end < s->doc->tokens.len && s->doc->tokens.data[*end].start < piece.end) (*end)++;
  return *first < *end;
}

/* The token where the clause around the verb can begin: behind what is said
 * before it and behind quotation marks. */
static int32_t clause_start(const hsy_speaker_state *s, int32_t verb, int32_t attribution) {
  int32_t first = s->doc->sentences.data[s->sentence_of[verb]].first, i = verb;
  while (i > first && s->content_of[i - 1] != attribution && s->doc->tokens.data[i - 1].kind != HSY_TOKEN_CLOSE &&
         s->doc->tokens.data[i - 1].kind != HSY_TOKEN_OPEN && !hsy_speaker_is(s, i - 1, ';'))
    i--;
  return i;
}

bool hsy_speaker_subject(const hsy_speaker_state *s, int32_t attribution, hsy_speaker_phrase *p) {
  int32_t first, end;
  if (!cue_tokens(s, attribution, &first, &end)) return false;
  int32_t least = clause_start(s, first, attribution), limit = s->doc->sentences.data[s->sentence_of[first]].end;
  for (int32_t i = end - 1; i >= least; i--)
    if ((s->bits[i] & HSY_W_QUOTE) && (i >= first || (s->bits[first] & HSY_W_SAYING)))
      return hsy_speaker_quoted_one(s, i, least, limit, p);
  if (s->bits[first] & HSY_W_ACCORDING) return behind_verb(s, end, limit, p);
  if (before_verb(s, first, least, p)) return true;
  bool inverted = least == first && least > s->doc->sentences.data[s->sentence_of[first]].first;
  return inverted && behind_verb(s, end, limit, p);
}

/* "X said A and denied B", "X said A, but denied B": the attribution before it
 * in its sentence whose subject it shares, or NONE. */
int32_t hsy_speaker_shares(const hsy_speaker_state *s, int32_t attribution) {
  int32_t first, end, other, other_end;
  if (!cue_tokens(s, attribution, &first, &end)) return HSY_NONE;
  for (int32_t i = attribution - 1; i >= 0 && i >= attribution - 4; i--) {
    if (!cue_tokens(s, i, &other, &other_end) || other >= first || s->sentence_of[other] != s->sentence_of[first])
      continue;
    if (s->doc->attributions.data[i].parent != s->doc->attributions.data[attribution].parent) continue;
    if (s->content_of[first] == i) continue;
    return i;
  }
  return HSY_NONE;
}

/* The first noun phrase of a clause that goes on with "and" to the cue. */
bool hsy_speaker_clause_subject(const hsy_speaker_state *s, int32_t attribution, hsy_speaker_phrase *p) {
  int32_t first, end;
  if (!cue_tokens(s, attribution, &first, &end)) return false;
  int32_t least = clause_start(s, first, attribution), joint = first;
  while (joint > least && between(s, joint - 1)) joint--;
  bool joined = joint > least &&
                ((s->bits[joint - 1] & HSY_W_AND) || hsy_str_eq(s->ids.data[s->id[joint - 1]].text, HSY_S("but")));
  if (!joined || (s->bits[least] & HSY_W_PREP)) return false;
  *p = hsy_speaker_parse(s, least, joint - 1);
  return usable(s, p) && p->head - least < 8;
}

/* "Radomir Velk (@velk) on X: “…”": a name that begins the paragraph of a
 * quotation which a colon brings in. */
bool hsy_speaker_introduced(const hsy_speaker_state *s, int32_t token, hsy_speaker_phrase *p) {
  int32_t paragraph = s->doc->sentences.data[s->sentence_of[token]].paragraph;
  int32_t first = s->doc->paragraphs.data[paragraph].first, colon = token - 1;
  if (colon > first && s->doc->tokens.data[colon].kind == HSY_TOKEN_OPEN) colon--;
  if (colon <= first || colon - first > 12 || !hsy_speaker_is(s, colon, ':')) return false;
  *p = hsy_speaker_parse(s, first, colon);
  return usable(s, p) && p->head - first < 6;
}

static bool dash(const hsy_speaker_state *s, int32_t i) {
  static const char *const DASHES[] = {"-", "--", "–", "—"};
  for (size_t k = 0; k < sizeof DASHES / sizeof *DASHES; k++)
    if (hsy_str_eq(hsy_doc_token(s->doc, i), hsy_str_of(DASHES[k]))) return true;
  return false;
}

/* “…” — Radomir Velk, mayor of Ostrev: a name behind a dash with which the
 * paragraph ends, or which is a short one of its own. */
bool hsy_speaker_signed(const hsy_speaker_state *s, int32_t token, hsy_speaker_phrase *p) {
  enum { LONGEST_SIGNATURE = 14 };
  int32_t n = (int32_t)s->doc->tokens.len, i = token;
  while (i < n && s->doc->tokens.data[i].kind == HSY_TOKEN_CLOSE) i++;
  if (i + 1 >= n || !dash(s, i)) return false;
  const hsy_paragraph *own = &s->doc->paragraphs.data[s->doc->sentences.data[s->sentence_of[i]].paragraph];
  if (own->end - i > LONGEST_SIGNATURE) return false;
  *p = hsy_speaker_parse(s, i + 1, own->end);
  return p->form == HSY_PHRASE_NAME;
}
