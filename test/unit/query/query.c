#include "query/query.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../sample.h"
#include "../scratch.h"
#include "doc/identity.h"
#include "record/relink.h"
#include "query/matches.h"

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  hsy_heap *heap, *other;
  char text[4096];  /* of the answers */
  char cursor[256]; /* of the last */
  int given, stop_at;
} fixture;

/* The sample, with another day, outlet and path: three articles with three
 * attributions each, one of them a thought. */
static void put(fixture *f, const char *path, const char *day, const char *outlet) {
  hsy_error err = {0};
  hsy_arena arena = hsy_heap_reset(f->heap);
  hsy_doc doc;
  int64_t key;
  hsy_doc_init(&doc, &arena);
  sample_fill(&doc, path);
  doc.meta.published = hsy_str_of(day);
  doc.meta.outlet = hsy_str_of(outlet);
  hsy_store_begin(f->store, &err);
  bool ok = hsy_store_put(f->store, &doc, hsy_doc_id(&doc, &arena), arena, &key, &err);
  if (!ok || !hsy_store_commit(f->store, &err)) fail_msg("%s", err.message);
}

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->heap = hsy_heap_new(64 << 20, &err);
  f->other = hsy_heap_new(64 << 20, &err);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &err);
  assert_non_null(f->store);
  put(f, "c.txt", "", "Harbour Post");
  put(f, "b.txt", "2031-05-04T10:00:00Z", "Northern Tide");
  put(f, "a.txt", "2031-05-02", "Harbour Post");
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_store_close(f->store);
  hsy_heap_free(f->heap);
  hsy_heap_free(f->other);
  scratch_close(&f->dir);
  free(f);
  return 0;
}

/* "a.txt:0 " for an attribution, "a.txt[3] " for a document. */
static bool note(void *user, const hsy_answer *answer, hsy_arena scratch, hsy_error *err) {
  fixture *f = user;
  (void)scratch;
  (void)err;
  char *to = f->text + strlen(f->text);
  size_t room = sizeof f->text - strlen(f->text);
  hsy_str path = answer->doc->meta.path;
  if (answer->kind == HSY_ANSWER_ATTRIBUTION)
    snprintf(to, room, "%.*s:%d ", HSY_FMT(path), answer->attribution);
  else
    snprintf(to, room, "%.*s[%lld] ", HSY_FMT(path), (long long)answer->attributions);
  snprintf(f->cursor, sizeof f->cursor, "%.*s", HSY_FMT(answer->cursor));
  return ++f->given != f->stop_at;
}

static bool ask(fixture *f, hsy_question_fn question, hsy_ask what, hsy_error *err) {
  f->text[0] = 0;
  f->given = 0;
  *err = (hsy_error){0};
  return question(f->store, &what, note, f, hsy_heap_reset(f->other), err);
}

static void check(fixture *f, hsy_question_fn question, hsy_ask what, const char *want) {
  hsy_error err;
  if (!ask(f, question, what, &err)) fail_msg("%s", err.message);
  assert_string_equal(f->text, want);
}

#define ASK(...) ((hsy_ask){__VA_ARGS__})

static void articles_are_listed_by_day(void **state) {
  fixture *f = *state;
  check(f, hsy_query_list, ASK(.limit = 0), "a.txt[3] b.txt[3] c.txt[3] ");
  check(f, hsy_query_list, ASK(.outlet = HSY_S("harbour post")), "a.txt[3] c.txt[3] ");
  check(f, hsy_query_list, ASK(.since = HSY_S("2031-05-03")), "b.txt[3] ");
  check(f, hsy_query_list, ASK(.until = HSY_S("2031-05-04")), "a.txt[3] b.txt[3] ");
  check(f, hsy_query_list, ASK(.since = HSY_S("2031"), .until = HSY_S("2031-05-03")), "a.txt[3] ");
  check(f, hsy_query_list, ASK(.speaker = HSY_S("nobody known")), "");
  check(f, hsy_query_list, ASK(.stance = HSY_S("deny"), .limit = 1), "a.txt[3] ");
}

static void pages_follow_one_another(void **state) {
  fixture *f = *state;
  check(f, hsy_query_list, ASK(.limit = 2), "a.txt[3] b.txt[3] ");
  char behind[256];
  strcpy(behind, f->cursor);
  check(f, hsy_query_list, ASK(.limit = 2, .cursor = hsy_str_of(behind)), "c.txt[3] ");
  static const hsy_question_fn QUESTIONS[] = {hsy_query_who, hsy_query_search};
  for (size_t i = 0; i < 2; i++) {
    char all[512], joined[512] = "", cursor[256] = "";
    hsy_error err;
    assert_true(ask(f, QUESTIONS[i], ASK(.words = i ? HSY_S("hull cracked") : HSY_S(""), .thoughts = true), &err));
    strcpy(all, f->text);
    do {
      hsy_ask page = ASK(.words = i ? HSY_S("hull cracked") : HSY_S(""), .thoughts = true, .limit = 2);
      page.cursor = hsy_str_of(cursor);
      assert_true(ask(f, QUESTIONS[i], page, &err));
      strcat(joined, f->text);
      strcpy(cursor, f->cursor);
    } while (f->given == 2);
    assert_string_equal(joined, all);
  }
}

static void names_match_without_case_and_accents(void **state) {
  fixture *f = *state;
  static const char CAPTAIN[] = "a.txt:0 b.txt:0 c.txt:0 ";
  check(f, hsy_query_who, ASK(.words = HSY_S("ilse capek")), CAPTAIN);
  check(f, hsy_query_who, ASK(.words = HSY_S("ČAPEK")), CAPTAIN);                       /* the last name */
  check(f, hsy_query_who, ASK(.words = HSY_S("The Skipper")), CAPTAIN);                 /* an alias */
  check(f, hsy_query_who, ASK(.words = HSY_S("Ministry")), "a.txt:1 b.txt:1 c.txt:1 "); /* part of a name */
  check(f, hsy_query_who, ASK(.words = HSY_S("captain")), "");                          /* a title is no name */
  check(f, hsy_query_who, ASK(.words = HSY_S("minis")), "");
  check(f, hsy_query_who, ASK(.words = HSY_S("capek"), .outlet = HSY_S("Northern Tide")), "b.txt:0 ");
}

static void thoughts_are_left_out_unless_asked(void **state) {
  fixture *f = *state;
  check(f, hsy_query_who, ASK(.since = HSY_S("2031-05-03")), "b.txt:0 b.txt:1 ");
  check(f, hsy_query_who, ASK(.since = HSY_S("2031-05-03"), .thoughts = true), "b.txt:0 b.txt:1 b.txt:2 ");
  check(f, hsy_query_who, ASK(.since = HSY_S("2031-05-03"), .stance = HSY_S("deny")), "b.txt:1 ");
  check(f, hsy_query_who, ASK(.since = HSY_S("2031-05-03"), .min_confidence = 0.8), "b.txt:0 ");
}

static void words_are_searched_in_what_was_said_first(void **state) {
  fixture *f = *state;
  check(f, hsy_query_search, ASK(.words = HSY_S("CRACK")), "a.txt:1 b.txt:1 c.txt:1 "); /* stemmed */
  check(f, hsy_query_search, ASK(.words = HSY_S("\"the hull was\""), .limit = 1), "a.txt:1 ");
  check(f, hsy_query_search, ASK(.words = HSY_S("\"hull the was\"")), "");
  check(f, hsy_query_search, ASK(.words = HSY_S("fahre")), "a.txt[-1] b.txt[-1] c.txt[-1] "); /* nobody said it */
  check(f, hsy_query_search, ASK(.words = HSY_S("capek"), .speaker = HSY_S("capek")), "");
  check(f, hsy_query_search, ASK(.words = HSY_S("march sound"), .speaker = HSY_S("capek"), .limit = 1), "a.txt:0 ");
}

static void no_words_are_ever_a_syntax_error(void **state) {
  fixture *f = *state;
  static const char *const WORDS[] = {"",      "\"",       "\"\"",      "*",     "hull*",  "hull AND", "NEAR(", "a OR",
                                      "col:x", "-hull",    "^",         "'; --", "\"hull", "NOT",      "\xff",  "{x}",
                                      "(((",   "hull + x", "\"a\" \"b", "?",     "?1",     "%",        "\\"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    hsy_error err;
    if (!ask(f, hsy_query_search, ASK(.words = hsy_str_of(WORDS[i])), &err)) fail_msg("%s: %s", WORDS[i], err.message);
    if (!ask(f, hsy_query_who, ASK(.words = hsy_str_of(WORDS[i])), &err)) fail_msg("%s: %s", WORDS[i], err.message);
  }
}

static void nonsense_is_wrong_usage(void **state) {
  fixture *f = *state;
  hsy_error err;
  static const char *const DAYS[] = {"yesterday", "2031-5-1", "31", "2031-05-04x"};
  for (size_t i = 0; i < 4; i++) {
    static const hsy_question_fn QUESTIONS[] = {hsy_query_list, hsy_query_search, hsy_query_timeline, hsy_query_trace};
    for (size_t q = 0; q < 4; q++) { /* also where nothing would be found */
      assert_false(ask(f, QUESTIONS[q], ASK(.words = HSY_S("unheardof"), .since = hsy_str_of(DAYS[i])), &err));
      assert_int_equal(err.code, HSY_USAGE);
    }
  }
  static const char *const CURSORS[] = {"x", "12", "1,2", "-1,a,b", ",,", "99999999999999999999,a,b"};
  for (size_t i = 0; i < 6; i++) {
    assert_false(ask(f, hsy_query_who, ASK(.cursor = hsy_str_of(CURSORS[i])), &err));
    assert_int_equal(err.code, HSY_USAGE);
  }
}

static void one_article_is_shown_whole(void **state) {
  fixture *f = *state;
  hsy_error err;
  check(f, hsy_query_show, ASK(.words = HSY_S("b.txt")), "b.txt[3] ");
  assert_false(ask(f, hsy_query_show, ASK(.words = HSY_S("z.txt")), &err));
  assert_int_equal(err.code, HSY_NOT_FOUND);
}

static bool sum(void *user, const hsy_answer *answer, hsy_arena scratch, hsy_error *err) {
  fixture *f = user;
  (void)scratch;
  (void)err;
  for (ptrdiff_t i = 0; i < answer->count_count; i++) {
    const hsy_count *c = &answer->counts[i];
    char *to = f->text + strlen(f->text);
    if (c->text.data)
      sprintf(to, "%.*s=%.*s ", HSY_FMT(c->name), HSY_FMT(c->text));
    else
      sprintf(to, "%.*s=%lld ", HSY_FMT(c->name), (long long)c->count);
  }
  return true;
}

static void the_record_is_counted(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  f->text[0] = 0;
  assert_true(hsy_relink_note(f->store, &err) && hsy_relink(f->store, &err));
  assert_true(hsy_query_stats(f->store, &ASK(.limit = 0), sum, f, hsy_heap_reset(f->other), &err));
  assert_string_equal(f->text, "documents=3 attributions=6 thoughts=3 speakers=2 statements=2 claims=0 "
                               "shifts=0 copies=0 outlets=2 first=2031-05-02 "
                               "last=2031-05-04T10:00:00Z date=1 direct=3 indirect=3 affirm=3 deny=3 en=3 text=3 ");
}

static void who_asks_can_stop(void **state) {
  fixture *f = *state;
  hsy_error err;
  f->stop_at = 2;
  ask(f, hsy_query_who, ASK(.limit = 0), &err);
  assert_int_equal(f->given, 2);
  ask(f, hsy_query_list, ASK(.limit = 0), &err);
  assert_int_equal(f->given, 2);
  f->stop_at = 0;
  check(f, hsy_query_list, ASK(.limit = 1), "a.txt[3] "); /* and the store goes on */
}

/* One article that says little, and a later one of very many attributions. */
static void put_crowd(fixture *f, int count) {
  hsy_error err = {0};
  hsy_db *db = hsy_store_db(f->store);
  hsy_db_exec(
      db,
      "DELETE FROM documents; DELETE FROM statements;"
      "INSERT INTO documents(key, id, origin, path, day, outlet, summary_only, paywalled, text) VALUES"
      " (1, '000000000000000a', 'old.txt', 'old.txt', '2030-01-01', 'Tide', 0, 0, 'The crowd.'),"
      " (2, '000000000000000b', 'new.txt', 'new.txt', '2031-01-01', 'Post', 0, 0, 'Many of them.');"
      "INSERT INTO attributions(key, document, n, id, kind, mode, confidence, content)"
      " VALUES (1, 1, 0, 'a.0', 'direct', 'speech', 1, 'crowd'), (2, 2, 0, 'b.0', 'direct', 'speech', 1, 'hush');"
      "INSERT INTO statements(key, id, clearest, first, independent, day, last, quoted)"
      " VALUES (1, 's', 1, 1, 1, '2030-01-01', '2030-01-01', 1);"
      "INSERT INTO reports VALUES (1, 1, 0);",
      &err);
  hsy_query query = hsy_db_query(db,
                                 "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ?)"
                                 " INSERT INTO attributions(document, n, id, kind, mode, confidence, content)"
                                 " SELECT 2, i, 'b.' || i, 'direct', 'speech', 1, 'a crowd of people' FROM c",
                                 &err);
  hsy_bind_int(&query, count);
  if (!hsy_query_run(&query)) fail_msg("%s", err.message);
}

static void of_very_many_matches_the_last_are_looked_at(void **state) {
  fixture *f = *state;
  hsy_ask search = ASK(.words = HSY_S("crowd"), .limit = 1);
  put_crowd(f, HSY_MATCHES_MOST - 1);
  check(f, hsy_query_search, search, "old.txt:0 ");
  put_crowd(f, HSY_MATCHES_MOST);
  check(f, hsy_query_search, search, "new.txt:1 ");
  search.until = HSY_S("2030-06"); /* added at another time than the many */
  check(f, hsy_query_search, search, "old.txt:0 ");
  search.until = HSY_S("");
  search.outlet = HSY_S("tide");
  check(f, hsy_query_search, search, "old.txt:0 ");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(articles_are_listed_by_day),
      TEST(pages_follow_one_another),
      TEST(names_match_without_case_and_accents),
      TEST(thoughts_are_left_out_unless_asked),
      TEST(words_are_searched_in_what_was_said_first),
      TEST(no_words_are_ever_a_syntax_error),
      TEST(nonsense_is_wrong_usage),
      TEST(one_article_is_shown_whole),
      TEST(the_record_is_counted),
      TEST(of_very_many_matches_the_last_are_looked_at),
      TEST(who_asks_can_stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
