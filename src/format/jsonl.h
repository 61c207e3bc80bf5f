/* One line of JSON into an article.
 *
 * In. A record that is an object (a JSON line, a row of a table, an entry of a feed). Which of its fields are read
 * stands in the table of jsonl.c, and in options->fields ("text=body,id=uid").
 * Out. doc->text is the text field, unchanged; metadata from the others.
 * Owns. Everything lies in doc->arena.
 * Fails when. The line is no JSON object or has no text.
 */
#ifndef HSY_FORMAT_JSONL_H
#define HSY_FORMAT_JSONL_H

#include "format/fields.h"
#include "format/format.h"

bool hsy_jsonl_read(const hsy_record *record, const hsy_format_options *options, hsy_doc *doc, hsy_arena scratch,
                    hsy_error *err);

/* The object's other fields into doc->meta. */
bool hsy_jsonl_meta(hsy_doc *doc, const json_t *object, const hsy_fields *fields, hsy_arena scratch, hsy_error *err);

#endif
