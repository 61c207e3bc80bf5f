/* What means about the same: rows made by hand, so that how near they lie is known. */
#include "store/meanings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../sample.h"
#include "../scratch.h"

enum { MODEL = 7, FULL = 127 };

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  hsy_db *db;
  hsy_heap *heap;
  hsy_arena arena;
  hsy_error err;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &f->err);
  f->heap = hsy_heap_new(16 << 20, &f->err);
  if (!f->store || !f->heap) return -1;
  f->db = hsy_store_db(f->store);
  f->arena = hsy_heap_reset(f->heap);
  hsy_db_exec(f->db, "PRAGMA foreign_keys = OFF", &f->err); /* vectors alone; no articles */
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_store_close(f->store);
  hsy_heap_free(f->heap);
  scratch_close(&f->dir);
  free(f);
  return 0;
}

/* As far from "all in the first half" as `turned` dimensions; both halves count in the sketch. */
static hsy_meaning_row row_of(int turned, uint64_t model) {
  hsy_meaning_row row = {.attribution = HSY_NONE, .model = model};
  for (int i = 0; i < HSY_MEANING_WIDTH; i++) {
    bool first = i < HSY_MEANING_WIDTH / 2;
    if (i < turned) first = !first;
    row.vector[i] = first ? 6 : -6; /* 384 times 6 squared is about 127 squared */
    row.sketch[i / 64] |= (uint64_t)first << i % 64;
  }
  return row;
}

static void put(fixture *f, int64_t attribution, int turned, uint64_t model) {
  hsy_meaning_row row = row_of(turned, model);
  if (!hsy_store_put_meaning(f->db, &row, attribution, &f->err)) fail_msg("%s", f->err.message);
}

static hsy_near_vec near_to(fixture *f, int turned) {
  hsy_near_vec near = {0};
  hsy_meaning_row row = row_of(turned, MODEL);
  f->arena = hsy_heap_reset(f->heap);
  if (!hsy_store_near(f->db, &row, &near, &f->arena, &f->err)) fail_msg("%s", f->err.message);
  return near;
}

static void the_nearest_come_first(void **state) {
  fixture *f = *state;
  put(f, 1, 40, MODEL);
  put(f, 5000, 0, MODEL); /* of another chunk */
  put(f, 3, 10, MODEL);
  put(f, 2, 10, MODEL); /* as near as 3 */
  hsy_near_vec near = near_to(f, 0);
  static const int64_t WANT[] = {5000, 2, 3, 1};
  assert_int_equal(near.len, 4);
  for (int i = 0; i < 4; i++) assert_int_equal(near.data[i].attribution, WANT[i]);
  assert_true(near.data[0].cosine > 0.85f && near.data[0].cosine < 1.0f);
  assert_true(near.data[0].cosine > near.data[1].cosine && near.data[1].cosine > near.data[3].cosine);
}

static void another_models_rows_are_not_compared(void **state) {
  fixture *f = *state;
  put(f, 1, 0, MODEL + 1);
  put(f, 2, 90, MODEL);
  hsy_near_vec near = near_to(f, 0);
  assert_int_equal(near.len, 1);
  assert_int_equal(near.data[0].attribution, 2);
}

static void what_is_gone_is_not_found(void **state) {
  fixture *f = *state;
  put(f, 1, 0, MODEL);
  put(f, 2, 5, MODEL);
  put(f, 3, 6, MODEL);
  hsy_db_exec(f->db, "DELETE FROM meanings WHERE attribution = 1", &f->err);
  hsy_db_exec(f->db, "UPDATE meanings SET vector = x'00' WHERE attribution = 2", &f->err); /* cut short */
  hsy_near_vec near = near_to(f, 0);
  assert_int_equal(near.len, 1);
  assert_int_equal(near.data[0].attribution, 3);
}

/* More than are given back, those that are nearest put last: all of them are found. */
static void of_many_the_nearest_are_given(void **state) {
  fixture *f = *state;
  enum { MANY = 12 * HSY_NEAR_MOST };
  hsy_store_begin(f->store, &f->err);
  for (int i = 1; i <= MANY; i++) put(f, i, (MANY - i) / 100, MODEL);
  hsy_store_commit(f->store, &f->err);
  hsy_near_vec near = near_to(f, 0);
  assert_int_equal(near.len, HSY_NEAR_MOST);
  for (ptrdiff_t i = 0; i < near.len; i++) assert_true(near.data[i].attribution > MANY - HSY_NEAR_MOST - 100);
  for (ptrdiff_t i = 1; i < near.len; i++) assert_true(near.data[i - 1].cosine >= near.data[i].cosine);
}

static void a_vector_comes_back(void **state) {
  fixture *f = *state;
  hsy_str vector;
  put(f, 4, 3, MODEL);
  hsy_meaning_row row = row_of(3, MODEL);
  assert_true(hsy_store_vector(f->db, 4, &vector, &f->arena, &f->err));
  assert_int_equal(vector.len, sizeof row.vector);
  assert_memory_equal(vector.data, row.vector, sizeof row.vector);
  assert_true(hsy_store_vector(f->db, 5, &vector, &f->arena, &f->err));
  assert_int_equal(vector.len, 0);
}

static void what_fails_is_said(void **state) {
  fixture *f = *state;
  hsy_near_vec near = {0};
  hsy_meaning_row row = row_of(0, MODEL);
  put(f, 1, 0, MODEL);
  hsy_heap_fail_at(f->heap, 1);
  assert_false(hsy_store_near(f->db, &row, &near, &f->arena, &f->err));
  assert_int_equal(f->err.code, HSY_NO_MEMORY);
  f->err = (hsy_error){.offset = -1};
  hsy_heap_fail_at(f->heap, 2); /* the first row that is kept */
  f->arena = hsy_heap_reset(f->heap);
  assert_false(hsy_store_near(f->db, &row, &near, &f->arena, &f->err));
  assert_int_equal(f->err.code, HSY_NO_MEMORY);
  assert_false(hsy_store_put_meaning(f->db, &row, 9, &f->err)); /* what failed stays so */
  f->err = (hsy_error){.offset = -1};
  hsy_heap_fail_at(f->heap, 0);
  hsy_db_exec(f->db, "DROP TABLE sketches", &f->err);
  assert_false(hsy_store_put_meaning(f->db, &row, 10, &f->err));
  assert_int_equal(f->err.code, HSY_STORE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(the_nearest_come_first),    TEST(another_models_rows_are_not_compared),
      TEST(what_is_gone_is_not_found), TEST(of_many_the_nearest_are_given),
      TEST(a_vector_comes_back),       TEST(what_fails_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
