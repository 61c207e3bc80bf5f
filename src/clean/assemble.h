/* The article's text, put together from a page, with the way back.
 *
 * In. A page and the chunks that were kept.
 * Out. doc->text, blocks, origins.
 * Owns. Everything lies in doc->arena.
 * Fails when. Memory runs out; the text is past the limit.
 */
#ifndef HSY_CLEAN_ASSEMBLE_H
#define HSY_CLEAN_ASSEMBLE_H

#include "clean/maintext.h"

/* headline: what stands first; headline_node its element, or HSY_NONE where it came from the page's data. */
/* The same of a page that a script draws: its paragraphs are the data's. */
bool hsy_assemble_body(const hsy_maintext *text, hsy_str headline, const hsy_str_vec *paragraphs, hsy_doc *doc,
                       hsy_error *err);
/* Blockquotes below a line that ends in a colon, and q elements, get the quotation marks that the page shows them by.
 */
bool hsy_assemble(const hsy_maintext *text, hsy_str headline, int32_t headline_node, hsy_doc *doc, hsy_error *err);

#endif
