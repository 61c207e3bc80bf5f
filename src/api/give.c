#include "api/give.h"

#include <stdio.h>
#include <stdlib.h>

bool hsy_give_error(const hsy_error *err, hearsay_error *to) {
  if (to) {
    *to = (hearsay_error){.code = (hearsay_code)err->code, .stage = err->stage, .offset = err->offset};
    if (err->code == HSY_OK) to->offset = -1;
    snprintf(to->message, sizeof to->message, "%s", err->message);
  }
  return err->code == HSY_OK;
}

bool hsy_give_row(hsy_json *json, json_t *row, hearsay_row_fn on_row, void *user, hsy_error *err) {
  size_t len;
  if (err->code != HSY_OK) json->failed = true; /* what the row was to hold could not be read */
  char *text = hsy_json_finish(json, row, &len, err);
  bool on = text && (!on_row || on_row(user, text, len));
  free(text);
  return on || hsy_fail(err, HSY_STOPPED, "api", -1, "stopped");
}
