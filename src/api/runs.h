/* What hearsay_run says, as a plan for ingest/.
 *
 * In. The caller's hearsay_run.
 * Out. A plan whose problem and progress lead to the caller's functions.
 * Owns. A list of the inputs; the run and their bytes are borrowed.
 * Fails when. There is no memory, or an option's value cannot be (a day that does not exist).
 */
#ifndef HSY_API_RUNS_H
#define HSY_API_RUNS_H

#include "hearsay.h"
#include "ingest/run.h"

/* user of the plan's problem and progress has to be a hsy_runs or begin with one. */
typedef struct hsy_runs {
  const hearsay_run *run;
  hsy_limits limits;        /* the plan borrows them */
  hsy_ingest_input *inputs; /* likewise; freed by hsy_runs_reset */
} hsy_runs;

/* After it hsy_runs_reset, also where it failed. */
bool hsy_runs_plan(hsy_ingest_plan *plan, const hearsay_engine *engine, hsy_runs *runs, hsy_error *err);
void hsy_runs_reset(hsy_runs *runs);

#endif
