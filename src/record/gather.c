#include "record/gather.h"

#include <string.h>

#include "doc/identity.h"
#include "store/entities.h"
#include "store/linking.h"
#include "store/meanings.h"

/* One document while it is gathered. */
typedef struct page {
  hsy_doc doc;
  hsy_str *ids;         // [attributions]
  int32_t *row_of;      // [attributions] row, or NONE
  hsy_key_vec entities; // [entities] what they are linked to
  hsy_key_vec keys;     // [attributions]
} page;

/* ---- who speaks ---- */

static int32_t speaker_of(hsy_gathering *g, int64_t entity) {
  if (entity == 0) return HSY_NONE;
  int32_t *at = hsy_keymap_at(&g->speaker_of, entity, g->arena);
  if (*at != HSY_NONE) return *at;
  hsy_known_entity known;
  if (!hsy_store_known_entity(g->store, entity, &known, g->arena, g->err) || !known.key) return HSY_NONE;
  int32_t speaker = *at = (int32_t)g->speakers.len;
  *hsy_push(&g->speakers, g->arena) =
      (hsy_link_speaker){.id = known.id, .name = known.name, .kind = known.kind, .body = HSY_NONE};
  *hsy_push(&g->entities, g->arena) = entity;
  int32_t body = speaker_of(g, known.body); /* a body speaks for no other */
  if (!hsy_arena_failed(*g->arena)) g->speakers.data[speaker].body = body;
  return speaker;
}

/* Each once; what they are called in this document beside it. */
static void keep_speakers(hsy_gathering *g, const page *p, const hsy_index_vec *speakers, hsy_link_row *row) {
  int32_t *who = hsy_new(g->arena, int32_t, speakers->len);
  hsy_buf titles = hsy_buf_in(g->arena);
  for (ptrdiff_t i = 0; who && i < speakers->len; i++) {
    int32_t local = speakers->data[i];
    if (local < 0 || local >= p->doc.entities.len || local >= p->entities.len) continue;
    const hsy_str_vec *called = &p->doc.entities.data[local].titles;
    for (ptrdiff_t k = 0; k < called->len; k++) {
      if (titles.len) hsy_buf_add(&titles, HSY_S("; "));
      hsy_buf_add(&titles, called->data[k]);
    }
    row->titles = hsy_buf_str(&titles);
    int32_t speaker = speaker_of(g, p->entities.data[local]);
    bool twice = speaker == HSY_NONE;
    for (int32_t k = 0; k < row->speaker_count; k++) twice = twice || who[k] == speaker;
    if (!twice) who[row->speaker_count++] = speaker;
  }
  row->speakers = who;
}

/* ---- attributions ---- */

static hsy_str join_part(const hsy_doc *doc, hsy_part part, hsy_arena *arena) {
  hsy_buf words = hsy_buf_in(arena);
  for (int32_t i = 0; i < part.count; i++) {
    if (i) hsy_buf_add(&words, HSY_S(" … "));
    hsy_buf_add(&words, hsy_doc_span(doc, hsy_doc_piece(doc, part, i)));
  }
  return hsy_buf_str(&words);
}

static int32_t block_at(const hsy_doc *doc, int32_t byte) {
  for (int32_t i = 0; i < doc->blocks.len; i++)
    if (byte < doc->blocks.data[i].text.end) return i;
  return (int32_t)doc->blocks.len;
}

/* The vector of what it means; NULL where its engine told none. */
static const int8_t *keep_vector(hsy_gathering *g, int64_t attribution) {
  hsy_str vector;
  if (!hsy_store_vector(hsy_store_db(g->store), attribution, &vector, g->arena, g->err)) return NULL;
  return vector.len == HSY_LINK_VECTOR ? (const int8_t *)vector.data : NULL;
}

static void keep_attribution(hsy_gathering *g, page *p, int32_t n) {
  const hsy_attribution *from = &p->doc.attributions.data[n];
  hsy_part content = from->part[HSY_CONTENT];
  p->row_of[n] = HSY_NONE;
  if (from->mode != HSY_SPEECH || content.count == 0 || n >= p->keys.len) return;
  int32_t start = hsy_doc_piece(&p->doc, content, 0).start, block = block_at(&p->doc, start);
  hsy_link_row row = {.id = hsy_str_copy(g->arena, p->ids[n]),
                      .document = (int32_t)g->documents.len - 1,
                      .start = start,
                      .paragraph = block,
                      .parent = HSY_NONE,
                      .content = join_part(&p->doc, content, g->arena),
                      .source = join_part(&p->doc, from->part[HSY_SOURCE], g->arena),
                      .kind = from->kind,
                      .headline = block < p->doc.blocks.len && p->doc.blocks.data[block].kind == HSY_BLOCK_HEADLINE,
                      .stance = from->stance ? hsy_str_z(g->arena, hsy_str_of(from->stance)) : "",
                      .said_on = hsy_str_copy(g->arena, from->said_on),
                      .confidence = from->confidence,
                      .vector = keep_vector(g, p->keys.data[n])};
  keep_speakers(g, p, &from->speakers, &row);
  p->row_of[n] = (int32_t)g->rows.len;
  *hsy_push(&g->rows, g->arena) = row;
  *hsy_push(&g->attributions, g->arena) = p->keys.data[n];
  *hsy_push(&g->numbers, g->arena) = n;
}

/* Parents may stand behind their children. */
static void tie_parents(hsy_gathering *g, const page *p) {
  for (ptrdiff_t i = 0; i < p->doc.attributions.len; i++) {
    int32_t parent = p->doc.attributions.data[i].parent;
    if (p->row_of[i] != HSY_NONE && parent >= 0 && parent < p->doc.attributions.len)
      g->rows.data[p->row_of[i]].parent = p->row_of[parent];
  }
}

/* ---- documents ---- */

static bool load(hsy_gathering *g, int64_t key, page *p, hsy_str *id, hsy_arena *arena) {
  hsy_doc_init(&p->doc, arena);
  if (!hsy_store_load(g->store, key, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS | HSY_LOAD_BLOCKS, &p->doc, g->err) ||
      !hsy_store_linked_entities(g->store, key, &p->entities, arena, g->err) ||
      !hsy_store_attribution_keys(g->store, key, &p->keys, arena, g->err))
    return false;
  *id = hsy_doc_id(&p->doc, g->arena);
  p->ids = hsy_doc_attribution_ids(&p->doc, *id, arena);
  p->row_of = hsy_new(arena, int32_t, p->doc.attributions.len);
  return hsy_arena_check(*arena, "record", g->err);
}

bool hsy_gather_document(hsy_gathering *g, int64_t key) {
  hsy_arena arena = hsy_heap_reset(g->reading);
  page p = {0};
  hsy_str id;
  if (!load(g, key, &p, &id, &arena)) return false;
  *hsy_push(&g->documents, g->arena) = (hsy_link_document){.id = id,
                                                           .published = hsy_str_copy(g->arena, p.doc.meta.published),
                                                           .outlet = hsy_str_copy(g->arena, p.doc.meta.outlet),
                                                           .title = hsy_str_copy(g->arena, p.doc.meta.title),
                                                           .copies = hsy_store_copies_of(g->store, id, g->err)};
  *hsy_push(&g->keys, g->arena) = key;
  for (int32_t i = 0; i < p.doc.attributions.len && !hsy_arena_failed(*g->arena); i++) keep_attribution(g, &p, i);
  if (!hsy_arena_check(*g->arena, "record", g->err)) return false;
  tie_parents(g, &p);
  return g->err->code == HSY_OK;
}

hsy_link_input hsy_gather_input(const hsy_gathering *g) {
  return (hsy_link_input){.documents = g->documents.data,
                          .speakers = g->speakers.data,
                          .rows = g->rows.data,
                          .document_count = (int32_t)g->documents.len,
                          .speaker_count = (int32_t)g->speakers.len,
                          .row_count = (int32_t)g->rows.len};
}
