/* Frames: patterns over the lemmas around a cue.
 *
 * In. A list of lines `frame<TAB>stance<TAB>presumes`, and a row of words.
 * Out. The first frame that fits, and which words it took in.
 * Owns. Compiled frames lie in the arena they were loaded into.
 * Fails when. A line holds no known stance, or too many parts.
 * Method: backtracking over at most HSY_FRAME_PARTS parts; lemmas are compared
 * by hash.
 */
#ifndef HSY_STANCE_FRAMES_H
#define HSY_STANCE_FRAMES_H

#include "base/lexicon.h"

enum { HSY_FRAME_PARTS = 8, HSY_FRAME_WORDS = 24, HSY_FRAME_LEMMAS = 4, HSY_FRAME_LONGEST = 256 };

/* What a word of the row can be besides its lemmas. */
enum {
  HSY_WORD_NOT = 1,     /* negates */
  HSY_WORD_FALSE = 2,   /* says that something is not so */
  HSY_WORD_NOUN = 4,    /* stands for what was said */
  HSY_WORD_CONTENT = 8, /* stands for the content, with the bits below */
  HSY_WORD_CUE = 16,
  HSY_CONTENT_ASKS = 32,
  HSY_CONTENT_TO = 64,
  HSY_CONTENT_FOR_TO = 128,
  HSY_CONTENT_FALSE = 256,
  HSY_CONTENT_NOT_TO = 512,
  HSY_CONTENT_ING = 1024,
  HSY_WORD_BREAK = 2048 /* a comma, "but": no gap goes over it */
};

typedef struct hsy_frame_word {
  uint64_t lemmas[HSY_FRAME_LEMMAS]; /* hashes, 0 behind the last */
  int flags;
  int32_t token; /* of the document, or NONE */
} hsy_frame_word;

typedef struct hsy_frame_part {
  int16_t first, count; /* alternatives: rows of `words` */
  int16_t flags;        /* a word with one of these fits as well */
  int16_t content;      /* with HSY_WORD_CONTENT: bits the content must have */
  bool gap, optional;
  uint64_t bits; /* of what fits: a word without any of them does not; all ones for a gap */
} hsy_frame_part;

typedef struct hsy_frame {
  hsy_frame_part parts[HSY_FRAME_PARTS];
  int count;
  const char *stance; /* static */
} hsy_frame;

typedef struct hsy_stance_frames {
  hsy_frame *frames;
  ptrdiff_t count;
  uint64_t *words;
  uint64_t *opens; // [count] bits of the words that a frame may begin with; all ones: any may
} hsy_stance_frames;

bool hsy_frames_load(hsy_stance_frames *frames, const char *resource, hsy_arena *arena, hsy_error *err);

/* Matches words[0 … count), HSY_FRAME_LONGEST at most: the first frame that takes in a word with
 * HSY_WORD_CUE or ends right before one (any, where cue is false). *first and *last get the words
 * that it took in. NULL where none fits. */
const hsy_frame *hsy_frames_match(const hsy_stance_frames *frames, const hsy_frame_word *words, int count, bool cue,
                                  int *first, int *last);

#endif
