/* Texts are cut into the pieces that the reference cuts them into, byte for byte. */
#include "parity.h"

#include "model/wordpiece.h"

enum { END_OF_TEXT = 1 };

static hsy_wordpiece wordpiece;

static int load(void **state) {
  hsy_tensors model;
  hsy_error err = {0};
  if (load_files(state) != 0) return -1;
  return hsy_tensors_read(tiny, &model, &arena, &err) && hsy_wordpiece_open(&model, &wordpiece, &err) ? 0 : -1;
}

static void texts_as_the_reference(void **state) {
  (void)state;
  const hsy_tensor *texts = expect("texts"), *pieces = expect("pieces");
  const int32_t(*want)[4] = pieces->data, (*end)[4] = want + pieces->rows;
  hsy_str rest = {texts->data, texts->columns};
  for (int32_t n = 0; rest.len > 0; n++) {
    hsy_pieces got = {0};
    hsy_wordpiece_text(&wordpiece, hsy_str_cut(rest, END_OF_TEXT, &rest), &got, &arena);
    for (ptrdiff_t i = 0; i < got.len; i++, want++) {
      assert_true(want < end && (*want)[0] == n);
      assert_int_equal(got.data[i].id, (*want)[1]);
      assert_int_equal(got.data[i].start, (*want)[2]);
      assert_int_equal(got.data[i].end, (*want)[3]);
    }
    assert_true(want == end || (*want)[0] > n);
  }
  assert_true(want == end);
}

static int ids_of(const char *token, int32_t ids[4]) {
  return hsy_wordpiece_word(&wordpiece, hsy_str_of(token), ids, 4);
}

static void tokens_one_by_one(void **state) {
  (void)state;
  int32_t ids[4], again[4];
  assert_int_equal(ids_of("the", ids), 1);
  assert_int_equal(ids_of("The", again), 1);
  assert_int_equal(ids[0], again[0]);
  assert_int_equal(ids_of("xyzxyzxyz", ids), 4); /* the cap */
  assert_int_equal(ids_of("\xC2\xAD", ids), 1);  /* nothing but a soft hyphen */
  assert_int_equal(ids[0], wordpiece.unknown);
  assert_int_equal(ids_of("", ids), 1);
  assert_int_equal(ids[0], wordpiece.unknown);
  assert_int_equal(ids_of("\xFF\xFEthe\xC0", again), 1); /* bytes that are no text */
  assert_int_equal(ids_of("the", ids), 1);
  assert_int_equal(ids[0], again[0]);
}

static void a_million_letters(void **state) {
  (void)state;
  int32_t ids[4];
  enum { MANY = 1000000 };
  char *letters = hsy_new(&arena, char, MANY);
  assert_non_null(letters);
  memset(letters, 'a', MANY);
  assert_int_equal(hsy_wordpiece_word(&wordpiece, (hsy_str){letters, MANY}, ids, 4), 1);
  assert_int_equal(ids[0], wordpiece.unknown);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_as_the_reference),
      cmocka_unit_test(tokens_one_by_one),
      cmocka_unit_test(a_million_letters),
  };
  return cmocka_run_group_tests(tests, load, unload_files);
}
