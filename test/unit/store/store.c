#include "store/figures.h"
#include "store/store.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../sample.h"
#include "doc/identity.h"
#include "store/schema.h"

typedef struct fixture {
  char folder[64], path[96];
  hsy_heap *heap, *other;
  hsy_arena arena, scratch;
  hsy_doc doc;
  hsy_str id;
} fixture;

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  strcpy(f->folder, "/tmp/hearsay-store-XXXXXX");
  assert_non_null(mkdtemp(f->folder));
  snprintf(f->path, sizeof f->path, "%s/record.db", f->folder);
  f->heap = hsy_heap_new(64 << 20, &err);
  f->other = hsy_heap_new(64 << 20, &err);
  f->arena = hsy_heap_reset(f->heap);
  f->scratch = hsy_heap_reset(f->other);
  hsy_doc_init(&f->doc, &f->arena);
  sample_fill(&f->doc, "story/ferry.txt");
  f->id = hsy_doc_id(&f->doc, &f->arena);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  static const char *const ENDINGS[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < 4; i++) {
    char path[128];
    snprintf(path, sizeof path, "%s%s", f->path, ENDINGS[i]);
    unlink(path);
  }
  rmdir(f->folder);
  hsy_heap_free(f->heap);
  hsy_heap_free(f->other);
  free(f);
  return 0;
}

static hsy_store *open_store(const fixture *f) {
  hsy_error err = {0};
  hsy_store *store = hsy_store_open(f->path, true, &err);
  if (!store) fail_msg("%s", err.message);
  return store;
}

static int64_t put(fixture *f, hsy_store *store) {
  hsy_error err = {0};
  int64_t key = 0;
  hsy_store_begin(store, &err);
  bool ok = hsy_store_put(store, &f->doc, f->id, f->scratch, &key, &err) && hsy_store_commit(store, &err);
  if (!ok) fail_msg("%s", err.message);
  return key;
}

static int64_t count(hsy_store *store, const char *sql) {
  hsy_error err = {0};
  int64_t n = hsy_db_number(hsy_store_db(store), sql, &err);
  assert_int_equal(err.code, HSY_OK);
  return n;
}

static void assert_str(hsy_str got, hsy_str want) {
  if (!hsy_str_eq(got, want)) fail_msg("got \"%.*s\", want \"%.*s\"", HSY_FMT(got), HSY_FMT(want));
}

static void same_part(const hsy_doc *a, hsy_part x, const hsy_doc *b, hsy_part y) {
  assert_int_equal(x.count, y.count);
  for (int32_t i = 0; i < x.count; i++) {
    assert_int_equal(hsy_doc_piece(a, x, i).start, hsy_doc_piece(b, y, i).start);
    assert_int_equal(hsy_doc_piece(a, x, i).end, hsy_doc_piece(b, y, i).end);
  }
}

static void same_attribution(const hsy_doc *a, const hsy_doc *b, ptrdiff_t i) {
  const hsy_attribution *x = &a->attributions.data[i], *y = &b->attributions.data[i];
  for (hsy_role role = 0; role < HSY_ROLES; role++) same_part(a, x->part[role], b, y->part[role]);
  assert_int_equal(x->kind, y->kind);
  assert_int_equal(x->mode, y->mode);
  assert_int_equal(x->parent, y->parent);
  assert_int_equal(x->same_run, y->same_run);
  assert_true(x->confidence == y->confidence);
  assert_str(y->speaker, x->speaker);
  assert_str(y->said_on, x->said_on);
  assert_str(hsy_str_of(y->stance), hsy_str_of(x->stance));
  assert_int_equal(x->speakers.len, y->speakers.len);
  for (ptrdiff_t k = 0; k < x->speakers.len; k++) assert_int_equal(x->speakers.data[k], y->speakers.data[k]);
}

static void same_rest(const hsy_doc *a, const hsy_doc *b) {
  assert_int_equal(b->origins.len, a->origins.len);
  for (ptrdiff_t i = 0; i < a->origins.len; i++) {
    assert_int_equal(b->origins.data[i].text, a->origins.data[i].text);
    assert_int_equal(b->origins.data[i].source, a->origins.data[i].source);
    assert_int_equal(b->origins.data[i].exact, a->origins.data[i].exact);
  }
  assert_int_equal(b->blocks.len, 2);
  assert_int_equal(b->blocks.data[0].kind, HSY_BLOCK_HEADLINE);
  assert_string_equal(b->blocks.data[0].why, "first line, short");
  assert_null(b->blocks.data[1].why);
  assert_true(b->blocks.data[1].tagged);
  assert_string_equal(b->findings.data[0].where, "first line");
  assert_string_equal(b->mentions.data[1].form, "description");
  assert_int_equal(b->mentions.data[1].entity, 1);
  assert_string_equal(b->times.data[0].type, "DATE");
  assert_str(b->times.data[0].value, HSY_S("2031-05-03"));
}

static void what_is_put_in_comes_out_again(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  hsy_store *store = open_store(f);
  int64_t key = put(f, store);
  hsy_doc got;
  hsy_arena arena = f->scratch;
  hsy_doc_init(&got, &arena);
  assert_true(hsy_store_load(store, key, HSY_LOAD_ALL, &got, &err));
  assert_str(got.text, f->doc.text);
  assert_str(got.meta.path, f->doc.meta.path);
  assert_str(got.meta.published, f->doc.meta.published);
  assert_str(got.meta.authors.data[0], HSY_S("A. Writer"));
  assert_str(got.meta.url, HSY_S(""));
  assert_str(hsy_doc_id(&got, &arena), f->id);
  assert_int_equal(got.attributions.len, 3);
  for (ptrdiff_t i = 0; i < 3; i++) same_attribution(&f->doc, &got, i);
  assert_int_equal(got.entities.data[1].kind, HSY_ORGANIZATION);
  assert_str(got.entities.data[0].titles.data[0], HSY_S("captain"));
  assert_str(got.entities.data[0].aliases.data[0], HSY_S("the skipper"));
  assert_int_equal(got.entities.data[0].aliases.len, 1);
  assert_int_equal(got.links.len, 2);
  assert_false(got.links.data[0].to);
  assert_int_equal(got.links.data[0].entity, HSY_NONE);
  assert_true(got.links.data[1].to);
  assert_string_equal(got.links.data[1].relation, "told");
  assert_int_equal(got.evidence.data[1].basis, HSY_INFERRED);
  assert_string_equal(got.evidence.data[0].field, "said_on");
  same_rest(&f->doc, &got);
  hsy_store_close(store);
}

static void a_part_of_a_document_can_be_loaded(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  hsy_store *store = open_store(f);
  int64_t key = put(f, store);
  hsy_doc got;
  hsy_arena arena = f->scratch;
  hsy_doc_init(&got, &arena);
  assert_true(hsy_store_load(store, key, 0, &got, &err));
  assert_int_equal(got.text.len, 0);
  assert_int_equal(got.attributions.len, 0);
  assert_str(got.meta.outlet, HSY_S("Harbour Post"));
  assert_false(hsy_store_load(store, key + 1, 0, &got, &err));
  assert_int_equal(err.code, HSY_NOT_FOUND);
  hsy_store_close(store);
}

static void documents_are_found_by_what_people_write(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  hsy_store *store = open_store(f);
  int64_t key = put(f, store);
  hsy_key_vec keys = {0};
  const hsy_str names[] = {f->id, hsy_str_slice(f->id, 0, 7), HSY_S("story/ferry.txt")};
  for (size_t i = 0; i < 3; i++) {
    hsy_store_find(store, names[i], &keys, &f->scratch, &err);
    assert_int_equal(keys.len, 1);
    assert_int_equal(keys.data[0], key);
  }
  const hsy_str strangers[] = {hsy_str_slice(f->id, 0, 5), HSY_S("ferry.txt"), HSY_S(""), HSY_S("a#b"),
                               HSY_S("ffffff")};
  for (size_t i = 0; i < 5; i++) {
    hsy_store_find(store, strangers[i], &keys, &f->scratch, &err);
    assert_int_equal(keys.len, 0);
  }
  assert_int_equal(err.code, HSY_OK);
  assert_true(hsy_store_has(store, f->id, &err));
  assert_false(hsy_store_has(store, HSY_S("0123456789abcdef"), &err));
  assert_int_equal(hsy_store_key(store, f->id, &err), key);
  hsy_store_close(store);
}

static void dropping_leaves_nothing_behind(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  hsy_store *store = open_store(f);
  int64_t key = put(f, store);
  assert_int_equal(count(store, "SELECT count(*) FROM attributions_words WHERE attributions_words MATCH 'cracked'"), 2);
  assert_true(hsy_store_drop(store, key, &err));
  static const char *const TABLES[] = {"documents", "authors",  "findings", "blocks",       "local_entities",
                                       "names",     "mentions", "times",    "attributions", "pieces",
                                       "speakers",  "links",    "evidence", "spoken",       "name_words"};
  for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) {
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", TABLES[i]);
    assert_int_equal(count(store, sql), 0);
  }
  assert_int_equal(count(store, "SELECT count(*) FROM counts WHERE n <> 0"), 0);
  assert_int_equal(count(store, "SELECT count(*) FROM attributions_words WHERE attributions_words MATCH 'cracked'"), 0);
  assert_int_equal(count(store, "SELECT count(*) FROM documents_words WHERE documents_words MATCH 'ferry'"), 0);
  assert_true(hsy_db_exec(hsy_store_db(store),
                          "INSERT INTO documents_words(documents_words, rank) VALUES ('integrity-check', 1)", &err));
  hsy_store_close(store);
}

static void a_batch_is_whole_or_not_at_all(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  int64_t key;
  hsy_store *store = open_store(f);
  hsy_store_begin(store, &err);
  assert_true(hsy_store_put(store, &f->doc, f->id, f->scratch, &key, &err));
  hsy_store_rollback(store);
  assert_false(hsy_store_has(store, f->id, &err));
  put(f, store);
  hsy_store_begin(store, &err);
  assert_false(hsy_store_put(store, &f->doc, f->id, f->scratch, &key, &err)); /* it is there */
  assert_int_equal(err.code, HSY_STORE);
  hsy_store_rollback(store);
  assert_int_equal(count(store, "SELECT count(*) FROM attributions"), 3);
  hsy_store_close(store); /* also with a batch open: nothing of it stays */
  store = open_store(f);
  err = (hsy_error){0};
  hsy_store_begin(store, &err);
  hsy_store_drop(store, 1, &err);
  hsy_store_close(store);
  store = open_store(f);
  assert_true(hsy_store_has(store, f->id, &err));
  hsy_store_close(store);
}

static void no_memory_is_an_error_and_nothing_is_half(void **state) {
  fixture *f = *state;
  hsy_store *store = open_store(f);
  int64_t key;
  bool through = false;
  for (long n = 1; n < 500 && !through; n++) {
    hsy_error err = {0};
    hsy_arena scratch = hsy_heap_reset(f->other);
    hsy_heap_fail_at(f->other, n);
    hsy_store_begin(store, &err);
    through = hsy_store_put(store, &f->doc, f->id, scratch, &key, &err);
    if (!through) assert_int_equal(err.code, HSY_NO_MEMORY);
    hsy_store_rollback(store);
  }
  assert_true(through);
  hsy_heap_fail_at(f->other, 0);
  hsy_heap_reset(f->other);
  key = put(f, store);
  through = false;
  for (long n = 1; n < 500 && !through; n++) {
    hsy_error err = {0};
    hsy_doc got;
    hsy_arena arena = hsy_heap_reset(f->other);
    hsy_heap_fail_at(f->other, n);
    hsy_doc_init(&got, &arena);
    through = hsy_store_load(store, key, HSY_LOAD_ALL, &got, &err);
    if (!through) assert_int_equal(err.code, HSY_NO_MEMORY);
  }
  assert_true(through);
  hsy_store_close(store);
}

/* ---- opening ---- */

static void assert_refused(const fixture *f, bool create, hsy_code code, const char *why) {
  hsy_error err = {0};
  assert_null(hsy_store_open(f->path, create, &err));
  assert_int_equal(err.code, code);
  if (!strstr(err.message, why)) fail_msg("\"%s\" does not say \"%s\"", err.message, why);
}

static void write_file(const fixture *f, const char *bytes, size_t times) {
  FILE *file = fopen(f->path, "w");
  for (size_t i = 0; i < times; i++) fputs(bytes, file);
  fclose(file);
}

static void what_is_no_store_is_refused(void **state) {
  fixture *f = *state;
  assert_refused(f, false, HSY_NOT_FOUND, "no such store");
  assert_int_not_equal(access(f->path, F_OK), 0);
  write_file(f, "", 0);
  assert_refused(f, false, HSY_STORE, "no store in it");
  write_file(f, "a shopping list, and nothing else\n", 100);
  assert_refused(f, true, HSY_STORE, "no store");
  assert_refused(f, false, HSY_STORE, "no store");
  sqlite3 *db;
  unlink(f->path);
  sqlite3_open(f->path, &db);
  sqlite3_exec(db, "CREATE TABLE recipes(name)", NULL, NULL, NULL);
  sqlite3_close(db);
  assert_refused(f, true, HSY_STORE, "another program");
}

static void set_version(const fixture *f, int version) {
  sqlite3 *db;
  char sql[64];
  sqlite3_open(f->path, &db);
  snprintf(sql, sizeof sql, "PRAGMA user_version=%d", version);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void a_newer_store_is_left_alone(void **state) {
  fixture *f = *state;
  hsy_store_close(open_store(f));
  set_version(f, hsy_schema_latest() + 1);
  assert_refused(f, true, HSY_STORE, "newer");
  assert_refused(f, false, HSY_STORE, "newer");
  set_version(f, hsy_schema_latest());
  hsy_store_close(open_store(f));
}

/* A store as the first version left it, with an article. */
static void make_version_1(fixture *f) {
  hsy_error err = {0};
  hsy_db db;
  assert_true(hsy_db_open(&db, f->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &err));
  assert_true(hsy_schema_migrate(&db, 1, &err));
  hsy_db_exec(&db,
              "INSERT INTO documents(id, origin, path, day, summary_only, paywalled, text)"
              " VALUES ('0123456789abcdef', 'old.txt', 'old.txt', '~', 0, 0, 'An old quarrel.');"
              "INSERT INTO attributions(document, n, id, kind, mode, confidence, content)"
              " VALUES (1, 0, '0123456789abcdef.0', 'direct', 'speech', 0.5, 'quarrel'),"
              " (1, 1, '0123456789abcdef.1', 'direct', 'thought', 0.5, 'old');"
              "INSERT INTO entities VALUES (5, 'e', 'Ada \"The Pen\" Moss', 'person');"
              "INSERT INTO local_entities VALUES (1, 0, 'Ada \"The Pen\" Moss', 'person', 5),"
              " (1, 1, 'Society', 'org', NULL), (1, 2, 'Moss', 'person', 5);"
              "INSERT INTO names VALUES (1, 0, 0, 'name', 'Ada \"The Pen\" Moss', 'ada \"the pen\" moss'),"
              " (1, 0, 1, 'title', 'the chair', 'the chair'), (1, 1, 0, 'name', 'Society', 'society');"
              "INSERT INTO speakers VALUES (1, 0, 0, 0), (1, 0, 1, 1), (1, 1, 0, 0), (1, 1, 1, 2)",
              &err);
  if (err.code != HSY_OK) fail_msg("%s", err.message);
  hsy_db_close(&db);
}

/* Bearers that are entities and said something, as they are counted. */
static int64_t speakers(hsy_store *store, hsy_error *err) {
  assert_true(hsy_figures_refresh(store, err));
  return count(store, "SELECT count(*) FROM speaker_figures WHERE bearer > 0");
}

static void an_old_store_is_brought_up_to_date(void **state) {
  fixture *f = *state;
  make_version_1(f);
  hsy_store *store = open_store(f);
  assert_int_equal(count(store, "PRAGMA user_version"), hsy_schema_latest());
  assert_int_equal(count(store, "SELECT count(*) FROM attributions_words WHERE attributions_words MATCH 'quarrels'"),
                   1);
  assert_int_equal(count(store, "SELECT count(*) FROM documents_words WHERE documents_words MATCH 'old'"), 1);
  hsy_error err = {0};
  assert_true(hsy_store_has(store, HSY_S("0123456789abcdef"), &err));
  assert_int_equal(count(store, "SELECT count(*) FROM spoken WHERE bearer = 5"), 2);
  assert_int_equal(count(store, "SELECT count(*) FROM spoken WHERE bearer < 0 AND attribution = 1"), 1);
  assert_int_equal(count(store, "SELECT count(*) FROM spoken"), 3);
  assert_int_equal(count(store, "SELECT count(*) FROM names WHERE bearer = 5"), 2);
  assert_int_equal(count(store, "SELECT count(*) FROM name_words"), 4);
  assert_int_equal(count(store, "SELECT count(*) FROM name_words WHERE word = '\"the'"), 1);
  assert_false(hsy_figures_are_fresh(store, &err));
  assert_true(hsy_figures_refresh(store, &err));
  assert_true(hsy_figures_are_fresh(store, &err));
  assert_int_equal(count(store, "SELECT count(*) FROM speaker_figures"), 2);
  assert_int_equal(count(store, "SELECT n FROM counts WHERE kind = 'thoughts'"), 1);
  assert_int_equal(count(store, "SELECT n FROM counts WHERE kind = 'languages' AND name = ''"), 1);
  put(f, store);
  assert_int_equal(count(store, "SELECT n FROM counts WHERE kind = 'documents'"), 2);
  hsy_store_close(store);
}

/* Two of a document's entities are the same one, and then one is another: who
 * spoke follows, and what is counted of them. */
static void who_spoke_follows_who_is_one(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  make_version_1(f);
  hsy_store *store = open_store(f);
  hsy_db *db = hsy_store_db(store);
  hsy_db_exec(db,
              "INSERT INTO entities(key, id, name, kind) VALUES (6, 'f', 'Moss', 'person');"
              "UPDATE local_entities SET entity = 6 WHERE n = 2",
              &err);
  assert_int_equal(count(store, "SELECT count(*) FROM spoken WHERE bearer = 5"), 2); /* n 0 still says both */
  assert_int_equal(count(store, "SELECT group_concat(attribution) FROM spoken WHERE bearer = 6"), 2);
  assert_int_equal(speakers(store, &err), 1); /* Moss only thinks */
  hsy_db_exec(db, "UPDATE local_entities SET entity = 6 WHERE n = 0; UPDATE local_entities SET entity = 5 WHERE n = 1",
              &err);
  assert_int_equal(count(store, "SELECT count(*) FROM spoken WHERE bearer = 6"), 2);
  assert_int_equal(count(store, "SELECT group_concat(attribution) FROM spoken WHERE bearer = 5"), 1);
  assert_int_equal(count(store, "SELECT count(*) FROM spoken WHERE bearer < 0"), 0);
  assert_int_equal(count(store, "SELECT count(*) FROM names WHERE bearer = 5"), 1);
  hsy_db_exec(db, "UPDATE local_entities SET entity = NULL", &err);
  assert_int_equal(speakers(store, &err), 0);
  assert_int_equal(count(store, "SELECT count(*) FROM spoken"), 4);
  assert_true(hsy_store_drop(store, 1, &err));
  assert_int_equal(count(store, "SELECT count(*) FROM spoken"), 0);
  assert_int_equal(count(store, "SELECT count(*) FROM counts WHERE n <> 0"), 0);
  if (err.code != HSY_OK) fail_msg("%s", err.message);
  hsy_store_close(store);
}

static void a_store_on_a_medium_to_read_can_be_asked(void **state) {
  fixture *f = *state;
  if (geteuid() == 0) skip(); /* root writes whatever the mode */
  hsy_store *store = open_store(f);
  put(f, store);
  hsy_store_close(store);
  chmod(f->path, 0444);
  chmod(f->folder, 0555);
  hsy_error err = {0};
  store = hsy_store_open(f->path, false, &err);
  assert_non_null(store);
  assert_true(hsy_store_has(store, f->id, &err));
  assert_false(hsy_store_begin(store, &err) && hsy_store_drop(store, 1, &err));
  hsy_store_close(store);
  assert_refused(f, true, HSY_IO, "written");
  chmod(f->folder, 0755);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(what_is_put_in_comes_out_again),
      TEST(a_part_of_a_document_can_be_loaded),
      TEST(documents_are_found_by_what_people_write),
      TEST(dropping_leaves_nothing_behind),
      TEST(a_batch_is_whole_or_not_at_all),
      TEST(no_memory_is_an_error_and_nothing_is_half),
      TEST(what_is_no_store_is_refused),
      TEST(a_newer_store_is_left_alone),
      TEST(an_old_store_is_brought_up_to_date),
      TEST(who_spoke_follows_who_is_one),
      TEST(a_store_on_a_medium_to_read_can_be_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
