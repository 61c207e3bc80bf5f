#include "base/thread.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct job {
  int number, square;
} job;

static atomic_int workers, freed;
static int refuse; /* worker_new fails */

static void *new_worker(void *user, hsy_error *err) {
  if (refuse) {
    hsy_fail(err, HSY_NO_MEMORY, "test", -1, "no worker");
    return NULL;
  }
  workers++;
  return user;
}

static void free_worker(void *worker) {
  assert_non_null(worker);
  workers--;
}

static void square(void *worker, void *slot) {
  job *j = slot;
  (void)worker;
  if (j->number % 7 == 0) usleep(300); /* some take longer than those behind them */
  j->square = j->number * j->number;
}

static void free_slot(void *slot) {
  (void)slot;
  freed++;
}

static int user;

static hsy_pool_plan plan_for(int threads, int slots) {
  return (hsy_pool_plan){.threads = threads,
                         .slots = slots,
                         .job_size = sizeof(job),
                         .user = &user,
                         .worker_new = new_worker,
                         .worker_free = free_worker,
                         .work = square,
                         .job_free = free_slot};
}

static void check(const job *j, int *next) {
  assert_int_equal(j->number, *next);
  assert_int_equal(j->square, j->number % 5 ? j->number * j->number : -1);
  (*next)++;
}

/* Every fifth job is ready at once and must keep its place all the same. */
static void run_jobs(int threads, int slots, int count) {
  hsy_error err = {0};
  hsy_pool_plan plan = plan_for(threads, slots);
  hsy_pool *pool = hsy_pool_new(&plan, &err);
  assert_non_null(pool);
  int next = 0;
  for (int i = 0; i < count; i++) {
    job *slot, *done;
    while (!(slot = hsy_pool_slot(pool))) check(hsy_pool_take(pool, true), &next);
    *slot = (job){i, -1};
    hsy_pool_submit(pool, i % 5 == 0);
    while ((done = hsy_pool_take(pool, false))) check(done, &next);
  }
  for (job *done; (done = hsy_pool_take(pool, true));) check(done, &next);
  assert_int_equal(next, count);
  assert_true(workers <= threads);
  hsy_pool_free(pool);
  assert_int_equal(workers, 0);
}

static void results_come_in_order(void **state) {
  (void)state;
  run_jobs(1, 1, 100);
  run_jobs(1, 3, 100);
  run_jobs(2, 6, 1000);
  run_jobs(5, 12, 1000);
  run_jobs(4, 1, 50); /* fewer slots than threads */
}

static void one_job_starts_one_thread(void **state) {
  (void)state;
  run_jobs(8, 18, 2);
  hsy_error err = {0};
  hsy_pool_plan plan = plan_for(8, 18);
  hsy_pool *pool = hsy_pool_new(&plan, &err);
  *(job *)hsy_pool_slot(pool) = (job){1, -1};
  hsy_pool_submit(pool, false);
  assert_non_null(hsy_pool_take(pool, true));
  assert_int_equal(workers, 1);
  hsy_pool_free(pool);
}

static void a_pool_can_go_with_jobs_in_flight(void **state) {
  (void)state;
  hsy_error err = {0};
  hsy_pool_plan plan = plan_for(3, 8);
  hsy_pool *pool = hsy_pool_new(&plan, &err);
  freed = 0;
  for (int i = 0; i < 8; i++) {
    *(job *)hsy_pool_slot(pool) = (job){7 * i, -1};
    hsy_pool_submit(pool, false);
  }
  assert_null(hsy_pool_slot(pool));
  hsy_pool_free(pool);
  assert_int_equal(workers, 0);
  assert_int_equal(freed, 8); /* each slot once */
}

static void no_worker_is_an_error(void **state) {
  (void)state;
  hsy_error err = {0};
  hsy_pool_plan plan = plan_for(2, 4);
  refuse = 1;
  assert_null(hsy_pool_new(&plan, &err));
  refuse = 0;
  assert_int_equal(err.code, HSY_NO_MEMORY);
  hsy_pool_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(results_come_in_order),
      cmocka_unit_test(one_job_starts_one_thread),
      cmocka_unit_test(a_pool_can_go_with_jobs_in_flight),
      cmocka_unit_test(no_worker_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
