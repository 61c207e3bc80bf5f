/* Memory that gives out at the n-th allocation, for every n that matters: an
 * error each time, never a crash, and the next article goes through. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "export/record.h"
#include "format/entries.h"
#include "format/xmlrun.h"
#include "pipeline/pipeline.h"

static const char ARTICLE[] =
    "Title: Ferry stays in port\nDate: 2023-05-04\nOutlet: Harbour Post\nURL: https://post.example/ferry\n\n"
    "HALDMOUTH, May 4. /CPA/. \"We checked the hull in March,\" Ilse Falk, the ferry's captain, said on Monday.\n\n"
    "The ministry denied that she had told inspectors of a crack. “Nobody ‘told’ us,” a spokesman said,\n"
    "adding that the ministry would publish its report next week.\n\n"
    "She believes that it was the ice. Two officials rejected the claim as \"theatre\", according to the Tide.\n";

static const char PAGE[] =
    "<!doctype html><html lang=en><head><title>Ferry stays in port - Harbour Post</title>"
    "<meta property='article:published_time' content='2023-05-04T08:00:00Z'><link rel=canonical "
    "href='https://post.example/f'></head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article>"
    "<h1>Ferry stays in port</h1><p class=byline>By A. Writer</p><p>The ferry stays in port until the ice has gone, "
    "the mayor said on Monday, and nobody knows when that will be &ndash; not even the captain.</p>"
    "<p>&ldquo;We checked the hull in March,&rdquo; said Ilse Falk, who has sailed it for eleven years, &ldquo;and it "
    "was sound.&rdquo;</p><p>The ministry denied that the hull was cracked.</p></article></body></html>";

static const char LINE[] =
    "{\"id\":\"x\",\"title\":\"Ferry\",\"date\":\"2023-05-04\",\"text\":\"\\u201cIt was sound,\\u201d "
    "said Ilse Falk.\\nThe mayor agreed.\"}";

static hsy_engine *engine;
static hsy_heap *layers, *scratch;

static int set_up(void **state) {
  hsy_error err = {0};
  (void)state;
  engine = hsy_engine_new(NULL, false, &err);
  layers = hsy_heap_new(256 << 20, &err);
  scratch = hsy_heap_new(256 << 20, &err);
  return engine && layers && scratch ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  hsy_engine_free(engine);
  hsy_heap_free(layers);
  hsy_heap_free(scratch);
  return 0;
}

static bool run(const char *bytes, const char *format, long layer_fails, long scratch_fails, hsy_error *err) {
  hsy_record record = {.bytes = (char *)bytes,
                       .len = (ptrdiff_t)strlen(bytes),
                       .path = (char *)"story/ferry.txt",
                       .item = strcmp(format, "jsonl") ? NULL : (char *)"1",
                       .format = format};
  hsy_format_options options = {.max_text = 1 << 20};
  hsy_arena arena = hsy_heap_reset(layers), beside = hsy_heap_reset(scratch);
  hsy_heap_fail_at(layers, layer_fails);
  hsy_heap_fail_at(scratch, scratch_fails);
  hsy_doc doc;
  hsy_view view;
  hsy_doc_init(&doc, &arena);
  bool ok = hsy_pipeline_read(engine, &record, &options, &doc, beside, err) &&
            hsy_pipeline_tag(engine, &doc, beside, err) && hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, err);
  hsy_heap_fail_at(layers, 0);
  hsy_heap_fail_at(scratch, 0);
  return ok;
}

/* Every n up to a hundred, then in growing steps to the last allocation. */
static void fail_everywhere(const char *bytes, const char *format, bool in_scratch) {
  bool through = false;
  long tried = 0;
  for (long n = 1; !through && n < 10000000; n += 1 + n / 100) {
    hsy_error err = {.offset = -1};
    through = run(bytes, format, in_scratch ? 0 : n, in_scratch ? n : 0, &err);
    if (!through && err.code != HSY_NO_MEMORY)
      fail_msg("%s, allocation %ld: code %d, %s: %s", format, n, err.code, err.stage, err.message);
    tried += !through;
  }
  assert_true(through);
  if (tried == 0) fail_msg("%s: nothing was allocated", format);
}

static void an_article_fails_and_the_next_goes_through(void **state) {
  (void)state;
  fail_everywhere(ARTICLE, "text", false);
  fail_everywhere(ARTICLE, "text", true);
}

static void a_page_too(void **state) {
  (void)state;
  fail_everywhere(PAGE, "html", false);
  fail_everywhere(PAGE, "html", true);
}

static void a_line_too(void **state) {
  (void)state;
  fail_everywhere(LINE, "jsonl", false);
  fail_everywhere(LINE, "jsonl", true);
}

/* ---- libxml2, which does not live through an allocation that fails ---- */

static void the_parser_of_pages_fails_as_a_whole(void **state) {
  hsy_error err = {.offset = -1};
  (void)state;
  for (long n = 1; n < 100000; n++) {
    err = (hsy_error){.offset = -1};
    hsy_xml_fail_at(n);
    bool through = run(PAGE, "html", 0, 0, &err);
    hsy_xml_fail_at(0);
    if (through) {
      assert_true(n > 20);
      return;
    }
    assert_int_equal(err.code, HSY_NO_MEMORY);
  }
  fail();
}

static const char FEED[] =
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY who 'Ilse Falk'>]><rss><channel><title>Harbour Post</title>"
    "<language>en</language><item><guid>f1</guid><title>Ferry</title><link>https://post.example/f</link>"
    "<dc:creator xmlns:dc='x'>A. Writer</dc:creator><description>It was sound, &who; said.</description></item>"
    "<item><guid>f2</guid><description><![CDATA[<p>The mayor agreed.</p>]]></description></item></channel></rss>";

static void the_parser_of_feeds_too(void **state) {
  hsy_error err = {.offset = -1};
  hsy_limits limits = hsy_limits_usual();
  hsy_str feed = {FEED, sizeof FEED - 1};
  hsy_entries_note note = {0};
  (void)state;
  json_t *whole = hsy_entries_of_xml(feed, &limits, &note, &err), *entries = NULL;
  assert_int_equal(json_array_size(whole), 2);
  for (long n = 1; !entries && n < 100000; n++) {
    err = (hsy_error){.offset = -1};
    hsy_xml_fail_at(n);
    entries = hsy_entries_of_xml(feed, &limits, &note, &err);
    hsy_xml_fail_at(0);
    if (!entries) assert_int_equal(err.code, HSY_NO_MEMORY);
  }
  assert_true(json_equal(whole, entries));
  json_decref(whole);
  json_decref(entries);
}

/* ---- rows ---- */

static long fails_in; /* allocations until jansson gets none */

static void *failing_malloc(size_t size) { return fails_in > 0 && --fails_in == 0 ? NULL : malloc(size); }

static void the_values_of_a_feed_too(void **state) {
  hsy_error err = {.offset = -1};
  hsy_limits limits = hsy_limits_usual();
  hsy_str feed = {FEED, sizeof FEED - 1};
  hsy_entries_note note = {0};
  (void)state;
  json_t *whole = hsy_entries_of_xml(feed, &limits, &note, &err), *entries = NULL;
  json_set_alloc_funcs(failing_malloc, free);
  for (long n = 1; !entries && n < 100000; n++) {
    err = (hsy_error){.offset = -1};
    fails_in = n;
    entries = hsy_entries_of_xml(feed, &limits, &note, &err);
    if (!entries) assert_int_equal(err.code, HSY_NO_MEMORY);
  }
  json_set_alloc_funcs(malloc, free);
  assert_true(json_equal(whole, entries));
  json_decref(whole);
  json_decref(entries);
}

static void a_row_fails_as_a_whole(void **state) {
  hsy_error err = {.offset = -1};
  (void)state;
  assert_true(run(ARTICLE, "text", 0, 0, &err));
  hsy_arena arena = hsy_heap_reset(layers), beside = hsy_heap_reset(scratch);
  hsy_record record = {
      .bytes = (char *)ARTICLE, .len = sizeof ARTICLE - 1, .path = (char *)"ferry.txt", .format = "text"};
  hsy_format_options options = {.max_text = 1 << 20};
  hsy_doc doc;
  hsy_view view;
  hsy_doc_init(&doc, &arena);
  assert_true(hsy_pipeline_read(engine, &record, &options, &doc, beside, &err) &&
              hsy_pipeline_tag(engine, &doc, beside, &err) && hsy_view_init(&view, &doc, HSY_IDS_GLOBAL, &arena, &err));
  json_set_alloc_funcs(failing_malloc, free);
  char *text = NULL;
  for (long n = 1; !text && n < 100000; n++) {
    hsy_json json = {0};
    size_t len;
    err = (hsy_error){.offset = -1};
    fails_in = n;
    text = hsy_json_finish(&json, hsy_export_extract(&json, &view, (hsy_extract_how){true, true}), &len, &err);
    if (!text) assert_int_equal(err.code, HSY_NO_MEMORY);
  }
  json_set_alloc_funcs(malloc, free);
  assert_non_null(text);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_article_fails_and_the_next_goes_through),
      cmocka_unit_test(a_page_too),
      cmocka_unit_test(a_line_too),
      cmocka_unit_test(the_parser_of_pages_fails_as_a_whole),
      cmocka_unit_test(the_parser_of_feeds_too),
      cmocka_unit_test(the_values_of_a_feed_too),
      cmocka_unit_test(a_row_fails_as_a_whole),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
