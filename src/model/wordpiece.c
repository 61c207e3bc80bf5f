#include "model/wordpiece.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum {
  MOST_POINTS = 100, /* of a word that is cut into pieces */
  MOST_BYTES = 4 * MOST_POINTS,
  MOST_DECOMPOSED = 16
};

#define FNV_START 2166136261u

static uint32_t fnv(uint32_t hash, hsy_str s) {
  for (ptrdiff_t i = 0; i < s.len; i++) hash = (hash ^ (unsigned char)s.data[i]) * 16777619u;
  return hash;
}

/* ---- the vocabulary ---- */

static hsy_str piece_at(const hsy_wordpiece *w, int32_t id) {
  return (hsy_str){w->text + w->starts[id], w->starts[id + 1] - w->starts[id]};
}

/* The id of prefix and s together, whose hash that is; -1 where there is none. */
static int32_t find(const hsy_wordpiece *w, hsy_str prefix, hsy_str s, uint32_t hash) {
  for (uint32_t at = hash & w->mask; w->slots[at]; at = (at + 1) & w->mask) {
    hsy_str piece = piece_at(w, w->slots[at] - 1);
    if (piece.len == prefix.len + s.len && hsy_str_starts(piece, prefix) &&
        memcmp(piece.data + prefix.len, s.data, (size_t)s.len) == 0)
      return w->slots[at] - 1;
  }
  return -1;
}

static int32_t find_whole(const hsy_wordpiece *w, hsy_str s) { return find(w, HSY_S(""), s, fnv(FNV_START, s)); }

/* The numbers lead nowhere outside the text and the table, and a search of the table ends. */
static bool sound(hsy_wordpiece *w, ptrdiff_t bytes, ptrdiff_t slots) {
  if (w->starts[0] != 0 || w->starts[w->count] != bytes || (slots & (slots - 1)) || slots <= w->count) return false;
  for (int i = 0; i < w->count; i++) {
    int length = w->starts[i + 1] - w->starts[i];
    if (w->starts[i] < 0 || w->starts[i + 1] > bytes || length < 0) return false;
    if (length > w->longest) w->longest = length;
  }
  ptrdiff_t taken = 0;
  for (ptrdiff_t i = 0; i < slots; i++) {
    if (w->slots[i] < 0 || w->slots[i] > w->count) return false;
    taken += w->slots[i] != 0;
  }
  return taken < slots;
}

bool hsy_wordpiece_open(const hsy_tensors *tensors, hsy_wordpiece *w, hsy_error *err) {
  const hsy_tensor *text = hsy_tensors_find(tensors, HSY_S("vocabulary")),
                   *starts = hsy_tensors_find(tensors, HSY_S("vocabulary.starts")),
                   *slots = hsy_tensors_find(tensors, HSY_S("vocabulary.slots"));
  *w = (hsy_wordpiece){0};
  if (text && text->kind == HSY_TENSOR_BYTES && starts && starts->kind == HSY_TENSOR_S32 && starts->columns > 1 &&
      slots && slots->kind == HSY_TENSOR_S32) {
    *w = (hsy_wordpiece){.text = text->data,
                         .starts = starts->data,
                         .slots = slots->data,
                         .count = starts->columns - 1,
                         .mask = (uint32_t)slots->columns - 1};
    if (sound(w, text->columns, slots->columns)) {
      w->unknown = find_whole(w, HSY_S("[UNK]"));
      w->cls = find_whole(w, HSY_S("[CLS]"));
      w->sep = find_whole(w, HSY_S("[SEP]"));
      if (w->unknown >= 0 && w->cls >= 0 && w->sep >= 0) return true;
    }
  }
  return hsy_fail(err, HSY_BAD_INPUT, "model", -1, "the model's vocabulary is none");
}

/* ---- words ---- */

typedef enum role { LEFT_OUT, BLANK, ALONE, PART } role;

/* A word in the vocabulary's spelling. */
typedef struct spelling {
  char bytes[MOST_BYTES];
  int len, points;                              /* points may be more than there is room for */
  int32_t start[MOST_POINTS], end[MOST_POINTS]; /* of each point: its bytes of the text */
  int16_t close[MOST_POINTS];                   /* of each point: where it ends in bytes */
  int32_t first, last;                          /* the word's bytes of the text */
} spelling;

static bool is_chinese(int32_t c) {
  static const int32_t RANGES[][2] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x2A6DF},
                                      {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};
  for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++)
    if (c >= RANGES[i][0] && c <= RANGES[i][1]) return true;
  return false;
}

static role role_of_ascii(int32_t c) {
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return BLANK;
  if (c < ' ' || c == 0x7F) return LEFT_OUT;
  return hsy_is_letter(c) || hsy_is_digit(c) ? PART : ALONE;
}

static role role_of_wide(int32_t c) {
  utf8proc_category_t category = utf8proc_category(c);
  if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP)
    return BLANK;
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO ? ALONE : PART;
}

/* Control characters, formats, surrogates and private characters; U+FFFD stands for bytes that are no text. */
static bool is_left_out(int32_t c) {
  utf8proc_category_t category = utf8proc_category(c);
  return c == 0xFFFD || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_CS || category == UTF8PROC_CATEGORY_CO;
}

/* What becomes of a character: the points it is spelt with, how many, and whether they stand alone. */
static role spell(int32_t c, int32_t points[MOST_DECOMPOSED], int *count) {
  *count = 1;
  if (c < 0x80) {
    points[0] = hsy_to_lower(c);
    return role_of_ascii(c);
  }
  if (is_left_out(c)) return LEFT_OUT;
  int boundary = 0, kept = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, points, MOST_DECOMPOSED, UTF8PROC_DECOMPOSE, &boundary);
  for (int i = 0; i < n && i < MOST_DECOMPOSED; i++)
    if (utf8proc_category(points[i]) != UTF8PROC_CATEGORY_MN) points[kept++] = hsy_to_lower(points[i]);
  *count = kept;
  if (kept == 0) return LEFT_OUT;
  if (is_chinese(c)) return ALONE;
  return points[0] < 0x80 ? role_of_ascii(points[0]) : role_of_wide(points[0]);
}

static void append(spelling *w, int32_t point, ptrdiff_t start, ptrdiff_t end) {
  if (w->points == 0) w->first = (int32_t)start;
  w->last = (int32_t)end;
  if (w->points < MOST_POINTS) {
    char bytes[4];
    int n = hsy_utf8_put(point, bytes);
    memcpy(w->bytes + w->len, bytes, (size_t)n);
    w->len += n;
    w->start[w->points] = (int32_t)start;
    w->end[w->points] = (int32_t)end;
    w->close[w->points] = (int16_t)w->len;
  }
  w->points++;
}

/* The next word from byte *at on, which moves behind it. */
static bool next_word(hsy_str text, ptrdiff_t *at, spelling *w) {
  w->len = w->points = 0;
  while (*at < text.len) {
    int32_t points[MOST_DECOMPOSED];
    int count;
    ptrdiff_t next = *at;
    role here = spell(hsy_utf8_next(text, &next), points, &count);
    if (w->points > 0 && (here == BLANK || here == ALONE)) return true;
    if (here == PART || here == ALONE)
      for (int i = 0; i < count; i++) append(w, points[i], *at, next);
    *at = next;
    if (here == ALONE) return true;
  }
  return w->points > 0;
}

/* The longest piece of the word from point `from` on: its id, and the point behind it; -1 where there is none. */
static int32_t longest_piece(const hsy_wordpiece *w, const spelling *word, int from, int *behind) {
  hsy_str prefix = from > 0 ? HSY_S("##") : HSY_S("");
  int begin = from > 0 ? word->close[from - 1] : 0, to = from;
  uint32_t hashes[MOST_POINTS], hash = fnv(FNV_START, prefix);
  for (int at = begin; to < word->points && word->close[to] - begin <= w->longest; at = word->close[to++])
    hashes[to] = hash = fnv(hash, (hsy_str){word->bytes + at, word->close[to] - at});
  for (; to > from; to--) {
    int32_t id = find(w, prefix, (hsy_str){word->bytes + begin, word->close[to - 1] - begin}, hashes[to - 1]);
    *behind = to;
    if (id >= 0) return id;
  }
  return -1;
}

/* The word's pieces; how many. */
static int cut(const hsy_wordpiece *w, const spelling *word, hsy_piece pieces[MOST_POINTS]) {
  int count = 0;
  bool whole = word->points <= MOST_POINTS;
  for (int from = 0, behind = 0; whole && from < word->points; from = behind) {
    int32_t id = longest_piece(w, word, from, &behind);
    whole = id >= 0;
    if (whole) pieces[count++] = (hsy_piece){id, word->start[from], word->end[behind - 1]};
  }
  if (whole) return count;
  pieces[0] = (hsy_piece){w->unknown, word->first, word->last};
  return 1;
}

int hsy_wordpiece_word(const hsy_wordpiece *w, hsy_str token, int32_t *ids, int cap) {
  spelling word;
  hsy_piece pieces[MOST_POINTS];
  int count = 0;
  for (ptrdiff_t at = 0; count < cap && next_word(token, &at, &word);)
    for (int i = 0, n = cut(w, &word, pieces); i < n && count < cap; i++) ids[count++] = pieces[i].id;
  if (count == 0 && cap > 0) ids[count++] = w->unknown;
  return count;
}

void hsy_wordpiece_text(const hsy_wordpiece *w, hsy_str text, hsy_pieces *list, hsy_arena *arena) {
  spelling word;
  hsy_piece pieces[MOST_POINTS];
  for (ptrdiff_t at = 0; next_word(text, &at, &word);)
    for (int i = 0, n = cut(w, &word, pieces); i < n; i++) *hsy_push(list, arena) = pieces[i];
}
