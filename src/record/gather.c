#include "record/gather.h"

#include <string.h>

#include "doc/identity.h"
#include "store/index.h"

/* One document while it is gathered. */
typedef struct page {
  hsy_doc doc;
  int64_t key;
  hsy_str *ids;          // [attributions]
  int32_t *row_of;       // [attributions] row, or NONE
  int32_t *entity_of;    // [entities] row of gathering.entities, or NONE
  const int64_t *keys;   // [attributions]
  hsy_str id, published; /* kept */
} page;

/* ---- entities that speak or are linked ---- */

static hsy_str *keep_strings(const hsy_str_vec *from, hsy_arena *arena) {
  hsy_str *to = hsy_new(arena, hsy_str, from->len);
  for (ptrdiff_t i = 0; to && i < from->len; i++) to[i] = hsy_str_copy(arena, from->data[i]);
  return to;
}

static void keep_entity(hsy_gathering *g, page *p, int32_t entity) {
  if (entity < 0 || entity >= p->doc.entities.len || p->entity_of[entity] != HSY_NONE) return;
  const hsy_entity *from = &p->doc.entities.data[entity];
  p->entity_of[entity] = (int32_t)g->entities.len;
  *hsy_push(&g->entities, g->arena) = (hsy_entity_row){.document = p->id,
                                                       .name = hsy_str_copy(g->arena, from->name),
                                                       .kind = from->kind,
                                                       .published = p->published,
                                                       .titles = keep_strings(&from->titles, g->arena),
                                                       .aliases = keep_strings(&from->aliases, g->arena),
                                                       .title_count = (int32_t)from->titles.len,
                                                       .alias_count = (int32_t)from->aliases.len};
  *hsy_push(&g->entity_documents, g->arena) = p->key;
  *hsy_push(&g->entity_numbers, g->arena) = entity;
}

static void keep_entities(hsy_gathering *g, page *p) {
  for (ptrdiff_t i = 0; i < p->doc.entities.len; i++) p->entity_of[i] = HSY_NONE;
  for (ptrdiff_t i = 0; i < p->doc.attributions.len; i++) {
    const hsy_index_vec *speakers = &p->doc.attributions.data[i].speakers;
    for (ptrdiff_t k = 0; k < speakers->len; k++) keep_entity(g, p, speakers->data[k]);
  }
  for (ptrdiff_t i = 0; i < p->doc.links.len; i++) keep_entity(g, p, p->doc.links.data[i].entity);
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

static const int32_t *keep_speakers(hsy_gathering *g, const page *p, const hsy_index_vec *speakers, int32_t *count) {
  int32_t *rows = hsy_new(g->arena, int32_t, speakers->len);
  *count = 0;
  for (ptrdiff_t i = 0; rows && i < speakers->len; i++)
    if (speakers->data[i] >= 0 && speakers->data[i] < p->doc.entities.len)
      rows[(*count)++] = p->entity_of[speakers->data[i]];
  return rows;
}

/* The vector of what it means; NULL where its engine told none. */
static const int8_t *keep_vector(hsy_gathering *g, int64_t attribution) {
  hsy_query query = hsy_db_query(hsy_store_db(g->store), "SELECT vector FROM meanings WHERE attribution = ?", g->err);
  hsy_bind_int(&query, attribution);
  if (!hsy_query_next(&query)) return NULL;
  hsy_str vector = hsy_column_str(&query, 0);
  bool whole = vector.len == HSY_LINK_VECTOR;
  vector = whole ? hsy_str_copy(g->arena, vector) : (hsy_str){0};
  hsy_query_end(&query);
  return (const int8_t *)vector.data;
}

static void keep_attribution(hsy_gathering *g, page *p, int32_t n) {
  const hsy_attribution *from = &p->doc.attributions.data[n];
  hsy_part content = from->part[HSY_CONTENT];
  p->row_of[n] = HSY_NONE;
  if (from->mode != HSY_SPEECH || content.count == 0) return;
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
                      .vector = keep_vector(g, p->keys[n])};
  row.speakers = keep_speakers(g, p, &from->speakers, &row.speaker_count);
  p->row_of[n] = (int32_t)g->rows.len;
  *hsy_push(&g->rows, g->arena) = row;
  *hsy_push(&g->attributions, g->arena) = p->keys[n];
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

static uint64_t copies_of(hsy_gathering *g, hsy_str id) {
  hsy_query query = hsy_db_query(hsy_store_db(g->store),
                                 "SELECT min(c.id) FROM copy_documents d JOIN copies c ON c.id = d.copy"
                                 " WHERE d.document = ? AND c.whole",
                                 g->err);
  hsy_bind_int(&query, (int64_t)(hsy_store_key_of(id) ^ UINT64_C(1) << 63));
  uint64_t group = hsy_query_next(&query) && !hsy_column_null(&query, 0) ? (uint64_t)hsy_column_int(&query, 0) | 1 : 0;
  hsy_query_end(&query);
  return group;
}

static const int64_t *keys_of(hsy_gathering *g, int64_t document, ptrdiff_t count, hsy_arena *arena) {
  int64_t *keys = hsy_new(arena, int64_t, count);
  hsy_query query =
      hsy_db_query(hsy_store_db(g->store), "SELECT key FROM attributions WHERE document = ? ORDER BY n", g->err);
  hsy_bind_int(&query, document);
  for (ptrdiff_t i = 0; hsy_query_next(&query); i++)
    if (keys && i < count) keys[i] = hsy_column_int(&query, 0);
  return keys;
}

bool hsy_gather_document(hsy_gathering *g, int64_t key, bool (*keep)(void *user, int64_t attribution), void *user) {
  hsy_arena arena = hsy_heap_reset(g->reading);
  page p = {.key = key};
  hsy_doc_init(&p.doc, &arena);
  if (!hsy_store_load(g->store, key, HSY_LOAD_TEXT | HSY_LOAD_ATTRIBUTIONS | HSY_LOAD_BLOCKS, &p.doc, g->err))
    return false;
  p.id = hsy_doc_id(&p.doc, g->arena);
  p.published = hsy_str_copy(g->arena, p.doc.meta.published);
  p.ids = hsy_doc_attribution_ids(&p.doc, p.id, &arena);
  p.row_of = hsy_new(&arena, int32_t, p.doc.attributions.len);
  p.entity_of = hsy_new(&arena, int32_t, p.doc.entities.len);
  p.keys = keys_of(g, key, p.doc.attributions.len, &arena);
  if (!hsy_arena_check(arena, "record", g->err) || g->err->code != HSY_OK) return false;
  *hsy_push(&g->documents, g->arena) = (hsy_link_document){.id = p.id,
                                                           .published = p.published,
                                                           .outlet = hsy_str_copy(g->arena, p.doc.meta.outlet),
                                                           .title = hsy_str_copy(g->arena, p.doc.meta.title),
                                                           .copies = copies_of(g, p.id)};
  keep_entities(g, &p);
  for (int32_t i = 0; i < p.doc.attributions.len; i++) {
    p.row_of[i] = HSY_NONE;
    if (!keep || keep(user, p.keys[i])) keep_attribution(g, &p, i);
  }
  if (!hsy_arena_check(*g->arena, "record", g->err)) return false;
  tie_parents(g, &p);
  return g->err->code == HSY_OK;
}

/* ---- groups of entities as speakers ---- */

static hsy_str joined_titles(const hsy_gathering *g, const int32_t *members, int32_t count, hsy_arena *arena) {
  hsy_buf titles = hsy_buf_in(arena);
  for (int32_t i = 0; i < count; i++) {
    const hsy_entity_row *row = &g->entities.data[members[i]];
    for (int32_t k = 0; k < row->title_count; k++) {
      if (titles.len) hsy_buf_add(&titles, HSY_S("; "));
      hsy_buf_add(&titles, row->titles[k]);
    }
  }
  return hsy_buf_str(&titles);
}

/* members: rows of the entities, group by group; group i has [first[i], first[i + 1]). */
static const int32_t *sort_members(const hsy_entity_groups *groups, int32_t count, int32_t *first, hsy_arena *arena) {
  int32_t *members = hsy_new(arena, int32_t, count), *next = hsy_new(arena, int32_t, groups->groups.len + 1);
  if (!members || !next) return NULL;
  for (int32_t i = 0; i < count; i++) first[groups->group_of[i] + 1]++;
  for (ptrdiff_t i = 0; i < groups->groups.len; i++) first[i + 1] += first[i];
  memcpy(next, first, (size_t)(groups->groups.len + 1) * sizeof *next);
  for (int32_t i = 0; i < count; i++) members[next[groups->group_of[i]]++] = i;
  return members;
}

/* Two of one name in one document may be two groups. */
static hsy_str *group_ids(const hsy_entity_groups *groups, hsy_arena *arena) {
  hsy_str *ids = hsy_new(arena, hsy_str, groups->groups.len);
  for (ptrdiff_t i = 0; ids && i < groups->groups.len; i++) ids[i] = groups->groups.data[i].id;
  if (ids) hsy_ids_tell_apart(ids, groups->groups.len, arena);
  return ids;
}

hsy_link_speaker *hsy_gather_speakers(const hsy_gathering *g, const hsy_entity_groups *groups, hsy_arena *arena) {
  hsy_link_speaker *speakers = hsy_new(arena, hsy_link_speaker, groups->groups.len);
  int32_t *first = hsy_new(arena, int32_t, groups->groups.len + 1);
  const hsy_str *ids = group_ids(groups, arena);
  const int32_t *members = first ? sort_members(groups, (int32_t)g->entities.len, first, arena) : NULL;
  for (ptrdiff_t i = 0; speakers && ids && members && i < groups->groups.len; i++) {
    const hsy_entity_group *group = &groups->groups.data[i];
    speakers[i] = (hsy_link_speaker){.id = ids[i],
                                     .name = group->name,
                                     .kind = group->kind,
                                     .titles = joined_titles(g, members + first[i], first[i + 1] - first[i], arena),
                                     .body = HSY_NONE};
  }
  return speakers;
}

/* Rows name entities of documents; from here on they name groups, each once. */
void hsy_gather_name_groups(hsy_gathering *g, const int32_t *group_of) {
  for (ptrdiff_t i = 0; i < g->rows.len; i++) {
    hsy_link_row *row = &g->rows.data[i];
    int32_t *speakers = (int32_t *)row->speakers, count = 0;
    for (int32_t k = 0; k < row->speaker_count; k++) {
      int32_t group = group_of[speakers[k]];
      bool twice = false;
      for (int32_t j = 0; j < count; j++) twice = twice || speakers[j] == group;
      if (!twice) speakers[count++] = group;
    }
    row->speaker_count = count;
  }
}
