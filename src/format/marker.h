/* What the files that mark a plain text's blocks share (blocks.c, top.c).
 *
 * In. A document whose text is set.
 * Out. Blocks, metadata, findings.
 * Owns. The marker borrows the document, the lists and the scratch.
 */
#ifndef HSY_FORMAT_MARKER_H
#define HSY_FORMAT_MARKER_H

#include "format/blocks.h"
#include "format/labels.h"

typedef struct hsy_marker {
  hsy_doc *doc;
  hsy_span_vec lines; /* without blanks at their ends; none is empty */
  const hsy_format_lists *lists;
  hsy_block_options options;
  hsy_dates dates; /* the lists', with the article's order of day and month */
  bool codes;      /* keys of two letters, as Factiva has them */
  bool headline;   /* one was found */
  hsy_arena *scratch;
} hsy_marker;

hsy_str hsy_marker_line(const hsy_marker *m, ptrdiff_t i);
hsy_block *hsy_marker_block(hsy_marker *m, hsy_span span, hsy_block_kind kind, const char *why);
void hsy_marker_found(hsy_marker *m, const char *field, const char *where);
void hsy_marker_published(hsy_marker *m, const hsy_date *date, const char *where);
/* A day in figures was read as they stand where nothing tells: so are all the article's. */
void hsy_marker_note_order(hsy_marker *m, hsy_str words);
void hsy_marker_byline(hsy_marker *m, hsy_str byline, const char *where);
/* A label's block, and what it says; other says: into fields that are empty. */
void hsy_marker_label(hsy_marker *m, ptrdiff_t line, const hsy_label_line *label);
/* The line as a headline, where it is one. */
bool hsy_marker_headline(hsy_marker *m, ptrdiff_t line);

/* What stands above the prose: header lines, headline, byline, the line with the
 * day. Returns the first line behind it. (top.c) */
ptrdiff_t hsy_top_read(hsy_marker *m);

#endif
