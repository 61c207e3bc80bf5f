/* Datelines and agency slugs at the start of an article's first paragraph.
 *
 * In. A paragraph.
 * Out. How many of its bytes are no prose, and what they say: place, agency, date.
 * Owns. Nothing: slices of the paragraph.
 * Fails when. Never; a paragraph without one has a lead of 0 bytes.
 *
 * Read are " date 2023-01-12 ", "MOSCOW, January 12. /TASS/. ", "Shafaq News/ ",
 * "PORT SABINE (ANS) - ", "DAMBE, Sothara (TCN) — ", "HALMARK, June 3, 2024 - ",
 * "(Reuters) - ", "Berlin (dpa) - ", "WASHINGTON — ", "March 14, 2025 (OSTMARK) - ",
 * "(OSTMARK, March 14, 2025) ", "OSTMARK--(BUSINESS WIRE)--March 14, 2025--", one
 * behind the other.
 */
#ifndef HSY_FORMAT_DATELINE_H
#define HSY_FORMAT_DATELINE_H

#include "format/date.h"

typedef struct hsy_dateline {
  ptrdiff_t lead; /* bytes */
  hsy_str place, agency;
  bool has_date; /* with day, month and year */
  hsy_date date;
} hsy_dateline;

hsy_dateline hsy_dateline_read(const hsy_dates *dates, hsy_str paragraph);

#endif
