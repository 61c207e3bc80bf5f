#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool hsy_fail(hsy_error *err, hsy_code code, const char *stage, int64_t offset, const char *format, ...) {
  if (!err || err->code != HSY_OK) return false;
  err->code = code;
  err->stage = stage;
  err->offset = offset;
  va_list args;
  va_start(args, format);
  vsnprintf(err->message, sizeof err->message, format, args);
  va_end(args);
  return false;
}
