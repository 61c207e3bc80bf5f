#include "pipeline/pipeline.h"

#include "base/hash.h"
#include "base/os.h"
#include "clean/clean.h"
#include "doc/identity.h"
#include "format/address.h"
#include "format/format.h"
#include "pipeline/engine.h"
#include "segment/language.h"
#include "temporal/occasion.h"
#include "temporal/said_on.h"

/* ---- record → article ---- */

static void fill(hsy_str *field, hsy_str value) {
  if (field->len == 0) *field = value;
}

/* What is known of every article, whatever its format: where it came from. */
static void note_origin(const hsy_record *record, hsy_doc *doc) {
  hsy_meta *meta = &doc->meta;
  fill(&meta->path, hsy_str_copy(doc->arena, hsy_str_of(record->path)));
  fill(&meta->item, hsy_str_copy(doc->arena, hsy_str_of(record->item)));
  fill(&meta->url, hsy_str_copy(doc->arena, hsy_str_of(record->url)));
  fill(&meta->source_id, hsy_doc_path_stem(meta->path));
  fill(&meta->format, hsy_str_of(record->format));
  /* However the file was named: the same article is the same. */
  hsy_str named = meta->path;
  meta->path = hsy_os_place(named, doc->arena);
  fill(&meta->origin, hsy_doc_origin(doc, doc->arena));
  meta->path = named;
  if (!meta->sha256.len) meta->sha256 = hsy_hash_sha256(doc->arena, (hsy_str){record->bytes, record->len});
}

bool hsy_pipeline_read(const hsy_engine *engine, const hsy_record *record, const hsy_format_options *options,
                       hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  hsy_format_options how = *options;
  how.lists = &engine->format;
  bool markup = hsy_format_is_markup(record, &how, err);
  if (err->code != HSY_OK) return false;
  bool ok = markup ? hsy_clean_read_html(record, &how, doc, scratch, err)
                   : hsy_format_read_text(record, &how, doc, scratch, err);
  if (!ok) return false;
  note_origin(record, doc);
  hsy_address_note(&engine->format.addresses, hsy_str_of(record->url), doc, scratch);
  fill(&doc->meta.language, hsy_str_of(hsy_segment_language(doc->text, &engine->segment.function_words)));
  return hsy_arena_check(*doc->arena, "pipeline", err);
}

/* ---- article → layers ---- */

typedef bool (*stage_fn)(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err);

static bool tokenize(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  (void)scratch;
  return hsy_segment_tokenize(doc, &engine->segment, err);
}

static bool tag_quotations(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  doc->meta.engine = engine->deep ? HSY_S("deep") : HSY_S("fast");
  return hsy_quote_tag(doc, engine->quote, engine->deep, scratch, err);
}

static bool tag_times(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  return hsy_temporal_tag(doc, engine->temporal, scratch, err) && hsy_temporal_said_on(doc, engine->temporal, err) &&
         hsy_temporal_carry_occasions(doc, engine->temporal, scratch, err);
}

static bool resolve_speakers(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  return hsy_speaker_resolve(doc, &engine->speaker, scratch, err);
}

static bool tell_stances(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  return hsy_stance_tell(doc, &engine->stance, scratch, err);
}

static bool tell_meanings(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  return !engine->meaning || hsy_meaning_tell(doc, engine->meaning, scratch, err);
}

static const struct stage {
  const char *name;
  stage_fn run;
  bool needs_tokens; /* left out where segmentation gave none: another language, nothing to tag */
} STAGES[] = {
    {"segment", tokenize, false},  {"quote", tag_quotations, true}, {"speaker", resolve_speakers, true},
    {"temporal", tag_times, true}, {"stance", tell_stances, true},  {"meaning", tell_meanings, true},
};

static bool run_stage(const struct stage *stage, const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch,
                      hsy_error *err) {
  if (stage->needs_tokens && doc->tokens.len == 0) return true;
  if (!stage->run(engine, doc, scratch, err)) return hsy_fail(err, HSY_BAD_INPUT, stage->name, -1, "the stage failed");
  return hsy_arena_check(*doc->arena, stage->name, err) && hsy_arena_check(scratch, stage->name, err);
}

static void guard_heaps(const hsy_doc *doc, hsy_arena scratch, jmp_buf *guard) {
  hsy_heap_guard(doc->arena->heap, guard);
  hsy_heap_guard(scratch.heap, guard);
}

bool hsy_pipeline_tag(const hsy_engine *engine, hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  jmp_buf full; /* stages hold nothing outside their arenas */
  const struct stage *volatile stage = STAGES;
  volatile bool ok = true;
  if (setjmp(full)) {
    ok = hsy_arena_check(*doc->arena, stage->name, err) && hsy_arena_check(scratch, stage->name, err);
  } else {
    guard_heaps(doc, scratch, &full);
    for (; ok && stage < STAGES + sizeof STAGES / sizeof *STAGES; stage++)
      ok = run_stage(stage, engine, doc, scratch, err);
  }
  guard_heaps(doc, scratch, NULL);
  return ok;
}
