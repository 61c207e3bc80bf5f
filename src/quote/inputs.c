#include "quote/inputs.h"

#include "quote/view.h"

static uint8_t letters_of(const hsy_token *t) {
  if (t->kind == HSY_TOKEN_NUMBER) return 3;
  if (t->kind != HSY_TOKEN_WORD) return 4;
  if (t->flags & HSY_TOKEN_ALL_CAPS) return 2;
  return t->flags & HSY_TOKEN_CAPITAL ? 1 : 0;
}

static uint8_t marks_of(const hsy_doc *doc, int32_t token) {
  int state = hsy_quote_state_of(doc, token);
  return state == HSY_UNQUOTED ? 0 : state <= HSY_LONG_CLOSE ? 1 : 2;
}

void hsy_quote_inputs(const hsy_doc *doc, hsy_quote_input *inputs) {
  for (int32_t p = 0; p < doc->paragraphs.len; p++) {
    const hsy_paragraph *row = &doc->paragraphs.data[p];
    uint8_t headline = doc->blocks.data[row->block].kind == HSY_BLOCK_HEADLINE ? 3 : 0;
    for (int32_t t = row->first; t < row->end; t++)
      inputs[t] = (hsy_quote_input){letters_of(&doc->tokens.data[t]), (uint8_t)(marks_of(doc, t) + headline)};
  }
}
