/* What bytes are, told by the bytes and not by a file's name.
 *
 * In. The first bytes of a file or record; `whole` where those are all.
 * Out. A form, and for bytes that no article can be read from what they are.
 * Owns. Nothing. Never fails: what is nothing else is text.
 */
#ifndef HSY_FORMAT_SNIFF_H
#define HSY_FORMAT_SNIFF_H

#include "base/str.h"

typedef enum hsy_form {
  HSY_FORM_EMPTY,
  HSY_FORM_BINARY,
  HSY_FORM_TEXT,
  HSY_FORM_HTML,
  HSY_FORM_JSONL, /* one object a line */
  HSY_FORM_JSON,  /* one value over several lines */
  HSY_FORM_XML,   /* feeds, NITF, NewsML-G2: told apart by the root element */
  HSY_FORM_WARC,
  HSY_FORM_MHTML,
  HSY_FORM_MAIL,     /* one, or a mailbox of them */
  HSY_FORM_CAPTIONS, /* WebVTT, SRT */
  HSY_FORM_OFFICE,   /* .docx, .odt */
  HSY_FORM_PDF,
  HSY_FORM_CSV,
  HSY_FORM_EXPORT, /* of an archive: several articles as plain text */
  HSY_FORM_URLS,   /* addresses, one a line, and no article */
  HSY_FORM_GZIP,
  HSY_FORM_ZSTD,
  HSY_FORM_ZIP,
  HSY_FORM_TAR
} hsy_form;

enum { HSY_SNIFF_BYTES = 64 << 10 }; /* as much as any test looks at */

typedef struct hsy_sniff {
  hsy_form form;
  const char *what; /* static: "a PNG image"; for BINARY */
} hsy_sniff;

hsy_sniff hsy_sniff_tell(hsy_str head, bool whole);

/* The encoding that a byte order mark or the spread of NUL bytes shows, or NULL:
 * "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE". *mark: bytes of the mark. */
const char *hsy_sniff_unicode(hsy_str head, ptrdiff_t *mark);

#endif
