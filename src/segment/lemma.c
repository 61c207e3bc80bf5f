#include "segment/lemma.h"

#include <string.h>

#include "base/hash.h"

bool hsy_lemma_load(hsy_lemmas *lemmas, hsy_arena *arena, hsy_error *err) {
  return hsy_lexicon_load(&lemmas->irregular, "lexicon/en/irregular_forms.txt", arena, err);
}

static bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/* Lower case (ASCII; other letters stay), the apostrophe as ASCII. Empty where
 * there is no room. */
static hsy_str lower_in(hsy_str word, char out[HSY_LEMMA_ROOM]) {
  ptrdiff_t n = 0;
  for (ptrdiff_t i = 0; i < word.len; i++) {
    if (n + 1 >= HSY_LEMMA_ROOM) return (hsy_str){out, 0};
    unsigned char c = (unsigned char)word.data[i];
    if (c == 0xE2 && i + 2 < word.len && (unsigned char)word.data[i + 1] == 0x80 &&
        (unsigned char)word.data[i + 2] == 0x99) {
      out[n++] = '\'';
      i += 2;
    } else {
      out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  return (hsy_str){out, n};
}

/* One more candidate: the stem, and behind it the letter `tail`, '\0' for none. */
static void add(hsy_lemma_set *set, hsy_str stem, char tail) {
  ptrdiff_t len = stem.len + (tail != '\0');
  if (set->count == HSY_LEMMA_MAX || len >= HSY_LEMMA_ROOM || stem.len < 1) return;
  char *to = set->text[set->count];
  memcpy(to, stem.data, (size_t)stem.len);
  if (tail) to[stem.len] = tail;
  set->lemma[set->count] = (hsy_str){to, len};
  set->hash[set->count] = hsy_hash(set->lemma[set->count]);
  set->count++;
}

static bool doubled(hsy_str s) {
  if (s.len < 3) return false;
  char c = s.data[s.len - 1];
  return c == s.data[s.len - 2] && !is_vowel(c);
}

/* Whether a stem left by -ed or -ing more likely lost an e: "mov", "accus". */
static bool wants_e(hsy_str s) {
  if (s.len < 2) return false;
  char c = s.data[s.len - 1], b = s.data[s.len - 2];
  if (c == 'v' || c == 'c' || c == 'z' || c == 'u') return true;
  if (c == 's') return b != 's';
  if (c == 'g') return b != 'n' || s.len > 4; /* "alleg", "charg", "challeng"; "bring" */
  if (c == 'r') return b == 'i' || b == 'u' || b == 'a' || (b == 'o' && s.len > 2);
  if (c == 't') return b == 'a' || b == 'u' || b == 'o';
  if (c == 'l') return !is_vowel(b) && b != 'l' && b != 'w' && b != 'r';
  if (c == 'n') return b == 'i' || b == 'u';
  if (c == 'd' || c == 'k' || c == 'm' || c == 'p' || c == 'b')
    return is_vowel(b) && !(s.len > 2 && is_vowel(s.data[s.len - 3]));
  return false;
}

static void past_or_gerund(hsy_lemma_set *set, hsy_str stem) {
  bool e = wants_e(stem);
  if (doubled(stem)) {
    hsy_str single = hsy_str_slice(stem, 0, stem.len - 1);
    char c = stem.data[stem.len - 1];
    bool keeps = c == 'l' || c == 's' || c == 'z' || c == 'f'; /* "tell", "press", "scoff" */
    add(set, keeps ? stem : single, '\0');
    add(set, keeps ? single : stem, '\0');
    return;
  }
  add(set, stem, e ? 'e' : '\0');
  add(set, stem, e ? '\0' : 'e');
}

static void plural(hsy_lemma_set *set, hsy_str word) {
  ptrdiff_t n = word.len;
  if (hsy_str_ends(word, HSY_S("ies")) && n > 4) {
    add(set, hsy_str_slice(word, 0, n - 3), 'y');
    add(set, hsy_str_slice(word, 0, n - 1), '\0');
  } else if (n > 4 && (hsy_str_ends(word, HSY_S("sses")) || hsy_str_ends(word, HSY_S("shes")) ||
                       hsy_str_ends(word, HSY_S("ches")) || hsy_str_ends(word, HSY_S("xes")) ||
                       hsy_str_ends(word, HSY_S("zzes")) || hsy_str_ends(word, HSY_S("oes")))) {
    add(set, hsy_str_slice(word, 0, n - 2), '\0');
    add(set, hsy_str_slice(word, 0, n - 1), '\0');
  } else if (n > 2 && word.data[n - 1] == 's' && word.data[n - 2] != 's' && word.data[n - 2] != 'u' &&
             word.data[n - 2] != 'i') {
    add(set, hsy_str_slice(word, 0, n - 1), '\0');
    if (word.data[n - 2] == 'e') add(set, hsy_str_slice(word, 0, n - 2), '\0');
  }
}

static void past(hsy_lemma_set *set, hsy_str word) {
  ptrdiff_t n = word.len;
  if (n > 4 && hsy_str_ends(word, HSY_S("ied"))) {
    add(set, hsy_str_slice(word, 0, n - 3), 'y');
    add(set, hsy_str_slice(word, 0, n - 1), '\0');
  } else if (n > 3 && hsy_str_ends(word, HSY_S("ed")) && word.data[n - 3] != 'e') {
    past_or_gerund(set, hsy_str_slice(word, 0, n - 2));
  } else if (n > 5 && hsy_str_ends(word, HSY_S("eed"))) {
    add(set, hsy_str_slice(word, 0, n - 1), '\0'); /* "agreed" */
  }
}

static void gerund(hsy_lemma_set *set, hsy_str word) {
  if (word.len > 4 && hsy_str_ends(word, HSY_S("ing"))) past_or_gerund(set, hsy_str_slice(word, 0, word.len - 3));
}

void hsy_lemma_candidates(hsy_lemma_set *set, const hsy_lemmas *lemmas, hsy_str word) {
  set->count = 0;
  char room[HSY_LEMMA_ROOM];
  hsy_str w = lower_in(word, room);
  if (w.len == 0) return;
  const hsy_lexicon_entry *known = hsy_lexicon_find(&lemmas->irregular, w);
  char last = w.data[w.len - 1];
  if (known)
    add(set, hsy_lexicon_field(known, 0), '\0');
  else if (last == 'd')
    past(set, w);
  else if (last == 'g')
    gerund(set, w);
  else if (last == 's')
    plural(set, w);
  add(set, w, '\0');
}

const hsy_lexicon_entry *hsy_lemma_find_in(const hsy_lexicon *lexicon, const hsy_lemma_set *set) {
  for (int i = 0; i < set->count; i++) {
    const hsy_lexicon_entry *found = hsy_lexicon_find_hashed(lexicon, set->lemma[i], set->hash[i]);
    if (found) return found;
  }
  return NULL;
}

const hsy_lexicon_entry *hsy_lemma_find(const hsy_lexicon *lexicon, const hsy_lemmas *lemmas, hsy_str word) {
  hsy_lemma_set set;
  hsy_lemma_candidates(&set, lemmas, word);
  return hsy_lemma_find_in(lexicon, &set);
}

hsy_str hsy_lemma_key(const hsy_lemmas *lemmas, hsy_str word, char out[HSY_LEMMA_ROOM]) {
  hsy_lemma_set set;
  hsy_lemma_candidates(&set, lemmas, word);
  if (set.count == 0) {
    ptrdiff_t n = word.len < HSY_LEMMA_ROOM ? word.len : HSY_LEMMA_ROOM;
    memcpy(out, word.data, (size_t)n);
    return (hsy_str){out, n};
  }
  hsy_str lemma = set.lemma[0];
  memcpy(out, lemma.data, (size_t)lemma.len);
  ptrdiff_t n = lemma.len;
  /* What the rules cannot tell (a lost e, a doubled l) is cut from all forms. */
  if (n > 3 && out[n - 1] == 'e') n--;
  if (n > 3 && out[n - 1] == out[n - 2] && !is_vowel(out[n - 1])) n--;
  return (hsy_str){out, n};
}
