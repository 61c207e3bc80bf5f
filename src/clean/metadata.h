/* What a page says of its article: headline, people, outlet, dates, language.
 *
 * In. A page and its chunks.
 * Out. doc->meta and doc->findings, where each field was found; and what the
 * main text needs of the page's own data.
 * Owns. Fields lie in doc->arena, the rest in the arena.
 * Fails when. A word list is not there, or memory runs out. A field that is not
 * found is empty.
 */
#ifndef HSY_CLEAN_METADATA_H
#define HSY_CLEAN_METADATA_H

#include "clean/chunks.h"
#include "doc/doc.h"

typedef struct hsy_metadata {
  hsy_str body;           /* articleBody of the page's data */
  hsy_str_vec paragraphs; /* of that body */
  hsy_str description;    /* as the page's data give it */
  int32_t headline_node;  /* the element that shows just the headline, or HSY_NONE */
  int32_t headline_at;    /* where the headline stands, worded like it or not, or HSY_NONE */
} hsy_metadata;

bool hsy_metadata_read(const hsy_page *page, const hsy_chunks *chunks, hsy_doc *doc, hsy_metadata *out,
                       hsy_arena *arena, hsy_error *err);

#endif
