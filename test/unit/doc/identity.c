#include "doc/identity.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../sample.h"
#include "doc/copy.h"

static hsy_heap *heap;

static hsy_arena fresh(void) {
  hsy_error err = {0};
  if (!heap) heap = hsy_heap_new(64 << 20, &err);
  return hsy_heap_reset(heap);
}

static void assert_str(hsy_str got, const char *want) {
  if (!hsy_str_eq(got, hsy_str_of(want))) fail_msg("got \"%.*s\", want \"%s\"", HSY_FMT(got), want);
}

static void origin_is_the_url_or_else_the_path_and_the_own_id(void **state) {
  hsy_arena arena = fresh();
  hsy_doc doc;
  (void)state;
  hsy_doc_init(&doc, &arena);
  doc.meta = (hsy_meta){.path = HSY_S("./news//wire.jsonl"), .item = HSY_S("12"), .source_id = HSY_S("wire#12")};
  assert_str(hsy_doc_origin(&doc, &arena), "news/wire.jsonl#12");
  assert_str(hsy_doc_place(&doc, &arena), "./news//wire.jsonl#12");
  doc.meta.source_id = HSY_S("A-7"); /* its place in the file does not count */
  assert_str(hsy_doc_origin(&doc, &arena), "news/wire.jsonl#id=A-7");
  doc.meta.url = HSY_S("https://example.org/a");
  assert_str(hsy_doc_origin(&doc, &arena), "https://example.org/a");
  doc.meta = (hsy_meta){.path = HSY_S("../a/./b.txt"), .source_id = HSY_S("b")};
  assert_str(hsy_doc_origin(&doc, &arena), "../a/b.txt");
}

static void stem_is_without_folders_and_the_last_ending(void **state) {
  (void)state;
  assert_str(hsy_doc_path_stem(HSY_S("a/b.tar.gz")), "b.tar");
  assert_str(hsy_doc_path_stem(HSY_S("a.d/b")), "b");
  assert_str(hsy_doc_path_stem(HSY_S(".profile")), ".profile");
  assert_str(hsy_doc_path_stem(HSY_S("-")), "-");
}

static void a_document_s_id_is_its_origin_and_its_bytes(void **state) {
  hsy_arena arena = fresh();
  hsy_doc doc;
  (void)state;
  hsy_doc_init(&doc, &arena);
  sample_fill(&doc, "a/ferry.txt");
  hsy_str id = hsy_doc_id(&doc, &arena);
  assert_int_equal(id.len, 16);
  doc.meta.title = HSY_S("Another");
  doc.meta.path = HSY_S("./a/ferry.txt");
  assert_true(hsy_str_eq(id, hsy_doc_id(&doc, &arena)));
  doc.meta.path = HSY_S("b/ferry.txt");
  assert_false(hsy_str_eq(id, hsy_doc_id(&doc, &arena)));
  doc.meta.path = HSY_S("a/ferry.txt");
  doc.meta.sha256 = HSY_S("0");
  assert_false(hsy_str_eq(id, hsy_doc_id(&doc, &arena)));
}

static void attributions_of_one_document_have_ids_of_their_own(void **state) {
  hsy_arena arena = fresh();
  hsy_doc doc;
  (void)state;
  hsy_doc_init(&doc, &arena);
  sample_fill(&doc, "ferry.txt");
  hsy_attribution again = doc.attributions.data[0];
  *hsy_push(&doc.attributions, &arena) = again; /* the same spans: told apart by their order */
  *hsy_push(&doc.attributions, &arena) = again;
  hsy_str *ids = hsy_doc_attribution_ids(&doc, HSY_S("0123456789abcdef"), &arena);
  for (int i = 0; i < 5; i++) {
    assert_true(hsy_str_starts(ids[i], HSY_S("0123456789abcdef.")));
    for (int k = 0; k < i; k++) assert_false(hsy_str_eq(ids[i], ids[k]));
  }
  assert_str(hsy_str_slice(ids[3], 0, ids[0].len), hsy_str_z(&arena, ids[0]));
  assert_str(hsy_str_slice(ids[3], ids[0].len, 99), "-2");
  assert_str(hsy_str_slice(ids[4], ids[0].len, 99), "-3");
  hsy_str *entities = hsy_doc_entity_ids(&doc, HSY_S("0123456789abcdef"), &arena);
  assert_false(hsy_str_eq(entities[0], entities[1]));
}

static void a_copy_outlives_its_document(void **state) {
  hsy_error err = {0};
  hsy_heap *other = hsy_heap_new(64 << 20, &err);
  hsy_arena arena = hsy_heap_reset(other), kept = fresh();
  hsy_doc doc, copy;
  (void)state;
  hsy_doc_init(&doc, &arena);
  sample_fill(&doc, "ferry.txt");
  doc.text = hsy_str_copy(&arena, doc.text);
  doc.entities.data[0].name = hsy_str_copy(&arena, doc.entities.data[0].name);
  hsy_str id = hsy_doc_id(&doc, &kept);
  hsy_doc_copy(&doc, &copy, &kept);
  hsy_heap_free(other);
  assert_str(copy.text, SAMPLE_TEXT);
  assert_str(copy.meta.path, "ferry.txt");
  assert_str(copy.meta.authors.data[0], "A. Writer");
  assert_true(hsy_str_eq(id, hsy_doc_id(&copy, &kept)));
  assert_int_equal(copy.attributions.len, 3);
  assert_int_equal(copy.attributions.data[1].speakers.data[0], 1);
  assert_str(hsy_doc_span(&copy, hsy_doc_piece(&copy, copy.attributions.data[0].part[HSY_CONTENT], 1)),
             "“and it was sound.”");
  assert_str(copy.entities.data[0].name, "Ilse Čapek");
  assert_str(copy.entities.data[0].aliases.data[0], "the skipper");
  assert_str(copy.links.data[0].name, "Port Agency");
  assert_str(copy.times.data[0].value, "2031-05-03");
  assert_int_equal(copy.origins.data[2].source, 1000000000000);
  *hsy_push(&copy.links, &kept) = (hsy_link){.attribution = 2}; /* it can grow */
  assert_int_equal(copy.links.len, 3);
}

static void a_full_arena_is_told(void **state) {
  hsy_error err = {0};
  hsy_heap *source = hsy_heap_new(64 << 20, &err);
  hsy_arena from = hsy_heap_reset(source);
  hsy_doc doc, copy;
  (void)state;
  hsy_doc_init(&doc, &from);
  sample_fill(&doc, "ferry.txt");
  bool through = false;
  for (long n = 1; n < 200 && !through; n++) {
    hsy_arena arena = fresh();
    hsy_heap_fail_at(heap, n);
    hsy_doc_copy(&doc, &copy, &arena);
    hsy_doc_attribution_ids(&copy, HSY_S("0123456789abcdef"), &arena);
    hsy_doc_entity_ids(&copy, HSY_S("0123456789abcdef"), &arena);
    through = !hsy_arena_failed(arena);
  }
  assert_true(through);
  hsy_heap_fail_at(heap, 0);
  hsy_heap_free(source);
}

static int free_heap(void **state) {
  (void)state;
  hsy_heap_free(heap);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(origin_is_the_url_or_else_the_path_and_the_own_id),
      cmocka_unit_test(stem_is_without_folders_and_the_last_ending),
      cmocka_unit_test(a_document_s_id_is_its_origin_and_its_bytes),
      cmocka_unit_test(attributions_of_one_document_have_ids_of_their_own),
      cmocka_unit_test(a_copy_outlives_its_document),
      cmocka_unit_test(a_full_arena_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, free_heap);
}
