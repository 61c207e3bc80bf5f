#include "store/links.h"

#include "base/hash.h"
#include "doc/identity.h"

enum { MOST_CONFLICTS = 16 }; /* kept of a claim; its sides tell the rest */

typedef struct putting {
  hsy_db *db;
  const hsy_linked *linked;
  /* Ids by which rows of a kind are told apart, [statements], [claims], [shifts]. */
  hsy_str *statement_ids, *claim_ids, *shift_ids;
  hsy_arena scratch;
  hsy_error *err;
} putting;

static hsy_query insert(putting *p, const char *sql) { return hsy_db_query(p->db, sql, p->err); }

static int64_t run_insert(hsy_query *query) {
  sqlite3 *handle = query->db->handle;
  return hsy_query_run(query) ? sqlite3_last_insert_rowid(handle) : 0;
}

/* ---- rows that mostly stay: only what differs is written ---- */

static void put_reports(putting *p, int64_t statement, const hsy_index_vec *rows) {
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    hsy_query query = insert(p, "INSERT INTO reports(attribution, statement, n) VALUES (?,?,?)"
                                " ON CONFLICT(attribution) DO UPDATE SET statement = excluded.statement, n = excluded.n"
                                " WHERE statement <> excluded.statement OR n <> excluded.n");
    hsy_bind_int(&query, p->linked->attributions[rows->data[i]]);
    hsy_bind_int(&query, statement);
    hsy_bind_int(&query, i);
    hsy_query_run(&query);
  }
}

static void bind_statement(const putting *p, ptrdiff_t i, hsy_query *query) {
  const hsy_statement *row = &p->linked->links->statements.data[i];
  hsy_bind_str(query, row->said_on);
  hsy_bind_int(query, p->linked->attributions[row->clearest]);
  hsy_bind_int(query, p->linked->attributions[row->first]);
  hsy_bind_int(query, row->independent);
  hsy_bind_text(query, row->day);
  hsy_bind_text(query, row->last);
  hsy_bind_int(query, row->quoted);
  hsy_bind_text(query, p->statement_ids[i]);
}

static int64_t put_statement(putting *p, ptrdiff_t i) {
  hsy_query query = hsy_db_query(
      p->db,
      "SELECT key, said_on IS ? AND clearest = ? AND first = ? AND independent = ? AND day IS ? AND last IS ?"
      " AND quoted IS ? FROM statements WHERE id = ?",
      p->err);
  bind_statement(p, i, &query);
  bool there = hsy_query_next(&query);
  int64_t key = there ? hsy_column_int(&query, 0) : 0;
  bool same = there && hsy_column_int(&query, 1);
  hsy_query_end(&query);
  if (same) return key;
  query = hsy_db_query(p->db,
                       there ? "UPDATE statements SET said_on = ?, clearest = ?, first = ?, independent = ?, day = ?,"
                               " last = ?, quoted = ? WHERE id = ?"
                             : "INSERT INTO statements(said_on, clearest, first, independent, day, last, quoted, id)"
                               " VALUES (?,?,?,?,?,?,?,?)",
                       p->err);
  bind_statement(p, i, &query);
  int64_t added = run_insert(&query);
  return there ? key : added;
}

static void drop_if_empty(putting *p, int64_t statement) {
  hsy_query query = insert(p, "DELETE FROM statements WHERE key = ?1"
                              " AND NOT EXISTS (SELECT 1 FROM reports WHERE statement = ?1)");
  hsy_bind_int(&query, statement);
  hsy_query_run(&query);
}

/* Rows may go over from one statement to another. */
static void put_statements(putting *p, hsy_arena scratch) {
  hsy_key_vec before = {0};
  const hsy_linked *linked = p->linked;
  for (int32_t i = 0; i < linked->input->row_count; i++) {
    if (!linked->meant[i]) continue;
    hsy_query query = insert(p, "SELECT statement FROM reports WHERE attribution = ?");
    hsy_bind_int(&query, linked->attributions[i]);
    if (hsy_query_next(&query)) *hsy_push(&before, &scratch) = hsy_column_int(&query, 0);
    hsy_query_end(&query);
  }
  if (!hsy_arena_check(scratch, "store", p->err)) return;
  for (ptrdiff_t i = 0; i < linked->links->statements.len && p->err->code == HSY_OK; i++) {
    const hsy_statement *row = &linked->links->statements.data[i];
    if (linked->meant[row->first]) put_reports(p, put_statement(p, i), &row->rows);
  }
  for (ptrdiff_t i = 0; i < before.len && p->err->code == HSY_OK; i++) drop_if_empty(p, before.data[i]);
}

/* ---- rows that are few: made anew ---- */

static void drop_claims(putting *p) {
  for (int32_t i = 0; i < p->linked->input->row_count && p->err->code == HSY_OK; i++) {
    if (!p->linked->meant[i]) continue;
    hsy_query query = insert(p, "DELETE FROM claims WHERE key IN (SELECT claim FROM sides WHERE attribution = ?)");
    hsy_bind_int(&query, p->linked->attributions[i]);
    hsy_query_run(&query);
  }
}

static void put_side(putting *p, int64_t claim, const char *side, const hsy_index_vec *rows) {
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    hsy_query query = insert(p, "INSERT INTO sides(claim, side, n, attribution) VALUES (?,?,?,?)");
    hsy_bind_int(&query, claim);
    hsy_bind_text(&query, hsy_str_of(side));
    hsy_bind_int(&query, i);
    hsy_bind_int(&query, p->linked->attributions[rows->data[i]]);
    hsy_query_run(&query);
  }
}

static void put_conflicts(putting *p, int32_t claim, int64_t key) {
  hsy_arena scratch = p->scratch;
  hsy_conflict_vec conflicts = {0};
  hsy_link_conflicts(p->linked->input, p->linked->links, claim, MOST_CONFLICTS, &conflicts, &scratch);
  for (ptrdiff_t i = 0; i < conflicts.len; i++) {
    const hsy_conflict *row = &conflicts.data[i];
    hsy_query query =
        insert(p, "INSERT INTO conflicts(claim, claim_id, n, one, other, relation, confidence) VALUES (?,?,?,?,?,?,?)");
    hsy_bind_int(&query, key);
    hsy_bind_text(&query, p->claim_ids[claim]);
    hsy_bind_int(&query, i);
    hsy_bind_int(&query, p->linked->attributions[row->one]);
    hsy_bind_int(&query, p->linked->attributions[row->other]);
    hsy_bind_text(&query, hsy_str_of(hsy_relation_name(row->relation)));
    hsy_bind_real(&query, row->confidence);
    hsy_query_run(&query);
  }
}

static int64_t put_claim(putting *p, int32_t i) {
  const hsy_claim *row = &p->linked->links->claims.data[i];
  hsy_query query = insert(p, "INSERT INTO claims(id, about, why, figures, confidence) VALUES (?,?,?,?,?)");
  hsy_bind_text(&query, p->claim_ids[i]);
  hsy_bind_text(&query, row->about);
  hsy_bind_text(&query, row->why);
  hsy_bind_int(&query, row->figures);
  hsy_bind_real(&query, row->confidence);
  int64_t key = run_insert(&query);
  put_side(p, key, "for", &row->pro);
  put_side(p, key, "against", &row->con);
  put_conflicts(p, i, key);
  return key;
}

static void put_shifts(putting *p, const int64_t *claims) {
  for (ptrdiff_t i = 0; i < p->linked->links->shifts.len; i++) {
    const hsy_shift *row = &p->linked->links->shifts.data[i];
    hsy_query query = insert(p, "INSERT INTO shifts(id, claim, speaker, before, after, why, confidence)"
                                " VALUES (?,?,?,?,?,?,?)");
    hsy_bind_text(&query, p->shift_ids[i]);
    hsy_bind_int(&query, claims[row->claim]);
    hsy_bind_int(&query, p->linked->entities[row->speaker]);
    hsy_bind_int(&query, p->linked->attributions[row->before]);
    hsy_bind_int(&query, p->linked->attributions[row->after]);
    hsy_bind_text(&query, row->why);
    hsy_bind_real(&query, row->confidence);
    hsy_query_run(&query);
  }
}

static hsy_str shift_id(const hsy_linked *linked, const hsy_shift *row, hsy_arena *arena) {
  const hsy_link_row *rows = linked->input->rows;
  hsy_str parts[] = {linked->links->claims.data[row->claim].id, linked->input->speakers[row->speaker].id,
                     rows[row->before].id, rows[row->after].id};
  return hsy_hash_id(arena, parts, 4);
}

static bool put_names(putting *p, hsy_arena *arena) {
  const hsy_links *links = p->linked->links;
  p->statement_ids = hsy_new(arena, hsy_str, links->statements.len);
  p->claim_ids = hsy_new(arena, hsy_str, links->claims.len);
  p->shift_ids = hsy_new(arena, hsy_str, links->shifts.len);
  if (!p->statement_ids || !p->claim_ids || !p->shift_ids) return false;
  for (ptrdiff_t i = 0; i < links->statements.len; i++) p->statement_ids[i] = links->statements.data[i].id;
  for (ptrdiff_t i = 0; i < links->claims.len; i++) p->claim_ids[i] = links->claims.data[i].id;
  for (ptrdiff_t i = 0; i < links->shifts.len; i++)
    p->shift_ids[i] = shift_id(p->linked, &links->shifts.data[i], arena);
  hsy_ids_tell_apart(p->statement_ids, links->statements.len, arena);
  hsy_ids_tell_apart(p->claim_ids, links->claims.len, arena);
  hsy_ids_tell_apart(p->shift_ids, links->shifts.len, arena);
  return true;
}

bool hsy_store_put_links(hsy_store *store, const hsy_linked *linked, hsy_arena scratch, hsy_error *err) {
  putting p = {.db = hsy_store_db(store), .linked = linked, .err = err};
  int64_t *claims = hsy_new(&scratch, int64_t, linked->links->claims.len);
  bool named = put_names(&p, &scratch);
  p.scratch = scratch;
  if (!hsy_arena_check(scratch, "store", err) || !named) return false;
  drop_claims(&p);
  put_statements(&p, scratch);
  for (int32_t i = 0; i < linked->links->claims.len && err->code == HSY_OK; i++) claims[i] = put_claim(&p, i);
  put_shifts(&p, claims);
  return err->code == HSY_OK && hsy_arena_check(scratch, "store", err);
}
