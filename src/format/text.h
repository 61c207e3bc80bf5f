/* Plain text into an article.
 *
 * In. A record's bytes.
 * Out. doc->text (decoded, otherwise unchanged), blocks, origins, metadata.
 * Owns. The text lies in doc->arena.
 * Fails when. The encoding cannot be told, the text is past the limit or has
 * no word in it.
 */
#ifndef HSY_FORMAT_TEXT_H
#define HSY_FORMAT_TEXT_H

#include "format/format.h"

bool hsy_text_read(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                   hsy_error *err);

/* The limit on an article's text that the options set: never 0. */
ptrdiff_t hsy_text_limit(const hsy_format_options *options);
/* false and HSY_LIMIT or HSY_BAD_INPUT where the text is too long or empty. */
bool hsy_text_check(hsy_str text, const hsy_format_options *options, hsy_error *err);

#endif
