#include "store/put_links.h"

#include "base/hash.h"
#include "doc/identity.h"

static hsy_query insert(hsy_putting *p, const char *sql) { return hsy_db_query(p->db, sql, p->err); }

static int64_t run_insert(hsy_query *query) {
  sqlite3 *handle = query->db->handle;
  return hsy_query_run(query) ? sqlite3_last_insert_rowid(handle) : 0;
}

/* ---- rows that mostly stay: only what differs is written ---- */

int64_t hsy_put_entity(hsy_putting *p, const hsy_link_speaker *row) {
  hsy_str kind = hsy_str_of(hsy_entity_kind_name(row->kind));
  hsy_query query = hsy_db_query(p->db, "SELECT key, name = ? AND kind = ? FROM entities WHERE id = ?", p->err);
  hsy_bind_text(&query, row->name);
  hsy_bind_text(&query, kind);
  hsy_bind_text(&query, row->id);
  bool there = hsy_query_next(&query);
  int64_t key = there ? hsy_column_int(&query, 0) : 0;
  bool same = there && hsy_column_int(&query, 1);
  hsy_query_end(&query);
  if (same) return key;
  query = hsy_db_query(p->db,
                       there ? "UPDATE entities SET name = ?, kind = ? WHERE id = ?"
                             : "INSERT INTO entities(name, kind, id) VALUES (?,?,?)",
                       p->err);
  hsy_bind_text(&query, row->name);
  hsy_bind_text(&query, kind);
  hsy_bind_text(&query, row->id);
  int64_t added = run_insert(&query);
  return there ? key : added;
}

static void put_entities(hsy_putting *p) {
  const hsy_link_input *input = p->linked->input;
  for (int32_t i = 0; i < input->speaker_count; i++) p->entity_keys[i] = hsy_put_entity(p, &input->speakers[i]);
  for (int32_t i = 0; i < p->linked->entity_count; i++) {
    hsy_query query =
        insert(p, "UPDATE local_entities SET entity = ?3 WHERE document = ?1 AND n = ?2 AND entity IS NOT ?3");
    hsy_bind_int(&query, p->linked->documents[i]);
    hsy_bind_int(&query, p->linked->numbers[i]);
    hsy_bind_int(&query, p->entity_keys[p->linked->group_of[i]]);
    hsy_query_run(&query);
  }
}

void hsy_put_reports(hsy_putting *p, int64_t statement, const hsy_index_vec *rows) {
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

static hsy_str day_of(const hsy_putting *p, int32_t row) {
  const hsy_link_input *input = p->linked->input;
  hsy_str published = input->documents[input->rows[row].document].published;
  return published.len ? published : HSY_S("~");
}

/* What statements are found through: the days of the first and the last
 * report, and how many quote it. */
static void bind_days(const hsy_putting *p, const hsy_statement *row, hsy_query *query) {
  hsy_str last = HSY_S("");
  int64_t quoted = 0;
  for (ptrdiff_t i = 0; i < row->rows.len; i++) {
    hsy_str day = day_of(p, row->rows.data[i]);
    if (hsy_str_cmp(day, last) > 0) last = day;
    quoted += p->linked->input->rows[row->rows.data[i]].kind != HSY_INDIRECT;
  }
  hsy_bind_text(query, day_of(p, row->first));
  hsy_bind_text(query, last);
  hsy_bind_int(query, quoted);
}

static void bind_statement(const hsy_putting *p, ptrdiff_t i, hsy_query *query) {
  const hsy_statement *row = &p->linked->links->statements.data[i];
  hsy_bind_str(query, row->said_on);
  hsy_bind_int(query, p->linked->attributions[row->clearest]);
  hsy_bind_int(query, p->linked->attributions[row->first]);
  hsy_bind_int(query, row->independent);
  bind_days(p, row, query);
  hsy_bind_text(query, p->statement_ids[i]);
}

int64_t hsy_put_statement(hsy_putting *p, ptrdiff_t i) {
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

static void put_statements(hsy_putting *p) {
  for (ptrdiff_t i = 0; i < p->linked->links->statements.len && p->err->code == HSY_OK; i++)
    hsy_put_reports(p, hsy_put_statement(p, i), &p->linked->links->statements.data[i].rows);
}

/* Every statement has reports, every entity is one of some document: what has
 * none any more is of before. */
static void drop_left_over(hsy_putting *p) {
  hsy_db_exec(p->db,
              "DELETE FROM statements WHERE key NOT IN (SELECT statement FROM reports);"
              "DELETE FROM entities WHERE key NOT IN (SELECT entity FROM local_entities WHERE entity IS NOT NULL);",
              p->err);
}

/* ---- rows that are few: made anew ---- */

static void put_side(hsy_putting *p, int64_t claim, const char *side, const hsy_index_vec *rows) {
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    hsy_query query = insert(p, "INSERT INTO sides(claim, side, n, attribution) VALUES (?,?,?,?)");
    hsy_bind_int(&query, claim);
    hsy_bind_text(&query, hsy_str_of(side));
    hsy_bind_int(&query, i);
    hsy_bind_int(&query, p->linked->attributions[rows->data[i]]);
    hsy_query_run(&query);
  }
}

static void put_conflicts(hsy_putting *p, int32_t claim, int64_t key) {
  hsy_arena scratch = p->scratch;
  hsy_conflict_vec conflicts = {0};
  hsy_link_conflicts(p->linked->input, p->linked->links, claim, HSY_MOST_CONFLICTS, &conflicts, &scratch);
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

int64_t hsy_put_claim(hsy_putting *p, int32_t i) {
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

static void put_shifts(hsy_putting *p, const int64_t *claims) {
  for (ptrdiff_t i = 0; i < p->linked->links->shifts.len; i++) {
    const hsy_shift *row = &p->linked->links->shifts.data[i];
    hsy_query query = insert(p, "INSERT INTO shifts(id, claim, speaker, before, after, why, confidence)"
                                " VALUES (?,?,?,?,?,?,?)");
    hsy_bind_text(&query, p->shift_ids[i]);
    hsy_bind_int(&query, claims[row->claim]);
    hsy_bind_int(&query, p->entity_keys[row->speaker]);
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

bool hsy_put_names(hsy_putting *p, hsy_arena *arena) {
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
  hsy_putting p = {.db = hsy_store_db(store), .linked = linked, .err = err};
  p.entity_keys = hsy_new(&scratch, int64_t, linked->input->speaker_count);
  int64_t *claims = hsy_new(&scratch, int64_t, linked->links->claims.len);
  bool named = hsy_put_names(&p, &scratch);
  p.scratch = scratch;
  if (!hsy_arena_check(scratch, "store", err) || !named) return false;
  hsy_db_exec(p.db, "DELETE FROM shifts; DELETE FROM claims;", err);
  put_entities(&p);
  put_statements(&p);
  drop_left_over(&p);
  for (int32_t i = 0; i < linked->links->claims.len && err->code == HSY_OK; i++) claims[i] = hsy_put_claim(&p, i);
  put_shifts(&p, claims);
  hsy_store_compare_wordings(store, scratch, err);
  return err->code == HSY_OK && hsy_arena_check(scratch, "store", err);
}
