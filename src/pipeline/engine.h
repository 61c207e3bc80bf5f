/* What the stages need beside the article: models and word lists.
 *
 * In. The resources built into the program, or a folder of trained models.
 * Out. An engine; immutable once made, shared by all threads.
 * Owns. Its heap, in which everything lies that is loaded.
 * Fails when. A list or model is missing or damaged.
 * To give a stage what it loads, add a field here and a line to its load in
 * pipeline.c.
 */
#ifndef HSY_PIPELINE_ENGINE_H
#define HSY_PIPELINE_ENGINE_H

#include "format/lists.h"
#include "meaning/meaning.h"
#include "pipeline/pipeline.h"
#include "quote/quote.h"
#include "segment/segment.h"
#include "speaker/speaker.h"
#include "stance/stance.h"
#include "temporal/temporal.h"

struct hsy_engine {
  hsy_heap *heap;
  hsy_arena arena;
  const char *model_dir; /* NULL: the built-in models */
  hsy_format_lists format;
  hsy_segment_lists segment;
  const hsy_quote_models *quote;
  const hsy_deep_models *deep; /* NULL: the linear tagger reads */
  hsy_speaker_lists speaker;
  const hsy_temporal_lists *temporal;
  hsy_stance_lists stance;
  const hsy_meaning *meaning; /* NULL: not told */
};

#endif
