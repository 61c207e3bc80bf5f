/* What is like a sentence: three articles, their vectors made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../sample.h"
#include "../scratch.h"
#include "doc/identity.h"
#include "query/query.h"

enum { MODEL = 7 };

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  hsy_heap *heap, *other;
  char text[512];   /* of the answers */
  char cursor[256]; /* of the last */
  int given, stop_at;
  hsy_error err;
} fixture;

static hsy_meaning_row row_of(int32_t attribution, int turned) {
  hsy_meaning_row row = {.attribution = attribution, .model = MODEL};
  for (int i = 0; i < HSY_MEANING_WIDTH; i++) {
    row.vector[i] = i < turned ? -6 : 6;
    row.sketch[i / 64] |= (uint64_t)(i >= turned) << i % 64;
  }
  return row;
}

/* The sample; its two attributions of speech lie `turned` and ten more away. */
static void put(fixture *f, const char *path, const char *day, const char *outlet, int turned) {
  hsy_arena arena = hsy_heap_reset(f->heap);
  hsy_doc doc;
  int64_t key;
  hsy_doc_init(&doc, &arena);
  sample_fill(&doc, path);
  doc.meta.published = hsy_str_of(day);
  doc.meta.outlet = hsy_str_of(outlet);
  for (int32_t i = 0; i < 2; i++) *hsy_push(&doc.meanings, &arena) = row_of(i, turned + 10 * i);
  hsy_store_begin(f->store, &f->err);
  bool ok = hsy_store_put(f->store, &doc, hsy_doc_id(&doc, &arena), arena, &key, &f->err);
  if (!ok || !hsy_store_commit(f->store, &f->err)) fail_msg("%s", f->err.message);
}

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->heap = hsy_heap_new(64 << 20, &f->err);
  f->other = hsy_heap_new(64 << 20, &f->err);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &f->err);
  assert_non_null(f->store);
  put(f, "far.txt", "2031-05-02", "Harbour Post", 60);
  put(f, "near.txt", "2031-05-04", "Northern Tide", 0);
  put(f, "middle.txt", "2031-05-03", "Harbour Post", 30);
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

static bool note(void *user, const hsy_answer *answer, hsy_arena scratch, hsy_error *err) {
  fixture *f = user;
  (void)scratch;
  (void)err;
  size_t used = strlen(f->text);
  snprintf(f->text + used, sizeof f->text - used, "%.*s:%d ", HSY_FMT(answer->doc->meta.path), answer->attribution);
  snprintf(f->cursor, sizeof f->cursor, "%.*s", HSY_FMT(answer->cursor));
  return ++f->given != f->stop_at;
}

static bool ask(fixture *f, hsy_ask what) {
  f->text[0] = 0;
  f->given = 0;
  f->err = (hsy_error){.offset = -1};
  return hsy_query_like(f->store, &what, note, f, hsy_heap_reset(f->other), &f->err);
}

static void check(fixture *f, hsy_ask what, const char *want) {
  hsy_meaning_row like = row_of(HSY_NONE, 0);
  what.like = &like;
  if (!ask(f, what)) fail_msg("%s", f->err.message);
  assert_string_equal(f->text, want);
}

#define ASK(...) ((hsy_ask){__VA_ARGS__})

static void the_nearest_come_first(void **state) {
  check(*state, ASK(.limit = 0), "near.txt:0 near.txt:1 middle.txt:0 middle.txt:1 far.txt:0 far.txt:1 ");
}

static void filters_hold(void **state) {
  fixture *f = *state;
  check(f, ASK(.outlet = HSY_S("harbour post")), "middle.txt:0 middle.txt:1 far.txt:0 far.txt:1 ");
  check(f, ASK(.stance = HSY_S("deny")), "near.txt:1 middle.txt:1 far.txt:1 ");
  check(f, ASK(.speaker = HSY_S("capek"), .until = HSY_S("2031-05-03")), "middle.txt:0 far.txt:0 ");
  check(f, ASK(.speaker = HSY_S("nobody known")), "");
}

static void pages_follow_one_another(void **state) {
  fixture *f = *state;
  char joined[512] = "", cursor[256] = "";
  do {
    hsy_meaning_row like = row_of(HSY_NONE, 0);
    assert_true(ask(f, ASK(.like = &like, .limit = 4, .cursor = hsy_str_of(cursor))));
    strcat(joined, f->text);
    strcpy(cursor, f->cursor);
  } while (f->given == 4);
  assert_string_equal(joined, "near.txt:0 near.txt:1 middle.txt:0 middle.txt:1 far.txt:0 far.txt:1 ");
}

static void ten_are_enough_where_nobody_says(void **state) {
  fixture *f = *state;
  hsy_meaning_row like = row_of(HSY_NONE, 0);
  for (int i = 0; i < 4; i++) put(f, (const char *[]){"a", "b", "c", "d"}[i], "2031-05-04", "Harbour Post", 80);
  assert_true(ask(f, ASK(.like = &like)));
  assert_int_equal(f->given, 10);
  assert_true(ask(f, ASK(.like = &like, .limit = 14)));
  assert_int_equal(f->given, 14);
}

static void who_asks_can_stop(void **state) {
  fixture *f = *state;
  hsy_meaning_row like = row_of(HSY_NONE, 0);
  f->stop_at = 2;
  ask(f, ASK(.like = &like));
  assert_int_equal(f->given, 2);
}

static void nonsense_is_wrong_usage(void **state) {
  fixture *f = *state;
  hsy_meaning_row like = row_of(HSY_NONE, 0);
  const hsy_ask ASKED[] = {ASK(.limit = 1), ASK(.like = &like, .sort = HSY_S("day")),
                           ASK(.like = &like, .since = HSY_S("yesterday")), ASK(.like = &like, .until = HSY_S("31")),
                           ASK(.like = &like, .cursor = HSY_S("x"))};
  for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
    assert_false(ask(f, ASKED[i]));
    assert_int_equal(f->err.code, HSY_USAGE);
  }
}

static void memory_that_runs_out_is_an_error(void **state) {
  fixture *f = *state;
  hsy_meaning_row like = row_of(HSY_NONE, 0);
  bool through = false;
  for (long n = 1; !through && n < 10000; n++) {
    hsy_arena arena = hsy_heap_reset(f->other);
    hsy_heap_fail_at(f->other, n);
    f->text[0] = 0;
    f->err = (hsy_error){.offset = -1};
    through = hsy_query_like(f->store, &ASK(.like = &like), note, f, arena, &f->err);
    hsy_heap_fail_at(f->other, 0);
    if (!through) assert_int_equal(f->err.code, HSY_NO_MEMORY);
  }
  assert_true(through);
  assert_string_equal(f->text, "near.txt:0 near.txt:1 middle.txt:0 middle.txt:1 far.txt:0 far.txt:1 ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(the_nearest_come_first),           TEST(filters_hold),      TEST(pages_follow_one_another),
      TEST(ten_are_enough_where_nobody_says), TEST(who_asks_can_stop), TEST(nonsense_is_wrong_usage),
      TEST(memory_that_runs_out_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
