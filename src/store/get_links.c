#include "store/links.h"

static hsy_str text(const hsy_query *query, int column, hsy_arena *arena) {
  return hsy_str_copy(arena, hsy_column_str(query, column));
}

/* The first column of all rows that the key leads to. */
static void list(hsy_store *store, const char *sql, int64_t key, hsy_str_vec *to, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), sql, err);
  hsy_bind_int(&query, key);
  while (hsy_query_next(&query)) *hsy_push(to, arena) = text(&query, 0, arena);
}

static bool sound(hsy_arena arena, hsy_error *err) {
  return err->code == HSY_OK && hsy_arena_check(arena, "store", err);
}

static const char TITLES[] = "SELECT DISTINCT n.name FROM local_entities l JOIN names n ON n.document = l.document"
                             " AND n.entity = l.n WHERE l.entity = ? AND n.role = 'title' ORDER BY 1";
static const char ALIASES[] =
    "SELECT DISTINCT n.name FROM local_entities l JOIN names n ON n.document = l.document AND n.entity = l.n"
    " JOIN entities e ON e.key = l.entity WHERE l.entity = ? AND n.role IN ('name', 'alias') AND n.name <> e.name"
    " ORDER BY 1";

bool hsy_store_entities(hsy_store *store, bool (*visit)(void *user, const hsy_stored_entity *entity), void *user,
                        hsy_arena arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), "SELECT key, id, name, kind FROM entities ORDER BY id", err);
  bool on = true;
  while (on && hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    hsy_stored_entity row = {
        .id = hsy_column_str(&query, 1), .name = hsy_column_str(&query, 2), .kind = hsy_column_str(&query, 3)};
    list(store, TITLES, hsy_column_int(&query, 0), &row.titles, &scratch, err);
    list(store, ALIASES, hsy_column_int(&query, 0), &row.aliases, &scratch, err);
    on = sound(scratch, err) && visit(user, &row);
  }
  hsy_query_end(&query);
  return on && err->code == HSY_OK;
}

static const char REPORTS[] =
    "SELECT a.id FROM reports r JOIN attributions a ON a.key = r.attribution WHERE r.statement = ? ORDER BY r.n";
static const char SPEAKER_IDS[] =
    "SELECT e.id FROM statements s JOIN attributions a ON a.key = s.clearest"
    " JOIN speakers p ON p.document = a.document AND p.attribution = a.n"
    " JOIN local_entities l ON l.document = p.document AND l.n = p.entity JOIN entities e ON e.key = l.entity"
    " WHERE s.key = ? ORDER BY p.n";
static const char SPEAKER_NAMES[] =
    "SELECT e.name FROM statements s JOIN attributions a ON a.key = s.clearest"
    " JOIN speakers p ON p.document = a.document AND p.attribution = a.n"
    " JOIN local_entities l ON l.document = p.document AND l.n = p.entity JOIN entities e ON e.key = l.entity"
    " WHERE s.key = ? ORDER BY p.n";

static void read_statement(hsy_store *store, const hsy_query *query, hsy_stored_statement *row, hsy_arena *arena,
                           hsy_error *err) {
  int64_t key = hsy_column_int(query, 0);
  hsy_str_vec names = {0};
  *row = (hsy_stored_statement){.key = key,
                                .id = text(query, 1, arena),
                                .speaker = text(query, 2, arena),
                                .said_on = text(query, 3, arena),
                                .text = text(query, 4, arena),
                                .first = text(query, 5, arena),
                                .independent = hsy_column_int(query, 6)};
  list(store, SPEAKER_IDS, key, &row->speakers, arena, err);
  list(store, SPEAKER_NAMES, key, &names, arena, err);
  list(store, REPORTS, key, &row->reports, arena, err);
  if (names.len == 1) row->speaker = names.data[0];
}

#define STATEMENTS                                                                                                     \
  "SELECT s.key, s.id, c.speaker, s.said_on, c.content, f.id, s.independent FROM statements s"                         \
  " JOIN attributions c ON c.key = s.clearest JOIN attributions f ON f.key = s.first "

bool hsy_store_statements(hsy_store *store, bool (*visit)(void *user, const hsy_stored_statement *statement),
                          void *user, hsy_arena arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), STATEMENTS "ORDER BY s.id", err);
  bool on = true;
  while (on && hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    hsy_stored_statement row;
    read_statement(store, &query, &row, &scratch, err);
    on = sound(scratch, err) && visit(user, &row);
  }
  hsy_query_end(&query);
  return on && err->code == HSY_OK;
}

bool hsy_store_statement(hsy_store *store, int64_t key, hsy_stored_statement *row, bool *found, hsy_arena *arena,
                         hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store), STATEMENTS "WHERE s.key = ?", err);
  hsy_bind_int(&query, key);
  *found = hsy_query_next(&query);
  if (*found) read_statement(store, &query, row, arena, err);
  hsy_query_end(&query);
  return sound(*arena, err);
}

static hsy_kind kind_named(hsy_str name) {
  for (hsy_kind kind = HSY_DIRECT; kind < HSY_MIXED; kind++)
    if (hsy_str_eq(name, hsy_str_of(hsy_kind_name(kind)))) return kind;
  return HSY_MIXED;
}

bool hsy_store_reports(hsy_store *store, int64_t statement, hsy_stored_report_vec *rows, hsy_arena *arena,
                       hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT a.document, a.n, a.kind, a.id, a.content, d.id, d.day FROM reports r"
                                 " JOIN attributions a ON a.key = r.attribution JOIN documents d ON d.key = a.document"
                                 " WHERE r.statement = ? ORDER BY r.n",
                                 err);
  hsy_bind_int(&query, statement);
  while (hsy_query_next(&query)) {
    hsy_stored_report row = {.document = hsy_column_int(&query, 0),
                             .number = (int32_t)hsy_column_int(&query, 1),
                             .kind = kind_named(hsy_column_str(&query, 2)),
                             .id = text(&query, 3, arena),
                             .content = text(&query, 4, arena),
                             .document_id = text(&query, 5, arena),
                             .day = text(&query, 6, arena)};
    *hsy_push(rows, arena) = row;
  }
  return sound(*arena, err);
}

static const char FOR[] = "SELECT a.id FROM sides s JOIN attributions a ON a.key = s.attribution"
                          " WHERE s.claim = ? AND s.side = 'for' ORDER BY s.n";
static const char AGAINST[] = "SELECT a.id FROM sides s JOIN attributions a ON a.key = s.attribution"
                              " WHERE s.claim = ? AND s.side = 'against' ORDER BY s.n";

static void list_conflicts(hsy_store *store, int64_t key, hsy_stored_claim *row, hsy_arena *arena, hsy_error *err) {
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT a.id, b.id, c.relation, c.confidence FROM conflicts c"
                                 " JOIN attributions a ON a.key = c.one JOIN attributions b ON b.key = c.other"
                                 " WHERE c.claim = ? ORDER BY c.n",
                                 err);
  hsy_bind_int(&query, key);
  while (hsy_query_next(&query)) {
    hsy_stored_conflict conflict = {text(&query, 0, arena), text(&query, 1, arena), text(&query, 2, arena),
                                    hsy_column_real(&query, 3)};
    *hsy_push(&row->conflicts, arena) = conflict;
  }
}

bool hsy_store_claims(hsy_store *store, bool (*visit)(void *user, const hsy_stored_claim *claim), void *user,
                      hsy_arena arena, hsy_error *err) {
  hsy_query query =
      hsy_db_query(hsy_store_db(store), "SELECT key, id, about, why, figures, confidence FROM claims ORDER BY id", err);
  bool on = true;
  while (on && hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    int64_t key = hsy_column_int(&query, 0);
    hsy_stored_claim row = {.id = hsy_column_str(&query, 1),
                            .about = hsy_column_str(&query, 2),
                            .why = hsy_column_str(&query, 3),
                            .figures = hsy_column_int(&query, 4),
                            .confidence = hsy_column_real(&query, 5)};
    list(store, FOR, key, &row.pro, &scratch, err);
    list(store, AGAINST, key, &row.con, &scratch, err);
    list_conflicts(store, key, &row, &scratch, err);
    on = sound(scratch, err) && visit(user, &row);
  }
  hsy_query_end(&query);
  return on && err->code == HSY_OK;
}

bool hsy_store_shifts(hsy_store *store, bool (*visit)(void *user, const hsy_stored_shift *shift), void *user,
                      hsy_arena arena, hsy_error *err) {
  (void)arena;
  hsy_query query = hsy_db_query(hsy_store_db(store),
                                 "SELECT s.id, c.id, e.name, e.id, b.id, a.id, s.why, s.confidence FROM shifts s"
                                 " JOIN claims c ON c.key = s.claim LEFT JOIN entities e ON e.key = s.speaker"
                                 " JOIN attributions b ON b.key = s.before JOIN attributions a ON a.key = s.after"
                                 " ORDER BY s.id",
                                 err);
  bool on = true;
  while (on && hsy_query_next(&query)) {
    hsy_stored_shift row = {.id = hsy_column_str(&query, 0),
                            .claim = hsy_column_str(&query, 1),
                            .speaker = hsy_column_str(&query, 2),
                            .speaker_id = hsy_column_str(&query, 3),
                            .before = hsy_column_str(&query, 4),
                            .after = hsy_column_str(&query, 5),
                            .why = hsy_column_str(&query, 6),
                            .confidence = hsy_column_real(&query, 7)};
    on = visit(user, &row);
  }
  hsy_query_end(&query);
  return on && err->code == HSY_OK;
}
