#include "ingest/import.h"

#include "ingest/facts.h"

static bool import_documents(hsy_importing *i, hsy_store *other) {
  hsy_query query = hsy_db_query(hsy_store_db(other), "SELECT key FROM documents ORDER BY id", i->err);
  while (hsy_query_next(&query)) {
    hsy_arena arena = hsy_heap_reset(i->heap);
    hsy_doc doc;
    hsy_doc_init(&doc, &arena);
    if (!hsy_store_load(other, hsy_column_int(&query, 0), HSY_LOAD_ALL, &doc, i->err)) break;
    if (!hsy_import_document(i, &doc)) break;
  }
  hsy_query_end(&query);
  return i->err->code == HSY_OK;
}

bool hsy_import_store(hsy_importing *i, const char *path) {
  hsy_store *other = hsy_store_open(path, false, i->err);
  if (!other) return false;
  bool ok = import_documents(i, other) && hsy_restore_commit(&i->restore, i->err) &&
            hsy_facts_copy(i->store, other, hsy_heap_reset(i->heap), i->err);
  hsy_store_close(other);
  return ok;
}
