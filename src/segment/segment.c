#include "segment/segment.h"

#include "segment/language.h"

bool hsy_segment_load(hsy_segment_lists *lists, hsy_arena *arena, hsy_error *err) {
  return hsy_lexicon_load(&lists->abbreviations, "lexicon/en/abbreviations.txt", arena, err) &&
         hsy_lexicon_load(&lists->openers, "lexicon/en/sentence_openers.txt", arena, err) &&
         hsy_lexicon_load(&lists->function_words, "lexicon/languages.txt", arena, err);
}

bool hsy_segment_reads(hsy_str language) {
  return hsy_str_starts_nocase(language, HSY_S("en")) || hsy_str_eq(language, HSY_S("und"));
}

static void add_paragraph(hsy_doc *doc, int32_t block, const hsy_segment_lists *lists) {
  const hsy_block *b = &doc->blocks.data[block];
  int32_t first = (int32_t)doc->tokens.len;
  hsy_segment_tokens(doc, (hsy_span){b->text.start + b->lead, b->text.end}, lists);
  if (doc->tokens.len == first) return;
  *hsy_push(&doc->paragraphs, doc->arena) = (hsy_paragraph){
      .first = first,
      .end = (int32_t)doc->tokens.len,
      .first_sentence = (int32_t)doc->sentences.len,
      .end_sentence = (int32_t)doc->sentences.len,
      .block = block,
  };
}

bool hsy_segment_tokenize(hsy_doc *doc, const hsy_segment_lists *lists, hsy_error *err) {
  if (doc->meta.language.len == 0)
    doc->meta.language = hsy_str_of(hsy_segment_language(doc->text, &lists->function_words));
  if (!hsy_segment_reads(doc->meta.language)) return true;
  for (int32_t i = 0; i < doc->blocks.len; i++)
    if (doc->blocks.data[i].tagged) add_paragraph(doc, i, lists);
  if (!hsy_arena_check(*doc->arena, "segment", err)) return false;
  hsy_segment_quotations(doc);
  for (int32_t i = 0; i < doc->paragraphs.len; i++) hsy_segment_sentences(doc, i, lists);
  return hsy_arena_check(*doc->arena, "segment", err);
}
