#include "store/index.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../sample.h"
#include "../scratch.h"

static const hsy_key SMALL = 7, LARGE = UINT64_C(0xfffffffffffffff0), MIDDLE = UINT64_C(0x8000000000000000);

typedef struct fixture {
  scratch_dir dir;
  hsy_store *store;
  hsy_index index;
  hsy_heap *heap;
  hsy_arena arena;
  char text[512]; /* of what visitors are shown */
} fixture;

static int set_up(void **state) {
  hsy_error err = {0};
  fixture *f = calloc(1, sizeof *f);
  scratch_open(&f->dir);
  f->store = hsy_store_open(scratch_path(&f->dir, "record.db"), true, &err);
  f->index = hsy_store_index(f->store);
  f->heap = hsy_heap_new(16 << 20, &err);
  f->arena = hsy_heap_reset(f->heap);
  *state = f;
  return f->store ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_store_close(f->store);
  hsy_heap_free(f->heap);
  scratch_close(&f->dir);
  free(f);
  return 0;
}

static void say(fixture *f, const char *what, unsigned long long a, unsigned long long b) {
  sprintf(f->text + strlen(f->text), "%s%llx:%llx ", what, a, b);
}

static bool on_posting(void *user, ptrdiff_t query, hsy_key member, uint32_t mark) {
  say(user, query ? "second " : "first ", member, mark);
  return true;
}

static bool on_pair(void *user, const hsy_pair *pair) {
  say(user, pair->note.len == 2 ? "pair " : "odd ", pair->a, pair->b);
  return true;
}

static bool on_key(void *user, hsy_key key) {
  say(user, "", key, 0);
  return true;
}

static void ids_are_numbers(void **state) {
  fixture *f = *state;
  assert_true(hsy_store_key_of(HSY_S("00000000000000ff")) == 255);
  assert_true(hsy_store_key_of(HSY_S("fedcba9876543210")) == UINT64_C(0xfedcba9876543210));
  assert_true(hsy_str_eq(hsy_store_id_of(255, &f->arena), HSY_S("00000000000000ff")));
}

static void the_least_keys_come_first(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  const hsy_posting rows[] = {{5, SMALL, 1}, {5, MIDDLE, 2}, {5, LARGE, 3}, {LARGE, SMALL, 4}};
  assert_true(f->index.put(f->store, rows, 4, &err));
  const uint64_t prints[] = {5, LARGE};
  assert_true(f->index.least(f->store, prints, 2, 2, on_posting, f, &err));
  assert_string_equal(f->text, "first 7:1 first 8000000000000000:2 second 7:4 ");
  assert_true(f->index.drop(f->store, rows, 1, &err) && f->index.drop(f->store, rows, 1, &err));
  f->text[0] = 0;
  assert_true(f->index.least(f->store, prints, 1, 9, on_posting, f, &err));
  assert_string_equal(f->text, "first 8000000000000000:2 first fffffffffffffff0:3 ");
}

static void notes_and_texts_are_given_back(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  hsy_str got;
  bool found;
  assert_true(f->index.get_note(f->store, LARGE, &f->arena, &got, &found, &err));
  assert_false(found);
  assert_true(f->index.put_note(f->store, LARGE, HSY_S("a\0b"), &err));
  assert_true(f->index.put_note(f->store, LARGE, HSY_S("c\0d"), &err)); /* replaces */
  assert_true(f->index.get_note(f->store, LARGE, &f->arena, &got, &found, &err));
  assert_true(found && hsy_str_eq(got, HSY_S("c\0d")));
  assert_true(f->index.drop_note(f->store, LARGE, &err));
  assert_true(f->index.get_note(f->store, LARGE, &f->arena, &got, &found, &err) && !found);
  hsy_doc doc;
  int64_t key;
  hsy_doc_init(&doc, &f->arena);
  sample_fill(&doc, "ferry.txt");
  assert_true(hsy_store_put(f->store, &doc, HSY_S("fffffffffffffff0"), f->arena, &key, &err));
  assert_true(f->index.get_text(f->store, LARGE, &f->arena, &got, &found, &err));
  assert_true(found && hsy_str_eq(got, hsy_str_of(SAMPLE_TEXT)));
}

static void pairs_are_found_from_both_ends(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  const hsy_pair pairs[] = {{SMALL, LARGE, HSY_S("x")}, {SMALL, MIDDLE, HSY_S("yy")}, {SMALL, LARGE, HSY_S("zz")}};
  assert_true(f->index.put_pairs(f->store, pairs, 3, &err));
  assert_true(f->index.pairs(f->store, LARGE, on_pair, f, &err));
  assert_true(f->index.pairs(f->store, SMALL, on_pair, f, &err));
  assert_string_equal(f->text, "pair 7:fffffffffffffff0 pair 7:8000000000000000 pair 7:fffffffffffffff0 ");
  assert_true(f->index.drop_pairs(f->store, LARGE, &err));
  f->text[0] = 0;
  assert_true(f->index.pairs(f->store, LARGE, on_pair, f, &err) && f->index.pairs(f->store, SMALL, on_pair, f, &err));
  assert_string_equal(f->text, "pair 7:8000000000000000 ");
}

static bool on_group(void *user, const hsy_copy_group *group) {
  say(user, group->whole ? "whole " : "part ", group->id, (unsigned long long)group->document_count);
  for (ptrdiff_t i = 0; i < group->passage_count; i++)
    say(user, "at ", (unsigned)group->passages[i].start, (unsigned)group->passages[i].end);
  assert_true(hsy_str_eq(group->because, HSY_S("it was first")));
  assert_true(group->containment == 0.75 && group->original == SMALL);
  return true;
}

static void groups_go_with_any_of_their_documents(void **state) {
  fixture *f = *state;
  hsy_error err = {0};
  const hsy_key documents[] = {SMALL, LARGE};
  const hsy_passage passages[] = {{SMALL, 3, 9}, {LARGE, 0, 6}};
  hsy_copy_group group = {.id = 9,
                          .documents = documents,
                          .document_count = 2,
                          .passages = passages,
                          .passage_count = 2,
                          .containment = 0.75,
                          .original = SMALL,
                          .because = HSY_S("it was first")};
  assert_true(f->index.put_group(f->store, &group, &err) && f->index.put_group(f->store, &group, &err));
  group.id = LARGE;
  group.whole = true;
  group.passage_count = 0;
  assert_true(f->index.put_group(f->store, &group, &err));
  assert_true(hsy_store_copies(f->store, on_group, f, f->arena, &err));
  assert_string_equal(f->text, "part 9:2 at 3:9 at 0:6 whole fffffffffffffff0:2 ");
  f->text[0] = 0;
  assert_true(f->index.drop_groups(f->store, LARGE, on_key, f, &err));
  assert_string_equal(f->text, "7:0 fffffffffffffff0:0 ");
  f->text[0] = 0;
  assert_true(hsy_store_copies(f->store, on_group, f, f->arena, &err));
  assert_string_equal(f->text, "");
  assert_int_equal(hsy_db_number(hsy_store_db(f->store), "SELECT count(*) FROM copy_passages", &err), 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(ids_are_numbers),
      TEST(the_least_keys_come_first),
      TEST(notes_and_texts_are_given_back),
      TEST(pairs_are_found_from_both_ends),
      TEST(groups_go_with_any_of_their_documents),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
