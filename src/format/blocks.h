/* Blocks: what each line of a plain text is.
 *
 * In. A document whose text is set, and whether header lines may stand on top.
 * Out. doc->blocks over all of the text but the blanks between them; metadata
 * that header lines, the dateline and the byline give.
 * Owns. Everything lies in doc->arena.
 * Fails when. A word list is not there, or memory runs out.
 *
 * A line is a block; text wrapped at a fixed width is joined to paragraphs
 * first. Only paragraphs and the headline are tagged.
 */
#ifndef HSY_FORMAT_BLOCKS_H
#define HSY_FORMAT_BLOCKS_H

#include "doc/doc.h"
#include "format/lists.h"

typedef struct hsy_block_options {
  bool headers;                  /* `Title: …` lines may stand on top */
  hsy_str title;                 /* known from elsewhere; may be empty */
  const hsy_format_lists *lists; /* NULL: loaded for this text alone */
} hsy_block_options;

bool hsy_blocks_mark(hsy_doc *doc, hsy_block_options options, hsy_arena scratch, hsy_error *err);

#endif
