/* A pool of workers whose results come back in the order of the jobs.
 *
 * In. A plan: how many threads, how many jobs in flight, what a worker does.
 * The caller takes a free slot, fills the job in it, submits it, and takes
 * finished jobs from the other end of the ring.
 * Out. Jobs, worked on, in the order in which they were submitted.
 * Owns. The slots (zeroed once, then as the caller leaves them, so that a job
 * may keep buffers for the next), the threads, the workers' states.
 * Fails when. No worker's state can be made. Where the system gives no thread,
 * the work is done on the caller's.
 * Threads start when there is more to do than the started ones can take, so a
 * short run pays for none that it does not use.
 */
#ifndef HSY_BASE_THREAD_H
#define HSY_BASE_THREAD_H

#include "base/error.h"

#include <stddef.h>

typedef struct hsy_pool hsy_pool;

typedef struct hsy_pool_plan {
  int threads; /* 1: everything runs on the caller's thread, inside submit */
  int slots;   /* jobs in flight, at least 1 */
  size_t job_size;
  void *user;
  void *(*worker_new)(void *user, hsy_error *err); /* NULL on failure; called on the caller's thread */
  void (*worker_free)(void *worker);
  void (*work)(void *worker, void *job);
  void (*job_free)(void *job); /* once a slot, when the pool goes; may be NULL */
} hsy_pool_plan;

hsy_pool *hsy_pool_new(const hsy_pool_plan *plan, hsy_error *err);
/* The slot for the next job, or NULL where all are in flight. */
void *hsy_pool_slot(hsy_pool *pool);
/* Hands over the slot that hsy_pool_slot gave. `ready`: there is nothing to
 * work on, it only has to keep its place in the order. */
void hsy_pool_submit(hsy_pool *pool, bool ready);
/* The oldest job in flight, when it is done (`wait`: waits for it); else NULL.
 * Its slot is free again at the next call of hsy_pool_slot. */
void *hsy_pool_take(hsy_pool *pool, bool wait);
/* Waits for the jobs that are being worked on. NULL is allowed. */
void hsy_pool_free(hsy_pool *pool);

#endif
