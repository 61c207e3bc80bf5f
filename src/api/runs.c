#include "api/runs.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/give.h"
#include "export/copy_keys.h"
#include "export/jsonl.h"
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

static bool list_inputs(hsy_runs *runs, hsy_error *err) {
  const hearsay_run *run = runs->run;
  if (!run->input_count) return true;
  runs->inputs = calloc(run->input_count, sizeof *runs->inputs);
  if (!runs->inputs) return hsy_fail(err, HSY_NO_MEMORY, "api", -1, "out of memory");
  for (size_t i = 0; i < run->input_count; i++) {
    const hearsay_input *from = &run->inputs[i];
    if (from->len > (size_t)PTRDIFF_MAX) return hsy_fail(err, HSY_LIMIT, "api", -1, "an input is too long");
    runs->inputs[i] = (hsy_ingest_input){from->name ? from->name : "", {from->bytes, (ptrdiff_t)from->len}};
  }
  return true;
}

void hsy_runs_reset(hsy_runs *runs) {
  free(runs->inputs);
  runs->inputs = NULL;
}

bool hsy_runs_plan(hsy_ingest_plan *plan, const hearsay_engine *engine, hsy_runs *runs, hsy_error *err) {
  const hearsay_run *run = runs->run;
  if (!check_published(run->published, err)) return false;
  if (run->max_text > TEXT_CEILING)
    return hsy_fail(err, HSY_USAGE, "api", -1, "an article's text may be %d MiB at most", TEXT_CEILING >> 20);
  if (!list_inputs(runs, err)) return false;
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
      .inputs = runs->inputs,
      .input_count = run->input_count,
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

/* ---- rows of the export ---- */

typedef struct lines {
  char *data;
  size_t len;
} lines;

/* JSON on one line holds no line end of its own, so that one parts the rows. */
static bool add_line(void *user, hsy_json *json, json_t *row, hsy_error *err) {
  lines *all = user;
  size_t len;
  char *text = hsy_json_finish(json, row, &len, err);
  char *more = text ? realloc(all->data, all->len + len + 1) : NULL;
  if (more) {
    memcpy(more + all->len, text, len);
    more[all->len + len] = '\n';
    *all = (lines){more, all->len + len + 1};
  }
  free(text);
  return more || hsy_fail(err, HSY_NO_MEMORY, "api", -1, "out of memory");
}

static bool shape_record(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch, hsy_error *err) {
  if (!row_fits(user, doc, scratch, err)) return false;
  hsy_view view;
  if (!hsy_view_init(&view, doc, HSY_IDS_GLOBAL, &scratch, err)) return false;
  lines all = {0};
  hsy_json json = {0};
  bool ok = hsy_export_article(&view, add_line, &all, err);
  json_t *keys = ok ? hsy_export_copy_keys(&json, &view, scratch, err) : NULL;
  ok = keys && add_line(&all, &json, keys, err);
  if (!ok) free(all.data);
  job->row = ok ? all.data : NULL;
  job->row_len = all.len;
  return ok;
}

static bool emit_lines(void *user, hsy_ingest_job *job, hsy_error *err) {
  hsy_ingest_job one = *job;
  const char *end = job->row + job->row_len;
  for (; one.row < end; one.row += one.row_len + 1) {
    one.row_len = (size_t)((const char *)memchr(one.row, '\n', (size_t)(end - one.row)) - one.row);
    if (!emit_row(user, &one, err)) return false;
  }
  return true;
}

static bool run_rows(const hearsay_engine *engine, const char *const *paths, size_t count, const hearsay_run *run,
                     bool tag, uint64_t *failed, hearsay_error *err) {
  hsy_error inner = {.offset = -1};
  hsy_runs runs = {.run = run};
  hsy_ingest_plan plan;
  if (failed) *failed = 0;
  if (hsy_runs_plan(&plan, engine, &runs, &inner)) {
    plan.tag = tag;
    plan.shape = !tag ? shape_page : run->record ? shape_record : shape_extract;
    plan.emit = tag && run->record ? emit_lines : emit_row;
    hsy_ingest_run(&plan, paths, count, failed, &inner);
  }
  hsy_runs_reset(&runs);
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
