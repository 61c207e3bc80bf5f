#include "api/give.h"
#include "pipeline/pipeline.h"

HEARSAY_API hearsay_engine *hearsay_engine_new(const char *model_dir, hearsay_reader reader, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_engine *engine = hsy_engine_new(model_dir, reader == HEARSAY_DEEP, &inner);
  hsy_give_error(&inner, err);
  return (hearsay_engine *)engine;
}

HEARSAY_API void hearsay_engine_free(hearsay_engine *engine) { hsy_engine_free((hsy_engine *)engine); }

HEARSAY_API const char *hearsay_version(void) { return HEARSAY_VERSION; }
