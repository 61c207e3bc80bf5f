/* Containers: crawls, feeds, tables, archives, packed files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "format/format.h"

typedef struct fixture {
  char path[64];
  hsy_source *source;
  hsy_record record;
  hsy_error err;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  strcpy(f->path, "/tmp/hearsay-box-XXXXXX");
  close(mkstemp(f->path));
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hsy_record_free(&f->record);
  hsy_source_close(f->source);
  unlink(f->path);
  free(f);
  return 0;
}

static void open_bytes(fixture *f, const char *bytes, size_t len, const char *fields) {
  hsy_format_options options = {.fields = hsy_str_of(fields)};
  FILE *out = fopen(f->path, "wb");
  assert_int_equal(fwrite(bytes, 1, len, out), len);
  fclose(out);
  f->source = hsy_source_open(f->path, &options, &f->err);
  if (!f->source) fail_msg("%s", f->err.message);
}

static hsy_next next(fixture *f) {
  hsy_record_free(&f->record);
  f->err = (hsy_error){0};
  return hsy_source_next(f->source, &f->record, &f->err);
}

static void holds(const fixture *f, const char *part) {
  if (!strstr(f->record.bytes, part)) fail_msg("%s\nlacks %s", f->record.bytes, part);
}

static size_t pack(const char *bytes, size_t len, char *to, size_t room) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)bytes, z.avail_in = (uInt)len, z.next_out = (Bytef *)to, z.avail_out = (uInt)room;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  size_t made = room - z.avail_out;
  deflateEnd(&z);
  return made;
}

/* ---- WARC ---- */

static size_t add_record(char *to, size_t len, size_t room, const char *kind, const char *uri, const char *payload) {
  return len +
         (size_t)snprintf(to + len, room - len,
                          "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Length: %zu\r\n\r\n%s\r\n\r\n",
                          kind, uri, strlen(payload), payload);
}

static size_t make_warc(char *to, size_t room) {
  size_t len = add_record(to, 0, room, "warcinfo", "", "software: none\r\n");
  len = add_record(to, len, room, "request", "http://a.example/1", "GET / HTTP/1.1\r\n\r\n");
  len = add_record(to, len, room, "response", "http://a.example/1",
                   "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n<p>One</p>");
  len = add_record(to, len, room, "response", "http://a.example/2",
                   "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx");
  len = add_record(to, len, room, "response", "http://a.example/3",
                   "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No</p>");
  return add_record(to, len, room, "response", "http://a.example/4",
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n5\r\n<p>Tw\r\n5\r\no</p>\r\n0\r\n\r\n");
}

static void reads_crawls(void **state) {
  fixture *f = *state;
  char bytes[8192];
  open_bytes(f, bytes, make_warc(bytes, sizeof bytes), NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.bytes, "<p>One</p>");
  assert_string_equal(f->record.url, "http://a.example/1");
  assert_string_equal(f->record.charset, "windows-1251");
  assert_string_equal(f->record.item, "3");
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.bytes, "<p>Two</p>");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void reads_crawls_with_a_member_a_record(void **state) {
  fixture *f = *state;
  char bytes[8192], packed[16384];
  size_t len = make_warc(bytes, sizeof bytes), made = 0;
  for (size_t at = 0; at < len;) { /* cut before each record */
    const char *end = memmem(bytes + at + 5, len - at - 5, "WARC/1.1", 8);
    size_t piece = end ? (size_t)(end - bytes) - at : len - at;
    made += pack(bytes + at, piece, packed + made, sizeof packed - made);
    at += piece;
  }
  open_bytes(f, packed, made, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.bytes, "<p>One</p>");
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void says_where_a_crawl_is_cut(void **state) {
  fixture *f = *state;
  char bytes[8192];
  size_t len = make_warc(bytes, sizeof bytes) - 30;
  open_bytes(f, bytes, len, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_int_equal(next(f), HSY_NEXT_PROBLEM);
  assert_int_equal(f->err.code, HSY_BAD_INPUT);
  assert_true(f->err.offset > 0 && f->err.offset < (int64_t)len);
  assert_int_equal(strncmp(bytes + f->err.offset, "WARC/1.1", 8), 0);
  assert_int_equal(next(f), HSY_NEXT_END);
}

/* ---- feeds and the like ---- */

static void reads_rss(void **state) {
  fixture *f = *state;
  static const char FEED[] =
      "<?xml version=\"1.0\"?><rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Wire</title>"
      "<item><title>Bridge</title><link>http://a.example/1</link><description>Short.</description>"
      "<content:encoded><![CDATA[<p>Long &amp; full.</p>]]></content:encoded></item>"
      "<item><title>Two</title><description>A summary.</description></item></channel></rss>";
  open_bytes(f, FEED, sizeof FEED - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "<p>Long &amp; full.</p>");
  holds(f, "\"outlet\":\"Wire\"");
  assert_null(strstr(f->record.bytes, "summary"));
  assert_true(hsy_format_is_markup(&f->record, &(hsy_format_options){0}, &f->err));
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"summary\":true");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void reads_atom(void **state) {
  fixture *f = *state;
  static const char FEED[] =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wire</title><entry><id>x</id><title>Bridge</title>"
      "<link rel=\"edit\" href=\"http://a.example/e\"/><link href=\"http://a.example/1\"/>"
      "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Full.</p></div></content></entry></feed>";
  open_bytes(f, FEED, sizeof FEED - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"url\":\"http://a.example/1\"");
  holds(f, "<p>Full.</p>");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void reads_json_feeds(void **state) {
  fixture *f = *state;
  static const char FEED[] =
      "{\n \"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Wire\",\n \"items\": [\n"
      "  {\"id\": \"1\", \"content_html\": \"<p>One.</p>\"},\n  {\"id\": \"2\", \"content_text\": \"Two.\"}]}";
  open_bytes(f, FEED, sizeof FEED - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_true(hsy_format_is_markup(&f->record, &(hsy_format_options){0}, &f->err));
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_false(hsy_format_is_markup(&f->record, &(hsy_format_options){0}, &f->err));
  holds(f, "\"outlet\":\"Wire\"");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void reads_nitf(void **state) {
  fixture *f = *state;
  static const char DOC[] = "<?xml version=\"1.0\"?><nitf><head><docdata><doc-id id-string=\"N1\"/><date.issue "
                            "norm=\"20240311\"/></docdata></head>"
                            "<body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head><body.content><p>Shut.</"
                            "p></body.content></body></nitf>";
  open_bytes(f, DOC, sizeof DOC - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"id\":\"N1\"");
  holds(f, "\"title\":\"Bridge\"");
  holds(f, "\"date\":\"20240311\"");
  holds(f, "<p>Shut.</p>");
}

static void reads_newsml(void **state) {
  fixture *f = *state;
  static const char DOC[] = "<?xml version=\"1.0\"?><newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" "
                            "guid=\"urn:1\"><contentMeta><headline>Bridge</headline>"
                            "</contentMeta><contentSet><inlineXML><html "
                            "xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Shut.</p></body></html></inlineXML>"
                            "</contentSet></newsItem>";
  open_bytes(f, DOC, sizeof DOC - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"id\":\"urn:1\"");
  holds(f, "<p>Shut.</p>");
}

static void stops_entities_that_explode(void **state) {
  fixture *f = *state;
  char doc[2048];
  size_t len = (size_t)snprintf(doc, sizeof doc, "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">");
  for (char c = 'b'; c <= 'k'; c++) {
    len += (size_t)snprintf(doc + len, sizeof doc - len, "<!ENTITY %c \"", c);
    for (int i = 0; i < 10; i++) len += (size_t)snprintf(doc + len, sizeof doc - len, "&%c;", c - 1);
    len += (size_t)snprintf(doc + len, sizeof doc - len, "\">");
  }
  len +=
      (size_t)snprintf(doc + len, sizeof doc - len, "]><rss><channel><item><title>&k;</title></item></channel></rss>");
  open_bytes(f, doc, len, NULL);
  hsy_next got = next(f);
  assert_true(got == HSY_NEXT_PROBLEM || f->record.len < 100000);
}

/* ---- tables, archives, messages ---- */

static void reads_tables(void **state) {
  fixture *f = *state;
  static const char TABLE[] = "id,title,text\n1,Bridge,\"He said \"\"no\"\",\nand left.\"\n2,Two,Second.\n";
  open_bytes(f, TABLE, sizeof TABLE - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "He said \\\"no\\\",\\nand left.");
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"id\":\"2\"");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void reads_tables_by_names_given(void **state) {
  fixture *f = *state;
  static const char TABLE[] = "nr;story\n1;The bridge is shut.\n";
  open_bytes(f, TABLE, sizeof TABLE - 1, "text=story,id=nr");
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"story\":\"The bridge is shut.\"");
}

static void takes_prose_for_prose(void **state) {
  fixture *f = *state;
  static const char TEXT[] = "Bridge, river, text and body\nare words, not columns, he said.\n";
  open_bytes(f, TEXT, sizeof TEXT - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.format, "text");
}

static void add_file(struct archive *a, const char *name, const char *text) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_size(entry, (la_int64_t)strlen(text));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
  assert_int_equal(archive_write_data(a, text, strlen(text)), strlen(text));
  archive_entry_free(entry);
}

static size_t make_archive(bool zip, char *to, size_t room) {
  size_t used = 0;
  struct archive *a = archive_write_new();
  if (zip)
    archive_write_set_format_zip(a);
  else
    archive_write_set_format_pax_restricted(a);
  assert_int_equal(archive_write_open_memory(a, to, room, &used), ARCHIVE_OK);
  add_file(a, "a/one.txt", "The bridge is shut, they said.\n");
  add_file(a, "two.png", "\x89PNG\r\n\x1a\n");
  add_file(a, "three.jsonl", "{\"id\":\"x\",\"text\":\"X.\"}\n{\"id\":\"y\",\"text\":\"Y.\"}\n");
  archive_write_close(a);
  archive_write_free(a);
  return used;
}

static void reads_archive(fixture *f, bool zip) {
  char bytes[32768];
  open_bytes(f, bytes, make_archive(zip, bytes, sizeof bytes), NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.item, "a/one.txt");
  assert_int_equal(next(f), HSY_NEXT_PROBLEM); /* what is no article is said */
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  assert_string_equal(f->record.item, "three.jsonl#1");
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "\"y\"");
  assert_int_equal(next(f), HSY_NEXT_END);
}

static void reads_zip(void **state) { reads_archive(*state, true); }
static void reads_tar(void **state) { reads_archive(*state, false); }

static void stops_packed_traps(void **state) {
  fixture *f = *state;
  size_t size = (size_t)100 << 20;
  char *letters = malloc(size), *packed = malloc(size / 100);
  assert_non_null(letters);
  assert_non_null(packed);
  memset(letters, 'a', size);
  size_t made = pack(letters, size, packed, size / 100);
  open_bytes(f, packed, made, NULL);
  assert_int_equal(next(f), HSY_NEXT_PROBLEM);
  assert_int_equal(f->err.code, HSY_LIMIT);
  assert_int_equal(next(f), HSY_NEXT_END);
  free(letters);
  free(packed);
}

static void reads_saved_messages(void **state) {
  fixture *f = *state;
  static const char MESSAGE[] =
      "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"B\"\r\n\r\n"
      "--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B\r\nContent-Type: text/html; charset=\"utf-8\"\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: http://a.example/1\r\n\r\n"
      "<p>Caf=C3=A9 is=\r\n shut.</p>\r\n--B--\r\n";
  open_bytes(f, MESSAGE, sizeof MESSAGE - 1, NULL);
  assert_int_equal(next(f), HSY_NEXT_RECORD);
  holds(f, "<p>Caf\xc3\xa9 is shut.</p>");
  assert_string_equal(f->record.url, "http://a.example/1");
  assert_string_equal(f->record.charset, "utf-8");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(reads_crawls),
      TEST(reads_crawls_with_a_member_a_record),
      TEST(says_where_a_crawl_is_cut),
      TEST(reads_rss),
      TEST(reads_atom),
      TEST(reads_json_feeds),
      TEST(reads_nitf),
      TEST(reads_newsml),
      TEST(stops_entities_that_explode),
      TEST(reads_tables),
      TEST(reads_tables_by_names_given),
      TEST(takes_prose_for_prose),
      TEST(reads_zip),
      TEST(reads_tar),
      TEST(stops_packed_traps),
      TEST(reads_saved_messages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
