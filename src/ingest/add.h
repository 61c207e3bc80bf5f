/* Articles into the store, in batches.
 *
 * In. Paths; a plan with engine, format, threads, problem and progress.
 * Out. The store with the articles; one receipt an article, once the batch
 * that holds it is safe.
 * Owns. Nothing that outlives the call.
 * Fails when. The store cannot be written: what was committed stays, the batch
 * at hand is lost. An article that is there already is not tagged again, so a
 * run that was interrupted is taken up by the same command.
 */
#ifndef HSY_INGEST_ADD_H
#define HSY_INGEST_ADD_H

#include "ingest/run.h"
#include "store/store.h"

typedef struct hsy_receipt {
  hsy_str id;
  hsy_str path;      /* "wire.jsonl#12" */
  const char *state; /* static: "added", "same", "replaced", "address" (there already from another) */
  int64_t attributions;
  hsy_str language;
  bool read;                       /* its language is one that is tagged */
  bool no_day, no_outlet, no_text; /* what it lacks; of one that is there already nothing is said */
} hsy_receipt;

typedef struct hsy_add {
  bool replace; /* read anew what is there, and take out other versions of it */
  /* false: stop. Borrowed until it returns. */
  bool (*receipt)(void *user, const hsy_receipt *receipt);
} hsy_add;

/* plan: wanted, shape and emit are not used; problem, progress and receipt get
 * its user. */
bool hsy_ingest_add(hsy_store *store, const hsy_ingest_plan *plan, const hsy_add *how, const char *const *paths,
                    size_t count, uint64_t *failed, hsy_error *err);

/* Takes out the documents that the names mean (hsy_store_find), or none of
 * them where a name means none. */
bool hsy_ingest_remove(hsy_store *store, const char *const *names, size_t count, uint64_t *removed, hsy_error *err);

#endif
