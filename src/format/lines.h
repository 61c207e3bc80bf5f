/* Lines and paragraphs of a plain text.
 *
 * In. A document whose text is set.
 * Out. Its lines, without blanks at their ends, none empty; where the text was
 * broken at a fixed width, in columns of any width, the paragraphs instead.
 * Owns. What it adds lies in the arena.
 * Fails when. Memory runs out.
 *
 * Method: lines that follow one another at once, of about one width, and break
 * off inside sentences, were wrapped. A paragraph ends at an empty line, before
 * one that is indented more, and where a sentence ends well before the margin.
 */
#ifndef HSY_FORMAT_LINES_H
#define HSY_FORMAT_LINES_H

#include "doc/doc.h"
#include "format/decode.h"

/* From byte `from` on. */
void hsy_lines_split(hsy_str text, int32_t from, hsy_span_vec *lines, hsy_arena *arena);

/* Columns of a text that was wrapped, from line `first` on; 0 where it was not. */
ptrdiff_t hsy_lines_width(hsy_str text, const hsy_span_vec *lines, ptrdiff_t first,
                          bool (*apart)(void *user, hsy_str line), void *user);
/* Joins the wrapped lines from `first` on; `apart` says which lines stand alone whatever their width. */
void hsy_lines_join(hsy_str text, hsy_span_vec *lines, ptrdiff_t first, bool (*apart)(void *user, hsy_str line),
                    void *user, hsy_arena *arena);

/* The line behind starts right below this one. */
bool hsy_lines_touch(hsy_str text, hsy_span line, hsy_span next);
/* Columns of blanks before a line. */
int hsy_lines_indent(hsy_str text, hsy_span line);
/* Ends in a sentence's mark, closing quotation marks and brackets left aside. */
bool hsy_lines_end_sentence(hsy_str line);

/* Line ends inside the lines from `first` on, and the blanks around them, made one blank each, in the document's text
 * and its map; the lines' places are those of the new text. Blocks and names that lie before stay as they are. */
void hsy_lines_flatten(hsy_doc *doc, hsy_span_vec *lines, ptrdiff_t first);

/* Words that were divided at the ends of lines made whole, in *text and its map. */
void hsy_lines_mend_divided(hsy_decoded *decoded, hsy_arena *arena);

#endif
