#include "format/value.h"

/* What jansson takes, measured: an object with its table, a list, a member. */
enum { OBJECT = 320, LIST = 160, MEMBER = 200, TIMES = 3 };

/* Marks inside strings are counted with the rest. */
int64_t hsy_value_cost(hsy_str bytes) {
  int64_t sum = TIMES * (int64_t)bytes.len;
  for (ptrdiff_t i = 0; i < bytes.len; i++) {
    char c = bytes.data[i];
    sum += c == '{' ? OBJECT : c == '[' ? LIST : c == ',' ? MEMBER : 0;
  }
  return sum;
}

json_t *hsy_value_load(hsy_str bytes, size_t flags, const hsy_limits *limits, hsy_error *err) {
  const int64_t most = limits->memory << 19; /* half of what an article may take */
  if (bytes.len > most / (2 * OBJECT) && hsy_value_cost(bytes) > most) {
    hsy_fail(err, HSY_LIMIT, "format", -1, "holds more values than one article may");
    return NULL;
  }
  json_error_t problem;
  json_t *value = json_loadb(bytes.data, (size_t)bytes.len, flags, &problem);
  if (value) return value;
  bool memory = json_error_code(&problem) == json_error_out_of_memory;
  hsy_fail(err, memory ? HSY_NO_MEMORY : HSY_BAD_INPUT, "format", memory ? -1 : problem.position, "is no JSON: %.120s",
           memory ? "out of memory" : problem.text);
  return NULL;
}
