#include "query/cursor.h"

#include <stdlib.h>

hsy_str hsy_cursor_write(hsy_str day, hsy_str id, int64_t n, hsy_arena *arena) {
  return hsy_str_printf(arena, "%lld,%.*s,%.*s", (long long)n, HSY_FMT(id), HSY_FMT(day));
}

bool hsy_cursor_read(hsy_str text, hsy_cursor *cursor, hsy_error *err) {
  enum { MOST_DIGITS = 18 };
  *cursor = (hsy_cursor){.set = text.len > 0};
  if (!cursor->set) return true;
  hsy_str rest, digits = hsy_str_cut(text, ',', &rest);
  bool sound = rest.data && digits.len > 0 && digits.len <= MOST_DIGITS;
  for (ptrdiff_t i = 0; i < digits.len && sound; i++) {
    sound = digits.data[i] >= '0' && digits.data[i] <= '9';
    cursor->n = 10 * cursor->n + (digits.data[i] - '0');
  }
  cursor->id = hsy_str_cut(rest, ',', &cursor->day);
  if (sound && cursor->day.data) return true;
  return hsy_fail(err, HSY_USAGE, "query", -1, "that is no cursor of an answer");
}
