/* Records that were exported, and other stores, into this one.
 *
 * In. Files: what `export` writes as JSON lines, another store, or a folder that
 * it writes for brat (with what was changed there).
 * Out. The articles that are not there yet, with all that was found in them and
 * what people put right.
 * Owns. Nothing that outlives the call.
 * Fails when. The store does, or a file is none of these. A row that is not as
 * docs/format.md has it is told to problem, and costs its article alone.
 */
#ifndef HSY_INGEST_IMPORT_H
#define HSY_INGEST_IMPORT_H

#include "ingest/add.h"
#include "ingest/restore.h"

#include <jansson.h>

bool hsy_import(hsy_store *store, const hsy_ingest_plan *plan, const hsy_add *how, const char *const *paths,
                size_t count, uint64_t *failed, hsy_error *err);

/* ---- what the readers below share ---- */

typedef struct hsy_importing {
  hsy_store *store;
  const hsy_ingest_plan *plan; /* problem, note, progress, user */
  const hsy_add *how;
  hsy_restore restore;
  hsy_heap *heap;   /* the article at hand */
  uint64_t waiting; /* articles in the batch */
  uint64_t *failed;
  hsy_error *err;
} hsy_importing;

/* A document with its attribution rows; where: for a problem. */
bool hsy_import_rows(hsy_importing *i, const json_t *document, const json_t *attributions, const char *where);
/* Takes the document, which lies in the arena of the heap, where it is not there yet. */
bool hsy_import_document(hsy_importing *i, hsy_doc *doc);
/* A row that a person made: correction, claim_correction, review. */
bool hsy_import_fact(hsy_importing *i, const json_t *row, const char *where);

bool hsy_import_lines(hsy_importing *i, const char *path);
bool hsy_import_store(hsy_importing *i, const char *path);
bool hsy_import_brat(hsy_importing *i, const char *folder);

#endif
