/* Files in, articles out, in order, on several threads.
 *
 * In. Paths, and a plan: what to do with an article on a worker's thread
 * (shape) and then, in order, on the caller's (emit).
 * Out. One call of emit or problem an article, in the order of the input.
 * Owns. Workers' memory, jobs in flight. What is in flight is bounded by
 * count and by bytes, so memory does not grow with the number of articles.
 * Fails when. emit says so, or there is no memory to begin with. An article
 * that cannot be read is told to problem, and the run goes on.
 */
#ifndef HSY_INGEST_RUN_H
#define HSY_INGEST_RUN_H

#include "pipeline/pipeline.h"
#include "reuse/reuse.h"

/* One article on its way. */
typedef struct hsy_ingest_job {
  hsy_record record; /* its bytes are gone once it was worked on */
  hsy_error problem; /* code HSY_OK: none */
  bool note;         /* the problem is only a word on what was mended */
  char *row;         /* malloc'd by shape, freed behind emit; or NULL */
  size_t row_len;
  hsy_heap *heap;           /* made by shape when it keeps a document; stays with the slot */
  hsy_arena arena;          /* of that heap */
  hsy_doc doc;              /* in that arena */
  hsy_str id;               /* likewise */
  hsy_reuse_document reuse; /* the same document, for finding its copies */
  bool known;               /* nothing to do: it is there already */
} hsy_ingest_job;

/* What a file would hold, at hand; borrowed. */
typedef struct hsy_ingest_input {
  const char *name;
  hsy_str bytes;
} hsy_ingest_input;

typedef struct hsy_ingest_plan {
  const hsy_engine *engine;
  hsy_format_options format;
  const hsy_ingest_input *inputs; /* come behind the paths */
  size_t input_count;
  int threads; /* 0: one a processor */
  bool tag;    /* false: read alone */
  /* On a worker's thread, between reading and tagging; false leaves out both
   * tagging and shape. May be NULL. */
  bool (*wanted)(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch);
  /* On a worker's thread; false and *err: the article's problem. */
  bool (*shape)(void *user, hsy_ingest_job *job, const hsy_doc *doc, hsy_arena scratch, hsy_error *err);
  /* On the caller's thread; false and *err ends the run. */
  bool (*emit)(void *user, hsy_ingest_job *job, hsy_error *err);
  void (*problem)(void *user, const char *where, const hsy_error *problem); /* may be NULL */
  void (*note)(void *user, const char *message);                            /* a word for the log; may be NULL */
  void (*progress)(void *user, uint64_t articles, uint64_t bytes, uint64_t total_bytes); /* may be NULL */
  void *user;
} hsy_ingest_plan;

bool hsy_ingest_run(const hsy_ingest_plan *plan, const char *const *paths, size_t count, uint64_t *failed,
                    hsy_error *err);

#endif
