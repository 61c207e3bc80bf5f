/* Cutters: what takes one kind of container apart into records.
 *
 * In. A stream of the container's bytes.
 * Out. One record after the other, or a problem, or the end.
 * Owns. What its state holds; the stream stays the source's.
 *
 * A cutter fills format, bytes and what the container says of the record; path
 * and the outer part of the item are the source's.
 */
#ifndef HSY_FORMAT_CUTTER_H
#define HSY_FORMAT_CUTTER_H

#include "format/fields.h"
#include "format/source.h"
#include "format/stream.h"

typedef struct hsy_cutter hsy_cutter;

typedef struct hsy_cut_options {
  ptrdiff_t limit; /* bytes of one record */
  hsy_str fields;  /* as in hsy_format_options; borrowed */
  hsy_limits limits;
  char encoding[40]; /* of rows and lines; empty: UTF-8 */
} hsy_cut_options;

struct hsy_cutter {
  hsy_next (*next)(hsy_cutter *cutter, hsy_stream *in, hsy_record *record, hsy_error *err);
  void (*release)(hsy_cutter *cutter);
  hsy_cut_options options;
};

/* Each returns NULL, with *err, where memory runs out. */
hsy_cutter *hsy_warc_cutter(hsy_cut_options options, hsy_error *err);
hsy_cutter *hsy_csv_cutter(hsy_cut_options options, hsy_error *err);
hsy_cutter *hsy_json_cutter(hsy_cut_options options, hsy_error *err);   /* one value over several lines */
hsy_cutter *hsy_xml_cutter(hsy_cut_options options, hsy_error *err);    /* feeds, NITF, NewsML-G2 */
hsy_cutter *hsy_export_cutter(hsy_cut_options options, hsy_error *err); /* LexisNexis, Factiva, ProQuest */
hsy_cutter *hsy_mhtml_cutter(hsy_cut_options options, hsy_error *err);
hsy_cutter *hsy_mail_cutter(hsy_cut_options options, hsy_error *err);
hsy_cutter *hsy_captions_cutter(hsy_cut_options options, hsy_error *err);
hsy_cutter *hsy_pdf_cutter(hsy_cut_options options, hsy_error *err); /* by pdftotext */
hsy_cutter *hsy_office_cutter(hsy_cut_options options, hsy_error *err);

/* true where the first line of a text names columns, one of them the text's. */
bool hsy_csv_is_table(hsy_str head, hsy_str fields);

/* true of the first lines of a mail or a mailbox. */
bool hsy_mail_is_one(hsy_str head);

/* true where a text's first lines have marks of an archive's export. */
bool hsy_export_is_one(hsy_str head);

/* NUL-terminated copies on the heap; NULL where memory runs out. */
char *hsy_cut_copy(hsy_str s);
char *hsy_cut_number(int64_t number);
/* Sets *err from the stream's error if it has one, else as given; returns PROBLEM. */
hsy_next hsy_cut_problem(const hsy_stream *in, hsy_error *err, hsy_code code, int64_t offset, const char *message);
/* Says what was mended; returns NOTE. */
hsy_next hsy_cut_note(hsy_error *err, int64_t offset, const char *message);
/* The rest of the stream, all of it; false and *err where it is past the limit. */
bool hsy_cut_rest(hsy_stream *in, ptrdiff_t limit, hsy_str *all, hsy_error *err);

#endif
