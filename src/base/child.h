/* Another program, run to its end.
 *
 * In. Its name and arguments, bytes for its standard input.
 * Out. What it wrote, to a stream; what it said of errors goes nowhere.
 * Owns. Nothing is left: no file, no process.
 * Fails when. See hsy_child_end; output past the limit, or a minute without an
 * end, stops it.
 */
#ifndef HSY_BASE_CHILD_H
#define HSY_BASE_CHILD_H

#include <stdio.h>

#include "base/str.h"

typedef enum hsy_child_end {
  HSY_CHILD_DONE,
  HSY_CHILD_MISSING,   /* no such program */
  HSY_CHILD_FORBIDDEN, /* none may be started (base/confine.h) */
  HSY_CHILD_LONG,
  HSY_CHILD_FAILED
} hsy_child_end;

hsy_child_end hsy_child_run(const char *const *call, hsy_str in, ptrdiff_t limit, FILE *out, ptrdiff_t *written);

#endif
