#include "store/store.h"

#include "store/addresses.h"
#include "store/origins.h"

typedef struct load {
  hsy_db *db;
  hsy_doc *doc;
  int64_t key;
  hsy_error *err;
} load;

static hsy_query rows_of(load *l, const char *sql) {
  hsy_query query = hsy_db_query(l->db, sql, l->err);
  hsy_bind_int(&query, l->key);
  return query;
}

static hsy_str text(load *l, const hsy_query *query, int column) {
  return hsy_str_copy(l->doc->arena, hsy_column_str(query, column));
}

/* NULL for NULL. */
static const char *word(load *l, const hsy_query *query, int column) {
  return hsy_column_null(query, column) ? NULL : hsy_str_z(l->doc->arena, hsy_column_str(query, column));
}

static hsy_span span(const hsy_query *query, int column) {
  return (hsy_span){(int32_t)hsy_column_int(query, column), (int32_t)hsy_column_int(query, column + 1)};
}

static int32_t index_or_none(const hsy_query *query, int column) {
  return hsy_column_null(query, column) ? HSY_NONE : (int32_t)hsy_column_int(query, column);
}

/* The value whose name stands in the column; `to` stays where none has it. */
#define READ_NAME(to, query, column, last, name)                                                                       \
  for (int value_ = 0; value_ <= (last); value_++)                                                                     \
    if (hsy_str_eq(hsy_column_str((query), (column)), hsy_str_of(name(value_)))) (to) = value_

/* ---- the document itself ---- */

static bool load_meta(load *l) {
  hsy_query query = rows_of(l, "SELECT source_id, path, item, url, title, outlet, byline, agency, place, published,"
                               " modified, language, sha256, format, engine, origin, article, summary_only, paywalled,"
                               " detours"
                               " FROM documents WHERE key = ?");
  if (!hsy_query_next(&query)) return hsy_fail(l->err, HSY_NOT_FOUND, "store", -1, "there is no such document");
  hsy_meta *meta = &l->doc->meta;
  hsy_str *fields[] = {&meta->source_id, &meta->path,     &meta->item,   &meta->url,    &meta->title,
                       &meta->outlet,    &meta->byline,   &meta->agency, &meta->place,  &meta->published,
                       &meta->modified,  &meta->language, &meta->sha256, &meta->format, &meta->engine,
                       &meta->origin,    &meta->article};
  enum { FIELDS = sizeof fields / sizeof *fields };
  for (int i = 0; i < FIELDS; i++) *fields[i] = text(l, &query, i);
  meta->summary_only = hsy_column_int(&query, FIELDS);
  meta->paywalled = hsy_column_int(&query, FIELDS + 1);
  meta->detours = (int)hsy_column_int(&query, FIELDS + 2);
  hsy_query_end(&query);
  query = rows_of(l, "SELECT name FROM authors WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) *hsy_push(&meta->authors, l->doc->arena) = text(l, &query, 0);
  hsy_store_load_addresses(l->db, l->key, l->doc, l->err);
  return l->err->code == HSY_OK;
}

static void load_text(load *l) {
  hsy_query query = rows_of(l, "SELECT text FROM documents WHERE key = ?");
  while (hsy_query_next(&query)) l->doc->text = text(l, &query, 0);
}

static void load_origins(load *l) {
  hsy_query query = rows_of(l, "SELECT origins FROM documents WHERE key = ?");
  while (hsy_query_next(&query)) hsy_origins_unpack(hsy_column_str(&query, 0), l->doc);
}

static void load_findings(load *l) {
  hsy_query query = rows_of(l, "SELECT field, place FROM findings WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) {
    hsy_finding row = {.field = word(l, &query, 0), .where = word(l, &query, 1)};
    *hsy_push(&l->doc->findings, l->doc->arena) = row;
  }
}

static void load_blocks(load *l) {
  hsy_query query = rows_of(l, "SELECT start, end, tagged, lead, why, kind FROM blocks WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) {
    hsy_block row = {.text = span(&query, 0),
                     .tagged = hsy_column_int(&query, 2),
                     .lead = (int32_t)hsy_column_int(&query, 3),
                     .why = word(l, &query, 4)};
    READ_NAME(row.kind, &query, 5, HSY_BLOCK_FURNITURE, hsy_block_kind_name);
    *hsy_push(&l->doc->blocks, l->doc->arena) = row;
  }
}

/* ---- entities ---- */

static void load_names(load *l) {
  hsy_query query = rows_of(l, "SELECT entity, role, name FROM names WHERE document = ?"
                               " AND role IN ('alias', 'title') ORDER BY entity, n");
  while (hsy_query_next(&query)) {
    int64_t entity = hsy_column_int(&query, 0);
    if (entity < 0 || entity >= l->doc->entities.len) continue;
    hsy_entity *row = &l->doc->entities.data[entity];
    bool title = hsy_str_eq(hsy_column_str(&query, 1), HSY_S("title"));
    *hsy_push(title ? &row->titles : &row->aliases, l->doc->arena) = text(l, &query, 2);
  }
}

static void load_entities(load *l) {
  hsy_query query = rows_of(l, "SELECT l.name, l.kind, e.id, e.name FROM local_entities l"
                               " LEFT JOIN entities e ON e.key = l.entity WHERE l.document = ? ORDER BY l.n");
  while (hsy_query_next(&query)) {
    hsy_entity row = {.name = text(l, &query, 0), .known_id = text(l, &query, 2), .known_as = text(l, &query, 3)};
    READ_NAME(row.kind, &query, 1, HSY_UNNAMED, hsy_entity_kind_name);
    *hsy_push(&l->doc->entities, l->doc->arena) = row;
  }
  load_names(l);
}

static void load_mentions(load *l) {
  hsy_query query = rows_of(l, "SELECT start, end, entity, form FROM mentions WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) {
    hsy_mention row = {span(&query, 0), (int32_t)hsy_column_int(&query, 2), word(l, &query, 3)};
    *hsy_push(&l->doc->mentions, l->doc->arena) = row;
  }
}

static void load_times(load *l) {
  hsy_query query = rows_of(l, "SELECT start, end, type, value FROM times WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) {
    hsy_time row = {span(&query, 0), word(l, &query, 2), text(l, &query, 3)};
    *hsy_push(&l->doc->times, l->doc->arena) = row;
  }
}

/* ---- attributions ---- */

static void load_attribution_rows(load *l) {
  hsy_query query = rows_of(l, "SELECT a.kind, a.mode, a.confidence, a.parent, a.same_run, a.speaker, a.stance,"
                               " a.said_on, s.id FROM attributions a LEFT JOIN reports r ON r.attribution = a.key"
                               " LEFT JOIN statements s ON s.key = r.statement WHERE a.document = ? ORDER BY a.n");
  while (hsy_query_next(&query)) {
    hsy_attribution row = {.confidence = (float)hsy_column_real(&query, 2),
                           .parent = index_or_none(&query, 3),
                           .same_run = index_or_none(&query, 4),
                           .speaker = text(l, &query, 5),
                           .stance = word(l, &query, 6),
                           .said_on = text(l, &query, 7),
                           .statement = text(l, &query, 8)};
    READ_NAME(row.kind, &query, 0, HSY_MIXED, hsy_kind_name);
    READ_NAME(row.mode, &query, 1, HSY_REJECTED, hsy_mode_name);
    *hsy_push(&l->doc->attributions, l->doc->arena) = row;
  }
}

/* Rows come attribution by attribution and role by role, so that the pieces of
 * a part lie together. */
static void load_pieces(load *l) {
  hsy_query query = rows_of(l, "SELECT start, end, attribution, role FROM pieces WHERE document = ?"
                               " ORDER BY attribution, role, n");
  while (hsy_query_next(&query)) {
    int64_t attribution = hsy_column_int(&query, 2);
    int role = HSY_ROLES;
    READ_NAME(role, &query, 3, HSY_ROLES - 1, hsy_role_name);
    if (attribution < 0 || attribution >= l->doc->attributions.len || role == HSY_ROLES) continue;
    hsy_part *part = &l->doc->attributions.data[attribution].part[role];
    if (part->count++ == 0) part->first = (int32_t)l->doc->pieces.len;
    *hsy_push(&l->doc->pieces, l->doc->arena) = span(&query, 0);
  }
}

static void load_speakers(load *l) {
  hsy_query query = rows_of(l, "SELECT attribution, entity FROM speakers WHERE document = ? ORDER BY attribution, n");
  while (hsy_query_next(&query)) {
    int64_t attribution = hsy_column_int(&query, 0);
    if (attribution < 0 || attribution >= l->doc->attributions.len) continue;
    *hsy_push(&l->doc->attributions.data[attribution].speakers, l->doc->arena) = (int32_t)hsy_column_int(&query, 1);
  }
}

static void load_links(load *l) {
  hsy_query query =
      rows_of(l, "SELECT attribution, direction, name, entity, relation FROM links WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) {
    hsy_link row = {.attribution = (int32_t)hsy_column_int(&query, 0),
                    .to = hsy_str_eq(hsy_column_str(&query, 1), HSY_S("to")),
                    .name = text(l, &query, 2),
                    .entity = index_or_none(&query, 3),
                    .relation = word(l, &query, 4)};
    *hsy_push(&l->doc->links, l->doc->arena) = row;
  }
}

static void load_evidence(load *l) {
  hsy_query query =
      rows_of(l, "SELECT start, end, attribution, field, basis FROM evidence WHERE document = ? ORDER BY n");
  while (hsy_query_next(&query)) {
    hsy_evidence row = {
        .span = span(&query, 0), .attribution = (int32_t)hsy_column_int(&query, 2), .field = word(l, &query, 3)};
    READ_NAME(row.basis, &query, 4, HSY_INFERRED, hsy_basis_name);
    *hsy_push(&l->doc->evidence, l->doc->arena) = row;
  }
}

bool hsy_store_load(hsy_store *store, int64_t key, int what, hsy_doc *doc, hsy_error *err) {
  load l = {.db = hsy_store_db(store), .doc = doc, .key = key, .err = err};
  if (!load_meta(&l)) return false;
  if (what & HSY_LOAD_TEXT) load_text(&l);
  if (what & HSY_LOAD_ATTRIBUTIONS) {
    load_entities(&l);
    load_attribution_rows(&l);
    load_pieces(&l);
    load_speakers(&l);
    load_links(&l);
    load_evidence(&l);
  }
  if (what & (HSY_LOAD_REST | HSY_LOAD_BLOCKS)) load_blocks(&l);
  if (what & HSY_LOAD_REST) {
    load_origins(&l);
    load_findings(&l);
    load_mentions(&l);
    load_times(&l);
  }
  return hsy_arena_check(*doc->arena, "store", err) && err->code == HSY_OK;
}
