#include "query/query.h"

#include "query/disputes.h"
#include "store/index.h"

/* ---- claims ---- */

static const char STATEMENTS_FOR[] = "SELECT count(DISTINCT r.statement) FROM sides i JOIN reports r"
                                     " ON r.attribution = i.attribution WHERE i.claim = ? AND i.side = 'for'";
static const char STATEMENTS_AGAINST[] = "SELECT count(DISTINCT r.statement) FROM sides i JOIN reports r"
                                         " ON r.attribution = i.attribution WHERE i.claim = ? AND i.side = 'against'";

#define SPEAKERS(side)                                                                                                 \
  "SELECT coalesce(e.name, a.speaker) FROM sides i JOIN attributions a ON a.key = i.attribution"                       \
  " LEFT JOIN speakers p ON p.document = a.document AND p.attribution = a.n"                                           \
  " LEFT JOIN local_entities l ON l.document = p.document AND l.n = p.entity"                                          \
  " LEFT JOIN entities e ON e.key = l.entity"                                                                          \
  " WHERE i.claim = ? AND i.side = '" side "' AND coalesce(e.name, a.speaker) IS NOT NULL"                             \
  " GROUP BY 1 ORDER BY count(DISTINCT i.n) DESC, min(i.n) LIMIT 12"

static const char SPEAKERS_FOR[] = SPEAKERS("for"), SPEAKERS_AGAINST[] = SPEAKERS("against");

static int64_t count_of(hsy_dispute *d, const char *sql, int64_t key) {
  hsy_query query = hsy_db_query(hsy_store_db(d->store), sql, d->err);
  hsy_bind_int(&query, key);
  int64_t count = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return count;
}

/* Columns: key, id, about, why, confidence. */
static hsy_field_vec claim_fields(hsy_dispute *d, const hsy_query *row, hsy_arena *arena) {
  hsy_field_vec fields = {0};
  int64_t key = hsy_column_int(row, 0);
  hsy_field_text(&fields, "type", HSY_S("claim"), arena);
  hsy_field_text(&fields, "id", hsy_column_str(row, 1), arena);
  hsy_field_text(&fields, "about", hsy_column_str(row, 2), arena);
  hsy_field_text(&fields, "why", hsy_column_str(row, 3), arena);
  hsy_field_rate(&fields, "confidence", hsy_column_real(row, 4), arena);
  hsy_field_count(&fields, "statements_for", count_of(d, STATEMENTS_FOR, key), arena);
  hsy_field_count(&fields, "statements_against", count_of(d, STATEMENTS_AGAINST, key), arena);
  hsy_field_list(&fields, "speakers_for", d, SPEAKERS_FOR, key, arena);
  hsy_field_list(&fields, "speakers_against", d, SPEAKERS_AGAINST, key, arena);
  return fields;
}

static const char SIDE_IDS_FOR[] = "SELECT a.id FROM sides i JOIN attributions a ON a.key = i.attribution"
                                   " WHERE i.claim = ? AND i.side = 'for' ORDER BY i.n LIMIT 200";
static const char SIDE_IDS_AGAINST[] = "SELECT a.id FROM sides i JOIN attributions a ON a.key = i.attribution"
                                       " WHERE i.claim = ? AND i.side = 'against' ORDER BY i.n LIMIT 200";

/* What a row of the list rests on: the first report of each side. */
static bool put_first(hsy_dispute *d, const char *part, int64_t claim, hsy_arena scratch) {
  hsy_query query = hsy_db_query(
      hsy_store_db(d->store), "SELECT attribution FROM sides WHERE claim = ? AND side = ? ORDER BY n LIMIT 1", d->err);
  hsy_bind_int(&query, claim);
  hsy_bind_text(&query, hsy_str_of(part + sizeof "first_" - 1));
  int64_t key = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return hsy_dispute_put(d, part, key, NULL, scratch);
}

/* How many speakers: entities, or who is only worded. */
#define VOICES                                                                                                         \
  "(SELECT count(DISTINCT coalesce(l.entity, a.speaker)) FROM sides i JOIN attributions a ON a.key = i.attribution"    \
  " LEFT JOIN speakers p ON p.document = a.document AND p.attribution = a.n"                                           \
  " LEFT JOIN local_entities l ON l.document = p.document AND l.n = p.entity WHERE i.claim = c.key)"

static const hsy_order ORDERS[] = {
    {"confidence", "c.confidence", true},
    {"about", "c.about COLLATE NOCASE", false},
    {"statements",
     "(SELECT count(DISTINCT r.statement) FROM sides i JOIN reports r ON r.attribution = i.attribution"
     " WHERE i.claim = c.key)",
     true},
    {"speakers", VOICES, true},
    {"day",
     "(SELECT max(d.day) FROM sides i JOIN attributions a ON a.key = i.attribution JOIN documents d"
     " ON d.key = a.document WHERE i.claim = c.key AND d.day <> '~')",
     true},
    {NULL, NULL, false}};
static const char *const USUAL[] = {"-c.confidence", "c.id", NULL};

static bool give_claim(hsy_dispute *d, const hsy_query *row, hsy_arena arena) {
  int64_t key = hsy_column_int(row, 0);
  hsy_field_vec fields = claim_fields(d, row, &arena);
  hsy_field_list(&fields, "for", d, SIDE_IDS_FOR, key, &arena);
  hsy_field_list(&fields, "against", d, SIDE_IDS_AGAINST, key, &arena);
  hsy_field_part(&fields, "first_for", true, &arena);
  hsy_field_part(&fields, "first_against", true, &arena);
  hsy_str cursor = hsy_sure_cursor(hsy_column_real(row, 4), hsy_column_str(row, 1), 0, &arena);
  cursor = hsy_ask_cursor(d->ask, &d->passed, cursor, &arena);
  hsy_field_text(&fields, "cursor", cursor, &arena);
  return hsy_dispute_open(d, &fields, arena) && put_first(d, "first_for", key, arena) &&
         put_first(d, "first_against", key, arena) && hsy_dispute_close(d, arena);
}

static const hsy_among SIDES = {.rows = "claims c",
                                .columns = "x.claim AS claim",
                                .on = "c.key = g.claim",
                                .tables = {"sides x ON x.attribution = a.key"},
                                .correlated = "a.key IN (SELECT i.attribution FROM sides i WHERE i.claim = c.key)"};

static const char DISPUTED[] = " AND EXISTS (SELECT 1 FROM sides o WHERE o.claim = c.key AND o.side = 'against')";
static const char HELD[] = " AND NOT EXISTS (SELECT 1 FROM sides o WHERE o.claim = c.key AND o.side = 'against')";

bool hsy_query_claims(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                      hsy_error *err) {
  hsy_cursor cursor;
  if (!hsy_cursor_read(ask->cursor, &cursor, err)) return false;
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT c.key, c.id, c.about, c.why, c.confidence");
  if (!hsy_clauses_rows(&clauses, &d, &SIDES)) return false;
  hsy_clauses_add(&clauses, " WHERE 1");
  hsy_clauses_add(&clauses, ask->held ? HELD : DISPUTED);
  if (ask->claim.len && !hsy_clauses_claim(&clauses, &d, ask->claim)) return false;
  if (ask->min_confidence > 0) hsy_clauses_real(&clauses, " AND c.confidence >= ?", ask->min_confidence);
  hsy_clauses_about(&clauses, &d, ask->words);
  if (!hsy_clauses_among(&clauses, &d, &SIDES) ||
      (!hsy_ask_ordered(ask) && !hsy_clauses_behind_sure(&clauses, &cursor, "c.confidence", "c.id", "0", err)))
    return false;
  hsy_clauses_each_speaker(&clauses, &d,
                           "c.key IN (SELECT i.claim FROM (?) s CROSS JOIN sides i"
                           " ON i.attribution = s.key)");
  if (hsy_clauses_counted(&clauses, store, ask, fn, user, arena, err)) return hsy_dispute_end(&d);
  d.passed = hsy_ask_ordered(ask) ? cursor.n : 0;
  if (!hsy_clauses_order(&clauses, ask, ORDERS, USUAL, d.passed, err)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  while (hsy_query_next(&query) && give_claim(&d, &query, arena)) continue;
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}

/* ---- one claim with its sides ---- */

enum {
  STATEMENTS_A_SIDE = 200, /* where no limit is said */
  FOLDED = 8,              /* further reports shown of one statement, in the mean */
  ROWS_READ = 20000        /* of a side: work is bounded */
};

/* A statement of a side: its first report stands for it. */
typedef struct entry {
  int64_t statement, shown;
  uint64_t copies;
  hsy_str id;
  HSY_VEC(int64_t) others;
  hsy_index_vec copied; /* of the others: 1 where its article copies an earlier one */
} entry;

typedef HSY_VEC(entry) entry_vec;

static uint64_t copies_of(hsy_dispute *d, hsy_str document) {
  hsy_query query = hsy_db_query(hsy_store_db(d->store),
                                 "SELECT min(c.id) FROM copy_documents d JOIN copies c ON c.id = d.copy"
                                 " WHERE d.document = ? AND c.whole",
                                 d->err);
  hsy_bind_int(&query, (int64_t)(hsy_store_key_of(document) ^ UINT64_C(1) << 63));
  bool some = hsy_query_next(&query) && !hsy_column_null(&query, 0);
  uint64_t group = some ? (uint64_t)hsy_column_int(&query, 0) | 1 : 0;
  hsy_query_end(&query);
  return group;
}

static entry *entry_of(entry_vec *entries, int64_t statement) {
  for (ptrdiff_t i = 0; statement && i < entries->len; i++)
    if (entries->data[i].statement == statement) return &entries->data[i];
  return NULL;
}

/* Columns: attribution, its id, statement, document's id. */
static void take_report(hsy_dispute *d, const hsy_query *row, entry_vec *entries, ptrdiff_t most, hsy_arena *arena) {
  int64_t statement = hsy_column_int(row, 2);
  entry *known = entry_of(entries, statement);
  if (!known && entries->len >= most) return;
  uint64_t copies = copies_of(d, hsy_column_str(row, 3));
  if (!known) {
    *hsy_push(entries, arena) = (entry){.statement = statement,
                                        .shown = hsy_column_int(row, 0),
                                        .copies = copies,
                                        .id = hsy_str_copy(arena, hsy_column_str(row, 1))};
    return;
  }
  *hsy_push(&known->others, arena) = hsy_column_int(row, 0);
  *hsy_push(&known->copied, arena) = copies && copies == known->copies;
}

static entry_vec read_side(hsy_dispute *d, int64_t claim, const char *side, ptrdiff_t most, hsy_arena *arena) {
  entry_vec entries = {0};
  hsy_clauses clauses = hsy_clauses_in(arena);
  hsy_clauses_int(&clauses,
                  "SELECT a.key, a.id, r.statement, d.id FROM sides i JOIN attributions a ON a.key = i.attribution"
                  " JOIN documents d ON d.key = a.document LEFT JOIN reports r ON r.attribution = a.key"
                  " LEFT JOIN statements t ON t.key = r.statement WHERE i.claim = ?",
                  claim);
  hsy_clauses_text(&clauses, " AND i.side = ?", hsy_str_of(side));
  hsy_clauses_attribution(&clauses, d->ask);
  if (d->ask->speaker.len) hsy_clauses_called(&clauses, d->store, d->ask->speaker, d->err);
  hsy_clauses_document(&clauses, d->ask, d->err);
  hsy_clauses_int(&clauses, " ORDER BY coalesce(a.said_on, t.said_on, substr(d.day, 1, 10)), i.n LIMIT ?", ROWS_READ);
  hsy_query query = hsy_clauses_query(&clauses, d->store, d->err);
  while (hsy_query_next(&query)) take_report(d, &query, &entries, most, arena);
  hsy_query_end(&query);
  return entries;
}

static bool put_side(hsy_dispute *d, const char *part, const entry_vec *entries, hsy_arena arena) {
  ptrdiff_t left = entries->len * FOLDED;
  for (ptrdiff_t i = 0; i < entries->len; i++) {
    const entry *e = &entries->data[i];
    hsy_arena scratch = arena;
    hsy_field_vec fields = {0};
    ptrdiff_t copies = 0;
    for (ptrdiff_t k = 0; k < e->copied.len; k++) copies += e->copied.data[k];
    hsy_field_text(&fields, "folded_into", (hsy_str){0}, &scratch);
    hsy_field_count(&fields, "copies", copies, &scratch);
    hsy_field_count(&fields, "other_reports", e->others.len - copies, &scratch);
    if (!hsy_dispute_put(d, part, e->shown, &fields, scratch)) return false;
    fields.len = 0;
    hsy_field_text(&fields, "folded_into", e->id, &scratch);
    for (ptrdiff_t k = 0; k < e->others.len && left > 0; k++, left--)
      if (!hsy_dispute_put(d, part, e->others.data[k], &fields, scratch)) return false;
  }
  return true;
}

static bool give_page(hsy_dispute *d, const hsy_query *row, hsy_arena arena) {
  int64_t key = hsy_column_int(row, 0);
  ptrdiff_t most =
      d->ask->limit && d->ask->limit < STATEMENTS_A_SIDE * 10 ? (ptrdiff_t)d->ask->limit : STATEMENTS_A_SIDE;
  hsy_field_vec fields = claim_fields(d, row, &arena);
  hsy_field_part(&fields, "for", false, &arena);
  hsy_field_part(&fields, "against", false, &arena);
  entry_vec pro = read_side(d, key, "for", most, &arena), con = read_side(d, key, "against", most, &arena);
  return hsy_dispute_open(d, &fields, arena) && put_side(d, "for", &pro, arena) &&
         put_side(d, "against", &con, arena) && hsy_dispute_close(d, arena);
}

bool hsy_query_claim(hsy_store *store, const hsy_ask *ask, hsy_answer_fn fn, void *user, hsy_arena arena,
                     hsy_error *err) {
  hsy_dispute d = hsy_dispute_begin(store, ask, fn, user, &arena, err);
  hsy_clauses clauses = hsy_clauses_in(&arena);
  hsy_clauses_add(&clauses, "SELECT c.key, c.id, c.about, c.why, c.confidence FROM claims c WHERE 1");
  if (!hsy_clauses_claim(&clauses, &d, ask->words)) return false;
  hsy_query query = hsy_clauses_query(&clauses, store, err);
  if (hsy_query_next(&query)) give_page(&d, &query, arena);
  hsy_query_end(&query);
  return hsy_dispute_end(&d);
}
