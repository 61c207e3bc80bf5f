/* Where a page of answers ended, as text that a person hands back.
 *
 * In. Day, id and number of the last answer; or how many were passed.
 * Out. The text, and the parts again.
 * Owns. Nothing.
 * Fails when. The text is no cursor of this question.
 */
#ifndef HSY_QUERY_CURSOR_H
#define HSY_QUERY_CURSOR_H

#include "base/error.h"
#include "base/str.h"

typedef struct hsy_cursor {
  bool set;
  hsy_str day, id;
  int64_t n;
} hsy_cursor;

hsy_str hsy_cursor_write(hsy_str day, hsy_str id, int64_t n, hsy_arena *arena);
/* Borrows from text; the empty text is the beginning. */
bool hsy_cursor_read(hsy_str text, hsy_cursor *cursor, hsy_error *err);

#endif
