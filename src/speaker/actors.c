#include "speaker/state.h"

/* Actors that a name is compared with, the last made: of each of its words, and
 * of any words where those give none (another spelling). */
enum { MOST_SHARING = 48, MOST_COMPARED = 120 };

/* Names to actors. Long names first: what a short one stands for is then
 * known, wherever in the article the long one is. */

void hsy_speaker_add_index(hsy_speaker_state *s, hsy_index_vec *vec, int32_t value) {
  if (!hsy_speaker_has(vec, value)) *hsy_push(vec, s->scratch) = value;
}

bool hsy_speaker_has(const hsy_index_vec *vec, int32_t value) {
  for (ptrdiff_t i = 0; i < vec->len; i++)
    if (vec->data[i] == value) return true;
  return false;
}

static hsy_entity_kind entity_kind(hsy_name_kind kind) {
  static const hsy_entity_kind KINDS[] = {[HSY_NAME_UNKNOWN] = HSY_ORGANIZATION,
                                          [HSY_NAME_PERSON] = HSY_PERSON,
                                          [HSY_NAME_BODY] = HSY_ORGANIZATION,
                                          [HSY_NAME_OUTLET] = HSY_ORGANIZATION,
                                          [HSY_NAME_PLACE] = HSY_PLACE};
  return KINDS[kind];
}

int32_t hsy_speaker_new_actor(hsy_speaker_state *s, hsy_str name, hsy_name_kind kind) {
  hsy_entity *entity = hsy_push(&s->doc->entities, s->doc->arena);
  entity->name = name;
  entity->kind = entity_kind(kind);
  hsy_speaker_actor *actor = hsy_push(&s->actors, s->scratch);
  *actor = (hsy_speaker_actor){.kind = kind, .first_seen = HSY_NONE, .order = HSY_NONE, .named = true};
  return (int32_t)s->actors.len - 1;
}

int32_t hsy_speaker_country(hsy_speaker_state *s, const hsy_lexicon_entry *place) {
  hsy_str country = hsy_lexicon_field(place, 1);
  const hsy_lexicon_entry *entry = country.len ? hsy_lexicon_find(&s->lists->places, country) : place;
  if (!entry) entry = place;
  int32_t *known = &s->place_actor[entry - s->lists->places.entries];
  if (*known) return *known - 1;
  int32_t made = hsy_speaker_new_actor(s, entry->word, HSY_NAME_PLACE);
  *known = made + 1;
  s->actors.data[made].place = entry;
  s->actors.data[made].sure = true;
  int32_t id = hsy_speaker_id_of(s, entry->word);
  *hsy_push(&s->actors.data[made].words, s->scratch) = id;
  s->ids.data[id].actor = made;
  return made;
}

static const int32_t *words_of(const hsy_speaker_state *s, const hsy_speaker_name *n) {
  return s->name_words.data + n->word_first;
}

/* Whether the k words at the end of a are the words of b. */
static bool ends_alike(const hsy_speaker_state *s, const int32_t *a, int32_t an, const int32_t *b, int32_t bn) {
  if (bn > an) return false;
  for (int32_t i = 1; i <= bn; i++)
    if (!hsy_speaker_alike(s, a[an - i], b[bn - i])) return false;
  return true;
}

static bool initial_of(const hsy_speaker_state *s, int32_t a, int32_t b) {
  hsy_str x = s->ids.data[a].text, y = s->ids.data[b].text;
  bool short_one = x.len == 1 || (x.len == 2 && x.data[1] == '.') || y.len == 1 || (y.len == 2 && y.data[1] == '.');
  return short_one && x.data[0] == y.data[0];
}

/* First and last word alike, what stands between left out in one of them. */
static bool ends_meet(const hsy_speaker_state *s, const int32_t *a, int32_t an, const int32_t *b, int32_t bn) {
  if (an < 2 || bn < 2 || !hsy_speaker_alike(s, a[an - 1], b[bn - 1])) return false;
  return hsy_speaker_alike(s, a[0], b[0]) || initial_of(s, a[0], b[0]);
}

static bool genders_agree(uint8_t a, uint8_t b) { return a == HSY_GENDER_UNKNOWN || b == HSY_GENDER_UNKNOWN || a == b; }

/* "Jr.", "III": tells father from son. */
static bool is_generation(const hsy_speaker_state *s, int32_t id) {
  static const char *const MARKS[] = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"};
  hsy_str text = s->ids.data[id].text;
  for (size_t i = 0; text.len <= 3 && i < sizeof MARKS / sizeof *MARKS; i++)
    if (hsy_str_eq(text, hsy_str_of(MARKS[i]))) return true;
  return false;
}

/* How well the name fits a person: 0 not at all. */
static int person_fit(const hsy_speaker_state *s, const hsy_speaker_actor *a, const int32_t *w, int32_t n) {
  const int32_t *x = a->words.data;
  int32_t xn = (int32_t)a->words.len;
  if (xn == 0) return 0;
  bool mine = xn > 1 && is_generation(s, x[xn - 1]), other = n > 1 && is_generation(s, w[n - 1]);
  if (mine && other && x[xn - 1] != w[n - 1]) return 0;
  if (mine != other && n > 1 + other && xn > 1 + mine) return 0; /* both stand in full: father and son */
  xn -= mine;
  n -= other;
  if (n == 1) {
    if (x[xn - 1] == w[0]) return 6;
    if (xn > 1 && x[0] == w[0]) return a->sure ? 4 : 0;
    if (xn > 2 && hsy_speaker_has(&a->words, w[0])) return 3;
    return hsy_speaker_alike(s, x[xn - 1], w[0]) ? 2 : 0;
  }
  if (xn == n && ends_alike(s, x, xn, w, n)) return 9;
  if (ends_alike(s, x, xn, w, n) || ends_alike(s, w, n, x, xn)) return 8;
  return ends_meet(s, x, xn, w, n) ? 7 : 0;
}

static bool is_acronym(const hsy_speaker_state *s, const hsy_index_vec *words, hsy_str acronym) {
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < words->len; i++) {
    const hsy_speaker_id *id = &s->ids.data[words->data[i]];
    if (id->word && (id->word->bits & (HSY_W_PREP | HSY_W_THE | HSY_W_AND))) continue;
    if (n >= acronym.len || id->text.data[0] != acronym.data[n]) return false;
    n++;
  }
  return n >= 2 && n == acronym.len;
}

static bool all_bodies(const hsy_speaker_state *s, const int32_t *words, int32_t n) {
  for (int32_t i = 0; i < n; i++) {
    const hsy_speaker_word *word = s->ids.data[words[i]].word;
    if (!word || !(word->bits & HSY_W_BODY)) return false;
  }
  return true;
}

static bool generic(const hsy_speaker_state *s, int32_t id) {
  const hsy_speaker_word *word = s->ids.data[id].word;
  return word && (word->bits & (HSY_W_BODY | HSY_W_DEMONYM | HSY_W_PREP | HSY_W_OUTLET | HSY_W_OUTLETISH));
}

/* The same for bodies: all of it, its acronym, its first words without the
 * nouns that say what it is ("Corvane" Motors), its last word. */
static int body_fit(const hsy_speaker_state *s, const hsy_speaker_actor *a, const int32_t *w, int32_t n) {
  const int32_t *x = a->words.data;
  int32_t xn = (int32_t)a->words.len;
  if (xn == 0) return 0;
  if (xn == n && ends_alike(s, x, xn, w, n)) return 9;
  if (n == 1 && is_acronym(s, &a->words, s->ids.data[w[0]].text)) return 8;
  if (n > xn) return n > 1 && xn > 1 && (ends_alike(s, w, n, x, xn)) ? 7 : 0;
  if (n > 1 && ends_alike(s, x, xn, w, n)) return 7;
  int32_t same = 0;
  while (same < n && hsy_speaker_alike(s, x[same], w[same])) same++;
  bool state =
      a->place || (a->heads.len && s->ids.data[a->heads.data[0]].word && s->ids.data[a->heads.data[0]].word->body == 1);
  if (same == n && a->kind != HSY_NAME_OUTLET && !generic(s, w[0]) && !state && all_bodies(s, x + n, xn - n)) return 5;
  if (same == n && n > 1) return 4;
  if (n == 1 && xn > 1 && x[xn - 1] == w[0] && a->kind == HSY_NAME_OUTLET && generic(s, w[0])) return 5;
  if (n == 1 && xn == 2 && x[1] == w[0] && s->ids.data[x[0]].text.len <= 2) return 5; /* "CD Montavo" */
  return 0;
}

static int fit(const hsy_speaker_state *s, const hsy_speaker_name *n, const hsy_speaker_actor *a) {
  if (a->place) return 0;
  if (n->place)
    return a->kind == HSY_NAME_PERSON && a->words.len > 1 && a->words.data[a->words.len - 1] == words_of(s, n)[0];
  bool person = a->kind == HSY_NAME_PERSON;
  if (n->sure && a->sure && (n->kind == HSY_NAME_PERSON) != person) return 0;
  if (person && !genders_agree(n->gender, a->gender)) return 0;
  int score = person ? person_fit(s, a, words_of(s, n), n->words) : body_fit(s, a, words_of(s, n), n->words);
  return score ? score * 2 + (n->kind == a->kind) : 0;
}

/* The actor that fits best; of equals the one named last before. */
typedef struct choice {
  int32_t actor;
  int score;
} choice;

static void consider(const hsy_speaker_state *s, const hsy_speaker_name *n, const int32_t *last, int32_t actor,
                     choice *best) {
  int f = fit(s, n, &s->actors.data[actor]);
  if (!f || f < best->score) return;
  if (f == best->score) { /* of a family, a bare surname means the one whom the article names most */
    int32_t mine = s->actors.data[actor].mentions, other = s->actors.data[best->actor].mentions;
    if (mine < other || (mine == other && last[actor] <= last[best->actor])) return;
  }
  *best = (choice){actor, f};
}

static int32_t best_actor(const hsy_speaker_state *s, const hsy_speaker_name *n, const int32_t *last) {
  choice best = {HSY_NONE, 0};
  for (int32_t i = 0; i < n->words; i++) {
    const hsy_index_vec *sharing = &s->ids.data[words_of(s, n)[i]].actors;
    ptrdiff_t first = sharing->len > MOST_SHARING ? sharing->len - MOST_SHARING : 0;
    for (ptrdiff_t k = first; k < sharing->len; k++) consider(s, n, last, sharing->data[k], &best);
  }
  if (best.actor != HSY_NONE) return best.actor;
  int32_t first = s->actors.len > MOST_COMPARED ? (int32_t)s->actors.len - MOST_COMPARED : 0;
  for (int32_t i = first; i < s->actors.len; i++) consider(s, n, last, i, &best);
  return best.actor;
}

void hsy_speaker_add_text(hsy_speaker_state *s, hsy_str_vec *vec, hsy_str text) {
  for (ptrdiff_t i = 0; i < vec->len; i++)
    if (hsy_str_eq(vec->data[i], text)) return;
  *hsy_push(vec, s->doc->arena) = text;
}

/* Nouns of the tokens that an actor is called by, and what stands with them. */
static void add_nouns(hsy_speaker_state *s, hsy_speaker_actor *a, int32_t first, int32_t end) {
  int32_t head = HSY_NONE, owned = HSY_NONE;
  for (int32_t i = first; i < end; i++) {
    uint64_t b = s->bits[i];
    if ((b & (HSY_W_PREP | HSY_W_END)) && head != HSY_NONE) break;
    if (b & (HSY_W_ROLE | HSY_W_BODY)) head = i;
    if (s->doc->tokens.data[i].flags & HSY_TOKEN_SUFFIX) owned = i; /* "the nominee's daughter" is no nominee */
  }
  if (head == HSY_NONE) return;
  int32_t office = HSY_NONE;
  for (int32_t i = first; i <= head; i++)
    if (hsy_speaker_office(s, i) > 1) office = i;
  hsy_speaker_add_index(s, &a->heads, s->id[head]);
  bool past = false;
  for (int32_t i = first; i < end && i < head + 10; i++) {
    past = past || i > head;
    if (i == head || s->doc->tokens.data[i].kind != HSY_TOKEN_WORD) continue;
    if (s->bits[i] & (HSY_W_THE | HSY_W_A | HSY_W_PREP | HSY_W_STOP | HSY_W_PRONOUN | HSY_W_AND)) continue;
    if (!past && i > owned && (s->bits[i] & (HSY_W_ROLE)) && !(office != HSY_NONE && i >= office))
      hsy_speaker_add_index(s, &a->heads, s->id[i]);
    hsy_speaker_add_index(s, &a->mods, s->id[i]);
  }
}

/* "Gov.", "Sen.": the office that the form of address stands for. */
static void add_office(hsy_speaker_state *s, hsy_speaker_actor *a, int32_t token) {
  const hsy_speaker_word *w = hsy_speaker_class(s, token);
  if (!w || !w->office.len) return;
  for (hsy_str rest = w->office; rest.len > 0;)
    hsy_speaker_add_index(s, &a->heads, hsy_speaker_id_of(s, hsy_str_cut(rest, ' ', &rest)));
}

static void describe(hsy_speaker_state *s, int32_t actor, const hsy_speaker_name *n) {
  hsy_speaker_actor *a = &s->actors.data[actor];
  hsy_entity *e = &s->doc->entities.data[actor];
  if (n->from < n->first) {
    add_nouns(s, a, n->from, n->first);
    for (int32_t i = n->from; i < n->first; i++) add_office(s, a, i);
    hsy_speaker_add_text(s, &e->titles, hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, n->from, n->first)));
  }
  if (n->title_end > n->title_first) {
    add_nouns(s, a, n->title_first, n->title_end);
    int32_t first = n->title_first;
    while (first < n->title_end && (s->bits[first] & (HSY_W_THE | HSY_W_A))) first++;
    hsy_speaker_add_text(s, &e->titles, hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, first, n->title_end)));
  }
  if (n->kind == HSY_NAME_BODY || n->kind == HSY_NAME_OUTLET) add_nouns(s, a, n->first, n->end);
}

/* "Quay House, the seat of the Finance Ministry," and "Ostrev, the capital of
 * Maravia,": the name whose seat the named place is, or NONE. */
static int32_t seat_of(const hsy_speaker_state *s, const hsy_speaker_name *n) {
  bool seat = false;
  for (int32_t i = n->title_first; i < n->title_end; i++) {
    if (s->bits[i] & HSY_W_CAPITAL) seat = true;
    if (seat && s->name_at[i] != HSY_NONE) return s->name_at[i];
  }
  if (!seat && n->title_end == n->title_first && hsy_speaker_is(s, n->end, ',')) {
    int32_t end = s->doc->sentences.data[s->sentence_of[n->first]].end;
    for (int32_t i = n->end + 1; i < end && i < n->end + 10 && !hsy_speaker_is(s, i, ','); i++) {
      if (s->bits[i] & (HSY_W_AUX | HSY_W_PRONOUN)) return HSY_NONE;
      if (s->bits[i] & HSY_W_CAPITAL) seat = true;
      if (seat && s->name_at[i] != HSY_NONE) return s->name_at[i];
    }
  }
  int32_t least = s->doc->sentences.data[s->sentence_of[n->first]].first, i = n->from - 1;
  if (i > least && hsy_speaker_is(s, i, ',')) i--;
  if (i <= least || !(s->bits[i] & HSY_W_CAPITAL)) return HSY_NONE;
  if (s->doc->tokens.data[i - 1].flags & HSY_TOKEN_SUFFIX) i--; /* "Maravia’s capital, Ostrev" */
  return i > least ? s->name_at[i - 1] : HSY_NONE;
}

/* What a seat says, its owner says. */
static void join_seats(hsy_speaker_state *s) {
  for (int32_t i = 0; i < s->names.len; i++) {
    const hsy_speaker_name *n = &s->names.data[i];
    if (n->end == n->first || n->place) continue;
    int32_t owner = seat_of(s, n);
    if (owner == HSY_NONE || s->names.data[owner].end == s->names.data[owner].first) continue;
    int32_t from = n->actor, to = s->names.data[owner].actor;
    if (from == to || s->actors.data[to].kind == HSY_NAME_PERSON) continue;
    hsy_speaker_add_text(s, &s->doc->entities.data[to].aliases, s->doc->entities.data[from].name);
    for (int32_t k = 0; k < s->names.len; k++)
      if (s->names.data[k].actor == from) s->names.data[k].actor = to;
  }
}

/* Gives the actor the words of the name, and makes it known under each of them
 * and under its acronym. */
static void set_words(hsy_speaker_state *s, int32_t actor, const hsy_speaker_name *n) {
  hsy_speaker_actor *a = &s->actors.data[actor];
  char acronym[16];
  ptrdiff_t letters = 0;
  a->words.len = 0;
  for (int32_t i = 0; i < n->words; i++) {
    int32_t id = words_of(s, n)[i];
    *hsy_push(&a->words, s->scratch) = id;
    hsy_speaker_id *word = &s->ids.data[id];
    if (word->actors.len == 0 || word->actors.data[word->actors.len - 1] != actor)
      *hsy_push(&word->actors, s->scratch) = actor;
    bool small = word->word && (word->word->bits & (HSY_W_PREP | HSY_W_THE | HSY_W_AND));
    if (!small && letters < (ptrdiff_t)sizeof acronym) acronym[letters++] = word->text.data[0];
  }
  int32_t id = letters < 2 ? HSY_NONE : hsy_speaker_id_find(s, (hsy_str){acronym, letters});
  if (id != HSY_NONE) *hsy_push(&s->ids.data[id].actors, s->scratch) = actor;
}

static int32_t make_actor(hsy_speaker_state *s, const hsy_speaker_name *n, hsy_str text) {
  int32_t made = hsy_speaker_new_actor(s, text, n->kind);
  hsy_speaker_actor *a = &s->actors.data[made];
  a->sure = n->sure;
  a->gender = n->gender;
  set_words(s, made, n);
  if (n->words == 1) s->ids.data[words_of(s, n)[0]].actor = made;
  return made;
}

/* A longer name of an actor that is known becomes its name. */
static void take_name(hsy_speaker_state *s, int32_t actor, const hsy_speaker_name *n, hsy_str text) {
  hsy_speaker_actor *a = &s->actors.data[actor];
  hsy_entity *e = &s->doc->entities.data[actor];
  if (n->sure && !a->sure) {
    a->kind = n->kind;
    a->sure = true;
    e->kind = entity_kind(n->kind);
  }
  if (!a->gender) a->gender = n->gender;
  if (n->words <= a->words.len || a->place) {
    if (!hsy_str_eq(text, e->name)) hsy_speaker_add_text(s, &e->aliases, text);
    return;
  }
  hsy_speaker_add_text(s, &e->aliases, e->name);
  e->name = text;
  set_words(s, actor, n);
}

/* "in Paris" is the town, whoever is called so. */
static bool is_located(const hsy_speaker_state *s, const hsy_speaker_name *n) {
  return n->first > 0 && (s->bits[n->first - 1] & HSY_W_PREP);
}

/* Where a nickname's opening mark stands in the name, or its end. */
static int32_t nickname_in(const hsy_speaker_state *s, const hsy_speaker_name *n) {
  int32_t i = n->first;
  while (i < n->end && s->doc->tokens.data[i].kind != HSY_TOKEN_OPEN) i++;
  return i;
}

/* The name without a nickname in the middle: Oskar “Duke” Velden is Oskar Velden. */
static hsy_str name_text(hsy_speaker_state *s, const hsy_speaker_name *n) {
  int32_t open = nickname_in(s, n), close = open;
  hsy_str whole = hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, n->first, n->end));
  while (close < n->end && s->doc->tokens.data[close].kind != HSY_TOKEN_CLOSE) close++;
  if (open == n->first || close + 1 >= n->end) return whole;
  hsy_str before = hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, n->first, open));
  hsy_str behind = hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, close + 1, n->end));
  return hsy_str_printf(s->doc->arena, "%.*s %.*s", HSY_FMT(before), HSY_FMT(behind));
}

/* The actor is known by its nickname too. */
static void add_nickname(hsy_speaker_state *s, const hsy_speaker_name *n) {
  int32_t open = nickname_in(s, n), close = open;
  while (close < n->end && s->doc->tokens.data[close].kind != HSY_TOKEN_CLOSE) close++;
  if (open == n->first || close >= n->end) return;
  hsy_str_vec *aliases = &s->doc->entities.data[n->actor].aliases;
  hsy_speaker_add_text(s, aliases, hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, open + 1, close)));
  hsy_speaker_add_text(s, aliases, hsy_doc_span(s->doc, hsy_doc_tokens(s->doc, n->first, n->end)));
}

static int32_t actor_of(hsy_speaker_state *s, hsy_speaker_name *n, const int32_t *last) {
  hsy_str text = name_text(s, n);
  int32_t actor = HSY_NONE;
  int32_t person = n->place && n->words == 1 ? best_actor(s, n, last) : HSY_NONE;
  if (person != HSY_NONE && s->actors.data[person].kind == HSY_NAME_PERSON && !is_located(s, n)) {
    hsy_speaker_add_text(s, &s->doc->entities.data[person].aliases, text);
    return person;
  }
  if (n->place) {
    hsy_str type = hsy_lexicon_field(n->place, 0);
    bool own = hsy_str_eq(type, HSY_S("region")) || hsy_str_eq(type, HSY_S("city"));
    actor = hsy_speaker_country(s, n->place);
    if (!own && !hsy_str_eq(text, s->doc->entities.data[actor].name))
      hsy_speaker_add_text(s, &s->doc->entities.data[actor].aliases, text);
    return actor;
  }
  actor = best_actor(s, n, last);
  if (actor == HSY_NONE) return make_actor(s, n, text);
  take_name(s, actor, n, text);
  if (n->words == 1 && n->kind != HSY_NAME_PERSON) s->ids.data[words_of(s, n)[0]].actor = actor;
  return actor;
}

static int32_t single_name(hsy_speaker_state *s, hsy_str stem, hsy_str tail, const bool *single) {
  char room[64];
  if (stem.len + tail.len > (ptrdiff_t)sizeof room) return HSY_NONE;
  for (ptrdiff_t i = 0; i < stem.len; i++) room[i] = stem.data[i];
  for (ptrdiff_t i = 0; i < tail.len; i++) room[stem.len + i] = tail.data[i];
  int32_t id = hsy_speaker_id_find(s, (hsy_str){room, stem.len + tail.len});
  return id != HSY_NONE && single[id] ? id : HSY_NONE;
}

/* The place whose people the word would name: "Maravian" of Maravia. */
static int32_t place_of_demonym(hsy_speaker_state *s, hsy_str text, const bool *single) {
  static const struct {
    const char *ending, *place;
  } RULES[] = {{"an", "a"}, {"n", ""},    {"an", ""}, {"ian", ""}, {"ian", "a"}, {"ian", "y"}, {"ean", "e"},
               {"ese", ""}, {"ese", "a"}, {"i", ""},  {"ish", ""}, {"ish", "e"}, {"ic", ""},   {"ian", "ia"}};
  for (size_t k = 0; k < sizeof RULES / sizeof *RULES; k++) {
    hsy_str ending = hsy_str_of(RULES[k].ending);
    if (!hsy_str_ends(text, ending) || text.len - ending.len < 4) continue;
    hsy_str stem = hsy_str_slice(text, 0, text.len - ending.len);
    int32_t id = single_name(s, stem, hsy_str_of(RULES[k].place), single);
    if (id != HSY_NONE) return id;
  }
  return HSY_NONE;
}

/* Demonyms of countries that no list knows, where the article has both. */
static void find_demonyms(hsy_speaker_state *s) {
  ptrdiff_t count = s->ids.len;
  bool *single = hsy_new(s->scratch, bool, count + 1);
  if (!single) return;
  for (ptrdiff_t i = 0; i < s->names.len; i++) {
    const hsy_speaker_name *n = &s->names.data[i];
    if (n->words == 1 && !n->place) single[words_of(s, n)[0]] = true;
  }
  for (ptrdiff_t i = 0; i < s->names.len; i++) {
    const hsy_speaker_name *n = &s->names.data[i];
    if (n->words != 1 || n->place || (n->sure && n->kind == HSY_NAME_PERSON)) continue;
    hsy_speaker_id *id = &s->ids.data[words_of(s, n)[0]];
    if (id->stands_for == HSY_NONE) id->stands_for = place_of_demonym(s, id->text, single);
  }
}

static void drop_demonyms(hsy_speaker_state *s) {
  for (int32_t i = 0; i < s->names.len; i++) {
    hsy_speaker_name *n = &s->names.data[i];
    if (n->words != 1 || n->place || s->ids.data[words_of(s, n)[0]].stands_for == HSY_NONE) continue;
    s->name_at[n->first] = HSY_NONE;
    s->bits[n->first] |= HSY_W_DEMONYM;
    n->end = n->first; /* names nothing from here on */
  }
}

/* "the Continental Wire Service (CWS)" */
static void acronym_in_brackets(hsy_speaker_state *s, const hsy_speaker_name *n) {
  int32_t i = n->end;
  if (i + 2 >= s->doc->tokens.len || !hsy_speaker_is(s, i, '(') || !hsy_speaker_is(s, i + 2, ')')) return;
  int32_t inner = s->name_at[i + 1];
  if (inner == HSY_NONE || !is_acronym(s, &s->actors.data[n->actor].words, s->ids.data[s->id[i + 1]].text)) return;
  hsy_speaker_add_text(s, &s->doc->entities.data[n->actor].aliases, hsy_doc_token(s->doc, i + 1));
}

/* The first that its sentence names, unless something else owns or governs it,
 * is taken for its subject. */
static void see_name(hsy_speaker_state *s, const hsy_speaker_name *n) {
  bool first =
      s->sights.len == 0 || s->sentence_of[s->sights.data[s->sights.len - 1].token] != s->sentence_of[n->first];
  int32_t before = n->from - 1;
  bool governed = before >= 0 && s->sentence_of[before] == s->sentence_of[n->first] && (s->bits[before] & HSY_W_PREP);
  hsy_speaker_sight *sight = hsy_push(&s->sights, s->scratch);
  *sight = (hsy_speaker_sight){.token = n->first, .actor = n->actor, .possessive = n->possessive};
  sight->quoted = s->doc->tokens.data[n->first].quote != HSY_NONE;
  if (governed && (s->bits[before] & HSY_W_LOCATIVE)) s->actors.data[n->actor].located++;
  int32_t *seen = &s->actors.data[n->actor].first_seen;
  if (*seen == HSY_NONE && !n->headline) *seen = n->first;
  if (s->actors.data[n->actor].order == HSY_NONE) s->actors.data[n->actor].order = s->order++;
  sight->subject = first && !governed && !n->possessive && !sight->quoted;
  acronym_in_brackets(s, n);
}

void hsy_speaker_actors(hsy_speaker_state *s) {
  find_demonyms(s);
  drop_demonyms(s);
  int32_t *last = hsy_new(s->scratch, int32_t, s->names.len + s->doc->tokens.len + 1);
  if (!last) return;
  /* Full names, then short ones with those before them at hand; headlines last. */
  for (int turn = 0; turn < 4; turn++) {
    for (ptrdiff_t i = 0; turn != 1 && i < s->actors.len; i++) last[i] = 0;
    for (ptrdiff_t i = 0; i < s->names.len; i++) {
      hsy_speaker_name *n = &s->names.data[i];
      if (n->end == n->first) continue;
      int mine = (n->words > 1 ? 0 : 2) + (n->headline ? 1 : 0);
      if (mine == turn) {
        n->actor = actor_of(s, n, last);
        s->actors.data[n->actor].mentions++;
        describe(s, n->actor, n);
        add_nickname(s, n);
      }
      if (n->actor != HSY_NONE) last[n->actor] = (int32_t)i + 1;
    }
  }
  join_seats(s);
  for (ptrdiff_t i = 0; i < s->names.len; i++)
    if (s->names.data[i].end > s->names.data[i].first) see_name(s, &s->names.data[i]);
  s->topic = HSY_NONE;
  for (int32_t i = 0; i < s->actors.len; i++)
    if (s->actors.data[i].mentions > (s->topic == HSY_NONE ? 1 : s->actors.data[s->topic].mentions)) s->topic = i;
}
