#include "base/thread.h"

#include <pthread.h>
#include <stdlib.h>

enum { FREE, QUEUED, WORKING, DONE };

typedef struct runner {
  hsy_pool *pool;
  void *worker;
  pthread_t thread;
  bool started;
} runner;

/* Slots form a ring: [first, submitted) are in flight, [first, picked) were
 * given to a worker. All three count up for ever; a slot is its number modulo
 * the ring's size. */
struct hsy_pool {
  hsy_pool_plan plan;
  char *jobs; /* [slots][job_size] */
  unsigned char *states;
  unsigned long first, picked, submitted;
  runner *runners; /* [threads] */
  int started, idle;
  bool closing;
  pthread_mutex_t lock;
  pthread_cond_t more, done;
};

static void *job_at(const hsy_pool *pool, unsigned long number) {
  return pool->jobs + (number % (unsigned long)pool->plan.slots) * pool->plan.job_size;
}

static unsigned char *state_at(const hsy_pool *pool, unsigned long number) {
  return &pool->states[number % (unsigned long)pool->plan.slots];
}

/* The next job that waits for a worker; false where none does. Locked. */
static bool pick(hsy_pool *pool, unsigned long *number) {
  while (pool->picked < pool->submitted) {
    *number = pool->picked++;
    if (*state_at(pool, *number) == QUEUED) return true;
  }
  return false;
}

static void *run(void *arg) {
  runner *self = arg;
  hsy_pool *pool = self->pool;
  pthread_mutex_lock(&pool->lock);
  while (!pool->closing) {
    unsigned long number;
    if (!pick(pool, &number)) {
      pool->idle++;
      pthread_cond_wait(&pool->more, &pool->lock);
      pool->idle--;
      continue;
    }
    *state_at(pool, number) = WORKING;
    pthread_mutex_unlock(&pool->lock);
    pool->plan.work(self->worker, job_at(pool, number));
    pthread_mutex_lock(&pool->lock);
    *state_at(pool, number) = DONE;
    pthread_cond_signal(&pool->done);
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

hsy_pool *hsy_pool_new(const hsy_pool_plan *plan, hsy_error *err) {
  hsy_pool *pool = calloc(1, sizeof *pool);
  if (pool) {
    pool->plan = *plan;
    if (pool->plan.threads < 1) pool->plan.threads = 1;
    pool->jobs = calloc((size_t)plan->slots, plan->job_size);
    pool->states = calloc((size_t)plan->slots, 1);
    pool->runners = calloc((size_t)pool->plan.threads, sizeof *pool->runners);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->more, NULL);
    pthread_cond_init(&pool->done, NULL);
  }
  if (!pool || !pool->jobs || !pool->states || !pool->runners) {
    hsy_fail(err, HSY_NO_MEMORY, "base", -1, "out of memory");
    hsy_pool_free(pool);
    return NULL;
  }
  pool->runners[0].worker = plan->worker_new(plan->user, err);
  if (!pool->runners[0].worker) {
    hsy_pool_free(pool);
    return NULL;
  }
  return pool;
}

void *hsy_pool_slot(hsy_pool *pool) {
  bool full = pool->submitted - pool->first == (unsigned long)pool->plan.slots;
  return full ? NULL : job_at(pool, pool->submitted);
}

/* One more thread, where one may help. */
static void start_one(hsy_pool *pool) {
  if (pool->started == pool->plan.threads) return;
  runner *next = &pool->runners[pool->started];
  hsy_error ignored = {0};
  next->pool = pool;
  if (!next->worker) next->worker = pool->plan.worker_new(pool->plan.user, &ignored);
  if (!next->worker) return;
  next->started = pthread_create(&next->thread, NULL, run, next) == 0;
  if (next->started) pool->started++;
}

void hsy_pool_submit(hsy_pool *pool, bool ready) {
  unsigned long number = pool->submitted;
  if (!ready && pool->plan.threads > 1) {
    pthread_mutex_lock(&pool->lock);
    *state_at(pool, number) = QUEUED;
    pool->submitted++;
    bool busy = pool->submitted - pool->picked > (unsigned long)pool->idle;
    pthread_cond_signal(&pool->more);
    pthread_mutex_unlock(&pool->lock);
    if (busy) start_one(pool);
    if (pool->started) return;
    pool->picked = pool->submitted; /* no thread to be had */
  }
  if (!ready) pool->plan.work(pool->runners[0].worker, job_at(pool, number));
  pthread_mutex_lock(&pool->lock);
  *state_at(pool, number) = DONE;
  if (pool->submitted == number) pool->submitted++;
  pthread_mutex_unlock(&pool->lock);
}

void *hsy_pool_take(hsy_pool *pool, bool wait) {
  if (pool->first == pool->submitted) return NULL;
  pthread_mutex_lock(&pool->lock);
  while (wait && *state_at(pool, pool->first) != DONE) pthread_cond_wait(&pool->done, &pool->lock);
  bool done = *state_at(pool, pool->first) == DONE;
  void *job = NULL;
  if (done) {
    *state_at(pool, pool->first) = FREE;
    job = job_at(pool, pool->first++);
    if (pool->picked < pool->first) pool->picked = pool->first;
  }
  pthread_mutex_unlock(&pool->lock);
  return job;
}

void hsy_pool_free(hsy_pool *pool) {
  if (!pool) return;
  pthread_mutex_lock(&pool->lock);
  pool->closing = true;
  pthread_cond_broadcast(&pool->more);
  pthread_mutex_unlock(&pool->lock);
  for (int i = 0; pool->runners && i < pool->plan.threads; i++) {
    if (pool->runners[i].started) pthread_join(pool->runners[i].thread, NULL);
    if (pool->runners[i].worker) pool->plan.worker_free(pool->runners[i].worker);
  }
  for (int i = 0; pool->jobs && pool->plan.job_free && i < pool->plan.slots; i++)
    pool->plan.job_free(job_at(pool, (unsigned long)i));
  pthread_mutex_destroy(&pool->lock);
  pthread_cond_destroy(&pool->more);
  pthread_cond_destroy(&pool->done);
  free(pool->jobs);
  free(pool->states);
  free(pool->runners);
  free(pool);
}
