#include "format/value.h"

#include <pthread.h>
#include <stdlib.h>

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

/* ---- memory ---- */

/* Where the buffer of a string cannot grow, jansson leaves out a letter and goes on; so it is noted here. */
static _Thread_local bool ran_out;

static void *noting_malloc(size_t size) {
  void *p = malloc(size);
  ran_out = ran_out || !p;
  return p;
}

/* Not in the place of functions that the program around us has set. */
static void note_memory(void) {
  json_malloc_t allocate;
  json_free_t release;
  json_get_alloc_funcs(&allocate, &release);
  if (allocate == malloc && release == free) json_set_alloc_funcs(noting_malloc, free);
}

/* ---- reading ---- */

json_t *hsy_value_parse(hsy_str bytes, size_t flags, json_error_t *problem, bool *memory) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, note_memory);
  ran_out = false;
  json_t *value = json_loadb(bytes.data, (size_t)bytes.len, flags, problem);
  *memory = ran_out || (!value && json_error_code(problem) == json_error_out_of_memory);
  if (!*memory) return value;
  json_decref(value);
  return NULL;
}

json_t *hsy_value_load(hsy_str bytes, size_t flags, const hsy_limits *limits, hsy_error *err) {
  const int64_t most = limits->memory << 19; /* half of what an article may take */
  if (bytes.len > most / (2 * OBJECT) && hsy_value_cost(bytes) > most) {
    hsy_fail(err, HSY_LIMIT, "format", -1, "holds more values than one article may");
    return NULL;
  }
  json_error_t problem;
  bool memory;
  json_t *value = hsy_value_parse(bytes, flags, &problem, &memory);
  if (value) return value;
  hsy_fail(err, memory ? HSY_NO_MEMORY : HSY_BAD_INPUT, "format", memory ? -1 : problem.position, "is no JSON: %.120s",
           memory ? "out of memory" : problem.text);
  return NULL;
}
