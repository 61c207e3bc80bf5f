/* What a statement means: a vector.
 *
 * In. Attributions of a document with speaker and stance; a model file
 * (model/tensors.h) as train/encoder writes it: an encoder, its vocabulary, and
 * center, the middle of all vectors.
 * Out. Of an attribution the pieces of its text, "BEFORE SPEAKER says: CONTENT",
 * where BEFORE is what stands before the content, from the sentence before its own
 * on; of pieces a vector, near where two are about one proposition, whatever their
 * sides, and its sketch.
 * Owns. Nothing outside the arenas; the model is immutable and shared by threads.
 * Fails when. An arena is full; the file is damaged.
 * Method. The mean of a BERT's states over a text by itself, of length one (Reimers
 * and Gurevych 2019). It depends on the pieces alone.
 */
#ifndef HSY_MEANING_MEANING_H
#define HSY_MEANING_MEANING_H

#include "doc/doc.h"

typedef struct hsy_meaning hsy_meaning;

/* From model_dir, or the built-in file where that is empty. NULL and *err on failure. */
const hsy_meaning *hsy_meaning_load(hsy_str model_dir, hsy_arena *arena, hsy_error *err);
/* Gives the file back; the rest goes with the arena. NULL: nothing. */
void hsy_meaning_free(const hsy_meaning *meaning);
/* Names the model's bytes: what was told by another is told anew. */
uint64_t hsy_meaning_version(const hsy_meaning *meaning);

/* Adds doc->meanings: the attributions of speech, each with its pieces and vector. */
bool hsy_meaning_tell(hsy_doc *doc, const hsy_meaning *meaning, hsy_arena scratch, hsy_error *err);
/* Words that somebody asks for, as a statement of nobody in particular. */
bool hsy_meaning_of_words(const hsy_meaning *meaning, hsy_str words, hsy_meaning_row *row, hsy_arena scratch,
                          hsy_error *err);

/* Cosine of two vectors. */
float hsy_meaning_cosine(const int8_t *a, const int8_t *b);

#endif
