#include "store/part.h"

static hsy_query ask(hsy_store *store, const char *sql, hsy_error *err) {
  return hsy_db_query(hsy_store_db(store), sql, err);
}

static int64_t number_of(hsy_query *query) {
  int64_t n = hsy_query_next(query) ? hsy_column_int(query, 0) : 0;
  hsy_query_end(query);
  return n;
}

bool hsy_part_unlinked(hsy_store *store, hsy_key_vec *documents, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store, "SELECT document FROM unlinked ORDER BY document", err);
  while (hsy_query_next(&query)) *hsy_push(documents, arena) = hsy_column_int(&query, 0);
  return hsy_arena_check(*arena, "store", err) && err->code == HSY_OK;
}

bool hsy_part_done(hsy_store *store, const int64_t *documents, ptrdiff_t count, hsy_error *err) {
  for (ptrdiff_t i = 0; i < count; i++) {
    hsy_query query = ask(store, "DELETE FROM unlinked WHERE document = ?", err);
    hsy_bind_int(&query, documents[i]);
    hsy_query_run(&query);
  }
  return err->code == HSY_OK;
}

bool hsy_part_unlink(hsy_store *store, int64_t document, hsy_error *err) {
  static const char *const STEPS[] = {
      "DELETE FROM sides WHERE attribution IN (SELECT key FROM attributions WHERE document = ?)",
      "DELETE FROM conflicts WHERE one IN (SELECT key FROM attributions WHERE document = ?)",
      "DELETE FROM conflicts WHERE other IN (SELECT key FROM attributions WHERE document = ?)",
      "DELETE FROM shifts WHERE before IN (SELECT key FROM attributions WHERE document = ?)",
      "DELETE FROM shifts WHERE after IN (SELECT key FROM attributions WHERE document = ?)",
      "DELETE FROM reports WHERE attribution IN (SELECT key FROM attributions WHERE document = ?)",
      "INSERT OR IGNORE INTO loose SELECT 'entity', entity FROM local_entities WHERE document = ? AND entity > 0",
      "UPDATE local_entities SET entity = NULL WHERE document = ? AND entity > 0",
      "INSERT OR IGNORE INTO unlinked VALUES (?)"};
  for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
    hsy_query query = ask(store, STEPS[i], err);
    hsy_bind_int(&query, document);
    hsy_query_run(&query);
  }
  return err->code == HSY_OK;
}

static bool unlink_all(hsy_store *store, hsy_query *query, hsy_arena scratch, hsy_error *err) {
  hsy_key_vec documents = {0};
  while (hsy_query_next(query)) *hsy_push(&documents, &scratch) = hsy_column_int(query, 0);
  if (!hsy_arena_check(scratch, "store", err)) return false;
  for (ptrdiff_t i = 0; i < documents.len && err->code == HSY_OK; i++) hsy_part_unlink(store, documents.data[i], err);
  return err->code == HSY_OK;
}

bool hsy_part_unlink_named(hsy_store *store, hsy_str folded, hsy_arena scratch, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT document FROM names WHERE folded = ?1 AND role <> 'title' UNION"
                        " SELECT l.document FROM local_entities l WHERE l.entity IN (SELECT bearer FROM names"
                        "  WHERE folded = ?1 AND role <> 'title' AND bearer > 0)",
                        err);
  hsy_bind_text(&query, folded);
  return unlink_all(store, &query, scratch, err);
}

bool hsy_part_unlink_beside(hsy_store *store, int64_t attribution, hsy_arena scratch, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT document FROM attributions WHERE key = ?1 UNION"
                        " SELECT a.document FROM sides s JOIN attributions a ON a.key = s.attribution"
                        "  WHERE s.claim IN (SELECT claim FROM sides WHERE attribution = ?1)",
                        err);
  hsy_bind_int(&query, attribution);
  return unlink_all(store, &query, scratch, err);
}

int64_t hsy_part_newest_linked(hsy_store *store, hsy_error *err) {
  return hsy_db_number(hsy_store_db(store),
                       "SELECT ifnull((SELECT key FROM documents WHERE key NOT IN (SELECT document FROM unlinked)"
                       " ORDER BY key DESC LIMIT 1), 0)",
                       err);
}

/* ---- words ---- */

int32_t hsy_part_count(hsy_store *store, uint64_t word, hsy_error *err) {
  hsy_query query = ask(store, "SELECT n FROM words WHERE key = ?", err);
  hsy_bind_int(&query, (int64_t)word);
  return (int32_t)number_of(&query);
}

int32_t hsy_part_count_more(hsy_store *store, uint64_t word, int32_t more, hsy_error *err) {
  hsy_query query =
      ask(store, "INSERT INTO words VALUES (?1, ?2) ON CONFLICT DO UPDATE SET n = n + ?2 RETURNING n", err);
  hsy_bind_int(&query, (int64_t)word);
  hsy_bind_int(&query, more);
  return (int32_t)number_of(&query);
}

bool hsy_part_is_counted(hsy_store *store, hsy_error *err) {
  return hsy_db_number(hsy_store_db(store), "SELECT EXISTS (SELECT 1 FROM words)", err);
}

bool hsy_part_forget(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store), "DELETE FROM words; DELETE FROM unlinked; DELETE FROM loose;", err);
}

bool hsy_part_said(hsy_store *store, bool (*visit)(void *user, hsy_str content), void *user, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT content FROM attributions WHERE mode <> 'thought'"
                        " AND document NOT IN (SELECT document FROM unlinked)",
                        err);
  while (hsy_query_next(&query))
    if (!visit(user, hsy_column_str(&query, 0))) break;
  hsy_query_end(&query);
  return err->code == HSY_OK;
}

bool hsy_part_saying(hsy_store *store, hsy_str word, int64_t before, int most, hsy_said_row_vec *rows, hsy_arena *arena,
                     hsy_error *err) {
  hsy_str asked = hsy_str_printf(arena, "\"%.*s\"", HSY_FMT(word));
  hsy_query query = ask(store,
                        "SELECT a.document, a.key FROM (SELECT rowid FROM attributions_words"
                        "  WHERE attributions_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?) w"
                        " JOIN attributions a ON a.key = w.rowid",
                        err);
  hsy_bind_str(&query, asked);
  hsy_bind_int(&query, before);
  hsy_bind_int(&query, most);
  while (hsy_query_next(&query))
    *hsy_push(rows, arena) = (hsy_said_row){hsy_column_int(&query, 0), hsy_column_int(&query, 1)};
  return hsy_arena_check(*arena, "store", err) && err->code == HSY_OK;
}

/* ---- entities ---- */

bool hsy_part_named(hsy_store *store, hsy_str folded, int most, hsy_local_entity_vec *out, hsy_arena *arena,
                    hsy_error *err) {
  enum { BEARERS = 4 };
  int64_t bearers[BEARERS];
  int count = 0;
  hsy_query query = ask(store,
                        "SELECT DISTINCT bearer FROM names WHERE folded = ? AND role IN ('name','last','alias')"
                        " AND bearer > 0 LIMIT ?",
                        err);
  hsy_bind_text(&query, folded);
  hsy_bind_int(&query, BEARERS);
  while (hsy_query_next(&query)) bearers[count++] = hsy_column_int(&query, 0);
  for (int i = 0; i < count; i++) {
    query = ask(store, "SELECT document, n FROM local_entities WHERE entity = ? ORDER BY document DESC LIMIT ?", err);
    hsy_bind_int(&query, bearers[i]);
    hsy_bind_int(&query, most);
    while (hsy_query_next(&query))
      *hsy_push(out, arena) =
          (hsy_local_entity){hsy_column_int(&query, 0), bearers[i], (int32_t)hsy_column_int(&query, 1)};
  }
  return hsy_arena_check(*arena, "store", err) && err->code == HSY_OK;
}

static hsy_str *names_of(hsy_store *store, const hsy_local_entity *which, const char *role, int32_t *count,
                         hsy_arena *arena, hsy_error *err) {
  enum { MOST = 16 };
  hsy_str *names = hsy_new(arena, hsy_str, MOST);
  hsy_query query = ask(store, "SELECT name FROM names WHERE document = ? AND entity = ? AND role = ? LIMIT ?", err);
  hsy_bind_int(&query, which->document);
  hsy_bind_int(&query, which->number);
  hsy_bind_text(&query, hsy_str_of(role));
  hsy_bind_int(&query, names ? MOST : 0);
  *count = 0;
  while (hsy_query_next(&query)) names[(*count)++] = hsy_str_copy(arena, hsy_column_str(&query, 0));
  return names;
}

static hsy_entity_kind kind_named(hsy_str name) {
  int kind = HSY_PERSON;
  while (kind < HSY_UNNAMED && !hsy_str_eq(name, hsy_str_of(hsy_entity_kind_name((hsy_entity_kind)kind)))) kind++;
  return (hsy_entity_kind)kind;
}

bool hsy_part_entity(hsy_store *store, const hsy_local_entity *which, hsy_entity_row *row, hsy_arena *arena,
                     hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT d.id, l.name, l.kind, ifnull(d.published, '') FROM local_entities l"
                        " JOIN documents d ON d.key = l.document WHERE l.document = ? AND l.n = ?",
                        err);
  hsy_bind_int(&query, which->document);
  hsy_bind_int(&query, which->number);
  *row = (hsy_entity_row){0};
  if (hsy_query_next(&query)) {
    row->document = hsy_str_copy(arena, hsy_column_str(&query, 0));
    row->name = hsy_str_copy(arena, hsy_column_str(&query, 1));
    row->kind = kind_named(hsy_column_str(&query, 2));
    row->published = hsy_str_copy(arena, hsy_column_str(&query, 3));
  }
  hsy_query_end(&query);
  row->titles = names_of(store, which, "title", &row->title_count, arena, err);
  row->aliases = names_of(store, which, "alias", &row->alias_count, arena, err);
  return hsy_arena_check(*arena, "store", err) && err->code == HSY_OK;
}

int64_t hsy_part_linked(hsy_store *store, int64_t document, int32_t number, hsy_error *err) {
  hsy_query query = ask(store, "SELECT ifnull(entity, 0) FROM local_entities WHERE document = ? AND n = ?", err);
  hsy_bind_int(&query, document);
  hsy_bind_int(&query, number);
  return number_of(&query);
}
