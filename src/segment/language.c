#include "segment/language.h"

#include <string.h>

#include "base/utf8.h"

enum { LOOK_AT = 8 << 10, LONGEST_WORD = 12 };

static const char *const CODES[] = {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "pl", "cs",
                                    "tr", "id", "vi", "fi", "hu", "ro", "et", "hr", "ca", "xh", "af", "sw"};
enum { CODE_COUNT = sizeof CODES / sizeof *CODES };

/* Letters outside Latin, and the language that they speak for most often. */
static const struct {
  int32_t first, last;
  const char *code;
} SCRIPTS[] = {
    {0x0370, 0x03FF, "el"}, {0x0400, 0x052F, "ru"}, {0x0530, 0x058F, "hy"}, {0x0590, 0x05FF, "he"},
    {0x0600, 0x06FF, "ar"}, {0x0900, 0x097F, "hi"}, {0x0980, 0x09FF, "bn"}, {0x0B80, 0x0BFF, "ta"},
    {0x0E00, 0x0E7F, "th"}, {0x10A0, 0x10FF, "ka"}, {0x1100, 0x11FF, "ko"}, {0x3040, 0x30FF, "ja"},
    {0x4E00, 0x9FFF, "zh"}, {0xAC00, 0xD7AF, "ko"},
};
enum { SCRIPT_COUNT = sizeof SCRIPTS / sizeof *SCRIPTS };

typedef struct tally {
  int words, votes[CODE_COUNT];
  int letters, script[SCRIPT_COUNT];
} tally;

static void vote(tally *t, const hsy_lexicon_entry *entry) {
  if (!entry) return;
  hsy_str codes = entry->fields;
  while (codes.len > 0) {
    hsy_str code = hsy_str_cut(codes, ' ', &codes);
    int i = 0;
    while (i < CODE_COUNT && !(code.len == 2 && memcmp(code.data, CODES[i], 2) == 0)) i++;
    if (i < CODE_COUNT) t->votes[i]++;
  }
}

static void count_letter(tally *t, int32_t point) {
  t->letters++;
  if (point < 0x370) return;
  for (int i = 0; i < SCRIPT_COUNT; i++) {
    if (point < SCRIPTS[i].first || point > SCRIPTS[i].last) continue;
    t->script[i]++;
    return;
  }
}

static void count_words(tally *t, hsy_str text, const hsy_lexicon *function_words) {
  char word[LONGEST_WORD + 4];
  int len = 0;
  for (ptrdiff_t i = 0; i <= text.len;) {
    bool end = i == text.len;
    int32_t point = end ? ' ' : hsy_utf8_next(text, &i);
    if (hsy_is_letter(point)) {
      count_letter(t, point);
      int32_t low = hsy_to_lower(point);
      if (len > LONGEST_WORD) continue;
      if (low < 0x80)
        word[len++] = (char)low;
      else
        len += hsy_utf8_put(low, word + len);
      continue;
    }
    if (len) {
      t->words++;
      if (len <= LONGEST_WORD) vote(t, hsy_lexicon_find(function_words, (hsy_str){word, len}));
    }
    len = 0;
    if (end) break;
  }
}

/* The Cyrillic and Arabic scripts serve several languages; a letter that only
 * one of them has settles which. */
static const char *within_script(const char *code, hsy_str text) {
  static const struct {
    const char *script, *letter, *code;
  } MARKS[] = {{"ru", "і", "uk"}, {"ar", "پ", "fa"}, {"zh", "の", "ja"}};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    if (strcmp(code, MARKS[i].script) == 0 && hsy_str_find(text, hsy_str_of(MARKS[i].letter)) >= 0)
      return MARKS[i].code;
  return code;
}

const char *hsy_segment_language(hsy_str text, const hsy_lexicon *function_words) {
  text = hsy_str_slice(text, 0, LOOK_AT);
  tally t = {0};
  count_words(&t, text, function_words);
  for (int i = 0; i < SCRIPT_COUNT; i++)
    if (3 * t.script[i] > t.letters) return within_script(SCRIPTS[i].code, text);
  int best = 0;
  for (int i = 1; i < CODE_COUNT; i++)
    if (t.votes[i] > t.votes[best]) best = i;
  /* A headline has few function words; a long text without any is no prose. */
  if (t.votes[best] == 0 || (t.words > 40 && 20 * t.votes[best] < t.words)) return "und";
  return CODES[best];
}
