/* Article → language, paragraphs, sentences, tokens, quotation marks.
 *
 * In. doc->text and doc->blocks.
 * Out. doc->meta.language (where it was not given), doc->tokens, sentences,
 * paragraphs, quotations. Only blocks with `tagged` get tokens, and only in an
 * article in English or one too short to tell.
 * Owns. Everything lies in doc->arena.
 * Fails when. The arena is full.
 */
#ifndef HSY_SEGMENT_SEGMENT_H
#define HSY_SEGMENT_SEGMENT_H

#include "base/lexicon.h"
#include "doc/doc.h"

typedef struct hsy_segment_lists {
  hsy_lexicon abbreviations;  /* data/lexicon/en/abbreviations.txt */
  hsy_lexicon openers;        /* data/lexicon/en/sentence_openers.txt */
  hsy_lexicon function_words; /* data/lexicon/languages.txt */
} hsy_segment_lists;

bool hsy_segment_load(hsy_segment_lists *lists, hsy_arena *arena, hsy_error *err);

/* All of it, in the order of the parts below. */
bool hsy_segment_tokenize(hsy_doc *doc, const hsy_segment_lists *lists, hsy_error *err);

/* The parts: tokens of one block; sentences of one paragraph; the quotation
 * marks of the whole document (they pair across paragraphs). */
void hsy_segment_tokens(hsy_doc *doc, hsy_span text, const hsy_segment_lists *lists);
void hsy_segment_sentences(hsy_doc *doc, int32_t paragraph, const hsy_segment_lists *lists);
void hsy_segment_quotations(hsy_doc *doc);

/* true of languages whose articles are taken apart; of others none of this is done. */
bool hsy_segment_reads(hsy_str language);

#endif
