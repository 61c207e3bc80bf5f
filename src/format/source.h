/* Records: the pieces of input that hold one article each.
 *
 * In. A path or "-", or bytes at hand. What the bytes are is told by their content.
 * Out. One record after the other: a plain file is one, a file of JSON lines
 * one a line, a crawl one a response. Cutting is cheap and sequential; turning
 * a record into an article (format/format.h) is the work that threads share.
 * Owns. A source owns its file and buffers; a record owns its bytes until
 * hsy_record_free.
 * Fails when. The file cannot be opened or read (the source ends), or one
 * record is past a limit or malformed (the next call goes on behind it).
 */
#ifndef HSY_FORMAT_SOURCE_H
#define HSY_FORMAT_SOURCE_H

#include "base/error.h"
#include "base/str.h"
#include "format/limits.h"

typedef struct hsy_source hsy_source;

typedef struct hsy_format_options {
  ptrdiff_t max_text;                   /* bytes of one article's text */
  hsy_str published;                    /* for articles that give no day; may be empty */
  hsy_str title, outlet;                /* likewise */
  hsy_str fields;                       /* "text=body,id=uid" */
  const struct hsy_format_lists *lists; /* borrowed; NULL: each article loads its own */
  const hsy_limits *limits;             /* borrowed; NULL: the usual ones */
} hsy_format_options;

typedef struct hsy_record {
  char *bytes; /* owned, malloc */
  ptrdiff_t len;
  char *path;                 /* owned: the file as given, "-" for standard input */
  char *item;                 /* owned: which one inside the file ("12"), or NULL for a file that is one article */
  const char *format;         /* static: "text", "html", "jsonl", … */
  char *url, *charset, *date; /* owned, from the container (WARC headers), or NULL */
  int64_t offset;             /* byte of the record in the file, for messages */
} hsy_record;

typedef enum hsy_next { HSY_NEXT_RECORD, HSY_NEXT_PROBLEM, HSY_NEXT_NOTE, HSY_NEXT_END } hsy_next;

hsy_limits hsy_format_limits(const hsy_format_options *options);

hsy_source *hsy_source_open(const char *path, const hsy_format_options *options, hsy_error *err);
/* Bytes at hand (borrowed) as what a file of that name would hold. */
hsy_source *hsy_source_of(const char *path, hsy_str bytes, const hsy_format_options *options, hsy_error *err);
/* PROBLEM: *err says what was skipped, and record->path and ->item where; call
 * again. NOTE: *err says what was mended, nothing was skipped; call again. After END the source only has to be closed.
 */
hsy_next hsy_source_next(hsy_source *source, hsy_record *record, hsy_error *err);
/* Bytes of the file read so far, for progress. */
int64_t hsy_source_position(const hsy_source *source);
void hsy_source_close(hsy_source *source);

void hsy_record_free(hsy_record *record);

#endif
