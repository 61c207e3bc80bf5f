/* Files of other programs into plain text: captions, word processors'.
 *
 * In. The file's bytes, all of them. Out. Its text in paragraphs, written to a
 * stream. Owns. Nothing. Fails when. The file is cut short, encrypted or holds
 * no text: *err says which.
 */
#ifndef HSY_FORMAT_HANDED_H
#define HSY_FORMAT_HANDED_H

#include <stdio.h>

#include "base/error.h"
#include "base/str.h"
#include "format/limits.h"
#include "format/stream.h"

/* WebVTT and SRT. What one speaker says runs on; a voice stands before it as in a transcript. *cut: the file ends
 * in the middle of a caption. */
bool hsy_captions_text(hsy_str bytes, FILE *out, bool *cut, hsy_error *err);
bool hsy_captions_are(hsy_str head);

/* PDF, by another program: pdftotext. */
bool hsy_pdf_text(hsy_stream *in, ptrdiff_t limit, FILE *out, hsy_error *err);

/* OOXML (.docx) and OpenDocument (.odt): a ZIP of XML. */
bool hsy_office_text(hsy_stream *in, ptrdiff_t limit, const hsy_limits *limits, FILE *out, hsy_error *err);
/* true of the first bytes of such a ZIP. */
bool hsy_office_is_one(hsy_str head);

#endif
