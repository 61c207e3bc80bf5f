#include "store/linking.h"

#include <stdio.h>
#include <string.h>

#include "store/index.h"

int64_t hsy_store_number(hsy_str id) { return (int64_t)(hsy_store_key_of(id) ^ UINT64_C(1) << 63); }

static hsy_query ask(hsy_store *store, const char *sql, hsy_error *err) {
  return hsy_db_query(hsy_store_db(store), sql, err);
}

/* One statement with up to three numbers in it. */
static bool run(hsy_store *store, const char *sql, int64_t a, int64_t b, int64_t c, int count, hsy_error *err) {
  hsy_query query = ask(store, sql, err);
  const int64_t values[] = {a, b, c};
  for (int i = 0; i < count; i++) hsy_bind_int(&query, values[i]);
  return hsy_query_run(&query);
}

/* One number, 0 where there is no row. */
static int64_t number(hsy_store *store, const char *sql, int64_t a, int64_t b, int count, hsy_error *err) {
  hsy_query query = ask(store, sql, err);
  const int64_t values[] = {a, b};
  for (int i = 0; i < count; i++) hsy_bind_int(&query, values[i]);
  int64_t found = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return found;
}

static bool list(hsy_query *query, hsy_key_vec *out, hsy_arena *arena) {
  while (hsy_query_next(query)) *hsy_push(out, arena) = hsy_column_int(query, 0);
  return query->err->code == HSY_OK && hsy_arena_check(*arena, "store", query->err);
}

/* ---- what is to be done ---- */

bool hsy_store_unlink(hsy_store *store, hsy_str document, hsy_error *err) {
  hsy_query query = ask(store, "INSERT OR IGNORE INTO unlinked(document) VALUES (?)", err);
  hsy_bind_text(&query, document);
  return hsy_query_run(&query);
}

bool hsy_store_unlink_all(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store), "INSERT OR IGNORE INTO unlinked SELECT id FROM documents", err);
}

bool hsy_store_unlinked(hsy_store *store, hsy_unlinked_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT u.document, ifnull(d.key, 0) FROM unlinked u LEFT JOIN documents d ON d.id = u.document"
                        " ORDER BY d.key IS NULL, d.day, u.document",
                        err);
  while (hsy_query_next(&query)) {
    hsy_str id = hsy_str_copy(arena, hsy_column_str(&query, 0));
    *hsy_push(out, arena) = (hsy_unlinked){hsy_store_number(id), hsy_column_int(&query, 1), id};
  }
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

bool hsy_store_loose(hsy_store *store, const char *kind, hsy_key_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store, "SELECT key FROM loose WHERE kind = ?", err);
  hsy_bind_text(&query, hsy_str_of(kind));
  return list(&query, out, arena);
}

bool hsy_store_all_linked(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store),
                     "DELETE FROM unlinked; DELETE FROM loose; UPDATE state SET value = 0 WHERE name = 'unlinked';",
                     err);
}

bool hsy_store_linked_by(hsy_store *store, int64_t *model, hsy_error *err) {
  *model = number(store, "SELECT value FROM state WHERE name = 'linked by'", 0, 0, 0, err);
  return err->code == HSY_OK;
}

bool hsy_store_set_linked_by(hsy_store *store, int64_t model, hsy_error *err) {
  return run(store, "INSERT OR REPLACE INTO state(name, value) VALUES ('linked by', ?)", model, 0, 0, 1, err);
}

bool hsy_store_forget_linking(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store),
                     "DELETE FROM meetings; DELETE FROM pages; DELETE FROM likest; DELETE FROM chances;"
                     "DELETE FROM claims;",
                     err);
}

bool hsy_store_set_unlinked(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store), "INSERT OR REPLACE INTO state(name, value) VALUES ('unlinked', 1)", err);
}

bool hsy_store_waits_for_links(hsy_store *store, bool *waits, hsy_error *err) {
  *waits = number(store, "SELECT value FROM state WHERE name = 'unlinked'", 0, 0, 0, err);
  return err->code == HSY_OK;
}

/* ---- who meets under which key ---- */

static void bind_member(hsy_query *query, uint64_t key, const hsy_member *member) {
  hsy_bind_int(query, (int64_t)key);
  hsy_bind_int(query, member->day);
  hsy_bind_int(query, member->document);
  hsy_bind_int(query, member->row);
}

bool hsy_store_post(hsy_store *store, uint64_t key, const hsy_member *member, hsy_error *err) {
  hsy_query query = ask(store, "INSERT OR IGNORE INTO meetings(key, day, document, n) VALUES (?,?,?,?)", err);
  bind_member(&query, key, member);
  return hsy_query_run(&query);
}

bool hsy_store_unpost(hsy_store *store, uint64_t key, const hsy_member *member, hsy_error *err) {
  hsy_query query = ask(store, "DELETE FROM meetings WHERE key = ? AND day = ? AND document = ? AND n = ?", err);
  bind_member(&query, key, member);
  return hsy_query_run(&query);
}

static int near(hsy_store *store, const char *sql, uint64_t key, const hsy_member *member, hsy_member *out,
                hsy_error *err) {
  hsy_query query = ask(store, sql, err);
  bind_member(&query, key, member);
  hsy_bind_int(&query, HSY_LOOK);
  int count = 0;
  while (hsy_query_next(&query) && count < HSY_LOOK)
    out[count++] =
        (hsy_member){hsy_column_int(&query, 0), hsy_column_int(&query, 1), (int32_t)hsy_column_int(&query, 2)};
  hsy_query_end(&query);
  return count;
}

int hsy_store_before(hsy_store *store, uint64_t key, const hsy_member *member, hsy_member out[HSY_LOOK],
                     hsy_error *err) {
  return near(store,
              "SELECT day, document, n FROM meetings WHERE key = ? AND (day, document, n) < (?,?,?)"
              " ORDER BY day DESC, document DESC, n DESC LIMIT ?",
              key, member, out, err);
}

int hsy_store_behind(hsy_store *store, uint64_t key, const hsy_member *member, hsy_member out[HSY_LOOK],
                     hsy_error *err) {
  return near(store,
              "SELECT day, document, n FROM meetings WHERE key = ? AND (day, document, n) > (?,?,?)"
              " ORDER BY day, document, n LIMIT ?",
              key, member, out, err);
}

static int compare_members(const hsy_member *a, const hsy_member *b) {
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  if (a->document != b->document) return a->document < b->document ? -1 : 1;
  return (a->row > b->row) - (a->row < b->row);
}

bool hsy_store_meet(hsy_store *store, uint64_t key, const hsy_member *one, const hsy_member *other, hsy_error *err) {
  hsy_member behind[HSY_LOOK];
  bool turn = compare_members(one, other) > 0;
  int count = hsy_store_behind(store, key, turn ? other : one, behind, err);
  for (int i = 0; i < count; i++)
    if (compare_members(&behind[i], turn ? one : other) == 0) return true;
  return false;
}

/* ---- pages ---- */

/* words: keys, then weights; rows: number, count and keys of each. */
static hsy_str pack_words(const hsy_page *page, hsy_arena *arena) {
  enum { ONE = sizeof(uint64_t) + sizeof(float) };
  char *bytes = hsy_new(arena, char, (ptrdiff_t)page->words *ONE);
  for (int32_t i = 0; bytes && i < page->words; i++) {
    memcpy(bytes + i * ONE, &page->word[i].key, sizeof(uint64_t));
    memcpy(bytes + i * ONE + sizeof(uint64_t), &page->word[i].weight, sizeof(float));
  }
  return (hsy_str){bytes, bytes ? (ptrdiff_t)page->words * ONE : 0};
}

static void unpack_words(hsy_page *page, hsy_str bytes) {
  enum { ONE = sizeof(uint64_t) + sizeof(float) };
  page->words = bytes.len / ONE < HSY_PAGE_WORDS ? (int32_t)(bytes.len / ONE) : HSY_PAGE_WORDS;
  for (int32_t i = 0; i < page->words; i++) {
    memcpy(&page->word[i].key, bytes.data + i * ONE, sizeof(uint64_t));
    memcpy(&page->word[i].weight, bytes.data + i * ONE + sizeof(uint64_t), sizeof(float));
  }
}

static hsy_str pack_rows(const hsy_kept_page *page, hsy_arena *arena) {
  ptrdiff_t len = 0;
  for (int32_t i = 0; i < page->page.end; i++) len += 8 + 8 * page->rows[i].count;
  char *bytes = hsy_new(arena, char, len), *at = bytes;
  for (int32_t i = 0; bytes && i < page->page.end; i++) {
    const hsy_kept_row *row = &page->rows[i];
    memcpy(at, &row->n, 4);
    memcpy(at + 4, &row->count, 4);
    memcpy(at + 8, row->key, 8 * (size_t)row->count);
    at += 8 + 8 * row->count;
  }
  return (hsy_str){bytes, bytes ? len : 0};
}

static void unpack_rows(hsy_kept_page *page, hsy_str bytes, hsy_arena *arena) {
  page->rows = hsy_new(arena, hsy_kept_row, bytes.len / 8 + 1);
  for (ptrdiff_t at = 0; page->rows && at + 8 <= bytes.len;) {
    hsy_kept_row *row = &page->rows[page->page.end++];
    memcpy(&row->n, bytes.data + at, 4);
    memcpy(&row->count, bytes.data + at + 4, 4);
    at += 8;
    if (row->count < 0 || row->count > HSY_ROW_KEYS || at + 8 * row->count > bytes.len) row->count = 0;
    memcpy(row->key, bytes.data + at, 8 * (size_t)row->count);
    at += 8 * row->count;
  }
}

bool hsy_store_page(hsy_store *store, int64_t number_, hsy_kept_page *page, bool *found, hsy_arena *arena,
                    hsy_error *err) {
  *page = (hsy_kept_page){.number = number_};
  hsy_query query = ask(store, "SELECT day, words, rows FROM pages WHERE document = ?", err);
  hsy_bind_int(&query, number_);
  *found = hsy_query_next(&query);
  if (*found) {
    page->day = hsy_column_int(&query, 0);
    unpack_words(&page->page, hsy_column_str(&query, 1));
    unpack_rows(page, hsy_column_str(&query, 2), arena);
  }
  hsy_query_end(&query);
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

bool hsy_store_put_page(hsy_store *store, const hsy_kept_page *page, hsy_arena scratch, hsy_error *err) {
  hsy_str words = pack_words(&page->page, &scratch), rows = pack_rows(page, &scratch);
  if (!hsy_arena_check(scratch, "store", err)) return false;
  hsy_query query = ask(store,
                        "INSERT INTO pages(document, day, words, rows) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET"
                        " day = excluded.day, words = excluded.words, rows = excluded.rows",
                        err);
  hsy_bind_int(&query, page->number);
  hsy_bind_int(&query, page->day);
  hsy_bind_blob(&query, words);
  hsy_bind_blob(&query, rows);
  return hsy_query_run(&query);
}

bool hsy_store_drop_page(hsy_store *store, int64_t number_, hsy_error *err) {
  return run(store, "DELETE FROM pages WHERE document = ?", number_, 0, 0, 1, err) &&
         run(store, "DELETE FROM likest WHERE page = ?", number_, 0, 0, 1, err);
}

bool hsy_store_copies_changed(hsy_store *store, hsy_key_vec *documents, hsy_arena *arena, hsy_error *err) {
  hsy_key_vec numbers = {0}, groups = {0};
  hsy_query query = ask(store,
                        "SELECT p.document, c.id FROM pages p LEFT JOIN (SELECT m.document AS document, min(o.id) AS id"
                        " FROM copy_documents m JOIN copies o ON o.id = m.copy WHERE o.whole GROUP BY m.document) c"
                        " ON c.document = p.document WHERE p.copies IS NOT c.id",
                        err);
  while (hsy_query_next(&query)) {
    *hsy_push(&numbers, arena) = hsy_column_int(&query, 0);
    *hsy_push(&groups, arena) = hsy_column_null(&query, 1) ? INT64_MIN : hsy_column_int(&query, 1);
  }
  for (ptrdiff_t i = 0; i < numbers.len && err->code == HSY_OK; i++) {
    query = ask(store, "UPDATE pages SET copies = nullif(?, ?) WHERE document = ?", err);
    hsy_bind_int(&query, groups.data[i]);
    hsy_bind_int(&query, INT64_MIN);
    hsy_bind_int(&query, numbers.data[i]);
    hsy_query_run(&query);
    *hsy_push(documents, arena) = hsy_store_document_key(store, numbers.data[i], err);
  }
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

int hsy_store_likest(hsy_store *store, int64_t number_, hsy_likest out[HSY_LIKEST], hsy_error *err) {
  hsy_query query =
      ask(store, "SELECT other, alike FROM likest WHERE page = ? ORDER BY alike DESC, other LIMIT ?", err);
  hsy_bind_int(&query, number_);
  hsy_bind_int(&query, HSY_LIKEST);
  int count = 0;
  while (hsy_query_next(&query))
    if (count < HSY_LIKEST) out[count++] = (hsy_likest){hsy_column_int(&query, 0), (float)hsy_column_real(&query, 1)};
  return count;
}

bool hsy_store_put_likest(hsy_store *store, int64_t number_, const hsy_likest *list_, int count, hsy_error *err) {
  run(store, "DELETE FROM likest WHERE page = ?", number_, 0, 0, 1, err);
  for (int i = 0; i < count && err->code == HSY_OK; i++) {
    hsy_query query = ask(store, "INSERT INTO likest(page, other, alike) VALUES (?,?,?)", err);
    hsy_bind_int(&query, number_);
    hsy_bind_int(&query, list_[i].number);
    hsy_bind_real(&query, list_[i].like);
    hsy_query_run(&query);
  }
  return err->code == HSY_OK;
}

bool hsy_store_liked_by(hsy_store *store, int64_t number_, hsy_key_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store, "SELECT page FROM likest WHERE other = ?", err);
  hsy_bind_int(&query, number_);
  return list(&query, out, arena);
}

/* ---- pairs ---- */

bool hsy_store_put_pair(hsy_store *store, const hsy_kept_pair *pair, hsy_error *err) {
  hsy_query query =
      ask(store, "INSERT OR REPLACE INTO chances(one, other, same, opposite, utterance) VALUES (?,?,?,?,?)", err);
  hsy_bind_int(&query, pair->one);
  hsy_bind_int(&query, pair->other);
  hsy_bind_real(&query, pair->same);
  hsy_bind_real(&query, pair->opposite);
  hsy_bind_real(&query, pair->utterance);
  return hsy_query_run(&query);
}

bool hsy_store_has_pair(hsy_store *store, int64_t one, int64_t other, hsy_error *err) {
  return number(store, "SELECT 1 FROM chances WHERE one = ? AND other = ?", one, other, 2, err);
}

bool hsy_store_drop_pair(hsy_store *store, int64_t one, int64_t other, hsy_error *err) {
  return run(store, "DELETE FROM chances WHERE one = ? AND other = ?", one, other, 0, 2, err);
}

static bool read_pairs(hsy_query *query, hsy_kept_pair_vec *out, hsy_arena *arena) {
  while (hsy_query_next(query))
    *hsy_push(out, arena) =
        (hsy_kept_pair){hsy_column_int(query, 0), hsy_column_int(query, 1), (float)hsy_column_real(query, 2),
                        (float)hsy_column_real(query, 3), (float)hsy_column_real(query, 4)};
  return query->err->code == HSY_OK && hsy_arena_check(*arena, "store", query->err);
}

bool hsy_store_pairs_of(hsy_store *store, int64_t attribution, hsy_kept_pair_vec *out, hsy_arena *arena,
                        hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT one, other, same, opposite, utterance FROM chances WHERE one = ?1 UNION ALL"
                        " SELECT one, other, same, opposite, utterance FROM chances WHERE other = ?1",
                        err);
  hsy_bind_int(&query, attribution);
  return read_pairs(&query, out, arena);
}

bool hsy_store_pairs_between(hsy_store *store, int64_t document, int64_t other, hsy_kept_pair_vec *out,
                             hsy_arena *arena, hsy_error *err) {
  static const char SQL[] = "SELECT c.one, c.other, c.same, c.opposite, c.utterance FROM attributions a"
                            " CROSS JOIN chances c ON c.one = a.key CROSS JOIN attributions b ON b.key = c.other"
                            " AND b.document = ?2 WHERE a.document = ?1";
  for (int turn = 0; turn < (document == other ? 1 : 2); turn++) {
    hsy_query query = ask(store, SQL, err);
    hsy_bind_int(&query, turn ? other : document);
    hsy_bind_int(&query, turn ? document : other);
    if (!read_pairs(&query, out, arena)) return false;
  }
  return true;
}

/* ---- rows ---- */

int64_t hsy_store_component(hsy_store *store, int64_t attribution, hsy_error *err) {
  return number(store, "SELECT component FROM linked_rows WHERE attribution = ?", attribution, 0, 1, err);
}

bool hsy_store_set_component(hsy_store *store, int64_t attribution, int64_t component, hsy_error *err) {
  return run(store, "INSERT OR REPLACE INTO linked_rows(attribution, component) VALUES (?,?)", attribution, component,
             0, 2, err);
}

bool hsy_store_component_rows(hsy_store *store, int64_t component, hsy_key_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store, "SELECT attribution FROM linked_rows WHERE component = ?", err);
  hsy_bind_int(&query, component);
  return list(&query, out, arena);
}

bool hsy_store_linked_rows(hsy_store *store, int64_t document, hsy_key_vec *out, hsy_arena *arena, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT r.attribution FROM attributions a JOIN linked_rows r ON r.attribution = a.key"
                        " WHERE a.document = ?",
                        err);
  hsy_bind_int(&query, document);
  return list(&query, out, arena);
}

bool hsy_store_drop_loose_claims(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store),
                     "DELETE FROM claims WHERE key IN (SELECT key FROM loose WHERE kind = 'claim')", err);
}

bool hsy_store_drop_loose_statements(hsy_store *store, hsy_error *err) {
  return hsy_db_exec(hsy_store_db(store),
                     "DELETE FROM statements WHERE key IN (SELECT key FROM loose WHERE kind = 'statement')"
                     " AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.statement = statements.key)",
                     err);
}

/* ---- names of one thing ---- */

bool hsy_store_attribution_keys(hsy_store *store, int64_t document, hsy_key_vec *out, hsy_arena *arena,
                                hsy_error *err) {
  hsy_query query = ask(store, "SELECT key FROM attributions WHERE document = ? ORDER BY n", err);
  hsy_bind_int(&query, document);
  return list(&query, out, arena);
}

bool hsy_store_place(hsy_store *store, int64_t attribution, int64_t *day, int64_t *document, int32_t *n,
                     hsy_error *err) {
  hsy_query query =
      ask(store, "SELECT d.id, a.n FROM attributions a JOIN documents d ON d.key = a.document WHERE a.key = ?", err);
  hsy_bind_int(&query, attribution);
  bool found = hsy_query_next(&query);
  *document = found ? hsy_store_number(hsy_column_str(&query, 0)) : 0;
  *n = found ? (int32_t)hsy_column_int(&query, 1) : HSY_NONE;
  hsy_query_end(&query);
  *day = number(store, "SELECT day FROM pages WHERE document = ?", *document, 0, 1, err);
  return err->code == HSY_OK;
}

uint64_t hsy_store_copies_of(hsy_store *store, hsy_str document, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT min(c.id) FROM copy_documents d JOIN copies c ON c.id = d.copy"
                        " WHERE d.document = ? AND c.whole",
                        err);
  hsy_bind_int(&query, hsy_store_number(document));
  uint64_t group = hsy_query_next(&query) && !hsy_column_null(&query, 0) ? (uint64_t)hsy_column_int(&query, 0) | 1 : 0;
  hsy_query_end(&query);
  return group;
}

int64_t hsy_store_document_of(hsy_store *store, int64_t attribution, hsy_error *err) {
  return number(store, "SELECT document FROM attributions WHERE key = ?", attribution, 0, 1, err);
}

int64_t hsy_store_document_key(hsy_store *store, int64_t number_, hsy_error *err) {
  char id[17];
  hsy_query query = ask(store, "SELECT key FROM documents WHERE id = ?", err);
  snprintf(id, sizeof id, "%016llx", (unsigned long long)((uint64_t)number_ ^ UINT64_C(1) << 63));
  hsy_bind_text(&query, hsy_str_of(id));
  int64_t key = hsy_query_next(&query) ? hsy_column_int(&query, 0) : 0;
  hsy_query_end(&query);
  return key;
}

int64_t hsy_store_attribution(hsy_store *store, int64_t document, int32_t n, hsy_error *err) {
  return number(store, "SELECT key FROM attributions WHERE document = ? AND n = ?", document, n, 2, err);
}

bool hsy_store_correction_ties(hsy_store *store, hsy_tie_vec *out, hsy_arena *arena, hsy_error *err) {
  int64_t correction = 0, before = 0;
  hsy_query query = ask(store,
                        "SELECT m.correction, a.key FROM claim_correction_marks m CROSS JOIN attributions a"
                        " ON a.id = m.attribution UNION ALL"
                        " SELECT m.correction, a.key FROM claim_correction_marks m CROSS JOIN documents d ON"
                        " d.id = m.document CROSS JOIN attributions a ON a.document = d.key AND"
                        " replace(a.content, char(10), ' … ') = m.words ORDER BY 1, 2",
                        err);
  while (hsy_query_next(&query)) {
    int64_t now = hsy_column_int(&query, 0), row = hsy_column_int(&query, 1);
    if (now == correction && row != before) {
      *hsy_push(out, arena) = (hsy_tie){before, row};
      *hsy_push(out, arena) = (hsy_tie){row, before};
    }
    correction = now;
    before = row;
  }
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}
