#include "pipeline/engine.h"

#include <stdlib.h>

#include "base/resource.h"

#ifndef HSY_MODEL_DIR
#define HSY_MODEL_DIR "" /* they are built in */
#endif

enum { ENGINE_BYTES = 256 << 20 }; /* addresses, not memory: pages come when touched */

/* A library may be built without the model of meaning: then linking does without vectors. */
static bool load_meaning(hsy_engine *engine, hsy_error *err) {
  hsy_str file;
  if (!engine->model_dir && !hsy_resource_find(HSY_S("model/meaning.bin"), &file)) return true;
  engine->meaning = hsy_meaning_load(hsy_str_of(engine->model_dir), &engine->arena, err);
  return engine->meaning;
}

static bool load(hsy_engine *engine, bool deep, hsy_error *err) {
  hsy_arena *arena = &engine->arena;
  if (!hsy_format_lists_load(&engine->format, arena, err)) return false;
  if (!hsy_segment_load(&engine->segment, arena, err)) return false;
  if (!(engine->quote = hsy_quote_load(hsy_str_of(engine->model_dir), arena, err))) return false;
  if (deep && !(engine->deep = hsy_deep_load(hsy_str_of(engine->model_dir), arena, err))) return false;
  if (!hsy_speaker_load(&engine->speaker, arena, err)) return false;
  if (!hsy_speaker_load_model(&engine->speaker, hsy_str_of(engine->model_dir), arena, err)) return false;
  if (!hsy_stance_load(&engine->stance, arena, err)) return false;
  if (!(engine->temporal = hsy_temporal_load(arena, err))) return false;
  if (deep && !load_meaning(engine, err)) return false;
  return hsy_arena_check(*arena, "pipeline", err);
}

hsy_engine *hsy_engine_new(const char *model_dir, bool deep, hsy_error *err) {
  hsy_engine *engine = calloc(1, sizeof *engine);
  if (!engine) {
    hsy_fail(err, HSY_NO_MEMORY, "pipeline", -1, "out of memory");
    return NULL;
  }
  engine->heap = hsy_heap_new(ENGINE_BYTES, err);
  if (engine->heap) {
    engine->arena = hsy_heap_reset(engine->heap);
    const char *chosen = model_dir ? model_dir : getenv("HEARSAY_MODEL");
    if (!chosen || !*chosen) chosen = HSY_MODEL_DIR;
    engine->model_dir = *chosen ? hsy_str_z(&engine->arena, hsy_str_of(chosen)) : NULL;
    if (load(engine, deep, err)) return engine;
  }
  hsy_engine_free(engine);
  return NULL;
}

void hsy_engine_free(hsy_engine *engine) {
  if (!engine) return;
  hsy_deep_free(engine->deep);
  hsy_meaning_free(engine->meaning);
  hsy_heap_free(engine->heap);
  free(engine);
}
