/* A copy of a document that outlives the worker which made it.
 *
 * In. A document with its layers.
 * Out. The same in another arena, without tokens, sentences, paragraphs and
 * quotations: what the text tells again is not carried on. This is what a
 * store keeps of a document.
 * Owns. All copied; static texts are shared.
 * Fails when. The arena is full (the arena tells).
 */
#ifndef HSY_DOC_COPY_H
#define HSY_DOC_COPY_H

#include "doc/doc.h"

void hsy_doc_copy(const hsy_doc *from, hsy_doc *to, hsy_arena *arena);

#endif
