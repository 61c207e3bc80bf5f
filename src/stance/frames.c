#include "stance/frames.h"

#include "base/hash.h"
#include "stance/stance.h"

typedef struct part_name {
  const char *name;
  int16_t flags, content;
} part_name;

static const part_name PART_NAMES[] = {
    {"NOT", HSY_WORD_NOT, 0},
    {"FALSE", HSY_WORD_FALSE, 0},
    {"NOUN", HSY_WORD_NOUN, 0},
    {"[]", HSY_WORD_CONTENT, 0},
    {"[wh]", HSY_WORD_CONTENT, HSY_CONTENT_ASKS},
    {"[to]", HSY_WORD_CONTENT, HSY_CONTENT_TO},
    {"[for]", HSY_WORD_CONTENT, HSY_CONTENT_FOR_TO},
    {"[false]", HSY_WORD_CONTENT, HSY_CONTENT_FALSE},
    {"[not-to]", HSY_WORD_CONTENT, HSY_CONTENT_NOT_TO},
    {"[ing]", HSY_WORD_CONTENT, HSY_CONTENT_ING},
};

typedef struct compiler {
  hsy_arena *arena;
  HSY_VEC(hsy_frame) frames;
  HSY_VEC(uint64_t) words;
} compiler;

static void compile_part(compiler *c, hsy_frame_part *part, hsy_str text) {
  if (hsy_str_eq(text, HSY_S("~"))) {
    part->gap = true;
    return;
  }
  for (size_t i = 0; i < sizeof PART_NAMES / sizeof *PART_NAMES; i++) {
    if (!hsy_str_eq(text, hsy_str_of(PART_NAMES[i].name))) continue;
    part->flags = PART_NAMES[i].flags;
    part->content = PART_NAMES[i].content;
    return;
  }
  if (hsy_str_ends(text, HSY_S("?"))) {
    part->optional = true;
    text.len--;
  }
  part->first = (int16_t)c->words.len;
  while (text.len > 0) {
    *hsy_push(&c->words, c->arena) = hsy_hash(hsy_str_cut(text, '|', &text));
    part->count++;
  }
}

static bool compile_line(compiler *c, const char *resource, hsy_str line, hsy_error *err) {
  hsy_str rest, pattern = hsy_str_cut(line, '\t', &rest);
  hsy_frame *frame = hsy_push(&c->frames, c->arena);
  frame->stance = hsy_stance_label(hsy_str_cut(rest, '\t', &rest));
  if (!frame->stance)
    return hsy_fail(err, HSY_BAD_INPUT, "stance", -1, "%s: no stance in \"%.*s\"", resource, HSY_FMT(line));
  while (pattern.len > 0) {
    if (frame->count == HSY_FRAME_PARTS)
      return hsy_fail(err, HSY_BAD_INPUT, "stance", -1, "%s: too long: \"%.*s\"", resource, HSY_FMT(line));
    compile_part(c, &frame->parts[frame->count++], hsy_str_cut(pattern, ' ', &pattern));
  }
  return true;
}

/* One bit of 60 for a lemma, and the four above for what a word is besides: a
 * word that lacks the bit lacks the lemma. */
enum { LEMMA_BITS = 60, KINDS = HSY_WORD_NOT | HSY_WORD_FALSE | HSY_WORD_NOUN | HSY_WORD_CONTENT };
static const uint64_t ANY = ~(uint64_t)0;

static uint64_t lemma_bit(uint64_t lemma) { return (uint64_t)1 << (lemma >> 32) % LEMMA_BITS; }

static uint64_t kind_bits(int flags) { return (uint64_t)(flags & KINDS) << LEMMA_BITS; }

static uint64_t part_bits(const hsy_frame_part *part, const uint64_t *words) {
  uint64_t bits = part->gap ? ANY : kind_bits(part->flags);
  for (int i = 0; i < part->count; i++) bits |= lemma_bit(words[part->first + i]);
  return bits;
}

static uint64_t word_bits(const hsy_frame_word *word) {
  uint64_t bits = kind_bits(word->flags);
  for (int i = 0; i < HSY_FRAME_LEMMAS && word->lemmas[i]; i++) bits |= lemma_bit(word->lemmas[i]);
  return bits;
}

/* Bits of the words that the frame may begin with. */
static uint64_t opening_bits(const hsy_frame *frame) { return frame->parts[0].optional ? ANY : frame->parts[0].bits; }

/* Whether each part that has to be there may be, of words with all these bits. */
static bool may_fit(const hsy_frame *frame, uint64_t all) {
  for (int i = 0; i < frame->count; i++)
    if (!(frame->parts[i].bits & all) && !frame->parts[i].optional && !frame->parts[i].gap) return false;
  return true;
}

bool hsy_frames_load(hsy_stance_frames *frames, const char *resource, hsy_arena *arena, hsy_error *err) {
  hsy_lexicon lines;
  if (!hsy_lexicon_load(&lines, resource, arena, err)) return false;
  compiler c = {.arena = arena};
  for (ptrdiff_t i = 0; i < lines.count; i++) {
    hsy_lexicon_entry *e = &lines.entries[i];
    hsy_str line = {e->word.data, e->fields.data + e->fields.len - e->word.data};
    if (!compile_line(&c, resource, line, err)) return false;
  }
  if (!hsy_arena_check(*arena, "stance", err)) return false;
  for (ptrdiff_t i = 0; i < c.frames.len; i++) {
    hsy_frame *frame = &c.frames.data[i];
    for (int k = 0; k < frame->count; k++) frame->parts[k].bits = part_bits(&frame->parts[k], c.words.data);
  }
  *frames = (hsy_stance_frames){c.frames.data, c.frames.len, c.words.data, hsy_new(arena, uint64_t, c.frames.len)};
  for (ptrdiff_t i = 0; frames->opens && i < c.frames.len; i++) frames->opens[i] = opening_bits(&c.frames.data[i]);
  return hsy_arena_check(*arena, "stance", err);
}

typedef struct matcher {
  const hsy_stance_frames *frames;
  const hsy_frame *frame;
  const hsy_frame_word *words;
  const uint64_t *bits; // [count]
  int count;
} matcher;

static bool fits(const matcher *m, const hsy_frame_part *part, const hsy_frame_word *word) {
  if (part->flags) return (word->flags & part->flags) && (word->flags & part->content) == part->content;
  for (int i = 0; i < part->count; i++)
    for (int j = 0; j < HSY_FRAME_LEMMAS && word->lemmas[j]; j++)
      if (word->lemmas[j] == m->frames->words[part->first + i]) return true;
  return false;
}

/* The word behind the last one taken in, or -1. */
static int match_from(const matcher *m, int part, int at) {
  if (part == m->frame->count) return at;
  const hsy_frame_part *p = &m->frame->parts[part];
  if (p->gap) {
    for (int skip = 0; skip <= 3 && at + skip <= m->count; skip++) {
      int end = match_from(m, part + 1, at + skip);
      if (end >= 0) return end;
      if (at + skip < m->count && (m->words[at + skip].flags & (HSY_WORD_CONTENT | HSY_WORD_BREAK))) break;
    }
    return -1;
  }
  if (at < m->count && (p->bits & m->bits[at]) && fits(m, p, &m->words[at])) {
    int end = match_from(m, part + 1, at + 1);
    if (end >= 0) return end;
  }
  return p->optional ? match_from(m, part + 1, at) : -1;
}

/* Whether the cue lies in [first, end), or right behind it: "declined to | say". */
static bool holds_cue(const hsy_frame_word *words, int count, int first, int end) {
  for (int i = first; i < end; i++)
    if (words[i].flags & HSY_WORD_CUE) return true;
  return end < count && (words[end].flags & HSY_WORD_CUE);
}

const hsy_frame *hsy_frames_match(const hsy_stance_frames *frames, const hsy_frame_word *words, int count, bool cue,
                                  int *first, int *last) {
  uint64_t bits[HSY_FRAME_LONGEST], all = 0;
  if (count > HSY_FRAME_LONGEST) count = HSY_FRAME_LONGEST;
  for (int i = 0; i < count; i++) all |= bits[i] = word_bits(&words[i]);
  for (ptrdiff_t f = 0; f < frames->count; f++) {
    uint64_t opens = frames->opens[f];
    if ((!(opens & all) && opens != ANY) || !may_fit(&frames->frames[f], all)) continue;
    matcher m = {frames, &frames->frames[f], words, bits, count};
    for (int at = 0; at < count; at++) {
      if (!(opens & bits[at]) && opens != ANY) continue;
      int end = match_from(&m, 0, at);
      if (end <= at || (cue && !holds_cue(words, count, at, end))) continue;
      *first = at;
      *last = end - 1;
      return m.frame;
    }
  }
  return NULL;
}
