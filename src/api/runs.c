#include "api/runs.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/give.h"
#include "export/record.h"
#include "temporal/calendar.h"

enum { MAX_TEXT = 8 << 20, TEXT_CEILING = 1 << 30, FIRST_YEAR = 1600, DAY_SECONDS = 86400 };

static void on_problem(void *user, const char *where, const hsy_error *problem) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  hearsay_error given;
  hsy_give_error(problem, &given);
  if (run->on_problem) run->on_problem(run->user, where, &given);
}

static void on_note(void *user, const char *message) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  run->on_note(run->user, message);
}

static void on_progress(void *user, uint64_t articles, uint64_t bytes, uint64_t total_bytes) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  run->on_progress(run->user, articles, bytes, total_bytes);
}

/* Newspapers begin around FIRST_YEAR; a day ahead of ours may be today's in
 * another zone. */
static bool check_published(const char *published, hsy_error *err) {
  if (!published) return true;
  hsy_moment day = hsy_moment_read(hsy_str_of(published));
  if (day.grain != HSY_GRAIN_DAY)
    return hsy_fail(err, HSY_USAGE, "api", -1, "\"%.40s\" is no day (YYYY-MM-DD)", published);
  bool ahead = hsy_moment_first(day) > (int64_t)(time(NULL) / DAY_SECONDS) + 1;
  if (day.year < FIRST_YEAR || ahead)
    return hsy_fail(err, HSY_USAGE, "api", -1, "no article was published on %.40s", published);
  return true;
}

bool hsy_runs_plan(hsy_ingest_plan *plan, const hearsay_engine *engine, hsy_runs *runs, hsy_error *err) {
  const hearsay_run *run = runs->run;
  if (!check_published(run->published, err)) return false;
  if (run->max_text > TEXT_CEILING)
    return hsy_fail(err, HSY_USAGE, "api", -1, "an article's text may be %d MiB at most", TEXT_CEILING >> 20);
  runs->limits = hsy_limits_usual();
  if (!hsy_limits_read(&runs->limits, hsy_str_of(run->limits), err)) return false;
  *plan = (hsy_ingest_plan){
      .engine = (const hsy_engine *)engine,
      .format = {.max_text = run->max_text ? (ptrdiff_t)run->max_text : MAX_TEXT,
                 .published = hsy_str_of(run->published),
                 .title = hsy_str_of(run->title),
                 .outlet = hsy_str_of(run->outlet),
                 .fields = hsy_str_of(run->fields),
                 .limits = &runs->limits},
      .threads = run->threads,
      .tag = true,
      .problem = on_problem,
      .note = run->on_note ? on_note : NULL,
      .progress = run->on_progress ? on_progress : NULL,
      .user = runs,
  };
  return true;
}

/* ---- read and extract ---- */

static bool shape_page(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  hsy_view view;
  if (!hsy_view_init(&view, doc, HSY_IDS_LOCAL, &scratch, err)) return false;
  hsy_json json = {0};
  json_t *row = hsy_export_page(&json, &view, run->explain, scratch);
  job->row = hsy_json_finish(&json, row, &job->row_len, err);
  return job->row;
}

/* Rows are made whole before they are written. */
static bool row_fits(const hsy_runs *runs, const hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  enum { ATTRIBUTION_BYTES = 6 << 10, BESIDES = 32 << 20 };
  int64_t most = (runs->limits.memory << 20) - BESIDES - (int64_t)hsy_arena_taken(scratch);
  if (doc->attributions.len * ATTRIBUTION_BYTES <= most) return true;
  return hsy_fail(err, HSY_LIMIT, "api", -1, "holds %td attributions, more than fit into a row", doc->attributions.len);
}

static bool shape_extract(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  if (!row_fits(user, doc, scratch, err)) return false;
  hsy_view view;
  if (!hsy_view_init(&view, doc, HSY_IDS_LOCAL, &scratch, err)) return false;
  hsy_json json = {0};
  json_t *row = hsy_export_extract(&json, &view, (hsy_extract_how){.times = run->times, .thoughts = true});
  job->row = hsy_json_finish(&json, row, &job->row_len, err);
  return job->row;
}

static bool emit_row(void *user, hsy_ingest_job *job, hsy_error *err) {
  const hearsay_run *run = ((hsy_runs *)user)->run;
  if (!run->on_row || run->on_row(run->user, job->row, job->row_len)) return true;
  return hsy_fail(err, HSY_STOPPED, "api", -1, "stopped");
}

static bool run_rows(const hearsay_engine *engine, const char *const *paths, size_t count, const hearsay_run *run,
                     bool tag, uint64_t *failed, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_runs runs = {.run = run};
  hsy_ingest_plan plan;
  if (failed) *failed = 0;
  if (hsy_runs_plan(&plan, engine, &runs, &inner)) {
    plan.tag = tag;
    plan.shape = tag ? shape_extract : shape_page;
    plan.emit = emit_row;
    hsy_ingest_run(&plan, paths, count, failed, &inner);
  }
  return hsy_give_error(&inner, err);
}

HEARSAY_API bool hearsay_read(const hearsay_engine *engine, const char *const *paths, size_t count,
                              const hearsay_run *run, uint64_t *failed, hearsay_error *err) {
  return run_rows(engine, paths, count, run, false, failed, err);
}

HEARSAY_API bool hearsay_extract(const hearsay_engine *engine, const char *const *paths, size_t count,
                                 const hearsay_run *run, uint64_t *failed, hearsay_error *err) {
  return run_rows(engine, paths, count, run, true, failed, err);
}
