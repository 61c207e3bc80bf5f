#include "format/value.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>

#include "format/shortage.h"

/* What jansson takes, measured: an object with its table, a list, a member. */
enum { OBJECT = 320, LIST = 160, MEMBER = 240, TIMES = 3 };

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

/* Pointers, in the order in which they came. */
typedef struct pointers {
  void **data;
  size_t len, cap;
} pointers;

/* Where a string's buffer cannot grow, jansson goes on with a letter left out, and reads past the end
 * of what it has. So it never learns of it while it parses: it is left by a jump, and all that it took
 * is given back. What it gives back on the way stays until the end, so that no pointer comes twice. */
typedef struct parse {
  jmp_buf out;
  pointers taken, given;
} parse;

static _Thread_local parse *parsing;

static bool keep(pointers *list, void *p) {
  if (list->len == list->cap) {
    size_t cap = list->cap ? 2 * list->cap : 64;
    void **more = realloc(list->data, cap * sizeof *more);
    if (!more) return false;
    list->data = more;
    list->cap = cap;
  }
  list->data[list->len++] = p;
  return true;
}

static void free_all(pointers *list) {
  for (size_t i = 0; i < list->len; i++) free(list->data[i]);
}

static void *take(size_t size) {
  void *p = hsy_shortage_note(malloc(size));
  if (!parsing || (p && keep(&parsing->taken, p))) return p;
  free(p);
  longjmp(parsing->out, 1);
}

static void give(void *p) {
  if (!parsing)
    free(p);
  else if (p && !keep(&parsing->given, p))
    longjmp(parsing->out, 1);
}

/* Not in the place of functions that the program around us has set. */
static void set_functions(void) {
  json_malloc_t allocate;
  json_free_t release;
  json_get_alloc_funcs(&allocate, &release);
  if (allocate == malloc && release == free) json_set_alloc_funcs(take, give);
}

void hsy_value_note_memory(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_functions);
}

/* ---- reading ---- */

json_t *hsy_value_parse(hsy_str bytes, size_t flags, json_error_t *problem, bool *memory) {
  parse p = {.taken = {0}};
  json_t *volatile value = NULL;
  volatile bool whole = false;
  hsy_value_note_memory();
  parsing = &p;
  if (setjmp(p.out) == 0) {
    value = json_loadb(bytes.data, (size_t)bytes.len, flags, problem);
    whole = true;
  }
  parsing = NULL;
  free_all(whole ? &p.given : &p.taken);
  free(p.taken.data);
  free(p.given.data);
  *memory = !whole || (!value && json_error_code(problem) == json_error_out_of_memory);
  return whole ? value : NULL;
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
