/* Quotation tagging by an encoder: tokens → attributions.
 *
 * In. Tokens, sentences, paragraphs, quotation marks.
 * Out. Rows as quote.h says; reports inside a content have it for their parent.
 * Owns. Rows lie in doc->arena; the models are immutable and shared by threads.
 * Fails when. An arena is full, or the model file is damaged (load).
 * Method. A fine-tuned BERT (Devlin et al. 2019) reads windows of paragraphs; two
 * linear chains over its states tag reports and the reports inside them; spans
 * are tied by pairs (quote/heads.h). docs/models.md tells what it was trained on.
 */
#ifndef HSY_QUOTE_DEEP_H
#define HSY_QUOTE_DEEP_H

#include "doc/doc.h"

typedef struct hsy_deep_models hsy_deep_models;

/* From model_dir, or the built-in file where that is empty. */
const hsy_deep_models *hsy_deep_load(hsy_str model_dir, hsy_arena *arena, hsy_error *err);
/* Gives the file back; the rest goes with the arena. NULL: nothing. */
void hsy_deep_free(const hsy_deep_models *models);
bool hsy_deep_find(hsy_doc *doc, const hsy_deep_models *models, hsy_arena scratch, hsy_error *err);

#endif
