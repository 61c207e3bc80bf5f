#include "format/limits.h"

#include <stddef.h>

static const struct limit {
  const char *name;
  size_t offset;
  int64_t usual, least, most;
} LIMITS[] = {
    {"memory", offsetof(hsy_limits, memory), 256, 32, 1 << 20},
    {"seconds", offsetof(hsy_limits, seconds), 600, 1, 1 << 20},
    {"entities", offsetof(hsy_limits, entities), 1 << 20, 0, 1 << 30},
    {"attributes", offsetof(hsy_limits, attributes), 512, 1, 1 << 16},
    {"nesting", offsetof(hsy_limits, nesting), 2048, 16, 2048},
    {"ratio", offsetof(hsy_limits, ratio), 400, 1, 1 << 20},
    {"unpacked", offsetof(hsy_limits, unpacked), 1 << 20, 1, 1 << 30},
};
enum { COUNT = sizeof LIMITS / sizeof *LIMITS };

static int64_t *field(hsy_limits *limits, const struct limit *limit) {
  return (int64_t *)((char *)limits + limit->offset);
}

hsy_limits hsy_limits_usual(void) {
  hsy_limits limits;
  for (int i = 0; i < COUNT; i++) *field(&limits, &LIMITS[i]) = LIMITS[i].usual;
  return limits;
}

/* Digits alone; -1 for anything else. */
static int64_t number(hsy_str text) {
  enum { DIGITS = 12 };
  int64_t value = 0;
  if (text.len == 0 || text.len > DIGITS) return -1;
  for (ptrdiff_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return -1;
    value = 10 * value + (text.data[i] - '0');
  }
  return value;
}

static bool read_one(hsy_limits *limits, hsy_str pair, hsy_error *err) {
  hsy_str value, name = hsy_str_trim(hsy_str_cut(pair, '=', &value));
  for (int i = 0; i < COUNT; i++) {
    if (!hsy_str_eq(name, hsy_str_of(LIMITS[i].name))) continue;
    int64_t given = number(hsy_str_trim(value));
    if (given < LIMITS[i].least || given > LIMITS[i].most)
      return hsy_fail(err, HSY_USAGE, "format", -1, "the limit %s wants a number from %lld to %lld", LIMITS[i].name,
                      (long long)LIMITS[i].least, (long long)LIMITS[i].most);
    *field(limits, &LIMITS[i]) = given;
    return true;
  }
  return hsy_fail(err, HSY_USAGE, "format", -1,
                  "\"%.*s\" names no limit: memory, seconds, entities, attributes, nesting, ratio, unpacked",
                  (int)(pair.len < 60 ? pair.len : 60), pair.data);
}

bool hsy_limits_read(hsy_limits *limits, hsy_str given, hsy_error *err) {
  while (given.len)
    if (!read_one(limits, hsy_str_cut(given, ',', &given), err)) return false;
  return true;
}
