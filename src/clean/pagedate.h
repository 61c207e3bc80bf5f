/* The day a page was published.
 *
 * In. A page, its chunks, its data, its address; the order of its days in figures.
 * Out. The day, with time where one stands, and of the last change; where each was found.
 * Owns. Nothing.
 * Fails when. The list of months is not there. No date is no failure.
 */
#ifndef HSY_CLEAN_PAGEDATE_H
#define HSY_CLEAN_PAGEDATE_H

#include "clean/chunks.h"
#include "clean/ld.h"
#include "format/date.h"

typedef struct hsy_pagedate {
  bool has_published, has_modified;
  hsy_date published, modified;
  const char *published_where, *modified_where; /* static */
} hsy_pagedate;

bool hsy_pagedate_read(const hsy_page *page, const hsy_chunks *chunks, const hsy_ld *ld, hsy_str url, int32_t headline,
                       hsy_day_order order, hsy_pagedate *out, hsy_arena scratch, hsy_error *err);

#endif
