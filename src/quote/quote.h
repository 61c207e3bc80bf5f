/* Quotation tagging: tokens → attributions.
 *
 * In. Tokens, sentences, paragraphs, quotation marks.
 * Out. doc->pieces and doc->attributions with source, cue and content, kind,
 * mode, parent, same_run and confidence; speakers, stance and dates are left
 * to later stages. Rows are in the order of their first character.
 * Owns. What it adds lies in doc->arena.
 * Fails when. The arena is full.
 * Method. Two passes of a linear-chain conditional random field (Lafferty,
 * McCallum and Pereira 2001) over tokens, the second seeing what the first
 * found (stacking, Cohen and Carvalho 2005); then a learned step that gives
 * each cue its content and source.
 */
#ifndef HSY_QUOTE_QUOTE_H
#define HSY_QUOTE_QUOTE_H

#include "doc/doc.h"
#include "quote/deep.h"

typedef struct hsy_quote_models hsy_quote_models;

/* Loads the models from model_dir, or the built-in ones where that is empty.
 * They lie in the arena. NULL and *err on failure. */
const hsy_quote_models *hsy_quote_load(hsy_str model_dir, hsy_arena *arena, hsy_error *err);
/* deep: reads by the encoder, NULL: by the linear tagger. */
bool hsy_quote_tag(hsy_doc *doc, const hsy_quote_models *models, const hsy_deep_models *deep, hsy_arena scratch,
                   hsy_error *err);

#endif
