/* Questions about claims, over a store whose links are put in by hand. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../sample.h"
#include "../scratch.h"
#include "doc/identity.h"
#include "query/query.h"

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  hsy_heap *heap, *other;
  char text[4096]; /* of the answers */
  char cursor[256];
} fixture;

static void put(fixture *f, const char *path, const char *day) {
  hsy_error err = {0};
  hsy_arena arena = hsy_heap_reset(f->heap);
  hsy_doc doc;
  int64_t key;
  hsy_doc_init(&doc, &arena);
  sample_fill(&doc, path);
  doc.meta.published = hsy_str_of(day);
  bool ok = hsy_store_begin(f->store, &err) &&
            hsy_store_put(f->store, &doc, hsy_doc_id(&doc, &arena), arena, &key, &err) &&
            hsy_store_commit(f->store, &err);
  if (!ok) fail_msg("%s", err.message);
}

/* Attributions 1 to 3 are of a.txt (the captain, the ministry, a thought), 4 to
 * 6 of b.txt. What one of the captain's statements and one of the ministry's
 * disagree about; the ministry's has two reports. */
static const char LINKS[] =
    "INSERT INTO statements(key, id, said_on, clearest, first, independent) VALUES"
    " (1, 's1', NULL, 1, 1, 1), (2, 's2', '2031-05-03', 2, 2, 1), (3, 's3', NULL, 4, 4, 1);"
    "INSERT INTO reports(attribution, statement, n) VALUES (1, 1, 0), (2, 2, 0), (5, 2, 1), (4, 3, 0);"
    "INSERT INTO claims(key, id, about, why, figures, confidence) VALUES"
    " (1, 'aaaaaa01', 'the hull was sound', 'words: hull', 0, 0.9), (2, 'aaaaaa02', 'it was checked', 'event', 0, 0.5);"
    "INSERT INTO sides(claim, side, n, attribution) VALUES (1, 'for', 0, 1), (1, 'against', 0, 2),"
    " (1, 'against', 1, 5), (2, 'for', 0, 4), (2, 'against', 0, 5);"
    "INSERT INTO conflicts(claim, n, one, other, relation, confidence) VALUES (1, 0, 1, 2, 'denies', 0.9),"
    " (2, 0, 4, 5, 'update', 0.5);"
    "INSERT INTO shifts(key, id, claim, speaker, before, after, why, confidence) VALUES (1, 'h1', 1, NULL, 2, 5, "
    "'why', 0.7);";

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->heap = hsy_heap_new(64 << 20, &err);
  f->other = hsy_heap_new(64 << 20, &err);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &err);
  assert_non_null(f->store);
  put(f, "a.txt", "2031-05-04");
  put(f, "b.txt", "2031-05-08");
  if (!hsy_db_exec(hsy_store_db(f->store), LINKS, &err)) fail_msg("%s", err.message);
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

static hsy_str field(const hsy_answer *answer, const char *name) {
  for (ptrdiff_t i = 0; i < answer->field_count; i++)
    if (!strcmp(answer->fields[i].name, name)) return answer->fields[i].text;
  return (hsy_str){0};
}

/* "id[for:a.txt:0 against:a.txt:1] " a row; "+" marks what is folded. */
static bool note(void *user, const hsy_answer *answer, hsy_arena scratch, hsy_error *err) {
  fixture *f = user;
  (void)scratch;
  (void)err;
  char *to = f->text + strlen(f->text);
  hsy_str id = field(answer, "id");
  if (answer->kind == HSY_ANSWER_OPEN) {
    sprintf(to, "%.*s[", HSY_FMT(id));
    snprintf(f->cursor, sizeof f->cursor, "%.*s", HSY_FMT(field(answer, "cursor")));
  } else if (answer->kind == HSY_ANSWER_CLOSE) {
    strcpy(to, "] ");
  } else {
    assert_int_equal(answer->kind, HSY_ANSWER_ATTRIBUTION);
    sprintf(to, "%s%s:%.*s:%d", to[-1] == '[' ? "" : " ", answer->part, HSY_FMT(answer->doc->meta.path),
            answer->attribution);
    if (field(answer, "folded_into").len) strcat(to, "+");
  }
  return true;
}

static bool ask(fixture *f, hsy_question_fn question, hsy_ask what, hsy_error *err) {
  f->text[0] = 0;
  *err = (hsy_error){0};
  return question(f->store, &what, note, f, hsy_heap_reset(f->other), err);
}

static void check(fixture *f, hsy_question_fn question, hsy_ask what, const char *want) {
  hsy_error err;
  if (!ask(f, question, what, &err)) fail_msg("%s", err.message);
  assert_string_equal(f->text, want);
}

#define ASK(...) ((hsy_ask){__VA_ARGS__})
#define ONE "aaaaaa01[first_for:a.txt:0 first_against:a.txt:1] "
#define TWO "aaaaaa02[first_for:b.txt:0 first_against:b.txt:1] "

static void the_surest_claim_comes_first(void **state) {
  fixture *f = *state;
  check(f, hsy_query_claims, ASK(.limit = 0), ONE TWO);
  check(f, hsy_query_claims, ASK(.limit = 1), ONE);
  char behind[256];
  strcpy(behind, f->cursor);
  check(f, hsy_query_claims, ASK(.cursor = hsy_str_of(behind)), TWO);
  check(f, hsy_query_claims, ASK(.min_confidence = 0.6), ONE);
}

static void claims_are_found_by_words_names_and_filters(void **state) {
  fixture *f = *state;
  check(f, hsy_query_claims, ASK(.words = HSY_S("hull CRACK")), ONE TWO); /* both have the denial */
  check(f, hsy_query_claims, ASK(.words = HSY_S("capek hull")), ONE TWO);
  check(f, hsy_query_claims, ASK(.words = HSY_S("\"cracked hull\"")), "");
  check(f, hsy_query_claims, ASK(.words = HSY_S("?")), "");
  check(f, hsy_query_claims, ASK(.until = HSY_S("2031-05-05")), ONE);
  check(f, hsy_query_claims, ASK(.speaker = HSY_S("ministry"), .stance = HSY_S("affirm")), "");
  check(f, hsy_query_claims, ASK(.claim = HSY_S("aaaaaa02")), TWO);
}

static void a_claim_folds_reports_of_one_statement(void **state) {
  fixture *f = *state;
  check(f, hsy_query_claim, ASK(.words = HSY_S("aaaaaa01")), "aaaaaa01[for:a.txt:0 against:a.txt:1 against:b.txt:1+] ");
  check(f, hsy_query_claim, ASK(.words = HSY_S("aaaaaa01"), .since = HSY_S("2031-05-08")),
        "aaaaaa01[against:b.txt:1] ");
  hsy_error err;
  assert_false(ask(f, hsy_query_claim, ASK(.words = HSY_S("aaaaaa")), &err)); /* two begin so */
  assert_int_equal(err.code, HSY_USAGE);
  static const char *const WRONG[] = {"", "aaaaa", "bbbbbb", "a' OR 1", "aaaaaa01x", "%%%%%%"};
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
    assert_false(ask(f, hsy_query_claim, ASK(.words = hsy_str_of(WRONG[i])), &err));
    assert_int_equal(err.code, HSY_NOT_FOUND);
  }
}

static void conflicts_and_shifts_hold_both_sides(void **state) {
  fixture *f = *state;
  check(f, hsy_query_conflicts, ASK(.limit = 0),
        "aaaaaa01.1[attributions:a.txt:0 attributions:a.txt:1] aaaaaa02.1[attributions:b.txt:0 attributions:b.txt:1] ");
  check(f, hsy_query_conflicts, ASK(.claim = HSY_S("aaaaaa02")),
        "aaaaaa02.1[attributions:b.txt:0 attributions:b.txt:1] ");
  check(f, hsy_query_conflicts, ASK(.since = HSY_S("2031-05-05")),
        "aaaaaa02.1[attributions:b.txt:0 attributions:b.txt:1] ");
  check(f, hsy_query_shifts, ASK(.words = HSY_S("ministry")), "h1[before:a.txt:1 after:b.txt:1] ");
  check(f, hsy_query_shifts, ASK(.words = HSY_S("capek")), "");
  check(f, hsy_query_shifts, ASK(.min_confidence = 0.8), "");
}

static void statements_come_by_day(void **state) {
  fixture *f = *state;
  check(f, hsy_query_timeline, ASK(.limit = 0),
        "s2[attribution:a.txt:1] s1[attribution:a.txt:0] s3[attribution:b.txt:0] ");
  check(f, hsy_query_timeline, ASK(.words = HSY_S("hull")), "s2[attribution:a.txt:1] ");
  check(f, hsy_query_timeline, ASK(.words = HSY_S("hull"), .since = HSY_S("2031-05-05")), "s2[attribution:b.txt:1] ");
  check(f, hsy_query_timeline, ASK(.limit = 2), "s2[attribution:a.txt:1] s1[attribution:a.txt:0] ");
  char behind[256];
  strcpy(behind, f->cursor);
  check(f, hsy_query_timeline, ASK(.cursor = hsy_str_of(behind)), "s3[attribution:b.txt:0] ");
}

static void cursors_of_others_are_wrong_usage(void **state) {
  fixture *f = *state;
  static const hsy_question_fn QUESTIONS[] = {hsy_query_claims, hsy_query_conflicts, hsy_query_shifts};
  hsy_error err;
  for (size_t i = 0; i < 3; i++) {
    assert_false(ask(f, QUESTIONS[i], ASK(.cursor = HSY_S("0,aaaaaa01,2031-05-04")), &err));
    assert_int_equal(err.code, HSY_USAGE);
    assert_false(ask(f, QUESTIONS[i], ASK(.since = HSY_S("soon")), &err));
    assert_int_equal(err.code, HSY_USAGE);
  }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(the_surest_claim_comes_first),
      TEST(claims_are_found_by_words_names_and_filters),
      TEST(a_claim_folds_reports_of_one_statement),
      TEST(conflicts_and_shifts_hold_both_sides),
      TEST(statements_come_by_day),
      TEST(cursors_of_others_are_wrong_usage),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
