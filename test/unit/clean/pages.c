/* Pages into articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clean/clean.h"

static hsy_heap *heap, *beside;
static hsy_arena arena;
static hsy_doc doc;
static hsy_error err;

static int set_up(void **state) {
  (void)state;
  if (!heap) heap = hsy_heap_new((size_t)256 << 20, NULL);
  if (!beside) beside = hsy_heap_new((size_t)256 << 20, NULL);
  return heap && beside ? 0 : -1;
}

static int last(void **state) {
  (void)state;
  hsy_heap_free(heap);
  hsy_heap_free(beside);
  return 0;
}

static bool read_page(const char *html, size_t len) {
  hsy_record record = {.bytes = (char *)html, .len = (ptrdiff_t)len, .path = (char *)"page.html", .format = "html"};
  hsy_format_options options = {0};
  arena = hsy_heap_reset(heap);
  err = (hsy_error){0};
  hsy_doc_init(&doc, &arena);
  return hsy_clean_read_html(&record, &options, &doc, hsy_heap_reset(beside), &err);
}

static void same(hsy_str got, const char *want) {
  if (!hsy_str_eq(got, hsy_str_of(want))) fail_msg("\"%.*s\" is not \"%s\"", HSY_FMT(got), want);
}

#define P1                                                                                                             \
  "The ministry said on Monday that the bridge would stay shut until the talks were over, and nobody would cross it."
#define P2 "The envoy left the river without another word to the reporters, who had come from the capital in the night."

static const char PAGE[] =
    "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Bridge shut - The Wire</title>"
    "<meta property=\"og:site_name\" content=\"The Wire\"><link rel=\"canonical\" href=\"https://www.example.org/1\">"
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Bridge shut &amp; guarded\","
    "\"datePublished\":\"2024-03-11T09:30:00+01:00\",\"author\":[{\"@type\":\"Person\",\"name\":\"Ilona Vasko\"},"
    "{\"@type\":\"Organization\",\"name\":\"Wire staff\"}]}</script></head>"
    "<body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/news\">News</a></li></ul></nav>"
    "<article><h1>Bridge shut &amp; guarded</h1><p class=\"byline\">By Ilona Vasko</p>"
    "<figure><img src=\"x\"><figcaption>Guards at the bridge on Monday, before the talks began "
    "there.</figcaption></figure>"
    "<p>" P1 "</p><h2>At the river</h2><p>" P2 "</p>"
    "<div class=\"related-links\"><h3><a href=\"/2\">Talks at the river</a></h3><p>More on this from our reporters at "
    "the river, who saw it all.</p></div>"
    "<p>&ldquo;We will wait,&rdquo; said the envoy&rsquo;s driver, a man of few words, and turned the car "
    "around.</p></article>"
    "<section class=\"comments\"><p>I was there and saw it all, and nothing of it is true, believe me, not a "
    "word.</p></section>"
    "<footer><p>The Wire is a paper of the river valley. All rights reserved, wherever you are and whatever you "
    "do.</p></footer></body></html>";

static void takes_the_article(void **state) {
  (void)state;
  assert_true(read_page(PAGE, sizeof PAGE - 1));
  same(doc.text, "Bridge shut & guarded\n\n" P1 "\n\nAt the river\n\n" P2
                 "\n\n\xe2\x80\x9cWe will wait,\xe2\x80\x9d said the envoy\xe2\x80\x99s driver, a man of few words, "
                 "and turned the car around.");
  assert_int_equal(doc.blocks.len, 5);
  assert_int_equal(doc.blocks.data[0].kind, HSY_BLOCK_HEADLINE);
  assert_int_equal(doc.blocks.data[2].kind, HSY_BLOCK_SUBHEADING);
  assert_false(doc.blocks.data[2].tagged);
}

static void reads_what_the_page_says_of_itself(void **state) {
  (void)state;
  assert_true(read_page(PAGE, sizeof PAGE - 1));
  same(doc.meta.title, "Bridge shut & guarded");
  same(doc.meta.outlet, "The Wire");
  same(doc.meta.url, "https://www.example.org/1");
  same(doc.meta.published, "2024-03-11T09:30:00+01:00");
  same(doc.meta.language, "en");
  assert_int_equal(doc.meta.authors.len, 1);
  same(doc.meta.authors.data[0], "Ilona Vasko");
}

/* Each word of the text stands in the page where the map says, but for character references. */
static void leads_back(void **state) {
  (void)state;
  assert_true(read_page(PAGE, sizeof PAGE - 1));
  hsy_str page = {PAGE, sizeof PAGE - 1};
  for (ptrdiff_t at = 0; at < doc.text.len; at++) {
    int64_t source = hsy_doc_source(&doc, (int32_t)at);
    assert_true(source >= 0 && source < page.len);
    char c = doc.text.data[at];
    bool plain = c > ' ' && c != '&' && (unsigned char)c < 0x80;
    if (plain && PAGE[source] != c) fail_msg("byte %td, \"%c\", leads to \"%.12s\"", at, c, PAGE + source);
    if (c == '&') assert_int_equal(strncmp(PAGE + source, "&amp;", 5), 0);
  }
}

static void leads_back_through_encodings(void **state) {
  (void)state;
  static const char HTML[] =
      "<html><head><meta charset=\"iso-8859-1\"></head><body><h1>Caf\xe9 am Flu\xdf gesperrt</h1>"
      "<p>Das Caf\xe9 am Flu\xdf bleibt nach Angaben der Stadt geschlossen, bis die Gespr\xe4"
      "che beendet sind, hei\xdft es.</p></body></html>";
  assert_true(read_page(HTML, sizeof HTML - 1));
  ptrdiff_t at = hsy_str_find(doc.text, HSY_S("bleibt"));
  assert_true(at > 0);
  assert_int_equal(hsy_doc_source(&doc, (int32_t)at), strstr(HTML, "bleibt") - HTML);
}

static void mends_text_encoded_twice(void **state) {
  (void)state;
  /* "Café", "“no”" */
  static const char HTML[] =
      "<html><body><h1>The Caf\xc3\x83\xc2\xa9 is shut</h1><p>The owner of the caf\xc3\x83\xc2\xa9 said "
      "\xc3\xa2\xe2\x82\xac\xc5\x93no\xc3\xa2\xe2\x82\xac\xc2\x9d on Monday, and shut the door behind her "
      "again.</p></body></html>";
  assert_true(read_page(HTML, sizeof HTML - 1));
  assert_true(hsy_str_find(doc.text, HSY_S("said \xe2\x80\x9cno\xe2\x80\x9d on Monday")) > 0);
  same(doc.meta.title, "The Caf\xc3\xa9 is shut");
  ptrdiff_t at = hsy_str_find(doc.text, HSY_S("Monday"));
  assert_int_equal(hsy_doc_source(&doc, (int32_t)at), strstr(HTML, "Monday") - HTML);
}

static void reads_datelines(void **state) {
  (void)state;
  static const char HTML[] =
      "<html><body><h1>The bridge is shut</h1><p>OSTREV (CWS) - " P1 "</p><p>" P2 "</p></body></html>";
  assert_true(read_page(HTML, sizeof HTML - 1));
  same(doc.meta.place, "OSTREV");
  same(doc.meta.agency, "CWS");
  assert_int_equal(doc.blocks.data[1].lead, 15);
}

static void takes_site_names_off(void **state) {
  (void)state;
  static const struct {
    const char *title, *want;
  } CASES[] = {
      {"Bridge shut - The Wire", "Bridge shut"},
      {"Bridge shut | The Wire", "Bridge shut"},
      {"The Wire | Bridge shut", "Bridge shut"},
      {"Bridge shut - again", "Bridge shut - again"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    char html[1024];
    int len =
        snprintf(html, sizeof html,
                 "<html><head><title>%s</title><meta property=\"og:site_name\" content=\"The Wire\"></head><body><p>" P1
                 "</p></body></html>",
                 CASES[i].title);
    assert_true(read_page(html, (size_t)len));
    same(doc.meta.title, CASES[i].want);
  }
}

static void refuses_pages_without_text(void **state) {
  (void)state;
  static const char HTML[] =
      "<html><body><img src=\"x.png\"><script>var text = 'The ministry said so.';</script></body></html>";
  assert_false(read_page(HTML, sizeof HTML - 1));
  assert_int_equal(err.code, HSY_BAD_INPUT);
}

static void reads_deep_pages(void **state) {
  (void)state;
  enum { DEPTH = 100000 };
  size_t room = 16 * DEPTH + 4096, len = 0;
  char *html = malloc(room);
  assert_non_null(html);
  len += (size_t)snprintf(html, room, "<html><body><h1>A deep page</h1>");
  for (int i = 0; i < DEPTH; i++) memcpy(html + len, "<div>", 5), len += 5;
  len += (size_t)snprintf(html + len, room - len, "<p>" P1 "</p>");
  for (int i = 0; i < DEPTH; i++) memcpy(html + len, "</div>", 6), len += 6;
  bool read = read_page(html, len);
  free(html);
  assert_true(read);
  assert_true(hsy_str_ends(doc.text, HSY_S(P1)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(takes_the_article, set_up),
      cmocka_unit_test_setup(reads_what_the_page_says_of_itself, set_up),
      cmocka_unit_test_setup(leads_back, set_up),
      cmocka_unit_test_setup(leads_back_through_encodings, set_up),
      cmocka_unit_test_setup(mends_text_encoded_twice, set_up),
      cmocka_unit_test_setup(reads_datelines, set_up),
      cmocka_unit_test_setup(takes_site_names_off, set_up),
      cmocka_unit_test_setup(refuses_pages_without_text, set_up),
      cmocka_unit_test_setup(reads_deep_pages, set_up),
  };
  return cmocka_run_group_tests(tests, NULL, last);
}
