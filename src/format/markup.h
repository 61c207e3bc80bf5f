/* Tags that carry more attributes than any page has.
 *
 * In. Mark-up.
 * Out. Where the first such tag stands, or the same mark-up without the rest of
 * such tags.
 * Owns. Nothing.
 * libxml2 compares each attribute of a tag with all before it, so a tag with a
 * hundred thousand of them would take minutes: they are counted first.
 */
#ifndef HSY_FORMAT_MARKUP_H
#define HSY_FORMAT_MARKUP_H

#include "base/str.h"

/* Byte of the first tag with more than `most` attributes, or -1. */
ptrdiff_t hsy_markup_crowded(hsy_str markup, int64_t most);
/* Blanks what such tags carry past `most`, in place; lengths and places stay. */
void hsy_markup_thin(char *markup, ptrdiff_t len, int64_t most);

#endif
