/* Adds to a record's links what a part of it brings (store/part.h). */
#include "base/hash.h"
#include "store/index.h"
#include "store/part.h"
#include "store/put_links.h"

typedef struct adding {
  hsy_putting put;
  const hsy_record_part *part;
} adding;

static hsy_query ask(const adding *a, const char *sql) { return hsy_db_query(a->put.db, sql, a->put.err); }

static int64_t key_of(const adding *a, int32_t row) { return a->part->linked.attributions[row]; }

static int64_t number_of(hsy_query *query) {
  int64_t n = hsy_query_next(query) ? hsy_column_int(query, 0) : 0;
  hsy_query_end(query);
  return n;
}

static bool has_fresh(const adding *a, const hsy_index_vec *rows) {
  for (ptrdiff_t i = 0; i < rows->len; i++)
    if (rows->data[i] < a->part->fresh_rows) return true;
  return false;
}

/* ---- entities ---- */

static void put_entities(adding *a) {
  const hsy_linked *linked = &a->part->linked;
  for (int32_t i = 0; i < linked->input->speaker_count; i++) a->put.entity_keys[i] = a->part->known[i];
  for (int32_t i = 0; i < a->part->fresh_entities; i++) {
    int32_t speaker = linked->group_of[i];
    const hsy_link_speaker *row = &linked->input->speakers[speaker];
    if (!a->put.entity_keys[speaker]) {
      hsy_query query = ask(a, "SELECT key FROM entities WHERE id = ?");
      hsy_bind_text(&query, row->id);
      a->put.entity_keys[speaker] = number_of(&query);
    }
    if (!a->put.entity_keys[speaker]) a->put.entity_keys[speaker] = hsy_put_entity(&a->put, row);
    hsy_query query = ask(a, "UPDATE local_entities SET entity = ?3 WHERE document = ?1 AND n = ?2");
    hsy_bind_int(&query, linked->documents[i]);
    hsy_bind_int(&query, linked->numbers[i]);
    hsy_bind_int(&query, a->put.entity_keys[speaker]);
    hsy_query_run(&query);
  }
}

/* ---- statements ---- */

/* The least statement that holds one of the rows that are no new ones. */
static int64_t standing_statement(const adding *a, const hsy_index_vec *rows) {
  int64_t least = 0;
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    if (rows->data[i] < a->part->fresh_rows) continue;
    hsy_query query = ask(a, "SELECT statement FROM reports WHERE attribution = ?");
    hsy_bind_int(&query, key_of(a, rows->data[i]));
    int64_t key = number_of(&query);
    if (key && (!least || key < least)) least = key;
  }
  return least;
}

static void loosen(const adding *a, const char *kind, int64_t key) {
  hsy_query query = ask(a, "INSERT OR IGNORE INTO loose VALUES (?, ?)");
  hsy_bind_text(&query, hsy_str_of(kind));
  hsy_bind_int(&query, key);
  hsy_query_run(&query);
}

static void join_statement(const adding *a, int64_t statement, const hsy_index_vec *rows) {
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    if (rows->data[i] >= a->part->fresh_rows) continue;
    hsy_query query = ask(a, "INSERT OR IGNORE INTO reports(attribution, statement, n)"
                             " SELECT ?1, ?2, ifnull(max(n), -1) + 1 FROM reports WHERE statement = ?2");
    hsy_bind_int(&query, key_of(a, rows->data[i]));
    hsy_bind_int(&query, statement);
    hsy_query_run(&query);
  }
  loosen(a, "statement", statement);
}

static void put_statements(adding *a) {
  const hsy_links *links = a->part->linked.links;
  for (ptrdiff_t i = 0; i < links->statements.len && a->put.err->code == HSY_OK; i++) {
    const hsy_index_vec *rows = &links->statements.data[i].rows;
    if (!has_fresh(a, rows)) continue;
    int64_t standing = standing_statement(a, rows);
    if (standing)
      join_statement(a, standing, rows);
    else
      hsy_put_reports(&a->put, hsy_put_statement(&a->put, i), rows);
  }
}

/* ---- claims ---- */

/* A claim that is there, and how many of the rows stand on the same side of it,
 * and on the other. */
typedef struct standing {
  int64_t claim;
  int same, cross;
} standing;

enum { MOST_STANDING = 16 };

static void note_side(standing *found, int *count, int64_t claim, bool same) {
  int at = 0;
  while (at < *count && found[at].claim != claim) at++;
  if (at == MOST_STANDING) return;
  if (at == *count) found[(*count)++] = (standing){.claim = claim};
  *(same ? &found[at].same : &found[at].cross) += 1;
}

static void find_sides(const adding *a, const hsy_claim *claim, bool pro, standing *found, int *count) {
  const hsy_index_vec *rows = pro ? &claim->pro : &claim->con;
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    if (rows->data[i] < a->part->fresh_rows) continue;
    hsy_query query = ask(a, "SELECT s.claim, s.side = 'for' FROM sides s JOIN claims c ON c.key = s.claim"
                             " WHERE s.attribution = ? AND c.figures = ?");
    hsy_bind_int(&query, key_of(a, rows->data[i]));
    hsy_bind_int(&query, claim->figures);
    while (hsy_query_next(&query))
      note_side(found, count, hsy_column_int(&query, 0), (hsy_column_int(&query, 1) != 0) == pro);
  }
}

/* The claim with the most rows in common; of several the oldest. */
static standing standing_claim(const adding *a, int32_t i) {
  standing found[MOST_STANDING], best = {0};
  int count = 0;
  const hsy_claim *claim = &a->part->linked.links->claims.data[i];
  find_sides(a, claim, true, found, &count);
  find_sides(a, claim, false, found, &count);
  for (int k = 0; k < count; k++) {
    int shared = found[k].same + found[k].cross, most = best.same + best.cross;
    if (shared > most || (shared == most && found[k].claim < best.claim)) best = found[k];
  }
  if (best.claim) return best;
  hsy_query query = ask(a, "SELECT key FROM claims WHERE id = ?");
  hsy_bind_text(&query, a->put.claim_ids[i]);
  return (standing){.claim = number_of(&query)};
}

static void join_side(const adding *a, int64_t claim, bool pro, const hsy_index_vec *rows) {
  for (ptrdiff_t i = 0; i < rows->len; i++) {
    hsy_query query =
        ask(a, "INSERT INTO sides(claim, side, n, attribution)"
               " SELECT ?1, ?2, ifnull((SELECT max(n) FROM sides WHERE claim = ?1 AND side = ?2), -1) + 1, ?3"
               " WHERE NOT EXISTS (SELECT 1 FROM sides WHERE attribution = ?3 AND claim = ?1)");
    hsy_bind_int(&query, claim);
    hsy_bind_text(&query, pro ? HSY_S("for") : HSY_S("against"));
    hsy_bind_int(&query, key_of(a, rows->data[i]));
    hsy_query_run(&query);
  }
}

static void join_conflicts(const adding *a, int32_t claim, int64_t key) {
  hsy_arena scratch = a->put.scratch;
  hsy_conflict_vec conflicts = {0};
  hsy_link_conflicts(a->part->linked.input, a->part->linked.links, claim, HSY_MOST_CONFLICTS, &conflicts, &scratch);
  for (ptrdiff_t i = 0; i < conflicts.len; i++) {
    const hsy_conflict *row = &conflicts.data[i];
    if (row->one >= a->part->fresh_rows && row->other >= a->part->fresh_rows) continue;
    hsy_query query =
        ask(a, "INSERT INTO conflicts(claim, claim_id, n, one, other, relation, confidence)"
               " SELECT ?1, c.id, (SELECT ifnull(max(n), -1) + 1 FROM conflicts WHERE claim = ?1), ?2, ?3,"
               "  ?4, c.confidence FROM claims c WHERE c.key = ?1"
               "  AND (SELECT count(*) FROM conflicts WHERE claim = ?1) < ?5");
    hsy_bind_int(&query, key);
    hsy_bind_int(&query, key_of(a, row->one));
    hsy_bind_int(&query, key_of(a, row->other));
    hsy_bind_text(&query, hsy_str_of(hsy_relation_name(row->relation)));
    hsy_bind_int(&query, HSY_MOST_CONFLICTS);
    hsy_query_run(&query);
  }
}

static int64_t put_claim(adding *a, int32_t i) {
  const hsy_claim *claim = &a->part->linked.links->claims.data[i];
  standing known = standing_claim(a, i);
  if (!known.claim) return hsy_put_claim(&a->put, i);
  bool turned = known.cross > known.same;
  join_side(a, known.claim, !turned, &claim->pro);
  join_side(a, known.claim, turned, &claim->con);
  join_conflicts(a, i, known.claim);
  return known.claim;
}

/* ---- shifts ---- */

static void put_shift(const adding *a, ptrdiff_t i, int64_t claim) {
  const hsy_shift *row = &a->part->linked.links->shifts.data[i];
  if (row->before >= a->part->fresh_rows && row->after >= a->part->fresh_rows) return;
  hsy_query query = ask(a, "INSERT OR IGNORE INTO shifts(id, claim, speaker, before, after, why, confidence)"
                           " VALUES (?,?,nullif(?, 0),?,?,?,?)");
  hsy_bind_text(&query, a->put.shift_ids[i]);
  hsy_bind_int(&query, claim);
  hsy_bind_int(&query, a->put.entity_keys[row->speaker]);
  hsy_bind_int(&query, key_of(a, row->before));
  hsy_bind_int(&query, key_of(a, row->after));
  hsy_bind_text(&query, row->why);
  hsy_bind_real(&query, row->confidence);
  hsy_query_run(&query);
}

bool hsy_part_put(hsy_store *store, const hsy_record_part *part, hsy_arena scratch, hsy_error *err) {
  const hsy_links *links = part->linked.links;
  adding a = {.put = {.db = hsy_store_db(store), .linked = &part->linked, .err = err}, .part = part};
  a.put.entity_keys = hsy_new(&scratch, int64_t, part->linked.input->speaker_count + 1);
  int64_t *claims = hsy_new(&scratch, int64_t, links->claims.len + 1);
  bool named = hsy_put_names(&a.put, &scratch);
  a.put.scratch = scratch;
  if (!hsy_arena_check(scratch, "store", err) || !named) return false;
  put_entities(&a);
  put_statements(&a);
  for (int32_t i = 0; i < links->claims.len && err->code == HSY_OK; i++) {
    const hsy_claim *claim = &links->claims.data[i];
    if (has_fresh(&a, &claim->pro) || has_fresh(&a, &claim->con)) claims[i] = put_claim(&a, i);
  }
  for (ptrdiff_t i = 0; i < links->shifts.len; i++)
    if (claims[links->shifts.data[i].claim]) put_shift(&a, i, claims[links->shifts.data[i].claim]);
  return err->code == HSY_OK;
}

/* ---- what lost or won reports ---- */

/* The reports of one statement, as far as it is told by them. */
typedef struct tally {
  int64_t first, clearest, independent, quoted;
  hsy_str day, last, said_on;
} tally;

enum { TALLIED = 256 }; /* reports that are looked at of a statement */

static bool tally_reports(hsy_store *store, int64_t statement, tally *t, hsy_arena *arena, hsy_error *err) {
  uint64_t groups[TALLIED];
  hsy_str documents[TALLIED];
  int count = 0;
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT a.key, d.day, d.id, ifnull(a.said_on, ''), a.kind <> 'indirect'"
                                 " FROM reports r JOIN attributions a ON a.key = r.attribution"
                                 " JOIN documents d ON d.key = a.document WHERE r.statement = ?"
                                 " ORDER BY d.day, d.id, a.n LIMIT ?",
                                 err);
  hsy_bind_int(&query, statement);
  hsy_bind_int(&query, TALLIED);
  *t = (tally){0};
  while (hsy_query_next(&query)) {
    hsy_str day = hsy_column_str(&query, 1), said_on = hsy_column_str(&query, 3);
    if (count == 0) t->first = hsy_column_int(&query, 0), t->day = hsy_str_copy(arena, day);
    if (hsy_str_cmp(day, t->last) > 0) t->last = hsy_str_copy(arena, day);
    if (said_on.len > t->said_on.len) t->said_on = hsy_str_copy(arena, said_on);
    t->quoted += hsy_column_int(&query, 4);
    documents[count++] = hsy_str_copy(arena, hsy_column_str(&query, 2));
  }
  for (int i = 0; i < count; i++) {
    uint64_t group = 0;
    hsy_key original = 0;
    hsy_store_copy_of(store, hsy_store_key_of(documents[i]), &group, &original, err);
    groups[i] = group ? group : hsy_hash_mix(hsy_hash(documents[i]), 7);
    bool known = false;
    for (int k = 0; k < i && !known; k++) known = groups[k] == groups[i];
    t->independent += !known;
  }
  return count > 0 && err->code == HSY_OK;
}

static void tighten_statement(hsy_store *store, int64_t statement, hsy_arena scratch, hsy_error *err) {
  tally t;
  bool any = tally_reports(store, statement, &t, &scratch, err);
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 any ? "UPDATE statements SET first = ?2, independent = ?3, quoted = ?4, day = ?5,"
                                       " last = ?6, said_on = ?7, varies = NULL, clearest = CASE WHEN EXISTS"
                                       " (SELECT 1 FROM reports WHERE attribution = clearest AND statement = ?1)"
                                       " THEN clearest ELSE ?2 END WHERE key = ?1"
                                     : "DELETE FROM statements WHERE key = ?1",
                                 err);
  hsy_bind_int(&query, statement);
  if (any) {
    hsy_bind_int(&query, t.first);
    hsy_bind_int(&query, t.independent);
    hsy_bind_int(&query, t.quoted);
    hsy_bind_text(&query, t.day);
    hsy_bind_text(&query, t.last);
    hsy_bind_str(&query, t.said_on);
  }
  hsy_query_run(&query);
}

/* Claims that have one side left, entities of no document. */
static const char CLAIM_LEFT[] = "DELETE FROM claims WHERE key = ?1 AND"
                                 " (SELECT count(DISTINCT side) FROM sides WHERE claim = ?1) < 2",
                  ENTITY_LEFT[] = "DELETE FROM entities WHERE key = ?1 AND NOT EXISTS"
                                  " (SELECT 1 FROM local_entities WHERE entity = ?1)";

static void drop_left(hsy_store *store, const char *sql, const hsy_key_vec *keys, hsy_error *err) {
  for (ptrdiff_t i = 0; i < keys->len; i++) {
    hsy_query query = hsy_db_query(hsy_store_db(store), sql, err);
    hsy_bind_int(&query, keys->data[i]);
    hsy_query_run(&query);
  }
}

static bool list_loose(hsy_store *store, const char *kind, hsy_key_vec *keys, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT key FROM loose WHERE kind = ?", err);
  hsy_bind_text(&query, hsy_str_of(kind));
  while (hsy_query_next(&query)) *hsy_push(keys, arena) = hsy_column_int(&query, 0);
  return hsy_arena_check(*arena, "store", err) && err->code == HSY_OK;
}

bool hsy_part_tighten(hsy_store *store, hsy_arena scratch, hsy_error *err) {
  hsy_key_vec statements = {0}, claims = {0}, entities = {0};
  if (!list_loose(store, "statement", &statements, &scratch, err) ||
      !list_loose(store, "claim", &claims, &scratch, err) || !list_loose(store, "entity", &entities, &scratch, err))
    return false;
  for (ptrdiff_t i = 0; i < statements.len; i++) tighten_statement(store, statements.data[i], scratch, err);
  drop_left(store, CLAIM_LEFT, &claims, err);
  drop_left(store, ENTITY_LEFT, &entities, err);
  return hsy_db_exec(hsy_store_db(store), "DELETE FROM loose", err) && hsy_store_compare_wordings(store, scratch, err);
}
