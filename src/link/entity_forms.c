#include "link/entity_forms.h"

#include "base/bound.h"
#include "base/hash.h"
#include "base/utf8.h"

static hsy_str without_possessive(hsy_str word) {
  static const char *const ENDINGS[] = {"'s", "’s", "'", "’", "."};
  for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
    hsy_str ending = hsy_str_of(ENDINGS[i]);
    if (word.len > ending.len && hsy_str_ends(word, ending)) return hsy_str_slice(word, 0, word.len - ending.len);
  }
  return word;
}

static bool counts(hsy_str word, const hsy_speaker_lists *lists) {
  const hsy_speaker_word *w = hsy_speaker_word_find(lists, word, hsy_hash(word));
  if (!w) return true;
  if (w->bits & HSY_W_HONORIFIC) return (w->bits & (HSY_W_ROLE | HSY_W_GIVEN)) != 0;
  return !(w->bits & (HSY_W_THE | HSY_W_A | HSY_W_PREP | HSY_W_AND)) || (w->bits & HSY_W_GIVEN);
}

static void add_word(hsy_form *form, hsy_str word, const hsy_speaker_lists *lists, hsy_arena *arena) {
  if (form->count == HSY_FORM_WORDS) return;
  hsy_str folded = hsy_utf8_fold(arena, without_possessive(word));
  if (folded.len > 0 && (counts(folded, lists))) form->words[form->count++] = folded;
}

static void set_key(hsy_form *form, hsy_arena *arena) {
  hsy_buf key = hsy_buf_in(arena);
  for (int i = 0; i < form->count; i++) {
    if (i) hsy_buf_byte(&key, ' ');
    hsy_buf_add(&key, form->words[i]);
  }
  form->key = hsy_buf_str(&key);
}

hsy_form hsy_form_of(hsy_str name, const hsy_speaker_lists *lists, hsy_arena *arena) {
  hsy_form form = {.count = 0};
  if (name.len > HSY_ENTITY_NAME_MAX) name.len = HSY_ENTITY_NAME_MAX;
  for (ptrdiff_t start = 0, i = 0; i <= name.len; i++) {
    bool parts = i == name.len || name.data[i] == ' ' || name.data[i] == '-' || name.data[i] == ',' ||
                 name.data[i] == '(' || name.data[i] == ')' || name.data[i] == '"';
    if (!parts) continue;
    form.capital = form.capital || (i > start && name.data[start] >= 'A' && name.data[start] <= 'Z');
    if (i > start) add_word(&form, hsy_str_slice(name, start, i), lists, arena);
    start = i + 1;
  }
  if (form.count == 0) form.words[form.count++] = hsy_utf8_fold(arena, name);
  set_key(&form, arena);
  return form;
}

/* One letter for each sound that transcriptions write in several ways. */
static char level(char c, char next) {
  switch (c) {
  case 'c':
  case 'q':
    return 'k';
  case 'x':
    return 'k';
  case 'z':
    return 's';
  case 'w':
    return 'v';
  case 'p':
    return next == 'h' ? 'f' : 'p';
  case 'd':
    return 't';
  default:
    return c;
  }
}

/* The skeleton's letters into out, at most size; returns how many. */
static ptrdiff_t skeleton(hsy_str word, char *out, ptrdiff_t size) {
  ptrdiff_t n = 0;
  char last = 0;
  for (ptrdiff_t i = 0; i < word.len && n + 1 < size; i++) {
    char c = word.data[i];
    bool vowel = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h' || c == 'j';
    if (vowel && i > 0) {
      last = 0;
      continue;
    }
    char l = vowel ? (c == 'y' || c == 'j' ? 'i' : c) : level(c, i + 1 < word.len ? word.data[i + 1] : 0);
    if (l != last) out[n++] = l;
    if (c == 'x') out[n++] = 's';
    last = c == 'x' ? 's' : l;
  }
  return n;
}

hsy_str hsy_form_skeleton(hsy_str word, hsy_arena *arena) {
  char out[40];
  ptrdiff_t n = skeleton(word, out, sizeof out);
  return hsy_str_copy(arena, (hsy_str){out, n});
}

static bool sounds_alike(hsy_str a, hsy_str b) {
  char x[40], y[40];
  ptrdiff_t n = skeleton(a, x, sizeof x), m = skeleton(b, y, sizeof y);
  return hsy_str_eq((hsy_str){x, n}, (hsy_str){y, m});
}

/* Whether one can be made of the other by at most `most` changes. */
static bool within(hsy_str a, hsy_str b, int most) {
  enum { LONGEST = 32 };
  if (a.len > LONGEST || b.len > LONGEST || a.len - b.len > most || b.len - a.len > most) return false;
  int rows[2][LONGEST + 1], *last = rows[0], *now = rows[1];
  for (int j = 0; j <= b.len; j++) last[j] = j;
  for (int i = 1; i <= a.len; i++) {
    now[0] = i;
    for (int j = 1; j <= b.len; j++) {
      int best = last[j - 1] + (a.data[i - 1] != b.data[j - 1]);
      if (last[j] + 1 < best) best = last[j] + 1;
      if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
      now[j] = best;
    }
    int *spare = last;
    last = now;
    now = spare;
  }
  return last[b.len] <= most;
}

bool hsy_form_alike(hsy_str a, hsy_str b) {
  if (hsy_str_eq(a, b)) return true;
  ptrdiff_t shorter = a.len < b.len ? a.len : b.len;
  return shorter >= 4 && within(a, b, shorter >= 7 ? 2 : 1);
}

static const hsy_speaker_word *given_name(hsy_str word, const hsy_speaker_lists *lists) {
  const hsy_speaker_word *w = hsy_speaker_word_find(lists, word, hsy_hash(word));
  return w && (w->bits & HSY_W_GIVEN) ? w : NULL;
}

/* Given names: two spellings, or one of them an initial. Of two that are both
 * known, more has to agree: Mary is not Mark. */
static bool given_alike(hsy_str a, hsy_str b, const hsy_speaker_lists *lists) {
  if (hsy_str_eq(a, b)) return true;
  if (a.data[0] != b.data[0]) return false;
  if (a.len == 1 || b.len == 1) return true;
  ptrdiff_t shorter = a.len < b.len ? a.len : b.len;
  if (shorter < 4 || !within(a, b, shorter >= 6 ? 2 : 1)) return false;
  const hsy_speaker_word *x = given_name(a, lists), *y = given_name(b, lists);
  if (!x || !y) return true;
  if (x->gender && y->gender && x->gender != y->gender) return false;
  return sounds_alike(a, b) || (shorter >= 6 && within(a, b, 1));
}

bool hsy_form_same_person(const hsy_form *a, const hsy_form *b, const hsy_speaker_lists *lists) {
  if (a->count < 2 || b->count < 2) return false;
  const hsy_form *longer = a->count >= b->count ? a : b, *shorter = longer == a ? b : a;
  if (!hsy_form_alike(a->words[a->count - 1], b->words[b->count - 1])) {
    bool turned =
        a->count == 2 && b->count == 2 && hsy_str_eq(a->words[0], b->words[1]) && hsy_str_eq(a->words[1], b->words[0]);
    return turned;
  }
  if (longer->count == shorter->count) {
    for (int i = 0; i + 1 < longer->count; i++)
      if (!given_alike(a->words[i], b->words[i], lists)) return false;
    return true;
  }
  /* The shorter leaves out what is in the middle, or stands at the end of the longer. */
  bool middle = given_alike(longer->words[0], shorter->words[0], lists) && shorter->count == 2;
  bool tail = true;
  for (int i = 1; i <= shorter->count; i++)
    tail = tail && hsy_form_alike(longer->words[longer->count - i], shorter->words[shorter->count - i]);
  return middle || tail;
}

bool hsy_form_same_words(const hsy_form *a, const hsy_form *b) {
  if (a->count != b->count) return false;
  for (int i = 0; i < a->count; i++)
    if (!hsy_form_alike(a->words[i], b->words[i])) return false;
  return true;
}

bool hsy_form_is_acronym(const hsy_form *full, hsy_str acronym) {
  if (full->count < 2 || full->count != acronym.len) return false;
  for (int i = 0; i < full->count; i++)
    if (full->words[i].data[0] != acronym.data[i]) return false;
  return true;
}

static bool listed_name(hsy_str word, const hsy_str *names, int32_t count) {
  hsy_bound half = {.high = count};
  while (hsy_bound_open(&half)) {
    int order = hsy_str_cmp(names[half.middle], word);
    if (order == 0) return true;
    hsy_bound_cut(&half, order < 0);
  }
  return false;
}

/* "keldurian" where "kelduria" is a name. */
static hsy_str stem_of(hsy_str word, const hsy_str *names, int32_t count, hsy_arena *arena) {
  static const struct {
    const char *ending, *place;
  } RULES[] = {{"an", "a"}, {"n", ""},    {"an", ""}, {"ian", ""}, {"ian", "a"}, {"ian", "y"},
               {"ese", ""}, {"ese", "a"}, {"i", ""},  {"ish", ""}, {"ans", "a"}};
  for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
    hsy_str ending = hsy_str_of(RULES[i].ending);
    if (!hsy_str_ends(word, ending) || word.len - ending.len < 4) continue;
    hsy_str stem = hsy_str_slice(word, 0, word.len - ending.len);
    hsy_arena tried = *arena;
    hsy_str place = hsy_str_printf(&tried, "%.*s%s", HSY_FMT(stem), RULES[i].place);
    if (!listed_name(place, names, count)) continue;
    *arena = tried;
    return place;
  }
  return word;
}

static const hsy_lexicon_entry *listed_place(hsy_str word, const hsy_speaker_lists *lists, hsy_arena scratch) {
  hsy_str copy = hsy_str_copy(&scratch, word);
  if (copy.len > 0 && copy.data[0] >= 'a' && copy.data[0] <= 'z') ((char *)copy.data)[0] &= (char)~32;
  return hsy_lexicon_find(&lists->places, copy);
}

void hsy_form_level_places(hsy_form *form, const hsy_speaker_lists *lists, const hsy_str *names, int32_t count,
                           hsy_arena *arena) {
  for (int i = 0; i < form->count; i++) {
    const hsy_lexicon_entry *place = listed_place(form->words[i], lists, *arena);
    hsy_str country = place ? hsy_lexicon_field(place, 1) : (hsy_str){0};
    form->words[i] = country.len ? hsy_utf8_fold(arena, country) : stem_of(form->words[i], names, count, arena);
  }
  set_key(form, arena);
}

bool hsy_form_is_place(hsy_str word, const hsy_speaker_lists *lists, const hsy_str *names, int32_t count,
                       hsy_arena scratch) {
  return listed_name(word, names, count) || listed_place(word, lists, scratch);
}
