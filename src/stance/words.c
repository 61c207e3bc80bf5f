#include "stance/words.h"

#include "base/hash.h"

enum { ROWS = 512 };

/* What is known of one word; its row is found by its hash. */
struct hsy_stance_word {
  uint64_t hash; /* 0 where free */
  const hsy_lexicon_entry *entry[HSY_STANCE_LISTS];
  bool opens[HSY_STANCE_LISTS]; /* an entry of two words may begin with it */
  int flags;                    /* for frames */
  uint64_t lemmas[HSY_FRAME_LEMMAS];
};

bool hsy_stance_words_init(hsy_stance_words *words, const hsy_doc *doc, const hsy_stance_lists *lists,
                           hsy_arena *arena) {
  *words = (hsy_stance_words){doc, lists, hsy_new(arena, struct hsy_stance_word, ROWS)};
  return words->seen;
}

static bool is_break(hsy_str word) {
  static const char *const WORDS[] = {",", ";", ":", "but", "and", "while", "although"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (hsy_str_is_nocase(word, WORDS[i])) return true;
  return false;
}

static bool negates(const hsy_stance_lists *lists, const hsy_lemma_set *forms) {
  for (int i = 0; i < forms->count && i < HSY_FRAME_LEMMAS; i++) {
    const hsy_lexicon_entry *no = hsy_lexicon_find_hashed(&lists->negation, forms->lemma[i], forms->hash[i]);
    if (no && !hsy_str_eq(hsy_lexicon_field(no, 0), HSY_S("flip"))) return true;
  }
  return false;
}

static void look_up(struct hsy_stance_word *word, const hsy_stance_lists *lists, hsy_str text) {
  hsy_lemma_set forms;
  hsy_lemma_candidates(&forms, &lists->lemmas, text);
  for (int i = 0; i < HSY_FRAME_LEMMAS; i++) word->lemmas[i] = i < forms.count ? forms.hash[i] : 0;
  for (int list = 0; list < HSY_STANCE_LISTS; list++) {
    word->entry[list] = hsy_lemma_find_in(&lists->words[list], &forms);
    word->opens[list] = false;
    for (int i = 0; i < forms.count; i++)
      word->opens[list] |= hsy_lexicon_begins_hashed(&lists->words[list], forms.hash[i]);
  }
  word->flags = (is_break(text) ? HSY_WORD_BREAK : 0) | (negates(lists, &forms) ? HSY_WORD_NOT : 0) |
                (word->entry[HSY_STANCE_NOUNS] ? HSY_WORD_NOUN : 0);
}

/* Valid until the next call. */
static const struct hsy_stance_word *word_at(const hsy_stance_words *words, int32_t token) {
  hsy_str text = hsy_doc_token(words->doc, token);
  uint64_t hash = hsy_hash(text);
  struct hsy_stance_word *word = &words->seen[hash % ROWS];
  if (word->hash != hash) {
    look_up(word, words->lists, text);
    word->hash = hash;
  }
  return word;
}

static const hsy_lexicon_entry *look_up_pair(const hsy_stance_words *words, const hsy_lexicon *lexicon, int32_t token) {
  if (token + 1 >= words->doc->tokens.len) return NULL;
  hsy_lemma_set first;
  hsy_lemma_candidates(&first, &words->lists->lemmas, hsy_doc_token(words->doc, token));
  hsy_str second = hsy_doc_token(words->doc, token + 1);
  for (int i = 0; i < first.count; i++) {
    char room[2 * HSY_LEMMA_ROOM];
    ptrdiff_t n = first.lemma[i].len;
    if (n + 1 + second.len > (ptrdiff_t)sizeof room) continue;
    for (ptrdiff_t j = 0; j < n; j++) room[j] = first.lemma[i].data[j];
    room[n++] = ' ';
    for (ptrdiff_t j = 0; j < second.len; j++) {
      char c = second.data[j];
      room[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    const hsy_lexicon_entry *found = hsy_lexicon_find(lexicon, (hsy_str){room, n});
    if (found) return found;
  }
  return NULL;
}

const hsy_lexicon_entry *hsy_stance_pair(const hsy_stance_words *words, hsy_stance_list list, int32_t token) {
  bool opens = word_at(words, token)->opens[list];
  return opens ? look_up_pair(words, &words->lists->words[list], token) : NULL;
}

const hsy_lexicon_entry *hsy_stance_single(const hsy_stance_words *words, hsy_stance_list list, int32_t token) {
  return word_at(words, token)->entry[list];
}

const hsy_lexicon_entry *hsy_stance_find(const hsy_stance_words *words, hsy_stance_list list, int32_t token) {
  const struct hsy_stance_word *word = word_at(words, token);
  const hsy_lexicon_entry *pair = word->opens[list] ? look_up_pair(words, &words->lists->words[list], token) : NULL;
  return pair ? pair : word->entry[list];
}

hsy_frame_word hsy_stance_frame_word(const hsy_stance_words *words, int32_t token) {
  const hsy_lexicon_entry *denial = hsy_stance_find(words, HSY_STANCE_DENIALS, token);
  const struct hsy_stance_word *word = word_at(words, token);
  hsy_frame_word out = {.flags = word->flags, .token = token};
  for (int i = 0; i < HSY_FRAME_LEMMAS; i++) out.lemmas[i] = word->lemmas[i];
  if (denial && hsy_str_eq(hsy_lexicon_field(denial, 0), HSY_S("strong"))) out.flags |= HSY_WORD_FALSE;
  return out;
}
