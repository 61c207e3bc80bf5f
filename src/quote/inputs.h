/* What the deep reader is told of each token beside the pieces of its word.
 *
 * In. Tokens, quotations, blocks.
 * Out. One hsy_quote_input a token: the base model is uncased and its words are
 * cut, so letters and quotation marks are told by small embeddings of their own.
 * Owns. Nothing; the caller gives room for doc->tokens.len rows.
 */
#ifndef HSY_QUOTE_INPUTS_H
#define HSY_QUOTE_INPUTS_H

#include "doc/doc.h"

enum { HSY_QUOTE_LETTERS = 5, HSY_QUOTE_STATES = 6 };

typedef struct hsy_quote_input {
  uint8_t letters; /* 0 lower case, 1 a capital, 2 all capitals, 3 a number, 4 a mark */
  uint8_t state;   /* 0 unquoted, 1 in a long quotation, 2 in a short one; 3 more in a headline */
} hsy_quote_input;

void hsy_quote_inputs(const hsy_doc *doc, hsy_quote_input *inputs);

#endif
