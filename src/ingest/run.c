#include "ingest/run.h"

#include "base/os.h"
#include "base/thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  IN_FLIGHT_BYTES = 16 << 20, /* records that wait for their turn, beyond one */
  HEAP_FLOOR = 64 << 20,      /* addresses for an article's layers: this much, */
  HEAP_PER_BYTE = 96,         /* and so much for each byte of the longest text */
  BESIDES = 48                /* MiB of what an article may take that are not its layers': the program, what parses */
};

typedef struct run {
  const hsy_ingest_plan *plan;
  hsy_pool *pool;
  uint64_t articles, failed;
  uint64_t bytes, total_bytes; /* of files that are behind us; of all */
  int64_t in_flight;           /* bytes of records */
  const hsy_source *source;    /* the file being read, or NULL */
  hsy_error *err;              /* set: the run ends */
} run;

/* ---- on a worker's thread ---- */

/* Two heaps, so that scratch starts at a page that is warm. */
typedef struct worker {
  const hsy_ingest_plan *plan;
  hsy_heap *layers, *scratch;
  hsy_budget budget; /* of both */
} worker;

static void free_worker(void *arg) {
  worker *w = arg;
  hsy_heap_free(w->layers);
  hsy_heap_free(w->scratch);
  free(w);
}

static void *new_worker(void *user, hsy_error *err) {
  const hsy_ingest_plan *plan = user;
  worker *w = calloc(1, sizeof *w);
  if (!w) {
    hsy_fail(err, HSY_NO_MEMORY, "ingest", -1, "out of memory");
    return NULL;
  }
  size_t size = HEAP_FLOOR + HEAP_PER_BYTE * (size_t)plan->format.max_text;
  w->plan = plan;
  w->layers = hsy_heap_new(size, err);
  w->scratch = w->layers ? hsy_heap_new(size, err) : NULL;
  bool bound = w->scratch && hsy_heap_bound(w->layers, &w->budget) && hsy_heap_bound(w->scratch, &w->budget);
  if (bound) return w;
  hsy_fail(err, HSY_NO_MEMORY, "ingest", -1, "out of memory");
  free_worker(w);
  return NULL;
}

/* The article's bytes are there as they came and as they were packed or decoded. */
static void begin_budget(worker *w, ptrdiff_t bytes) {
  hsy_limits limits = hsy_format_limits(&w->plan->format);
  int64_t besides = (int64_t)BESIDES << 20, most = (limits.memory << 20) - besides - 2 * bytes;
  w->budget.most = most > besides / 4 ? (size_t)most : (size_t)besides / 4;
  w->budget.seconds = limits.seconds;
  hsy_budget_begin(&w->budget);
}

static bool process(worker *w, hsy_ingest_job *job, hsy_error *err) {
  const hsy_ingest_plan *plan = w->plan;
  hsy_arena arena = hsy_heap_reset(w->layers), scratch = hsy_heap_reset(w->scratch);
  begin_budget(w, job->record.len);
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  if (!hsy_pipeline_read(plan->engine, &job->record, &plan->format, &doc, scratch, err)) return false;
  if (plan->wanted && !plan->wanted(plan->user, job, &doc, scratch)) return true;
  if (plan->tag && !hsy_pipeline_tag(plan->engine, &doc, scratch, err)) return false;
  return plan->shape(plan->user, job, &doc, scratch, err);
}

static void work(void *arg, void *slot) {
  hsy_ingest_job *job = slot;
  hsy_error problem = {.offset = -1};
  if (!process(arg, job, &problem)) {
    hsy_fail(&problem, HSY_BAD_INPUT, "ingest", -1, "the article could not be read");
    job->problem = problem;
  }
  free(job->record.bytes);
  job->record.bytes = NULL;
}

/* ---- on the caller's thread ---- */

static void clear_job(hsy_ingest_job *job) {
  hsy_record_free(&job->record);
  free(job->row);
  *job = (hsy_ingest_job){.heap = job->heap};
}

static void free_job(void *slot) {
  hsy_ingest_job *job = slot;
  clear_job(job);
  hsy_heap_free(job->heap);
}

/* Something was mended, and the article is read: a line, and nothing counted. */
static void tell(const run *r, const char *where, const hsy_error *what) {
  char *line = NULL;
  if (r->plan->note && asprintf(&line, "%s: %s", where, what->message) >= 0) r->plan->note(r->plan->user, line);
  free(line);
}

static void report(run *r, const hsy_ingest_job *job) {
  if (!job->note) r->failed++;
  const char *path = job->record.path ? job->record.path : "";
  char *where = NULL;
  if (job->record.item && asprintf(&where, "%s#%s", path, job->record.item) < 0) where = NULL;
  if (job->note)
    tell(r, where ? where : path, &job->problem);
  else if (r->plan->problem)
    r->plan->problem(r->plan->user, where ? where : path, &job->problem);
  free(where);
}

static void finish(run *r, hsy_ingest_job *job) {
  r->in_flight -= job->record.len;
  if (r->err->code == HSY_OK) {
    if (job->problem.code != HSY_OK)
      report(r, job);
    else if (!r->plan->emit(r->plan->user, job, r->err))
      hsy_fail(r->err, HSY_STOPPED, "ingest", -1, "stopped");
    if (!job->note) r->articles++;
    uint64_t here = r->source ? (uint64_t)hsy_source_position(r->source) : 0;
    if (r->plan->progress) r->plan->progress(r->plan->user, r->articles, r->bytes + here, r->total_bytes);
  }
  clear_job(job);
}

static void finish_done(run *r, bool wait) {
  hsy_ingest_job *job;
  while ((job = hsy_pool_take(r->pool, wait))) finish(r, job);
}

/* A slot for a record of so many bytes; waits until there is room. */
static hsy_ingest_job *next_slot(run *r, int64_t bytes) {
  hsy_ingest_job *slot, *oldest;
  while (!(slot = hsy_pool_slot(r->pool)) || r->in_flight + bytes > IN_FLIGHT_BYTES) {
    oldest = hsy_pool_take(r->pool, true);
    if (!oldest) break; /* nothing in flight: one record may be longer than the bound */
    finish(r, oldest);
  }
  return slot ? slot : hsy_pool_slot(r->pool);
}

static void submit(run *r, hsy_record *record, const hsy_error *problem, bool note) {
  hsy_ingest_job *job = next_slot(r, record->len);
  job->record = *record;
  if (problem) job->problem = *problem;
  job->note = note;
  r->in_flight += record->len;
  hsy_pool_submit(r->pool, problem != NULL);
  finish_done(r, false);
}

static void submit_problem(run *r, const char *path, const hsy_error *problem) {
  hsy_record record = {.path = strdup(path)};
  submit(r, &record, problem, false);
}

/* Takes the source over; NULL: what `problem` says. */
static void read_source(run *r, const char *path, hsy_source *source, hsy_error problem) {
  if (!source) {
    submit_problem(r, path, &problem);
    return;
  }
  r->source = source;
  hsy_next next = HSY_NEXT_END;
  while (r->err->code == HSY_OK) {
    hsy_record record = {0};
    problem = (hsy_error){.offset = -1};
    next = hsy_source_next(source, &record, &problem);
    if (next == HSY_NEXT_END) break;
    submit(r, &record, next == HSY_NEXT_RECORD ? NULL : &problem, next == HSY_NEXT_NOTE);
  }
  int64_t size = hsy_source_position(source);
  r->source = NULL;
  r->bytes += size > 0 ? (uint64_t)size : 0;
  hsy_source_close(source);
}

static void read_file(run *r, const char *path) {
  hsy_error problem = {.offset = -1};
  hsy_source *source = hsy_source_open(path, &r->plan->format, &problem);
  read_source(r, path, source, problem);
}

static void read_input(run *r, const hsy_ingest_input *input) {
  hsy_error problem = {.offset = -1};
  hsy_source *source = hsy_source_of(input->name, input->bytes, &r->plan->format, &problem);
  read_source(r, input->name, source, problem);
}

static void read_all(run *r, hsy_walk *walk) {
  const char *path;
  hsy_error problem;
  hsy_walk_step step;
  while (r->err->code == HSY_OK && (step = hsy_walk_next(walk, &path, &problem)) != HSY_WALK_END) {
    if (step == HSY_WALK_PROBLEM)
      submit_problem(r, path, &problem);
    else
      read_file(r, path);
  }
  for (size_t i = 0; r->err->code == HSY_OK && i < r->plan->input_count; i++) read_input(r, &r->plan->inputs[i]);
  finish_done(r, true);
}

static uint64_t total_size(const hsy_ingest_plan *plan, const char *const *paths, size_t count) {
  uint64_t total = hsy_os_total_size(paths, count);
  if (count && !total) return 0; /* not known of a stream */
  for (size_t i = 0; i < plan->input_count; i++) total += (uint64_t)plan->inputs[i].bytes.len;
  return total;
}

bool hsy_ingest_run(const hsy_ingest_plan *plan, const char *const *paths, size_t count, uint64_t *failed,
                    hsy_error *err) {
  run r = {.plan = plan, .err = err};
  int threads = plan->threads > 0 ? plan->threads : hsy_os_processors();
  hsy_pool_plan pool = {
      .threads = threads,
      .slots = threads > 1 ? 2 * threads + 2 : 1,
      .job_size = sizeof(hsy_ingest_job),
      .user = (void *)plan,
      .worker_new = new_worker,
      .worker_free = free_worker,
      .work = work,
      .job_free = free_job,
  };
  hsy_walk *walk = hsy_walk_new(paths, count, err);
  r.pool = walk ? hsy_pool_new(&pool, err) : NULL;
  if (r.pool) {
    if (plan->progress) r.total_bytes = total_size(plan, paths, count);
    read_all(&r, walk);
  }
  hsy_pool_free(r.pool);
  hsy_walk_free(walk);
  if (failed) *failed = r.failed;
  return err->code == HSY_OK;
}
