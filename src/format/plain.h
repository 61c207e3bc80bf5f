/* Text that may hold mark-up of HTML, as data give titles and names.
 *
 * In. A string. Out. Its character references replaced, tags taken out, blanks
 * run together. Owns. The text lies in the arena. Never fails.
 */
#ifndef HSY_FORMAT_PLAIN_H
#define HSY_FORMAT_PLAIN_H

#include "base/str.h"

hsy_str hsy_plain_text(hsy_str s, hsy_arena *arena);

#endif
