#include "store/corrections.h"

#include "base/utf8.h"

static const char *const KINDS[] = {"merge", "split", "alias"};

const char *hsy_correction_kind_name(hsy_correction_kind kind) { return KINDS[kind]; }

static hsy_correction_kind kind_named(hsy_str name) {
  for (int kind = HSY_CORRECT_MERGE; kind < HSY_CORRECT_ALIAS; kind++)
    if (hsy_str_eq(name, hsy_str_of(KINDS[kind]))) return kind;
  return HSY_CORRECT_ALIAS;
}

static bool sound(hsy_arena arena, hsy_error *err) {
  return err->code == HSY_OK && hsy_arena_check(arena, "store", err);
}

bool hsy_store_corrections(hsy_store *store, hsy_stored_correction_vec *rows, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT key, kind, a, b FROM corrections ORDER BY key", err);
  while (hsy_query_next(&query)) {
    hsy_stored_correction row = {hsy_column_int(&query, 0),
                                 {kind_named(hsy_column_str(&query, 1)), hsy_str_copy(arena, hsy_column_str(&query, 2)),
                                  hsy_str_copy(arena, hsy_column_str(&query, 3))}};
    *hsy_push(rows, arena) = row;
  }
  return sound(*arena, err);
}

/* One a version of the article that b is; *any: b is one. */
static void apply_to_article(hsy_store *store, const hsy_correction *what, hsy_correction_vec *rows, bool *any,
                             hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT id FROM documents WHERE origin = ? ORDER BY id", err);
  hsy_bind_text(&query, what->b);
  while (hsy_query_next(&query)) {
    hsy_correction row = {what->kind, what->a, hsy_str_copy(arena, hsy_column_str(&query, 0))};
    *hsy_push(rows, arena) = row;
    *any = true;
  }
}

bool hsy_store_corrections_apply(hsy_store *store, hsy_correction_vec *rows, hsy_arena *arena, hsy_error *err) {
  hsy_stored_correction_vec stored = {0};
  if (!hsy_store_corrections(store, &stored, arena, err)) return false;
  for (ptrdiff_t i = 0; i < stored.len; i++) {
    bool by_article = false;
    const hsy_correction *what = &stored.data[i].what;
    if (what->kind == HSY_CORRECT_SPLIT) apply_to_article(store, what, rows, &by_article, arena, err);
    if (!by_article) *hsy_push(rows, arena) = *what;
  }
  return sound(*arena, err);
}

bool hsy_store_put_correction(hsy_store *store, const hsy_correction *what, int64_t *number, hsy_arena scratch,
                              hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "INSERT INTO corrections(kind, a, b, a_folded, b_folded) VALUES (?,?,?,?,?)", err);
  hsy_bind_text(&query, hsy_str_of(KINDS[what->kind]));
  hsy_bind_text(&query, what->a);
  hsy_bind_text(&query, what->b);
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, what->a));
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, what->b));
  bool ok = hsy_query_run(&query);
  *number = ok ? sqlite3_last_insert_rowid(hsy_store_db(store)->handle) : 0;
  return ok && sound(scratch, err);
}

bool hsy_store_drop_correction(hsy_store *store, int64_t number, bool *found, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "DELETE FROM corrections WHERE key = ?", err);
  hsy_bind_int(&query, number);
  bool ok = hsy_query_run(&query);
  *found = ok && sqlite3_changes(hsy_store_db(store)->handle) > 0;
  return ok;
}

bool hsy_store_name_known(hsy_store *store, hsy_str name, bool *known, hsy_arena scratch, hsy_error *err) {
  hsy_query query =
      hsy_db_query(hsy_store_db(store), "SELECT 1 FROM names WHERE folded = ? AND role <> 'title' LIMIT 1", err);
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, name));
  *known = hsy_query_next(&query);
  hsy_query_end(&query);
  return sound(scratch, err);
}

bool hsy_store_names_apart(hsy_store *store, hsy_str a, hsy_str b, hsy_arena scratch, hsy_error *err) {
  bool known_a = false, known_b = false;
  if (!hsy_store_name_known(store, a, &known_a, scratch, err) ||
      !hsy_store_name_known(store, b, &known_b, scratch, err))
    return false;
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT 1 FROM names x JOIN names y ON y.bearer = x.bearer AND y.folded = ?2"
                                 " AND y.role <> 'title' WHERE x.folded = ?1 AND x.role <> 'title' LIMIT 1",
                                 err);
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, a));
  hsy_bind_text(&query, hsy_utf8_fold(&scratch, b));
  bool together = hsy_query_next(&query);
  hsy_query_end(&query);
  return known_a && known_b && !together && sound(scratch, err);
}

bool hsy_store_names_beside(hsy_store *store, hsy_str name, hsy_str_vec *names, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(
      hsy_store_db(store),
      "SELECT DISTINCT o.name FROM names n JOIN local_entities l ON l.document = n.document AND l.n = n.entity"
      " JOIN local_entities m ON m.entity = l.entity JOIN names o ON o.document = m.document AND o.entity = m.n"
      " WHERE n.folded = ? AND n.role = 'name' AND o.role = 'name' ORDER BY o.name",
      err);
  hsy_bind_text(&query, hsy_utf8_fold(arena, name));
  while (hsy_query_next(&query)) *hsy_push(names, arena) = hsy_str_copy(arena, hsy_column_str(&query, 0));
  return sound(*arena, err);
}
