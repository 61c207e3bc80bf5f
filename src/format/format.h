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

/* Where a record goes: true for mark-up (clean/ reads it), false for
 * hsy_format_read_text, or where memory ran out and *err is set. */
bool hsy_format_is_markup(const hsy_record *record, const hsy_format_options *options, hsy_error *err);

/* What every article has of its record: source_id, path, url, sha256, format.
 * Both readers call it first. */
void hsy_format_begin(const hsy_record *record, hsy_doc *doc);
/* The day that the caller gave, where the article gives none. Called last. */
void hsy_format_end(const hsy_format_options *options, hsy_doc *doc);

/* Origins (the offset map) are bytes of the record; record->offset is where
 * that begins in its file.
 *
 * Plain text, JSON lines and the like: all but mark-up. A JSON line's text is
 * its text field, unchanged; its title goes to the metadata, and is a block
 * only where the text begins with it. */
bool hsy_format_read_text(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                          hsy_error *err);

#endif
