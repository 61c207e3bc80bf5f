/* Text to the pieces of words that an uncased BERT reads.
 *
 * In. A model file's vocabulary: its pieces one behind the other ("vocabulary", bytes), where each begins
 * ("vocabulary.starts", s32 [1][V + 1]), and a table of id + 1 by FNV-1a (32 bits) of a piece's bytes, 0 where free,
 * open addressing, a power of two long ("vocabulary.slots", s32). Text, in UTF-8; other bytes are left out.
 * Out. Ids of pieces, with the bytes of the text they are of.
 * Owns. Nothing; borrows the file.
 * Fails when. The vocabulary is none, or lacks [UNK], [CLS], [SEP].
 * Method. BERT's: control characters are left out, characters decomposed, marks stripped, letters lowered;
 * punctuation and Chinese characters are words of their own; a word is cut into the longest pieces the vocabulary
 * has, from the left, behind the first with "##" before them. A word of more than 100 characters, or one that
 * cannot be cut so, is [UNK]. "[SEP]" in a text is three words, never the token of that name.
 */
#ifndef HSY_MODEL_WORDPIECE_H
#define HSY_MODEL_WORDPIECE_H

#include "base/error.h"
#include "base/str.h"
#include "model/tensors.h"

typedef struct hsy_wordpiece {
  const char *text;
  const int32_t *starts; /* [count + 1] */
  const int32_t *slots;  /* [mask + 1]: id + 1, or 0 */
  int count;
  uint32_t mask;
  int longest; /* bytes of the longest piece */
  int32_t unknown, cls, sep;
} hsy_wordpiece;

bool hsy_wordpiece_open(const hsy_tensors *tensors, hsy_wordpiece *wordpiece, hsy_error *err);

/* The pieces of one token, the first cap of them; how many there are in ids. At least one, so that each token has
 * a state: [UNK] for a token of nothing but what is left out. */
int hsy_wordpiece_word(const hsy_wordpiece *wordpiece, hsy_str token, int32_t *ids, int cap);

typedef struct hsy_piece {
  int32_t id;
  int32_t start, end; /* bytes of the text */
} hsy_piece;

typedef HSY_VEC(hsy_piece) hsy_pieces;

/* Appends the pieces of a text, without [CLS] and [SEP]. */
void hsy_wordpiece_text(const hsy_wordpiece *wordpiece, hsy_str text, hsy_pieces *pieces, hsy_arena *arena);

#endif
