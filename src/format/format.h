/* One record into one article: decoded, its main text taken, frozen.
 *
 * In. A record (format/source.h).
 * Out. doc->meta, text, blocks, origins, findings; later stages read those.
 * Owns. What it adds lies in doc->arena.
 * Fails when. The bytes are not text, their encoding cannot be told (the
 * offset is in the error), the text is past the limit, or there is none.
 *
 * HTML goes on to clean/ through pipeline/: parsing fills a page
 * (format/html.h), clean/ turns it into the article.
 */
#ifndef HSY_FORMAT_FORMAT_H
#define HSY_FORMAT_FORMAT_H

#include "doc/doc.h"
#include "format/source.h"

/* Plain text, JSON lines and the like: all but mark-up. */
bool hsy_format_read_text(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc,
                          hsy_arena scratch, hsy_error *err);

#endif
