/* Article → language, paragraphs, sentences, tokens, quotation marks.
 *
 * In. doc->text and doc->blocks.
 * Out. doc->meta.language (where it was not given), doc->tokens, sentences,
 * paragraphs, quotations. Only blocks with `tagged` get tokens.
 * Owns. Everything lies in doc->arena.
 * Fails when. The arena is full.
 */
#ifndef HSY_SEGMENT_SEGMENT_H
#define HSY_SEGMENT_SEGMENT_H

#include "base/lexicon.h"
#include "doc/doc.h"

typedef struct hsy_segment_lists {
  hsy_lexicon abbreviations; /* data/lexicon/en/abbreviations.txt */
} hsy_segment_lists;

bool hsy_segment_load(hsy_segment_lists *lists, hsy_arena *arena, hsy_error *err);
bool hsy_segment_tokenize(hsy_doc *doc, const hsy_segment_lists *lists, hsy_error *err);

#endif
