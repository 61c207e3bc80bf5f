#include "format/shortage.h"

#include <stddef.h>

static _Thread_local bool ran_out;

void hsy_shortage_forget(void) { ran_out = false; }

bool hsy_shortage_told(void) { return ran_out; }

void *hsy_shortage_note(void *p) {
  ran_out = ran_out || p == NULL;
  return p;
}
