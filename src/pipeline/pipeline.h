/* One article through all stages: record → article → tokens → attributions →
 * speakers, times, stances.
 *
 * In. A record, and an engine with the models and word lists.
 * Out. A document with every layer filled.
 * Owns. The engine owns its models and lists; it is immutable and shared.
 * Fails when. A stage fails; the error names it.
 */
#ifndef HSY_PIPELINE_PIPELINE_H
#define HSY_PIPELINE_PIPELINE_H

#include "doc/doc.h"
#include "format/source.h"

typedef struct hsy_engine hsy_engine;

/* deep: by the encoder; else by the linear tagger. */
hsy_engine *hsy_engine_new(const char *model_dir, bool deep, hsy_error *err);
void hsy_engine_free(hsy_engine *engine);

/* Record to article: text, blocks, metadata. What `hearsay read` prints. */
bool hsy_pipeline_read(const hsy_engine *engine, const hsy_record *record, const hsy_format_options *options,
                       hsy_doc *doc, hsy_arena scratch, hsy_error *err);
/* An article that was read, through all later stages. A language other than
 * English ends after segmentation: nothing is tagged. */
bool hsy_pipeline_tag(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err);

#endif
