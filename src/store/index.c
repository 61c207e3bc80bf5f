#include "store/index.h"

#include <stdio.h>

static const uint64_t FIRST_BIT = UINT64_C(1) << 63;

static int64_t kept(uint64_t key) { return (int64_t)(key ^ FIRST_BIT); }
static uint64_t given(int64_t kept_key) { return (uint64_t)kept_key ^ FIRST_BIT; }

hsy_key hsy_store_key_of(hsy_str id) {
  hsy_key key = 0;
  for (ptrdiff_t i = 0; i < id.len; i++) {
    char c = id.data[i];
    key = key << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return key;
}

hsy_str hsy_store_id_of(hsy_key key, hsy_arena *arena) {
  return hsy_str_printf(arena, "%016llx", (unsigned long long)key);
}

static hsy_query ask(void *context, const char *sql, hsy_error *err) {
  return hsy_db_query(hsy_store_db(context), sql, err);
}

static void bind_key(hsy_query *query, uint64_t key) { hsy_bind_int(query, kept(key)); }

static bool run_for_key(void *context, const char *sql, hsy_key key, hsy_error *err) {
  hsy_query query = ask(context, sql, err);
  bind_key(&query, key);
  return hsy_query_run(&query);
}

/* ---- postings ---- */

static bool put(void *context, const hsy_posting *rows, ptrdiff_t count, hsy_error *err) {
  for (ptrdiff_t i = 0; i < count && err->code == HSY_OK; i++) {
    hsy_query query = ask(context, "INSERT INTO postings(fingerprint, member, mark) VALUES (?,?,?)", err);
    bind_key(&query, rows[i].fingerprint);
    bind_key(&query, rows[i].member);
    hsy_bind_int(&query, rows[i].mark);
    hsy_query_run(&query);
  }
  return err->code == HSY_OK;
}

static bool drop(void *context, const hsy_posting *rows, ptrdiff_t count, hsy_error *err) {
  for (ptrdiff_t i = 0; i < count && err->code == HSY_OK; i++) {
    hsy_query query = ask(context, "DELETE FROM postings WHERE fingerprint = ? AND member = ?", err);
    bind_key(&query, rows[i].fingerprint);
    bind_key(&query, rows[i].member);
    hsy_query_run(&query);
  }
  return err->code == HSY_OK;
}

static bool least(void *context, const uint64_t *fingerprints, ptrdiff_t count, ptrdiff_t limit,
                  hsy_posting_visit visit, void *user, hsy_error *err) {
  bool on = true;
  for (ptrdiff_t i = 0; on && i < count && err->code == HSY_OK; i++) {
    hsy_query query =
        ask(context, "SELECT member, mark FROM postings WHERE fingerprint = ? ORDER BY member LIMIT ?", err);
    bind_key(&query, fingerprints[i]);
    hsy_bind_int(&query, limit);
    while (on && hsy_query_next(&query))
      on = visit(user, i, given(hsy_column_int(&query, 0)), (uint32_t)hsy_column_int(&query, 1));
    hsy_query_end(&query);
  }
  return err->code == HSY_OK;
}

/* ---- texts and notes ---- */

static bool get_bytes(hsy_query *query, hsy_arena *arena, hsy_str *bytes, bool *found, hsy_error *err) {
  *found = hsy_query_next(query);
  *bytes = *found ? hsy_str_copy(arena, hsy_column_str(query, 0)) : (hsy_str){0};
  hsy_query_end(query);
  return err->code == HSY_OK && hsy_arena_check(*arena, "store", err);
}

static bool get_text(void *context, hsy_key document, hsy_arena *arena, hsy_str *text, bool *found, hsy_error *err) {
  hsy_str id = hsy_store_id_of(document, arena);
  hsy_query query = ask(context, "SELECT text FROM documents WHERE id = ?", err);
  hsy_bind_text(&query, id);
  return get_bytes(&query, arena, text, found, err);
}

static bool get_note(void *context, hsy_key member, hsy_arena *arena, hsy_str *note, bool *found, hsy_error *err) {
  hsy_query query = ask(context, "SELECT note FROM notes WHERE member = ?", err);
  bind_key(&query, member);
  return get_bytes(&query, arena, note, found, err);
}

static bool put_note(void *context, hsy_key member, hsy_str note, hsy_error *err) {
  hsy_query query = ask(context, "INSERT OR REPLACE INTO notes(member, note) VALUES (?,?)", err);
  bind_key(&query, member);
  hsy_bind_blob(&query, note);
  return hsy_query_run(&query);
}

static bool drop_note(void *context, hsy_key member, hsy_error *err) {
  return run_for_key(context, "DELETE FROM notes WHERE member = ?", member, err);
}

/* ---- pairs, kept in both directions ---- */

static void put_direction(void *context, hsy_key a, hsy_key b, hsy_str note, hsy_error *err) {
  hsy_query query = ask(context, "INSERT OR REPLACE INTO pairs(a, b, note) VALUES (?,?,?)", err);
  bind_key(&query, a);
  bind_key(&query, b);
  hsy_bind_blob(&query, note);
  hsy_query_run(&query);
}

static bool put_pairs(void *context, const hsy_pair *pairs, ptrdiff_t count, hsy_error *err) {
  for (ptrdiff_t i = 0; i < count; i++) {
    put_direction(context, pairs[i].a, pairs[i].b, pairs[i].note, err);
    put_direction(context, pairs[i].b, pairs[i].a, pairs[i].note, err);
  }
  return err->code == HSY_OK;
}

static bool drop_pairs(void *context, hsy_key member, hsy_error *err) {
  return run_for_key(context, "DELETE FROM pairs WHERE (b, a) IN (SELECT a, b FROM pairs WHERE a = ?)", member, err) &&
         run_for_key(context, "DELETE FROM pairs WHERE a = ?", member, err);
}

static bool visit_pairs(void *context, hsy_key member, hsy_pair_visit visit, void *user, hsy_error *err) {
  hsy_query query = ask(context, "SELECT b, note FROM pairs WHERE a = ? ORDER BY b", err);
  bind_key(&query, member);
  bool on = true;
  while (on && hsy_query_next(&query)) {
    hsy_key other = given(hsy_column_int(&query, 0));
    hsy_pair pair = {member < other ? member : other, member < other ? other : member, hsy_column_str(&query, 1)};
    on = visit(user, &pair);
  }
  hsy_query_end(&query);
  return err->code == HSY_OK;
}

/* ---- groups ---- */

/* Groups are listed by the earliest day of their documents. */
static void note_day(void *context, uint64_t group, hsy_key document, hsy_error *err) {
  char id[32];
  snprintf(id, sizeof id, "%016llx", (unsigned long long)document);
  hsy_query query = ask(context,
                        "UPDATE copies SET day = d.day FROM documents d"
                        " WHERE copies.id = ? AND d.id = ? AND d.day < copies.day",
                        err);
  bind_key(&query, group);
  hsy_bind_text(&query, hsy_str_of(id));
  hsy_query_run(&query);
}

static void put_members(void *context, const hsy_copy_group *group, hsy_error *err) {
  for (ptrdiff_t i = 0; i < group->document_count; i++) {
    hsy_query query = ask(context, "INSERT INTO copy_documents(copy, document) VALUES (?,?)", err);
    bind_key(&query, group->id);
    bind_key(&query, group->documents[i]);
    hsy_query_run(&query);
    note_day(context, group->id, group->documents[i], err);
  }
  for (ptrdiff_t i = 0; i < group->passage_count; i++) {
    hsy_query query = ask(context, "INSERT INTO copy_passages(copy, n, document, start, end) VALUES (?,?,?,?,?)", err);
    bind_key(&query, group->id);
    hsy_bind_int(&query, i);
    bind_key(&query, group->passages[i].document);
    hsy_bind_int(&query, group->passages[i].start);
    hsy_bind_int(&query, group->passages[i].end);
    hsy_query_run(&query);
  }
}

static bool put_group(void *context, const hsy_copy_group *group, hsy_error *err) {
  if (!run_for_key(context, "DELETE FROM copies WHERE id = ?", group->id, err)) return false;
  hsy_query query =
      ask(context, "INSERT INTO copies(id, whole, containment, original, because, day) VALUES (?,?,?,?,?,'~')", err);
  bind_key(&query, group->id);
  hsy_bind_int(&query, group->whole);
  hsy_bind_real(&query, group->containment);
  bind_key(&query, group->original);
  hsy_bind_text(&query, group->because);
  if (hsy_query_run(&query)) put_members(context, group, err);
  return err->code == HSY_OK;
}

static bool drop_groups(void *context, hsy_key document, hsy_key_visit visit, void *user, hsy_error *err) {
  hsy_query query = ask(context,
                        "SELECT DISTINCT document FROM copy_documents WHERE copy IN"
                        " (SELECT copy FROM copy_documents WHERE document = ?) ORDER BY document",
                        err);
  bind_key(&query, document);
  bool on = true;
  while (on && hsy_query_next(&query)) on = !visit || visit(user, given(hsy_column_int(&query, 0)));
  hsy_query_end(&query);
  return run_for_key(context, "DELETE FROM copies WHERE id IN (SELECT copy FROM copy_documents WHERE document = ?)",
                     document, err);
}

hsy_index hsy_store_index(hsy_store *store) {
  return (hsy_index){.context = store,
                     .put = put,
                     .drop = drop,
                     .least = least,
                     .get_text = get_text,
                     .get_note = get_note,
                     .put_note = put_note,
                     .drop_note = drop_note,
                     .put_pairs = put_pairs,
                     .drop_pairs = drop_pairs,
                     .pairs = visit_pairs,
                     .put_group = put_group,
                     .drop_groups = drop_groups};
}

/* ---- reading the groups ---- */

static void read_documents(hsy_store *store, hsy_copy_group *group, hsy_arena *arena, hsy_error *err) {
  HSY_VEC(hsy_key) keys = {0};
  hsy_query query = ask(store, "SELECT document FROM copy_documents WHERE copy = ? ORDER BY document", err);
  bind_key(&query, group->id);
  while (hsy_query_next(&query)) *hsy_push(&keys, arena) = given(hsy_column_int(&query, 0));
  group->documents = keys.data;
  group->document_count = keys.len;
}

static void read_passages(hsy_store *store, hsy_copy_group *group, hsy_arena *arena, hsy_error *err) {
  HSY_VEC(hsy_passage) passages = {0};
  hsy_query query = ask(store, "SELECT document, start, end FROM copy_passages WHERE copy = ? ORDER BY n", err);
  bind_key(&query, group->id);
  while (hsy_query_next(&query))
    *hsy_push(&passages, arena) = (hsy_passage){given(hsy_column_int(&query, 0)), (int32_t)hsy_column_int(&query, 1),
                                                (int32_t)hsy_column_int(&query, 2)};
  group->passages = passages.data;
  group->passage_count = passages.len;
}

static void read_group(hsy_store *store, const hsy_query *query, hsy_copy_group *group, hsy_arena *arena,
                       hsy_error *err) {
  *group = (hsy_copy_group){.id = given(hsy_column_int(query, 0)),
                            .whole = hsy_column_int(query, 1),
                            .containment = hsy_column_real(query, 2),
                            .original = given(hsy_column_int(query, 3)),
                            .because = hsy_str_copy(arena, hsy_column_str(query, 4))};
  read_documents(store, group, arena, err);
  read_passages(store, group, arena, err);
}

bool hsy_store_copies(hsy_store *store, bool (*visit)(void *user, const hsy_copy_group *group), void *user,
                      hsy_arena arena, hsy_error *err) {
  hsy_query query = ask(store, "SELECT id, whole, containment, original, because FROM copies ORDER BY id", err);
  bool on = true;
  while (on && hsy_query_next(&query)) {
    hsy_arena scratch = arena;
    hsy_copy_group group;
    read_group(store, &query, &group, &scratch, err);
    on = hsy_arena_check(scratch, "store", err) && err->code == HSY_OK && visit(user, &group);
  }
  hsy_query_end(&query);
  return on && err->code == HSY_OK;
}

bool hsy_store_copy(hsy_store *store, uint64_t id, hsy_copy_group *group, bool *found, hsy_arena *arena,
                    hsy_error *err) {
  hsy_query query = ask(store, "SELECT id, whole, containment, original, because FROM copies WHERE id = ?", err);
  bind_key(&query, id);
  *found = hsy_query_next(&query);
  if (*found) read_group(store, &query, group, arena, err);
  hsy_query_end(&query);
  return hsy_arena_check(*arena, "store", err) && err->code == HSY_OK;
}

bool hsy_store_copy_of(hsy_store *store, hsy_key document, uint64_t *group, hsy_key *original, hsy_error *err) {
  hsy_query query = ask(store,
                        "SELECT c.id, c.original FROM copy_documents d JOIN copies c ON c.id = d.copy"
                        " WHERE d.document = ? AND c.whole ORDER BY c.id LIMIT 1",
                        err);
  bind_key(&query, document);
  bool found = hsy_query_next(&query);
  *group = found ? given(hsy_column_int(&query, 0)) : 0;
  *original = found ? given(hsy_column_int(&query, 1)) : 0;
  hsy_query_end(&query);
  return err->code == HSY_OK;
}
