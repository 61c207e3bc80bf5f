/* The store: one SQLite file with the record.
 *
 * In. Documents with their layers.
 * Out. The same documents again; ids that are there.
 * Owns. The connection. A document that was put in is copied.
 * Fails when. The file is no store, was made by a later program, is read-only
 * where it has to be written, or the disk is full. A batch is one transaction:
 * all of it is kept or nothing.
 */
#ifndef HSY_STORE_STORE_H
#define HSY_STORE_STORE_H

#include "doc/doc.h"
#include "store/db.h"

typedef struct hsy_store hsy_store;

/* create: makes the file where it is not there, and opens it to write. Without
 * it a file that cannot be written is opened to read. */
hsy_store *hsy_store_open(const char *path, bool create, hsy_error *err);
void hsy_store_close(hsy_store *store); /* NULL is allowed */
/* For the questions of query/. */
hsy_db *hsy_store_db(hsy_store *store);

bool hsy_store_begin(hsy_store *store, hsy_error *err);
bool hsy_store_commit(hsy_store *store, hsy_error *err);
void hsy_store_rollback(hsy_store *store);
/* Whether the batch is still there: where memory runs out in the midst of a
 * question SQLite undoes all of it by itself. */
bool hsy_store_holds(hsy_store *store, hsy_error *err);

/* Whether the document is there, or another address of its article; also uncommitted. Any thread may ask. false
 * also where it cannot be told: see *err. */
bool hsy_store_has(hsy_store *store, hsy_str id, hsy_error *err);
/* The document's key, 0 where it is not there. */
int64_t hsy_store_key(hsy_store *store, hsy_str id, hsy_error *err);
/* And back: empty where there is none. */
bool hsy_store_id(hsy_store *store, int64_t key, hsy_str *id, hsy_arena *arena, hsy_error *err);

/* Adds a document with all its layers (not tokens); *key gets its key. It must
 * not be there. */
bool hsy_store_put(hsy_store *store, const hsy_doc *doc, hsy_str id, hsy_arena scratch, int64_t *key, hsy_error *err);
/* The words of a content as they are stored: its pieces a line each. */
hsy_str hsy_store_content(const hsy_doc *doc, hsy_part part, hsy_arena *arena);
/* Takes out a document and all that hangs on it. */
bool hsy_store_drop(hsy_store *store, int64_t key, hsy_error *err);

typedef HSY_VEC(int64_t) hsy_key_vec;

/* Keys of the documents that a person means: an id or the start of one (six
 * digits at least, if only one has it), a path ("wire.jsonl" is all of its
 * articles, "wire.jsonl#12" one), or a URL. In the order of their ids. */
void hsy_store_find(hsy_store *store, hsy_str name, hsy_key_vec *keys, hsy_arena *arena, hsy_error *err);
/* Keys of the documents of one origin: versions of an article. */
void hsy_store_versions(hsy_store *store, hsy_str origin, hsy_key_vec *keys, hsy_arena *arena, hsy_error *err);

/* What to load of a document beside its metadata. */
enum {
  HSY_LOAD_TEXT = 1,
  HSY_LOAD_ATTRIBUTIONS = 2, /* with entities, links, evidence */
  HSY_LOAD_REST = 4,         /* blocks, offset map, findings, mentions, times */
  HSY_LOAD_ALL = 7,
  HSY_LOAD_BLOCKS = 8 /* of the rest the blocks alone */
};

/* Fills a document (hsy_doc_init'ed) from the store, in its own arena. */
bool hsy_store_load(hsy_store *store, int64_t key, int what, hsy_doc *doc, hsy_error *err);

#endif
