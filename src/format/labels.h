/* Label lines: "Published: 14 March 2025", "LENGTH: 120 words", "PD 14 March 2025".
 *
 * In. A line, and the list of labels (data/lexicon/label_lines.txt).
 * Out. Which field of the article it gives, and its value; whether it is one
 * wherever it stands. Lines that archives put around the articles of an export.
 * Owns. Nothing: slices of the line.
 * Fails when. Never; a line without a label is none.
 */
#ifndef HSY_FORMAT_LABELS_H
#define HSY_FORMAT_LABELS_H

#include "base/lexicon.h"

typedef enum hsy_label {
  HSY_LABEL_NONE,
  HSY_LABEL_TITLE,
  HSY_LABEL_SUBJECT, /* a mail's headline, an archive's topics */
  HSY_LABEL_DATE,
  HSY_LABEL_UPDATED,
  HSY_LABEL_OUTLET,
  HSY_LABEL_INFO, /* outlet, place, day in one */
  HSY_LABEL_BYLINE,
  HSY_LABEL_URL,
  HSY_LABEL_LANGUAGE,
  HSY_LABEL_BODY,
  HSY_LABEL_OTHER
} hsy_label;

typedef struct hsy_label_line {
  hsy_label label;
  hsy_str key, value; /* value: behind the key, its data NULL where there is none */
  bool anywhere;      /* never a person's turn */
} hsy_label_line;

/* codes: keys of two letters and a blank are read too. */
hsy_label_line hsy_label_read(const hsy_lexicon *labels, hsy_str line, bool codes);

/* What archives write between and around articles. */
typedef enum hsy_export_mark {
  HSY_MARK_NONE,
  HSY_MARK_BEGINS, /* "1 of 2 DOCUMENTS", "Document 1 of 2" */
  HSY_MARK_ENDS,   /* "End of Document", "Document LUDE000020250314el3e0001" */
  HSY_MARK_BODY,   /* "Body", "Full text" alone on a line */
  HSY_MARK_NOTE    /* a copyright line, "120 words", a rule */
} hsy_export_mark;

hsy_export_mark hsy_label_mark(hsy_str line);

#endif
