#include "store/entities.h"

static hsy_query ask(hsy_store *store, const char *sql, hsy_error *err) {
  return hsy_db_query(hsy_store_db(store), sql, err);
}

static bool sound(hsy_arena arena, hsy_error *err) {
  return err->code == HSY_OK && hsy_arena_check(arena, "store", err);
}

static hsy_entity_kind kind_of(hsy_str name) {
  for (hsy_entity_kind k = HSY_PERSON; k <= HSY_UNNAMED; k++)
    if (hsy_str_eq(name, hsy_str_of(hsy_entity_kind_name(k)))) return k;
  return HSY_UNNAMED;
}

/* ---- as documents know them ---- */

static void read_names(hsy_store *store, const hsy_entity_place *place, hsy_entity_row *row, hsy_arena *arena,
                       hsy_error *err) {
  hsy_str_vec titles = {0}, aliases = {0};
  hsy_query query = ask(store,
                        "SELECT role, name FROM names WHERE document = ? AND entity = ? AND role IN ('title', 'alias')"
                        " ORDER BY n",
                        err);
  hsy_bind_int(&query, place->document);
  hsy_bind_int(&query, place->number);
  while (hsy_query_next(&query)) {
    bool title = hsy_str_eq(hsy_column_str(&query, 0), HSY_S("title"));
    *hsy_push(title ? &titles : &aliases, arena) = hsy_str_copy(arena, hsy_column_str(&query, 1));
  }
  row->titles = titles.data;
  row->aliases = aliases.data;
  row->title_count = (int32_t)titles.len;
  row->alias_count = (int32_t)aliases.len;
}

bool hsy_store_entity_list(hsy_store *store, hsy_entity_list *out, hsy_arena *arena, hsy_error *err) {
  hsy_arena rows = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 3); /* each grows where it stands */
  hsy_arena places = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 3);
  int64_t before = 0;
  hsy_str id = {0}, published = {0};
  hsy_query query =
      ask(store,
          "SELECT d.key, d.id, d.published, l.n, l.name, l.kind, l.entity FROM documents d CROSS JOIN local_entities l"
          " ON l.document = d.key WHERE EXISTS (SELECT 1 FROM speakers s WHERE s.document = d.key AND s.entity = l.n)"
          " OR EXISTS (SELECT 1 FROM links k WHERE k.document = d.key AND k.entity = l.n) ORDER BY d.id, l.n",
          err);
  while (hsy_query_next(&query)) {
    hsy_entity_place place = {hsy_column_int(&query, 0), (int32_t)hsy_column_int(&query, 3), hsy_column_int(&query, 6)};
    if (place.document != before) {
      id = hsy_str_copy(arena, hsy_column_str(&query, 1));
      published = hsy_str_copy(arena, hsy_column_str(&query, 2));
      before = place.document;
    }
    hsy_entity_row row = {.document = id,
                          .published = published,
                          .name = hsy_str_copy(arena, hsy_column_str(&query, 4)),
                          .kind = kind_of(hsy_column_str(&query, 5))};
    read_names(store, &place, &row, arena, err);
    *hsy_push(&out->rows, &rows) = row;
    *hsy_push(&out->places, &places) = place;
  }
  return sound(*arena, err);
}

bool hsy_store_link_entity(hsy_store *store, const hsy_entity_place *place, int64_t entity, hsy_error *err) {
  hsy_query query = ask(store, "UPDATE local_entities SET entity = ? WHERE document = ? AND n = ?", err);
  hsy_bind_int(&query, entity);
  hsy_bind_int(&query, place->document);
  hsy_bind_int(&query, place->number);
  return hsy_query_run(&query);
}

bool hsy_store_linked_entities(hsy_store *store, int64_t document, hsy_key_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store, "SELECT ifnull(entity, 0) FROM local_entities WHERE document = ? ORDER BY n", err);
  hsy_bind_int(&query, document);
  while (hsy_query_next(&query)) *hsy_push(out, arena) = hsy_column_int(&query, 0);
  return sound(*arena, err);
}

/* ---- across documents ---- */

static hsy_known_entity read_entity(const hsy_query *query, hsy_arena *arena) {
  return (hsy_known_entity){.key = hsy_column_int(query, 0),
                            .id = hsy_str_copy(arena, hsy_column_str(query, 1)),
                            .name = hsy_str_copy(arena, hsy_column_str(query, 2)),
                            .kind = kind_of(hsy_column_str(query, 3)),
                            .body = hsy_column_int(query, 4)};
}

bool hsy_store_known_entities(hsy_store *store, hsy_known_entity_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_arena rows = hsy_arena_split(arena, (size_t)(arena->end - arena->next) / 2); /* grow where they stand */
  hsy_query query = ask(store, "SELECT key, id, name, kind, body FROM entities ORDER BY id", err);
  while (hsy_query_next(&query)) *hsy_push(out, &rows) = read_entity(&query, arena);
  return sound(*arena, err);
}

bool hsy_store_known_entity(hsy_store *store, int64_t key, hsy_known_entity *out, hsy_arena *arena, hsy_error *err) {
  *out = (hsy_known_entity){0};
  hsy_query query = ask(store, "SELECT key, id, name, kind, body FROM entities WHERE key = ?", err);
  hsy_bind_int(&query, key);
  if (hsy_query_next(&query)) *out = read_entity(&query, arena);
  hsy_query_end(&query);
  return sound(*arena, err);
}

bool hsy_store_put_entity(hsy_store *store, hsy_known_entity *row, hsy_error *err) {
  hsy_query query = ask(store,
                        row->key ? "UPDATE entities SET name = ?, kind = ?, body = ?, id = ? WHERE key = ?"
                                 : "INSERT INTO entities(name, kind, body, id) VALUES (?,?,?,?)",
                        err);
  hsy_bind_text(&query, row->name);
  hsy_bind_text(&query, hsy_str_of(hsy_entity_kind_name(row->kind)));
  if (row->body)
    hsy_bind_int(&query, row->body);
  else
    hsy_bind_str(&query, (hsy_str){0});
  hsy_bind_text(&query, row->id);
  if (row->key) hsy_bind_int(&query, row->key);
  bool ok = hsy_query_run(&query);
  if (ok && !row->key) row->key = sqlite3_last_insert_rowid(hsy_store_db(store)->handle);
  return ok;
}

bool hsy_store_drop_entity(hsy_store *store, int64_t key, hsy_error *err) {
  hsy_query query = ask(store, "DELETE FROM entities WHERE key = ?", err);
  hsy_bind_int(&query, key);
  return hsy_query_run(&query);
}
