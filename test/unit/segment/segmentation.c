/* Tokens, sentences, quotation marks and language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "segment/language.h"
#include "segment/segment.h"

static hsy_heap *heap, *list_heap;
static hsy_arena arena;
static hsy_segment_lists lists;

static int load(void **state) {
  (void)state;
  hsy_error err = {0};
  heap = hsy_heap_new((size_t)64 << 20, &err);
  list_heap = hsy_heap_new((size_t)64 << 20, &err);
  hsy_arena keep = hsy_heap_reset(list_heap);
  return hsy_segment_load(&lists, &keep, &err) ? 0 : -1;
}

static int unload(void **state) {
  (void)state;
  hsy_heap_free(heap);
  hsy_heap_free(list_heap);
  return 0;
}

/* The text as an article of one block a line. */
static hsy_doc segmented(const char *text) {
  arena = hsy_heap_reset(heap);
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  doc.text = hsy_str_of(text);
  doc.meta.language = HSY_S("en");
  for (int32_t start = 0; start < doc.text.len;) {
    const char *end = strchr(text + start, '\n');
    int32_t stop = end ? (int32_t)(end - text) : (int32_t)doc.text.len;
    if (stop > start) *hsy_push(&doc.blocks, &arena) = (hsy_block){.text = {start, stop}, .tagged = true};
    start = stop + 1;
  }
  hsy_error err = {0};
  assert_true(hsy_segment_tokenize(&doc, &lists, &err));
  return doc;
}

/* "a|b|c" for the pieces [0, count). */
static void assert_joined(const char *want, hsy_doc *doc, ptrdiff_t count,
                          hsy_span (*piece)(const hsy_doc *, int32_t)) {
  hsy_buf got = hsy_buf_in(&arena);
  for (int32_t i = 0; i < count; i++) {
    if (i) hsy_buf_byte(&got, '|');
    hsy_buf_add(&got, hsy_doc_span(doc, piece(doc, i)));
  }
  assert_string_equal(hsy_str_z(&arena, hsy_buf_str(&got)), want);
}

static hsy_span token_span(const hsy_doc *doc, int32_t i) { return hsy_doc_tokens(doc, i, i + 1); }

static hsy_span sentence_span(const hsy_doc *doc, int32_t i) {
  return hsy_doc_tokens(doc, doc->sentences.data[i].first, doc->sentences.data[i].end);
}

static hsy_span quoted_span(const hsy_doc *doc, int32_t i) {
  return hsy_doc_tokens(doc, doc->quotations.data[i].first, doc->quotations.data[i].end);
}

static void assert_tokens(const char *text, const char *want) {
  hsy_doc doc = segmented(text);
  assert_joined(want, &doc, doc.tokens.len, token_span);
}

static void assert_sentences(const char *text, const char *want) {
  hsy_doc doc = segmented(text);
  assert_joined(want, &doc, doc.sentences.len, sentence_span);
}

static void assert_quoted(const char *text, const char *want) {
  hsy_doc doc = segmented(text);
  assert_joined(want, &doc, doc.quotations.len, quoted_span);
}

static void words_keep_what_is_theirs(void **state) {
  (void)state;
  assert_tokens("The ministry's spokesman didn't say.", "The|ministry|'s|spokesman|did|n't|say|.");
  assert_tokens("Amir-Abdollahian, 58, left the U.S. on Jan. 5", "Amir-Abdollahian|,|58|,|left|the|U.S.|on|Jan.|5");
  assert_tokens("J. P. O’Neil’s 24-year-old", "J.|P.|O’Neil|’s|24-year-old");
  assert_tokens("1,200.50 km, 3-1 and 5:40 a.m.", "1,200.50|km|,|3-1|and|5:40|a.m.");
  assert_tokens("See https://example.org/a,b. Or @handle_1 #tag", "See|https://example.org/a,b|.|Or|@handle_1|#tag");
  assert_tokens("He said no. 5 came, No. 5", "He|said|no|.|5|came|,|No.|5");
}

static void capitals_are_told(void **state) {
  (void)state;
  hsy_doc doc = segmented("NATO said Élan and iPhone");
  assert_int_equal(doc.tokens.data[0].flags & (HSY_TOKEN_CAPITAL | HSY_TOKEN_ALL_CAPS),
                   HSY_TOKEN_CAPITAL | HSY_TOKEN_ALL_CAPS);
  assert_false(doc.tokens.data[1].flags & HSY_TOKEN_CAPITAL);
  assert_true(doc.tokens.data[2].flags & HSY_TOKEN_CAPITAL);
  assert_false(doc.tokens.data[4].flags & HSY_TOKEN_CAPITAL);
}

static void sentences_end_where_a_reader_ends_them(void **state) {
  (void)state;
  assert_sentences("He met Mr. Gray in the U.S. The talks failed.", "He met Mr. Gray in the U.S.|The talks failed.");
  assert_sentences("The U.S. Army said so. It left.", "The U.S. Army said so.|It left.");
  assert_sentences("“Why now?” he asked. “It is late.”", "“Why now?” he asked.|“It is late.”");
  assert_sentences("“It is over.” She left.", "“It is over.”|She left.");
  assert_sentences("It cost 3.5 million (so far.) Nobody paid", "It cost 3.5 million (so far.)|Nobody paid");
}

static void marks_pair_in_every_style(void **state) {
  (void)state;
  assert_quoted("\"One,\" he said, \"two.\"", "One,|two.");
  assert_quoted("“One,” he said, ‘two.’", "One,|two.");
  assert_quoted("«One», he said. ``Two,'' she said.", "One|Two,");
  assert_quoted("He called it 'a trap' twice.", "a trap");
  assert_quoted("“She said ‘never’ to me,” he said.", "She said ‘never’ to me,|never");
}

static void apostrophes_are_no_marks(void **state) {
  (void)state;
  assert_quoted("The officials' plan and the boys' club", "");
  assert_quoted("‘The officials’ plan failed,’ he said.", "The officials’ plan failed,");
  assert_quoted("The fashion of the '90s, of '68 and after", "");
  assert_quoted("It's 6' tall and 5\" wide", "");
}

static void a_quotation_runs_over_paragraphs(void **state) {
  (void)state;
  hsy_doc doc = segmented("“We came.\n“We saw,” he said.\n“Unclosed and alone.\nNothing here.");
  assert_int_equal(doc.quotations.len, 3);
  assert_int_equal(doc.quotations.data[0].close, HSY_NONE);
  assert_int_equal(doc.quotations.data[0].next, 1);
  assert_int_equal(doc.quotations.data[1].previous, 0);
  assert_int_equal(doc.quotations.data[2].next, HSY_NONE);
  assert_int_equal(doc.quotations.data[2].close, HSY_NONE);
  assert_int_equal(doc.quotations.data[2].end, doc.paragraphs.data[2].end);
}

static void inner_quotations_know_their_outer(void **state) {
  (void)state;
  hsy_doc doc = segmented("“She said ‘never’ to me,” he said.");
  assert_int_equal(doc.quotations.data[0].parent, HSY_NONE);
  assert_int_equal(doc.quotations.data[1].parent, 0);
  int32_t never = hsy_doc_token_at(&doc, (int32_t)hsy_str_find(doc.text, HSY_S("never")));
  assert_int_equal(doc.tokens.data[never].quote, 1);
  int32_t said = hsy_doc_token_at(&doc, (int32_t)hsy_str_find(doc.text, HSY_S("” he")) + 4);
  assert_int_equal(doc.tokens.data[said].quote, HSY_NONE);
}

static void languages_are_told(void **state) {
  (void)state;
  static const char *const ROWS[][2] = {
      {"The minister said that he would not resign before the vote.", "en"},
      {"Der Minister sagte, dass er nicht vor der Abstimmung zurücktreten werde.", "de"},
      {"Le ministre a dit qu'il ne démissionnerait pas avant le vote dans la ville.", "fr"},
      {"El ministro dijo que no va a dimitir antes de la votación en el congreso.", "es"},
      {"Министр заявил, что не уйдёт в отставку.", "ru"},
      {"Міністр заявив, що не піде у відставку.", "uk"},
      {"部長は投票の前に辞任しないと述べた", "ja"},
      {"", "und"},
      {"zxqv brrt klmp", "und"},
  };
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
    assert_string_equal(hsy_segment_language(hsy_str_of(ROWS[i][0]), &lists.function_words), ROWS[i][1]);
}

static void other_languages_get_no_tokens(void **state) {
  (void)state;
  arena = hsy_heap_reset(heap);
  hsy_doc doc;
  hsy_doc_init(&doc, &arena);
  doc.text = HSY_S("Der Minister sagte, dass er nicht zurücktritt.");
  *hsy_push(&doc.blocks, &arena) = (hsy_block){.text = {0, (int32_t)doc.text.len}, .tagged = true};
  hsy_error err = {0};
  assert_true(hsy_segment_tokenize(&doc, &lists, &err));
  assert_int_equal(doc.tokens.len, 0);
  assert_true(hsy_str_eq(doc.meta.language, HSY_S("de")));
}

static void a_full_arena_is_an_error(void **state) {
  (void)state;
  for (long n = 1; n < 12; n++) {
    arena = hsy_heap_reset(heap);
    hsy_doc doc;
    hsy_doc_init(&doc, &arena);
    doc.text = HSY_S("“One,” he said. “Two.”");
    *hsy_push(&doc.blocks, &arena) = (hsy_block){.text = {0, (int32_t)doc.text.len}, .tagged = true};
    doc.meta.language = HSY_S("en");
    hsy_heap_fail_at(heap, n);
    hsy_error err = {0};
    bool ok = hsy_segment_tokenize(&doc, &lists, &err);
    hsy_heap_fail_at(heap, 0);
    assert_true(ok || err.code == HSY_NO_MEMORY);
    if (n == 1) assert_false(ok);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_keep_what_is_theirs),
      cmocka_unit_test(capitals_are_told),
      cmocka_unit_test(sentences_end_where_a_reader_ends_them),
      cmocka_unit_test(marks_pair_in_every_style),
      cmocka_unit_test(apostrophes_are_no_marks),
      cmocka_unit_test(a_quotation_runs_over_paragraphs),
      cmocka_unit_test(inner_quotations_know_their_outer),
      cmocka_unit_test(languages_are_told),
      cmocka_unit_test(other_languages_get_no_tokens),
      cmocka_unit_test(a_full_arena_is_an_error),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
