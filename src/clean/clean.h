/* A page into an article: headline, a blank line, the main text.
 *
 * In. A record that hsy_format_is_markup sends here.
 * Out. doc->text, blocks, origins (bytes of the record), meta, findings.
 * Owns. Everything lies in doc->arena.
 * Fails when. The page cannot be decoded or holds no article (HSY_BAD_INPUT),
 * or is past a limit (HSY_LIMIT).
 */
#ifndef HSY_CLEAN_CLEAN_H
#define HSY_CLEAN_CLEAN_H

#include "doc/doc.h"
#include "format/format.h"

bool hsy_clean_read_html(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                         hsy_error *err);

#endif
