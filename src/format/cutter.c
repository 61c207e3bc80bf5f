#include "format/cutter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/shortage.h"

char *hsy_cut_copy(hsy_str s) {
  char *to = hsy_shortage_note(malloc((size_t)s.len + 1));
  if (!to) return NULL;
  if (s.len) memcpy(to, s.data, (size_t)s.len);
  to[s.len] = '\0';
  return to;
}

char *hsy_cut_number(int64_t number) {
  char text[24];
  int n = snprintf(text, sizeof text, "%lld", (long long)number);
  return hsy_cut_copy((hsy_str){text, n});
}

hsy_next hsy_cut_problem(const hsy_stream *in, hsy_error *err, hsy_code code, int64_t offset, const char *message) {
  const hsy_error *broken = hsy_stream_error(in);
  if (broken->code)
    *err = *broken;
  else
    hsy_fail(err, code, "format", offset, "%s", message);
  return HSY_NEXT_PROBLEM;
}

hsy_next hsy_cut_note(hsy_error *err, int64_t offset, const char *message) {
  hsy_fail(err, HSY_BAD_INPUT, "format", offset, "%s", message);
  return HSY_NEXT_NOTE;
}

bool hsy_cut_rest(hsy_stream *in, ptrdiff_t limit, hsy_str *all, hsy_error *err) {
  *all = hsy_stream_peek(in, limit + 1);
  if (hsy_stream_error(in)->code) {
    *err = *hsy_stream_error(in);
    return false;
  }
  if (all->len > limit) return hsy_fail(err, HSY_LIMIT, "format", limit, "is past the limit on one article");
  hsy_stream_skip(in, all->len);
  return true;
}
