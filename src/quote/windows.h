/* An article cut into sequences for an encoder.
 *
 * In. Tokens, sentences, paragraphs; a vocabulary.
 * Out. Pieces of each token; stretches: what is read together, a paragraph or,
 * of a long one, some sentences with words around them for context.
 * Owns. All lies in the arena that is given.
 * Fails when. The arena is full. Nothing is too long: a word gives at most six
 * pieces, a paragraph without a full stop is cut where it must be.
 */
#ifndef HSY_QUOTE_WINDOWS_H
#define HSY_QUOTE_WINDOWS_H

#include "doc/doc.h"
#include "model/wordpiece.h"

enum {
  HSY_TOKEN_PIECES = 6,    /* of one token at most */
  HSY_WINDOW_PIECES = 254, /* of a sequence, as in training */
  HSY_WINDOW_STRETCHES = 6 /* paragraphs of a sequence */
};

typedef struct hsy_pieces_of {
  int32_t *ids;    // [starts[tokens]]
  int32_t *starts; // [tokens + 1]: of token t's pieces
} hsy_pieces_of;

typedef struct hsy_stretch {
  int32_t first, end; /* tokens that are told of */
  int32_t from, to;   /* tokens that are shown: those, and context */
} hsy_stretch;

typedef HSY_VEC(hsy_stretch) hsy_stretch_vec;

bool hsy_windows_cut(const hsy_doc *doc, const hsy_wordpiece *wordpiece, hsy_pieces_of *pieces, hsy_arena *arena);
void hsy_windows_plan(const hsy_doc *doc, const hsy_pieces_of *pieces, hsy_stretch_vec *stretches, hsy_arena *arena);

#endif
