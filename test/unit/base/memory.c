/* Arenas, growable arrays, strings, UTF-8, hashes, word lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/types.h>

#include <sha2.h>

#include "base/hash.h"
#include "base/lexicon.h"
#include "base/sha256.h"
#include "base/utf8.h"

static hsy_heap *heap;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  return (heap = hsy_heap_new((size_t)16 << 20, &err)) ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

static void blocks_are_zeroed_over_resets(void **state) {
  (void)state;
  for (int round = 0; round < 2; round++) {
    hsy_arena arena = hsy_heap_reset(heap);
    char *block = hsy_new(&arena, char, 6 << 20);
    assert_non_null(block);
    for (int i = 0; i < 6 << 20; i += 4096) assert_int_equal(block[i], 0);
    memset(block, 'x', 6 << 20);
  }
}

static void scratch_rewinds(void **state) {
  (void)state;
#ifndef HSY_ARENA_BLOCKS
  hsy_arena arena = hsy_heap_reset(heap);
  char *before = arena.next;
  hsy_arena scratch = arena;
  assert_non_null(hsy_new(&scratch, char, 100));
  assert_ptr_equal(arena.next, before);
#endif
}

static void a_full_arena_stays_failed(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  assert_null(hsy_new(&arena, char, (ptrdiff_t)1 << 40));
  assert_true(hsy_arena_failed(arena));
  assert_null(hsy_new(&arena, char, 1));
  hsy_error err = {0};
  assert_false(hsy_arena_check(arena, "test", &err));
  assert_int_equal(err.code, HSY_NO_MEMORY);
  arena = hsy_heap_reset(heap);
  assert_non_null(hsy_new(&arena, char, 1));
}

static void pushes_survive_a_full_arena(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  HSY_VEC(int) numbers = {0};
  for (int i = 0; i < 1000; i++) *hsy_push(&numbers, &arena) = i;
  for (int i = 0; i < 1000; i++) assert_int_equal(numbers.data[i], i);
  hsy_heap_fail_at(heap, 1);
  for (int i = 0; i < 100; i++) *hsy_push(&numbers, &arena) = i;
  assert_true(numbers.len >= 1000 && numbers.len <= numbers.cap);
}

static void the_first_failure_is_kept(void **state) {
  (void)state;
  hsy_error err = {0};
  assert_false(hsy_fail(&err, HSY_IO, "one", 7, "cannot read %s", "it"));
  assert_false(hsy_fail(&err, HSY_LIMIT, "two", 9, "other"));
  assert_int_equal(err.code, HSY_IO);
  assert_int_equal(err.offset, 7);
  assert_string_equal(err.message, "cannot read it");
}

static void strings_are_cut_and_found(void **state) {
  (void)state;
  hsy_str rest, head = hsy_str_cut(HSY_S("a\tb\t"), '\t', &rest);
  assert_true(hsy_str_eq(head, HSY_S("a")));
  head = hsy_str_cut(rest, '\t', &rest);
  assert_true(hsy_str_eq(head, HSY_S("b")));
  assert_int_equal(rest.len, 0);
  assert_non_null(rest.data);
  head = hsy_str_cut(rest, '\t', &rest);
  assert_null(rest.data);
  assert_int_equal(hsy_str_find(HSY_S("hearsay"), HSY_S("say")), 4);
  assert_int_equal(hsy_str_find(HSY_S("hearsay"), HSY_S("sayx")), -1);
  assert_true(hsy_str_eq(hsy_str_trim(HSY_S(" \t x y\n")), HSY_S("x y")));
  assert_true(hsy_str_eq_nocase(HSY_S("Tehran"), HSY_S("tEHRAN")));
  assert_true(hsy_str_is_nocase(HSY_S("Tehran"), "tEHRAN"));
  assert_true(hsy_str_is_nocase((hsy_str){0}, ""));
  assert_false(hsy_str_is_nocase(HSY_S("Tehran"), "tehra"));
  assert_false(hsy_str_is_nocase(HSY_S("Tehra"), "tehran"));
  assert_true(hsy_str_cmp(HSY_S("a"), HSY_S("ab")) < 0);
}

static void utf8_is_checked_byte_by_byte(void **state) {
  (void)state;
  assert_int_equal(hsy_utf8_invalid(HSY_S("plain, café, 日本, 🙂")), -1);
  assert_int_equal(hsy_utf8_invalid(HSY_S("0123456789caf\xe9")), 13);
  assert_int_equal(hsy_utf8_invalid(HSY_S("\xed\xa0\x80")), 0);
  assert_int_equal(hsy_utf8_points(HSY_S("café 日本 🙂")), 9);
  hsy_str text = HSY_S("é日");
  ptrdiff_t at = 0, start;
  assert_int_equal(hsy_utf8_next(text, &at), 0xE9);
  assert_int_equal(hsy_utf8_next(text, &at), 0x65E5);
  assert_int_equal(at, 5);
  assert_int_equal(hsy_utf8_before(text, 5, &start), 0x65E5);
  assert_int_equal(start, 2);
}

static void names_fold(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  assert_true(hsy_str_eq(hsy_utf8_fold(&arena, HSY_S("Łódź ÉLAN Straße")), HSY_S("łodz elan strasse")));
  assert_true(hsy_str_eq(hsy_utf8_fold(&arena, HSY_S("O'Neil-SMITH [x]")), HSY_S("o'neil-smith [x]")));
  assert_true(hsy_str_eq(hsy_utf8_lower(&arena, HSY_S("ÉLAN")), HSY_S("élan")));
}

static void ids_part_their_parts(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_str one[] = {HSY_S("ab"), HSY_S("c")}, two[] = {HSY_S("a"), HSY_S("bc")};
  hsy_str a = hsy_hash_id(&arena, one, 2), b = hsy_hash_id(&arena, two, 2);
  assert_int_equal(a.len, 16);
  assert_false(hsy_str_eq(a, b));
  assert_true(hsy_str_eq(a, hsy_hash_id(&arena, one, 2)));
}

static void sha256_is_the_standard_s(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  assert_true(hsy_str_eq(hsy_hash_sha256(&arena, HSY_S("abc")),
                         HSY_S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
}

/* The processor's way and the library's, about every length that ends a block otherwise. */
static void sha256_is_one_by_both_ways(void **state) {
  (void)state;
  char bytes[260];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 37 + i / 7);
  for (size_t len = 0; len <= sizeof bytes; len++) {
    uint8_t ours[32], theirs[SHA256_DIGEST_LENGTH];
    if (!hsy_sha256_by_processor((hsy_str){bytes, (ptrdiff_t)len}, ours)) skip();
    SHA2_CTX ctx;
    SHA256Init(&ctx);
    SHA256Update(&ctx, (const uint8_t *)bytes, len);
    SHA256Final(theirs, &ctx);
    assert_memory_equal(ours, theirs, sizeof ours);
  }
}

/* What was used before a reset is zero again, near the start and far behind it. */
static void memory_is_zero_when_it_is_taken_again(void **state) {
  (void)state;
  enum { SIZE = 9 << 20 };
  for (int round = 0; round < 3; round++) {
    hsy_arena arena = hsy_heap_reset(heap);
    hsy_arena rest = hsy_arena_split(&arena, 1 << 10);
    unsigned char all = 0, *far = hsy_alloc(&rest, 1, 16, SIZE), *near = hsy_alloc(&arena, 1, 16, 1 << 9);
    assert_non_null(far);
    assert_non_null(near);
    for (int i = 0; i < SIZE; i++) all |= far[i];
    for (int i = 0; i < 1 << 9; i++) all |= near[i];
    assert_int_equal(all, 0);
    memset(far, 0xFF, round == 1 ? 100 : SIZE);
    memset(near, 0xFF, 1 << 9);
  }
}

static void lists_find_words_and_fields(void **state) {
  (void)state;
  hsy_arena arena = hsy_heap_reset(heap);
  hsy_lexicon lexicon;
  hsy_error err = {0};
  assert_true(hsy_lexicon_load(&lexicon, "lexicon/en/abbreviations.txt", &arena, &err));
  const hsy_lexicon_entry *entry = hsy_lexicon_find(&lexicon, HSY_S("Mr"));
  assert_non_null(entry);
  assert_true(hsy_str_eq(hsy_lexicon_field(entry, 0), HSY_S("title")));
  assert_int_equal(hsy_lexicon_field(entry, 1).len, 0);
  assert_null(hsy_lexicon_find(&lexicon, HSY_S("mr")));
  assert_ptr_equal(hsy_lexicon_find_hashed(&lexicon, HSY_S("Mr"), hsy_hash(HSY_S("Mr"))), entry);
  assert_null(hsy_lexicon_find_hashed(&lexicon, HSY_S("mr"), hsy_hash(HSY_S("Mr")))); /* words decide, not hashes */
  assert_false(hsy_lexicon_load(&lexicon, "lexicon/none.txt", &arena, &err));
  assert_int_equal(err.code, HSY_NOT_FOUND);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_are_zeroed_over_resets), cmocka_unit_test(scratch_rewinds),
      cmocka_unit_test(a_full_arena_stays_failed),     cmocka_unit_test(pushes_survive_a_full_arena),
      cmocka_unit_test(the_first_failure_is_kept),     cmocka_unit_test(strings_are_cut_and_found),
      cmocka_unit_test(utf8_is_checked_byte_by_byte),  cmocka_unit_test(names_fold),
      cmocka_unit_test(ids_part_their_parts),          cmocka_unit_test(sha256_is_the_standard_s),
      cmocka_unit_test(sha256_is_one_by_both_ways),    cmocka_unit_test(memory_is_zero_when_it_is_taken_again),
      cmocka_unit_test(lists_find_words_and_fields),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
