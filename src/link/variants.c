#include "link/variants.h"

#include <string.h>

#include "base/utf8.h"
#include "reuse/words.h"

enum {
  BREAK = '\n', /* in the working copy: words may be missing here */
  ELLIPSIS = 3, /* bytes */
  LEAST_SHARED = 3
};

/* ---- what is quoted ---- */

typedef enum mark { NO_MARK, OPENS, CLOSES, EITHER } mark;

static mark mark_of(int32_t point) {
  static const struct {
    int32_t point;
    mark mark;
  } MARKS[] = {{'"', EITHER}, {0x201C, OPENS}, {0x201D, CLOSES}, {0xAB, OPENS}, {0xBB, CLOSES}};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    if (MARKS[i].point == point) return MARKS[i].mark;
  return NO_MARK;
}

/* What stands outside of quotation marks becomes a break, byte for byte. */
static void break_outside(hsy_str text, char *copy) {
  bool inside = false;
  for (ptrdiff_t at = 0; at < text.len;) {
    ptrdiff_t start = at;
    int32_t point = hsy_utf8_next(text, &at);
    mark here = mark_of(point);
    bool opens = here == OPENS || (here == EITHER && !inside);
    if (opens || here == CLOSES || here == EITHER || point == '\n') inside = opens;
    if (!inside || here != NO_MARK) memset(copy + start, BREAK, (size_t)(at - start));
  }
}

static bool is_word_at(int32_t point) { return hsy_is_letter(point) || hsy_is_digit(point); }

/* A break with the marks around it becomes an ellipsis, where there is room. */
static ptrdiff_t close_break(char *copy, ptrdiff_t len, ptrdiff_t at) {
  hsy_str text = {copy, len};
  ptrdiff_t start = at, end = at;
  for (ptrdiff_t before = start; start > 0; start = before)
    if (is_word_at(hsy_utf8_before(text, start, &before))) break;
  for (ptrdiff_t next = end; end < len; end = next)
    if (is_word_at(hsy_utf8_next(text, &next))) break;
  memset(copy + start, ' ', (size_t)(end - start));
  if (start > 0 && end < len && end - start >= ELLIPSIS) memset(copy + start, '.', ELLIPSIS);
  return end;
}

/* The quoted words in their places, all else blank. */
static hsy_str quoted_of(const hsy_wording *wording, hsy_arena *arena) {
  char *copy = hsy_new(arena, char, wording->text.len + 1);
  if (!copy || wording->kind == HSY_INDIRECT || wording->text.len == 0) return (hsy_str){0};
  memcpy(copy, wording->text.data, (size_t)wording->text.len);
  if (wording->kind == HSY_MIXED) break_outside(wording->text, copy);
  for (ptrdiff_t at = 0; at < wording->text.len;)
    at = copy[at] == BREAK ? close_break(copy, wording->text.len, at) : at + 1;
  return (hsy_str){copy, wording->text.len};
}

/* ---- comparing ---- */

typedef struct quoted {
  hsy_str text;
  ptrdiff_t words;
} quoted;

static int32_t most_words(const quoted *all, int32_t count) {
  int32_t base = HSY_NONE, found = 0;
  for (int32_t i = 0; i < count; i++) {
    if (all[i].words == 0) continue;
    found++;
    if (base == HSY_NONE || all[i].words > all[base].words) base = i;
  }
  return found > 1 ? base : HSY_NONE;
}

/* Words of another part of the utterance share next to nothing. */
static bool of_one_part(const hsy_alignment *alignment, const quoted *other) {
  ptrdiff_t least = other->words < LEAST_SHARED ? other->words : LEAST_SHARED;
  return alignment->same >= least && alignment->same * 2 >= other->words;
}

static bool compare(const quoted *all, int32_t other, hsy_variants *out, hsy_arena *arena, hsy_arena scratch,
                    hsy_error *err) {
  hsy_alignment alignment;
  if (!hsy_align(all[out->base].text, all[other].text, &alignment, arena, scratch, err)) return false;
  if (!of_one_part(&alignment, &all[other])) return true;
  *hsy_push(&out->list, arena) = (hsy_variant){other, alignment.ops, alignment.differs, alignment.is_cut};
  out->differs = out->differs || alignment.differs;
  return true;
}

bool hsy_variants_find(const hsy_wording *wordings, int32_t count, hsy_variants *out, hsy_arena *arena,
                       hsy_arena scratch, hsy_error *err) {
  *out = (hsy_variants){.base = HSY_NONE};
  quoted *all = hsy_new(&scratch, quoted, count);
  for (int32_t i = 0; all && i < count; i++) {
    all[i].text = quoted_of(&wordings[i], &scratch);
    hsy_arena words = scratch;
    all[i].words = hsy_words_of(all[i].text, NULL, 0, NULL, 0, &words).len;
    if (!hsy_arena_check(words, "link", err)) return false;
  }
  if (!hsy_arena_check(scratch, "link", err)) return false;
  out->base = most_words(all, count);
  for (int32_t i = 0; out->base != HSY_NONE && i < count; i++)
    if (i != out->base && all[i].words && !compare(all, i, out, arena, scratch, err)) return false;
  return hsy_arena_check(*arena, "link", err);
}
