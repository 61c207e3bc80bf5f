#include "model/file.h"

/* Digits of s as a number; -1 where s is none. */
static ptrdiff_t number(hsy_str s) {
  ptrdiff_t n = 0;
  if (s.len == 0 || s.len > 9) return -1;
  for (ptrdiff_t i = 0; i < s.len; i++) {
    if (s.data[i] < '0' || s.data[i] > '9') return -1;
    n = 10 * n + (s.data[i] - '0');
  }
  return n;
}

bool hsy_model_section(hsy_str file, const char *name, hsy_str *bytes, hsy_error *err) {
  hsy_str rest = file, size;
  if (!hsy_str_eq(hsy_str_cut(rest, '\n', &rest), HSY_S("hearsay model 1")))
    return hsy_fail(err, HSY_BAD_INPUT, "model", 0, "not a model file of this version");
  while (rest.len > 0 && hsy_str_cut(rest, '\n', &rest).len > 0) continue; /* the lines about the model */
  while (rest.len > 0) {
    hsy_str key = hsy_str_cut(hsy_str_cut(rest, '\n', &rest), ' ', &size);
    ptrdiff_t n = number(size);
    if (n < 0 || n > rest.len)
      return hsy_fail(err, HSY_BAD_INPUT, "model", rest.data - file.data, "a model file is cut short");
    *bytes = hsy_str_slice(rest, 0, n);
    if (hsy_str_eq(key, hsy_str_of(name))) return true;
    rest = hsy_str_slice(rest, n, rest.len);
  }
  return hsy_fail(err, HSY_BAD_INPUT, "model", -1, "the model file has no part \"%s\"", name);
}
