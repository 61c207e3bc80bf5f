#include "record/relink.h"

#include <stdio.h>

#include "record/gather.h"
#include "store/corrections.h"
#include "store/claim_corrections.h"
#include "store/figures.h"
#include "store/figures.h"
#include "store/links.h"

/* Addresses. Linking touches some ten kilobytes an attribution, reading one
 * document at a time little. */
static const size_t HEAP_BYTES = (size_t)16 << 30, READING_BYTES = (size_t)1 << 30;

static bool gather(hsy_gathering *g) {
  hsy_query query = hsy_db_query(hsy_store_db(g->store), "SELECT key FROM documents ORDER BY id", g->err);
  while (hsy_query_next(&query))
    if (!hsy_gather_document(g, hsy_column_int(&query, 0), NULL, NULL)) break;
  hsy_query_end(&query);
  return g->err->code == HSY_OK;
}

static bool link_rows(hsy_gathering *g, hsy_arena scratch) {
  hsy_speaker_lists words;
  hsy_entity_groups groups;
  hsy_links links;
  hsy_claim_correction_vec corrections = {0};
  const hsy_link_lists *lists = hsy_link_load(g->arena, g->err);
  if (!lists || !hsy_speaker_load(&words, g->arena, g->err)) return false;
  int32_t entities = (int32_t)g->entities.len;
  hsy_correction_vec named = {0};
  if (!hsy_store_corrections_apply(g->store, &named, g->arena, g->err)) return false;
  if (!hsy_entities_group(g->entities.data, entities, named.data, (int32_t)named.len, &words, &groups, g->arena,
                          scratch, g->err))
    return false;
  hsy_link_speaker *speakers = hsy_gather_speakers(g, &groups, g->arena);
  if (!speakers || !hsy_arena_check(*g->arena, "record", g->err)) return false;
  hsy_gather_name_groups(g, groups.group_of);
  if (!hsy_store_claim_corrections(g->store, &corrections, g->arena, g->err)) return false;
  hsy_link_input input = {.documents = g->documents.data,
                          .speakers = speakers,
                          .rows = g->rows.data,
                          .document_count = (int32_t)g->documents.len,
                          .speaker_count = (int32_t)groups.groups.len,
                          .row_count = (int32_t)g->rows.len,
                          .corrections = corrections.data,
                          .correction_count = (int32_t)corrections.len};
  int32_t *bodies = hsy_new(g->arena, int32_t, groups.groups.len + 1);
  if (!bodies || !hsy_link_bodies(&input, lists, bodies, scratch, g->err)) return false;
  for (ptrdiff_t i = 0; i < groups.groups.len; i++) speakers[i].body = bodies[i];
  if (!hsy_link_all(&input, lists, &links, g->arena, scratch, g->err)) return false;
  hsy_linked linked = {.input = &input,
                       .links = &links,
                       .attributions = g->attributions.data,
                       .documents = g->entity_documents.data,
                       .numbers = g->entity_numbers.data,
                       .group_of = groups.group_of,
                       .entity_count = entities};
  return hsy_store_put_links(g->store, &linked, scratch, g->err);
}

static bool set_unlinked(hsy_store *store, bool value, hsy_error *err) {
  hsy_query query =
      hsy_db_query(hsy_store_db(store), "INSERT OR REPLACE INTO state(name, value) VALUES ('unlinked', ?)", err);
  hsy_bind_int(&query, value);
  return hsy_query_run(&query);
}

bool hsy_relink_note(hsy_store *store, hsy_error *err) { return set_unlinked(store, true, err); }

static bool relink(hsy_store *store, hsy_error *err) {
  hsy_heap *kept = hsy_heap_new(HEAP_BYTES, err), *scratch = kept ? hsy_heap_new(HEAP_BYTES, err) : NULL;
  hsy_heap *reading = scratch ? hsy_heap_new(READING_BYTES, err) : NULL;
  bool ok = false;
  if (reading) {
    hsy_arena arena = hsy_heap_reset(kept);
    hsy_gathering g = {.store = store, .arena = &arena, .reading = reading, .err = err};
    ok = hsy_store_begin(store, err) && gather(&g) && link_rows(&g, hsy_heap_reset(scratch)) &&
         set_unlinked(store, false, err) && hsy_store_commit(store, err);
    if (!ok) hsy_store_rollback(store);
  }
  if (err->code == HSY_NO_MEMORY)
    snprintf(err->message, sizeof err->message, "the articles are in, but there is no memory to link them");
  hsy_heap_free(kept);
  hsy_heap_free(scratch);
  hsy_heap_free(reading);
  return ok;
}

bool hsy_relink(hsy_store *store, hsy_error *err) {
  int64_t waits = hsy_db_number(hsy_store_db(store), "SELECT value FROM state WHERE name = 'unlinked'", err);
  return err->code == HSY_OK && (!waits || relink(store, err)) && hsy_figures_refresh(store, err);
}
