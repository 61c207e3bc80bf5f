/* Ids, derived from content.
 *
 * In. A document whose metadata, text and layers stand.
 * Out. Ids that are the same in every store, whatever came in before: of the
 * document from its origin and its bytes, of an attribution from its document
 * and spans, of an entity from its document, kind and name.
 * Owns. Nothing; strings and arrays lie in the arena.
 * Fails when. The arena is full (the arena tells).
 */
#ifndef HSY_DOC_IDENTITY_H
#define HSY_DOC_IDENTITY_H

#include "doc/doc.h"

/* Where the article came from: its URL, else path and the input's own id. Two
 * versions of one article share it. */
hsy_str hsy_doc_origin(const hsy_doc *doc, hsy_arena *arena);
/* 16 hexadecimal digits. */
hsy_str hsy_doc_id(const hsy_doc *doc, hsy_arena *arena);
/* The path as people write it: "wire.jsonl#12" for the twelfth article of a file. */
hsy_str hsy_doc_place(const hsy_doc *doc, hsy_arena *arena);

/* "b" of "a/b.txt": what an article is called that brings no id of its own. */
hsy_str hsy_doc_path_stem(hsy_str path);

/* One id an attribution: the document's, a stop, ten digits more. */
hsy_str *hsy_doc_attribution_ids(const hsy_doc *doc, hsy_str doc_id, hsy_arena *arena); // [attributions]
/* One id an entity of the document: 16 hexadecimal digits. */
hsy_str *hsy_doc_entity_ids(const hsy_doc *doc, hsy_str doc_id, hsy_arena *arena); // [entities]

/* Of ids that are alike the second gets "-2" behind it, the third "-3", in their order. */
void hsy_ids_tell_apart(hsy_str *ids, ptrdiff_t count, hsy_arena *arena);

#endif
