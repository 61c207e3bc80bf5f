/* What a statement means: a vector, and what two are to one another.
 *
 * In. Attributions of a document with speaker and stance; a model file
 * (model/tensors.h) as train/encoder writes it: an encoder, its vocabulary, the
 * tensors pair_in and pair_out, and center, the middle of all vectors.
 * Out. Of an attribution the pieces of its text, "BEFORE SPEAKER says: CONTENT",
 * where BEFORE is what stands before the content, from the sentence before its own
 * on; of pieces a vector, near where two are about one proposition, whatever their
 * sides; of two the chances of being one proposition on one side, on opposite
 * sides, or two, and of being reports of one utterance.
 * Owns. Nothing outside the arenas; the model is immutable and shared by threads.
 * Fails when. An arena is full; the file is damaged.
 * Method. A BERT over both texts at once (cross-encoder); u, v: means of the
 * states over each, c the state of [CLS]; a layer over u ∘ v, |u - v|, u + v, c. The vector: the mean of a
 * text by itself, of length one (Reimers and Gurevych 2019). All of it depends on
 * the pieces alone.
 */
#ifndef HSY_MEANING_MEANING_H
#define HSY_MEANING_MEANING_H

#include "doc/doc.h"

typedef struct hsy_meaning hsy_meaning;

/* How two statements stand to one another; the first three sum to one. */
typedef struct hsy_relation_chances {
  float same, opposite, neither;
  float utterance; /* reports of one utterance, were it by one speaker */
} hsy_relation_chances;

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

/* The chances of pairs [count] (a[i], b[i]); not the same when turned round: give the one with the lesser id first. */
bool hsy_meaning_relations(const hsy_meaning *meaning, const hsy_meaning_row *const *a, const hsy_meaning_row *const *b,
                           int count, hsy_relation_chances *chances, hsy_arena scratch, hsy_error *err);

#endif
