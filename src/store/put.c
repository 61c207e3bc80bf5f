#include "store/store.h"

#include "base/utf8.h"
#include "doc/identity.h"
#include "store/addresses.h"
#include "store/meanings.h"
#include "store/origins.h"

/* One document on its way in. Every function below does nothing once *err
 * holds a failure: the queries see to it. */
typedef struct put {
  hsy_db *db;
  const hsy_doc *doc;
  int64_t key;
  int64_t *attributions; // [doc->attributions.len] their keys
  hsy_arena scratch;
  hsy_error *err;
} put;

/* A query for the layer's next row: document and number are bound. */
static hsy_query row_of(put *p, const char *sql, ptrdiff_t n) {
  hsy_query query = hsy_db_query(p->db, sql, p->err);
  hsy_bind_int(&query, p->key);
  hsy_bind_int(&query, n);
  return query;
}

static void bind_index(hsy_query *query, int32_t index) {
  if (index == HSY_NONE)
    hsy_bind_str(query, (hsy_str){0});
  else
    hsy_bind_int(query, index);
}

static void bind_span(hsy_query *query, hsy_span span) {
  hsy_bind_int(query, span.start);
  hsy_bind_int(query, span.end);
}

static void bind_z(hsy_query *query, const char *text) { hsy_bind_str(query, hsy_str_of(text)); }

/* ---- the document itself ---- */

static void put_document(put *p, hsy_str id) {
  const hsy_meta *meta = &p->doc->meta;
  hsy_arena scratch = p->scratch;
  hsy_query query = hsy_db_query(
      p->db,
      "INSERT INTO documents(id, origin, text, source_id, path, item, url, title, outlet, byline, agency, place,"
      " published, modified, language, sha256, format, engine, article, day, summary_only, paywalled, detours, origins)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      p->err);
  hsy_bind_text(&query, id);
  hsy_bind_text(&query, hsy_doc_origin(p->doc, &scratch));
  hsy_bind_text(&query, p->doc->text);
  const hsy_str fields[] = {meta->source_id, meta->path,      meta->item,     meta->url,
                            meta->title,     meta->outlet,    meta->byline,   meta->agency,
                            meta->place,     meta->published, meta->modified, meta->language,
                            meta->sha256,    meta->format,    meta->engine,   meta->article};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) hsy_bind_str(&query, fields[i]);
  hsy_bind_text(&query, meta->published.len ? meta->published : HSY_S("~"));
  hsy_bind_int(&query, meta->summary_only);
  hsy_bind_int(&query, meta->paywalled);
  hsy_bind_int(&query, meta->detours);
  hsy_bind_blob(&query, hsy_origins_pack(p->doc, &scratch));
  hsy_query_run(&query);
  p->key = sqlite3_last_insert_rowid(p->db->handle);
}

static void put_authors(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->meta.authors.len; i++) {
    hsy_query query = row_of(p, "INSERT INTO authors(document, n, name) VALUES (?,?,?)", i);
    hsy_bind_text(&query, p->doc->meta.authors.data[i]);
    hsy_query_run(&query);
  }
}

static void put_addresses(put *p, hsy_str id) {
  for (ptrdiff_t i = 0; i < p->doc->meta.addresses.len; i++) {
    hsy_address address = p->doc->meta.addresses.data[i];
    if (!address.id.len) address.id = id;
    hsy_store_put_address(p->db, p->key, &address, p->err);
  }
}

static void put_findings(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->findings.len; i++) {
    hsy_query query = row_of(p, "INSERT INTO findings(document, n, field, place) VALUES (?,?,?,?)", i);
    bind_z(&query, p->doc->findings.data[i].field);
    bind_z(&query, p->doc->findings.data[i].where);
    hsy_query_run(&query);
  }
}

static void put_blocks(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->blocks.len; i++) {
    const hsy_block *row = &p->doc->blocks.data[i];
    hsy_query query =
        row_of(p, "INSERT INTO blocks(document, n, start, end, kind, tagged, lead, why) VALUES (?,?,?,?,?,?,?,?)", i);
    bind_span(&query, row->text);
    bind_z(&query, hsy_block_kind_name(row->kind));
    hsy_bind_int(&query, row->tagged);
    hsy_bind_int(&query, row->lead);
    bind_z(&query, row->why);
    hsy_query_run(&query);
  }
}

/* ---- entities ---- */

static hsy_str last_word(hsy_str name) {
  ptrdiff_t start = name.len;
  while (start > 0 && name.data[start - 1] != ' ') start--;
  return hsy_str_slice(name, start, name.len);
}

/* Nobody knows yet whether others are called so: linking sets the bearer anew
 * (store/schema.c). */
static int64_t lone_bearer(const put *p, ptrdiff_t entity) {
  enum { ENTITY_BITS = 24 };
  return -(p->key << ENTITY_BITS | entity);
}

static void put_name(put *p, ptrdiff_t entity, int *n, const char *role, hsy_str name) {
  hsy_arena scratch = p->scratch;
  hsy_query query =
      row_of(p, "INSERT INTO names(document, entity, n, role, name, folded, bearer) VALUES (?,?,?,?,?,?,?)", entity);
  hsy_bind_int(&query, (*n)++);
  bind_z(&query, role);
  hsy_bind_text(&query, name);
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, name));
  hsy_bind_int(&query, lone_bearer(p, entity));
  hsy_query_run(&query);
}

static void put_names(put *p, ptrdiff_t i) {
  const hsy_entity *entity = &p->doc->entities.data[i];
  int n = 0;
  put_name(p, i, &n, "name", entity->name);
  hsy_str last = last_word(entity->name);
  if (entity->kind == HSY_PERSON && last.len < entity->name.len) put_name(p, i, &n, "last", last);
  for (ptrdiff_t k = 0; k < entity->aliases.len; k++) put_name(p, i, &n, "alias", entity->aliases.data[k]);
  for (ptrdiff_t k = 0; k < entity->titles.len; k++) put_name(p, i, &n, "title", entity->titles.data[k]);
}

static void put_entities(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->entities.len; i++) {
    const hsy_entity *row = &p->doc->entities.data[i];
    hsy_query query = row_of(p, "INSERT INTO local_entities(document, n, name, kind) VALUES (?,?,?,?)", i);
    hsy_bind_text(&query, row->name);
    bind_z(&query, hsy_entity_kind_name(row->kind));
    hsy_query_run(&query);
    put_names(p, i);
  }
}

static void put_mentions(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->mentions.len; i++) {
    const hsy_mention *row = &p->doc->mentions.data[i];
    hsy_query query = row_of(p, "INSERT INTO mentions(document, n, start, end, entity, form) VALUES (?,?,?,?,?,?)", i);
    bind_span(&query, row->span);
    hsy_bind_int(&query, row->entity);
    bind_z(&query, row->form);
    hsy_query_run(&query);
  }
}

static void put_times(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->times.len; i++) {
    const hsy_time *row = &p->doc->times.data[i];
    hsy_query query = row_of(p, "INSERT INTO times(document, n, start, end, type, value) VALUES (?,?,?,?,?,?)", i);
    bind_span(&query, row->span);
    bind_z(&query, row->type);
    hsy_bind_str(&query, row->value);
    hsy_query_run(&query);
  }
}

/* ---- attributions ---- */

/* The words of the content, its pieces a line each. */
hsy_str hsy_store_content(const hsy_doc *doc, hsy_part part, hsy_arena *arena) {
  if (part.count == 1) return hsy_doc_span(doc, hsy_doc_piece(doc, part, 0));
  hsy_buf words = hsy_buf_in(arena);
  for (int32_t i = 0; i < part.count; i++) {
    if (i) hsy_buf_byte(&words, '\n');
    hsy_buf_add(&words, hsy_doc_span(doc, hsy_doc_piece(doc, part, i)));
  }
  return hsy_buf_str(&words);
}

static void put_pieces(put *p, ptrdiff_t i, hsy_role role) {
  hsy_part part = p->doc->attributions.data[i].part[role];
  for (int32_t k = 0; k < part.count; k++) {
    hsy_query query =
        row_of(p, "INSERT INTO pieces(document, attribution, role, n, start, end) VALUES (?,?,?,?,?,?)", i);
    bind_z(&query, hsy_role_name(role));
    hsy_bind_int(&query, k);
    bind_span(&query, hsy_doc_piece(p->doc, part, k));
    hsy_query_run(&query);
  }
}

static void put_speakers(put *p, ptrdiff_t i) {
  const hsy_index_vec *speakers = &p->doc->attributions.data[i].speakers;
  for (ptrdiff_t k = 0; k < speakers->len; k++) {
    hsy_query query = row_of(p, "INSERT INTO speakers(document, attribution, n, entity) VALUES (?,?,?,?)", i);
    hsy_bind_int(&query, k);
    hsy_bind_int(&query, speakers->data[k]);
    hsy_query_run(&query);
  }
}

static void put_attribution(put *p, ptrdiff_t i, hsy_str id) {
  const hsy_attribution *row = &p->doc->attributions.data[i];
  hsy_arena scratch = p->scratch;
  hsy_query query = row_of(p,
                           "INSERT INTO attributions(document, n, id, kind, mode, confidence, parent, same_run,"
                           " speaker, stance, said_on, content) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                           i);
  hsy_bind_text(&query, id);
  bind_z(&query, hsy_kind_name(row->kind));
  bind_z(&query, hsy_mode_name(row->mode));
  hsy_bind_real(&query, row->confidence);
  bind_index(&query, row->parent);
  bind_index(&query, row->same_run);
  hsy_bind_str(&query, row->speaker);
  bind_z(&query, row->stance);
  hsy_bind_str(&query, row->said_on);
  hsy_bind_text(&query, hsy_store_content(p->doc, row->part[HSY_CONTENT], &scratch));
  hsy_query_run(&query);
  p->attributions[i] = sqlite3_last_insert_rowid(p->db->handle);
  for (hsy_role role = 0; role < HSY_ROLES; role++) put_pieces(p, i, role);
  put_speakers(p, i);
}

static void put_links(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->links.len; i++) {
    const hsy_link *row = &p->doc->links.data[i];
    hsy_query query = row_of(
        p, "INSERT INTO links(document, n, attribution, direction, name, entity, relation) VALUES (?,?,?,?,?,?,?)", i);
    hsy_bind_int(&query, row->attribution);
    bind_z(&query, row->to ? "to" : "via");
    hsy_bind_text(&query, row->name);
    bind_index(&query, row->entity);
    bind_z(&query, row->relation);
    hsy_query_run(&query);
  }
}

static void put_evidence(put *p) {
  for (ptrdiff_t i = 0; i < p->doc->evidence.len; i++) {
    const hsy_evidence *row = &p->doc->evidence.data[i];
    hsy_query query =
        row_of(p, "INSERT INTO evidence(document, n, attribution, field, basis, start, end) VALUES (?,?,?,?,?,?,?)", i);
    hsy_bind_int(&query, row->attribution);
    bind_z(&query, row->field);
    bind_z(&query, hsy_basis_name(row->basis));
    bind_span(&query, row->span);
    hsy_query_run(&query);
  }
}

bool hsy_store_put(hsy_store *store, const hsy_doc *doc, hsy_str id, hsy_arena scratch, int64_t *key, hsy_error *err) {
  put p = {.db = hsy_store_db(store), .doc = doc, .err = err};
  hsy_str *ids = hsy_doc_attribution_ids(doc, id, &scratch);
  p.attributions = hsy_new(&scratch, int64_t, doc->attributions.len + 1);
  p.scratch = scratch;
  if (!hsy_arena_check(scratch, "store", err) || !hsy_store_holds(store, err)) return false;
  put_document(&p, id);
  put_authors(&p);
  put_addresses(&p, id);
  put_findings(&p);
  put_blocks(&p);
  put_entities(&p);
  put_mentions(&p);
  put_times(&p);
  for (ptrdiff_t i = 0; i < doc->attributions.len; i++) put_attribution(&p, i, ids[i]);
  put_links(&p);
  put_evidence(&p);
  for (ptrdiff_t i = 0; i < doc->meanings.len; i++)
    hsy_store_put_meaning(p.db, &doc->meanings.data[i], p.attributions[doc->meanings.data[i].attribution], err);
  *key = p.key;
  return hsy_arena_check(scratch, "store", err) && err->code == HSY_OK;
}
