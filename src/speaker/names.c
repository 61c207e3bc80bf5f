#include "speaker/state.h"

/* Runs of capitalised words. What the sentence's first word is, is seen from
 * the rest of the article: a word that stands in lower case elsewhere, or that
 * the lists know, is no name by its capital alone. */

typedef struct run {
  int32_t first, end; /* tokens */
  int32_t limit;      /* end of the sentence */
  bool opens;         /* its first word is the sentence's first */
  bool joined;        /* held together by "of" or a possessive */
} run;

/* "R-Fla", "D-Mo": a party and a state. */
static bool party_tag(hsy_str word) {
  return word.len >= 4 && word.data[1] == '-' && (word.data[0] == 'R' || word.data[0] == 'D' || word.data[0] == 'I');
}

/* "Per Oyelaran, who", "May Hollins said": a given name that is a word as well,
 * where the tagger takes it and the next for somebody who speaks. */
static bool word_as_name(const hsy_speaker_state *s, int32_t i) {
  int32_t next = i + 1;
  if (!(s->bits[i] & HSY_W_GIVEN) || next >= s->doc->tokens.len || !s->in_source[i] || !s->in_source[next])
    return false;
  return s->doc->tokens.data[next].kind == HSY_TOKEN_WORD && (s->doc->tokens.data[next].flags & HSY_TOKEN_CAPITAL) &&
         !(s->bits[next] & (HSY_W_DAY | HSY_W_PRONOUN | HSY_W_OUTLET));
}

static bool capital(const hsy_speaker_state *s, int32_t i) {
  const hsy_token *t = &s->doc->tokens.data[i];
  if (word_as_name(s, i)) return t->flags & HSY_TOKEN_CAPITAL;
  return t->kind == HSY_TOKEN_WORD && (t->flags & HSY_TOKEN_CAPITAL) && !(t->flags & HSY_TOKEN_SUFFIX) &&
         !(s->bits[i] & (HSY_W_DAY | HSY_W_PRONOUN)) && !party_tag(hsy_doc_token(s->doc, i));
}

/* "al-Mahri", "d'Este", "N’Guessan": what goes on with a name though its first
 * letter is small. */
static bool prefixed(const hsy_speaker_state *s, int32_t i) {
  enum { LONGEST_PREFIX = 4 };
  const hsy_token *t = &s->doc->tokens.data[i];
  if (t->kind != HSY_TOKEN_WORD || (t->flags & (HSY_TOKEN_CAPITAL | HSY_TOKEN_SUFFIX))) return false;
  hsy_str word = s->ids.data[s->id[i]].text, as_is = hsy_doc_token(s->doc, i);
  for (ptrdiff_t k = 1; k + 1 < as_is.len && k <= LONGEST_PREFIX + 2; k++) {
    unsigned char next = (unsigned char)as_is.data[k + 1];
    if (as_is.data[k] == '-' || as_is.data[k] == '\'') return (next >= 'A' && next <= 'Z') || next >= 0xC0;
    if (hsy_str_eq(hsy_str_slice(as_is, k, k + 3 < as_is.len ? k + 3 : as_is.len), HSY_S("’"))) {
      next = k + 3 < as_is.len ? (unsigned char)as_is.data[k + 3] : 0;
      return (next >= 'A' && next <= 'Z') || next >= 0xC0;
    }
  }
  return word.len == 0;
}

static bool goes_on(const hsy_speaker_state *s, int32_t i) { return capital(s, i) || prefixed(s, i); }

static bool suffix(const hsy_speaker_state *s, int32_t i, int32_t limit) {
  if (i >= limit) return false;
  const hsy_token *t = &s->doc->tokens.data[i];
  return (t->flags & HSY_TOKEN_SUFFIX) && (s->doc->text.data[t->end - 1] | 32) == 's';
}

static bool opens_sentence(const hsy_speaker_state *s, int32_t i) {
  int32_t first = s->doc->sentences.data[s->sentence_of[i]].first;
  for (int32_t k = i - 1; k >= first; k--) {
    const hsy_token *t = &s->doc->tokens.data[k];
    if (t->kind == HSY_TOKEN_OPEN || hsy_speaker_is(s, k, ':')) return true;
    if (t->kind == HSY_TOKEN_WORD || t->kind == HSY_TOKEN_NUMBER) return false;
  }
  return true;
}

static hsy_str joined_lower(hsy_speaker_state *s, int32_t first, int32_t count, char *room, ptrdiff_t size) {
  ptrdiff_t n = 0;
  for (int32_t i = first; i < first + count; i++) {
    hsy_str word = s->ids.data[s->id[i]].text;
    if (n + word.len + 1 >= size) return (hsy_str){room, 0};
    if (n) room[n++] = ' ';
    for (ptrdiff_t k = 0; k < word.len; k++) room[n++] = word.data[k];
  }
  return (hsy_str){room, n};
}

int32_t hsy_speaker_office(const hsy_speaker_state *s, int32_t i) {
  char room[96];
  int32_t end = s->doc->sentences.data[s->sentence_of[i]].end;
  if (s->doc->tokens.data[i].kind != HSY_TOKEN_WORD) return 0;
  for (int32_t n = s->lists->roles.longest; n > 1; n--) {
    if (i + n > end) continue;
    hsy_str phrase = joined_lower((hsy_speaker_state *)s, i, n, room, sizeof room);
    if (phrase.len && hsy_lexicon_find(&s->lists->roles, phrase)) return n;
  }
  return s->bits[i] & HSY_W_ROLE ? 1 : 0;
}

static hsy_str run_text(const hsy_speaker_state *s, int32_t first, int32_t end) {
  return hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, first, end));
}

static bool has(const hsy_speaker_state *s, int32_t first, int32_t end, uint64_t bits) {
  for (int32_t i = first; i < end; i++)
    if (s->bits[i] & bits) return true;
  return false;
}

/* Words of "van", "van den", "de la" before a capital. */
static int32_t particles(const hsy_speaker_state *s, int32_t i, int32_t limit) {
  enum { MOST = 3 };
  for (int32_t n = 0; n < MOST && i + n + 1 < limit; n++) {
    if (!(s->bits[i + n] & HSY_W_LINK) || (s->bits[i + n] & (HSY_W_PREP | HSY_W_AND)) ||
        ((s->bits[i + n] & HSY_W_THE) && n == 0))
      return 0;
    if (goes_on(s, i + n + 1)) return n + 1;
  }
  return 0;
}

/* "Director of | National Intelligence James Clapper": an office whose name holds
 * a body's, before a given name. */
static bool office_of_body(const hsy_speaker_state *s, const run *r) {
  enum { REACH = 7 };
  if (!(s->bits[r->end - 1] & HSY_W_ROLE) || !hsy_str_eq(s->ids.data[s->id[r->end]].text, HSY_S("of"))) return false;
  for (int32_t i = r->end + 1; i + 1 < r->limit && i < r->end + REACH && goes_on(s, i); i++)
    if (i > r->end + 1 && (s->bits[i] & HSY_W_GIVEN) && goes_on(s, i + 1)) return true;
  return false;
}

/* Tokens of a nickname in quotation marks inside a name: Oskar | “Duke” | Velden. */
static int32_t nickname(const hsy_speaker_state *s, const run *r) {
  int32_t i = r->end, close = i + 2;
  if (i + 3 >= r->limit || s->doc->tokens.data[i].kind != HSY_TOKEN_OPEN || !capital(s, i + 1)) return 0;
  if (close < r->limit && capital(s, close)) close++;
  if (close + 1 >= r->limit || s->doc->tokens.data[close].kind != HSY_TOKEN_CLOSE || !capital(s, close + 1)) return 0;
  return close - i + 1;
}

/* Lower-case words that may join two capitalised ones: "Bank of Aldoria",
 * "Robert de Niro". Returns how many, 0 for none. */
static int32_t joint(const hsy_speaker_state *s, const run *r) {
  int32_t i = r->end;
  if (i >= r->limit || !(s->bits[i] & HSY_W_LINK) || capital(s, i)) return 0;
  int32_t n = particles(s, i, r->limit);
  if (n) return n;
  if (s->bits[i] & HSY_W_THE) return 0;
  if (office_of_body(s, r)) return 1;
  bool body = (s->bits[r->end - 1] & HSY_W_BODY) && !(s->bits[r->end - 1] & HSY_W_ROLE);
  if (!(body || r->joined) || ((s->bits[i] & HSY_W_AND) && !r->joined)) return 0;
  n = i + 1 < r->limit && (s->bits[i + 1] & HSY_W_THE) ? 2 : 1;
  if (i + n >= r->limit || !capital(s, i + n)) return 0;
  /* "the Bank and Chief Executive X", "the Ministry for Ms X" */
  return s->bits[i + n] & (HSY_W_HONORIFIC | HSY_W_ROLE) ? 0 : n;
}

static run find_run(const hsy_speaker_state *s, int32_t first, int32_t limit) {
  run r = {first, first + 1, limit, opens_sentence(s, first), false};
  for (;;) {
    if (r.end < limit && goes_on(s, r.end)) {
      r.end++;
      continue;
    }
    bool stop = r.end + 1 < limit && (s->bits[r.end - 1] & HSY_W_HONORIFIC) && hsy_speaker_is(s, r.end, '.');
    if (stop && goes_on(s, r.end + 1)) { /* "DR. NAME" */
      r.end += 2;
      continue;
    }
    int32_t office = r.end > r.first + 1 ? r.end - 1 : r.first, words = hsy_speaker_office(s, office);
    int32_t n =
        words > 1 && office + words < limit && goes_on(s, office + words) ? office + words - r.end : joint(s, &r);
    if (n <= 0) n = nickname(s, &r);
    if (n <= 0) return r;
    r.joined = r.joined || (s->bits[r.end] & HSY_W_PREP);
    r.end += n + 1;
  }
}

/* "St Brannoc's Hospital", "Iran's Foreign Ministry": a possessive and a body in
 * capitals are one name. */
static void join_possessive(const hsy_speaker_state *s, run *r) {
  if (!suffix(s, r->end, r->limit) || r->end + 1 >= r->limit || !capital(s, r->end + 1)) return;
  run tail = find_run(s, r->end + 1, r->limit);
  if (!(s->bits[tail.end - 1] & HSY_W_BODY) && !tail.joined) return;
  if (has(s, tail.first, tail.end, HSY_W_ROLE | HSY_W_HONORIFIC) || has(s, tail.first, tail.end, HSY_W_OUTLET)) return;
  r->end = tail.end;
  r->joined = true;
}

/* Whether a word before a given name is none of the name's. */
static bool before_names(const hsy_speaker_state *s, int32_t i, bool opens) {
  uint64_t b = s->bits[i];
  hsy_str word = hsy_doc_token(s->doc, i);
  if (hsy_lexicon_find(&s->lists->places, word) || hsy_lexicon_find(&s->lists->cities, word)) return true;
  if (b & HSY_W_GIVEN) return false;
  if (b & (HSY_W_NOUN | HSY_W_HONORIFIC | HSY_W_DEMONYM | HSY_W_STOP | HSY_W_PREP | HSY_W_ADDRESS | HSY_W_LINK))
    return true;
  const hsy_speaker_id *id = &s->ids.data[s->id[i]];
  if (id->seen & HSY_ID_LOWER) return true;
  return opens && !(b & HSY_W_SURNAME) && (hsy_str_ends(word, HSY_S("ing")) || hsy_str_ends(word, HSY_S("ed")));
}

/* Where a person's name begins behind words that are none of it ("Democrat |
 * Hillary Clinton", "Using | Ted Cruz"), or NONE. */
static int32_t given_start(const hsy_speaker_state *s, const run *r) {
  bool office = false; /* "Director of | National Intelligence": whatever stands before a given name is its */
  for (int32_t i = r->first; i + 1 < r->end; i++) {
    office = office || ((s->bits[i] & HSY_W_ROLE) && hsy_str_eq(s->ids.data[s->id[i + 1]].text, HSY_S("of")));
    bool place = i == r->first && i + 2 < r->end && before_names(s, i, false); /* "Virginia Sen. Tim Kaine" */
    if ((s->bits[i] & HSY_W_GIVEN) && !(place && !(s->bits[i + 1] & HSY_W_SURNAME))) {
      bool name = goes_on(s, i + 1) && !(s->bits[i + 1] & (HSY_W_BODY | HSY_W_OUTLET | HSY_W_OUTLETISH));
      return i > r->first && name ? i : HSY_NONE;
    }
    if (!office && !before_names(s, i, i == r->first && r->opens)) return HSY_NONE;
  }
  return HSY_NONE;
}

/* Last token of the title that the run begins with, or NONE: "Interior
 * Minister | Radomir Velk". */
static int32_t title_end(const hsy_speaker_state *s, const run *r) {
  int32_t at = HSY_NONE, given = given_start(s, r);
  for (int32_t i = r->first; i < r->end - 1 && !(given != HSY_NONE && i >= given); i++) {
    int32_t n = hsy_speaker_office(s, i);
    if (s->doc->tokens.data[i].kind == HSY_TOKEN_OPEN) break;
    if (n > 1 && i + n < r->end) {
      at = i + n - 1;
      i = at;
      continue;
    }
    bool title =
        (s->bits[i] & (HSY_W_ROLE | HSY_W_HONORIFIC)) || ((s->bits[i] & HSY_W_GROUP) && (s->bits[i + 1] & HSY_W_GIVEN));
    bool named = i > r->first && (s->bits[i - 1] & HSY_W_GIVEN) && !n && !(s->bits[i] & HSY_W_HONORIFIC);
    if (title && !named && !((s->bits[i] & HSY_W_GIVEN) && !(s->bits[i] & HSY_W_HONORIFIC))) at = i;
  }
  return given != HSY_NONE && at != HSY_NONE && at < given ? given - 1 : at;
}

static const hsy_lexicon_entry *place_of(const hsy_speaker_state *s, int32_t first, int32_t end) {
  const hsy_lexicon_entry *place = hsy_lexicon_find(&s->lists->places, run_text(s, first, end));
  hsy_str type = place ? hsy_lexicon_field(place, 0) : (hsy_str){0};
  if (hsy_str_eq(type, HSY_S("demonym")) || hsy_str_eq(type, HSY_S("body"))) return NULL;
  return place;
}

static bool listed_outlet(const hsy_speaker_state *s, int32_t first, int32_t end) {
  if (hsy_lexicon_find(&s->lists->outlets, run_text(s, first, end))) return true;
  int32_t the = first - 1; /* "to The Atlantic": no ocean */
  if (the < 0 || !(s->bits[the] & HSY_W_THE) || !(s->doc->tokens.data[the].flags & HSY_TOKEN_CAPITAL)) return false;
  bool opens = the == s->doc->sentences.data[s->sentence_of[the]].first;
  return !opens && hsy_lexicon_find(&s->lists->outlets, run_text(s, the, end));
}

/* "White House": a building that goes by its own name. */
static bool listed_body(const hsy_speaker_state *s, int32_t first, int32_t end) {
  const hsy_lexicon_entry *place = hsy_lexicon_find(&s->lists->places, run_text(s, first, end));
  return place && hsy_str_eq(hsy_lexicon_field(place, 0), HSY_S("body"));
}

/* "Sputnik News Agency": a listed outlet and what it is. */
static int32_t listed_part(const hsy_speaker_state *s, int32_t first, int32_t end) {
  for (int32_t i = end - 1; i > first; i--) {
    if (!(s->bits[i] & (HSY_W_BODY | HSY_W_OUTLET | HSY_W_OUTLETISH))) return end;
    if (listed_outlet(s, first, i)) return i;
  }
  return end;
}

/* "the head of Corran Dyes", "a spokeswoman for Corran Dyes": it has people. */
static bool has_people(const hsy_speaker_state *s, int32_t first) {
  if (first < 2) return false;
  hsy_str link = s->ids.data[s->id[first - 1]].text;
  bool of = hsy_str_eq(link, HSY_S("of"));
  if (!of && !hsy_str_eq(link, HSY_S("for"))) return false;
  for (int32_t i = first - 2; i >= 0 && i >= first - 3; i--) { /* "chief executive of" */
    const hsy_speaker_word *word = hsy_speaker_class(s, i);
    if (!word || !word->role) continue;
    return word->role == s->lists->spokes_class || (of && word->role == s->lists->head_class);
  }
  return false;
}

static void set_kind(hsy_speaker_state *s, hsy_speaker_name *n, bool titled, bool joined) {
  int32_t words = n->end - n->first;
  uint64_t last = s->bits[n->end - 1];
  bool given = s->bits[n->first] & HSY_W_GIVEN;
  n->place = titled ? NULL : place_of(s, n->first, n->end);
  n->sure = true;
  if (n->place || (!titled && hsy_lexicon_find(&s->lists->cities, run_text(s, n->first, n->end)))) {
    n->kind = HSY_NAME_PLACE;
  } else if (titled) {
    n->kind = HSY_NAME_PERSON;
  } else if (listed_outlet(s, n->first, n->end) || (last & HSY_W_OUTLET) ||
             ((s->bits[n->first] & HSY_W_OUTLET) && words > 1) ||
             (words > 1 && has(s, n->first, n->end, HSY_W_OUTLET) && !joined) ||
             (words > 1 && (last & HSY_W_OUTLETISH) && !given && !(last & HSY_W_BODY && !(last & HSY_W_OUTLETISH)))) {
    n->kind = HSY_NAME_OUTLET;
  } else if (joined || ((last & HSY_W_DOCUMENT) && words > 1 && !given) || listed_body(s, n->first, n->end) ||
             (has(s, n->first, n->end, HSY_W_BODY) && !(given && words == 2))) {
    n->kind = HSY_NAME_BODY;
  } else if (given && words > 1) {
    n->kind = HSY_NAME_PERSON;
  } else if (has_people(s, n->first)) {
    n->kind = HSY_NAME_BODY;
  } else {
    bool caps = s->doc->tokens.data[n->first].flags & HSY_TOKEN_ALL_CAPS;
    bool one_of = n->first > 0 && (s->bits[n->first - 1] & (HSY_W_A | HSY_W_THE));
    n->kind = words > 1 && !one_of ? HSY_NAME_PERSON : caps ? HSY_NAME_BODY : HSY_NAME_UNKNOWN;
    n->sure = false;
  }
  if (given && n->kind == HSY_NAME_UNKNOWN) n->kind = HSY_NAME_PERSON;
  bool family = words == 1 && (last & HSY_W_SURNAME); /* "Clinton" tells no gender */
  if (given && n->kind == HSY_NAME_PERSON && !family) n->gender = hsy_speaker_class(s, n->first)->gender;
}

static uint8_t title_gender(const hsy_speaker_state *s, int32_t from, int32_t end) {
  for (int32_t i = from; i < end; i++) {
    const hsy_speaker_word *word = hsy_speaker_class(s, i);
    if ((s->bits[i] & (HSY_W_ROLE | HSY_W_HONORIFIC)) && word->gender) return word->gender;
  }
  return HSY_GENDER_UNKNOWN;
}

/* Ids of the name's words, parted at hyphens, so that "Amir-Abdollahian" and
 * "Amir Abdollahian" are one. */
static void add_words(hsy_speaker_state *s, hsy_speaker_name *n) {
  n->word_first = (int32_t)s->name_words.len;
  bool nick = false; /* inside the marks around a nickname */
  for (int32_t i = n->first; i < n->end; i++) {
    hsy_token_kind kind = s->doc->tokens.data[i].kind;
    if (kind == HSY_TOKEN_OPEN || kind == HSY_TOKEN_CLOSE) nick = kind == HSY_TOKEN_OPEN;
    if (nick || kind == HSY_TOKEN_CLOSE || (s->doc->tokens.data[i].flags & HSY_TOKEN_SUFFIX)) continue;
    hsy_str rest = hsy_doc_token(s->doc, i);
    if (hsy_str_find(rest, HSY_S("-")) < 0) {
      *hsy_push(&s->name_words, s->scratch) = s->id[i];
      continue;
    }
    while (rest.len > 0) {
      hsy_str part = hsy_str_cut(rest, '-', &rest);
      if (part.len > 0) *hsy_push(&s->name_words, s->scratch) = hsy_speaker_id_of(s, part);
    }
  }
  n->words = (int32_t)s->name_words.len - n->word_first;
}

/* Words before a name that belong to its title: "Kremlin aide |", "former
 * interior minister |". */
static int32_t title_from(const hsy_speaker_state *s, int32_t first, bool *titled, bool *body) {
  int32_t least = s->doc->sentences.data[s->sentence_of[first]].first, from = first;
  for (int32_t i = first - 1; i >= least && first - i <= 6; i--) {
    const hsy_token *t = &s->doc->tokens.data[i];
    if (t->kind != HSY_TOKEN_WORD || (t->flags & HSY_TOKEN_SUFFIX)) break;
    uint64_t b = s->bits[i];
    bool noun = b & (HSY_W_ROLE | HSY_W_HONORIFIC | HSY_W_BODY | HSY_W_DEMONYM);
    if (b & (HSY_W_THE | HSY_W_A | HSY_W_PREP | HSY_W_END | HSY_W_AUX | HSY_W_PRONOUN | HSY_W_AND | HSY_W_ADDRESS))
      break;
    if (i == first - 1) {
      *titled = b & (HSY_W_ROLE | HSY_W_HONORIFIC);
      *body = !*titled && (b & HSY_W_BODY);
      if (!*titled && !*body) return first;
    } else if (!noun && !(t->flags & HSY_TOKEN_CAPITAL) && !*titled) {
      break;
    } else if (!noun && (b & HSY_W_STOP)) {
      break;
    }
    from = i;
  }
  return from;
}

/* "a group called Grey Heron" */
static int32_t called_from(const hsy_speaker_state *s, int32_t first) {
  int32_t i = first - 1, least = s->doc->sentences.data[s->sentence_of[first]].first;
  if (i <= least + 1 || !(s->bits[i] & HSY_W_CALLED) || !(s->bits[i - 1] & HSY_W_NOUN)) return first;
  for (int32_t k = i - 2; k >= least && k > i - 5; k--)
    if (s->bits[k] & HSY_W_A) return i - 1;
  return first;
}

/* Whether a noun phrase that gives an office begins at i: "the interior
 * minister", "governor of the Bank". Returns its head, or NONE. */
static int32_t office_after(const hsy_speaker_state *s, int32_t i, int32_t limit) {
  if (i >= limit) return HSY_NONE;
  bool open = s->bits[i] & (HSY_W_THE | HSY_W_A);
  int32_t most = i + 10 < limit ? i + 10 : limit;
  for (int32_t k = open ? i + 1 : i; k < most; k++) {
    const hsy_token *t = &s->doc->tokens.data[k];
    if (t->flags & HSY_TOKEN_SUFFIX) {
      open = true;
      continue;
    }
    if (t->kind == HSY_TOKEN_NUMBER) continue;
    if (t->kind != HSY_TOKEN_WORD || (s->bits[k] & (HSY_W_PREP | HSY_W_END | HSY_W_AUX | HSY_W_PRONOUN | HSY_W_AND)))
      break;
    int32_t n = hsy_speaker_office(s, k);
    int32_t head = n ? k + n - 1 : k;
    if (!n && !(s->bits[k] & HSY_W_BODY && open)) continue;
    bool more = head + 1 < limit && s->doc->tokens.data[head + 1].kind == HSY_TOKEN_WORD &&
                !(s->bits[head + 1] & (HSY_W_PREP | HSY_W_END));
    bool closed = head + 1 == limit || !more;
    if (closed && (open || n || head + 1 == limit)) return head;
    if (!more) return HSY_NONE;
    k = head;
  }
  return HSY_NONE;
}

static int32_t apposition_end(const hsy_speaker_state *s, int32_t head, int32_t limit) {
  int32_t i = head + 1;
  while (i < limit && i < head + 14 && !hsy_speaker_is(s, i, ',') && !hsy_speaker_is(s, i, '.') &&
         !(s->bits[i] & (HSY_W_AUX | HSY_W_END)) && s->doc->tokens.data[i].kind != HSY_TOKEN_CLOSE &&
         s->doc->tokens.data[i].kind != HSY_TOKEN_OPEN)
    i++;
  return i;
}

/* "Radomir Velk, the interior minister," */
static void apposition_after(const hsy_speaker_state *s, hsy_speaker_name *n, int32_t limit) {
  if (!hsy_speaker_is(s, n->end, ',')) return;
  int32_t head = office_after(s, n->end + 1, limit);
  if (head == HSY_NONE) return;
  bool role = (s->bits[head] & HSY_W_ROLE) && !(s->bits[head] & HSY_W_BODY);
  if (n->kind == HSY_NAME_PLACE || (n->sure && (n->kind == HSY_NAME_PERSON ? !(s->bits[head] & HSY_W_ROLE) : role)))
    return;
  int32_t end = apposition_end(s, head, limit);
  /* "the Press Agency, the council's director, Ruth X, …": X's office */
  if (n->kind != HSY_NAME_PERSON && hsy_speaker_is(s, end, ',') && end + 1 < limit && capital(s, end + 1)) return;
  n->title_first = n->end + 1;
  n->title_end = end;
}

/* "the interior minister, Radomir Velk," and "Iran's ambassador to Russia, X" */
static void apposition_before(const hsy_speaker_state *s, hsy_speaker_name *n) {
  int32_t least = s->doc->sentences.data[s->sentence_of[n->from]].first, comma = n->from - 1;
  if (n->title_end > n->title_first || comma <= least || !hsy_speaker_is(s, comma, ',')) return;
  int32_t first = comma, head = HSY_NONE;
  while (first > least && comma - first < 10) {
    const hsy_token *t = &s->doc->tokens.data[first - 1];
    if ((t->kind != HSY_TOKEN_WORD && t->kind != HSY_TOKEN_NUMBER) || (s->bits[first - 1] & (HSY_W_AUX | HSY_W_END)))
      break;
    first--;
    bool noun = (s->bits[first] & (HSY_W_ROLE | (n->kind == HSY_NAME_PERSON && n->sure ? 0 : HSY_W_BODY)));
    if (noun && (first + 1 == comma || (s->bits[first + 1] & HSY_W_PREP))) head = first;
    if ((s->bits[first] & (HSY_W_THE | HSY_W_A)) && head != HSY_NONE) break;
  }
  if (head == HSY_NONE || n->kind == HSY_NAME_PLACE) return;
  bool definite = first == least || (s->bits[first] & (HSY_W_THE | HSY_W_A)) || has(s, first, head, HSY_W_LINK);
  for (int32_t i = first; i < head; i++) definite = definite || (s->doc->tokens.data[i].flags & HSY_TOKEN_SUFFIX);
  if (!definite) return;
  n->title_first = first;
  n->title_end = comma;
}

/* "Kelduria" where "Keldurian" stands elsewhere. */
static bool has_demonym(const hsy_speaker_state *s, int32_t token) {
  static const char *const ENDINGS[] = {"n", "an", "ian", "ese"};
  hsy_str text = s->ids.data[s->id[token]].text;
  char room[64];
  if (text.len < 4 || text.len > 50) return false;
  for (int cut = 0; cut < 2; cut++) {
    for (size_t k = 0; k < sizeof ENDINGS / sizeof *ENDINGS; k++) {
      ptrdiff_t n = 0;
      for (; n < text.len - cut; n++) room[n] = text.data[n];
      for (const char *c = ENDINGS[k]; *c; c++) room[n++] = *c;
      int32_t id = hsy_speaker_id_find(s, (hsy_str){room, n});
      if (id != HSY_NONE && (s->ids.data[id].seen & HSY_ID_CAPITAL)) return true;
    }
  }
  return false;
}

/* A word by itself at the start of a sentence: a name only if something else
 * says so. */
static bool weak_single(const hsy_speaker_state *s, const run *r) {
  if (!r->opens || r->end - r->first > 1) return false;
  uint8_t seen = s->ids.data[s->id[r->first]].seen;
  if (seen & HSY_ID_CAPITAL) return false;
  bool who = hsy_speaker_is(s, r->end, ',') && r->end + 1 < r->limit &&
             hsy_str_eq(s->ids.data[s->id[r->end + 1]].text, HSY_S("who"));
  if (has_demonym(s, r->first) || (who && !(s->bits[r->first] & HSY_W_NOUN))) return false;
  if (!s->in_source[r->first] && !suffix(s, r->end, r->limit) && !(s->bits[r->first] & HSY_W_GIVEN) &&
      !(r->end < r->limit && (s->bits[r->end] & (HSY_W_AUX | HSY_W_QUOTE | HSY_W_STATED | HSY_W_ADDRESS))) &&
      !place_of(s, r->first, r->end) && !(s->doc->tokens.data[r->first].flags & HSY_TOKEN_ALL_CAPS) &&
      !listed_outlet(s, r->first, r->end))
    return true;
  if (s->bits[r->first] & (HSY_W_NOUN | HSY_W_STOP | HSY_W_ADDRESS | HSY_W_DEMONYM | HSY_W_HONORIFIC)) return true;
  return seen & HSY_ID_LOWER;
}

static bool is_description(const hsy_speaker_state *s, int32_t first, int32_t end) {
  uint64_t last = s->bits[end - 1];
  if (last & HSY_W_GROUP) return true;
  if ((last & (HSY_W_OUTLETISH | HSY_W_OUTLET)) && end - first > 1) return false;
  if (!(last & HSY_W_ROLE)) return end - first == 1 && (last & (HSY_W_DEMONYM | HSY_W_BODY)) && !(last & HSY_W_OUTLET);
  return !(s->bits[first] & HSY_W_GIVEN) || end - first == 1;
}

/* "Per Oyelaran", "Will Hay": a given name that is also a small word. */
static bool surely_given(const hsy_speaker_state *s, const run *r) {
  bool given = r->end - r->first >= 2 && (s->bits[r->first] & HSY_W_GIVEN);
  return given && (!r->opens || word_as_name(s, r->first));
}

/* "New" York, the "New" York Times: a small word that is a name's own, by the
 * lists or because its capital is not the sentence's. */
static bool begins_name(const hsy_speaker_state *s, const run *r) {
  if (s->bits[r->first] & (HSY_W_THE | HSY_W_A | HSY_W_PREP | HSY_W_AND | HSY_W_AUX | HSY_W_END) ||
      r->end - r->first < 2)
    return false;
  if (!r->opens && !hsy_speaker_headline(s, r->first)) return true;
  for (int32_t end = r->end; end > r->first + 1; end--)
    if (place_of(s, r->first, end) || listed_outlet(s, r->first, end) ||
        hsy_lexicon_find(&s->lists->cities, run_text(s, r->first, end)))
      return true;
  return false;
}

static void mark_title(hsy_speaker_state *s, int32_t first, int32_t end, int32_t name) {
  for (int32_t i = first; i < end && !(s->bits[i] & (HSY_W_PREP | HSY_W_END)); i++)
    if (s->bits[i] & (HSY_W_ROLE | HSY_W_BODY)) s->title_at[i] = name;
}

/* Whether the office is a person's: "contractor" may be a firm's. */
static bool gives_person(const hsy_speaker_state *s, int32_t first, int32_t end) {
  for (int32_t i = first; i < end && !(s->bits[i] & (HSY_W_PREP | HSY_W_END)); i++)
    if ((s->bits[i] & HSY_W_ROLE) && !(s->bits[i] & HSY_W_BODY)) return true;
  return false;
}

static void add_name(hsy_speaker_state *s, run r) {
  while (r.first < r.end && (s->bits[r.first] & (HSY_W_STOP | HSY_W_THE)) && !surely_given(s, &r) &&
         !begins_name(s, &r)) {
    r.first++;
    r.opens = false;
  }
  if (r.first == r.end || weak_single(s, &r)) return;
  if (r.end == r.first + 1 && hsy_doc_token(s->doc, r.first).len == 1) return;
  bool listed = r.end - r.first > 1 &&
                (place_of(s, r.first, r.end) || listed_outlet(s, r.first, r.end) || listed_body(s, r.first, r.end));
  int32_t title = listed || (r.joined && given_start(s, &r) == HSY_NONE) ? HSY_NONE : title_end(s, &r);
  if (title != HSY_NONE) r.joined = false;
  int32_t given = listed ? HSY_NONE : given_start(s, &r);
  if (title != HSY_NONE && (s->bits[r.end - 1] & HSY_W_BODY) && given == HSY_NONE &&
      !(s->bits[title] & HSY_W_HONORIFIC))
    title = HSY_NONE;
  int32_t first = title == HSY_NONE ? r.first : title + 1;
  if (first < r.end && hsy_speaker_is(s, first, '.')) first++;
  if (title == HSY_NONE && given != HSY_NONE) {
    first = r.first = given;
    r.joined = r.opens = false;
  }
  if (!listed && !r.joined && title == HSY_NONE) r.end = listed_part(s, first, r.end);
  if (!listed && !r.joined && is_description(s, first, r.end)) return;
  hsy_speaker_name n = {.first = first, .end = r.end, .from = r.first, .actor = HSY_NONE};
  bool titled = title != HSY_NONE, body = false;
  if (!titled) n.from = title_from(s, first, &titled, &body);
  if (!titled && !body) n.from = called_from(s, first);
  set_kind(s, &n, titled, r.joined || body || n.from < first);
  if (body && n.kind == HSY_NAME_BODY && (s->bits[first - 1] & HSY_W_BODY) &&
      (hsy_speaker_class(s, first - 1)->bits & HSY_W_OUTLET))
    n.kind = HSY_NAME_OUTLET;
  uint8_t gender = title_gender(s, n.from, first);
  if (gender && !n.gender) n.gender = gender;
  apposition_after(s, &n, r.limit);
  apposition_before(s, &n);
  if (n.title_end > n.title_first) {
    bool role = gives_person(s, n.title_first, n.title_end);
    if (!n.sure && role && n.kind != HSY_NAME_PLACE) {
      n.kind = HSY_NAME_PERSON;
      n.sure = true;
    }
    gender = title_gender(s, n.title_first, n.title_end);
    if (gender && !n.gender) n.gender = gender;
  }
  n.possessive = suffix(s, r.end, r.limit);
  n.headline = hsy_speaker_headline(s, first);
  add_words(s, &n);
  for (int32_t i = n.first; i < n.end; i++) s->name_at[i] = (int32_t)s->names.len;
  mark_title(s, n.from, n.first, (int32_t)s->names.len);
  mark_title(s, n.title_first, n.title_end, (int32_t)s->names.len);
  *hsy_push(&s->names, s->scratch) = n;
}

void hsy_speaker_names(hsy_speaker_state *s) {
  for (int32_t k = 0; k < s->doc->sentences.len; k++) {
    const hsy_sentence *sentence = &s->doc->sentences.data[k];
    bool guess = !hsy_speaker_title_case(s, sentence);
    for (int32_t i = sentence->first; i < sentence->end; i++) {
      if (!capital(s, i)) continue;
      if (!guess && !(s->ids.data[s->id[i]].seen & HSY_ID_CAPITAL)) continue;
      run r = find_run(s, i, sentence->end);
      join_possessive(s, &r);
      while (!guess && r.end > r.first + 1 && !(s->ids.data[s->id[r.end - 1]].seen & HSY_ID_CAPITAL)) r.end--;
      add_name(s, r);
      i = r.end - 1;
    }
  }
}
